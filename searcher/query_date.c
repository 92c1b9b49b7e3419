/* query_date.c - dates in queries; see query_parser.h */
#include <string.h>

#include "query_parser.h"

/* The days that one end of a range means, at the precision typed; year 0: open. */
typedef struct Span {
  Date from, to;
  gboolean is_distance; /* 30d: no range by itself */
} Span;

/* ---- relative dates and weeks ---- */

static Date from_gdate(const GDate *day)
{
  return (Date){(gint16)g_date_get_year(day), (guint8)g_date_get_month(day),
                (guint8)g_date_get_day(day)};
}

static GDate to_gdate(Date date)
{
  GDate day;
  g_date_clear(&day, 1);
  g_date_set_dmy(&day, date.day, (GDateMonth)date.month, (GDateYear)date.year);
  return day;
}

/* The machine's day unless the caller gave one. */
static Date today_of(Parser *parser)
{
  if (parser->today.year > 0) return parser->today;
  g_autoptr(GDateTime) now = g_date_time_new_now_local();
  int year, month, day;
  g_date_time_get_ymd(now, &year, &month, &day);
  parser->today = (Date){(gint16)year, (guint8)month, (guint8)day};
  return parser->today;
}

/* The day `n` days, weeks, months or years before today; FALSE when that is before the year 1. */
static gboolean days_ago(Date today, guint n, char unit, Date *date)
{
  GDate day = to_gdate(today);
  guint32 days = g_date_get_julian(&day), months = (guint32)today.year * 12;
  switch (unit) {
  case 'd':
    if (n >= days) return FALSE;
    g_date_subtract_days(&day, n);
    break;
  case 'w':
    if (n >= days / 7) return FALSE;
    g_date_subtract_days(&day, n * 7);
    break;
  case 'm':
    if (n >= months - 12) return FALSE;
    g_date_subtract_months(&day, n);
    break;
  default:
    if (n >= (guint)today.year) return FALSE;
    g_date_subtract_years(&day, n);
  }
  *date = from_gdate(&day);
  return TRUE;
}

/* 30d, 2w, 6m, 2y. FALSE when it is none; *too_far when it is before the year 1. */
static gboolean read_distance(Parser *parser, gsize from, gsize to, Span *span, gboolean *too_far)
{
  enum { DISTANCE_MAX = 9999999 };
  gsize at = from;
  guint n = lex_number(parser->text, &at, DISTANCE_MAX);
  char unit = g_ascii_tolower(parser->text[at]);
  if (at == from || at + 1 != to || unit == '\0' || strchr("dwmy", unit) == NULL) return FALSE;
  span->is_distance = TRUE;
  *too_far = !days_ago(today_of(parser), n, unit, &span->from);
  span->to = span->from;
  return TRUE;
}

/* 2023-w23: Monday to Sunday of an ISO 8601 week. FALSE when it is none, *none when there is no
 * such week in that year. */
static gboolean read_week(const Parser *parser, gsize from, gsize to, Span *span, gboolean *none)
{
  enum { YEAR_DIGITS = 4, WEEK_DAYS = 7, WEEKS_MAX = 53 };
  const char *text = parser->text;
  gsize at = from;
  guint year = lex_number(text, &at, 9999);
  if (at != from + YEAR_DIGITS || year == 0) return FALSE;
  if (text[at] == '-') at++;
  if (g_ascii_tolower(text[at]) != 'w') return FALSE;
  gsize digits = ++at;
  guint week = lex_number(text, &at, WEEKS_MAX);
  if (at == digits || at != to) return FALSE;
  /* The fourth of January is in the first week. */
  Date fourth = {(gint16)year, 1, 4};
  GDate day = to_gdate(fourth);
  int back = (int)g_date_get_weekday(&day) - G_DATE_MONDAY;
  span->from = date_add_days(fourth, WEEK_DAYS * ((int)week - 1) - back);
  span->to = date_add_days(span->from, WEEK_DAYS - 1);
  day = to_gdate(span->from);
  *none = week == 0 || g_date_get_iso8601_week_of_year(&day) != week;
  return TRUE;
}

/* ---- one end of a range ---- */

/* TRUE for digits in the shape of a day or month, which then does not exist. */
static gboolean is_shaped(const char *text, gsize from, gsize to)
{
  gsize at = from, hyphens = 0;
  for (; at < to; at++) {
    if (text[at] == '-') hyphens++;
    if (text[at] != '-' && !g_ascii_isdigit(text[at])) return FALSE;
  }
  gsize year = strspn(text + from, "0123456789");
  return year == 4 && hyphens <= 2 && to - from <= 10 && (hyphens > 0 || to - from == 4);
}

static gboolean refuse_date(Parser *parser, gsize from, gsize to)
{
  const char *text = parser->text + from;
  g_autofree char *shown = lex_shown(parser->text, from, to);
  const char *hint = "";
  if (memchr(text, '/', to - from) != NULL) hint = "; write hyphens, as 2023-06-20";
  if (*text == '{') hint = "; ranges include both ends, as date:[1987 TO 1990]";
  if (*text == '<' || *text == '>') hint = "; write date:2023.. or date:..2023";
  if (strspn(text, "0123456789") == 4 && text[4] == '-' && strspn(text + 5, "0123456789") == 4)
    hint = "; a range is written with two full stops, as 2020..2021";
  if (is_shaped(parser->text, from, to) && *hint == '\0')
    parser_refuse(parser, from, to, "'%s' is no date: the calendar has none such", shown);
  else
    parser_refuse(parser, from, to, "'%s' is no date%s", shown,
                  *hint != '\0' ? hint
                                : "; write 1987, 1987-03, 1987-03-01, 1987-w10, a range as "
                                  "1987..1990, today, yesterday, or 30d.. (w, m, y) for the last "
                                  "30 days");
  return FALSE;
}

/* YYYYMMDD, as GDELT has it. */
static gboolean read_basic(const char *text, gsize from, gsize to, Date *date)
{
  enum { BASIC_LENGTH = 8 };
  for (gsize i = from; i < to; i++)
    if (!g_ascii_isdigit(text[i])) return FALSE;
  return to - from == BASIC_LENGTH && date_parse(text + from, (gssize)(to - from), date);
}

/* FALSE with an error. An empty end is open. */
static gboolean read_end(Parser *parser, gsize from, gsize to, Span *span)
{
  *span = (Span){0};
  if (from == to) return TRUE;
  gboolean wrong = FALSE;
  if (lex_is_like(parser->text, from, to, "today"))
    span->from = today_of(parser);
  else if (lex_is_like(parser->text, from, to, "yesterday"))
    span->from = date_add_days(today_of(parser), -1);
  else if (read_week(parser, from, to, span, &wrong)) {
    if (!wrong) return TRUE;
    parser_refuse(parser, from, to, "there is no such week in that year");
    return FALSE;
  } else if (read_distance(parser, from, to, span, &wrong)) {
    if (!wrong) return TRUE;
    parser_refuse(parser, from, to, "that is before the year 1");
    return FALSE;
  } else if (!date_parse_iso(parser->text + from, to - from, &span->from) &&
             !read_basic(parser->text, from, to, &span->from))
    return refuse_date(parser, from, to);
  span->to = span->from;
  return TRUE;
}

/* ---- ranges ---- */

static gboolean fits_unit(Date date, DateUnit unit)
{
  switch (unit) {
  case UNIT_YEAR: return date.month == 0;
  case UNIT_MONTH: return date.year == 0 || (date.month != 0 && date.day == 0);
  case UNIT_DAY: return date.year == 0 || date.day != 0;
  default: return TRUE;
  }
}

static Node *finish(Parser *parser, DateUnit unit, Node *node, Span first, Span last)
{
  static const char *const samples[] = {
      "date:1987-03 or date:1987-03..1987-06", "year:1987 or year:1987..1990",
      "month:1987-03 or month:1987-03..1987-06", "day:1987-03-01 or day:1987-03-01..1987-03-31"};
  node->from = first.from;
  node->to = last.to;
  gboolean reversed = node->from.year > 0 && node->to.year > 0 &&
                      date_compare(date_first_day(node->from), date_last_day(node->to)) > 0;
  if (reversed)
    parser_refuse(parser, node->start, node->end, "the range ends before it starts");
  else if (node->from.year == 0 && node->to.year == 0)
    parser_refuse(parser, node->start, node->end, "date: needs a date, as %s", samples[unit]);
  else if (!fits_unit(node->from, unit) || !fits_unit(node->to, unit))
    parser_refuse(parser, node->start, node->end, "this is no %s; write %s, or date: for any date",
                  unit == UNIT_YEAR    ? "year"
                  : unit == UNIT_MONTH ? "month"
                                       : "day",
                  samples[unit]);
  else
    return node;
  node_free(node);
  return NULL;
}

static Node *parse_range(Parser *parser, DateUnit unit, gsize start, gsize end, gsize from,
                         gsize middle, gsize second, gsize to)
{
  Span first, last;
  if (!read_end(parser, from, middle, &first) || !read_end(parser, second, to, &last)) return NULL;
  return finish(parser, unit, parser_node(NODE_DATE, FIELD_DATE, start, end), first, last);
}

/* Trims spaces of a range's end inside brackets and gives "*" the meaning "open". */
static void trim_end(const char *text, gsize *from, gsize *to)
{
  while (*from < *to && text[*from] == ' ') ++*from;
  while (*to > *from && text[*to - 1] == ' ') --*to;
  if (*to == *from + 1 && text[*from] == '*') *from = *to;
}

/* [1987 TO 1990], Lucene's form; both ends are included. */
static Node *parse_bracketed(Parser *parser, DateUnit unit, gsize start, gsize from, gsize to)
{
  const char *text = parser->text;
  const char *between = g_strstr_len(text + from, (gssize)(to - from), " TO ");
  if (between == NULL || text[to - 1] != ']')
    return parser_refuse(parser, from, to,
                         "write such a range as date:[1987 TO 1990] or date:1987..1990");
  gsize first = from + 1, first_end = (gsize)(between - text);
  gsize last = first_end + 4, last_end = to - 1;
  trim_end(text, &first, &first_end);
  trim_end(text, &last, &last_end);
  return parse_range(parser, unit, start, to, first, first_end, last, last_end);
}

Node *parse_dates(Parser *parser, DateUnit unit, gsize start, gsize from, gsize to)
{
  const char *text = parser->text;
  if (text[from] == '[') return parse_bracketed(parser, unit, start, from, to);
  const char *dots = g_strstr_len(text + from, (gssize)(to - from), "..");
  if (dots != NULL) {
    gsize middle = (gsize)(dots - text);
    return parse_range(parser, unit, start, to, from, middle, middle + 2, to);
  }
  Span span;
  if (!read_end(parser, from, to, &span)) return NULL;
  if (span.is_distance)
    return parser_refuse(parser, from, to,
                         "is this from then on, or that day? Write %.*s.. or %.*s..%.*s",
                         (int)(to - from), text + from, (int)(to - from), text + from,
                         (int)(to - from), text + from);
  return finish(parser, unit, parser_node(NODE_DATE, FIELD_DATE, start, to), span, span);
}

Node *parse_bare_dates(Parser *parser, DateUnit unit, gsize start)
{
  const char *text = parser->text;
  gsize from = parser->at, to = lex_word_end(text, from);
  if (text[from] == '[' || text[from] == '{') {
    const char *close = strpbrk(text + from, "]}");
    to = close == NULL ? strlen(text) : (gsize)(close - text) + 1;
  }
  Node *node = parse_dates(parser, unit, start, from, to);
  if (node != NULL) parser->at = to;
  return node;
}
