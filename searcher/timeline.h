/* timeline.h - articles counted by day, week, month or longer, from the dates that they have.
 *
 * A date belongs to a period when all that it covers does: one that is known to its month only
 * belongs to that month, year and so on, but to no day or week. What is too coarse for the periods
 * is counted apart, as is what has no date, so that nothing is lost: the counts of all periods,
 * `coarse` and `undated` add up to all articles. */
#ifndef SITREP_TIMELINE_H
#define SITREP_TIMELINE_H

#include "../corpus/date.h"
#include <glib.h>

typedef enum TimelineScale {
  TIMELINE_NONE, /* no timeline */
  TIMELINE_AUTO, /* the finest that is not too fine: see timeline_new() */
  TIMELINE_DAY,
  TIMELINE_WEEK, /* ISO 8601: from Monday to Sunday */
  TIMELINE_MONTH,
  TIMELINE_YEAR,
  TIMELINE_DECADE, /* 1980 to 1989 */
  TIMELINE_CENTURY /* 1900 to 1999 */
} TimelineScale;

/* What a timeline's counts are measured by. */
typedef enum TimelineBase {
  TIMELINE_OF_ALL,    /* all articles of the index in the same period */
  TIMELINE_OF_FILTERS /* those that the query would match without its words */
} TimelineBase;

/* Periods that an automatic choice makes at most. */
enum { TIMELINE_AUTO_MAX = 120 };

typedef struct Period {
  Date from, to;     /* its first and last day */
  guint32 count, of; /* matches, and articles of the base (`count` of them match) */
} Period;

typedef struct Timeline {
  TimelineScale scale; /* DAY or coarser */
  TimelineBase base;
  GArray *periods; /* Period, one behind the other without gaps; those without articles count 0 */
  guint32 coarse;  /* matches whose date is known, but not to which period it belongs */
  guint32 undated; /* matches without a date */
} Timeline;

/* "day" and so on, "auto", "none"; static. */
const char *timeline_scale_name(TimelineScale scale);
/* The scale called `name`, AUTO among them; TIMELINE_NONE for anything else. */
TimelineScale timeline_scale(const char *name);
/* The names that timeline_scale() takes, for a sentence: "day, week, ... or auto". */
#define TIMELINE_SCALES "day, week, month, year, decade, century or auto"

/* ---- counting ---- */

/* How many articles have each date, at its precision. */
typedef struct DateTally DateTally;

/* For dates of these years, from 1 to 9999: 1.7 KB a year. */
DateTally *date_tally_new(int first_year, int last_year);
void date_tally_free(DateTally *tally);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DateTally, date_tally_free)

/* Counts one date in ISO 8601 (SLOT_DATE). What is none, or of another year, is passed over and
 * counts as undated. */
void date_tally_add(DateTally *tally, const char *value, gsize len);

/* The timeline of `total` articles, whose dates `tally` has. It runs from the first to the last
 * period that has any of them, or from `from` and to `to`, days, when these reach further; year 0:
 * no such limit. `scale` is the finest wanted: where that would be more than `max` periods (at
 * least 100), the next coarser is taken, and so on, and `scale` of the result tells. AUTO begins
 * with days and also passes over scales at which over a tenth of the dates would be too coarse. */
Timeline *timeline_new(const DateTally *tally, guint32 total, TimelineScale scale, guint32 max,
                       Date from, Date to);
void timeline_free(Timeline *timeline); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Timeline, timeline_free)

/* Sets `of` of every period from the dates of the base. */
void timeline_measure(Timeline *timeline, const DateTally *base);

/* ---- reading ---- */

/* The part of the base that matches, from 0 to 1; 0 where the base is empty. */
double period_share(const Period *period);

/* The number of a period, one more than that of the one before: what is divisible by 7 days is a
 * Monday, by 12 months a January, by 10 years a round one. */
int period_number(const Timeline *timeline, const Period *period);

/* A period as people read it: "1987-03-01", "1987-W10", "1987-03", "1987", "1980s", "1900-1999";
 * g_free() it. */
char *period_name(const Timeline *timeline, const Period *period);

/* The same as a value of date: in a query ("1987-03", "1987-03-02..1987-03-08"); g_free() it. */
char *period_date(const Timeline *timeline, const Period *period);

#endif
