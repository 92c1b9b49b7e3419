/* date_scan.c - see date_scan.h */
#include "date_scan.h"

#include <string.h>

#include "date_chars.h"

enum { WORDS_BEFORE = 3 /* before a number: a weekday, a month of two words */ };

/* The longer ones first. */
static const char *const whole[] = {"Y-m-d", "Y/m/d", "Y.m.d", "d M Y", "M d Y",
                                    "Y M d", "d.m.Y", "d/m/Y", "d-m-Y", "M Y",
                                    "d M y", "M d y", "d M",   "M d",   NULL};
static const char *const with_month[] = {"d M", "Y M", NULL};
static const char *const month[] = {"M", NULL};

static gboolean is_joint(gunichar c)
{
  return c == '-' || c == '/' || c == '.' || c == ':' || c == ',' || c == 0x2013 /* – */;
}

/* Whether a number goes on over a mark: "3-5 May", "1.2.3.2023". */
static gboolean joined_before(const char *at, const char *start)
{
  gsize len;
  if (at == start) return FALSE;
  gunichar c = date_char_before(at, start, &len);
  if (date_is_letter(c) || date_is_digit(c) || c == '_' || c == '@' || c == '#') return TRUE;
  at -= len;
  return is_joint(c) && at > start && date_is_digit(date_char_before(at, start, &len));
}

static gboolean ends_here(const char *at, const char *end)
{
  gsize len;
  if (at == end) return TRUE;
  gunichar c = date_char_at(at, end, &len);
  if (c == 'T' && at + 1 < end && date_is_digit(date_char_at(at + 1, end, &len))) return TRUE;
  if (date_is_letter(c) || date_is_digit(c) || c == '_' || c == '@') return FALSE;
  at += len;
  return !is_joint(c) || at == end || !date_is_digit(date_char_at(at, end, &len));
}

static gboolean match_at(const char *text, gsize len, const char *at, const char *number,
                         DateSpan *span)
{
  static const DateForms forms = {whole, DATE_SCAN_YEAR_MIN, ends_here};
  if (joined_before(at, text)) return FALSE;
  if (!date_match(&forms, at, len - (gsize)(at - text), span)) return FALSE;
  if (at + span->end <= number) return FALSE;
  span->start = (gsize)(at - text);
  span->end += span->start;
  return TRUE;
}

/* Where the word before `at` begins, when little but blanks is between them; `at` when none is. */
static const char *word_before(const char *at, const char *from)
{
  const char *to = at;
  gsize len;
  while (to > from && at - to < 4) {
    gunichar c = date_char_before(to, from, &len);
    if (!date_is_blank(c) && c != '.' && c != ',' && c != 0x60C /* ، */ && c != '-' && c != ')')
      break;
    to -= len;
  }
  const char *word = date_word_start(to, from);
  return word == to ? at : word;
}

/* 12.06.2023, 2023-06-12, 3/4/23: a mark between numbers, twice. */
static gboolean is_marked(const char *behind, const char *end)
{
  gsize len;
  if (behind == end || strchr("-/.", *behind) == NULL) return FALSE;
  const char *second = date_skip(behind + 1, end, date_is_digit);
  return second > behind + 1 && second + 1 < end && *second == *behind &&
         date_is_digit(date_char_at(second + 1, end, &len));
}

/* Whether the number is a part of a date: marks and numbers follow, or a month is beside it. */
static gboolean is_promising(const char *number, const char *behind, const char *from,
                             const char *end)
{
  if (is_marked(behind, end)) return TRUE;
  static const DateForms ahead = {with_month, 0, NULL}, before = {month, 0, NULL};
  DateSpan span;
  if (date_match(&ahead, number, (gsize)(end - number), &span)) return TRUE;
  const char *at = number;
  for (int i = 0; i < 2; i++) {
    at = word_before(at, from);
    if (at < number && date_match(&before, at, (gsize)(end - at), &span)) return TRUE;
  }
  return FALSE;
}

/* The first digit from `at` on; `end` when there is none. */
static const char *find_digit(const char *at, const char *end)
{
  while (at < end) {
    gsize len = 1;
    if ((signed char)*at >= 0 ? g_ascii_isdigit(*at) : date_is_digit(date_char_at(at, end, &len)))
      break;
    at += len;
  }
  return at;
}

/* A date begins with its number or with one of the words before it. */
static gboolean match_around(const char *text, gsize len, const char *from, const char *number,
                             DateSpan *span)
{
  const char *starts[WORDS_BEFORE + 1] = {number};
  gsize n = 1;
  for (; n <= WORDS_BEFORE; n++) {
    starts[n] = word_before(starts[n - 1], from);
    if (starts[n] == starts[n - 1]) break;
  }
  while (n > 0)
    if (match_at(text, len, starts[--n], number, span)) return TRUE;
  return FALSE;
}

gboolean date_scan(const char *text, gsize len, gsize from, DateSpan *span)
{
  const char *end = text + len, *at = text + from;
  for (const char *start = at; (at = find_digit(at, end)) < end;) {
    const char *behind = date_skip(at, end, date_is_digit);
    if (is_promising(at, behind, start, end) && match_around(text, len, start, at, span))
      return TRUE;
    at = behind;
  }
  return FALSE;
}
