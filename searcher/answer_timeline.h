/* answer_timeline.h - when the matches of an answer were published. For answer.c alone. */
#ifndef SITREP_ANSWER_TIMELINE_H
#define SITREP_ANSWER_TIMELINE_H

#include "../shim/set.h"
#include "answer.h"

/* Fills in answer->timeline for `set`, all that match `tree`. FALSE with an error. */
gboolean answer_count_timeline(Answer *answer, const Request *request, const Node *tree,
                               const ShimSet *set, GError **error);

#endif
