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
int cmd_timeline(int argc, char **argv);
int cmd_similar(int argc, char **argv);
int cmd_copies(int argc, char **argv);
int cmd_neighbours(int argc, char **argv);

/* Options as parsed; zero-initialise, free with cli_clear(). Each command takes those it needs. */
typedef struct Cli {
  char *index, *format, *sort, *limit, *facets, *facet_limit, *since, *until, *colour, *query;
  char *query_file, *expand_limit, *by, *of, *provenance, *query_id;
  gdouble time_limit;
  char **filters[FIELD_COUNT];     /* values of --FIELD, for facets of the schema */
  char **excluded[FIELD_COUNT];    /* values of --not-FIELD */
  char not_names[FIELD_COUNT][40]; /* "not-FIELD" */
  gint offset;
  gboolean estimate, why, raw, explain, count, title, alphabetical, share, digest, same_source;
  char **words; /* what is left: the query, or ids */
} Cli;

typedef enum CliOptions {
  CLI_QUERY = 1,  /* filters, dates, --expand-limit */
  CLI_HITS = 2,   /* --sort, -n, --offset, --facets, --estimate, --count */
  CLI_FACETS = 4, /* --facets alone */
  CLI_FORMAT = 8,
  CLI_COLOUR = 16,
  CLI_HIGHLIGHT = 32,    /* --query, --why, --raw */
  CLI_ARTICLE = 64,      /* --format knows text and jsonl only */
  CLI_INFO = 128,        /* --format knows text and json only */
  CLI_EXPLAIN = 256,     /* --explain, --query-file */
  CLI_TERMS = 512,       /* --title, --alphabetical, -n */
  CLI_COUNTS = 1024,     /* --format knows no citations and the like */
  CLI_PROVENANCE = 2048, /* --digest, --provenance */
  CLI_TIMELINE = 4096,   /* --by, --of, --share */
  CLI_NEIGHBOURS = 8192  /* -n, --same-source */
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
/* How an output writes an answer; NULL when it does not. */
typedef gboolean (*CliWriter)(Answer *answer, const OutputContext *context, GError **error);

/* Answers a request and writes the answer, and --provenance. Returns an exit code, EXIT_FAILED with
 * an error. */
int cli_answer(const Cli *cli, ShimDb *db, const Request *request, CliWriter write, GError **error);

/* TRUE when a command can write in the form that was asked for; otherwise FALSE with an error that
 * names the forms it has. */
gboolean cli_writes(const Cli *cli, gboolean can, const char *forms, GError **error);
#define CLI_FORMATS "text, json, jsonl, csv, atom, ris, bibtex or trec"
#define CLI_COUNT_FORMATS "text, json, jsonl or csv"
#define CLI_ARTICLE_FORMATS "text, json, jsonl, ris or bibtex"

/* Prints the error and returns EXIT_FAILED. */
int cli_fail(const GError *error);
/* Closes standard output; `status`, or EXIT_FAILED with a sentence when not all could be written.
 */
int cli_finish(int status);

#endif
