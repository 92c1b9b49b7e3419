/* positions_find.c - see positions_find.h */
#include "positions_find.h"

#include <stdlib.h>
#include <string.h>

#include "position_cell.h"
#include "varint.h"

/* FEW terms are compared with the cells one by one. TABLES: most seeds are below 32, see
 * positions.c. BUCKETS: by the first byte of a cell. */
enum { FEW = 6, TABLES = 64, BITS = 1 << 16, BLOCK = 64, BUCKETS = 256 };

/* A term as a cell. */
typedef struct Entry {
  guint64 cell;
  guint32 term;
} Entry;

/* The terms as the cells of one seed. */
typedef struct Table {
  guint seed, width; /* width 0: not in use */
  Entry *entries;    /* by cell */
  guint *buckets;    /* where the entries of each bucket begin; one more: their end */
  guint64 *bits;     /* by the low 16 bits of a cell: whether a term may have it; NULL for few */
} Table;

struct PositionFinder {
  guint64 *hashes;
  guint n;
  Table tables[TABLES]; /* by what seed_slot() says */
  guint32 article;      /* how many were looked into */
  guint32 *asked;       /* by term: article * 2, and 1 when it holds the term */
};

PositionFinder *position_finder_new(const guint64 *hashes, guint n)
{
  PositionFinder *finder = g_new0(PositionFinder, 1);
  finder->hashes = g_memdup2(hashes, n * sizeof *hashes);
  finder->n = n;
  finder->asked = g_new0(guint32, MAX(n, 1));
  return finder;
}

void position_finder_free(PositionFinder *finder)
{
  if (finder == NULL) return;
  for (guint i = 0; i < TABLES; i++) {
    g_free(finder->tables[i].entries);
    g_free(finder->tables[i].buckets);
    g_free(finder->tables[i].bits);
  }
  g_free(finder->hashes);
  g_free(finder->asked);
  g_free(finder);
}

/* ---- terms as cells ---- */

static int by_cell(const void *a, const void *b)
{
  const Entry *left = a, *right = b;
  if (left->cell != right->cell) return left->cell < right->cell ? -1 : 1;
  return left->term < right->term ? -1 : left->term > right->term;
}

static void set_bits(Table *table, guint n)
{
  if (table->bits == NULL) table->bits = g_new(guint64, BITS / 64);
  memset(table->bits, 0, BITS / 8);
  for (guint i = 0; i < n; i++) {
    guint low = table->entries[i].cell % BITS;
    table->bits[low / 64] |= (guint64)1 << low % 64;
  }
}

static guint bucket_of(guint64 cell, guint width)
{
  return (guint)(cell >> (8 * (width - 1)));
}

static void set_buckets(Table *table, guint n)
{
  guint entry = 0;
  for (guint bucket = 0; bucket < BUCKETS; bucket++) {
    while (entry < n && bucket_of(table->entries[entry].cell, table->width) < bucket) entry++;
    table->buckets[bucket] = entry;
  }
  table->buckets[BUCKETS] = n;
}

static const Table *table_of(PositionFinder *finder, guint seed, guint width)
{
  Table *table = &finder->tables[(seed + width * 32) % TABLES];
  if (table->seed == seed && table->width == width) return table;
  if (table->entries == NULL) {
    table->entries = g_new(Entry, MAX(finder->n, 1));
    table->buckets = g_new(guint, BUCKETS + 1);
  }
  table->seed = seed;
  table->width = width;
  for (guint i = 0; i < finder->n; i++)
    table->entries[i] = (Entry){position_cell(finder->hashes[i], seed, width), i};
  qsort(table->entries, finder->n, sizeof *table->entries, by_cell);
  set_buckets(table, finder->n);
  if (finder->n > FEW) set_bits(table, finder->n);
  return table;
}

/* ---- one article ---- */

typedef struct Search {
  PositionFinder *finder;
  const Table *table;
  PositionHas has;
  void *context;
  GArray *found;
} Search;

static gboolean holds(const Search *search, guint32 term)
{
  guint32 *asked = &search->finder->asked[term], article = search->finder->article * 2;
  if ((*asked & ~1u) != article) *asked = article | (search->has(search->context, term) ? 1 : 0);
  return (*asked & 1) != 0;
}

/* Of several terms with that cell the article holds one at most: see positions.h. */
static void look_up(const Search *search, guint64 cell, guint32 section, guint32 at)
{
  const Table *table = search->table;
  guint bucket = bucket_of(cell, table->width);
  for (guint i = table->buckets[bucket]; i < table->buckets[bucket + 1]; i++) {
    Position position = {section, at, table->entries[i].term};
    if (table->entries[i].cell != cell || !holds(search, position.term)) continue;
    g_array_append_val(search->found, position);
    return;
  }
}

/* FALSE for most cells that are no term's, when there are not few. */
static inline gboolean may_be_term(const Table *table, guint64 cell)
{
  return cell != 0 &&
         (table->bits == NULL || (table->bits[cell % BITS / 64] >> cell % 64 & 1) != 0);
}

static guint64 read_cell(const guint8 *at, guint width)
{
  guint64 cell = 0;
  for (guint byte = 0; byte < width; byte++) cell |= (guint64)at[byte] << (8 * byte);
  return cell;
}

static guint64 read_two(const guint8 *at)
{
  guint16 cell;
  memcpy(&cell, at, sizeof cell);
  return GUINT16_FROM_LE(cell);
}

/* Finds few terms among BLOCK cells of two bytes. Without a way out of the inner loops compilers
 * compare many cells at a time. */
static void find_in_block(const Search *search, const guint8 *cells, guint32 section, guint32 at)
{
  guint16 hits[BLOCK] = {0};
  for (guint t = 0; t < search->finder->n; t++) {
    guint16 cell = GUINT16_TO_LE((guint16)search->table->entries[t].cell);
    for (guint i = 0; i < BLOCK; i++) {
      guint16 here;
      memcpy(&here, cells + (gsize)2 * i, 2);
      hits[i] |= (guint16) - (here == cell);
    }
  }
  for (guint i = 0; i < BLOCK; i += 4) {
    guint64 four;
    memcpy(&four, hits + i, sizeof four);
    for (guint k = i; four != 0 && k < i + 4; k++)
      if (hits[k] != 0 && read_two(cells + (gsize)2 * k) != 0)
        look_up(search, read_two(cells + (gsize)2 * k), section, at + k);
  }
}

static void find_in_twos(const Search *search, const guint8 *cells, guint32 section, guint32 n)
{
  guint32 at = 0;
  for (; search->table->bits == NULL && n - at >= BLOCK; at += BLOCK)
    find_in_block(search, cells + (gsize)at * 2, section, at);
  for (; at < n; at++) {
    guint64 cell = read_two(cells + (gsize)at * 2);
    if (may_be_term(search->table, cell)) look_up(search, cell, section, at);
  }
}

static void find_in_section(const Search *search, const guint8 *cells, guint32 section, guint32 n)
{
  guint width = search->table->width;
  if (width == 2) {
    find_in_twos(search, cells, section, n);
    return;
  }
  for (guint32 at = 0; at < n; at++) {
    guint64 cell = read_cell(cells + (gsize)at * width, width);
    if (may_be_term(search->table, cell)) look_up(search, cell, section, at);
  }
}

typedef struct Cursor {
  const char *at, *end;
} Cursor;

/* Looks through the sections; the cursor is at their lengths. */
static void find_in_sections(const Search *search, Cursor lengths, guint32 sections)
{
  Cursor skip = lengths;
  guint32 n;
  for (guint32 i = 0; i < sections; i++)
    if (!varint_next(&skip.at, skip.end, &n)) return;
  const guint8 *cells = (const guint8 *)skip.at, *end = (const guint8 *)skip.end;
  for (guint32 i = 0; i < sections && varint_next(&lengths.at, lengths.end, &n); i++) {
    if (n > (gsize)(end - cells) / search->table->width) return;
    find_in_section(search, cells, i, n);
    cells += (gsize)n * search->table->width;
  }
}

void position_finder_find(PositionFinder *finder, const char *packed, gsize len, PositionHas has,
                          void *context, GArray *found)
{
  guint32 seed, sections;
  g_array_set_size(found, 0);
  if (len == 0) return;
  Cursor cursor = {packed + 1, packed + len};
  guint width = (guint8)packed[0];
  if (width == 0 || width > POSITION_WIDEST) return;
  if (!varint_next(&cursor.at, cursor.end, &seed) ||
      !varint_next(&cursor.at, cursor.end, &sections))
    return;
  if (++finder->article > G_MAXUINT32 / 2) { /* the next round of numbers */
    memset(finder->asked, 0, finder->n * sizeof *finder->asked);
    finder->article = 1;
  }
  Search search = {finder, table_of(finder, seed, width), has, context, found};
  find_in_sections(&search, cursor, sections);
}
