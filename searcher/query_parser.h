/* query_parser.h - what the files of the query parser share; nothing else includes it.
 *
 * Recursive descent over the text: query_parse.c has the operators and the entry points,
 * query_field.c names with a colon, query_near.c distances and counts, query_leaf.c words and
 * phrases, query_date.c dates, query_lex.c characters and the spelling of operators. Functions that
 * return a node begin at parser->at and leave it behind what they read; NULL with an error. */
#ifndef SITREP_QUERY_PARSER_H
#define SITREP_QUERY_PARSER_H

#include "query.h"

typedef struct Parser {
  const char *text; /* valid UTF-8 */
  gsize at;
  Date today; /* year 0: not asked for yet */
  int field;  /* that a group in "field:( ... )" gives to its words */
  guint depth;
  gboolean in_quotes;          /* of a distance, "a b"~5: the next quotation mark ends them */
  gboolean no_single_quote[2]; /* is in the rest of the text as one that closes: ’, ' */
  GError **error;
} Parser;

Node *parser_node(NodeKind kind, int field, gsize start, gsize end); /* without children */
Node *parser_parent(NodeKind kind, Node *child, gsize start, gsize end);

/* Sets the error about bytes [start, end) and returns NULL. */
/* cppcheck-suppress unknownMacro */
Node *parser_refuse(Parser *parser, gsize start, gsize end, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* One level deeper, to be left again with parser->depth--; FALSE with an error at 1000. */
gboolean parser_enter(Parser *parser, gsize start, gsize end);

/* ---- query_lex.c ---- */

void lex_skip_space(Parser *parser);

/* TRUE at the end of a word: space, parenthesis, quotation mark or the end. */
gboolean lex_ends_word(const char *text);
gsize lex_word_end(const char *text, gsize at);
gsize lex_before_weight(const char *text, gsize at); /* or at a '^' within it */

/* TRUE when bytes [start, end) are `word`; ASCII case makes no difference in the second. */
gboolean lex_is(const char *text, gsize start, gsize end, const char *word);
gboolean lex_is_like(const char *text, gsize start, gsize end, const char *word);

/* Bytes [start, end) for a message, shortened when they are many; g_free() them. */
char *lex_shown(const char *text, gsize start, gsize end);

gboolean lex_has_letter_or_digit(const char *text);

/* Reads the digits at text[*at], leaving *at behind them; no more than `max` + 1 is returned. */
guint lex_number(const char *text, gsize *at, guint max);

typedef enum OperatorKind {
  OPERATOR_NONE,
  OPERATOR_AND,
  OPERATOR_OR,
  OPERATOR_NOT,
  OPERATOR_NEAR /* with ADJ, w/5 and pre/5 */
} OperatorKind;

typedef struct Operator {
  OperatorKind kind;
  gsize end;        /* of its word */
  gboolean ordered; /* of NEAR: ADJ */
  guint number;     /* of NEAR; may be outside 1 to NEAR_MAX */
} Operator;

/* The operator that the word at parser->at is. */
Operator lex_operator(const Parser *parser);

/* ---- query_leaf.c ---- */

/* TRUE for ids and URLs, which are taken to the letter: no name with a colon stands before them. */
gboolean field_is_whole(int field);

/* A word, pattern, regular expression ... `start` is where the node begins, which may be a field's
 * name. */
Node *parse_word(Parser *parser, int field, gsize start);
Node *parse_quoted(Parser *parser, int field, gsize start);

/* The node of a whole value of a field, text[from, to), which stands in quotes. */
Node *parse_value(Parser *parser, int field, gsize start, gsize end, gsize from, gsize to);

/* ---- query_near.c ---- */

/* Words with a distance after the opening of "a b"~5, near5:"a b" or near5:(a b), up to their end.
 */
Node *parse_operands(Parser *parser, int field, gsize start, gboolean ordered);

/* Gives the distance; FALSE with an error about [from, to) when it is out of bounds. */
gboolean near_set_distance(Parser *parser, Node *near, guint number, gsize from, gsize to);

Node *parse_near(Parser *parser);

/* "atleast3:", "near5:" and their like: length with the colon at `text`; 0 for anything else. */
gsize counted_length(const char *text);
Node *parse_counted(Parser *parser, int field, gsize start);

/* ---- query_field.c ---- */

/* Length of "name" when the word at `text` is "name:..." and the name may be a field's; else 0. A
 * time like 10:30 is no field. */
gsize field_name_length(const char *text);
Node *parse_field(Parser *parser, gsize name_len);

/* ---- query_date.c ---- */

typedef enum DateUnit { UNIT_ANY, UNIT_YEAR, UNIT_MONTH, UNIT_DAY } DateUnit;

/* Dates in bytes [from, to) of the text, or, unquoted, at parser->at. */
Node *parse_dates(Parser *parser, DateUnit unit, gsize start, gsize from, gsize to);
Node *parse_bare_dates(Parser *parser, DateUnit unit, gsize start);

/* ---- query_parse.c ---- */

Node *parse_primary(Parser *parser);
Node *parse_boosted(Parser *parser);
Node *parse_group(Parser *parser, int field);

#endif
