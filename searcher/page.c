/* page.c - what the pages share: head, search box, chips, foot. See page.h. */
#include "page.h"

#include <string.h>

#include "../corpus/language.h"
#include "page_style.inc"

const char page_style[] = {PAGE_STYLE_BYTES};
const gsize page_style_size = sizeof(page_style);

const char *page_style_name(void)
{
  return PAGE_STYLE_NAME;
}

/* ---- head ---- */

enum { FEED_SIZE = 50 };

static void write_head(Page *page, const char *title)
{
  GString *out = page->out;
  html(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
  if (title != NULL) {
    html_text(out, title);
    html(out, " – ");
  }
  html_text(out, page->site->title);
  html(out, "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"color-scheme\" content=\"light dark\">\n"
            "<link rel=\"stylesheet\" href=\"?style=");
  html_url_arg(out, page_style_name());
  html(out, "\">\n<link rel=\"icon\" href=\"data:image/svg+xml,"
            "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E"
            "%3Cpath d='M0 0h8v8H0z' fill='%23b3261e'/%3E"
            "%3Cpath d='M1.5 2h5v1h-5zm0 2h5v1h-5zm0 2h3v1h-3z' fill='%23fff'/%3E%3C/svg%3E\">\n"
            "<link rel=\"search\" type=\"application/opensearchdescription+xml\" "
            "href=\"?opensearch\"");
  html_attr(out, "title", page->site->title);
  html(out, ">\n");
  if (page->view->kind == VIEW_RESULTS && page->status == 200) {
    Link feed = link_to_search(page->view);
    feed.view.sort = SORT_NEWEST;
    feed.view.size = FEED_SIZE;
    feed.view.format = "atom";
    html(out,
         "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"The newest of these\"");
    html_link(out, &feed);
    html(out, ">\n");
  }
  if (page->view->kind == VIEW_ARTICLE && page->view->article != NULL) {
    Link link = link_to_front(page->view);
    link.view.article = page->view->article;
    html(out, "<link rel=\"canonical\"");
    html_link(out, &link);
    html(out, ">\n");
  }
  html(out, "</head>\n");
}

/* Several indexes: which one is asked. */
static void write_indexes(Page *page)
{
  GString *out = page->out;
  if (page->site->indexes->len < 2) return;
  html(out,
       "<label class=\"vh\" for=\"index\">Archive</label><select id=\"index\" name=\"index\">");
  for (guint i = 0; i < page->site->indexes->len; i++) {
    const SiteIndex *index = g_ptr_array_index(page->site->indexes, i);
    html(out, "<option");
    if (g_strcmp0(index->name, page->view->index) == 0) html(out, " selected");
    html(out, ">");
    html_text(out, index->name);
    html(out, "</option>");
  }
  html(out, "</select>");
}

static void write_search_box(Page *page)
{
  static const char *const own[] = {"q", "index", "facet", "find", NULL};
  GString *out = page->out;
  html(out, "<form class=\"box\" role=\"search\" action=\"?\">"
            "<label class=\"vh\" for=\"q\">Search for</label>"
            "<input id=\"q\" name=\"q\" type=\"search\" dir=\"auto\" autocomplete=\"off\" "
            "placeholder=\"Words, &quot;phrases&quot;, country:iran, date:1987\"");
  html_attr(out, "value", page->view->query);
  html(out, ">");
  write_indexes(page);
  view_hidden_fields(out, page->view, own);
  html(out, "<button>Search</button></form>\n");
}

void page_begin(Page *page, const char *title)
{
  GString *out = page->out;
  Link front = link_to_front(page->view), help = front;
  help.view.kind = VIEW_HELP;
  write_head(page, title);
  html(out, "<body>\n<a class=\"skip\" href=\"#main\">Skip to content</a>\n"
            "<header>\n<a class=\"brand\"");
  html_link(out, &front);
  html(out, ">");
  html_text(out, page->site->title);
  html(out, "</a>\n");
  write_search_box(page);
  html(out, "<nav aria-label=\"Site\"><a");
  html_link(out, &help);
  if (page->view->kind == VIEW_HELP) html(out, " aria-current=\"page\"");
  html(out, ">Help</a></nav>\n</header>\n<main id=\"main\" tabindex=\"-1\">\n");
}

/* ---- foot ---- */

void page_end(Page *page, const Answer *answer)
{
  GString *out = page->out;
  html(out, "</main>\n<footer>\n");
  if (answer != NULL) {
    html(out, "<p>Index <code>");
    html_text(out, answer->index_uuid);
    html(out, "</code>, revision ");
    html_number(out, answer->revision);
    html(out, ", ");
    html_number(out, answer->articles);
    html(out, " articles</p>\n");
  }
  html(out, "<p>sitrep " SITREP_VERSION "</p>\n</footer>\n</body>\n</html>\n");
}

/* ---- parts ---- */

void page_text_attributes(Page *page, const Article *article)
{
  const char *lang = article_first(article, FIELD_LANG);
  html(page->out, " dir=\"auto\"");
  if (lang != NULL && strcmp(lang, "en") != 0 && strcmp(lang, "und") != 0)
    html_attr(page->out, "lang", lang);
}

void page_date(Page *page, const Article *article)
{
  const char *date = article_first(article, FIELD_DATE);
  if (date == NULL) return;
  html(page->out, "<time>");
  html_text(page->out, date);
  html(page->out, "</time>");
}

/* A language is read by its name, with a capital as its own. */
static const char *label_of(FieldId field, const char *value, char *name, gsize size)
{
  const char *language = field == FIELD_LANG ? language_name(value) : NULL;
  if (language == NULL) return facet_label(field, value);
  g_strlcpy(name, language, size);
  name[0] = g_ascii_toupper(name[0]);
  return name;
}

enum { NAME_SIZE = 32 };

void page_label_text(Page *page, FieldId field, const char *value)
{
  char name[NAME_SIZE];
  html_text(page->out, label_of(field, value, name, sizeof(name)));
}

void page_label(Page *page, FieldId field, const char *value)
{
  char name[NAME_SIZE];
  const char *label = label_of(field, value, name, sizeof(name));
  if (!g_str_is_ascii(label)) html(page->out, " dir=\"auto\"");
  html(page->out, ">");
  html_text(page->out, label);
}

void page_chip(Page *page, FieldId field, const char *value)
{
  Link link = link_to_search(page->view);
  link.with = (Choice){field, value, FALSE};
  html(page->out, "<li><a");
  html_link(page->out, &link);
  page_label(page, field, value);
  html(page->out, "</a></li>");
}

/* The start of a chip that takes something back. */
static void open_removal(Page *page, const Link *link, gboolean excluded)
{
  html(page->out, "<li><a");
  if (excluded) html(page->out, " class=\"out\"");
  html_link(page->out, link);
  html(page->out, "><span class=\"vh\">Remove: </span>");
  if (excluded) html(page->out, "not ");
}

static void close_removal(Page *page)
{
  html(page->out, " <span aria-hidden=\"true\">×</span></a></li>\n");
}

static void write_choice(Page *page, const Choice *choice)
{
  Link link = link_to_search(page->view);
  link.without = choice;
  open_removal(page, &link, choice->excluded);
  html_text(page->out, schema_field(choice->field)->label);
  html(page->out, " <b");
  page_label(page, choice->field, choice->value);
  html(page->out, "</b>");
  close_removal(page);
}

static void write_date(Page *page, const char *value, gboolean since)
{
  if (value == NULL) return;
  Link link = link_to_search(page->view);
  *(since ? &link.view.since : &link.view.until) = NULL;
  open_removal(page, &link, FALSE);
  html_text(page->out, since ? "from " : "to ");
  html(page->out, "<b>");
  html_text(page->out, value);
  html(page->out, "</b>");
  close_removal(page);
}

void page_choices(Page *page)
{
  const View *view = page->view;
  guint chosen = view->choices->len + (view->since != NULL) + (view->until != NULL);
  if (chosen == 0) return;
  html(page->out, "<ul class=\"chips chosen\" aria-label=\"Chosen\">\n");
  for (guint i = 0; i < view->choices->len; i++)
    write_choice(page, &g_array_index(view->choices, Choice, i));
  write_date(page, view->since, TRUE);
  write_date(page, view->until, FALSE);
  if (chosen > 1) {
    Link link = link_to_front(view);
    link.view.kind = VIEW_RESULTS;
    link.view.query = view->query;
    html(page->out, "<li><a class=\"all\"");
    html_link(page->out, &link);
    html(page->out, ">Remove all</a></li>\n");
  }
  html(page->out, "</ul>\n");
}

/* ---- what browsers ask for ---- */

void page_opensearch(Page *page)
{
  GString *out = page->out;
  html(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n<ShortName>");
  html_text(out, page->site->title);
  html(out, "</ShortName>\n<Description>Searches ");
  html_text(out, page->site->title);
  html(out, "</Description>\n<InputEncoding>UTF-8</InputEncoding>\n"
            "<Url type=\"text/html\" template=\"");
  html_text(out, page->address);
  html(out, "?q={searchTerms}\"/>\n</OpenSearchDescription>\n");
}
