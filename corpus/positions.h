/* positions.h - where the words of an article stand, packed into one value slot.
 *
 * Xapian's own positions cost an entry of a B-tree, key and all, for every word of every article:
 * 45 % of an index and a third of the time to build it. Here an article has one string: for each
 * place in its text one cell, 2 bytes as a rule, that is a hash of the term at that place. Texts
 * that no phrase may span (title and body, the values of a field) are sections of it.
 *
 * Hashes, and yet exact: a seed is chosen for each article under which all its terms have different
 * cells. Of a term that the article is known to hold, as the posting lists say, an equal cell is
 * therefore the term itself. (Two words of one article whose 64-bit hashes are equal would be one
 * word to phrases; that takes intent.)
 *
 * Layout: a byte with the width of a cell in bytes; as numbers (varint.h) the seed, how many
 * sections there are, and the cells of each; then all cells, low bytes first. Cell 0 is a
 * place without a term. Read by positions_find.h. */
#ifndef SITREP_POSITIONS_H
#define SITREP_POSITIONS_H

#include <glib.h>

typedef struct PositionWriter PositionWriter;

/* Serves any number of articles, one after the other. Never NULL. */
PositionWriter *position_writer_new(void);
void position_writer_free(PositionWriter *writer); /* NULL is allowed */

/* The hash that stands for a term in all calls: FNV-1a, 64 bits (Fowler, Noll, Vo), never 0. */
guint64 position_hash(const char *term, gsize len);

/* The term at the next place of the current section; hash 0: a place without a term. */
void position_add(PositionWriter *writer, guint64 hash);
/* Ends a section; an empty one leaves no trace. */
void position_end_section(PositionWriter *writer);

/* Appends the positions of an article to `packed`, nothing when it has no terms, and makes the
 * writer ready for the next article. */
void position_pack(PositionWriter *writer, GString *packed);

#endif
