/* date_scan.h - dates as they are written, in text of any length.
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
#ifndef SITREP_DATE_SCAN_H
#define SITREP_DATE_SCAN_H

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

/* Matches the beginning of the text with the patterns, a list ended by NULL; the first that gives a
 * day or month that exists, with a year from `year_min` on if it has four digits, is taken. FALSE
 * when there is none. */
gboolean date_match(const char *const *patterns, const char *text, gsize len, int year_min,
                    DateSpan *span);

enum { DATE_SCAN_YEAR_MIN = 1600 }; /* the first newspapers */

/* The next date in running text that begins at `from` or later: days with a year of four digits, of
 * two or without one, months with a year. Numbers and words that are glued to others (B20230620X,
 * 1.2.3.2023) and ranges of days (3-5 May) are none. FALSE at the end. */
gboolean date_scan(const char *text, gsize len, gsize from, DateSpan *span);

/* ---- for those who look at what stands around a date ---- */

/* TRUE for white space and the marks that set the direction of writing. */
gboolean date_is_blank(gunichar c);

/* The first place from `at` on, and the last before `at`, behind and before which nothing is
 * blank. */
const char *date_skip_blanks(const char *at, const char *end);
const char *date_skip_blanks_back(const char *at, const char *start);

/* The end of the word (letters and marks) at `at`, `at` when there is none; and the start of the
 * word that ends at `at`. */
const char *date_word_end(const char *at, const char *end);
const char *date_word_start(const char *at, const char *start);

#endif
