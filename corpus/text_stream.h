/* text_stream.h - one input as lines of UTF-8, whatever it was compressed and encoded with.
 *
 * Bytes come from an Input (input.h). UTF-16 and UTF-32 are known by their byte order mark. In any
 * other input a line that is no valid UTF-8 is converted from the fallback encoding: the one the
 * user named, else what ICU's detector says of the first such bytes, else windows-1252 (which holds
 * Latin-1). UTF-8 with a few broken bytes in it is taken for what it is, unless the user named an
 * encoding. Nothing is dropped: NUL becomes U+FFFD, bytes without meaning U+FFFD. */
#ifndef SITREP_TEXT_STREAM_H
#define SITREP_TEXT_STREAM_H

#include <glib.h>

/* The longest line, and the longest record, that is kept in memory, in bytes. */
#define TEXT_RECORD_MAX (32u << 20)

/* Where bytes come from: fills `buffer` with up to `size` bytes, returns how many, 0 at the end, -1
 * with `error` set when reading fails. */
typedef gssize (*ByteSource)(void *context, char *buffer, gsize size, GError **error);

typedef struct TextStream TextStream;

/* Starts on a source. `encoding` is an ICU converter name, or NULL to find out; one that ICU does
 * not know makes the first line fail. The source must outlive the stream. Never NULL. */
TextStream *text_stream_new(ByteSource source, void *context, const char *encoding);
void text_stream_free(TextStream *stream);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TextStream, text_stream_free)

/* The first bytes of the input as UTF-8 (up to 64 KiB), without consuming them, to be asked for
 * before the first line; `whole` tells that they are all; `binary` that they hold more NUL bytes
 * and control characters than text does (one in 200). Owned by the stream, valid until the next
 * text_stream_line(). */
const char *text_stream_head(TextStream *stream, gsize *len, gboolean *whole, gboolean *binary);

typedef enum LineStatus {
  LINE_OK,
  LINE_TOO_LONG, /* over TEXT_RECORD_MAX: its end was skipped, `line` holds the first 256 bytes */
  LINE_END,
  LINE_FAILED /* the input cannot be read on; see text_stream_error() */
} LineStatus;

/* The next line without its end (LF, CRLF or CR before LF), valid UTF-8 without NUL,
 * NUL-terminated, valid until the next call. A last line without end counts. */
LineStatus text_stream_line(TextStream *stream, const char **line, gsize *len);

/* The number of the line that was last returned, from 1. */
guint64 text_stream_line_number(const TextStream *stream);
/* Bytes of the source consumed so far. */
guint64 text_stream_bytes(const TextStream *stream);
/* How many lines were not UTF-8 and were converted, and from what: the name of an encoding or
 * "damaged UTF-8", NULL when none were; owned by the stream. */
guint64 text_stream_converted(const TextStream *stream, const char **encoding);
/* The sentence of the failure, NULL when there was none. Owned by the stream. */
const char *text_stream_error(const TextStream *stream);

#endif
