// match.cc - see match.h
#include "match.h"

#include <vector>

#include "internal.hh"

struct ShimMatches {
  ShimCounts counts = {};
  std::vector<ShimHit> hits;
};

namespace
{
// Orders ascending, documents without a value last; plain order would put them first.
class UpKeys : public Xapian::KeyMaker
{
  Xapian::valueno slot;

public:
  explicit UpKeys(Xapian::valueno slot_) : slot(slot_)
  {
  }

  std::string operator()(const Xapian::Document &doc) const override
  {
    std::string value = doc.get_value(slot);
    return value.empty() ? std::string(1, '\x01') : std::string(1, '\0') + value;
  }
};

void set_weighting(Xapian::Enquire &enquire, const ShimMatchSpec &spec)
{
  if (spec.weighting == SHIM_BOOL)
    enquire.set_weighting_scheme(Xapian::BoolWeight());
  else
    enquire.set_weighting_scheme(
        Xapian::BM25Weight(spec.k1, spec.k2, spec.k3, spec.b, spec.min_normlen));
}

// The key maker must live as long as the match; the caller owns it.
void set_sort(Xapian::Enquire &enquire, const ShimMatchSpec &spec, UpKeys &keys)
{
  if (spec.newest_docid_first) enquire.set_docid_order(Xapian::Enquire::DESCENDING);
  if (spec.sort == SHIM_SORT_VALUE_DOWN) enquire.set_sort_by_value(spec.sort_slot, true);
  if (spec.sort == SHIM_SORT_VALUE_UP) enquire.set_sort_by_key(&keys, false);
}

void copy_hits(const Xapian::MSet &mset, ShimMatches &out)
{
  out.counts = {mset.get_matches_lower_bound(), mset.get_matches_estimated(),
                mset.get_matches_upper_bound()};
  out.hits.reserve(mset.size());
  for (auto at = mset.begin(); at != mset.end(); ++at)
    out.hits.push_back({*at, at.get_weight(), at.get_collapse_count()});
}

// What to rank. `members` must live as long as the match.
Xapian::Query ranked_query(const ShimMatchSpec &spec, Xapian::PostingSource *members)
{
  bool weighted = spec.weighting != SHIM_BOOL;
  if (members != nullptr) {
    Xapian::Query found(members);
    return weighted ? Xapian::Query(Xapian::Query::OP_FILTER, spec.weights->query, found) : found;
  }
  // Without weights nobody needs the right side of AND_MAYBE: a factor of 0 tells Xapian so.
  return weighted ? spec.query->query
                  : Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, spec.query->query, 0.0);
}
} // namespace

extern "C" {

void shim_match_defaults(ShimMatchSpec *spec)
{
  *spec = ShimMatchSpec{};
  spec->k1 = 1;
  spec->k3 = 1;
  spec->b = 0.5;
  spec->min_normlen = 0.5;
}

ShimStatus shim_match(ShimDb *db, const ShimMatchSpec *spec, ShimMatches **matches)
{
  if (spec->query == nullptr || (spec->found != nullptr && spec->weights == nullptr))
    return shim_fail(SHIM_INVALID, "a match without a query");
  return guard([&] {
    UpKeys keys(spec->sort_slot);
    Xapian::Enquire enquire(db->db);
    std::unique_ptr<Xapian::PostingSource> members =
        spec->found == nullptr ? nullptr : shim_set_source(db->db, *spec->found);
    enquire.set_query(ranked_query(*spec, members.get()));
    set_weighting(enquire, *spec);
    set_sort(enquire, *spec, keys);
    if (spec->collapse) enquire.set_collapse_key(spec->collapse_slot, spec->collapse_max);
    if (spec->percent_cutoff > 0 || spec->weight_cutoff > 0)
      enquire.set_cutoff(spec->percent_cutoff, spec->weight_cutoff);
    if (spec->time_limit > 0) enquire.set_time_limit(spec->time_limit);
    uint32_t least = spec->check_all ? db->db.get_doccount() : spec->check_at_least;
    auto result = std::make_unique<ShimMatches>();
    copy_hits(enquire.get_mset(spec->first, spec->max, least), *result);
    *matches = result.release();
    return SHIM_OK;
  });
}

void shim_matches_free(ShimMatches *matches)
{
  delete matches;
}

ShimCounts shim_matches_counts(const ShimMatches *matches)
{
  return matches->counts;
}

uint32_t shim_matches_size(const ShimMatches *matches)
{
  return static_cast<uint32_t>(matches->hits.size());
}

ShimHit shim_matches_hit(const ShimMatches *matches, uint32_t i)
{
  if (i >= matches->hits.size()) return ShimHit{};
  return matches->hits[i];
}

ShimStatus shim_expand(ShimDb *db, const uint32_t *docids, size_t n, uint32_t max,
                       const char *scheme, ShimExpandSink sink, void *context)
{
  return guard([&] {
    Xapian::RSet relevant;
    for (size_t i = 0; i < n; i++) relevant.add_document(docids[i]);
    Xapian::Enquire enquire(db->db);
    enquire.set_expansion_scheme(scheme);
    Xapian::ESet best = enquire.get_eset(max, relevant);
    for (auto at = best.begin(); at != best.end(); ++at) {
      std::string term = *at;
      sink(context, term.data(), term.size(), at.get_weight());
    }
    return SHIM_OK;
  });
}
}
