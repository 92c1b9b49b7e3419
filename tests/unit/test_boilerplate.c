/* test_boilerplate.c - indexer/boilerplate.h: how patterns are written, and what they match */
#include "../../indexer/boilerplate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *matched(const Boilerplate *table, const char *text, guint places, gboolean whole)
{
  g_autoptr(GArray) words = g_array_new(FALSE, TRUE, sizeof(PlainWord));
  boilerplate_words(table, text, strlen(text), words);
  return boilerplate_match(table, (const PlainWord *)words->data, words->len, places, whole, NULL);
}

static void expect(const char *row, const char *text, gboolean yes)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(Boilerplate) table = boilerplate_parse(&row, 1, &error);
  if (table == NULL) fail_msg("%s", error->message);
  const char *why = matched(table, text, PLACE_HEAD | PLACE_TAIL | PLACE_ALONE, TRUE);
  if ((why != NULL) != yes) fail_msg("%s: %s \"%s\"", row, yes ? "misses" : "matches", text);
}

static void patterns(void **state)
{
  (void)state;
  expect("x\ttail\tleave a comment", "Leave a comment", TRUE);
  expect("x\ttail\tleave a comment", "LEAVE A COMMENT!", TRUE);
  expect("x\ttail\tleave a comment", "Leave a comment here", FALSE);
  expect("x\ttail\tleave a comment", "They leave a comment", FALSE);
  expect("x\ttail\tleave a comment", "Leave a", FALSE);
  expect("x\ttail\tread|see more [here|now]", "See more", TRUE);
  expect("x\ttail\tread|see more [here|now]", "Read more now", TRUE);
  expect("x\ttail\tread|see more [here|now]", "Read more now here", FALSE);
  expect("x\ttail\tread * newsletter", "Read newsletter", TRUE);
  expect("x\ttail\tread * newsletter", "Read a b c d e f newsletter", TRUE);
  expect("x\ttail\tread * newsletter", "Read a b c d e f g newsletter", FALSE);
  expect("x\ttail\tread ... newsletter ...", "Read a b c d e f g newsletter", TRUE);
  expect("x\ttail\tread ... newsletter ...", "Read a b c d e f g newsletter or not", TRUE);
  expect("x\ttail\tread ... newsletter ...", "Read a b", FALSE);
  expect("x\ttail\t... newsletter", "Once a week a newsletter", TRUE);
  expect("x\ttail\tphoto: *", "Photo: AFP", TRUE);
  expect("x\ttail\tphoto: *", "Photo : AFP", TRUE);
  expect("x\ttail\tphoto: *", "Photo AFP", FALSE);
  expect("x\ttail\tlire [aussi]: ...", "Lire aussi : le reste", TRUE);
  expect("x\ttail\tlire [aussi]: ...", "Lire: le reste", TRUE);
  expect("x\ttail\tlire [aussi]: ...", "Lire aussi le reste", FALSE);
  expect("x\ttail\t# min read", "3 min read", TRUE);
  expect("x\ttail\tcopyright ####", "Copyright 1998", TRUE);
  expect("x\ttail\tcopyright ####", "Copyright 15", FALSE);
  expect("x\ttail\t© ...", "© AFP", TRUE);
  expect("x\ttail\t© ...", "AFP", FALSE);
}

static void words_are_folded(void **state)
{
  (void)state;
  expect("x\ttail\tlettre d'information", "LETTRE D’INFORMATION", TRUE);
  expect("x\ttail\tpublicité", "PUBLICITE", TRUE);
  expect("x\ttail\tpublicite", "Publicité", TRUE);
  expect("x\ttail\tподелиться", "ПОДЕЛИТЬСЯ", TRUE);
  expect("x\ttail\tاقرأ ايضا", "إقرأ أيضًا", TRUE);
  expect("x\ttail\tdmcacom", "DMCA.com", TRUE);
}

static void lines_may_be_several_patterns(void **state)
{
  (void)state;
  static const char *const rows[] = {"a\ttail\tshare on facebook", "b\ttail\ttweet",
                                     "c\thead\tprint"};
  g_autoptr(Boilerplate) table = boilerplate_parse(rows, G_N_ELEMENTS(rows), NULL);
  assert_string_equal(matched(table, "Share on Facebook | Tweet", PLACE_TAIL, FALSE), "a");
  assert_string_equal(matched(table, "Tweet Share on Facebook", PLACE_TAIL, FALSE), "b");
  assert_null(matched(table, "Tweet Share on Facebook Print", PLACE_TAIL, FALSE));
  assert_null(matched(table, "Tweet Share on", PLACE_TAIL, FALSE));
  assert_null(matched(table, "", PLACE_TAIL, FALSE));
  assert_null(matched(table, " -- ", PLACE_TAIL, FALSE));
}

static void a_gap_first_needs_a_sentence(void **state)
{
  (void)state;
  static const char *const rows[] = {"a\ttail\t... automatic aggregator ..."};
  g_autoptr(Boilerplate) table = boilerplate_parse(rows, 1, NULL);
  static const char text[] = "X is an automatic aggregator of news";
  assert_non_null(matched(table, text, PLACE_TAIL, TRUE));
  assert_null(matched(table, text, PLACE_TAIL, FALSE));
  assert_null(matched(table, text, PLACE_HEAD, TRUE));
}

static void bad_rows_are_named(void **state)
{
  (void)state;
  static const char *const bad[] = {"x\ttail",          "x\tfoot\tword",   "\ttail\tword",
                                    "x\ttail\ta  b",    "x\ttail\t...",    "x\ttail\t* ...",
                                    "x\ttail\t[a] [b]", "x\ttail\te-mail", "x\tends\t... word",
                                    "x\ttail,\tword",   "x\ttail\t[]"};
  for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
    g_autoptr(GError) error = NULL;
    if (boilerplate_parse(&bad[i], 1, &error) != NULL) fail_msg("\"%s\" was taken", bad[i]);
    assert_non_null(strstr(error->message, bad[i]));
  }
}

static void sentences_begin_where_they_do(void **state)
{
  (void)state;
  g_autoptr(Boilerplate) table = boilerplate_parse(NULL, 0, NULL);
  g_autoptr(GArray) words = g_array_new(FALSE, TRUE, sizeof(PlainWord));
  static const char text[] = "The U.S. left. It is 3.5 km from there.Reference d'Ivoire (AP)";
  boilerplate_words(table, text, strlen(text), words);
  g_autoptr(GString) starts = g_string_new(NULL);
  for (guint i = 0; i < words->len; i++) {
    const PlainWord *word = &g_array_index(words, PlainWord, i);
    if ((word->flags & PLAIN_SENTENCE) != 0)
      g_string_append_printf(starts, "%.*s|", (int)(word->end - word->at), text + word->at);
  }
  /* "U.S." ends with a full stop: what follows may begin a sentence. */
  assert_string_equal(starts->str, "The|left|It|Reference|");
}

/* What hostile text must not do: take long, or be read beyond its end. */
static void hostile_text(void **state)
{
  (void)state;
  g_autoptr(Boilerplate) table = boilerplate_new();
  g_autofree char *same = g_strnfill(200000, 'a');
  assert_null(matched(table, same, PLACE_TAIL, TRUE));
  g_autoptr(GString) many = g_string_new(NULL);
  for (int i = 0; i < 399; i++) g_string_append(many, "read more ");
  g_autoptr(GTimer) timer = g_timer_new();
  matched(table, many->str, PLACE_TAIL, TRUE);
  assert_true(g_timer_elapsed(timer, NULL) < 5);
  static const char broken[] = "\xC3\xA9\xFF\xF0\x9F share \xE2\x80";
  g_autofree char *exact = g_memdup2(broken, sizeof broken - 1);
  g_autoptr(GArray) words = g_array_new(FALSE, TRUE, sizeof(PlainWord));
  boilerplate_words(table, exact, sizeof broken - 1, words);
  assert_true(words->len >= 1);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(patterns),
      cmocka_unit_test(words_are_folded),
      cmocka_unit_test(lines_may_be_several_patterns),
      cmocka_unit_test(a_gap_first_needs_a_sentence),
      cmocka_unit_test(bad_rows_are_named),
      cmocka_unit_test(sentences_begin_where_they_do),
      cmocka_unit_test(hostile_text),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
