/* value_words.h - which values of a field hold the words that somebody looks for. */
#ifndef SITREP_VALUE_WORDS_H
#define SITREP_VALUE_WORDS_H

#include "../corpus/analysis.h"
#include "../corpus/facets.h"
#include "word_test.h"
#include <glib.h>

/* The values of `field` in an index's table in which the words of `forms` (char *, as Token has
 * them) stand beside each other, in order, as char *. An index holds no words of values: there are
 * few values compared to articles. Free with g_ptr_array_free(). */
GPtrArray *values_with_words(const FacetTable *table, FieldId field, const GPtrArray *forms,
                             Analyzer *analyzer);

/* The values of `field` with a word that passes a test, likewise. */
GPtrArray *values_with_test(const FacetTable *table, FieldId field, WordTest *test,
                            Analyzer *analyzer);

#endif
