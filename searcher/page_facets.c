/* page_facets.c - the column of facets, and a page for all values of one. See page.h. */
#include <string.h>

#include "../corpus/fold.h"
#include "page.h"

/* ---- one value ---- */

static void write_link(Page *page, const Link *link, FieldId field, const char *value)
{
  html(page->out, "<a");
  html_link(page->out, link);
  page_label(page, field, value);
  html(page->out, "</a>");
}

static void write_exclude(Page *page, FieldId field, const char *value)
{
  Link link = link_to_search(page->view);
  link.with = (Choice){field, value, TRUE};
  html(page->out, " <a");
  html_link(page->out, &link);
  html(page->out, "><b>Exclude ");
  page_label_text(page, field, value);
  html(page->out, "</b></a>");
}

static void write_count(Page *page, guint32 count)
{
  html(page->out, " <span>");
  html_number(page->out, count);
  html(page->out, "</span>");
}

/* A value that is chosen or excluded: its link takes that back. */
static void write_choice(Page *page, const Choice *choice, guint32 count)
{
  Link link = link_to_search(page->view);
  link.without = choice;
  if (choice->excluded)
    html(page->out, "<li class=\"off\"><span class=\"vh\">Excluded, remove: </span>");
  else
    html(page->out, "<li class=\"on\"><span class=\"vh\">Chosen, remove: </span>");
  write_link(page, &link, choice->field, choice->value);
  if (!choice->excluded) write_count(page, count);
  html(page->out, "</li>\n");
}

void page_facet_value(Page *page, FieldId field, const FacetValue *value, gboolean with_exclude)
{
  const Choice *choice = view_choice(page->view, field, value->value);
  if (choice != NULL) {
    write_choice(page, choice, value->count);
    return;
  }
  Link link = link_to_search(page->view);
  link.with = (Choice){field, value->value, FALSE};
  html(page->out, "<li>");
  write_link(page, &link, field, value->value);
  write_count(page, value->count);
  if (with_exclude) write_exclude(page, field, value->value);
  html(page->out, "</li>\n");
}

/* What is chosen or excluded but in no article that is counted. */
static void write_other_choices(Page *page, const Facet *facet)
{
  for (guint i = 0; i < page->view->choices->len; i++) {
    const Choice *choice = &g_array_index(page->view->choices, Choice, i);
    gboolean shown = choice->field != facet->field;
    for (guint v = 0; v < facet->values->len && !shown; v++) {
      const FacetValue *value = g_ptr_array_index(facet->values, v);
      shown = view_choice(page->view, facet->field, value->value) == choice;
    }
    if (!shown) write_choice(page, choice, 0);
  }
}

/* ---- the column ---- */

/* The order in which they help most; what is not named follows in the schema's order. */
static const FieldId first_fields[] = {FIELD_COUNTRY, FIELD_ACTOR, FIELD_EVENT,
                                       FIELD_PLACE,   FIELD_TOPIC, FIELD_SOURCE};

static gboolean is_first(FieldId field)
{
  for (gsize i = 0; i < G_N_ELEMENTS(first_fields); i++)
    if (first_fields[i] == field) return TRUE;
  return FALSE;
}

static gboolean has_choice(const View *view, FieldId field)
{
  for (guint i = 0; i < view->choices->len; i++)
    if (g_array_index(view->choices, Choice, i).field == field) return TRUE;
  return FALSE;
}

static void write_more(Page *page, const Facet *facet)
{
  Link link = link_to_search(page->view);
  link.view.kind = VIEW_FACET;
  link.view.facet = (int)facet->field;
  html(page->out, "<a class=\"more\"");
  html_link(page->out, &link);
  html(page->out, ">All ");
  html_number(page->out, facet->distinct);
  html(page->out, "<span class=\"vh\"> values of ");
  html_text(page->out, schema_field(facet->field)->label);
  html(page->out, "</span></a>\n");
}

static void write_facet(Page *page, const Facet *facet)
{
  GString *out = page->out;
  gboolean chosen = has_choice(page->view, facet->field);
  if (facet->values->len == 0 && !chosen) return;
  html(out, "<details");
  if (is_first(facet->field) || chosen) html(out, " open");
  html(out, "><summary><h3>");
  html_text(out, schema_field(facet->field)->label);
  html(out, "</h3></summary>\n<ul class=\"values\">\n");
  for (guint i = 0; i < facet->values->len; i++)
    page_facet_value(page, facet->field, g_ptr_array_index(facet->values, i), TRUE);
  write_other_choices(page, facet);
  html(out, "</ul>\n");
  if (facet->values->len < facet->distinct) write_more(page, facet);
  html(out, "</details>\n");
}

static void write_date_field(GString *out, const char *label, gboolean since, const char *value)
{
  html(out, "<label>");
  html_text(out, label);
  html(out, " <input");
  html_attr(out, "name", since ? "since" : "until");
  html_attr(out, "value", value);
  html(out, " placeholder=\"1987-03\" size=\"10\" autocomplete=\"off\"></label>\n");
}

static void write_dates(Page *page)
{
  static const char *const own[] = {"since", "until", NULL};
  GString *out = page->out;
  html(out, "<form class=\"dates\" action=\"?\">\n");
  write_date_field(out, "From", TRUE, page->view->since);
  write_date_field(out, "to", FALSE, page->view->until);
  view_hidden_fields(out, page->view, own);
  html(out, "<button>Set</button></form>\n");
}

void page_facets(Page *page, const Answer *answer)
{
  html(page->out, "<aside id=\"narrow\" tabindex=\"-1\" aria-label=\"Narrow the search\">\n"
                  "<h2>Narrow the results</h2>\n");
  write_dates(page);
  for (gsize f = 0; f < G_N_ELEMENTS(first_fields); f++)
    for (guint i = 0; i < answer->facets->len; i++) {
      const Facet *facet = g_ptr_array_index(answer->facets, i);
      if (facet->field == first_fields[f]) write_facet(page, facet);
    }
  for (guint i = 0; i < answer->facets->len; i++) {
    const Facet *facet = g_ptr_array_index(answer->facets, i);
    if (!is_first(facet->field)) write_facet(page, facet);
  }
  html(page->out, "</aside>\n");
}

/* ---- all values of one facet ---- */

enum { VALUES_SHOWN = 200 };

static gboolean is_found(const FacetValue *value, const char *folded)
{
  if (folded == NULL) return TRUE;
  g_autofree char *label = fold_name(value->label, -1);
  return strstr(label, folded) != NULL;
}

static void write_find(Page *page)
{
  static const char *const own[] = {"find", NULL};
  html(page->out,
       "<form class=\"box find\" action=\"?\"><label class=\"vh\" for=\"find\">Find among "
       "the values</label><input id=\"find\" name=\"find\" dir=\"auto\" "
       "autocomplete=\"off\" placeholder=\"Find among the values\"");
  html_attr(page->out, "value", page->view->find);
  html(page->out, ">");
  view_hidden_fields(page->out, page->view, own);
  html(page->out, "<button>Find</button></form>\n");
}

static void write_values(Page *page, const Facet *facet)
{
  GString *out = page->out;
  guint found = 0;
  g_autofree char *folded = page->view->find == NULL ? NULL : fold_name(page->view->find, -1);
  html(out, "<ul class=\"values all\">\n");
  for (guint i = 0; i < facet->values->len; i++) {
    const FacetValue *value = g_ptr_array_index(facet->values, i);
    if (!is_found(value, folded)) continue;
    if (found < VALUES_SHOWN) page_facet_value(page, facet->field, value, TRUE);
    found++;
  }
  html(out, "</ul>\n<p class=\"note\">");
  html_number(out, found);
  html(out, " of ");
  html_number(out, facet->distinct);
  html(out, " values");
  if (found > VALUES_SHOWN)
    html_textf(out, ", the %d most frequent shown; find others by a part of their name",
               VALUES_SHOWN);
  html(out, ".</p>\n");
}

static void write_formats(Page *page)
{
  static const char *const formats[][2] = {{"csv", "CSV"}, {"json", "JSON"}};
  html(page->out, "<nav class=\"options\" aria-label=\"All values in another format\">"
                  "All values as");
  for (gsize i = 0; i < G_N_ELEMENTS(formats); i++) {
    Link link = {.view = *page->view};
    link.view.find = NULL;
    link.view.format = formats[i][0];
    html(page->out, " <a");
    html_link(page->out, &link);
    html(page->out, ">");
    html_text(page->out, formats[i][1]);
    html(page->out, "</a>");
  }
  html(page->out, "</nav>\n");
}

gboolean page_facet(Page *page, GError **error)
{
  FieldId field = (FieldId)page->view->facet;
  g_autoptr(Request) request = view_request(page->view, error);
  if (request == NULL) return FALSE;
  request->limit = 0;
  request->expansion = page->site->expansion_limit;
  request->facets[field] = TRUE;
  request->facet_limit = LIMIT_ALL;
  g_autoptr(Answer) answer = answer_new(request, page->db, error);
  if (answer == NULL) return FALSE;
  const Facet *facet = g_ptr_array_index(answer->facets, 0);
  Link back = link_to_search(page->view);
  page_begin(page, schema_field(field)->label);
  html(page->out, "<p><a");
  html_link(page->out, &back);
  html(page->out, ">← Back to the articles</a></p>\n<h1>");
  html_text(page->out, schema_field(field)->label);
  html(page->out, "</h1>\n");
  page_choices(page);
  write_find(page);
  write_values(page, facet);
  write_formats(page);
  page_end(page, answer);
  return TRUE;
}
