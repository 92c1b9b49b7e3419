/* query_field.c - names with a colon: fields, has:, and what others call them; see query_parser.h
 */
#include <string.h>

#include "query_parser.h"
#include "word_test.h"

gsize field_name_length(const char *text)
{
  const char *at = text;
  gunichar first = g_utf8_get_char(at);
  if (first != '_' && !g_unichar_isalpha(first)) return 0;
  for (gunichar c = first; c == '_' || c == '-' || c == '.' || g_unichar_isalnum(c);
       c = g_utf8_get_char(at))
    at = g_utf8_next_char(at);
  return *at == ':' ? (gsize)(at - text) : 0;
}

/* ---- names that are none ---- */

static char *field_names(void)
{
  GString *names = g_string_new(NULL);
  for (int i = 0; i < FIELD_COUNT; i++)
    if (i != FIELD_BODY)
      g_string_append_printf(names, "%s%s", names->len == 0 ? "" : ", ",
                             schema_field((FieldId)i)->name);
  return g_string_free(names, FALSE);
}

/* The first of some names, with spaces between, that passes; NULL when none does. */
static char *first_similar(WordTest *test, const char *names)
{
  g_auto(GStrv) list = g_strsplit(names, " ", -1);
  for (gsize i = 0; list[i] != NULL; i++)
    if (word_test_passes(test, list[i], strlen(list[i]))) return g_strdup(list[i]);
  return NULL;
}

/* The name that is spelt most like one, with two edits at most and half of its letters right; NULL
 * when there is none. */
static char *similar_field(const char *name)
{
  enum { EDITS_MAX = 2 };
  g_autofree char *lower = g_ascii_strdown(name, -1);
  for (guint edits = 1; edits <= EDITS_MAX && strlen(lower) / 2 > edits; edits++) {
    g_autoptr(WordTest) test = word_test_fuzzy(lower, edits);
    char *found = first_similar(test, "has year month day atleast near");
    for (int i = 0; found == NULL && i < FIELD_COUNT; i++) {
      found = first_similar(test, schema_field((FieldId)i)->name);
      if (found == NULL) found = first_similar(test, schema_field((FieldId)i)->aliases);
    }
    if (found != NULL) return found;
  }
  return NULL;
}

/* What fields of other query languages are here; %s is the value typed. */
static char *known_elsewhere(const char *name, const char *value)
{
  static const struct {
    const char *names, *before, *after;
  } elsewhere[] = {{"since after from newer", "date:", ".."},
                   {"before until till to older", "date:..", ""},
                   {"subject intitle allintitle article_title", "title:", ""},
                   {"sourcelang lang_source", "lang:", ""},
                   {"domainis canonical_domain media medium", "source:", ""},
                   {"inurl", "url:", ""},
                   {"theme subjects", "topic:", ""},
                   {"person organization organisation", "actor:", ""},
                   {"_exists_ exists", "has:", ""},
                   {"atleast repeat", "how often, as atleast3:", ""}};
  for (gsize i = 0; i < G_N_ELEMENTS(elsewhere); i++) {
    g_auto(GStrv) names = g_strsplit(elsewhere[i].names, " ", -1);
    for (gsize n = 0; names[n] != NULL; n++)
      if (g_ascii_strcasecmp(names[n], name) == 0)
        return g_strdup_printf("write %s%s%s instead", elsewhere[i].before, value,
                               elsewhere[i].after);
  }
  return NULL;
}

static Node *unknown_field(Parser *parser, gsize start, gsize len)
{
  const char *text = parser->text;
  gsize value = start + len + 1, value_end = lex_word_end(text, value);
  g_autofree char *name = g_strndup(text + start, len);
  g_autofree char *typed = lex_shown(text, value, value_end);
  g_autofree char *shown = lex_shown(text, start, start + len);
  if (g_str_has_prefix(typed, "//"))
    return parser_refuse(parser, start, value_end,
                         "an address is put in quotes, or behind url: for the article that has it");
  g_autofree char *here = known_elsewhere(name, typed);
  if (here != NULL)
    return parser_refuse(parser, start, start + len, "there is no field '%s' here; %s", shown,
                         here);
  g_autofree char *similar = similar_field(name);
  g_autofree char *names = similar == NULL ? field_names() : NULL;
  return parser_refuse(
      parser, start, start + len,
      "there is no field '%s'; %s%s. To look for the text itself, put it in quotes", shown,
      similar == NULL ? "the fields are " : "perhaps you mean ", similar == NULL ? names : similar);
}

/* ---- has: ---- */

static Node *parse_has(Parser *parser, gsize start)
{
  gsize from = parser->at, to = lex_word_end(parser->text, from);
  if (from == to)
    return parser_refuse(parser, start, from, "has: takes the name of a field, as has:actor");
  int field = schema_find(parser->text + from, to - from);
  if (field == FIELD_BODY)
    return parser_refuse(parser, from, to, "has: is for fields other than the text");
  if (field < 0) {
    g_autofree char *names = field_names();
    g_autofree char *shown = lex_shown(parser->text, from, to);
    return parser_refuse(parser, from, to, "there is no field '%s'; the fields are %s", shown,
                         names);
  }
  parser->at = to;
  return parser_node(NODE_HAS, field, start, to);
}

/* ---- fields ---- */

static Node *parse_dated(Parser *parser, DateUnit unit, gsize start)
{
  gsize quote = query_quote(parser->text + parser->at);
  if (quote == 0) return parse_bare_dates(parser, unit, start);
  gsize from = parser->at + quote, to = from;
  while (parser->text[to] != '\0' && query_quote(parser->text + to) == 0) to++;
  if (parser->text[to] == '\0')
    return parser_refuse(parser, parser->at, from, "this quotation mark is never closed");
  Node *node = parse_dates(parser, unit, start, from, to);
  if (node != NULL) parser->at = node->end = to + query_quote(parser->text + to);
  return node;
}

static Node *parse_field_value(Parser *parser, int field, gsize start)
{
  const char *value = parser->text + parser->at;
  if (*value == '(') return parse_group(parser, field);
  if (query_quote(value) > 0 && !parser->in_quotes) return parse_quoted(parser, field, start);
  if (lex_ends_word(value))
    return parser_refuse(parser, start, parser->at,
                         "a field needs its value right behind the colon, as country:iran");
  if (!field_is_whole(field) && counted_length(value) > 0)
    return parse_counted(parser, field, start);
  return parse_word(parser, field, start);
}

/* year:, month: and day:, which are dates; UNIT_ANY for any other name. */
static DateUnit find_unit(const char *name, gsize len)
{
  if (lex_is_like(name, 0, len, "year")) return UNIT_YEAR;
  if (lex_is_like(name, 0, len, "month")) return UNIT_MONTH;
  if (lex_is_like(name, 0, len, "day")) return UNIT_DAY;
  return UNIT_ANY;
}

Node *parse_field(Parser *parser, gsize name_len)
{
  gsize start = parser->at;
  const char *name = parser->text + start;
  int field = schema_find(name, name_len);
  DateUnit unit = field < 0 ? find_unit(name, name_len) : UNIT_ANY;
  gboolean has = lex_is_like(name, 0, name_len, "has");
  if (field < 0 && unit == UNIT_ANY && !has) return unknown_field(parser, start, name_len);
  if (field == FIELD_BODY)
    return parser_refuse(parser, start, start + name_len,
                         "words without a field are looked up in title and text; title: narrows to "
                         "titles");
  if (parser->field != FIELD_ANY)
    return parser_refuse(parser, start, start + name_len,
                         "a field inside the group of another field");
  parser->at = start + name_len + 1;
  if (has) return parse_has(parser, start);
  if (unit != UNIT_ANY && parser->text[parser->at] != '(') return parse_dated(parser, unit, start);
  return parse_field_value(parser, unit != UNIT_ANY ? FIELD_DATE : field, start);
}
