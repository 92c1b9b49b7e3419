/* compile-forces.c - turns forces.tsv into the table that forces.c includes.
 *
 *   compile-forces corpus/gazetteer/forces.tsv build/forces.inc
 *
 * Runs at build time. Malformed rows are reported with file and line, nothing is written, and the
 * exit status is 1. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../country.h"
#include "../forces.h"
#include "../places.h"

enum { CLASS, HOW, WORDS, COLUMNS };

typedef struct Compiler {
  const char *path;
  guint line, errors;
  Names *names;
  GString *called, *without; /* rows of C */
} Compiler;

static void report(Compiler *c, const char *what, const char *text)
{
  fprintf(stderr, "%s:%u: %s: %s\n", c->path, c->line, what, text);
  c->errors++;
}

static ForceClass find_class(const char *name)
{
  static const char *const class_names[] = {
#define X(id, name) name,
      FORCE_CLASS_LIST(X)
#undef X
  };
  ForceClass class = FORCE_MILITARY;
  while (class < FORCE_CLASSES && strcmp(class_names[class], name) != 0) class ++;
  return class;
}

static gboolean has_capital(const char *word)
{
  for (; *word != '\0'; word = g_utf8_next_char(word))
    if (g_unichar_isupper(g_utf8_get_char(word))) return TRUE;
  return FALSE;
}

/* What the column says: marks, or the slot of a country. */
static guint16 read_how(Compiler *c, const char *how, guint *slot)
{
  guint16 marks = 0;
  g_auto(GStrv) parts = g_strsplit(how, " ", -1);
  *slot = COUNTRY_SLOTS;
  for (char **part = parts; *part != NULL; part++) {
    if (strcmp(*part, "alone") == 0)
      marks |= FORCE_ALONE;
    else if (strcmp(*part, "phrase") == 0)
      marks |= FORCE_ALONE | FORCE_PHRASE;
    else if (strcmp(*part, "noun") == 0)
      marks |= FORCE_NOUN;
    else if (country_by_alpha2(*part) != NULL)
      *slot = country_slot(*part);
    else if (strcmp(*part, "beside") != 0)
      report(c, "neither alone, phrase, beside, noun nor a country", *part);
  }
  return marks;
}

static void add_words(Compiler *c, ForceClass class, const char *how, const char *list)
{
  guint slot = COUNTRY_SLOTS;
  guint16 marks = *how == '\0' ? 0 : read_how(c, how, &slot);
  g_auto(GStrv) words = g_strsplit(list, "|", -1);
  if ((class <= FORCE_RIOTERS) != (*how != '\0'))
    report(c, "how is for the classes that make actors", how);
  for (char **word = words; *word != NULL; word++)
    if (!names_add(c->names, *word, force_value(class, slot),
                   marks | (has_capital(*word) ? NAME_INITIAL : 0)))
      report(c, "no name", *word);
}

static void add_called(Compiler *c, const char *alpha2, const char *name)
{
  if (country_by_alpha2(alpha2) == NULL || strpbrk(name, "\"\\") != NULL)
    report(c, "no country, or no name", alpha2);
  g_string_append_printf(c->called, "{\"%s\",\"%s\"},\n", alpha2, name);
}

static void add_without(Compiler *c, const char *class, const char *list)
{
  g_auto(GStrv) codes = g_strsplit(list, "|", -1);
  if (find_class(class) == FORCE_CLASSES) report(c, "no class", class);
  for (char **code = codes; *code != NULL; code++) {
    if (country_by_alpha2(*code) == NULL) report(c, "no country", *code);
    g_string_append_printf(c->without, "{\"%s\",\"%s\"},\n", *code, class);
  }
}

static void read_row(Compiler *c, char **columns)
{
  ForceClass class = find_class(columns[CLASS]);
  if (class != FORCE_CLASSES)
    add_words(c, class, columns[HOW], columns[WORDS]);
  else if (strcmp(columns[CLASS], "called") == 0)
    add_called(c, columns[HOW], columns[WORDS]);
  else if (strcmp(columns[CLASS], "without") == 0)
    add_without(c, columns[HOW], columns[WORDS]);
  else
    report(c, "no class", columns[CLASS]);
}

static void read_rows(Compiler *c, const char *text)
{
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    c->line++;
    if (**line == '#' || **line == '\0') continue;
    g_auto(GStrv) columns = g_strsplit(*line, "\t", -1);
    if (g_strv_length(columns) != COLUMNS || !g_utf8_validate(*line, -1, NULL))
      report(c, "not three columns, or no UTF-8", *line);
    else
      read_row(c, columns);
  }
}

static void write_rows(GString *out, const char *identifier, const GString *rows)
{
  g_string_append_printf(out, "static const ForceCountry %s[] = {\n%s};\n", identifier, rows->str);
}

int main(int argc, char **argv)
{
  if (argc != 3) {
    fprintf(stderr, "Usage: compile-forces FORCES.TSV OUTPUT\n");
    return EXIT_FAILURE;
  }
  Compiler c = {.path = argv[1],
                .names = names_new(),
                .called = g_string_new(NULL),
                .without = g_string_new(NULL)};
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) out = g_string_new("/* Written by compile-forces from forces.tsv. */\n");
  gboolean ok = g_file_get_contents(argv[1], &text, NULL, &error);
  if (ok) read_rows(&c, text);
  ok = ok && c.errors == 0;
  if (ok) {
    names_write(c.names, "force_names", out);
    write_rows(out, "force_called", c.called);
    write_rows(out, "force_without", c.without);
    ok = g_file_set_contents(argv[2], out->str, (gssize)out->len, &error);
  }
  if (error != NULL) fprintf(stderr, "compile-forces: %s\n", error->message);
  names_free(c.names);
  g_string_free(c.called, TRUE);
  g_string_free(c.without, TRUE);
  return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
