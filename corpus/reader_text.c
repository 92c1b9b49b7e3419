/* reader_text.c - plain text: the whole input is one article, its first line the title. */
#include "reader.h"

#include <string.h>

/* A longer first line is a paragraph without title above it. */
enum { TITLE_MAX = 300 };

typedef struct TextReader {
  TextStream *stream;
  gboolean ended;
} TextReader;

static gboolean text_matches(const char *head, gsize len, G_GNUC_UNUSED gboolean whole)
{
  return !reader_is_blank(head, len);
}

static void *text_open(TextStream *stream, G_GNUC_UNUSED const ReadOptions *options)
{
  TextReader *reader = g_new0(TextReader, 1);
  reader->stream = stream;
  return reader;
}

/* Reads all lines into `text`; LINE_END when that went well. */
static LineStatus read_all(TextStream *stream, GString *text)
{
  const char *line;
  gsize len;
  LineStatus status;
  while ((status = text_stream_line(stream, &line, &len)) == LINE_OK) {
    if (text->len + len >= TEXT_RECORD_MAX) return LINE_TOO_LONG;
    if (text->len == 0 && reader_is_blank(line, len)) continue;
    g_string_append_len(text, line, (gssize)len);
    g_string_append_c(text, '\n');
  }
  return status;
}

/* NULL when there is nothing in the text after all, such as control characters alone. */
static Article *make_article(const GString *text)
{
  g_autoptr(Article) article = article_new();
  const char *first_end = memchr(text->str, '\n', text->len);
  gsize first_len = (gsize)(first_end - text->str);
  gsize title_len = first_len <= TITLE_MAX ? first_len : 0;
  article_add(article, FIELD_TITLE, text->str, (gssize)title_len);
  article_add(article, FIELD_BODY, text->str + title_len, (gssize)(text->len - title_len));
  if (article_first(article, FIELD_TITLE) == NULL && article_first(article, FIELD_BODY) == NULL)
    return NULL;
  return g_steal_pointer(&article);
}

static ReadStatus text_next(void *data, Article **article, Reject *reject)
{
  TextReader *reader = data;
  if (reader->ended) return READ_END;
  reader->ended = TRUE;
  g_autoptr(GString) text = g_string_new(NULL);
  switch (read_all(reader->stream, text)) {
  case LINE_OK:
  case LINE_END: break;
  case LINE_FAILED: return reader_failed(reject, 1, reader->stream);
  case LINE_TOO_LONG:
    reject_set(reject, 1, 1, "the text is longer than %u MiB; split it into its articles",
               TEXT_RECORD_MAX >> 20);
    return READ_REJECTED;
  }
  *article = text->len > 0 ? make_article(text) : NULL;
  if (*article != NULL) return READ_ARTICLE;
  reject_set(reject, 1, 0, "it holds no text");
  return READ_REJECTED;
}

const Format format_text = {
    .name = "text",
    .description = "plain text, one article a file, its first line the title",
    .matches = text_matches,
    .open = text_open,
    .next = text_next,
    .close = g_free,
};
