/* learn.h - lines that come again and again at the ends of one source's articles.
 *
 * Counted are the first lines of an article and its last ones (ends.h), by source. A line is learnt
 * when half of the source's articles have it (four fifths, where it may well be a sentence of the
 * text) and LEARN_TIMES of these have other text before it: what comes again because the whole
 * article does, in another edition or from another agency, is not boilerplate. What is learnt once
 * stays.
 *
 * Memory is bounded: when LEARN_LINES lines are known, all counts, of lines and sources, are
 * halved, and lines that come to nothing are forgotten. So an old habit of a source gives way to a
 * new one.
 *
 * Belongs to one thread. */
#ifndef SITREP_LEARN_H
#define SITREP_LEARN_H

#include "ends.h"
#include <glib.h>

enum { LEARN_TIMES = 5, LEARN_LINES = 1 << 18 };

typedef struct Learner Learner;

/* Knows what learner_store() wrote; lines that it did not are passed over. `len` bytes. */
Learner *learner_new(const char *stored, gsize len);
void learner_free(Learner *learner); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Learner, learner_free)

/* Counts an article of `source`. */
void learner_count(Learner *learner, const char *source, const Ends *ends);

/* TRUE when the line, of the head or the tail of an article of `source`, is learnt. `body` is the
 * article's. */
gboolean learner_knows(Learner *learner, const char *source, gboolean head, const char *body,
                       const EndLine *line);

/* Everything learnt, one line each, "tail", tab, source, tab, the line: to be kept in an index.
 * *changed tells whether that is more than learner_new() was given. Free with g_string_free(). */
GString *learner_store(const Learner *learner, gboolean *changed);

#endif
