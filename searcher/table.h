/* table.h - rows of a few columns, as text, CSV, JSON or JSON Lines, written as they come. */
#ifndef SITREP_TABLE_H
#define SITREP_TABLE_H

#include "output.h"

typedef struct Column {
  const char *name;
  int width;         /* columns of a terminal; 0 for the last, which may be of any length */
  gboolean number;   /* a number in JSON, with thousands commas and to the right in text */
  gboolean not_text; /* left out in text */
} Column;

typedef struct Table {
  const Output *output; /* one of the four of output.h */
  FILE *out;
  const Column *columns;
  guint n;
  gboolean begun; /* a row was written; FALSE at first */
} Table;

/* Writes what comes before the rows. */
void table_start(const Table *table);
/* Writes a row of `n` cells, numbers as digits; NULL for an empty one. */
void table_row(Table *table, const char *const *cells);
/* Writes what comes behind the rows; in JSON `found`, how many there would be without a limit. */
void table_end(const Table *table, guint64 found);

#endif
