/* similar.h - articles like an article. */
#ifndef SITREP_SIMILAR_H
#define SITREP_SIMILAR_H

#include "../shim/database.h"
#include "request.h"

/* Makes a request one for articles like the one with that id, itself left out: its query becomes
 * any of those of the article's words, as written, that tell it best from the rest of the index.
 * They are chosen by relevance feedback (the Bo1 model of divergence from randomness; Amati,
 * Probability Models for Information Retrieval, 2003), without words that only it has, and without
 * those that a fifth of the articles of its language have, which leaves out the words of every
 * language that say nothing. It is a request like any other: filters and sorting apply, and what
 * was understood can be printed and asked again. FALSE with an error. */
gboolean similar_request(Request *request, ShimDb *db, const char *id, GError **error);

#endif
