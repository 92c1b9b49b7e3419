/* output_explain.c - see output_explain.h */
#include "output_explain.h"

#include <string.h>

#include "text_layout.h"

enum { LABEL_MAX = 28, FORMS_SHOWN = 40 };

/* ---- labels ---- */

/* The word in the clothes of its leaf: one of several words of it, perhaps. */
static char *label_of_word(const LeafReport *report)
{
  const char *field = report->leaf->field == FIELD_TITLE ? "title:" : "";
  switch (report->leaf->kind) {
  case NODE_EXACT: return g_strconcat(field, "=", report->word, NULL);
  case NODE_PHRASE: return g_strconcat(field, "\"", report->word, "\"", NULL);
  default: return g_strconcat(field, report->word, NULL);
  }
}

char *explain_label(const LeafReport *report)
{
  const Node *leaf = report->leaf;
  gboolean text = leaf->field == FIELD_ANY || leaf->field == FIELD_TITLE;
  gboolean word = leaf->kind == NODE_WORD || leaf->kind == NODE_EXACT || leaf->kind == NODE_PHRASE;
  return text && word ? label_of_word(report) : query_print(leaf);
}

/* ---- columns ---- */

static void write_padded(FILE *out, const char *text, int width)
{
  g_autofree char *shown = output_printable(text);
  fprintf(out, "  %s%*s", shown, MAX(width - layout_columns(shown), 0), "");
}

static int widest(const GPtrArray *labels)
{
  int width = 0;
  for (guint i = 0; i < labels->len; i++)
    width = MAX(width, layout_columns(g_ptr_array_index(labels, i)));
  return MIN(width, LABEL_MAX);
}

/* ---- explanation ---- */

static char *list_forms(const LeafReport *report)
{
  GString *list = g_string_new(NULL);
  guint shown = MIN(report->forms->len, FORMS_SHOWN);
  for (guint i = 0; i < shown; i++) {
    const FormCount *form = g_ptr_array_index(report->forms, i);
    g_autofree char *count = output_number(form->count);
    g_string_append_printf(list, "%s%s %s", i == 0 ? "" : ", ", form->form, count);
  }
  if (report->found == 0) g_string_append(list, "nothing in the index");
  if (report->forms->len > shown)
    g_string_append_printf(list, ", and %u more (--format json has them)",
                           report->forms->len - shown);
  if (report->found > report->forms->len) {
    g_autofree char *found = output_number(report->found);
    g_autofree char *used = output_number(report->forms->len);
    g_string_append_printf(list, " [the %s most frequent of %s: --expand-limit]", used, found);
  }
  return g_string_free(list, FALSE);
}

void explain_write(const Answer *answer, const OutputContext *context)
{
  const GPtrArray *reports = answer->compiled->reports;
  if (reports == NULL || reports->len == 0) return;
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < reports->len; i++)
    g_ptr_array_add(labels, explain_label(g_ptr_array_index(reports, i)));
  int width = widest(labels);
  for (guint i = 0; i < reports->len; i++) {
    g_autofree char *list = list_forms(g_ptr_array_index(reports, i));
    write_padded(context->out, g_ptr_array_index(labels, i), width);
    fputs("  ", context->out);
    Layout layout = {.out = context->out,
                     .colour = context->colour,
                     .width = context->width,
                     .indent = width + 4};
    layout_text(&layout, list, NULL);
  }
}

void explain_write_cut(const Answer *answer, FILE *out)
{
  guint32 cut = answer->compiled->cut;
  if (cut == 0) return;
  fprintf(out,
          "%u %s of the query %s more words than are looked for: only the most frequent count "
          "(--expand-limit)\n",
          cut, cut == 1 ? "part" : "parts", cut == 1 ? "matches" : "match");
}

/* ---- diagnosis ---- */

static void write_parts(const Diagnosis *diagnosis, FILE *out)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new();
  for (guint i = 0; i < diagnosis->parts->len; i++)
    g_ptr_array_add(labels, ((QueryPart *)g_ptr_array_index(diagnosis->parts, i))->query);
  int width = widest(labels);
  if (labels->len > 0) {
    write_padded(out, "", width);
    fputs("      alone  without it\n", out);
  }
  for (guint i = 0; i < diagnosis->parts->len; i++) {
    const QueryPart *part = g_ptr_array_index(diagnosis->parts, i);
    g_autofree char *alone = output_number(part->alone);
    g_autofree char *without = output_number(part->without);
    write_padded(out, part->query, width);
    fprintf(out, "  %9s  %10s\n", alone, without);
  }
  if (diagnosis->left_out > 0)
    fprintf(out, "  %u %sparts were not looked at\n", diagnosis->left_out,
            labels->len > 0 ? "more " : "");
  if (!diagnosis->is_place || labels->len == 0) return;
  g_autofree char *together = output_number(diagnosis->together);
  fprintf(out, "  all of them, but elsewhere: %s %s\n", together,
          diagnosis->together == 1 ? "article" : "articles");
}

void diagnosis_write(const Answer *answer, const OutputContext *context)
{
  const Diagnosis *diagnosis = answer->diagnosis;
  if (diagnosis == NULL) return;
  if (diagnosis->parts->len + diagnosis->left_out > 0) write_parts(diagnosis, context->out);
  if (diagnosis->suggestion == NULL) return;
  g_autofree char *suggestion = output_printable(diagnosis->suggestion);
  g_autofree char *number = output_number(diagnosis->suggested);
  fprintf(context->out, "Did you mean: %s (%s %s)\n", suggestion, number,
          diagnosis->suggested == 1 ? "article" : "articles");
}

/* ---- JSON ---- */

static json_t *report_json(const LeafReport *report)
{
  g_autofree char *leaf = query_print(report->leaf);
  json_t *forms = json_array();
  for (guint i = 0; i < report->forms->len; i++) {
    const FormCount *form = g_ptr_array_index(report->forms, i);
    json_array_append_new(
        forms, json_pack("{s:s, s:I}", "form", form->form, "count", (json_int_t)form->count));
  }
  return json_pack("{s:s, s:s, s:I, s:b, s:o}", "part", leaf, "word", report->word, "found",
                   (json_int_t)report->found, "cut", report->found > report->forms->len, "forms",
                   forms);
}

json_t *explain_json(const Answer *answer)
{
  const GPtrArray *reports = answer->compiled->reports;
  if (reports == NULL) return NULL;
  json_t *list = json_array();
  for (guint i = 0; i < reports->len; i++)
    json_array_append_new(list, report_json(g_ptr_array_index(reports, i)));
  return list;
}

json_t *diagnosis_json(const Answer *answer)
{
  const Diagnosis *diagnosis = answer->diagnosis;
  if (diagnosis == NULL) return NULL;
  json_t *parts = json_array(), *object = json_object();
  for (guint i = 0; i < diagnosis->parts->len; i++) {
    const QueryPart *part = g_ptr_array_index(diagnosis->parts, i);
    json_array_append_new(parts,
                          json_pack("{s:s, s:I, s:I}", "part", part->query, "alone",
                                    (json_int_t)part->alone, "without", (json_int_t)part->without));
  }
  json_object_set_new(object, "parts", parts);
  json_object_set_new(object, "left_out", json_integer(diagnosis->left_out));
  if (diagnosis->is_place && diagnosis->parts->len > 0)
    json_object_set_new(object, "together", json_integer(diagnosis->together));
  if (diagnosis->suggestion != NULL)
    json_object_set_new(object, "suggestion",
                        json_pack("{s:s, s:I}", "query", diagnosis->suggestion, "total",
                                  (json_int_t)diagnosis->suggested));
  return object;
}
