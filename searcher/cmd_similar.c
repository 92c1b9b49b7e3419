/* cmd_similar.c - sitrep similar: articles like one. */
#include "../corpus/error.h"
#include "cli.h"
#include "similar.h"

static const char notes[] =
    "The query that it makes of the article's words is printed with the answer.\n"
    "Exit status: 0 found, 1 nothing found, 2 error.\n\n"
    "  sitrep similar 1976-entebbe-raid -n 5\n"
    "  sitrep similar 1976-entebbe-raid --until 1976-07 --format jsonl\n";

static int ask(const Cli *cli, ShimDb *db, Request *request, CliWriter write, GError **error)
{
  if (!similar_request(request, db, cli->words[0], error)) return EXIT_FAILED;
  return cli_answer(cli, db, request, write, error);
}

static int similar(const Cli *cli)
{
  g_autoptr(GError) error = NULL;
  if (cli->words == NULL || cli->words[1] != NULL) {
    g_set_error(&error, SITREP_ERROR, SITREP_ERROR_USAGE,
                "say which article: sitrep similar ID, the id that search prints");
    return cli_fail(error);
  }
  g_autoptr(Request) request = cli_request(cli, &error);
  const Output *output = request == NULL ? NULL : cli_output(cli, &error);
  ShimDb *db = output == NULL ? NULL : cli_open(cli, &error);
  if (db == NULL) return cli_fail(error);
  int status = ask(cli, db, request, output->search, &error);
  shim_db_free(db);
  return error == NULL ? cli_finish(status) : cli_fail(error);
}

int cmd_similar(int argc, char **argv)
{
  Cli cli = {0};
  int status;
  if (cli_parse(&cli, argc, argv, CLI_QUERY | CLI_HITS | CLI_PROVENANCE | CLI_FORMAT | CLI_COLOUR,
                "ID", "Finds articles like one, the most similar first.", notes, &status))
    status = similar(&cli);
  cli_clear(&cli);
  return status;
}
