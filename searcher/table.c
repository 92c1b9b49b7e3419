/* table.c - see table.h */
#include "table.h"

#include <jansson.h>
#include <stdlib.h>

#include "text_layout.h"

/* ---- text ---- */

static void write_padded(const Table *table, const Column *column, const char *text)
{
  int padding = MAX(column->width - layout_columns(text), 0);
  if (column->number)
    fprintf(table->out, "%*s%s  ", padding, "", text);
  else if (column->width > 0)
    fprintf(table->out, "%s%*s  ", text, padding, "");
  else
    fputs(text, table->out);
}

static void write_cell(const Table *table, const Column *column, const char *cell)
{
  g_autofree char *shown = cell == NULL     ? g_strdup("-")
                           : column->number ? output_number(g_ascii_strtoull(cell, NULL, 10))
                                            : output_printable(cell);
  write_padded(table, column, shown);
}

static void write_text(const Table *table, const char *const *cells)
{
  for (guint i = 0; i < table->n; i++)
    if (!table->columns[i].not_text) write_cell(table, &table->columns[i], cells[i]);
  fputc('\n', table->out);
}

static void write_text_header(const Table *table)
{
  for (guint i = 0; i < table->n; i++)
    if (!table->columns[i].not_text)
      write_padded(table, &table->columns[i], table->columns[i].name);
  fputc('\n', table->out);
}

/* ---- CSV ---- */

static void write_csv(const Table *table, const char *const *cells)
{
  for (guint i = 0; i < table->n; i++) output_cell(table->out, cells[i], i == 0);
  output_end_row(table->out);
}

static void write_csv_header(const Table *table)
{
  for (guint i = 0; i < table->n; i++) output_cell(table->out, table->columns[i].name, i == 0);
  output_end_row(table->out);
}

/* ---- JSON ---- */

static json_t *json_of(const Column *column, const char *cell)
{
  if (cell == NULL) return json_null();
  if (column->number) return json_integer((json_int_t)g_ascii_strtoull(cell, NULL, 10));
  return json_string(cell);
}

static void write_json(const Table *table, const char *const *cells)
{
  json_t *row = json_object();
  for (guint i = 0; i < table->n; i++)
    json_object_set_new(row, table->columns[i].name, json_of(&table->columns[i], cells[i]));
  json_dumpf(row, table->out, JSON_COMPACT);
  json_decref(row);
}

/* ---- all ---- */

void table_start(const Table *table)
{
  if (table->output == &output_text) write_text_header(table);
  if (table->output == &output_csv) write_csv_header(table);
  if (table->output == &output_json) fputs("{\"rows\":[", table->out);
}

void table_row(Table *table, const char *const *cells)
{
  if (table->output == &output_text) write_text(table, cells);
  if (table->output == &output_csv) write_csv(table, cells);
  if (table->output == &output_json && table->begun) fputc(',', table->out);
  if (table->output == &output_json || table->output == &output_jsonl) write_json(table, cells);
  if (table->output == &output_jsonl) fputc('\n', table->out);
  table->begun = TRUE;
}

void table_end(const Table *table, guint64 found)
{
  if (table->output == &output_json)
    fprintf(table->out, "],\"found\":%" G_GUINT64_FORMAT "}\n", found);
}
