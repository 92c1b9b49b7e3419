/* brute_word.c - see brute_word.h */
#include "brute_word.h"

#include <string.h>

#include "../../corpus/fold.h"

char *brute_spell(const char *text)
{
  g_autoptr(GString) cased = g_string_new(NULL);
  GString *form = g_string_new(NULL);
  fold_case(cased, text, strlen(text));
  g_string_replace(cased, "’", "'", 0);
  fold_accents(form, cased->str, cased->len);
  return g_string_free(form, FALSE);
}

gboolean brute_pattern(const char *pattern, const char *word)
{
  if (*pattern == '\0') return *word == '\0';
  if (*pattern == '*')
    return brute_pattern(pattern + 1, word) ||
           (*word != '\0' && brute_pattern(pattern, g_utf8_next_char(word)));
  if (*word == '\0') return FALSE;
  if (*pattern != '?' && g_utf8_get_char(pattern) != g_utf8_get_char(word)) return FALSE;
  return brute_pattern(g_utf8_next_char(pattern), g_utf8_next_char(word));
}

/* Optimal string alignment, by its definition. */
static guint distance(const gunichar *a, glong a_len, const gunichar *b, glong b_len)
{
  g_autofree guint *cells = g_new(guint, (gsize)((a_len + 1) * (b_len + 1)));
#define CELL(i, j) cells[(i) * (b_len + 1) + (j)]
  for (glong i = 0; i <= a_len; i++)
    for (glong j = 0; j <= b_len; j++) {
      if (i == 0 || j == 0) {
        CELL(i, j) = (guint)(i + j);
        continue;
      }
      guint least = MIN(CELL(i - 1, j), CELL(i, j - 1)) + 1;
      least = MIN(least, CELL(i - 1, j - 1) + (a[i - 1] != b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        least = MIN(least, CELL(i - 2, j - 2) + 1);
      CELL(i, j) = least;
    }
  return CELL(a_len, b_len);
#undef CELL
}

gboolean brute_similar(const char *text, const char *word, guint edits)
{
  glong a_len, b_len;
  g_autofree gunichar *a = g_utf8_to_ucs4_fast(text, -1, &a_len);
  g_autofree gunichar *b = g_utf8_to_ucs4_fast(word, -1, &b_len);
  return distance(a, a_len, b, b_len) <= edits;
}
