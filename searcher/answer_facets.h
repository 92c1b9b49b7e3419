/* answer_facets.h - counts what is in all matches of an answer. For answer.c alone. */
#ifndef SITREP_ANSWER_FACETS_H
#define SITREP_ANSWER_FACETS_H

#include "../shim/set.h"
#include "answer.h"

/* TRUE when the request asks for any facet. */
gboolean wants_facets(const Request *request);

/* Fills in answer->facets for `set`, all that match answer->compiled. FALSE with an error. */
gboolean answer_count_facets(Answer *answer, const Request *request, const ShimSet *set,
                             GError **error);

void facet_free(gpointer facet);

#endif
