/* sitrep-index - reads articles and keeps an index of them. See sitrep-index(1). */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>

#include "../corpus/error.h"
#include "../corpus/index_info.h"
#include "../corpus/reader.h"
#include "run.h"

enum { JOBS_MAX = 256, MEMORY_MB = 400 };
enum { EXIT_REJECTS = 1, EXIT_FAILED = 2, EXIT_INTERRUPTED = 130 };

/* Set by the signal handler alone. */
static volatile sig_atomic_t interrupted;

static void on_signal(int number)
{
  (void)number;
  interrupted = 1;
}

/* The first Ctrl-C ends the run in order; the second, with the default action restored, at once. */
static void watch_signals(void)
{
  struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  sigaction(SIGHUP, &action, NULL);
  /* A file size limit is then an error of write(), reported like a full disk. */
  signal(SIGXFSZ, SIG_IGN);
}

typedef struct Options {
  char *index, *format, *encoding, *rejects, *actors;
  char **maps, **deletions, **paths;
  gint jobs, memory; /* workers; megabytes */
  char *scratch;
  gboolean prune, quiet, describe_only, version;
} Options;

static void options_clear(Options *options)
{
  g_free(options->index);
  g_free(options->format);
  g_free(options->encoding);
  g_free(options->rejects);
  g_free(options->actors);
  g_free(options->scratch);
  g_strfreev(options->maps);
  g_strfreev(options->deletions);
  g_strfreev(options->paths);
}

static char *describe_formats(void)
{
  GString *text =
      g_string_new("Formats (recognised from the content unless --format names one):\n");
  for (const Format *const *format = formats_all(); *format != NULL; format++)
    g_string_append_printf(text, "  %-10s %s\n", (*format)->name, (*format)->description);
  g_string_append(
      text, "\nThe index is --index, else $SITREP_INDEX, else sitrep/index in the user's data "
            "folder.\nExit status: 0 all was indexed, 1 something was rejected or not pruned, 2 "
            "the run failed or "
            "nothing\ncould be read, 130 interrupted.\n");
  return g_string_free(text, FALSE);
}

static gboolean parse_options(int *argc, char ***argv, Options *options, GError **error)
{
  GOptionEntry entries[] = {
      {"index", 'i', 0, G_OPTION_ARG_FILENAME, &options->index, "Index to create or update", "DIR"},
      {"format", 'f', 0, G_OPTION_ARG_FILENAME, &options->format, "Format of all inputs", "NAME"},
      {"map", 'm', 0, G_OPTION_ARG_FILENAME_ARRAY, &options->maps,
       "Field THEIRS of JSON input is our field OURS (repeatable)", "THEIRS=OURS"},
      {"encoding", 0, 0, G_OPTION_ARG_FILENAME, &options->encoding,
       "Encoding of what is not UTF-8, as windows-1251 (default: found out)", "NAME"},
      {"prune", 0, 0, G_OPTION_ARG_NONE, &options->prune,
       "Remove articles that are not in the inputs of this run", NULL},
      {"delete", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->deletions,
       "Delete the article of that id (repeatable)", "ID"},
      {"rejects", 0, 0, G_OPTION_ARG_FILENAME, &options->rejects,
       "Write what was rejected to FILE, as JSON Lines", "FILE"},
      {"actors", 0, 0, G_OPTION_ARG_FILENAME, &options->actors,
       "Table of actors to find beside those known (see the manual)", "FILE"},
      {"jobs", 'j', 0, G_OPTION_ARG_INT, &options->jobs,
       "Workers when building or adding much (default: the processors)", "N"},
      {"memory", 0, 0, G_OPTION_ARG_INT, &options->memory,
       "Memory that they may take, in megabytes (default 400)", "MB"},
      {"scratch", 0, 0, G_OPTION_ARG_FILENAME, &options->scratch,
       "Folder for their parts (default: beside the index)", "DIR"},
      {"describe-only", 0, 0, G_OPTION_ARG_NONE, &options->describe_only,
       "Write the described articles as JSON Lines to standard output; no index is touched", NULL},
      {"quiet", 'q', 0, G_OPTION_ARG_NONE, &options->quiet, "No progress, no summary", NULL},
      {"version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Print the version", NULL},
      {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->paths, NULL, "PATH..."},
      {0}};
  g_autoptr(GOptionContext) context = g_option_context_new(NULL);
  g_autofree char *formats = describe_formats();
  g_option_context_set_summary(
      context, "Reads articles from files, folders, archives or standard input (-) and keeps an "
               "index of\nthem. Running it again brings the index up to date.");
  g_option_context_set_description(context, formats);
  g_option_context_add_main_entries(context, entries, NULL);
  return g_option_context_parse(context, argc, argv, error);
}

/* "theirs=ours" of every --map into a table; NULL with an error. */
static GHashTable *parse_maps(char **maps, GError **error)
{
  GHashTable *table = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (gsize i = 0; maps != NULL && maps[i] != NULL; i++) {
    const char *equals = strrchr(maps[i], '=');
    int field = equals == NULL ? -1 : schema_find(equals + 1, strlen(equals + 1));
    if (field < 0 || equals == maps[i]) {
      g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE,
                  "--map %s: write THEIRS=OURS with a field of ours, as --map lede=body", maps[i]);
      g_hash_table_destroy(table);
      return NULL;
    }
    g_hash_table_insert(table, g_strndup(maps[i], (gsize)(equals - maps[i])),
                        GINT_TO_POINTER(field + 1));
  }
  return table;
}

static gboolean is_encoding(const char *name)
{
  UErrorCode err = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(name, &err);
  ucnv_close(converter);
  return U_SUCCESS(err);
}

static void print_remarks(const RunCounts *counts)
{
  if (counts->given == 0 && counts->removed == 0) printf("the inputs held no article\n");
  if (counts->repeated > 0)
    printf("%" G_GUINT64_FORMAT " articles had the id of another one of this run; of each id the "
           "last stands\n",
           counts->repeated);
  if (counts->notes > 0)
    printf("%" G_GUINT64_FORMAT " values were not understood; the first: %s\n", counts->notes,
           counts->first_note);
  if (counts->converted_lines > 0)
    printf("%" G_GUINT64_FORMAT
           " lines were not UTF-8 and were read as %s; if that is wrong, name the encoding "
           "with --encoding\n",
           counts->converted_lines, counts->converted_from);
  if (counts->actors_lines > 0)
    printf("%" G_GUINT64_FORMAT " lines of the table of actors were not understood\n",
           counts->actors_lines);
  if (counts->passed_over > 0)
    printf("passed over as no articles: %" G_GUINT64_FORMAT " (the first: %s)\n",
           counts->passed_over, counts->first_passed_over);
  if (counts->pruned_nothing)
    printf("nothing was pruned: that takes a run that reads every input to its end, rejects "
           "nothing and gives at least one article\n");
}

static void print_summary(const RunCounts *counts, const char *index)
{
  g_autofree char *size = g_format_size(index_bytes(index));
  printf("added %" G_GUINT64_FORMAT ", changed %" G_GUINT64_FORMAT ", unchanged %" G_GUINT64_FORMAT
         ", removed %" G_GUINT64_FORMAT ", rejected %" G_GUINT64_FORMAT "\n",
         counts->added, counts->changed, counts->unchanged, counts->removed, counts->rejected);
  print_remarks(counts);
  printf("%s holds %u article%s, %s; %.1f s, %.0f articles/s\n", index, counts->articles,
         counts->articles == 1 ? "" : "s", size, counts->seconds,
         counts->seconds > 0 ? (double)counts->given / counts->seconds : 0.0);
}

static int fail(const GError *error)
{
  g_assert(error != NULL);
  fprintf(stderr, "sitrep-index: %s\n", error->message);
  return EXIT_FAILED;
}

static int exit_status(const RunCounts *counts)
{
  if (counts->interrupted) return EXIT_INTERRUPTED;
  if (counts->rejected > 0 && counts->inputs == 0 && counts->removed == 0) return EXIT_FAILED;
  return counts->rejected > 0 || counts->actors_lines > 0 || counts->pruned_nothing ? EXIT_REJECTS
                                                                                    : EXIT_SUCCESS;
}

/* FALSE with an error when options do not go together, or have values that make no sense. */
static gboolean check_options(const Options *options, gsize n_paths, GError **error)
{
  if (n_paths == 0 && options->deletions == NULL) {
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE,
                "say what to index: files, folders or - for standard input (see --help)");
    return FALSE;
  }
  if (n_paths == 0 && options->prune) {
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE,
                "--prune without inputs would remove every article; name the inputs to keep");
    return FALSE;
  }
  if (options->describe_only && (options->prune || options->deletions != NULL)) {
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE,
                "--describe-only touches no index: it goes with neither --delete nor --prune");
    return FALSE;
  }
  if (options->jobs < 0 || options->jobs > JOBS_MAX || options->memory < 0) {
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE,
                "--jobs takes a number up to %d and --memory a number of megabytes", JOBS_MAX);
    return FALSE;
  }
  if (options->encoding != NULL && !is_encoding(options->encoding)) {
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE,
                "--encoding %s: no encoding of that name is known; write one as windows-1251",
                options->encoding);
    return FALSE;
  }
  return TRUE;
}

static int run(const Options *options)
{
  g_autoptr(GError) error = NULL;
  gsize n_paths = options->paths == NULL ? 0 : g_strv_length(options->paths);
  if (!check_options(options, n_paths, &error)) return fail(error);
  g_autoptr(GHashTable) map = parse_maps(options->maps, &error);
  if (map == NULL) return fail(error);
  g_autofree char *index = index_path(options->index);
  RunOptions job = {.index = index,
                    .paths = (const char *const *)options->paths,
                    .n_paths = n_paths,
                    .format = options->format,
                    .encoding = options->encoding,
                    .deletions = (const char *const *)options->deletions,
                    .map = map,
                    .rejects_path = options->rejects,
                    .actors_path = options->actors,
                    .prune = options->prune,
                    .quiet = options->quiet || options->describe_only,
                    .describe_only = options->describe_only,
                    .jobs = options->jobs > 0 ? (guint)options->jobs : g_get_num_processors(),
                    .memory = (gsize)(options->memory > 0 ? options->memory : MEMORY_MB) << 20,
                    .scratch = options->scratch,
                    .interrupted = &interrupted};
  RunCounts counts;
  watch_signals();
  gboolean ok = run_index(&job, &counts, &error);
  if (!ok) {
    fail(error);
    if (counts.added + counts.changed + counts.unchanged > 0)
      fprintf(stderr, "sitrep-index: the index is as of its last commit; run this again when the "
                      "cause is gone\n");
  } else {
    if (counts.interrupted)
      fprintf(stderr, "sitrep-index: interrupted; what was read so far is in the index, run this "
                      "again to go on\n");
    if (!job.quiet) print_summary(&counts, index);
  }
  int status = ok ? exit_status(&counts) : EXIT_FAILED;
  run_counts_clear(&counts);
  return status;
}

int main(int argc, char **argv)
{
  setlocale(LC_ALL, "");
  Options options = {0};
  g_autoptr(GError) error = NULL;
  int status = EXIT_SUCCESS;
  if (!parse_options(&argc, &argv, &options, &error))
    status = fail(error);
  else if (options.version)
    printf("sitrep-index " SITREP_VERSION "\n");
  else
    status = run(&options);
  options_clear(&options);
  if (fflush(stdout) == 0 && !ferror(stdout)) return status;
  fprintf(stderr, "sitrep-index: standard output cannot be written to\n");
  return EXIT_FAILED;
}
