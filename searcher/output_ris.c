/* output_ris.c - citations in RIS, as reference managers read it: a newspaper article each.
 *
 * The tags are those of "RIS Format Specifications" (Thomson ResearchSoft, 2011); what a reference
 * manager shows as a note (N1) says where the record comes from. */
#include <string.h>

#include "output.h"

static void write_tag(FILE *out, const char *tag, const char *text)
{
  g_autofree char *line = output_line(text);
  fprintf(out, "%s  - %s\r\n", tag, line);
}

/* A line for each value, labels for countries. */
static void write_field(FILE *out, const char *tag, const Article *article, FieldId field)
{
  const GPtrArray *values = article_values(article, field);
  for (guint i = 0; values != NULL && i < values->len; i++)
    write_tag(out, tag, facet_label(field, g_ptr_array_index(values, i)));
}

/* PY is a year, DA "1987/03/01/": what is not known is left empty between the slashes. */
static void write_date(FILE *out, const Article *article)
{
  const char *text = article_first(article, FIELD_DATE);
  Date date;
  if (text == NULL || !date_parse_iso(text, strlen(text), &date)) return;
  fprintf(out, "PY  - %04d\r\nDA  - %04d/", date.year, date.year);
  if (date.month > 0) fprintf(out, "%02d", date.month);
  fputc('/', out);
  if (date.day > 0) fprintf(out, "%02d", date.day);
  fputs("/\r\n", out);
}

static void write_record(const Article *article, const char *note, FILE *out)
{
  gboolean is_title;
  g_autofree char *title = output_heading(article, &is_title);
  fputs("TY  - NEWS\r\n", out);
  write_tag(out, "TI", title);
  write_field(out, "AU", article, FIELD_AUTHOR);
  write_field(out, "T2", article, FIELD_SOURCE);
  write_date(out, article);
  write_field(out, "UR", article, FIELD_URL);
  write_field(out, "LA", article, FIELD_LANG);
  write_field(out, "AN", article, FIELD_ID);
  for (int field = FIELD_COUNTRY; field < FIELD_COUNT; field++)
    if (field != FIELD_MENTIONS_COUNTRY) write_field(out, "KW", article, (FieldId)field);
  if (note != NULL) write_tag(out, "N1", note);
  fputs("ER  - \r\n\r\n", out);
}

typedef struct Records {
  FILE *out;
  const char *note;
} Records;

static void write_hit(Answer *answer, const Hit *hit, gpointer data)
{
  (void)answer;
  const Records *records = data;
  write_record(hit->article, records->note, records->out);
}

static gboolean ris_search(Answer *answer, const OutputContext *context, GError **error)
{
  g_autofree char *note = output_note(answer);
  Records records = {context->out, note};
  return output_hits(answer, write_hit, &records, error);
}

static gboolean ris_article(const Article *article, const OutputContext *context, GError **error)
{
  (void)error;
  write_record(article, NULL, context->out);
  return TRUE;
}

const Output output_ris = {"ris", ris_search, NULL, NULL, ris_article};
