/* test_word_test.c - searcher/word_test.h: patterns, misspellings, regular expressions */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "../../searcher/word_test.h"

typedef struct Row {
  const char *test, *words; /* parted by blanks; those with a '-' before them do not pass */
} Row;

static void assert_words(WordTest *test, const Row *row)
{
  g_auto(GStrv) words = g_strsplit(row->words, " ", -1);
  assert_non_null(test);
  for (guint i = 0; words[i] != NULL; i++) {
    gboolean wanted = words[i][0] != '-';
    const char *word = words[i] + !wanted;
    if (word_test_passes(test, word, strlen(word)) != wanted)
      fail_msg("%s: %s", row->test, words[i]);
    if (wanted && !g_str_has_prefix(word, word_test_start(test)))
      fail_msg("%s passes, but does not begin with %s", word, word_test_start(test));
  }
  assert_true(word_test_is_sane(test, NULL));
}

static void test_patterns(void **state)
{
  static const Row rows[] = {
      {"attack*", "attack attacks attacker -attac -xattack -"},
      {"*attack", "attack counterattack -attacks"},
      {"r*d", "rd red raided -r -d -reds"},
      {"organi?ation", "organisation organization -organiation -organissation"},
      {"*a*b*", "ab xaxbx abab -ba -a"},
      {"a*b*c", "abc axbxc abcbc -abcb -acb"},
      {"a*?b", "axb axxb -ab"},
      {"?", "a ä ж -ab -"},
      {"m?nchen", "munchen -mnchen -muenchen"},
      {"Çu*", "cuci -xcuci"},
      {"مج*", "مجاهدين -جاهد"},
      {"*", "a b"},
  };
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(WordTest) test = word_test_pattern(rows[i].test);
    assert_words(test, &rows[i]);
  }
  g_autoptr(WordTest) test = word_test_pattern("Or*x");
  assert_string_equal(word_test_start(test), "or");
  g_autoptr(WordTest) prefix = word_test_prefix("Ab");
  assert_words(prefix, &(Row){"prefix ab", "ab abc -a"});
}

/* What takes other matchers exponential time. */
static void test_stars_are_cheap(void **state)
{
  (void)state;
  g_autoptr(GString) pattern = g_string_new(NULL), word = g_string_new(NULL);
  for (int i = 0; i < 60; i++) g_string_append(pattern, "a*");
  g_string_append(pattern, "b");
  for (int i = 0; i < 120; i++) g_string_append_c(word, 'a');
  g_autoptr(WordTest) test = word_test_pattern(pattern->str);
  gint64 start = g_get_monotonic_time();
  for (int i = 0; i < 1000; i++) assert_false(word_test_passes(test, word->str, word->len));
  assert_true(g_get_monotonic_time() - start < 5 * G_USEC_PER_SEC);
}

static void test_regular_expressions(void **state)
{
  static const Row rows[] = {
      {"mo(j|dj)ahed.*", "mojahed modjahedin -mujahed -xmojahed"},
      {"a|ab", "a ab -abc -b"},
      {"a)|(?:b", ""},
      {"Hamas", "hamas -hama"},
      {"Çuç.", "cuci -cuc"},
      {"colou?r", "color colour -colouur"},
      {"colo?", "col colo -co"},
      {"ab{0}c", "ac -abc"},
      {"[^a-z]+", "1987 -a1"},
      {"\\w+\\W\\w+", "u.s -us"},
  };
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(WordTest) test = word_test_regex(rows[i].test, NULL);
    if (*rows[i].words == '\0')
      assert_null(test);
    else
      assert_words(test, &rows[i]);
  }
}

static void test_wild_expressions_are_given_up(void **state)
{
  static const char word[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!";
  (void)state;
  g_autoptr(GError) error = NULL;
  g_autoptr(WordTest) test = word_test_regex("(a|aa)+b?$(?<!!)", NULL);
  assert_non_null(test);
  gint64 start = g_get_monotonic_time();
  for (int i = 0; i < 100000; i++) word_test_passes(test, word, strlen(word));
  assert_true(g_get_monotonic_time() - start < 5 * G_USEC_PER_SEC);
  assert_false(word_test_is_sane(test, &error));
  assert_non_null(strstr(error->message, "too many steps"));
}

/* ---- misspellings ---- */

static void test_edits(void **state)
{
  static const struct {
    guint edits;
    Row row;
  } rows[] = {
      {1,
       {"mojahdin", "mojahdin mojahedin mojadin mojahdan mojahidn mojadhin -mujahidin -mojhain"}},
      {2, {"mojahdin", "mojahedine mujahidin -mujahideen ojahdi -ojahd"}},
      {1, {"ab", "ab ba a b abc acb xab -abcd -cd -bac"}},
      {2, {"ca", "ac -abc"}}, /* a swap and an insertion between: no more are swapped again */
      {1, {"жук", "жук жуки лук -луки"}},
      {2, {"a", "a b bc abc -bcd"}},
  };
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(WordTest) test = word_test_fuzzy(rows[i].row.test, rows[i].edits);
    assert_words(test, &rows[i].row);
  }
}

/* The whole table of distances, as in a textbook. */
static guint distance(const char *a, const char *b)
{
  enum { MOST = 16 };
  guint table[MOST][MOST], n = (guint)strlen(a), m = (guint)strlen(b);
  for (guint i = 0; i <= n; i++)
    for (guint j = 0; j <= m; j++) {
      if (i == 0 || j == 0) {
        table[i][j] = i + j;
        continue;
      }
      table[i][j] = MIN(table[i - 1][j], table[i][j - 1]) + 1;
      table[i][j] = MIN(table[i][j], table[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        table[i][j] = MIN(table[i][j], table[i - 2][j - 2] + 1);
    }
  return table[n][m];
}

static void random_word(GRand *random, char *word)
{
  gint32 n = g_rand_int_range(random, 1, 9);
  for (gint32 i = 0; i < n; i++) word[i] = (char)('a' + g_rand_int_range(random, 0, 4));
  word[n] = '\0';
}

static void test_edits_against_brute_force(void **state)
{
  (void)state;
  GRand *random = g_rand_new_with_seed(1965);
  guint near[3] = {0};
  for (int i = 0; i < 2000; i++) {
    char form[10], word[10];
    random_word(random, form);
    for (guint edits = 1; edits <= 2; edits++) {
      g_autoptr(WordTest) test = word_test_fuzzy(form, edits);
      for (int k = 0; k < 20; k++) {
        random_word(random, word);
        gboolean wanted = distance(form, word) <= edits;
        near[edits] += wanted;
        if (word_test_passes(test, word, strlen(word)) != wanted)
          fail_msg("%s and %s: not %u edits", form, word, edits);
      }
    }
  }
  g_rand_free(random);
  assert_true(near[1] > 200 && near[2] > 1000);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_patterns),
      cmocka_unit_test(test_stars_are_cheap),
      cmocka_unit_test(test_regular_expressions),
      cmocka_unit_test(test_wild_expressions_are_given_up),
      cmocka_unit_test(test_edits),
      cmocka_unit_test(test_edits_against_brute_force),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
