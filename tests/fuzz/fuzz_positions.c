/* fuzz_positions.c - packed positions: any bytes are looked into without harm; and of the same
 * bytes taken for words, packed, all that stand beside each other are found. The first byte says
 * which terms the phrase has. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../corpus/positions.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { STEPS = 3, TERMS = 2, PAIRS = 200 };

static void require(gboolean holds)
{
  if (!holds) abort();
}

static gboolean has(void *context, guint step, guint term)
{
  return (*(const uint8_t *)context >> (step + term) & 1) != 0;
}

static void look_into(uint8_t how, const uint8_t *data, size_t size)
{
  static const guint64 hashes[STEPS][TERMS] = {{1, 2}, {2, 3}, {1, 4}};
  PhraseStep steps[STEPS];
  for (guint i = 0; i < STEPS; i++) steps[i] = (PhraseStep){hashes[i], 1 + (how >> i & 1)};
  for (guint n = 0; n <= STEPS; n++)
    positions_have_phrase((const char *)data, size, steps, n, has, &how);
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

static void find_pairs(const uint8_t *words, size_t n)
{
  g_autoptr(GString) packed = pack(words, n);
  for (size_t i = 0; i + 1 < n && i < PAIRS; i++) {
    guint64 first = position_hash((const char *)&words[i], 1);
    guint64 second = position_hash((const char *)&words[i + 1], 1);
    const PhraseStep steps[] = {{&first, 1}, {&second, 1}};
    if (is_word(words[i]) && is_word(words[i + 1]))
      require(positions_have_phrase(packed->str, packed->len, steps, 2, NULL, NULL));
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (size == 0) return 0;
  look_into(data[0], data + 1, size - 1);
  find_pairs(data + 1, size - 1);
  return 0;
}

#ifdef FUZZ_MAIN
int main(int argc, char **argv)
{
  for (int i = 1; i < argc; i++) {
    g_autofree char *content = NULL;
    gsize len = 0;
    if (!g_file_get_contents(argv[i], &content, &len, NULL)) return 1;
    LLVMFuzzerTestOneInput((const uint8_t *)content, len);
  }
  return 0;
}
#endif
