/* cmd_show.c - sitrep show: whole articles. */
#include <string.h>

#include "../corpus/error.h"
#include "cli.h"
#include "text_layout.h"

static void write_field(const Article *article, FieldId field, const OutputContext *context)
{
  g_autofree char *values = output_values(article, field, ", ");
  if (values == NULL) return;
  g_autofree char *printable = output_printable(values);
  fprintf(context->out, "%s%-15s%s %s%s\n", context->colour ? "\033[2m" : "",
          schema_field(field)->label, context->colour ? "\033[0m" : "", printable,
          article_is_derived(article, field) ? " (derived)" : "");
}

/* "Place           Kabul: dateline; 2 in text (Afghanistan, 34.53 69.17)", a line a value. */
static void write_reasons(const Article *article, FieldId field, const OutputContext *context)
{
  const GPtrArray *values = article_values(article, field);
  for (guint i = 0; i < values->len; i++) {
    const char *why = article_why(article, field, i);
    const ArticlePlace *place = field == FIELD_PLACE ? article_place(article, i) : NULL;
    g_autoptr(GString) line = g_string_new(facet_label(field, g_ptr_array_index(values, i)));
    if (*why != '\0') g_string_append_printf(line, ": %s", why);
    if (place != NULL)
      g_string_append_printf(line, " (%s, %.2f %.2f)", facet_label(FIELD_COUNTRY, place->alpha2),
                             place->latitude, place->longitude);
    g_autofree char *printable = output_printable(line->str);
    fprintf(context->out, "%s%-15s%s %s\n", context->colour ? "\033[2m" : "",
            i == 0 ? schema_field(field)->label : "", context->colour ? "\033[0m" : "", printable);
  }
}

static void write_text(const Article *article, FieldId field, Highlighter *highlighter,
                       const OutputContext *context)
{
  const char *text = article_first(article, field);
  if (text == NULL) return;
  g_autoptr(GArray) spans =
      highlighter == NULL ? NULL : highlight(highlighter, text, strlen(text), field == FIELD_TITLE);
  Layout layout = {.out = context->out,
                   .colour = context->colour,
                   .width = context->width,
                   .bold = field == FIELD_TITLE};
  layout_text(&layout, text, spans);
}

static void write_article(const Article *article, Highlighter *highlighter, gboolean why,
                          const OutputContext *context)
{
  write_text(article, FIELD_TITLE, highlighter, context);
  for (int i = 0; i < FIELD_COUNT; i++) {
    FieldId field = (FieldId)i;
    if (schema_field(field)->kind == KIND_TEXT) continue;
    if (why && article_is_derived(article, field))
      write_reasons(article, field, context);
    else
      write_field(article, field, context);
  }
  fputc('\n', context->out);
  write_text(article, FIELD_BODY, highlighter, context);
}

/* The answer whose patterns highlight --query; NULL with an error, or without --query. */
static Answer *marks(const Cli *cli, ShimDb *db, GError **error)
{
  if (cli->query == NULL) return NULL;
  g_autoptr(Request) request = request_new();
  g_free(request->query);
  request->query = g_strdup(cli->query);
  request->limit = 0;
  request->estimate = TRUE;
  return answer_new(request, db, error);
}

static gboolean show_all(const Cli *cli, ShimDb *db, const Output *output,
                         const OutputContext *context, GError **error)
{
  g_autoptr(Answer) answer = marks(cli, db, error);
  if (answer == NULL && cli->query != NULL) return FALSE;
  for (char **id = cli->words; *id != NULL; id++) {
    g_autoptr(Article) article = answer_article(db, *id, error);
    if (article == NULL) return FALSE;
    if (output->article != NULL) {
      if (!output->article(article, context, error)) return FALSE;
      continue;
    }
    if (id != cli->words) fputs("\n", context->out);
    write_article(article, answer == NULL ? NULL : answer->highlighter, cli->why, context);
  }
  return TRUE;
}

static int show(const Cli *cli)
{
  g_autoptr(GError) error = NULL;
  if (cli->words == NULL) {
    g_set_error(&error, SITREP_ERROR, SITREP_ERROR_USAGE,
                "say which article: sitrep show ID, the id that search prints");
    return cli_fail(error);
  }
  const Output *output = cli_output(cli, &error);
  if (output == NULL) return cli_fail(error);
  if (output->article == NULL && output != &output_text &&
      !cli_no_format(cli->format, CLI_ARTICLE_FORMATS, &error))
    return cli_fail(error);
  OutputContext context;
  if (!cli_context(cli, NULL, &context, &error)) return cli_fail(error);
  ShimDb *db = cli_open(cli, &error);
  if (db == NULL) return cli_fail(error);
  gboolean ok = show_all(cli, db, output, &context, &error);
  shim_db_free(db);
  return ok ? cli_finish(EXIT_FOUND) : cli_fail(error);
}

int cmd_show(int argc, char **argv)
{
  Cli cli = {0};
  int status;
  if (cli_parse(&cli, argc, argv, CLI_FORMAT | CLI_ARTICLE | CLI_COLOUR | CLI_HIGHLIGHT, "ID...",
                "Prints whole articles; json and jsonl print one object a line, as JSON Lines "
                "input, ris and bibtex a citation.",
                NULL, &status))
    status = show(&cli);
  cli_clear(&cli);
  return status;
}
