/* query_compile.c - see query_compile.h */
#include "query_compile.h"

#include <stdlib.h>
#include <string.h>

#include "../corpus/analysis.h"
#include "../corpus/article.h"
#include "../corpus/error.h"
#include "../corpus/index_state.h"
#include "../corpus/terms.h"
#include "phrase.h"
#include "value_words.h"

typedef struct Compiler {
  ShimDb *db;
  const char *text;
  Analyzer *analyzer;
  Stemmers *stemmers;
  CompiledQuery *out;
  guint32
      whole; /* documents of an index with gaps in its numbers, 0 for others: see without_bug() */
  guint negations;    /* how many NOTs are above */
  gboolean choice;    /* only ANDs, and ORs within one field, are above */
  gboolean must;      /* only ANDs are above: every match has this */
  GPtrArray *weights; /* ShimQuery *: of what every match must have, what has weight */
  gboolean filters;   /* there is something without */
  GError **error;
} Compiler;

static ShimQuery *compile(Compiler *compiler, const Node *node);

static void pattern_free(gpointer data)
{
  Pattern *pattern = data;
  g_ptr_array_free(pattern->steps, TRUE);
  g_free(pattern);
}

void compiled_query_free(CompiledQuery *compiled)
{
  if (compiled == NULL) return;
  shim_query_free(compiled->query);
  shim_query_free(compiled->weights);
  g_ptr_array_free(compiled->patterns, TRUE);
  g_hash_table_destroy(compiled->chosen);
  g_free(compiled);
}

/* ---- building shim queries; NULL operands stand for an error that is already set ---- */

static ShimQuery *checked(Compiler *compiler, ShimStatus status, ShimQuery *const *query)
{
  return shim_ok(status, compiler->error) ? *query : NULL;
}

static ShimQuery *term_query(Compiler *compiler, const char *term, gsize len)
{
  ShimQuery *query = NULL;
  return checked(compiler, shim_query_term(term, len, &query), &query);
}

static ShimQuery *join(Compiler *compiler, ShimOp op, GPtrArray *parts)
{
  ShimQuery *query = NULL;
  ShimStatus status =
      shim_query_join(op, (const ShimQuery *const *)parts->pdata, parts->len, &query);
  return checked(compiler, status, &query);
}

/* ---- a fault of Xapian 1.4 ----
 *
 * For a term that is in every document, where its weight does not matter, Xapian
 * 1.4.22 reads the list of all documents under the term's name (LocalSubMatch::open_post_list), and
 * when document numbers have gaps takes the end of that list's first chunk for damage
 * ("Unexpected end of posting list"). Such a term is everything anyway: only its weight is left. */

/* TRUE when that would happen to a term. FALSE also with an error, which later calls meet again. */
static gboolean is_in_all(const Compiler *compiler, const char *term, gsize len)
{
  uint32_t freq = 0;
  return compiler->whole > 0 && shim_db_term_freq(compiler->db, term, len, &freq) == SHIM_OK &&
         freq == compiler->whole;
}

/* Everything, weighted by `part`, which is known to match everything; frees it. */
static ShimQuery *without_bug(Compiler *compiler, ShimQuery *part)
{
  if (part == NULL) return NULL;
  ShimQuery *all = NULL, *query = NULL;
  ShimStatus status = shim_query_all(&all);
  const ShimQuery *parts[] = {all, part};
  if (status == SHIM_OK) status = shim_query_join(SHIM_AND_MAYBE, parts, 2, &query);
  shim_query_free(all);
  shim_query_free(part);
  return checked(compiler, status, &query);
}

static ShimQuery *filter_term(Compiler *compiler, const char *term, gsize len)
{
  ShimQuery *query = term_query(compiler, term, len);
  return is_in_all(compiler, term, len) ? without_bug(compiler, query) : query;
}

static GPtrArray *new_parts(void)
{
  return g_ptr_array_new_with_free_func((GDestroyNotify)shim_query_free);
}

/* The part without weight; frees it. */
static ShimQuery *as_filter(Compiler *compiler, ShimQuery *part)
{
  if (part == NULL) return NULL;
  ShimQuery *query = NULL;
  ShimStatus status = shim_query_scale(part, 0, &query);
  shim_query_free(part);
  return checked(compiler, status, &query);
}

/* ---- words ---- */

typedef struct FormSet {
  Compiler *compiler;
  GHashTable *forms; /* set of char * */
  ShimStatus status;
} FormSet;

static void add_forms(void *context, const char *key, gsize len)
{
  FormSet *set = context;
  ShimTerms *forms = NULL;
  if (set->status != SHIM_OK) return;
  set->status = shim_terms_synonyms(set->compiler->db, key, len, &forms);
  if (set->status != SHIM_OK) return;
  const char *form;
  gsize form_len;
  ShimStatus status;
  while ((status = shim_terms_next(forms, &form, &form_len)) == SHIM_OK)
    g_hash_table_add(set->forms, g_strndup(form, form_len));
  shim_terms_free(forms);
  if (status != SHIM_END) set->status = status;
}

/* The set of forms that a word of the query matches: itself, and with `stem` those of its stem in
 * every language. NULL with an error. */
static GHashTable *forms_of(Compiler *compiler, const Token *token, gboolean stem)
{
  GHashTable *forms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add(forms, g_strndup(token->form, token->form_len));
  if (!stem) return forms;
  FormSet set = {.compiler = compiler, .forms = forms};
  const GPtrArray *langs = index_state_languages(index_state(compiler->db), compiler->error);
  if (langs != NULL) {
    for (guint i = 0; i < langs->len; i++)
      stem_keys(compiler->stemmers, g_ptr_array_index(langs, i), token->cased, token->cased_len,
                add_forms, &set);
    if (shim_ok(set.status, compiler->error)) return forms;
  }
  g_hash_table_destroy(forms);
  return NULL;
}

/* The synonym of all forms. */
static ShimQuery *query_of_forms(Compiler *compiler, GHashTable *forms, const char *prefix)
{
  g_autoptr(GPtrArray) parts = new_parts();
  g_autoptr(GString) term = g_string_new(NULL);
  g_autoptr(GList) sorted = g_list_sort(g_hash_table_get_keys(forms), (GCompareFunc)strcmp);
  gboolean in_all = FALSE;
  for (GList *form = sorted; form != NULL; form = form->next) {
    g_string_printf(term, "%s%s", prefix, (const char *)form->data);
    in_all = in_all || is_in_all(compiler, term->str, term->len);
    ShimQuery *part = term_query(compiler, term->str, term->len);
    if (part == NULL) return NULL;
    g_ptr_array_add(parts, part);
  }
  ShimQuery *query = join(compiler, SHIM_SYNONYM, parts);
  return in_all ? without_bug(compiler, query) : query;
}

static void keep_pattern(Compiler *compiler, GPtrArray *steps, gboolean title_only)
{
  Pattern *pattern = g_new0(Pattern, 1);
  pattern->steps = g_ptr_array_ref(steps);
  pattern->title_only = title_only;
  g_ptr_array_add(compiler->out->patterns, pattern);
}

/* The next word of a text whose analysis is under way; FALSE at the end, or with `failed`. */
static gboolean next_word(Compiler *compiler, const Node *node, Token *token, gboolean *failed)
{
  *failed = FALSE;
  if (!analyzer_next(compiler->analyzer, token)) return FALSE;
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

/* The sets of forms of each word in a text; NULL with an error. */
static GPtrArray *analyse(Compiler *compiler, const Node *node, gboolean stem)
{
  g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func((GDestroyNotify)g_hash_table_destroy);
  Token token;
  gboolean failed;
  analyzer_start(compiler->analyzer, node->text, strlen(node->text));
  while (next_word(compiler, node, &token, &failed)) {
    GHashTable *forms = forms_of(compiler, &token, stem);
    if (forms == NULL) return NULL;
    g_ptr_array_add(steps, forms);
  }
  return !failed && has_word(compiler, node, steps) ? g_steal_pointer(&steps) : NULL;
}

/* The words of a text as they are, char *; NULL with an error. */
static GPtrArray *words_of(Compiler *compiler, const Node *node)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
  Token token;
  gboolean failed;
  analyzer_start(compiler->analyzer, node->text, strlen(node->text));
  while (next_word(compiler, node, &token, &failed))
    g_ptr_array_add(words, g_strndup(token.form, token.form_len));
  return !failed && has_word(compiler, node, words) ? g_steal_pointer(&words) : NULL;
}

/* Keeps a part as one that gives weight, when every match must have it. FALSE with an error. */
static gboolean weigh(Compiler *compiler, const ShimQuery *part)
{
  if (!compiler->must) return TRUE;
  ShimQuery *copy = NULL;
  if (!shim_ok(shim_query_copy(part, &copy), compiler->error)) return FALSE;
  g_ptr_array_add(compiler->weights, copy);
  return TRUE;
}

/* The words of a text under a prefix: one word as its forms, several as a phrase of them. */
static ShimQuery *query_of_steps(Compiler *compiler, GPtrArray *steps, const char *prefix)
{
  g_autoptr(GPtrArray) parts = new_parts();
  for (guint i = 0; i < steps->len; i++) {
    ShimQuery *part = query_of_forms(compiler, g_ptr_array_index(steps, i), prefix);
    if (part == NULL) return NULL;
    g_ptr_array_add(parts, part);
    if (!weigh(compiler, part)) return NULL;
  }
  ShimQuery *among = join(compiler, SHIM_AND, parts), *query = NULL;
  if (among == NULL || steps->len == 1) return among;
  compiler->filters = TRUE;
  ShimStatus status = phrase_query(among, steps, prefix, &query);
  shim_query_free(among);
  return checked(compiler, status, &query);
}

static ShimQuery *compile_text(Compiler *compiler, const Node *node)
{
  gboolean title = node->field == FIELD_TITLE;
  g_autoptr(GPtrArray) steps = analyse(compiler, node, node->kind == NODE_WORD);
  if (steps == NULL) return NULL;
  if (compiler->negations == 0) {
    keep_pattern(compiler, steps, title);
    compiler->out->is_ranked = TRUE;
  }
  return query_of_steps(compiler, steps, title ? schema_field(FIELD_TITLE)->prefix : "");
}

/* ---- values of fields ---- */

static void choose(Compiler *compiler, int field, const GString *term)
{
  if (!compiler->choice || compiler->negations > 0) return;
  g_hash_table_add(compiler->out->chosen, g_strdup(term->str));
  compiler->out->has_chosen[field] = TRUE;
}

/* Any of the values that hold the words of the node, which stand for themselves: no stems. */
static ShimQuery *compile_words_of_value(Compiler *compiler, const Node *node)
{
  g_autoptr(GPtrArray) forms = words_of(compiler, node);
  if (forms == NULL) return NULL;
  const FacetTable *table = index_state_facets(index_state(compiler->db), compiler->error);
  if (table == NULL) return NULL;
  g_autoptr(GPtrArray) values =
      values_with_words(table, (FieldId)node->field, forms, compiler->analyzer);
  g_autoptr(GPtrArray) parts = new_parts();
  g_autoptr(GString) term = g_string_new(NULL);
  for (guint i = 0; i < values->len; i++) {
    term_of_value(term, (FieldId)node->field, g_ptr_array_index(values, i));
    ShimQuery *part = filter_term(compiler, term->str, term->len);
    if (part == NULL) return NULL;
    g_ptr_array_add(parts, part);
  }
  return as_filter(compiler, join(compiler, SHIM_OR, parts));
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

static ShimQuery *compile_value(Compiler *compiler, const Node *node)
{
  const Field *row = schema_field((FieldId)node->field);
  gboolean coded = row->kind == KIND_COUNTRY || node->field == FIELD_LANG;
  g_autofree char *value = coded ? normalise(compiler, node) : g_strdup(node->text);
  if (value == NULL) return NULL;
  g_autoptr(GString) term = g_string_new(NULL);
  term_of_value(term, (FieldId)node->field, value);
  if (row->kind == KIND_KEYWORD && !coded) {
    uint32_t freq = 0;
    ShimStatus status = SHIM_OK;
    if (node->kind == NODE_PHRASE)
      status = shim_db_term_freq(compiler->db, term->str, term->len, &freq);
    if (!shim_ok(status, compiler->error)) return NULL;
    if (freq == 0) return compile_words_of_value(compiler, node);
  }
  choose(compiler, node->field, term);
  return as_filter(compiler, filter_term(compiler, term->str, term->len));
}

/* ---- dates ---- */

typedef struct DateCover {
  Compiler *compiler;
  GPtrArray *parts;
  GString *term;
  gboolean ok;
} DateCover;

static void cover(DateCover *cover_, Date date)
{
  if (!cover_->ok) return;
  term_of_date(cover_->term, date);
  ShimQuery *part = filter_term(cover_->compiler, cover_->term->str, cover_->term->len);
  cover_->ok = part != NULL;
  if (part != NULL) g_ptr_array_add(cover_->parts, part);
}

static gboolean covers(Date from, Date to, Date span)
{
  return date_compare(from, date_first_day(span)) <= 0 &&
         date_compare(date_last_day(span), to) <= 0;
}

static gboolean meets(Date from, Date to, Date span)
{
  return date_compare(from, date_last_day(span)) <= 0 &&
         date_compare(date_first_day(span), to) <= 0;
}

static void cover_month(DateCover *cover_, Date from, Date to, Date month)
{
  guint8 last = date_last_day(month).day;
  for (guint8 day = 1; day <= last; day++) {
    Date date = {month.year, month.month, day};
    if (meets(from, to, date)) cover(cover_, date);
  }
}

static void cover_year(DateCover *cover_, Date from, Date to, Date year)
{
  for (guint8 m = 1; m <= 12; m++) {
    Date month = {year.year, m, 0};
    if (covers(from, to, month))
      cover(cover_, month);
    else if (meets(from, to, month))
      cover_month(cover_, from, to, month);
  }
}

/* Years between which the index has dates; FALSE with an error. Without dates: an empty span. */
static gboolean years_of_index(Compiler *compiler, int *first, int *last)
{
  char *low = NULL, *high = NULL;
  gsize low_len, high_len;
  ShimStatus status =
      shim_db_value_bounds(compiler->db, SLOT_DATE, &low, &low_len, &high, &high_len);
  if (!shim_ok(status, compiler->error)) return FALSE;
  *first = low_len == 0 ? 1 : (int)g_ascii_strtoll(low, NULL, 10);
  *last = high_len == 0 ? 0 : (int)g_ascii_strtoll(high, NULL, 10);
  free(low);
  free(high);
  return TRUE;
}

/* A range is an OR of the years, months and days it is made of. An article dated to a month only is
 * found when the whole month is in the range. */
static ShimQuery *compile_date(Compiler *compiler, const Node *node)
{
  int first_year, last_year;
  if (!years_of_index(compiler, &first_year, &last_year)) return NULL;
  Date from = node->from.year > 0 ? date_first_day(node->from) : (Date){1, 1, 1};
  Date to = node->to.year > 0 ? date_last_day(node->to) : (Date){9999, 12, 31};
  g_autoptr(GPtrArray) parts = new_parts();
  g_autoptr(GString) term = g_string_new(NULL);
  DateCover cover_ = {.compiler = compiler, .parts = parts, .term = term, .ok = TRUE};
  for (int y = MAX(first_year, from.year); y <= MIN(last_year, to.year); y++) {
    Date year = {(gint16)y, 0, 0};
    if (covers(from, to, year))
      cover(&cover_, year);
    else
      cover_year(&cover_, from, to, year);
  }
  if (!cover_.ok) return NULL;
  return as_filter(compiler, join(compiler, SHIM_OR, parts));
}

/* ---- operators ---- */

static ShimQuery *all(Compiler *compiler)
{
  ShimQuery *query = NULL;
  return as_filter(compiler, checked(compiler, shim_query_all(&query), &query));
}

/* Compiles the children that are (or are not) negations into `parts`. FALSE with an error. */
static gboolean compile_children(Compiler *compiler, const Node *node, gboolean negations,
                                 GPtrArray *parts)
{
  for (guint i = 0; i < node->children->len; i++) {
    const Node *child = g_ptr_array_index(node->children, i);
    if ((child->kind == NODE_NOT) != negations) continue;
    if (negations) child = g_ptr_array_index(child->children, 0);
    ShimQuery *part = compile(compiler, child);
    if (part == NULL) return FALSE;
    g_ptr_array_add(parts, part);
  }
  return TRUE;
}

/* `parts` without what any of `unwanted` matches. */
static ShimQuery *without(Compiler *compiler, GPtrArray *parts, GPtrArray *unwanted)
{
  ShimQuery *wanted = parts->len == 0 ? all(compiler) : join(compiler, SHIM_AND, parts);
  if (wanted == NULL || unwanted->len == 0) return wanted;
  g_ptr_array_insert(unwanted, 0, wanted);
  return join(compiler, SHIM_AND_NOT, unwanted);
}

static ShimQuery *compile_and(Compiler *compiler, const Node *node)
{
  g_autoptr(GPtrArray) parts = new_parts();
  g_autoptr(GPtrArray) unwanted = new_parts();
  if (!compile_children(compiler, node, FALSE, parts)) return NULL;
  gboolean must = compiler->must;
  compiler->negations++;
  compiler->must = FALSE;
  gboolean ok = compile_children(compiler, node, TRUE, unwanted);
  compiler->must = must;
  compiler->negations--;
  compiler->filters = compiler->filters || unwanted->len > 0;
  return ok ? without(compiler, parts, unwanted) : NULL;
}

static ShimQuery *compile_not(Compiler *compiler, const Node *node)
{
  compiler->filters = TRUE;
  g_autoptr(GPtrArray) parts = new_parts();
  g_autoptr(GPtrArray) unwanted = new_parts();
  gboolean must = compiler->must;
  compiler->negations++;
  compiler->must = FALSE;
  ShimQuery *part = compile(compiler, g_ptr_array_index(node->children, 0));
  compiler->must = must;
  compiler->negations--;
  if (part == NULL) return NULL;
  g_ptr_array_add(unwanted, part);
  return without(compiler, parts, unwanted);
}

/* TRUE when all alternatives are values of one field: the choices of one facet. */
static gboolean is_one_facet(const Node *node)
{
  const Node *first = g_ptr_array_index(node->children, 0);
  for (guint i = 0; i < node->children->len; i++) {
    const Node *child = g_ptr_array_index(node->children, i);
    if (child->field == FIELD_ANY || child->field != first->field) return FALSE;
  }
  return TRUE;
}

/* TRUE when neither the node nor what is in it weighs anything. */
static gboolean is_filter(const Node *node)
{
  if (node->kind == NODE_WORD || node->kind == NODE_PHRASE)
    return node->field != FIELD_ANY && node->field != FIELD_TITLE;
  if (node->kind != NODE_AND && node->kind != NODE_OR) return TRUE;
  for (guint i = 0; i < node->children->len; i++)
    if (!is_filter(g_ptr_array_index(node->children, i))) return FALSE;
  return TRUE;
}

static ShimQuery *compile_alternatives(Compiler *compiler, const Node *node)
{
  g_autoptr(GPtrArray) parts = new_parts();
  gboolean outer = compiler->choice;
  compiler->choice = outer && is_one_facet(node);
  gboolean ok = TRUE;
  for (guint i = 0; ok && i < node->children->len; i++) {
    ShimQuery *part = compile(compiler, g_ptr_array_index(node->children, i));
    ok = part != NULL;
    if (ok) g_ptr_array_add(parts, part);
  }
  compiler->choice = outer;
  return ok ? join(compiler, SHIM_OR, parts) : NULL;
}

static ShimQuery *compile_or(Compiler *compiler, const Node *node)
{
  gboolean must = compiler->must;
  compiler->must = FALSE;
  ShimQuery *query = compile_alternatives(compiler, node);
  compiler->must = must;
  if (query == NULL || !must || is_filter(node)) return query;
  if (weigh(compiler, query)) return query;
  shim_query_free(query);
  return NULL;
}

static ShimQuery *compile(Compiler *compiler, const Node *node)
{
  if (compiler->must && is_filter(node)) compiler->filters = TRUE;
  switch (node->kind) {
  case NODE_ALL: return all(compiler);
  case NODE_WORD:
  case NODE_PHRASE:
    return node->field == FIELD_ANY || node->field == FIELD_TITLE ? compile_text(compiler, node)
                                                                  : compile_value(compiler, node);
  case NODE_DATE: return compile_date(compiler, node);
  case NODE_AND: return compile_and(compiler, node);
  case NODE_OR: return compile_or(compiler, node);
  case NODE_EXACT:
  case NODE_PATTERN:
  case NODE_FUZZY:
  case NODE_REGEX:
  case NODE_ACTOR:
  case NODE_HAS:
  case NODE_NEAR:
  case NODE_ATLEAST:
  case NODE_BOOST: return NULL; /* not parsed yet */
  case NODE_NOT: return compile_not(compiler, node);
  }
  return NULL;
}

CompiledQuery *query_compile(const Node *node, const char *text, ShimDb *db, GError **error)
{
  g_autoptr(CompiledQuery) out = g_new0(CompiledQuery, 1);
  out->patterns = g_ptr_array_new_with_free_func(pattern_free);
  out->chosen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  Compiler compiler = {.db = db,
                       .text = text,
                       .analyzer = index_state_analyzer(index_state(db)),
                       .stemmers = index_state_stemmers(index_state(db)),
                       .out = out,
                       .choice = TRUE,
                       .must = TRUE,
                       .error = error};
  ShimDbStats stats;
  if (!shim_ok(shim_db_stats(db, &stats), error)) return NULL;
  if (stats.documents != stats.last_docid) compiler.whole = stats.documents;
  g_autoptr(GPtrArray) weights = new_parts();
  compiler.weights = weights;
  out->query = compile(&compiler, node);
  if (out->query == NULL) return NULL;
  if ((compiler.filters ? weights->len > 0 : weights->len > 1) &&
      (out->weights = join(&compiler, SHIM_AND, weights)) == NULL)
    return NULL;
  return g_steal_pointer(&out);
}
