/* compile-events.c - turns events.tsv into the dictionary that corpus/events.c includes.
 *
 *   compile-events corpus/gazetteer/events.tsv build/events.inc
 *
 * Runs at build time. The file's head says how it is written. Malformed rows are reported with file
 * and line, nothing is written, and the exit status is 1. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../events.h"
#include "inflect.h"

enum { COLUMNS = 5, WEIGHT_MAX = 9 };

typedef struct Compiler {
  const char *path;
  unsigned line, errors;
  Names *names;
  GPtrArray *types, *sub_types; /* char *, a member a kind */
  GArray *rows;                 /* EventRow */
  guint32 value;                /* of the terms that are being added */
  GHashTable *known;            /* "kind lang form" of terms that count alone -> value */
} Compiler;

/* A phrase that is being put together. */
typedef struct Phrase {
  Compiler *compiler;
  const char *lang;
  char **words;    /* that are still to come */
  GString *so_far; /* with a blank at its end */
} Phrase;

static void report(Compiler *c, const char *what, const char *text)
{
  fprintf(stderr, "%s:%u: %s: %s\n", c->path, c->line, what, text);
  c->errors++;
}

/* ---- terms ---- */

/* Words that would count twice alone for one kind are a slip of the pen. */
static void check_phrase(Compiler *c, const EventRow *row, const char *lang, const char *phrase)
{
  char *key = g_strdup_printf("%u %s %s", row->kind, lang, phrase);
  gpointer other = NULL;
  if (g_hash_table_lookup_extended(c->known, key, NULL, &other) &&
      GPOINTER_TO_UINT(other) != c->value)
    report(c, "stands in another row of the same kind", phrase);
  g_hash_table_insert(c->known, key, GUINT_TO_POINTER(c->value));
}

static void add_phrase(Compiler *c, const char *lang, const char *phrase)
{
  const EventRow *row = &g_array_index(c->rows, EventRow, c->value / 2);
  if (row->pairing == PAIRING_NONE) check_phrase(c, row, lang, phrase);
  if (!names_add(c->names, phrase, c->value, events_lang_mark(lang)))
    report(c, "no word, or too many", phrase);
}

static void next_word(const Phrase *phrase);

/* A FormSink: the phrase goes on behind this form. */
static void add_form(void *context, const char *form)
{
  const Phrase *phrase = context;
  gsize len = phrase->so_far->len;
  g_string_append_printf(phrase->so_far, "%s ", form);
  next_word(&(Phrase){phrase->compiler, phrase->lang, phrase->words + 1, phrase->so_far});
  g_string_truncate(phrase->so_far, len);
}

static void next_word(const Phrase *phrase)
{
  const char *word = *phrase->words;
  Phrase rest = *phrase;
  if (word == NULL) {
    g_autofree char *whole = g_strndup(phrase->so_far->str, phrase->so_far->len - 1);
    add_phrase(phrase->compiler, phrase->lang, whole);
  } else if (g_str_has_suffix(word, "~")) {
    g_autofree char *base = g_strndup(word, strlen(word) - 1);
    inflect_word(phrase->lang, base, add_form, &rest);
  } else {
    add_form(&rest, word);
  }
}

static void add_inflected(Compiler *c, const char *lang, const char *term)
{
  /* Empty alternatives leave two blanks. */
  g_auto(GStrv) parts = g_strsplit(term, " ", -1);
  g_autoptr(GPtrArray) words = g_ptr_array_new();
  for (char **part = parts; *part != NULL; part++)
    if (**part != '\0') g_ptr_array_add(words, *part);
  g_ptr_array_add(words, NULL);
  g_autoptr(GString) so_far = g_string_new(NULL);
  if (words->len == 1)
    report(c, "an empty term", term);
  else
    next_word(&(Phrase){c, lang, (char **)words->pdata, so_far});
}

/* "{a,b} c" is "a c" and "b c". */
static void expand(Compiler *c, const char *lang, const char *term)
{
  const char *open = strchr(term, '{'), *close = strchr(term, '}');
  if (open == NULL && close == NULL) {
    add_inflected(c, lang, term);
    return;
  }
  if (open == NULL || close == NULL || close < open) {
    report(c, "a brace without the other", term);
    return;
  }
  g_autofree char *inside = g_strndup(open + 1, (gsize)(close - open - 1));
  g_auto(GStrv) choices = g_strsplit(inside, ",", -1);
  for (char **choice = choices; *choice != NULL; choice++) {
    g_autofree char *one =
        g_strdup_printf("%.*s%s%s", (int)(open - term), term, *choice, close + 1);
    expand(c, lang, one);
  }
}

/* ---- rows ---- */

static guint8 kind_of(Compiler *c, const char *type, const char *sub_type)
{
  for (guint i = 0; i < c->types->len; i++)
    if (strcmp(c->types->pdata[i], type) == 0 && strcmp(c->sub_types->pdata[i], sub_type) == 0)
      return (guint8)i;
  g_ptr_array_add(c->types, g_strdup(type));
  g_ptr_array_add(c->sub_types, g_strdup(sub_type));
  if (c->types->len > G_MAXUINT8) report(c, "too many kinds", type);
  return (guint8)(c->types->len - 1);
}

static EventPairing pairing_of(const char *terms)
{
  if (strchr(terms, '&') != NULL) return PAIRING_EITHER;
  return strchr(terms, '>') != NULL ? PAIRING_IN_ORDER : PAIRING_NONE;
}

static void read_row(Compiler *c, char **columns)
{
  double weight = g_ascii_strtod(columns[3], NULL);
  if (events_lang_mark(columns[2]) == 0) report(c, "no language with rules", columns[2]);
  if (weight < -WEIGHT_MAX || weight > WEIGHT_MAX) report(c, "no such weight", columns[3]);
  EventRow row = {kind_of(c, columns[0], columns[1]), pairing_of(columns[4]),
                  (gint16)(weight * 100)};
  g_array_append_val(c->rows, row);
  g_auto(GStrv) lists = g_strsplit_set(columns[4], "&>", -1);
  if (g_strv_length(lists) > 2) report(c, "more than two lists", columns[4]);
  for (guint i = 0; i < 2 && lists[i] != NULL; i++) {
    c->value = (c->rows->len - 1) * 2 + i;
    g_auto(GStrv) terms = g_strsplit(lists[i], "|", -1);
    for (char **term = terms; *term != NULL; term++) expand(c, columns[2], *term);
  }
}

static void read_file(Compiler *c)
{
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  if (!g_file_get_contents(c->path, &text, NULL, &error)) {
    report(c, "cannot be read", error->message);
    return;
  }
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    c->line++;
    if (**line == '#' || **line == '\0') continue;
    g_auto(GStrv) columns = g_strsplit(*line, "\t", -1);
    if (!g_utf8_validate(*line, -1, NULL) || g_strv_length(columns) != COLUMNS)
      report(c, "not five columns of UTF-8", *line);
    else
      read_row(c, columns);
  }
}

static gboolean write_table(const Compiler *c, const char *path)
{
  g_autoptr(GString) out = g_string_new("/* Written by compile-events from events.tsv. */\n");
  names_write(c->names, "event_names", out);
  g_string_append(out, "static const EventKind event_kinds[] = {\n");
  for (guint i = 0; i < c->types->len; i++) {
    guint first = i;
    while (first > 0 && strcmp(c->types->pdata[first - 1], c->types->pdata[i]) == 0) first--;
    g_string_append_printf(out, "{\"%s\",\"%s\",%u},\n", (char *)c->types->pdata[i],
                           (char *)c->sub_types->pdata[i], first);
  }
  g_string_append(out, "};\nstatic const EventRow event_rows[] = {\n");
  for (guint i = 0; i < c->rows->len; i++) {
    const EventRow *row = &g_array_index(c->rows, EventRow, i);
    g_string_append_printf(out, "{%u,%u,%d},\n", row->kind, row->pairing, row->weight);
  }
  g_string_append(out, "};\n");
  g_autoptr(GError) error = NULL;
  if (g_file_set_contents(path, out->str, (gssize)out->len, &error)) return TRUE;
  fprintf(stderr, "%s\n", error->message);
  return FALSE;
}

int main(int argc, char **argv)
{
  if (argc != 3) {
    fprintf(stderr, "Usage: compile-events FILE OUTPUT\n");
    return EXIT_FAILURE;
  }
  Compiler c = {.path = argv[1],
                .names = names_new(),
                .types = g_ptr_array_new_with_free_func(g_free),
                .sub_types = g_ptr_array_new_with_free_func(g_free),
                .rows = g_array_new(FALSE, FALSE, sizeof(EventRow)),
                .known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
  static const char *const first[] = {"nothing", "conflict", "other news"};
  for (gsize i = 0; i < G_N_ELEMENTS(first); i++) kind_of(&c, first[i], "");
  read_file(&c);
  gboolean ok = c.errors == 0 && write_table(&c, argv[2]);
  names_free(c.names);
  g_ptr_array_free(c.types, TRUE);
  g_ptr_array_free(c.sub_types, TRUE);
  g_array_free(c.rows, TRUE);
  g_hash_table_destroy(c.known);
  return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
