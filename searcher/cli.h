/* cli.h - what the subcommands of sitrep share: options, index, exit codes. */
#ifndef SITREP_CLI_H
#define SITREP_CLI_H

#include "../shim/database.h"
#include "output.h"
#include "request.h"
#include <glib.h>

enum { EXIT_FOUND = 0, EXIT_NOTHING = 1, EXIT_FAILED = 2 };

/* A subcommand: argv[0] is its name. Returns an exit code. */
typedef int (*Command)(int argc, char **argv);
int cmd_search(int argc, char **argv);
int cmd_facets(int argc, char **argv);
int cmd_show(int argc, char **argv);
int cmd_info(int argc, char **argv);
int cmd_terms(int argc, char **argv);
int cmd_batch(int argc, char **argv);

/* Options as parsed; zero-initialise, free with cli_clear(). Each command takes those it needs. */
typedef struct Cli {
  char *index, *format, *sort, *limit, *facets, *facet_limit, *since, *until, *colour, *query;
  char *query_file, *expand_limit;
  gdouble time_limit;
  char **filters[FIELD_COUNT]; /* values of --FIELD, for facets of the schema */
  gint offset;
  gboolean estimate, why, explain, count, title, alphabetical;
  char **words; /* what is left: the query, or ids */
} Cli;

typedef enum CliOptions {
  CLI_QUERY = 1,  /* filters, dates, --expand-limit */
  CLI_HITS = 2,   /* --sort, -n, --offset, --facets, --estimate, --count */
  CLI_FACETS = 4, /* --facets alone */
  CLI_FORMAT = 8,
  CLI_COLOUR = 16,
  CLI_HIGHLIGHT = 32, /* --query, --why */
  CLI_ARTICLE = 64,   /* --format knows text and jsonl only */
  CLI_INFO = 128,     /* --format knows text and json only */
  CLI_EXPLAIN = 256,  /* --explain, --query-file */
  CLI_TERMS = 512     /* --title, --alphabetical, -n */
} CliOptions;

/* Parses a command's options. `usage` is what follows the command's name ("QUERY..."), `summary`
 * one sentence, `notes` goes below the options (NULL for none). FALSE: *status is the exit code. */
gboolean cli_parse(Cli *cli, int argc, char **argv, guint options, const char *usage,
                   const char *summary, const char *notes, int *status);
void cli_clear(Cli *cli);

/* Reads a number or "all" (LIMIT_ALL) given to an option; NULL leaves *limit as it is. FALSE with
 * an error. */
gboolean cli_limit(const char *option, const char *text, guint32 *limit, GError **error);
/* The request that the options make; NULL with an error. Free with request_free(). */
Request *cli_request(const Cli *cli, GError **error);
/* The output that --format names; NULL with an error. */
const Output *cli_output(const Cli *cli, GError **error);
/* A context for standard output; FALSE with an error when --color is off. */
gboolean cli_context(const Cli *cli, const Request *request, OutputContext *context,
                     GError **error);
/* Opens the index that --index or the environment names; NULL with an error. */
ShimDb *cli_open(const Cli *cli, GError **error);

/* The text of a file, "-" for standard input, at most 16 MB of UTF-8 without NUL; NULL with an
 * error. g_free() it. */
char *cli_read(const char *path, GError **error);

/* Prints the error and returns EXIT_FAILED. */
int cli_fail(const GError *error);
/* Closes standard output; `status`, or EXIT_FAILED with a sentence when not all could be written.
 */
int cli_finish(int status);

#endif
