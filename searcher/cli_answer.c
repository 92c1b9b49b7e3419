/* cli_answer.c - a request from its options to what is printed; see cli.h */
#include <errno.h>

#include "../corpus/error.h"
#include "cli.h"
#include "output_explain.h"

static gboolean could_not_write(const char *path, int number, GError **error)
{
  g_set_error(error, SITREP_ERROR, SITREP_ERROR_OUTPUT, "%s cannot be written: %s", path,
              g_strerror(number));
  return FALSE;
}

static gboolean write_provenance(const char *path, const Answer *answer,
                                 const OutputContext *context, GError **error)
{
  if (path == NULL) return TRUE;
  OutputContext beside = *context;
  beside.out = fopen(path, "we");
  if (beside.out == NULL) return could_not_write(path, errno, error);
  output_provenance(answer, &beside);
  gboolean failed = ferror(beside.out) != 0;
  return (fclose(beside.out) == 0 && !failed) || could_not_write(path, errno, error);
}

/* More periods than anybody reads are refused, rather than made coarser behind the user's back. */
static gboolean check_scale(const Answer *answer, const Request *request, GError **error)
{
  if (request->timeline <= TIMELINE_AUTO || request->timeline == answer->timeline->scale)
    return TRUE;
  g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE,
              "--by %s would make more than %u periods; narrow the search with --since and "
              "--until, or write --by %s",
              timeline_scale_name(request->timeline), request->timeline_max,
              timeline_scale_name(answer->timeline->scale));
  return FALSE;
}

int cli_answer(const Cli *cli, ShimDb *db, const Request *request, CliWriter write, GError **error)
{
  OutputContext context;
  if (!cli_context(cli, request, &context, error)) return EXIT_FAILED;
  g_autoptr(Answer) answer = answer_new(request, db, error);
  if (answer == NULL) return EXIT_FAILED;
  if (answer->hint != NULL) fprintf(stderr, "sitrep: %s\n", answer->hint);
  /* Where the output itself has no place for it. */
  if (cli->count || !cli_output(cli, NULL)->tells_cut) explain_write_cut(answer, stderr);
  if (!check_scale(answer, request, error) ||
      !write_provenance(cli->provenance, answer, &context, error) ||
      !write(answer, &context, error))
    return EXIT_FAILED;
  return answer->total.upper > 0 ? EXIT_FOUND : EXIT_NOTHING;
}
