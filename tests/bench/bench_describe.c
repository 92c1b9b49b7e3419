/* bench_describe.c - times each step of describing, in one thread, beside indexing.
 *
 *   sitrep-index --describe-only PATH... | bench_describe SITREP-INDEX PASSES
 *
 * Reads articles and describes them from title and text alone, PASSES times; the fastest pass
 * counts, in processor time. Then indexes them in bulk with one worker, which describes them once
 * more: what that takes in all, less describing, is indexing. A line for each step, in ms an
 * article and as a share of indexing. Last the time that SITREP-INDEX takes to start and to
 * describe one article of a few words, whole processes: the median of STARTS. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "../../corpus/reader.h"
#include "../../indexer/bulk.h"
#include "../../indexer/describe_step.h"
#include "../../indexer/scratch.h"

enum { STEPS_MAX = 16, STARTS = 21, MEMORY = 200 << 20 };

static const char brief[] = "{\"id\":\"a\",\"body\":\"Rebels attacked Kabul on Monday.\"}\n";

static double seconds(clockid_t clock)
{
  struct timespec time;
  clock_gettime(clock, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void fail(const char *what, GError *error)
{
  fprintf(stderr, "bench_describe: %s%s%s\n", what, error == NULL ? "" : ": ",
          error == NULL ? "" : error->message);
  exit(EXIT_FAILURE);
}

static gssize read_stdin(G_GNUC_UNUSED void *context, char *buffer, gsize size,
                         G_GNUC_UNUSED GError **error)
{
  return read(STDIN_FILENO, buffer, size);
}

static GPtrArray *read_articles(void)
{
  GPtrArray *articles = g_ptr_array_new();
  TextStream *stream = text_stream_new(read_stdin, NULL, NULL);
  const ReadOptions options = {0};
  void *reader = format_jsonl.open(stream, &options);
  Reject reject = {0};
  Article *article = NULL;
  for (ReadStatus status; (status = format_jsonl.next(reader, &article, &reject)) != READ_END;)
    if (status == READ_ARTICLE) g_ptr_array_add(articles, article);
  reject_clear(&reject);
  format_jsonl.close(reader);
  text_stream_free(stream);
  return articles;
}

/* As if the source had stated nothing but title and text: every step has to work. */
static void forget(Article *article)
{
  static const gboolean kept[FIELD_COUNT] = {[FIELD_ID] = TRUE,
                                             [FIELD_TITLE] = TRUE,
                                             [FIELD_BODY] = TRUE,
                                             [FIELD_URL] = TRUE,
                                             [FIELD_SOURCE] = TRUE};
  for (int field = 0; field < FIELD_COUNT; field++)
    if (!kept[field]) article_clear(article, (FieldId)field);
}

/* Times of reading the words and of each step, in seconds for all articles. */
static void time_pass(Scribe *scribe, const GPtrArray *articles, double *times)
{
  for (guint i = 0; i < articles->len; i++) {
    Article *article = articles->pdata[i];
    forget(article);
    double before = seconds(CLOCK_THREAD_CPUTIME_ID);
    scribe_read(scribe, article);
    for (guint k = 0;; k++) {
      double now = seconds(CLOCK_THREAD_CPUTIME_ID);
      times[k] += now - before;
      if (describe_steps[k].name == NULL) break;
      before = now;
      scribe_step(scribe, &describe_steps[k], article);
    }
  }
}

static double time_describing(const GPtrArray *articles, guint passes, double *best)
{
  Scribe *scribe = scribe_new(NULL);
  double least = 0;
  for (guint pass = 0; pass < passes; pass++) {
    double times[STEPS_MAX] = {0}, sum = 0;
    time_pass(scribe, articles, times);
    for (guint i = 0; i < STEPS_MAX; i++) sum += times[i];
    if (pass > 0 && sum >= least) continue;
    least = sum;
    for (guint i = 0; i < STEPS_MAX; i++) best[i] = times[i];
  }
  scribe_free(scribe);
  return least;
}

/* Processor time of describing and indexing all articles, which are given away. */
static double time_bulk(GPtrArray *articles)
{
  GError *error = NULL;
  g_autofree char *folder = g_dir_make_tmp("bench-describe-XXXXXX", &error);
  if (folder == NULL) fail("no temporary folder", error);
  g_autofree char *index = g_build_filename(folder, "index", NULL);
  const BulkOptions options = {.index = index, .jobs = 1, .memory = MEMORY};
  BulkCounts counts;
  g_autoptr(GString) learnt = g_string_new(NULL);
  double start = seconds(CLOCK_PROCESS_CPUTIME_ID);
  Bulk *bulk = bulk_new(&options, &error);
  for (guint i = 0; bulk != NULL && error == NULL && i < articles->len; i++)
    bulk_put(bulk, articles->pdata[i], &error);
  if (error == NULL) bulk_finish(bulk, learnt, &counts, &error);
  double taken = seconds(CLOCK_PROCESS_CPUTIME_ID) - start;
  bulk_free(bulk);
  scratch_remove(folder);
  if (error != NULL) fail("the index cannot be made", error);
  return taken;
}

static int by_size(const void *a, const void *b)
{
  double left = *(const double *)a, right = *(const double *)b;
  return (left > right) - (left < right);
}

/* The median of a whole process, in ms. */
static double time_process(const char *program, const char *option, const char *path)
{
  const char *arguments[] = {program, option, path, NULL};
  double times[STARTS];
  for (guint i = 0; i < STARTS; i++) {
    GError *error = NULL;
    g_autofree char *out = NULL;
    double start = seconds(CLOCK_MONOTONIC);
    if (!g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, NULL,
                      &error))
      fail(program, error);
    times[i] = (seconds(CLOCK_MONOTONIC) - start) * 1e3;
  }
  qsort(times, STARTS, sizeof *times, by_size);
  return times[STARTS / 2];
}

static void time_start(const char *program)
{
  GError *error = NULL;
  char *path = NULL;
  int file = g_file_open_tmp("bench-describe-XXXXXX.jsonl", &path, &error);
  if (file < 0 || !g_file_set_contents(path, brief, -1, &error)) fail("no temporary file", error);
  printf("%-12s %8.1f ms\n", "--version", time_process(program, "--version", NULL));
  printf("%-12s %8.1f ms\n", "one article", time_process(program, "--describe-only", path));
  close(file);
  unlink(path);
  g_free(path);
}

int main(int argc, char **argv)
{
  setlocale(LC_ALL, "");
  if (argc != 3)
    fail("Usage: sitrep-index --describe-only PATH... | bench_describe SITREP-INDEX PASSES", NULL);
  GPtrArray *articles = read_articles();
  double n = articles->len, times[STEPS_MAX] = {0};
  if (articles->len == 0) fail("no articles on standard input", NULL);
  double describing = time_describing(articles, (guint)MAX(atoi(argv[2]), 1), times);
  for (guint i = 0; i < articles->len; i++) forget(articles->pdata[i]);
  double indexing = time_bulk(articles) - describing;
  printf("%.0f articles, one thread\n%-12s %11s %18s\n", n, "", "ms/article", "share of indexing");
  for (guint i = 0; i == 0 || describe_steps[i - 1].name != NULL; i++)
    printf("%-12s %11.3f %18.2f\n", i == 0 ? "words" : describe_steps[i - 1].name,
           times[i] / n * 1e3, times[i] / indexing);
  printf("%-12s %11.3f %18.2f\n", "describing", describing / n * 1e3, describing / indexing);
  printf("%-12s %11.3f\n", "indexing", indexing / n * 1e3);
  time_start(argv[1]);
  g_ptr_array_free(articles, TRUE);
  return EXIT_SUCCESS;
}
