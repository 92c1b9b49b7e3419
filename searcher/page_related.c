/* page_related.c - copies of an article, articles like it, and those published around it. See
 * page.h. */
#include <string.h>

#include "../corpus/error.h"
#include "copies.h"
#include "neighbours.h"
#include "output.h"
#include "page.h"
#include "similar.h"

enum { SIMILAR = 5, AROUND = 2 };

/* `own`: it is the article of the page. */
static void write_item(Page *page, const Article *article, gboolean own)
{
  GString *out = page->out;
  gboolean is_title;
  g_autofree char *heading = output_heading(article, &is_title);
  Link link = link_to_front(page->view);
  link.view.article = article_first(article, FIELD_ID);
  html(out, "<li><a");
  html_link(out, &link);
  if (own) html(out, " aria-current=\"page\"");
  page_text_attributes(page, article);
  html(out, ">");
  html_text(out, heading);
  html(out, "</a> <span class=\"meta\">");
  page_date(page, article);
  html(out, " <span dir=\"auto\">");
  html_text(out, article_first(article, FIELD_SOURCE));
  html(out, "</span></span></li>\n");
}

static void write_article(Page *page, const Article *article)
{
  write_item(page, article, FALSE);
}

/* ---- copies ---- */

static void write_copies(Page *page, const Copies *copies)
{
  GString *out = page->out;
  g_autofree char *text = copies_text(copies);
  html(out, "<h2 id=\"copies\">Copies</h2>\n<p class=\"note\">");
  html_text(out, text);
  html(out, ", the same text but for small changes; with this article, the earliest first.</p>\n"
            "<ul class=\"related\">\n");
  for (guint i = 0; i < copies->articles->len; i++) {
    const Article *article = g_ptr_array_index(copies->articles, i);
    write_item(page, article, article == copies->own);
  }
  html(out, "</ul>\n");
}

gboolean page_copies(Page *page, const Article *article, GError **error)
{
  Copies copies = {0};
  if (!copies_find(page->db, article_first(article, FIELD_ID), &copies, error)) return FALSE;
  if (copies.n > 0) write_copies(page, &copies);
  copies_clear(&copies);
  return TRUE;
}

/* ---- like it ---- */

static gboolean write_hits(Page *page, Answer *answer, GError **error)
{
  for (guint32 i = 0; i < answer_size(answer); i++) {
    Hit hit;
    HitStatus status = answer_hit(answer, i, &hit, error);
    if (status == HIT_FAILED) return FALSE;
    if (status == HIT_GONE) continue;
    write_article(page, hit.article);
    hit_clear(&hit);
  }
  return TRUE;
}

/* They are found by a query of the article's words, which can be gone on with. */
gboolean page_similar(Page *page, const Article *article, GError **error)
{
  GError *none = NULL;
  g_autoptr(Request) request = request_new();
  request->limit = SIMILAR;
  request->estimate = TRUE;
  if (!similar_request(request, page->db, article_first(article, FIELD_ID), &none)) {
    if (!g_error_matches(none, SITREP_ERROR, SITREP_ERROR_USAGE)) {
      g_propagate_error(error, none);
      return FALSE;
    }
    g_clear_error(&none); /* it has no word to go by */
    return TRUE;
  }
  g_autoptr(Answer) answer = answer_new(request, page->db, error);
  if (answer == NULL) return FALSE;
  if (answer_size(answer) == 0) return TRUE;
  Link more = link_to_front(page->view);
  more.view.kind = VIEW_RESULTS;
  more.view.query = answer->understood;
  html(page->out, "<h2>Similar articles</h2>\n<ul class=\"related\">\n");
  if (!write_hits(page, answer, error)) return FALSE;
  html(page->out, "</ul>\n<p class=\"options\"><a");
  html_link(page->out, &more);
  html(page->out, ">More, by the words that tell it from others</a></p>\n");
  return TRUE;
}

/* ---- around it ---- */

gboolean page_neighbours(Page *page, const Article *article, GError **error)
{
  Neighbours around = {0};
  if (!neighbours_find(page->db, article, FALSE, AROUND, &around, error)) return FALSE;
  if (around.before->len + around.after->len > 0) {
    html(page->out, "<h2>Published around then</h2>\n<ul class=\"related\">\n");
    for (guint i = around.before->len; i-- > 0;)
      write_article(page, g_ptr_array_index(around.before, i));
    for (guint i = 0; i < around.after->len; i++)
      write_article(page, g_ptr_array_index(around.after, i));
    html(page->out, "</ul>\n");
  }
  neighbours_clear(&around);
  return TRUE;
}
