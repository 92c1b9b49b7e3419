/* similar.h - articles like an article. */
#ifndef SITREP_SIMILAR_H
#define SITREP_SIMILAR_H

#include "../shim/database.h"
#include <glib.h>

/* The query that finds articles like the one with that id, itself left out: any of those of its
 * words, as written, that tell it best from the rest of the index. They are chosen by relevance
 * feedback (the Bo1 model of divergence from randomness; Amati, Probability Models for Information
 * Retrieval, 2003), without words that only it has, and without those that a fifth of the articles
 * of its language have, which leaves out the words of every language that say nothing. It is a
 * query like any other: filters and sorting apply, and it can be printed and asked again. NULL with
 * an error; g_free() it. */
char *similar_query(ShimDb *db, const char *id, GError **error);

#endif
