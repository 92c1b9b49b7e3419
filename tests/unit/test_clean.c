/* test_clean.c - indexer/clean.h: what is cut from articles, by patterns and by what is learnt */
#include "../../indexer/clean.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static Article *article_of(const char *source, const char *title, const char *body, gssize len)
{
  Article *article = article_new();
  if (source != NULL) article_add(article, FIELD_SOURCE, source, -1);
  if (title != NULL) article_add(article, FIELD_TITLE, title, -1);
  article_add(article, FIELD_BODY, body, len);
  return article;
}

/* The one article, cleaned by patterns alone. */
static Article *cleaned(const char *title, const char *body, gssize len)
{
  g_autoptr(Cleaner) cleaner = cleaner_new("", 0);
  cleaner_put(cleaner, article_of(NULL, title, body, len));
  Article *article = cleaner_take(cleaner, TRUE);
  assert_null(cleaner_take(cleaner, TRUE));
  return article;
}

static void expect(const char *title, const char *body, const char *text)
{
  g_autoptr(Article) article = cleaned(title, body, -1);
  assert_string_equal(article_text(article), text);
  assert_string_equal(article_first(article, FIELD_BODY), body);
}

#define REPORT "Troops left the town on Monday.\n\nNobody was hurt, the governor said."

static void tails(void **state)
{
  (void)state;
  static const char *const cut[] = {
      "Leave a Comment",
      "Reference",
      "DMCA compliant image",
      "REUTER",
      "(Xinhua)",
      "Sapa-AFP /np",
      "Denial of responsibility! X is an automatic aggregator of media. Everything is theirs.",
      "Reporting by A. Bee in Kabul; Editing by C. Dee",
      "© 2019 AFP",
      "Photo: AFP",
      "Share this:\nTweet\nFacebook",
      "Sign up for our daily newsletter and never miss a story.",
      "Related stories\nArmy takes town\nTalks resume in Geneva\n\nMore from this author",
      "This website uses cookies. By clicking Accept you agree to our use of cookies.",
      "Lire aussi : L'armée reprend une ville",
      "Abonnez-vous à notre newsletter",
      "Todos los derechos reservados",
      "Te puede interesar\nCinco muertos en Cauca",
      "Читайте также:\nВ Грозном прошли переговоры",
      "Все права защищены.",
      "اقرأ أيضا: الجيش يسيطر على المدينة",
      "جميع الحقوق محفوظة © 2018",
      "Alle Rechte vorbehalten",
      "Lesen Sie auch\nArmee meldet Einnahme"};
  for (gsize i = 0; i < G_N_ELEMENTS(cut); i++) {
    g_autofree char *blank = g_strconcat(REPORT, "\n\n", cut[i], NULL);
    g_autofree char *lines = g_strconcat(REPORT, "\n", cut[i], "\n", NULL);
    expect("A report", blank, REPORT);
    g_autoptr(Article) article = cleaned("A report", lines, -1);
    assert_string_equal(article_text(article), REPORT);
  }
}

static void reports_stay(void **state)
{
  (void)state;
  static const char *const kept[] = {
      "\"Follow us,\" the guide said.",
      "He declined to comment.",
      "Terms were not disclosed.",
      "The article appeared in Le Monde on Friday.",
      "Copyright law does not apply, the court said.",
      "More than 20 people died.",
      "Share prices fell.",
      "The source asked not to be named.",
      "Photos from the scene showed bodies.",
      "By using drones the army gained ground.",
      "Subscribers of the mobile network were cut off.",
      "The report was published on Monday.",
      "Reuters could not verify the report.",
      "Видео появилось в сети.",
      "وتابع الوزير أن القوات انسحبت.",
      "Lire un livre est interdit.",
      "La fuente pidió el anonimato.",
      "Advertising is banned.",
      "Shr 34 cts vs 28 cts\nNet 1,200,000 vs 900,000\nRevs 20.1 mln vs 15.0 mln",
      "It paid a dividend of 34 cts on each of the outstanding\nshare.",
      "NET PROFIT ROSE TO 34 CENTS ON EACH OF THE OUTSTANDING\nSHARE",
      "Killed:\nJohn Doe\nMary Major\nRichard Roe"};
  for (gsize i = 0; i < G_N_ELEMENTS(kept); i++) {
    g_autofree char *body = g_strconcat(REPORT, "\n", kept[i], NULL);
    expect("A report", body, body);
    expect("A report", kept[i], kept[i]);
  }
}

static void heads(void **state)
{
  (void)state;
  expect("Troops leave", "Troops leave\n\nShare\nPhoto: AFP\n" REPORT, REPORT);
  expect("Troops leave town!", "TROOPS LEAVE TOWN\n" REPORT, REPORT);
  expect("Troops leave", "By A. Bee\nShare\n" REPORT, "By A. Bee\n" REPORT);
  expect("Troops leave", "Monday, 4 March 2019\n" REPORT, "Monday, 4 March 2019\n" REPORT);
  expect("Troops leave", "Troops leave town, army says\n" REPORT,
         "Troops leave town, army says\n" REPORT);
  expect("Troops leave", "KABUL (AP) - " REPORT, "KABUL (AP) - " REPORT);
}

static void inside(void **state)
{
  (void)state;
  expect("x", "Troops left.\n\nADVERTISEMENT\n\nThey fled.\nRead more: Army wins\nNobody was hurt.",
         "Troops left.\n\nThey fled.\nNobody was hurt.");
  expect("x", "Troops left.\nReuters\nLeave a comment\nThey fled.",
         "Troops left.\nReuters\nLeave a comment\nThey fled.");
  g_autoptr(GString) many = g_string_new("Troops left.\n");
  for (int i = 0; i < 1000; i++) g_string_append(many, "Advertisement\nThey fled again.\n");
  g_autoptr(Article) article = cleaned("x", many->str, (gssize)many->len);
  assert_int_equal(article_cuts(article)->len, CLEAN_INSIDE);
}

static void texts_without_line_breaks(void **state)
{
  (void)state;
  expect(
      "x",
      "Troops left. Nobody was hurt. Read more: Army wins. Follow us on Facebook. Leave a comment",
      "Troops left. Nobody was hurt.");
  expect("x",
         "Troops left. Fears of fallout.Reference Denial of responsibility! X is an automatic "
         "aggregator of media. We know nothing.",
         "Troops left. Fears of fallout.");
  expect("x", "Troops left. \"Read more books,\" he said.",
         "Troops left. \"Read more books,\" he said.");
  expect("x", "Troops left. Tweet", "Troops left. Tweet");
  expect("x", "القوات انسحبت من المدينة. لم يصب أحد. اترك تعليقا",
         "القوات انسحبت من المدينة. لم يصب أحد.");
}

static void something_is_left(void **state)
{
  (void)state;
  expect("x", "Leave a Comment", "Leave a Comment");
  expect("x", "Share\nTweet\n\n© 2019 AFP", "Share\nTweet\n\n© 2019 AFP");
  expect("Troops leave", "Troops leave", "Troops leave");
  expect("Troops leave", "Troops leave\n-----\nShare", "Troops leave\n-----\nShare");
  g_autoptr(Article) article = article_new();
  article_add(article, FIELD_TITLE, "Share", -1);
  g_autoptr(Cleaner) cleaner = cleaner_new("", 0);
  cleaner_put(cleaner, g_steal_pointer(&article));
  g_autoptr(Article) same = cleaner_take(cleaner, TRUE);
  assert_null(article_text(same));
}

static void hostile_bodies(void **state)
{
  (void)state;
  static const char nuls[] = "Troops left.\0\0\r\nThey fled.\r\n\0Leave a Comment\r\n\0";
  g_autoptr(Article) article = cleaned("x", nuls, sizeof nuls - 1);
  assert_string_equal(article_text(article), "Troops left.  \nThey fled.");

  enum { LARGE = 50 << 20 };
  g_autoptr(GTimer) timer = g_timer_new();
  char *line = g_malloc(LARGE + 1);
  for (gsize i = 0; i < LARGE; i++) line[i] = i % 7 == 6 ? ' ' : 'x';
  line[LARGE] = '\0';
  g_autoptr(Article) large = cleaned("x", line, LARGE);
  assert_null(article_cuts(large));
  memcpy(line + LARGE - 20, "x.\nLeave a Comment\n\n", 20);
  g_autoptr(Article) tail = cleaned("x", line, LARGE);
  assert_int_equal(article_cuts(tail)->len, 1);
  for (gsize i = 0; i < LARGE; i++) line[i] = i % 2 == 0 ? '\n' : ' ';
  memcpy(line, "War", 3);
  memcpy(line + LARGE - 3, "War", 3);
  g_autoptr(Article) blank = cleaned("x", line, LARGE);
  assert_null(article_cuts(blank));
  g_free(line);
  assert_true(g_timer_elapsed(timer, NULL) < 60);
}

/* Every cut ends between characters, whatever is around it: article_cut() refuses others, and the
 * text would stay. */
static void characters_stay_whole(void **state)
{
  (void)state;
  expect("x", "Войска ушли… Оставить комментарий", "Войска ушли…");
  expect("x", "Troops left。Leave a comment", "Troops left。");
  expect("x", "« Ils sont partis. » Abonnez-vous à notre newsletter", "« Ils sont partis. »");
  expect("x", "Войска ушли.\u00a0Оставить комментарий", "Войска ушли.");
}

/* ---- learning ---- */

static const char coda[] = "The Valley Desk wishes its readers a fine day";

static void put_many(Cleaner *cleaner, const char *source, guint n, const char *format)
{
  for (guint i = 0; i < n; i++) {
    g_autofree char *body =
        g_strdup_printf("Troops left town %u on Monday.\n\nIn village %u nobody "
                        "was hurt, the governor said.\n%s",
                        i, i, format);
    cleaner_put(cleaner, article_of(source, NULL, body, -1));
  }
}

/* How many of the articles that are left have the line in their text. */
static guint drain(Cleaner *cleaner, const char *line)
{
  guint n = 0;
  for (Article *article; (article = cleaner_take(cleaner, TRUE)) != NULL; article_free(article))
    n += strstr(article_text(article), line) != NULL;
  return n;
}

static void lines_that_repeat_are_cut(void **state)
{
  (void)state;
  g_autoptr(Cleaner) cleaner = cleaner_new("", 0);
  put_many(cleaner, "Valley News", 5, coda);
  assert_int_equal(drain(cleaner, coda), 0);
  put_many(cleaner, "valley news", 1, coda);
  assert_int_equal(drain(cleaner, coda), 0);
  put_many(cleaner, "Hill News", 4, coda);
  assert_int_equal(drain(cleaner, coda), 4);
}

static void a_block_is_cut_as_a_whole(void **state)
{
  (void)state;
  g_autoptr(Cleaner) cleaner = cleaner_new("", 0);
  put_many(cleaner, "Valley News", 6,
           "The Valley Desk\n\nAll the news of the valley\nWrite to Valley Road 5");
  put_many(cleaner, "Valley News", 1, coda);
  assert_int_equal(drain(cleaner, "alley "), 1);
}

static void what_half_of_a_source_has_not_stays(void **state)
{
  (void)state;
  g_autoptr(Cleaner) cleaner = cleaner_new("", 0);
  put_many(cleaner, "Valley News", 10, coda);
  put_many(cleaner, "Valley News", 11, "");
  assert_int_equal(drain(cleaner, coda), 10);
}

static void sentences_need_more(void **state)
{
  (void)state;
  static const char background[] = "The two sides have been at war since the year 1998.";
  g_autoptr(Cleaner) cleaner = cleaner_new("", 0);
  put_many(cleaner, "Valley News", 10, background);
  put_many(cleaner, "Valley News", 5, "");
  assert_int_equal(drain(cleaner, background), 10);
  put_many(cleaner, "Hill News", 10, background);
  assert_int_equal(drain(cleaner, background), 0);
}

/* Ten editions of one report are not ten reports. */
static void copies_do_not_count(void **state)
{
  (void)state;
  g_autoptr(Cleaner) cleaner = cleaner_new("", 0);
  for (guint i = 0; i < 10; i++)
    cleaner_put(cleaner, article_of("Valley News", NULL, REPORT "\nThe town is empty now", -1));
  assert_int_equal(drain(cleaner, "The town is empty now"), 10);
}

static void tables_stay(void **state)
{
  (void)state;
  g_autoptr(Cleaner) cleaner = cleaner_new("", 0);
  put_many(cleaner, "Valley News", 10, "12 14 16\n10 9 8");
  assert_int_equal(drain(cleaner, "12 14 16\n10 9 8"), 10);
}

static void what_was_learnt_can_be_kept(void **state)
{
  (void)state;
  gboolean changed;
  g_autoptr(Cleaner) cleaner = cleaner_new("", 0);
  g_autoptr(GString) none = cleaner_learnt(cleaner, &changed);
  assert_string_equal(none->str, "");
  assert_false(changed);
  put_many(cleaner, "Valley News", 5, coda);
  drain(cleaner, coda);
  g_autoptr(GString) learnt = cleaner_learnt(cleaner, &changed);
  assert_true(changed);
  assert_string_equal(learnt->str,
                      "tail\tvalley news\tthe valley desk wishes its readers a fine day\n");

  g_autoptr(Cleaner) later = cleaner_new(learnt->str, learnt->len);
  put_many(later, "Valley News", 1, "The  Valley Desk wishes its\treaders a fine DAY");
  assert_int_equal(drain(later, "Desk"), 0);
  g_autoptr(GString) same = cleaner_learnt(later, &changed);
  assert_false(changed);
  assert_string_equal(same->str, learnt->str);

  static const char damaged[] = "tail\tvalley\nhead\t\t\n\n\t\t\nfoot\tx\ty";
  g_autoptr(Cleaner) other = cleaner_new(damaged, strlen(damaged));
  put_many(other, "Valley News", 1, coda);
  assert_int_equal(drain(other, coda), 1);
}

/* An article waits for those behind it, and no longer: the order is kept, and memory bounded. */
static void articles_are_held_back(void **state)
{
  (void)state;
  g_autoptr(Cleaner) cleaner = cleaner_new("", 0);
  put_many(cleaner, "Valley News", HOLD_ARTICLES, coda);
  assert_null(cleaner_take(cleaner, FALSE));
  put_many(cleaner, "Valley News", 1, coda);
  g_autoptr(Article) first = cleaner_take(cleaner, FALSE);
  assert_non_null(strstr(article_text(first), "town 0 on"));
  assert_null(strstr(article_text(first), coda));
  assert_null(cleaner_take(cleaner, FALSE));

  g_autofree char *large = g_strnfill(HOLD_BYTES + 1, 'x');
  g_autoptr(Cleaner) full = cleaner_new("", 0);
  cleaner_put(full, article_of(NULL, NULL, large, -1));
  g_autoptr(Article) article = cleaner_take(full, FALSE);
  assert_non_null(article);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(tails),
      cmocka_unit_test(reports_stay),
      cmocka_unit_test(heads),
      cmocka_unit_test(inside),
      cmocka_unit_test(texts_without_line_breaks),
      cmocka_unit_test(something_is_left),
      cmocka_unit_test(hostile_bodies),
      cmocka_unit_test(characters_stay_whole),
      cmocka_unit_test(lines_that_repeat_are_cut),
      cmocka_unit_test(a_block_is_cut_as_a_whole),
      cmocka_unit_test(what_half_of_a_source_has_not_stays),
      cmocka_unit_test(sentences_need_more),
      cmocka_unit_test(copies_do_not_count),
      cmocka_unit_test(tables_stay),
      cmocka_unit_test(what_was_learnt_can_be_kept),
      cmocka_unit_test(articles_are_held_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
