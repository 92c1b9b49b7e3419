/* page_article.c - one article: its text with the matches, and all that is known of it. See
 * page.h. */
#include <string.h>

#include "page.h"

/* ---- the text ---- */

/* Text in which an empty line ends a paragraph. */
static void write_paragraphs(GString *out, const char *text, gsize from, gsize to)
{
  while (from < to) {
    const char *gap = g_strstr_len(text + from, (gssize)(to - from), "\n\n");
    gsize end = gap == NULL ? to : (gsize)(gap - text);
    html_text_len(out, text + from, end - from);
    if (gap == NULL) return;
    html(out, "</p>\n<p dir=\"auto\">");
    from = end;
    while (from < to && text[from] == '\n') from++;
  }
}

/* A match, which leads to the next one, the last to the first. */
static void write_mark(GString *out, const char *text, Span span, guint number, guint of)
{
  html(out, "<mark");
  g_autofree char *id = g_strdup_printf("m%u", number);
  g_autofree char *next = g_strdup_printf("#m%u", number == of ? 1 : number + 1);
  html_attr(out, "id", id);
  html(out, "><a");
  html_attr(out, "href", next);
  html(out, " title=\"Next match\">");
  html_text_len(out, text + span.start, span.end - span.start);
  html(out, "</a></mark>");
}

static void write_body(Page *page, const Article *article, const char *text, const GArray *spans)
{
  GString *out = page->out;
  gsize at = 0;
  html(out, "<div class=\"text\"");
  page_text_attributes(page, article);
  html(out, ">\n<p dir=\"auto\">");
  for (guint i = 0; i < spans->len; i++) {
    Span span = g_array_index(spans, Span, i);
    write_paragraphs(out, text, at, span.start);
    write_mark(out, text, span, i + 1, spans->len);
    at = span.end;
  }
  write_paragraphs(out, text, at, strlen(text));
  html(out, "</p>\n</div>\n");
}

/* What was cut from the text as no part of the article, out of sight but not hidden. */
static void write_cuts(Page *page, const Article *article)
{
  GString *out = page->out;
  const GArray *cuts = article_cuts(article);
  const char *body = article_first(article, FIELD_BODY);
  if (cuts == NULL || cuts->len == 0) return;
  html(out, "<details class=\"cuts\"><summary>Cut from the text</summary>\n<dl>\n");
  for (guint i = 0; i < cuts->len; i++) {
    const Cut *cut = &g_array_index(cuts, Cut, i);
    html(out, "<dt>");
    html_text(out, cut->why);
    html(out, "</dt><dd dir=\"auto\">");
    html_text_len(out, body + cut->start, cut->end - cut->start);
    html(out, "</dd>\n");
  }
  html(out, "</dl></details>\n");
}

/* ---- what is known of it ---- */

static void write_value(Page *page, const Article *article, FieldId field, guint n)
{
  GString *out = page->out;
  const char *value = g_ptr_array_index(article_values(article, field), n);
  const char *why = article_why(article, field, n);
  html(out, "<dd>");
  if (schema_field(field)->facet) {
    Link link = link_to_front(page->view);
    link.view.kind = VIEW_RESULTS;
    link.with = (Choice){field, value, FALSE};
    html(out, "<a");
    html_link(out, &link);
    page_label(page, field, value);
    html(out, "</a>");
  } else {
    html(out, "<span dir=\"auto\">");
    html_text(out, value);
    html(out, "</span>");
  }
  if (*why != '\0') {
    html(out, " <small>");
    html_text(out, why);
    html(out, "</small>");
  }
  html(out, "</dd>\n");
}

static void write_field(Page *page, const Article *article, FieldId field)
{
  const GPtrArray *values = article_values(article, field);
  if (values == NULL || values->len == 0) return;
  html(page->out, "<div><dt>");
  html_text(page->out, schema_field(field)->label);
  if (article_is_derived(article, field)) html(page->out, " <small>derived</small>");
  html(page->out, "</dt>\n");
  for (guint i = 0; i < values->len; i++) write_value(page, article, field, i);
  html(page->out, "</div>\n");
}

static void write_fields(Page *page, const Article *article)
{
  html(page->out, "<h2>About this article</h2>\n<p class=\"note\">As the source states it; what "
                  "sitrep found in the text is marked derived, with where it was found.</p>\n<dl "
                  "class=\"fields\">\n");
  for (int i = 0; i < FIELD_COUNT; i++)
    if (i != FIELD_ID && schema_field((FieldId)i)->kind != KIND_TEXT)
      write_field(page, article, (FieldId)i);
  write_field(page, article, FIELD_ID);
  html(page->out, "</dl>\n");
}

/* ---- citing it ---- */

/* The article by itself, as a page or in another format. */
static void write_format(Page *page, const char *format, const char *label)
{
  Link link = link_to_front(page->view);
  link.view.article = page->view->article;
  link.view.format = format;
  html(page->out, "<a");
  html_link(page->out, &link);
  html(page->out, ">");
  html_text(page->out, label);
  html(page->out, "</a> ");
}

static void write_citation(Page *page, const Article *article, const Answer *answer)
{
  GString *out = page->out;
  const char *title = article_first(article, FIELD_TITLE);
  const char *source = article_first(article, FIELD_SOURCE);
  const char *date = article_first(article, FIELD_DATE);
  const char *url = article_first(article, FIELD_URL);
  html(out, "<h2>Cite</h2>\n<p class=\"cite\" dir=\"auto\">");
  if (title != NULL) html_textf(out, "“%s.” ", title);
  if (source != NULL) html_textf(out, "%s, ", source);
  html_textf(out, "%s. ", date == NULL ? "no date" : date);
  if (url != NULL) html_textf(out, "%s. ", url);
  html_textf(out, "Article %s of the index %s, revision %" G_GUINT64_FORMAT ".",
             article_first(article, FIELD_ID), answer->index_uuid, answer->revision);
  html(out, "</p>\n<p class=\"options\">");
  write_format(page, "ris", "RIS");
  write_format(page, "bibtex", "BibTeX");
  write_format(page, "json", "JSON");
  html(out, "</p>\n");
}

/* ---- the page ---- */

static void write_line(Page *page, const Article *article)
{
  GString *out = page->out;
  const char *source = article_first(article, FIELD_SOURCE);
  g_autoptr(GString) href = g_string_new(NULL);
  html(out, "<p class=\"meta\">");
  page_date(page, article);
  if (source != NULL) {
    html(out, " <span dir=\"auto\">");
    html_text(out, source);
    html(out, "</span>");
  }
  if (html_href(href, article_first(article, FIELD_URL))) {
    html(out, " <a rel=\"noopener noreferrer external\"");
    g_string_append_len(out, href->str, (gssize)href->len);
    html(out, ">Original article ↗</a>");
  }
  html(out, "</p>\n");
}

static void write_links(Page *page, guint matches)
{
  GString *out = page->out;
  html(out, "<p class=\"options\">");
  if (matches > 0) {
    html(out, "<a href=\"#m1\">");
    html_textf(out, "%u %s", matches, matches == 1 ? "match" : "matches");
    html(out, " ↓</a> ");
  }
  html(out, "<a href=\"#about\">About</a> ");
  write_format(page, NULL, "Permanent link");
  html(out, "</p>\n");
}

static void write_title(Page *page, const Article *article, const Answer *answer)
{
  const char *title = article_first(article, FIELD_TITLE);
  if (title == NULL) title = "Without title";
  g_autoptr(GArray) spans = highlight(answer->highlighter, title, strlen(title), TRUE);
  html(page->out, "<h1");
  page_text_attributes(page, article);
  html(page->out, ">");
  html_marked(page->out, title, spans);
  html(page->out, "</h1>\n");
}

static gboolean write_article(Page *page, const Article *article, const Answer *answer,
                              GError **error)
{
  GString *out = page->out;
  const char *title = article_first(article, FIELD_TITLE);
  const char *body = article_text(article);
  if (body == NULL) body = "";
  g_autoptr(GArray) spans = highlight(answer->highlighter, body, strlen(body), FALSE);
  page_begin(page, title == NULL ? "Without title" : title);
  if (page->view->query != NULL || page->view->choices->len > 0) {
    Link back = link_to_search(page->view);
    html(out, "<p><a");
    html_link(out, &back);
    html(out, ">← Back to the articles</a></p>\n");
  }
  html(out, "<article>\n");
  write_title(page, article, answer);
  write_line(page, article);
  write_links(page, spans->len);
  html(out, "<div class=\"columns reading\">\n<div>\n");
  write_body(page, article, body, spans);
  write_cuts(page, article);
  if (!page_copies(page, article, error) || !page_similar(page, article, error) ||
      !page_neighbours(page, article, error))
    return FALSE;
  html(out, "</div>\n<aside id=\"about\" tabindex=\"-1\" aria-label=\"About this article\">\n");
  write_fields(page, article);
  write_citation(page, article, answer);
  html(out, "</aside>\n</div>\n</article>\n");
  page_end(page, answer);
  return TRUE;
}

gboolean page_article(Page *page, GError **error)
{
  g_autoptr(Article) article = answer_article(page->db, page->view->article, error);
  if (article == NULL) return FALSE;
  g_autoptr(Request) request = view_request(page->view, error);
  if (request == NULL) return FALSE;
  request->limit = 0;
  request->estimate = TRUE;
  request->expansion = page->site->expansion_limit;
  g_autoptr(Answer) answer = answer_new(request, page->db, error);
  return answer != NULL && write_article(page, article, answer, error);
}
