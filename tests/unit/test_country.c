/* test_country.c - names and codes of countries; see corpus/country.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "../../corpus/country.h"

/* Fails unless `name` means the country with this code; NULL: none. */
static void assert_means(const char *name, const char *alpha2)
{
  const Country *country = country_find(name, -1);
  const char *found = country == NULL ? NULL : country->alpha2;
  if (g_strcmp0(found, alpha2) != 0)
    fail_msg("“%s” means %s, not %s.", name, found ? found : "nothing",
             alpha2 ? alpha2 : "nothing");
}

typedef struct Example {
  const char *name, *alpha2;
} Example;

static void assert_examples(const Example *examples, gsize n)
{
  for (gsize i = 0; i < n; i++) assert_means(examples[i].name, examples[i].alpha2);
}

static void test_codes(void **state)
{
  (void)state;
  static const Example examples[] = {
      {"IR", "IR"},  {"ir", "IR"},  {"IRN", "IR"}, {"irn", "IR"}, {"364", "IR"},
      {"004", "AF"}, {"020", "AD"}, {"840", "US"}, {"XK", "XK"},  {"XKX", "XK"},
      {"SU", "SU"},  {"SUN", "SU"}, {"810", "SU"}, {"DDR", "DD"}, {"278", "DD"},
      {"YMD", "YD"}, {"ZAR", "ZR"}, {"CSK", "CS"}, {"891", "YU"}, {"NA", "NA"},
      {"NO", "NO"},  {"UK", "GB"},  {"GB", "GB"},  {"TW", "TW"},  {" 840 ", "US"}};
  assert_examples(examples, G_N_ELEMENTS(examples));
}

static void test_numeric_codes_have_three_digits(void **state)
{
  (void)state;
  static const Example examples[] = {{"4", NULL},    {"04", NULL},    {"0004", NULL},
                                     {"000", NULL},  {"999", NULL},   {"8.40", NULL},
                                     {"84-0", NULL}, {"8 4 0", NULL}, {"-840", "US"}};
  assert_examples(examples, G_N_ELEMENTS(examples));
}

/* A code that a successor inherited means the successor. */
static void test_inherited_numeric_codes(void **state)
{
  (void)state;
  static const Example examples[] = {{"854", "BF"}, {"104", "MM"}, {"204", "BJ"}, {"548", "VU"},
                                     {"716", "ZW"}, {"626", "TL"}, {"180", "CD"}};
  assert_examples(examples, G_N_ELEMENTS(examples));
  assert_int_equal(country_by_alpha2("HV")->numeric, 0);
  assert_int_equal(country_by_alpha2("BF")->numeric, 854);
}

static void test_english(void **state)
{
  (void)state;
  static const Example examples[] = {
      {"Iran", "IR"},
      {"Islamic Republic of Iran", "IR"},
      {"Iran, Islamic Republic of", "IR"},
      {"Iran (Islamic Republic of)", "IR"},
      {"Russia", "RU"},
      {"Russian Federation", "RU"},
      {"Syria", "SY"},
      {"Syrian Arab Republic", "SY"},
      {"South Korea", "KR"},
      {"ROK", "KR"},
      {"DPRK", "KP"},
      {"Ivory Coast", "CI"},
      {"Turkey", "TR"},
      {"Türkiye", "TR"},
      {"DR Congo", "CD"},
      {"DRC", "CD"},
      {"Congo-Kinshasa", "CD"},
      {"Congo", "CG"},
      {"Congo-Brazzaville", "CG"},
      {"Congo (Brazzaville)", "CG"},
      {"Burma", "MM"},
      {"Myanmar", "MM"},
      {"Swaziland", "SZ"},
      {"Macedonia", "MK"},
      {"Czech Republic", "CZ"},
      {"Holy See", "VA"},
      {"Britain", "GB"},
      {"UAE", "AE"},
      {"Gaza", "PS"},
      {"Bosnia & Herzegovina", "BA"},
      {"St. Vincent and the Grenadines", "VC"},
      {"Republic of China", "TW"},
      {"People's Republic of China", "CN"},
      {"Kosovo", "XK"},
      {"Guinea", "GN"},
      {"Guinea-Bissau", "GW"},
      {"Papua New Guinea", "PG"},
      {"Niger", "NE"},
      {"Nigeria", "NG"},
      {"Dominica", "DM"},
      {"Dominican Republic", "DO"},
  };
  assert_examples(examples, G_N_ELEMENTS(examples));
}

static void test_other_languages(void **state)
{
  (void)state;
  static const Example examples[] = {
      {"Irán", "IR"},
      {"Иран", "IR"},
      {"إيران", "IR"},
      {"ايران", "IR"},
      {"Allemagne", "DE"},
      {"Alemania", "DE"},
      {"ألمانيا", "DE"},
      {"Германия", "DE"},
      {"Deutschland", "DE"},
      {"États-Unis", "US"},
      {"Estados Unidos", "US"},
      {"EE. UU.", "US"},
      {"EE.UU.", "US"},
      {"США", "US"},
      {"الولايات المتحدة", "US"},
      {"Royaume-Uni", "GB"},
      {"Великобритания", "GB"},
      {"بريطانيا", "GB"},
      {"Syrie", "SY"},
      {"Siria", "SY"},
      {"سوريا", "SY"},
      {"سورية", "SY"},
      {"Сирия", "SY"},
      {"Ucrania", "UA"},
      {"أوكرانيا", "UA"},
      {"Украина", "UA"},
      {"فلسطين", "PS"},
      {"Палестина", "PS"},
      {"مولدوفا", "MD"},
      {"المالديف", "MV"},
      {"جمهورية الكونغو الديمقراطية", "CD"},
      {"ЮАР", "ZA"},
      {"Pays-Bas", "NL"},
      {"Países Bajos", "NL"},
      {"Corée du Nord", "KP"},
      {"КНДР", "KP"},
      {"Birmanie", "MM"},
      {"Бирма", "MM"},
  };
  assert_examples(examples, G_N_ELEMENTS(examples));
}

static void test_spelling_does_not_matter(void **state)
{
  (void)state;
  static const Example examples[] = {
      {"cote d'ivoire", "CI"},
      {"CÔTE D’IVOIRE", "CI"},
      {"Co\xCC\x82te d'Ivoire", "CI"},
      {"el-salvador", "SV"},
      {"EL_SALVADOR", "SV"},
      {"  El   Salvador\n", "SV"},
      {"U.S.A.", "US"},
      {"U.S.", "US"},
      {"u.k.", "GB"},
      {"ＩＲＡＮ", "IR"},
      {"украина", "UA"},
      {"УКРАИНА", "UA"},
      {"Соединенные Штаты", "US"},
      {"السُّودان", "SD"},
      {"İran", "IR"},
      {"trinidad-tobago", "TT"},
      {"“Iran”", "IR"},
      {"México", "MX"},
      {"Mexico", "MX"},
      {"curacao", "CW"},
      {"Sao Tome and Principe", "ST"},
  };
  assert_examples(examples, G_N_ELEMENTS(examples));
}

static void test_former_countries(void **state)
{
  (void)state;
  static const Example examples[] = {
      {"SU", "SU"},
      {"USSR", "SU"},
      {"U.S.S.R.", "SU"},
      {"Soviet Union", "SU"},
      {"Union soviétique", "SU"},
      {"Unión Soviética", "SU"},
      {"СССР", "SU"},
      {"الاتحاد السوفيتي", "SU"},
      {"DD", "DD"},
      {"GDR", "DD"},
      {"east-germany", "DD"},
      {"ГДР", "DD"},
      {"West Germany", "DE"},
      {"YU", "YU"},
      {"Yugoslavia", "YU"},
      {"Serbia and Montenegro", "YU"},
      {"Serbia", "RS"},
      {"Montenegro", "ME"},
      {"Czechoslovakia", "CS"},
      {"yemen-demo-republic", "YD"},
      {"yemen-arab-republic", "YE"},
      {"North Vietnam", "VD"},
      {"South Vietnam", "VN"},
      {"Rhodesia", "RH"},
      {"Upper Volta", "HV"},
      {"Zaire", "CD"},
      {"Republic of Zaire", "ZR"},
      {"East Timor", "TL"},
      {"Portuguese Timor", "TP"},
      {"Netherlands Antilles", "AN"},
  };
  assert_examples(examples, G_N_ELEMENTS(examples));
}

static void test_row_of_former_country(void **state)
{
  (void)state;
  const Country *ussr = country_find("ussr", -1);
  assert_non_null(ussr);
  assert_string_equal(ussr->alpha2, "SU");
  assert_string_equal(ussr->alpha3, "SUN");
  assert_string_equal(ussr->name, "Soviet Union");
  assert_int_equal(ussr->numeric, 810);
  assert_true(ussr->former);
  assert_int_equal(ussr->first_year, 1922);
  assert_int_equal(ussr->last_year, 1991);

  const Country *afghanistan = country_by_alpha2("AF");
  assert_non_null(afghanistan);
  assert_int_equal(afghanistan->numeric, 4);
  assert_false(afghanistan->former);
  assert_int_equal(afghanistan->first_year, 0);
  assert_int_equal(afghanistan->last_year, 0);
}

static void test_unknown(void **state)
{
  (void)state;
  static const Example examples[] = {
      {"", NULL},      {" ", NULL},
      {"...", NULL},   {"Atlantis", NULL},
      {"ZZ", NULL},    {"EL", NULL},
      {"ZZZ", NULL},   {"Ira", NULL},
      {"Irane", NULL}, {"Iran Iraq", NULL},
      {"Korea", NULL}, {"America", NULL},
      {"I R", NULL},   {"\xEF\xBF\xBD", NULL},
      {"中国", NULL},
  };
  assert_examples(examples, G_N_ELEMENTS(examples));
}

static void test_length(void **state)
{
  (void)state;
  assert_ptr_equal(country_find("Irania", 4), country_by_alpha2("IR"));
  assert_ptr_equal(country_find("IRNX", 2), country_by_alpha2("IR"));
  assert_null(country_find("Iran", 0));
  assert_null(country_find("Iran", 1));
  /* No terminator to rely on. */
  char *exact = g_memdup2("Iran", 4);
  assert_ptr_equal(country_find(exact, 4), country_by_alpha2("IR"));
  g_free(exact);
}

static void test_hostile(void **state)
{
  (void)state;
  assert_null(country_find("Iran\0Iraq", 9));
  assert_null(country_find("Ir\0an", 5));
  assert_null(country_find("\0\0\0", 3));
  assert_null(country_find("\xFF\xFE\xC0\x80", 4));
  assert_null(country_find("Iran\0", 5));
  assert_null(country_find("Ir\xC3", 3));
  assert_null(country_find("Iran\xFF", -1));
  assert_null(country_find("\xF4\x90\x80\x80\xED\xA0\x80", -1));
  assert_null(country_find("I\xCC\x81\xCC\x81r\xCC", -1));
  /* One character that folds to eighteen. */
  assert_null(country_find("\xEF\xB7\xBA\xEF\xB7\xBA", -1));

  enum { LONG = 1 << 22 };
  char *text = g_malloc(LONG + 1);
  memset(text, 'a', LONG);
  text[LONG] = '\0';
  assert_null(country_find(text, -1));
  assert_null(country_find(text, LONG));
  memset(text, ' ', LONG);
  memcpy(text, "Iran", 4);
  assert_null(country_find(text, LONG));
  for (gssize len = 1000; len < 1100; len++) country_find(text + 4, len);
  g_free(text);
}

static void test_by_alpha2(void **state)
{
  (void)state;
  assert_string_equal(country_by_alpha2("IQ")->name, "Iraq");
  static const char *const unknown[] = {"", "I", "IRN", "ir", "ZZ", "AA", "IR ", "\xFF\xFF"};
  for (gsize i = 0; i < G_N_ELEMENTS(unknown); i++) assert_null(country_by_alpha2(unknown[i]));
}

static void test_rows_are_in_order(void **state)
{
  (void)state;
  /* The 249 countries of ISO 3166-1, Kosovo and the former ones. */
  gsize current = 0;
  for (gsize i = 0; i < country_count(); i++) {
    const Country *country = country_at(i);
    if (!country->former) current++;
    if (i > 0) assert_true(strcmp(country_at(i - 1)->alpha2, country->alpha2) < 0);
    if (country->former)
      assert_true(country->first_year > 0 && country->first_year <= country->last_year);
    else
      assert_true(country->first_year == 0 && country->last_year == 0);
  }
  assert_int_equal(current, 250);
  assert_null(country_at(country_count()));
  assert_null(country_at(G_MAXSIZE));
}

static void test_rows_are_found(void **state)
{
  (void)state;
  for (gsize i = 0; i < country_count(); i++) {
    const Country *country = country_at(i);
    assert_ptr_equal(country_by_alpha2(country->alpha2), country);
    assert_means(country->alpha2, country->alpha2);
    assert_means(country->alpha3, country->alpha2);
    assert_means(country->name, country->alpha2);
    if (country->numeric == 0) continue;
    char *numeric = g_strdup_printf("%03u", country->numeric);
    assert_means(numeric, country->alpha2);
    g_free(numeric);
  }
}

static void test_rows_are_unique(void **state)
{
  (void)state;
  for (gsize i = 0; i < country_count(); i++) {
    const Country *a = country_at(i);
    assert_true(strlen(a->alpha2) == 2 && strlen(a->alpha3) == 3 && a->name[0] != '\0');
    for (gsize j = i + 1; j < country_count(); j++) {
      const Country *b = country_at(j);
      assert_string_not_equal(a->alpha2, b->alpha2);
      assert_string_not_equal(a->alpha3, b->alpha3);
      assert_string_not_equal(a->name, b->name);
      assert_false(a->numeric != 0 && a->numeric == b->numeric);
    }
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_codes),
      cmocka_unit_test(test_numeric_codes_have_three_digits),
      cmocka_unit_test(test_inherited_numeric_codes),
      cmocka_unit_test(test_english),
      cmocka_unit_test(test_other_languages),
      cmocka_unit_test(test_spelling_does_not_matter),
      cmocka_unit_test(test_former_countries),
      cmocka_unit_test(test_row_of_former_country),
      cmocka_unit_test(test_unknown),
      cmocka_unit_test(test_length),
      cmocka_unit_test(test_hostile),
      cmocka_unit_test(test_by_alpha2),
      cmocka_unit_test(test_rows_are_in_order),
      cmocka_unit_test(test_rows_are_found),
      cmocka_unit_test(test_rows_are_unique),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
