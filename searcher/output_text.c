/* output_text.c - answers for people at a terminal. */
#include <string.h>

#include "output.h"
#include "output_explain.h"
#include "output_timeline.h"
#include "text_layout.h"

enum { INDENT = 4, LABEL_MAX = 60, DATE_COLUMN = 11 };

/* ---- the line of counts ---- */

static void write_head(const Answer *answer, const OutputContext *context)
{
  FILE *out = context->out;
  g_autofree char *total = output_total(answer);
  fputs(total, out);
  guint32 size = answer_size(answer);
  if (size > 0 && (answer->offset > 0 || size < answer->total.upper))
    fprintf(out, ", %u to %u shown", answer->offset + 1, answer->offset + size);
  fputc('\n', out);
}

static void write_understanding(const Answer *answer, const OutputContext *context)
{
  explain_write_cut(answer, context->out);
  explain_write(answer, context);
  diagnosis_write(answer, context);
}

/* ---- hits ---- */

static void write_heading(Answer *answer, const Hit *hit, const OutputContext *context)
{
  gboolean is_title = FALSE;
  g_autofree char *heading = output_heading(hit->article, &is_title);
  g_autoptr(GArray) spans = highlight(answer->highlighter, heading, strlen(heading), is_title);
  fprintf(context->out, "\n%*u. ", INDENT - 2, hit->rank);
  Layout layout = {.out = context->out,
                   .colour = context->colour,
                   .width = context->width,
                   .indent = INDENT,
                   .bold = TRUE};
  layout_text(&layout, heading, spans);
}

static void write_particulars(const Hit *hit, const OutputContext *context)
{
  static const FieldId fields[] = {FIELD_DATE, FIELD_SOURCE, FIELD_COUNTRY, FIELD_ACTOR};
  g_autoptr(GString) line = g_string_new(NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
    g_autofree char *values = output_values(hit->article, fields[i], ", ");
    if (values == NULL) continue;
    if (line->len > 0) g_string_append(line, " · ");
    g_string_append(line, values);
  }
  g_autofree char *copies = copies_text(&hit->copies);
  if (copies != NULL) g_string_append_printf(line, "%s%s", line->len > 0 ? " · " : "", copies);
  if (line->len == 0) return;
  fprintf(context->out, "%*s", INDENT, "");
  Layout layout = {.out = context->out,
                   .colour = context->colour,
                   .width = context->width,
                   .indent = INDENT,
                   .dim = TRUE};
  layout_text(&layout, line->str, NULL);
}

static void write_snippet(Answer *answer, const Hit *hit, const OutputContext *context)
{
  Snippet snippet = output_snippet(answer, hit->article);
  if (*snippet.text != '\0') {
    fprintf(context->out, "%*s", INDENT, "");
    Layout layout = {
        .out = context->out, .colour = context->colour, .width = context->width, .indent = INDENT};
    layout_text(&layout, snippet.text, snippet.spans);
  }
  snippet_clear(&snippet);
}

static void write_hit(Answer *answer, const Hit *hit, gpointer data)
{
  const OutputContext *context = data;
  write_heading(answer, hit, context);
  write_particulars(hit, context);
  write_snippet(answer, hit, context);
  g_autofree char *id = output_printable(article_first(hit->article, FIELD_ID));
  fprintf(context->out, "%*sid %s\n", INDENT, "", id);
}

/* ---- facets ---- */

static int label_width(const Facet *facet)
{
  int width = 0;
  for (guint i = 0; i < facet->values->len; i++) {
    const FacetValue *value = g_ptr_array_index(facet->values, i);
    width = MAX(width, layout_columns(value->label));
  }
  return MIN(width, LABEL_MAX);
}

static void write_facet_value(const FacetValue *value, int width, guint32 most,
                              const OutputContext *context)
{
  g_autofree char *label = output_printable(value->label);
  int padding = width - layout_columns(label);
  g_autofree char *count = output_number(value->count);
  fprintf(context->out, "%c %s%*s %9s  ", value->selected ? '*' : ' ', label, MAX(padding, 0), "",
          count);
  output_bar(context->out, (double)value->count / most);
  fputc('\n', context->out);
}

static void write_facet(const Facet *facet, const OutputContext *context)
{
  FILE *out = context->out;
  if (facet->values->len == 0) return;
  fprintf(out, "\n%s%s%s\n", context->colour ? "\033[1m" : "", schema_field(facet->field)->label,
          context->colour ? "\033[0m" : "");
  guint32 most = ((const FacetValue *)g_ptr_array_index(facet->values, 0))->count;
  int width = label_width(facet);
  for (guint i = 0; i < facet->values->len; i++)
    write_facet_value(g_ptr_array_index(facet->values, i), width, most, context);
  if (facet->values->len < facet->distinct)
    fprintf(out, "  and %u more; --facet-limit all shows them\n",
            facet->distinct - facet->values->len);
}

static void write_facets(const Answer *answer, const OutputContext *context)
{
  for (guint i = 0; i < answer->facets->len; i++)
    write_facet(g_ptr_array_index(answer->facets, i), context);
}

/* ---- the output ---- */

static void write_digest(const Answer *answer, FILE *out)
{
  if (answer->digest == NULL) return;
  fprintf(out, "\nindex %s, revision %" G_GUINT64_FORMAT "\nsha256 %s\n", answer->index_uuid,
          answer->revision, answer->digest);
}

static gboolean text_search(Answer *answer, const OutputContext *context, GError **error)
{
  write_head(answer, context);
  write_understanding(answer, context);
  answer->with_copies = TRUE;
  if (!output_hits(answer, write_hit, (gpointer)context, error)) return FALSE;
  write_facets(answer, context);
  write_digest(answer, context->out);
  return TRUE;
}

static gboolean text_facets(Answer *answer, const OutputContext *context, GError **error)
{
  (void)error;
  g_autofree char *total = output_total(answer);
  fprintf(context->out, "%s\n", total);
  write_understanding(answer, context);
  write_facets(answer, context);
  write_digest(answer, context->out);
  return TRUE;
}

void output_text_line(const Article *article, gboolean bold, const OutputContext *context)
{
  gboolean is_title;
  g_autofree char *heading = output_heading(article, &is_title);
  g_autofree char *id = output_line(article_first(article, FIELD_ID));
  g_autofree char *source = output_values(article, FIELD_SOURCE, "");
  g_autofree char *line = g_strdup_printf("%s (%s%sid %s)", heading, source == NULL ? "" : source,
                                          source == NULL ? "" : ", ", id);
  const char *date = article_first(article, FIELD_DATE);
  fprintf(context->out, "%-*s", DATE_COLUMN, date == NULL ? "" : date);
  Layout layout = {.out = context->out,
                   .colour = context->colour,
                   .width = context->width,
                   .indent = DATE_COLUMN,
                   .bold = bold};
  layout_text(&layout, line, NULL);
}

const Output output_text = {"text", text_search, text_facets, timeline_text, NULL, TRUE};
