/* date.h - dates of articles: days, months and years, never times.
 *
 * The written form everywhere is ISO 8601 at its precision: "1987", "1987-03", "1987-03-01". */
#ifndef SITREP_DATE_H
#define SITREP_DATE_H

#include <glib.h>

/* A date at its precision: month 0 means only the year is known, day 0 only year and month. */
typedef struct Date {
  gint16 year;  /* 1 to 9999 */
  guint8 month; /* 0 to 12 */
  guint8 day;   /* 0 to 31 */
} Date;

enum { DATE_TEXT_SIZE = 11 };

/* Reads a date as archives write them: ISO 8601 and its basic form, with or without a time and a
 * zone (the day is taken as written): "1987-02-26T15:01:01Z", "19870226", "20230620T081500Z",
 * "1987-02", "1987", also "1987/02/26"; RFC 2822 "Thu, 26 Feb 1987 15:01:01 +0000"; "26-FEB-1987
 * 15:01:01.79"; with the names of months in English, French, Spanish, Russian and Arabic "26
 * February 1987", "Feb. 26, 1987", "February 1987", "1er juin 2023", "12 de junio de 2023", "12
 * июня 2023 г.", "12 حزيران/يونيو 2023"; "26.02.1987", the day first; "26/02/1987", "26-02-1987"
 * and "02/26/1987" only where one reading is possible. Digits of any script. Unix time in seconds
 * (10 digits) or milliseconds (13). FALSE for anything else and for days that do not exist. */
gboolean date_parse(const char *text, gssize len, Date *date);

/* Reads ISO 8601 only ("1987", "1987-2", "1987-02-26"), all of `len` bytes; FALSE otherwise. */
gboolean date_parse_iso(const char *text, gsize len, Date *date);

/* TRUE when the date is one (month and day in range, or 0 at the end). */
gboolean date_valid(Date date);

/* Writes ISO 8601 at the date's precision. */
void date_format(Date date, char out[DATE_TEXT_SIZE]);

/* The first and the last day a date covers: 1987-03 is 1987-03-01 to 1987-03-31. */
Date date_first_day(Date date);
Date date_last_day(Date date);

/* Days move over month ends; `date` must be a day. Stays within years 1 to 9999. */
Date date_add_days(Date date, int days);

/* The number of a day, counted from 0001-01-01, which is 1 and a Monday; days before it do not
 * exist.
 */
guint32 date_number(Date day);

/* Order of two days: negative, zero, positive. */
int date_compare(Date a, Date b);

#endif
