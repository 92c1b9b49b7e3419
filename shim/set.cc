// set.cc - see set.h
#include "set.h"

#include <algorithm>

#include "internal.hh"

struct ShimSet {
  std::vector<uint64_t> words;

  explicit ShimSet(Xapian::docid last) : words(size_t{last} / 64 + 1)
  {
  }

  // What a damaged list says must not be written beyond the bitmap.
  void check(Xapian::docid docid) const
  {
    if (docid / 64 >= words.size())
      throw Xapian::DatabaseCorruptError("a posting list goes beyond the last document");
  }

  void add(Xapian::docid docid)
  {
    check(docid);
    words[docid / 64] |= uint64_t{1} << (docid % 64);
  }

  bool has(Xapian::docid docid) const
  {
    check(docid);
    return words[docid / 64] >> (docid % 64) & 1;
  }

  // The first member from `docid` on; 0 when there is none.
  Xapian::docid next(Xapian::docid docid) const
  {
    size_t at = docid / 64;
    if (at >= words.size()) return 0;
    uint64_t word = words[at] & (~uint64_t{0} << (docid % 64));
    while (word == 0) {
      if (++at == words.size()) return 0;
      word = words[at];
    }
    return static_cast<Xapian::docid>(at * 64 + static_cast<size_t>(__builtin_ctzll(word)));
  }

  // Adds all from 1 to the last.
  void fill(Xapian::docid last)
  {
    std::fill(words.begin(), words.end(), ~uint64_t{0});
    words.back() &= ~uint64_t{0} >> (63 - last % 64);
    words.front() &= ~uint64_t{1};
  }

  uint32_t size() const
  {
    uint32_t n = 0;
    for (uint64_t word : words) n += static_cast<uint32_t>(__builtin_popcountll(word));
    return n;
  }

  void operator|=(const ShimSet &other)
  {
    for (size_t i = 0; i < words.size(); i++) words[i] |= other.words[i];
  }

  void operator^=(const ShimSet &other)
  {
    for (size_t i = 0; i < words.size(); i++) words[i] ^= other.words[i];
  }
};

namespace
{
using Op = Xapian::Query::op;

// The members of a set as a list that the matcher can join with others.
class Members : public Xapian::PostingSource
{
  const ShimSet &set;
  Xapian::doccount size;
  Xapian::docid at = 0; // 0: not yet started, or at the end

public:
  Members(const ShimSet &set_, Xapian::doccount size_) : set(set_), size(size_)
  {
  }

  Xapian::doccount get_termfreq_min() const override
  {
    return size;
  }

  Xapian::doccount get_termfreq_est() const override
  {
    return size;
  }

  Xapian::doccount get_termfreq_max() const override
  {
    return size;
  }

  void init(const Xapian::Database &) override
  {
    at = 0;
  }

  void next(double) override
  {
    at = set.next(at + 1);
  }

  void skip_to(Xapian::docid docid, double) override
  {
    at = set.next(docid);
  }

  bool at_end() const override
  {
    return at == 0;
  }

  Xapian::docid get_docid() const override
  {
    return at;
  }
};

// Collects what the matcher finds in one local database: of several, a spy sees the numbers that
// documents have in each. An MSet of all matches takes two to five times as long, and 88 bytes for
// each of them.
class Collector : public Xapian::MatchSpy
{
  ShimSet &out;

public:
  explicit Collector(ShimSet &out_) : out(out_)
  {
  }

  void operator()(const Xapian::Document &doc, double) override
  {
    out.add(doc.get_docid());
  }
};

// Without weights nobody needs the right side of AND_MAYBE: a factor of 0 tells Xapian so.
void ask(Xapian::Enquire &enquire, const Xapian::Query &query)
{
  enquire.set_query(Xapian::Query(Op::OP_SCALE_WEIGHT, query, 0.0));
  enquire.set_weighting_scheme(Xapian::BoolWeight());
}

// Lets the matcher add to `out` what matches.
void collect(const Xapian::Database &db, const Xapian::Query &query, ShimSet &out)
{
  Collector collector(out);
  Xapian::Enquire enquire(db);
  ask(enquire, query);
  enquire.add_matchspy(&collector);
  enquire.get_mset(0, 0, db.get_doccount());
}

// The same for any database.
void collect_hits(const Xapian::Database &db, const Xapian::Query &query, ShimSet &out)
{
  Xapian::Enquire enquire(db);
  ask(enquire, query);
  Xapian::MSet hits = enquire.get_mset(0, db.get_doccount());
  for (auto hit = hits.begin(); hit != hits.end(); ++hit) out.add(*hit);
}

bool is_union(Op type)
{
  return type == Op::OP_OR || type == Op::OP_SYNONYM || type == Op::OP_MAX;
}

bool is_intersection(Op type)
{
  return type == Op::OP_AND || type == Op::OP_FILTER;
}

bool is_walked(Op type)
{
  return is_union(type) || is_intersection(type) || type == Op::OP_AND_NOT || type == Op::OP_XOR ||
         type == Op::LEAF_TERM || type == Op::LEAF_MATCH_ALL || type == Op::LEAF_MATCH_NOTHING;
}

std::string term_of(const Xapian::Query &leaf)
{
  return *leaf.get_terms_begin();
}

// The query without what only changes weights.
Xapian::Query bare(Xapian::Query query)
{
  while (query.get_type() == Op::OP_SCALE_WEIGHT || query.get_type() == Op::OP_AND_MAYBE)
    query = query.get_subquery(0);
  return query;
}

// Whether all of it is walked.
bool is_walked_whole(const Xapian::Query &weighted)
{
  Xapian::Query query = bare(weighted);
  if (!is_walked(query.get_type())) return false;
  for (size_t i = 0; i < query.get_num_subqueries(); i++)
    if (!is_walked_whole(query.get_subquery(i))) return false;
  return true;
}

// Some documents, and how many they are.
struct Candidates {
  ShimSet set;
  Xapian::doccount size;

  explicit Candidates(ShimSet &&set_) : set(std::move(set_)), size(set.size())
  {
  }
};

// Finds the documents of one local database. The methods add to `out` what matches, of the whole
// database or `among` some candidates.
class Finder
{
  const Xapian::Database &db;
  const Xapian::docid last;
  const Xapian::doccount documents;

  // To leap to a document takes as long as to step through four to eight (measured with lists of
  // 300 to 100,000 documents and sets of as many).
  static constexpr Xapian::doccount LEAP = 4;

  void walk(const std::string &term, ShimSet &out) const
  {
    const Xapian::PostingIterator end;
    for (Xapian::PostingIterator at = db.postlist_begin(term); at != end; ++at) out.add(*at);
  }

  void walk_among(const std::string &term, const ShimSet &among, ShimSet &out) const
  {
    const Xapian::PostingIterator end;
    for (Xapian::PostingIterator at = db.postlist_begin(term); at != end; ++at)
      if (among.has(*at)) out.add(*at);
  }

  // The list and the candidates leap over each other.
  void leap(const std::string &term, const ShimSet &among, ShimSet &out) const
  {
    const Xapian::PostingIterator end;
    Xapian::PostingIterator at = db.postlist_begin(term);
    for (Xapian::docid docid = among.next(1); docid != 0 && at != end;) {
      at.skip_to(docid);
      if (at == end) return;
      if (*at == docid) out.add(docid);
      docid = among.next(std::max(*at, docid + 1));
    }
  }

  void find_term(const std::string &term, const Candidates *among, ShimSet &out) const
  {
    if (among == nullptr)
      walk(term, out);
    else if (among->size < db.get_termfreq(term) / LEAP)
      leap(term, among->set, out);
    else
      walk_among(term, among->set, out);
  }

  void find_all(const Candidates *among, ShimSet &out) const
  {
    if (among != nullptr)
      out |= among->set;
    else if (documents == last)
      out.fill(last);
    else
      walk(std::string(), out); // the empty term is in all
  }

  void find_union(const Xapian::Query &query, const Candidates *among, ShimSet &out) const
  {
    for (size_t i = 0; i < query.get_num_subqueries(); i++) find(query.get_subquery(i), among, out);
  }

  // The cheapest part comes first; the others are looked for among what it finds. What the matcher
  // must do comes last and at once: a posting source may be made to be asked only for documents
  // that others found.
  void find_intersection(const Xapian::Query &query, const Candidates *among, ShimSet &out) const
  {
    std::vector<Xapian::Query> walked, matched;
    part(query, walked, matched);
    std::optional<Candidates> found;
    for (size_t i = 0; i < walked.size(); i++) {
      if (i + 1 == walked.size() && matched.empty()) return find(walked[i], among, out);
      ShimSet next(last);
      find(walked[i], among, next);
      found.emplace(std::move(next));
      if (found->size == 0) return;
      among = &*found;
    }
    match(Xapian::Query(Op::OP_AND, matched.begin(), matched.end()), among, out);
  }

  void find_difference(const Xapian::Query &query, const Candidates *among, ShimSet &out) const
  {
    ShimSet wanted(last);
    find(query.get_subquery(0), among, wanted);
    Candidates left(std::move(wanted));
    for (size_t i = 1; i < query.get_num_subqueries() && left.size > 0; i++) {
      ShimSet unwanted(last);
      find(query.get_subquery(i), &left, unwanted);
      unwanted ^= left.set;
      left = Candidates(std::move(unwanted));
    }
    out |= left.set;
  }

  void find_odd(const Xapian::Query &query, const Candidates *among, ShimSet &out) const
  {
    ShimSet odd(last);
    for (size_t i = 0; i < query.get_num_subqueries(); i++) {
      ShimSet part(last);
      find(query.get_subquery(i), among, part);
      odd ^= part;
    }
    out |= odd;
  }

  void match(const Xapian::Query &query, const Candidates *among, ShimSet &out) const
  {
    if (among == nullptr) return collect(db, query, out);
    Members members(among->set, among->size);
    collect(db, Xapian::Query(Op::OP_FILTER, Xapian::Query(&members), query), out);
  }

  // ---- the order of an intersection ----

  Xapian::doccount bound_of_union(const Xapian::Query &query) const
  {
    Xapian::doccount sum = 0;
    for (size_t i = 0; i < query.get_num_subqueries() && sum < documents; i++)
      sum += std::min(documents - sum, bound(query.get_subquery(i)));
    return sum;
  }

  Xapian::doccount bound_of_intersection(const Xapian::Query &query) const
  {
    Xapian::doccount least = documents;
    for (size_t i = 0; i < query.get_num_subqueries(); i++)
      least = std::min(least, bound(query.get_subquery(i)));
    return least;
  }

  // At most so many documents match.
  Xapian::doccount bound(const Xapian::Query &weighted) const
  {
    Xapian::Query query = bare(weighted);
    Op type = query.get_type();
    if (type == Op::LEAF_TERM) return db.get_termfreq(term_of(query));
    if (type == Op::LEAF_MATCH_NOTHING) return 0;
    if (type == Op::OP_AND_NOT) return bound(query.get_subquery(0));
    if (is_union(type)) return bound_of_union(query);
    if (is_intersection(type)) return bound_of_intersection(query);
    return documents;
  }

  struct Part {
    Xapian::Query query;
    bool whole; // nothing in it is left to the matcher
    Xapian::doccount bound;

    bool operator<(const Part &other) const
    {
      return whole != other.whole ? whole : bound < other.bound;
    }
  };

  // The parts of an intersection: those to be walked, the cheapest first, and those for the
  // matcher.
  void part(const Xapian::Query &query, std::vector<Xapian::Query> &walked,
            std::vector<Xapian::Query> &matched) const
  {
    std::vector<Part> parts;
    for (size_t i = 0; i < query.get_num_subqueries(); i++) {
      Xapian::Query next = bare(query.get_subquery(i));
      if (is_walked(next.get_type()))
        parts.push_back({next, is_walked_whole(next), bound(next)});
      else
        matched.push_back(next);
    }
    std::stable_sort(parts.begin(), parts.end());
    for (const Part &one : parts) walked.push_back(one.query);
  }

public:
  explicit Finder(const Xapian::Database &db_)
      : db(db_), last(db.get_lastdocid()), documents(db.get_doccount())
  {
  }

  void find(const Xapian::Query &weighted, const Candidates *among, ShimSet &out) const
  {
    Xapian::Query query = bare(weighted);
    switch (query.get_type()) {
    case Op::LEAF_MATCH_NOTHING: return;
    case Op::LEAF_MATCH_ALL: return find_all(among, out);
    case Op::LEAF_TERM: return find_term(term_of(query), among, out);
    case Op::OP_OR:
    case Op::OP_SYNONYM:
    case Op::OP_MAX: return find_union(query, among, out);
    case Op::OP_AND:
    case Op::OP_FILTER: return find_intersection(query, among, out);
    case Op::OP_AND_NOT: return find_difference(query, among, out);
    case Op::OP_XOR: return find_odd(query, among, out);
    default: return match(query, among, out);
    }
  }
};

// Posting lists are walked where they lie at hand in one database; several, or a remote one, are
// left to the matcher.
bool is_local(const Xapian::Database &db)
{
  return shim_revision(db) != 0;
}

uint32_t count_by_matcher(const Xapian::Database &db, const Xapian::Query &query)
{
  Xapian::Enquire enquire(db);
  ask(enquire, query);
  return enquire.get_mset(0, 0, db.get_doccount()).get_matches_estimated();
}

ShimSet find(const Xapian::Database &db, const Xapian::Query &query)
{
  ShimSet set(db.get_lastdocid());
  if (is_local(db))
    Finder(db).find(query, nullptr, set);
  else
    collect_hits(db, query, set);
  return set;
}

uint32_t count(const Xapian::Database &db, const Xapian::Query &weighted)
{
  Xapian::Query query = bare(weighted);
  if (query.get_type() == Op::LEAF_MATCH_ALL) return db.get_doccount();
  if (query.get_type() == Op::LEAF_TERM) return db.get_termfreq(term_of(query));
  return is_local(db) ? find(db, query).size() : count_by_matcher(db, query);
}

void stream_all(Xapian::ValueIterator at, ShimValueSink sink, void *context)
{
  for (const Xapian::ValueIterator end; at != end; ++at) {
    std::string value = *at;
    sink(context, at.get_docid(), value.data(), value.size());
  }
}

void stream(Xapian::ValueIterator at, const ShimSet &set, ShimValueSink sink, void *context)
{
  const Xapian::ValueIterator end;
  for (Xapian::docid docid = set.next(1); docid != 0 && at != end;) {
    at.skip_to(docid);
    if (at == end) return;
    if (at.get_docid() == docid) {
      std::string value = *at;
      sink(context, docid, value.data(), value.size());
    }
    docid = set.next(std::max(at.get_docid(), docid + 1));
  }
}
} // namespace

extern "C" {

ShimStatus shim_set_find(ShimDb *db, const ShimQuery *query, ShimSet **set)
{
  return guard([&] {
    *set = std::make_unique<ShimSet>(find(db->db, query->query)).release();
    return SHIM_OK;
  });
}

void shim_set_free(ShimSet *set)
{
  delete set;
}

uint32_t shim_set_size(const ShimSet *set)
{
  return set->size();
}

const uint64_t *shim_set_words(const ShimSet *set, size_t *n)
{
  *n = set->words.size();
  return set->words.data();
}

ShimStatus shim_set_count(ShimDb *db, const ShimQuery *query, uint32_t *n)
{
  return guard([&] {
    *n = count(db->db, query->query);
    return SHIM_OK;
  });
}

ShimStatus shim_values(ShimDb *db, unsigned slot, const ShimSet *set, ShimValueSink sink,
                       void *context)
{
  return guard([&] {
    Xapian::ValueIterator at = db->db.valuestream_begin(slot);
    if (set == nullptr)
      stream_all(at, sink, context);
    else
      stream(at, *set, sink, context);
    return SHIM_OK;
  });
}
}
