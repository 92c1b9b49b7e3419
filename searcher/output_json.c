/* output_json.c - answers as one JSON object, or hits as JSON Lines; see sitrep(1) for the keys. */
#include <jansson.h>
#include <string.h>

#include "output.h"
#include "output_explain.h"

static const size_t DUMP_FLAGS = JSON_COMPACT | JSON_REAL_PRECISION(6);

static void append_escaped(GString *out, const char *text, gsize len)
{
  g_autofree char *escaped = g_markup_escape_text(text, (gssize)len);
  g_string_append(out, escaped);
}

/* HTML: everything escaped, matches in <mark>. */
static char *snippet_html(const Snippet *snippet)
{
  GString *html = g_string_new(NULL);
  gsize at = 0;
  for (guint i = 0; i < snippet->spans->len; i++) {
    Span span = g_array_index(snippet->spans, Span, i);
    append_escaped(html, snippet->text + at, span.start - at);
    g_string_append(html, "<mark>");
    append_escaped(html, snippet->text + span.start, span.end - span.start);
    g_string_append(html, "</mark>");
    at = span.end;
  }
  append_escaped(html, snippet->text + at, strlen(snippet->text + at));
  return g_string_free(html, FALSE);
}

static json_t *labels_of(const GPtrArray *values, FieldId field)
{
  json_t *labels = json_array();
  for (guint i = 0; i < values->len; i++)
    json_array_append_new(labels, json_string(facet_label(field, g_ptr_array_index(values, i))));
  return labels;
}

/* The article's fields but its text, as article_to_json() names them, and names of countries. */
static void add_fields(json_t *object, const Article *article)
{
  json_t *all = article_to_json(article);
  json_object_del(all, schema_field(FIELD_BODY)->name);
  json_object_update(object, all);
  json_decref(all);
  for (int field = 0; field < FIELD_COUNT; field++) {
    const GPtrArray *codes = article_values(article, (FieldId)field);
    if (codes == NULL || schema_field((FieldId)field)->kind != KIND_COUNTRY) continue;
    g_autofree char *key = g_strconcat(schema_field((FieldId)field)->name, "_label", NULL);
    json_object_set_new(object, key, labels_of(codes, (FieldId)field));
  }
}

static json_t *hit_json(Answer *answer, const Hit *hit)
{
  json_t *object = json_object();
  json_object_set_new(object, "rank", json_integer(hit->rank));
  json_object_set_new(object, "score", json_real(hit->score));
  add_fields(object, hit->article);
  Snippet snippet = output_snippet(answer, hit->article);
  g_autofree char *html = snippet_html(&snippet);
  if (*html != '\0') json_object_set_new(object, "snippet", json_string(html));
  snippet_clear(&snippet);
  return object;
}

static json_t *facet_json(const Facet *facet)
{
  json_t *values = json_array();
  for (guint i = 0; i < facet->values->len; i++) {
    const FacetValue *value = g_ptr_array_index(facet->values, i);
    json_array_append_new(values, json_pack("{s:s, s:s, s:i, s:b}", "value", value->value, "label",
                                            value->label, "count", (int)value->count, "selected",
                                            value->selected));
  }
  return json_pack("{s:b, s:I, s:o}", "truncated", facet->values->len < facet->distinct, "distinct",
                   (json_int_t)facet->distinct, "values", values);
}

static json_t *facets_json(const Answer *answer)
{
  json_t *facets = json_object();
  for (guint i = 0; i < answer->facets->len; i++) {
    const Facet *facet = g_ptr_array_index(answer->facets, i);
    json_object_set_new(facets, schema_field(facet->field)->name, facet_json(facet));
  }
  return facets;
}

static json_t *head_json(const Answer *answer, const Request *request)
{
  const ShimCounts *total = &answer->total;
  g_autofree char *query = g_utf8_make_valid(request->query, -1);
  json_t *head =
      json_pack("{s:s, s:s, s:{s:s, s:I}, s:{s:i, s:b, s:i, s:i}, s:i}", "query", query,
                "understood", answer->understood, "index", "uuid", answer->index_uuid, "revision",
                (json_int_t)answer->revision, "total", "value", (int)total->estimated, "exact",
                total->lower == total->upper, "lower", (int)total->lower, "upper",
                (int)total->upper, "offset", (int)answer->offset);
  json_t *explanation = explain_json(answer), *diagnosis = diagnosis_json(answer);
  if (answer->compiled->cut > 0)
    json_object_set_new(head, "cut", json_integer(answer->compiled->cut));
  if (explanation != NULL) json_object_set_new(head, "explain", explanation);
  if (diagnosis != NULL) json_object_set_new(head, "diagnosis", diagnosis);
  return head;
}

/* Writes each hit's object, with `between` before all but the first and `after` behind each. */
static gboolean write_hits(Answer *answer, FILE *out, const char *between, const char *after,
                           GError **error)
{
  gboolean first = TRUE;
  for (guint32 i = 0; i < answer_size(answer); i++) {
    Hit hit;
    HitStatus status = answer_hit(answer, i, &hit, error);
    if (status == HIT_FAILED) return FALSE;
    if (status == HIT_GONE) continue;
    json_t *object = hit_json(answer, &hit);
    if (!first) fputs(between, out);
    json_dumpf(object, out, DUMP_FLAGS);
    fputs(after, out);
    json_decref(object);
    hit_clear(&hit);
    first = FALSE;
  }
  return TRUE;
}

/* Writes an object without its closing brace, so that more keys can follow as they come. */
static void write_open(json_t *object, FILE *out)
{
  char *text = json_dumps(object, DUMP_FLAGS);
  fwrite(text, 1, strlen(text) - 1, out);
  free(text);
}

static gboolean json_search(Answer *answer, const OutputContext *context, GError **error)
{
  json_t *head = head_json(answer, context->request);
  json_t *facets = facets_json(answer);
  write_open(head, context->out);
  fputs(",\"results\":[", context->out);
  gboolean ok = write_hits(answer, context->out, ",", "", error);
  if (ok) {
    fputs("],\"facets\":", context->out);
    json_dumpf(facets, context->out, DUMP_FLAGS);
    fputs("}\n", context->out);
  }
  json_decref(head);
  json_decref(facets);
  return ok;
}

static gboolean json_facets(Answer *answer, const OutputContext *context, GError **error)
{
  (void)error;
  json_t *object = head_json(answer, context->request);
  json_object_del(object, "offset");
  json_object_set_new(object, "facets", facets_json(answer));
  json_dumpf(object, context->out, DUMP_FLAGS);
  fputc('\n', context->out);
  json_decref(object);
  return TRUE;
}

static gboolean jsonl_search(Answer *answer, const OutputContext *context, GError **error)
{
  return write_hits(answer, context->out, "", "\n", error);
}

static gboolean jsonl_facets(Answer *answer, const OutputContext *context, GError **error)
{
  (void)error;
  for (guint i = 0; i < answer->facets->len; i++) {
    const Facet *facet = g_ptr_array_index(answer->facets, i);
    for (guint v = 0; v < facet->values->len; v++) {
      const FacetValue *value = g_ptr_array_index(facet->values, v);
      json_t *line =
          json_pack("{s:s, s:s, s:s, s:i}", "facet", schema_field(facet->field)->name, "value",
                    value->value, "label", value->label, "count", (int)value->count);
      json_dumpf(line, context->out, DUMP_FLAGS);
      fputc('\n', context->out);
      json_decref(line);
    }
  }
  return TRUE;
}

const Output output_json = {"json", json_search, json_facets};
const Output output_jsonl = {"jsonl", jsonl_search, jsonl_facets};
