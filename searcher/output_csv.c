/* output_csv.c - hits or facet values as CSV (RFC 4180, UTF-8, one header line). */
#include <string.h>

#include "output.h"
#include "output_timeline.h"

static void write_header(FILE *out)
{
  fputs("rank,score", out);
  for (int field = 0; field < FIELD_COUNT; field++)
    if (field != FIELD_BODY) output_cell(out, schema_field((FieldId)field)->name, FALSE);
  output_cell(out, "snippet", FALSE);
  output_end_row(out);
}

/* Codes, not labels; several values are joined by "|". */
static void write_field(FILE *out, const Article *article, FieldId field)
{
  const GPtrArray *values = article_values(article, field);
  g_autoptr(GString) joined = g_string_new(NULL);
  for (guint i = 0; values != NULL && i < values->len; i++) {
    if (i > 0) g_string_append_c(joined, '|');
    g_string_append(joined, g_ptr_array_index(values, i));
  }
  output_cell(out, joined->str, FALSE);
}

static void write_hit(Answer *answer, const Hit *hit, gpointer data)
{
  FILE *out = data;
  fprintf(out, "%u,%.6g", hit->rank, hit->score);
  for (int field = 0; field < FIELD_COUNT; field++)
    if (field != FIELD_BODY) write_field(out, hit->article, (FieldId)field);
  Snippet snippet = output_snippet(answer, hit->article);
  output_cell(out, snippet.text, FALSE);
  snippet_clear(&snippet);
  output_end_row(out);
}

static gboolean csv_search(Answer *answer, const OutputContext *context, GError **error)
{
  write_header(context->out);
  return output_hits(answer, write_hit, context->out, error);
}

static gboolean csv_facets(Answer *answer, const OutputContext *context, GError **error)
{
  (void)error;
  fputs("facet,value,label,count\r\n", context->out);
  for (guint i = 0; i < answer->facets->len; i++) {
    const Facet *facet = g_ptr_array_index(answer->facets, i);
    for (guint v = 0; v < facet->values->len; v++) {
      const FacetValue *value = g_ptr_array_index(facet->values, v);
      output_cell(context->out, schema_field(facet->field)->name, TRUE);
      output_cell(context->out, value->value, FALSE);
      output_cell(context->out, value->label, FALSE);
      fprintf(context->out, ",%u", value->count);
      output_end_row(context->out);
    }
  }
  return TRUE;
}

const Output output_csv = {"csv", csv_search, csv_facets, timeline_csv, NULL};
