/* test_describe_places.c - indexer/describe_places.c, through describe.h */
#include "../../indexer/describe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct Tools {
  Scribe *scribe;
} Tools;

static int setup(void **state)
{
  Tools *tools = g_new0(Tools, 1);
  tools->scribe = scribe_new(NULL);
  *state = tools;
  return 0;
}

static int teardown(void **state)
{
  Tools *tools = *state;
  scribe_free(tools->scribe);
  g_free(tools);
  return 0;
}

static Article *described(const Tools *tools, const char *lang, const char *date, const char *title,
                          const char *body)
{
  Article *article = article_new();
  if (lang != NULL) article_add(article, FIELD_LANG, lang, -1);
  if (date != NULL) article_add(article, FIELD_DATE, date, -1);
  if (title != NULL) article_add(article, FIELD_TITLE, title, -1);
  article_add(article, FIELD_BODY, body, -1);
  scribe_describe(tools->scribe, article);
  return article;
}

/* A field's values in the order of their bytes, joined by '|'. */
static int by_bytes(gconstpointer a, gconstpointer b)
{
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *joined(const Article *article, FieldId field)
{
  const GPtrArray *values = article_values(article, field);
  g_autoptr(GPtrArray) sorted = g_ptr_array_new();
  for (guint i = 0; values != NULL && i < values->len; i++)
    g_ptr_array_add(sorted, values->pdata[i]);
  g_ptr_array_sort(sorted, by_bytes);
  g_ptr_array_add(sorted, NULL);
  return g_strjoinv("|", (char **)sorted->pdata);
}

typedef struct Case {
  const char *lang, *date, *title, *body;
  const char *about, *mentions, *places; /* NULL: not looked at */
} Case;

static void check(void **state, const Case *cases, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    const Case *c = &cases[i];
    g_autoptr(Article) article = described(*state, c->lang, c->date, c->title, c->body);
    const char *expected[] = {c->about, c->mentions, c->places};
    const FieldId fields[] = {FIELD_COUNTRY, FIELD_MENTIONS_COUNTRY, FIELD_PLACE};
    for (gsize k = 0; k < G_N_ELEMENTS(fields); k++) {
      g_autofree char *got = joined(article, fields[k]);
      if (expected[k] != NULL && strcmp(got, expected[k]) != 0)
        fail_msg("\"%s\" %s: %s, not %s", c->title == NULL ? c->body : c->title,
                 schema_field(fields[k])->name, got, expected[k]);
    }
  }
}

static void test_one_name_several_countries(void **state)
{
  static const Case cases[] = {
      {"en", "2021-01-05", "Georgia votes",
       "ATLANTA (AP) - Voters in Georgia went to the polls. Turnout in Atlanta and Savannah was "
       "high, the governor of Georgia said.",
       "US", "", NULL},
      {"en", "2008-08-08", "Georgia shells Tskhinvali",
       "TBILISI - Georgia said its troops entered South Ossetia. Georgian officials blamed Russia.",
       "GE", "RU", NULL},
      {"en", "2016-01-01", "Clashes in Niger",
       "Fighters crossed from Nigeria into Niger and attacked Diffa. The Nigerien army fled Diffa.",
       "NE", "NG", "Diffa"},
      {"en", "2021-09-05", "Guinea coup",
       "Soldiers in Conakry seized power in Guinea. Guinea-Bissau, Equatorial Guinea and Papua New "
       "Guinea did not comment. In Guinea all was calm.",
       "GN", "GQ|GW|PG", "Conakry"},
      {"en", "2012-11-20", "Congo rebels advance",
       "Rebels attacked Goma in eastern Congo, Congolese officials in Kinshasa said.", "CD", "",
       "Goma|Kinshasa"},
      {"en", "2016-03-20", "Congo votes", "Brazzaville, the capital of Congo, was calm.", "CG", "",
       "Brazzaville"},
      {"en", "2018-01-01", "Korea talks",
       "North Korea's leader met officials in Pyongyang. Korean people cheered.", "KP", "", NULL},
      {"en", "2012-10-09", "Tripoli clashes",
       "TRIPOLI, Lebanon - Gunmen clashed in Tripoli with Lebanese soldiers. Beirut was quiet.",
       "LB", "", "Beirut|Tripoli, Lebanon"},
      {"en", "2011-08-21", "Rebels in Tripoli",
       "Libyan rebels entered Tripoli, and the Libyan army fled.", "LY", "", "Tripoli, Libya"},
      {"en", "2019-01-01", NULL, "A storm hit Paris, Texas, on Monday. Nobody in Paris was hurt.",
       "US", NULL, NULL},
  };
  check(state, cases, G_N_ELEMENTS(cases));
}

static void test_no_places(void **state)
{
  static const Case cases[] = {
      {"en", NULL, "Airlines cut flights",
       "Talks between American Airlines, American Express and Bank of America went on.", "", "",
       ""},
      {"en", NULL, "Turkey dinner", "They cooked a turkey, and the china broke. One chad hung.", "",
       "", ""},
      {"en", NULL, NULL, "Then Michael Jordan scored forty points. Jordan said he was tired.", "",
       "", ""},
      {"en", NULL, NULL, "The drummer Chad Smith met Mr. Houston and Col. Sucre at home.", "", "",
       ""},
      {"en", NULL, NULL, "They told us that it was a nice reading, of which more in May.", "", "",
       ""},
      {"en", NULL, NULL,
       "THEY TOLD US THAT A MAN THREW A GRENADE, AND OF THE REST IT WAS NICE READING", "", "", ""},
  };
  check(state, cases, G_N_ELEMENTS(cases));
}

static void test_former_states(void **state)
{
  static const Case cases[] = {
      {"en", "1987-08-05", NULL, "Soviet troops moved. Russian advisers died near Moscow.", "SU",
       "", "Moscow"},
      {"en", "2014-08-05", NULL, "Russian troops moved from Moscow, said Russian officials.", "RU",
       "", "Moscow"},
      {"en", "1989-10-09", NULL, "In Leipzig, East German police beat East German marchers.", "DD",
       "", "Leipzig"},
      {"en", "1985", NULL, "West German and Czech ministers met in Prague, Czech radio said.", "CS",
       NULL, "Prague"},
      {"en", "1988", NULL, "Serbs and Croats clashed in Belgrade and Zagreb.", "YU", "", NULL},
      {NULL, NULL, NULL, "The former Soviet Union broke up, and Ukraine voted. Ukraine left.", "UA",
       NULL, NULL},
  };
  check(state, cases, G_N_ELEMENTS(cases));
}

static void test_datelines(void **state)
{
  static const Case cases[] = {
      {"en", NULL, NULL, "SAN JOSE, Costa Rica (AP) -- Officials in San Jose met today.", "CR", "",
       "San José, Costa Rica"},
      {"en", NULL, NULL, "STAMFORD, Conn., March 4 - The firm said it would merge with a rival.",
       "US", "", NULL},
      {"en", NULL, NULL, "LITTLETOWN, Mass., March 4 - The firm said it would merge with a rival.",
       "US", "", "Massachusetts"},
      {"en", NULL, NULL, "HAMILTON, Bermuda, March 4 - The firm said it would merge with a rival.",
       "BM", "", NULL},
      {"en", "1990-01-03", NULL,
       "SAN SALVADOR, 3 JAN 90 -- [TEXT] GUERRILLAS ATTACKED A BARRACKS IN SAN MIGUEL.", "SV", "",
       "San Miguel, El Salvador|San Salvador"},
  };
  check(state, cases, G_N_ELEMENTS(cases));
}

static void test_languages(void **state)
{
  static const Case cases[] = {
      {"fr", NULL, NULL, "Des soldats afghans ont été tués à Kaboul, en Afghanistan.", "AF", "",
       "Kabul"},
      {"es", NULL, NULL,
       "La guerrilla colombiana atacó un pueblo en Antioquia, dijeron los chinos.", "CO", "CN",
       "Antioquia"},
      {"ru", NULL, NULL, "В Сирии и в Дамаске сирийские военные сообщили о потерях сирийцев.", "SY",
       "", "Damascus"},
      {"ar", NULL, NULL, "قالت الحكومة العراقية إن العراقيين في بغداد وللعراق حق", "IQ", "",
       "Baghdad"},
      {"en", NULL, NULL, "The chinos were worn, and the polish too.", "", "", ""},
  };
  check(state, cases, G_N_ELEMENTS(cases));
}

static void test_why(void **state)
{
  g_autoptr(Article) article =
      described(*state, "en", NULL, "Kabul bombed",
                "KABUL, May 3 - A bomb hit Kabul. The Afghan army left Afghanistan's capital.");
  assert_string_equal(article_first(article, FIELD_COUNTRY), "AF");
  assert_true(
      g_str_has_prefix(article_why(article, FIELD_COUNTRY, 0), "title; dateline; 3 in text; "));
  assert_string_equal(article_why(article, FIELD_PLACE, 0), "title; dateline; 1 in text");
  const ArticlePlace *place = article_place(article, 0);
  assert_non_null(place);
  assert_string_equal(place->alpha2, "AF");
  assert_true(place->latitude > 34 && place->latitude < 35);
  assert_null(article_place(article, 1));

  g_autofree char *packed = article_pack(article);
  g_autoptr(Article) again = article_unpack(packed, strlen(packed));
  assert_non_null(again);
  assert_string_equal(article_why(again, FIELD_PLACE, 0), "title; dateline; 1 in text");
  assert_string_equal(article_place(again, 0)->alpha2, "AF");
  g_autofree char *twice = article_pack(again);
  assert_string_equal(packed, twice);
}

static void test_stated_stays(void **state)
{
  const Tools *tools = *state;
  g_autoptr(Article) article = article_new();
  article_add(article, FIELD_COUNTRY, "FR", -1);
  article_add(article, FIELD_PLACE, "Lyon", -1);
  article_add(article, FIELD_BODY, "Troops in Kabul, Afghanistan, met French officers.", -1);
  scribe_describe(tools->scribe, article);
  g_autofree char *country = joined(article, FIELD_COUNTRY);
  g_autofree char *mentions = joined(article, FIELD_MENTIONS_COUNTRY);
  g_autofree char *place = joined(article, FIELD_PLACE);
  assert_string_equal(country, "FR");
  assert_string_equal(place, "Lyon");
  assert_false(article_is_derived(article, FIELD_COUNTRY));
  assert_null(article_place(article, 0));
  assert_null(strstr(mentions, "FR"));
}

/* What was derived once is derived anew, not added to. */
static void test_described_twice(void **state)
{
  const Tools *tools = *state;
  g_autoptr(Article) article = described(tools, "en", NULL, NULL, "In Kabul, Afghan troops left.");
  g_autofree char *once = article_dump(article);
  scribe_describe(tools->scribe, article);
  g_autofree char *twice = article_dump(article);
  assert_string_equal(once, twice);
}

static void test_odd_texts(void **state)
{
  static const char *const texts[] = {
      "-",          "SAN",        ", Conn.", "Conn., -- ", "Paris,",           "Georgia,Georgia",
      "U.S.-U.S.-", "\n\n--\n\n", "لل",      "و",          "Saint Saint Saint"};
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(Article) article = described(*state, NULL, NULL, texts[i], texts[i]);
    assert_non_null(article);
  }
  g_autoptr(Article) empty = article_new();
  scribe_describe(((const Tools *)*state)->scribe, empty);
  assert_null(article_values(empty, FIELD_COUNTRY));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_one_name_several_countries),
      cmocka_unit_test(test_no_places),
      cmocka_unit_test(test_former_states),
      cmocka_unit_test(test_datelines),
      cmocka_unit_test(test_languages),
      cmocka_unit_test(test_why),
      cmocka_unit_test(test_stated_stays),
      cmocka_unit_test(test_described_twice),
      cmocka_unit_test(test_odd_texts),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
