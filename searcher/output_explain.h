/* output_explain.h - how a query was understood, and why it finds nothing, for the outputs. */
#ifndef SITREP_OUTPUT_EXPLAIN_H
#define SITREP_OUTPUT_EXPLAIN_H

#include "output.h"
#include <jansson.h>

/* What a report is about, as people read it: the word as its leaf has it ("\"oil\"", "title:oil"),
 * the whole leaf where it expands. g_free() it. */
char *explain_label(const LeafReport *report);

/* Writes a line for each word of the query with what it matches in the index, when the answer has
 * reports. */
void explain_write(const Answer *answer, const OutputContext *context);
/* Writes a sentence for patterns that were cut, when there are some. */
void explain_write_cut(const Answer *answer, FILE *out);
/* Writes which parts of the query match, and what may have been meant, when the answer says so. */
void diagnosis_write(const Answer *answer, const OutputContext *context);

/* The same as JSON; NULL when the answer has none. */
json_t *explain_json(const Answer *answer);
json_t *diagnosis_json(const Answer *answer);

#endif
