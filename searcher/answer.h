/* answer.h - what an index answers to a request. Outputs (output.h) write it in many forms. */
#ifndef SITREP_ANSWER_H
#define SITREP_ANSWER_H

#include "../corpus/article.h"
#include "../shim/database.h"
#include "../shim/match.h"
#include "copies.h"
#include "diagnose.h"
#include "highlight.h"
#include "query_compile.h"
#include "request.h"
#include <glib.h>

typedef struct FacetValue {
  char *value;       /* as articles hold it: a code for countries */
  const char *label; /* what people read; owned by the value or static */
  guint32 count;     /* matches that have it, exact; see also Request.facets_apart */
  gboolean selected; /* the request asks for it */
} FacetValue;

typedef struct Facet {
  FieldId field;
  GPtrArray *values; /* FacetValue *, most frequent first, equals in byte order */
  guint32 distinct;  /* how many values there are; more than `values` holds: truncated */
} Facet;

typedef struct Answer {
  char *understood; /* the query and filters in canonical syntax */
  const char *hint; /* a sentence about a likely slip in the query, NULL for none; static */
  char *index_uuid;
  guint64 revision;
  guint32 articles;             /* in the index */
  ShimCounts total;             /* lower == upper: exact */
  guint32 offset;               /* rank of the first hit, from 0 */
  GPtrArray *facets;            /* Facet *, those asked for, in the schema's order */
  char *first_date, *last_date; /* of what matches, where asked for; NULL without dates */
  Timeline *timeline;           /* NULL when not asked for */
  char *digest; /* SHA-256 of the ids of all matches (digest.h); NULL when not asked for */
  Node *tree;   /* what was asked */
  CompiledQuery *compiled; /* its reports are of leaves of the tree */
  Diagnosis *diagnosis;    /* where asked for and nothing matches, else NULL */
  ShimMatches *matches;    /* NULL when no hits were asked for */
  Highlighter *highlighter;
  gboolean with_copies; /* answer_hit() finds copies; for outputs that show them to set */
  ShimDb *db;           /* not owned */
} Answer;

/* Answers a request on one consistent state of the index; NULL with an error. `db` must outlive
 * the answer. */
Answer *answer_new(const Request *request, ShimDb *db, GError **error);
void answer_free(Answer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Answer, answer_free)

/* How many hits the answer holds. */
guint32 answer_size(const Answer *answer);

typedef struct Hit {
  guint32 rank; /* from 1 */
  double score; /* 0 when not sorted by relevance */
  Article *article;
  Copies copies; /* where Answer.with_copies asks for them */
} Hit;

typedef enum HitStatus { HIT_OK, HIT_GONE, HIT_FAILED } HitStatus;

/* Loads hit `i` (from 0). HIT_GONE: a writer has deleted it meanwhile. HIT_FAILED: error is set. */
HitStatus answer_hit(Answer *answer, guint32 i, Hit *hit, GError **error);
void hit_clear(Hit *hit);

/* Label of a facet value: a country's name, otherwise the value itself. */
const char *facet_label(FieldId field, const char *value);

/* The article of a document, for work on one state of the index; NULL when it is damaged. */
ShimStatus answer_load(ShimDb *db, guint32 docid, Article **article);

/* The article with that id; NULL with an error. Free with article_free(). */
Article *answer_article(ShimDb *db, const char *id, GError **error);

#endif
