/* cli.c - see cli.h */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "../corpus/error.h"
#include "../corpus/index_info.h"

enum { WIDTH_DEFAULT = 80, WIDTH_MAX = 100, ENTRIES_MAX = 60 };

/* ---- options ---- */

typedef struct Entries {
  GOptionEntry list[ENTRIES_MAX];
  guint n;
} Entries;

static void add(Entries *entries, GOptionEntry entry)
{
  g_assert(entries->n + 1 < ENTRIES_MAX);
  entries->list[entries->n++] = entry;
}

/* Values are taken as FILENAME: GLib would convert a STRING from the locale, and fail where that is
 * C, while queries are UTF-8 everywhere. */

/* Every facet of the schema is a filter. */
static void add_filters(Entries *entries, Cli *cli)
{
  for (int i = 0; i < FIELD_COUNT; i++) {
    const Field *field = schema_field((FieldId)i);
    if (!field->facet) continue;
    g_snprintf(cli->not_names[i], sizeof(cli->not_names[i]), "not-%s", field->name);
    add(entries, (GOptionEntry){field->name, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &cli->filters[i],
                                field->kind == KIND_COUNTRY
                                    ? "Only that country: name, alpha-2 or alpha-3 (repeatable)"
                                    : "Only that value (repeat for alternatives)",
                                "VALUE"});
    add(entries, (GOptionEntry){cli->not_names[i], 0, 0, G_OPTION_ARG_FILENAME_ARRAY,
                                &cli->excluded[i], "Without that value (repeatable)", "VALUE"});
  }
  add(entries, (GOptionEntry){"since", 0, 0, G_OPTION_ARG_FILENAME, &cli->since,
                              "Only from that day, month or year on", "DATE"});
  add(entries, (GOptionEntry){"until", 0, 0, G_OPTION_ARG_FILENAME, &cli->until,
                              "Only up to that day, month or year", "DATE"});
  add(entries, (GOptionEntry){"expand-limit", 0, 0, G_OPTION_ARG_FILENAME, &cli->expand_limit,
                              "Words that a pattern may become, or all (default 1000)", "N"});
  add(entries, (GOptionEntry){"time-limit", 0, 0, G_OPTION_ARG_DOUBLE, &cli->time_limit,
                              "Give a query up after so many seconds", "SECONDS"});
}

static void add_hits(Entries *entries, Cli *cli)
{
  add(entries, (GOptionEntry){"sort", 's', 0, G_OPTION_ARG_FILENAME, &cli->sort,
                              "relevance (default), newest or oldest", "ORDER"});
  add(entries, (GOptionEntry){"number", 'n', 0, G_OPTION_ARG_FILENAME, &cli->limit,
                              "How many articles, or all (default 10)", "N"});
  add(entries, (GOptionEntry){"offset", 'o', 0, G_OPTION_ARG_INT, &cli->offset,
                              "Leave out the first N", "N"});
  add(entries, (GOptionEntry){"estimate", 0, 0, G_OPTION_ARG_NONE, &cli->estimate,
                              "Say about how many match instead of counting", NULL});
  add(entries, (GOptionEntry){"count", 0, 0, G_OPTION_ARG_NONE, &cli->count,
                              "Print nothing but how many match", NULL});
  add(entries, (GOptionEntry){"query-id", 0, 0, G_OPTION_ARG_FILENAME, &cli->query_id,
                              "The query's name in --format trec (default 1)", "ID"});
}

static void add_explain(Entries *entries, Cli *cli)
{
  add(entries, (GOptionEntry){"explain", 0, 0, G_OPTION_ARG_NONE, &cli->explain,
                              "Say what each word of the query matches", NULL});
  add(entries, (GOptionEntry){"query-file", 0, 0, G_OPTION_ARG_FILENAME, &cli->query_file,
                              "Read the query from a file, - for standard input", "FILE"});
}

static void add_terms(Entries *entries, Cli *cli)
{
  add(entries, (GOptionEntry){"number", 'n', 0, G_OPTION_ARG_FILENAME, &cli->limit,
                              "How many words, or all (default 50)", "N"});
  add(entries, (GOptionEntry){"alphabetical", 'a', 0, G_OPTION_ARG_NONE, &cli->alphabetical,
                              "In the order of their letters, not the most frequent first", NULL});
  add(entries,
      (GOptionEntry){"title", 0, 0, G_OPTION_ARG_NONE, &cli->title, "Words of titles alone", NULL});
}

static void add_facets(Entries *entries, Cli *cli)
{
  add(entries,
      (GOptionEntry){"facets", 0, 0, G_OPTION_ARG_FILENAME, &cli->facets,
                     "Count values of these fields, separated by commas, or all", "FIELD,..."});
  add(entries, (GOptionEntry){"facet-limit", 0, 0, G_OPTION_ARG_FILENAME, &cli->facet_limit,
                              "How many values of each, or all", "N"});
}

static void add_timeline(Entries *entries, Cli *cli)
{
  add(entries, (GOptionEntry){"by", 0, 0, G_OPTION_ARG_FILENAME, &cli->by,
                              TIMELINE_SCALES " (default)", "PERIOD"});
  add(entries, (GOptionEntry){"of", 0, 0, G_OPTION_ARG_FILENAME, &cli->of,
                              "Shares of all articles (default), or of those that the filters let "
                              "through",
                              "all|filters"});
  add(entries, (GOptionEntry){"share", 0, 0, G_OPTION_ARG_NONE, &cli->share,
                              "Draw shares instead of numbers", NULL});
}

static void add_provenance(Entries *entries, Cli *cli)
{
  add(entries, (GOptionEntry){"digest", 0, 0, G_OPTION_ARG_NONE, &cli->digest,
                              "Add a digest of the ids of all that match", NULL});
  add(entries, (GOptionEntry){"provenance", 0, 0, G_OPTION_ARG_FILENAME, &cli->provenance,
                              "Write query, index, revision and count into a file", "FILE"});
}

static void add_neighbours(Entries *entries, Cli *cli)
{
  add(entries, (GOptionEntry){"number", 'n', 0, G_OPTION_ARG_FILENAME, &cli->limit,
                              "How many articles on either side (default 3)", "N"});
  add(entries, (GOptionEntry){"same-source", 0, 0, G_OPTION_ARG_NONE, &cli->same_source,
                              "Only articles of the same source", NULL});
}

static void collect_entries(Entries *entries, Cli *cli, guint options)
{
  add(entries, (GOptionEntry){"index", 'i', 0, G_OPTION_ARG_FILENAME, &cli->index,
                              "The index (default: $SITREP_INDEX, else the user's)", "DIR"});
  if (options & CLI_QUERY) add_filters(entries, cli);
  if (options & CLI_EXPLAIN) add_explain(entries, cli);
  if (options & CLI_TERMS) add_terms(entries, cli);
  if (options & CLI_HITS) add_hits(entries, cli);
  if (options & (CLI_HITS | CLI_FACETS)) add_facets(entries, cli);
  if (options & CLI_TIMELINE) add_timeline(entries, cli);
  if (options & CLI_PROVENANCE) add_provenance(entries, cli);
  if (options & CLI_NEIGHBOURS) add_neighbours(entries, cli);
  if (options & CLI_FORMAT)
    add(entries, (GOptionEntry){"format", 'f', 0, G_OPTION_ARG_FILENAME, &cli->format,
                                options & CLI_ARTICLE  ? CLI_ARTICLE_FORMATS
                                : options & CLI_INFO   ? "text or json"
                                : options & CLI_COUNTS ? CLI_COUNT_FORMATS
                                                       : CLI_FORMATS,
                                "FORMAT"});
  if (options & CLI_HIGHLIGHT) {
    add(entries, (GOptionEntry){"query", 'q', 0, G_OPTION_ARG_FILENAME, &cli->query,
                                "Highlight the words of that query", "QUERY"});
    add(entries, (GOptionEntry){"why", 0, 0, G_OPTION_ARG_NONE, &cli->why,
                                "Tell where each derived value came from", NULL});
    add(entries, (GOptionEntry){"raw", 0, 0, G_OPTION_ARG_NONE, &cli->raw,
                                "Show the text as it was read, with what was cut, and why", NULL});
  }
  if (options & CLI_COLOUR)
    add(entries, (GOptionEntry){"color", 0, 0, G_OPTION_ARG_FILENAME, &cli->colour,
                                "auto (default), always or never", "WHEN"});
  add(entries, (GOptionEntry){G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &cli->words,
                              NULL, NULL});
}

/* ---- words that look like options ---- */

/* TRUE when the argument before takes the next one as its value. */
static gboolean takes_value(const Entries *entries, const char *option)
{
  if (option[0] != '-' || option[1] == '\0') return FALSE;
  for (guint i = 0; i < entries->n; i++) {
    const GOptionEntry *entry = &entries->list[i];
    gboolean is_it = option[1] == '-' ? strcmp(entry->long_name, option + 2) == 0
                                      : option[1] == entry->short_name && option[2] == '\0';
    if (is_it) return entry->arg != G_OPTION_ARG_NONE;
  }
  return FALSE;
}

/* "-n5": an option with its value. */
static gboolean is_short_with_number(const char *text)
{
  return strchr("no", text[1]) != NULL && strspn(text + 2, "0123456789") == strlen(text + 2);
}

/* The arguments with "-hamas" as people type it, where GLib would see -h -a -m -a -s, made
 * "NOT hamas", and "-n5" made "--number=5". g_strfreev() it. */
static char **tame_arguments(const Entries *entries, int argc, char **argv)
{
  GPtrArray *tame = g_ptr_array_new();
  gboolean plain = FALSE;
  for (int i = 0; i < argc; i++) {
    const char *text = argv[i];
    plain = plain || strcmp(text, "--") == 0;
    gboolean dashed = !plain && i > 0 && text[0] == '-' && text[1] != '-' && strlen(text) > 2 &&
                      !takes_value(entries, argv[i - 1]);
    if (dashed && is_short_with_number(text))
      g_ptr_array_add(tame,
                      g_strdup_printf("--%s=%s", text[1] == 'n' ? "number" : "offset", text + 2));
    else if (dashed)
      g_ptr_array_add(tame, g_strconcat("NOT ", text + 1, NULL));
    else
      g_ptr_array_add(tame, g_strdup(text));
  }
  g_ptr_array_add(tame, NULL);
  return (char **)g_ptr_array_free(tame, FALSE);
}

gboolean cli_parse(Cli *cli, int argc, char **argv, guint options, const char *usage,
                   const char *summary, const char *notes, int *status)
{
  Entries entries = {0};
  collect_entries(&entries, cli, options);
  g_autoptr(GOptionContext) context = g_option_context_new(usage);
  g_option_context_set_summary(context, summary);
  g_option_context_set_description(context, notes);
  g_option_context_add_main_entries(context, entries.list, NULL);
  g_autofree char *name = g_strconcat("sitrep ", argv[0], NULL);
  g_set_prgname(name);
  g_auto(GStrv) arguments =
      options & CLI_QUERY ? tame_arguments(&entries, argc, argv) : g_strdupv(argv);
  g_autoptr(GError) error = NULL;
  if (g_option_context_parse_strv(context, &arguments, &error)) return TRUE;
  g_prefix_error(&error, "see %s --help: ", name);
  *status = cli_fail(error);
  return FALSE;
}

void cli_clear(Cli *cli)
{
  char *strings[] = {cli->index,       cli->format,   cli->sort,       cli->limit,
                     cli->facets,      cli->since,    cli->until,      cli->colour,
                     cli->facet_limit, cli->query,    cli->by,         cli->of,
                     cli->provenance,  cli->query_id, cli->query_file, cli->expand_limit};
  for (gsize i = 0; i < G_N_ELEMENTS(strings); i++) g_free(strings[i]);
  for (int i = 0; i < FIELD_COUNT; i++) {
    g_strfreev(cli->filters[i]);
    g_strfreev(cli->excluded[i]);
  }
  g_strfreev(cli->words);
  *cli = (Cli){0};
}

/* ---- from options to a request ---- */

static gboolean usage_error(GError **error, const char *option, const char *value,
                            const char *expected)
{
  g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE, "%s %s: write %s", option, value, expected);
  return FALSE;
}

gboolean cli_limit(const char *option, const char *text, guint32 *limit, GError **error)
{
  return number_or_all(text, limit) || usage_error(error, option, text, "a number or all");
}

static gboolean parse_expansion(const char *text, Request *request, GError **error)
{
  if (!cli_limit("--expand-limit", text, &request->expansion, error)) return FALSE;
  return text == NULL || request->expansion > 0 ||
         usage_error(error, "--expand-limit", text, "1 or more, or all");
}

static gboolean parse_sort(const char *text, SortOrder *sort, GError **error)
{
  return text == NULL || sort_parse(text, sort) ||
         usage_error(error, "--sort", text, "relevance, newest or oldest");
}

static gboolean parse_facets(const char *text, Request *request, GError **error)
{
  if (request_set_facets(request, text, error)) return TRUE;
  g_prefix_error(error, "--facets ");
  return FALSE;
}

typedef void (*AddFilter)(Request *request, FieldId field, const char *value);

static gboolean take_values(Request *request, FieldId field, char **values, AddFilter add_filter,
                            GError **error)
{
  for (char **value = values; value != NULL && *value != NULL; value++) {
    if (**value == '\0') {
      g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE, "--%s%s needs a value to look for",
                  add_filter == request_exclude ? "not-" : "", schema_field(field)->name);
      return FALSE;
    }
    add_filter(request, field, *value);
  }
  return TRUE;
}

/* Periods that a scale which was asked for makes at most: days of 270 years. */
enum { PERIODS_MAX = 100000 };

static gboolean parse_timeline(const Cli *cli, Request *request, GError **error)
{
  if (cli->by != NULL) {
    request->timeline = timeline_scale(cli->by);
    if (request->timeline == TIMELINE_NONE)
      return usage_error(error, "--by", cli->by, TIMELINE_SCALES);
    if (request->timeline != TIMELINE_AUTO) request->timeline_max = PERIODS_MAX;
  }
  if (cli->of == NULL || strcmp(cli->of, "all") == 0) return TRUE;
  request->timeline_base = TIMELINE_OF_FILTERS;
  return strcmp(cli->of, "filters") == 0 || usage_error(error, "--of", cli->of, "all or filters");
}

static gboolean take_filters(const Cli *cli, Request *request, GError **error)
{
  for (int i = 0; i < FIELD_COUNT; i++)
    if (!take_values(request, (FieldId)i, cli->filters[i], request_add_filter, error) ||
        !take_values(request, (FieldId)i, cli->excluded[i], request_exclude, error))
      return FALSE;
  return TRUE;
}

static gboolean check_day(const char *option, const char *text, GError **error)
{
  Date date;
  if (text == NULL || date_parse_iso(text, strlen(text), &date)) return TRUE;
  return usage_error(error, option, text, "a year, a month or a day: 1987, 1987-03, 1987-03-01");
}

/* Takes the query from the arguments or the file. */
static gboolean take_query(const Cli *cli, Request *request, GError **error)
{
  if (cli->words == NULL && cli->query_file == NULL) return TRUE;
  if (cli->words != NULL && cli->query_file != NULL)
    return usage_error(error, "--query-file", cli->query_file, "the query there or here, not both");
  g_free(request->query);
  request->query =
      cli->words != NULL ? g_strjoinv(" ", cli->words) : cli_read(cli->query_file, error);
  return request->query != NULL;
}

Request *cli_request(const Cli *cli, GError **error)
{
  g_autoptr(Request) request = request_new();
  if (!take_query(cli, request, error)) return NULL;
  if (cli->offset < 0) {
    usage_error(error, "--offset", "below 0", "how many articles to leave out");
    return NULL;
  }
  if (!(cli->time_limit >= 0)) { /* not a number, too */
    usage_error(error, "--time-limit", "below 0", "how many seconds a query may take");
    return NULL;
  }
  request->offset = (guint32)cli->offset;
  request->estimate = cli->estimate;
  request->explain = cli->explain;
  request->time_limit = cli->time_limit;
  request->digest = cli->digest;
  request->since = g_strdup(cli->since);
  request->until = g_strdup(cli->until);
  if (!take_filters(cli, request, error) || !check_day("--since", cli->since, error) ||
      !check_day("--until", cli->until, error))
    return NULL;
  if (!cli_limit("-n", cli->limit, &request->limit, error) ||
      !parse_expansion(cli->expand_limit, request, error) ||
      !cli_limit("--facet-limit", cli->facet_limit, &request->facet_limit, error) ||
      !parse_sort(cli->sort, &request->sort, error) || !parse_facets(cli->facets, request, error) ||
      !parse_timeline(cli, request, error))
    return NULL;
  return g_steal_pointer(&request);
}

const Output *cli_output(const Cli *cli, GError **error)
{
  if (cli->format == NULL) return &output_text;
  const Output *output = output_by_name(cli->format);
  cli_writes(cli, output != NULL, CLI_FORMATS " (see --help)", error);
  return output;
}

gboolean cli_writes(const Cli *cli, gboolean can, const char *forms, GError **error)
{
  return can || usage_error(error, "--format", cli->format, forms);
}

static int terminal_width(void)
{
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 20) return WIDTH_DEFAULT;
  return MIN(size.ws_col, WIDTH_MAX);
}

gboolean cli_context(const Cli *cli, const Request *request, OutputContext *context, GError **error)
{
  const char *when = cli->colour == NULL ? "auto" : cli->colour;
  const char *no_colour = g_getenv("NO_COLOR");
  gboolean refused = no_colour != NULL && *no_colour != '\0';
  g_autofree char *path = index_path(cli->index);
  *context = (OutputContext){.out = stdout,
                             .request = request,
                             .width = terminal_width(),
                             .share = cli->share,
                             .updated = index_modified(path),
                             .query_id = cli->query_id};
  if (strcmp(when, "auto") == 0)
    context->colour = isatty(STDOUT_FILENO) && !refused;
  else if (strcmp(when, "always") == 0)
    context->colour = TRUE;
  else if (strcmp(when, "never") != 0)
    return usage_error(error, "--color", when, "auto, always or never");
  return TRUE;
}

ShimDb *cli_open(const Cli *cli, GError **error)
{
  g_autofree char *path = index_path(cli->index);
  return index_open(path, error);
}

/* ---- files ---- */

enum { READ_MAX = 16 * 1024 * 1024, READ_BLOCK = 65536 };

static gboolean read_all(FILE *in, GString *text)
{
  gsize n;
  do {
    gsize len = text->len;
    g_string_set_size(text, len + READ_BLOCK);
    n = fread(text->str + len, 1, READ_BLOCK, in);
    g_string_set_size(text, len + n);
  } while (n > 0 && text->len <= READ_MAX);
  return !ferror(in);
}

static gboolean check_text(const char *path, const GString *text, GError **error)
{
  const char *fault = NULL;
  if (text->len > READ_MAX)
    fault = "is more than 16 MB";
  else if (!g_utf8_validate(text->str, (gssize)text->len, NULL))
    fault = "is no UTF-8 text";
  if (fault != NULL) g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE, "%s %s", path, fault);
  return fault == NULL;
}

char *cli_read(const char *path, GError **error)
{
  gboolean standard = strcmp(path, "-") == 0;
  FILE *in = standard ? stdin : fopen(path, "rb");
  g_autoptr(GString) text = g_string_new(NULL);
  gboolean ok = in != NULL && read_all(in, text);
  if (!ok)
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_INPUT, "%s cannot be read: %s", path,
                g_strerror(errno));
  if (in != NULL && !standard) fclose(in);
  return ok && check_text(path, text, error) ? g_strndup(text->str, text->len) : NULL;
}

/* ---- ends ---- */

int cli_fail(const GError *error)
{
  g_assert(error != NULL);
  fflush(stdout);
  fprintf(stderr, "sitrep: %s\n", error->message);
  return EXIT_FAILED;
}

int cli_finish(int status)
{
  gboolean failed = ferror(stdout) != 0;
  if (fclose(stdout) == 0 && !failed) return status;
  fprintf(stderr, "sitrep: the answer could not all be written: %s\n", g_strerror(errno));
  return EXIT_FAILED;
}
