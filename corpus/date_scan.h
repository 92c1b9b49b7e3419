/* date_scan.h - dates in running text.
 *
 * Found are days with a year of four digits, of two or without one, and months with a year; in
 * numbers alone only days with a year of four digits. No state is kept: it is thread-safe. */
#ifndef SITREP_DATE_SCAN_H
#define SITREP_DATE_SCAN_H

#include "date_match.h"

enum { DATE_SCAN_YEAR_MIN = 1600 }; /* the first newspapers; earlier years are other numbers */

/* The next date that begins at `from` or later in `len` bytes. What is glued or joined to more
 * letters or numbers (B20230620X, 1.2.3.2023) and ranges of days (3-5 May) are none. FALSE at the
 * end. */
gboolean date_scan(const char *text, gsize len, gsize from, DateSpan *span);

#endif
