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

// The query without what only changes weights.
Xapian::Query bare(Xapian::Query query)
{
  while (query.get_type() == Op::OP_SCALE_WEIGHT || query.get_type() == Op::OP_AND_MAYBE)
    query = query.get_subquery(0);
  return query;
}

// A posting list before its first document.
struct List {
  Xapian::doccount size;
  Xapian::PostingIterator at;

  List(const Xapian::Database &db, const std::string &term)
      : size(db.get_termfreq(term)), at(db.postlist_begin(term))
  {
  }
};

// A query as a walk needs it.
struct Node {
  Op type;
  Xapian::Query query;
  std::vector<Node> parts;
  bool whole = true; // nothing in it is left to the matcher
  std::string term;
  std::optional<List> list; // of the term, once its size was asked for

  explicit Node(const Xapian::Query &weighted) : query(bare(weighted))
  {
    type = query.get_type();
    if (type == Op::LEAF_TERM) term = *query.get_terms_begin();
    if (!is_walked(type)) {
      whole = false;
      return;
    }
    size_t n = query.get_num_subqueries();
    parts.reserve(n);
    for (size_t i = 0; i < n; i++) {
      parts.emplace_back(query.get_subquery(i));
      whole = whole && parts.back().whole;
    }
  }
};

// Some documents, and how many they are.
struct Candidates {
  ShimSet set;
  Xapian::doccount size;

  explicit Candidates(ShimSet &&set_) : set(std::move(set_)), size(set.size())
  {
  }
};

// Finds the documents of one local database. The methods add to `out` what matches, of the whole
// database or `among` some candidates. Each node is looked for once.
class Finder
{
  const Xapian::Database &db;
  const Xapian::docid last;
  const Xapian::doccount documents;

  // To leap to a document takes as long as to step through four to eight (measured with lists of
  // 300 to 100,000 documents and sets of as many).
  static constexpr Xapian::doccount LEAP = 4;

  static void walk(Xapian::PostingIterator at, ShimSet &out)
  {
    for (const Xapian::PostingIterator end; at != end; ++at) out.add(*at);
  }

  static void walk_among(Xapian::PostingIterator at, const ShimSet &among, ShimSet &out)
  {
    for (const Xapian::PostingIterator end; at != end; ++at)
      if (among.has(*at)) out.add(*at);
  }

  // The list and the candidates leap over each other.
  static void leap(Xapian::PostingIterator at, const ShimSet &among, ShimSet &out)
  {
    const Xapian::PostingIterator end;
    for (Xapian::docid docid = among.next(1); docid != 0 && at != end;) {
      at.skip_to(docid);
      if (at == end) return;
      if (*at == docid) out.add(docid);
      docid = among.next(std::max(*at, docid + 1));
    }
  }

  // The list is opened as soon as its size is asked for: Xapian has read that block then, and would
  // have to read it again later.
  List &open(Node &leaf) const
  {
    if (!leaf.list) leaf.list.emplace(db, leaf.term);
    return *leaf.list;
  }

  void find_term(Node &leaf, const Candidates *among, ShimSet &out) const
  {
    if (among == nullptr)
      return walk(leaf.list ? leaf.list->at : db.postlist_begin(leaf.term), out);
    List &list = open(leaf);
    if (among->size < list.size / LEAP)
      leap(list.at, among->set, out);
    else
      walk_among(list.at, among->set, out);
  }

  void find_all(const Candidates *among, ShimSet &out) const
  {
    if (among != nullptr)
      out |= among->set;
    else if (documents == last)
      out.fill(last);
    else
      walk(db.postlist_begin(std::string()), out); // the empty term is in all
  }

  void find_union(Node &node, const Candidates *among, ShimSet &out) const
  {
    for (Node &part : node.parts) find(part, among, out);
  }

  // The cheapest part comes first; the others are looked for among what it finds. What the matcher
  // must do comes last and at once: a posting source may be made to be asked only for documents
  // that others found.
  void find_intersection(Node &node, const Candidates *among, ShimSet &out) const
  {
    std::vector<Xapian::Query> matched;
    for (const Node &part : node.parts)
      if (!is_walked(part.type)) matched.push_back(part.query);
    std::vector<Node *> walked = walked_parts(node);
    std::optional<Candidates> found;
    for (Node *part : walked) {
      if (part == walked.back() && matched.empty()) return find(*part, among, out);
      ShimSet next(last);
      find(*part, among, next);
      found.emplace(std::move(next));
      if (found->size == 0) return;
      among = &*found;
    }
    match(Xapian::Query(Op::OP_AND, matched.begin(), matched.end()), among, out);
  }

  void find_difference(Node &node, const Candidates *among, ShimSet &out) const
  {
    ShimSet wanted(last);
    find(node.parts[0], among, wanted);
    Candidates left(std::move(wanted));
    for (size_t i = 1; i < node.parts.size() && left.size > 0; i++) {
      ShimSet unwanted(last);
      find(node.parts[i], &left, unwanted);
      unwanted ^= left.set;
      left = Candidates(std::move(unwanted));
    }
    out |= left.set;
  }

  void find_odd(Node &node, const Candidates *among, ShimSet &out) const
  {
    ShimSet odd(last);
    for (Node &part : node.parts) {
      ShimSet found(last);
      find(part, among, found);
      odd ^= found;
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

  Xapian::doccount bound_of_union(Node &node) const
  {
    Xapian::doccount sum = 0;
    for (Node &part : node.parts) sum += std::min(documents - sum, bound(part));
    return sum;
  }

  Xapian::doccount bound_of_intersection(Node &node) const
  {
    Xapian::doccount least = documents;
    for (Node &part : node.parts) least = std::min(least, bound(part));
    return least;
  }

  // At most so many documents match.
  Xapian::doccount bound(Node &node) const
  {
    if (node.type == Op::LEAF_TERM) return open(node).size;
    if (node.type == Op::LEAF_MATCH_NOTHING) return 0;
    if (node.type == Op::OP_AND_NOT) return bound(node.parts[0]);
    if (is_union(node.type)) return bound_of_union(node);
    if (is_intersection(node.type)) return bound_of_intersection(node);
    return documents;
  }

  // The parts of an intersection that are walked, from the cheapest on.
  std::vector<Node *> walked_parts(Node &node) const
  {
    using Cost = std::pair<bool, Xapian::doccount>;
    std::vector<std::pair<Cost, Node *>> costs;
    for (Node &part : node.parts)
      if (is_walked(part.type)) costs.push_back({{!part.whole, bound(part)}, &part});
    std::stable_sort(costs.begin(), costs.end(),
                     [](const auto &a, const auto &b) { return a.first < b.first; });
    std::vector<Node *> walked;
    walked.reserve(costs.size());
    for (const auto &cost : costs) walked.push_back(cost.second);
    return walked;
  }

public:
  explicit Finder(const Xapian::Database &db_)
      : db(db_), last(db.get_lastdocid()), documents(db.get_doccount())
  {
  }

  void find(Node &node, const Candidates *among, ShimSet &out) const
  {
    shim_check_time();
    switch (node.type) {
    case Op::LEAF_MATCH_NOTHING: return;
    case Op::LEAF_MATCH_ALL: return find_all(among, out);
    case Op::LEAF_TERM: return find_term(node, among, out);
    case Op::OP_OR:
    case Op::OP_SYNONYM:
    case Op::OP_MAX: return find_union(node, among, out);
    case Op::OP_AND:
    case Op::OP_FILTER: return find_intersection(node, among, out);
    case Op::OP_AND_NOT: return find_difference(node, among, out);
    case Op::OP_XOR: return find_odd(node, among, out);
    default: return match(node.query, among, out);
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
  if (is_local(db)) {
    Node node(query);
    Finder(db).find(node, nullptr, set);
  } else {
    collect_hits(db, query, set);
  }
  return set;
}

uint32_t count(const Xapian::Database &db, const Xapian::Query &weighted)
{
  Xapian::Query query = bare(weighted);
  if (query.get_type() == Op::LEAF_MATCH_ALL) return db.get_doccount();
  if (query.get_type() == Op::LEAF_TERM) return db.get_termfreq(*query.get_terms_begin());
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

std::unique_ptr<Xapian::PostingSource> shim_set_source(const Xapian::Database &db,
                                                       const ShimSet &set)
{
  if (!is_local(db)) return nullptr;
  return std::make_unique<Members>(set, set.size());
}

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
