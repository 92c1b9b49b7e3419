/* positions.c - see positions.h */
#include "positions.h"

#include <string.h>

#include "position_cell.h"
#include "varint.h"

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
    guint64 cell = position_cell(g_array_index(writer->terms, guint64, i), seed, width);
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
  *width = POSITION_WIDEST;
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
    guint64 cell = hash == 0 ? 0 : position_cell(hash, seed, width);
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
