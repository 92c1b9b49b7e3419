/* reader_test.h - what the tests of streams and readers share: sources in memory, and all that a
 * reader makes of a text. */
#ifndef SITREP_READER_TEST_H
#define SITREP_READER_TEST_H

#include "../../corpus/error.h"
#include "../../corpus/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* A text of known length from a literal, which may hold NUL. */
#define BYTES(literal) literal, sizeof(literal) - 1

/* A source that hands out `step` bytes at a time (0: all) and may fail at its end. */
typedef struct Memory {
  const char *data;
  gsize len, at, step;
  gboolean fails;
} Memory;

static inline gssize memory_read(void *context, char *buffer, gsize size, GError **error)
{
  Memory *memory = context;
  gsize n = MIN(size, memory->len - memory->at);
  if (memory->step > 0) n = MIN(n, memory->step);
  if (n == 0 && memory->fails) {
    g_set_error_literal(error, SITREP_ERROR, SITREP_ERROR_INPUT, "the tape is torn");
    return -1;
  }
  if (n > 0) memcpy(buffer, memory->data + memory->at, n);
  memory->at += n;
  return (gssize)n;
}

/* All that a reader made of an input. */
typedef struct Reading {
  GPtrArray *articles; /* Article * */
  GArray *rejects;     /* Reject */
} Reading;

static inline void free_article(void *article)
{
  article_free(article);
}

static inline Reading read_source(const Format *format, Memory *memory, const ReadOptions *options)
{
  Reading reading = {g_ptr_array_new_with_free_func(free_article),
                     g_array_new(FALSE, TRUE, sizeof(Reject))};
  TextStream *stream = text_stream_new(memory_read, memory, NULL);
  void *reader = format->open(stream, options);
  for (;;) {
    Article *article = NULL;
    Reject reject = {0};
    ReadStatus status = format->next(reader, &article, &reject);
    if (status == READ_END) break;
    if (status == READ_ARTICLE)
      g_ptr_array_add(reading.articles, article);
    else
      g_array_append_val(reading.rejects, reject);
  }
  format->close(reader);
  text_stream_free(stream);
  return reading;
}

/* Reads a copy that ends where the text does, so that a sanitizer sees reads beyond it. */
static inline Reading read_bytes(const Format *format, const char *data, gsize len)
{
  g_autofree char *exact = g_memdup2(data, len);
  Memory memory = {.data = exact, .len = len};
  return read_source(format, &memory, NULL);
}

static inline void reading_clear(Reading *reading)
{
  for (guint i = 0; i < reading->rejects->len; i++)
    reject_clear(&g_array_index(reading->rejects, Reject, i));
  g_array_free(reading->rejects, TRUE);
  g_ptr_array_free(reading->articles, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reading, reading_clear)

static inline const Reject *reject_at(const Reading *reading, guint i)
{
  assert_in_range(i, 0, reading->rejects->len - 1);
  return &g_array_index(reading->rejects, Reject, i);
}

static inline void assert_counts(const Reading *reading, guint articles, guint rejects)
{
  if (reading->articles->len == articles && reading->rejects->len == rejects) return;
  const char *reason = reading->rejects->len > 0 ? reject_at(reading, 0)->reason : "";
  fail_msg("%u articles and %u rejects, not %u and %u (%s)", reading->articles->len,
           reading->rejects->len, articles, rejects, reason);
}

/* A field's values joined by '|', "" when there are none. */
static inline char *joined(const Article *article, FieldId field)
{
  GString *text = g_string_new(NULL);
  const GPtrArray *values = article_values(article, field);
  for (guint i = 0; values != NULL && i < values->len; i++) {
    if (i > 0) g_string_append_c(text, '|');
    g_string_append(text, values->pdata[i]);
  }
  return g_string_free(text, FALSE);
}

static inline void assert_field(const Reading *reading, guint i, FieldId field,
                                const char *expected)
{
  assert_in_range(i, 0, reading->articles->len - 1);
  g_autofree char *values = joined(reading->articles->pdata[i], field);
  assert_string_equal(values, expected);
}

static inline void assert_reject(const Reading *reading, guint i, guint64 record, guint64 line,
                                 const char *part)
{
  const Reject *reject = reject_at(reading, i);
  if (strstr(reject->reason, part) == NULL) fail_msg("\"%s\" lacks \"%s\"", reject->reason, part);
  assert_int_equal(reject->record, record);
  assert_int_equal(reject->line, line);
}

/* A text of `len` bytes 'x' between two others. */
static inline GString *long_text(const char *before, gsize len, const char *after)
{
  GString *text = g_string_sized_new(len + strlen(before) + strlen(after) + 1);
  g_string_append(text, before);
  gsize at = text->len;
  g_string_set_size(text, at + len);
  memset(text->str + at, 'x', len);
  g_string_append(text, after);
  return text;
}

#endif
