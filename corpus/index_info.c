/* index_info.c - see index_info.h */
#include "index_info.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis.h"
#include "error.h"

#define KEY_SCHEMA "sitrep.schema"
#define KEY_STEMMER "sitrep.stemmer"
#define KEY_UUID "sitrep.uuid"
#define KEY_FACETS "sitrep.facets"
#define KEY_LEARNT "sitrep.boilerplate"
#define KEY_REVISION "sitrep.revision"

char *index_path(const char *option)
{
  if (option != NULL && *option != '\0') return g_strdup(option);
  const char *environment = g_getenv("SITREP_INDEX");
  if (environment != NULL && *environment != '\0') return g_strdup(environment);
  return g_build_filename(g_get_user_data_dir(), "sitrep", "index", NULL);
}

static char *metadata(ShimDb *db, const char *key, gsize *len, GError **error)
{
  char *value = NULL;
  size_t n = 0;
  if (!shim_ok(shim_db_metadata(db, key, strlen(key), &value, &n), error)) return NULL;
  char *copy = g_malloc(n + 1);
  memcpy(copy, value, n + 1);
  free(value);
  if (len != NULL) *len = n;
  return copy;
}

static gboolean set_metadata(ShimDb *db, const char *key, const char *value, gsize len,
                             GError **error)
{
  return shim_ok(shim_db_set_metadata(db, key, strlen(key), value, len), error);
}

/* Refuses databases that are not ours, and indexes that this program would misread. */
static gboolean check_version(ShimDb *db, const char *path, GError **error)
{
  g_autofree char *schema = metadata(db, KEY_SCHEMA, NULL, error);
  if (schema == NULL) return FALSE;
  if (*schema == '\0') {
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_INDEX,
                "%s is a Xapian database, but no sitrep index; name another --index", path);
    return FALSE;
  }
  if (strcmp(schema, SCHEMA_VERSION) != 0) {
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_INDEX,
                "the index %s has schema version %s and this program reads version " SCHEMA_VERSION
                "; build it anew with sitrep-index",
                path, schema);
    return FALSE;
  }
  g_autofree char *stemmer = metadata(db, KEY_STEMMER, NULL, error);
  if (stemmer == NULL) return FALSE;
  if (strcmp(stemmer, stemmers_version()) == 0) return TRUE;
  g_set_error(error, SITREP_ERROR, SITREP_ERROR_INDEX,
              "the index %s was made with %s and this program stems with %s; build it anew with "
              "sitrep-index",
              path, stemmer, stemmers_version());
  return FALSE;
}

static ShimDb *checked(ShimDb *db, const char *path, GError **error)
{
  GError *wrong = NULL;
  if (check_version(db, path, &wrong)) return db;
  /* A writer that commits while we look: not a reason to give up. */
  if (error_shim_status(wrong) == SHIM_MODIFIED && shim_db_reopen(db, NULL) == SHIM_OK) {
    g_clear_error(&wrong);
    if (check_version(db, path, &wrong)) return db;
  }
  g_propagate_error(error, wrong);
  shim_db_free(db);
  return NULL;
}

static void set_open_error(ShimStatus status, const char *path, GError **error)
{
  const char *hint = "";
  if (!g_file_test(path, G_FILE_TEST_EXISTS))
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_INDEX,
                "there is no index at %s; make one with sitrep-index, or name another with --index",
                path);
  else if (g_file_test(path, G_FILE_TEST_IS_DIR) && g_access(path, R_OK | X_OK) != 0)
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_INDEX, "the index %s cannot be read: %s", path,
                g_strerror(errno));
  else if (status == SHIM_LOCKED && g_access(path, W_OK) != 0)
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_INDEX, "the index %s cannot be written: %s", path,
                g_strerror(errno));
  else if (status == SHIM_LOCKED)
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_INDEX,
                "another sitrep-index is writing to %s; wait for it to end, then run this again",
                path);
  else if (status == SHIM_NOT_FOUND || status == SHIM_OPENING)
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_INDEX,
                "%s is not a sitrep index (%s); name another with --index", path, shim_message());
  else {
    if (status == SHIM_CORRUPT) hint = "; restore it from a copy, or build it anew";
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_INDEX, "the index %s cannot be opened: %s%s",
                path, shim_message(), hint);
  }
}

/* Opens whatever database is there. */
static ShimDb *open_any(const char *path, GError **error)
{
  ShimDb *db = NULL;
  ShimStatus status = shim_db_open(path, &db);
  if (status != SHIM_OK) set_open_error(status, path, error);
  return status == SHIM_OK ? db : NULL;
}

ShimDb *index_open(const char *path, GError **error)
{
  ShimDb *db = open_any(path, error);
  return db == NULL ? NULL : checked(db, path, error);
}

/* What a run leaves that was killed while it made its database: the lock, and files without
 * content or not yet named. */
static gboolean is_left_over(const char *folder, const char *name)
{
  GStatBuf info;
  g_autofree char *file = g_build_filename(folder, name, NULL);
  if (strcmp(name, "flintlock") == 0 || strcmp(name, "v.tmp") == 0) return TRUE;
  return g_str_has_suffix(name, ".glass") && g_stat(file, &info) == 0 && S_ISREG(info.st_mode) &&
         info.st_size == 0;
}

/* TRUE when nothing is at `path`, or a folder without content. */
static gboolean is_vacant(const char *path)
{
  if (!g_file_test(path, G_FILE_TEST_EXISTS)) return TRUE;
  GDir *dir = g_dir_open(path, 0, NULL);
  if (dir == NULL) return FALSE;
  gboolean vacant = TRUE;
  for (const char *name; vacant && (name = g_dir_read_name(dir)) != NULL;)
    vacant = is_left_over(path, name);
  g_dir_close(dir);
  return vacant;
}

static gboolean make_parents(const char *path, GError **error)
{
  g_autofree char *parent = g_path_get_dirname(path);
  if (g_mkdir_with_parents(parent, 0777) == 0) return TRUE;
  g_set_error(error, SITREP_ERROR, SITREP_ERROR_INDEX, "the folder %s cannot be made: %s", parent,
              g_strerror(errno));
  return FALSE;
}

static gboolean initialise(ShimDb *db, GError **error)
{
  g_autofree char *uuid = g_uuid_string_random();
  return set_metadata(db, KEY_SCHEMA, SCHEMA_VERSION, strlen(SCHEMA_VERSION), error) &&
         set_metadata(db, KEY_STEMMER, stemmers_version(), strlen(stemmers_version()), error) &&
         set_metadata(db, KEY_UUID, uuid, strlen(uuid), error) &&
         set_metadata(db, KEY_REVISION, "1", 1, error) && shim_ok(shim_db_commit(db), error);
}

ShimDb *index_open_writer(const char *path, GError **error)
{
  gboolean fresh = is_vacant(path);
  if (fresh && !make_parents(path, error)) return NULL;
  /* A writer leaves its lock file even where there is no database: look first. */
  ShimDb *present = fresh ? NULL : open_any(path, error);
  if (!fresh && present == NULL) return NULL;
  shim_db_free(present);
  ShimDb *db = NULL;
  ShimStatus status = shim_db_open_writer(path, fresh, &db);
  if (status != SHIM_OK && status != SHIM_LOCKED && fresh && is_vacant(path))
    status = shim_db_overwrite(path, &db); /* what a killed run left stands in the way */
  if (status != SHIM_OK && fresh && status != SHIM_LOCKED) {
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_INDEX, "an index cannot be made at %s: %s", path,
                shim_message());
    return NULL;
  }
  if (status != SHIM_OK) {
    set_open_error(status, path, error);
    return NULL;
  }
  /* A run that died between creating the database and naming it left revision 0, without
   * documents: that is as good as nothing. */
  ShimDbStats stats;
  g_autofree char *schema = metadata(db, KEY_SCHEMA, NULL, NULL);
  gboolean unnamed = schema != NULL && *schema == '\0' && shim_db_stats(db, &stats) == SHIM_OK &&
                     stats.documents == 0 && stats.last_docid == 0;
  if (unnamed && !initialise(db, error)) {
    shim_db_free(db);
    return NULL;
  }
  return checked(db, path, error);
}

gboolean index_copy_identity(ShimDb *from, ShimDb *to, GError **error)
{
  static const char *const keys[] = {KEY_SCHEMA, KEY_STEMMER, KEY_UUID, KEY_REVISION};
  for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
    gsize len = 0;
    g_autofree char *value = metadata(from, keys[i], &len, error);
    if (value == NULL || !set_metadata(to, keys[i], value, len, error)) return FALSE;
  }
  return TRUE;
}

char *index_uuid(ShimDb *db, GError **error)
{
  return metadata(db, KEY_UUID, NULL, error);
}

gboolean index_revision(ShimDb *db, guint64 *revision, GError **error)
{
  g_autofree char *text = metadata(db, KEY_REVISION, NULL, error);
  if (text == NULL) return FALSE;
  *revision = g_ascii_strtoull(text, NULL, 10);
  return TRUE;
}

gboolean index_raise_revision(ShimDb *db, GError **error)
{
  guint64 revision = 0;
  if (!index_revision(db, &revision, error)) return FALSE;
  g_autofree char *text = g_strdup_printf("%" G_GUINT64_FORMAT, revision + 1);
  return set_metadata(db, KEY_REVISION, text, strlen(text), error);
}

FacetTable *index_facet_table(ShimDb *db, GError **error)
{
  gsize len = 0;
  g_autofree char *text = metadata(db, KEY_FACETS, &len, error);
  if (text == NULL) return NULL;
  FacetTable *table = facet_table_new(text, len);
  if (table == NULL)
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_INDEX,
                "the facet table of the index is damaged; build the index anew");
  return table;
}

gboolean index_set_facet_table(ShimDb *db, const FacetTable *table, GError **error)
{
  GString *stored = facet_table_store(table);
  gboolean ok = set_metadata(db, KEY_FACETS, stored->str, stored->len, error);
  g_string_free(stored, TRUE);
  return ok;
}

GString *index_learnt(ShimDb *db, GError **error)
{
  gsize len = 0;
  g_autofree char *text = metadata(db, KEY_LEARNT, &len, error);
  return text == NULL ? NULL : g_string_new_len(text, (gssize)len);
}

gboolean index_set_learnt(ShimDb *db, const GString *learnt, GError **error)
{
  return set_metadata(db, KEY_LEARNT, learnt->str, learnt->len, error);
}

gboolean index_years(ShimDb *db, int *first, int *last, GError **error)
{
  char *low = NULL, *high = NULL;
  gsize low_len, high_len;
  ShimStatus status = shim_db_value_bounds(db, SLOT_DATE, &low, &low_len, &high, &high_len);
  if (!shim_ok(status, error)) return FALSE;
  *first = low_len == 0 ? 1 : (int)g_ascii_strtoll(low, NULL, 10);
  *last = high_len == 0 ? 0 : (int)g_ascii_strtoll(high, NULL, 10);
  free(low);
  free(high);
  return TRUE;
}

guint64 index_bytes(const char *path)
{
  GStatBuf info;
  if (g_stat(path, &info) != 0) return 0;
  if (!S_ISDIR(info.st_mode)) return (guint64)info.st_size;
  GDir *dir = g_dir_open(path, 0, NULL);
  if (dir == NULL) return 0;
  guint64 total = 0;
  for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
    g_autofree char *file = g_build_filename(path, name, NULL);
    if (g_stat(file, &info) == 0) total += (guint64)info.st_size;
  }
  g_dir_close(dir);
  return total;
}

gint64 index_modified(const char *path)
{
  /* Xapian writes this file anew with every commit. */
  g_autofree char *version = g_build_filename(path, "iamglass", NULL);
  GStatBuf info;
  return g_stat(version, &info) == 0 || g_stat(path, &info) == 0 ? (gint64)info.st_mtime : 0;
}
