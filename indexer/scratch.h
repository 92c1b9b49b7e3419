/* scratch.h - folders for what is not yet an index. */
#ifndef SITREP_SCRATCH_H
#define SITREP_SCRATCH_H

#include <glib.h>

/* The folder beside an index in which it is built: on the same file system, and found again by the
 * next run. g_free() it. */
char *scratch_beside(const char *index);

/* TRUE when a folder can be made beside an index that is there, and exchanged with it: not where
 * the index is a mount point (a volume of a container), lies in a folder that cannot be written to,
 * or somebody keeps files in it, which would be lost. */
gboolean scratch_possible(const char *index);

/* Removes a folder with all that is in it; what is not there is no failure. */
void scratch_remove(const char *path);

/* Exchanges the names of two folders of one file system in one step, where the system can do that
 * (Linux), else in two. FALSE with an error. */
gboolean scratch_exchange(const char *fresh, const char *place, GError **error);

#endif
