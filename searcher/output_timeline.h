/* output_timeline.h - an answer's timeline as text, JSON, JSON Lines and CSV. */
#ifndef SITREP_OUTPUT_TIMELINE_H
#define SITREP_OUTPUT_TIMELINE_H

#include "output.h"
#include <jansson.h>

/* For Output.timeline; the answer must have a timeline. */
gboolean timeline_text(Answer *answer, const OutputContext *context, GError **error);
gboolean timeline_jsonl(Answer *answer, const OutputContext *context, GError **error);
gboolean timeline_csv(Answer *answer, const OutputContext *context, GError **error);

/* The timeline as a member of an answer in JSON. New reference. */
json_t *timeline_json(const Timeline *timeline);

#endif
