/* date_scan.c - see date_scan.h */
#include "date_scan.h"

#include <string.h>

#include "date_names.h"
#include "fold.h"

enum { UNKNOWN_YEAR = 2000 /* a leap year */, WORD_BYTES_MAX = 48, WORDS_BEFORE = 3 };

typedef struct Cursor {
  const char *at, *end;
} Cursor;

/* ---- characters ---- */

/* The character at `at`, which is before `end`; what is no UTF-8 is U+FFFD and one byte long. */
static gunichar char_at(const char *at, const char *end, gsize *len)
{
  *len = 1;
  if ((signed char)*at >= 0) return (gunichar)*at;
  gunichar c = g_utf8_get_char_validated(at, end - at);
  if (c >= (gunichar)-2) return 0xFFFD;
  *len = (gsize)g_unichar_to_utf8(c, NULL);
  return c;
}

static gunichar char_before(const char *at, const char *start, gsize *len)
{
  const char *from = at - 1;
  while (from > start && at - from < 4 && ((guchar)*from & 0xC0) == 0x80) from--;
  gunichar c = char_at(from, at, len);
  if (from + *len == at) return c;
  *len = 1;
  return 0xFFFD;
}

gboolean date_is_blank(gunichar c)
{
  if (c < 0x80) return g_ascii_isspace((char)c);
  return g_unichar_isspace(c) || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

static gboolean is_letter(gunichar c)
{
  if (c < 0x80) return g_ascii_isalpha((char)c);
  return g_unichar_isalpha(c) || g_unichar_ismark(c);
}

static gboolean is_digit(gunichar c)
{
  return c < 0x80 ? g_ascii_isdigit((char)c) : g_unichar_isdigit(c);
}

typedef gboolean (*CharTest)(gunichar c);

static const char *skip(const char *at, const char *end, CharTest test)
{
  gsize len;
  while (at < end && test(char_at(at, end, &len))) at += len;
  return at;
}

static const char *skip_back(const char *at, const char *start, CharTest test)
{
  gsize len;
  while (at > start && test(char_before(at, start, &len))) at -= len;
  return at;
}

const char *date_skip_blanks(const char *at, const char *end)
{
  return skip(at, end, date_is_blank);
}

const char *date_skip_blanks_back(const char *at, const char *start)
{
  return skip_back(at, start, date_is_blank);
}

const char *date_word_end(const char *at, const char *end)
{
  return skip(at, end, is_letter);
}

const char *date_word_start(const char *at, const char *start)
{
  return skip_back(at, start, is_letter);
}

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
    gunichar c = char_at(at, cursor->end, &len);
    if (!is_digit(c)) break;
    if (++n > max) return FALSE;
    *value = *value * 10 + (guint)g_unichar_digit_value(c);
    at += len;
  }
  if (n < min) return FALSE;
  cursor->at = at;
  return TRUE;
}

typedef guint (*NameLookup)(const char *folded, gsize len);

static guint look_up(NameLookup lookup, const char *from, const char *to)
{
  if (to == from || to - from > 2 * WORD_BYTES_MAX) return 0;
  g_autofree char *folded = fold_name(from, to - from);
  return lookup(folded, strlen(folded));
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

static gboolean is_in(gboolean (*test)(const char *, gsize), const char *from, const char *to)
{
  if (to == from || to - from > WORD_BYTES_MAX) return FALSE;
  g_autofree char *folded = fold_name(from, to - from);
  return test(folded, strlen(folded));
}

static gboolean take_word(Cursor *cursor, gboolean (*test)(const char *, gsize))
{
  const char *to = date_word_end(cursor->at, cursor->end);
  if (!is_in(test, cursor->at, to)) return FALSE;
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

/* ---- marks around dates in running text ---- */

static gboolean is_joint(gunichar c)
{
  return c == '-' || c == '/' || c == '.' || c == ':' || c == ',' || c == 0x2013 /* – */;
}

/* Whether a number goes on over a mark: "3-5 May", "1.2.3.2023". */
static gboolean joined_before(const char *at, const char *start)
{
  gsize len;
  if (at == start) return FALSE;
  gunichar c = char_before(at, start, &len);
  if (is_letter(c) || is_digit(c) || c == '_' || c == '@' || c == '#') return TRUE;
  at -= len;
  return is_joint(c) && at > start && is_digit(char_before(at, start, &len));
}

static gboolean joined_after(const char *at, const char *end)
{
  gsize len;
  if (at == end) return FALSE;
  gunichar c = char_at(at, end, &len);
  if (c == 'T' && at + 1 < end && is_digit(char_at(at + 1, end, &len))) return FALSE;
  if (is_letter(c) || is_digit(c) || c == '_' || c == '@') return TRUE;
  at += len;
  return is_joint(c) && at < end && is_digit(char_at(at, end, &len));
}

/* ---- matching ---- */

typedef struct Matching {
  const char *const *patterns;
  Cursor start, behind_weekday; /* the second where the first is, when there is no weekday */
  guint weekday;
  int year_min;
  gboolean running; /* what follows must not be joined to the date */
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
  if (span->date.year > 0 && span->date.year < matching->year_min) return FALSE;
  if (has_year(span)) take_tail(cursor, span);
  return !matching->running || !joined_after(cursor->at, cursor->end);
}

static gboolean match(Matching *matching, DateSpan *span)
{
  Cursor weekday = matching->start;
  matching->weekday = take_name(&weekday, date_weekday_named);
  if (!take_gap(&weekday)) matching->weekday = 0;
  matching->behind_weekday = weekday;
  for (const char *const *pattern = matching->patterns; *pattern != NULL; pattern++) {
    Cursor cursor;
    if (!match_pattern(matching, *pattern, &cursor, span)) continue;
    span->start = 0;
    span->end = (gsize)(cursor.at - matching->start.at);
    return TRUE;
  }
  return FALSE;
}

gboolean date_match(const char *const *patterns, const char *text, gsize len, int year_min,
                    DateSpan *span)
{
  Matching matching = {.patterns = patterns, .start = {text, text + len}, .year_min = year_min};
  return match(&matching, span);
}

/* ---- running text ---- */

/* The longer ones first. */
static const char *const running[] = {"Y-m-d", "Y/m/d", "Y.m.d", "d M Y", "M d Y",
                                      "Y M d", "d.m.Y", "d/m/Y", "d-m-Y", "M Y",
                                      "d M y", "M d y", "d M",   "M d",   NULL};

static gboolean match_at(const char *text, gsize len, const char *at, const char *number,
                         DateSpan *span)
{
  Matching matching = {.patterns = running,
                       .start = {at, text + len},
                       .year_min = DATE_SCAN_YEAR_MIN,
                       .running = TRUE};
  if (joined_before(at, text) || !match(&matching, span) || at + span->end <= number) return FALSE;
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
    gunichar c = char_before(to, from, &len);
    if (!date_is_blank(c) && c != '.' && c != ',' && c != 0x60C /* ، */ && c != '-' && c != ')')
      break;
    to -= len;
  }
  const char *word = date_word_start(to, from);
  return word == to ? at : word;
}

/* Whether the number is a part of a date: a month is beside it, or marks and digits are behind. */
static gboolean is_promising(const char *number, const char *behind, const char *from,
                             const char *end)
{
  gsize len;
  if (behind < end && strchr("-/.", *behind) != NULL && behind + 1 < end &&
      is_digit(char_at(behind + 1, end, &len)))
    return TRUE;
  Cursor next = {behind, end};
  take_word(&next, date_is_ordinal);
  if (take_gap(&next) && take_name(&next, date_month_named) > 0) return TRUE;
  Cursor before = {word_before(number, from), end};
  for (int i = 0; i < 2; i++) {
    Cursor name = before;
    if (take_name(&name, date_month_named) > 0) return TRUE;
    before.at = word_before(before.at, from);
  }
  return FALSE;
}

/* The first digit from `at` on; `end` when there is none. */
static const char *find_digit(const char *at, const char *end)
{
  gsize len;
  while (at < end && !is_digit(char_at(at, end, &len))) at += len;
  return at;
}

static gboolean is_name(const char *at, const char *end)
{
  Cursor cursor = {at, end};
  return take_name(&cursor, date_month_named) > 0 || take_name(&cursor, date_weekday_named) > 0;
}

/* A date begins with its number or with one of the names before it. */
static gboolean match_around(const char *text, gsize len, const char *from, const char *number,
                             DateSpan *span)
{
  const char *starts[WORDS_BEFORE + 1] = {number};
  gsize n = 1;
  const char *at = number;
  for (int i = 0; i < WORDS_BEFORE; i++) {
    const char *word = word_before(at, from);
    if (word == at) break;
    if (is_name(word, text + len)) starts[n++] = word;
    at = word;
  }
  while (n > 0)
    if (match_at(text, len, starts[--n], number, span)) return TRUE;
  return FALSE;
}

gboolean date_scan(const char *text, gsize len, gsize from, DateSpan *span)
{
  const char *end = text + len, *at = text + from;
  for (const char *start = at; (at = find_digit(at, end)) < end;) {
    const char *behind = skip(at, end, is_digit);
    if (is_promising(at, behind, start, end) && match_around(text, len, start, at, span))
      return TRUE;
    at = behind;
  }
  return FALSE;
}
