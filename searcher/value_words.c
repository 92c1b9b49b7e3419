/* value_words.c - see value_words.h */
#include "value_words.h"

#include <string.h>

/* TRUE when a glance is enough to see that the value lacks the word: in plain ASCII a word is a
 * piece of the text, but for what full stops and commas do to acronyms and numbers. */
static gboolean surely_lacks(const char *value, const char *form)
{
  return g_str_is_ascii(value) && strpbrk(value, ".,") == NULL && strcasestr(value, form) == NULL;
}

/* TRUE when the last words are the forms. */
static gboolean end_with(const GPtrArray *words, const GPtrArray *forms)
{
  if (words->len < forms->len) return FALSE;
  gpointer *last = words->pdata + (words->len - forms->len);
  for (guint i = 0; i < forms->len; i++)
    if (strcmp(last[i], g_ptr_array_index(forms, i)) != 0) return FALSE;
  return TRUE;
}

static gboolean has_words(const char *value, const GPtrArray *forms, Analyzer *analyzer)
{
  Token token;
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
  analyzer_start(analyzer, value, strlen(value));
  while (analyzer_next(analyzer, &token)) {
    g_ptr_array_add(words, g_strndup(token.form, token.form_len));
    if (end_with(words, forms)) return TRUE;
  }
  return FALSE;
}

GPtrArray *values_with_words(const FacetTable *table, FieldId field, const GPtrArray *forms,
                             Analyzer *analyzer)
{
  GPtrArray *values = g_ptr_array_new_with_free_func(g_free);
  for (guint32 i = 0; i < facet_table_size(table); i++) {
    if (facet_table_field(table, i) != (int)field) continue;
    char *value = facet_table_value(table, i);
    if (!surely_lacks(value, g_ptr_array_index(forms, 0)) && has_words(value, forms, analyzer))
      g_ptr_array_add(values, value);
    else
      g_free(value);
  }
  return values;
}

static gboolean has_passing_word(const char *value, WordTest *test, Analyzer *analyzer)
{
  Token token;
  analyzer_start(analyzer, value, strlen(value));
  while (analyzer_next(analyzer, &token))
    if (word_test_passes(test, token.form, token.form_len)) return TRUE;
  return FALSE;
}

GPtrArray *values_with_test(const FacetTable *table, FieldId field, WordTest *test,
                            Analyzer *analyzer)
{
  GPtrArray *values = g_ptr_array_new_with_free_func(g_free);
  for (guint32 i = 0; i < facet_table_size(table); i++) {
    if (facet_table_field(table, i) != (int)field) continue;
    char *value = facet_table_value(table, i);
    if (has_passing_word(value, test, analyzer))
      g_ptr_array_add(values, value);
    else
      g_free(value);
  }
  return values;
}
