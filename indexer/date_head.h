/* date_head.h - the dates at the head of an article, and what each of them is. For describe_date.c
 * only.
 *
 * A date in running text tells when something happened, not when the article was written; so only
 * those are found that stand where papers and agencies put the date of the article. */
#ifndef SITREP_DATE_HEAD_H
#define SITREP_DATE_HEAD_H

#include "../corpus/date_scan.h"

typedef enum HeadKind {
  HEAD_DATELINE,  /* "LIMA, 14 de mayo (EFE) -": behind a place, before the text */
  HEAD_PUBLISHED, /* "Published on 20 June 2023", "Дата публикации: 12.05.2023" */
  HEAD_LINE,      /* a line that says little else: "Tuesday, June 20, 2023" */
  HEAD_UPDATED,   /* "Updated June 20, 2023" */
  HEAD_KINDS,
  HEAD_NONE = HEAD_KINDS
} HeadKind;

/* The first date of each kind in the first lines of `text` (`len` bytes of UTF-8): `found` says
 * which there are, spans are bytes of the text. Of other kinds than HEAD_DATELINE those alone that
 * have a year of four digits. */
typedef struct HeadDates {
  gboolean found[HEAD_KINDS];
  DateSpan spans[HEAD_KINDS];
} HeadDates;

void head_dates_find(HeadDates *dates, const char *text, gsize len);

#endif
