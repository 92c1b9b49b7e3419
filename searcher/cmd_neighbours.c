/* cmd_neighbours.c - sitrep neighbours: what was published just before and after an article. */
#include <string.h>

#include "../corpus/error.h"
#include "cli.h"
#include "neighbours.h"

/* In order of time, with the article itself in its place. */
static void write_text(const Neighbours *neighbours, const Article *article,
                       const OutputContext *context)
{
  for (guint i = neighbours->before->len; i-- > 0;)
    output_text_line(g_ptr_array_index(neighbours->before, i), FALSE, context);
  output_text_line(article, TRUE, context);
  for (guint i = 0; i < neighbours->after->len; i++)
    output_text_line(g_ptr_array_index(neighbours->after, i), FALSE, context);
}

static gboolean write_articles(const Neighbours *neighbours, const Output *output,
                               const OutputContext *context, GError **error)
{
  for (guint i = neighbours->before->len; i-- > 0;)
    if (!output->article(g_ptr_array_index(neighbours->before, i), context, error)) return FALSE;
  for (guint i = 0; i < neighbours->after->len; i++)
    if (!output->article(g_ptr_array_index(neighbours->after, i), context, error)) return FALSE;
  return TRUE;
}

static int write_neighbours(const Cli *cli, ShimDb *db, const Output *output, guint n,
                            GError **error)
{
  OutputContext context;
  Neighbours neighbours = {0};
  if (!cli_context(cli, NULL, &context, error)) return EXIT_FAILED;
  g_autoptr(Article) article = answer_article(db, cli->words[0], error);
  if (article == NULL || !neighbours_find(db, article, cli->same_source, n, &neighbours, error))
    return EXIT_FAILED;
  gboolean ok = TRUE;
  if (output->article == NULL)
    write_text(&neighbours, article, &context);
  else
    ok = write_articles(&neighbours, output, &context, error);
  gboolean any = neighbours.before->len > 0 || neighbours.after->len > 0;
  neighbours_clear(&neighbours);
  return !ok ? EXIT_FAILED : any ? EXIT_FOUND : EXIT_NOTHING;
}

static gboolean parse_number(const char *text, guint *number, GError **error)
{
  enum { DEFAULT = 3 };
  guint64 value = DEFAULT;
  if (text != NULL && !g_ascii_string_to_unsigned(text, 10, 1, NEIGHBOURS_MAX, &value, NULL)) {
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE, "-n %s: write a number from 1 to %d", text,
                NEIGHBOURS_MAX);
    return FALSE;
  }
  *number = (guint)value;
  return TRUE;
}

static int neighbours(const Cli *cli)
{
  g_autoptr(GError) error = NULL;
  guint n;
  if (cli->words == NULL || cli->words[1] != NULL) {
    g_set_error(&error, SITREP_ERROR, SITREP_ERROR_USAGE,
                "say of which article: sitrep neighbours ID, the id that search prints");
    return cli_fail(error);
  }
  const Output *output = cli_output(cli, &error);
  if (output == NULL || !parse_number(cli->limit, &n, &error)) return cli_fail(error);
  if (!cli_writes(cli, output->article != NULL || output == &output_text, CLI_ARTICLE_FORMATS,
                  &error))
    return cli_fail(error);
  ShimDb *db = cli_open(cli, &error);
  if (db == NULL) return cli_fail(error);
  int status = write_neighbours(cli, db, output, n, &error);
  shim_db_free(db);
  return error == NULL ? cli_finish(status) : cli_fail(error);
}

int cmd_neighbours(int argc, char **argv)
{
  Cli cli = {0};
  int status;
  if (cli_parse(&cli, argc, argv, CLI_NEIGHBOURS | CLI_ARTICLE | CLI_FORMAT | CLI_COLOUR, "ID",
                "Prints what was published just before and after an article, in order of time.",
                NULL, &status))
    status = neighbours(&cli);
  cli_clear(&cli);
  return status;
}
