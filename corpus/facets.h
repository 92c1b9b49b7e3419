/* facets.h - all facet values of an article in one value slot, and the table that numbers them.
 *
 * Every pair (field, value) that occurs in an index has an ordinal. The table stands in the index's
 * metadata; an article's slot holds its ordinals, ascending (varint.h).
 * Counting a facet over any number of matches is then an array of counters, exact, whatever the
 * number of fields and values. Values that fold to the same name share an ordinal and are shown as
 * first written.
 *
 * The stored table is copied in and used, without a look at every value. Numbers are 32 bits,
 * little-endian:
 *   number of ordinals; bytes of names
 *   names of fields, each with a NUL behind it (names, so that rows of the schema can move)
 *   a byte for each ordinal: its field, as number of the name from 0
 *   a number for each ordinal: where its value ends in what follows
 *   the values, one behind the other */
#ifndef SITREP_FACETS_H
#define SITREP_FACETS_H

#include "article.h"
#include <glib.h>

typedef struct FacetTable FacetTable;

/* The table that facet_table_store() gave (`len` 0: an empty one). NULL when it is damaged. */
FacetTable *facet_table_new(const char *stored, gsize len);
void facet_table_free(FacetTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FacetTable, facet_table_free)

/* The table to be stored; free with g_string_free(). */
GString *facet_table_store(const FacetTable *table);
/* How many ordinals there are: they run from 0. */
guint32 facet_table_size(const FacetTable *table);
/* The field of an ordinal, or -1 when the ordinal or its field is unknown. */
int facet_table_field(const FacetTable *table, guint32 ordinal);
/* The value of an ordinal, which must be below facet_table_size(); g_free() it. */
char *facet_table_value(const FacetTable *table, guint32 ordinal);
/* Order of the values of two ordinals by their bytes, as strcmp(). */
int facet_table_compare(const FacetTable *table, guint32 a, guint32 b);
/* Appends to `packed` the ordinals of all the facet values of an article, giving new values new
 * ordinals. */
void facet_table_pack(FacetTable *table, const Article *article, GString *packed);

/* Adds one to the counter of every ordinal in a packed slot; ordinals from `n` on are ignored. */
void facet_count(const char *packed, gsize len, guint32 *counts, guint32 n);

#endif
