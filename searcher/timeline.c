/* timeline.c - see timeline.h */
#include "timeline.h"

#include <string.h>

enum {
  YEAR_MAX = 9999,
  DAYS_A_WEEK = 7,
  MONTHS = 13,
  DAYS = 32 /* 0: not known */,
  CELLS = MONTHS * DAYS
};

static const char *const scale_names[] = {
    [TIMELINE_NONE] = "none",     [TIMELINE_AUTO] = "auto",      [TIMELINE_DAY] = "day",
    [TIMELINE_WEEK] = "week",     [TIMELINE_MONTH] = "month",    [TIMELINE_YEAR] = "year",
    [TIMELINE_DECADE] = "decade", [TIMELINE_CENTURY] = "century"};

const char *timeline_scale_name(TimelineScale scale)
{
  return scale_names[scale];
}

TimelineScale timeline_scale(const char *name)
{
  for (gsize i = TIMELINE_AUTO; i < G_N_ELEMENTS(scale_names); i++)
    if (strcmp(name, scale_names[i]) == 0) return (TimelineScale)i;
  return TIMELINE_NONE;
}

/* ---- tallies ---- */

struct DateTally {
  int first_year, years;
  guint32 dated;
  guint32 *counts; /* by year, month and day */
};

DateTally *date_tally_new(int first_year, int last_year)
{
  DateTally *tally = g_new0(DateTally, 1);
  tally->first_year = first_year;
  tally->years = MAX(last_year - first_year + 1, 0);
  tally->counts = g_new0(guint32, (gsize)tally->years * CELLS + 1);
  return tally;
}

void date_tally_free(DateTally *tally)
{
  if (tally == NULL) return;
  g_free(tally->counts);
  g_free(tally);
}

static int digits(const char *text, int n)
{
  int value = 0;
  for (int i = 0; i < n; i++) value = value * 10 + (text[i] - '0');
  return value;
}

/* Values were written by date_format(), so where their digits stand is known: parsing every one
 * would take longer than all the rest of a timeline. Each date is checked when it is first seen. */
void date_tally_add(DateTally *tally, const char *value, gsize len)
{
  if (len != 4 && len != 7 && len != DATE_TEXT_SIZE - 1) return;
  int year = digits(value, 4);
  int month = len > 4 ? digits(value + 5, 2) : 0, day = len > 7 ? digits(value + 8, 2) : 0;
  int row = year - tally->first_year;
  if (row < 0 || row >= tally->years || month < 0 || month >= MONTHS || day < 0 || day >= DAYS)
    return;
  guint32 *count = &tally->counts[((gsize)row * MONTHS + (gsize)month) * DAYS + (gsize)day];
  Date date;
  if (*count == 0 && !date_parse_iso(value, len, &date)) return;
  ++*count;
  tally->dated++;
}

/* The next date that is counted, from cell `*at` on; FALSE at the end. */
static gboolean next_date(const DateTally *tally, gsize *at, Date *date, guint32 *count)
{
  gsize end = (gsize)tally->years * CELLS;
  while (*at < end && tally->counts[*at] == 0) ++*at;
  if (*at == end) return FALSE;
  *date = (Date){(gint16)(tally->first_year + (int)(*at / CELLS)), (guint8)(*at / DAYS % MONTHS),
                 (guint8)(*at % DAYS)};
  *count = tally->counts[(*at)++];
  return TRUE;
}

/* ---- periods are numbered within their scale ---- */

static gboolean is_too_coarse(TimelineScale scale, Date date)
{
  if (scale <= TIMELINE_WEEK) return date.day == 0;
  return scale == TIMELINE_MONTH && date.month == 0;
}

static int years_of(TimelineScale scale)
{
  return scale == TIMELINE_CENTURY ? 100 : scale == TIMELINE_DECADE ? 10 : 1;
}

/* The number of the period that a date, which is not too coarse, belongs to. */
static int number_of(TimelineScale scale, Date date)
{
  switch (scale) {
  case TIMELINE_DAY: return (int)date_number(date) - 1;
  case TIMELINE_WEEK: return ((int)date_number(date) - 1) / DAYS_A_WEEK;
  case TIMELINE_MONTH: return date.year * 12 + date.month - 1;
  default: return date.year / years_of(scale);
  }
}

static Period period_of(TimelineScale scale, int number)
{
  const Date first = {1, 1, 1};
  if (scale == TIMELINE_DAY || scale == TIMELINE_WEEK) {
    int days = scale == TIMELINE_WEEK ? DAYS_A_WEEK : 1;
    Date from = date_add_days(first, number * days);
    return (Period){.from = from, .to = date_add_days(from, days - 1)};
  }
  if (scale == TIMELINE_MONTH) {
    Date month = {(gint16)(number / 12), (guint8)(number % 12 + 1), 0};
    return (Period){.from = date_first_day(month), .to = date_last_day(month)};
  }
  int years = years_of(scale), year = number * years;
  return (Period){.from = {(gint16)MAX(year, 1), 1, 1},
                  .to = {(gint16)MIN(year + years - 1, YEAR_MAX), 12, 31}};
}

/* ---- timelines ---- */

/* What a scale would make of a tally. */
typedef struct Span {
  int first, last; /* numbers of periods; first > last: there are none */
  guint32 coarse;
} Span;

static Span span_of(const DateTally *tally, TimelineScale scale, Date from, Date to)
{
  Span span = {.first = G_MAXINT, .last = G_MININT};
  gsize at = 0;
  Date date;
  guint32 count;
  while (next_date(tally, &at, &date, &count)) {
    if (is_too_coarse(scale, date)) {
      span.coarse += count;
      continue;
    }
    int number = number_of(scale, date);
    span.first = MIN(span.first, number);
    span.last = MAX(span.last, number);
  }
  if (from.year > 0) span.first = MIN(span.first, number_of(scale, from));
  if (to.year > 0) span.last = MAX(span.last, number_of(scale, to));
  return span;
}

static guint32 size_of(const Span *span)
{
  if (span->first == G_MAXINT || span->last == G_MININT || span->first > span->last) return 0;
  return (guint32)(span->last - span->first) + 1;
}

static Span choose(const DateTally *tally, TimelineScale *scale, guint32 max, Date from, Date to)
{
  gboolean automatic = *scale == TIMELINE_AUTO;
  if (automatic) *scale = TIMELINE_DAY;
  for (;; ++*scale) {
    Span span = span_of(tally, *scale, from, to);
    gboolean coarse = automatic && span.coarse > tally->dated / 10;
    if (*scale == TIMELINE_CENTURY || (size_of(&span) <= max && !coarse)) return span;
  }
}

/* Calls for each date of a tally that falls into a period of the timeline. */
static void distribute(Timeline *timeline, const DateTally *tally, gboolean is_base)
{
  if (timeline->periods->len == 0) return;
  const Period *first = &g_array_index(timeline->periods, Period, 0);
  int offset = number_of(timeline->scale, first->from);
  gsize at = 0;
  Date date;
  guint32 count;
  while (next_date(tally, &at, &date, &count)) {
    if (is_too_coarse(timeline->scale, date)) continue;
    int number = number_of(timeline->scale, date) - offset;
    if (number < 0 || number >= (int)timeline->periods->len) continue;
    Period *period = &g_array_index(timeline->periods, Period, number);
    *(is_base ? &period->of : &period->count) += count;
  }
}

Timeline *timeline_new(const DateTally *tally, guint32 total, TimelineScale scale, guint32 max,
                       Date from, Date to)
{
  Span span = choose(tally, &scale, max, from, to);
  Timeline *timeline = g_new0(Timeline, 1);
  timeline->scale = scale;
  timeline->coarse = span.coarse;
  timeline->undated = total - tally->dated;
  timeline->periods = g_array_sized_new(FALSE, FALSE, sizeof(Period), size_of(&span));
  for (guint32 i = 0; i < size_of(&span); i++) {
    Period period = period_of(scale, span.first + (int)i);
    g_array_append_val(timeline->periods, period);
  }
  distribute(timeline, tally, FALSE);
  return timeline;
}

void timeline_free(Timeline *timeline)
{
  if (timeline == NULL) return;
  g_array_unref(timeline->periods);
  g_free(timeline);
}

void timeline_measure(Timeline *timeline, const DateTally *base)
{
  distribute(timeline, base, TRUE);
}

/* ---- reading ---- */

double period_share(const Period *period)
{
  return period->of == 0 ? 0 : (double)period->count / period->of;
}

int period_number(const Timeline *timeline, const Period *period)
{
  return number_of(timeline->scale, period->from);
}

/* A week belongs to the year that its Thursday is in. */
static char *week_name(const Period *period)
{
  Date thursday = date_add_days(period->from, 3);
  Date new_year = {thursday.year, 1, 1};
  guint32 week = (date_number(thursday) - date_number(new_year)) / DAYS_A_WEEK + 1;
  return g_strdup_printf("%04d-W%02u", thursday.year, week);
}

static char *format(Date date)
{
  char text[DATE_TEXT_SIZE];
  date_format(date, text);
  return g_strdup(text);
}

char *period_name(const Timeline *timeline, const Period *period)
{
  switch (timeline->scale) {
  case TIMELINE_WEEK: return week_name(period);
  case TIMELINE_DECADE: return g_strdup_printf("%03d0s", period->from.year / 10);
  case TIMELINE_CENTURY: return g_strdup_printf("%04d-%04d", period->from.year, period->to.year);
  default: return period_date(timeline, period);
  }
}

char *period_date(const Timeline *timeline, const Period *period)
{
  Date from = period->from, to = period->to;
  switch (timeline->scale) {
  case TIMELINE_DAY: return format(from);
  case TIMELINE_MONTH: return format((Date){from.year, from.month, 0});
  case TIMELINE_YEAR: return format((Date){from.year, 0, 0});
  case TIMELINE_WEEK: break;
  default: return g_strdup_printf("%04d..%04d", from.year, to.year);
  }
  char first[DATE_TEXT_SIZE], last[DATE_TEXT_SIZE];
  date_format(from, first);
  date_format(to, last);
  return g_strconcat(first, "..", last, NULL);
}
