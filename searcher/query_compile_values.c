/* query_compile_values.c - values of fields; see query_compiler.h */
#include <string.h>

#include "../corpus/actors.h"
#include "../corpus/article.h"
#include "../corpus/error.h"
#include "../corpus/terms.h"
#include "query_compiler.h"
#include "value_words.h"

static void choose(Compiler *compiler, int field, const GString *term)
{
  if (!compiler->choice || compiler->negations > 0) return;
  g_hash_table_add(compiler->out->chosen, g_strdup(term->str));
  compiler->out->has_chosen[field] = TRUE;
}

/* ---- several values ---- */

/* The values with the numbers of articles that have them; NULL with an error. */
static GPtrArray *count_values(Compiler *compiler, FieldId field, const GPtrArray *values)
{
  GPtrArray *counts = form_counts_new();
  g_autoptr(GString) term = g_string_new(NULL);
  ShimStatus status = SHIM_OK;
  for (guint i = 0; i < values->len && status == SHIM_OK; i++) {
    guint32 count = 0;
    term_of_value(term, field, g_ptr_array_index(values, i));
    status = shim_db_term_freq(compiler->db, term->str, term->len, &count);
    if (count > 0) form_counts_add(counts, g_ptr_array_index(values, i), count);
  }
  if (shim_ok(status, compiler->error)) return counts;
  g_ptr_array_free(counts, TRUE);
  return NULL;
}

/* Reports values; FALSE with an error. */
static gboolean report_values(Compiler *compiler, const Node *node, const GPtrArray *values)
{
  if (!compiler->options.reports) return TRUE;
  GPtrArray *counts = count_values(compiler, (FieldId)node->field, values);
  if (counts == NULL) return FALSE;
  form_counts_sort(counts, G_MAXUINT32);
  compiler_report(compiler, node, node->text, (Expansion){counts, counts->len});
  return TRUE;
}

static ShimQuery *any_value(Compiler *compiler, FieldId field, const GPtrArray *values)
{
  g_autoptr(GPtrArray) parts = compiler_parts();
  g_autoptr(GString) term = g_string_new(NULL);
  for (guint i = 0; i < values->len; i++) {
    term_of_value(term, field, g_ptr_array_index(values, i));
    if (!compiler_add(parts, compiler_filter_term(compiler, term))) return NULL;
  }
  return compiler_as_filter(compiler, compiler_join(compiler, SHIM_OR, parts));
}

static gboolean has_string(const GPtrArray *strings, const char *string)
{
  return g_ptr_array_find_with_equal_func((GPtrArray *)strings, string, g_str_equal, NULL);
}

/* Adds the names of record of the actors that the node names: "mko" is no word of them. */
static void add_actors(Compiler *compiler, const Node *node, GPtrArray *values)
{
  const ActorTable *table = actors_builtin();
  g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(guint32));
  if (node->field != FIELD_ACTOR) return;
  compiler_actors(compiler, node, numbers);
  for (guint i = 0; i < numbers->len; i++) {
    const char *name = actor_name(table, g_array_index(numbers, guint32, i));
    if (!has_string(values, name)) g_ptr_array_add(values, g_strdup(name));
  }
}

/* Any of the values that hold the words of the node, which stand for themselves: no stems. */
static ShimQuery *compile_words_of_value(Compiler *compiler, const Node *node)
{
  g_autoptr(GPtrArray) forms = compiler_words(compiler, node);
  if (forms == NULL) return NULL;
  const FacetTable *table = index_state_facets(compiler->state, compiler->error);
  if (table == NULL) return NULL;
  g_autoptr(GPtrArray) values =
      values_with_words(table, (FieldId)node->field, forms, index_state_analyzer(compiler->state));
  add_actors(compiler, node, values);
  return report_values(compiler, node, values) ? any_value(compiler, (FieldId)node->field, values)
                                               : NULL;
}

/* ---- values that a pattern matches ---- */

/* Values with a word that passes the test. */
static gboolean expand_values(Compiler *compiler, const Node *node, WordTest *test,
                              Expansion *expansion)
{
  const FacetTable *table = index_state_facets(compiler->state, compiler->error);
  if (table == NULL) return FALSE;
  g_autoptr(GPtrArray) values =
      values_with_test(table, (FieldId)node->field, test, index_state_analyzer(compiler->state));
  if (!word_test_is_sane(test, compiler->error)) return FALSE;
  GPtrArray *counts = count_values(compiler, (FieldId)node->field, values);
  if (counts == NULL) return FALSE;
  *expansion = (Expansion){counts, counts->len};
  form_counts_sort(counts, compiler->options.expansion);
  return TRUE;
}

static ShimQuery *compile_value_like(Compiler *compiler, const Node *node)
{
  Expansion expansion = {0};
  g_autoptr(WordTest) test = compiler_word_test(compiler, node);
  if (test == NULL) return NULL;
  if (!expand_values(compiler, node, test, &expansion) ||
      !compiler_count(compiler, node, &expansion))
    return NULL;
  g_autoptr(GPtrArray) values = g_ptr_array_new();
  for (guint i = 0; i < expansion.forms->len; i++)
    g_ptr_array_add(values, ((FormCount *)g_ptr_array_index(expansion.forms, i))->form);
  ShimQuery *query = any_value(compiler, (FieldId)node->field, values);
  if (compiler->options.reports)
    compiler_report(compiler, node, node->text, expansion);
  else
    g_ptr_array_free(expansion.forms, TRUE);
  return query;
}

/* ---- one value ---- */

char *compiler_language(const Node *leaf)
{
  g_autoptr(Article) scratch = article_new();
  gboolean understood = article_add(scratch, FIELD_LANG, leaf->text, -1);
  const char *value = article_first(scratch, FIELD_LANG);
  return g_strdup(understood && value != NULL ? value : leaf->text);
}

/* The value as articles hold it: "Iran" -> "IR", "English" -> "en". NULL with an error. */
static char *normalise(Compiler *compiler, const Node *node)
{
  FieldId field = (FieldId)node->field;
  g_autoptr(Article) scratch = article_new();
  gboolean understood = article_add(scratch, field, node->text, -1);
  const char *value = article_first(scratch, field);
  if (understood && value != NULL) return g_strdup(value);
  uint32_t freq = 0;
  g_autoptr(GString) term = g_string_new(NULL);
  term_of_value(term, field, node->text);
  if (shim_db_term_freq(compiler->db, term->str, term->len, &freq) == SHIM_OK && freq > 0)
    return g_strdup(node->text);
  query_error(compiler->error, compiler->text, node->start, node->end,
              field == FIELD_LANG ? "'%s' is no language known here; write its two-letter code"
                                  : "'%s' is no country known here; write its name or ISO code",
              node->text);
  return NULL;
}

static gboolean report_value(Compiler *compiler, const Node *node, char *value)
{
  g_autoptr(GPtrArray) values = g_ptr_array_new();
  g_ptr_array_add(values, value);
  return report_values(compiler, node, values);
}

/* TRUE when a whole value is meant: a code, an id, or what the index has. FALSE also with an error
 * that later calls meet again. */
static gboolean is_whole(Compiler *compiler, const Node *node, const GString *term)
{
  guint32 freq = 0;
  if (schema_field((FieldId)node->field)->kind != KIND_KEYWORD || node->field == FIELD_LANG)
    return TRUE;
  return node->kind == NODE_PHRASE &&
         shim_db_term_freq(compiler->db, term->str, term->len, &freq) == SHIM_OK && freq > 0;
}

static ShimQuery *compile_one_value(Compiler *compiler, const Node *node)
{
  const Field *row = schema_field((FieldId)node->field);
  gboolean coded = row->kind == KIND_COUNTRY || node->field == FIELD_LANG;
  g_autofree char *value = coded ? normalise(compiler, node) : g_strdup(node->text);
  if (value == NULL) return NULL;
  g_autoptr(GString) term = g_string_new(NULL);
  term_of_value(term, (FieldId)node->field, value);
  if (!is_whole(compiler, node, term)) return compile_words_of_value(compiler, node);
  choose(compiler, node->field, term);
  if (!report_value(compiler, node, value)) return NULL;
  return compiler_as_filter(compiler, compiler_filter_term(compiler, term));
}

ShimQuery *compile_value(Compiler *compiler, const Node *node)
{
  switch (node->kind) {
  case NODE_PATTERN:
  case NODE_FUZZY:
  case NODE_REGEX: return compile_value_like(compiler, node);
  default: return compile_one_value(compiler, node);
  }
}

ShimQuery *compile_has(Compiler *compiler, const Node *node)
{
  if (node->field == FIELD_ID) return compiler_all(compiler);
  g_autoptr(GString) term = g_string_new(NULL);
  term_of_presence(term, (FieldId)node->field);
  return compiler_as_filter(compiler, compiler_filter_term(compiler, term));
}
