/* output.h - answers written for people and programs.
 *
 * To add a form of output: write output_NAME.c with a `const Output output_NAME`, declare it below
 * and add it to the table in output.c. An output writes to a stream as it goes, so that any number
 * of hits passes in bounded memory. */
#ifndef SITREP_OUTPUT_H
#define SITREP_OUTPUT_H

#include "answer.h"
#include <glib.h>
#include <stdio.h>

typedef struct OutputContext {
  FILE *out;
  const Request *request;
  gboolean colour; /* escape sequences are welcome */
  int width;       /* columns to wrap text at */
} OutputContext;

typedef struct Output {
  const char *name; /* as --format takes it */
  /* Hits, and facets where asked for. FALSE with an error. */
  gboolean (*search)(Answer *answer, const OutputContext *context, GError **error);
  /* Facets alone; NULL when the form has none. */
  gboolean (*facets)(Answer *answer, const OutputContext *context, GError **error);
} Output;

extern const Output output_text;
extern const Output output_json;
extern const Output output_jsonl;
extern const Output output_csv;

/* The output called `name`, or NULL. */
const Output *output_by_name(const char *name);

/* Characters of a snippet, about. */
enum { SNIPPET_WIDTH = 240 };

/* ---- what several of them need ---- */

/* The article's best passage for the answer's query; clear with snippet_clear(). */
Snippet output_snippet(Answer *answer, const Article *article);

/* The values of a field joined by `separator`, labels for countries; NULL when there are none.
 * g_free() it. */
char *output_values(const Article *article, FieldId field, const char *separator);

/* "1,234": a number with thousands commas; g_free() it. */
char *output_number(guint64 number);

/* Writes a cell of CSV (RFC 4180), which may be NULL, and the end of a row. */
void output_cell(FILE *out, const char *text, gboolean first);
void output_end_row(FILE *out);

/* Printable text: control characters become spaces, so that no archive can command a terminal.
 * g_free() it. */
char *output_printable(const char *text);

#endif
