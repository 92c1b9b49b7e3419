/* ends.h - the first and last lines of a body, and by what they are known again.
 *
 * Blank lines are passed over, and no line has white space at its ends. A body without line breaks
 * has no first lines, and its last "lines" are the sentences of its end. */
#ifndef SITREP_ENDS_H
#define SITREP_ENDS_H

#include "boilerplate.h"
#include <glib.h>

enum {
  ENDS_HEAD = 5,
  ENDS_TAIL = 40,
  ENDS_KNOWN = 13,     /* of these have a key */
  ENDS_FLAT = 2048,    /* bytes at the end of a body without line breaks that are looked at */
  ENDS_LINE_MAX = 1000 /* bytes of a line that can be learnt */
};

typedef struct EndLine {
  gsize start, end; /* bytes of the body */
  guint64 key;      /* ends_key(), 0: the line cannot be learnt */
} EndLine;

typedef struct Ends {
  guint n_head, n_tail;
  gboolean flat;           /* the body has no line breaks */
  EndLine head[ENDS_HEAD]; /* from the first line on */
  EndLine tail[ENDS_TAIL]; /* from the last line on, upwards */
} Ends;

/* Finds them in the body of an article of `source` ("": unknown). `words` is used up. */
void ends_find(Ends *ends, const Boilerplate *table, const char *source, const char *body,
               GArray *words);

/* The key of a source's first (`head`) or last line: a hash of both, never 0, in which every run of
 * white space is one space and ASCII letters are small. 0 when the line is longer than
 * ENDS_LINE_MAX, or has no letter. */
guint64 ends_key(const char *source, gboolean head, const char *line, gsize len);

/* Where the line begins that a byte stands in, or behind. */
gsize ends_line_start(const char *body, gsize at);

/* Takes white space off both ends of a line; FALSE when nothing is left. */
gboolean ends_trim(const char *body, EndLine *line);

#endif
