/* date.c - see date.h */
#include "date.h"

#include <stdio.h>
#include <string.h>

/* Longer text is no date: a full one with the name of its zone in brackets has about 70 bytes. */
enum { LONGEST_TEXT = 128 };

enum { YEAR_MAX = 9999, ZONE_NAME_MAX = 5, SHORTEST_NAME = 3 };

static const char *const month_names[] = {"january",   "february", "march",    "april",
                                          "may",       "june",     "july",     "august",
                                          "september", "october",  "november", "december"};
static const char *const weekday_names[] = {"monday", "tuesday",  "wednesday", "thursday",
                                            "friday", "saturday", "sunday"};

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
  while (!at_end(scan) && g_ascii_isspace(*scan->at)) scan->at++;
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

/* The next `n` characters, which are digits. */
static gint64 digits_value(Scan *scan, gsize n)
{
  gint64 value = 0;
  for (; n > 0; n--) value = value * 10 + (*scan->at++ - '0');
  return value;
}

static gboolean take_year(Scan *scan, Date *date)
{
  if (count_digits(scan) != 4) return FALSE;
  date->year = (gint16)digits_value(scan, 4);
  return TRUE;
}

/* A month or a day: one or two digits. 0 is none, or "1987-00" would be the year 1987. */
static gboolean take_part(Scan *scan, guint8 *part)
{
  gsize n = count_digits(scan);
  if (n != 1 && n != 2) return FALSE;
  *part = (guint8)digits_value(scan, n);
  return *part > 0;
}

/* One of `n` names or its beginning ("Sept", "Tues"); its number from 1, 0 when there is none. */
static guint8 take_name(Scan *scan, const char *const *names, gsize n)
{
  gsize len = count_letters(scan);
  if (len < SHORTEST_NAME) return 0;
  for (gsize i = 0; i < n; i++) {
    if (len > strlen(names[i]) || g_ascii_strncasecmp(scan->at, names[i], len) != 0) continue;
    scan->at += len;
    return (guint8)(i + 1);
  }
  return 0;
}

static gboolean take_month(Scan *scan, Date *date)
{
  date->month = take_name(scan, month_names, G_N_ELEMENTS(month_names));
  return date->month > 0;
}

/* What parts a month's name from numbers: "26-FEB-1987", "Feb. 26, 1987". */
static gboolean take_gap(Scan *scan)
{
  const char *from = scan->at;
  if (take_char(scan, '-')) return TRUE;
  take_char(scan, '.');
  take_char(scan, ',');
  take_spaces(scan);
  return scan->at > from;
}

/* It is not compared with the date: papers err there, and the date is what was printed large. */
static void skip_weekday(Scan *scan)
{
  if (take_name(scan, weekday_names, G_N_ELEMENTS(weekday_names)) > 0) take_gap(scan);
}

/* ---- forms: each reads the start of the text into a date that was all zero ---- */

/* 1987-02-26, 1987-02, 1987 */
static gboolean read_iso(Scan *scan, Date *date)
{
  if (!take_year(scan, date)) return FALSE;
  if (!take_char(scan, '-')) return TRUE;
  if (!take_part(scan, &date->month)) return FALSE;
  return !take_char(scan, '-') || take_part(scan, &date->day);
}

/* 19870226; 19870226150101, as GDELT writes it */
static gboolean read_basic(Scan *scan, Date *date)
{
  gsize n = count_digits(scan);
  if (n != 8 && n != 14) return FALSE;
  date->year = (gint16)digits_value(scan, 4);
  date->month = (guint8)digits_value(scan, 2);
  date->day = (guint8)digits_value(scan, 2);
  take_digits(scan);
  return is_day(*date);
}

/* Seconds or milliseconds since 1970. Padded with zeros it is some other number. */
static gboolean read_unix(Scan *scan, Date *date)
{
  gsize n = count_digits(scan);
  if ((n != 10 && n != 13) || *scan->at == '0') return FALSE;
  gint64 seconds = digits_value(scan, n) / (n == 13 ? 1000 : 1);
  if (!at_end(scan)) return FALSE;

  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(seconds);
  int year, month, day;
  g_date_time_get_ymd(time, &year, &month, &day);
  *date = (Date){(gint16)year, (guint8)month, (guint8)day};
  return TRUE;
}

/* 26 February 1987, 26-FEB-1987, Thu, 26 Feb 1987 */
static gboolean read_day_first(Scan *scan, Date *date)
{
  skip_weekday(scan);
  return take_part(scan, &date->day) && take_gap(scan) && take_month(scan, date) &&
         take_gap(scan) && take_year(scan, date);
}

/* February 26, 1987, Feb. 26, 1987, February 1987 */
static gboolean read_month_first(Scan *scan, Date *date)
{
  skip_weekday(scan);
  if (!take_month(scan, date) || !take_gap(scan)) return FALSE;
  if (take_year(scan, date)) return TRUE;
  return take_part(scan, &date->day) && take_gap(scan) && take_year(scan, date);
}

/* 26/02/1987, 02/26/1987, 02/02/1987, but not 02/03/1987 */
static gboolean read_slashes(Scan *scan, Date *date)
{
  Date by_day = {0}, by_month = {0};
  if (!take_part(scan, &by_day.day) || !take_char(scan, '/') || !take_part(scan, &by_day.month) ||
      !take_char(scan, '/') || !take_year(scan, &by_day))
    return FALSE;
  by_month = (Date){by_day.year, by_day.day, by_day.month};
  if (is_day(by_day) && is_day(by_month) && date_compare(by_day, by_month) != 0) return FALSE;
  *date = is_day(by_day) ? by_day : by_month;
  return is_day(*date);
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

typedef gboolean (*Form)(Scan *scan, Date *date);

static const Form forms[] = {read_iso,       read_basic,       read_unix,
                             read_day_first, read_month_first, read_slashes};

static gboolean read_form(Form form, Scan scan, Date *date)
{
  Date found = {0};
  if (!form(&scan, &found) || !date_valid(found)) return FALSE;
  if (!at_end(&scan) && (found.day == 0 || !skip_time(&scan))) return FALSE;
  *date = found;
  return TRUE;
}

gboolean date_parse(const char *text, gssize len, Date *date)
{
  Scan scan = {text, text + (len < 0 ? strlen(text) : (gsize)len)};
  take_spaces(&scan);
  while (!at_end(&scan) && g_ascii_isspace(scan.end[-1])) scan.end--;
  if (at_end(&scan) || scan.end - scan.at > LONGEST_TEXT) return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS(forms); i++)
    if (read_form(forms[i], scan, date)) return TRUE;
  return FALSE;
}

gboolean date_parse_iso(const char *text, gsize len, Date *date)
{
  Scan scan = {text, text + len};
  Date found = {0};
  if (!read_iso(&scan, &found) || !at_end(&scan) || !date_valid(found)) return FALSE;
  *date = found;
  return TRUE;
}
