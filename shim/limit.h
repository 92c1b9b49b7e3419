/* limit.h - a bound on the time of searches. See status.h for the rules of all calls. */
#ifndef SITREP_SHIM_LIMIT_H
#define SITREP_SHIM_LIMIT_H

#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Lets searches on this thread fail with SHIM_TIMEOUT that are not done `seconds` from now; 0, as
 * at first: none does. It is looked at before each posting list and each condition on a document
 * (shim_query_test()), which are what a query may have many of, not within Xapian's ranking. */
void shim_time_limit(double seconds);

/* SHIM_TIMEOUT when that time is over: for work that is done before a search. */
ShimStatus shim_check_limit(void);

#ifdef __cplusplus
}
#endif
#endif
