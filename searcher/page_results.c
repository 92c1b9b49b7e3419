/* page_results.c - the articles that match, and what narrows them. See page.h. */
#include <string.h>

#include "../corpus/error.h"
#include "output.h"
#include "page.h"

enum { FACET_VALUES = 5, CHIPS = 4, PERIODS = 100 };

/* ---- one article ---- */

/* How many copies there are, with a link that lists them. */
static void write_copies(Page *page, const Hit *hit)
{
  g_autofree char *text = copies_text(&hit->copies);
  if (text == NULL) return;
  Link link = link_to_search(page->view);
  link.view.article = article_first(hit->article, FIELD_ID);
  link.fragment = "copies";
  html(page->out, " <a");
  html_link(page->out, &link);
  html(page->out, ">");
  html_text(page->out, text);
  html(page->out, "</a>");
}

/* "2006-08-14 · Reuters · United Kingdom" */
static void write_line(Page *page, const Hit *hit, gboolean with_language)
{
  GString *out = page->out;
  const Article *article = hit->article;
  const char *source = article_first(article, FIELD_SOURCE);
  const char *lang = article_first(article, FIELD_LANG);
  html(out, "<p class=\"meta\">");
  page_date(page, article);
  if (source != NULL) {
    Link link = link_to_search(page->view);
    link.with = (Choice){FIELD_SOURCE, source, FALSE};
    html(out, " <a");
    html_link(out, &link);
    page_label(page, FIELD_SOURCE, source);
    html(out, "</a>");
  }
  if (lang != NULL && with_language) {
    html(out, " <span");
    page_label(page, FIELD_LANG, lang);
    html(out, "</span>");
  }
  write_copies(page, hit);
  html(out, "</p>\n");
}

/* Where all articles are in one language, it need not be said of each. */
static gboolean has_languages(const Answer *answer)
{
  for (guint i = 0; i < answer->facets->len; i++) {
    const Facet *facet = g_ptr_array_index(answer->facets, i);
    if (facet->field == FIELD_LANG) return facet->distinct > 1;
  }
  return TRUE;
}

/* Values of a field as chips, until `*left` are written. Chosen ones say nothing new. */
static void write_chips(Page *page, const Article *article, FieldId field, guint *left)
{
  const GPtrArray *values = article_values(article, field);
  for (guint i = 0; values != NULL && *left > 0 && i < values->len; i++) {
    const char *value = g_ptr_array_index(values, i);
    if (view_choice(page->view, field, value) != NULL) continue;
    page_chip(page, field, value);
    --*left;
  }
}

static void write_hit(Page *page, Answer *answer, const Hit *hit)
{
  GString *out = page->out;
  const Article *article = hit->article;
  const char *title = article_first(article, FIELD_TITLE);
  guint left = CHIPS;
  Link link = link_to_search(page->view);
  link.view.article = article_first(article, FIELD_ID);
  html(out, "<li><article><h2");
  page_text_attributes(page, article);
  html(out, "><a");
  html_link(out, &link);
  html(out, ">");
  if (title != NULL) {
    g_autoptr(GArray) spans = highlight(answer->highlighter, title, strlen(title), TRUE);
    html_marked(out, title, spans);
  } else {
    html(out, "Without title");
  }
  html(out, "</a></h2>\n");
  write_line(page, hit, has_languages(answer));
  Snippet snippet = output_snippet(answer, article);
  html(out, "<p");
  page_text_attributes(page, article);
  html(out, ">");
  html_marked(out, snippet.text, snippet.spans);
  html(out, "</p>\n<ul class=\"chips\" aria-label=\"Narrow to\">");
  snippet_clear(&snippet);
  write_chips(page, article, FIELD_COUNTRY, &left);
  write_chips(page, article, FIELD_ACTOR, &left);
  html(out, "</ul></article></li>\n");
}

static gboolean write_hits(Page *page, Answer *answer, GError **error)
{
  html(page->out, "<ol class=\"hits\"");
  html_attr_number(page->out, "start", answer->offset + 1);
  html(page->out, ">\n");
  answer->with_copies = TRUE;
  for (guint32 i = 0; i < answer_size(answer); i++) {
    Hit hit;
    HitStatus status = answer_hit(answer, i, &hit, error);
    if (status == HIT_FAILED) return FALSE;
    if (status == HIT_GONE) continue;
    write_hit(page, answer, &hit);
    hit_clear(&hit);
  }
  html(page->out, "</ol>\n");
  return TRUE;
}

/* ---- how they are shown ---- */

static void write_option(GString *out, const Link *link, const char *label, gboolean current)
{
  html(out, " <a");
  html_link(out, link);
  if (current) html(out, " aria-current=\"true\"");
  html(out, ">");
  html_text(out, label);
  html(out, "</a>");
}

/* Filters alone have no relevance: then the newest come first. */
static void write_orders(Page *page, gboolean is_ranked)
{
  static const char *const labels[] = {
      [SORT_RELEVANCE] = "Relevance", [SORT_NEWEST] = "Newest", [SORT_OLDEST] = "Oldest"};
  SortOrder current = page->view->sort;
  if (!is_ranked && current == SORT_RELEVANCE) current = SORT_NEWEST;
  html(page->out, "<nav class=\"options\" aria-label=\"Order\">");
  for (int sort = is_ranked ? SORT_RELEVANCE : SORT_NEWEST; sort <= SORT_OLDEST; sort++) {
    Link link = link_to_search(page->view);
    link.view.sort = (SortOrder)sort;
    write_option(page->out, &link, labels[sort], current == (SortOrder)sort);
  }
  html(page->out, "</nav>\n");
}

static void write_sizes(Page *page)
{
  static const guint32 sizes[] = {10, 25, 50, 100};
  html(page->out, "<nav class=\"options\" aria-label=\"Articles a page\">Articles a page");
  for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
    Link link = link_to_search(page->view);
    char label[8];
    link.view.size = sizes[i];
    g_snprintf(label, sizeof(label), "%u", sizes[i]);
    write_option(page->out, &link, label, view_size(page->view) == sizes[i]);
  }
  html(page->out, "</nav>\n");
}

static void write_formats(Page *page)
{
  static const char *const formats[][2] = {{"csv", "CSV"},          {"json", "JSON"},
                                           {"jsonl", "JSON Lines"}, {"atom", "Atom"},
                                           {"ris", "RIS"},          {"bibtex", "BibTeX"}};
  html(page->out, "<nav class=\"options\" aria-label=\"All articles in another format\">"
                  "All of them as");
  for (gsize i = 0; i < G_N_ELEMENTS(formats); i++) {
    Link link = link_to_search(page->view);
    link.view.size = 0;
    link.view.format = formats[i][0];
    write_option(page->out, &link, formats[i][1], FALSE);
  }
  html(page->out, "</nav>\n");
}

static void write_page_link(Page *page, guint32 number, const char *rel, const char *label)
{
  Link link = link_to_search(page->view);
  link.view.page = number;
  html(page->out, "<a");
  html_attr(page->out, "rel", rel);
  html_link(page->out, &link);
  html(page->out, ">");
  html_text(page->out, label);
  html(page->out, "</a> ");
}

/* Articles that pages lead to. */
static guint32 reachable(const Page *page, const Answer *answer)
{
  return MIN(answer->total.estimated, page->site->depth_limit);
}

static void write_paging(Page *page, const Answer *answer)
{
  GString *out = page->out;
  guint32 size = view_size(page->view), number = page->view->page;
  guint32 pages = (reachable(page, answer) + size - 1) / size;
  if (pages > 1) {
    html(out, "<nav class=\"paging\" aria-label=\"Pages\">");
    if (number > 1) write_page_link(page, number - 1, "prev", "← Previous");
    html(out, "<span>Page ");
    html_number(out, number);
    html(out, " of ");
    html_number(out, pages);
    html(out, "</span> ");
    if (number < pages) write_page_link(page, number + 1, "next", "Next →");
    html(out, "</nav>\n");
  }
  if (answer->total.estimated <= page->site->depth_limit) return;
  html(out, "<p class=\"note\">Pages lead to the first ");
  html_number(out, page->site->depth_limit);
  html(out, " articles. The formats below have all of them.</p>\n");
}

/* ---- the page ---- */

static void write_unknown(Page *page)
{
  for (guint i = 0; i < page->view->unknown->len; i++) {
    html(page->out, "<p class=\"note\">The address has a parameter that means nothing here and "
                    "was passed over: <code>");
    html_text(page->out, g_ptr_array_index(page->view->unknown, i));
    html(page->out, "</code></p>\n");
  }
}

static void write_count(Page *page, const Answer *answer)
{
  GString *out = page->out;
  guint32 total = answer->total.estimated;
  html(out, "<h1>");
  if (answer->total.lower != answer->total.upper) html(out, "About ");
  if (total == 0)
    html(out, "No");
  else
    html_number(out, total);
  html_text(out, total == 1 ? " article" : " articles");
  html(out, "</h1>\n");
}

static void write_results(Page *page, const Answer *answer)
{
  html(page->out, "<div class=\"bar\">");
  write_count(page, answer);
  if (answer->total.upper > 0) {
    html(page->out, "<a class=\"jump\" href=\"#narrow\">Narrow ↓</a>");
    write_orders(page, answer->compiled->is_ranked);
  }
  html(page->out, "</div>\n");
}

static gboolean write_page(Page *page, Answer *answer, GError **error)
{
  GString *out = page->out;
  page_begin(page, *answer->understood == '\0' ? "All articles" : answer->understood);
  html(out, "<div class=\"columns\"><div class=\"found\">\n");
  write_unknown(page);
  page_understood(page, answer);
  page_choices(page);
  write_results(page, answer);
  page_diagnosis(page, answer);
  page_timeline(page, answer);
  if (!write_hits(page, answer, error)) return FALSE;
  write_paging(page, answer);
  if (answer->total.upper > 0) {
    write_sizes(page);
    write_formats(page);
  }
  html(out, "</div>\n");
  page_facets(page, answer);
  html(out, "</div>\n");
  page_end(page, answer);
  return TRUE;
}

static gboolean check_depth(const Page *page, GError **error)
{
  guint64 first = (guint64)(page->view->page - 1) * view_size(page->view);
  if (first < page->site->depth_limit || page->view->page == 1) return TRUE;
  g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE,
              "page=%u: pages lead to the first %u articles; &format=csv has all of them",
              page->view->page, page->site->depth_limit);
  return FALSE;
}

gboolean page_results(Page *page, GError **error)
{
  if (!check_depth(page, error)) return FALSE;
  g_autoptr(Request) request = view_request(page->view, error);
  if (request == NULL) return FALSE;
  for (int i = 0; i < FIELD_COUNT; i++) request->facets[i] = schema_field((FieldId)i)->facet;
  request->facet_limit = FACET_VALUES;
  request->timeline = page->view->by == NULL ? TIMELINE_AUTO : timeline_scale(page->view->by);
  request->timeline_max = PERIODS;
  request->explain = request->diagnose = TRUE;
  request->expansion = page->site->expansion_limit;
  g_autoptr(Answer) answer = answer_new(request, page->db, error);
  return answer != NULL && write_page(page, answer, error);
}
