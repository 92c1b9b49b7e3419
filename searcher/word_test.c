/* word_test.c - see word_test.h */
#include "word_test.h"

#include <string.h>

#include "../corpus/error.h"
#include "../corpus/fold.h"
#include "word_regex.h"

/* Microseconds that a regular expression may take on all words of an index, and how often the clock
 * is read. */
enum { TIME_MAX = 2 * G_USEC_PER_SEC, CLOCK_EVERY = 64 };

typedef enum Kind { KIND_PATTERN, KIND_FUZZY, KIND_REGEX } Kind;

struct WordTest {
  Kind kind;
  char *start;          /* what all words begin with */
  char *pattern;        /* folded */
  gunichar *characters; /* of a fuzzy word */
  guint n, edits;
  guint64 signature;
  guint *rows; /* of three rows of a table, n + 1 each */
  WordRegex *regex;
  gint64 end_time; /* 0: not begun */
  guint words;
  gboolean wild;
};

static WordTest *new_test(Kind kind)
{
  WordTest *test = g_new0(WordTest, 1);
  test->kind = kind;
  test->start = g_strdup("");
  return test;
}

void word_test_free(WordTest *test)
{
  if (test == NULL) return;
  g_free(test->start);
  g_free(test->pattern);
  g_free(test->characters);
  g_free(test->rows);
  word_regex_free(test->regex);
  g_free(test);
}

const char *word_test_start(const WordTest *test)
{
  return test->start;
}

static char *fold(const char *text, gsize len)
{
  g_autoptr(GString) folded = g_string_new(NULL);
  GString *bare = g_string_new(NULL);
  fold_case(folded, text, len);
  fold_accents(bare, folded->str, folded->len);
  return g_string_free(bare, FALSE);
}

static void set_start(WordTest *test, const char *text, gsize len)
{
  g_free(test->start);
  test->start = g_strndup(text, len);
}

/* ---- patterns ---- */

WordTest *word_test_pattern(const char *pattern)
{
  WordTest *test = new_test(KIND_PATTERN);
  test->pattern = fold(pattern, strlen(pattern));
  set_start(test, test->pattern, strcspn(test->pattern, "*?"));
  return test;
}

WordTest *word_test_prefix(const char *beginning)
{
  g_autofree char *pattern = g_strconcat(beginning, "*", NULL);
  return word_test_pattern(pattern);
}

static gsize character_length(const char *at)
{
  return (gsize)(g_utf8_next_char(at) - at);
}

/* A star that fails gives way to the last one alone: what is before that needs no second look. */
static gboolean pattern_passes(const char *pattern, const char *word)
{
  const char *star = NULL, *retry = NULL;
  while (*word != '\0') {
    if (*pattern == '*') {
      star = ++pattern;
      retry = word;
    } else if (*pattern == '?') {
      pattern++;
      word += character_length(word);
    } else if (*pattern == *word) {
      pattern++;
      word++;
    } else if (star != NULL) {
      retry += character_length(retry);
      pattern = star;
      word = retry;
    } else {
      return FALSE;
    }
  }
  while (*pattern == '*') pattern++;
  return *pattern == '\0';
}

/* ---- misspelt words ---- */

/* A bit for each character, some sharing one: an edit sets or clears two bits at most. */
static guint64 bit_of(gunichar c)
{
  return (guint64)1 << c % 64;
}

WordTest *word_test_fuzzy(const char *form, guint edits)
{
  WordTest *test = new_test(KIND_FUZZY);
  glong n;
  test->characters = g_utf8_to_ucs4_fast(form, -1, &n);
  test->n = (guint)n;
  test->edits = edits;
  for (guint i = 0; i < test->n; i++) test->signature |= bit_of(test->characters[i]);
  test->rows = g_new(guint, (gsize)3 * (test->n + 1));
  return test;
}

static guint least(guint a, guint b, guint c)
{
  return MIN(MIN(a, b), c);
}

/* FALSE, at a glance, for most words. */
static gboolean may_be_near(const WordTest *test, const gunichar *word, guint n)
{
  if (n > test->n + test->edits || test->n > n + test->edits) return FALSE;
  guint64 signature = 0;
  for (guint i = 0; i < n; i++) signature |= bit_of(word[i]);
  return (guint)__builtin_popcountll(signature & ~test->signature) <= test->edits &&
         (guint)__builtin_popcountll(test->signature & ~signature) <= test->edits;
}

/* A row of the table of distances, from the two before; its least number. */
static guint fill_row(const WordTest *test, const gunichar *word, guint at, guint *row,
                      const guint *above, const guint *above2)
{
  const gunichar *wanted = test->characters;
  guint lowest = row[0] = at;
  for (guint i = 1; i <= test->n; i++) {
    guint replaced = above[i - 1] + (wanted[i - 1] != word[at - 1]);
    row[i] = least(above[i] + 1, row[i - 1] + 1, replaced);
    if (i > 1 && at > 1 && wanted[i - 1] == word[at - 2] && wanted[i - 2] == word[at - 1])
      row[i] = MIN(row[i], above2[i - 2] + 1);
    lowest = MIN(lowest, row[i]);
  }
  return lowest;
}

static gboolean is_near(const WordTest *test, const gunichar *word, guint n)
{
  gsize width = test->n + 1;
  guint *above2 = test->rows, *above = above2 + width, *row = above + width;
  guint lowest_above = 0;
  for (guint i = 0; i < width; i++) above[i] = i;
  for (guint at = 1; at <= n; at++) {
    guint lowest = fill_row(test, word, at, row, above, above2);
    /* A swap reaches over one row. */
    if (lowest > test->edits && lowest_above > test->edits) return FALSE;
    lowest_above = lowest;
    guint *oldest = above2;
    above2 = above;
    above = row;
    row = oldest;
  }
  return above[test->n] <= test->edits;
}

static gboolean fuzzy_passes(const WordTest *test, const char *word, gsize len)
{
  enum { LONGEST = 256 };
  gunichar characters[LONGEST];
  guint n = 0;
  for (const char *at = word; at < word + len; at = g_utf8_next_char(at)) {
    if (n == LONGEST || n > test->n + test->edits) return FALSE;
    characters[n++] = g_utf8_get_char(at);
  }
  return may_be_near(test, characters, n) && is_near(test, characters, n);
}

/* ---- regular expressions ---- */

/* The letters that an expression begins with, but for one that a quantifier may take back. */
static void find_start(WordTest *test, const char *expression)
{
  gsize n = 0;
  if (strchr(expression, '|') != NULL) return;
  while (g_ascii_isalnum(expression[n])) n++;
  if (n > 0 && expression[n] != '\0' && strchr("*?{", expression[n]) != NULL) n--;
  g_autofree char *lower = g_ascii_strdown(expression, (gssize)n);
  set_start(test, lower, n);
}

WordTest *word_test_regex(const char *expression, GError **error)
{
  WordRegex *regex = word_regex_new(expression, error);
  if (regex == NULL) return NULL;
  WordTest *test = new_test(KIND_REGEX);
  test->regex = regex;
  find_start(test, expression);
  return test;
}

static gboolean is_late(WordTest *test)
{
  if (test->words++ % CLOCK_EVERY != 0) return FALSE;
  gint64 now = g_get_monotonic_time();
  if (test->end_time == 0) test->end_time = now + TIME_MAX;
  return now > test->end_time;
}

static gboolean regex_passes(WordTest *test, const char *word, gsize len)
{
  if (test->wild) return FALSE;
  WordMatch match = word_regex_match(test->regex, word, len);
  test->wild = match == WORD_MATCH_COSTLY || is_late(test);
  return match == WORD_MATCH_YES;
}

/* ---- */

gboolean word_test_passes(WordTest *test, const char *word, gsize len)
{
  switch (test->kind) {
  case KIND_PATTERN: return pattern_passes(test->pattern, word);
  case KIND_FUZZY: return fuzzy_passes(test, word, len);
  case KIND_REGEX: return regex_passes(test, word, len);
  }
  return FALSE;
}

gboolean word_test_is_sane(const WordTest *test, GError **error)
{
  if (!test->wild) return TRUE;
  g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE,
              "this regular expression takes too many steps on the words of the index; "
              "avoid a repetition within a repetition");
  return FALSE;
}
