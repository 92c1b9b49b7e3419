/* clean.h - what is no text of an article is marked as cut, before anything else looks at it.
 *
 * Two kinds of evidence: patterns (boilerplate.h), and lines that come again at the ends of a
 * source's articles (learn.h). Cut are whole lines, and sentences at the end of the last line, from
 * both ends of the body until there is text; in between only lines that are an advertisement's mark
 * or the like, CLEAN_INSIDE of them at most. A line that repeats the title at the head is cut. What
 * is boilerplate throughout is left as it is.
 *
 * Articles are held back, HOLD_ARTICLES or HOLD_BYTES of body at most, so that a line is known to
 * repeat before the first article that has it goes on. They come out in the order in which they
 * came in, and the same articles in the same order are always cleaned alike. A Cleaner belongs to
 * one thread. */
#ifndef SITREP_CLEAN_H
#define SITREP_CLEAN_H

#include "../corpus/article.h"

enum { HOLD_ARTICLES = 1000, HOLD_BYTES = 16 << 20, CLEAN_INSIDE = 100 };

typedef struct Cleaner Cleaner;

/* Starts with what was learnt before (learner_store()), `len` bytes of it. Never NULL. */
Cleaner *cleaner_new(const char *learnt, gsize len);
void cleaner_free(Cleaner *cleaner); /* NULL is allowed; with it go the articles held back */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Cleaner, cleaner_free)

/* Takes an article. */
void cleaner_put(Cleaner *cleaner, Article *article);

/* The next article, cleaned, which is the caller's; NULL when all that are there are held back.
 * With `rest` none is. */
Article *cleaner_take(Cleaner *cleaner, gboolean rest);

/* See learner_store(). */
GString *cleaner_learnt(const Cleaner *cleaner, gboolean *changed);

#endif
