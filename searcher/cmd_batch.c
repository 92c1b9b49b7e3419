/* cmd_batch.c - sitrep batch: many queries, a row for each. */
#include <string.h>

#include "../corpus/error.h"
#include "cli.h"
#include "table.h"

static const char batch_notes[] =
    "FILE (- for standard input) has one query a line; empty lines and those that begin with # "
    "are\n"
    "passed over. For each it prints how many articles match and the first and last of their "
    "dates.\n"
    "A query that cannot be asked is reported, and the others go on.\n"
    "Exit status: 0 some found, 1 nothing found, 2 error, also in one of the queries.\n\n"
    "  sitrep batch names.txt --country iran --format csv >counts.csv\n";

typedef struct Batch {
  const char *path;
  ShimDb *db;
  Request *request; /* its query is that of the line */
  Table table;
  guint asked, bad, cut;
  gboolean found;
  GError *fatal; /* the index cannot be read */
} Batch;

enum { LINE, COUNT, FIRST, LAST, QUERY, CUT, FAULT, COLUMNS };
static const Column columns[COLUMNS] = {
    [LINE] = {"line", 5, TRUE, TRUE},      [COUNT] = {"articles", 9, TRUE, FALSE},
    [FIRST] = {"first", 10, FALSE, FALSE}, [LAST] = {"last", 10, FALSE, FALSE},
    [QUERY] = {"query", 0, FALSE, FALSE},  [CUT] = {"cut", 3, TRUE, TRUE},
    [FAULT] = {"error", 0, FALSE, TRUE}};

static void write_answer(Batch *batch, guint line, const Answer *answer)
{
  g_autofree char *number = g_strdup_printf("%u", line);
  g_autofree char *count = g_strdup_printf("%u", answer->total.estimated);
  g_autofree char *cut = g_strdup_printf("%u", answer->compiled->cut);
  const char *const cells[COLUMNS] = {[LINE] = number,
                                      [COUNT] = count,
                                      [FIRST] = answer->first_date,
                                      [LAST] = answer->last_date,
                                      [QUERY] = batch->request->query,
                                      [CUT] = cut};
  table_row(&batch->table, cells);
  batch->found = batch->found || answer->total.upper > 0;
  if (answer->compiled->cut == 0) return;
  batch->cut++;
  fprintf(stderr, "sitrep: %s:%u: cut at the limit of words (--expand-limit)\n", batch->path, line);
}

static void write_fault(Batch *batch, guint line, const GError *error)
{
  g_autofree char *number = g_strdup_printf("%u", line);
  g_autofree char *sentence = g_strndup(error->message, strcspn(error->message, "\n"));
  g_autofree char *query = g_utf8_make_valid(batch->request->query, -1);
  const char *const cells[COLUMNS] = {[LINE] = number, [QUERY] = query, [FAULT] = sentence};
  table_row(&batch->table, cells);
  batch->bad++;
  fflush(stdout);
  fprintf(stderr, "sitrep: %s:%u: %s\n", batch->path, line, error->message);
}

/* FALSE when no other query can be answered either. */
static gboolean ask(Batch *batch, guint line, const char *query)
{
  g_autoptr(GError) error = NULL;
  g_free(batch->request->query);
  batch->request->query = g_strdup(query);
  g_autoptr(Answer) answer = answer_new(batch->request, batch->db, &error);
  batch->asked++;
  if (answer != NULL)
    write_answer(batch, line, answer);
  else if (g_error_matches(error, SITREP_ERROR, SITREP_ERROR_USAGE) ||
           error_shim_status(error) == SHIM_TIMEOUT)
    write_fault(batch, line, error);
  else
    batch->fatal = g_steal_pointer(&error);
  return batch->fatal == NULL;
}

static void ask_all(Batch *batch, const char *text)
{
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  table_start(&batch->table);
  for (guint i = 0; lines[i] != NULL; i++) {
    const char *query = g_strstrip(lines[i]);
    if (*query != '\0' && *query != '#' && !ask(batch, i + 1, query)) return;
  }
  table_end(&batch->table, batch->asked);
  if (batch->bad > 0)
    fprintf(stderr, "sitrep: %u of %u queries could not be asked\n", batch->bad, batch->asked);
}

static int run(const Cli *cli, const char *text, Request *request, GError **error)
{
  static const char mark[] = "\xEF\xBB\xBF"; /* editors put it before UTF-8 */
  const Output *output = cli_output(cli, error);
  if (output == NULL) return EXIT_FAILED;
  Batch batch = {.path = cli->words[0],
                 .request = request,
                 .table = {output, stdout, columns, COLUMNS, FALSE}};
  batch.db = cli_open(cli, error);
  if (batch.db == NULL) return EXIT_FAILED;
  ask_all(&batch, g_str_has_prefix(text, mark) ? text + strlen(mark) : text);
  shim_db_free(batch.db);
  if (batch.fatal != NULL) g_propagate_error(error, batch.fatal);
  return batch.bad > 0 || batch.fatal != NULL ? EXIT_FAILED
         : batch.found                        ? EXIT_FOUND
                                              : EXIT_NOTHING;
}

static int batch(Cli *cli)
{
  g_autoptr(GError) error = NULL;
  if (cli->words == NULL || cli->words[1] != NULL) {
    g_set_error(&error, SITREP_ERROR, SITREP_ERROR_USAGE,
                "batch takes one file of queries; see sitrep batch --help");
    return cli_fail(error);
  }
  g_autofree char *text = cli_read(cli->words[0], &error);
  if (text == NULL) return cli_fail(error);
  g_autoptr(Request) request = cli_request(cli, &error); /* each line becomes its query */
  if (request == NULL) return cli_fail(error);
  request->limit = 0;
  request->span = TRUE;
  int status = run(cli, text, request, &error);
  return error == NULL ? cli_finish(status) : cli_fail(error);
}

int cmd_batch(int argc, char **argv)
{
  Cli cli = {0};
  int status;
  if (cli_parse(&cli, argc, argv, CLI_QUERY | CLI_FORMAT, "FILE",
                "Counts what each query of a list matches.", batch_notes, &status))
    status = batch(&cli);
  cli_clear(&cli);
  return status;
}
