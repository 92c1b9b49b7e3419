/* similar.c - see similar.h */
#include "similar.h"

#include <string.h>

#include "../corpus/error.h"
#include "../corpus/index_state.h"
#include "../corpus/terms.h"
#include "../shim/match.h"
#include "answer.h"

enum {
  WORDS = 25,       /* of the query */
  CANDIDATES = 200, /* terms that are looked at */
  COMMON = 5        /* a word of one in so many articles says nothing */
};

typedef struct Search {
  GString *id_term; /* of the article */
  const char *lang; /* its language, NULL when not known */
  GPtrArray *terms; /* char *: candidates, the best first */
  GString *query;
} Search;

/* Values of fields and words of titles have a prefix in capitals: only plain words are kept. */
static void take(void *context, const char *term, size_t len, double weight)
{
  (void)weight;
  const Search *search = context;
  if (len > 0 && !g_ascii_isupper(term[0])) g_ptr_array_add(search->terms, g_strndup(term, len));
}

/* From how many articles on a word is common. */
static ShimStatus common_from(const Search *search, ShimDb *db, guint32 *limit)
{
  ShimDbStats stats;
  ShimStatus status = shim_db_stats(db, &stats);
  uint32_t articles = stats.documents;
  if (status == SHIM_OK && search->lang != NULL) {
    g_autoptr(GString) term = g_string_new(NULL);
    term_of_value(term, FIELD_LANG, search->lang);
    status = shim_db_term_freq(db, term->str, term->len, &articles);
  }
  *limit = MAX(articles / COMMON, 3);
  return status;
}

/* TRUE when the word in quotes is found again as that word. */
static gboolean is_quotable(Analyzer *analyzer, const char *word)
{
  Token token;
  analyzer_start(analyzer, word, strlen(word));
  if (!analyzer_next(analyzer, &token)) return FALSE;
  gboolean same = token.form_len == strlen(word) && memcmp(token.form, word, token.form_len) == 0;
  return same && !analyzer_next(analyzer, &token);
}

static ShimStatus write_query(const Search *search, ShimDb *db)
{
  guint32 common, n = 0;
  ShimStatus status = common_from(search, db, &common);
  Analyzer *analyzer = index_state_analyzer(index_state(db));
  for (guint i = 0; status == SHIM_OK && n < WORDS && i < search->terms->len; i++) {
    const char *word = g_ptr_array_index(search->terms, i);
    uint32_t freq;
    status = shim_db_term_freq(db, word, strlen(word), &freq);
    if (status != SHIM_OK || freq < 2 || freq >= common || !is_quotable(analyzer, word)) continue;
    g_string_append_printf(search->query, "%s\"%s\"", n == 0 ? "" : " OR ", word);
    n++;
  }
  return status;
}

static ShimStatus work(ShimDb *db, void *context)
{
  const Search *search = context;
  uint32_t docid;
  g_ptr_array_set_size(search->terms, 0);
  g_string_truncate(search->query, 0);
  ShimStatus status = shim_db_find(db, search->id_term->str, search->id_term->len, &docid);
  if (status == SHIM_OK) status = shim_expand(db, &docid, 1, CANDIDATES, "bo1", take, context);
  return status == SHIM_OK ? write_query(search, db) : status;
}

/* What similar_request() does, with room that the caller frees. */
static gboolean find_query(Search *search, ShimDb *db, const char *id, GError **error)
{
  g_autoptr(Article) article = answer_article(db, id, error);
  if (article == NULL) return FALSE;
  search->lang = article_first(article, FIELD_LANG);
  term_of_value(search->id_term, FIELD_ID, id);
  if (!shim_ok(shim_db_snapshot(db, work, search), error)) return FALSE;
  if (search->query->len > 0) return TRUE;
  g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE,
              "no word of the article %s tells what others it is like", id);
  return FALSE;
}

gboolean similar_request(Request *request, ShimDb *db, const char *id, GError **error)
{
  Search search = {.id_term = g_string_new(NULL),
                   .query = g_string_new(NULL),
                   .terms = g_ptr_array_new_with_free_func(g_free)};
  gboolean ok = find_query(&search, db, id, error);
  if (ok) {
    g_free(request->query);
    request->query = g_strdup(search.query->str);
    request_exclude(request, FIELD_ID, id);
  }
  g_ptr_array_free(search.terms, TRUE);
  g_string_free(search.query, TRUE);
  g_string_free(search.id_term, TRUE);
  return ok;
}
