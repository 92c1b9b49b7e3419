/* spelling.c - see spelling.h */
#include "spelling.h"

#include <string.h>

#include "../corpus/error.h"
#include "expand.h"

enum { CORRECTIONS_MAX = 3, CANDIDATES_MAX = 20, EDITS_MAX = 2, TIMES_AS_FREQUENT = 10 };
enum { SHORTEST = 3, SHORT = 5 /* below, two edits make any word of another */ };
static const double EDIT = 0.01, FIRST_LETTER = 0.1;

typedef struct Candidate {
  char *word;
  double score;
} Candidate;

static void candidate_clear(gpointer data)
{
  g_free(((Candidate *)data)->word);
}

static gint by_score(gconstpointer a, gconstpointer b)
{
  const Candidate *left = a, *right = b;
  if (left->score != right->score) return left->score > right->score ? -1 : 1;
  return strcmp(left->word, right->word);
}

static gboolean is_known(const GArray *candidates, const char *word)
{
  for (guint i = 0; i < candidates->len; i++)
    if (strcmp(g_array_index(candidates, Candidate, i).word, word) == 0) return TRUE;
  return FALSE;
}

/* Adds words that are `edits` away; those with fewer are there already. */
static gboolean add_candidates(IndexState *state, FieldId field, const char *form, guint edits,
                               guint32 least, GArray *candidates, GError **error)
{
  Expansion expansion;
  g_autoptr(WordTest) test = word_test_fuzzy(form, edits);
  if (!expand_words(state, field, test, CANDIDATES_MAX, &expansion, error)) return FALSE;
  for (guint i = 0; i < expansion.forms->len; i++) {
    const FormCount *found = g_ptr_array_index(expansion.forms, i);
    double score = found->count * EDIT;
    if (found->count < least || strcmp(found->form, form) == 0 || is_known(candidates, found->form))
      continue;
    for (guint e = 1; e < edits; e++) score *= EDIT;
    if (g_utf8_get_char(found->form) != g_utf8_get_char(form)) score *= FIRST_LETTER;
    Candidate candidate = {g_strdup(found->form), score};
    g_array_append_val(candidates, candidate);
  }
  g_ptr_array_free(expansion.forms, TRUE);
  return TRUE;
}

/* The forms that a word stands for; NULL with an error. */
static GHashTable *forms_of(IndexState *state, const Token *word, gboolean stem, GError **error)
{
  if (stem) return index_state_forms(state, word, NULL, error);
  GHashTable *form = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add(form, g_strndup(word->form, word->form_len));
  return form;
}

static gboolean count_forms(ShimDb *db, FieldId field, GHashTable *forms, guint32 *known,
                            GError **error)
{
  g_autoptr(GPtrArray) counts = form_counts_new();
  ShimStatus status = form_counts_find(counts, db, schema_field(field)->prefix, forms);
  *known = 0;
  for (guint i = 0; i < counts->len; i++)
    *known += ((FormCount *)g_ptr_array_index(counts, i))->count;
  return shim_ok(status, error);
}

static gboolean may_be_misspelt(const char *form, glong length)
{
  return length >= SHORTEST && strpbrk(form, "0123456789") == NULL;
}

GPtrArray *spelling_corrections(ShimDb *db, FieldId field, const Token *word, gboolean stem,
                                guint32 *known, GError **error)
{
  g_autofree char *form = g_strndup(word->form, word->form_len);
  glong length = g_utf8_strlen(form, -1);
  g_autoptr(GArray) candidates = g_array_new(FALSE, FALSE, sizeof(Candidate));
  g_array_set_clear_func(candidates, candidate_clear);
  IndexState *state = index_state(db);
  g_autoptr(GHashTable) forms = forms_of(state, word, stem, error);
  if (forms == NULL || !count_forms(db, field, forms, known, error)) return NULL;
  guint32 least = MAX(1, *known * TIMES_AS_FREQUENT);
  guint edits_max = length < SHORT ? 1 : EDITS_MAX;
  for (guint edits = 1; may_be_misspelt(form, length) && edits <= edits_max; edits++)
    if (!add_candidates(state, field, form, edits, least, candidates, error)) return NULL;
  g_array_sort(candidates, by_score);
  GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < MIN(candidates->len, CORRECTIONS_MAX); i++)
    g_ptr_array_add(words, g_strdup(g_array_index(candidates, Candidate, i).word));
  return words;
}
