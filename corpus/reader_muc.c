/* reader_muc.c - the text files of the Message Understanding Conferences 3 and 4: reports from
 * Latin America, translated into English, one after the other in a file:
 *
 *   DEV-MUC3-0001 (NOSC)
 *
 *      SAN SALVADOR, 3 JAN 90 -- [REPORT] [TEXT] THE ARCE BATTALION ...
 *
 * The label becomes the id, the dateline's date the date; there are no titles. */
#include "reader.h"

#include <string.h>

#include "date_scan.h"

enum {
  INDENT = 3,         /* spaces with which a paragraph begins */
  DATELINE_MAX = 600, /* bytes in which the "--" after the dateline is looked for */
  CENTURY = 1900
};

typedef struct MucReader {
  TextStream *stream;
  GString *body;
  char *label; /* of the article being read; NULL: none yet */
  guint64 label_line;
  guint64 record;
  gboolean skipping; /* the rest of a record that was rejected */
  gboolean ended;
} MucReader;

static gsize count_digits(const char *at)
{
  gsize n = 0;
  while (g_ascii_isdigit(at[n])) n++;
  return n;
}

/* The length of the label that a line begins with, 0 when it is no such line: three capitals,
 * perhaps a digit, "-MUC" and two numbers (DEV-MUC3-0001, TST1-MUC3-0100), then nothing or the site
 * that annotated it, in brackets. */
static gsize label_length(const char *line)
{
  const char *at = line;
  for (int i = 0; i < 3; i++)
    if (!g_ascii_isupper(*at++)) return 0;
  at += count_digits(at);
  if (!g_str_has_prefix(at, "-MUC")) return 0;
  at += strlen("-MUC");
  gsize n = count_digits(at);
  if (n == 0 || at[n] != '-') return 0;
  at += n + 1;
  n = count_digits(at);
  if (n == 0) return 0;
  at += n;
  const char *rest = at + strspn(at, " \t");
  return *rest == '\0' || *rest == '(' ? (gsize)(at - line) : 0;
}

static gboolean muc_matches(const char *head, gsize len, G_GNUC_UNUSED gboolean whole)
{
  const char *end = head + len;
  while (head < end && g_ascii_isspace(*head)) head++;
  const char *lf = memchr(head, '\n', (gsize)(end - head));
  g_autofree char *line = g_strndup(head, (gsize)((lf != NULL ? lf : end) - head));
  return label_length(g_strchomp(line)) > 0;
}

static void *muc_open(TextStream *stream, G_GNUC_UNUSED const ReadOptions *options)
{
  MucReader *reader = g_new0(MucReader, 1);
  reader->stream = stream;
  reader->body = g_string_new(NULL);
  return reader;
}

static void muc_close(void *data)
{
  MucReader *reader = data;
  g_string_free(reader->body, TRUE);
  g_free(reader->label);
  g_free(reader);
}

/* "SAN SALVADOR, 3 JAN 90 -- ..." and sometimes "PERTH (AUSTRALIA), JUNE 11 89 (AFP) -- ...". */
static void add_date(Article *article, const GString *body)
{
  const char *dashes = g_strstr_len(body->str, DATELINE_MAX, "--");
  gsize len = dashes == NULL ? 0 : (gsize)(dashes - body->str);
  DateSpan span;
  for (gsize from = 0; date_scan(body->str, len, from, &span); from = span.end) {
    if (span.short_year >= 0) span.date.year = (gint16)(CENTURY + span.short_year);
    if (span.date.year == 0 || span.date.day == 0) continue;
    char date[DATE_TEXT_SIZE];
    date_format(span.date, date);
    article_add(article, FIELD_DATE, date, -1);
    return;
  }
}

/* NULL when there is no text. */
static Article *make_article(const MucReader *reader)
{
  g_autoptr(Article) article = article_new();
  article_add(article, FIELD_BODY, reader->body->str, (gssize)reader->body->len);
  if (article_first(article, FIELD_BODY) == NULL) return NULL;
  article_add(article, FIELD_ID, reader->label, -1);
  article_add(article, FIELD_LANG, "en", -1);
  add_date(article, reader->body);
  return g_steal_pointer(&article);
}

/* Ends the record being read; TRUE when that gave something to return. */
static gboolean finish(const MucReader *reader, Article **article, Reject *reject,
                       ReadStatus *status)
{
  if (reader->label == NULL || reader->skipping) return FALSE;
  *status = READ_ARTICLE;
  *article = make_article(reader);
  if (*article == NULL) {
    reject_set(reject, reader->record, reader->label_line, "%s has no text", reader->label);
    *status = READ_REJECTED;
  }
  return TRUE;
}

/* Begins a record; takes `label` over. */
static void begin(MucReader *reader, char *label)
{
  g_free(reader->label);
  reader->label = label;
  reader->label_line = text_stream_line_number(reader->stream);
  reader->record++;
  reader->skipping = FALSE;
  g_string_truncate(reader->body, 0);
}

/* Rejects the record being read; what is left of it will be skipped. */
static gboolean reject_record(MucReader *reader, Reject *reject, ReadStatus *status,
                              const char *reason)
{
  guint64 line = reader->label_line;
  if (reader->label == NULL) {
    line = text_stream_line_number(reader->stream);
    reader->record++;
  }
  reject_set(reject, reader->record, line, "%s", reason);
  reader->skipping = TRUE;
  *status = READ_REJECTED;
  return TRUE;
}

/* Takes one line in; TRUE when that gave something to return. */
static gboolean take_line(MucReader *reader, const char *line, gsize len, Article **article,
                          Reject *reject, ReadStatus *status)
{
  gsize label_len = label_length(line);
  if (label_len > 0) {
    char *label = g_strndup(line, label_len);
    gboolean done = finish(reader, article, reject, status);
    begin(reader, label);
    return done;
  }
  if (reader->skipping || (reader->label == NULL && reader_is_blank(line, len))) return FALSE;
  if (reader->label == NULL)
    return reject_record(reader, reject, status,
                         "there is text before the first label, a line like 'DEV-MUC3-0001'");
  if (reader->body->len + len > TEXT_RECORD_MAX)
    return reject_record(reader, reject, status, "it is too long for one article");
  gsize indent = strspn(line, " \t");
  reader_append_line(reader->body, line + indent, len - indent, indent >= INDENT);
  return FALSE;
}

static ReadStatus muc_next(void *data, Article **article, Reject *reject)
{
  MucReader *reader = data;
  ReadStatus status = READ_END;
  gboolean done = FALSE;
  const char *line;
  gsize len;
  while (!done && !reader->ended) {
    switch (text_stream_line(reader->stream, &line, &len)) {
    case LINE_OK: done = take_line(reader, line, len, article, reject, &status); break;
    case LINE_TOO_LONG:
      if (reader->skipping) break;
      done = reject_record(reader, reject, &status, "it holds a line that is too long");
      break;
    case LINE_FAILED:
      reader->ended = TRUE;
      return reader_failed(reject, reader->record, reader->stream);
    case LINE_END: reader->ended = TRUE; finish(reader, article, reject, &status);
    }
  }
  return status;
}

const Format format_muc = {
    .name = "muc",
    .description = "text files of the MUC-3 and MUC-4 conferences",
    .matches = muc_matches,
    .open = muc_open,
    .next = muc_next,
    .close = muc_close,
};
