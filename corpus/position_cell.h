/* position_cell.h - cells of packed positions, for positions.c, which writes them, and
 * positions_find.c, which reads them. */
#ifndef SITREP_POSITION_CELL_H
#define SITREP_POSITION_CELL_H

#include <glib.h>

enum { POSITION_WIDEST = 8 }; /* bytes of a cell */

/* The last steps of splitmix64 (Steele, Lea, Flood 2014): every bit of the hash and of the seed
 * moves every bit of the cell. */
static inline guint64 position_cell(guint64 hash, guint seed, guint width)
{
  guint64 x = hash + (seed + (guint64)1) * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT(0xBF58476D1CE4E5B9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT(0x94D049BB133111EB);
  x ^= x >> 31;
  return x >> (64 - 8 * width);
}

#endif
