/* fuzz_readers.c - every reader, and the streams and encodings beneath them, on hostile bytes.
 *
 * The first byte says how to read the rest: the format (or none: find out), how many bytes the
 * source hands out at a time, and the encoding that is named. With libFuzzer: make fuzz
 * TARGET=readers; replay.c reads files instead. */
#include "../../corpus/reader.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct Memory {
  const uint8_t *data;
  gsize len, step;
} Memory;

static gssize read_memory(void *context, char *buffer, gsize size, G_GNUC_UNUSED GError **error)
{
  Memory *memory = context;
  gsize n = MIN(MIN(size, memory->step), memory->len);
  if (n > 0) memcpy(buffer, memory->data, n);
  memory->data += n;
  memory->len -= n;
  return (gssize)n;
}

static void require(gboolean holds)
{
  if (!holds) abort();
}

/* What every article promises: valid text that an index gets back as it gave it. */
static void check_article(const Article *article)
{
  g_autofree char *line = article_dump(article);
  require(g_utf8_validate(line, -1, NULL) && strchr(line, '\n') == NULL);
  require(article_first(article, FIELD_TITLE) != NULL ||
          article_first(article, FIELD_BODY) != NULL);
  g_autofree char *stored = article_pack(article);
  g_autoptr(Article) again = article_unpack(stored, strlen(stored));
  require(again != NULL);
  g_autofree char *same = article_dump(again);
  require(strcmp(line, same) == 0);
}

static void read_all(const Format *format, TextStream *stream)
{
  g_autoptr(GHashTable) map = g_hash_table_new(g_str_hash, g_str_equal);
  g_hash_table_insert(map, (gpointer) "m", GINT_TO_POINTER(FIELD_BODY + 1));
  const ReadOptions options = {.map = map};
  void *reader = format->open(stream, &options);
  Reject reject = {0};
  Article *article = NULL;
  guint64 last = 0;
  for (ReadStatus status; (status = format->next(reader, &article, &reject)) != READ_END;) {
    if (status == READ_ARTICLE) {
      check_article(article);
      g_clear_pointer(&article, article_free);
    } else {
      require(reject.reason != NULL && g_utf8_validate(reject.reason, -1, NULL));
      require(reject.record >= last);
      last = reject.record;
    }
  }
  require(format->next(reader, &article, &reject) == READ_END);
  reject_clear(&reject);
  format->close(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static const gsize steps[] = {SIZE_MAX, 1, 3, 4096};
  static const char *const encodings[] = {NULL, NULL, "UTF-16LE", "Shift_JIS"};
  if (size == 0) return 0;
  const Format *const *formats = formats_all();
  guint n = 0;
  while (formats[n] != NULL) n++;
  guint choice = data[0] & 15u;
  Memory memory = {data + 1, size - 1, steps[data[0] >> 4 & 3]};
  TextStream *stream = text_stream_new(read_memory, &memory, encodings[data[0] >> 6]);

  const char *why = NULL;
  gboolean is_table;
  const Format *format = choice < n ? formats[choice] : format_recognise(stream, &why, &is_table);
  require(format != NULL || why != NULL);
  if (format != NULL) read_all(format, stream);
  text_stream_free(stream);
  return 0;
}
