/* date_match.c - see date_match.h */
#include "date_match.h"

#include <string.h>

#include "date_chars.h"
#include "date_names.h"
#include "fold.h"

enum {
  UNKNOWN_YEAR = 2000, /* a leap year */
  WORD_BYTES_MAX = 64, /* a longer word is no name */
  SMALL_WORD_BYTES = 8 /* года */
};

typedef struct Cursor {
  const char *at, *end;
} Cursor;

/* ---- words and numbers: each function moves only over what it took ---- */

static gboolean take_char(Cursor *cursor, char c)
{
  if (cursor->at == cursor->end || *cursor->at != c) return FALSE;
  cursor->at++;
  return TRUE;
}

static gboolean take_text(Cursor *cursor, const char *text)
{
  gsize len = strlen(text);
  if ((gsize)(cursor->end - cursor->at) < len || memcmp(cursor->at, text, len) != 0) return FALSE;
  cursor->at += len;
  return TRUE;
}

static gboolean take_blanks(Cursor *cursor)
{
  const char *from = cursor->at;
  cursor->at = date_skip_blanks(from, cursor->end);
  return cursor->at > from;
}

/* Reads the digits at the cursor when they are at least `min` and at most `max`. */
static gboolean take_digits(Cursor *cursor, guint min, guint max, guint *value)
{
  const char *at = cursor->at;
  guint n = 0;
  *value = 0;
  while (at < cursor->end) {
    gsize len;
    gunichar c = date_char_at(at, cursor->end, &len);
    if (!date_is_digit(c)) break;
    if (++n > max) return FALSE;
    *value = *value * 10 + (guint)g_unichar_digit_value(c);
    at += len;
  }
  if (n < min) return FALSE;
  cursor->at = at;
  return TRUE;
}

/* A word folded, in `out` of WORD_BYTES_MAX; its length, 0 when it is too long. */
static gsize fold_word(const char *from, const char *to, char *out)
{
  gsize len = (gsize)(to - from), n = 0;
  if (len >= WORD_BYTES_MAX) return 0;
  while (n < len && (signed char)from[n] >= 0) n++;
  if (n == len) {
    for (gsize i = 0; i < len; i++) out[i] = g_ascii_tolower(from[i]);
    return len;
  }
  g_autofree char *folded = fold_name(from, (gssize)len);
  return g_strlcpy(out, folded, WORD_BYTES_MAX) < WORD_BYTES_MAX ? strlen(out) : 0;
}

typedef guint (*NameLookup)(const char *folded, gsize len);

static guint look_up(NameLookup lookup, const char *from, const char *to)
{
  char folded[WORD_BYTES_MAX];
  gsize len = fold_word(from, to, folded);
  return len > 0 ? lookup(folded, len) : 0;
}

/* Takes one word, or two with blanks between them, that the list has. */
static guint take_name(Cursor *cursor, NameLookup lookup)
{
  const char *to = date_word_end(cursor->at, cursor->end);
  guint number = look_up(lookup, cursor->at, to);
  const char *next = date_skip_blanks(to, cursor->end);
  if (number == 0 && to > cursor->at && next > to && (signed char)*cursor->at < 0) {
    to = date_word_end(next, cursor->end);
    number = look_up(lookup, cursor->at, to);
  }
  if (number > 0) cursor->at = to;
  return number;
}

/* Takes a word of those that are a few letters long. */
static gboolean take_word(Cursor *cursor, gboolean (*test)(const char *, gsize))
{
  char folded[WORD_BYTES_MAX];
  const char *to = date_word_end(cursor->at, cursor->end);
  gsize len = to - cursor->at <= SMALL_WORD_BYTES ? fold_word(cursor->at, to, folded) : 0;
  if (len == 0 || !test(folded, len)) return FALSE;
  cursor->at = to;
  return TRUE;
}

/* ---- elements ---- */

/* " ", ". ", ", ", " de ", "-" */
static gboolean take_gap(Cursor *cursor)
{
  const char *from = cursor->at;
  if (take_char(cursor, '-')) return TRUE;
  take_char(cursor, '.');
  if (!take_char(cursor, ',')) take_text(cursor, "،");
  take_blanks(cursor);
  while (cursor->at > from) {
    Cursor next = *cursor;
    if (!take_word(&next, date_is_particle)) break;
    take_char(&next, '\'');
    if (!take_blanks(&next) && next.at[-1] != '\'') break;
    *cursor = next;
  }
  return cursor->at > from;
}

/* "يونيو/حزيران", "أيار (مايو)" */
static void take_other_name(Cursor *cursor, guint month)
{
  Cursor next = *cursor;
  take_blanks(&next);
  gboolean bracket = take_char(&next, '(');
  if (!bracket && !take_char(&next, '/')) return;
  take_blanks(&next);
  if (take_name(&next, date_month_named) != month) return;
  if (bracket && !take_char(&next, ')')) return;
  *cursor = next;
}

static gboolean take_month_name(Cursor *cursor, DateSpan *span)
{
  span->date.month = (guint8)take_name(cursor, date_month_named);
  if (span->date.month == 0) return FALSE;
  span->named = TRUE;
  take_other_name(cursor, span->date.month);
  return TRUE;
}

static gboolean take_part(Cursor *cursor, guint8 *part)
{
  guint value;
  if (!take_digits(cursor, 1, 2, &value)) return FALSE;
  *part = (guint8)value;
  return value > 0;
}

static gboolean take_day(Cursor *cursor, DateSpan *span)
{
  if (!take_part(cursor, &span->date.day)) return FALSE;
  Cursor next = *cursor;
  take_char(&next, '-');
  if (take_word(&next, date_is_ordinal)) *cursor = next;
  return TRUE;
}

static gboolean take_year(Cursor *cursor, DateSpan *span)
{
  guint year;
  if (!take_digits(cursor, 4, 4, &year) || year == 0) return FALSE;
  span->date.year = (gint16)year;
  return TRUE;
}

static gboolean take_short_year(Cursor *cursor, DateSpan *span)
{
  guint year;
  if (!take_char(cursor, '\'')) take_text(cursor, "’");
  if (!take_digits(cursor, 2, 2, &year)) return FALSE;
  span->short_year = (gint8)year;
  return TRUE;
}

/* 20230620, 0620 */
static gboolean take_run(Cursor *cursor, DateSpan *span, guint digits)
{
  guint value;
  if (!take_digits(cursor, digits, digits, &value)) return FALSE;
  if (digits == 8 && value < 10000) return FALSE;
  if (digits == 8) span->date.year = (gint16)(value / 10000);
  span->date.month = (guint8)(value / 100 % 100);
  span->date.day = (guint8)(value % 100);
  return span->date.month > 0 && span->date.day > 0;
}

static gboolean take_element(Cursor *cursor, char element, DateSpan *span)
{
  switch (element) {
  case 'Y': return take_year(cursor, span);
  case 'y': return take_short_year(cursor, span);
  case 'm': return take_part(cursor, &span->date.month);
  case 'd': return take_day(cursor, span);
  case 'M': return take_month_name(cursor, span);
  case 'B': return take_run(cursor, span, 8);
  case 'b': return take_run(cursor, span, 4);
  case ' ': return take_gap(cursor);
  default: return take_char(cursor, element);
  }
}

/* ---- patterns ---- */

static gboolean exists(Date date)
{
  if (date.year == 0) date.year = UNKNOWN_YEAR;
  return date_valid(date);
}

/* Which of two numbers is the day, where neither is a name. A full stop parts days from months in
 * countries alone that write the day first. */
static gboolean settle_order(const char *pattern, DateSpan *span)
{
  Date swapped = span->date;
  swapped.day = span->date.month;
  swapped.month = span->date.day;
  gboolean day_first = exists(span->date);
  if (*pattern != 'd' || pattern[1] == '.' || pattern[2] != 'm' || !exists(swapped))
    return day_first;
  if (!day_first) span->date = swapped;
  span->swappable = day_first && span->date.day != span->date.month;
  return TRUE;
}

static gboolean take_pattern(Cursor *cursor, const char *pattern, DateSpan *span)
{
  Cursor next = *cursor;
  for (const char *element = pattern; *element != '\0'; element++)
    if (!take_element(&next, *element, span)) return FALSE;
  if (!settle_order(pattern, span)) return FALSE;
  *cursor = next;
  return TRUE;
}

static const DateSpan no_span = {.short_year = -1};

static gboolean has_year(const DateSpan *span)
{
  return span->date.year > 0 || span->short_year >= 0;
}

/* " года", " г.", "م", " Tuesday" */
static void take_tail(Cursor *cursor, DateSpan *span)
{
  Cursor next = *cursor;
  take_blanks(&next);
  if (take_word(&next, date_is_era)) {
    take_char(&next, '.');
    *cursor = next;
  }
  next = *cursor;
  take_gap(&next);
  guint weekday = span->weekday > 0 ? 0 : take_name(&next, date_weekday_named);
  if (weekday == 0) return;
  span->weekday = (guint8)weekday;
  *cursor = next;
}

/* ---- matching ---- */

typedef struct Matching {
  const DateForms *forms;
  Cursor start, behind_weekday;
  guint weekday; /* 0: there is none, and nothing behind it */
} Matching;

static gboolean match_pattern(const Matching *matching, const char *pattern, Cursor *cursor,
                              DateSpan *span)
{
  *span = no_span;
  *cursor = matching->start;
  if (!take_pattern(cursor, pattern, span)) {
    if (matching->weekday == 0) return FALSE;
    *span = no_span;
    span->weekday = (guint8)matching->weekday;
    *cursor = matching->behind_weekday;
    if (!take_pattern(cursor, pattern, span)) return FALSE;
  }
  if (span->date.year > 0 && span->date.year < matching->forms->year_min) return FALSE;
  if (has_year(span)) take_tail(cursor, span);
  return matching->forms->follows == NULL || matching->forms->follows(cursor->at, cursor->end);
}

gboolean date_match(const DateForms *forms, const char *text, gsize len, DateSpan *span)
{
  Matching matching = {.forms = forms, .start = {text, text + len}};
  Cursor weekday = matching.start, cursor;
  matching.weekday = take_name(&weekday, date_weekday_named);
  if (matching.weekday > 0 && !take_gap(&weekday)) matching.weekday = 0;
  matching.behind_weekday = weekday;
  for (const char *const *pattern = forms->patterns; *pattern != NULL; pattern++) {
    if (!match_pattern(&matching, *pattern, &cursor, span)) continue;
    span->start = 0;
    span->end = (gsize)(cursor.at - text);
    return TRUE;
  }
  return FALSE;
}
