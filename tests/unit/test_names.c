/* test_names.c - corpus/names.h and corpus/text_words.h */
#include "../../corpus/names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct Text {
  Analyzer *analyzer;
  TextWords *words;
} Text;

static int setup(void **state)
{
  Text *text = g_new0(Text, 1);
  text->analyzer = analyzer_new();
  text->words = text_words_new();
  *state = text;
  return 0;
}

static int teardown(void **state)
{
  Text *text = *state;
  analyzer_free(text->analyzer);
  text_words_free(text->words);
  g_free(text);
  return 0;
}

static const TextWords *read_body(const Text *text, const char *body)
{
  text_words_read(text->words, text->analyzer, NULL, body);
  return text->words;
}

/* ---- words ---- */

static void assert_flags(const TextWords *words, const char *form, guint8 mask, guint8 expected)
{
  for (guint i = 0; i < words->n; i++)
    if (strcmp(text_words_form(words, i), form) == 0) {
      if ((words->list[i].flags & mask) != expected)
        fail_msg("%s has the flags %x", form, words->list[i].flags);
      return;
    }
  fail_msg("no word %s", form);
}

static void test_capitals(void **state)
{
  const TextWords *words = read_body(*state, "The U.S. Army told us of NATO, Éric and the iPhone.");
  assert_flags(words, "u.s", WORD_INITIAL | WORD_UPPER, WORD_INITIAL | WORD_UPPER);
  assert_flags(words, "us", WORD_INITIAL | WORD_UPPER, 0);
  assert_flags(words, "nato", WORD_UPPER, WORD_UPPER);
  assert_flags(words, "eric", WORD_INITIAL | WORD_UPPER, WORD_INITIAL);
  assert_flags(words, "iphone", WORD_INITIAL, 0);
  assert_true(words->body_case);
}

static void test_gaps(void **state)
{
  const TextWords *words =
      read_body(*state, "Paris, Texas. He went (home) to St. Louis; ok!\n\nNew");
  assert_flags(words, "texas", WORD_COMMA | WORD_BREAK, WORD_COMMA);
  assert_flags(words, "he", WORD_SENTENCE | WORD_BREAK, WORD_SENTENCE | WORD_BREAK);
  assert_flags(words, "home", WORD_SENTENCE | WORD_BREAK, WORD_BREAK);
  assert_flags(words, "louis", WORD_SENTENCE | WORD_BREAK, 0);
  assert_flags(words, "ok", WORD_BREAK, WORD_BREAK);
  assert_flags(words, "new", WORD_PARAGRAPH, WORD_PARAGRAPH);
}

static void test_case_known(void **state)
{
  assert_false(read_body(*state, "TROOPS ENTERED THE TOWN AT DAWN")->body_case);
  assert_false(read_body(*state, "Troops Enter Town At Dawn Today")->body_case);
  assert_true(read_body(*state, "Troops entered the town at dawn")->body_case);
  assert_false(read_body(*state, "دخلت القوات المدينة فجر اليوم")->body_case);
  assert_false(read_body(*state, "")->body_case);
}

static void test_title_and_body(void **state)
{
  const Text *text = *state;
  text_words_read(text->words, text->analyzer, "One two", "Three");
  assert_int_equal(text->words->n_title, 2);
  assert_int_equal(text->words->n, 3);
  assert_string_equal(text_words_form(text->words, 2), "three");
  assert_int_equal(text->words->list[2].start, 0);
  text_words_read(text->words, text->analyzer, NULL, NULL);
  assert_int_equal(text->words->n, 0);
}

/* ---- names ---- */

/* The matches of a text as "first+n=value" joined by spaces. */
static char *found(const Text *text, const Names *names, const char *body)
{
  const TextWords *words = read_body(text, body);
  const NameTable *table = names_table(names);
  g_autoptr(GArray) matches = g_array_new(FALSE, FALSE, sizeof(NameMatch));
  GString *out = g_string_new(NULL);
  names_scan(table, words, matches);
  for (guint i = 0; i < matches->len; i++) {
    const NameMatch *match = &g_array_index(matches, NameMatch, i);
    g_string_append_printf(out, "%s%u+%u=", i > 0 ? " " : "", match->first, match->n);
    for (guint32 s = match->sense; s != 0; s = names_next_sense(table, words, match, s))
      g_string_append_printf(out, "%s%u", s == match->sense ? "" : ",", table->senses[s].value);
  }
  return g_string_free(out, FALSE);
}

static void assert_found(void **state, const Names *names, const char *body, const char *expected)
{
  g_autofree char *got = found(*state, names, body);
  if (strcmp(got, expected) != 0) fail_msg("\"%s\": %s, not %s", body, got, expected);
}

static void test_longest(void **state)
{
  g_autoptr(Names) names = names_new();
  assert_true(names_add(names, "Guinea", 1, 0));
  assert_true(names_add(names, "Guinea-Bissau", 2, 0));
  assert_true(names_add(names, "New Guinea", 3, 0));
  assert_true(names_add(names, "Papua New Guinea", 4, 0));
  assert_int_equal(names_count(names), 4);
  assert_found(state, names, "guinea and Guinea-Bissau", "0+1=1 2+2=2");
  assert_found(state, names, "papua new guinea, papua new york guinea", "0+3=4 6+1=1");
  assert_found(state, names, "Papua New. Guinea", "2+1=1");
  assert_found(state, names, "nothing here", "");
  assert_found(state, names, "", "");
}

static void test_folded(void **state)
{
  g_autoptr(Names) names = names_new();
  names_add(names, "Côte d'Ivoire", 1, 0);
  names_add(names, "U.S.", 2, 0);
  assert_found(state, names, "COTE D’IVOIRE", "0+3=1");
  assert_found(state, names, "the U.S. told us", "1+1=2");
}

static void test_senses(void **state)
{
  g_autoptr(Names) names = names_new();
  names_add(names, "Georgia", 1, NAME_INITIAL);
  names_add(names, "georgia", 2, 0);
  names_add(names, "Georgia", 1, NAME_INITIAL);
  assert_int_equal(names_count(names), 1);
  assert_found(state, names, "he came from Georgia today", "3+1=1,2");
  assert_found(state, names, "he came from georgia today", "3+1=2");
}

static void test_marks(void **state)
{
  g_autoptr(Names) names = names_new();
  names_add(names, "China", 1, NAME_INITIAL);
  names_add(names, "IRA", 2, NAME_UPPER);
  names_add(names, "US", 3, NAME_UPPER | NAME_NEEDS_CASE);
  names_add(names, "Bank of America", 4, NAME_INITIAL);
  assert_found(state, names, "fine china from China it was", "3+1=1");
  assert_found(state, names, "Ira met the IRA and told us that the US left", "3+1=2 9+1=3");
  assert_found(state, names, "CHINA TOLD US OF THE IRA", "0+1=1 5+1=2");
  assert_found(state, names, "the Bank of America and a bank of America he saw", "1+3=4");
  names_add(names, "al-Qaeda in Iraq", 5, NAME_INITIAL);
  names_add(names, "Karen National Army", 6, NAME_FIRST);
  assert_found(state, names, "the al-Qaeda in Iraq and an al-qaeda in Iraq they saw", "1+4=5");
  assert_found(state, names, "he saw the Karen national army and a karen national army", "3+3=6");
}

static void test_arabic_particles(void **state)
{
  g_autoptr(Names) names = names_new();
  names_add(names, "العراق", 1, 0);
  names_add(names, "لبنان", 2, 0);
  assert_found(state, names, "العراق ولبنان", "0+1=1 1+1=2");
  assert_found(state, names, "للعراق وبالعراق لبنان", "0+1=1 1+1=1 2+1=2");
  assert_found(state, names, "ولد كل", "");
}

static void test_refused(void **state)
{
  (void)state;
  g_autoptr(Names) names = names_new();
  assert_false(names_add(names, "", 1, 0));
  assert_false(names_add(names, "--", 1, 0));
  assert_false(names_add(names, "a b c d e f g h i j k l m n o p q", 1, 0));
  g_autofree char *endless = g_strnfill(5000, 'x');
  assert_false(names_add(names, endless, 1, 0));
  assert_int_equal(names_count(names), 0);
}

/* Tables grow many times over, and find all that was put in. */
static void test_many(void **state)
{
  g_autoptr(Names) names = names_new();
  for (guint i = 0; i < 5000; i++) {
    g_autofree char *name = g_strdup_printf("name%u of thing%u", i % 100, i);
    assert_true(names_add(names, name, i, 0));
  }
  assert_int_equal(names_count(names), 5000);
  for (guint i = 0; i < 5000; i += 7) {
    g_autofree char *text = g_strdup_printf("a name%u of thing%u here", i % 100, i);
    g_autofree char *expected = g_strdup_printf("1+3=%u", i);
    assert_found(state, names, text, expected);
  }
}

static void test_written(void **state)
{
  (void)state;
  g_autoptr(Names) names = names_new();
  g_autoptr(GString) out = g_string_new(NULL);
  names_add(names, "Côte d'Ivoire", 7, NAME_INITIAL);
  names_write(names, "some", out);
  assert_non_null(strstr(out->str, "static const NameTable some = {"));
  assert_non_null(strstr(out->str, "{7,1,0}"));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_capitals),
      cmocka_unit_test(test_gaps),
      cmocka_unit_test(test_case_known),
      cmocka_unit_test(test_title_and_body),
      cmocka_unit_test(test_longest),
      cmocka_unit_test(test_folded),
      cmocka_unit_test(test_senses),
      cmocka_unit_test(test_marks),
      cmocka_unit_test(test_arabic_particles),
      cmocka_unit_test(test_refused),
      cmocka_unit_test(test_many),
      cmocka_unit_test(test_written),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
