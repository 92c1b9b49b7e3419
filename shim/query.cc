// query.cc - see query.h
#include "query.h"

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

Xapian::Query::op xapian_op(ShimOp op)
{
  switch (op) {
  case SHIM_AND: return Xapian::Query::OP_AND;
  case SHIM_OR: return Xapian::Query::OP_OR;
  case SHIM_AND_NOT: return Xapian::Query::OP_AND_NOT;
  case SHIM_XOR: return Xapian::Query::OP_XOR;
  case SHIM_AND_MAYBE: return Xapian::Query::OP_AND_MAYBE;
  case SHIM_FILTER: return Xapian::Query::OP_FILTER;
  case SHIM_NEAR: return Xapian::Query::OP_NEAR;
  case SHIM_PHRASE: return Xapian::Query::OP_PHRASE;
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

ShimStatus shim_query_join(ShimOp op, const ShimQuery *const *parts, size_t n, uint32_t window,
                           ShimQuery **query)
{
  return guard([&] {
    std::vector<Xapian::Query> list;
    list.reserve(n);
    for (size_t i = 0; i < n; i++) list.push_back(parts[i]->query);
    // Xapian refuses a window where it means nothing.
    if (op != SHIM_NEAR && op != SHIM_PHRASE) window = 0;
    return adopt(Xapian::Query(xapian_op(op), list.begin(), list.end(), window), query);
  });
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

ShimStatus shim_query_describe(const ShimQuery *query, char **text)
{
  return guard([&] {
    *text = shim_copy(query->query.get_description());
    return SHIM_OK;
  });
}
}
