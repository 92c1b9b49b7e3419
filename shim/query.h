/* query.h - what to look for, as a tree. See status.h for the rules of all calls.
 *
 * A ShimQuery is a value: building one from others copies what it needs (cheaply, by reference
 * counts), so every handle is freed by whoever made it, at any time. Reference counts are not
 * atomic: a query and whatever was built from it stay on one thread. */
#ifndef SITREP_SHIM_QUERY_H
#define SITREP_SHIM_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ShimQuery ShimQuery;

typedef enum ShimOp {
  SHIM_AND,
  SHIM_OR,
  SHIM_AND_NOT, /* the first without any of the others */
  SHIM_XOR,
  SHIM_AND_MAYBE, /* the first; the others only add weight */
  SHIM_FILTER,    /* the first; the others must match and add no weight */
  SHIM_SYNONYM,   /* OR, weighted as if all were one term */
  SHIM_MAX        /* OR, weighted by the best of them */
} ShimOp;

void shim_query_free(ShimQuery *query);

ShimStatus shim_query_all(ShimQuery **query);
ShimStatus shim_query_nothing(ShimQuery **query);
/* A term; one that is too long to be stored matches nothing. */
ShimStatus shim_query_term(const char *term, size_t len, ShimQuery **query);
/* Joins `n` queries. No operand: a query that matches nothing. */
ShimStatus shim_query_join(ShimOp op, const ShimQuery *const *parts, size_t n, ShimQuery **query);
/* The same query once more. */
ShimStatus shim_query_copy(const ShimQuery *from, ShimQuery **query);
/* Multiplies the weight; 0 makes a filter of it. */
ShimStatus shim_query_scale(const ShimQuery *part, double factor, ShimQuery **query);
/* Documents whose value in `slot` is from `low` to `high`, bytewise, both included; a NULL end is
 * open. Documents without a value match only when `low` is NULL. */
ShimStatus shim_query_range(unsigned slot, const char *low, size_t low_len, const char *high,
                            size_t high_len, ShimQuery **query);
/* Terms that start with `prefix`; at search time SHIM_EXPANSION when there are more than `limit`
 * (which must not be 0: no wildcard is unlimited). */
ShimStatus shim_query_prefix(const char *prefix, size_t len, uint32_t limit, ShimQuery **query);

/* TRUE when the document that is being tested holds term `term` of the test; `asked` is what the
 * test was given. A failure ends the match with its status, whatever the test answers then. */
typedef bool (*ShimHas)(void *asked, size_t term);

/* A condition that no term states, on the value of a document in a slot. */
typedef struct ShimTest {
  unsigned slot;
  const char *const *terms; /* NUL-terminated; copied */
  size_t n_terms;
  /* The condition on one value, which is not NUL-terminated and valid during the call. It may be
   * asked about documents in any ascending order, and by several matches one after the other. */
  bool (*passes)(void *context, const char *value, size_t len, ShimHas has, void *asked);
  void *context;
  void (*free_context)(void *context); /* called once, when the last query is gone; not NULL */
} ShimTest;

/* Those documents of `among` that pass a test; it adds no weight. It works where the database is
 * local, and not inside a weighted SHIM_SYNONYM (like ranges): that fails with SHIM_OPERATION.
 * Takes over the test's context, also when it fails. */
ShimStatus shim_query_test(const ShimQuery *among, const ShimTest *test, ShimQuery **query);

/* Xapian's description, for tests and tracing. free() it. */
ShimStatus shim_query_describe(const ShimQuery *query, char **text);

#ifdef __cplusplus
}
#endif
#endif
