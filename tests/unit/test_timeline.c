/* test_timeline.c - searcher/timeline.h and searcher/timeline_svg.h */
#include "../../searcher/timeline_svg.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../searcher/html.h"

static const Date open_end = {0};

/* A tally of dates parted by spaces. */
static DateTally *tally_of(const char *dates)
{
  DateTally *tally = date_tally_new(1, 9999);
  g_auto(GStrv) list = g_strsplit(dates, " ", -1);
  for (gsize i = 0; list[i] != NULL; i++) date_tally_add(tally, list[i], strlen(list[i]));
  return tally;
}

static guint count_words(const char *text)
{
  g_auto(GStrv) list = g_strsplit(text, " ", -1);
  return g_strv_length(list);
}

static Timeline *timeline_of(const char *dates, TimelineScale scale, guint32 max)
{
  g_autoptr(DateTally) tally = tally_of(dates);
  return timeline_new(tally, count_words(dates), scale, max, open_end, open_end);
}

/* "week: 1987-W09 2, 1987-W10 0; 1 coarse, 0 undated" */
static char *print(const Timeline *timeline)
{
  GString *out = g_string_new(timeline_scale_name(timeline->scale));
  for (guint i = 0; i < timeline->periods->len; i++) {
    const Period *period = &g_array_index(timeline->periods, Period, i);
    g_autofree char *name = period_name(timeline, period);
    g_string_append_printf(out, "%s %s %u", i == 0 ? ":" : ",", name, period->count);
  }
  g_string_append_printf(out, "; %u coarse, %u undated", timeline->coarse, timeline->undated);
  return g_string_free(out, FALSE);
}

static void assert_timeline(const char *dates, TimelineScale scale, const char *expected)
{
  g_autoptr(Timeline) timeline = timeline_of(dates, scale, 1000);
  g_autofree char *text = print(timeline);
  assert_string_equal(text, expected);
}

static void test_scales(void **state)
{
  (void)state;
  const char *dates = "1987-02-27 1987-03-02 1987-03-02 1987-03 1987";
  assert_timeline(
      dates, TIMELINE_DAY,
      "day: 1987-02-27 1, 1987-02-28 0, 1987-03-01 0, 1987-03-02 2; 2 coarse, 0 undated");
  assert_timeline(dates, TIMELINE_WEEK, "week: 1987-W09 1, 1987-W10 2; 2 coarse, 0 undated");
  assert_timeline(dates, TIMELINE_MONTH, "month: 1987-02 1, 1987-03 3; 1 coarse, 0 undated");
  assert_timeline(dates, TIMELINE_YEAR, "year: 1987 5; 0 coarse, 0 undated");
  assert_timeline("1979 1991-05", TIMELINE_DECADE,
                  "decade: 1970s 1, 1980s 0, 1990s 1; 0 coarse, 0 undated");
  assert_timeline("1899-12-31 1900", TIMELINE_CENTURY,
                  "century: 1800-1899 1, 1900-1999 1; 0 coarse, 0 undated");
}

/* Years do not begin with their first week (ISO 8601; checked with date(1)). */
static void test_weeks(void **state)
{
  (void)state;
  static const struct {
    const char *day, *week, *date;
  } rows[] = {
      {"2005-01-01", "2004-W53", "2004-12-27..2005-01-02"},
      {"2005-01-03", "2005-W01", "2005-01-03..2005-01-09"},
      {"2007-12-31", "2008-W01", "2007-12-31..2008-01-06"},
      {"2010-01-03", "2009-W53", "2009-12-28..2010-01-03"},
      {"2012-02-29", "2012-W09", "2012-02-27..2012-03-04"},
      {"0001-01-01", "0001-W01", "0001-01-01..0001-01-07"},
      {"9999-12-31", "9999-W52", "9999-12-27..9999-12-31"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(Timeline) timeline = timeline_of(rows[i].day, TIMELINE_WEEK, 1000);
    assert_int_equal(timeline->periods->len, 1);
    const Period *period = &g_array_index(timeline->periods, Period, 0);
    g_autofree char *name = period_name(timeline, period);
    g_autofree char *date = period_date(timeline, period);
    assert_string_equal(name, rows[i].week);
    assert_string_equal(date, rows[i].date);
  }
}

static void test_period_dates(void **state)
{
  (void)state;
  static const struct {
    TimelineScale scale;
    const char *date, *from, *to;
  } rows[] = {
      {TIMELINE_DAY, "2000-02-29", "2000-02-29", "2000-02-29"},
      {TIMELINE_MONTH, "2000-02", "2000-02-01", "2000-02-29"},
      {TIMELINE_YEAR, "2000", "2000-01-01", "2000-12-31"},
      {TIMELINE_DECADE, "2000..2009", "2000-01-01", "2009-12-31"},
      {TIMELINE_CENTURY, "2000..2099", "2000-01-01", "2099-12-31"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(Timeline) timeline = timeline_of("2000-02-29", rows[i].scale, 1000);
    const Period *period = &g_array_index(timeline->periods, Period, 0);
    g_autofree char *date = period_date(timeline, period);
    char from[DATE_TEXT_SIZE], to[DATE_TEXT_SIZE];
    date_format(period->from, from);
    date_format(period->to, to);
    assert_string_equal(date, rows[i].date);
    assert_string_equal(from, rows[i].from);
    assert_string_equal(to, rows[i].to);
  }
}

/* What is no date, or not of the tally's years, is undated. */
static void test_no_dates(void **state)
{
  (void)state;
  assert_timeline("x", TIMELINE_DAY, "day; 0 coarse, 1 undated");
  assert_timeline("1987-02-30 1987-13 19870301 x987 ./:; 1987-00 ÿÿÿÿ 87", TIMELINE_YEAR,
                  "year; 0 coarse, 8 undated");
  g_autoptr(DateTally) tally = date_tally_new(1980, 1981);
  static const char *const dates[] = {"1979", "1980", "1981", "1982", "0000", "9999"};
  for (gsize i = 0; i < G_N_ELEMENTS(dates); i++) date_tally_add(tally, dates[i], 4);
  g_autoptr(Timeline) timeline = timeline_new(tally, 7, TIMELINE_YEAR, 1000, open_end, open_end);
  g_autofree char *text = print(timeline);
  assert_string_equal(text, "year: 1980 1, 1981 1; 0 coarse, 5 undated");
  g_autoptr(DateTally) none = date_tally_new(1, 0);
  date_tally_add(none, "1980", 4);
  g_autoptr(Timeline) empty = timeline_new(none, 1, TIMELINE_AUTO, 100, open_end, open_end);
  assert_int_equal(empty->periods->len, 0);
  assert_int_equal(empty->undated, 1);
}

static void test_limits(void **state)
{
  (void)state;
  static const struct {
    const char *dates;
    Date from, to;
    const char *expected;
  } rows[] = {
      {"1987-03-01", {1987, 1, 1}, {0}, "month: 1987-01 0, 1987-02 0, 1987-03 1"},
      {"1987-03-01", {0}, {1987, 4, 30}, "month: 1987-03 1, 1987-04 0"},
      {"1987-03-01", {1987, 3, 1}, {1987, 3, 31}, "month: 1987-03 1"},
      {"x", {1987, 3, 1}, {1987, 4, 30}, "month: 1987-03 0, 1987-04 0"},
      {"x", {1987, 3, 1}, {0}, "month"},
      {"x", {1988, 3, 1}, {1987, 4, 30}, "month"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(DateTally) tally = tally_of(rows[i].dates);
    g_autoptr(Timeline) timeline =
        timeline_new(tally, 1, TIMELINE_MONTH, 1000, rows[i].from, rows[i].to);
    g_autofree char *text = print(timeline);
    *strchr(text, ';') = '\0';
    assert_string_equal(text, rows[i].expected);
  }
}

static TimelineScale chosen(const char *dates, TimelineScale scale, guint32 max)
{
  g_autoptr(Timeline) timeline = timeline_of(dates, scale, max);
  return timeline->scale;
}

static void test_choice(void **state)
{
  (void)state;
  assert_int_equal(chosen("1987-01-01 1987-04-30", TIMELINE_AUTO, 120), TIMELINE_DAY);
  assert_int_equal(chosen("1987-01-01 1987-05-01", TIMELINE_AUTO, 120), TIMELINE_WEEK);
  assert_int_equal(chosen("1987-01-05 1989-04-23", TIMELINE_AUTO, 120), TIMELINE_WEEK);
  assert_int_equal(chosen("1987-01-05 1989-04-24", TIMELINE_AUTO, 120), TIMELINE_MONTH);
  assert_int_equal(chosen("1987-01-05 1996-12-31", TIMELINE_AUTO, 120), TIMELINE_MONTH);
  assert_int_equal(chosen("1987-01-05 1997-01-01", TIMELINE_AUTO, 120), TIMELINE_YEAR);
  assert_int_equal(chosen("1881-01-05 2000-01-01", TIMELINE_AUTO, 120), TIMELINE_YEAR);
  assert_int_equal(chosen("1880-01-05 2000-01-01", TIMELINE_AUTO, 120), TIMELINE_DECADE);
  assert_int_equal(chosen("0001-01-01 9999-12-31", TIMELINE_AUTO, 120), TIMELINE_CENTURY);
  assert_int_equal(chosen("1987 1987-01-01", TIMELINE_AUTO, 120), TIMELINE_YEAR);
  assert_int_equal(chosen("1987-01 1987-01-01", TIMELINE_AUTO, 120), TIMELINE_MONTH);
  /* A scale that was asked for is only left where there would be too many periods. */
  assert_int_equal(chosen("1987 1987-01-01", TIMELINE_DAY, 120), TIMELINE_DAY);
  assert_int_equal(chosen("1987-01-01 1987-05-01", TIMELINE_DAY, 121), TIMELINE_DAY);
  assert_int_equal(chosen("1987-01-01 1987-05-01", TIMELINE_DAY, 120), TIMELINE_WEEK);
  assert_int_equal(chosen("0001-01-01 9999-12-31", TIMELINE_WEEK, 100), TIMELINE_CENTURY);
  assert_int_equal(timeline_scale("week"), TIMELINE_WEEK);
  assert_int_equal(timeline_scale("auto"), TIMELINE_AUTO);
  assert_int_equal(timeline_scale("none"), TIMELINE_NONE);
  assert_int_equal(timeline_scale("Week"), TIMELINE_NONE);
  assert_int_equal(timeline_scale(""), TIMELINE_NONE);
}

static void test_measure(void **state)
{
  (void)state;
  g_autoptr(Timeline) timeline = timeline_of("1987-01-05 1987-03-05", TIMELINE_MONTH, 1000);
  g_autoptr(DateTally) base =
      tally_of("1986-12-31 1987-01-05 1987-01-06 1987 1987-01 1987-03-05 1987-04-01");
  timeline_measure(timeline, base);
  static const guint32 of[] = {3, 0, 1};
  static const double shares[] = {1.0 / 3, 0, 1};
  assert_int_equal(timeline->periods->len, 3);
  for (guint i = 0; i < 3; i++) {
    const Period *period = &g_array_index(timeline->periods, Period, i);
    assert_int_equal(period->of, of[i]);
    assert_true(ABS(period_share(period) - shares[i]) < 1e-9);
  }
}

/* ---- drawing ---- */

static void link_to(GString *out, const Period *period, const char *date, gpointer data)
{
  g_autofree char *url =
      g_strdup_printf("?q=%s&date=%s&y=%d", (const char *)data, date, period->from.year);
  html_attr(out, "href", url);
}

typedef struct Seen {
  guint links, titles, paths;
  char *role;
} Seen;

static void see(GMarkupParseContext *context, const char *element, const char **names,
                const char **values, gpointer data, GError **error)
{
  (void)context;
  (void)error;
  Seen *seen = data;
  if (strcmp(element, "a") == 0) seen->links++;
  if (strcmp(element, "title") == 0) seen->titles++;
  if (strcmp(element, "path") == 0) seen->paths++;
  for (gsize i = 0; names[i] != NULL; i++) {
    assert_string_not_equal(names[i], "style");
    assert_int_not_equal(strncmp(names[i], "on", 2), 0);
    if (strcmp(names[i], "role") == 0) seen->role = g_strdup(values[i]);
  }
}

/* Parses the drawing as XML, which fails where anything was not escaped. */
static Seen look_at(const GString *svg)
{
  static const GMarkupParser parser = {.start_element = see};
  Seen seen = {0};
  g_autoptr(GError) error = NULL;
  g_autoptr(GMarkupParseContext) context = g_markup_parse_context_new(&parser, 0, &seen, NULL);
  gboolean ok = g_markup_parse_context_parse(context, svg->str, (gssize)svg->len, &error) &&
                g_markup_parse_context_end_parse(context, &error);
  if (!ok) fail_msg("%s in %s", error->message, svg->str);
  return seen;
}

static GString *draw(const char *dates, TimelineScale scale, const TimelineSvg *options)
{
  g_autoptr(Timeline) timeline = timeline_of(dates, scale, 100000);
  g_autoptr(DateTally) base = tally_of(dates);
  timeline_measure(timeline, base);
  GString *out = g_string_new(NULL);
  timeline_svg(out, timeline, options);
  return out;
}

static void test_svg(void **state)
{
  (void)state;
  TimelineSvg options = {.id = "t",
                         .title = "<b>\"x\" & 'y'</b>\x01",
                         .share = TRUE,
                         .link = link_to,
                         .data = "<\"a'&b>"};
  g_autoptr(GString) svg = draw("1987-01-05 1987-01-06 1987-03-05 1987", TIMELINE_MONTH, &options);
  Seen seen = look_at(svg);
  assert_int_equal(seen.links, 2); /* not for the month without articles */
  assert_int_equal(seen.titles, 3);
  assert_int_equal(seen.paths, 3);
  assert_string_equal(seen.role, "group");
  g_free(seen.role);
  assert_non_null(strstr(svg->str, "&lt;b&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/b&gt;"));
  assert_non_null(strstr(svg->str, "date=1987-01&amp;y=1987"));
  assert_non_null(strstr(svg->str, ">1987-01: 2 of 2, 100%<"));
  assert_non_null(strstr(svg->str, "3 articles from 1987-01 to 1987-03; most in 1987-01: 2 of 2, "
                                   "1 more with a less exact date."));
  options = (TimelineSvg){.id = "u"};
  g_autoptr(GString) image = draw("1987-01-05 1987-01-06", TIMELINE_DAY, &options);
  seen = look_at(image);
  assert_int_equal(seen.links, 0);
  assert_int_equal(seen.paths, 2);
  assert_string_equal(seen.role, "img");
  g_free(seen.role);
  assert_non_null(strstr(image->str, "Articles by day"));
  g_autoptr(GString) nothing = draw("", TIMELINE_DAY, &options);
  assert_int_equal(nothing->len, 0);
}

/* Few ticks whatever the scale, and not too many bytes. */
static void test_svg_size(void **state)
{
  (void)state;
  TimelineSvg options = {.id = "t", .share = TRUE, .link = link_to, .data = "oil+price"};
  g_autoptr(GString) dates = g_string_new(NULL);
  for (int year = 1990; year < 2000; year++)
    for (int month = 1; month <= 12; month++)
      g_string_append_printf(dates, "%d-%02d-05 ", year, month);
  for (int scale = TIMELINE_DAY; scale <= TIMELINE_CENTURY; scale++) {
    g_autoptr(GString) svg = draw(dates->str, (TimelineScale)scale, &options);
    g_free(look_at(svg).role);
    guint ticks = 0;
    for (const char *at = svg->str; (at = strstr(at, "<text class=\"tick\"")) != NULL; at++)
      ticks++;
    assert_in_range(ticks, 1, 5);
    assert_in_range(svg->len, 500, 24000);
  }
}

/* Limits without matches: nothing to divide by. */
static void test_svg_of_zeros(void **state)
{
  (void)state;
  g_autoptr(DateTally) tally = tally_of("x");
  g_autoptr(Timeline) timeline =
      timeline_new(tally, 0, TIMELINE_YEAR, 1000, (Date){1987, 1, 1}, (Date){1989, 12, 31});
  TimelineSvg options = {.id = "t", .share = TRUE};
  g_autoptr(GString) svg = g_string_new(NULL);
  timeline_svg(svg, timeline, &options);
  Seen seen = look_at(svg);
  assert_int_equal(seen.paths, 1);
  assert_null(strstr(svg->str, "nan"));
  assert_null(strstr(svg->str, "inf"));
  g_free(seen.role);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_scales),       cmocka_unit_test(test_weeks),
      cmocka_unit_test(test_period_dates), cmocka_unit_test(test_no_dates),
      cmocka_unit_test(test_limits),       cmocka_unit_test(test_choice),
      cmocka_unit_test(test_measure),      cmocka_unit_test(test_svg),
      cmocka_unit_test(test_svg_size),     cmocka_unit_test(test_svg_of_zeros),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
