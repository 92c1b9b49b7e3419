/* query_lex.c - characters of a query, and how operators are written; see query_parser.h */
#include <string.h>

#include "query_parser.h"

void lex_skip_space(Parser *parser)
{
  const char *text = parser->text + parser->at;
  while (g_ascii_isspace(*text) ||
         ((guchar)*text >= 0x80 && g_unichar_isspace(g_utf8_get_char(text))))
    text = g_utf8_next_char(text);
  parser->at = (gsize)(text - parser->text);
}

gsize query_quote(const char *text)
{
  static const char *const marks[] = {"\"", "“", "”", "„", "‟", "«", "»"};
  if ((guchar)*text < 0x80) return *text == '"' ? 1 : 0;
  for (gsize i = 1; i < G_N_ELEMENTS(marks); i++)
    if (g_str_has_prefix(text, marks[i])) return strlen(marks[i]);
  return 0;
}

gboolean lex_ends_word(const char *text)
{
  if ((guchar)*text < 0x80)
    return *text == '\0' || *text == '(' || *text == ')' || *text == '"' || g_ascii_isspace(*text);
  return query_quote(text) > 0 || g_unichar_isspace(g_utf8_get_char(text));
}

gsize lex_word_end(const char *text, gsize at)
{
  while (!lex_ends_word(text + at)) at = (gsize)(g_utf8_next_char(text + at) - text);
  return at;
}

gsize lex_before_weight(const char *text, gsize at)
{
  while (!lex_ends_word(text + at) && text[at] != '^')
    at = (gsize)(g_utf8_next_char(text + at) - text);
  return at;
}

gboolean lex_is(const char *text, gsize start, gsize end, const char *word)
{
  return end - start == strlen(word) && strncmp(text + start, word, end - start) == 0;
}

gboolean lex_is_like(const char *text, gsize start, gsize end, const char *word)
{
  return end - start == strlen(word) && g_ascii_strncasecmp(text + start, word, end - start) == 0;
}

char *lex_shown(const char *text, gsize start, gsize end)
{
  enum { SHOWN_MAX = 40 };
  glong n = g_utf8_strlen(text + start, (gssize)(end - start));
  if (n <= SHOWN_MAX) return g_strndup(text + start, end - start);
  g_autofree char *first = g_utf8_substring(text + start, 0, SHOWN_MAX);
  return g_strconcat(first, "…", NULL);
}

gboolean lex_has_letter_or_digit(const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char(text))
    if (g_unichar_isalnum(g_utf8_get_char(text))) return TRUE;
  return FALSE;
}

guint lex_number(const char *text, gsize *at, guint max)
{
  guint number = 0;
  for (; g_ascii_isdigit(text[*at]); ++*at)
    number = MIN(number * 10 + (guint)g_ascii_digit_value(text[*at]), max + 1);
  return number;
}

/* NEAR, NEAR/5, NEAR5, ADJ/5 (Xapian, notmuch, GDELT), near5, adj5, w/5, pre/5 (Factiva, Nexis,
 * dtSearch). In lower case they are operators only with a number. */
static gboolean is_near(const char *text, gsize start, Operator *op)
{
  static const struct {
    const char *name;
    gboolean ordered, needs_slash;
  } names[] = {
      {"near", FALSE, FALSE}, {"adj", TRUE, FALSE}, {"w", FALSE, TRUE}, {"pre", TRUE, TRUE}};
  gsize name_end = start;
  while (name_end < op->end && g_ascii_isalpha(text[name_end])) name_end++;
  gsize digits = name_end + (text[name_end] == '/');
  gsize after = digits;
  op->number = lex_number(text, &after, NEAR_MAX);
  if (after != op->end) return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    if (!lex_is_like(text, start, name_end, names[i].name)) continue;
    op->ordered = names[i].ordered;
    if (after > digits) return digits > name_end || !names[i].needs_slash;
    op->number = NEAR_DEFAULT;
    return digits == name_end && !names[i].needs_slash && g_ascii_isupper(text[start]) &&
           g_ascii_isupper(text[start + 1]) && g_ascii_isupper(text[start + 2]);
  }
  return FALSE;
}

Operator lex_operator(const Parser *parser)
{
  const char *text = parser->text;
  gsize start = parser->at;
  Operator op = {.end = start};
  if (text[start] == '\0' || strchr("AONnWwaPp", text[start]) == NULL) return op;
  op.end = lex_before_weight(text, start);
  if (lex_is(text, start, op.end, "AND")) op.kind = OPERATOR_AND;
  if (lex_is(text, start, op.end, "OR")) op.kind = OPERATOR_OR;
  if (lex_is(text, start, op.end, "NOT")) op.kind = OPERATOR_NOT;
  if (op.kind == OPERATOR_NONE && is_near(text, start, &op)) op.kind = OPERATOR_NEAR;
  return op;
}
