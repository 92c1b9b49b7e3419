/* document.c - see document.h */
#include "document.h"

#include <string.h>

#include "../corpus/error.h"
#include "../corpus/fingerprint.h"
#include "../corpus/positions.h"
#include "../corpus/terms.h"

enum { TITLE_WEIGHT = 3 /* a word of the title counts as so many in the text */ };

struct DocumentBuilder {
  Analyzer *analyzer;
  PositionWriter *positions;
  GString *term, *packed;
};

typedef struct Build {
  DocumentBuilder *builder;
  ShimDoc *doc;
  WordSink sink;
  void *sink_context;
  ShimStatus status; /* of the first call that failed */
  Sketch *sketch;    /* of the words that are being added; NULL for those of a title */
} Build;

DocumentBuilder *document_builder_new(void)
{
  DocumentBuilder *builder = g_new0(DocumentBuilder, 1);
  builder->analyzer = analyzer_new();
  builder->positions = position_writer_new();
  builder->term = g_string_new(NULL);
  builder->packed = g_string_new(NULL);
  return builder;
}

void document_builder_free(DocumentBuilder *builder)
{
  if (builder == NULL) return;
  analyzer_free(builder->analyzer);
  position_writer_free(builder->positions);
  g_string_free(builder->term, TRUE);
  g_string_free(builder->packed, TRUE);
  g_free(builder);
}

static void add_term(Build *build, const char *term, gsize len, guint32 weight)
{
  if (build->status == SHIM_OK) build->status = shim_doc_add_term(build->doc, term, len, weight);
}

static void set_value(Build *build, unsigned slot, const char *value, gsize len)
{
  if (build->status == SHIM_OK && len > 0)
    build->status = shim_doc_set_value(build->doc, slot, value, len);
}

static void add_word(Build *build, const char *prefix, const Token *token, guint32 weight)
{
  const char *term = token->form;
  gsize len = token->form_len;
  if (*prefix != '\0') {
    GString *prefixed = build->builder->term;
    g_string_assign(prefixed, prefix);
    g_string_append_len(prefixed, token->form, (gssize)token->form_len);
    term = prefixed->str;
    len = prefixed->len;
  }
  add_term(build, term, len, weight);
  guint64 hash = position_hash(term, len);
  position_add(build->builder->positions, hash);
  if (build->sketch != NULL) sketch_add(build->sketch, hash);
}

/* Adds the words of a text under a prefix, as a section of the positions. */
static void add_words(Build *build, const char *text, const char *prefix, guint32 weight)
{
  DocumentBuilder *builder = build->builder;
  Token token;
  analyzer_start(builder->analyzer, text, strlen(text));
  while (analyzer_next(builder->analyzer, &token)) {
    if (token.form_len > ANALYSIS_WORD_MAX) {
      position_add(builder->positions, 0);
      continue;
    }
    add_word(build, prefix, &token, weight);
    if (build->sink != NULL) build->sink(build->sink_context, &token);
  }
  position_end_section(builder->positions);
}

/* Copies are known by the body: each paper writes its own headline. */
static void add_body(Build *build, const char *body, const char *prefix)
{
  Sketch sketch;
  guint8 fingerprint[FINGERPRINT_SIZE];
  sketch_start(&sketch);
  build->sketch = &sketch;
  add_words(build, body, prefix, 1);
  build->sketch = NULL;
  if (!sketch_end(&sketch, fingerprint)) return;
  set_value(build, SLOT_COPY, (const char *)fingerprint, sizeof(fingerprint));
  GString *term = build->builder->term;
  for (guint band = 0; band < FINGERPRINT_BANDS; band++) {
    sketch_term(&sketch, band, term);
    add_term(build, term->str, term->len, 0);
  }
}

static void add_text(Build *build, const Article *article)
{
  const char *title = article_first(article, FIELD_TITLE);
  const char *body = article_text(article);
  const char *text_prefix = schema_field(FIELD_BODY)->prefix;
  if (title != NULL) add_words(build, title, text_prefix, TITLE_WEIGHT);
  if (body != NULL) add_body(build, body, text_prefix);
  build->sink = NULL; /* it has seen them */
  if (title != NULL) add_words(build, title, schema_field(FIELD_TITLE)->prefix, 1);
}

static void add_value_term(Build *build, FieldId field, const char *value)
{
  GString *term = build->builder->term;
  term_of_value(term, field, value);
  add_term(build, term->str, term->len, 0);
}

static void add_date(Build *build, const char *value)
{
  Date date;
  if (!date_parse_iso(value, strlen(value), &date)) return;
  Date levels[] = {{date.year, 0, 0}, {date.year, date.month, 0}, date};
  guint n = date.month == 0 ? 1 : date.day == 0 ? 2 : 3;
  GString *term = build->builder->term;
  for (guint i = 0; i < n; i++) {
    term_of_date(term, levels[i]);
    add_term(build, term->str, term->len, 0);
  }
  set_value(build, SLOT_DATE, value, strlen(value));
}

static void add_field(Build *build, const Article *article, FieldId field)
{
  const Field *row = schema_field(field);
  const GPtrArray *values = article_values(article, field);
  if (values == NULL) return;
  if (field != FIELD_ID) { /* every article has one */
    term_of_presence(build->builder->term, field);
    add_term(build, build->builder->term->str, build->builder->term->len, 0);
  }
  if (row->kind == KIND_TEXT) return;
  for (guint i = 0; i < values->len; i++) {
    const char *value = g_ptr_array_index(values, i);
    if (row->kind == KIND_DATE)
      add_date(build, value);
    else
      add_value_term(build, field, value);
  }
}

ShimDoc *document_build(DocumentBuilder *builder, const Article *article, const char *data,
                        const GString *facets, WordSink sink, void *context, GError **error)
{
  Build build = {.builder = builder, .sink = sink, .sink_context = context};
  if (!shim_ok(shim_doc_new(&build.doc), error)) return NULL;
  build.status = shim_doc_set_data(build.doc, data, strlen(data));
  add_text(&build, article);
  for (int field = 0; field < FIELD_COUNT; field++) add_field(&build, article, (FieldId)field);
  set_value(&build, SLOT_FACETS, facets->str, facets->len);
  g_string_truncate(builder->packed, 0);
  position_pack(builder->positions, builder->packed);
  set_value(&build, SLOT_POSITIONS, builder->packed->str, builder->packed->len);
  if (shim_ok(build.status, error)) return build.doc;
  shim_doc_free(build.doc);
  return NULL;
}
