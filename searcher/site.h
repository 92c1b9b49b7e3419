/* site.h - what sitrep.cgi serves, from the environment that its administrator gives, and how
 * requests find their page. */
#ifndef SITREP_SITE_H
#define SITREP_SITE_H

#include "../shim/database.h"
#include "cgi.h"
#include <glib.h>

typedef struct SiteIndex {
  char *name; /* as index= takes it; "" when there is only one */
  char *path;
  ShimDb *db;  /* NULL: not open */
  char *stamp; /* of the state on disk that was opened */
} SiteIndex;

typedef struct Site {
  char *title;
  GPtrArray *indexes;    /* SiteIndex *, at least one */
  guint query_limit;     /* bytes of a query */
  guint depth_limit;     /* articles that can be paged to */
  guint expansion_limit; /* words that a pattern may become, 0: EXPANSION_DEFAULT */
  guint time_limit;      /* seconds, 0: none */
} Site;

/* Reads SITREP_INDEX or SITREP_INDEXES, SITREP_TITLE and the limits; NULL with an error. */
Site *site_new(GError **error);
void site_free(Site *site); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Site, site_free)

/* Answers one request, whatever it is. What went wrong on our side goes to standard error. */
void site_answer(Site *site, const Exchange *exchange);

#endif
