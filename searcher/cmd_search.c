/* cmd_search.c - sitrep search and sitrep facets: questions to an index. */
#include "cli.h"
#include "output_explain.h"

static const char search_notes[] =
    "Words are looked up by their stem, all of them must occur; \"exact phrase\", AND, OR, NOT,\n"
    "parentheses, field:value and date:1987-03..1987-06 narrow it: see sitrep-query(7).\n"
    "Exit status: 0 found, 1 nothing found, 2 error.\n\n"
    "  sitrep search 'oil AND tanker' --country iran --facets all\n"
    "  sitrep search '\"prime minister\" kidnapped OR hostage' --since 1987\n";

static const char facets_notes[] = "Exit status: 0 found, 1 nothing found, 2 error.\n\n"
                                   "  sitrep facets missile --facets country,topic\n";

typedef gboolean (*Writer)(Answer *, const OutputContext *, GError **);

static gboolean write_count(Answer *answer, const OutputContext *context, GError **error)
{
  (void)error;
  fprintf(context->out, "%u\n", answer->total.estimated);
  return TRUE;
}

/* Answers and writes; the exit code, or EXIT_FAILED with an error. */
static int answer_and_write(const Cli *cli, const Request *request, gboolean hits, GError **error)
{
  const Output *output = cli_output(cli, error);
  OutputContext context;
  if (output == NULL || !cli_context(cli, request, &context, error)) return EXIT_FAILED;
  ShimDb *db = cli_open(cli, error);
  if (db == NULL) return EXIT_FAILED;
  g_autoptr(Answer) answer = answer_new(request, db, error);
  if (answer != NULL && answer->hint != NULL) fprintf(stderr, "sitrep: %s\n", answer->hint);
  /* Rows of hits have no place for it. */
  if (answer != NULL && (cli->count || output == &output_csv || output == &output_jsonl))
    explain_write_cut(answer, stderr);
  Writer write = cli->count ? write_count : hits ? output->search : output->facets;
  gboolean ok = answer != NULL && write(answer, &context, error);
  int status = !ok ? EXIT_FAILED : answer->total.upper > 0 ? EXIT_FOUND : EXIT_NOTHING;
  g_clear_pointer(&answer, answer_free);
  shim_db_free(db);
  return status;
}

static int ask(const Cli *cli, gboolean hits)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(Request) request = cli_request(cli, &error);
  if (request == NULL) return cli_fail(error);
  request->diagnose = !cli->count;
  if (!hits || cli->count) request->limit = 0;
  if (!hits) {
    for (int i = 0; cli->facets == NULL && i < FIELD_COUNT; i++)
      request->facets[i] = schema_field((FieldId)i)->facet;
  }
  int status = answer_and_write(cli, request, hits, &error);
  return error == NULL ? cli_finish(status) : cli_fail(error);
}

int cmd_search(int argc, char **argv)
{
  Cli cli = {0};
  int status;
  if (cli_parse(&cli, argc, argv, CLI_QUERY | CLI_HITS | CLI_EXPLAIN | CLI_FORMAT | CLI_COLOUR,
                "[QUERY...]", "Finds articles.", search_notes, &status))
    status = ask(&cli, TRUE);
  cli_clear(&cli);
  return status;
}

int cmd_facets(int argc, char **argv)
{
  Cli cli = {0};
  int status;
  if (cli_parse(&cli, argc, argv, CLI_QUERY | CLI_FACETS | CLI_EXPLAIN | CLI_FORMAT | CLI_COLOUR,
                "[QUERY...]", "Counts countries, actors and so on in the articles that match.",
                facets_notes, &status))
    status = ask(&cli, FALSE);
  cli_clear(&cli);
  return status;
}
