/* highlight.h - where a query's words stand in a text, and the passage that shows them best. */
#ifndef SITREP_HIGHLIGHT_H
#define SITREP_HIGHLIGHT_H

#include <glib.h>

typedef struct Highlighter Highlighter;

/* Works with the patterns of a compiled query, which must outlive it. Never NULL. */
Highlighter *highlighter_new(const GPtrArray *patterns);
void highlighter_free(Highlighter *highlighter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Highlighter, highlighter_free)

/* Bytes [start, end) of a text that match. */
typedef struct Span {
  gsize start, end;
} Span;

/* The matches in a text, in order and without overlap: an array of Span. `is_title` says whether
 * words from title: count. Free with g_array_unref(). */
GArray *highlight(Highlighter *highlighter, const char *text, gsize len, gboolean is_title);

typedef struct Snippet {
  char *text;    /* one line, with "…" where the text goes on */
  GArray *spans; /* Span: matches in `text` */
} Snippet;

/* The passage of about `width` characters with the most different words of the query, the earliest
 * of equals; the beginning of the text when none of them is in it. */
Snippet highlight_snippet(Highlighter *highlighter, const char *text, gsize len, gsize width);
void snippet_clear(Snippet *snippet);

#endif
