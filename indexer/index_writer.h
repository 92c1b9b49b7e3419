/* index_writer.h - keeps an index equal to the articles it is given.
 *
 * An article is known by its id. Nothing is visible to readers before index_writer_commit(), which
 * makes documents, stem dictionary and facet table visible together; whatever ends the process
 * before leaves the last commit as it was. */
#ifndef SITREP_INDEX_WRITER_H
#define SITREP_INDEX_WRITER_H

#include "../corpus/article.h"
#include <glib.h>

typedef struct IndexWriter IndexWriter;

/* Opens or creates the index and takes its lock; NULL with an error. */
IndexWriter *index_writer_open(const char *path, GError **error);
/* Drops what was not committed. NULL is allowed. */
void index_writer_close(IndexWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(IndexWriter, index_writer_close)

typedef enum PutResult {
  PUT_ADDED,
  PUT_CHANGED,   /* the index had it, with other content */
  PUT_UNCHANGED, /* the index had exactly it */
  PUT_REPEATED   /* this run has given another article the same id: the last one stands */
} PutResult;

/* Stores an article, which must have an id. FALSE with an error: the index cannot be written. */
gboolean index_writer_put(IndexWriter *writer, const Article *article, PutResult *result,
                          GError **error);

/* Deletes the article of an id; *found tells whether there was one. */
gboolean index_writer_delete(IndexWriter *writer, const char *id, gboolean *found, GError **error);

/* Deletes every article that index_writer_put() was not given since opening. */
gboolean index_writer_prune(IndexWriter *writer, guint64 *removed, GError **error);

/* The lines of boilerplate that the index has learnt (learner_store()), and what it is to know from
 * the next commit on. NULL and FALSE with an error. Free with g_string_free(). */
GString *index_writer_learnt(IndexWriter *writer, GError **error);
gboolean index_writer_set_learnt(IndexWriter *writer, const GString *learnt, GError **error);

/* How many articles the index holds, changes included. */
guint32 index_writer_count(IndexWriter *writer);

/* Makes all changes visible at once. Cheap when there are none. */
gboolean index_writer_commit(IndexWriter *writer, GError **error);

#endif
