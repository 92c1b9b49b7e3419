/* fuzz_clean.c - cleaning and learning, on hostile articles of one source.
 *
 * The bytes 0xFF part the input into articles, the first line of each is its title. With libFuzzer:
 * make fuzz TARGET=clean; replay.c reads files instead. */
#include "../../indexer/clean.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void require(gboolean holds)
{
  if (!holds) abort();
}

static gboolean has_text(const char *text)
{
  for (; *text != '\0'; text++)
    if (g_ascii_isalnum(*text) || (guchar)*text >= 0x80) return TRUE;
  return FALSE;
}

/* What is cut is whole characters, in order, never everything, and an index gives it back. */
static void check(const Article *article)
{
  const char *body = article_first(article, FIELD_BODY), *text = article_text(article);
  if (body == NULL) return;
  require(g_utf8_validate(text, -1, NULL) && strlen(text) <= strlen(body));
  require(!has_text(body) || has_text(text));
  const GArray *cuts = article_cuts(article);
  for (guint i = 0; cuts != NULL && i < cuts->len; i++) {
    const Cut *cut = &g_array_index(cuts, Cut, i);
    require(cut->start < cut->end && cut->end <= strlen(body) && *cut->why != '\0');
    require(i == 0 || cut->start >= g_array_index(cuts, Cut, i - 1).end);
  }
  g_autofree char *stored = article_pack(article);
  g_autoptr(Article) again = article_unpack(stored, strlen(stored));
  require(again != NULL && strcmp(article_text(again), text) == 0);
}

static void put(Cleaner *cleaner, const char *data, gsize len)
{
  const char *newline = len == 0 ? NULL : memchr(data, '\n', len);
  gsize title = newline == NULL ? 0 : (gsize)(newline - data);
  Article *article = article_new();
  article_add(article, FIELD_SOURCE, "Paper", -1);
  if (title > 0) article_add(article, FIELD_TITLE, data, (gssize)title);
  if (len > title) article_add(article, FIELD_BODY, data + title, (gssize)(len - title));
  cleaner_put(cleaner, article);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  g_autoptr(Cleaner) cleaner = cleaner_new((const char *)data, MIN(size, 64));
  for (gsize at = 0; at < size;) {
    const uint8_t *end = memchr(data + at, 0xFF, size - at);
    gsize len = end == NULL ? size - at : (gsize)(end - (data + at));
    put(cleaner, (const char *)data + at, len);
    at += len + 1;
  }
  for (Article *article; (article = cleaner_take(cleaner, TRUE)) != NULL; article_free(article))
    check(article);
  gboolean changed;
  g_autoptr(GString) learnt = cleaner_learnt(cleaner, &changed);
  require(learnt->len == 0 || learnt->str[learnt->len - 1] == '\n');
  return 0;
}
