/* describe_date.c - the date of an article, by its address, its dateline or its head; see
 * describe.h.
 *
 * date_url.c and date_head.c find dates, here one is chosen and completed: a wrong date is worse
 * than none. */
#include <stdlib.h>
#include <string.h>

#include "date_head.h"
#include "date_url.h"
#include "describe_step.h"

enum {
  HEAD_BYTES = 1200,  /* of the text in which dates are looked for */
  YEARS_BYTES = 8192, /* in which years are looked for that tell the century */
  RECENT_YEARS = 20,  /* articles name years so far back more often than others */
  NEAR_DAYS = 31      /* a dateline is at most so old when it is printed */
};

/* What is known of the date beside what is read. */
typedef struct Evidence {
  const char *body;
  Date today; /* and a day, since days begin in the east */
  Date url;   /* a month or a year; year 0: nothing */
  Date head;  /* a day that the head states beside the dateline; year 0: none */
} Evidence;

typedef struct Found {
  Date date;
  GString *why;
} Found;

/* ---- years ---- */

static gboolean is_possible(const Evidence *evidence, Date date)
{
  if (!date_valid(date) || date_compare(date_first_day(date), evidence->today) > 0) return FALSE;
  return evidence->url.year == 0 ||
         date_compare(date_first_day(date), date_add_days(date_last_day(evidence->url), 1)) <= 0;
}

/* Whether digits of the text are a time: "at 1905", "1905 GMT", "1905 hours". */
static gboolean is_time(const char *text, const char *at, const char *behind)
{
  static const char *const units[] = {" GMT", " UTC", " hours", " hrs", "h"};
  if (at - text >= 3 && g_ascii_strncasecmp(at - 3, "at ", 3) == 0) return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS(units); i++)
    if (g_ascii_strncasecmp(behind, units[i], strlen(units[i])) == 0) return TRUE;
  return FALSE;
}

/* How many years of those after `from` and up to `to` the text names, the same one twice not
 * counted where it is named again at once. */
static guint count_years(const char *text, int from, int to)
{
  guint years = 0;
  int last = 0;
  const char *at = text, *end = text + strnlen(text, YEARS_BYTES);
  while (at < end) {
    gsize n = strspn(at, "0123456789");
    int year = n == 4 ? (int)strtol(at, NULL, 10) : 0;
    if (year > from && year <= to && year != last && !is_time(text, at, at + n)) {
      years++;
      last = year;
    }
    at += n;
    at += strcspn(at, "0123456789");
  }
  return years;
}

/* "90" is 1990, the latest such year that has begun, unless the address or another date of
 * the head is nearer to 1890, or the text names several years before that and none later. */
static void complete_century(const Evidence *evidence, int short_year, Found *found)
{
  const char *reason = "the latest such year";
  int witness = evidence->url.year > 0 ? evidence->url.year : evidence->head.year;
  int year = evidence->today.year / 100 * 100 + short_year;
  if (year > evidence->today.year) year -= 100;
  if (witness > 0) {
    while (abs(year - 100 - witness) < abs(year - witness)) year -= 100;
    reason = evidence->url.year > 0 ? "by the URL" : "by the head of the text";
  } else if (count_years(evidence->body, year - RECENT_YEARS, year) > 0) {
    reason = "by years in the text";
  } else if (count_years(evidence->body, year - 100, evidence->today.year) == 0 &&
             count_years(evidence->body, year - 100 - RECENT_YEARS, year - 100) > 1) {
    year -= 100;
    reason = "by years in the text";
  }
  found->date.year = (gint16)year;
  g_string_append_printf(found->why, "; %02d read as %d, %s", short_year, year, reason);
}

static gboolean is_near(Date date, Date day)
{
  if (!date_valid(date)) return FALSE;
  return date_compare(date, date_add_days(day, -NEAR_DAYS)) >= 0 &&
         date_compare(date, date_add_days(day, 1)) <= 0;
}

/* The year in which day and month are at most a month before `day`. */
static gboolean complete_near(Date day, const char *whence, Found *found)
{
  for (int year = day.year - 1; year <= day.year + 1; year++) {
    found->date.year = (gint16)year;
    if (!is_near(found->date, day)) continue;
    g_string_append_printf(found->why, "; year from the %s", whence);
    return TRUE;
  }
  return FALSE;
}

static gboolean complete_year(const Evidence *evidence, Found *found)
{
  if (evidence->head.year > 0) return complete_near(evidence->head, "head of the text", found);
  if (evidence->url.month > 0) return complete_near(date_last_day(evidence->url), "URL", found);
  if (evidence->url.year == 0) return FALSE;
  found->date.year = evidence->url.year;
  g_string_append(found->why, "; year from the URL");
  return TRUE;
}

/* ISO 8601's number of the weekday. */
static guint weekday_of(Date date)
{
  GDate day;
  g_date_clear(&day, 1);
  g_date_set_dmy(&day, date.day, (GDateMonth)date.month, (GDateYear)date.year);
  return g_date_get_weekday(&day);
}

static gboolean take_dateline(const Evidence *evidence, const DateSpan *span, Found *found)
{
  found->date = span->date;
  g_string_assign(found->why, "dateline");
  if (span->short_year >= 0) complete_century(evidence, span->short_year, found);
  if (found->date.year > 0) return is_possible(evidence, found->date);
  if (!complete_year(evidence, found) || !is_possible(evidence, found->date)) return FALSE;
  return span->weekday == 0 || span->weekday == weekday_of(found->date);
}

/* ---- day first or month first ---- */

static Date swapped(Date date)
{
  return (Date){date.year, date.day, date.month};
}

/* The order of numbers that the source's country or the language is known for; NULL: none is. Spain
 * and Latin America, France and its former colonies, the Arab countries and Russia all write the
 * day first; English is written with either. */
static const char *usual_order(const Article *article, gboolean *month_first)
{
  static const char day_first[] = "fr es ar ru pt it uk tr fa de nl pl";
  const char *lang = article_first(article, FIELD_LANG);
  const char *country = article_first(article, FIELD_SOURCE_COUNTRY);
  *month_first = country != NULL && strcmp(country, "US") == 0;
  if (*month_first) return "month first, by the source's country";
  if (lang == NULL || strlen(lang) != 2) return NULL;
  if (strstr(day_first, lang) != NULL) return "day first, by the language";
  gboolean unclear = country == NULL || strlen(country) != 2 || strstr("CA PH PR", country) != NULL;
  return strcmp(lang, "en") == 0 && !unclear ? "day first, by the source's country" : NULL;
}

/* 03/04/2023: by the weekday beside it, else by what is usual, else only the year is certain. */
static void settle_order(const Article *article, const DateSpan *span, Found *found)
{
  gboolean month_first = FALSE;
  const char *reason = NULL;
  if (span->weekday > 0) {
    month_first = weekday_of(swapped(span->date)) == span->weekday;
    if (month_first != (weekday_of(span->date) == span->weekday)) reason = "order by the weekday";
  }
  if (reason == NULL) reason = usual_order(article, &month_first);
  if (month_first) found->date = swapped(span->date);
  if (reason == NULL) found->date = (Date){span->date.year, 0, 0};
  g_string_append_printf(found->why, "; %s",
                         reason == NULL ? "day or month first is unclear" : reason);
}

/* ---- choosing ---- */

static gboolean take_head(const Article *article, const Evidence *evidence, const DateSpan *span,
                          const char *whence, Found *found)
{
  found->date = span->date;
  g_string_assign(found->why, whence);
  if (span->swappable) settle_order(article, span, found);
  return is_possible(evidence, found->date);
}

static const HeadKind telling[] = {HEAD_PUBLISHED, HEAD_LINE, HEAD_UPDATED};

/* The day that lends a dateline its year. */
static void learn_head(Evidence *evidence, const HeadDates *dates)
{
  for (gsize i = 0; i < G_N_ELEMENTS(telling) && evidence->head.year == 0; i++) {
    const DateSpan *span = &dates->spans[telling[i]];
    if (dates->found[telling[i]] && !span->swappable && is_possible(evidence, span->date))
      evidence->head = span->date;
  }
}

static gboolean take_any(const Article *article, Evidence *evidence, const HeadDates *dates,
                         const char *whence, Found *found)
{
  learn_head(evidence, dates);
  const DateSpan *dateline = &dates->spans[HEAD_DATELINE];
  if (dates->found[HEAD_DATELINE] && take_dateline(evidence, dateline, found)) return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS(telling); i++)
    if (dates->found[telling[i]] &&
        take_head(article, evidence, &dates->spans[telling[i]], whence, found))
      return TRUE;
  return FALSE;
}

/* The bytes of a text that are looked at: whole lines where there are some. */
static gsize head_length(const char *body)
{
  gsize len = strnlen(body, HEAD_BYTES);
  if (body[len] == '\0') return len;
  const char *lf = memrchr(body, '\n', len);
  if (lf != NULL) return (gsize)(lf - body);
  while (((guchar)body[len] & 0xC0) == 0x80) len--;
  return len;
}

/* Text files without a title have their first line there. */
static gboolean find_in_text(const Article *article, Evidence *evidence, Found *found)
{
  HeadDates dates;
  const char *title = article_first(article, FIELD_TITLE);
  head_dates_find(&dates, evidence->body, head_length(evidence->body));
  if (take_any(article, evidence, &dates, "head of the text", found)) return TRUE;
  if (title == NULL) return FALSE;
  head_dates_find(&dates, title, head_length(title));
  return take_any(article, evidence, &dates, "title", found);
}

/* A month or a day of the URL stands, unless the text has a day that agrees with the month. */
static gboolean find_date(const Article *article, Evidence *evidence, Found *found)
{
  const char *url = article_first(article, FIELD_URL);
  Date by_url;
  gboolean told = url != NULL && date_of_url(url, &by_url) && is_possible(evidence, by_url);
  if (told && by_url.day == 0) evidence->url = by_url;
  if (!told || by_url.day == 0) {
    gboolean text = find_in_text(article, evidence, found);
    if (!told || by_url.month == 0) return text;
    if (text && found->date.day > 0 && is_near(found->date, date_last_day(by_url))) return TRUE;
  }
  found->date = by_url;
  g_string_assign(found->why, "URL");
  return TRUE;
}

static Date tomorrow(void)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc();
  int year, month, day;
  g_date_time_get_ymd(now, &year, &month, &day);
  return date_add_days((Date){(gint16)year, (guint8)month, (guint8)day}, 1);
}

void describe_date(Scribe *scribe, Article *article)
{
  (void)scribe;
  /* What an earlier run derived is derived anew. */
  if (article_is_derived(article, FIELD_DATE)) article_clear(article, FIELD_DATE);
  if (article_first(article, FIELD_DATE) != NULL) return;
  const char *body = article_text(article);
  Evidence evidence = {.body = body == NULL ? "" : body, .today = tomorrow()};
  Found found = {.why = g_string_new(NULL)};
  if (find_date(article, &evidence, &found)) {
    char text[DATE_TEXT_SIZE];
    date_format(found.date, text);
    article_derive(article, FIELD_DATE, text, found.why->str);
  }
  g_string_free(found.why, TRUE);
}
