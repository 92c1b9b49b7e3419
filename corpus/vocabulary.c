/* vocabulary.c - see vocabulary.h */
#include "vocabulary.h"

#include <string.h>

#include "error.h"

struct Vocabulary {
  GByteArray *bytes; /* the words, each with a NUL behind it */
  GArray *starts;    /* guint32: where each begins; one more: their end */
  GArray *counts;    /* guint32 */
};

/* ---- reading ---- */

typedef struct Reading {
  ShimTerms *terms;
  const Field *field;
  gsize prefix_len;
  VocabularySink sink;
  void *context;
  gboolean wants_more;
} Reading;

/* Words are folded: what begins with a capital after their prefix is the term of something else.
 * All of these are leapt over at once. */
static gboolean is_other(const Reading *reading, const char *term, gsize len)
{
  return reading->field->kind == KIND_TEXT && len > reading->prefix_len &&
         g_ascii_isupper(term[reading->prefix_len]);
}

static ShimStatus hand_out(Reading *reading, const char *term, gsize len)
{
  guint32 count;
  ShimStatus status = shim_terms_freq(reading->terms, &count);
  if (status == SHIM_OK && len > reading->prefix_len)
    reading->wants_more = reading->sink(reading->context, term + reading->prefix_len,
                                        len - reading->prefix_len, count);
  return status;
}

static ShimStatus read_terms(Reading *reading)
{
  const char *term;
  gsize len;
  g_autofree char *behind = g_strdup_printf("%s%c", reading->field->prefix, 'Z' + 1);
  ShimStatus status = shim_terms_next(reading->terms, &term, &len);
  while (status == SHIM_OK && reading->wants_more) {
    if (is_other(reading, term, len)) {
      status = shim_terms_seek(reading->terms, behind, strlen(behind), &term, &len);
      continue;
    }
    status = hand_out(reading, term, len);
    if (status == SHIM_OK && reading->wants_more)
      status = shim_terms_next(reading->terms, &term, &len);
  }
  return status;
}

gboolean vocabulary_read(ShimDb *db, FieldId field, const char *start, VocabularySink sink,
                         void *context, GError **error)
{
  const Field *row = schema_field(field);
  g_autofree char *from = g_strconcat(row->prefix, start, NULL);
  Reading reading = {.field = row,
                     .prefix_len = strlen(row->prefix),
                     .sink = sink,
                     .context = context,
                     .wants_more = TRUE};
  if (!shim_ok(shim_terms_all(db, from, strlen(from), &reading.terms), error)) return FALSE;
  ShimStatus status = read_terms(&reading);
  shim_terms_free(reading.terms);
  return status == SHIM_END || shim_ok(status, error);
}

/* ---- in memory ---- */

static gboolean keep(void *context, const char *word, gsize len, guint32 count)
{
  Vocabulary *vocabulary = context;
  g_array_append_val(vocabulary->starts, vocabulary->bytes->len);
  g_array_append_val(vocabulary->counts, count);
  g_byte_array_append(vocabulary->bytes, (const guint8 *)word, (guint)len);
  g_byte_array_append(vocabulary->bytes, (const guint8 *)"", 1);
  return TRUE;
}

Vocabulary *vocabulary_new(ShimDb *db, FieldId field, GError **error)
{
  Vocabulary *vocabulary = g_new0(Vocabulary, 1);
  vocabulary->bytes = g_byte_array_new();
  vocabulary->starts = g_array_new(FALSE, FALSE, sizeof(guint32));
  vocabulary->counts = g_array_new(FALSE, FALSE, sizeof(guint32));
  if (vocabulary_read(db, field, "", keep, vocabulary, error)) {
    g_array_append_val(vocabulary->starts, vocabulary->bytes->len);
    return vocabulary;
  }
  vocabulary_free(vocabulary);
  return NULL;
}

void vocabulary_free(Vocabulary *vocabulary)
{
  if (vocabulary == NULL) return;
  g_byte_array_unref(vocabulary->bytes);
  g_array_unref(vocabulary->starts);
  g_array_unref(vocabulary->counts);
  g_free(vocabulary);
}

static const char *word_at(const Vocabulary *vocabulary, guint i, gsize *len)
{
  guint32 start = g_array_index(vocabulary->starts, guint32, i);
  *len = g_array_index(vocabulary->starts, guint32, i + 1) - start - 1;
  return (const char *)vocabulary->bytes->data + start;
}

/* The first word that is not before `start`. */
static guint first_from(const Vocabulary *vocabulary, const char *start)
{
  gsize len;
  guint low = 0, high = vocabulary->counts->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (strcmp(word_at(vocabulary, middle, &len), start) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

void vocabulary_visit(const Vocabulary *vocabulary, const char *start, VocabularySink sink,
                      void *context)
{
  gsize len, start_len = strlen(start);
  for (guint i = first_from(vocabulary, start); i < vocabulary->counts->len; i++) {
    const char *word = word_at(vocabulary, i, &len);
    if (strncmp(word, start, start_len) != 0) return;
    if (!sink(context, word, len, g_array_index(vocabulary->counts, guint32, i))) return;
  }
}
