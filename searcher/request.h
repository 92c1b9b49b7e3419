/* request.h - one question to an index, made from argv (or, later, from CGI parameters). */
#ifndef SITREP_REQUEST_H
#define SITREP_REQUEST_H

#include "query.h"
#include <glib.h>

typedef enum SortOrder { SORT_RELEVANCE, SORT_NEWEST, SORT_OLDEST } SortOrder;

#define LIMIT_ALL G_MAXUINT32

typedef struct Request {
  char *query;         /* as typed; "" for everything */
  GPtrArray *filters;  /* Filter * */
  char *since, *until; /* days, months or years, or NULL */
  SortOrder sort;
  guint32 offset;
  guint32 limit; /* hits wanted; LIMIT_ALL for every one */
  gboolean facets[FIELD_COUNT];
  guint32 facet_limit; /* values of a facet wanted, LIMIT_ALL for every one */
  gboolean estimate;   /* do not count when an estimate will do */
  guint32 expansion;   /* words that a pattern may become; 0: EXPANSION_DEFAULT */
  double time_limit;   /* seconds that matching may take, or it is an error; 0: any */
  gboolean explain;    /* report what each word of the query matches */
  gboolean diagnose;   /* where nothing matches, say why (diagnose.h) */
  gboolean span;       /* say the first and the last date of what matches */
} Request;

/* A value that articles must have. Values of the same field are alternatives. */
typedef struct Filter {
  FieldId field;
  char *value;
} Filter;

/* An empty request: everything by relevance, the first 10. Free with request_free(). */
Request *request_new(void);
void request_free(Request *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Request, request_free)

void request_add_filter(Request *request, FieldId field, const char *value);

/* The tree of query, filters and dates together; NULL with an error. */
Node *request_tree(const Request *request, GError **error);

#endif
