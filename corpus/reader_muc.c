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

enum {
  INDENT = 3,        /* spaces with which a paragraph begins */
  DATELINE_MAX = 600 /* bytes in which the "--" after the dateline is looked for */
};

typedef struct MucReader {
  TextStream *stream;
  GRegex *day_first, *month_first;
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

#define MONTH "(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*\\.?"
#define DAY "([0-9]{1,2})"
#define YEAR "(?:19)?([0-9]{2})"

static void *muc_open(TextStream *stream, G_GNUC_UNUSED const ReadOptions *options)
{
  MucReader *reader = g_new0(MucReader, 1);
  reader->stream = stream;
  reader->body = g_string_new(NULL);
  reader->day_first = g_regex_new("\\b" DAY "\\s+" MONTH "\\s+" YEAR "\\b", 0, 0, NULL);
  reader->month_first = g_regex_new("\\b" MONTH "\\s+" DAY ",?\\s+" YEAR "\\b", 0, 0, NULL);
  return reader;
}

static void muc_close(void *data)
{
  MucReader *reader = data;
  g_regex_unref(reader->day_first);
  g_regex_unref(reader->month_first);
  g_string_free(reader->body, TRUE);
  g_free(reader->label);
  g_free(reader);
}

/* The date in `dateline` as "3 JAN 1990"; NULL when the expression does not match. */
static char *match_date(const GRegex *regex, const char *dateline, int day, int month)
{
  g_autoptr(GMatchInfo) match = NULL;
  if (!g_regex_match(regex, dateline, 0, &match)) return NULL;
  g_autofree char *d = g_match_info_fetch(match, day);
  g_autofree char *m = g_match_info_fetch(match, month);
  g_autofree char *y = g_match_info_fetch(match, 3);
  return g_strdup_printf("%s %s 19%s", d, m, y);
}

/* "SAN SALVADOR, 3 JAN 90 -- ..." and sometimes "PERTH (AUSTRALIA), JUNE 11 89 (AFP) -- ...". */
static void add_date(const MucReader *reader, Article *article, const GString *body)
{
  const char *dashes = g_strstr_len(body->str, DATELINE_MAX, "--");
  if (dashes == NULL) return;
  g_autofree char *dateline = g_strndup(body->str, (gsize)(dashes - body->str));
  g_autofree char *date = match_date(reader->day_first, dateline, 1, 2);
  if (date == NULL) date = match_date(reader->month_first, dateline, 2, 1);
  if (date != NULL) article_add(article, FIELD_DATE, date, -1);
}

/* NULL when there is no text. */
static Article *make_article(const MucReader *reader)
{
  g_autoptr(Article) article = article_new();
  article_add(article, FIELD_BODY, reader->body->str, (gssize)reader->body->len);
  if (article_first(article, FIELD_BODY) == NULL) return NULL;
  article_add(article, FIELD_ID, reader->label, -1);
  article_add(article, FIELD_LANG, "en", -1);
  add_date(reader, article, reader->body);
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
