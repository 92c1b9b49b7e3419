/* phrase.c - see phrase.h */
#include "phrase.h"

#include <string.h>

#include "../corpus/positions.h"
#include "../corpus/schema.h"

typedef struct Phrase {
  GArray *hashes;    /* guint64: of all terms of all steps, in order */
  PhraseStep *steps; /* point into hashes */
  guint *firsts;     /* where the terms of each step begin */
  guint n;
} Phrase;

static void phrase_free(void *context)
{
  Phrase *phrase = context;
  g_array_free(phrase->hashes, TRUE);
  g_free(phrase->steps);
  g_free(phrase->firsts);
  g_free(phrase);
}

/* Adds the terms of a step to `terms` and to the phrase's hashes. */
static void add_step(Phrase *phrase, guint step, GHashTable *forms, const char *prefix,
                     GPtrArray *terms)
{
  phrase->firsts[step] = terms->len;
  phrase->steps[step].n = g_hash_table_size(forms);
  GHashTableIter iter;
  gpointer form;
  g_hash_table_iter_init(&iter, forms);
  while (g_hash_table_iter_next(&iter, &form, NULL)) {
    char *term = g_strconcat(prefix, form, NULL);
    guint64 hash = position_hash(term, strlen(term));
    g_ptr_array_add(terms, term);
    g_array_append_val(phrase->hashes, hash);
  }
}

static Phrase *phrase_new(const GPtrArray *steps, const char *prefix, GPtrArray *terms)
{
  Phrase *phrase = g_new0(Phrase, 1);
  phrase->hashes = g_array_new(FALSE, FALSE, sizeof(guint64));
  phrase->n = steps->len;
  phrase->steps = g_new0(PhraseStep, steps->len);
  phrase->firsts = g_new0(guint, steps->len);
  for (guint i = 0; i < steps->len; i++)
    add_step(phrase, i, g_ptr_array_index(steps, i), prefix, terms);
  for (guint i = 0; i < steps->len; i++)
    phrase->steps[i].hashes = &g_array_index(phrase->hashes, guint64, phrase->firsts[i]);
  return phrase;
}

/* What positions_have_phrase() asks, in the shim's words. */
typedef struct Question {
  const Phrase *phrase;
  ShimHas has;
  void *asked;
} Question;

static gboolean has_term(void *context, guint step, guint term)
{
  const Question *question = context;
  return question->has(question->asked, question->phrase->firsts[step] + term);
}

static bool passes(void *context, const char *value, size_t len, ShimHas has, void *asked)
{
  const Phrase *phrase = context;
  Question question = {phrase, has, asked};
  return positions_have_phrase(value, len, phrase->steps, phrase->n, has_term, &question);
}

ShimStatus phrase_query(const ShimQuery *among, const GPtrArray *steps, const char *prefix,
                        ShimQuery **query)
{
  g_autoptr(GPtrArray) terms = g_ptr_array_new_with_free_func(g_free);
  Phrase *phrase = phrase_new(steps, prefix, terms);
  ShimTest test = {.slot = SLOT_POSITIONS,
                   .terms = (const char *const *)terms->pdata,
                   .n_terms = terms->len,
                   .passes = passes,
                   .context = phrase,
                   .free_context = phrase_free};
  return shim_query_test(among, &test, query);
}
