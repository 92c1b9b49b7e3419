/* index_writer.c - see index_writer.h */
#include "index_writer.h"

#include <string.h>

#include "../corpus/error.h"
#include "../corpus/index_info.h"
#include "../corpus/terms.h"
#include "dictionary.h"
#include "document.h"

/* Commits by themselves bound memory: so many articles, or bytes of text, whichever is first. */
enum { BATCH_ARTICLES = 10000, BATCH_BYTES = 32 << 20 };

enum { DICTIONARY_WORDS = 1000000 };

struct IndexWriter {
  ShimDb *db;
  FacetTable *facets;
  DocumentBuilder *builder;
  Dictionary *dictionary;
  GByteArray *touched; /* one bit a document number: given in this run */
  guint batch_articles;
  gsize batch_bytes;
  gboolean in_batch;
};

IndexWriter *index_writer_open(const char *path, GError **error)
{
  ShimDb *db = index_open_writer(path, error);
  if (db == NULL) return NULL;
  FacetTable *facets = index_facet_table(db, error);
  if (facets == NULL) {
    shim_db_free(db);
    return NULL;
  }
  IndexWriter *writer = g_new0(IndexWriter, 1);
  writer->db = db;
  writer->facets = facets;
  writer->builder = document_builder_new();
  writer->dictionary = dictionary_new(DICTIONARY_WORDS);
  writer->touched = g_byte_array_new();
  return writer;
}

void index_writer_close(IndexWriter *writer)
{
  if (writer == NULL) return;
  shim_db_free(writer->db);
  facet_table_free(writer->facets);
  document_builder_free(writer->builder);
  dictionary_free(writer->dictionary);
  g_byte_array_free(writer->touched, TRUE);
  g_free(writer);
}

/* ---- which articles this run has given ---- */

static gboolean is_touched(const IndexWriter *writer, guint32 docid)
{
  guint byte = docid / 8;
  return byte < writer->touched->len && (writer->touched->data[byte] & (1u << (docid % 8))) != 0;
}

static void touch(IndexWriter *writer, guint32 docid)
{
  guint byte = docid / 8;
  guint len = writer->touched->len;
  if (byte >= len) {
    g_byte_array_set_size(writer->touched, MAX(byte + 1, len * 2));
    memset(writer->touched->data + len, 0, writer->touched->len - len);
  }
  writer->touched->data[byte] |= (guint8)(1u << (docid % 8));
}

/* ---- articles ---- */

static gboolean begin_batch(IndexWriter *writer, GError **error)
{
  if (writer->in_batch) return TRUE;
  /* A transaction keeps Xapian from committing by itself halfway. */
  if (!shim_ok(shim_db_begin(writer->db), error)) return FALSE;
  writer->in_batch = TRUE;
  return TRUE;
}

gboolean index_writer_commit(IndexWriter *writer, GError **error)
{
  if (!writer->in_batch) return TRUE;
  if (!index_set_facet_table(writer->db, writer->facets, error) ||
      !index_raise_revision(writer->db, error) ||
      !shim_ok(shim_db_commit_transaction(writer->db), error))
    return FALSE;
  writer->in_batch = FALSE;
  writer->batch_articles = 0;
  writer->batch_bytes = 0;
  return TRUE;
}

static gboolean end_of_batch(IndexWriter *writer, gsize bytes, GError **error)
{
  writer->batch_bytes += bytes;
  if (++writer->batch_articles < BATCH_ARTICLES && writer->batch_bytes < BATCH_BYTES) return TRUE;
  return index_writer_commit(writer, error);
}

/* The number of the article with that id, 0 when there is none. FALSE with an error. */
static gboolean find_article(IndexWriter *writer, const char *id, guint32 *docid, GError **error)
{
  g_autoptr(GString) term = g_string_new(NULL);
  term_of_value(term, FIELD_ID, id);
  *docid = 0;
  ShimStatus status = shim_db_find(writer->db, term->str, term->len, docid);
  return status == SHIM_NOT_FOUND || shim_ok(status, error);
}

/* TRUE when the stored article is `data` to the byte. */
static gboolean is_same(IndexWriter *writer, guint32 docid, const char *data)
{
  ShimDoc *doc = NULL;
  if (shim_db_document(writer->db, docid, &doc) != SHIM_OK) return FALSE;
  const char *stored = NULL;
  size_t len = 0;
  gboolean same = shim_doc_data(doc, &stored, &len) == SHIM_OK && len == strlen(data) &&
                  memcmp(stored, data, len) == 0;
  shim_doc_free(doc);
  return same;
}

static gboolean store(IndexWriter *writer, const Article *article, const char *data, guint32 *docid,
                      GError **error)
{
  g_autoptr(GString) packed = g_string_new(NULL);
  facet_table_pack(writer->facets, article, packed);
  dictionary_begin(writer->dictionary, writer->db, article_first(article, FIELD_LANG));
  ShimDoc *doc = document_build(writer->builder, article, data, packed, dictionary_learn,
                                writer->dictionary, error);
  if (doc == NULL) return FALSE;
  ShimStatus status = dictionary_status(writer->dictionary);
  if (status == SHIM_OK)
    status = *docid == 0 ? shim_db_add(writer->db, doc, docid)
                         : shim_db_replace(writer->db, *docid, doc);
  shim_doc_free(doc);
  return shim_ok(status, error);
}

gboolean index_writer_put(IndexWriter *writer, const Article *article, PutResult *result,
                          GError **error)
{
  g_autofree char *data = article_pack(article);
  guint32 docid = 0;
  if (!find_article(writer, article_first(article, FIELD_ID), &docid, error)) return FALSE;
  if (docid != 0 && is_same(writer, docid, data)) {
    *result = PUT_UNCHANGED;
    touch(writer, docid);
    return TRUE;
  }
  *result = docid == 0 ? PUT_ADDED : is_touched(writer, docid) ? PUT_REPEATED : PUT_CHANGED;
  if (!begin_batch(writer, error) || !store(writer, article, data, &docid, error)) return FALSE;
  touch(writer, docid);
  return end_of_batch(writer, strlen(data), error);
}

gboolean index_writer_delete(IndexWriter *writer, const char *id, gboolean *found, GError **error)
{
  guint32 docid = 0;
  if (!find_article(writer, id, &docid, error)) return FALSE;
  *found = docid != 0;
  if (docid == 0) return TRUE;
  return begin_batch(writer, error) && shim_ok(shim_db_delete(writer->db, docid), error);
}

/* All document numbers that this run has not given. */
static gboolean untouched(IndexWriter *writer, GArray *docids, GError **error)
{
  ShimPostings *all = NULL;
  if (!shim_ok(shim_postings_open(writer->db, "", 0, &all), error)) return FALSE;
  ShimStatus status;
  guint32 docid;
  while ((status = shim_postings_next(all, &docid, NULL)) == SHIM_OK)
    if (!is_touched(writer, docid)) g_array_append_val(docids, docid);
  shim_postings_free(all);
  return status == SHIM_END || shim_ok(status, error);
}

gboolean index_writer_prune(IndexWriter *writer, guint64 *removed, GError **error)
{
  g_autoptr(GArray) docids = g_array_new(FALSE, FALSE, sizeof(guint32));
  *removed = 0;
  if (!untouched(writer, docids, error)) return FALSE;
  for (guint i = 0; i < docids->len; i++) {
    if (!begin_batch(writer, error) ||
        !shim_ok(shim_db_delete(writer->db, g_array_index(docids, guint32, i)), error))
      return FALSE;
    ++*removed;
  }
  return TRUE;
}

GString *index_writer_learnt(IndexWriter *writer, GError **error)
{
  return index_learnt(writer->db, error);
}

gboolean index_writer_set_learnt(IndexWriter *writer, const GString *learnt, GError **error)
{
  return begin_batch(writer, error) && index_set_learnt(writer->db, learnt, error);
}

guint32 index_writer_count(IndexWriter *writer)
{
  ShimDbStats stats;
  return shim_db_stats(writer->db, &stats) == SHIM_OK ? stats.documents : 0;
}
