/* neighbours.c - see neighbours.h
 *
 * Dates are compared as the text in SLOT_DATE. Everything in one day, month or year stands together
 * in that order, so the least of these spans that holds enough neighbours on both sides holds the
 * nearest ones, and only its articles are looked at. */
#include "neighbours.h"

#include <string.h>

#include "../corpus/error.h"
#include "../corpus/terms.h"
#include "../shim/set.h"
#include "answer.h"
#include "query_compile.h"

typedef struct Place {
  char date[DATE_TEXT_SIZE];
  guint32 docid;
} Place;

typedef struct Search {
  ShimDb *db;
  const Article *article;
  gboolean same_source;
  guint n;
  Place own;
  GArray *before, *after; /* Place, the nearest first, at most n */
  GError **error;
} Search;

static Place place_of(guint32 docid, const char *date, gsize len)
{
  Place place = {.docid = docid};
  memcpy(place.date, date, MIN(len, DATE_TEXT_SIZE - 1));
  return place;
}

static int compare(const Place *a, const Place *b)
{
  int order = strcmp(a->date, b->date);
  return order != 0 ? order : a->docid < b->docid ? -1 : a->docid > b->docid;
}

/* Puts a place where it belongs among the nearest, `sign` 1: those that come first. */
static void offer(GArray *nearest, guint n, const Place *place, int sign)
{
  guint at = nearest->len;
  while (at > 0 && sign * compare(place, &g_array_index(nearest, Place, at - 1)) < 0) at--;
  if (at >= n) return;
  g_array_insert_vals(nearest, at, place, 1);
  if (nearest->len > n) g_array_set_size(nearest, n);
}

static void look_at(void *context, uint32_t docid, const char *date, size_t len)
{
  const Search *search = context;
  Place place = place_of(docid, date, len);
  int order = compare(&place, &search->own);
  if (order < 0) offer(search->before, search->n, &place, -1);
  if (order > 0) offer(search->after, search->n, &place, 1);
}

/* ---- spans ---- */

/* The articles to look at: of a range of dates, "" for all. NULL with an error. */
static Node *tree_of(const Search *search, const char *range)
{
  Node *tree = *range == '\0' ? query_parse("", NULL, search->error)
                              : query_date(range, NULL, search->error);
  if (tree == NULL || !search->same_source) return tree;
  Node *source =
      query_value(FIELD_SOURCE, article_first(search->article, FIELD_SOURCE), search->error);
  if (source != NULL) return node_join(NODE_AND, tree, source);
  node_free(tree);
  return NULL;
}

static gboolean look_in(const Search *search, const char *range)
{
  g_autoptr(Node) tree = tree_of(search, range);
  g_autoptr(CompiledQuery) compiled =
      tree == NULL ? NULL : query_compile(tree, "", search->db, NULL, search->error);
  ShimSet *set = NULL;
  if (compiled == NULL || !shim_ok(shim_set_find(search->db, compiled->query, &set), search->error))
    return FALSE;
  g_array_set_size(search->before, 0);
  g_array_set_size(search->after, 0);
  ShimStatus status = shim_values(search->db, SLOT_DATE, set, look_at, (void *)search);
  shim_set_free(set);
  return shim_ok(status, search->error);
}

/* From the date itself over its month and year to all there is. */
static gboolean look_around(const Search *search, Date date)
{
  char year[DATE_TEXT_SIZE], month[DATE_TEXT_SIZE];
  date_format((Date){date.year, date.month, 0}, month);
  date_format((Date){date.year, 0, 0}, year);
  g_autofree char *years = g_strdup_printf("%04d..%04d", MAX(date.year - 1, 1), //
                                           MIN(date.year + 1, 9999));
  const char *const ranges[] = {search->own.date, month, year, years, ""};
  for (gsize i = 0; i < G_N_ELEMENTS(ranges); i++) {
    if (i > 0 && strcmp(ranges[i], ranges[i - 1]) == 0) continue;
    if (!look_in(search, ranges[i])) return FALSE;
    if (search->before->len == search->n && search->after->len == search->n) break;
  }
  return TRUE;
}

/* ---- articles ---- */

static gboolean load_all(const Search *search, const GArray *places, GPtrArray *articles)
{
  for (guint i = 0; i < places->len; i++) {
    Article *article = NULL;
    ShimStatus status = answer_load(search->db, g_array_index(places, Place, i).docid, &article);
    if (!shim_ok(status, search->error)) return FALSE;
    if (article != NULL) g_ptr_array_add(articles, article);
  }
  return TRUE;
}

static gboolean find(Search *search, Neighbours *neighbours)
{
  const char *text = article_first(search->article, FIELD_DATE);
  gboolean has_source = article_first(search->article, FIELD_SOURCE) != NULL;
  Date date;
  if (text == NULL || !date_parse_iso(text, strlen(text), &date)) return TRUE;
  if (search->same_source && !has_source) return TRUE;
  g_autoptr(GString) term = g_string_new(NULL);
  uint32_t docid;
  term_of_value(term, FIELD_ID, article_first(search->article, FIELD_ID));
  if (!shim_ok(shim_db_find(search->db, term->str, term->len, &docid), search->error)) return FALSE;
  search->own = place_of(docid, text, strlen(text));
  return look_around(search, date) && load_all(search, search->before, neighbours->before) &&
         load_all(search, search->after, neighbours->after);
}

/* Runs on one state of the index; called again on a newer one when that state is gone. */
typedef struct Job {
  Search search;
  Neighbours *neighbours;
  GError *error;
} Job;

static ShimStatus work(ShimDb *db, void *context)
{
  (void)db;
  Job *job = context;
  g_clear_error(&job->error);
  g_ptr_array_set_size(job->neighbours->before, 0);
  g_ptr_array_set_size(job->neighbours->after, 0);
  if (find(&job->search, job->neighbours)) return SHIM_OK;
  g_assert(job->error != NULL);
  return error_shim_status(job->error);
}

gboolean neighbours_find(ShimDb *db, const Article *article, gboolean same_source, guint n,
                         Neighbours *neighbours, GError **error)
{
  g_autoptr(GArray) before = g_array_new(FALSE, FALSE, sizeof(Place));
  g_autoptr(GArray) after = g_array_new(FALSE, FALSE, sizeof(Place));
  Job job = {.neighbours = neighbours};
  job.search = (Search){.db = db,
                        .article = article,
                        .same_source = same_source,
                        .n = MIN(n, NEIGHBOURS_MAX),
                        .before = before,
                        .after = after,
                        .error = &job.error};
  neighbours->before = g_ptr_array_new_with_free_func((GDestroyNotify)article_free);
  neighbours->after = g_ptr_array_new_with_free_func((GDestroyNotify)article_free);
  ShimStatus status = shim_db_snapshot(db, work, &job);
  if (status == SHIM_OK) return TRUE;
  neighbours_clear(neighbours);
  if (job.error != NULL)
    g_propagate_error(error, job.error);
  else
    shim_ok(status, error);
  return FALSE;
}

void neighbours_clear(Neighbours *neighbours)
{
  if (neighbours->before != NULL) g_ptr_array_free(neighbours->before, TRUE);
  if (neighbours->after != NULL) g_ptr_array_free(neighbours->after, TRUE);
  *neighbours = (Neighbours){0};
}
