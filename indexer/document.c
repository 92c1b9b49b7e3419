/* document.c - see document.h */
#include "document.h"

#include <string.h>

#include "../corpus/error.h"
#include "../corpus/terms.h"

enum {
  TITLE_WEIGHT = 3,  /* a word of the title counts as so many in the text */
  POSITION_GAP = 100 /* between title and body, and between values: no phrase spans them */
};

typedef struct Build {
  ShimDoc *doc;
  Analyzer *analyzer;
  GString *term;
  WordSink sink;
  void *sink_context;
  ShimStatus status; /* of the first call that failed */
} Build;

static void add_posting(Build *build, const char *prefix, const Token *token, guint32 position,
                        guint32 weight)
{
  if (build->status != SHIM_OK) return;
  if (*prefix == '\0') {
    build->status =
        shim_doc_add_posting(build->doc, token->form, token->form_len, position, weight);
    return;
  }
  g_string_assign(build->term, prefix);
  g_string_append_len(build->term, token->form, (gssize)token->form_len);
  build->status =
      shim_doc_add_posting(build->doc, build->term->str, build->term->len, position, weight);
}

/* Adds the words of a text under up to two prefixes; returns the position after the last. */
static guint32 add_words(Build *build, const char *text, guint32 start, const char *prefix,
                         guint32 weight, const char *second_prefix)
{
  guint32 next = start;
  Token token;
  analyzer_start(build->analyzer, text, strlen(text));
  while (analyzer_next(build->analyzer, &token)) {
    next = start + token.position + 1;
    if (token.form_len > ANALYSIS_WORD_MAX) continue;
    add_posting(build, prefix, &token, next, weight);
    if (second_prefix != NULL) add_posting(build, second_prefix, &token, token.position + 1, 1);
    if (build->sink != NULL) build->sink(build->sink_context, &token);
  }
  return next;
}

static void add_text(Build *build, const Article *article)
{
  const char *title = article_first(article, FIELD_TITLE);
  const char *body = article_first(article, FIELD_BODY);
  const char *text_prefix = schema_field(FIELD_BODY)->prefix;
  guint32 next = 0;
  if (title != NULL)
    next = add_words(build, title, 0, text_prefix, TITLE_WEIGHT, schema_field(FIELD_TITLE)->prefix);
  if (body != NULL) add_words(build, body, next + POSITION_GAP, text_prefix, 1, NULL);
}

static void add_value_term(Build *build, FieldId field, const char *value)
{
  term_of_value(build->term, field, value);
  if (build->status == SHIM_OK)
    build->status = shim_doc_add_term(build->doc, build->term->str, build->term->len, 0);
}

static void add_date(Build *build, const char *value)
{
  Date date;
  if (!date_parse_iso(value, strlen(value), &date)) return;
  Date levels[] = {{date.year, 0, 0}, {date.year, date.month, 0}, date};
  guint n = date.month == 0 ? 1 : date.day == 0 ? 2 : 3;
  for (guint i = 0; i < n && build->status == SHIM_OK; i++) {
    term_of_date(build->term, levels[i]);
    build->status = shim_doc_add_term(build->doc, build->term->str, build->term->len, 0);
  }
  if (build->status == SHIM_OK)
    build->status = shim_doc_set_value(build->doc, SLOT_DATE, value, strlen(value));
}

static void add_field(Build *build, const Article *article, FieldId field)
{
  const Field *row = schema_field(field);
  const GPtrArray *values = article_values(article, field);
  if (values == NULL || row->kind == KIND_TEXT) return;
  guint32 next = 0;
  for (guint i = 0; i < values->len; i++) {
    const char *value = g_ptr_array_index(values, i);
    if (row->kind == KIND_DATE)
      add_date(build, value);
    else
      add_value_term(build, field, value);
    if (row->words != NULL)
      next = add_words(build, value, next, row->words, 0, NULL) + POSITION_GAP;
  }
}

ShimDoc *document_build(const Article *article, const char *data, Analyzer *analyzer,
                        const GString *facets, WordSink sink, void *context, GError **error)
{
  Build build = {.analyzer = analyzer, .sink = sink, .sink_context = context};
  if (!shim_ok(shim_doc_new(&build.doc), error)) return NULL;
  build.term = g_string_new(NULL);
  build.status = shim_doc_set_data(build.doc, data, strlen(data));
  add_text(&build, article);
  build.sink = NULL; /* names are looked up as they are: no stems */
  for (int field = 0; field < FIELD_COUNT; field++) add_field(&build, article, (FieldId)field);
  if (build.status == SHIM_OK && facets->len > 0)
    build.status = shim_doc_set_value(build.doc, SLOT_FACETS, facets->str, facets->len);
  g_string_free(build.term, TRUE);
  if (shim_ok(build.status, error)) return build.doc;
  shim_doc_free(build.doc);
  return NULL;
}
