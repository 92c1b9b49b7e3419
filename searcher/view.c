/* view.c - see view.h */
#include "view.h"

#include <string.h>

#include "../corpus/country.h"
#include "../corpus/error.h"
#include "../corpus/fold.h"
#include "html.h"
#include "params.h"

void view_free(View *view)
{
  if (view == NULL) return;
  if (view->params != NULL) g_ptr_array_free(view->params, TRUE);
  g_array_unref(view->choices);
  g_ptr_array_free(view->unknown, TRUE);
  g_free(view);
}

/* ---- reading ---- */

static gboolean wrong(GError **error, const char *name, const char *value, const char *expected)
{
  g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE, "%s=%s: write %s", name, value, expected);
  return FALSE;
}

/* Parameters that stand for one string each; those with a kind name a page of their own. */
typedef struct Single {
  const char *name;
  gsize offset;
  int kind; /* ViewKind, or -1 */
} Single;

static const Single singles[] = {{"q", offsetof(View, query), -1},
                                 {"since", offsetof(View, since), -1},
                                 {"until", offsetof(View, until), -1},
                                 {"index", offsetof(View, index), -1},
                                 {"article", offsetof(View, article), VIEW_ARTICLE},
                                 {"find", offsetof(View, find), -1},
                                 {"format", offsetof(View, format), -1},
                                 {"by", offsetof(View, by), -1},
                                 {"facets", offsetof(View, facets), -1},
                                 {"facet_limit", offsetof(View, facet_limit), -1}};

/* Parameters that name a page and have no value of use. */
static const struct {
  const char *name;
  ViewKind kind;
} pages[] = {{"help", VIEW_HELP}, {"style", VIEW_STYLE}, {"opensearch", VIEW_OPENSEARCH}};

static gboolean read_single(View *view, const Single *single, const char *value, GError **error)
{
  const char **place = (const char **)((char *)view + single->offset);
  if (*place != NULL) return wrong(error, single->name, value, "it once, not twice");
  /* Forms send what is left empty; only an empty query says something: all articles. */
  if (*value == '\0' && single->offset != offsetof(View, query)) return TRUE;
  *place = value;
  if (single->kind >= 0) view->kind = (ViewKind)single->kind;
  return TRUE;
}

static gboolean read_number(const char *name, const char *value, guint32 *number, GError **error)
{
  guint64 read = 0;
  if (!g_ascii_string_to_unsigned(value, 10, 1, G_MAXINT32, &read, NULL))
    return wrong(error, name, value, "a number from 1");
  *number = (guint32)read;
  return TRUE;
}

static gboolean read_facet(View *view, const char *value, GError **error)
{
  view->facet = schema_find(value, strlen(value));
  view->kind = VIEW_FACET;
  if (view->facet >= 0 && schema_field((FieldId)view->facet)->facet) return TRUE;
  return wrong(error, "facet", value, "the name of a facet, as country or actor");
}

/* A value chosen or excluded; countries become their codes, so that one has one name. */
static void read_choice(View *view, FieldId field, const char *value, gboolean excluded)
{
  if (*value == '\0') return;
  const Country *country =
      schema_field(field)->kind == KIND_COUNTRY ? country_find(value, -1) : NULL;
  Choice choice = {field, country == NULL ? value : country->alpha2, excluded};
  const Choice *same = view_choice(view, field, choice.value);
  if (same == NULL || same->excluded != excluded) g_array_append_val(view->choices, choice);
}

/* TRUE when the parameter is a field of the schema, read as a choice. */
static gboolean read_field(View *view, const Param *param)
{
  gboolean excluded = param->name[0] == '-';
  const char *name = param->name + (excluded ? 1 : 0);
  int field = schema_find(name, strlen(name));
  if (field < 0 || !schema_field((FieldId)field)->facet) return FALSE;
  read_choice(view, (FieldId)field, param->value, excluded);
  return TRUE;
}

static gboolean read_param(View *view, const Param *param, GError **error)
{
  const char *name = param->name, *value = param->value;
  for (gsize i = 0; i < G_N_ELEMENTS(singles); i++)
    if (strcmp(name, singles[i].name) == 0) return read_single(view, &singles[i], value, error);
  for (gsize i = 0; i < G_N_ELEMENTS(pages); i++)
    if (strcmp(name, pages[i].name) == 0) {
      view->kind = pages[i].kind;
      return TRUE;
    }
  if (strcmp(name, "sort") == 0)
    return sort_parse(value, &view->sort) ||
           wrong(error, name, value, "relevance, newest or oldest");
  if (strcmp(name, "page") == 0) return read_number(name, value, &view->page, error);
  if (strcmp(name, "n") == 0 && strcmp(value, "all") == 0) {
    view->size = LIMIT_ALL;
    return TRUE;
  }
  if (strcmp(name, "n") == 0) return read_number(name, value, &view->size, error);
  if (strcmp(name, "facet") == 0) return read_facet(view, value, error);
  if (!read_field(view, param)) g_ptr_array_add(view->unknown, param->name);
  return TRUE;
}

static gboolean check_day(const char *name, const char *value, GError **error)
{
  Date date;
  if (value == NULL || date_parse_iso(value, strlen(value), &date)) return TRUE;
  return wrong(error, name, value, "a year, a month or a day: 1987, 1987-03, 1987-03-01");
}

static gboolean check(View *view, GError **error)
{
  if (!check_day("since", view->since, error) || !check_day("until", view->until, error))
    return FALSE;
  if (view->by != NULL && timeline_scale(view->by) == TIMELINE_NONE)
    return wrong(error, "by", view->by, TIMELINE_SCALES);
  gboolean narrows = view->query != NULL || view->choices->len > 0 || view->since != NULL ||
                     view->until != NULL || view->format != NULL || view->by != NULL;
  if (view->kind == VIEW_FRONT && narrows) view->kind = VIEW_RESULTS;
  if (view->format != NULL || view->size <= VIEW_SIZE_MAX) return TRUE;
  g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE,
              "n: a page shows at most %d articles; another format, as &format=csv, has all of "
              "them",
              VIEW_SIZE_MAX);
  return FALSE;
}

gboolean view_parse(const char *query_string, View **result, GError **error)
{
  View *view = *result = g_new0(View, 1);
  view->choices = g_array_new(FALSE, FALSE, sizeof(Choice));
  view->unknown = g_ptr_array_new();
  view->page = 1;
  view->facet = -1;
  view->params = params_parse(query_string, error);
  if (view->params == NULL) return FALSE;
  /* What is right is read in any case: an error is told in the format that was asked for, above the
   * query that was typed. */
  gboolean ok = TRUE;
  for (guint i = 0; i < view->params->len; i++)
    if (!read_param(view, g_ptr_array_index(view->params, i), ok ? error : NULL)) ok = FALSE;
  return ok && check(view, error);
}

/* ---- asking ---- */

guint32 view_size(const View *view)
{
  if (view->size > 0) return view->size;
  return view->format == NULL ? VIEW_SIZE : LIMIT_ALL;
}

Request *view_request(const View *view, GError **error)
{
  g_autoptr(Request) request = request_new();
  if (view->query != NULL) {
    g_free(request->query);
    request->query = g_strdup(view->query);
  }
  for (guint i = 0; i < view->choices->len; i++) {
    Choice choice = g_array_index(view->choices, Choice, i);
    (choice.excluded ? request_exclude : request_add_filter)(request, choice.field, choice.value);
  }
  request->since = g_strdup(view->since);
  request->until = g_strdup(view->until);
  request->sort = view->sort;
  request->limit = view_size(view);
  guint64 offset = request->limit == LIMIT_ALL ? 0 : (guint64)(view->page - 1) * request->limit;
  request->offset = (guint32)MIN(offset, G_MAXINT32);
  request->facets_apart = TRUE;
  if (!request_set_facets(request, view->facets, error)) {
    g_prefix_error(error, "facets=");
    return NULL;
  }
  if (!number_or_all(view->facet_limit, &request->facet_limit)) {
    wrong(error, "facet_limit", view->facet_limit, "a number or all");
    return NULL;
  }
  return g_steal_pointer(&request);
}

const Choice *view_choice(const View *view, FieldId field, const char *value)
{
  g_autofree char *folded = NULL;
  for (guint i = 0; i < view->choices->len; i++) {
    const Choice *choice = &g_array_index(view->choices, Choice, i);
    if (choice->field != field) continue;
    if (strcmp(choice->value, value) == 0) return choice;
    if (folded == NULL) folded = fold_name(value, -1);
    g_autofree char *chosen = fold_name(choice->value, -1);
    if (strcmp(chosen, folded) == 0) return choice;
  }
  return NULL;
}

/* ---- addresses ---- */

Link link_to_search(const View *view)
{
  Link link = {.view = *view};
  link.view.kind = VIEW_RESULTS;
  link.view.page = 1;
  link.view.facet = -1;
  link.view.find = link.view.article = link.view.format = NULL;
  link.view.facets = link.view.facet_limit = NULL;
  return link;
}

Link link_to_front(const View *view)
{
  return (Link){.view = {.kind = VIEW_FRONT, .index = view->index, .page = 1, .facet = -1}};
}

Link link_to_value(const View *view, FieldId field, const char *value)
{
  Link link = link_to_search(view);
  const Choice *choice = view_choice(view, field, value);
  if (choice != NULL)
    link.without = choice;
  else
    link.with = (Choice){field, value, FALSE};
  return link;
}

typedef void (*Sink)(gpointer context, const char *name, const char *value);

static void each_choice(const Choice *choice, Sink sink, gpointer context)
{
  char name[64] = "";
  g_snprintf(name, sizeof(name), "%s%s", choice->excluded ? "-" : "",
             schema_field(choice->field)->name);
  sink(context, name, choice->value);
}

static void each_number(const char *name, guint32 number, Sink sink, gpointer context)
{
  char digits[16];
  g_snprintf(digits, sizeof(digits), "%u", number);
  sink(context, name, digits);
}

/* TRUE when the address asks for less than everything. */
static gboolean narrows(const Link *link)
{
  const View *view = &link->view;
  guint choices = view->choices == NULL ? 0 : view->choices->len;
  if (link->without != NULL) choices--;
  return choices > 0 || link->with.value != NULL || view->since != NULL || view->until != NULL;
}

/* What is searched for. */
static void each_of_search(const Link *link, Sink sink, gpointer context)
{
  const View *view = &link->view;
  if (view->query != NULL)
    sink(context, "q", view->query);
  else if (view->kind == VIEW_RESULTS && !narrows(link))
    sink(context, "q", ""); /* everything is listed, which is not the front page */
  for (guint i = 0; view->choices != NULL && i < view->choices->len; i++) {
    const Choice *choice = &g_array_index(view->choices, Choice, i);
    if (choice != link->without) each_choice(choice, sink, context);
  }
  if (link->with.value != NULL) each_choice(&link->with, sink, context);
  if (view->since != NULL) sink(context, "since", view->since);
  if (view->until != NULL) sink(context, "until", view->until);
}

/* How it is shown. */
static void each_of_showing(const View *view, Sink sink, gpointer context)
{
  if (view->sort != SORT_RELEVANCE) sink(context, "sort", sort_name(view->sort));
  if (view->page > 1) each_number("page", view->page, sink, context);
  if (view->size == LIMIT_ALL)
    sink(context, "n", "all");
  else if (view->size > 0 && view->size != VIEW_SIZE)
    each_number("n", view->size, sink, context);
  if (view->by != NULL) sink(context, "by", view->by);
  if (view->facets != NULL) sink(context, "facets", view->facets);
  if (view->facet_limit != NULL) sink(context, "facet_limit", view->facet_limit);
  if (view->format != NULL) sink(context, "format", view->format);
  if (view->index != NULL) sink(context, "index", view->index);
}

/* The parameters that name a view, in the order in which people read them. */
static void each_param(const Link *link, Sink sink, gpointer context)
{
  const View *view = &link->view;
  if (view->article != NULL) sink(context, "article", view->article);
  if (view->kind == VIEW_HELP) sink(context, "help", "");
  if (view->facet >= 0) sink(context, "facet", schema_field((FieldId)view->facet)->name);
  if (view->find != NULL) sink(context, "find", view->find);
  each_of_search(link, sink, context);
  each_of_showing(view, sink, context);
}

typedef struct Writer {
  GString *out;
  const char *separator;
  gboolean more;
} Writer;

static void write_param(gpointer context, const char *name, const char *value)
{
  Writer *writer = context;
  if (writer->more) g_string_append(writer->out, writer->separator);
  writer->more = TRUE;
  html_url_arg(writer->out, name);
  if (strcmp(name, "help") == 0) return;
  html(writer->out, "=");
  html_url_arg(writer->out, value);
}

static void write_query_string(GString *out, const Link *link, const char *separator)
{
  Writer writer = {.out = out, .separator = separator};
  html(out, "?");
  each_param(link, write_param, &writer);
}

void link_write(GString *out, const Link *link)
{
  write_query_string(out, link, "&amp;");
}

char *link_query_string(const Link *link)
{
  GString *out = g_string_new(NULL);
  write_query_string(out, link, "&");
  return g_string_free(out, FALSE);
}

void html_link(GString *out, const Link *link)
{
  html(out, " href=\"");
  link_write(out, link);
  if (link->fragment != NULL) {
    html(out, "#");
    html_url_arg(out, link->fragment);
  }
  html(out, "\"");
}

typedef struct Fields {
  GString *out;
  const char *const *except;
} Fields;

static void write_field(gpointer context, const char *name, const char *value)
{
  const Fields *fields = context;
  for (const char *const *except = fields->except; *except != NULL; except++)
    if (strcmp(*except, name) == 0) return;
  html(fields->out, "<input type=\"hidden\"");
  html_attr(fields->out, "name", name);
  html_attr(fields->out, "value", value);
  html(fields->out, ">");
}

void view_hidden_fields(GString *out, const View *view, const char *const *except)
{
  Link link = link_to_search(view);
  link.view.facet = view->facet;
  Fields fields = {out, except};
  each_param(&link, write_field, &fields);
}
