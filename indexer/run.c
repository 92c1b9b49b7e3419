/* run.c - see run.h */
#include "run.h"

#include <errno.h>
#include <stdio.h>

#include "../corpus/actor_files.h"
#include "../corpus/error.h"
#include "../corpus/index_info.h"
#include "../corpus/input.h"
#include "../corpus/reader.h"
#include "bulk.h"
#include "clean.h"
#include "describe.h"
#include "index_writer.h"
#include "progress.h"
#include "rejects.h"
#include "scratch.h"

/* So much input, and so large a part of what the index has, is faster merged than added. */
enum { BULK_BYTES = 32 << 20, BULK_SHARE = 16 };

typedef struct Run {
  const RunOptions *options;
  RunCounts *counts;
  const Format *format; /* forced, or NULL */
  InputSet *inputs;
  IndexWriter *writer; /* one of these two takes the articles, or standard output */
  Bulk *bulk;
  ActorList *actors; /* the user's, NULL: none */
  Cleaner *cleaner;
  Scribe *scribe;
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

static gboolean put_in_place(Run *run, Article *article, GError **error)
{
  PutResult result;
  scribe_describe(run->scribe, article);
  gboolean ok = index_writer_put(run->writer, article, &result, error);
  article_free(article);
  if (ok) count_put(run->counts, result);
  return ok;
}

/* Writes the described article as a line of JSON, which is input again. */
static gboolean put_out(Run *run, Article *article, GError **error)
{
  scribe_describe(run->scribe, article);
  g_autofree char *line = article_dump(article);
  article_free(article);
  if (puts(line) >= 0) return TRUE;
  g_set_error(error, SITREP_ERROR, SITREP_ERROR_OUTPUT, "standard output cannot be written to: %s",
              g_strerror(errno));
  return FALSE;
}

/* Passes on the articles whose turn it is; with `rest` all that the cleaner has held back. */
static gboolean pass_on(Run *run, gboolean rest, GError **error)
{
  gboolean ok = TRUE;
  for (Article *article; ok && (article = cleaner_take(run->cleaner, rest)) != NULL;)
    ok = run->options->describe_only ? put_out(run, article, error)
         : run->bulk != NULL         ? bulk_put(run->bulk, article, error)
                                     : put_in_place(run, article, error);
  return ok;
}

/* Takes the article. */
static gboolean put(Run *run, const char *input, Article *article, GError **error)
{
  article_ensure_id(article);
  collect_notes(run, input, article);
  cleaner_put(run->cleaner, article);
  progress_update(run->progress, inputs_bytes_done(run->inputs), ++run->counts->given);
  return pass_on(run, FALSE, error);
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
    if (status == INPUT_END) break;
    if (status == INPUT_FAILED)
      reject_input(run, name, failure->message);
    else if (!read_input(run, input, error))
      return FALSE;
  }
  return pass_on(run, TRUE, error);
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

/* What is missing because it was rejected, or because a disk was not mounted, must not be mistaken
 * for what was taken away. */
static gboolean prune(Run *run, GError **error)
{
  if (!run->options->prune) return TRUE;
  gboolean whole = run->counts->rejected == 0 && run->counts->given > 0 && !is_interrupted(run);
  if (!whole) {
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
  run->counts->seconds = progress_seconds(run->progress);
}

static gboolean run_in_place(Run *run, GError **error)
{
  if (!read_inputs(run, error) || !prune(run, error)) return FALSE;
  gboolean more = FALSE;
  g_autoptr(GString) learnt = cleaner_learnt(run->cleaner, &more);
  if (more && !index_writer_set_learnt(run->writer, learnt, error)) return FALSE;
  if (!index_writer_commit(run->writer, error)) return FALSE;
  run->counts->articles = index_writer_count(run->writer);
  return TRUE;
}

static const ActorTable *own_actors(const Run *run)
{
  return run->actors == NULL ? NULL : actor_list_table(run->actors);
}

static gboolean run_bulk(Run *run, GError **error)
{
  const RunOptions *options = run->options;
  BulkOptions bulk_options = {.index = options->index,
                              .scratch = options->scratch,
                              .jobs = options->jobs,
                              .memory = options->memory,
                              .actors = own_actors(run)};
  BulkCounts done;
  g_autoptr(Bulk) bulk = bulk_new(&bulk_options, error);
  if (bulk == NULL) return FALSE;
  run->bulk = bulk;
  if (!read_inputs(run, error)) return FALSE;
  progress_say(run->progress, "merging");
  gboolean more = FALSE;
  g_autoptr(GString) learnt = cleaner_learnt(run->cleaner, &more);
  if (!bulk_finish(bulk, learnt, &done, error)) return FALSE;
  run->counts->added = done.added;
  run->counts->changed = done.changed;
  run->counts->unchanged = done.unchanged;
  run->counts->repeated = done.repeated;
  run->counts->articles = done.articles;
  return TRUE;
}

/* A fresh index is built in bulk, and a large addition. Pruning looks at single articles of the
 * live index, so it is done in place. */
static gboolean wants_bulk(const Run *run)
{
  guint32 articles = index_writer_count(run->writer);
  guint64 bytes = inputs_total_bytes(run->inputs);
  if (run->options->n_paths == 0 || !scratch_possible(run->options->index)) return FALSE;
  if (articles == 0) return TRUE;
  return !run->options->prune && bytes >= BULK_BYTES &&
         bytes >= index_bytes(run->options->index) / BULK_SHARE;
}

static gboolean run_all(Run *run, GError **error)
{
  const RunOptions *options = run->options;
  if (options->n_paths == 0 && !g_file_test(options->index, G_FILE_TEST_EXISTS)) {
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_INDEX,
                "there is no index at %s to delete from; name another with --index",
                options->index);
    return FALSE;
  }
  run->writer = index_writer_open(run->options->index, error);
  if (run->writer == NULL) return FALSE;
  g_autoptr(GString) learnt = index_writer_learnt(run->writer, error);
  if (learnt == NULL) return FALSE;
  run->cleaner = cleaner_new(learnt->str, learnt->len);
  /* With the lock held, it can only be of a run that died. */
  g_autofree char *left_over = scratch_beside(options->index);
  scratch_remove(left_over);
  gboolean ok = delete_ids(run, error) && index_writer_commit(run->writer, error);
  if (ok && wants_bulk(run)) {
    g_clear_pointer(&run->writer, index_writer_close);
    ok = run_bulk(run, error);
  } else if (ok) {
    ok = run_in_place(run, error);
  }
  index_writer_close(run->writer);
  collect_end(run);
  if (!ok && error_shim_status(*error) != SHIM_INTERNAL)
    g_prefix_error(error, "the index %s cannot be written: ", options->index);
  return ok;
}

static void reject_actor_line(void *context, guint line, const char *what)
{
  const Run *run = context;
  Reject why = {0};
  reject_set(&why, 0, line, "%s", what);
  rejects_add(run->rejects, run->options->actors_path, &why);
  reject_clear(&why);
  run->counts->actors_lines++;
}

/* FALSE with an error when the user's file of actors cannot be read. */
static gboolean read_actors(Run *run, GError **error)
{
  if (run->options->actors_path == NULL) return TRUE;
  run->actors = actor_list_new();
  return actors_read_file(run->actors, run->options->actors_path, reject_actor_line, run, error);
}

/* No index is opened or made. */
static gboolean run_describe(Run *run, GError **error)
{
  run->cleaner = cleaner_new("", 0);
  gboolean ok = read_inputs(run, error);
  if (ok && fflush(stdout) != 0) {
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_OUTPUT,
                "standard output cannot be written to: %s", g_strerror(errno));
    ok = FALSE;
  }
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
  run.rejects = rejects_new(options->rejects_path, error);
  if (run.rejects == NULL) return FALSE;
  g_autoptr(InputSet) inputs = inputs_new(options->paths, options->n_paths);
  run.inputs = inputs;
  g_autoptr(Progress) progress = progress_new(inputs_total_bytes(inputs), options->quiet);
  run.progress = progress;
  gboolean ok = read_actors(&run, error);
  g_autoptr(ActorList) actors G_GNUC_UNUSED = run.actors; /* freed after the scribe */
  g_autoptr(Scribe) scribe = scribe_new(own_actors(&run));
  run.scribe = scribe;
  ok = ok && (options->describe_only ? run_describe(&run, error) : run_all(&run, error));
  cleaner_free(run.cleaner);
  return rejects_close(run.rejects, ok ? error : NULL) && ok;
}
