/* cmd_terms.c - sitrep terms: the words of an index. */
#include <string.h>

#include "../corpus/error.h"
#include "cli.h"
#include "expand.h"
#include "table.h"

enum { TERMS_DEFAULT = 50 };

static const char terms_notes[] =
    "Lists the words that begin with PREFIX, or that PATTERN matches ('*' any characters, '?' "
    "one),\n"
    "in the spelling of the index (case and accents folded), with the articles that hold each.\n"
    "Exit status: 0 found, 1 nothing found, 2 error.\n\n"
    "  sitrep terms mojahed\n"
    "  sitrep terms '*tanker*' --alphabetical -n all\n";

typedef struct Job {
  const Cli *cli;
  WordTest *test;
  guint32 limit;
  Expansion words;
  GError *error;
} Job;

static ShimStatus find_words(ShimDb *db, void *context)
{
  Job *job = context;
  g_clear_error(&job->error);
  FieldId field = job->cli->title ? FIELD_TITLE : FIELD_BODY;
  /* In the order of their letters the first of all are wanted, not those of the most frequent. */
  guint32 limit = job->cli->alphabetical ? LIMIT_ALL : job->limit;
  if (expand_words(index_state(db), field, job->test, limit, &job->words, &job->error))
    return SHIM_OK;
  return error_shim_status(job->error);
}

static gint by_letters(gconstpointer a, gconstpointer b)
{
  return strcmp((*(FormCount *const *)a)->form, (*(FormCount *const *)b)->form);
}

static void write_words(const Job *job, const Output *output)
{
  static const Column columns[] = {{"articles", 9, TRUE, FALSE}, {"word", 0, FALSE, FALSE}};
  Table table = {output, stdout, columns, G_N_ELEMENTS(columns), FALSE};
  const GPtrArray *words = job->words.forms;
  guint n = MIN(words->len, job->limit);
  table_start(&table);
  for (guint i = 0; i < n; i++) {
    const FormCount *word = g_ptr_array_index(words, i);
    g_autofree char *count = g_strdup_printf("%u", word->count);
    const char *const cells[] = {count, word->form};
    table_row(&table, cells);
  }
  table_end(&table, job->words.found);
  if (n < job->words.found)
    fprintf(output == &output_text ? stdout : stderr, "%u of %u words; -n all lists them all\n", n,
            job->words.found);
}

static WordTest *test_of(const Cli *cli, GError **error)
{
  const char *word = cli->words == NULL ? "" : cli->words[0];
  if (cli->words != NULL && cli->words[1] != NULL) {
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE, "terms takes one word, not several");
    return NULL;
  }
  if (!g_utf8_validate(word, -1, NULL)) {
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE, "the word is no UTF-8 text");
    return NULL;
  }
  return strpbrk(word, "*?") == NULL ? word_test_prefix(word) : word_test_pattern(word);
}

static int list(const Cli *cli, Job *job, GError **error)
{
  const Output *output = cli_output(cli, error);
  if (output == NULL || !cli_limit("-n", cli->limit, &job->limit, error)) return EXIT_FAILED;
  ShimDb *db = cli_open(cli, error);
  if (db == NULL) return EXIT_FAILED;
  ShimStatus status = shim_db_snapshot(db, find_words, job);
  shim_db_free(db);
  if (status != SHIM_OK) {
    g_propagate_error(error, g_steal_pointer(&job->error));
    return EXIT_FAILED;
  }
  if (cli->alphabetical) g_ptr_array_sort(job->words.forms, by_letters);
  write_words(job, output);
  int found = job->words.found > 0 ? EXIT_FOUND : EXIT_NOTHING;
  g_ptr_array_free(job->words.forms, TRUE);
  return found;
}

static int terms(const Cli *cli)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(WordTest) test = test_of(cli, &error);
  if (test == NULL) return cli_fail(error);
  Job job = {.cli = cli, .test = test, .limit = TERMS_DEFAULT};
  int status = list(cli, &job, &error);
  return error == NULL ? cli_finish(status) : cli_fail(error);
}

int cmd_terms(int argc, char **argv)
{
  Cli cli = {0};
  int status;
  if (cli_parse(&cli, argc, argv, CLI_TERMS | CLI_FORMAT, "[PREFIX|PATTERN]",
                "Lists words of an index.", terms_notes, &status))
    status = terms(&cli);
  cli_clear(&cli);
  return status;
}
