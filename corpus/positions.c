/* positions.c - see positions.h */
#include "positions.h"

#include <string.h>

#include "varint.h"

enum { WIDEST = 8 };

/* Widths of a cell in bytes, and how many seeds are tried before the next one is taken. Of 600
 * different terms every 16th seed parts all in 2 bytes, of 800 every 130th. */
static const struct {
  guint8 width, seeds;
} widths[] = {{2, 32}, {3, 8}, {4, 8}};

struct PositionWriter {
  GArray *places;   /* guint64: hash of the term at each place */
  GArray *sections; /* guint: places of each section that is ended */
  guint ended;      /* places in ended sections */
  GArray *terms;    /* guint64: the different hashes */
  guint64 *table;   /* open hash table of `size` numbers, 0 where it is free */
  gsize size;
};

PositionWriter *position_writer_new(void)
{
  PositionWriter *writer = g_new0(PositionWriter, 1);
  writer->places = g_array_new(FALSE, FALSE, sizeof(guint64));
  writer->sections = g_array_new(FALSE, FALSE, sizeof(guint));
  writer->terms = g_array_new(FALSE, FALSE, sizeof(guint64));
  return writer;
}

void position_writer_free(PositionWriter *writer)
{
  if (writer == NULL) return;
  g_array_free(writer->places, TRUE);
  g_array_free(writer->sections, TRUE);
  g_array_free(writer->terms, TRUE);
  g_free(writer->table);
  g_free(writer);
}

guint64 position_hash(const char *term, gsize len)
{
  guint64 hash = G_GUINT64_CONSTANT(0xCBF29CE484222325);
  for (gsize i = 0; i < len; i++)
    hash = (hash ^ (guint8)term[i]) * G_GUINT64_CONSTANT(0x100000001B3);
  return hash == 0 ? 1 : hash;
}

/* The last steps of splitmix64 (Steele, Lea, Flood 2014): every bit of the hash and of the seed
 * moves every bit of the cell. */
static guint64 cell_of(guint64 hash, guint seed, guint width)
{
  guint64 x = hash + (seed + (guint64)1) * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT(0xBF58476D1CE4E5B9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT(0x94D049BB133111EB);
  x ^= x >> 31;
  return x >> (64 - 8 * width);
}

void position_add(PositionWriter *writer, guint64 hash)
{
  g_array_append_val(writer->places, hash);
}

void position_end_section(PositionWriter *writer)
{
  guint places = writer->places->len - writer->ended;
  if (places > 0) g_array_append_val(writer->sections, places);
  writer->ended = writer->places->len;
}

/* ---- choosing the seed ---- */

static void clear_table(PositionWriter *writer, gsize entries)
{
  gsize size = 64;
  while (size < 2 * entries) size *= 2;
  if (size > writer->size) {
    g_free(writer->table);
    writer->table = g_new(guint64, size);
  }
  writer->size = size;
  memset(writer->table, 0, size * sizeof *writer->table);
}

/* Puts a number other than 0 into the table; FALSE when it was there. */
static gboolean put(PositionWriter *writer, guint64 number, guint64 start)
{
  gsize mask = writer->size - 1;
  for (gsize i = start & mask;; i = (i + 1) & mask) {
    if (writer->table[i] == number) return FALSE;
    if (writer->table[i] != 0) continue;
    writer->table[i] = number;
    return TRUE;
  }
}

static void find_terms(PositionWriter *writer)
{
  g_array_set_size(writer->terms, 0);
  clear_table(writer, writer->places->len);
  for (guint i = 0; i < writer->places->len; i++) {
    guint64 hash = g_array_index(writer->places, guint64, i);
    if (hash != 0 && put(writer, hash, hash >> 32)) g_array_append_val(writer->terms, hash);
  }
}

static gboolean parts_all(PositionWriter *writer, guint seed, guint width)
{
  clear_table(writer, writer->terms->len);
  for (guint i = 0; i < writer->terms->len; i++) {
    guint64 cell = cell_of(g_array_index(writer->terms, guint64, i), seed, width);
    if (cell == 0 || !put(writer, cell, cell)) return FALSE;
  }
  return TRUE;
}

static guint choose_seed(PositionWriter *writer, guint *width)
{
  for (guint i = 0; i < G_N_ELEMENTS(widths); i++) {
    *width = widths[i].width;
    /* Where the terms fill more of the cells, hardly any seed parts them. */
    if (writer->terms->len > 3 * (1u << (4 * *width))) continue;
    for (guint seed = 0; seed < widths[i].seeds; seed++)
      if (parts_all(writer, seed, *width)) return seed;
  }
  *width = WIDEST;
  return 0;
}

/* ---- writing ---- */

static void append_cells(const PositionWriter *writer, GString *packed, guint seed, guint width)
{
  gsize start = packed->len;
  g_string_set_size(packed, start + (gsize)writer->places->len * width);
  char *at = packed->str + start;
  for (guint i = 0; i < writer->places->len; i++) {
    guint64 hash = g_array_index(writer->places, guint64, i);
    guint64 cell = hash == 0 ? 0 : cell_of(hash, seed, width);
    for (guint byte = 0; byte < width; byte++) *at++ = (char)(cell >> (8 * byte));
  }
}

void position_pack(PositionWriter *writer, GString *packed)
{
  position_end_section(writer);
  find_terms(writer);
  if (writer->terms->len > 0) {
    guint width, seed = choose_seed(writer, &width);
    g_string_append_c(packed, (char)width);
    varint_append(packed, seed);
    varint_append(packed, writer->sections->len);
    for (guint i = 0; i < writer->sections->len; i++)
      varint_append(packed, g_array_index(writer->sections, guint, i));
    append_cells(writer, packed, seed, width);
  }
  g_array_set_size(writer->places, 0);
  g_array_set_size(writer->sections, 0);
  writer->ended = 0;
}

/* ---- reading ---- */

typedef struct Cursor {
  const char *at, *end;
} Cursor;

/* A phrase as the cells of one article. */
typedef struct Phrase {
  const PhraseStep *steps;
  guint n, width;
  guint64 *cells; /* of all terms of all steps, in order */
  PhraseHas has;
  void *context;
} Phrase;

static guint64 read_cell(const guint8 *at, guint width)
{
  guint64 cell = 0;
  for (guint byte = 0; byte < width; byte++) cell |= (guint64)at[byte] << (8 * byte);
  return cell;
}

/* TRUE when a term of the step stands at `at`; `cells` are the step's. */
static gboolean step_matches(const Phrase *phrase, guint step, const guint64 *cells,
                             const guint8 *at)
{
  guint64 cell = read_cell(at, phrase->width);
  for (guint i = 0; i < phrase->steps[step].n; i++)
    if (cells[i] == cell && cell != 0 &&
        (phrase->steps[step].n == 1 || phrase->has(phrase->context, step, i)))
      return TRUE;
  return FALSE;
}

static gboolean phrase_at(const Phrase *phrase, const guint8 *at)
{
  const guint64 *cells = phrase->cells;
  for (guint step = 0; step < phrase->n; step++) {
    if (!step_matches(phrase, step, cells, at + (gsize)step * phrase->width)) return FALSE;
    cells += phrase->steps[step].n;
  }
  return TRUE;
}

/* TRUE when one of BLOCK cells of two bytes is `cell`. Without a way out of the loop compilers
 * compare many cells at a time. */
enum { BLOCK = 64 };
static gboolean block_has(const guint8 *at, guint16 cell)
{
  guint16 found = 0;
  for (guint i = 0; i < BLOCK; i++) {
    guint16 here;
    memcpy(&here, at + (gsize)2 * i, 2);
    found |= here == cell;
  }
  return found != 0;
}

/* The next place at or after `at` that may begin the phrase, NULL when there is none. */
static const guint8 *next_start(const Phrase *phrase, const guint8 *at, const guint8 *end)
{
  if (phrase->steps[0].n != 1 || phrase->width != 2) return at < end ? at : NULL;
  guint16 cell = GUINT16_TO_LE((guint16)phrase->cells[0]);
  const gsize bytes = sizeof cell * BLOCK;
  while ((gsize)(end - at) >= bytes && !block_has(at, cell)) at += bytes;
  for (; at < end; at += 2)
    if (memcmp(at, &cell, 2) == 0) return at;
  return NULL;
}

static gboolean section_has(const Phrase *phrase, const guint8 *cells, guint32 n)
{
  if (n < phrase->n) return FALSE;
  const guint8 *end = cells + (gsize)(n - phrase->n + 1) * phrase->width;
  for (const guint8 *at = next_start(phrase, cells, end); at != NULL;
       at = next_start(phrase, at + phrase->width, end))
    if (phrase_at(phrase, at)) return TRUE;
  return FALSE;
}

/* Looks through the sections; the cursor is at their lengths. */
static gboolean any_section_has(const Phrase *phrase, Cursor lengths, guint32 sections)
{
  Cursor skip = lengths;
  guint32 n;
  for (guint32 i = 0; i < sections; i++)
    if (!varint_next(&skip.at, skip.end, &n)) return FALSE;
  const guint8 *cells = (const guint8 *)skip.at, *end = (const guint8 *)skip.end;
  for (guint32 i = 0; i < sections && varint_next(&lengths.at, lengths.end, &n); i++) {
    if (n > (gsize)(end - cells) / phrase->width) return FALSE;
    if (section_has(phrase, cells, n)) return TRUE;
    cells += (gsize)n * phrase->width;
  }
  return FALSE;
}

static void set_cells(Phrase *phrase, guint seed)
{
  guint64 *cell = phrase->cells;
  for (guint step = 0; step < phrase->n; step++)
    for (guint i = 0; i < phrase->steps[step].n; i++)
      *cell++ = cell_of(phrase->steps[step].hashes[i], seed, phrase->width);
}

gboolean positions_have_phrase(const char *packed, gsize len, const PhraseStep *steps, guint n,
                               PhraseHas has, void *context)
{
  enum { FEW = 32 };
  guint32 seed, sections;
  if (len == 0 || n == 0) return FALSE;
  Cursor cursor = {packed + 1, packed + len};
  Phrase phrase = {
      .steps = steps, .n = n, .width = (guint8)packed[0], .has = has, .context = context};
  if (phrase.width == 0 || phrase.width > WIDEST) return FALSE;
  if (!varint_next(&cursor.at, cursor.end, &seed) ||
      !varint_next(&cursor.at, cursor.end, &sections))
    return FALSE;
  guint terms = 0;
  for (guint i = 0; i < n; i++) terms += steps[i].n;
  guint64 few[FEW];
  phrase.cells = terms <= FEW ? few : g_new(guint64, terms);
  set_cells(&phrase, seed);
  gboolean found = any_section_has(&phrase, cursor, sections);
  if (phrase.cells != few) g_free(phrase.cells);
  return found;
}
