/* query_leaf.c - words, patterns, phrases and values; see query_parser.h */
#include <string.h>

#include "../corpus/country.h"
#include "../corpus/error.h"
#include "query_parser.h"
#include "word_regex.h"

/* ---- what fields take ---- */

gboolean field_is_whole(int field)
{
  return field != FIELD_ANY && schema_field((FieldId)field)->kind == KIND_EXACT;
}

static gboolean is_coded(int field) /* one of a known list */
{
  return field == FIELD_LANG ||
         (field != FIELD_ANY && schema_field((FieldId)field)->kind == KIND_COUNTRY);
}

static gboolean is_words(int field) /* of title and text */
{
  return field == FIELD_ANY || field == FIELD_TITLE;
}

/* ---- nodes of text ---- */

static Node *text_node(Parser *parser, NodeKind kind, int field, gsize start, gsize end, gsize from,
                       gsize to)
{
  Node *node = parser_node(kind, field, start, end);
  node->text = g_strstrip(g_strndup(parser->text + from, to - from));
  if (lex_has_letter_or_digit(node->text)) return node;
  node_free(node);
  return parser_refuse(parser, start, MAX(end, start + 1), "there is no word in this to look for");
}

/* A country by its code, whichever of its names was written. */
static Node *whole_node(Parser *parser, int field, gsize start, gsize end, gsize from, gsize to)
{
  Node *node = text_node(parser, NODE_WORD, field, start, end, from, to);
  if (node == NULL || field == FIELD_LANG || !is_coded(field)) return node;
  const Country *country = country_find(node->text, -1);
  if (country == NULL) return node;
  g_free(node->text);
  node->text = g_strdup(country->alpha2);
  return node;
}

/* ---- what is refused ---- */

typedef struct Unsupported {
  const char *characters;
  const char *sentence;
} Unsupported;

/* FALSE with an error when a word holds a sign that promises what this language does not do. */
static gboolean check_signs(Parser *parser, gsize from, gsize to)
{
  static const Unsupported signs[] = {
      {"[]{}", "brackets are only for dates, as date:[1987 TO 1990]"},
      {"|", "write OR in capital letters"},
      {"<>", "comparisons are not supported; for dates write date:1987-03..1987-06"},
      {"\\", "signs are not escaped with \\; put the words in quotes"}};
  const char *text = parser->text;
  for (gsize i = from; i < to; i++) {
    if (text[i] == '&' && i + 1 < to && text[i + 1] == '&')
      return parser_refuse(parser, i, i + 2, "write AND in capital letters") != NULL;
    for (gsize s = 0; s < G_N_ELEMENTS(signs); s++)
      if (strchr(signs[s].characters, text[i]) != NULL)
        return parser_refuse(parser, i, i + 1, "%s", signs[s].sentence) != NULL;
  }
  if (text[from] == '!' || text[from] == '&')
    return parser_refuse(parser, from, from + 1, "write NOT and AND in capital letters") != NULL;
  return TRUE;
}

/* A minus where it would be a part of the word, and dashes that a word processor made of one. */
static gboolean check_dash(Parser *parser, gsize from, gsize to)
{
  static const char *const dashes[] = {"–", "—", "−", "‐", "‑"};
  if (to - from > 1 && (parser->text[from] == '-' || parser->text[from] == '+'))
    return parser_refuse(parser, from, from + 1,
                         "+ and - stand before what is looked for as a whole, as -title:word, and "
                         "not in a distance") != NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(dashes); i++) {
    gsize len = strlen(dashes[i]);
    if (to - from > len && strncmp(parser->text + from, dashes[i], len) == 0)
      return parser_refuse(parser, from, from + len,
                           "this dash is no minus; write -word without it, or a space behind a "
                           "dash") != NULL;
  }
  return TRUE;
}

/* 'single quotes', which others take for a phrase; an apostrophe at the start of a name is none. */
static gboolean check_quotes(Parser *parser, gsize from)
{
  const char *text = parser->text;
  gboolean straight = text[from] == '\'';
  const char *close = straight ? "'" : "’";
  if (!straight && !g_str_has_prefix(text + from, "‘")) return TRUE;
  if (parser->no_single_quote[straight]) return TRUE;
  for (gsize i = from + 1; text[i] != '\0'; i++) {
    if (!g_str_has_prefix(text + i, close)) continue;
    gsize end = i + strlen(close);
    if (text[end] == '^' || text[end] == '~' || lex_ends_word(text + end))
      return parser_refuse(parser, from, end, "a phrase is put in double quotes") != NULL;
  }
  parser->no_single_quote[straight] = TRUE;
  return TRUE;
}

/* Words that are operators elsewhere. */
static gboolean check_foreign(Parser *parser, gsize from, gsize to)
{
  static const struct {
    const char *word, *sentence;
  } words[] = {{"XOR", "XOR is not supported; write (a OR b) NOT (a b)"},
               {"ANDNOT", "write AND NOT in two words"},
               {"w/s", "sentences are not known here; write a distance in words, as NEAR/15"},
               {"w/p", "paragraphs are not known here; write a distance in words, as NEAR/50"},
               {"W/S", "sentences are not known here; write a distance in words, as NEAR/15"},
               {"W/P", "paragraphs are not known here; write a distance in words, as NEAR/50"}};
  const char *text = parser->text;
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
    if (lex_is(text, from, to, words[i].word))
      return parser_refuse(parser, from, to, "%s", words[i].sentence) != NULL;
  gsize name_end = to;
  while (name_end > from && g_ascii_isdigit(text[name_end - 1])) name_end--;
  if (name_end < to && lex_is_like(text, from, name_end, "atleast"))
    return parser_refuse(parser, from, to, "write a colon behind it, as %.*s:word",
                         (int)(to - from), text + from) != NULL;
  return TRUE;
}

/* 2010..2011 without the field that it is a range of. */
static gboolean check_range(Parser *parser, gsize from, gsize to)
{
  g_autofree char *word = g_strndup(parser->text + from, to - from);
  if (strstr(word, "..") == NULL || strstr(word, "...") != NULL ||
      strpbrk(word, "0123456789") == NULL || word[strspn(word, "0123456789-.")] != '\0')
    return TRUE;
  return parser_refuse(parser, from, to, "write date:%s for a range of dates", word) != NULL;
}

/* TRUE when the character at `i` does not part words: apostrophes and full stops join what they
 * stand between. */
static gboolean is_in_word(const char *text, gsize from, gsize i)
{
  gunichar c = g_utf8_get_char(text + i);
  if (g_unichar_isalnum(c) || g_unichar_ismark(c) || g_unichar_type(c) == G_UNICODE_FORMAT ||
      c == '*' || c == '?' || c == '_')
    return TRUE;
  if (i == from) return FALSE;
  const char *next = g_utf8_next_char(text + i);
  if (c == '.') return g_ascii_isdigit(text[i - 1]) && g_ascii_isdigit(*next);
  gunichar after = g_utf8_get_char(next);
  return (c == '\'' || c == 0x2019) && (g_unichar_isalnum(after) || after == '*' || after == '?');
}

/* FALSE with an error when patterns and similar spellings would cross what parts words. */
static gboolean check_one_word(Parser *parser, gsize from, gsize to, const char *what)
{
  const char *text = parser->text;
  for (gsize i = from, next; i < to; i = next) {
    next = (gsize)(g_utf8_next_char(text + i) - text);
    if (!is_in_word(text, from, i))
      return parser_refuse(parser, i, next,
                           "%s is for one word, and this sign parts words; write ADJ/1 instead, as "
                           "cease ADJ/1 fire*",
                           what) != NULL;
  }
  return TRUE;
}

/* ---- words with signs ---- */

/* "**" is "*". */
static void merge_stars(char *text)
{
  char *out = text;
  for (const char *in = text; *in != '\0'; in++)
    if (*in != '*' || in == text || in[-1] != '*') *out++ = *in;
  *out = '\0';
}

static Node *parse_pattern(Parser *parser, int field, gsize start, gsize to)
{
  gsize from = parser->at;
  if (is_coded(field))
    return parser_refuse(parser, from, to,
                         "a pattern fits no %s; write a name or code, or several as (a OR b)",
                         field == FIELD_LANG ? "language" : "country");
  g_autofree char *typed = g_strndup(parser->text + from, to - from);
  if (!lex_has_letter_or_digit(typed) && field != FIELD_ANY)
    return parser_refuse(parser, from, to, "for any value at all write has:%s",
                         schema_field((FieldId)field)->name);
  if (!lex_has_letter_or_digit(typed))
    return parser_refuse(parser, from, to,
                         "a pattern needs a letter or digit; for all articles leave the query "
                         "empty");
  if (!check_one_word(parser, from, to, "a pattern")) return NULL;
  Node *node = text_node(parser, NODE_PATTERN, field, start, to, from, to);
  if (node != NULL) merge_stars(node->text);
  parser->at = to;
  return node;
}

/* word~ or word~1; the tilde is at `tilde`. */
static Node *parse_fuzzy(Parser *parser, int field, gsize start, gsize tilde, gsize to)
{
  gsize from = parser->at, at = tilde + 1;
  if (tilde == from)
    return parser_refuse(
        parser, from, from + 1,
        "write ~ behind a word, for similar spellings; other names of an actor are "
        "found by @name");
  guint number = lex_number(parser->text, &at, FUZZY_MAX);
  if (at == tilde + 1) number = FUZZY_DEFAULT;
  if (at != to || number < 1 || number > FUZZY_MAX)
    return parser_refuse(parser, tilde, to, "behind ~ stands how many letters may differ: 1 or 2");
  if (is_coded(field))
    return parser_refuse(parser, from, to, "a %s is said by its name or code; leave the ~ out",
                         field == FIELD_LANG ? "language" : "country");
  for (gsize i = from; i < tilde; i++)
    if (parser->text[i] == '*' || parser->text[i] == '?')
      return parser_refuse(parser, i, tilde + 1, "a pattern has no similar spellings: * or ~");
  if (!check_one_word(parser, from, tilde, "~")) return NULL;
  Node *node = text_node(parser, NODE_FUZZY, field, start, to, from, tilde);
  if (node != NULL) node->number = number;
  parser->at = to;
  return node;
}

static Node *parse_regex(Parser *parser, int field, gsize start)
{
  const char *text = parser->text;
  gsize from = parser->at + 1, to = from;
  for (gboolean escaped = FALSE; text[to] != '\0' && (text[to] != '/' || escaped);
       to = (gsize)(g_utf8_next_char(text + to) - text)) {
    if (g_unichar_isspace(g_utf8_get_char(text + to))) break;
    if (parser->in_quotes && query_quote(text + to) > 0) break;
    escaped = text[to] == '\\' && !escaped;
  }
  if (text[to] != '/' || (!lex_ends_word(text + to + 1) && text[to + 1] != '^'))
    return parser_refuse(parser, parser->at, to,
                         "a regular expression stands between two / and has no space in it; put a "
                         "path in quotes");
  if (is_coded(field))
    return parser_refuse(parser, from, to,
                         "a country or language is said by its name or code, not by a regular "
                         "expression");
  g_autofree char *expression = g_strndup(text + from, to - from);
  g_autoptr(GError) error = NULL;
  g_autoptr(WordRegex) regex = word_regex_new(expression, &error);
  if (regex == NULL) return parser_refuse(parser, parser->at, to + 1, "%s", error->message);
  Node *node = text_node(parser, NODE_REGEX, field, start, to + 1, from, to);
  parser->at = to + 1;
  return node;
}

/* A leaf that has only meaning for words of title and text. */
static gboolean check_words_field(Parser *parser, int field, const char *sentence)
{
  return is_words(field) ||
         parser_refuse(parser, parser->at, parser->at + 1, "%s", sentence) != NULL;
}

/* FALSE with an error when one of `signs` is in [from, to). */
static gboolean check_without(Parser *parser, gsize from, gsize to, const char *signs,
                              const char *sentence)
{
  for (gsize i = from; i < to; i++)
    if (strchr(signs, parser->text[i]) != NULL)
      return parser_refuse(parser, i, i + 1, "%s", sentence) != NULL;
  return TRUE;
}

static Node *parse_exact(Parser *parser, int field, gsize start)
{
  const char *text = parser->text;
  gsize from = parser->at + 1, to = lex_before_weight(text, from);
  if (!check_words_field(parser, field, "values are compared as they are written; leave the = out"))
    return NULL;
  if (query_quote(text + from) > 0 && !parser->in_quotes)
    return parser_refuse(parser, parser->at, from,
                         "a phrase has exact forms already; leave the = out");
  if (from == to || text[from] == '=')
    return parser_refuse(parser, parser->at, from,
                         "= stands right before the one word whose form is meant, as =bomb");
  if (!check_signs(parser, from, to) ||
      !check_without(parser, from, to, "*?~",
                     "= is for one form, and this sign for several: one of them must go"))
    return NULL;
  parser->at = to;
  return text_node(parser, NODE_EXACT, field, start, to, from, to);
}

static Node *parse_actor(Parser *parser, int field, gsize start)
{
  const char *text = parser->text;
  gsize from = parser->at + 1, to, end;
  if (!check_words_field(parser, field,
                         "values have one name for an actor, which any of its names finds; leave "
                         "the @ out"))
    return NULL;
  gsize quote = parser->in_quotes ? 0 : query_quote(text + from);
  if (quote > 0) {
    to = from += quote;
    while (text[to] != '\0' && query_quote(text + to) == 0) to++;
    if (text[to] == '\0')
      return parser_refuse(parser, from - quote, from, "this quotation mark is never closed");
    end = to + query_quote(text + to);
  } else {
    end = to = lex_before_weight(text, from);
    if (from == to)
      return parser_refuse(parser, parser->at, from,
                           "@ stands right before the name of an actor, as @mek or @\"Hamas\"");
    if (!check_signs(parser, from, to) ||
        !check_without(parser, from, to, "*?~", "names behind @ are whole: leave this sign out"))
      return NULL;
  }
  parser->at = end;
  return text_node(parser, NODE_ACTOR, field, start, end, from, to);
}

/* ---- ids and URLs ---- */

/* They go on to the next space. Parentheses may be part of them, but one that they have not opened
 * closes a group around them. */
static Node *parse_whole(Parser *parser, int field, gsize start)
{
  const char *text = parser->text;
  gsize from = parser->at, to = from;
  int open = 0;
  for (; text[to] != '\0' && !g_unichar_isspace(g_utf8_get_char(text + to));
       to = (gsize)(g_utf8_next_char(text + to) - text)) {
    if (parser->in_quotes && query_quote(text + to) > 0) break;
    if (text[to] == '(') open++;
    if (text[to] == ')' && --open < 0) break;
  }
  if (open > 0)
    return parser_refuse(parser, from, to,
                         "a parenthesis in this is never closed; put the value in quotes");
  if (!check_without(parser, from, to, "*",
                     "ids and URLs are compared as a whole, without patterns; put one with this "
                     "sign in quotes"))
    return NULL;
  parser->at = to;
  return whole_node(parser, field, start, to, from, to);
}

/* ---- words ---- */

Node *parse_word(Parser *parser, int field, gsize start)
{
  const char *text = parser->text;
  if (field_is_whole(field)) return parse_whole(parser, field, start);
  if (field == FIELD_DATE) return parse_bare_dates(parser, UNIT_ANY, start);
  gsize from = parser->at;
  switch (text[from]) {
  case '/': return parse_regex(parser, field, start);
  case '=': return parse_exact(parser, field, start);
  case '@': return parse_actor(parser, field, start);
  case '^':
    return parser_refuse(parser, from, from + 1,
                         "a weight stands right behind what it belongs to, as word^2");
  default: break;
  }
  gsize to = lex_before_weight(text, from);
  if (!check_signs(parser, from, to) || !check_dash(parser, from, to)) return NULL;
  const char *tilde = memchr(text + from, '~', to - from);
  if (tilde != NULL) return parse_fuzzy(parser, field, start, (gsize)(tilde - text), to);
  if (memchr(text + from, '*', to - from) != NULL || memchr(text + from, '?', to - from) != NULL)
    return parse_pattern(parser, field, start, to);
  if (is_coded(field)) {
    parser->at = to;
    return whole_node(parser, field, start, to, from, to);
  }
  if (!check_quotes(parser, from) || !check_foreign(parser, from, to) ||
      !check_range(parser, from, to))
    return NULL;
  parser->at = to;
  return text_node(parser, NODE_WORD, field, start, to, from, to);
}

/* ---- in quotes ---- */

/* '*', and '?' within a word, are patterns that phrases do not have. */
static gboolean check_phrase(Parser *parser, gsize from, gsize to)
{
  const char *text = parser->text;
  for (gsize i = from; i < to; i++) {
    gboolean inside = text[i] == '?' && i > from && i + 1 < to && g_ascii_isalnum(text[i - 1]) &&
                      g_ascii_isalnum(text[i + 1]);
    if (text[i] == '*' || inside)
      return parser_refuse(parser, i, i + 1,
                           "a phrase has no patterns; put ADJ/1 between the words instead, as "
                           "prime ADJ/1 minister*") != NULL;
  }
  return TRUE;
}

Node *parse_value(Parser *parser, int field, gsize start, gsize end, gsize from, gsize to)
{
  if (field_is_whole(field) || is_coded(field))
    return whole_node(parser, field, start, end, from, to);
  if (!check_phrase(parser, from, to)) return NULL;
  return text_node(parser, NODE_PHRASE, field, start, end, from, to);
}

/* Recoll's "a b"p5: letters and numbers right behind a phrase. */
static gboolean check_behind(Parser *parser, gsize end)
{
  const char *text = parser->text;
  gsize at = end;
  while (text[at] != '\0' && strchr("opl", text[at]) != NULL) at++;
  if (at == end) return TRUE;
  guint number = lex_number(text, &at, NEAR_MAX);
  if (!lex_ends_word(text + at)) return TRUE;
  return parser_refuse(parser, end, at, "a distance is written behind ~, as \"a b\"~%u",
                       number == 0 ? NEAR_DEFAULT : number) != NULL;
}

/* "a b"~5, whose words may be at most 5 apart; the number is behind `tilde`. */
static Node *parse_slop(Parser *parser, int field, gsize start, gsize open, gsize tilde)
{
  const char *text = parser->text;
  gsize at = tilde + 1;
  guint number = lex_number(text, &at, NEAR_MAX);
  if (at == tilde + 1 || (!lex_ends_word(text + at) && text[at] != '^'))
    return parser_refuse(parser, tilde, at,
                         "behind ~ stands how many words may come between, as \"a b\"~5");
  if (!is_words(field))
    return parser_refuse(parser, tilde, at, "distances are for words of title and text");
  parser->at = open + query_quote(text + open);
  parser->in_quotes = TRUE;
  Node *node = parse_operands(parser, field, start, FALSE);
  parser->in_quotes = FALSE;
  if (node == NULL) return NULL;
  parser->at = node->end = at;
  if (near_set_distance(parser, node, number + 1, tilde, at)) return node;
  node_free(node);
  return NULL;
}

Node *parse_quoted(Parser *parser, int field, gsize start)
{
  const char *text = parser->text;
  gsize open = parser->at, from = open + query_quote(text + open), to = from;
  while (text[to] != '\0' && query_quote(text + to) == 0) to++;
  if (text[to] == '\0')
    return parser_refuse(parser, open, from, "this quotation mark is never closed");
  gsize end = to + query_quote(text + to);
  if (text[end] == '~') return parse_slop(parser, field, start, open, end);
  if (!check_behind(parser, end)) return NULL;
  Node *node = field == FIELD_DATE ? parse_dates(parser, UNIT_ANY, start, from, to)
                                   : parse_value(parser, field, start, end, from, to);
  if (node != NULL) parser->at = node->end = end;
  return node;
}
