/* cmd_info.c - sitrep info: what an index holds. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "../corpus/analysis.h"
#include "../corpus/error.h"
#include "../corpus/index_info.h"
#include "cli.h"

typedef struct Info {
  char *path;
  ShimDbStats stats;
  guint64 terms, bytes;
  char *xapian_uuid;
  Answer *answer; /* to everything: uuid, revision, languages, dates */
} Info;

static void info_clear(Info *info)
{
  g_free(info->path);
  free(info->xapian_uuid);
  answer_free(info->answer);
}

static gboolean count_terms(ShimDb *db, guint64 *count, GError **error)
{
  ShimTerms *terms = NULL;
  if (!shim_ok(shim_terms_all(db, "", 0, &terms), error)) return FALSE;
  const char *term;
  gsize len;
  ShimStatus status;
  *count = 0;
  while ((status = shim_terms_next(terms, &term, &len)) == SHIM_OK) ++*count;
  shim_terms_free(terms);
  return status == SHIM_END || shim_ok(status, error);
}

static gboolean collect(Info *info, const Cli *cli, ShimDb *db, GError **error)
{
  g_autoptr(Request) everything = request_new();
  everything->limit = 0;
  everything->facets[FIELD_LANG] = TRUE;
  everything->facet_limit = LIMIT_ALL;
  everything->span = TRUE;
  info->path = index_path(cli->index);
  info->bytes = index_bytes(info->path);
  info->answer = answer_new(everything, db, error);
  return info->answer != NULL && shim_ok(shim_db_stats(db, &info->stats), error) &&
         shim_ok(shim_db_uuid(db, &info->xapian_uuid), error) &&
         count_terms(db, &info->terms, error);
}

static const GPtrArray *languages(const Info *info)
{
  const Facet *facet = g_ptr_array_index(info->answer->facets, 0);
  return facet->values;
}

static void write_json(const Info *info)
{
  json_t *langs = json_array();
  for (guint i = 0; i < languages(info)->len; i++) {
    const FacetValue *value = g_ptr_array_index(languages(info), i);
    json_array_append_new(
        langs, json_pack("{s:s, s:i}", "value", value->value, "count", (int)value->count));
  }
  g_autofree char *path = g_utf8_make_valid(info->path, -1);
  json_t *object = json_pack(
      "{s:s, s:i, s:I, s:o, s:s*, s:s*, s:I, s:s, s:s, s:s, s:I, s:s, s:s}", "index", path,
      "articles", (int)info->stats.documents, "terms", (json_int_t)info->terms, "languages", langs,
      "first_date", info->answer->first_date, "last_date", info->answer->last_date, "bytes",
      (json_int_t)info->bytes, "schema", SCHEMA_VERSION, "stemmer", stemmers_version(), "uuid",
      info->answer->index_uuid, "revision", (json_int_t)info->answer->revision, "xapian",
      shim_xapian_version(), "xapian_uuid", info->xapian_uuid);
  json_dumpf(object, stdout, JSON_COMPACT | JSON_REAL_PRECISION(6));
  putchar('\n');
  json_decref(object);
}

static void write_text(const Info *info)
{
  g_autofree char *articles = output_number(info->stats.documents);
  g_autofree char *terms = output_number(info->terms);
  g_autofree char *size = g_format_size(info->bytes);
  printf("%-11s %s\n%-11s %s\n%-11s %s\n", "Index", info->path, "Articles", articles, "Terms",
         terms);
  printf("%-11s", "Languages");
  for (guint i = 0; i < languages(info)->len; i++) {
    const FacetValue *value = g_ptr_array_index(languages(info), i);
    g_autofree char *count = output_number(value->count);
    printf("%s %s %s", i == 0 ? "" : ",", value->value, count);
  }
  const Answer *answer = info->answer;
  printf("\n%-11s %s to %s\n", "Dates", answer->first_date == NULL ? "none" : answer->first_date,
         answer->last_date == NULL ? "none" : answer->last_date);
  printf("%-11s %s\n%-11s %s\n%-11s %s\n", "Size", size, "Schema", SCHEMA_VERSION, "Stemmer",
         stemmers_version());
  printf("%-11s %s\n%-11s %" G_GUINT64_FORMAT "\n%-11s %s, database %s\n", "UUID",
         info->answer->index_uuid, "Revision", info->answer->revision, "Xapian",
         shim_xapian_version(), info->xapian_uuid);
}

static int info(const Cli *cli)
{
  g_autoptr(GError) error = NULL;
  const Output *output = cli_output(cli, &error);
  if (output == NULL) return cli_fail(error);
  if (cli->words != NULL || (output != &output_text && output != &output_json)) {
    g_set_error(&error, SITREP_ERROR, SITREP_ERROR_USAGE,
                "info takes no words, and writes text or json; see sitrep info --help");
    return cli_fail(error);
  }
  ShimDb *db = cli_open(cli, &error);
  if (db == NULL) return cli_fail(error);
  Info all = {0};
  if (collect(&all, cli, db, &error)) {
    if (output == &output_text)
      write_text(&all);
    else
      write_json(&all);
  }
  info_clear(&all);
  shim_db_free(db);
  return error == NULL ? cli_finish(EXIT_FOUND) : cli_fail(error);
}

int cmd_info(int argc, char **argv)
{
  Cli cli = {0};
  int status;
  if (cli_parse(&cli, argc, argv, CLI_FORMAT | CLI_INFO, NULL, "Prints what an index holds.", NULL,
                &status))
    status = info(&cli);
  cli_clear(&cli);
  return status;
}
