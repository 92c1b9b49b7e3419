/* cmd_copies.c - sitrep copies: the copies of an article, the earliest first. */
#include "../corpus/error.h"
#include "../corpus/fingerprint.h"
#include "cli.h"
#include "copies.h"

static const char notes[] =
    "An article's copies are those whose text is the same but for small changes.\n"
    "Exit status: 0 found, 1 no copies, 2 error.\n";

/* In order of time, with the article itself in its place. */
static void write_text(const Copies *copies, const OutputContext *context)
{
  g_autofree char *count = copies_text(copies);
  if (copies->too_short)
    fprintf(context->out, "the text is too short to tell copies by: less than %d words\n",
            FINGERPRINT_WORDS_MIN);
  else
    fprintf(context->out, "%s\n", count == NULL ? "no copies" : count);
  for (guint i = 0; copies->n > 0 && i < copies->articles->len; i++) {
    const Article *article = g_ptr_array_index(copies->articles, i);
    output_text_line(article, article == copies->own, context);
  }
}

static gboolean write_articles(const Copies *copies, const Output *output,
                               const OutputContext *context, GError **error)
{
  for (guint i = 0; i < copies->articles->len; i++) {
    const Article *article = g_ptr_array_index(copies->articles, i);
    if (article != copies->own && !output->article(article, context, error)) return FALSE;
  }
  return TRUE;
}

static int write_copies(const Cli *cli, ShimDb *db, const Output *output, GError **error)
{
  OutputContext context;
  Copies copies = {0};
  if (!cli_context(cli, NULL, &context, error)) return EXIT_FAILED;
  g_autoptr(Article) article = answer_article(db, cli->words[0], error);
  if (article == NULL || !copies_find(db, cli->words[0], &copies, error)) return EXIT_FAILED;
  gboolean ok = TRUE;
  if (output->article == NULL)
    write_text(&copies, &context);
  else
    ok = write_articles(&copies, output, &context, error);
  if (ok && copies.more && output->article != NULL)
    fprintf(stderr, "sitrep: there may be more copies; see COPIES in sitrep(1)\n");
  int status = !ok ? EXIT_FAILED : copies.n > 0 ? EXIT_FOUND : EXIT_NOTHING;
  copies_clear(&copies);
  return status;
}

static int copies(const Cli *cli)
{
  g_autoptr(GError) error = NULL;
  if (cli->words == NULL || cli->words[1] != NULL) {
    g_set_error(&error, SITREP_ERROR, SITREP_ERROR_USAGE,
                "say of which article: sitrep copies ID, the id that search prints");
    return cli_fail(error);
  }
  const Output *output = cli_output(cli, &error);
  if (output == NULL) return cli_fail(error);
  if (!cli_writes(cli, output->article != NULL || output == &output_text, CLI_ARTICLE_FORMATS,
                  &error))
    return cli_fail(error);
  ShimDb *db = cli_open(cli, &error);
  if (db == NULL) return cli_fail(error);
  int status = write_copies(cli, db, output, &error);
  shim_db_free(db);
  return error == NULL ? cli_finish(status) : cli_fail(error);
}

int cmd_copies(int argc, char **argv)
{
  Cli cli = {0};
  int status;
  if (cli_parse(&cli, argc, argv, CLI_ARTICLE | CLI_FORMAT | CLI_COLOUR, "ID",
                "Prints the copies of an article, the earliest first.", notes, &status))
    status = copies(&cli);
  cli_clear(&cli);
  return status;
}
