/* cuts.h - the parts of a text that are no text of the article; for article.c, which has them of an
 * article's body.
 *
 * Stretches of bytes, in order, none of them ending inside a character, each with the reason why it
 * was cut. The text itself stays as it is; cuts_text() is what is left of it. */
#ifndef SITREP_CUTS_H
#define SITREP_CUTS_H

#include <glib.h>
#include <jansson.h>

enum { CUT_WHY_MAX = 32 };

typedef struct Cut {
  gsize start, end;      /* bytes of the text, end not included */
  char why[CUT_WHY_MAX]; /* "disclaimer", NUL-terminated */
} Cut;

typedef struct Cuts Cuts;

Cuts *cuts_new(void);
void cuts_free(Cuts *cuts); /* NULL is allowed */

/* Adds a cut of `text`, always the same one, behind those that are there; one that touches the last
 * and has its reason becomes one with it. A reason of CUT_WHY_MAX bytes or more is shortened.
 * FALSE, and nothing is added, when the cut is empty, out of order, beyond the text or splits a
 * character. */
gboolean cuts_add(Cuts *cuts, const char *text, gsize start, gsize end, const char *why);

/* Them all, Cut by Cut; owned by `cuts`. */
const GArray *cuts_list(const Cuts *cuts);

/* The text without its cuts, and without white space at its end then; made when it is first asked
 * for, owned by `cuts`, good until the next cuts_add(). */
const char *cuts_text(Cuts *cuts, const char *text);

/* An array of {"start", "end", "why"}, in characters (Unicode code points) of the text, as Python
 * and jq count them. New reference. */
json_t *cuts_to_json(const Cuts *cuts, const char *text);

#endif
