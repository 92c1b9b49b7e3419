// query.cc - see query.h
#include "query.h"

#include <exception>
#include <memory>
#include <optional>
#include <vector>

#include "internal.hh"

namespace
{
ShimStatus adopt(Xapian::Query query, ShimQuery **out)
{
  auto handle = std::make_unique<ShimQuery>();
  handle->query = std::move(query);
  *out = handle.release();
  return SHIM_OK;
}

// What to test, shared by all copies of a source.
struct Test {
  Xapian::valueno slot;
  std::vector<std::string> terms;
  decltype(ShimTest::passes) passes;
  std::shared_ptr<void> context;
};

// Asks a test about documents. It claims to hold all of them, so that Xapian asks it last among
// what must match, with check().
class TestSource : public Xapian::PostingSource
{
  Test test;
  Xapian::Database db;
  Xapian::docid current = 0; // the document that was asked about last
  Xapian::ValueIterator values;
  std::vector<std::optional<Xapian::PostingIterator>> postings; // of test.terms, as asked for
  std::exception_ptr failure;

  bool holds(size_t term)
  {
    std::optional<Xapian::PostingIterator> &at = postings.at(term);
    if (!at) at = db.postlist_begin(test.terms[term]);
    if (*at == Xapian::PostingIterator()) return false;
    at->skip_to(current);
    return *at != Xapian::PostingIterator() && **at == current;
  }

  // A C function: what it catches is thrown again behind it.
  static bool has(void *asked, size_t term) noexcept
  {
    auto *source = static_cast<TestSource *>(asked);
    try {
      return source->holds(term);
    } catch (...) {
      source->failure = std::current_exception();
      return false;
    }
  }

  // The document whose value is at hand.
  bool passes()
  {
    shim_check_time();
    current = values.get_docid();
    const std::string value = *values;
    bool answer = test.passes(test.context.get(), value.data(), value.size(), has, this);
    if (failure) std::rethrow_exception(failure);
    return answer;
  }

  // Goes on to a document that passes: one without a value never does.
  void find()
  {
    while (!at_end() && !passes()) ++values;
  }

public:
  explicit TestSource(Test test_) : test(std::move(test_))
  {
  }

  TestSource *clone() const override
  {
    return new TestSource(test);
  }

  void init(const Xapian::Database &db_) override
  {
    db = db_;
    current = 0;
    values = db.valuestream_begin(test.slot);
    postings.assign(test.terms.size(), std::nullopt);
  }

  Xapian::doccount get_termfreq_min() const override
  {
    return 0;
  }
  Xapian::doccount get_termfreq_est() const override
  {
    return db.get_doccount();
  }
  Xapian::doccount get_termfreq_max() const override
  {
    return db.get_doccount();
  }

  Xapian::docid get_docid() const override
  {
    return current;
  }
  bool at_end() const override
  {
    return values == Xapian::ValueIterator();
  }

  void next(double) override
  {
    if (!at_end() && values.get_docid() <= current) ++values;
    find();
  }
  void skip_to(Xapian::docid docid, double) override
  {
    if (!at_end()) values.skip_to(docid);
    find();
  }
  // Also true at the end, as Xapian wants it.
  bool check(Xapian::docid docid, double) override
  {
    current = docid;
    if (!at_end()) values.skip_to(docid);
    return at_end() || (values.get_docid() == docid && passes());
  }

  std::string get_description() const override
  {
    return "TEST " + std::to_string(test.slot);
  }
};

Xapian::Query::op xapian_op(ShimOp op)
{
  switch (op) {
  case SHIM_AND: return Xapian::Query::OP_AND;
  case SHIM_OR: return Xapian::Query::OP_OR;
  case SHIM_AND_NOT: return Xapian::Query::OP_AND_NOT;
  case SHIM_XOR: return Xapian::Query::OP_XOR;
  case SHIM_AND_MAYBE: return Xapian::Query::OP_AND_MAYBE;
  case SHIM_FILTER: return Xapian::Query::OP_FILTER;
  case SHIM_SYNONYM: return Xapian::Query::OP_SYNONYM;
  case SHIM_MAX: return Xapian::Query::OP_MAX;
  }
  throw Xapian::InvalidArgumentError("no such operator");
}
} // namespace

extern "C" {

void shim_query_free(ShimQuery *query)
{
  delete query;
}

ShimStatus shim_query_all(ShimQuery **query)
{
  return guard([&] { return adopt(Xapian::Query(std::string()), query); });
}

ShimStatus shim_query_nothing(ShimQuery **query)
{
  return guard([&] { return adopt(Xapian::Query(), query); });
}

ShimStatus shim_query_term(const char *term, size_t len, ShimQuery **query)
{
  return guard([&] {
    std::string name = bytes(term, len);
    if (name.empty()) return shim_fail(SHIM_INVALID, "an empty term");
    // What no document can have matches none; asked of a database, it would be an error.
    if (shim_term_cost(name) > SHIM_TERM_MAX) return adopt(Xapian::Query(), query);
    return adopt(Xapian::Query(name), query);
  });
}

ShimStatus shim_query_join(ShimOp op, const ShimQuery *const *parts, size_t n, ShimQuery **query)
{
  return guard([&] {
    std::vector<Xapian::Query> list;
    list.reserve(n);
    for (size_t i = 0; i < n; i++) list.push_back(parts[i]->query);
    return adopt(Xapian::Query(xapian_op(op), list.begin(), list.end()), query);
  });
}

ShimStatus shim_query_copy(const ShimQuery *from, ShimQuery **query)
{
  return guard([&] { return adopt(from->query, query); });
}

ShimStatus shim_query_scale(const ShimQuery *part, double factor, ShimQuery **query)
{
  return guard([&] {
    return adopt(Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, part->query, factor), query);
  });
}

ShimStatus shim_query_range(unsigned slot, const char *low, size_t low_len, const char *high,
                            size_t high_len, ShimQuery **query)
{
  return guard([&] {
    if (low == nullptr && high == nullptr) return adopt(Xapian::Query(std::string()), query);
    if (low == nullptr)
      return adopt(Xapian::Query(Xapian::Query::OP_VALUE_LE, slot, bytes(high, high_len)), query);
    // From "" on, Xapian takes all documents; those with a value begin at a NUL.
    if (high == nullptr)
      return adopt(Xapian::Query(Xapian::Query::OP_VALUE_GE, slot,
                                 low_len == 0 ? std::string(1, '\0') : bytes(low, low_len)),
                   query);
    return adopt(Xapian::Query(Xapian::Query::OP_VALUE_RANGE, slot, bytes(low, low_len),
                               bytes(high, high_len)),
                 query);
  });
}

ShimStatus shim_query_prefix(const char *prefix, size_t len, uint32_t limit, ShimQuery **query)
{
  if (limit == 0) return shim_fail(SHIM_INVALID, "a prefix query needs a limit");
  return guard([&] {
    return adopt(Xapian::Query(Xapian::Query::OP_WILDCARD, bytes(prefix, len), limit,
                               Xapian::Query::WILDCARD_LIMIT_ERROR),
                 query);
  });
}

ShimStatus shim_query_test(const ShimQuery *among, const ShimTest *test, ShimQuery **query)
{
  return guard([&] {
    // On failure, too, the context is freed from here on.
    std::shared_ptr<void> context(test->context, test->free_context);
    // A query clones a source that is not allocated; one that was would leak if that failed.
    TestSource source(
        {test->slot, {test->terms, test->terms + test->n_terms}, test->passes, context});
    return adopt(Xapian::Query(Xapian::Query::OP_FILTER, among->query, Xapian::Query(&source)),
                 query);
  });
}

ShimStatus shim_query_describe(const ShimQuery *query, char **text)
{
  return guard([&] {
    *text = shim_copy(query->query.get_description());
    return SHIM_OK;
  });
}
}
