/* page_help.c - the query language by examples that can be clicked. See page.h. */
#include <string.h>

#include "page.h"

typedef struct Example {
  const char *query, *meaning;
} Example;

static const Example words[] = {
    {"siege hostages", "Both words must occur, in any of their forms."},
    {"siege OR hostages", "One of them is enough. Operators are written in capitals."},
    {"siege -hostages", "The first without the second."},
    {"(siege OR embassy) hostages", "Parentheses group."},
    {"\"prime minister\"", "The words as they stand, side by side."},
    {"=hostage", "The word in this form alone."},
    {"kidnap*", "Any word that begins so; organi?ation has one letter open."},
    {"hezbolah~", "Words spelled nearly so."},
    {"siege NEAR/5 embassy", "Both, at most five words apart, in any order."},
    {"atleast3:hostages", "The word three times or more."},
    {"@mek", "An actor by all its names, in all scripts."},
    {"armee", "Accents and case make no difference."}};

static const Example fields[] = {
    {"title:coup", "The word in the title."},
    {"country:iran", "About a country: by name in five languages, or by code."},
    {"country:(iran OR iraq)", "About one of several."},
    {"-country:israel", "About any other."},
    {"place:beirut", "A value that holds the word."},
    {"date:1987", "Of that year."},
    {"date:1987-03..1987-06", "From the first day to the last."},
    {"date:..1960", "Up to the end of a year."}};

static void write_examples(Page *page, const Example *examples, gsize n)
{
  html(page->out, "<dl class=\"help\">\n");
  for (gsize i = 0; i < n; i++) {
    Link link = link_to_front(page->view);
    link.view.kind = VIEW_RESULTS;
    link.view.query = examples[i].query;
    html(page->out, "<div><dt><a");
    html_link(page->out, &link);
    html(page->out, "><code>");
    html_text(page->out, examples[i].query);
    html(page->out, "</code></a></dt><dd>");
    html_text(page->out, examples[i].meaning);
    html(page->out, "</dd></div>\n");
  }
  html(page->out, "</dl>\n");
}

static const char *kind_of_value(FieldKind kind)
{
  switch (kind) {
  case KIND_TEXT: return "words of the title";
  case KIND_COUNTRY: return "a country, by name or code";
  case KIND_EXACT: return "the whole of it, to the letter";
  case KIND_DATE: return "a day, month or year, or a range";
  default: return "words of a value, or a whole value in quotation marks";
  }
}

static void write_fields(Page *page)
{
  GString *out = page->out;
  html(out, "<h2>All fields</h2>\n<dl class=\"help\">\n");
  for (int i = 0; i < FIELD_COUNT; i++) {
    const Field *field = schema_field((FieldId)i);
    if (i == FIELD_BODY) continue;
    html(out, "<div><dt><code>");
    html_textf(out, "%s:", field->name);
    html(out, "</code></dt><dd>");
    html_text(out, kind_of_value(field->kind));
    html(out, "</dd></div>\n");
  }
  html(out, "</dl>\n");
}

void page_help(Page *page)
{
  GString *out = page->out;
  page_begin(page, "Help");
  html(out, "<h1>How to search</h1>\n<h2>Words</h2>\n");
  write_examples(page, words, G_N_ELEMENTS(words));
  html(out, "<h2>Fields and dates</h2>\n");
  write_examples(page, fields, G_N_ELEMENTS(fields));
  write_fields(page);
  html(out,
       "<h2>Narrowing</h2>\n<p>Values beside the results narrow them: several of one kind are "
       "alternatives, different kinds must all hold. The minus behind a value excludes it. "
       "The number behind a value says how many of the articles it would leave; where values "
       "of its kind are chosen already, how many it would bring.</p>\n"
       "<h2>Keeping a search</h2>\n<p>Each address names its search in full: keep it, send it, "
       "cite it. The index and its revision at the foot of each page say what was "
       "searched.</p>\n<h2>For programs</h2>\n<p>Any search gives all of its articles with "
       "<code>&amp;format=json</code>, <code>jsonl</code>, <code>csv</code>, <code>atom</code>, "
       "<code>ris</code> or <code>bibtex</code>; see "
       "<code>sitrep.cgi(8)</code>.</p>\n");
  page_end(page, NULL);
}
