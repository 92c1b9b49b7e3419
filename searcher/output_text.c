/* output_text.c - answers for people at a terminal. */
#include <string.h>

#include "output.h"
#include "text_layout.h"

enum { INDENT = 4, BAR_MAX = 30, LABEL_MAX = 60, HEADING_MAX = 80 };

/* ---- the line of counts ---- */

static void write_total(const Answer *answer, FILE *out)
{
  const ShimCounts *total = &answer->total;
  g_autofree char *value = output_number(total->estimated);
  const char *noun = total->estimated == 1 ? "article" : "articles";
  if (total->lower == total->upper) {
    fprintf(out, "%s %s", value, noun);
    return;
  }
  g_autofree char *lower = output_number(total->lower);
  g_autofree char *upper = output_number(total->upper);
  fprintf(out, "about %s %s (%s to %s)", value, noun, lower, upper);
}

static void write_head(const Answer *answer, const OutputContext *context)
{
  FILE *out = context->out;
  g_autofree char *understood = output_printable(answer->understood);
  write_total(answer, out);
  if (*understood != '\0') fprintf(out, " for %s", understood);
  guint32 size = answer_size(answer);
  if (size > 0 && (answer->offset > 0 || size < answer->total.upper))
    fprintf(out, ", %u to %u shown", answer->offset + 1, answer->offset + size);
  fputc('\n', out);
}

/* ---- hits ---- */

/* An article without title is headed by the beginning of its text. */
static char *heading_of(const Article *article, gboolean *is_title)
{
  const char *title = article_first(article, FIELD_TITLE);
  *is_title = title != NULL;
  if (title != NULL) return g_strdup(title);
  const char *body = article_text(article);
  if (body == NULL) return g_strdup("(no title)");
  g_autofree char *start = g_utf8_substring(body, 0, MIN(HEADING_MAX, g_utf8_strlen(body, -1)));
  for (char *c = start; *c != '\0'; c++)
    if (*c == '\n') *c = ' ';
  return g_strconcat(start, strlen(start) < strlen(body) ? "…" : "", NULL);
}

static void write_heading(Answer *answer, const Hit *hit, const OutputContext *context)
{
  gboolean is_title = FALSE;
  g_autofree char *heading = heading_of(hit->article, &is_title);
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

static void write_hit(Answer *answer, const Hit *hit, const OutputContext *context)
{
  write_heading(answer, hit, context);
  write_particulars(hit, context);
  write_snippet(answer, hit, context);
  g_autofree char *id = output_printable(article_first(hit->article, FIELD_ID));
  fprintf(context->out, "%*sid %s\n", INDENT, "", id);
}

/* ---- facets ---- */

static void write_bar(guint32 count, guint32 most, FILE *out)
{
  guint cells = most == 0 ? 0 : (guint)(((guint64)count * BAR_MAX + most / 2) / most);
  for (guint i = 0; i < MAX(cells, 1); i++) fputs("█", out);
}

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
  write_bar(value->count, most, context->out);
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

static gboolean text_search(Answer *answer, const OutputContext *context, GError **error)
{
  write_head(answer, context);
  for (guint32 i = 0; i < answer_size(answer); i++) {
    Hit hit;
    HitStatus status = answer_hit(answer, i, &hit, error);
    if (status == HIT_FAILED) return FALSE;
    if (status == HIT_GONE) continue;
    write_hit(answer, &hit, context);
    hit_clear(&hit);
  }
  write_facets(answer, context);
  return TRUE;
}

static gboolean text_facets(Answer *answer, const OutputContext *context, GError **error)
{
  (void)error;
  write_total(answer, context->out);
  g_autofree char *understood = output_printable(answer->understood);
  if (*understood != '\0') fprintf(context->out, " for %s", understood);
  fputc('\n', context->out);
  write_facets(answer, context);
  return TRUE;
}

const Output output_text = {"text", text_search, text_facets};
