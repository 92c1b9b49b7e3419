/* expand.h - the words of an index that stand for a pattern, the most frequent first. */
#ifndef SITREP_EXPAND_H
#define SITREP_EXPAND_H

#include "../corpus/index_state.h"
#include "word_test.h"
#include <glib.h>

enum { EXPANSION_DEFAULT = 1000 };

typedef struct FormCount {
  char *form;
  guint32 count; /* articles that hold it */
} FormCount;

typedef struct Expansion {
  GPtrArray *forms; /* FormCount *, most frequent first, equals in byte order; with cleanup */
  guint32 found;    /* how many there are; more than forms->len: cut at the limit */
} Expansion;

/* An array of FormCount * that frees them, and one for it. */
GPtrArray *form_counts_new(void);
void form_counts_add(GPtrArray *forms, const char *form, guint32 count);
/* Sorts them into the order above and cuts them down to `limit`. */
void form_counts_sort(GPtrArray *forms, guint32 limit);

/* Adds those of a set of forms (char *) that the index has under a prefix of terms, with their
 * counts. */
ShimStatus form_counts_find(GPtrArray *forms, ShimDb *db, const char *prefix, GHashTable *set);

/* The words of a field (see vocabulary_read()) that pass. FALSE with an error. */
gboolean expand_words(IndexState *state, FieldId field, WordTest *test, guint32 limit,
                      Expansion *expansion, GError **error);

#endif
