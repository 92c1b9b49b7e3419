/* run.c - see run.h */
#include "run.h"

#include "../corpus/error.h"
#include "../corpus/input.h"
#include "../corpus/reader.h"
#include "describe.h"
#include "index_writer.h"
#include "progress.h"
#include "rejects.h"

typedef struct Run {
  const RunOptions *options;
  RunCounts *counts;
  const Format *format; /* forced, or NULL */
  InputSet *inputs;
  IndexWriter *writer;
  Rejects *rejects;
  Progress *progress;
} Run;

void run_counts_clear(RunCounts *counts)
{
  g_free(counts->first_note);
  g_free(counts->converted_from);
  g_free(counts->first_passed_over);
  *counts = (RunCounts){0};
}

static gboolean is_interrupted(const Run *run)
{
  return run->options->interrupted != NULL && *run->options->interrupted != 0;
}

static void reject(Run *run, const char *input, const Reject *why)
{
  progress_wipe(run->progress);
  rejects_add(run->rejects, input, why);
  run->counts->rejected++;
  if (why->fatal) run->counts->failed_inputs++;
}

static void reject_input(Run *run, const char *input, const char *reason)
{
  Reject why = {0};
  reject_set(&why, 0, 0, "%s", reason);
  why.fatal = TRUE;
  reject(run, input, &why);
  reject_clear(&why);
}

static void collect_notes(Run *run, const char *input, const Article *article)
{
  const GPtrArray *notes = article_notes(article);
  if (notes == NULL) return;
  if (run->counts->notes == 0)
    run->counts->first_note =
        g_strdup_printf("%s, article %s: %s", input, article_first(article, FIELD_ID),
                        (const char *)g_ptr_array_index(notes, 0));
  run->counts->notes += notes->len;
}

static void count_put(RunCounts *counts, PutResult result)
{
  switch (result) {
  case PUT_ADDED: counts->added++; return;
  case PUT_CHANGED: counts->changed++; return;
  case PUT_UNCHANGED: counts->unchanged++; return;
  case PUT_REPEATED: counts->repeated++; return;
  }
}

static gboolean put(Run *run, const char *input, Article *article, GError **error)
{
  article_ensure_id(article);
  describe_article(article);
  collect_notes(run, input, article);
  PutResult result;
  if (!index_writer_put(run->writer, article, &result, error)) return FALSE;
  count_put(run->counts, result);
  const RunCounts *counts = run->counts;
  progress_update(run->progress, inputs_bytes_done(run->inputs),
                  counts->added + counts->changed + counts->unchanged + counts->repeated);
  return TRUE;
}

static gboolean read_records(Run *run, const char *name, const Format *format, TextStream *stream,
                             GError **error)
{
  ReadOptions options = {.map = run->options->map};
  void *reader = format->open(stream, &options);
  Reject why = {0};
  gboolean ok = TRUE;
  while (ok && !is_interrupted(run)) {
    Article *article = NULL;
    ReadStatus status = format->next(reader, &article, &why);
    if (status == READ_END) break;
    if (status == READ_REJECTED)
      reject(run, name, &why);
    else
      ok = put(run, name, article, error);
    article_free(article);
  }
  reject_clear(&why);
  format->close(reader);
  return ok;
}

static void collect_conversion(Run *run, const TextStream *stream)
{
  const char *encoding = NULL;
  guint64 lines = text_stream_converted(stream, &encoding);
  if (lines > 0 && run->counts->converted_lines == 0)
    run->counts->converted_from = g_strdup(encoding);
  run->counts->converted_lines += lines;
}

static void pass_over(Run *run, const char *name)
{
  if (run->counts->passed_over++ == 0) run->counts->first_passed_over = g_strdup(name);
}

static gboolean read_input(Run *run, Input *input, GError **error)
{
  const char *name = input_name(input);
  g_autoptr(TextStream) stream = text_stream_new(input_read, input, run->options->encoding);
  const Format *format = run->format;
  if (format == NULL) {
    const char *why = NULL;
    gboolean is_table = FALSE;
    format = format_recognise(stream, &why, &is_table);
    if (format == NULL && is_table && !input_is_named(input)) {
      pass_over(run, name);
      return TRUE;
    }
    if (format == NULL) {
      reject_input(run, name, why);
      return TRUE;
    }
  }
  run->counts->inputs++;
  gboolean ok = read_records(run, name, format, stream, error);
  collect_conversion(run, stream);
  return ok;
}

static gboolean read_inputs(Run *run, GError **error)
{
  while (!is_interrupted(run)) {
    Input *input = NULL;
    const char *name = NULL;
    g_autoptr(GError) failure = NULL;
    InputStatus status = inputs_next(run->inputs, &input, &name, &failure);
    if (status == INPUT_END) return TRUE;
    if (status == INPUT_FAILED)
      reject_input(run, name, failure->message);
    else if (!read_input(run, input, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean delete_ids(Run *run, GError **error)
{
  const char *const *ids = run->options->deletions;
  for (gsize i = 0; ids != NULL && ids[i] != NULL; i++) {
    gboolean found = FALSE;
    if (!index_writer_delete(run->writer, ids[i], &found, error)) return FALSE;
    if (found)
      run->counts->removed++;
    else
      reject_input(run, ids[i], "cannot be deleted: the index holds no article of that id");
  }
  return TRUE;
}

/* What is missing because an input broke off must not be mistaken for what was taken away. */
static gboolean prune(Run *run, GError **error)
{
  if (!run->options->prune) return TRUE;
  if (run->counts->failed_inputs > 0 || is_interrupted(run)) {
    run->counts->pruned_nothing = TRUE;
    return TRUE;
  }
  guint64 removed = 0;
  if (!index_writer_prune(run->writer, &removed, error)) return FALSE;
  run->counts->removed += removed;
  return TRUE;
}

static void collect_end(Run *run)
{
  const GPtrArray *names = inputs_passed_over(run->inputs);
  for (guint i = 0; i < names->len; i++) pass_over(run, g_ptr_array_index(names, i));
  run->counts->interrupted = is_interrupted(run);
  run->counts->articles = index_writer_count(run->writer);
  run->counts->seconds = progress_seconds(run->progress);
}

static gboolean run_all(Run *run, GError **error)
{
  gboolean ok = delete_ids(run, error) && read_inputs(run, error) && prune(run, error) &&
                index_writer_commit(run->writer, error);
  collect_end(run);
  return ok;
}

gboolean run_index(const RunOptions *options, RunCounts *counts, GError **error)
{
  *counts = (RunCounts){0};
  Run run = {.options = options, .counts = counts};
  if (options->format != NULL) run.format = format_by_name(options->format);
  if (options->format != NULL && run.format == NULL) {
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE,
                "there is no format called '%s'; see --help for those there are", options->format);
    return FALSE;
  }
  g_autoptr(IndexWriter) writer = index_writer_open(options->index, error);
  if (writer == NULL) return FALSE;
  run.writer = writer;
  run.rejects = rejects_new(options->rejects_path, error);
  if (run.rejects == NULL) return FALSE;
  g_autoptr(InputSet) inputs = inputs_new(options->paths, options->n_paths);
  run.inputs = inputs;
  g_autoptr(Progress) progress = progress_new(inputs_total_bytes(inputs), options->quiet);
  run.progress = progress;
  gboolean ok = run_all(&run, error);
  return rejects_close(run.rejects, ok ? error : NULL) && ok;
}
