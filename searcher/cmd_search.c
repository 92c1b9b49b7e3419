/* cmd_search.c - sitrep search and sitrep facets: questions to an index. */
#include "cli.h"

static const char search_notes[] =
    "Words are looked up by their stem, all of them must occur; \"exact phrase\", AND, OR, NOT,\n"
    "parentheses, field:value and date:1987-03..1987-06 narrow it: see sitrep-query(7).\n"
    "Exit status: 0 found, 1 nothing found, 2 error.\n\n"
    "  sitrep search 'oil AND tanker' --country iran --facets all\n"
    "  sitrep search '\"prime minister\" kidnapped OR hostage' --since 1987\n";

static const char facets_notes[] = "Exit status: 0 found, 1 nothing found, 2 error.\n\n"
                                   "  sitrep facets missile --facets country,topic\n";

static gboolean write_count(Answer *answer, const OutputContext *context, GError **error)
{
  (void)error;
  fprintf(context->out, "%u\n", answer->total.estimated);
  return TRUE;
}

static int ask(const Cli *cli, gboolean hits)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(Request) request = cli_request(cli, &error);
  const Output *output = request == NULL ? NULL : cli_output(cli, &error);
  if (output == NULL) return cli_fail(error);
  CliWriter write = cli->count ? write_count : hits ? output->search : output->facets;
  request->diagnose = !cli->count;
  if (!hits || cli->count) request->limit = 0;
  if (!hits) {
    for (int i = 0; cli->facets == NULL && i < FIELD_COUNT; i++)
      request->facets[i] = schema_field((FieldId)i)->facet;
  }
  if (!cli_writes(cli, write != NULL, CLI_COUNT_FORMATS, &error)) return cli_fail(error);
  ShimDb *db = cli_open(cli, &error);
  if (db == NULL) return cli_fail(error);
  int status = cli_answer(cli, db, request, write, &error);
  shim_db_free(db);
  return error == NULL ? cli_finish(status) : cli_fail(error);
}

int cmd_search(int argc, char **argv)
{
  Cli cli = {0};
  int status;
  if (cli_parse(&cli, argc, argv,
                CLI_QUERY | CLI_HITS | CLI_EXPLAIN | CLI_PROVENANCE | CLI_FORMAT | CLI_COLOUR,
                "[QUERY...]", "Finds articles.", search_notes, &status))
    status = ask(&cli, TRUE);
  cli_clear(&cli);
  return status;
}

int cmd_facets(int argc, char **argv)
{
  Cli cli = {0};
  int status;
  if (cli_parse(&cli, argc, argv,
                CLI_QUERY | CLI_FACETS | CLI_EXPLAIN | CLI_PROVENANCE | CLI_COUNTS | CLI_FORMAT |
                    CLI_COLOUR,
                "[QUERY...]", "Counts countries, actors and so on in the articles that match.",
                facets_notes, &status))
    status = ask(&cli, FALSE);
  cli_clear(&cli);
  return status;
}
