/* page.h - the pages of sitrep.cgi, one file each, and what they share. Pages are written onto a
 * buffer with the functions of html.h and view.h. */
#ifndef SITREP_PAGE_H
#define SITREP_PAGE_H

#include "../corpus/article.h"
#include "answer.h"
#include "html.h"
#include "site.h"
#include "view.h"

typedef struct Page {
  GString *out;
  const Site *site;
  const View *view;
  ShimDb *db;          /* NULL on pages of errors and on the help page */
  const char *address; /* of the program, as exchange_address() tells it */
  int status;          /* of HTTP; a page may change it */
} Page;

/* ---- pages: FALSE with an error, and the buffer is of no use then ---- */

gboolean page_front(Page *page, GError **error);
gboolean page_results(Page *page, GError **error);
gboolean page_facet(Page *page, GError **error);
gboolean page_article(Page *page, GError **error);
void page_help(Page *page);
/* Says what is wrong; the status of the page tells its kind. */
void page_error(Page *page, const char *message);
/* An OpenSearch description (XML): https://github.com/dewitt/opensearch */
void page_opensearch(Page *page);

/* The style sheet, and a name that changes with it. */
extern const char page_style[];
extern const gsize page_style_size;
const char *page_style_name(void);

/* ---- parts of pages ---- */

/* From the start to the opening of <main>: head, search box. `title` NULL: the site's alone. */
void page_begin(Page *page, const char *title);
/* From the end of <main> on. `answer`, NULL for none, tells the state of the index. */
void page_end(Page *page, const Answer *answer);

/* The end of the start tag of an element for a value of a field, ` dir="auto">` where its script
 * may run from the right, and what people read for the value: names of countries and languages. */
void page_label(Page *page, FieldId field, const char *value);
/* The label alone. */
void page_label_text(Page *page, FieldId field, const char *value);
/* A link that narrows the search to a value, as a chip. */
void page_chip(Page *page, FieldId field, const char *value);
/* Chips that take back what was chosen; nothing when nothing was. */
void page_choices(Page *page);
/* How the query was understood, and what each word of it matches. */
void page_understood(Page *page, const Answer *answer);
/* Why nothing matches, and what may have been meant; nothing when the answer does not say. */
void page_diagnosis(Page *page, const Answer *answer);
/* When the articles were published, as a drawing; nothing when that is a single period. */
void page_timeline(Page *page, const Answer *answer);
/* Lists of articles like one and of those published around it; FALSE with an error. */
gboolean page_similar(Page *page, const Article *article, GError **error);
gboolean page_neighbours(Page *page, const Article *article, GError **error);
/* The column of facets and dates. */
void page_facets(Page *page, const Answer *answer);
/* One value of a facet: a link that chooses or drops it, its count, and one that excludes it where
 * `with_exclude` says so. */
void page_facet_value(Page *page, FieldId field, const FacetValue *value, gboolean with_exclude);
/* ` lang="ar" dir="auto"` for text of an article. */
void page_text_attributes(Page *page, const Article *article);
/* <time> with the article's date, nothing when it has none. */
void page_date(Page *page, const Article *article);

#endif
