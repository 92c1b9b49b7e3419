/* compile-places.c - turns the gazetteer's tables into the dictionary that places.c includes.
 *
 *   compile-places FOLDER build/places.inc
 *
 * Reads countries.tsv, demonyms.tsv, phrases.tsv, places.tsv, regions.tsv and words.tsv in FOLDER.
 * Runs at build time. Malformed rows are reported with file and line, nothing is written, and the
 * exit status is 1. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../fold.h"
#include "../places.h"
#include "inflect.h"

enum { NO_PROVINCE = 0xFFFF, ROWS_MAX = 0xFFFF, UPPER_MAX = 6 };

typedef struct Compiler {
  const char *folder, *file;
  unsigned line, errors;
  Names *names;
  GHashTable *weak;  /* fold_name()d names -> marks, from words.tsv */
  GHashTable *by_id; /* "XX kind name", folded -> number of the place + 1 */
  GArray *places;    /* Place */
  GString *pool;
} Compiler;

/* What forms of a word are added with. */
typedef struct Adding {
  Compiler *compiler;
  guint32 value;
  guint16 marks;
} Adding;

static void report(Compiler *c, const char *what, const char *text)
{
  fprintf(stderr, "%s/%s:%u: %s: %s\n", c->folder, c->file, c->line, what, text);
  c->errors++;
}

static guint32 sense_value(PlaceSense sense, guint32 value)
{
  return (guint32)sense << PLACE_SENSE_SHIFT | value;
}

static guint slot_of(Compiler *c, const char *alpha2)
{
  guint slot = strlen(alpha2) == 2 ? country_slot(alpha2) : COUNTRY_SLOTS;
  if (slot == COUNTRY_SLOTS) report(c, "no alpha-2 code", alpha2);
  return slot;
}

/* ---- adding names ---- */

/* All letters are capitals, and there are few: an abbreviation. */
static gboolean is_abbreviation(const char *name)
{
  if (strlen(name) > UPPER_MAX) return FALSE;
  for (; *name != '\0'; name++)
    if (!g_ascii_isupper(*name) && !g_ascii_isdigit(*name) && *name != '-' && *name != '.')
      return FALSE;
  return TRUE;
}

static guint16 case_marks(const char *name)
{
  if (is_arabic_script(name)) return 0;
  if (is_abbreviation(name)) return NAME_UPPER;
  gunichar first = g_utf8_get_char(name);
  g_autofree char *lower = g_utf8_strdown(name, -1);
  return g_unichar_isupper(first) || strcmp(lower, name) != 0 ? NAME_INITIAL : 0;
}

static guint16 weak_marks(const Compiler *c, const char *name)
{
  /* "U.S." is not the word "us". */
  if (strchr(name, '.') != NULL) return 0;
  g_autofree char *folded = fold_name(name, -1);
  return (guint16)GPOINTER_TO_UINT(g_hash_table_lookup(c->weak, folded));
}

static void add_form(void *context, const char *form)
{
  const Adding *adding = context;
  guint16 marks = adding->marks | weak_marks(adding->compiler, form);
  if (!names_add(adding->compiler->names, form, adding->value, marks))
    report(adding->compiler, "no name", form);
}

/* Adds a name as it is written; Russian ones in all cases. */
static void add_name(Compiler *c, const char *name, guint32 value, guint16 marks)
{
  Adding adding = {c, value, marks | case_marks(name)};
  if (is_cyrillic(name))
    decline_name(name, add_form, &adding);
  else
    add_form(&adding, name);
}

typedef void (*NameVisitor)(Compiler *c, const char *name, guint32 value);

static void each_name(Compiler *c, const char *list, guint32 value, NameVisitor visit)
{
  g_auto(GStrv) names = g_strsplit(list, "|", -1);
  for (char **name = names; *name != NULL; name++)
    if (**name != '\0') visit(c, *name, value);
}

static void add_plain(Compiler *c, const char *name, guint32 value)
{
  add_name(c, name, value, 0);
}

/* ---- the tables ---- */

/* ISO's "Iran, Islamic Republic of" and data sets' "Zimbabwe (Rhodesia)" stand in no text. */
static void add_country_name(Compiler *c, const char *name, guint32 value)
{
  if (strpbrk(name, ",(") == NULL) add_name(c, name, value, 0);
}

static void read_country(Compiler *c, char **columns)
{
  guint32 value = sense_value(SENSE_COUNTRY, slot_of(c, columns[0]));
  add_country_name(c, columns[5], value);
  each_name(c, columns[6], value, add_country_name);
}

static void add_demonyms(Compiler *c, const char *list, guint32 value, guint16 marks,
                         gboolean cased, void (*inflect)(const char *, FormSink, void *))
{
  g_auto(GStrv) bases = g_strsplit(list, "|", -1);
  for (char **base = bases; *base != NULL; base++) {
    Adding adding = {c, value, marks | (cased ? case_marks(*base) : 0)};
    if (**base != '\0') inflect(*base, add_form, &adding);
  }
}

static void read_demonyms(Compiler *c, char **columns)
{
  guint32 value = sense_value(SENSE_ADJECTIVE, slot_of(c, columns[0]));
  add_demonyms(c, columns[1], value, 0, TRUE, inflect_english);
  add_demonyms(c, columns[2], value, PLACE_ONLY_FRENCH, FALSE, inflect_french);
  add_demonyms(c, columns[3], value, PLACE_ONLY_SPANISH, FALSE, inflect_spanish);
  add_demonyms(c, columns[4], value, 0, FALSE, inflect_russian);
  add_demonyms(c, columns[5], value, 0, FALSE, inflect_arabic);
}

static void read_phrases(Compiler *c, char **columns)
{
  g_auto(GStrv) codes = g_strsplit(columns[0], ",", -1);
  gboolean choice = codes[0] != NULL && codes[1] != NULL;
  if (strcmp(columns[0], "given") == 0) {
    each_name(c, columns[1], sense_value(SENSE_GIVEN, 0), add_plain);
    return;
  }
  if (strcmp(columns[0], "-") == 0) {
    each_name(c, columns[1], sense_value(SENSE_NOTHING, 0), add_plain);
    return;
  }
  for (char **code = codes; *code != NULL; code++)
    each_name(c, columns[1],
              sense_value(choice ? SENSE_CHOICE : SENSE_INSTITUTION, slot_of(c, *code)), add_plain);
}

static char *place_id(const char *alpha2, gboolean province, const char *name)
{
  g_autofree char *folded = fold_name(name, -1);
  return g_strdup_printf("%s %d %s", alpha2, province, folded);
}

static guint32 add_place(Compiler *c, const char *kind, const char *alpha2, const char *name,
                         const char *latitude, const char *longitude, const char *people)
{
  gboolean province = strcmp(kind, "province") == 0;
  Place place = {.name = (guint32)c->pool->len,
                 .people = (guint32)strtoul(people, NULL, 10),
                 .country = (guint16)slot_of(c, alpha2),
                 .province = NO_PROVINCE,
                 .latitude = (gint16)(g_ascii_strtod(latitude, NULL) * 100),
                 .longitude = (gint16)(g_ascii_strtod(longitude, NULL) * 100),
                 .kind = province                      ? PLACE_PROVINCE
                         : strcmp(kind, "region") == 0 ? PLACE_REGION
                                                       : PLACE_CITY};
  g_string_append_len(c->pool, name, (gssize)strlen(name) + 1);
  g_array_append_val(c->places, place);
  g_hash_table_insert(c->by_id, place_id(alpha2, province, name), GUINT_TO_POINTER(c->places->len));
  if (c->places->len > ROWS_MAX) report(c, "more places than numbers", name);
  return c->places->len - 1;
}

/* "Saint Paul" is "St. Paul" too, "Frankfurt am Main" Frankfurt. */
static void add_short_forms(Compiler *c, const char *name, guint32 value)
{
  static const char *const tails[] = {" am ", " an der ", " upon "};
  if (g_str_has_prefix(name, "Saint ")) {
    g_autofree char *abbreviated = g_strconcat("St. ", name + strlen("Saint "), NULL);
    add_name(c, abbreviated, value, 0);
  }
  for (gsize i = 0; i < G_N_ELEMENTS(tails); i++) {
    const char *tail = strstr(name, tails[i]);
    g_autofree char *head = tail == NULL ? NULL : g_strndup(name, (gsize)(tail - name));
    if (head != NULL) add_name(c, head, value, 0);
  }
}

/* "Helmand Province" is "Helmand" too, and "Provincia de Helmand". */
static void add_place_name(Compiler *c, const char *name, guint32 value)
{
  static const char *const after[] = {" Province",     " Governorate", " Oblast",   " Oblast’",
                                      " Region",       " region",      " District", " Department",
                                      " Municipality", " County",      " State",    " Prefecture",
                                      " область",      " провинция",   " край"};
  static const char *const before[] = {
      "Provincia de ",  "Departamento de ", "Departamento del ", "Oblast de ",
      "Óblast de ",     "Oblast d'",        "State of ",         "Estado de ",
      "Province de ",   "Gouvernorat de ",  "Région de ",        "Département de ",
      "Provincia del ", "ولاية ",           "محافظة ",           "مدينة ",
      "إقليم "};
  add_name(c, name, value, 0);
  add_short_forms(c, name, value);
  for (gsize i = 0; i < G_N_ELEMENTS(after); i++) {
    g_autofree char *bare =
        g_str_has_suffix(name, after[i]) ? g_strndup(name, strlen(name) - strlen(after[i])) : NULL;
    /* What is left of "Донецкая область" is an adjective. */
    if (bare != NULL && !is_cyrillic(bare)) add_name(c, bare, value, 0);
  }
  for (gsize i = 0; i < G_N_ELEMENTS(before); i++)
    if (g_str_has_prefix(name, before[i])) add_name(c, name + strlen(before[i]), value, 0);
}

static void read_place(Compiler *c, char **columns)
{
  guint32 number =
      add_place(c, columns[0], columns[1], columns[2], columns[3], columns[4], columns[5]);
  guint32 value = sense_value(SENSE_PLACE, number);
  add_place_name(c, columns[2], value);
  each_name(c, columns[7], value, add_place_name);
  if (columns[6][0] == '\0') return;
  g_autofree char *id = place_id(columns[1], TRUE, columns[6]);
  guint32 province = GPOINTER_TO_UINT(g_hash_table_lookup(c->by_id, id));
  if (province == 0)
    report(c, "no such province above this row", columns[6]);
  else
    g_array_index(c->places, Place, number).province = (guint16)(province - 1);
}

static guint32 find_place(const Compiler *c, const char *alpha2, const char *name,
                          gboolean province)
{
  g_autofree char *id = place_id(alpha2, province, name);
  return GPOINTER_TO_UINT(g_hash_table_lookup(c->by_id, id));
}

static void read_region(Compiler *c, char **columns)
{
  guint n = g_strv_length(columns);
  if (n >= 4 && strcmp(columns[0], "suffix") == 0) {
    guint32 province = find_place(c, columns[1], columns[2], TRUE);
    if (province == 0)
      report(c, "no such province in places.tsv", columns[2]);
    else
      each_name(c, columns[3], sense_value(SENSE_SUFFIX, province - 1), add_plain);
    return;
  }
  if (strcmp(columns[0], "capital") == 0) {
    guint32 capital = find_place(c, columns[1], columns[2], FALSE);
    if (capital == 0) capital = find_place(c, columns[1], columns[2], TRUE);
    if (capital == 0)
      report(c, "no such place above this row", columns[2]);
    else
      g_array_index(c->places, Place, capital - 1).capital = TRUE;
    return;
  }
  if (n < 6) {
    report(c, "a region has six columns", columns[0]);
    return;
  }
  guint32 number = find_place(c, columns[1], columns[2], FALSE);
  if (number == 0) number = find_place(c, columns[1], columns[2], TRUE);
  if (number == 0)
    number = add_place(c, "region", columns[1], columns[2], columns[3], columns[4], "0") + 1;
  guint32 value = sense_value(SENSE_PLACE, number - 1);
  add_place_name(c, columns[2], value);
  each_name(c, columns[5], value, add_place_name);
}

static void read_words(Compiler *c, char **columns)
{
  guint marks = strcmp(columns[0], "word") == 0    ? PLACE_WEAK | NAME_NEEDS_CASE
                : strcmp(columns[0], "given") == 0 ? PLACE_IS_GIVEN
                : strcmp(columns[0], "weak") == 0  ? PLACE_WEAK
                : strcmp(columns[0], "caps") == 0  ? NAME_NEEDS_CASE
                                                   : 0;
  if (marks == 0) report(c, "neither word, weak, caps nor given", columns[0]);
  g_auto(GStrv) names = g_strsplit(columns[1], "|", -1);
  for (char **name = names; *name != NULL; name++) {
    char *folded = fold_name(*name, -1);
    guint have = GPOINTER_TO_UINT(g_hash_table_lookup(c->weak, folded));
    g_hash_table_insert(c->weak, folded, GUINT_TO_POINTER(have | marks));
  }
}

/* ---- reading and writing ---- */

static void read_table(Compiler *c, const char *file, guint columns,
                       void (*read)(Compiler *, char **))
{
  g_autofree char *path = g_build_filename(c->folder, file, NULL);
  g_autofree char *text = NULL;
  GError *error = NULL;
  c->file = file;
  c->line = 0;
  if (!g_file_get_contents(path, &text, NULL, &error)) {
    report(c, "cannot be read", error->message);
    g_error_free(error);
    return;
  }
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    c->line++;
    if (**line == '#' || **line == '\0') continue;
    g_auto(GStrv) row = g_strsplit(*line, "\t", -1);
    if (!g_utf8_validate(*line, -1, NULL) || g_strv_length(row) < columns)
      report(c, "too few columns, or no UTF-8", *line);
    else
      read(c, row);
  }
}

/* Marks the places whose name another country has a place of. */
static void mark_shared(Compiler *c)
{
  g_autoptr(GHashTable) first = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < c->places->len; i++) {
      Place *place = &g_array_index(c->places, Place, i);
      char *key = fold_name(c->pool->str + place->name, -1);
      gpointer other = NULL;
      gboolean known = g_hash_table_lookup_extended(first, key, NULL, &other);
      if (!known) {
        g_hash_table_insert(first, key, GUINT_TO_POINTER(place->country));
        continue;
      }
      /* The number of the first country becomes "more than one" when another has it. */
      if (GPOINTER_TO_UINT(other) != place->country)
        g_hash_table_insert(first, g_strdup(key), GUINT_TO_POINTER(COUNTRY_SLOTS));
      place->shared = round == 1 && GPOINTER_TO_UINT(other) == COUNTRY_SLOTS;
      g_free(key);
    }
}

static void write_places(const Compiler *c, GString *out)
{
  g_string_append(out, "static const char place_pool[] = {");
  for (gsize i = 0; i < c->pool->len; i++) {
    guchar byte = (guchar)c->pool->str[i];
    g_string_append_printf(out, g_ascii_isalnum(byte) ? "%s'%c'," : "%s'\\x%02x',",
                           i % 24 == 0 ? "\n" : "", byte);
  }
  g_string_append(out, "\n};\nstatic const Place place_rows[] = {\n");
  for (guint i = 0; i < c->places->len; i++) {
    const Place *p = &g_array_index(c->places, Place, i);
    g_string_append_printf(out, "{%u,%u,%u,%u,%d,%d,%u,%u,%u},\n", p->name, p->people, p->country,
                           p->province, p->latitude, p->longitude, p->kind, p->shared, p->capital);
  }
  g_string_append(out, "};\n");
}

static gboolean write_table(const Compiler *c, const char *path)
{
  GString *out = g_string_new("/* Written by compile-places from corpus/gazetteer/. */\n");
  names_write(c->names, "place_names", out);
  write_places(c, out);
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
    fprintf(stderr, "Usage: compile-places FOLDER OUTPUT\n");
    return 1;
  }
  Compiler c = {.folder = argv[1],
                .names = names_new(),
                .weak = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                .by_id = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                .places = g_array_new(FALSE, FALSE, sizeof(Place)),
                .pool = g_string_new(NULL)};
  read_table(&c, "words.tsv", 2, read_words);
  read_table(&c, "countries.tsv", 7, read_country);
  read_table(&c, "demonyms.tsv", 6, read_demonyms);
  read_table(&c, "phrases.tsv", 2, read_phrases);
  read_table(&c, "places.tsv", 8, read_place);
  read_table(&c, "regions.tsv", 3, read_region);
  mark_shared(&c);
  gboolean ok = c.errors == 0 && write_table(&c, argv[2]);
  names_free(c.names);
  g_hash_table_destroy(c.weak);
  g_hash_table_destroy(c.by_id);
  g_array_free(c.places, TRUE);
  g_string_free(c.pool, TRUE);
  return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
