/* progress.h - what a run shows while it works, on a terminal only. */
#ifndef SITREP_PROGRESS_H
#define SITREP_PROGRESS_H

#include <glib.h>

typedef struct Progress Progress;

/* Shows a bar on standard error when that is a terminal and `quiet` is not set. `total_bytes` 0
 * means unknown: then rate and count are shown without bar and time left. Never NULL. */
Progress *progress_new(guint64 total_bytes, gboolean quiet);
/* Brings the line up to date, at most ten times a second. */
void progress_update(Progress *progress, guint64 bytes_done, guint64 articles);
/* Says what is going on when it cannot be counted ("merging"). */
void progress_say(Progress *progress, const char *what);
/* Wipes the line, so that a message can be written; the next update draws it again. */
void progress_wipe(Progress *progress);
/* Seconds since progress_new(). */
double progress_seconds(const Progress *progress);
void progress_free(Progress *progress); /* wipes the line */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Progress, progress_free)

#endif
