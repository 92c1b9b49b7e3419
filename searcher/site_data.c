/* site_data.c - see site_data.h */
#include "site_data.h"

#include <string.h>

#include "../corpus/error.h"

typedef struct Format {
  const char *name, *type, *file; /* file: the name under which it is saved, NULL: shown */
} Format;

/* How they look is the business of output.h. */
static const Format formats[] = {
    {"json", "application/json", NULL},
    {"jsonl", "application/x-ndjson; charset=utf-8", "sitrep.jsonl"},
    {"csv", "text/csv; charset=utf-8", "sitrep.csv"},
    {"atom", "application/atom+xml; charset=utf-8", NULL},
    {"ris", "application/x-research-info-systems; charset=utf-8", "sitrep.ris"},
    {"bibtex", "application/x-bibtex; charset=utf-8", "sitrep.bib"}};

static const Format *find_format(const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS(formats); i++)
    if (strcmp(formats[i].name, name) == 0) return &formats[i];
  return NULL;
}

static gboolean refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static gboolean refuse(GError **error, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *message = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_set_error_literal(error, SITREP_ERROR, SITREP_ERROR_USAGE, message);
  return FALSE;
}

/* ---- addresses ---- */

typedef struct Addresses {
  const char *program; /* as exchange_address() */
  const View *view;
} Addresses;

static char *address(const Addresses *addresses, const Link *link)
{
  g_autofree char *query_string = link_query_string(link);
  return g_strconcat(addresses->program, query_string, NULL);
}

static char *article_address(gpointer data, const Article *article)
{
  const Addresses *addresses = data;
  Link link = link_to_front(addresses->view);
  link.view.article = article_first(article, FIELD_ID);
  return address(addresses, &link);
}

static char *toggle_address(gpointer data, FieldId field, const FacetValue *value)
{
  const Addresses *addresses = data;
  Link link = link_to_value(addresses->view, field, value->value);
  link.view.format = addresses->view->format;
  link.view.facets = addresses->view->facets;
  link.view.facet_limit = addresses->view->facet_limit;
  return address(addresses, &link);
}

/* ---- what is asked for ---- */

typedef gboolean (*Writer)(Answer *answer, const OutputContext *context, GError **error);

/* What of an answer is written: its facet, its timeline or its articles. NULL with an error. */
static Writer find_writer(const View *view, GError **error)
{
  const Output *output = output_by_name(view->format);
  Writer writer = view->kind == VIEW_FACET ? output->facets
                  : view->by != NULL       ? output->timeline
                                           : output->search;
  if (writer == NULL)
    refuse(error, "format=%s: this can be had as json, jsonl or csv", view->format);
  return writer;
}

static Request *make_request(const DataRequest *data, GError **error)
{
  const View *view = data->view;
  Request *request = view_request(view, error);
  if (request == NULL) return NULL;
  request->expansion = data->site->expansion_limit;
  request->diagnose = TRUE;
  if (view->by != NULL) {
    request->limit = 0;
    request->timeline = timeline_scale(view->by);
  }
  if (view->kind != VIEW_FACET) return request;
  request->limit = 0;
  request->facets[view->facet] = TRUE;
  if (view->facet_limit == NULL) request->facet_limit = LIMIT_ALL;
  return request;
}

static gboolean check(const DataRequest *data, GError **error)
{
  const View *view = data->view;
  if (find_format(view->format) == NULL)
    return refuse(error, "format=%s: write json, jsonl, csv, atom, ris or bibtex", view->format);
  if (view->unknown->len == 0) return TRUE;
  return refuse(error, "there is no parameter %s; see sitrep.cgi(8)",
                (const char *)g_ptr_array_index(view->unknown, 0));
}

/* ---- sending ---- */

static gboolean begin(const DataRequest *data)
{
  const Format *format = find_format(data->view->format);
  const ReplyHead head = {
      .status = 200, .type = format->type, .etag = data->etag, .file = format->file, .length = -1};
  reply_head(data->exchange, &head);
  return !exchange_is_head(data->exchange);
}

static void tell_cut(const GError *error)
{
  fprintf(stderr, "sitrep.cgi: an answer was cut short: %s\n", error->message);
}

static gboolean send_article(const DataRequest *data, OutputContext *context, GError **error)
{
  const Output *output = output_by_name(data->view->format);
  g_autoptr(GError) cut = NULL;
  if (output->article == NULL)
    return refuse(error, "format=%s: an article can be had as json, jsonl, ris or bibtex",
                  data->view->format);
  g_autoptr(Article) article = answer_article(data->db, data->view->article, error);
  if (article == NULL) return FALSE;
  if (begin(data) && !output->article(article, context, &cut)) tell_cut(cut);
  return TRUE;
}

static gboolean send_answer(const DataRequest *data, OutputContext *context, GError **error)
{
  Writer write = find_writer(data->view, error);
  g_autoptr(Request) request = write == NULL ? NULL : make_request(data, error);
  if (request == NULL) return FALSE;
  g_autoptr(Answer) answer = answer_new(request, data->db, error);
  if (answer == NULL) return FALSE;
  g_autoptr(GError) cut = NULL;
  context->request = request;
  if (begin(data) && !write(answer, context, &cut)) tell_cut(cut);
  return TRUE;
}

gboolean data_send(const DataRequest *data, GError **error)
{
  if (!check(data, error)) return FALSE;
  g_autofree char *program = exchange_address(data->exchange);
  Addresses addresses = {program, data->view};
  const Link self = {.view = *data->view}, search = link_to_search(data->view);
  g_autofree char *self_address = address(&addresses, &self);
  g_autofree char *search_address = address(&addresses, &search);
  const OutputUrls urls = {self_address, search_address, article_address, toggle_address,
                           &addresses};
  OutputContext context = {.out = data->exchange->out, .urls = &urls, .updated = data->updated};
  return data->view->kind == VIEW_ARTICLE ? send_article(data, &context, error)
                                          : send_answer(data, &context, error);
}
