/* index_pool.c - see index_pool.h */
#include "index_pool.h"

#include <glib/gstdio.h>
#include <string.h>

#include "../corpus/error.h"
#include "../corpus/index_info.h"

static void site_index_free(gpointer data)
{
  SiteIndex *index = data;
  shim_db_free(index->db);
  g_free(index->name);
  g_free(index->path);
  g_free(index->stamp);
  g_free(index);
}

static void add(GPtrArray *indexes, char *name, char *path)
{
  SiteIndex *index = g_new0(SiteIndex, 1);
  index->name = name;
  index->path = path;
  g_ptr_array_add(indexes, index);
}

GPtrArray *index_pool_new(const char *list, GError **error)
{
  g_autoptr(GPtrArray) indexes = g_ptr_array_new_with_free_func(site_index_free);
  if (list == NULL) {
    add(indexes, g_strdup(""), index_path(NULL));
    return g_steal_pointer(&indexes);
  }
  g_auto(GStrv) entries = g_strsplit(list, ":", -1);
  for (char **entry = entries; *entry != NULL; entry++) {
    const char *equals = strchr(*entry, '=');
    if (equals == NULL || equals == *entry || equals[1] == '\0') {
      g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE,
                  "SITREP_INDEXES=%s: write NAME=PATH, with ':' between several", list);
      return NULL;
    }
    add(indexes, g_strndup(*entry, (gsize)(equals - *entry)), g_strdup(equals + 1));
  }
  return g_steal_pointer(&indexes);
}

SiteIndex *index_pool_find(GPtrArray *indexes, const char *name)
{
  if (name == NULL) return g_ptr_array_index(indexes, 0);
  for (guint i = 0; i < indexes->len; i++) {
    SiteIndex *index = g_ptr_array_index(indexes, i);
    if (*index->name != '\0' && strcmp(index->name, name) == 0) return index;
  }
  return NULL;
}

/* Tells two states of an index on disk apart: each commit puts a new version file in the place of
 * the last one. NULL when that cannot be told, as of a database in one file or on another host. */
static char *stamp_of(const char *path)
{
  GStatBuf info;
  g_autofree char *version = g_build_filename(path, "iamglass", NULL);
  if (g_stat(version, &info) != 0) return NULL;
  return g_strdup_printf("%" G_GUINT64_FORMAT ".%" G_GUINT64_FORMAT ".%" G_GINT64_FORMAT ".%ld",
                         (guint64)info.st_dev, (guint64)info.st_ino, (gint64)info.st_mtim.tv_sec,
                         info.st_mtim.tv_nsec);
}

ShimDb *index_pool_open(SiteIndex *index, GError **error)
{
  g_autofree char *stamp = stamp_of(index->path);
  if (index->db != NULL && stamp != NULL && g_strcmp0(stamp, index->stamp) == 0) return index->db;
  shim_db_free(index->db);
  g_free(index->stamp);
  index->stamp = g_steal_pointer(&stamp);
  index->db = index_open(index->path, error);
  return index->db;
}
