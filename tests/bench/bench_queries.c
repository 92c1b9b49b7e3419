/* bench_queries.c - times queries in one process.
 *
 *   bench_queries INDEX QUERIES PASSES SECONDS [WAY]
 *
 * QUERIES has a line for each query: its kind, a tab, the query. Every query goes through Request
 * and Answer, as from the command line. For each way of asking and each kind the whole set runs
 * once to warm up, then up to PASSES times, but no pass begins after SECONDS; what counts of a
 * query is the median of its times. Writes a line for each way and query, in their order:
 *
 *   way  kind  milliseconds  how many were found
 *
 * or one line "way  kind  -  why" when the engine does not take such queries. Ways of asking:
 *   top       the ten best, without counting
 *   count     the exact count alone
 *   facets    the exact count and all facets
 *   snippets  articles and snippets of the ten best, after they were found
 *   timeline  the exact count by month, beside all articles
 *   similar   the ten articles most like the best one, after that was found
 *   compile   parsing and compiling alone
 * WAY asks in that way only, for a profile. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../corpus/index_info.h"
#include "../../searcher/answer.h"
#include "../../searcher/output.h"
#include "../../searcher/similar.h"

typedef struct Set {
  char *kind;
  GPtrArray *queries; /* char * */
} Set;

typedef struct Sample {
  double ms;
  guint64 found;
} Sample;

typedef struct Mode {
  const char *name;
  gboolean (*ask)(ShimDb *db, const char *query, Sample *sample, GError **error);
} Mode;

static double now(void)
{
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* ---- modes ---- */

static Request *new_request(const char *query)
{
  Request *request = request_new();
  g_free(request->query);
  request->query = g_strdup(query);
  return request;
}

/* Times the request from parsing to freeing. */
static gboolean time_request(Request *request, ShimDb *db, Sample *sample, GError **error)
{
  double start = now();
  Answer *answer = answer_new(request, db, error);
  gboolean ok = answer != NULL;
  if (ok) sample->found = answer->total.estimated;
  answer_free(answer);
  sample->ms = now() - start;
  return ok;
}

static gboolean ask_top(ShimDb *db, const char *query, Sample *sample, GError **error)
{
  g_autoptr(Request) request = new_request(query);
  request->estimate = TRUE;
  return time_request(request, db, sample, error);
}

static gboolean ask_count(ShimDb *db, const char *query, Sample *sample, GError **error)
{
  g_autoptr(Request) request = new_request(query);
  request->limit = 0;
  return time_request(request, db, sample, error);
}

static gboolean ask_facets(ShimDb *db, const char *query, Sample *sample, GError **error)
{
  g_autoptr(Request) request = new_request(query);
  request->limit = 0;
  for (int i = 0; i < FIELD_COUNT; i++) request->facets[i] = schema_field((FieldId)i)->facet;
  return time_request(request, db, sample, error);
}

static gboolean show(Answer *answer, guint32 i, GError **error)
{
  Hit hit;
  HitStatus status = answer_hit(answer, i, &hit, error);
  if (status != HIT_OK) return status == HIT_GONE;
  Snippet snippet = output_snippet(answer, hit.article);
  snippet_clear(&snippet);
  hit_clear(&hit);
  return TRUE;
}

static gboolean ask_snippets(ShimDb *db, const char *query, Sample *sample, GError **error)
{
  g_autoptr(Request) request = new_request(query);
  request->estimate = TRUE;
  g_autoptr(Answer) answer = answer_new(request, db, error);
  if (answer == NULL) return FALSE;
  gboolean ok = TRUE;
  double start = now();
  for (guint32 i = 0; ok && i < answer_size(answer); i++) ok = show(answer, i, error);
  sample->ms = now() - start;
  sample->found = answer_size(answer);
  return ok;
}

static gboolean ask_timeline(ShimDb *db, const char *query, Sample *sample, GError **error)
{
  g_autoptr(Request) request = new_request(query);
  request->limit = 0;
  request->timeline = TIMELINE_MONTH;
  request->timeline_max = G_MAXUINT32;
  return time_request(request, db, sample, error);
}

/* Makes the request for articles like one, and asks it. */
static gboolean time_similar(const char *id, ShimDb *db, Sample *sample, GError **error)
{
  g_autoptr(Request) request = new_request("");
  double start = now();
  if (!similar_request(request, db, id, error)) return FALSE;
  double made = now() - start;
  gboolean ok = time_request(request, db, sample, error);
  sample->ms += made;
  return ok;
}

static gboolean ask_similar(ShimDb *db, const char *query, Sample *sample, GError **error)
{
  g_autoptr(Request) request = new_request(query);
  request->estimate = TRUE;
  request->limit = 1;
  g_autoptr(Answer) answer = answer_new(request, db, error);
  Hit hit;
  if (answer == NULL || answer_size(answer) == 0) return answer != NULL;
  if (answer_hit(answer, 0, &hit, error) != HIT_OK) return FALSE;
  gboolean ok = time_similar(article_first(hit.article, FIELD_ID), db, sample, error);
  hit_clear(&hit);
  return ok;
}

static gboolean ask_compile(ShimDb *db, const char *query, Sample *sample, GError **error)
{
  double start = now();
  Node *tree = query_parse(query, NULL, error);
  CompiledQuery *compiled = tree == NULL ? NULL : query_compile(tree, query, db, NULL, error);
  gboolean ok = compiled != NULL;
  compiled_query_free(compiled);
  node_free(tree);
  sample->ms = now() - start;
  return ok;
}

static const Mode modes[] = {{"top", ask_top},           {"count", ask_count},
                             {"facets", ask_facets},     {"snippets", ask_snippets},
                             {"timeline", ask_timeline}, {"similar", ask_similar},
                             {"compile", ask_compile}};

/* ---- figures ---- */

static gint by_size(gconstpointer a, gconstpointer b)
{
  double left = *(const double *)a, right = *(const double *)b;
  return left < right ? -1 : left > right;
}

static double median(GArray *values)
{
  g_array_sort(values, by_size);
  double low = g_array_index(values, double, (values->len - 1) / 2);
  double high = g_array_index(values, double, values->len / 2);
  return (low + high) / 2;
}

/* What the passes over a set gave, a member for each query. */
typedef struct Result {
  GArray *ms; /* double */
  guint64 found;
} Result;

static void result_clear(gpointer data)
{
  Result *result = data;
  g_array_unref(result->ms);
}

static GArray *new_results(guint n)
{
  GArray *results = g_array_new(FALSE, FALSE, sizeof(Result));
  g_array_set_clear_func(results, result_clear);
  for (guint i = 0; i < n; i++) {
    Result result = {.ms = g_array_new(FALSE, FALSE, sizeof(double))};
    g_array_append_val(results, result);
  }
  return results;
}

/* Asks each query of a set once; keeps no times when `results` is NULL. FALSE with an error. */
static gboolean run_pass(const Mode *mode, const Set *set, ShimDb *db, GArray *results,
                         GError **error)
{
  for (guint i = 0; i < set->queries->len; i++) {
    Sample sample = {0};
    if (!mode->ask(db, g_ptr_array_index(set->queries, i), &sample, error)) return FALSE;
    if (results == NULL) continue;
    Result *result = &g_array_index(results, Result, i);
    g_array_append_val(result->ms, sample.ms);
    result->found = sample.found;
  }
  return TRUE;
}

static void run_set(const Mode *mode, const Set *set, ShimDb *db, int passes, double seconds)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) results = new_results(set->queries->len);
  gboolean ok = run_pass(mode, set, db, NULL, &error);
  double end = now() + seconds * 1e3;
  for (int pass = 0; ok && pass < passes && (pass == 0 || now() < end); pass++)
    ok = run_pass(mode, set, db, results, &error);
  for (guint i = 0; ok && i < results->len; i++) {
    const Result *result = &g_array_index(results, Result, i);
    printf("%s\t%s\t%.4f\t%" G_GUINT64_FORMAT "\n", mode->name, set->kind, median(result->ms),
           result->found);
  }
  if (!ok) {
    g_strdelimit(error->message, "\t\n", ' ');
    printf("%s\t%s\t-\t%s\n", mode->name, set->kind, error->message);
  }
  fflush(stdout);
}

/* ---- the queries ---- */

static void set_free(gpointer data)
{
  Set *set = data;
  g_free(set->kind);
  g_ptr_array_free(set->queries, TRUE);
  g_free(set);
}

/* Lines of one kind stand together. */
static void add_query(GPtrArray *sets, const char *line)
{
  const char *tab = strchr(line, '\t');
  if (tab == NULL) return;
  g_autofree char *kind = g_strndup(line, (gsize)(tab - line));
  Set *set = sets->len == 0 ? NULL : g_ptr_array_index(sets, sets->len - 1);
  if (set == NULL || strcmp(set->kind, kind) != 0) {
    set = g_new0(Set, 1);
    set->kind = g_strdup(kind);
    set->queries = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(sets, set);
  }
  g_ptr_array_add(set->queries, g_strdup(tab + 1));
}

static GPtrArray *load_queries(const char *path, GError **error)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents(path, &text, NULL, error)) return NULL;
  GPtrArray *sets = g_ptr_array_new_with_free_func(set_free);
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++) add_query(sets, lines[i]);
  return sets;
}

static int run(char **argv, GError **error)
{
  const char *way = argv[5];
  ShimDb *db = index_open(argv[1], error);
  if (db == NULL) return 2;
  GPtrArray *sets = load_queries(argv[2], error);
  for (gsize m = 0; sets != NULL && m < G_N_ELEMENTS(modes); m++)
    for (guint i = 0; i < sets->len && (way == NULL || strcmp(way, modes[m].name) == 0); i++)
      run_set(&modes[m], g_ptr_array_index(sets, i), db, atoi(argv[3]),
              g_ascii_strtod(argv[4], NULL));
  shim_db_free(db);
  if (sets == NULL) return 2;
  g_ptr_array_free(sets, TRUE);
  return 0;
}

int main(int argc, char **argv)
{
  setlocale(LC_ALL, "");
  if (argc != 5 && argc != 6) {
    fputs("Usage: bench_queries INDEX QUERIES PASSES SECONDS [WAY]\n", stderr);
    return 2;
  }
  g_autoptr(GError) error = NULL;
  int status = run(argv, &error);
  if (error != NULL) fprintf(stderr, "bench_queries: %s\n", error->message);
  return status;
}
