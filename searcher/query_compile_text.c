/* query_compile_text.c - searching title and text: words, words beside each other, near each other,
 * often; see query_compiler.h */
#include <string.h>

#include "../corpus/error.h"
#include "../shim/set.h"
#include "query_compiler.h"
#include "spots_query.h"

/* ---- documents that hold the words ---- */

/* Documents with a word of each step of a sequence. */
static ShimQuery *words_of_sequence(Compiler *compiler, const Pattern *sequence, const char *prefix)
{
  g_autoptr(GPtrArray) parts = compiler_parts();
  for (guint i = 0; i < sequence->steps->len; i++)
    if (!compiler_add(parts,
                      compiler_synonym(compiler, g_ptr_array_index(sequence->steps, i), prefix)))
      return NULL;
  return compiler_join(compiler, SHIM_AND, parts);
}

/* Documents with any of the sequences of one step, as one word. NULL in *query without any; FALSE
 * with an error. */
static gboolean single_words(Compiler *compiler, const GPtrArray *sequences, const char *prefix,
                             ShimQuery **query)
{
  g_autoptr(GHashTable) forms = g_hash_table_new(g_str_hash, g_str_equal);
  gboolean any = FALSE;
  for (guint i = 0; i < sequences->len; i++) {
    const Pattern *sequence = g_ptr_array_index(sequences, i);
    GHashTableIter iter;
    gpointer form;
    if (sequence->steps->len > 1) continue;
    any = TRUE;
    g_hash_table_iter_init(&iter, g_ptr_array_index(sequence->steps, 0));
    while (g_hash_table_iter_next(&iter, &form, NULL)) g_hash_table_add(forms, form);
  }
  *query = any ? compiler_synonym(compiler, forms, prefix) : NULL;
  return !any || *query != NULL;
}

/* Documents with the words of any sequence, of several steps or, with `all`, also of one. */
static ShimQuery *words_of_operand(Compiler *compiler, const GPtrArray *sequences, gboolean all,
                                   const char *prefix)
{
  g_autoptr(GPtrArray) parts = compiler_parts();
  ShimQuery *single = NULL;
  if (all && !single_words(compiler, sequences, prefix, &single)) return NULL;
  if (single != NULL) g_ptr_array_add(parts, single);
  for (guint i = 0; i < sequences->len; i++) {
    const Pattern *sequence = g_ptr_array_index(sequences, i);
    if (sequence->steps->len > 1 &&
        !compiler_add(parts, words_of_sequence(compiler, sequence, prefix)))
      return NULL;
  }
  return compiler_join(compiler, SHIM_MAX, parts);
}

/* ---- where they stand ---- */

static void add_step(Spots *spots, GHashTable *forms, const char *prefix)
{
  GHashTableIter iter;
  gpointer form;
  spots_add_step(spots);
  g_hash_table_iter_init(&iter, forms);
  while (g_hash_table_iter_next(&iter, &form, NULL)) {
    g_autofree char *term = g_strconcat(prefix, form, NULL);
    spots_add_term(spots, term);
  }
}

static void add_operand(Spots *spots, const GPtrArray *sequences, gboolean all, const char *prefix)
{
  spots_add_operand(spots);
  for (guint i = 0; i < sequences->len; i++) {
    const Pattern *sequence = g_ptr_array_index(sequences, i);
    if (sequence->steps->len == 1 && !all) continue;
    spots_add_sequence(spots);
    for (guint s = 0; s < sequence->steps->len; s++)
      add_step(spots, g_ptr_array_index(sequence->steps, s), prefix);
  }
}

/* Those documents of `among` for which the condition holds; frees `among`, which may be NULL. */
static ShimQuery *tested(Compiler *compiler, ShimQuery *among, Spots *spots)
{
  ShimQuery *query = NULL;
  if (among == NULL) {
    spots_free(spots);
    return NULL;
  }
  compiler->filters = TRUE;
  ShimStatus status = spots_query(among, spots, &query);
  shim_query_free(among);
  return compiler_checked(compiler, status, &query);
}

static gboolean has_several_steps(const GPtrArray *sequences)
{
  for (guint i = 0; i < sequences->len; i++)
    if (((const Pattern *)g_ptr_array_index(sequences, i))->steps->len > 1) return TRUE;
  return FALSE;
}

/* Documents in which a sequence occurs: only those of several steps need a look at positions. */
static ShimQuery *occurs(Compiler *compiler, const GPtrArray *sequences, const char *prefix)
{
  ShimQuery *single = NULL;
  if (!single_words(compiler, sequences, prefix, &single)) return NULL;
  if (!has_several_steps(sequences)) return single;
  g_autoptr(GPtrArray) parts = compiler_parts();
  if (single != NULL) g_ptr_array_add(parts, single);
  Spots *spots = spots_new(SPOTS_TIMES, 1);
  add_operand(spots, sequences, FALSE, prefix);
  ShimQuery *among = words_of_operand(compiler, sequences, FALSE, prefix);
  return compiler_add(parts, tested(compiler, among, spots))
             ? compiler_join(compiler, SHIM_MAX, parts)
             : NULL;
}

/* ---- operands ---- */

/* The words of a sequence whose steps have one form each; g_free() it. */
static char *name_of(const Pattern *sequence)
{
  GString *name = g_string_new(NULL);
  for (guint i = 0; i < sequence->steps->len; i++) {
    GHashTableIter iter;
    gpointer form = NULL;
    g_hash_table_iter_init(&iter, g_ptr_array_index(sequence->steps, i));
    g_hash_table_iter_next(&iter, &form, NULL);
    g_string_append_printf(name, "%s%s", i == 0 ? "" : " ", (const char *)form);
  }
  return g_string_free(name, FALSE);
}

/* Adds the articles in which a name of an actor occurs. FALSE with an error. */
static gboolean count_name(Compiler *compiler, Pattern *name, const char *prefix, GPtrArray *counts)
{
  guint32 count = 0;
  g_autofree char *text = name_of(name);
  g_autoptr(GPtrArray) alone = g_ptr_array_new();
  g_ptr_array_add(alone, name);
  ShimQuery *query = occurs(compiler, alone, prefix);
  if (query == NULL) return FALSE;
  ShimStatus status = shim_set_count(compiler->db, query, &count);
  shim_query_free(query);
  if (count > 0) form_counts_add(counts, text, count);
  return shim_ok(status, compiler->error);
}

/* Reports the names of an actor: those from number `first` on. FALSE with an error. */
static gboolean report_actor(Compiler *compiler, const Node *leaf, const GPtrArray *sequences,
                             guint first)
{
  if (leaf->kind != NODE_ACTOR || !compiler->options.reports) return TRUE;
  gboolean filters = compiler->filters, ok = TRUE;
  GPtrArray *counts = form_counts_new();
  for (guint i = first; ok && i < sequences->len; i++)
    ok = count_name(compiler, g_ptr_array_index(sequences, i), compiler_prefix(leaf), counts);
  compiler->filters = filters;
  form_counts_sort(counts, G_MAXUINT32);
  compiler_report(compiler, leaf, leaf->text, (Expansion){counts, counts->len});
  return ok;
}

static gboolean add_leaf(Compiler *compiler, const Node *leaf, GPtrArray *sequences)
{
  guint first = sequences->len;
  return compiler_look_for(compiler, leaf, sequences) &&
         report_actor(compiler, leaf, sequences, first);
}

/* Keeps the sequences to be highlighted. */
static void keep_patterns(Compiler *compiler, const GPtrArray *sequences)
{
  if (compiler->negations > 0) return;
  compiler->out->is_ranked = TRUE;
  for (guint i = 0; i < sequences->len; i++) {
    const Pattern *sequence = g_ptr_array_index(sequences, i);
    Pattern *copy = compiler_add_sequence(compiler->out->patterns, sequence->title_only);
    for (guint s = 0; s < sequence->steps->len; s++)
      g_ptr_array_add(copy->steps, g_hash_table_ref(g_ptr_array_index(sequence->steps, s)));
  }
}

/* The sequences of a leaf, or of all leaves of an OR; NULL with an error. */
static GPtrArray *operand_of(Compiler *compiler, const Node *node)
{
  g_autoptr(GPtrArray) sequences = compiler_sequences();
  if (node->kind != NODE_OR && !add_leaf(compiler, node, sequences)) return NULL;
  for (guint i = 0; node->kind == NODE_OR && i < node->children->len; i++)
    if (!add_leaf(compiler, g_ptr_array_index(node->children, i), sequences)) return NULL;
  keep_patterns(compiler, sequences);
  return g_steal_pointer(&sequences);
}

/* ---- leaves ---- */

/* Keeps the weight of an operand. FALSE with an error. */
static gboolean weigh_operand(Compiler *compiler, const GPtrArray *sequences, const char *prefix)
{
  if (!compiler->must) return TRUE;
  ShimQuery *words = words_of_operand(compiler, sequences, TRUE, prefix);
  gboolean ok = words != NULL && compiler_weigh(compiler, words);
  shim_query_free(words);
  return ok;
}

static ShimQuery *compile_leaf(Compiler *compiler, const Node *node)
{
  const char *prefix = compiler_prefix(node);
  g_autoptr(GPtrArray) sequences = operand_of(compiler, node);
  if (sequences == NULL || !weigh_operand(compiler, sequences, prefix)) return NULL;
  return occurs(compiler, sequences, prefix);
}

/* ---- NEAR and ATLEAST ---- */

static Spots *condition_of(const Node *node)
{
  if (node->kind == NODE_ATLEAST) return spots_new(SPOTS_TIMES, node->number);
  return spots_new(node->ordered ? SPOTS_ORDERED : SPOTS_NEAR, node->number);
}

static const Node *first_leaf(const Node *node)
{
  while (node->children != NULL) node = g_ptr_array_index(node->children, 0);
  return node;
}

static gboolean is_short_enough(Compiler *compiler, const Node *node)
{
  if (node->kind != NODE_NEAR || node->ordered || node->children->len <= SPOTS_OPERANDS_MAX)
    return TRUE;
  query_error(compiler->error, compiler->text, node->start, node->end,
              "NEAR takes at most %d words or groups in any order, and these are %u; ADJ, which "
              "keeps the order, takes any number",
              SPOTS_OPERANDS_MAX, node->children->len);
  return FALSE;
}

/* Adds an operand to the condition and the documents with its words to `parts`. */
static gboolean add_child(Compiler *compiler, const Node *child, Spots *spots, GPtrArray *parts)
{
  const char *prefix = compiler_prefix(first_leaf(child));
  g_autoptr(GPtrArray) sequences = operand_of(compiler, child);
  if (sequences == NULL || !weigh_operand(compiler, sequences, prefix)) return FALSE;
  add_operand(spots, sequences, TRUE, prefix);
  return compiler_add(parts, words_of_operand(compiler, sequences, TRUE, prefix));
}

static ShimQuery *compile_spots(Compiler *compiler, const Node *node)
{
  if (!is_short_enough(compiler, node)) return NULL;
  g_autoptr(GPtrArray) parts = compiler_parts();
  Spots *spots = condition_of(node);
  for (guint i = 0; i < node->children->len; i++)
    if (!add_child(compiler, g_ptr_array_index(node->children, i), spots, parts)) {
      spots_free(spots);
      return NULL;
    }
  return tested(compiler, compiler_join(compiler, SHIM_AND, parts), spots);
}

ShimQuery *compile_text(Compiler *compiler, const Node *node)
{
  return node->kind == NODE_NEAR || node->kind == NODE_ATLEAST ? compile_spots(compiler, node)
                                                               : compile_leaf(compiler, node);
}
