/* test_describe_date.c - indexer/describe_date.c with date_url.c and date_head.c, through
 * describe.h */
#include "../../indexer/describe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int setup(void **state)
{
  *state = scribe_new(NULL);
  return 0;
}

static int teardown(void **state)
{
  scribe_free(*state);
  return 0;
}

typedef struct Case {
  const char *body, *date; /* date "": none is derived */
  const char *why;         /* NULL: not looked at */
  const char *url, *title, *lang, *source_country;
} Case;

static void add(Article *article, FieldId field, const char *value)
{
  if (value != NULL) article_add(article, field, value, -1);
}

static void check(void **state, const Case *cases, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    const Case *c = &cases[i];
    g_autoptr(Article) article = article_new();
    add(article, FIELD_BODY, c->body);
    add(article, FIELD_URL, c->url);
    add(article, FIELD_TITLE, c->title);
    add(article, FIELD_LANG, c->lang == NULL ? "en" : c->lang);
    add(article, FIELD_SOURCE_COUNTRY, c->source_country);
    scribe_describe(*state, article);
    const char *date = article_first(article, FIELD_DATE);
    const char *why = article_why(article, FIELD_DATE, 0);
    if (strcmp(date == NULL ? "" : date, c->date) != 0)
      fail_msg("%s \"%s\": %s (%s), not %s", c->url == NULL ? "" : c->url, c->body,
               date == NULL ? "no date" : date, why, c->date);
    assert_true(date == NULL || article_is_derived(article, FIELD_DATE));
    if (c->why != NULL && strcmp(why, c->why) != 0)
      fail_msg("\"%s\": because \"%s\", not \"%s\"", c->body, why, c->why);
  }
}

static void test_datelines(void **state)
{
  static const Case cases[] = {
      {"SAN SALVADOR, 3 JAN 90 -- [REPORT] [TEXT] THE ARCE BATTALION SAID SO IN 1989.",
       "1990-01-03", "dateline; 90 read as 1990, by years in the text"},
      {"PERTH (AUSTRALIA), JUNE 11 89 (AFP) -- [TEXT] IT RAINED.", "1989-06-11",
       "dateline; 89 read as 1989, the latest such year"},
      {"[Text] San Salvador, 3 Jan 90 (DPA) -- It rained.", "1990-01-03"},
      {"[Text] San Salvador, 3 Jan 90\nIt rained.", "1990-01-03"},
      {"CLANDESTINE, 8 JAN 90 (RADIO VENCEREMOS)-- [TEXT] A WAR BULLETIN", "1990-01-08"},
      {"BOGOTA, 27 APR 90 [INRAVISION TELEVISION CADENA 1) -- [SPEECH]", "1990-04-27"},
      {"KABUL (Reuters) 12 June 2023 - A bomb went off.", "2023-06-12", "dateline"},
      {"(Reuters) 12 June 2023 A bomb went off.", "2023-06-12", "dateline"},
      {"KABUL, June 12, 2023 (AP) — A bomb went off.", "2023-06-12", "dateline"},
      {"KABUL, Afghanistan, Monday, June 12, 2023 - A bomb went off.", "2023-06-12"},
      {"NAIROBI, 16 June 2003 (IRIN) - Fighting goes on.", "2003-06-16"},
      {"JOHANNESBURG November 3 1998 - SAPA\nThe court heard", "1998-11-03"},
      {"Tehran, June 20, 2011, IRNA – The minister said", "2011-06-20"},
      {"SANTA CLARA, Calif., March 11, 1987 - A firm said", "1987-03-11"},
      {"ST. LOUIS, March 18, 1987 - A firm said", "1987-03-18"},
      {"Kabul, 20.06.2023 - It rained.", "2023-06-20"},
      {"Bomb hits the market in the west of the capital and kills eleven\nKABUL, June 12, 2023 "
       "(AP) - It",
       "2023-06-12"},
      {"PARIS, 3 mars 2023 (AFP) - Le président a dit", "2023-03-03", "dateline", .lang = "fr"},
      {"Paris, le 1er août 1944 — Les troupes alliées", "1944-08-01", "dateline", .lang = "fr"},
      {"TANANARIVE, 2 avril 1947 - Une insurrection", "1947-04-02", .lang = "fr"},
      {"LIMA, 14 de mayo de 1988 (EFE) - El presidente", "1988-05-14", "dateline", .lang = "es"},
      {"Bogotá, 10 abr. 1948 (EFE).- El centro", "1948-04-10", .lang = "es"},
      {"BOGOTÁ, 10 de abril del 2008 - El centro", "2008-04-10", .lang = "es"},
      {"МОСКВА, 12 мая 2021 года. /ТАСС/. Президент заявил", "2021-05-12", "dateline",
       .lang = "ru"},
      {"Москва, 12 мая 2021 г. — РИА Новости. Президент", "2021-05-12", .lang = "ru"},
      {"القاهرة 12 مايو 2015 / أ ش أ / قال الرئيس", "2015-05-12", "dateline", .lang = "ar"},
      {"القاهرة في ١٢ أيار (مايو) ٢٠١٥ - قال الرئيس", "2015-05-12", .lang = "ar"},
      {"بيروت، 3 كانون الثاني 2015 (رويترز) - قال", "2015-01-03", .lang = "ar"},
      {"الجزائر، 5 جويلية 2015 (واج) - قال الوزير", "2015-07-05", .lang = "ar"},
      /* no date, or one that is told and not the article's */
      {"SAN SALVADOR, NO DATE (FBIS) -- [TEXT] RADIO CADENA AT 1212 GMT ON 9 OCTOBER 1989 REPORTS",
       ""},
      {"In the town of Kunduz, 3 October 2015 (a Saturday) is remembered.", ""},
      {"The accord signed in Lima on 3 May 1989 - the first of its kind - failed.", ""},
      {"Clashes since 3 May 1989 - the day of the coup - went on.", ""},
      {"KABUL, June 3-5, 2023 - A conference was held.", ""},
      {"KABUL, 3-5 June 2023 - A conference was held.", ""},
      {"KABUL, 31 June 2023 - It rained.", ""},
      {"KABUL, 30 Feb 2023 - It rained.", ""},
      {"KABUL, 12 June 9998 - It rained.", ""},
      {"KABUL, 12 June 0000 - It rained.", ""},
      {"KABUL, 12 June 1023 - It rained.", ""},
      {"KABULx12 June 2023y - It rained.", ""},
      {"KABUL, 12June2023 - It rained.", ""},
      {"KABUL, 12 Junes 2023 - It rained.", ""},
      {"КАБУЛ, 12 майор 2023 - Шёл дождь.", "", .lang = "ru"},
      {"الرياض 21 شوال 1436 - واس", "", .lang = "ar"},
      {"", ""},
  };
  check(state, cases, G_N_ELEMENTS(cases));
}

static void test_years(void **state)
{
  static const Case cases[] = {
      /* without a year, nothing is known */
      {"WASHINGTON, Feb 26 - The dollar fell in 1987.", ""},
      {"LIMA, 14 de mayo (EFE) - El presidente", "", .lang = "es"},
      /* the address tells it */
      {"WASHINGTON, Feb 26 - The dollar fell.", "1987-02-26", "dateline; year from the URL",
       "http://a.example/1987/story"},
      {"WASHINGTON, Feb 26 - The dollar fell.", "1987-02-26", "dateline; year from the URL",
       "http://a.example/1987/02/story"},
      {"WASHINGTON, Dec 31 - The dollar fell.", "1986-12-31", "dateline; year from the URL",
       "http://a.example/1987/01/story"},
      {"MOSCOW, 12 мая. /ТАСС/. Президент", "2021-05-12", "dateline; year from the URL",
       "http://a.example/2021/05/x", .lang = "ru"},
      {"القاهرة 12 مايو/ قال", "2021-05-12", NULL, "http://a.example/2021/05/x", .lang = "ar"},
      {"PARIS, 3 mars (AFP) - Le", "2021-03-03", NULL, "http://a.example/2021/03/x", .lang = "fr"},
      /* a dateline that the month of the address refutes: the month stands */
      {"WASHINGTON, Aug 26 - The dollar fell.", "1987-02", "URL", "http://a.example/1987/02/story"},
      {"WASHINGTON, Aug 26, 1981 - The dollar fell.", "1987-02", "URL",
       "http://a.example/1987/02/story"},
      {"WASHINGTON, March 26, 1987 - The dollar fell.", "1987-02", "URL",
       "http://a.example/1987/02/story"},
      {"WASHINGTON, Feb 20, 1987 - The dollar fell.", "1987-02-20", "dateline",
       "http://a.example/1987/02/story"},
      /* a weekday that does not fit */
      {"WASHINGTON, Monday, Feb 26 - It fell.", "", NULL, "http://a.example/1987/story"},
      {"WASHINGTON, Thursday, Feb 26 - It fell.", "1987-02-26", NULL,
       "http://a.example/1987/story"},
      /* the head tells it */
      {"Friday, February 27, 1987\n\nWASHINGTON, Feb 26 - The dollar fell.", "1987-02-26",
       "dateline; year from the head of the text"},
      {"January 2, 1988\n\nWASHINGTON, Jan 20 - The dollar fell.", "1988-01-02"},
      {"January 2, 1988\n\nWASHINGTON, Dec 31 - The dollar fell.", "1987-12-31"},
      {"Friday, August 7, 1987\n\nWASHINGTON, Feb 26 - The dollar fell.", "1987-08-07",
       "head of the text"},
      /* centuries */
      {"PARIS, 3 JAN 20 -- The war of 1914, which ended in 1918, left", "1920-01-03",
       "dateline; 20 read as 1920, by years in the text"},
      {"PARIS, 3 JAN 20 -- The war of 1914 and what came in 2019 left", "2020-01-03"},
      {"PARIS, 3 JAN 05 -- At 1900 and at 1905 it rained, and at 1903 GMT.", "2005-01-03",
       "dateline; 05 read as 2005, the latest such year"},
      {"PARIS, 3 JAN 87 -- It rained.", "1887-01-03", "dateline; 87 read as 1887, by the URL",
       "http://a.example/1887/story"},
      {"PARIS, 3 JAN 99 -- It rained.", "1999-01-03"},
      {"PARIS, 3 Jan '99 -- It rained.", "1999-01-03"},
      /* a time is no year */
      {"PARIS, 3 Jan 10:15 (AFP) -- It rained.", "2021-01-03", "dateline; year from the URL",
       "http://a.example/2021/01/x"},
  };
  check(state, cases, G_N_ELEMENTS(cases));
}

static void test_urls(void **state)
{
  static const Case cases[] = {
      {"x", "2023-06-20", "URL", "https://a.example/2023/06/20/title"},
      {"x", "2023-06-20", "URL", "https://a.example/news/2023/6/20/title-of-it"},
      {"x", "2023-06-20", "URL", "https://a.example/world/2023/jun/20/title"},
      {"x", "2023-06-20", "URL", "https://a.example/2023-06-20/title"},
      {"x", "2023-06-20", "URL", "https://a.example/2023-06-20-title.html"},
      {"x", "2023-06-20", "URL", "https://a.example/title-of-it-2023-06-20/"},
      {"x", "2023-06-20", "URL", "https://a.example/20230620/title.html"},
      {"x", "2023-06-20", "URL", "https://a.example/live/20230620-title"},
      {"x", "2023-06-20", "URL", "https://a.example/txt/2023-06/20/content_41135804.htm"},
      {"x", "2023-06-20", "URL", "https://a.example/n3/2023/0620/c90000.html"},
      {"x", "2023-06-20", "URL", "https://a.example/2023/06/20.html"},
      {"x", "2023-06-20", "URL", "https://a.example/2023/06/20?page=2"},
      {"x", "2023-06-20", "URL", "https://a.example/20-06-2023/title"},
      {"x", "2023-06-20", "URL", "https://a.example/2023/20230620/ln27.htm"},
      {"x", "2023-06-20", "URL", "a.example/2023/06/20/title"},
      {"x", "2017-01", "URL",
       "https://web.archive.org/web/20171008220355/http://a.example/essays/2017/01/title/"},
      {"x", "2023-06", "URL", "https://a.example/2023/06/title/"},
      {"x", "2023-06", "URL", "https://a.example/2023/06/12345/title/"},
      {"x", "2023-02", "URL", "https://a.example/2023/02/30/title"},
      {"x", "2020-11", "URL", "https://a.example/2020/11/10-killed-in-blast/"},
      /* the address is asked first */
      {"KABUL, June 19, 2023 - It rained.", "2023-06-20", "URL",
       "https://a.example/2023/06/20/title"},
      /* none */
      {"x", "", NULL, "https://a.example/2023/title"},
      {"x", "", NULL, "https://a.example/1984/"},
      {"x", "", NULL, "https://a.example/title-20230620"},
      {"x", "", NULL, "https://a.example/politics/20110512"},
      {"x", "", NULL, "https://a.example/Issues/Con20150801786868.htm"},
      {"x", "", NULL, "https://a.example/03-04-2023/title"},
      {"x", "", NULL, "https://a.example/99999999/title"},
      {"x", "", NULL, "https://a.example/00000000/title"},
      {"x", "", NULL, "https://a.example/0000/00/00/title"},
      {"x", "", NULL, "https://a.example/9998/06/20/title"},
      {"x", "", NULL, "https://a.example/20230620123456789012345678901234567890/"},
      {"x", "", NULL, "https://a.example/?d=2023-06-20"},
      {"x", "", NULL, "https://a.example/#2023/06/20/"},
      {"x", "", NULL, "2023-06-20"},
      {"x", "", NULL, "http://"},
      {"x", "", NULL, "/"},
  };
  check(state, cases, G_N_ELEMENTS(cases));
}

static void test_heads(void **state)
{
  static const char line[] = "head of the text";
  static const Case cases[] = {
      {"Tuesday, June 20, 2023\xC2\xA0\n\nIt rained.", "2023-06-20", line},
      {"Tuesday, 20 June 2023\nIt rained.", "2023-06-20", line},
      {"June 20, 2003 Friday 2:07 PM GMT\n\nIt rained.", "2003-06-20", line},
      {"The New York Times, June 20, 2003\n\nIt rained.", "2003-06-20"},
      {"Reuters | 20 June 2023 | 10:15\n\nIt rained.", "2023-06-20", line},
      {"A title that is repeated at the top of the text as some do it\nJune 20, 2023\nIt rained.",
       "2023-06-20", line},
      {"2023-06-20T10:15:00Z\nIt rained.", "2023-06-20", line},
      {"Published on 20 June 2023\nIt rained.", "2023-06-20", line},
      {"PUBLISHED: 20 JUNE 2023\nIT RAINED.", "2023-06-20", line},
      {"By Ann Lee Published 20 June 2023 at 10:15 Share It rained.", "2023-06-20", line},
      {"Last updated: June 21, 2023. First published: June 20, 2023.\nIt rained.", "2023-06-20",
       line},
      {"Updated June 21, 2023\nIt rained.", "2023-06-21", line},
      {"For immediate release: 18 August 2004\nA workshop.", "2004-08-18", line},
      {"Publié le 20 juin 2023 à 10h15\nIl pleut.", "2023-06-20", line, .lang = "fr"},
      {"Mis à jour le mardi 20 juin 2023\nIl pleut.", "2023-06-20", line, .lang = "fr"},
      {"mardi 20 juin 2023\nIl pleut.", "2023-06-20", line, .lang = "fr"},
      {"Publicado el 20 de junio de 2023\nLlueve.", "2023-06-20", line, .lang = "es"},
      {"Actualizado: martes, 20 de junio de 2023\nLlueve.", "2023-06-20", line, .lang = "es"},
      {"Опубликовано 20 июня 2023 г.\nИдёт дождь.", "2023-06-20", line, .lang = "ru"},
      {"Дата публикации: 20.06.2023\nИдёт дождь.", "2023-06-20", line, .lang = "ru"},
      {"20 июня 2023, 10:15\nИдёт дождь.", "2023-06-20", line, .lang = "ru"},
      {"نشر في 20 يونيو 2023\nالمطر يهطل.", "2023-06-20", line, .lang = "ar"},
      {"تاريخ النشر: ٢٠ حزيران/يونيو ٢٠٢٣\nالمطر يهطل.", "2023-06-20", line, .lang = "ar"},
      {"آخر تحديث: الثلاثاء 20 يونيو 2023\nالمطر يهطل.", "2023-06-20", line, .lang = "ar"},
      {"It rained.", "2023-06-20", "title", .title = "Tuesday, June 20, 2023"},
      {"It rained.", "2023-06-20", "dateline",
       .title = "KABUL, June 20, 2023 (Reuters) - A bomb went off on Tuesday."},
      /* what is told is not when it is told */
      {"The report, published on 20 June 2023, said it rained.", ""},
      {"On 20 June 2023 the army attacked Kabul.", ""},
      {"The attack of 11 September 2001\n\nIt rained.", ""},
      {"September 11, 2001 attacks remembered\n\nIt rained.", ""},
      {"It issued bonds in three tranches each of 150 million crowns, payment\ndate May 14, 1987. "
       "All",
       ""},
      {"A long line of a paragraph that is cut into lines, and was signed in the city of\nLondon, "
       "and "
       "then it goes on and on as lines of a paragraph do, and was signed in\nLondon, 3 May 1989 "
       "(the "
       "first of its kind)",
       ""},
      {"Published on 20 June 9998\nIt rained.", ""},
      {"Published on 31 June 2023\nIt rained.", ""},
      {"Call +1-20-06-2023-55 or 192.168.20.06.2023\nIt rained.", ""},
      {"20230620123456\nIt rained.", ""},
      {"All that follows is in one line, as texts from pages are that lost their markup, and says "
       "a "
       "lot about a workshop that will be held in a room on the second floor of the building, "
       "where "
       "one may ask and is answered, which will be of use to all. Date: Wednesday, 25 August 2004 "
       "Venue: Seminar Room",
       ""},
      {"3 October 1993 - The battle of Mogadishu\n4 October 1993 - It ends\n", ""},
      {"3 October 1993: The battle of Mogadishu\n4 October 1993: It ends\n", ""},
      {"June 2023\nIt rained.", ""},
      {"It rained.", "", .title = "Looking back at 11 September 2001"},
      {"It rained.", "", .title = "20 dead"},
  };
  check(state, cases, G_N_ELEMENTS(cases));
}

static void test_day_or_month_first(void **state)
{
  static const Case cases[] = {
      {"Published on 16/07/2024\nIt rained.", "2024-07-16", "head of the text"},
      {"Published on 07/16/2024\nIt rained.", "2024-07-16", "head of the text"},
      {"Published on 03/04/2023\nIt rained.", "2023",
       "head of the text; day or month first is unclear"},
      {"Published on 03/04/2023\nIt rained.", "2023-03-04",
       "head of the text; month first, by the source's country", .source_country = "US"},
      {"Published on 03/04/2023\nIt rained.", "2023-04-03",
       "head of the text; day first, by the source's country", .source_country = "GB"},
      {"Published on 03/04/2023\nIt rained.", "2023", NULL, .source_country = "CA"},
      {"Published on Monday, 03/04/2023\nIt rained.", "2023-04-03",
       "head of the text; order by the weekday"},
      {"Published on Saturday, 03/04/2023\nIt rained.", "2023-03-04",
       "head of the text; order by the weekday"},
      {"Published on Tuesday, 03/04/2023\nIt rained.", "2023"},
      {"Publié le 03/04/2023\nIl pleut.", "2023-04-03",
       "head of the text; day first, by the language", .lang = "fr"},
      {"نشر في 3/4/2023\nالمطر يهطل.", "2023-04-03", NULL, .lang = "ar"},
      {"Published on 03.04.2023\nIt rained.", "2023-04-03", "head of the text"},
      {"Published on 04/04/2023\nIt rained.", "2023-04-04", "head of the text"},
  };
  check(state, cases, G_N_ELEMENTS(cases));
}

static void test_stated_stays(void **state)
{
  g_autoptr(Article) article = article_new();
  article_add(article, FIELD_DATE, "1999", -1);
  article_add(article, FIELD_URL, "https://a.example/2023/06/20/x", -1);
  article_add(article, FIELD_BODY, "KABUL, 20 June 2023 (AP) - It rained.", -1);
  scribe_describe(*state, article);
  assert_string_equal(article_first(article, FIELD_DATE), "1999");
  assert_false(article_is_derived(article, FIELD_DATE));
}

/* Former states go by the date that was found. */
static void test_before_places(void **state)
{
  g_autoptr(Article) article = article_new();
  article_add(article, FIELD_LANG, "en", -1);
  article_add(article, FIELD_BODY,
              "MOSCOW, 20 June 1987 (AP) - Soviet troops left Moscow. Russian troops stayed.", -1);
  scribe_describe(*state, article);
  assert_string_equal(article_first(article, FIELD_DATE), "1987-06-20");
  assert_string_equal(article_first(article, FIELD_COUNTRY), "SU");
}

/* However long: digits, letters that dates begin with, halves of dates, brackets. */
static void test_long(void **state)
{
  static const char *const pieces[] = {"1",   "1 ",      "12 June ", "June ",       "(",
                                       "[",   "12/",     "2023-",    "Published: ", "\n",
                                       ",\n", "Monday ", "١",        "كانون ",      "12 June 2023"};
  enum { LONG = 2 << 20 };
  for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
    g_autoptr(GString) text = g_string_sized_new(LONG + 64);
    while (text->len < LONG) g_string_append(text, pieces[i]);
    g_autoptr(Article) article = article_new();
    article_add(article, FIELD_LANG, "en", -1);
    article_add(article, FIELD_URL, text->str, -1);
    article_add(article, FIELD_TITLE, text->str, -1);
    article_add(article, FIELD_BODY, text->str, -1);
    scribe_describe(*state, article);
    if (article_first(article, FIELD_DATE) != NULL)
      fail_msg("\"%s\" many times: %s", pieces[i], article_first(article, FIELD_DATE));
  }
}

/* A date behind the head is not looked at, wherever the head is cut. */
static void test_cut(void **state)
{
  for (gsize before = 1100; before < 1300; before++) {
    g_autoptr(GString) text = g_string_new(NULL);
    while (text->len < before) g_string_append(text, "é");
    g_string_append(text, "\nPublished on 20 June 2023\nIt rained.");
    g_autoptr(Article) article = article_new();
    article_add(article, FIELD_LANG, "en", -1);
    article_add(article, FIELD_BODY, text->str, -1);
    scribe_describe(*state, article);
    const char *date = article_first(article, FIELD_DATE);
    if (date != NULL) assert_string_equal(date, "2023-06-20");
    if (before > 1200) assert_null(date);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_datelines),
      cmocka_unit_test(test_years),
      cmocka_unit_test(test_urls),
      cmocka_unit_test(test_heads),
      cmocka_unit_test(test_day_or_month_first),
      cmocka_unit_test(test_stated_stays),
      cmocka_unit_test(test_before_places),
      cmocka_unit_test(test_long),
      cmocka_unit_test(test_cut),
  };
  return cmocka_run_group_tests_name("describe_date", tests, setup, teardown);
}
