/* query.h - what a user typed, as a tree.
 *
 *   query   = or
 *   or      = and { "OR" and }
 *   and     = unary { [ "AND" ] unary }
 *   unary   = ( "NOT" | "-" | "+" ) unary | primary
 *   primary = "(" or ")" | field ":" value | '"' phrase '"' | word
 *   value   = word | '"' phrase '"' | "(" or ")" | date
 *   date    = day | [ day ] ".." [ day ] | "[" day "TO" day "]"
 *   day     = 1987 | 1987-03 | 1987-03-01
 *
 * Operators are written in capitals; words beside each other are joined by AND, which binds tighter
 * than OR. Whatever the language has no meaning for is an error that points at the place, never
 * silently a word. The parser knows the schema and no index; query_compile.h makes a search of the
 * tree. */
#ifndef SITREP_QUERY_H
#define SITREP_QUERY_H

#include "../corpus/date.h"
#include "../corpus/schema.h"
#include <glib.h>

typedef enum NodeKind {
  NODE_ALL,    /* every article: an empty query */
  NODE_WORD,   /* a word, by stem (or one value of a field) */
  NODE_PHRASE, /* words as they stand, beside each other (or one value of a field) */
  NODE_DATE,   /* from a day to a day */
  NODE_AND,
  NODE_OR,
  NODE_NOT /* one child */
} NodeKind;

enum { FIELD_ANY = -1 };

typedef struct Node {
  NodeKind kind;
  int field;           /* FieldId, or FIELD_ANY for the text */
  char *text;          /* of NODE_WORD and NODE_PHRASE, as typed, without quotes */
  Date from, to;       /* of NODE_DATE, at the precision typed; year 0: open */
  GPtrArray *children; /* Node *, owned; of AND, OR, NOT */
  gsize start, end;    /* bytes of the query text; 0, 0 when it came from elsewhere */
} Node;

void node_free(Node *node); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Node, node_free)

/* Parses a query. NULL with an error whose message has three lines: a sentence, the query (of a
 * long one what surrounds the place), and a caret under the place. */
Node *query_parse(const char *text, GError **error);

/* A value of a field, as query_parse() reads `field:"value"`, checked the same way; for filters
 * that come as options. NULL with an error. */
Node *query_value(FieldId field, const char *value, GError **error);

/* A range of dates, "1987", "1987-03..", "..2020-01-01", "[1987 TO 1990]"; NULL with an error. */
Node *query_date(const char *text, GError **error);

/* TRUE when "and", "or" or "not" stands in the tree as a word to look for: people often mean the
 * operator. */
gboolean query_has_lower_operator(const Node *node);

/* Joins two trees, taking over both; either may be NULL. */
Node *node_join(NodeKind kind, Node *left, Node *right);

/* The tree in canonical syntax, which parses back to the same tree; g_free() it. */
char *query_print(const Node *node);

/* Bytes of an opening or closing quotation mark at `text`, straight or as word processors make
 * them; 0 when there is none. */
gsize query_quote(const char *text);

/* Sets an error about bytes `start` to `end` of a query, as places in nodes: message, query and
 * caret. The message alone when both are 0: the node came from elsewhere. */
void query_error(GError **error, const char *text, gsize start, gsize end, const char *format, ...)
    G_GNUC_PRINTF(5, 6);

#endif
