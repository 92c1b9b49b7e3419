/* query_compile_words.c - what leaves look for in title and text; see query_compiler.h */
#include <string.h>

#include "../corpus/actors.h"
#include "../corpus/analysis.h"
#include "../corpus/error.h"
#include "../shim/limit.h"
#include "query_compiler.h"

gboolean compiler_is_text(const Node *leaf)
{
  return leaf->field == FIELD_ANY || leaf->field == FIELD_TITLE;
}

/* Whose words a leaf of title and text looks for. */
static FieldId words_field(const Node *leaf)
{
  return leaf->field == FIELD_TITLE ? FIELD_TITLE : FIELD_BODY;
}

const char *compiler_prefix(const Node *leaf)
{
  return schema_field(words_field(leaf))->prefix;
}

/* ---- reports ---- */

void compiler_report(Compiler *compiler, const Node *leaf, const char *word, Expansion expansion)
{
  LeafReport *report = g_new(LeafReport, 1);
  *report = (LeafReport){leaf, g_strdup(word), expansion.forms, expansion.found};
  g_ptr_array_add(compiler->out->reports, report);
}

/* Counts the forms of a step and reports them. FALSE with an error. */
static gboolean report_step(Compiler *compiler, const Node *leaf, const char *word,
                            GHashTable *forms)
{
  if (!compiler->options.reports) return TRUE;
  Expansion expansion = {form_counts_new(), 0};
  ShimStatus status = form_counts_find(expansion.forms, compiler->db, compiler_prefix(leaf), forms);
  form_counts_sort(expansion.forms, G_MAXUINT32);
  expansion.found = expansion.forms->len;
  compiler_report(compiler, leaf, word, expansion);
  return shim_ok(status, compiler->error);
}

/* ---- words of a text ---- */

/* The next word of a text whose analysis is under way; FALSE at the end, or with `failed`. */
static gboolean next_word(Compiler *compiler, const Node *node, Token *token, gboolean *failed)
{
  *failed = FALSE;
  if (!analyzer_next(index_state_analyzer(compiler->state), token)) return FALSE;
  if (token->form_len <= ANALYSIS_WORD_MAX) return TRUE;
  query_error(compiler->error, compiler->text, node->start, node->end,
              "words of more than %d bytes are not in the index", ANALYSIS_WORD_MAX);
  *failed = TRUE;
  return FALSE;
}

/* Fails when a text has no word at all. */
static gboolean has_word(Compiler *compiler, const Node *node, const GPtrArray *words)
{
  if (words->len > 0) return TRUE;
  query_error(compiler->error, compiler->text, node->start, node->end,
              "there is no word in this to look for");
  return FALSE;
}

GPtrArray *compiler_words(Compiler *compiler, const Node *node)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
  Token token;
  gboolean failed;
  analyzer_start(index_state_analyzer(compiler->state), node->text, strlen(node->text));
  while (next_word(compiler, node, &token, &failed))
    g_ptr_array_add(words, g_strndup(token.form, token.form_len));
  return !failed && has_word(compiler, node, words) ? g_steal_pointer(&words) : NULL;
}

static GHashTable *set_of_one(const Token *token)
{
  GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add(set, g_strndup(token->form, token->form_len));
  return set;
}

static void unref_set(gpointer set)
{
  g_hash_table_unref(set);
}

static void pattern_free(gpointer data)
{
  Pattern *pattern = data;
  g_ptr_array_free(pattern->steps, TRUE);
  g_free(pattern);
}

GPtrArray *compiler_sequences(void)
{
  return g_ptr_array_new_with_free_func(pattern_free);
}

Pattern *compiler_add_sequence(GPtrArray *sequences, gboolean title_only)
{
  Pattern *pattern = g_new(Pattern, 1);
  *pattern = (Pattern){g_ptr_array_new_with_free_func(unref_set), title_only};
  g_ptr_array_add(sequences, pattern);
  return pattern;
}

static Pattern *add_sequence(const Node *leaf, GPtrArray *sequences)
{
  return compiler_add_sequence(sequences, leaf->field == FIELD_TITLE);
}

/* The words of a leaf beside each other, with the forms that share their stems or as they are. */
static gboolean look_for_words(Compiler *compiler, const Node *leaf, gboolean stem,
                               GPtrArray *sequences)
{
  Token token;
  gboolean failed;
  Pattern *pattern = add_sequence(leaf, sequences);
  analyzer_start(index_state_analyzer(compiler->state), leaf->text, strlen(leaf->text));
  while (next_word(compiler, leaf, &token, &failed)) {
    GHashTable *forms =
        stem ? index_state_forms(compiler->state, &token, compiler->langs, compiler->error)
             : set_of_one(&token);
    if (forms == NULL) return FALSE;
    g_ptr_array_add(pattern->steps, forms);
    if (!report_step(compiler, leaf, token.form, forms)) return FALSE;
  }
  return !failed && has_word(compiler, leaf, pattern->steps);
}

/* ---- words that expand ---- */

/* The form of the one word that a fuzzy leaf is; NULL with an error. */
static char *one_word(Compiler *compiler, const Node *leaf)
{
  g_autoptr(GPtrArray) words = compiler_words(compiler, leaf);
  if (words == NULL) return NULL;
  if (words->len == 1) return g_strdup(g_ptr_array_index(words, 0));
  query_error(compiler->error, compiler->text, leaf->start, leaf->end,
              "~ looks for misspellings of one word, and these are %u", words->len);
  return NULL;
}

WordTest *compiler_word_test(Compiler *compiler, const Node *leaf)
{
  if (leaf->kind == NODE_PATTERN) return word_test_pattern(leaf->text);
  if (leaf->kind == NODE_REGEX) return word_test_regex(leaf->text, compiler->error);
  g_autofree char *form = one_word(compiler, leaf);
  return form == NULL ? NULL : word_test_fuzzy(form, leaf->number);
}

/* Words that the patterns of one query may become together, however many one may: each opens a
 * list, half a kilobyte and some microseconds. */
enum { EXPANSIONS_MAX = 200000 };

static gboolean is_too_much(Compiler *compiler, const Node *leaf)
{
  if (!shim_ok(shim_check_limit(), compiler->error)) return TRUE;
  if (compiler->expanded <= EXPANSIONS_MAX) return FALSE;
  query_error(compiler->error, compiler->text, leaf->start, leaf->end,
              "the patterns up to here match more than %d words together; write longer ones",
              EXPANSIONS_MAX);
  return TRUE;
}

gboolean compiler_count(Compiler *compiler, const Node *leaf, const Expansion *expansion)
{
  if (expansion->found > expansion->forms->len) compiler->out->cut++;
  compiler->expanded += expansion->forms->len;
  if (!is_too_much(compiler, leaf)) return TRUE;
  g_ptr_array_free(expansion->forms, TRUE);
  return FALSE;
}

static gboolean look_for_expansion(Compiler *compiler, const Node *leaf, GPtrArray *sequences)
{
  Expansion expansion;
  g_autoptr(WordTest) test = compiler_word_test(compiler, leaf);
  if (test == NULL) return FALSE;
  if (!expand_words(compiler->state, words_field(leaf), test, compiler->options.expansion,
                    &expansion, compiler->error) ||
      !compiler_count(compiler, leaf, &expansion))
    return FALSE;
  GHashTable *forms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < expansion.forms->len; i++)
    g_hash_table_add(forms, g_strdup(((FormCount *)g_ptr_array_index(expansion.forms, i))->form));
  g_ptr_array_add(add_sequence(leaf, sequences)->steps, forms);
  if (compiler->options.reports)
    compiler_report(compiler, leaf, leaf->text, expansion);
  else
    g_ptr_array_free(expansion.forms, TRUE);
  return TRUE;
}

/* ---- actors ---- */

gboolean compiler_actors(Compiler *compiler, const Node *node, GArray *numbers)
{
  actors_find(actors_builtin(), index_state_analyzer(compiler->state), node->text, -1, numbers);
  return numbers->len > 0;
}

/* A name as a phrase of exact forms, unless it was seen: papers' spellings are one after folding.
 */
static void look_for_name(Compiler *compiler, const Node *leaf, const char *name, GHashTable *seen,
                          GPtrArray *sequences)
{
  Token token;
  g_autoptr(GString) folded = g_string_new(NULL);
  g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func(unref_set);
  analyzer_start(index_state_analyzer(compiler->state), name, strlen(name));
  while (analyzer_next(index_state_analyzer(compiler->state), &token)) {
    g_string_append_printf(folded, "%s%s", steps->len == 0 ? "" : " ", token.form);
    g_ptr_array_add(steps, set_of_one(&token));
  }
  if (steps->len == 0 || !g_hash_table_add(seen, g_strdup(folded->str))) return;
  g_ptr_array_extend_and_steal(add_sequence(leaf, sequences)->steps, g_steal_pointer(&steps));
}

static gboolean look_for_actors(Compiler *compiler, const Node *leaf, GPtrArray *sequences)
{
  const ActorTable *table = actors_builtin();
  g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(guint32));
  g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  if (!compiler_actors(compiler, leaf, numbers)) {
    query_error(compiler->error, compiler->text, leaf->start, leaf->end,
                "no actor is known by the name %s; a word without @ is looked for as it is",
                leaf->text);
    return FALSE;
  }
  for (guint i = 0; i < numbers->len; i++) {
    guint32 actor = g_array_index(numbers, guint32, i);
    for (guint n = 0; n < table->actors[actor].n_aliases; n++)
      look_for_name(compiler, leaf, actor_alias(table, actor, n), seen, sequences);
  }
  return TRUE;
}

gboolean compiler_look_for(Compiler *compiler, const Node *leaf, GPtrArray *sequences)
{
  switch (leaf->kind) {
  case NODE_WORD: return look_for_words(compiler, leaf, TRUE, sequences);
  case NODE_EXACT:
  case NODE_PHRASE: return look_for_words(compiler, leaf, FALSE, sequences);
  case NODE_ACTOR: return look_for_actors(compiler, leaf, sequences);
  default: return look_for_expansion(compiler, leaf, sequences);
  }
}
