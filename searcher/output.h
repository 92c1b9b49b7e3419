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

/* Addresses of a page that gives the same answers. Each function's result is g_free()d, NULL where
 * there is no such address. */
typedef struct OutputUrls {
  const char *self;   /* of what is being written */
  const char *search; /* of the same search as a page */
  char *(*article)(gpointer data, const Article *article);
  /* of the search with a value of a facet chosen, or no longer when it is */
  char *(*toggle)(gpointer data, FieldId field, const FacetValue *value);
  gpointer data;
} OutputUrls;

typedef struct OutputContext {
  FILE *out;
  const Request *request;
  gboolean colour;        /* escape sequences are welcome */
  int width;              /* columns to wrap text at */
  gboolean share;         /* the bars of a timeline show shares, not numbers */
  const OutputUrls *urls; /* NULL when there is no page, as on the command line */
  gint64 updated;         /* when the index was last written, in seconds since 1970 */
  const char *query_id;   /* names the query in a TREC run */
} OutputContext;

typedef struct Output {
  const char *name; /* as --format takes it */
  /* Hits, and facets where asked for. FALSE with an error. */
  gboolean (*search)(Answer *answer, const OutputContext *context, GError **error);
  /* Facets alone; NULL when the form has none, as for those below. */
  gboolean (*facets)(Answer *answer, const OutputContext *context, GError **error);
  /* The timeline alone. */
  gboolean (*timeline)(Answer *answer, const OutputContext *context, GError **error);
  /* One article, whole, that no query found. */
  gboolean (*article)(const Article *article, const OutputContext *context, GError **error);
  /* It says itself when patterns were cut; rows of hits have no place for that. */
  gboolean tells_cut;
} Output;

extern const Output output_text;
extern const Output output_json;
extern const Output output_jsonl;
extern const Output output_csv;
extern const Output output_atom;
extern const Output output_ris;
extern const Output output_bibtex;
extern const Output output_trec;

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

/* Calls `write` with each hit, in order, loaded one at a time; those that a writer has deleted
 * meanwhile are passed over. FALSE with an error. */
typedef void (*OutputHit)(Answer *answer, const Hit *hit, gpointer data);
gboolean output_hits(Answer *answer, OutputHit write, gpointer data, GError **error);

/* Writes as a JSON object on one line where an answer comes from: the query, as typed and as
 * understood, the index and its revision, the count, and the digest where it was asked for. */
void output_provenance(const Answer *answer, const OutputContext *context);

/* "about 200 articles (4 to 818) for oil AND prices"; g_free() it. */
char *output_total(const Answer *answer);

/* The title; for an article without one the beginning of its text. g_free() it. */
char *output_heading(const Article *article, gboolean *is_title);

/* Where an answer comes from in one line, for notes: what output_provenance() tells programs, but
 * the query as typed. g_free() it. */
char *output_note(const Answer *answer);

/* Writes an article as text in a line: date, heading, source, id. */
void output_text_line(const Article *article, gboolean bold, const OutputContext *context);

/* Writes a bar for a part of the longest one, which is 1. */
void output_bar(FILE *out, double part);

/* "1,234": a number with thousands commas; g_free() it. */
char *output_number(guint64 number);

/* Writes a cell of CSV (RFC 4180), which may be NULL, and the end of a row. */
void output_cell(FILE *out, const char *text, gboolean first);
void output_end_row(FILE *out);

/* Printable text: control characters become spaces, so that no archive can command a terminal.
 * g_free() it. */
char *output_printable(const char *text);
/* The same on one line: newlines become spaces, too. g_free() it. */
char *output_line(const char *text);

#endif
