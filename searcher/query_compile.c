/* query_compile.c - operators; see query_compile.h and query_compiler.h */
#include "query_compile.h"

#include <string.h>

#include "../corpus/error.h"
#include "query_compiler.h"

static ShimQuery *compile(Compiler *compiler, const Node *node);

static void report_free(gpointer data)
{
  LeafReport *report = data;
  g_free(report->word);
  g_ptr_array_free(report->forms, TRUE);
  g_free(report);
}

void compiled_query_free(CompiledQuery *compiled)
{
  if (compiled == NULL) return;
  shim_query_free(compiled->query);
  shim_query_free(compiled->weights);
  g_ptr_array_free(compiled->patterns, TRUE);
  if (compiled->reports != NULL) g_ptr_array_free(compiled->reports, TRUE);
  g_hash_table_destroy(compiled->chosen);
  g_free(compiled);
}

/* Compiles what must not be. */
static ShimQuery *compile_unwanted(Compiler *compiler, const Node *not_)
{
  gboolean must = compiler->must;
  compiler->negations++;
  compiler->must = FALSE;
  compiler->filters = TRUE;
  ShimQuery *query = compile(compiler, g_ptr_array_index(not_->children, 0));
  compiler->must = must;
  compiler->negations--;
  return query;
}

/* `parts` without what any of `unwanted` matches. */
static ShimQuery *without(Compiler *compiler, GPtrArray *parts, GPtrArray *unwanted)
{
  ShimQuery *wanted =
      parts->len == 0 ? compiler_all(compiler) : compiler_join(compiler, SHIM_AND, parts);
  if (wanted == NULL || unwanted->len == 0) return wanted;
  g_ptr_array_insert(unwanted, 0, wanted);
  return compiler_join(compiler, SHIM_AND_NOT, unwanted);
}

/* The language that a leaf names, into `langs`. FALSE when it names none. */
static gboolean add_language(const Node *node, GPtrArray *langs)
{
  if (node->field != FIELD_LANG || (node->kind != NODE_WORD && node->kind != NODE_PHRASE))
    return FALSE;
  g_ptr_array_add(langs, compiler_language(node));
  return TRUE;
}

/* The languages that a filter of an AND narrows words to; NULL when there is no such filter. */
static GPtrArray *languages_of(const Node *node)
{
  for (guint i = 0; i < node->children->len; i++) {
    const Node *child = g_ptr_array_index(node->children, i);
    g_autoptr(GPtrArray) langs = g_ptr_array_new_with_free_func(g_free);
    gboolean all = child->kind == NODE_OR || add_language(child, langs);
    for (guint c = 0; all && child->kind == NODE_OR && c < child->children->len; c++)
      all = add_language(g_ptr_array_index(child->children, c), langs);
    if (all) return g_steal_pointer(&langs);
  }
  return NULL;
}

static ShimQuery *compile_and(Compiler *compiler, const Node *node)
{
  g_autoptr(GPtrArray) parts = compiler_parts();
  g_autoptr(GPtrArray) unwanted = compiler_parts();
  g_autoptr(GPtrArray) langs = languages_of(node);
  const GPtrArray *outer = compiler->langs;
  gboolean ok = TRUE;
  if (langs != NULL) compiler->langs = langs;
  for (guint i = 0; ok && i < node->children->len; i++) {
    const Node *child = g_ptr_array_index(node->children, i);
    ok = child->kind == NODE_NOT ? compiler_add(unwanted, compile_unwanted(compiler, child))
                                 : compiler_add(parts, compile(compiler, child));
  }
  compiler->langs = outer;
  return ok ? without(compiler, parts, unwanted) : NULL;
}

static ShimQuery *compile_not(Compiler *compiler, const Node *node)
{
  g_autoptr(GPtrArray) parts = compiler_parts();
  g_autoptr(GPtrArray) unwanted = compiler_parts();
  return compiler_add(unwanted, compile_unwanted(compiler, node))
             ? without(compiler, parts, unwanted)
             : NULL;
}

/* TRUE when all alternatives are values of one field: the choices of one facet. */
static gboolean is_one_facet(const Node *node)
{
  const Node *first = g_ptr_array_index(node->children, 0);
  for (guint i = 0; i < node->children->len; i++) {
    const Node *child = g_ptr_array_index(node->children, i);
    if (child->kind != NODE_WORD && child->kind != NODE_PHRASE) return FALSE;
    if (compiler_is_text(child) || child->field != first->field) return FALSE;
  }
  return TRUE;
}

/* TRUE when neither the node nor what is in it weighs anything. */
static gboolean is_filter(const Node *node)
{
  switch (node->kind) {
  case NODE_ALL:
  case NODE_HAS:
  case NODE_DATE:
  case NODE_NOT: return TRUE;
  case NODE_NEAR:
  case NODE_ATLEAST: return FALSE;
  case NODE_BOOST:
  case NODE_AND:
  case NODE_OR:
    for (guint i = 0; i < node->children->len; i++)
      if (!is_filter(g_ptr_array_index(node->children, i))) return FALSE;
    return TRUE;
  default: return !compiler_is_text(node);
  }
}

static ShimQuery *compile_alternatives(Compiler *compiler, const Node *node)
{
  g_autoptr(GPtrArray) parts = compiler_parts();
  gboolean outer = compiler->choice;
  compiler->choice = outer && is_one_facet(node);
  gboolean ok = TRUE;
  for (guint i = 0; ok && i < node->children->len; i++)
    ok = compiler_add(parts, compile(compiler, g_ptr_array_index(node->children, i)));
  compiler->choice = outer;
  return ok ? compiler_join(compiler, SHIM_OR, parts) : NULL;
}

static ShimQuery *compile_or(Compiler *compiler, const Node *node)
{
  gboolean must = compiler->must;
  compiler->must = FALSE;
  ShimQuery *query = compile_alternatives(compiler, node);
  compiler->must = must;
  if (query == NULL || !must || is_filter(node)) return query;
  if (compiler_weigh(compiler, query)) return query;
  shim_query_free(query);
  return NULL;
}

static ShimQuery *compile_boost(Compiler *compiler, const Node *node)
{
  double outer = compiler->factor;
  compiler->factor *= node->factor;
  ShimQuery *part = compile(compiler, g_ptr_array_index(node->children, 0)), *query = NULL;
  compiler->factor = outer;
  if (part == NULL) return NULL;
  ShimStatus status = shim_query_scale(part, node->factor, &query);
  shim_query_free(part);
  return compiler_checked(compiler, status, &query);
}

static ShimQuery *compile_leaf(Compiler *compiler, const Node *node)
{
  return compiler_is_text(node) ? compile_text(compiler, node) : compile_value(compiler, node);
}

static ShimQuery *compile(Compiler *compiler, const Node *node)
{
  if (compiler->must && is_filter(node)) compiler->filters = TRUE;
  switch (node->kind) {
  case NODE_ALL: return compiler_all(compiler);
  case NODE_WORD:
  case NODE_EXACT:
  case NODE_PHRASE:
  case NODE_PATTERN:
  case NODE_FUZZY:
  case NODE_REGEX:
  case NODE_ACTOR: return compile_leaf(compiler, node);
  case NODE_HAS: return compile_has(compiler, node);
  case NODE_DATE: return compile_date(compiler, node);
  case NODE_NEAR:
  case NODE_ATLEAST: return compile_text(compiler, node);
  case NODE_BOOST: return compile_boost(compiler, node);
  case NODE_AND: return compile_and(compiler, node);
  case NODE_OR: return compile_or(compiler, node);
  case NODE_NOT: return compile_not(compiler, node);
  }
  return NULL;
}

static CompiledQuery *new_compiled(const CompileOptions *options)
{
  CompiledQuery *out = g_new0(CompiledQuery, 1);
  out->patterns = compiler_sequences();
  out->chosen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  if (options->reports) out->reports = g_ptr_array_new_with_free_func(report_free);
  return out;
}

CompiledQuery *query_compile(const Node *node, const char *text, ShimDb *db,
                             const CompileOptions *options, GError **error)
{
  Compiler compiler = {.db = db,
                       .state = index_state(db),
                       .text = text,
                       .choice = TRUE,
                       .must = TRUE,
                       .factor = 1,
                       .error = error};
  if (options != NULL) compiler.options = *options;
  if (compiler.options.expansion == 0) compiler.options.expansion = EXPANSION_DEFAULT;
  ShimDbStats stats;
  if (!shim_ok(shim_db_stats(db, &stats), error)) return NULL;
  if (stats.documents != stats.last_docid) compiler.whole = stats.documents;
  g_autoptr(CompiledQuery) out = compiler.out = new_compiled(&compiler.options);
  g_autoptr(GPtrArray) weights = compiler.weights = compiler_parts();
  out->query = compile(&compiler, node);
  if (out->query == NULL) return NULL;
  if ((compiler.filters ? weights->len > 0 : weights->len > 1) &&
      (out->weights = compiler_join(&compiler, SHIM_AND, weights)) == NULL)
    return NULL;
  return g_steal_pointer(&out);
}
