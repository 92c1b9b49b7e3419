/* page_explain.c - how a query was understood, what its words match, and why it finds nothing. See
 * page.h. */
#include <string.h>

#include "output_explain.h"
#include "page.h"

enum { FORMS_SHOWN = 12 };

/* ---- what was understood ---- */

static void write_forms(GString *out, const LeafReport *report)
{
  guint shown = MIN(report->forms->len, FORMS_SHOWN);
  for (guint i = 0; i < shown; i++) {
    const FormCount *form = g_ptr_array_index(report->forms, i);
    html_text(out, i == 0 ? "" : ", ");
    html(out, "<bdi>");
    html_text(out, form->form);
    html(out, "</bdi> ");
    html_number(out, form->count);
  }
  if (report->found == 0) html(out, "nothing in the index");
  if (report->found > shown) {
    html(out, " and ");
    html_number(out, report->found - shown);
    html(out, " more");
  }
  if (report->found > report->forms->len) {
    html(out, ", of which the ");
    html_number(out, report->forms->len);
    html(out, " most frequent were looked for");
  }
}

static void write_reports(Page *page, const GPtrArray *reports)
{
  GString *out = page->out;
  if (reports == NULL || reports->len == 0) return;
  html(out, "<details class=\"words\"><summary>What each word matches</summary>\n<dl>\n");
  for (guint i = 0; i < reports->len; i++) {
    const LeafReport *report = g_ptr_array_index(reports, i);
    g_autofree char *label = explain_label(report);
    html(out, "<div><dt><code dir=\"auto\">");
    html_text(out, label);
    html(out, "</code></dt><dd>");
    write_forms(out, report);
    html(out, "</dd></div>\n");
  }
  html(out, "</dl></details>\n");
}

void page_understood(Page *page, const Answer *answer)
{
  GString *out = page->out;
  if (*answer->understood != '\0') {
    html(out, "<p class=\"understood\">Understood as <code dir=\"auto\">");
    html_text(out, answer->understood);
    html(out, "</code></p>\n");
  }
  write_reports(page, answer->compiled->reports);
  if (answer->compiled->cut > 0)
    html(out, "<p class=\"note\">A part of the query matches more words than are looked for: only "
              "the most frequent of them count.</p>\n");
  if (answer->hint == NULL) return;
  html(out, "<p class=\"note\">");
  html_text(out, answer->hint);
  html(out, ".</p>\n");
}

/* ---- why nothing matches ---- */

/* A number of articles that leads to them. */
static void write_count(Page *page, guint32 count, const char *query)
{
  Link link = link_to_front(page->view);
  link.view.kind = VIEW_RESULTS;
  link.view.query = query;
  html(page->out, "<td>");
  if (count > 0) {
    html(page->out, "<a");
    html_link(page->out, &link);
    html(page->out, ">");
  }
  html_number(page->out, count);
  if (count > 0) html(page->out, "</a>");
  html(page->out, "</td>");
}

/* The query of all parts but one. */
static char *without(const Diagnosis *diagnosis, guint left_out)
{
  GString *query = g_string_new(NULL);
  for (guint i = 0; i < diagnosis->parts->len; i++) {
    const QueryPart *part = g_ptr_array_index(diagnosis->parts, i);
    if (i == left_out) continue;
    g_string_append_printf(query, "%s(%s)", query->len > 0 ? " " : "", part->query);
  }
  return g_string_free(query, FALSE);
}

static void write_parts(Page *page, const Diagnosis *diagnosis)
{
  GString *out = page->out;
  gboolean others = !diagnosis->is_place && diagnosis->left_out == 0;
  html(out,
       "<table>\n<thead><tr><th scope=\"col\">Part of the query</th>"
       "<th scope=\"col\">Alone</th><th scope=\"col\">Without it</th></tr></thead>\n<tbody>\n");
  for (guint i = 0; i < diagnosis->parts->len; i++) {
    const QueryPart *part = g_ptr_array_index(diagnosis->parts, i);
    g_autofree char *rest = without(diagnosis, i);
    html(out, "<tr><th scope=\"row\"><code dir=\"auto\">");
    html_text(out, part->query);
    html(out, "</code></th>");
    write_count(page, part->alone, part->query);
    if (others)
      write_count(page, part->without, rest);
    else {
      html(out, "<td>");
      html_number(out, part->without);
      html(out, "</td>");
    }
    html(out, "</tr>\n");
  }
  html(out, "</tbody></table>\n");
  if (diagnosis->left_out > 0)
    html_textf(out, "%u more parts were not looked at. ", diagnosis->left_out);
  if (!diagnosis->is_place) return;
  html(out, "<p class=\"note\">All of these words, but elsewhere: ");
  html_number(out, diagnosis->together);
  html(out, ".</p>\n");
}

void page_diagnosis(Page *page, const Answer *answer)
{
  const Diagnosis *diagnosis = answer->diagnosis;
  GString *out = page->out;
  if (diagnosis == NULL) return;
  if (diagnosis->suggestion != NULL) {
    Link link = link_to_front(page->view);
    link.view.kind = VIEW_RESULTS;
    link.view.query = diagnosis->suggestion;
    html(out, "<p class=\"meant\">Did you mean <a");
    html_link(out, &link);
    html(out, "><code dir=\"auto\">");
    html_text(out, diagnosis->suggestion);
    html(out, "</code></a>? ");
    html_number(out, diagnosis->suggested);
    html_text(out, diagnosis->suggested == 1 ? " article" : " articles");
    html(out, "</p>\n");
  }
  if (diagnosis->parts->len > 0) write_parts(page, diagnosis);
}
