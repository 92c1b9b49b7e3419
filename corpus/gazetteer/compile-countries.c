/* compile-countries.c - turns countries.tsv into the table that country.c includes.
 *
 *   compile-countries corpus/gazetteer/countries.tsv build/countries.inc
 *
 * Runs at build time. Rejects malformed rows, and any name or code that means two rows: every error
 * is reported with file and line, nothing is written, and the exit status is 1.
 */
#include "../fold.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALPHA2, ALPHA3, NUMERIC, STATUS, YEARS, NAME, ALIASES, COLUMNS };

typedef struct Row {
  char **columns; /* COLUMNS strings, then NULL */
  unsigned line;
  unsigned number; /* position in the table written */
  unsigned first_year, last_year;
} Row;

typedef struct Key {
  char *text;
  const Row *row;
} Key;

typedef struct Compiler {
  const char *path;
  unsigned errors;
  GPtrArray *rows; /* of Row */
  GArray *keys;    /* of Key */
} Compiler;

static void report(Compiler *c, unsigned line, const char *format, ...) G_GNUC_PRINTF(3, 4);

static void report(Compiler *c, unsigned line, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  char *message = g_strdup_vprintf(format, args);
  va_end(args);
  fprintf(stderr, "%s:%u: %s\n", c->path, line, message);
  g_free(message);
  c->errors++;
}

static void free_row(gpointer data)
{
  Row *row = data;
  g_strfreev(row->columns);
  g_free(row);
}

static void clear_key(gpointer data)
{
  g_free(((Key *)data)->text);
}

/* True if `text` is `len` characters of the type. */
static gboolean consists_of(const char *text, gsize len, GAsciiType type)
{
  if (strlen(text) != len) return FALSE;
  for (gsize i = 0; i < len; i++)
    if ((g_ascii_table[(guchar)text[i]] & type) == 0) return FALSE;
  return TRUE;
}

static gboolean is_former(const Row *row)
{
  return strcmp(row->columns[STATUS], "former") == 0;
}

static gboolean is_status(const char *text)
{
  return strcmp(text, "current") == 0 || strcmp(text, "former") == 0 || strcmp(text, "user") == 0;
}

/* Parses "1922-1991". */
static gboolean parse_years(Row *row)
{
  char **years = g_strsplit(row->columns[YEARS], "-", -1);
  gboolean ok = g_strv_length(years) == 2 && consists_of(years[0], 4, G_ASCII_DIGIT) &&
                consists_of(years[1], 4, G_ASCII_DIGIT) && strcmp(years[0], years[1]) <= 0;
  if (ok) {
    row->first_year = (unsigned)strtoul(years[0], NULL, 10);
    row->last_year = (unsigned)strtoul(years[1], NULL, 10);
  }
  g_strfreev(years);
  return ok;
}

static void check_row(Compiler *c, Row *row)
{
  char **columns = row->columns;
  if (!consists_of(columns[ALPHA2], 2, G_ASCII_UPPER))
    report(c, row->line, "alpha2 must be two capitals, not “%s”.", columns[ALPHA2]);
  if (!consists_of(columns[ALPHA3], 3, G_ASCII_UPPER))
    report(c, row->line, "alpha3 must be three capitals, not “%s”.", columns[ALPHA3]);
  if (columns[NUMERIC][0] != '\0' &&
      (!consists_of(columns[NUMERIC], 3, G_ASCII_DIGIT) || strcmp(columns[NUMERIC], "000") == 0))
    report(c, row->line, "numeric must be empty or three digits, not “%s”.", columns[NUMERIC]);
  if (columns[NUMERIC][0] == '\0' && strcmp(columns[STATUS], "current") == 0)
    report(c, row->line, "A current country has a numeric code.");
  if (!is_status(columns[STATUS]))
    report(c, row->line, "status must be current, former or user, not “%s”.", columns[STATUS]);
  if (is_former(row) && !parse_years(row))
    report(c, row->line, "years of a former country must look like 1922-1991, not “%s”.",
           columns[YEARS]);
  if (!is_former(row) && columns[YEARS][0] != '\0')
    report(c, row->line, "Only a former country has years; this one is %s.", columns[STATUS]);
}

static void add_key(Compiler *c, const Row *row, const char *name)
{
  Key key = {fold_name(name, -1), row};
  if (key.text[0] == '\0') {
    report(c, row->line, "A name has neither letters nor digits: “%s”.", name);
    g_free(key.text);
    return;
  }
  g_array_append_val(c->keys, key);
}

static void add_keys(Compiler *c, const Row *row)
{
  add_key(c, row, row->columns[ALPHA2]);
  add_key(c, row, row->columns[ALPHA3]);
  if (row->columns[NUMERIC][0] != '\0') add_key(c, row, row->columns[NUMERIC]);
  add_key(c, row, row->columns[NAME]);

  char **aliases = g_strsplit(row->columns[ALIASES], "|", -1);
  for (char **alias = aliases; *alias != NULL; alias++) add_key(c, row, *alias);
  g_strfreev(aliases);
}

static void read_row(Compiler *c, const char *text, unsigned line)
{
  if (!g_utf8_validate(text, -1, NULL)) {
    report(c, line, "The row is not UTF-8.");
    return;
  }
  Row *row = g_new0(Row, 1);
  row->columns = g_strsplit(text, "\t", -1);
  row->line = line;
  g_ptr_array_add(c->rows, row);
  guint columns = g_strv_length(row->columns);
  if (columns != COLUMNS) {
    report(c, line, "A row has %d columns separated by tabs, this one %u.", COLUMNS, columns);
    return;
  }
  check_row(c, row);
  add_keys(c, row);
}

static gboolean read_rows(Compiler *c)
{
  char *text = NULL;
  gsize len = 0;
  GError *error = NULL;
  if (!g_file_get_contents(c->path, &text, &len, &error)) {
    fprintf(stderr, "%s\n", error->message);
    g_error_free(error);
    return FALSE;
  }
  /* g_strsplit() would take everything behind a NUL byte for the end of the file. */
  if (strlen(text) != len) report(c, 1, "The file contains a NUL byte.");

  char **lines = g_strsplit(text, "\n", -1);
  for (unsigned i = 0; lines[i] != NULL; i++) {
    gboolean at_end = lines[i][0] == '\0' && lines[i + 1] == NULL;
    if (lines[i][0] != '#' && !at_end) read_row(c, lines[i], i + 1);
  }
  g_strfreev(lines);
  g_free(text);
  if (c->rows->len == 0) report(c, 1, "The file has no rows.");
  if (c->rows->len > G_MAXUINT16) report(c, 1, "The file has too many rows for 16-bit numbers.");
  return c->errors == 0;
}

static int compare_rows(gconstpointer a, gconstpointer b)
{
  const Row *left = *(Row *const *)a, *right = *(Row *const *)b;
  return strcmp(left->columns[ALPHA2], right->columns[ALPHA2]);
}

static int compare_keys(gconstpointer a, gconstpointer b)
{
  const Key *left = a, *right = b;
  int order = strcmp(left->text, right->text);
  if (order != 0) return order;
  return left->row->line < right->row->line ? -1 : left->row->line > right->row->line;
}

static const Key *key_at(const Compiler *c, guint i)
{
  return &g_array_index(c->keys, Key, i);
}

/* True if the key before the i-th has the same text. */
static gboolean is_repeated(const Compiler *c, guint i)
{
  return i > 0 && strcmp(key_at(c, i)->text, key_at(c, i - 1)->text) == 0;
}

/* Brings rows and keys into the order of the table. A row may repeat a key, because languages share
 * names; two rows may not. */
static gboolean sort_table(Compiler *c)
{
  g_ptr_array_sort(c->rows, compare_rows);
  for (guint i = 0; i < c->rows->len; i++) ((Row *)c->rows->pdata[i])->number = i;

  g_array_sort(c->keys, compare_keys);
  for (guint i = 0; i < c->keys->len; i++) {
    const Row *row = key_at(c, i)->row;
    if (!is_repeated(c, i) || row == key_at(c, i - 1)->row) continue;
    const Row *other = key_at(c, i - 1)->row;
    report(c, row->line, "“%s” means %s already, in line %u.", key_at(c, i)->text,
           other->columns[ALPHA2], other->line);
  }
  return c->errors == 0;
}

static void write_countries(const Compiler *c, GString *out)
{
  g_string_append(out, "static const Country countries[] = {\n");
  for (guint i = 0; i < c->rows->len; i++) {
    const Row *row = c->rows->pdata[i];
    char *name = g_strescape(row->columns[NAME], NULL);
    /* A numeric code as written, "004", would be octal. */
    g_string_append_printf(out, "  {\"%s\", \"%s\", \"%s\", %lu, %s, %u, %u},\n",
                           row->columns[ALPHA2], row->columns[ALPHA3], name,
                           strtoul(row->columns[NUMERIC], NULL, 10),
                           is_former(row) ? "TRUE" : "FALSE", row->first_year, row->last_year);
    g_free(name);
  }
  g_string_append(out, "};\n\n");
}

/* Characters rather than one string: ISO C promises no more than 4095 bytes in a string literal. */
static void write_pool(const Compiler *c, GString *out)
{
  g_string_append(out, "static const char key_pool[] = {\n");
  for (guint i = 0; i < c->keys->len; i++) {
    if (is_repeated(c, i)) continue;
    g_string_append(out, "  ");
    for (const char *p = key_at(c, i)->text; *p != '\0'; p++)
      g_string_append_printf(out, g_ascii_isalnum(*p) ? "'%c'," : "'\\x%02x',", (guchar)*p);
    g_string_append(out, "0,\n");
  }
  g_string_append(out, "};\n\n");
}

static void write_offsets(const Compiler *c, GString *out)
{
  gsize offset = 0;
  g_string_append(out, "static const guint32 key_offset[] = {\n");
  for (guint i = 0; i < c->keys->len; i++) {
    if (is_repeated(c, i)) continue;
    g_string_append_printf(out, "  %" G_GSIZE_FORMAT ",\n", offset);
    offset += strlen(key_at(c, i)->text) + 1;
  }
  g_string_append(out, "};\n\n");
}

static void write_key_countries(const Compiler *c, GString *out)
{
  g_string_append(out, "static const guint16 key_country[] = {\n");
  for (guint i = 0; i < c->keys->len; i++)
    if (!is_repeated(c, i)) g_string_append_printf(out, "  %u,\n", key_at(c, i)->row->number);
  g_string_append(out, "};\n");
}

/* g_file_set_contents() writes to a temporary file and renames it. */
static gboolean write_table(const Compiler *c, const char *path)
{
  GString *out = g_string_new("/* Written by compile-countries from countries.tsv. */\n");
  write_countries(c, out);
  write_pool(c, out);
  write_offsets(c, out);
  write_key_countries(c, out);

  GError *error = NULL;
  gboolean ok = g_file_set_contents(path, out->str, (gssize)out->len, &error);
  if (!ok) {
    fprintf(stderr, "%s\n", error->message);
    g_error_free(error);
  }
  g_string_free(out, TRUE);
  return ok;
}

int main(int argc, char **argv)
{
  if (argc != 3) {
    fprintf(stderr, "Usage: compile-countries COUNTRIES.TSV OUTPUT\n");
    return 1;
  }
  Compiler c = {.path = argv[1],
                .rows = g_ptr_array_new_with_free_func(free_row),
                .keys = g_array_new(FALSE, FALSE, sizeof(Key))};
  g_array_set_clear_func(c.keys, clear_key);
  gboolean ok = read_rows(&c) && sort_table(&c) && write_table(&c, argv[2]);
  g_array_unref(c.keys);
  g_ptr_array_unref(c.rows);
  return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
