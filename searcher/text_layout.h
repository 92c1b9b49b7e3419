/* text_layout.h - paragraphs on a terminal: wrapped, indented, matches made visible. */
#ifndef SITREP_TEXT_LAYOUT_H
#define SITREP_TEXT_LAYOUT_H

#include <glib.h>
#include <stdio.h>

typedef struct Layout {
  FILE *out;
  gboolean colour; /* otherwise no escape sequences at all */
  int width;       /* columns of a line */
  int indent;      /* of every line but the first, which the caller has begun at this column */
  gboolean bold, dim;
} Layout;

/* Writes a text, wrapped at spaces, newlines kept, and a newline at its end. `spans` (an array of
 * Span, see highlight.h; NULL for none) are shown in another colour. Control characters other than
 * newlines are written as spaces. */
void layout_text(const Layout *layout, const char *text, const GArray *spans);

/* Columns that a text takes on a terminal: wide characters count two, marks none. */
int layout_columns(const char *text);

#endif
