/* copies.c - see copies.h */
#include "copies.h"

#include <string.h>

#include "../corpus/error.h"
#include "../corpus/fingerprint.h"
#include "../corpus/fold.h"
#include "../corpus/terms.h"
#include "answer.h"

/* ---- finding them ---- */

typedef struct Search {
  const GString *id_term;
  guint32 own;
  guint8 fingerprint[FINGERPRINT_SIZE];
  GArray *candidates; /* guint32: document numbers, one as often as it shares terms */
  Copies *copies;
} Search;

/* FALSE, with SHIM_OK, when the document has none. */
static ShimStatus read_fingerprint(ShimDoc *doc, guint8 *fingerprint, gboolean *has)
{
  const char *value = NULL;
  size_t len = 0;
  ShimStatus status = shim_doc_value(doc, SLOT_COPY, &value, &len);
  *has = status == SHIM_OK && len == FINGERPRINT_SIZE;
  if (*has) memcpy(fingerprint, value, FINGERPRINT_SIZE);
  return status;
}

static ShimStatus compare(Search *search, guint32 docid, ShimDoc *doc)
{
  guint8 fingerprint[FINGERPRINT_SIZE];
  gboolean has;
  ShimStatus status = read_fingerprint(doc, fingerprint, &has);
  if (!has || !fingerprint_is_copy(search->fingerprint, fingerprint)) return status;
  const char *data = NULL;
  size_t len = 0;
  status = shim_doc_data(doc, &data, &len);
  Article *article = status == SHIM_OK ? article_unpack(data, len) : NULL;
  if (article == NULL) return status;
  g_ptr_array_add(search->copies->articles, article);
  if (docid == search->own)
    search->copies->own = article;
  else
    search->copies->n++;
  return status;
}

static ShimStatus collect_band(Search *search, ShimDb *db, const char *term, gsize len)
{
  ShimPostings *postings = NULL;
  uint32_t docid;
  ShimStatus status = shim_postings_open(db, term, len, &postings);
  while (status == SHIM_OK && (status = shim_postings_next(postings, &docid, NULL)) == SHIM_OK) {
    if (docid == search->own) continue;
    search->copies->more = search->candidates->len == COPIES_COMPARED_MAX;
    if (search->copies->more) break;
    g_array_append_val(search->candidates, docid);
  }
  shim_postings_free(postings);
  return status == SHIM_END ? SHIM_OK : status;
}

/* The articles that share a term of a band. */
static ShimStatus collect(Search *search, ShimDb *db)
{
  static const char prefix[] = FINGERPRINT_PREFIX;
  const gsize prefix_len = strlen(prefix);
  ShimTerms *terms = NULL;
  const char *term;
  size_t len;
  ShimStatus status = shim_terms_of_document(db, search->own, &terms);
  if (status == SHIM_OK) status = shim_terms_seek(terms, prefix, prefix_len, &term, &len);
  while (status == SHIM_OK && len > prefix_len && memcmp(term, prefix, prefix_len) == 0) {
    status = collect_band(search, db, term, len);
    if (status == SHIM_OK) status = shim_terms_next(terms, &term, &len);
  }
  shim_terms_free(terms);
  return status == SHIM_END ? SHIM_OK : status;
}

static int ascending(gconstpointer a, gconstpointer b)
{
  guint32 left = *(const guint32 *)a, right = *(const guint32 *)b;
  return left < right ? -1 : left > right;
}

static ShimStatus compare_all(Search *search, ShimDb *db)
{
  ShimStatus status = SHIM_OK;
  guint32 last = 0; /* is no document */
  g_array_sort(search->candidates, ascending);
  for (guint i = 0; status == SHIM_OK && i < search->candidates->len; i++) {
    guint32 docid = g_array_index(search->candidates, guint32, i);
    if (docid == last) continue;
    last = docid;
    if (docid != search->own && search->copies->n == COPIES_MAX) {
      search->copies->more = TRUE;
      continue;
    }
    ShimDoc *doc = NULL;
    status = shim_db_document(db, docid, &doc);
    if (status == SHIM_OK) status = compare(search, docid, doc);
    shim_doc_free(doc);
  }
  return status;
}

/* Runs on one state of the index; called again on a newer one when that state is gone. */
static ShimStatus work(ShimDb *db, void *context)
{
  Search *search = context;
  ShimDoc *doc = NULL;
  gboolean has = FALSE;
  copies_clear(search->copies);
  search->copies->articles = g_ptr_array_new_with_free_func((GDestroyNotify)article_free);
  g_array_set_size(search->candidates, 0);
  ShimStatus status = shim_db_find(db, search->id_term->str, search->id_term->len, &search->own);
  if (status == SHIM_OK) status = shim_db_document(db, search->own, &doc);
  if (status == SHIM_OK) status = read_fingerprint(doc, search->fingerprint, &has);
  shim_doc_free(doc);
  if (status != SHIM_OK) return status == SHIM_NOT_FOUND ? SHIM_OK : status;
  search->copies->too_short = !has;
  if (!has) return SHIM_OK;
  g_array_append_val(search->candidates, search->own);
  status = collect(search, db);
  gboolean alone = search->candidates->len == 1;
  return status == SHIM_OK && !alone ? compare_all(search, db) : status;
}

/* ---- what they are ---- */

/* Dates are compared as text, a year before its months and days. */
static int by_date(gconstpointer a, gconstpointer b, gpointer data)
{
  const char *left = article_first(*(Article *const *)a, FIELD_DATE);
  const char *right = article_first(*(Article *const *)b, FIELD_DATE);
  (void)data;
  if (left == NULL || right == NULL) return (left == NULL) - (right == NULL);
  return strcmp(left, right);
}

static guint count_sources(const Copies *copies)
{
  g_autoptr(GHashTable) sources = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < copies->articles->len; i++) {
    const Article *article = g_ptr_array_index(copies->articles, i);
    const char *source = article_first(article, FIELD_SOURCE);
    if (article != copies->own && source != NULL) g_hash_table_add(sources, fold_name(source, -1));
  }
  return g_hash_table_size(sources);
}

gboolean copies_find(ShimDb *db, const char *id, Copies *copies, GError **error)
{
  g_autoptr(GString) term = g_string_new(NULL);
  g_autoptr(GArray) candidates = g_array_new(FALSE, FALSE, sizeof(guint32));
  *copies = (Copies){0};
  Search search = {.id_term = term, .candidates = candidates, .copies = copies};
  term_of_value(term, FIELD_ID, id);
  if (!shim_ok(shim_db_snapshot(db, work, &search), error)) {
    copies_clear(copies);
    return FALSE;
  }
  g_ptr_array_sort_with_data(copies->articles, by_date, NULL); /* a stable sort */
  copies->sources = count_sources(copies);
  return TRUE;
}

void copies_clear(Copies *copies)
{
  if (copies->articles != NULL) g_ptr_array_free(copies->articles, TRUE);
  *copies = (Copies){0};
}

char *copies_text(const Copies *copies)
{
  guint n = copies->n;
  if (n == 0) return NULL;
  GString *text = g_string_new(NULL);
  g_string_printf(text, "%s%u %s", copies->more ? "at least " : "", n, n == 1 ? "copy" : "copies");
  if (copies->sources > 0)
    g_string_append_printf(text, " in %u %s", copies->sources,
                           copies->sources == 1 ? "source" : "sources");
  return g_string_free(text, FALSE);
}
