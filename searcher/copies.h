/* copies.h - the copies of an article: reports whose text is the same but for small changes
 * (corpus/fingerprint.h), as of a wire agency's report in several papers. */
#ifndef SITREP_COPIES_H
#define SITREP_COPIES_H

#include "../corpus/article.h"
#include "../shim/database.h"
#include <glib.h>

/* Copies that are listed at most, and articles that are compared at most: forms that are filled in
 * every day have thousands of likenesses. */
enum { COPIES_MAX = 100, COPIES_COMPARED_MAX = 1000 };

typedef struct Copies {
  guint n;             /* how many copies there are, besides the article itself */
  guint sources;       /* different sources of these copies, as they are named */
  gboolean more;       /* a limit was reached: there may be more of both */
  gboolean too_short;  /* the article's text is too short to be compared */
  GPtrArray *articles; /* Article *: the copies and, where it belongs among them, the article, the
                          earliest first; those of one date as they were indexed, those without
                          last; the article may be missing when it has no copy */
  const Article *own;  /* the article itself among them, or NULL */
} Copies;

/* Finds the copies of the article with that id; one that is not in the index has none. A copy of a
 * copy need not be one. FALSE with an error. Clear with copies_clear(); all zero is cleared. */
gboolean copies_find(ShimDb *db, const char *id, Copies *copies, GError **error);
void copies_clear(Copies *copies);

/* "3 copies in 2 sources", "at least 100 copies"; NULL when there are none. g_free() it. */
char *copies_text(const Copies *copies);

#endif
