/* test_cuts.c - corpus/cuts.h, and what article.h makes of it */
#include "../../corpus/article.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static Article *article_of(const char *body)
{
  Article *article = article_new();
  article_add(article, FIELD_ID, "a", -1);
  article_add(article, FIELD_BODY, body, -1);
  return article;
}

static void text_is_what_is_left(void **state)
{
  (void)state;
  g_autoptr(Article) article = article_of("Share\nTroops left.\nAdvertisement\nThey fled.\nTweet");
  assert_string_equal(article_text(article), article_first(article, FIELD_BODY));
  assert_null(article_cuts(article));
  assert_true(article_cut(article, 0, 6, "share"));
  assert_string_equal(article_text(article), "Troops left.\nAdvertisement\nThey fled.\nTweet");
  assert_true(article_cut(article, 19, 33, "advertisement"));
  assert_true(article_cut(article, 44, 49, "share"));
  assert_string_equal(article_text(article), "Troops left.\nThey fled.");
  assert_string_equal(article_first(article, FIELD_BODY),
                      "Share\nTroops left.\nAdvertisement\nThey fled.\nTweet");
  assert_int_equal(article_cuts(article)->len, 3);
  article_clear(article, FIELD_BODY);
  assert_null(article_cuts(article));
  assert_null(article_text(article));
}

static void neighbours_with_one_reason_are_one(void **state)
{
  (void)state;
  g_autoptr(Article) article = article_of("Troops left. Tweet Share Print");
  assert_true(article_cut(article, 13, 19, "share"));
  assert_true(article_cut(article, 19, 25, "share"));
  assert_true(article_cut(article, 25, 30, "print"));
  const GArray *cuts = article_cuts(article);
  assert_int_equal(cuts->len, 2);
  assert_int_equal(g_array_index(cuts, Cut, 0).end, 25);
  assert_string_equal(g_array_index(cuts, Cut, 1).why, "print");
}

static void bad_cuts_are_refused(void **state)
{
  (void)state;
  g_autoptr(Article) article = article_of("Où? Là.");
  assert_false(article_cut(article, 2, 3, "in ù")); /* ù is bytes 1 and 2 */
  assert_false(article_cut(article, 0, 2, "in ù"));
  assert_false(article_cut(article, 4, 4, "empty"));
  assert_false(article_cut(article, 5, 4, "backwards"));
  assert_false(article_cut(article, 4, 10, "beyond"));
  assert_false(article_cut(article, G_MAXSIZE - 1, G_MAXSIZE, "far beyond"));
  assert_null(article_cuts(article));
  assert_true(article_cut(article, 4, 6, "L"));
  assert_false(article_cut(article, 0, 3, "before the last"));
  assert_false(article_cut(article, 4, 6, "again"));
  assert_int_equal(article_cuts(article)->len, 1);
  g_autoptr(Article) none = article_new();
  assert_false(article_cut(none, 0, 1, "no body"));
}

static void long_reasons_are_shortened(void **state)
{
  (void)state;
  g_autoptr(Article) article = article_of("Troops left.");
  /* The 31st byte is the first of "é". */
  assert_true(article_cut(article, 0, 6, "123456789012345678901234567890é and more"));
  assert_string_equal(g_array_index(article_cuts(article), Cut, 0).why,
                      "123456789012345678901234567890");
}

static void an_index_gives_them_back(void **state)
{
  (void)state;
  g_autoptr(Article) article = article_of("Où? Là.\nПоделиться\nTweet");
  assert_true(article_cut(article, 10, 31, "share"));
  assert_true(article_cut(article, 31, 36, "repeats in the source"));
  g_autofree char *stored = article_pack(article);
  g_autoptr(Article) again = article_unpack(stored, strlen(stored));
  assert_non_null(again);
  assert_string_equal(article_text(again), "Où? Là.");
  g_autofree char *dump = article_dump(article), *same = article_dump(again);
  assert_string_equal(dump, same);
  /* JSON counts characters. */
  assert_non_null(strstr(dump, "\"cut\":[{\"start\":8,\"end\":19,\"why\":\"share\"},"
                               "{\"start\":19,\"end\":24,\"why\":\"repeats in the source\"}]"));
}

static void damaged_cuts_are_refused(void **state)
{
  (void)state;
  static const char *const bad[] = {"cut=0 100 share", "cut=0 x share",
                                    "cut= 1 share",    "cut=1  share",
                                    "cut=-1 2 share",  "cut=99999999999999999999999999 2 share",
                                    "cut=2 1 share"};
  for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
    g_autofree char *stored = g_strdup_printf("body=Troops left.\x1E%s\x1E", bad[i]);
    Article *article = article_unpack(stored, strlen(stored));
    if (article != NULL) fail_msg("%s was taken", bad[i]);
  }
  static const char early[] = "cut=0 1 share\x1E"
                              "body=Troops left.\x1E";
  assert_null(article_unpack(early, strlen(early)));
  static const char good[] = "body=Troops left.\x1E"
                             "cut=6 12 share\x1E";
  g_autoptr(Article) article = article_unpack(good, strlen(good));
  assert_string_equal(article_text(article), "Troops");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(text_is_what_is_left),
      cmocka_unit_test(neighbours_with_one_reason_are_one),
      cmocka_unit_test(bad_cuts_are_refused),
      cmocka_unit_test(long_reasons_are_shortened),
      cmocka_unit_test(an_index_gives_them_back),
      cmocka_unit_test(damaged_cuts_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
