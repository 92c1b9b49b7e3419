/* actor_petrarch.c - dictionaries of TABARI and PETRARCH; see actor_files.h
 *
 * The layout is the one that PETRARCH's reader takes (https://github.com/openeventdata/petrarch2,
 * PETRreader.py); kinds follow the roles of the CAMEO codebook (Schrodt 2012, chapter 3). */
#include <string.h>

#include "actor_files.h"
#include "country.h"

/* Two-digit years up to this one are of the 21st century, as in PETRARCH. */
enum { YEAR_PIVOT = 30, CODE_PART = 3, SHORT_NAME = 3 };

typedef struct Entry {
  GPtrArray *names; /* char *, title case; the first is the actor's */
  GString *countries;
  guint line;
  ActorKind kind;
  gboolean coded, open_start, open_end; /* of its codes: there is one; one has no such date */
  gboolean is_actor;                    /* not "[---]", not a country alone */
  int first_year, last_year;            /* of all dates; 0: none */
} Entry;

/* ---- names ---- */

static gboolean is_small_word(const char *word)
{
  static const char *const list[] = {"OF", "THE", "AND", "FOR", "IN",  "ON", "TO", "DE",
                                     "DU", "LA",  "LE",  "DES", "DEL", "Y",  "ET", "AGAINST"};
  for (gsize i = 0; i < G_N_ELEMENTS(list); i++)
    if (strcmp(list[i], word) == 0) return TRUE;
  return FALSE;
}

/* "AL-QAEDA" -> "Al-Qaeda" */
static void append_title_case(GString *out, const char *word)
{
  gboolean starts = TRUE;
  for (const char *at = word; *at != '\0'; at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char(at);
    g_string_append_unichar(out, starts ? g_unichar_toupper(c) : g_unichar_tolower(c));
    starts = c == '-' || c == '/';
  }
}

/* "ARMY_OF_GOD_" -> "Army of God"; one short word stays an acronym. */
static char *readable(const char *raw)
{
  GString *name = g_string_new(NULL);
  g_auto(GStrv) words = g_strsplit_set(raw, "_ \t", -1);
  for (char **word = words; *word != NULL; word++) {
    if (**word == '\0') continue;
    g_autofree char *small = g_ascii_strdown(*word, -1);
    if (name->len > 0) g_string_append_c(name, ' ');
    if (name->len > 0 && is_small_word(*word))
      g_string_append(name, small);
    else
      append_title_case(name, *word);
  }
  if (g_utf8_strlen(name->str, -1) <= SHORT_NAME) g_string_ascii_up(name);
  return g_string_free(name, FALSE);
}

static void take_name(Entry *entry, const char *raw)
{
  char *name = readable(raw);
  if (*name == '\0')
    g_free(name);
  else
    g_ptr_array_add(entry->names, name);
}

/* "ISLAMIC_ARMY_OF_ADEN_(IAA)_" is two names. */
static void add_names(Entry *entry, char *raw)
{
  char *open = strchr(raw, '('), *close = open == NULL ? NULL : strchr(open, ')');
  if (close == NULL) {
    take_name(entry, raw);
    return;
  }
  g_autofree char *inside = g_strndup(open + 1, (gsize)(close - open - 1));
  *open = '\0';
  g_autofree char *outside = g_strconcat(raw, "_", close + 1, NULL);
  take_name(entry, outside);
  take_name(entry, inside);
}

/* ---- codes ---- */

static ActorKind kind_of_role(const char *role)
{
  static const struct {
    const char role[CODE_PART + 1];
    ActorKind kind;
  } roles[] = {{"MIL", ACTOR_STATE_FORCES},      {"COP", ACTOR_STATE_FORCES},
               {"SPY", ACTOR_STATE_FORCES},      {"GOV", ACTOR_STATE_FORCES},
               {"JUD", ACTOR_STATE_FORCES},      {"REB", ACTOR_REBEL_GROUP},
               {"SEP", ACTOR_REBEL_GROUP},       {"INS", ACTOR_REBEL_GROUP},
               {"IMG", ACTOR_REBEL_GROUP},       {"UAF", ACTOR_POLITICAL_MILITIA},
               {"CRM", ACTOR_POLITICAL_MILITIA}, {"OPP", ACTOR_CIVILIANS},
               {"PTY", ACTOR_CIVILIANS},         {"CVL", ACTOR_CIVILIANS}};
  for (gsize i = 0; i < G_N_ELEMENTS(roles); i++)
    if (strncmp(roles[i].role, role, CODE_PART) == 0) return roles[i].kind;
  return ACTOR_KINDS;
}

static const Country *country_of(const char *part)
{
  return strspn(part, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") >= CODE_PART ? country_find(part, CODE_PART)
                                                                 : NULL;
}

static void add_country(Entry *entry, const Country *country)
{
  if (strstr(entry->countries->str, country->alpha2) != NULL) return;
  g_string_append_printf(entry->countries, "%s%s", entry->countries->len > 0 ? "|" : "",
                         country->alpha2);
}

/* "YEMREB": a country, then roles. A country alone is no actor. */
static void take_code(Entry *entry, const char *code)
{
  const Country *country = country_of(code);
  gsize len = strlen(code);
  ActorKind kind = ACTOR_KINDS;
  if (country != NULL) add_country(entry, country);
  entry->is_actor |= country == NULL || len > CODE_PART;
  for (gsize i = country == NULL ? 0 : CODE_PART; kind == ACTOR_KINDS && i + CODE_PART <= len;
       i += CODE_PART)
    kind = kind_of_role(code + i);
  if (entry->kind == ACTOR_KINDS) entry->kind = kind;
}

/* The year of "070723", "19910701" or "1991"; 0 when it is no date. */
static int year_of(const char *date)
{
  gsize digits = strspn(date, "0123456789");
  int year = 0;
  if (digits != 4 && digits < 6) return 0;
  gsize used = digits == 6 || digits == 7 ? 2 : 4;
  for (gsize i = 0; i < used; i++) year = year * 10 + (date[i] - '0');
  if (used == 2) year += year <= YEAR_PIVOT ? 2000 : 1900;
  return year >= 1000 ? year : 0;
}

/* "980101-990101", ">980101", "<980101" or nothing. FALSE when it is none of these. */
static gboolean take_dates(Entry *entry, const char *dates)
{
  const char *dash = strchr(dates, '-');
  gboolean after = *dates == '>', before = *dates == '<';
  const char *first = after || before ? dates + 1 + strspn(dates + 1, " ") : dates;
  int from = before || *dates == '\0' ? 0 : year_of(first);
  int to = before ? year_of(first) : dash != NULL ? year_of(dash + 1 + strspn(dash + 1, " ")) : 0;
  if (from != 0 && (entry->first_year == 0 || from < entry->first_year)) entry->first_year = from;
  if (to != 0 && to > entry->last_year) entry->last_year = to;
  entry->open_start |= from == 0;
  entry->open_end |= to == 0;
  return *dates == '\0' || from != 0 || to != 0;
}

/* What stands between brackets. */
static void read_code(const ActorReading *reading, Entry *entry, char *text)
{
  char *close = strchr(text, ']');
  if (close == NULL) {
    actor_complain(reading, "the code has no ']'; write it as [YEMREB 980101-991231]");
    return;
  }
  *close = '\0';
  g_strstrip(text);
  gsize len = strcspn(text, " \t");
  g_autofree char *code = g_strndup(text, len);
  entry->coded = TRUE;
  if (strcmp(code, "---") == 0) return;
  if (len == 0 || strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != len) {
    actor_complain(reading,
                   "'[%.20s]' is no code of an actor, which has capitals and digits alone as "
                   "[YEMREB] (dictionaries of agents and verbs name no actors)",
                   text);
    return;
  }
  take_code(entry, code);
  if (!take_dates(entry, g_strstrip(text + len)))
    actor_complain(reading, "'%.30s' are no dates; write them as 980101-991231", text + len);
}

/* ---- entries ---- */

static void entry_reset(Entry *entry, guint line)
{
  g_ptr_array_set_size(entry->names, 0);
  g_string_truncate(entry->countries, 0);
  entry->line = line;
  entry->kind = ACTOR_KINDS;
  entry->coded = entry->open_start = entry->open_end = entry->is_actor = FALSE;
  entry->first_year = entry->last_year = 0;
}

/* Adds the actor that ends here. */
static void entry_end(ActorReading *reading, Entry *entry)
{
  guint line = reading->line;
  if (entry->names->len == 0 || (entry->coded && !entry->is_actor)) return;
  reading->line = entry->line;
  actor_list_begin(reading->list, entry->names->pdata[0],
                   entry->kind == ACTOR_KINDS ? ACTOR_EXTERNAL_OTHER : entry->kind,
                   entry->countries->str, entry->open_start ? 0 : entry->first_year,
                   entry->open_end ? 0 : entry->last_year);
  for (guint i = 0; i < entry->names->len; i++) {
    const char *name = entry->names->pdata[i];
    gboolean acronym = g_utf8_strlen(name, -1) <= SHORT_NAME;
    if (!actor_list_alias(reading->list, name, acronym ? ACTOR_CAPITALS : 0))
      actor_complain(reading, "'%.60s' is no name: it has no word, or more than %d", name,
                     NAME_WORDS_MAX);
  }
  actor_list_end(reading->list);
  reading->line = line;
}

static void read_line(ActorReading *reading, Entry *entry, char *line)
{
  gboolean synonym = *line == '+';
  line[strcspn(line, "#;")] = '\0';
  char *code = strchr(line, '[');
  if (code != NULL) *code++ = '\0';
  if (synonym) line++;
  g_strstrip(line);
  if (*line != '\0' && !synonym) {
    entry_end(reading, entry);
    entry_reset(entry, reading->line);
  }
  if (*line != '\0') add_names(entry, line);
  if (code != NULL) read_code(reading, entry, code);
}

void petrarch_read(ActorReading *reading, char **lines)
{
  Entry entry = {.names = g_ptr_array_new_with_free_func(g_free), .countries = g_string_new(NULL)};
  entry_reset(&entry, 0);
  for (char **line = lines; *line != NULL; line++) {
    reading->line++;
    read_line(reading, &entry, *line);
  }
  entry_end(reading, &entry);
  g_ptr_array_free(entry.names, TRUE);
  g_string_free(entry.countries, TRUE);
}

/* A code in brackets at the end of a line without tabs between other columns. */
static gboolean has_code(const char *line)
{
  const char *open = strchr(line, '['), *close = open == NULL ? NULL : strchr(open, ']');
  if (close == NULL || *line == '#') return FALSE;
  gsize len = strspn(open + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789~-:");
  const char *behind = close + 1 + strspn(close + 1, " \t");
  return len >= CODE_PART && (open[1 + len] == ']' || open[1 + len] == ' ') &&
         (*behind == '\0' || *behind == ';' || *behind == '#');
}

gboolean petrarch_recognise(char **lines)
{
  for (char **line = lines; *line != NULL; line++)
    if (has_code(*line)) return TRUE;
  return FALSE;
}
