/* neighbours.h - what was published just before and after an article. */
#ifndef SITREP_NEIGHBOURS_H
#define SITREP_NEIGHBOURS_H

#include "../corpus/article.h"
#include "../shim/database.h"
#include <glib.h>

/* At most that many can be asked for on either side. */
enum { NEIGHBOURS_MAX = 100 };

typedef struct Neighbours {
  GPtrArray *before, *after; /* Article *, the nearest first */
} Neighbours;

/* Finds the `n` articles on either side of one by date, of its source alone or of all; articles of
 * one date stand in the order in which they were indexed, a year or a month before its days. An
 * article without a date (or source, where that is asked for) has none. FALSE with an error. Clear
 * with neighbours_clear(). */
gboolean neighbours_find(ShimDb *db, const Article *article, gboolean same_source, guint n,
                         Neighbours *neighbours, GError **error);
void neighbours_clear(Neighbours *neighbours);

#endif
