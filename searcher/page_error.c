/* page_error.c - what is wrong, where, and what to do. See page.h. */
#include <string.h>

#include "cgi.h"
#include "page.h"

/* The message of a query's error has three lines: a sentence, the query, a caret. */
static void write_message(GString *out, const char *message)
{
  const char *newline = strchr(message, '\n');
  gsize len = newline == NULL ? strlen(message) : (gsize)(newline - message);
  html(out, "<p class=\"wrong\" role=\"alert\">");
  html_text_len(out, message, len);
  html(out, "</p>\n");
  if (newline == NULL) return;
  html(out,
       "<pre class=\"place\" tabindex=\"0\" role=\"group\" aria-label=\"The place in the query\">");
  html_text(out, newline + 1);
  html(out, "</pre>\n");
}

static const char *heading(int status)
{
  switch (status) {
  case 400: return "That cannot be searched for";
  case 404: return "Not found";
  case 503: return "The archive is not available";
  default: return status_words(status);
  }
}

void page_error(Page *page, const char *message)
{
  GString *out = page->out;
  page_begin(page, heading(page->status));
  html(out, "<h1>");
  html_text(out, heading(page->status));
  html(out, "</h1>\n");
  write_message(out, message);
  if (page->status == 400) {
    Link help = link_to_front(page->view);
    help.view.kind = VIEW_HELP;
    page_choices(page);
    html(out, "<p><a");
    html_link(out, &help);
    html(out, ">How to write a query</a></p>\n");
  }
  page_end(page, NULL);
}
