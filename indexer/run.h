/* run.h - one run of sitrep-index: read, describe, write, and count what happened. */
#ifndef SITREP_RUN_H
#define SITREP_RUN_H

#include <glib.h>
#include <signal.h>

typedef struct RunOptions {
  const char *index;        /* path of the index */
  const char *const *paths; /* inputs; may be empty when there is something to delete */
  gsize n_paths;
  const char *format;           /* name of a format, NULL to recognise it */
  const char *encoding;         /* fallback encoding, NULL to find out */
  const char *const *deletions; /* ids to delete, NULL-terminated, or NULL */
  GHashTable *map;              /* see ReadOptions */
  const char *rejects_path;
  const char *actors_path; /* the user's file of actors (actor_files.h), NULL: none */
  gboolean prune;
  gboolean quiet;
  gboolean describe_only;                   /* write described articles to standard output */
  guint jobs;                               /* workers of a bulk run */
  gsize memory;                             /* bytes they may take, about */
  const char *scratch;                      /* folder for their parts, NULL: beside the index */
  const volatile sig_atomic_t *interrupted; /* becomes non-zero when the user wants to stop */
} RunOptions;

typedef struct RunCounts {
  guint64 added, changed, unchanged, removed, rejected, repeated;
  guint64 given;         /* articles that were read */
  guint64 inputs;        /* files and members that were read */
  guint64 failed_inputs; /* that could not be opened or recognised, or broke off */
  guint64 actors_lines;  /* lines of the user's file of actors that were not understood */
  guint64 notes;         /* values that were not understood */
  char *first_note;      /* the first of these, with where it was */
  guint64 converted_lines;
  char *converted_from; /* encoding of the first converted input */
  guint64 passed_over;
  char *first_passed_over;
  gboolean interrupted;
  gboolean pruned_nothing; /* --prune was asked for and refused */
  double seconds;
  guint32 articles; /* in the index at the end */
} RunCounts;

void run_counts_clear(RunCounts *counts);

/* Does the whole run. FALSE with an error when the index cannot be written (what was committed
 * before stands) or the options make no sense; `counts` is filled in either way, and the caller's
 * to clear. */
gboolean run_index(const RunOptions *options, RunCounts *counts, GError **error);

#endif
