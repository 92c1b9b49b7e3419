/* date_match.h - dates as they are written, by patterns.
 *
 * How a date may be written is a pattern, one letter or mark an element:
 *
 *   Y  a year of four digits               y  a year of two, perhaps with an apostrophe
 *   m  a month of one or two digits        d  a day of one or two, perhaps an ordinal
 *   B  year, month and day in eight        b  month and day in four
 *   M  the name of a month (date_names.h), perhaps with its other Arabic name behind it
 *   space  what parts words: spaces, a comma, a full stop, particles as "de", or a hyphen
 *   other marks stand for themselves
 *
 * A weekday may stand before any date and behind one with a year. Digits are those of any script.
 * Names and words are compared folded. Text is UTF-8; bytes that are none part words. No state is
 * kept: all of it is thread-safe. */
#ifndef SITREP_DATE_MATCH_H
#define SITREP_DATE_MATCH_H

#include "date.h"

typedef struct DateSpan {
  gsize start, end;   /* bytes of the text, weekdays and "года" included */
  Date date;          /* year 0: there is none, or one of two digits; otherwise as in date.h */
  gint8 short_year;   /* a year of two digits, 0 to 99; -1: there is none */
  guint8 weekday;     /* 1 Monday to 7 Sunday; 0: none */
  gboolean swappable; /* numbers that can also be read month first: 03/04/2023. Day and month are
                         then those of reading the day first */
  gboolean named;     /* the month is a name */
} DateSpan;

typedef struct DateForms {
  const char *const *patterns; /* ended by NULL; the first that gives a date is taken */
  int year_min;                /* years of four digits before it are none */
  /* Whether a date may end at `at`, before `end`; NULL: it may end anywhere. */
  gboolean (*follows)(const char *at, const char *end);
} DateForms;

/* Matches the beginning of the text; FALSE when there is no date. One that does not exist is none.
 */
gboolean date_match(const DateForms *forms, const char *text, gsize len, DateSpan *span);

#endif
