/* test_words.c - corpus/words.h: the same words as ICU's, whatever the text */
#include "../../corpus/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

typedef struct Cutters {
  Words *words;
  UBreakIterator *icu;
  UText *icu_text;
} Cutters;

static int set_up(void **state)
{
  UErrorCode err = U_ZERO_ERROR;
  Cutters *cutters = g_new0(Cutters, 1);
  cutters->words = words_new();
  cutters->icu = ubrk_open(UBRK_WORD, "", NULL, 0, &err);
  *state = cutters;
  return U_FAILURE(err) ? -1 : 0;
}

static int tear_down(void **state)
{
  Cutters *cutters = *state;
  words_free(cutters->words);
  ubrk_close(cutters->icu);
  utext_close(cutters->icu_text);
  g_free(cutters);
  return 0;
}

/* ICU's next word. */
static gboolean icu_next(const Cutters *cutters, Word *word)
{
  for (;;) {
    int32_t start = ubrk_current(cutters->icu), end = ubrk_next(cutters->icu);
    if (end == UBRK_DONE) return FALSE;
    if (ubrk_getRuleStatus(cutters->icu) < UBRK_WORD_NONE_LIMIT) continue;
    *word = (Word){.start = (gsize)start, .end = (gsize)end};
    return TRUE;
  }
}

static gboolean is_plain(const char *text, const Word *word)
{
  for (gsize i = word->start; i < word->end; i++)
    if (!g_ascii_isalnum(text[i])) return FALSE;
  return TRUE;
}

static void assert_as_icu(Cutters *cutters, const char *text, gsize len)
{
  UErrorCode err = U_ZERO_ERROR;
  cutters->icu_text = utext_openUTF8(cutters->icu_text, text, (int64_t)len, &err);
  ubrk_setUText(cutters->icu, cutters->icu_text, &err);
  assert_true(U_SUCCESS(err));
  ubrk_first(cutters->icu);
  words_start(cutters->words, text, len);
  for (;;) {
    Word ours = {0}, icus = {0};
    gboolean more = icu_next(cutters, &icus);
    gboolean same = words_next(cutters->words, &ours) == more;
    if (more) same = same && ours.start == icus.start && ours.end == icus.end;
    if (!same)
      fail_msg("\"%.*s\": ICU has %zu to %zu, words.c %zu to %zu", (int)len, text, icus.start,
               icus.end, ours.start, ours.end);
    if (!more) return;
    if (ours.plain) assert_true(is_plain(text, &ours));
  }
}

/* Every text of up to four of these, at the end of a text and within one. */
static void test_short(void **state)
{
  static const char *const parts[] = {
      "a",          "B",  "7",     ".", ",",  ";",      ":",      "'",      "_",
      "@",          "\"", "-",     " ", "\n", "\r",     "\t",     "/",      "\xC3\xA9",
      "’",          "́",   "\xFF",  "…", "\0", "\u200D", "\u3042", "\u5B50", "\u0E01\u0E32",
      "\U0001F600", "٣",  "\u00AD"};
  enum { PARTS = G_N_ELEMENTS(parts), DEPTH = 4 };
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint n = 0; n < PARTS * PARTS * PARTS * PARTS; n++) {
    g_string_truncate(text, 0);
    for (guint i = 0, rest = n; i < DEPTH; i++, rest /= PARTS) {
      const char *part = parts[rest % PARTS];
      g_string_append_len(text, part, *part == '\0' ? 1 : (gssize)strlen(part));
    }
    assert_as_icu(*state, text->str, text->len);
  }
}

/* Long texts, mostly of ASCII, in which stretches for ICU begin and end. */
static void test_long(void **state)
{
  static const char *const parts[] = {"Kabul",
                                      "war",
                                      "U.S.",
                                      "don't",
                                      "1,000",
                                      "3.5",
                                      "10:30",
                                      "http://a.b/c?d=e_f",
                                      "a@b.com",
                                      "x:y",
                                      "état",
                                      "l’an",
                                      "“said”",
                                      "Москва",
                                      "北京の",
                                      "ประเทศไทย",
                                      "الحرب",
                                      "שלום",
                                      "e\u0301",
                                      "서울",
                                      "😀",
                                      "👩\u200D🚒",
                                      "\xE2\x80",
                                      "\xF0\x9F",
                                      "1\uFE0F\u20E3",
                                      "🇺🇸",
                                      "—",
                                      "…",
                                      "\u00A0",
                                      "'",
                                      "_",
                                      "می\u200Cخواهم"};
  static const char *const gaps[] = {"",   " ",  " ",    " ",  " ", "\n",
                                     ", ", ". ", "\r\n", "  ", ".", ":"};
  g_autoptr(GRand) random = g_rand_new_with_seed(5);
  g_autoptr(GString) text = g_string_new(NULL);
  for (int n = 0; n < 20000; n++) {
    g_string_truncate(text, 0);
    int plain = g_rand_int_range(random, 1, G_N_ELEMENTS(parts));
    for (int words = g_rand_int_range(random, 0, 40); words > 0; words--) {
      gboolean any = g_rand_int_range(random, 0, 4) == 0;
      int limit = any ? (int)G_N_ELEMENTS(parts) : plain;
      g_string_append(text, parts[g_rand_int_range(random, 0, limit)]);
      g_string_append(text, gaps[g_rand_int_range(random, 0, G_N_ELEMENTS(gaps))]);
    }
    assert_as_icu(*state, text->str, text->len);
  }
}

static void test_random_bytes(void **state)
{
  g_autoptr(GRand) random = g_rand_new_with_seed(6);
  for (int n = 0; n < 20000; n++) {
    char text[80];
    gsize len = (gsize)g_rand_int_range(random, 0, sizeof text);
    int limit = n % 4 == 0 ? 256 : 128;
    for (gsize i = 0; i < len; i++) text[i] = (char)g_rand_int_range(random, 0, limit);
    assert_as_icu(*state, text, len);
  }
}

/* A started text may be left at any time. */
static void test_starting_anew(void **state)
{
  Cutters *cutters = *state;
  Word word;
  words_start(cutters->words, "état état", 11);
  assert_true(words_next(cutters->words, &word));
  assert_as_icu(cutters, "war and peace", 13);
  assert_as_icu(cutters, "", 0);
  assert_false(words_next(cutters->words, &word));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_short, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_long, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_random_bytes, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_starting_anew, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
