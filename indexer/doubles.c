/* doubles.c - see doubles.h */
#include "doubles.h"

#include <string.h>

#include "../corpus/error.h"
#include "../corpus/schema.h"

/* TRUE when both documents are the same article to the byte. FALSE also with an error, which the
 * next call meets again. */
static gboolean are_same(ShimDb *db, guint32 a, guint32 b)
{
  ShimDoc *left = NULL, *right = NULL;
  const char *left_data, *right_data;
  size_t left_len, right_len;
  gboolean same = shim_db_document(db, a, &left) == SHIM_OK &&
                  shim_db_document(db, b, &right) == SHIM_OK &&
                  shim_doc_data(left, &left_data, &left_len) == SHIM_OK &&
                  shim_doc_data(right, &right_data, &right_len) == SHIM_OK &&
                  left_len == right_len && memcmp(left_data, right_data, left_len) == 0;
  shim_doc_free(left);
  shim_doc_free(right);
  return same;
}

/* Several articles with one id: the last one stands. `old` tells which numbers were in the index
 * before; of two equal articles the one that was stays. */
static gboolean remove_doubles_of(ShimDb *db, const char *term, gsize len, guint32 old,
                                  BulkCounts *counts, GError **error)
{
  g_autoptr(GArray) docids = g_array_new(FALSE, FALSE, sizeof(guint32));
  ShimPostings *postings = NULL;
  if (!shim_ok(shim_postings_open(db, term, len, &postings), error)) return FALSE;
  guint32 docid;
  ShimStatus status;
  while ((status = shim_postings_next(postings, &docid, NULL)) == SHIM_OK)
    g_array_append_val(docids, docid);
  shim_postings_free(postings);
  if (status != SHIM_END) return shim_ok(status, error);

  guint last = docids->len - 1;
  guint32 first_docid = g_array_index(docids, guint32, 0);
  gboolean was = first_docid <= old;
  gboolean same = was && are_same(db, first_docid, g_array_index(docids, guint32, last));
  counts->repeated += was ? last - 1 : last;
  if (was && same)
    counts->unchanged++;
  else if (was)
    counts->changed++;
  for (guint i = 0; i < docids->len; i++)
    if (i != (same ? 0 : last) &&
        !shim_ok(shim_db_delete(db, g_array_index(docids, guint32, i)), error))
      return FALSE;
  return TRUE;
}

/* The id terms that more than one document has. NULL with an error. */
static GPtrArray *doubled_ids(ShimDb *db, GError **error)
{
  const char *prefix = schema_field(FIELD_ID)->prefix;
  GPtrArray *doubled = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
  ShimTerms *terms = NULL;
  const char *term;
  gsize len;
  uint32_t freq = 0;
  ShimStatus status = shim_terms_all(db, prefix, strlen(prefix), &terms);
  while (status == SHIM_OK && (status = shim_terms_next(terms, &term, &len)) == SHIM_OK &&
         (status = shim_terms_freq(terms, &freq)) == SHIM_OK)
    if (freq > 1) g_ptr_array_add(doubled, g_bytes_new(term, len));
  shim_terms_free(terms);
  if (status == SHIM_END || shim_ok(status, error)) return doubled;
  g_ptr_array_free(doubled, TRUE);
  return NULL;
}

gboolean doubles_remove(ShimDb *db, guint32 old, BulkCounts *counts, GError **error)
{
  g_autoptr(GPtrArray) doubled = doubled_ids(db, error);
  if (doubled == NULL) return FALSE;
  for (guint i = 0; i < doubled->len; i++) {
    gsize len;
    const char *term = g_bytes_get_data(g_ptr_array_index(doubled, i), &len);
    if (!remove_doubles_of(db, term, len, old, counts, error)) return FALSE;
  }
  return TRUE;
}
