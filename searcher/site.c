/* site.c - see site.h */
#include "site.h"

#include <stdlib.h>
#include <string.h>

#include "../corpus/error.h"
#include "../corpus/index_info.h"
#include "index_pool.h"
#include "page.h"
#include "site_data.h"

enum {
  QUERY_STRING_MAX = 16384,
  QUERY_LIMIT = 2000,
  DEPTH_LIMIT = 10000,
  TIME_LIMIT = 10,
  SECONDS_OF_DAY = 86400
};

/* ---- configuration ---- */

static const char *setting(const char *name)
{
  const char *value = g_getenv(name);
  return value == NULL || *value == '\0' ? NULL : value;
}

static gboolean read_limit(const char *name, guint *limit, GError **error)
{
  const char *text = setting(name);
  guint64 number = 0;
  if (text == NULL) return TRUE;
  if (!g_ascii_string_to_unsigned(text, 10, 0, G_MAXINT32, &number, NULL)) {
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE, "%s=%s: write a number", name, text);
    return FALSE;
  }
  *limit = (guint)number;
  return TRUE;
}

void site_free(Site *site)
{
  if (site == NULL) return;
  g_free(site->title);
  if (site->indexes != NULL) g_ptr_array_free(site->indexes, TRUE);
  g_free(site);
}

Site *site_new(GError **error)
{
  g_autoptr(Site) site = g_new0(Site, 1);
  const char *title = setting("SITREP_TITLE");
  site->title = title == NULL ? g_strdup("sitrep") : g_utf8_make_valid(title, -1);
  site->query_limit = QUERY_LIMIT;
  site->depth_limit = DEPTH_LIMIT;
  site->time_limit = TIME_LIMIT;
  site->indexes = index_pool_new(setting("SITREP_INDEXES"), error);
  if (site->indexes == NULL || !read_limit("SITREP_QUERY_LIMIT", &site->query_limit, error) ||
      !read_limit("SITREP_DEPTH_LIMIT", &site->depth_limit, error) ||
      !read_limit("SITREP_EXPAND_LIMIT", &site->expansion_limit, error) ||
      !read_limit("SITREP_TIME_LIMIT", &site->time_limit, error))
    return NULL;
  return g_steal_pointer(&site);
}

/* ---- replies ---- */

static const char html_type[] = "text/html; charset=utf-8";

/* What is known of a request while it is answered. */
typedef struct Work {
  Site *site;
  const Exchange *exchange;
  const View *view;
  ShimDb *db;
  const char *etag;
} Work;

static Page new_page(const Work *work, const char *address)
{
  return (Page){.out = g_string_sized_new(32768),
                .site = work->site,
                .view = work->view,
                .db = work->db,
                .address = address,
                .status = 200};
}

static void send_page(const Work *work, Page *page, const char *type)
{
  ReplyHead head = {.status = page->status, .type = type};
  if (page->status == 200) head.etag = work->etag;
  reply(work->exchange, &head, page->out->str, page->out->len);
  g_string_free(page->out, TRUE);
}

static void send_json_error(const Work *work, int status, const char *message)
{
  json_t *object = json_pack("{s:{s:i, s:s}}", "error", "status", status, "message", message);
  char *text = json_dumps(object, JSON_COMPACT);
  g_autofree char *line = g_strconcat(text, "\n", NULL);
  ReplyHead head = {.status = status, .type = "application/json"};
  reply(work->exchange, &head, line, strlen(line));
  free(text);
  json_decref(object);
}

static void send_error(const Work *work, int status, const char *message)
{
  g_autofree char *valid = g_utf8_make_valid(message, -1);
  if (work->view->format != NULL) {
    send_json_error(work, status, valid);
    return;
  }
  g_autofree char *address = exchange_address(work->exchange);
  Page page = new_page(work, address);
  page.status = status;
  page_error(&page, valid);
  send_page(work, &page, html_type);
}

/* Tells the client of an error that its request caused, and the administrator of all others. */
static void fail(const Work *work, const GError *error)
{
  if (error->domain == SITREP_ERROR && error->code == SITREP_ERROR_USAGE) {
    send_error(work, 400, error->message);
    return;
  }
  if (error->domain == SITREP_ERROR && error->code == SITREP_ERROR_NO_ARTICLE) {
    send_error(work, 404, error->message);
    return;
  }
  fprintf(stderr, "sitrep.cgi: %s\n", error->message);
  send_error(work, 503,
             "The index cannot be read at the moment. It may be being replaced; try again soon.");
}

/* ---- what was asked for ---- */

/* A page that needs the index; FALSE with an error. */
static gboolean write_page(Page *page, GError **error)
{
  switch (page->view->kind) {
  case VIEW_FRONT: return page_front(page, error);
  case VIEW_FACET: return page_facet(page, error);
  case VIEW_ARTICLE: return page_article(page, error);
  default: return page_results(page, error);
  }
}

static void send_html(const Work *work)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *address = exchange_address(work->exchange);
  Page page = new_page(work, address);
  if (write_page(&page, &error)) {
    send_page(work, &page, html_type);
    return;
  }
  g_string_free(page.out, TRUE);
  fail(work, error);
}

static void send_data(const Work *work, gint64 updated)
{
  g_autoptr(GError) error = NULL;
  const DataRequest data = {work->exchange, work->site, work->view, work->db, work->etag, updated};
  if (!data_send(&data, &error)) fail(work, error);
}

/* Names the state of everything that a page is made from. Days are part of it: a query may ask for
 * the last thirty. */
static char *make_etag(ShimDb *db, GError **error)
{
  guint64 revision;
  g_autofree char *uuid = index_uuid(db, error);
  if (uuid == NULL || !index_revision(db, &revision, error)) return NULL;
  gint64 day = g_get_real_time() / G_USEC_PER_SEC / SECONDS_OF_DAY;
  return g_strdup_printf("W/\"%s-%" G_GUINT64_FORMAT "-%s-%s-%" G_GINT64_FORMAT "\"", uuid,
                         revision, SITREP_VERSION, page_style_name(), day);
}

static void answer_from_index(Work *work)
{
  g_autoptr(GError) error = NULL;
  SiteIndex *index = index_pool_find(work->site->indexes, work->view->index);
  if (index == NULL) {
    send_error(work, 404, "There is no index of that name here.");
    return;
  }
  work->db = index_pool_open(index, &error);
  g_autofree char *etag = work->db == NULL ? NULL : make_etag(work->db, &error);
  if (etag == NULL) {
    fail(work, error);
    return;
  }
  work->etag = etag;
  if (exchange_has(work->exchange, etag)) {
    ReplyHead head = {.status = 304, .etag = etag, .length = -1};
    reply_head(work->exchange, &head);
  } else if (work->view->format == NULL) {
    send_html(work);
  } else {
    send_data(work, index_modified(index->path));
  }
}

static void send_style(const Work *work)
{
  ReplyHead head = {.status = 200, .type = "text/css; charset=utf-8", .forever = TRUE};
  reply(work->exchange, &head, page_style, page_style_size);
}

/* Pages for which no index is needed. */
static void send_fixed(const Work *work, void (*write)(Page *), const char *type)
{
  g_autofree char *address = exchange_address(work->exchange);
  Page page = new_page(work, address);
  write(&page);
  send_page(work, &page, type);
}

static void answer_view(Work *work)
{
  switch (work->view->kind) {
  case VIEW_STYLE: send_style(work); return;
  case VIEW_HELP: send_fixed(work, page_help, html_type); return;
  case VIEW_OPENSEARCH:
    send_fixed(work, page_opensearch, "application/opensearchdescription+xml; charset=utf-8");
    return;
  default: break;
  }
  if (work->view->query != NULL && strlen(work->view->query) > work->site->query_limit) {
    g_autofree char *message = g_strdup_printf(
        "The query is longer than the %u bytes that this server takes.", work->site->query_limit);
    send_error(work, 414, message);
    return;
  }
  answer_from_index(work);
}

void site_answer(Site *site, const Exchange *exchange)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(View) view = NULL;
  const char *method = exchange_variable(exchange, "REQUEST_METHOD");
  const char *query_string = exchange_variable(exchange, "QUERY_STRING");
  if (query_string == NULL) query_string = "";
  gboolean too_long = strlen(query_string) > QUERY_STRING_MAX;
  gboolean ok = view_parse(too_long ? "" : query_string, &view, &error);
  Work work = {.site = site, .exchange = exchange, .view = view};
  if (g_strcmp0(method, "GET") != 0 && g_strcmp0(method, "HEAD") != 0)
    send_error(&work, 405, "Only GET and HEAD are answered here.");
  else if (too_long)
    send_error(&work, 414, "The address is too long.");
  else if (!ok)
    send_error(&work, 400, error->message);
  else
    answer_view(&work);
}
