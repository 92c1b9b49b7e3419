/* request.h - one question to an index, made from argv or from CGI parameters. */
#ifndef SITREP_REQUEST_H
#define SITREP_REQUEST_H

#include "query.h"
#include "timeline.h"
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
  guint32 expansion;   /* words that a pattern may become; 0: EXPANSION_DEFAULT */
  double time_limit;   /* seconds that matching may take, or it is an error; 0: any */
  gboolean explain;    /* report what each word of the query matches */
  gboolean diagnose;   /* where nothing matches, say why (diagnose.h) */
  gboolean span;       /* say the first and the last date of what matches */
  /* Count the values of a field that has filters as if it had none but those that exclude: what
   * further values of it would add. */
  gboolean facets_apart;
  gboolean estimate;      /* do not count when an estimate will do */
  TimelineScale timeline; /* the finest wanted, TIMELINE_NONE for no timeline */
  TimelineBase timeline_base;
  guint32 timeline_max; /* periods; the scale becomes coarser where there would be more */
  gboolean digest;      /* of the ids of all that match */
} Request;

/* A value that articles must have, or must not. Values of the same field that they must have are
 * alternatives. */
typedef struct Filter {
  FieldId field;
  char *value;
  gboolean excluded;
} Filter;

/* An empty request: everything by relevance, the first 10. Free with request_free(). */
Request *request_new(void);
void request_free(Request *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Request, request_free)

void request_add_filter(Request *request, FieldId field, const char *value);
void request_exclude(Request *request, FieldId field, const char *value);

/* Asks for the facets in `names`, names of fields with commas between them or "all"; NULL: none.
 * FALSE with an error. */
gboolean request_set_facets(Request *request, const char *names, GError **error);

/* Reads a number or "all" (LIMIT_ALL); NULL leaves *number as it is. FALSE when it is neither. */
gboolean number_or_all(const char *text, guint32 *number);

/* The name of an order, static; and back, FALSE when there is none of that name. */
const char *sort_name(SortOrder sort);
gboolean sort_parse(const char *name, SortOrder *sort);

/* The tree of query, filters and dates together; NULL with an error. */
Node *request_tree(const Request *request, GError **error);

/* The same without the filters of a field that articles must have; NULL with an error. */
Node *request_tree_without(const Request *request, FieldId field, GError **error);
/* TRUE when there are such filters. */
gboolean request_has_filter(const Request *request, FieldId field);

#endif
