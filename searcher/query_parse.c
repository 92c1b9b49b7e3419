/* query_parse.c - the parser of queries: recursive descent over the text; see query.h */
#include <string.h>

#include "../corpus/error.h"
#include "query.h"

/* Deeper nesting is refused, so that no query can exhaust the stack. */
enum { DEPTH_MAX = 1000 };

typedef struct Parser {
  const char *text;
  gsize at;
  int field; /* that a group in "field:( ... )" gives to its words */
  guint depth;
  gboolean no_single_quote; /* is in the rest of the text as one that closes */
  GError **error;
} Parser;

typedef enum Operator { OPERATOR_NONE, OPERATOR_AND, OPERATOR_OR, OPERATOR_NOT } Operator;

static Node *parse_or(Parser *parser);

static Node *new_node(NodeKind kind, int field, gsize start, gsize end)
{
  Node *node = g_new0(Node, 1);
  node->kind = kind;
  node->field = field;
  node->start = start;
  node->end = end;
  return node;
}

/* ---- characters ---- */

static void skip_space(Parser *parser)
{
  const char *text = parser->text + parser->at;
  while (*text != '\0' && g_unichar_isspace(g_utf8_get_char(text))) text = g_utf8_next_char(text);
  parser->at = (gsize)(text - parser->text);
}

gsize query_quote(const char *text)
{
  static const char *const marks[] = {"\"", "“", "”", "„", "«", "»"};
  for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
    if (g_str_has_prefix(text, marks[i])) return strlen(marks[i]);
  return 0;
}

static gboolean ends_word(const char *text)
{
  return *text == '\0' || *text == '(' || *text == ')' || query_quote(text) > 0 ||
         g_unichar_isspace(g_utf8_get_char(text));
}

static gsize word_end(const char *text, gsize at)
{
  while (!ends_word(text + at)) at = (gsize)(g_utf8_next_char(text + at) - text);
  return at;
}

/* An id or URL goes on to the next space. Parentheses may be part of it, but one that it has not
 * opened closes a group around it. `*unclosed` tells of one that it has not closed. */
static gsize exact_end(const char *text, gsize at, gboolean *unclosed)
{
  int open = 0;
  while (text[at] != '\0' && !g_unichar_isspace(g_utf8_get_char(text + at))) {
    if (text[at] == '(') open++;
    if (text[at] == ')' && --open < 0) break;
    at = (gsize)(g_utf8_next_char(text + at) - text);
  }
  *unclosed = open > 0;
  return at;
}

static gboolean is_word(const char *text, gsize start, gsize end, const char *word)
{
  return end - start == strlen(word) && strncmp(text + start, word, end - start) == 0;
}

static Operator operator_at(const Parser *parser, gsize *end)
{
  *end = word_end(parser->text, parser->at);
  if (is_word(parser->text, parser->at, *end, "AND")) return OPERATOR_AND;
  if (is_word(parser->text, parser->at, *end, "OR")) return OPERATOR_OR;
  if (is_word(parser->text, parser->at, *end, "NOT")) return OPERATOR_NOT;
  return OPERATOR_NONE;
}

/* ---- what is refused ---- */

static void *refuse(Parser *parser, gsize start, gsize end, const char *sentence)
{
  query_error(parser->error, parser->text, start, end, "%s", sentence);
  return NULL;
}

typedef struct Unsupported {
  const char *characters;
  const char *sentence;
} Unsupported;

/* FALSE with an error when a word holds a sign that promises what this language does not do. */
static gboolean check_word(Parser *parser, gsize start, gsize end)
{
  static const Unsupported signs[] = {
      {"*?", "wildcards are not supported; a word finds its other endings by itself (attack finds "
             "attacks, attacked)"},
      {"~", "~ is not supported: neither similar spellings nor distances"},
      {"^", "weights (^) are not supported"},
      {"[]{}", "brackets are only for dates, as date:[1987 TO 1990]"},
      {"|", "write OR in capital letters"},
      {"<>", "comparisons are not supported; for dates write date:1987-03..1987-06"}};
  for (gsize i = start; i < end; i++)
    for (gsize s = 0; s < G_N_ELEMENTS(signs); s++)
      if (strchr(signs[s].characters, parser->text[i]) != NULL)
        return refuse(parser, i, i + 1, signs[s].sentence) != NULL;
  char first = parser->text[start];
  if (first == '!' || first == '&')
    return refuse(parser, start, start + 1, "write NOT and AND in capital letters") != NULL;
  if (first == '@' || first == '=' || first == '/')
    return refuse(parser, start, end, "a word cannot start with this sign; put it in quotes") !=
           NULL;
  return TRUE;
}

/* 'single quotes', which others take for a phrase; an apostrophe at the start of a name is none. */
static gboolean check_quotes(Parser *parser, gsize start)
{
  const char *text = parser->text;
  if (text[start] != '\'' || parser->no_single_quote) return TRUE;
  for (gsize i = start + 1; text[i] != '\0'; i++)
    if (text[i] == '\'' && ends_word(text + i + 1))
      return refuse(parser, start, i + 1, "a phrase is put in double quotes") != NULL;
  parser->no_single_quote = TRUE;
  return TRUE;
}

/* NEAR, NEAR/5, NEAR5, ADJ/5 (Xapian, GDELT), w/5 and pre/5 (Nexis) are operators elsewhere. */
static gboolean check_near(Parser *parser, gsize start, gsize end)
{
  static const char *const operators[] = {"NEAR", "ADJ", "NEAR/", "ADJ/",
                                          "w/",   "W/",  "pre/",  "PRE/"};
  gsize name_end = end;
  while (name_end > start && g_ascii_isdigit(parser->text[name_end - 1])) name_end--;
  for (gsize i = 0; i < G_N_ELEMENTS(operators); i++)
    if (is_word(parser->text, start, name_end, operators[i]))
      return refuse(parser, start, end,
                    "distances between words are not supported; words beside each other are a "
                    "\"phrase\"") != NULL;
  return TRUE;
}

static gboolean has_letter_or_digit(const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char(text))
    if (g_unichar_isalnum(g_utf8_get_char(text))) return TRUE;
  return FALSE;
}

/* ---- dates ---- */

/* Reads one end of a range; FALSE with an error. An empty end is open (year 0). */
static gboolean parse_day(Parser *parser, gsize start, gsize end, Date *date)
{
  *date = (Date){0};
  if (start == end) return TRUE;
  if (date_parse_iso(parser->text + start, end - start, date)) return TRUE;
  query_error(parser->error, parser->text, start, end,
              "'%.*s' is no date; write a year, a month or a day as 1987, 1987-03 or 1987-03-01",
              (int)(end - start), parser->text + start);
  return FALSE;
}

static Node *finish_date(Parser *parser, Node *node)
{
  gboolean reversed = node->from.year > 0 && node->to.year > 0 &&
                      date_compare(date_first_day(node->from), date_last_day(node->to)) > 0;
  if (reversed)
    query_error(parser->error, parser->text, node->start, node->end,
                "the range ends before it starts");
  else if (node->from.year == 0 && node->to.year == 0)
    query_error(parser->error, parser->text, node->start, node->end,
                "date: needs a date, as date:1987-03 or date:1987-03..1987-06");
  else
    return node;
  node_free(node);
  return NULL;
}

/* Trims spaces of a range's end inside brackets and gives "*" the meaning "open". */
static void trim_end(const char *text, gsize *start, gsize *end)
{
  while (*start < *end && text[*start] == ' ') ++*start;
  while (*end > *start && text[*end - 1] == ' ') --*end;
  if (*end == *start + 1 && text[*start] == '*') *start = *end;
}

/* date:[1987 TO 1990], Lucene's form; both ends are included. */
static Node *parse_bracketed_date(Parser *parser, gsize start)
{
  const char *text = parser->text;
  const char *close = strpbrk(text + parser->at, "]}");
  const char *to = strstr(text + parser->at, " TO ");
  if (close == NULL || to == NULL || to > close || *close == '}')
    return refuse(parser, start, strlen(text), "write such a range as date:[1987 TO 1990]");
  gsize first = parser->at + 1, first_end = (gsize)(to - text);
  gsize last = first_end + 4, last_end = (gsize)(close - text);
  trim_end(text, &first, &first_end);
  trim_end(text, &last, &last_end);
  Node *node = new_node(NODE_DATE, FIELD_DATE, start, (gsize)(close - text) + 1);
  if (!parse_day(parser, first, first_end, &node->from) ||
      !parse_day(parser, last, last_end, &node->to)) {
    node_free(node);
    return NULL;
  }
  parser->at = node->end;
  return finish_date(parser, node);
}

/* date:1987-03 and date:1987-03..1987-06 with either end left out; `parser->at` is at the value. */
static Node *parse_date(Parser *parser, gsize start, gsize end)
{
  const char *text = parser->text;
  gsize value = parser->at;
  const char *dots = g_strstr_len(text + value, (gssize)(end - value), "..");
  Node *node = new_node(NODE_DATE, FIELD_DATE, start, end);
  gboolean ok;
  if (dots == NULL) {
    ok = parse_day(parser, value, end, &node->from);
    node->to = node->from;
  } else {
    gsize middle = (gsize)(dots - text);
    ok = parse_day(parser, value, middle, &node->from) &&
         parse_day(parser, middle + 2, end, &node->to);
  }
  if (!ok) {
    node_free(node);
    return NULL;
  }
  parser->at = end;
  return finish_date(parser, node);
}

/* ---- words and values ---- */

/* A word or value node of bytes [from, to); NULL with an error when there is nothing in it. */
static Node *text_node(Parser *parser, NodeKind kind, int field, gsize start, gsize end, gsize from,
                       gsize to)
{
  Node *node = new_node(kind, field, start, end);
  node->text = g_strstrip(g_strndup(parser->text + from, to - from));
  if (has_letter_or_digit(node->text)) return node;
  query_error(parser->error, parser->text, start, MAX(end, start + 1),
              "there is no word in this to look for");
  node_free(node);
  return NULL;
}

static gboolean is_exact(int field)
{
  return field != FIELD_ANY && schema_field((FieldId)field)->kind == KIND_EXACT;
}

static Node *parse_exact(Parser *parser, int field, gsize start)
{
  gsize from = parser->at;
  gboolean unclosed;
  gsize end = exact_end(parser->text, from, &unclosed);
  if (unclosed)
    return refuse(parser, from, end,
                  "a parenthesis in this is never closed; put the value in quotes");
  parser->at = end;
  return text_node(parser, NODE_WORD, field, start, end, from, end);
}

static Node *parse_word(Parser *parser, int field, gsize start)
{
  gsize from = parser->at, end = word_end(parser->text, from);
  if (is_exact(field)) return parse_exact(parser, field, start);
  if (field == FIELD_DATE) return parse_date(parser, start, end);
  if (!check_word(parser, from, end) || !check_quotes(parser, from) ||
      !check_near(parser, from, end))
    return NULL;
  parser->at = end;
  return text_node(parser, NODE_WORD, field, start, end, from, end);
}

static gboolean check_phrase(Parser *parser, int field, gsize from, gsize to)
{
  const char *star = memchr(parser->text + from, '*', to - from);
  if (star == NULL || is_exact(field)) return TRUE;
  gsize at = (gsize)(star - parser->text);
  return refuse(parser, at, at + 1, "wildcards are not supported, in quotes neither") != NULL;
}

static Node *parse_phrase(Parser *parser, int field, gsize start)
{
  gsize open = parser->at;
  gsize from = open + query_quote(parser->text + open), to = from;
  while (parser->text[to] != '\0' && query_quote(parser->text + to) == 0) to++;
  if (parser->text[to] == '\0')
    return refuse(parser, open, from, "this quotation mark is never closed");
  gsize end = to + query_quote(parser->text + to);
  if (parser->text[end] == '~' || parser->text[end] == '^')
    return refuse(parser, end, end + 1, "distances (~) and weights (^) are not supported");
  if (field == FIELD_DATE) {
    parser->at = from;
    Node *node = parse_date(parser, start, to);
    if (node != NULL) parser->at = node->end = end;
    return node;
  }
  if (!check_phrase(parser, field, from, to)) return NULL;
  parser->at = end;
  return text_node(parser, NODE_PHRASE, field, start, end, from, to);
}

static Node *parse_group(Parser *parser, int field)
{
  gsize open = parser->at++;
  int outer = parser->field;
  if (++parser->depth > DEPTH_MAX)
    return refuse(parser, open, open + 1, "the query is nested too deeply");
  parser->field = field;
  Node *node = parse_or(parser);
  parser->field = outer;
  parser->depth--;
  if (node == NULL) return NULL;
  skip_space(parser);
  if (parser->text[parser->at] != ')') {
    node_free(node);
    return refuse(parser, open, open + 1, "this parenthesis is never closed");
  }
  parser->at++;
  return node;
}

/* ---- fields ---- */

static char *field_names(void)
{
  GString *names = g_string_new(NULL);
  for (int i = 0; i < FIELD_COUNT; i++)
    if (i != FIELD_BODY)
      g_string_append_printf(names, "%s%s", names->len == 0 ? "" : ", ",
                             schema_field((FieldId)i)->name);
  return g_string_free(names, FALSE);
}

/* Length of "name" when the word at `text` is "name:..." and the name may be a field's; else 0. A
 * time like 10:30 is no field. */
static gsize field_name_length(const char *text)
{
  gsize n = 0;
  while (g_ascii_isalnum(text[n]) || text[n] == '_') n++;
  return n > 0 && text[n] == ':' && g_ascii_isalpha(text[0]) ? n : 0;
}

static Node *unknown_field(Parser *parser, gsize len)
{
  g_autofree char *names = field_names();
  query_error(parser->error, parser->text, parser->at, parser->at + len,
              "there is no field '%.*s'; the fields are %s. To look for the text itself, put it in "
              "quotes",
              (int)len, parser->text + parser->at, names);
  return NULL;
}

static Node *parse_field(Parser *parser, gsize name_len)
{
  gsize start = parser->at;
  int field = schema_find(parser->text + start, name_len);
  if (field < 0) return unknown_field(parser, name_len);
  if (field == FIELD_BODY)
    return refuse(
        parser, start, start + name_len,
        "words without a field are looked up in title and text; title: narrows to titles");
  if (parser->field != FIELD_ANY)
    return refuse(parser, start, start + name_len, "a field inside the group of another field");
  parser->at = start + name_len + 1;
  const char *value = parser->text + parser->at;
  if (*value == '[' && field == FIELD_DATE) return parse_bracketed_date(parser, start);
  if (*value == '(') return parse_group(parser, field);
  if (query_quote(value) > 0) return parse_phrase(parser, field, start);
  if (ends_word(value))
    return refuse(parser, start, start + name_len + 1,
                  "a field needs its value right behind the colon, as country:iran");
  return parse_word(parser, field, start);
}

/* ---- operators ---- */

static Node *parse_primary(Parser *parser)
{
  skip_space(parser);
  const char *here = parser->text + parser->at;
  gsize end;
  if (*here == '\0')
    return refuse(parser, parser->at, parser->at, "something to look for is missing here");
  if (*here == ')')
    return refuse(parser, parser->at, parser->at + 1,
                  "there is nothing before this parenthesis to look for");
  if (*here == '(') return parse_group(parser, parser->field);
  if (query_quote(here) > 0) return parse_phrase(parser, parser->field, parser->at);
  if (operator_at(parser, &end) != OPERATOR_NONE)
    return refuse(parser, parser->at, end,
                  "this operator has nothing on one side; as a word, put it in quotes");
  gsize name = field_name_length(here);
  if (name > 0) return parse_field(parser, name);
  return parse_word(parser, parser->field, parser->at);
}

static Node *parse_unary(Parser *parser)
{
  skip_space(parser);
  gsize start = parser->at, end = start + 1;
  char sign = parser->text[start];
  gboolean is_sign = (sign == '-' || sign == '+') && !ends_word(parser->text + start + 1);
  gboolean opens = (sign == '-' || sign == '+') &&
                   (parser->text[start + 1] == '(' || query_quote(parser->text + start + 1) > 0);
  gboolean negates = is_sign || opens ? sign == '-' : operator_at(parser, &end) == OPERATOR_NOT;
  if (!is_sign && !opens && !negates) return parse_primary(parser);
  parser->at = end;
  if (++parser->depth > DEPTH_MAX)
    return refuse(parser, start, end, "the query is nested too deeply");
  Node *child = parse_unary(parser);
  parser->depth--;
  if (child == NULL || !negates) return child;
  Node *node = new_node(NODE_NOT, FIELD_ANY, start, child->end);
  node->children = g_ptr_array_new_with_free_func((GDestroyNotify)node_free);
  g_ptr_array_add(node->children, child);
  return node;
}

/* TRUE when another operand of AND follows; an explicit AND is consumed. */
static gboolean more_and(Parser *parser)
{
  skip_space(parser);
  char here = parser->text[parser->at];
  if (here == '\0' || here == ')') return FALSE;
  gsize end;
  Operator operator= operator_at(parser, &end);
  if (operator== OPERATOR_OR) return FALSE;
  if (operator== OPERATOR_AND) parser->at = end;
  return TRUE;
}

static Node *parse_and(Parser *parser)
{
  Node *node = parse_unary(parser);
  while (node != NULL && more_and(parser)) {
    Node *right = parse_unary(parser);
    if (right == NULL) {
      node_free(node);
      return NULL;
    }
    node = node_join(NODE_AND, node, right);
  }
  return node;
}

static gboolean more_or(Parser *parser)
{
  skip_space(parser);
  gsize end;
  if (operator_at(parser, &end) != OPERATOR_OR) return FALSE;
  parser->at = end;
  return TRUE;
}

static Node *parse_or(Parser *parser)
{
  Node *node = parse_and(parser);
  while (node != NULL && more_or(parser)) {
    Node *right = parse_and(parser);
    if (right == NULL) {
      node_free(node);
      return NULL;
    }
    node = node_join(NODE_OR, node, right);
  }
  return node;
}

/* ---- what others call ---- */

Node *query_parse(const char *text, const Date *today, GError **error)
{
  (void)today;
  g_autofree char *valid = g_utf8_make_valid(text, -1);
  Parser parser = {.text = valid, .field = FIELD_ANY, .error = error};
  skip_space(&parser);
  if (valid[parser.at] == '\0') return new_node(NODE_ALL, FIELD_ANY, 0, 0);
  Node *node = parse_or(&parser);
  if (node == NULL) return NULL;
  skip_space(&parser);
  if (valid[parser.at] == '\0') return node;
  node_free(node);
  return refuse(&parser, parser.at, parser.at + 1, "this parenthesis was never opened");
}

/* Quotation marks as spaces: no value is told from another by them, and inside quotes they could
 * not be written. */
static char *without_quotes(const char *text)
{
  GString *out = g_string_sized_new(strlen(text));
  while (*text != '\0') {
    gsize n = query_quote(text);
    g_string_append_c(out, n == 0 ? *text : ' ');
    text += MAX(n, 1);
  }
  return g_string_free(out, FALSE);
}

Node *query_value(FieldId field, const char *value, GError **error)
{
  if (schema_field(field)->kind == KIND_DATE) return query_date(value, NULL, error);
  g_autofree char *given = g_utf8_make_valid(value, -1);
  g_autofree char *valid = is_exact((int)field) ? g_strdup(given) : without_quotes(given);
  Parser parser = {.text = valid, .field = FIELD_ANY, .error = error};
  gsize len = strlen(valid);
  if (!check_phrase(&parser, (int)field, 0, len)) return NULL;
  Node *node = text_node(&parser, NODE_PHRASE, (int)field, 0, len, 0, len);
  if (node != NULL) node->start = node->end = 0;
  return node;
}

Node *query_date(const char *text, const Date *today, GError **error)
{
  (void)today;
  g_autofree char *valid = g_utf8_make_valid(text, -1);
  g_strstrip(valid);
  Parser parser = {.text = valid, .field = FIELD_ANY, .error = error};
  Node *node =
      *valid == '[' ? parse_bracketed_date(&parser, 0) : parse_date(&parser, 0, strlen(valid));
  if (node == NULL) return NULL;
  if (valid[parser.at] != '\0') {
    node_free(node);
    return refuse(&parser, parser.at, strlen(valid), "this does not belong to the date");
  }
  node->start = node->end = 0;
  return node;
}
