/* text_stream.c - see text_stream.h
 *
 * Bytes pass from the source into one buffer and are cut into lines there. In wide input (UTF-16,
 * UTF-32) a transcoder sits in between, so that the buffer always holds something in which LF is
 * one byte. A line that is valid UTF-8 is handed out where it lies, any other as a copy. */
#include "text_stream.h"

#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucsdet.h>
#include <unicode/utf8.h>

enum {
  CHUNK = 256 << 10,     /* read at a time */
  LINE_KEPT = 1 << 20,   /* room for a converted line that is not given back */
  HEAD_SIZE = 64 << 10,  /* shown by text_stream_head() */
  SAMPLE_SIZE = 8 << 10, /* all that ICU's detector looks at */
  SAMPLE_MIN = 8,        /* bytes over 0x7F from which on it is asked at all */
  STUB_SIZE = 256,       /* kept of a line that is too long */
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

/* ---- converters ----------------------------------------------------------------------------- */

/* For bytes without meaning. ICU's own callback writes U+001A for some encodings. */
static void U_CALLCONV write_replacement(G_GNUC_UNUSED const void *context,
                                         UConverterToUnicodeArgs *arguments,
                                         G_GNUC_UNUSED const char *bytes, G_GNUC_UNUSED int32_t n,
                                         UConverterCallbackReason reason, UErrorCode *err)
{
  static const UChar character = 0xFFFD;
  if (reason > UCNV_IRREGULAR) return; /* it is only told of a reset */
  *err = U_ZERO_ERROR;
  ucnv_cbToUWriteUChars(arguments, &character, 1, 0, err);
}

/* NULL when ICU does not know the encoding. */
static UConverter *converter_open(const char *encoding)
{
  UErrorCode err = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(encoding, &err);
  ucnv_setToUCallBack(converter, write_replacement, NULL, NULL, NULL, &err);
  if (U_SUCCESS(err)) return converter;
  ucnv_close(converter);
  return NULL;
}

/* ---- which encoding ------------------------------------------------------------------------- */

typedef enum Script {
  SCRIPT_LATIN,    /* ASCII letters with a few others among them */
  SCRIPT_ALPHABET, /* a byte a letter, few of them ASCII */
  SCRIPT_WIDE      /* several bytes a character */
} Script;

/* What ICU's detector may say, the lowest confidence at which it is believed, and the converter
 * that is used: where Windows has a superset of an ISO encoding, that one, as browsers do. */
static const struct Detected {
  const char *name, *converter;
  Script script;
  int confidence;
} detected[] = {
    {"ISO-8859-1", "windows-1252", SCRIPT_LATIN, 0},
    {"windows-1252", "windows-1252", SCRIPT_LATIN, 0},
    {"ISO-8859-2", "ISO-8859-2", SCRIPT_LATIN, 30},
    {"windows-1250", "windows-1250", SCRIPT_LATIN, 30},
    {"ISO-8859-9", "windows-1254", SCRIPT_LATIN, 30},
    {"windows-1254", "windows-1254", SCRIPT_LATIN, 30},
    {"windows-1251", "windows-1251", SCRIPT_ALPHABET, 5},
    {"KOI8-R", "KOI8-U", SCRIPT_ALPHABET, 5},
    {"ISO-8859-5", "ISO-8859-5", SCRIPT_ALPHABET, 5},
    {"windows-1256", "windows-1256", SCRIPT_ALPHABET, 5},
    {"ISO-8859-6", "ISO-8859-6", SCRIPT_ALPHABET, 5},
    {"windows-1253", "windows-1253", SCRIPT_ALPHABET, 5},
    {"ISO-8859-7", "ISO-8859-7", SCRIPT_ALPHABET, 5},
    {"windows-1255", "windows-1255", SCRIPT_ALPHABET, 5},
    {"ISO-8859-8", "windows-1255", SCRIPT_ALPHABET, 5},
    {"ISO-8859-8-I", "windows-1255", SCRIPT_ALPHABET, 5},
    {"GB18030", "GB18030", SCRIPT_WIDE, 50},
    {"Big5", "Big5", SCRIPT_WIDE, 50},
    {"Shift_JIS", "windows-31j", SCRIPT_WIDE, 50},
    {"EUC-JP", "EUC-JP", SCRIPT_WIDE, 50},
    {"EUC-KR", "windows-949", SCRIPT_WIDE, 50},
};

/* What a sample is made of. */
typedef struct Sample {
  gsize letters; /* ASCII letters and bytes over 0x7F */
  gsize high;    /* bytes over 0x7F */
  gsize hebrew;  /* those at which Hebrew encodings have their letters */
  gboolean c1;   /* bytes that ISO encodings keep for control characters */
} Sample;

static Sample measure(const char *text, gsize len)
{
  Sample sample = {0, 0, 0, FALSE};
  for (gsize i = 0; i < len; i++) {
    guint8 byte = (guint8)text[i];
    sample.high += byte >= 0x80;
    sample.hebrew += byte >= 0xE0 && byte <= 0xFA;
    sample.letters += byte >= 0x80 || g_ascii_isalpha(text[i]);
    if (byte >= 0x80 && byte < 0xA0) sample.c1 = TRUE;
  }
  return sample;
}

static gboolean is_plausible(const struct Detected *guess, int confidence, const Sample *sample)
{
  if (confidence < guess->confidence) return FALSE;
  if (sample->c1 && g_str_has_prefix(guess->converter, "ISO-")) return FALSE;
  /* Arabic and Cyrillic, all over the upper half, are often taken for Hebrew. */
  if (strcmp(guess->converter, "windows-1255") == 0 && sample->hebrew * 10 < sample->high * 8)
    return FALSE;
  /* In a Latin text few letters carry accents, in any other few are ASCII. */
  gboolean mostly_high = sample->high * 10 >= sample->letters * 4;
  return (guess->script == SCRIPT_LATIN) != mostly_high;
}

/* Appends a text in the converter's encoding as UTF-8, with U+FFFD for bytes without meaning. */
static void append_converted(UConverter *converter, GString *out, const char *text, gsize len)
{
  gsize at = out->len, capacity = 3 * len + 16; /* enough for nearly every encoding */
  UErrorCode err;
  int32_t n;
  do {
    err = U_ZERO_ERROR;
    g_string_set_size(out, at + capacity);
    ucnv_reset(converter);
    n = ucnv_toAlgorithmic(UCNV_UTF8, converter, out->str + at, (int32_t)capacity, text,
                           (int32_t)len, &err);
    capacity = (gsize)n;
  } while (err == U_BUFFER_OVERFLOW_ERROR);
  g_string_truncate(out, at + (U_SUCCESS(err) ? (gsize)n : 0));
}

/* TRUE when hardly any byte of the sample is without meaning in this encoding. */
static gboolean has_meaning(const char *name, const char *text, gsize len, const Sample *sample)
{
  UConverter *converter = converter_open(name);
  if (converter == NULL) return FALSE;
  GString *utf8 = g_string_new(NULL);
  append_converted(converter, utf8, text, len);
  ucnv_close(converter);
  gsize lost = 0;
  for (const char *at = utf8->str; (at = strstr(at, replacement)) != NULL; at++) lost++;
  g_string_free(utf8, TRUE);
  return lost * 20 <= sample->high;
}

/* The converter for one guess of the detector, NULL when the guess is not to be believed. */
static const char *believe(const char *name, int confidence, const Sample *sample)
{
  for (gsize i = 0; i < G_N_ELEMENTS(detected); i++)
    if (strcmp(detected[i].name, name) == 0 && is_plausible(&detected[i], confidence, sample))
      return detected[i].converter;
  return NULL;
}

/* The converter for a text of unknown encoding: windows-1252 unless there is good reason. */
static const char *detect(const char *text, gsize len)
{
  Sample sample = measure(text, len);
  if (sample.high < SAMPLE_MIN) return "windows-1252";
  UErrorCode err = U_ZERO_ERROR;
  UCharsetDetector *detector = ucsdet_open(&err);
  int32_t n = 0;
  ucsdet_setText(detector, text, (int32_t)len, &err);
  const UCharsetMatch **matches = ucsdet_detectAll(detector, &n, &err);
  const char *converter = NULL;
  for (int32_t i = 0; U_SUCCESS(err) && i < n && converter == NULL; i++) {
    const char *name = ucsdet_getName(matches[i], &err);
    converter = believe(name, ucsdet_getConfidence(matches[i], &err), &sample);
    if (converter != NULL && !has_meaning(converter, text, len, &sample)) converter = NULL;
  }
  ucsdet_close(detector);
  return converter != NULL ? converter : "windows-1252";
}

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
  transcoder->from = converter_open(encoding);
  transcoder->to = converter_open("UTF-8");
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
  stream->fallback = converter_open(stream->named_encoding);
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
  for (gsize i = 0; i < len && sample->len < SAMPLE_SIZE; i++) {
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
  GString *sample = g_string_sized_new(SAMPLE_SIZE);
  const char *at = stream->buffer + stream->start, *end = stream->buffer + stream->end;
  while (at < end && sample->len < SAMPLE_SIZE) {
    const char *lf = memchr(at, '\n', (gsize)(end - at));
    gsize len = (gsize)((lf != NULL ? lf : end) - at);
    if (!is_utf8(at, len) && !is_damaged_utf8(at, len)) sample_line(sample, at, len);
    at += MIN(len + 1, (gsize)(end - at));
  }
  stream->fallback_name = detect(sample->str, sample->len);
  stream->fallback = converter_open(stream->fallback_name);
  g_string_free(sample, TRUE);
  if (stream->fallback != NULL) return;
  /* An ICU without its data still has this one. */
  stream->fallback_name = "ISO-8859-1";
  stream->fallback = converter_open(stream->fallback_name);
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
  append_converted(stream->fallback, utf8, stream->buffer + stream->start + at, len);
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
