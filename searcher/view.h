/* view.h - what an address of the page names: a search, and what of it is shown.
 *
 * All that the page can show is said by parameters that people can read:
 *   ?q=ceasefire&country=IL&country=LB&-country=US&since=2006&sort=newest&page=2&n=25
 * Values of one field are alternatives, "-" excludes one. Addresses that the page writes hold
 * nothing but a query string, so they work wherever the program is mounted. The parameters are
 * documented in sitrep.cgi(8). */
#ifndef SITREP_VIEW_H
#define SITREP_VIEW_H

#include "request.h"
#include <glib.h>

typedef enum ViewKind {
  VIEW_FRONT,   /* what the index holds: no parameters */
  VIEW_RESULTS, /* q, or anything that narrows */
  VIEW_FACET,   /* facet=FIELD: all values of it */
  VIEW_ARTICLE, /* article=ID */
  VIEW_HELP,
  VIEW_STYLE,
  VIEW_OPENSEARCH
} ViewKind;

typedef struct Choice {
  FieldId field;
  const char *value;
  gboolean excluded;
} Choice;

typedef struct View {
  GPtrArray *params; /* Param *: all strings below are theirs */
  ViewKind kind;
  const char *index; /* NULL: the first one */
  const char *query; /* NULL when there is none, which is not the same as "" */
  GArray *choices;   /* Choice */
  const char *since, *until;
  SortOrder sort;
  guint32 page;     /* from 1 */
  guint32 size;     /* articles a page; LIMIT_ALL; 0: not said */
  int facet;        /* FieldId of VIEW_FACET */
  const char *find; /* what values of it must contain, NULL for all */
  const char *article;
  const char *format; /* NULL: HTML */
  const char *by;     /* scale of the timeline, as timeline_scale() takes it; NULL: not said */
  const char *facets, *facet_limit; /* of other formats, as --facets and --facet-limit */
  GPtrArray *unknown;               /* names of parameters that mean nothing here */
} View;

enum { VIEW_SIZE = 10, VIEW_SIZE_MAX = 100 };

/* Reads a query string. `*view` is always set, to what could be read; FALSE with an error that says
 * which parameter is wrong. */
gboolean view_parse(const char *query_string, View **view, GError **error);
void view_free(View *view); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(View, view_free)

/* The request that the view makes; NULL with an error. Free with request_free(). */
Request *view_request(const View *view, GError **error);

/* The choice of the view that means this value (case, accents and punctuation aside), or NULL. */
const Choice *view_choice(const View *view, FieldId field, const char *value);

/* Articles a page. */
guint32 view_size(const View *view);

/* ---- addresses ---- */

/* An address near a view's: start with one of the two below, then change what differs. */
typedef struct Link {
  View view;             /* shallow: owns nothing */
  const Choice *without; /* a choice of the view that is dropped */
  Choice with;           /* one that is added; value NULL: none */
  const char *fragment;  /* a literal behind "#", NULL for none */
} Link;

/* The same search from its first page, as results. */
Link link_to_search(const View *view);
/* Nothing but the same index: the front page. */
Link link_to_front(const View *view);

/* The search with a value chosen, or no longer where it is. */
Link link_to_value(const View *view, FieldId field, const char *value);

/* The query string, "?q=a&country=IL"; g_free() it. */
char *link_query_string(const Link *link);

/* Writes ` href="?..."`. */
void html_link(GString *out, const Link *link);
/* Writes the query string alone, with "&amp;" between parameters. */
void link_write(GString *out, const Link *link);

/* Hidden fields of a form that keep the search: all parameters but those named in `except`, a list
 * of literals ended by NULL. */
void view_hidden_fields(GString *out, const View *view, const char *const *except);

#endif
