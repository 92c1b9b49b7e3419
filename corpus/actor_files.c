/* actor_files.c - see actor_files.h */
#include "actor_files.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "country.h"
#include "fold.h"

enum { NAME, KIND, COUNTRIES, FROM, TO, ALIASES, COLUMNS };
enum { SHOWN_MAX = 60 /* characters of a value in a message */ };

void actor_complain(const ActorReading *reading, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  g_autofree char *what = g_strdup_vprintf(format, args);
  va_end(args);
  reading->report(reading->context, reading->line, what);
}

/* ---- columns ---- */

/* The year in a column, 0 when it is empty, -1 when it is none. */
static int read_year(const char *text)
{
  if (*text == '\0') return 0;
  char *end = NULL;
  guint64 year = g_ascii_strtoull(text, &end, 10);
  return g_ascii_isdigit(*text) && *end == '\0' && year >= 1000 && year <= 9999 ? (int)year : -1;
}

/* The codes of countries joined by '|', given as codes or names; NULL when one is not known. */
static char *read_countries(const ActorReading *reading, const char *text)
{
  g_autoptr(GString) codes = g_string_new(NULL);
  g_auto(GStrv) given = g_strsplit(text, "|", -1);
  for (char **name = given; *name != NULL; name++) {
    g_strstrip(*name);
    if (**name == '\0') continue;
    const Country *country = country_find(*name, -1);
    if (country == NULL) {
      actor_complain(reading,
                     "'%.*s' is no country; write codes as SV|HN, or nothing (the line is ignored)",
                     SHOWN_MAX, *name);
      return NULL;
    }
    g_string_append_printf(codes, "%s%s", codes->len > 0 ? "|" : "", country->alpha2);
  }
  return g_string_free(g_steal_pointer(&codes), FALSE);
}

static guint32 take_marks(const char **alias)
{
  guint32 marks = 0;
  if (**alias == '=') {
    marks |= ACTOR_CAPITALS;
    (*alias)++;
  }
  if (**alias == '?') {
    marks |= ACTOR_AMBIGUOUS;
    (*alias)++;
  }
  return marks;
}

static void add_alias(const ActorReading *reading, const char *alias, guint32 marks)
{
  if (!actor_list_alias(reading->list, alias, marks))
    actor_complain(reading, "'%.*s' is no name: it has no word, or more than %d", SHOWN_MAX, alias,
                   NAME_WORDS_MAX);
}

/* The marks that a part of the name has among the aliases, 0 when it is not marked. */
static guint32 marks_of(char **aliases, const char *part)
{
  g_autofree char *wanted = fold_name(part, -1);
  for (char **alias = aliases; *alias != NULL; alias++) {
    const char *bare = *alias;
    guint32 marks = take_marks(&bare);
    g_autofree char *key = marks == 0 ? NULL : fold_name(bare, -1);
    if (key != NULL && strcmp(key, wanted) == 0) return marks;
  }
  return 0;
}

/* What stands before and behind the colon is an alias, unless it says "(El Salvador)". */
static void add_parts(const ActorReading *reading, const char *name, char **aliases)
{
  const char *colon = strstr(name, ": ");
  g_autofree char *head = colon == NULL ? NULL : g_strndup(name, (gsize)(colon - name));
  const char *tail = colon == NULL ? name : colon + 2;
  if (head != NULL) add_alias(reading, head, marks_of(aliases, head));
  if (strchr(tail, '(') == NULL) add_alias(reading, tail, marks_of(aliases, tail));
}

static void add_actor(const ActorReading *reading, char **columns, ActorKind kind,
                      const char *countries, int first_year, int last_year)
{
  g_auto(GStrv) aliases = g_strsplit(columns[ALIASES], "|", -1);
  for (char **alias = aliases; *alias != NULL; alias++) g_strstrip(*alias);
  actor_list_begin(reading->list, columns[NAME], kind, countries, first_year, last_year);
  add_parts(reading, columns[NAME], aliases);
  for (char **alias = aliases; *alias != NULL; alias++) {
    const char *bare = *alias;
    guint32 marks = take_marks(&bare);
    if (*bare != '\0') add_alias(reading, bare, marks);
  }
  if (!actor_list_end(reading->list))
    actor_complain(reading, "the name '%.*s' is too long to be found as a whole", SHOWN_MAX,
                   columns[NAME]);
}

/* A line with at least a name; columns that are missing are empty. */
static void read_row(const ActorReading *reading, char **columns)
{
  ActorKind kind = *columns[KIND] == '\0' ? ACTOR_EXTERNAL_OTHER : actor_kind_find(columns[KIND]);
  int first_year = read_year(columns[FROM]), last_year = read_year(columns[TO]);
  if (kind == ACTOR_KINDS) {
    actor_complain(reading,
                   "'%.*s' is no kind of actor; write state-forces, rebel-group, "
                   "political-militia, identity-militia, rioters, protesters, civilians, "
                   "external-other or nothing (the line is ignored)",
                   SHOWN_MAX, columns[KIND]);
    return;
  }
  if (first_year < 0 || last_year < 0) {
    actor_complain(reading,
                   "'%.*s' is no year; write one as 1987, or nothing (the line is ignored)",
                   SHOWN_MAX, first_year < 0 ? columns[FROM] : columns[TO]);
    return;
  }
  g_autofree char *countries = read_countries(reading, columns[COUNTRIES]);
  if (countries != NULL) add_actor(reading, columns, kind, countries, first_year, last_year);
}

static gboolean is_heading(const ActorReading *reading, const char *first)
{
  return reading->line == 1 && g_ascii_strcasecmp(first, "name") == 0;
}

static void read_line(const ActorReading *reading, char *line)
{
  g_auto(GStrv) given = g_strsplit(line, "\t", -1);
  guint n = g_strv_length(given);
  char empty[1] = "";
  char *columns[COLUMNS];
  for (guint i = 0; i < COLUMNS; i++) columns[i] = i < n ? g_strstrip(given[i]) : empty;
  if (is_heading(reading, columns[NAME])) return;
  if (*columns[NAME] == '\0')
    actor_complain(reading, "the first column, the actor's name, is empty (the line is ignored)");
  else if (n > COLUMNS)
    actor_complain(reading,
                   "has %u columns, not %d: name, kind, countries, from, to, aliases "
                   "(the line is ignored)",
                   n, COLUMNS);
  else
    read_row(reading, columns);
}

static void read_tsv(ActorReading *reading, char **lines)
{
  for (char **line = lines; *line != NULL; line++) {
    reading->line++;
    if (**line != '#' && (*line)[strspn(*line, " \t")] != '\0') read_line(reading, *line);
  }
}

/* ---- files ---- */

/* The text's lines, NULL-terminated. Lines that are no UTF-8, or have a NUL byte in them, are
 * reported and empty. */
static char **split_lines(ActorReading *reading, const char *text, gsize len)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new();
  for (gsize at = 0; at < len;) {
    const char *newline = memchr(text + at, '\n', len - at);
    gsize end = newline == NULL ? len : (gsize)(newline - text), used = end;
    if (used > at && text[used - 1] == '\r') used--;
    reading->line++;
    gboolean valid = g_utf8_validate(text + at, (gssize)(used - at), NULL);
    if (!valid)
      actor_complain(reading, "is not UTF-8; save the file in UTF-8 (the line is ignored)");
    g_ptr_array_add(lines, valid ? g_strndup(text + at, used - at) : g_strdup(""));
    at = end + 1;
  }
  g_ptr_array_add(lines, NULL);
  reading->line = 0;
  return (char **)g_ptr_array_free(g_steal_pointer(&lines), FALSE);
}

void actors_read(ActorList *list, const char *text, gsize len, ActorReport report, void *context)
{
  static const char mark[] = "\xEF\xBB\xBF"; /* a byte order mark */
  ActorReading reading = {.list = list, .report = report, .context = context};
  gsize skip = len >= 3 && memcmp(text, mark, 3) == 0 ? 3 : 0;
  g_auto(GStrv) lines = split_lines(&reading, text + skip, len - skip);
  if (petrarch_recognise(lines))
    petrarch_read(&reading, lines);
  else
    read_tsv(&reading, lines);
}

gboolean actors_read_file(ActorList *list, const char *path, ActorReport report, void *context,
                          GError **error)
{
  FILE *file = fopen(path, "rb");
  g_autoptr(GString) text = g_string_new(NULL);
  char buffer[1 << 14];
  gsize n = 0;
  if (file == NULL) {
    g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), "%s cannot be read: %s", path,
                g_strerror(errno));
    return FALSE;
  }
  while (text->len <= ACTOR_FILE_MAX && (n = fread(buffer, 1, sizeof buffer, file)) > 0)
    g_string_append_len(text, buffer, (gssize)n);
  int failure = ferror(file) != 0 ? errno : 0;
  fclose(file);
  if (failure != 0) {
    g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(failure), "%s cannot be read: %s",
                path, g_strerror(failure));
    return FALSE;
  }
  if (text->len > ACTOR_FILE_MAX) {
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
                "%s has more than %d MB; it should be a table of actors", path,
                ACTOR_FILE_MAX >> 20);
    return FALSE;
  }
  actors_read(list, text->str, text->len, report, context);
  return TRUE;
}
