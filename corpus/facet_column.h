/* facet_column.h - the facet values of all articles of an index in memory, to be counted often.
 *
 * Four bytes an article and four for each value that it has. */
#ifndef SITREP_FACET_COLUMN_H
#define SITREP_FACET_COLUMN_H

#include <glib.h>

typedef struct FacetColumn FacetColumn;

/* An empty column for a table of `ordinals` ordinals. */
FacetColumn *facet_column_new(guint32 ordinals);
void facet_column_free(FacetColumn *column);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FacetColumn, facet_column_free)

/* Adds the packed slot (facets.h) of a document, whose number must be above those of all before.
 * Ordinals that the table does not have are left out. */
void facet_column_add(FacetColumn *column, guint32 docid, const char *packed, gsize len);

/* Sets a counter for each ordinal to the number of documents that have it, among those in a bitmap:
 * bit d % 64 of word d / 64 stands for document d. Documents that are not in the column count for
 * nothing. */
void facet_column_count(const FacetColumn *column, const guint64 *words, gsize n, guint32 *counts);

#endif
