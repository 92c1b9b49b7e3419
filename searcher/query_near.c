/* query_near.c - distances between words, and how often words occur; see query_parser.h */
#include <string.h>

#include "query_parser.h"

/* ---- what may stand in them ---- */

static gboolean is_leaf(const Node *node)
{
  return node->kind == NODE_WORD || node->kind == NODE_EXACT || node->kind == NODE_PHRASE ||
         node->kind == NODE_PATTERN || node->kind == NODE_FUZZY || node->kind == NODE_REGEX ||
         node->kind == NODE_ACTOR;
}

static const char *why_not(const Node *node)
{
  switch (node->kind) {
  case NODE_AND:
    return "only alternatives can stand here, as (a OR b); join other words with AND "
           "outside";
  case NODE_NOT: return "NOT has no meaning here; write it outside, with AND";
  case NODE_NEAR:
    return "a distance cannot stand in another; write a NEAR/5 b NEAR/5 c, or join two "
           "distances with AND";
  case NODE_ATLEAST: return "a number of occurrences has no place here; join it with AND outside";
  case NODE_BOOST: return "a weight belongs behind the whole, as (a NEAR/5 b)^2";
  default:
    return "only words of title and text have places and distances; join this with AND "
           "outside";
  }
}

/* Checks a leaf, or an OR of leaves, which must be of `*field` unless that is FIELD_COUNT: then it
 * becomes the leaf's. FALSE with an error. */
static gboolean check_operand(Parser *parser, const Node *node, int *field)
{
  if (node->kind == NODE_OR) {
    for (guint i = 0; i < node->children->len; i++) {
      const Node *child = g_ptr_array_index(node->children, i);
      if (child->kind == NODE_OR || !check_operand(parser, child, field)) return FALSE;
    }
    return TRUE;
  }
  if (!is_leaf(node) || (node->field != FIELD_ANY && node->field != FIELD_TITLE))
    return parser_refuse(parser, node->start, node->end, "%s", why_not(node)) != NULL;
  if (*field == FIELD_COUNT) *field = node->field;
  if (*field == node->field) return TRUE;
  return parser_refuse(parser, node->start, node->end,
                       "words of the title and words of anywhere have no distance; put all of them "
                       "behind title: or none") != NULL;
}

static gboolean check_operands(Parser *parser, const Node *node)
{
  int field = FIELD_COUNT;
  for (guint i = 0; i < node->children->len; i++)
    if (!check_operand(parser, g_ptr_array_index(node->children, i), &field)) return FALSE;
  return TRUE;
}

static Node *checked(Parser *parser, Node *node)
{
  if (check_operands(parser, node)) return node;
  node_free(node);
  return NULL;
}

/* ---- distances ---- */

gboolean near_set_distance(Parser *parser, Node *near, guint number, gsize from, gsize to)
{
  near->number = number;
  return (number >= 1 && number <= NEAR_MAX) ||
         parser_refuse(parser, from, to, "a distance is a number of words from 1 to %d",
                       NEAR_MAX) != NULL;
}

/* TRUE when another operand with the same distance follows `near`; the operator is consumed. FALSE
 * with *failed and an error when it is another distance. */
static gboolean more_near(Parser *parser, const Node *near, gboolean *failed)
{
  lex_skip_space(parser);
  Operator op = lex_operator(parser);
  if (op.kind != OPERATOR_NEAR) return FALSE;
  *failed = op.number != near->number || op.ordered != near->ordered;
  if (*failed)
    parser_refuse(parser, parser->at, op.end,
                  "this distance is not that of the words before; join two distances with AND");
  parser->at = op.end;
  return !*failed;
}

static Node *parse_more_near(Parser *parser, Node *near)
{
  gboolean failed = FALSE;
  do {
    Node *operand = parse_boosted(parser);
    if (operand == NULL) {
      node_free(near);
      return NULL;
    }
    g_ptr_array_add(near->children, operand);
    near->end = operand->end;
  } while (more_near(parser, near, &failed));
  if (!failed) return checked(parser, near);
  node_free(near);
  return NULL;
}

Node *parse_near(Parser *parser)
{
  Node *first = parse_boosted(parser);
  if (first == NULL) return NULL;
  lex_skip_space(parser);
  Operator op = lex_operator(parser);
  if (op.kind != OPERATOR_NEAR) return first;
  Node *near = parser_parent(NODE_NEAR, first, first->start, first->end);
  near->ordered = op.ordered;
  if (!near_set_distance(parser, near, op.number, parser->at, op.end)) {
    node_free(near);
    return NULL;
  }
  parser->at = op.end;
  return parse_more_near(parser, near);
}

/* ---- lists of operands ---- */

/* The bytes of what ends a list here, a parenthesis or a quotation mark; 0 when there is none. */
static gsize list_end(const Parser *parser)
{
  const char *here = parser->text + parser->at;
  if (parser->in_quotes) return query_quote(here);
  return *here == ')' ? 1 : 0;
}

/* Signs and operators that have no meaning in a list. FALSE with an error. */
static gboolean check_listed(Parser *parser)
{
  const char *here = parser->text + parser->at;
  if ((*here == '-' || *here == '+') && here[1] != '\0' && !g_unichar_isspace((guchar)here[1]))
    return parser_refuse(parser, parser->at, parser->at + 1,
                         "between words with a distance there is no + or -") != NULL;
  Operator op = lex_operator(parser);
  if (op.kind == OPERATOR_NONE) return TRUE;
  return parser_refuse(
             parser, parser->at, op.end,
             "words with a distance stand beside each other, alternatives in parentheses: "
             "\"(a OR b) c\"~5") != NULL;
}

Node *parse_operands(Parser *parser, int field, gsize start, gboolean ordered)
{
  g_autoptr(Node) near = parser_parent(NODE_NEAR, NULL, start, start);
  int outer = parser->field;
  gsize opened = parser->at;
  near->ordered = ordered;
  parser->field = field;
  if (!parser_enter(parser, start, parser->at)) return NULL;
  for (;;) {
    lex_skip_space(parser);
    gsize end = list_end(parser);
    if (end > 0) {
      parser->at += end;
      break;
    }
    if (parser->text[parser->at] == '\0')
      return parser_refuse(parser, start, opened, "what opens here is never closed");
    Node *operand = check_listed(parser) ? parse_boosted(parser) : NULL;
    if (operand == NULL) return NULL;
    g_ptr_array_add(near->children, operand);
  }
  parser->field = outer;
  parser->depth--;
  near->end = parser->at;
  if (near->children->len < 2)
    return parser_refuse(parser, start, parser->at,
                         "a distance is between two words or more; alternatives in parentheses are "
                         "one");
  return checked(parser, g_steal_pointer(&near));
}

/* ---- "atleast3:" and "near5:", also "near/5:" ---- */

typedef struct Counted {
  const char *name;
  NodeKind kind;
  gboolean ordered, needs_number;
} Counted;

static const Counted *find_counted(const char *text, gsize *name_len)
{
  static const Counted names[] = {{"atleast", NODE_ATLEAST, FALSE, TRUE},
                                  {"repeat", NODE_ATLEAST, FALSE, TRUE},
                                  {"near", NODE_NEAR, FALSE, FALSE},
                                  {"adj", NODE_NEAR, TRUE, FALSE}};
  *name_len = 0;
  while (g_ascii_isalpha(text[*name_len])) ++*name_len;
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
    if (lex_is_like(text, 0, *name_len, names[i].name)) return &names[i];
  return NULL;
}

gsize counted_length(const char *text)
{
  gsize name_len;
  const Counted *counted = find_counted(text, &name_len);
  if (counted == NULL) return 0;
  gsize digits = name_len + (text[name_len] == '/'),
        at = digits + strspn(text + digits, "0123456789");
  return text[at] == ':' && (at > digits || !counted->needs_number) ? at + 1 : 0;
}

static Node *parse_listed_near(Parser *parser, int field, gsize start, const Counted *counted,
                               guint number)
{
  gsize name = parser->at - 1;
  const char *here = parser->text + parser->at;
  gsize quote = query_quote(here);
  if (parser->in_quotes || (quote == 0 && *here != '('))
    return parser_refuse(parser, start, parser->at,
                         "behind this stand words in quotes or parentheses, as near5:(a b)");
  parser->at += MAX(quote, 1);
  parser->in_quotes = quote > 0;
  Node *near = parse_operands(parser, field, start, counted->ordered);
  parser->in_quotes = FALSE;
  if (near == NULL || near_set_distance(parser, near, number, start, name)) return near;
  node_free(near);
  return NULL;
}

static Node *parse_atleast(Parser *parser, int field, gsize start, guint number)
{
  gsize name = parser->at - 1;
  if (number < 1 || number > ATLEAST_MAX)
    return parser_refuse(parser, start, name, "a number of occurrences is from 1 to %d",
                         ATLEAST_MAX);
  const char *here = parser->text + parser->at;
  if (*here != '(' && (parser->in_quotes || query_quote(here) == 0) && lex_ends_word(here))
    return parser_refuse(parser, start, parser->at,
                         "a word, a phrase or a group stands right behind the colon, as "
                         "atleast3:bomb");
  int outer = parser->field;
  parser->field = field;
  if (!parser_enter(parser, start, name)) return NULL;
  Node *child = parse_primary(parser);
  parser->depth--;
  parser->field = outer;
  if (child == NULL) return NULL;
  Node *node = parser_parent(NODE_ATLEAST, child, start, parser->at);
  node->number = number;
  return checked(parser, node);
}

Node *parse_counted(Parser *parser, int field, gsize start)
{
  gsize name = parser->at, name_len;
  const Counted *counted = find_counted(parser->text + name, &name_len);
  parser->at += name_len + (parser->text[name + name_len] == '/');
  gsize digits = parser->at;
  guint number = lex_number(parser->text, &parser->at, MAX(NEAR_MAX, ATLEAST_MAX));
  if (digits == parser->at) number = NEAR_DEFAULT;
  parser->at++;
  if (!parser_enter(parser, name, parser->at)) return NULL;
  Node *node = counted->kind == NODE_NEAR ? parse_listed_near(parser, field, start, counted, number)
                                          : parse_atleast(parser, field, start, number);
  parser->depth--;
  return node;
}
