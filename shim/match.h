/* match.h - run a query: ranked, sorted, counted. See status.h for the rules. */
#ifndef SITREP_SHIM_MATCH_H
#define SITREP_SHIM_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "database.h"
#include "query.h"
#include "set.h"
#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ShimMatches ShimMatches;

typedef enum ShimWeighting {
  SHIM_BM25, /* Xapian's BM25Weight with the parameters below */
  SHIM_BOOL  /* no weights: the cheapest, for counts and value sorts */
} ShimWeighting;

typedef enum ShimSort {
  SHIM_SORT_RELEVANCE,  /* ties by document number, ascending */
  SHIM_SORT_VALUE_DOWN, /* highest value first, documents without one last */
  SHIM_SORT_VALUE_UP    /* lowest value first, documents without one last */
} ShimSort;

/* Zero-initialise, then set what differs; shim_match_defaults() fills in Xapian's BM25. */
typedef struct ShimMatchSpec {
  const ShimQuery *query;
  /* All that match, when they are known already (shim_set_find): the query is not asked again
   * then, only `weights`, which matches all of them and weighs them like the query. NULL otherwise.
   * Where a set cannot stand for a query, in several databases or a remote one, it is ignored. */
  const ShimSet *found;
  const ShimQuery *weights;
  ShimWeighting weighting;
  double k1, k2, k3, b, min_normlen; /* BM25, see Xapian::BM25Weight */
  ShimSort sort;
  unsigned sort_slot;
  bool newest_docid_first; /* ties (and SHIM_BOOL without sort) by descending number */
  bool collapse;           /* keep the best `collapse_max` of each value of a slot */
  unsigned collapse_slot;
  uint32_t collapse_max;
  int percent_cutoff; /* 0 to 100 */
  double weight_cutoff;
  double time_limit;       /* seconds, 0 none: after it, counts are estimates */
  uint32_t first, max;     /* the window of ranks wanted, from 0 */
  uint32_t check_at_least; /* look at so many matches for the counts */
  bool check_all;          /* look at all: exact counts */
} ShimMatchSpec;

void shim_match_defaults(ShimMatchSpec *spec);

/* Runs the query. Free the result with shim_matches_free(). */
ShimStatus shim_match(ShimDb *db, const ShimMatchSpec *spec, ShimMatches **matches);
void shim_matches_free(ShimMatches *matches);

/* How many documents match: between `lower` and `upper`, both included; equal when exact. */
typedef struct ShimCounts {
  uint32_t lower, estimated, upper;
} ShimCounts;
ShimCounts shim_matches_counts(const ShimMatches *matches);

typedef struct ShimHit {
  uint32_t docid;
  double weight;
  uint32_t collapsed; /* how many were collapsed into it, a lower bound */
} ShimHit;
/* How many hits the window holds, and hit `i` (from 0, in rank order). */
uint32_t shim_matches_size(const ShimMatches *matches);
ShimHit shim_matches_hit(const ShimMatches *matches, uint32_t i);

/* Called with each term that tells the given documents from the rest, best first. */
typedef void (*ShimExpandSink)(void *context, const char *term, size_t len, double weight);
/* Relevance feedback: at most `max` terms for the `n` documents, scored by Xapian's scheme ("trad"
 * or "bo1"). */
ShimStatus shim_expand(ShimDb *db, const uint32_t *docids, size_t n, uint32_t max,
                       const char *scheme, ShimExpandSink sink, void *context);

#ifdef __cplusplus
}
#endif
#endif
