/* scratch.c - see scratch.h */
#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../corpus/error.h"

char *scratch_beside(const char *index)
{
  char *real = realpath(index, NULL);
  g_autofree char *place = real != NULL ? g_strdup(real) : g_canonicalize_filename(index, NULL);
  free(real);
  /* It is removed with all that is in it: a name that nobody gives to anything else. */
  return g_strconcat(place, ".sitrep-build", NULL);
}

static gboolean same_mount(const char *a, const char *b)
{
  struct statx x, y;
  if (statx(AT_FDCWD, a, 0, STATX_MNT_ID, &x) != 0 || statx(AT_FDCWD, b, 0, STATX_MNT_ID, &y) != 0)
    return FALSE;
  /* Kernels that do not tell the mount leave its number 0. */
  return x.stx_mnt_id == y.stx_mnt_id && x.stx_dev_major == y.stx_dev_major &&
         x.stx_dev_minor == y.stx_dev_minor;
}

/* TRUE when a folder holds nothing but a Xapian database: what else is in it would go with it. */
static gboolean is_pure(const char *folder)
{
  GDir *dir = g_dir_open(folder, 0, NULL);
  if (dir == NULL) return FALSE;
  gboolean pure = TRUE;
  for (const char *name; pure && (name = g_dir_read_name(dir)) != NULL;)
    pure = strcmp(name, "iamglass") == 0 || strcmp(name, "flintlock") == 0 ||
           strcmp(name, "v.tmp") == 0 || g_str_has_suffix(name, ".glass");
  g_dir_close(dir);
  return pure;
}

gboolean scratch_possible(const char *index)
{
  char *real = realpath(index, NULL);
  if (real == NULL) return FALSE;
  g_autofree char *parent = g_path_get_dirname(real);
  gboolean possible =
      is_pure(real) && same_mount(real, parent) && g_access(parent, W_OK | X_OK) == 0;
  free(real);
  return possible;
}

static int remove_entry(const char *path, const struct stat *info, int kind, struct FTW *walk)
{
  (void)info;
  (void)kind;
  (void)walk;
  (void)remove(path);
  return 0;
}

void scratch_remove(const char *path)
{
  enum { OPEN_FOLDERS = 16 };
  nftw(path, remove_entry, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
}

gboolean scratch_exchange(const char *fresh, const char *place, GError **error)
{
  if (renameat2(AT_FDCWD, fresh, AT_FDCWD, place, RENAME_EXCHANGE) == 0) return TRUE;
  if (errno == EINVAL || errno == ENOSYS) {
    /* A file system that cannot exchange: for a moment nothing is in place. */
    g_autofree char *old = g_strconcat(fresh, ".old", NULL);
    if (g_rename(place, old) == 0 && g_rename(fresh, place) == 0 && g_rename(old, fresh) == 0)
      return TRUE;
  }
  g_set_error(error, SITREP_ERROR, SITREP_ERROR_INDEX, "the new index cannot be put at %s: %s",
              place, g_strerror(errno));
  return FALSE;
}
