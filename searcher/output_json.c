/* output_json.c - answers as one JSON object, or hits as JSON Lines; see sitrep(1) for the keys. */
#include <jansson.h>
#include <string.h>

#include "output.h"
#include "output_explain.h"
#include "output_timeline.h"

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

/* Nothing where there are none. */
static void add_copies(json_t *object, const Copies *copies)
{
  if (copies->n == 0) return;
  json_object_set_new(object, "copies", json_integer(copies->n));
  json_object_set_new(object, "copies_sources", json_integer(copies->sources));
  if (copies->more) json_object_set_new(object, "copies_more", json_true());
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
  add_copies(object, &hit->copies);
  return object;
}

static json_t *facet_value_json(FieldId field, const FacetValue *value, const OutputUrls *urls)
{
  g_autofree char *url = urls == NULL ? NULL : urls->toggle(urls->data, field, value);
  return json_pack("{s:s, s:s, s:i, s:b, s:s*}", "value", value->value, "label", value->label,
                   "count", (int)value->count, "selected", value->selected, "toggle_url", url);
}

static json_t *facet_json(const Facet *facet, const OutputUrls *urls)
{
  json_t *values = json_array();
  for (guint i = 0; i < facet->values->len; i++)
    json_array_append_new(
        values, facet_value_json(facet->field, g_ptr_array_index(facet->values, i), urls));
  return json_pack("{s:b, s:I, s:o}", "truncated", facet->values->len < facet->distinct, "distinct",
                   (json_int_t)facet->distinct, "values", values);
}

static json_t *facets_json(const Answer *answer, const OutputUrls *urls)
{
  json_t *facets = json_object();
  for (guint i = 0; i < answer->facets->len; i++) {
    const Facet *facet = g_ptr_array_index(answer->facets, i);
    json_object_set_new(facets, schema_field(facet->field)->name, facet_json(facet, urls));
  }
  return facets;
}

static json_t *head_json(const Answer *answer, const Request *request)
{
  const ShimCounts *total = &answer->total;
  g_autofree char *query = g_utf8_make_valid(request->query, -1);
  json_t *head = json_pack("{s:s, s:s, s:{s:s, s:I}, s:{s:i, s:b, s:i, s:i}}", "query", query,
                           "understood", answer->understood, "index", "uuid", answer->index_uuid,
                           "revision", (json_int_t)answer->revision, "total", "value",
                           (int)total->estimated, "exact", total->lower == total->upper, "lower",
                           (int)total->lower, "upper", (int)total->upper);
  json_t *explanation = explain_json(answer), *diagnosis = diagnosis_json(answer);
  if (answer->compiled->cut > 0)
    json_object_set_new(head, "cut", json_integer(answer->compiled->cut));
  if (explanation != NULL) json_object_set_new(head, "explain", explanation);
  if (diagnosis != NULL) json_object_set_new(head, "diagnosis", diagnosis);
  if (answer->digest != NULL)
    json_object_set_new(head, "digest", json_pack("{s:s}", "sha256", answer->digest));
  return head;
}

/* Where hits go, with `between` before all but the first and `after` behind each. */
typedef struct Sink {
  FILE *out;
  const char *between, *after;
  gboolean begun;
} Sink;

static void write_hit(Answer *answer, const Hit *hit, gpointer data)
{
  Sink *sink = data;
  json_t *object = hit_json(answer, hit);
  if (sink->begun) fputs(sink->between, sink->out);
  json_dumpf(object, sink->out, DUMP_FLAGS);
  fputs(sink->after, sink->out);
  json_decref(object);
  sink->begun = TRUE;
}

static void write_line(json_t *object, FILE *out)
{
  json_dumpf(object, out, DUMP_FLAGS);
  fputc('\n', out);
  json_decref(object);
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
  json_object_set_new(head, "offset", json_integer(answer->offset));
  json_t *facets = facets_json(answer, context->urls);
  write_open(head, context->out);
  fputs(",\"results\":[", context->out);
  Sink sink = {context->out, ",", "", FALSE};
  answer->with_copies = TRUE;
  gboolean ok = output_hits(answer, write_hit, &sink, error);
  if (ok) {
    fputs("],\"facets\":", context->out);
    json_dumpf(facets, context->out, DUMP_FLAGS);
    if (answer->timeline != NULL) {
      json_t *timeline = timeline_json(answer->timeline);
      fputs(",\"timeline\":", context->out);
      json_dumpf(timeline, context->out, DUMP_FLAGS);
      json_decref(timeline);
    }
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
  json_object_set_new(object, "facets", facets_json(answer, context->urls));
  write_line(object, context->out);
  return TRUE;
}

static gboolean json_timeline(Answer *answer, const OutputContext *context, GError **error)
{
  (void)error;
  json_t *object = head_json(answer, context->request);
  json_object_set_new(object, "timeline", timeline_json(answer->timeline));
  write_line(object, context->out);
  return TRUE;
}

void output_provenance(const Answer *answer, const OutputContext *context)
{
  write_line(head_json(answer, context->request), context->out);
}

/* As JSON Lines input, which may be indexed again. */
static gboolean json_article(const Article *article, const OutputContext *context, GError **error)
{
  (void)error;
  g_autofree char *text = article_dump(article);
  fprintf(context->out, "%s\n", text);
  return TRUE;
}

static gboolean jsonl_search(Answer *answer, const OutputContext *context, GError **error)
{
  Sink sink = {context->out, "", "\n", FALSE};
  answer->with_copies = TRUE;
  return output_hits(answer, write_hit, &sink, error);
}

static gboolean jsonl_facets(Answer *answer, const OutputContext *context, GError **error)
{
  (void)error;
  for (guint i = 0; i < answer->facets->len; i++) {
    const Facet *facet = g_ptr_array_index(answer->facets, i);
    for (guint v = 0; v < facet->values->len; v++) {
      const FacetValue *value = g_ptr_array_index(facet->values, v);
      write_line(json_pack("{s:s, s:s, s:s, s:i}", "facet", schema_field(facet->field)->name,
                           "value", value->value, "label", value->label, "count",
                           (int)value->count),
                 context->out);
    }
  }
  return TRUE;
}

const Output output_json = {"json", json_search, json_facets, json_timeline, json_article, TRUE};
const Output output_jsonl = {"jsonl", jsonl_search, jsonl_facets, timeline_jsonl, json_article};
