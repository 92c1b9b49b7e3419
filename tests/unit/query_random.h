/* query_random.h - random query trees of the whole grammar, in the normal form of query.h. */
#ifndef SITREP_QUERY_RANDOM_H
#define SITREP_QUERY_RANDOM_H

#include "../../searcher/query.h"
#include <glib.h>

/* `words` (char *) are what is looked for, whole or changed; neighbours make phrases. Values of
 * fields are those of tests/fixtures/query, and some that no article has. */
Node *query_random(GRand *random, const GPtrArray *words);

#endif
