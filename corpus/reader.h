/* reader.h - archives into articles: one reader a format, behind one small interface.
 *
 * To add a format: write reader_NAME.c with a `const Format format_NAME`, declare it below and add
 * it to the table in reader.c. Readers hold one record in memory at a time, never the input. */
#ifndef SITREP_READER_H
#define SITREP_READER_H

#include "article.h"
#include "text_stream.h"
#include <glib.h>

/* Why a record is no article. */
typedef struct Reject {
  guint64 record; /* from 1 within the input; 0: the input as a whole */
  guint64 line;   /* where the record starts, from 1; 0: unknown */
  char *reason;   /* a sentence; owned, see reject_clear() */
  gboolean fatal; /* nothing after it could be read: articles may be missing */
} Reject;

void reject_clear(Reject *reject);
/* Sets a reject's record, line and reason (printf-style), freeing the old reason; not fatal.
 * Control characters of the reason, which may quote the input, become '?'. */
void reject_set(Reject *reject, guint64 record, guint64 line, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

typedef enum ReadStatus {
  READ_ARTICLE,  /* *article is the caller's */
  READ_REJECTED, /* *reject says why; reading goes on with the next record */
  READ_END
} ReadStatus;

typedef struct ReadOptions {
  GHashTable *map; /* their field name (char *) -> GINT_TO_POINTER(FieldId + 1); NULL for none */
} ReadOptions;

typedef struct Format {
  const char *name;        /* as --format takes it */
  const char *description; /* for --help, one line */
  /* TRUE when `head`, the first bytes of an input as UTF-8, looks like the format. `whole` tells
   * that the head is all there is. */
  gboolean (*matches)(const char *head, gsize len, gboolean whole);
  /* Starts on a stream that stays the caller's. */
  void *(*open)(TextStream *stream, const ReadOptions *options);
  ReadStatus (*next)(void *reader, Article **article, Reject *reject);
  void (*close)(void *reader);
} Format;

/* ---- for readers ---- */

/* What next() returns when the stream failed: a fatal reject that says why. */
ReadStatus reader_failed(Reject *reject, guint64 record, const TextStream *stream);
/* TRUE when the text is nothing but white space. */
gboolean reader_is_blank(const char *text, gsize len);
/* Appends a line, without white space at its end, to text whose paragraphs are separated by blank
 * lines. `begins` tells that a paragraph begins with it; after a blank line one always does. */
void reader_append_line(GString *text, const char *line, gsize len, gboolean begins);

extern const Format format_jsonl;
extern const Format format_reuters;
extern const Format format_muc;
extern const Format format_text;

/* All formats, in the order in which they are tried; NULL-terminated. Static. */
const Format *const *formats_all(void);
/* The format called `name`, or NULL. */
const Format *format_by_name(const char *name);
/* The format of a stream, from its first bytes. NULL when none fits: then *why (valid as long as
 * the stream) is a sentence about "it", and *is_table tells that it is a table or a DTD, which
 * often lies beside articles. A table whose first line names a column for the title or the text of
 * articles holds articles, and is not meant by that. */
const Format *format_recognise(TextStream *stream, const char **why, gboolean *is_table);

#endif
