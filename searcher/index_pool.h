/* index_pool.h - the indexes of a site, opened when they are first asked for. */
#ifndef SITREP_INDEX_POOL_H
#define SITREP_INDEX_POOL_H

#include "site.h"

/* The indexes in `list`, "name=path:name2=path2"; NULL: the one that index_path() knows. An array
 * of SiteIndex *; NULL with an error. */
GPtrArray *index_pool_new(const char *list, GError **error);

/* The index of that name, the first one for NULL; NULL when there is none. */
SiteIndex *index_pool_find(GPtrArray *indexes, const char *name);

/* A handle at the newest state of what is on disk now, kept from one request to the next while
 * that does not change. NULL with an error. Owned by the pool. */
ShimDb *index_pool_open(SiteIndex *index, GError **error);

#endif
