/* cmd_timeline.c - sitrep timeline: when the articles that match were published. */
#include "cli.h"

static const char notes[] =
    "Exit status: 0 found, 1 nothing found, 2 error.\n\n"
    "  sitrep timeline ceasefire --by month --share\n"
    "  sitrep timeline 'oil AND tanker' --country iran --of filters --format csv\n";

static int timeline(const Cli *cli)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(Request) request = cli_request(cli, &error);
  const Output *output = request == NULL ? NULL : cli_output(cli, &error);
  if (output == NULL) return cli_fail(error);
  if (!cli_writes(cli, output->timeline != NULL, CLI_COUNT_FORMATS, &error)) return cli_fail(error);
  request->limit = 0;
  if (request->timeline == TIMELINE_NONE) request->timeline = TIMELINE_AUTO;
  ShimDb *db = cli_open(cli, &error);
  if (db == NULL) return cli_fail(error);
  int status = cli_answer(cli, db, request, output->timeline, &error);
  shim_db_free(db);
  return error == NULL ? cli_finish(status) : cli_fail(error);
}

int cmd_timeline(int argc, char **argv)
{
  Cli cli = {0};
  int status;
  if (cli_parse(&cli, argc, argv,
                CLI_QUERY | CLI_TIMELINE | CLI_PROVENANCE | CLI_COUNTS | CLI_FORMAT | CLI_COLOUR,
                "[QUERY...]", "Counts the articles that match by day, week, month or longer.",
                notes, &status))
    status = timeline(&cli);
  cli_clear(&cli);
  return status;
}
