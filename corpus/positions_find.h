/* positions_find.h - where the terms of a query stand in an article's packed positions
 * (positions.h). */
#ifndef SITREP_POSITIONS_FIND_H
#define SITREP_POSITIONS_FIND_H

#include <glib.h>

typedef struct PositionFinder PositionFinder;

/* Looks for `n` different terms, given by their position_hash(), in any number of articles. What
 * depends on an article's seed is kept, so that of a thousand terms an article costs little more
 * than of two. Never NULL. */
PositionFinder *position_finder_new(const guint64 *hashes, guint n);
void position_finder_free(PositionFinder *finder); /* NULL is allowed */

typedef struct Position {
  guint32 section; /* from 0 */
  guint32 at;      /* from 0 in its section */
  guint32 term;    /* of the finder */
} Position;

/* Must say whether the article holds a term; asked at most once an article about each. */
typedef gboolean (*PositionHas)(void *context, guint term);

/* Sets `found` (Position) to the places of the terms that the article holds, in order. A damaged
 * string has none, or those before the damage. */
void position_finder_find(PositionFinder *finder, const char *packed, gsize len, PositionHas has,
                          void *context, GArray *found);

#endif
