/* facet_column.c - see facet_column.h */
#include "facet_column.h"

#include <string.h>

#include "facets.h"
#include "varint.h"

struct FacetColumn {
  GArray *starts;  /* guint32, by document number: where its ordinals start; one more as the end */
  GArray *values;  /* guint32: the ordinals of all documents, one behind the other */
  guint32 *totals; /* by ordinal: how many documents have it */
  guint32 ordinals;
};

FacetColumn *facet_column_new(guint32 ordinals)
{
  FacetColumn *column = g_new0(FacetColumn, 1);
  column->starts = g_array_new(FALSE, TRUE, sizeof(guint32));
  g_array_set_size(column->starts, 1);
  column->values = g_array_new(FALSE, FALSE, sizeof(guint32));
  column->totals = g_new0(guint32, ordinals);
  column->ordinals = ordinals;
  return column;
}

void facet_column_free(FacetColumn *column)
{
  if (column == NULL) return;
  g_array_free(column->starts, TRUE);
  g_array_free(column->values, TRUE);
  g_free(column->totals);
  g_free(column);
}

void facet_column_add(FacetColumn *column, guint32 docid, const char *packed, gsize len)
{
  while (column->starts->len <= docid) g_array_append_val(column->starts, column->values->len);
  guint32 ordinal;
  for (const char *at = packed, *end = packed + len; varint_next(&at, end, &ordinal);) {
    if (ordinal >= column->ordinals) continue;
    g_array_append_val(column->values, ordinal);
    column->totals[ordinal]++;
  }
  g_array_append_val(column->starts, column->values->len);
}

/* How many documents the column has numbers for, 0 included. */
static gsize numbers(const FacetColumn *column)
{
  return column->starts->len - 1;
}

static guint64 word_at(const guint64 *words, gsize n, gsize i)
{
  return i < n ? words[i] : 0;
}

/* Adds `step` for every ordinal of every document whose bit in the bitmap is not that of `flip`. */
static void count_bits(const FacetColumn *column, const guint64 *words, gsize n, guint64 flip,
                       guint32 step, guint32 *counts)
{
  const guint32 *starts = (const guint32 *)column->starts->data;
  const guint32 *values = (const guint32 *)column->values->data;
  gsize end = numbers(column);
  for (gsize i = 0; i * 64 < end; i++) {
    guint64 word = word_at(words, n, i) ^ flip;
    if (end - i * 64 < 64) word &= ~G_GUINT64_CONSTANT(0) >> (64 - (end - i * 64));
    for (; word != 0; word &= word - 1) {
      gsize docid = i * 64 + (gsize)__builtin_ctzll(word);
      for (guint32 v = starts[docid]; v < starts[docid + 1]; v++) counts[values[v]] += step;
    }
  }
}

static gsize count_members(const guint64 *words, gsize n)
{
  gsize members = 0;
  for (gsize i = 0; i < n; i++) members += (gsize)__builtin_popcountll(words[i]);
  return members;
}

void facet_column_count(const FacetColumn *column, const guint64 *words, gsize n, guint32 *counts)
{
  if (count_members(words, n) <= numbers(column) / 2) {
    memset(counts, 0, column->ordinals * sizeof *counts);
    count_bits(column, words, n, 0, 1, counts);
    return;
  }
  /* Of most documents: those of all without those of the rest. */
  memcpy(counts, column->totals, column->ordinals * sizeof *counts);
  count_bits(column, words, n, ~G_GUINT64_CONSTANT(0), (guint32)-1, counts);
}
