/* expand.c - see expand.h */
#include "expand.h"

#include <string.h>

static void form_count_free(gpointer data)
{
  FormCount *form = data;
  g_free(form->form);
  g_free(form);
}

GPtrArray *form_counts_new(void)
{
  return g_ptr_array_new_with_free_func(form_count_free);
}

void form_counts_add(GPtrArray *forms, const char *form, guint32 count)
{
  FormCount *entry = g_new(FormCount, 1);
  *entry = (FormCount){g_strdup(form), count};
  g_ptr_array_add(forms, entry);
}

static gint by_count(gconstpointer a, gconstpointer b)
{
  const FormCount *left = *(FormCount *const *)a, *right = *(FormCount *const *)b;
  if (left->count != right->count) return left->count > right->count ? -1 : 1;
  return strcmp(left->form, right->form);
}

void form_counts_sort(GPtrArray *forms, guint32 limit)
{
  g_ptr_array_sort(forms, by_count);
  if (forms->len > limit) g_ptr_array_set_size(forms, (gint)limit);
}

ShimStatus form_counts_find(GPtrArray *forms, ShimDb *db, const char *prefix, GHashTable *set)
{
  GHashTableIter iter;
  gpointer form;
  ShimStatus status = SHIM_OK;
  g_hash_table_iter_init(&iter, set);
  while (status == SHIM_OK && g_hash_table_iter_next(&iter, &form, NULL)) {
    guint32 count = 0;
    g_autofree char *term = g_strconcat(prefix, form, NULL);
    status = shim_db_term_freq(db, term, strlen(term), &count);
    if (count > 0) form_counts_add(forms, form, count);
  }
  return status;
}

typedef struct Search {
  WordTest *test;
  GPtrArray *forms;
  guint32 limit, found;
} Search;

/* Of many words only the most frequent are kept, so that `*` costs no more memory than its limit.
 */
static gboolean look_at(void *context, const char *word, gsize len, guint32 count)
{
  Search *search = context;
  if (!word_test_passes(search->test, word, len)) return TRUE;
  search->found++;
  form_counts_add(search->forms, word, count);
  if (search->forms->len / 2 > search->limit) form_counts_sort(search->forms, search->limit);
  return TRUE;
}

gboolean expand_words(IndexState *state, FieldId field, WordTest *test, guint32 limit,
                      Expansion *expansion, GError **error)
{
  Search search = {.test = test, .forms = form_counts_new(), .limit = limit};
  if (index_state_words(state, field, word_test_start(test), look_at, &search, error) &&
      word_test_is_sane(test, error)) {
    form_counts_sort(search.forms, limit);
    *expansion = (Expansion){search.forms, search.found};
    return TRUE;
  }
  g_ptr_array_free(search.forms, TRUE);
  return FALSE;
}
