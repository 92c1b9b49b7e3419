/* query_compiler.h - what the files of the query compiler share; nothing else includes it.
 *
 * query_compile.c has the operators, query_compile_words.c makes of a leaf what it looks for,
 * query_compile_text.c searches for that in title and text, query_compile_values.c in values of
 * fields, query_compile_dates.c has dates, query_compile_shim.c builds the shim's queries.
 * Functions that return a query return NULL with an error. */
#ifndef SITREP_QUERY_COMPILER_H
#define SITREP_QUERY_COMPILER_H

#include "../corpus/index_state.h"
#include "query_compile.h"

typedef struct Compiler {
  ShimDb *db;
  IndexState *state;
  const char *text;
  CompileOptions options;
  CompiledQuery *out;
  const GPtrArray *langs; /* char *: stem in these; NULL: in all that the index holds */
  guint32
      whole; /* documents of an index with gaps in its numbers, 0 for others: see without_bug() */
  guint negations;    /* how many NOTs are above */
  gboolean choice;    /* only ANDs, and ORs within one field, are above */
  gboolean must;      /* only ANDs are above: every match has this */
  guint expanded;     /* words that patterns became so far */
  double factor;      /* product of the BOOSTs above */
  GPtrArray *weights; /* ShimQuery *: of what every match must have, what has weight */
  gboolean filters;   /* there is something without */
  GError **error;
} Compiler;

/* ---- query_compile_shim.c ---- */

/* Sets the error when a call of the shim failed. */
ShimQuery *compiler_checked(Compiler *compiler, ShimStatus status, ShimQuery *const *query);

GPtrArray *compiler_parts(void); /* an array that frees its queries */
/* Adds a part, which may be NULL with an error: FALSE then. */
gboolean compiler_add(GPtrArray *parts, ShimQuery *part);
ShimQuery *compiler_join(Compiler *compiler, ShimOp op, GPtrArray *parts);
ShimQuery *compiler_all(Compiler *compiler);
ShimQuery *compiler_as_filter(Compiler *compiler, ShimQuery *part); /* frees it, may be NULL */
ShimQuery *compiler_filter_term(Compiler *compiler, const GString *term); /* a term of a value */
/* Documents with any of the forms, weighted as one word. */
ShimQuery *compiler_synonym(Compiler *compiler, GHashTable *forms, const char *prefix);
/* Keeps a part as one that gives weight, when every match must have it. FALSE with an error. */
gboolean compiler_weigh(Compiler *compiler, const ShimQuery *part);

/* ---- query_compile_words.c ---- */

gboolean compiler_is_text(const Node *leaf); /* of title and text, not of values of a field */
const char *compiler_prefix(const Node *leaf);

GPtrArray *compiler_sequences(void); /* an array of Pattern * that frees them */
Pattern *compiler_add_sequence(GPtrArray *sequences, gboolean title_only); /* without steps */

/* Adds to `sequences` (Pattern *) what a leaf of title or text looks for. FALSE with an error. */
gboolean compiler_look_for(Compiler *compiler, const Node *leaf, GPtrArray *sequences);
/* Counts an expansion of a leaf; FALSE with an error, freeing it, when it is too much. */
gboolean compiler_count(Compiler *compiler, const Node *leaf, const Expansion *expansion);
/* The test for words of a PATTERN, FUZZY or REGEX; NULL with an error. */
WordTest *compiler_word_test(Compiler *compiler, const Node *leaf);
/* The words of a text as they are, char *; NULL with an error. */
GPtrArray *compiler_words(Compiler *compiler, const Node *node);

/* The numbers (guint32) of the actors that the text of a node names; FALSE when there are none. */
gboolean compiler_actors(Compiler *compiler, const Node *node, GArray *numbers);

/* Reports what a word of a leaf became; takes over `forms` (FormCount *). */
void compiler_report(Compiler *compiler, const Node *leaf, const char *word, Expansion expansion);

/* ---- the kinds of nodes ---- */

ShimQuery *compile_text(Compiler *compiler, const Node *node); /* a leaf, NEAR or ATLEAST */
ShimQuery *compile_value(Compiler *compiler, const Node *node);
ShimQuery *compile_has(Compiler *compiler, const Node *node);
ShimQuery *compile_date(Compiler *compiler, const Node *node);

/* The code of a language that a leaf of FIELD_LANG names; g_free() it. */
char *compiler_language(const Node *leaf);

#endif
