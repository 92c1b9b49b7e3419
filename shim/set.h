/* set.h - which documents match, without ranking them. See status.h for the rules of all calls.
 *
 * A set is a bitmap over the document numbers, 125 KB a million documents. It is found by walking
 * the posting lists of the query's terms, not by Xapian's matcher, which at every document asks
 * every list of the query where it stands. What is no posting list (phrases, ranges, wildcards,
 * posting sources) is left to the matcher, for the documents that the rest of the query leaves. */
#ifndef SITREP_SHIM_SET_H
#define SITREP_SHIM_SET_H

#include <stddef.h>
#include <stdint.h>

#include "database.h"
#include "query.h"
#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ShimSet ShimSet;

/* Finds all documents that match. Free the set with shim_set_free(). */
ShimStatus shim_set_find(ShimDb *db, const ShimQuery *query, ShimSet **set);
void shim_set_free(ShimSet *set);
/* How many documents are in the set. */
uint32_t shim_set_size(const ShimSet *set);
/* The bitmap: document d is in the set when bit d % 64 of word d / 64 is 1. `n` receives the number
 * of words; the numbers above the last one are in no set. The words belong to the set. */
const uint64_t *shim_set_words(const ShimSet *set, size_t *n);

/* How many documents match: shim_set_find() and its size, faster where the index knows it. */
ShimStatus shim_set_count(ShimDb *db, const ShimQuery *query, uint32_t *count);

/* Called with the value of one document, which is not empty; the bytes are valid during the call.
 */
typedef void (*ShimValueSink)(void *context, uint32_t docid, const char *value, size_t len);
/* Streams through a value slot: hands out the values of the set's documents, or of all documents
 * when `set` is NULL, in ascending order of their numbers. */
ShimStatus shim_values(ShimDb *db, unsigned slot, const ShimSet *set, ShimValueSink sink,
                       void *context);

#ifdef __cplusplus
}
#endif
#endif
