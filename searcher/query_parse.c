/* query_parse.c - the operators of queries, and what others call; see query.h, query_parser.h */
#include <string.h>

#include "../corpus/error.h"
#include "query_parser.h"

Node *parser_node(NodeKind kind, int field, gsize start, gsize end)
{
  Node *node = g_new0(Node, 1);
  node->kind = kind;
  node->field = field;
  node->start = start;
  node->end = end;
  return node;
}

Node *parser_parent(NodeKind kind, Node *child, gsize start, gsize end)
{
  Node *node = parser_node(kind, FIELD_ANY, start, end);
  node->children = g_ptr_array_new_with_free_func((GDestroyNotify)node_free);
  if (child != NULL) g_ptr_array_add(node->children, child);
  return node;
}

Node *parser_refuse(Parser *parser, gsize start, gsize end, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *sentence = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  query_error(parser->error, parser->text, start, end, "%s", sentence);
  return NULL;
}

gboolean parser_enter(Parser *parser, gsize start, gsize end)
{
  if (++parser->depth <= QUERY_DEPTH_MAX) return TRUE;
  parser_refuse(parser, start, end, "the query is nested too deeply: at most %d levels",
                QUERY_DEPTH_MAX);
  return FALSE;
}

/* ---- groups and weights ---- */

static Node *parse_or(Parser *parser);

Node *parse_group(Parser *parser, int field)
{
  gsize open = parser->at++;
  int outer = parser->field;
  if (!parser_enter(parser, open, open + 1)) return NULL;
  parser->field = field;
  Node *node = parse_or(parser);
  parser->field = outer;
  parser->depth--;
  if (node == NULL) return NULL;
  lex_skip_space(parser);
  if (parser->text[parser->at] != ')') {
    node_free(node);
    return parser_refuse(parser, open, open + 1, "this parenthesis is never closed");
  }
  parser->at++;
  return node;
}

Node *parse_primary(Parser *parser)
{
  lex_skip_space(parser);
  const char *here = parser->text + parser->at;
  if (*here == '\0')
    return parser_refuse(parser, parser->at, parser->at, "something to look for is missing here");
  if (*here == ')')
    return parser_refuse(parser, parser->at, parser->at + 1,
                         "there is nothing before this parenthesis to look for");
  if (*here == '(') return parse_group(parser, parser->field);
  gsize quote = query_quote(here);
  if (quote > 0 && parser->in_quotes)
    return parser_refuse(parser, parser->at, parser->at + quote,
                         "something to look for is missing before this quotation mark");
  if (quote > 0) return parse_quoted(parser, parser->field, parser->at);
  Operator op = lex_operator(parser);
  if (op.kind != OPERATOR_NONE)
    return parser_refuse(parser, parser->at, op.end,
                         "this operator has nothing on one side; as a word, put it in quotes");
  if (field_is_whole(parser->field)) return parse_word(parser, parser->field, parser->at);
  if (counted_length(here) > 0) return parse_counted(parser, parser->field, parser->at);
  gsize name = field_name_length(here);
  if (name > 0) return parse_field(parser, name);
  return parse_word(parser, parser->field, parser->at);
}

/* The factor behind '^', at parser->at; 0 with an error. */
static double parse_factor(Parser *parser)
{
  const char *text = parser->text;
  gsize from = parser->at + 1, to = from + strspn(text + from, "0123456789.");
  g_autofree char *digits = g_strndup(text + from, to - from);
  char *rest = NULL;
  double factor = g_ascii_strtod(digits, &rest);
  if (to == from || *rest != '\0' || !lex_ends_word(text + to))
    parser_refuse(parser, parser->at, MAX(to, from),
                  "behind ^ stands a weight, as word^2 or (a OR b)^0.5");
  else if (factor < BOOST_MIN || factor > BOOST_MAX)
    parser_refuse(parser, parser->at, to, "a weight is from %g to %g", BOOST_MIN, BOOST_MAX);
  else {
    parser->at = to;
    return factor;
  }
  return 0;
}

/* Multiplies the weight of `node`; NULL with an error. */
static Node *boost(Parser *parser, Node *node, double factor, gsize start, gsize from)
{
  if (node->kind == NODE_BOOST) factor *= node->factor;
  if (factor < BOOST_MIN || factor > BOOST_MAX) {
    node_free(node);
    return parser_refuse(parser, from, parser->at,
                         "multiplied with the weights within, a weight is from %g to %g", BOOST_MIN,
                         BOOST_MAX);
  }
  Node *boosted = node;
  if (node->kind != NODE_BOOST) boosted = parser_parent(NODE_BOOST, node, start, parser->at);
  boosted->factor = factor;
  boosted->start = start;
  boosted->end = parser->at;
  if (factor < 1 || factor > 1) return boosted;
  Node *child = g_ptr_array_steal_index(boosted->children, 0);
  node_free(boosted);
  return child;
}

Node *parse_boosted(Parser *parser)
{
  lex_skip_space(parser);
  gsize start = parser->at;
  Node *node = parse_primary(parser);
  if (node == NULL || parser->text[parser->at] != '^') return node;
  gsize from = parser->at;
  double factor = parse_factor(parser);
  if (factor > 0) return boost(parser, node, factor, start, from);
  node_free(node);
  return NULL;
}

/* ---- operators ---- */

static Node *parse_unary(Parser *parser)
{
  lex_skip_space(parser);
  gsize start = parser->at, end = start + 1;
  const char *here = parser->text + start;
  gboolean is_sign =
      (*here == '-' || *here == '+') && (!lex_ends_word(here + 1) || here[1] == '(' ||
                                         (query_quote(here + 1) > 0 && !parser->in_quotes));
  gboolean negates = is_sign && *here == '-';
  if (!is_sign) {
    Operator op = lex_operator(parser);
    if (op.kind != OPERATOR_NOT) return parse_near(parser);
    negates = TRUE;
    end = op.end;
  }
  parser->at = end;
  if (!parser_enter(parser, start, end)) return NULL;
  Node *child = parse_unary(parser);
  parser->depth--;
  return child == NULL || !negates ? child : parser_parent(NODE_NOT, child, start, child->end);
}

/* TRUE when another operand of AND follows; an explicit AND is consumed. */
static gboolean more_and(Parser *parser)
{
  lex_skip_space(parser);
  const char *here = parser->text + parser->at;
  if (*here == '\0' || *here == ')') return FALSE;
  if (parser->in_quotes && query_quote(here) > 0) return FALSE;
  Operator op = lex_operator(parser);
  if (op.kind == OPERATOR_OR) return FALSE;
  if (op.kind == OPERATOR_AND) parser->at = op.end;
  return TRUE;
}

static gboolean more_or(Parser *parser)
{
  lex_skip_space(parser);
  Operator op = lex_operator(parser);
  if (op.kind != OPERATOR_OR) return FALSE;
  parser->at = op.end;
  return TRUE;
}

static Node *parse_joined(Parser *parser, NodeKind kind, Node *(*operand)(Parser *),
                          gboolean (*more)(Parser *))
{
  Node *node = operand(parser);
  while (node != NULL && more(parser)) {
    Node *right = operand(parser);
    if (right == NULL) {
      node_free(node);
      return NULL;
    }
    node = node_join(kind, node, right);
  }
  return node;
}

static Node *parse_and(Parser *parser)
{
  return parse_joined(parser, NODE_AND, parse_unary, more_and);
}

static Node *parse_or(Parser *parser)
{
  return parse_joined(parser, NODE_OR, parse_and, more_or);
}

/* ---- weights of what has none ---- */

/* Whether something in the tree gives weight; FALSE for *ok with an error when a boost is on
 * nothing that does. */
static gboolean check_weights(Parser *parser, const Node *node, gboolean *ok)
{
  gboolean weighs = node->kind == NODE_NEAR || node->kind == NODE_ATLEAST;
  if (node->text != NULL) weighs = node->field == FIELD_ANY || node->field == FIELD_TITLE;
  gboolean inside = node->kind != NODE_NEAR && node->kind != NODE_ATLEAST;
  for (guint i = 0; inside && *ok && node->children != NULL && i < node->children->len; i++)
    if (check_weights(parser, g_ptr_array_index(node->children, i), ok)) weighs = TRUE;
  if (node->kind == NODE_BOOST && *ok && !weighs) {
    *ok = FALSE;
    parser_refuse(parser, node->start, node->end,
                  "only words of title and text have a weight; fields choose among the articles");
  }
  return weighs && node->kind != NODE_NOT;
}

/* ---- what others call ---- */

static Parser parser_on(const char *text, const Date *today, GError **error)
{
  Parser parser = {.text = text, .field = FIELD_ANY, .error = error};
  if (today != NULL) parser.today = *today;
  return parser;
}

Node *query_parse(const char *text, const Date *today, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid(text, -1);
  Parser parser = parser_on(valid, today, error);
  lex_skip_space(&parser);
  if (valid[parser.at] == '\0') return parser_node(NODE_ALL, FIELD_ANY, 0, 0);
  g_autoptr(Node) node = parse_or(&parser);
  if (node == NULL) return NULL;
  lex_skip_space(&parser);
  if (valid[parser.at] != '\0')
    return parser_refuse(&parser, parser.at, parser.at + 1, "this parenthesis was never opened");
  gboolean ok = TRUE;
  check_weights(&parser, node, &ok);
  return ok ? g_steal_pointer(&node) : NULL;
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
  g_autofree char *valid =
      schema_field(field)->kind == KIND_EXACT ? g_strdup(given) : without_quotes(given);
  Parser parser = {.text = valid, .field = FIELD_ANY, .error = error};
  gsize len = strlen(valid);
  Node *node = parse_value(&parser, (int)field, 0, len, 0, len);
  if (node != NULL) node->start = node->end = 0;
  return node;
}

Node *query_date(const char *text, const Date *today, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid(text, -1);
  g_strstrip(valid);
  Parser parser = parser_on(valid, today, error);
  Node *node = parse_dates(&parser, UNIT_ANY, 0, 0, strlen(valid));
  if (node != NULL) node->start = node->end = 0;
  return node;
}
