/* text_stream.c - see text_stream.h
 *
 * Bytes pass from the source into one buffer and are cut into lines there. In wide input (UTF-16,
 * UTF-32) a transcoder sits in between, so that the buffer always holds something in which LF is
 * one byte. A line that is valid UTF-8 is handed out where it lies, any other as a copy. */
#include "text_stream.h"

#include "encoding.h"
#include <string.h>
#include <unicode/utf8.h>

enum {
  CHUNK = 256 << 10,    /* read at a time */
  LINE_KEPT = 1 << 20,  /* room for a converted line that is not given back */
  HEAD_SIZE = 64 << 10, /* shown by text_stream_head() */
  STUB_SIZE = 256,      /* kept of a line that is too long */
};

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */

/* Turns a source in UTF-16 or UTF-32 into one in UTF-8. */
typedef struct Transcoder {
  UConverter *from, *to;
  UChar pivot[1024];
  UChar *pivot_read, *pivot_write;
  char raw[CHUNK];
  const char *raw_at, *raw_end;
  gboolean started;
} Transcoder;

struct TextStream {
  ByteSource source;
  void *context;
  guint64 source_bytes; /* read from the source */
  gboolean source_ended;
  char *error;

  Transcoder *transcoder; /* NULL unless the input is wide */
  char *buffer;           /* start..end are pending, always with room for a NUL behind them */
  gsize start, end, capacity;
  gsize taken; /* bytes of the line last returned, which go when the next one is asked for */
  gboolean opened;

  char *named_encoding; /* by the user; NULL: find out */
  UConverter *fallback; /* for lines that are no UTF-8; opened at the first of them */
  const char *fallback_name;
  guint64 line_number, converted;
  GString *line, *head;
};

/* ---- UTF-8 ---------------------------------------------------------------------------------- */

/* TRUE when the text is UTF-8, NUL bytes apart. */
static gboolean is_utf8(const char *text, gsize len)
{
  const char *end = text + len;
  while (!g_utf8_validate_len(text, (gsize)(end - text), &text)) {
    if (*text != '\0') return FALSE;
    text++;
  }
  return TRUE;
}

/* TRUE for UTF-8 with a few bytes broken, as cutting and patching leave it. In text of another
 * encoding hardly any character happens to be UTF-8. */
static gboolean is_damaged_utf8(const char *text, gsize len)
{
  gsize good = 0, bad = 0;
  for (gsize i = 0; i < len;) {
    if ((guint8)text[i] < 0x80) {
      i++;
      continue;
    }
    UChar32 c;
    U8_NEXT(text, i, len, c);
    if (c >= 0)
      good++;
    else
      bad++;
  }
  return good > 2 * bad;
}

static void append_without_nul(GString *out, const char *text, gsize len)
{
  const char *end = text + len;
  const char *nul;
  while ((nul = memchr(text, '\0', (gsize)(end - text))) != NULL) {
    g_string_append_len(out, text, nul - text);
    g_string_append(out, replacement);
    text = nul + 1;
  }
  g_string_append_len(out, text, end - text);
}

/* Up to `size` bytes of a text, without a UTF-8 character cut at the end. */
static gsize cut_utf8(const char *text, gsize len, gsize size)
{
  if (len <= size) return len;
  for (gsize back = 0; back < U8_MAX_LENGTH && back < size; back++)
    if (((guint8)text[size - back] & 0xC0) != 0x80) return size - back;
  return size;
}

/* ---- reading -------------------------------------------------------------------------------- */

static void fail(TextStream *stream, const char *reason)
{
  if (stream->error == NULL) stream->error = g_strdup(reason);
}

/* Reads from the source, with its failures noted; 0 at the end and on failure. */
static gsize read_source(TextStream *stream, char *to, gsize size)
{
  if (stream->source_ended || stream->error != NULL) return 0;
  g_autoptr(GError) error = NULL;
  gssize n = stream->source(stream->context, to, size, &error);
  if (n < 0) {
    fail(stream, error != NULL ? error->message : "the input cannot be read");
    return 0;
  }
  if (n == 0) stream->source_ended = TRUE;
  stream->source_bytes += (guint64)n;
  return (gsize)n;
}

static void transcoder_free(Transcoder *transcoder)
{
  if (transcoder == NULL) return;
  ucnv_close(transcoder->from);
  ucnv_close(transcoder->to);
  g_free(transcoder);
}

static Transcoder *transcoder_new(const char *encoding)
{
  Transcoder *transcoder = g_new(Transcoder, 1);
  transcoder->from = encoding_open(encoding);
  transcoder->to = encoding_open("UTF-8");
  transcoder->pivot_read = transcoder->pivot_write = transcoder->pivot;
  transcoder->raw_at = transcoder->raw_end = transcoder->raw;
  transcoder->started = FALSE;
  if (transcoder->from != NULL && transcoder->to != NULL) return transcoder;
  transcoder_free(transcoder);
  return NULL;
}

/* Like read_source(), but in UTF-8. */
static gsize read_transcoded(TextStream *stream, char *to, gsize size)
{
  Transcoder *t = stream->transcoder;
  char *at = to;
  while (at == to) {
    if (t->raw_at == t->raw_end) {
      t->raw_at = t->raw;
      t->raw_end = t->raw + read_source(stream, t->raw, sizeof t->raw);
      if (stream->error != NULL) return 0;
    }
    gboolean last = t->raw_at == t->raw_end;
    UErrorCode err = U_ZERO_ERROR;
    ucnv_convertEx(t->to, t->from, &at, to + size, &t->raw_at, t->raw_end, t->pivot, &t->pivot_read,
                   &t->pivot_write, t->pivot + G_N_ELEMENTS(t->pivot), (UBool)!t->started,
                   (UBool)last, &err);
    t->started = TRUE;
    if (U_FAILURE(err) && err != U_BUFFER_OVERFLOW_ERROR) {
      fail(stream, "the text cannot be converted to UTF-8");
      return 0;
    }
    if (last && err != U_BUFFER_OVERFLOW_ERROR) break;
  }
  return (gsize)(at - to);
}

/* Makes room behind the pending bytes, and gives back what a long line took. */
static void make_room(TextStream *stream)
{
  gsize pending = stream->end - stream->start;
  if (stream->start > 0) memmove(stream->buffer, stream->buffer + stream->start, pending);
  stream->start = 0;
  stream->end = pending;
  gsize wanted = 2 * pending + CHUNK + 1;
  gboolean roomy = stream->capacity > pending + CHUNK / 4;
  if (roomy && stream->capacity <= 4 * wanted) return;
  stream->capacity = wanted;
  stream->buffer = g_realloc(stream->buffer, stream->capacity);
}

/* Adds bytes to the pending ones; FALSE when there are no more. */
static gboolean fill(TextStream *stream)
{
  if (stream->error != NULL) return FALSE;
  make_room(stream);
  char *to = stream->buffer + stream->end;
  gsize size = stream->capacity - stream->end - 1;
  gsize n = stream->transcoder != NULL ? read_transcoded(stream, to, size)
                                       : read_source(stream, to, size);
  stream->end += n;
  return n > 0;
}

static gboolean fill_up_to(TextStream *stream, gsize size)
{
  while (stream->end - stream->start < size)
    if (!fill(stream)) return FALSE;
  return TRUE;
}

static const struct Mark {
  const char *encoding;
  gsize len;
  const char *bytes;
} marks[] = {
    /* UTF-32 first: its little-endian mark begins with that of UTF-16. */
    {"UTF-32LE", 4, "\xFF\xFE\0\0"}, {"UTF-32BE", 4, "\0\0\xFE\xFF"}, {"UTF-16LE", 2, "\xFF\xFE"},
    {"UTF-16BE", 2, "\xFE\xFF"},     {"UTF-8", 3, "\xEF\xBB\xBF"},
};

static const struct Mark *find_mark(const char *text, gsize len)
{
  for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
    if (len >= marks[i].len && memcmp(text, marks[i].bytes, marks[i].len) == 0) return &marks[i];
  return NULL;
}

/* From here on the source is converted as a whole; what is pending goes through it as well. */
static void transcode(TextStream *stream, const char *encoding)
{
  Transcoder *transcoder = transcoder_new(encoding);
  if (transcoder == NULL) {
    fail(stream, "the converter for its encoding is missing");
    return;
  }
  /* The first read was into a fresh buffer, so it is no more than a chunk. */
  gsize pending = MIN(stream->end - stream->start, sizeof transcoder->raw);
  memcpy(transcoder->raw, stream->buffer + stream->start, pending);
  transcoder->raw_end = transcoder->raw + pending;
  stream->start = stream->end = 0;
  stream->transcoder = transcoder;
}

/* TRUE when a line in this encoding cannot be found before it is converted. */
static gboolean must_transcode(const UConverter *converter)
{
  switch (ucnv_getType(converter)) {
  case UCNV_SBCS:
  case UCNV_MBCS:
  case UCNV_LATIN_1:
  case UCNV_UTF8:
  case UCNV_US_ASCII: return ucnv_getMinCharSize(converter) > 1;
  default: return TRUE;
  }
}

static void open_named(TextStream *stream)
{
  stream->fallback = encoding_open(stream->named_encoding);
  if (stream->fallback == NULL) {
    g_autofree char *reason = g_strdup_printf("there is no encoding called '%s'; name one such as "
                                              "windows-1251, ISO-8859-2 or UTF-16LE",
                                              stream->named_encoding);
    fail(stream, reason);
    return;
  }
  stream->fallback_name = stream->named_encoding;
}

/* Reads the beginning and decides what the input is. */
static void open_source(TextStream *stream)
{
  stream->opened = TRUE;
  if (stream->named_encoding != NULL) open_named(stream);
  fill_up_to(stream, 4);
  const struct Mark *mark = find_mark(stream->buffer + stream->start, stream->end - stream->start);
  if (mark != NULL) {
    stream->start += mark->len;
    if (strcmp(mark->encoding, "UTF-8") != 0) transcode(stream, mark->encoding);
  } else if (stream->fallback != NULL && must_transcode(stream->fallback)) {
    transcode(stream, stream->named_encoding);
  }
}

/* ---- lines ---------------------------------------------------------------------------------- */

/* Copies the surroundings of bytes over 0x7F: they say which encoding it is, and a detector that
 * looks at 8 KiB should not spend them on markup. */
static void sample_line(GString *sample, const char *line, gsize len)
{
  enum { AROUND = 48 };
  gsize until = 0; /* copied up to here */
  for (gsize i = 0; i < len && sample->len < ENCODING_SAMPLE; i++) {
    if ((guint8)line[i] < 0x80) continue;
    gsize from = MAX(until, i > AROUND ? i - AROUND : 0);
    gsize to = MAX(until, MIN(i + AROUND, len));
    g_string_append_len(sample, line + from, (gssize)(to - from));
    until = to;
  }
  g_string_append_c(sample, '\n');
}

/* Decides what lines that are no UTF-8 are, from all such lines within reach. */
static void open_fallback(TextStream *stream)
{
  fill_up_to(stream, HEAD_SIZE);
  GString *sample = g_string_sized_new(ENCODING_SAMPLE);
  const char *at = stream->buffer + stream->start, *end = stream->buffer + stream->end;
  while (at < end && sample->len < ENCODING_SAMPLE) {
    const char *lf = memchr(at, '\n', (gsize)(end - at));
    gsize len = (gsize)((lf != NULL ? lf : end) - at);
    if (!is_utf8(at, len) && !is_damaged_utf8(at, len)) sample_line(sample, at, len);
    at += MIN(len + 1, (gsize)(end - at));
  }
  stream->fallback_name = encoding_detect(sample->str, sample->len);
  stream->fallback = encoding_open(stream->fallback_name);
  g_string_free(sample, TRUE);
  if (stream->fallback != NULL) return;
  /* An ICU without its data still has this one. */
  stream->fallback_name = "ISO-8859-1";
  stream->fallback = encoding_open(stream->fallback_name);
}

/* Appends a line as UTF-8; TRUE when it was something else. `at` and `len` lie within the pending
 * bytes, which may move. */
static gboolean append_line(TextStream *stream, GString *out, gsize at, gsize len)
{
  const char *text = stream->buffer + stream->start + at;
  if (is_utf8(text, len)) {
    append_without_nul(out, text, len);
    return FALSE;
  }
  if (stream->named_encoding == NULL && is_damaged_utf8(text, len)) {
    g_autofree char *valid = g_utf8_make_valid(text, (gssize)len);
    g_string_append(out, valid);
    return TRUE;
  }
  if (stream->fallback == NULL) open_fallback(stream);
  g_autoptr(GString) utf8 = g_string_new(NULL);
  encoding_append(stream->fallback, utf8, stream->buffer + stream->start + at, len);
  append_without_nul(out, utf8->str, utf8->len);
  return TRUE;
}

static gsize without_cr(const char *line, gsize len)
{
  while (len > 0 && line[len - 1] == '\r') len--;
  return len;
}

/* Skips to the end of the line that begins the pending bytes. */
static void skip_line(TextStream *stream)
{
  for (;;) {
    char *at = stream->buffer + stream->start;
    char *lf = memchr(at, '\n', stream->end - stream->start);
    if (lf != NULL) {
      stream->start += (gsize)(lf + 1 - at);
      return;
    }
    stream->start = stream->end = 0;
    if (!fill(stream)) return;
  }
}

/* Empties `stream->line`, without keeping the room that one long line took. */
static GString *fresh_line(TextStream *stream)
{
  if (stream->line->allocated_len > LINE_KEPT) {
    g_string_free(stream->line, TRUE);
    stream->line = g_string_new(NULL);
  }
  return g_string_truncate(stream->line, 0);
}

static LineStatus too_long(TextStream *stream, const char **line, gsize *len)
{
  gsize stub = cut_utf8(stream->buffer + stream->start, STUB_SIZE + 1, STUB_SIZE);
  append_line(stream, fresh_line(stream), 0, stub);
  g_string_truncate(stream->line, cut_utf8(stream->line->str, stream->line->len, STUB_SIZE));
  skip_line(stream);
  *line = stream->line->str;
  *len = stream->line->len;
  return LINE_TOO_LONG;
}

/* Finds the end of the first pending line. */
static LineStatus find_line(TextStream *stream, gsize *len)
{
  gsize seen = 0;
  for (;;) {
    gsize pending = stream->end - stream->start;
    const char *at = stream->buffer + stream->start;
    const char *lf = memchr(at + seen, '\n', pending - seen);
    *len = lf != NULL ? (gsize)(lf - at) : pending;
    if (*len > TEXT_RECORD_MAX) return LINE_TOO_LONG;
    if (lf != NULL) {
      stream->taken = *len + 1;
      return LINE_OK;
    }
    seen = pending;
    if (fill(stream)) continue;
    if (stream->error != NULL) return LINE_FAILED;
    stream->taken = pending;
    return pending > 0 ? LINE_OK : LINE_END;
  }
}

static void drop_taken(TextStream *stream)
{
  stream->start += stream->taken;
  stream->taken = 0;
}

LineStatus text_stream_line(TextStream *stream, const char **line, gsize *len)
{
  *line = NULL;
  *len = 0;
  if (!stream->opened) open_source(stream);
  drop_taken(stream);
  gsize raw_len;
  LineStatus status = find_line(stream, &raw_len);
  if (status == LINE_END || status == LINE_FAILED) return status;
  stream->line_number++;
  if (status == LINE_TOO_LONG) return too_long(stream, line, len);

  char *raw = stream->buffer + stream->start;
  raw_len = without_cr(raw, raw_len);
  if (g_utf8_validate_len(raw, raw_len, NULL)) {
    raw[raw_len] = '\0';
    *line = raw;
    *len = raw_len;
    return LINE_OK;
  }
  if (append_line(stream, fresh_line(stream), 0, raw_len)) stream->converted++;
  if (stream->line->len > TEXT_RECORD_MAX) {
    status = LINE_TOO_LONG;
    g_string_truncate(stream->line, cut_utf8(stream->line->str, stream->line->len, STUB_SIZE));
  }
  *line = stream->line->str;
  *len = stream->line->len;
  return status;
}

/* ---- the rest ------------------------------------------------------------------------------- */

static gboolean is_odd_control(guint8 byte)
{
  return byte == 0 || (byte < 0x20 && strchr("\t\n\v\f\r\b\x1B", byte) == NULL);
}

static gboolean is_binary(const char *text, gsize len)
{
  gsize odd = 0;
  for (gsize i = 0; i < len; i++) odd += is_odd_control((guint8)text[i]);
  return odd * 200 > len;
}

const char *text_stream_head(TextStream *stream, gsize *len, gboolean *whole, gboolean *binary)
{
  if (!stream->opened) open_source(stream);
  drop_taken(stream);
  gboolean more = fill_up_to(stream, HEAD_SIZE + 1);
  gsize size = MIN(stream->end - stream->start, HEAD_SIZE);
  if (more) size = cut_utf8(stream->buffer + stream->start, HEAD_SIZE + 1, HEAD_SIZE);
  *whole = !more && stream->error == NULL;
  *binary = is_binary(stream->buffer + stream->start, size);

  g_string_truncate(stream->head, 0);
  for (gsize at = 0; at < size;) {
    const char *text = stream->buffer + stream->start + at;
    const char *lf = memchr(text, '\n', size - at);
    gsize n = lf != NULL ? (gsize)(lf - text) + 1 : size - at;
    append_line(stream, stream->head, at, n);
    at += n;
  }
  g_string_truncate(stream->head, cut_utf8(stream->head->str, stream->head->len, HEAD_SIZE));
  *len = stream->head->len;
  return stream->head->str;
}

TextStream *text_stream_new(ByteSource source, void *context, const char *encoding)
{
  TextStream *stream = g_new0(TextStream, 1);
  stream->source = source;
  stream->context = context;
  if (encoding != NULL && *encoding != '\0') stream->named_encoding = g_strdup(encoding);
  stream->line = g_string_new(NULL);
  stream->head = g_string_new(NULL);
  make_room(stream);
  return stream;
}

void text_stream_free(TextStream *stream)
{
  if (stream == NULL) return;
  transcoder_free(stream->transcoder);
  ucnv_close(stream->fallback);
  g_string_free(stream->line, TRUE);
  g_string_free(stream->head, TRUE);
  g_free(stream->named_encoding);
  g_free(stream->buffer);
  g_free(stream->error);
  g_free(stream);
}

guint64 text_stream_line_number(const TextStream *stream)
{
  return stream->line_number;
}

guint64 text_stream_bytes(const TextStream *stream)
{
  const Transcoder *t = stream->transcoder;
  gsize pending =
      t != NULL ? (gsize)(t->raw_end - t->raw_at) : stream->end - stream->start - stream->taken;
  return stream->source_bytes - pending;
}

guint64 text_stream_converted(const TextStream *stream, const char **encoding)
{
  if (encoding != NULL) {
    *encoding = stream->converted == 0          ? NULL
                : stream->fallback_name != NULL ? stream->fallback_name
                                                : "damaged UTF-8";
  }
  return stream->converted;
}

const char *text_stream_error(const TextStream *stream)
{
  return stream->error;
}
