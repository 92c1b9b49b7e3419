/* query_compile.h - a query tree into a search of one index, and what its words match there. */
#ifndef SITREP_QUERY_COMPILE_H
#define SITREP_QUERY_COMPILE_H

#include "../shim/database.h"
#include "../shim/query.h"
#include "expand.h"
#include "query.h"
#include <glib.h>

/* Words to highlight: a sequence of steps, each the set of forms (accent-folded) that match there;
 * most patterns have one step, phrases several. */
typedef struct Pattern {
  GPtrArray *steps;    /* GHashTable * used as a set of char * */
  gboolean title_only; /* from title: */
} Pattern;

/* What a leaf of the query became in this index. */
typedef struct LeafReport {
  const Node *leaf; /* of the tree, which must outlive the report */
  char *word;       /* the word of the leaf that this is about, as its form */
  GPtrArray *forms; /* FormCount *, most frequent first, equals in byte order; those with count 0
                       left out. Of a leaf of a field: values; of NODE_ACTOR: names */
  guint32 found;    /* forms that match; more than forms->len: cut at the limit */
} LeafReport;

typedef struct CompileOptions {
  guint32 expansion; /* words that a pattern, fuzzy word or regular expression may become; 0:
                        EXPANSION_DEFAULT */
  gboolean reports;
} CompileOptions;

typedef struct CompiledQuery {
  ShimQuery *query;
  ShimQuery *weights;  /* the query without what only filters, when there is any; else NULL */
  GPtrArray *patterns; /* Pattern *; words under NOT have none */
  GPtrArray *reports;  /* LeafReport *, in the order of the query; NULL unless asked for */
  guint32 cut;         /* leaves that were cut at the limit of expansion: the answer is partial */
  GHashTable *chosen;  /* set of terms of values that every match must have, or be one of */
  gboolean has_chosen[FIELD_COUNT]; /* fields that some of these belong to */
  gboolean is_ranked;               /* FALSE when nothing in it has weight: only filters */
} CompiledQuery;

void compiled_query_free(CompiledQuery *compiled); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CompiledQuery, compiled_query_free)

/* Compiles `node` against the state of `db`. `text` is the query as typed, for the places of
 * errors. `options` may be NULL. NULL with an error.
 *
 * A word matches the forms that share its stem in any language the index holds; beside a lang:
 * filter (a child of the same AND, one language or an OR of some; of several ANDs the innermost) in
 * these languages alone. A phrase matches the words as written.
 *
 * In fields: a word (actor:hamas) matches the values that hold it, several words those that hold
 * them beside each other; in quotes (actor:"Hamas", and filters) the whole value when the index has
 * it, else the values that hold its words beside each other. A pattern, fuzzy word or regular
 * expression matches the values that hold a word which it matches; of ids and URLs the parser makes
 * none. Stems play no part there. A name of an actor (actors.h), in quotes or not, also matches
 * what that actor is called in the index: actor:mko. */
CompiledQuery *query_compile(const Node *node, const char *text, ShimDb *db,
                             const CompileOptions *options, GError **error);

#endif
