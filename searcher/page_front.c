/* page_front.c - what the index holds, and how one asks. See page.h. */
#include <string.h>

#include "page.h"

enum { TOP_VALUES = 8 };

static void write_example(Page *page, const char *query)
{
  Link link = link_to_front(page->view);
  link.view.kind = VIEW_RESULTS;
  link.view.query = query;
  html(page->out, "<li><a");
  html_link(page->out, &link);
  html(page->out, "><code>");
  html_text(page->out, query);
  html(page->out, "</code></a></li>\n");
}

static void write_examples(Page *page)
{
  static const char *const queries[] = {"ceasefire", "\"prime minister\" OR president",
                                        "hostages -embassy", "title:coup", "siege date:1975..1985"};
  html(page->out, "<p class=\"label\">For example</p>\n<ul class=\"examples\">\n");
  for (gsize i = 0; i < G_N_ELEMENTS(queries); i++) write_example(page, queries[i]);
  html(page->out, "</ul>\n");
}

static void write_figure(GString *out, const char *label, const char *value)
{
  html(out, "<div><dt>");
  html_text(out, label);
  html(out, "</dt><dd>");
  html_text(out, value);
  html(out, "</dd></div>\n");
}

static const Facet *facet_of(const Answer *answer, FieldId field)
{
  for (guint i = 0; i < answer->facets->len; i++) {
    const Facet *facet = g_ptr_array_index(answer->facets, i);
    if (facet->field == field) return facet;
  }
  return NULL;
}

static void write_distinct(GString *out, const Answer *answer, FieldId field, const char *label)
{
  const Facet *facet = facet_of(answer, field);
  if (facet == NULL || facet->distinct < 2) return;
  char number[16];
  g_snprintf(number, sizeof(number), "%u", facet->distinct);
  write_figure(out, label, number);
}

/* "1987" to "1987" is one year. */
static void write_span(GString *out, const char *first, const char *last)
{
  if (first == NULL || last == NULL) return;
  g_autofree char *span = g_strdup_printf("%.4s – %.4s", first, last);
  write_figure(out, "Years", strncmp(first, last, 4) == 0 ? first : span);
}

static void write_figures(Page *page, const Answer *answer)
{
  GString *out = page->out;
  html(out, "<dl class=\"figures\">\n<div><dt>Articles</dt><dd>");
  html_number(out, answer->articles);
  html(out, "</dd></div>\n");
  write_span(out, answer->first_date, answer->last_date);
  write_distinct(out, answer, FIELD_LANG, "Languages");
  write_distinct(out, answer, FIELD_COUNTRY, "Countries");
  write_distinct(out, answer, FIELD_SOURCE, "Sources");
  html(out, "</dl>\n");
}

static void write_top(Page *page, const Answer *answer)
{
  static const FieldId fields[] = {FIELD_COUNTRY, FIELD_ACTOR,  FIELD_EVENT,
                                   FIELD_TOPIC,   FIELD_SOURCE, FIELD_LANG};
  GString *out = page->out;
  html(out, "<div class=\"tops\">\n");
  for (gsize f = 0; f < G_N_ELEMENTS(fields); f++) {
    const Facet *facet = facet_of(answer, fields[f]);
    if (facet == NULL || facet->values->len < 2) continue;
    html(out, "<section><h2>");
    html_text(out, schema_field(facet->field)->label);
    html(out, "</h2>\n<ul class=\"values\">\n");
    for (guint i = 0; i < facet->values->len; i++)
      page_facet_value(page, facet->field, g_ptr_array_index(facet->values, i), FALSE);
    html(out, "</ul></section>\n");
  }
  html(out, "</div>\n");
}

gboolean page_front(Page *page, GError **error)
{
  g_autoptr(Request) request = view_request(page->view, error);
  if (request == NULL) return FALSE;
  request->limit = 0;
  request->facet_limit = TOP_VALUES;
  request->span = TRUE;
  request->timeline = page->view->by == NULL ? TIMELINE_AUTO : timeline_scale(page->view->by);
  for (int i = 0; i < FIELD_COUNT; i++) request->facets[i] = schema_field((FieldId)i)->facet;
  g_autoptr(Answer) answer = answer_new(request, page->db, error);
  if (answer == NULL) return FALSE;
  page_begin(page, NULL);
  html(page->out, "<h1 class=\"vh\">");
  html_text(page->out, page->site->title);
  html(page->out, "</h1>\n");
  write_examples(page);
  write_figures(page, answer);
  page_timeline(page, answer);
  Link all = link_to_front(page->view);
  all.view.kind = VIEW_RESULTS;
  html(page->out, "<p><a");
  html_link(page->out, &all);
  html(page->out, ">All articles, the newest first</a></p>\n");
  write_top(page, answer);
  page_end(page, answer);
  return TRUE;
}
