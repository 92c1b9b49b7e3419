/* digest.c - see digest.h */
#include "digest.h"

#include <string.h>

#include "../corpus/error.h"
#include "../corpus/terms.h"
#include "answer.h"

typedef struct Ids {
  GPtrArray *list; /* char *, in `chunk` */
  GStringChunk *chunk;
} Ids;

static void add_id(const Ids *ids, const char *id, gsize len)
{
  g_ptr_array_add(ids->list, g_string_chunk_insert_len(ids->chunk, id, (gssize)len));
}

/* An id that is too long for a term stands in the article alone. */
static ShimStatus add_long_id(const Ids *ids, ShimDb *db, guint32 docid)
{
  Article *article = NULL;
  ShimStatus status = answer_load(db, docid, &article);
  const char *id = article == NULL ? NULL : article_first(article, FIELD_ID);
  if (id != NULL) add_id(ids, id, strlen(id));
  article_free(article);
  return status;
}

static ShimStatus add_id_of_term(const Ids *ids, ShimDb *db, guint32 docid, const char *term,
                                 gsize len)
{
  gsize id_len;
  const char *id = value_of_term(FIELD_ID, term, len, &id_len);
  if (id == NULL) return add_long_id(ids, db, docid);
  add_id(ids, id, id_len);
  return SHIM_OK;
}

/* ---- few articles: each one's list of terms, which the id stands near the beginning of ---- */

static ShimStatus add_id_of(const Ids *ids, ShimDb *db, guint32 docid)
{
  const char *prefix = schema_field(FIELD_ID)->prefix;
  ShimTerms *terms = NULL;
  const char *term;
  gsize len;
  ShimStatus status = shim_terms_of_document(db, docid, &terms);
  if (status != SHIM_OK) return status;
  status = shim_terms_seek(terms, prefix, strlen(prefix), &term, &len);
  if (status == SHIM_OK && g_str_has_prefix(term, prefix))
    status = add_id_of_term(ids, db, docid, term, len);
  shim_terms_free(terms);
  return status == SHIM_END ? SHIM_OK : status;
}

static ShimStatus look_up(const Ids *ids, ShimDb *db, const ShimSet *set)
{
  gsize n;
  const guint64 *words = shim_set_words(set, &n);
  ShimStatus status = SHIM_OK;
  for (gsize w = 0; w < n; w++)
    for (guint64 left = words[w]; left != 0 && status == SHIM_OK; left &= left - 1)
      status = add_id_of(ids, db, (guint32)(w * 64) + (guint32)__builtin_ctzll(left));
  return status;
}

/* ---- many: all ids of the index, and whose they are ---- */

static gboolean is_member(const guint64 *words, gsize n, guint32 docid)
{
  return docid / 64 < n && (words[docid / 64] >> (docid % 64) & 1) != 0;
}

static ShimStatus add_if_member(const Ids *ids, ShimDb *db, const ShimSet *set, const char *term,
                                gsize len)
{
  gsize n;
  const guint64 *words = shim_set_words(set, &n);
  uint32_t docid;
  ShimStatus status = shim_db_find(db, term, len, &docid);
  if (status != SHIM_OK || !is_member(words, n, docid)) return status;
  return add_id_of_term(ids, db, docid, term, len);
}

static ShimStatus walk(const Ids *ids, ShimDb *db, const ShimSet *set)
{
  const char *prefix = schema_field(FIELD_ID)->prefix;
  ShimTerms *terms = NULL;
  const char *term;
  gsize len;
  ShimStatus status = shim_terms_all(db, prefix, strlen(prefix), &terms);
  while (status == SHIM_OK && (status = shim_terms_next(terms, &term, &len)) == SHIM_OK)
    status = add_if_member(ids, db, set, term, len);
  shim_terms_free(terms);
  return status == SHIM_END ? SHIM_OK : status;
}

/* A list of terms must be decompressed (11 us), an id of the index looked up (2.4 us). */
static ShimStatus collect(const Ids *ids, ShimDb *db, const ShimSet *set)
{
  enum { COST_RATIO = 4 };
  ShimDbStats stats;
  ShimStatus status = shim_db_stats(db, &stats);
  if (status != SHIM_OK) return status;
  return shim_set_size(set) > stats.documents / COST_RATIO ? walk(ids, db, set)
                                                           : look_up(ids, db, set);
}

static gint by_bytes(gconstpointer a, gconstpointer b)
{
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *digest(GPtrArray *list)
{
  g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
  g_ptr_array_sort(list, by_bytes);
  for (guint i = 0; i < list->len; i++) {
    const char *id = g_ptr_array_index(list, i);
    g_checksum_update(sum, (const guchar *)id, (gssize)strlen(id));
    g_checksum_update(sum, (const guchar *)"\n", 1);
  }
  return g_strdup(g_checksum_get_string(sum));
}

char *digest_of_ids(ShimDb *db, const ShimSet *set, GError **error)
{
  enum { CHUNK = 1 << 16 };
  Ids ids = {g_ptr_array_new(), g_string_chunk_new(CHUNK)};
  char *result = shim_ok(collect(&ids, db, set), error) ? digest(ids.list) : NULL;
  g_ptr_array_free(ids.list, TRUE);
  g_string_chunk_free(ids.chunk);
  return result;
}
