/* bulk.h - builds an index, or adds much to one, with all processors.
 *
 * Xapian is fastest while a database is small: an article costs half as much in a fresh one of a
 * hundred articles as in one of thousands. So workers, one a thread, each describe and analyse a
 * batch of articles and write it as a small database of its own; Xapian's compactor merges such
 * parts in levels, while others are still being written, and at the end everything into one new
 * database beside the index. That takes the index's place in one step, by exchanging two names in
 * the file system: readers see the old index or the new one, and a run that dies leaves the old.
 *
 * The order of the articles alone decides about document numbers and facet ordinals: the same
 * articles give the same index whatever the number of workers. */
#ifndef SITREP_BULK_H
#define SITREP_BULK_H

#include "../corpus/article.h"
#include "describe.h"
#include <glib.h>

typedef struct Bulk Bulk;

typedef struct BulkOptions {
  const char *index;        /* path of the index, which is created when nothing is there */
  const char *scratch;      /* folder for parts, NULL: beside the index */
  guint jobs;               /* workers, at least 1 */
  gsize memory;             /* bytes that batches and word lists may take, about */
  const ActorTable *actors; /* the user's, which all workers share, NULL: none; must stay */
} BulkOptions;

typedef struct BulkCounts {
  guint64 added, changed, unchanged, repeated; /* as PutResult in index_writer.h */
  guint32 articles;                            /* in the index */
} BulkCounts;

/* Takes the index's lock and starts the workers; what an earlier run that died has left is removed.
 * NULL with an error. */
Bulk *bulk_new(const BulkOptions *options, GError **error);

/* Hands over an article, which must have an id; waits while all workers are behind. FALSE with an
 * error when the run has failed; the article is taken in any case. */
gboolean bulk_put(Bulk *bulk, Article *article, GError **error);

/* Merges everything, puts it in place with what was `learnt` (learner_store()), and counts. Nothing
 * is visible before. FALSE with an error: the index is as it was. */
gboolean bulk_finish(Bulk *bulk, const GString *learnt, BulkCounts *counts, GError **error);

/* Stops the workers and removes what is not in place. NULL is allowed. */
void bulk_free(Bulk *bulk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Bulk, bulk_free)

#endif
