/* date.c - see date.h */
#include "date.h"

#include <stdio.h>
#include <string.h>

#include "date_chars.h"
#include "date_match.h"

/* Longer text is no date: a full one with the name of its zone in brackets has about 70 bytes. */
enum { LONGEST_TEXT = 128 };

enum { YEAR_MAX = 9999, ZONE_NAME_MAX = 5, TIMESTAMP_DIGITS = 14 };

/* ---- calendar ---- */

static gboolean is_day(Date date)
{
  return date.year >= 1 && date.year <= YEAR_MAX && date.month >= 1 && date.month <= 12 &&
         date.day >= 1 && g_date_valid_dmy(date.day, (GDateMonth)date.month, (GDateYear)date.year);
}

gboolean date_valid(Date date)
{
  if (date.year < 1 || date.year > YEAR_MAX || date.month > 12) return FALSE;
  return date.day == 0 || is_day(date);
}

void date_format(Date date, char out[DATE_TEXT_SIZE])
{
  unsigned year = (unsigned)CLAMP(date.year, 0, YEAR_MAX);
  unsigned month = MIN(date.month, 99u), day = MIN(date.day, 99u);
  if (month == 0)
    snprintf(out, DATE_TEXT_SIZE, "%04u", year);
  else if (day == 0)
    snprintf(out, DATE_TEXT_SIZE, "%04u-%02u", year, month);
  else
    snprintf(out, DATE_TEXT_SIZE, "%04u-%02u-%02u", year, month, day);
}

Date date_first_day(Date date)
{
  return (Date){date.year, MAX(date.month, 1), MAX(date.day, 1)};
}

Date date_last_day(Date date)
{
  if (date.month == 0) date.month = 12;
  if (date.day == 0)
    date.day = g_date_get_days_in_month((GDateMonth)date.month, (GDateYear)date.year);
  return date;
}

guint32 date_number(Date day)
{
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_dmy(&date, day.day, (GDateMonth)day.month, (GDateYear)day.year);
  return g_date_get_julian(&date);
}

Date date_add_days(Date date, int days)
{
  const gint64 last = date_number((Date){YEAR_MAX, 12, 31});
  gint64 moved = (gint64)date_number(date) + days;
  GDate day;
  g_date_clear(&day, 1);
  g_date_set_julian(&day, (guint32)CLAMP(moved, 1, last));
  return (Date){(gint16)g_date_get_year(&day), (guint8)g_date_get_month(&day),
                (guint8)g_date_get_day(&day)};
}

int date_compare(Date a, Date b)
{
  if (a.year != b.year) return a.year - b.year;
  if (a.month != b.month) return a.month - b.month;
  return a.day - b.day;
}

/* ---- scanning: each function moves only over what it took ---- */

typedef struct Scan {
  const char *at, *end;
} Scan;

static gboolean at_end(const Scan *scan)
{
  return scan->at == scan->end;
}

static gboolean take_char(Scan *scan, char c)
{
  if (at_end(scan) || *scan->at != c) return FALSE;
  scan->at++;
  return TRUE;
}

static gboolean take_spaces(Scan *scan)
{
  const char *from = scan->at;
  scan->at = date_skip_blanks(from, scan->end);
  return scan->at > from;
}

static gsize count_digits(const Scan *scan)
{
  const char *at = scan->at;
  while (at < scan->end && g_ascii_isdigit(*at)) at++;
  return (gsize)(at - scan->at);
}

static gsize count_letters(const Scan *scan)
{
  const char *at = scan->at;
  while (at < scan->end && g_ascii_isalpha(*at)) at++;
  return (gsize)(at - scan->at);
}

static gboolean take_digits(Scan *scan)
{
  gsize n = count_digits(scan);
  scan->at += n;
  return n > 0;
}

/* ---- what may follow a day ---- */

static gboolean skip_zone_name(Scan *scan)
{
  gsize n = count_letters(scan);
  if (n > ZONE_NAME_MAX) return FALSE;
  scan->at += n;
  return TRUE;
}

static gboolean skip_offset(Scan *scan)
{
  if (!take_char(scan, '+') && !take_char(scan, '-')) return TRUE;
  if (!take_digits(scan)) return FALSE;
  return !take_char(scan, ':') || take_digits(scan);
}

/* "Z", " GMT", " PM EST", " GMT+0100", " -05:00 (EST)"; "F", " V RM" and "# ..." in Reuters-21578
 */
static gboolean skip_zone(Scan *scan)
{
  take_spaces(scan);
  if (!skip_zone_name(scan)) return FALSE;
  take_spaces(scan);
  if (!skip_zone_name(scan) || !skip_offset(scan)) return FALSE;
  take_spaces(scan);
  if (take_char(scan, '#') || (take_char(scan, '(') && scan->end[-1] == ')')) scan->at = scan->end;
  return at_end(scan);
}

/* Whether the rest is a time. It is not kept, so its hours need not exist: Reuters-21578 has a
 * "31-MAR-1987 605:12:19.12". */
static gboolean skip_time(Scan *scan)
{
  gboolean basic = take_char(scan, 'T') || take_char(scan, 't');
  if (!basic) {
    take_char(scan, ',');
    if (!take_spaces(scan)) return FALSE;
  }
  if (!take_digits(scan)) return FALSE;
  gboolean colon = FALSE;
  while (take_char(scan, ':')) {
    colon = TRUE;
    if (!take_digits(scan)) return FALSE;
  }
  /* A lone number after a space may be anything. */
  if (!basic && !colon) return FALSE;
  if ((take_char(scan, '.') || take_char(scan, ',')) && !take_digits(scan)) return FALSE;
  return skip_zone(scan);
}

/* ---- reading ---- */

/* How archives state dates. The whole text must be one, so years need not be likely. */
static const char *const stated[] = {"Y-m-d", "Y/m/d", "B",   "d M Y", "M d Y", "d/m/Y",
                                     "d.m.Y", "d-m-Y", "Y-m", "M Y",   "Y",     NULL};
static const char *const iso[] = {"Y-m-d", "Y-m", "Y", NULL};

/* Seconds or milliseconds since 1970. Padded with zeros it is some other number. */
static gboolean read_unix(const Scan *scan, Date *date)
{
  gsize n = count_digits(scan);
  if ((n != 10 && n != 13) || scan->at + n != scan->end || *scan->at == '0') return FALSE;
  gint64 seconds = 0;
  for (gsize i = 0; i < 10; i++) seconds = seconds * 10 + (scan->at[i] - '0');

  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(seconds);
  int year, month, day;
  g_date_time_get_ymd(time, &year, &month, &day);
  *date = (Date){(gint16)year, (guint8)month, (guint8)day};
  return TRUE;
}

/* 19870226150101, as GDELT writes it: the day is what its first eight digits say. */
static gsize basic_length(const Scan *scan)
{
  return count_digits(scan) == TIMESTAMP_DIGITS ? 8 : (gsize)(scan->end - scan->at);
}

static gboolean read_stated(Scan *scan, Date *date)
{
  static const DateForms forms = {stated, 1, NULL};
  DateSpan span;
  if (!date_match(&forms, scan->at, basic_length(scan), &span) || span.swappable) return FALSE;
  scan->at += span.end;
  take_digits(scan);
  if (!at_end(scan) && (span.date.day == 0 || !skip_time(scan))) return FALSE;
  *date = span.date;
  return TRUE;
}

gboolean date_parse(const char *text, gssize len, Date *date)
{
  Scan scan = {text, text + (len < 0 ? strlen(text) : (gsize)len)};
  take_spaces(&scan);
  scan.end = date_skip_blanks_back(scan.end, scan.at);
  if (at_end(&scan) || scan.end - scan.at > LONGEST_TEXT) return FALSE;
  return read_unix(&scan, date) || read_stated(&scan, date);
}

gboolean date_parse_iso(const char *text, gsize len, Date *date)
{
  static const DateForms forms = {iso, 1, NULL};
  DateSpan span;
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isdigit(text[i]) && text[i] != '-') return FALSE;
  if (!date_match(&forms, text, len, &span) || span.end != len) return FALSE;
  *date = span.date;
  return TRUE;
}
