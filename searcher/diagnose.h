/* diagnose.h - why a query finds nothing, and what may have been meant. */
#ifndef SITREP_DIAGNOSE_H
#define SITREP_DIAGNOSE_H

#include "query_compile.h"

/* A part of the query: one that must match, or a word of the phrase or NEAR that the query is. */
typedef struct QueryPart {
  char *query;     /* in canonical syntax */
  guint32 alone;   /* articles that match it alone */
  guint32 without; /* articles that match all the other parts */
} QueryPart;

typedef struct Diagnosis {
  GPtrArray *parts;  /* QueryPart *, in the order of the query; none when it is one word */
  guint left_out;    /* parts after the first 20, or all of more than 200: not looked at */
  gboolean is_place; /* the parts are words of a phrase or NEAR */
  guint32 together;  /* with is_place: articles that hold all of them, wherever */
  char *suggestion;  /* a query with words of the index for those that look misspelt, or NULL */
  guint32 suggested; /* articles that match it, 1 or more */
} Diagnosis;

void diagnosis_free(Diagnosis *diagnosis); /* NULL is allowed */

/* Looks into `tree`, which matches nothing in the state of `db`; `text` and `options` as for
 * query_compile(). The tree is changed meanwhile and stands as it was afterwards. NULL with an
 * error. */
Diagnosis *diagnose(Node *tree, const char *text, ShimDb *db, const CompileOptions *options,
                    GError **error);

#endif
