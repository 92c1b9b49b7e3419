/* fuzz_positions.c - packed positions: any bytes are looked into without harm; and of the same
 * bytes taken for words, packed, all are found where they stand. The first byte says which terms
 * the article is said to hold. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../corpus/positions.h"
#include "../../corpus/positions_find.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { WORDS = 256 };

static void require(gboolean holds)
{
  if (!holds) abort();
}

static gboolean has(void *context, guint term)
{
  return (*(const uint8_t *)context >> term % 8 & 1) != 0;
}

/* What is true of an article: it holds the words that are in it. */
static gboolean is_in(void *context, guint term)
{
  return ((const gboolean *)context)[term];
}

/* All words of a byte, or the first of them. */
static PositionFinder *finder_of(guint n)
{
  guint64 hashes[WORDS];
  for (guint i = 0; i < n; i++) {
    char word = (char)i;
    hashes[i] = position_hash(&word, 1);
  }
  return position_finder_new(hashes, n);
}

static void look_into(uint8_t how, const uint8_t *data, size_t size)
{
  PositionFinder *finder = finder_of(how);
  g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(Position));
  position_finder_find(finder, (const char *)data, size, has, &how, found);
  for (guint i = 0; i < found->len; i++)
    require(g_array_index(found, Position, i).term < how &&
            has(&how, g_array_index(found, Position, i).term));
  position_finder_free(finder);
}

/* A line is a section, a blank a place without a word. */
static GString *pack(const uint8_t *words, size_t n)
{
  GString *packed = g_string_new(NULL);
  PositionWriter *writer = position_writer_new();
  for (size_t i = 0; i < n; i++) {
    if (words[i] == '\n')
      position_end_section(writer);
    else
      position_add(writer, words[i] == ' ' ? 0 : position_hash((const char *)&words[i], 1));
  }
  position_pack(writer, packed);
  position_writer_free(writer);
  return packed;
}

static gboolean is_word(uint8_t byte)
{
  return byte != '\n' && byte != ' ';
}

static void find_words(const uint8_t *words, size_t n)
{
  g_autoptr(GString) packed = pack(words, n);
  PositionFinder *finder = finder_of(WORDS);
  g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(Position));
  gboolean held[WORDS] = {FALSE};
  for (size_t i = 0; i < n; i++) held[words[i]] = is_word(words[i]);
  position_finder_find(finder, packed->str, packed->len, is_in, held, found);
  guint at = 0;
  for (size_t i = 0; i < n; i++) {
    if (!is_word(words[i])) continue;
    require(at < found->len && g_array_index(found, Position, at).term == words[i]);
    at++;
  }
  require(at == found->len);
  position_finder_free(finder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (size == 0) return 0;
  look_into(data[0], data + 1, size - 1);
  find_words(data + 1, size - 1);
  return 0;
}
