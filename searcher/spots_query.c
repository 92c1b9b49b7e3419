/* spots_query.c - see spots_query.h */
#include "spots_query.h"

#include "../corpus/schema.h"

static void free_spots(void *context)
{
  spots_free(context);
}

/* What spots_hold() asks, in the shim's words. */
typedef struct Question {
  ShimHas has;
  void *asked;
} Question;

static gboolean has_term(void *context, guint term)
{
  const Question *question = context;
  return question->has(question->asked, term);
}

static bool passes(void *context, const char *value, size_t len, ShimHas has, void *asked)
{
  Question question = {has, asked};
  return spots_hold(context, value, len, has_term, &question);
}

ShimStatus spots_query(const ShimQuery *among, Spots *spots, ShimQuery **query)
{
  const GPtrArray *terms = spots_terms(spots);
  ShimTest test = {.slot = SLOT_POSITIONS,
                   .terms = (const char *const *)terms->pdata,
                   .n_terms = terms->len,
                   .passes = passes,
                   .context = spots,
                   .free_context = free_spots};
  return shim_query_test(among, &test, query);
}
