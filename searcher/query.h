/* query.h - what a user typed, as a tree.
 *
 *   query     = [ or ]
 *   or        = and { "OR" and }
 *   and       = unary { [ "AND" ] unary }
 *   unary     = ( "NOT" | "-" | "+" ) unary | near
 *   near      = boosted { distance boosted }
 *   distance  = ( "NEAR" | "ADJ" ) [ [ "/" ] number ] | ( "w/" | "pre/" ) number
 *   boosted   = primary [ "^" factor ]
 *   primary   = "(" or ")" | field ":" value | "has:" field | counted | leaf
 *             | ( "date" | "year" | "month" | "day" ) ":" dates
 *   value     = "(" or ")" | counted | leaf
 *   counted   = ( "atleast" | "repeat" ) number ":" primary
 *             | ( "near" | "adj" ) [ [ "/" ] number ] ":" ( operands | '"' operands '"' )
 *   leaf      = word | "=" word | '"' phrase '"' | '"' operands '"' "~" number | pattern
 *             | word "~" [ number ] | "/" regex "/" | "@" name
 *   operands  = boosted { boosted }, in parentheses where no quotes are around them
 *
 * Operators are written in capitals; words beside each other are joined by AND, which binds tighter
 * than OR. Whatever the language has no meaning for is an error that points at the place, never
 * silently a word. The parser knows the schema and the day, and no index; query_compile.h makes a
 * search of the tree.
 *
 * What leaves match, in title and text (each is a section; nothing spans two) or, with field TITLE,
 * in the title alone. An occurrence is a place [first word, number of words] in a section:
 *   NODE_WORD      the form of `text`, and every form in articles of a language that shares a
 *                  stem with it in that language, wherever it stands; where the analyzer makes
 *                  several words of `text` (l'armée), these beside each other
 *   NODE_EXACT     the same without stems: the form itself, accents and case aside
 *   NODE_PHRASE    the exact forms of its words, beside each other, in order
 *   NODE_PATTERN   a word that the whole pattern matches: '*' any characters, none too, '?' one
 *   NODE_FUZZY     a word at most `number` edits away, in characters (insert, delete, replace,
 *                  swap neighbours: optimal string alignment)
 *   NODE_REGEX     a word that the regular expression matches as a whole; see word_regex.h
 *   NODE_ACTOR     any name of the actors that `text` is a name of, as a phrase of exact forms; a
 *                  name of none is an error of the compiler
 * Patterns, fuzzy words and regular expressions are compared with forms of the index (accents and
 * case folded), of which the `expansion` most frequent are used; a cut is told.
 * Inside NODE_NEAR and NODE_ATLEAST a NODE_OR of leaves has the occurrences of all of them.
 *   NODE_NEAR      one occurrence of each child, none overlapping another, in one section, with
 *                  at most number - 1 words between the first and the last that belong to none of
 *                  them; `ordered`: in the order of the children. "a b"~5 is NEAR/6 of words, since
 *                  Lucene counts the words between and NEAR (Xapian, notmuch) the steps.
 *   NODE_ATLEAST   occurrences of the child begin at `number` different words or more, title and
 *                  text together
 * With any other field a leaf matches values instead of words: see query_compile.h.
 *
 * Whoever reads a tree may rely on this:
 *   - NODE_ALL is a whole tree. AND and OR have two children or more, none of their own kind.
 *   - NEAR and ATLEAST hold no more than their lines below say, all of FIELD_ANY or all of
 *     FIELD_TITLE; so do EXACT and ACTOR. PATTERN, FUZZY and REGEX may also be of a KIND_KEYWORD
 *     field other than FIELD_LANG. Ids, URLs, countries and languages are NODE_WORDs whether in
 *     quotes or not, countries by their alpha-2 code where the name is known.
 *   - A pattern has a letter or digit and no two '*' beside each other; its other characters, and
 *     those of fuzzy words, are letters, digits, marks, apostrophes and what joins digits.
 *   - BOOST is on no BOOST, and something in it gives weight. */
#ifndef SITREP_QUERY_H
#define SITREP_QUERY_H

#include "../corpus/date.h"
#include "../corpus/schema.h"
#include <glib.h>

typedef enum NodeKind {
  NODE_ALL,     /* every article: an empty query */
  NODE_WORD,    /* a word, by stem (or words of a value of a field) */
  NODE_EXACT,   /* =word */
  NODE_PHRASE,  /* "words as they stand" (or one value of a field) */
  NODE_PATTERN, /* attack*, *attack, r*d, organi?ation */
  NODE_FUZZY,   /* word~1: `number` edits, 1 or 2 */
  NODE_REGEX,   /* /mo(j|dj)ahed.*n/ */
  NODE_ACTOR,   /* @mek */
  NODE_HAS,     /* has:FIELD: articles with a value of `field` */
  NODE_DATE,    /* from a day to a day */
  NODE_NEAR,    /* a NEAR/5 b: two children or more, leaves or ORs of leaves, of one field */
  NODE_ATLEAST, /* atleast3:word: one child, a leaf or an OR of leaves of one field */
  NODE_BOOST,   /* (a OR b)^2: one child, whose weight is multiplied by `factor` */
  NODE_AND,
  NODE_OR,
  NODE_NOT /* one child */
} NodeKind;

enum {
  FIELD_ANY = -1,
  NEAR_DEFAULT = 10,
  NEAR_MAX = 1000,
  ATLEAST_MAX = 1000,
  FUZZY_DEFAULT = 2,
  FUZZY_MAX = 2,
  QUERY_DEPTH_MAX = 1000 /* levels of parentheses, NOTs and signs; more are refused, so that no
                            query can exhaust the stack */
};

/* Factors, multiplied where one is inside another. */
#define BOOST_MIN 0.001
#define BOOST_MAX 1000.0

typedef struct Node {
  NodeKind kind;
  int field;           /* of leaves and NODE_HAS: FieldId, or FIELD_ANY for title and text */
  char *text;          /* of leaves, as typed, without quotes and signs */
  guint number;        /* of NEAR, ATLEAST (from 1), FUZZY */
  gboolean ordered;    /* of NEAR: ADJ */
  double factor;       /* of BOOST: above 0 */
  Date from, to;       /* of NODE_DATE, at the precision typed; year 0: open */
  GPtrArray *children; /* Node *, owned; of NEAR, ATLEAST, BOOST, AND, OR, NOT */
  gsize start, end;    /* bytes of the query text; 0, 0 when it came from elsewhere */
} Node;

void node_free(Node *node); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Node, node_free)

/* Parses a query. Relative dates ("yesterday", "30d..") are counted from `today` and stand in the
 * tree as the days they are, so that a query as understood can be asked again later; NULL: the
 * machine's day, local time. NULL with an error whose message has three lines: a sentence, the
 * query (of a long one what surrounds the place), and a caret under the place. */
Node *query_parse(const char *text, const Date *today, GError **error);

/* A value of a field, as query_parse() reads `field:"value"`, checked the same way; for filters
 * that come as options. NULL with an error. */
Node *query_value(FieldId field, const char *value, GError **error);

/* A range of dates, "1987", "1987-03..", "..2020-01-01", "[1987 TO 1990]", "30d.."; NULL with an
 * error. */
Node *query_date(const char *text, const Date *today, GError **error);

/* TRUE when "and", "or" or "not" stands in the tree as a word to look for, not in a distance:
 * people often mean the operator. */
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
