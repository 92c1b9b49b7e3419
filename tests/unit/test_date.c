/* test_date.c - corpus/date.h */
#include "../../corpus/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Parses a copy that ends where the text does, so that a sanitizer sees reads beyond it. */
static gboolean parse_bytes(const char *text, gsize len, Date *date)
{
  g_autofree char *exact = g_memdup2(text, len);
  return date_parse(exact != NULL ? exact : "", (gssize)len, date);
}

static void assert_parses(const char *text, const char *expected)
{
  Date date, again;
  char written[DATE_TEXT_SIZE] = "refused";
  if (parse_bytes(text, strlen(text), &date)) date_format(date, written);
  if (strcmp(written, expected) != 0) fail_msg("\"%s\": %s, not %s", text, written, expected);
  assert_true(date_parse(text, -1, &again));
  assert_int_equal(date_compare(date, again), 0);
}

static void assert_refused(const char *text)
{
  Date date = {1, 2, 3};
  if (parse_bytes(text, strlen(text), &date)) fail_msg("\"%s\" was read", text);
  assert_true(date.year == 1 && date.month == 2 && date.day == 3);
}

static void test_accepted(void **state)
{
  (void)state;
  static const struct {
    const char *text, *date;
  } rows[] = {
      /* ISO 8601 */
      {"1987-02-26", "1987-02-26"},
      {"1987-2-6", "1987-02-06"},
      {"1987-02-26T15:01:01Z", "1987-02-26"},
      {"1987-02-26T15:01:01", "1987-02-26"},
      {"1987-02-26T15:01", "1987-02-26"},
      {"1987-02-26t15:01:01z", "1987-02-26"},
      {"1987-02-26T15:01:01.123456Z", "1987-02-26"},
      {"1987-02-26T15:01:01,5+02:00", "1987-02-26"},
      {"1987-02-26T23:59:60-0500", "1987-02-26"},
      {"1987-02-26 15:01:01", "1987-02-26"},
      {"1987-02-26 15:01:01 +0000", "1987-02-26"},
      {"1987-02-26 15:01:01+03", "1987-02-26"},
      {"19870226", "1987-02-26"},
      {"19870226T150101Z", "1987-02-26"},
      {"20230620T081500Z", "2023-06-20"},
      {"20230620081500", "2023-06-20"},
      {"1987-02", "1987-02"},
      {"1987-2", "1987-02"},
      {"1987", "1987"},
      {"0001", "0001"},
      {"9999-12-31", "9999-12-31"},
      /* the day is taken as written, whatever the zone */
      {"1987-02-26T23:59:59-12:00", "1987-02-26"},
      {"1987-02-26T00:00:00+14:00", "1987-02-26"},
      /* RFC 2822 */
      {"Thu, 26 Feb 1987 15:01:01 +0000", "1987-02-26"},
      {"Thu, 26 Feb 1987 15:01:01 GMT", "1987-02-26"},
      {"Thu, 5 Feb 1987 15:01 EST", "1987-02-05"},
      {"thu,26 feb 1987 15:01:01 -0500 (EST)", "1987-02-26"},
      {"26 Feb 1987 15:01:01 +0000", "1987-02-26"},
      {"Thursday, 26 February 1987", "1987-02-26"},
      {"Thu Feb 26 1987 15:01:01 GMT+0000 (Coordinated Universal Time)", "1987-02-26"},
      /* Reuters-21578 */
      {"26-FEB-1987 15:01:01.79", "1987-02-26"},
      {" 1-APR-1987 04:46:45.15", "1987-04-01"},
      {"\n26-FEB-1987  15:01:01.79 ", "1987-02-26"},
      {"31-MAR-1987 605:12:19.12", "1987-03-31"},
      {"27-MAR-1987 13:59:53.78F", "1987-03-27"},
      {"27-MAR-1987 14:01:21.93V RM", "1987-03-27"},
      {"9-APR-1987 00:00:00.00    # date added by S Finch as guesswork", "1987-04-09"},
      {"1-apr-1987", "1987-04-01"},
      /* words */
      {"26 February 1987", "1987-02-26"},
      {"26 FEBRUARY 1987", "1987-02-26"},
      {"26  Feb.  1987", "1987-02-26"},
      {"February 26, 1987", "1987-02-26"},
      {"Feb. 26, 1987", "1987-02-26"},
      {"Feb 26 1987", "1987-02-26"},
      {"Feb.26,1987", "1987-02-26"},
      {"Thursday, February 26, 1987", "1987-02-26"},
      {"February 26, 1987, 3:01 PM EST", "1987-02-26"},
      {"February 1987", "1987-02"},
      {"Feb. 1987", "1987-02"},
      {"May, 1987", "1987-05"},
      {"Sept. 1, 1987", "1987-09-01"},
      {"\t1 June 2001\r\n", "2001-06-01"},
      {"26 fevrier 1987", "1987-02-26"},
      {"1er février 1987", "1987-02-01"},
      {"jeudi 26 février 1987", "1987-02-26"},
      {"26 févr. 1987", "1987-02-26"},
      {"12 JUIN 2023", "2023-06-12"},
      {"août 2023", "2023-08"},
      {"12 de junio de 2023", "2023-06-12"},
      {"12 de junio del 2023", "2023-06-12"},
      {"lunes, 12 de junio de 2023", "2023-06-12"},
      {"12 jun. 2023", "2023-06-12"},
      {"junio de 2023", "2023-06"},
      {"1º de enero de 1999", "1999-01-01"},
      {"12 июня 2023", "2023-06-12"},
      {"12 июня 2023 г.", "2023-06-12"},
      {"12 Июня 2023 года", "2023-06-12"},
      {"понедельник, 12 июня 2023, 10:15", "2023-06-12"},
      {"июнь 2023", "2023-06"},
      {"12 يونيو 2023", "2023-06-12"},
      {"١٢ يونيو ٢٠٢٣", "2023-06-12"},
      {"۱۲ يونيه ۲۰۲۳", "2023-06-12"},
      {"الاثنين 12 يونيو 2023م", "2023-06-12"},
      {"الإثنين، 12 حزيران 2023", "2023-06-12"},
      {"12 حزيران/يونيو 2023", "2023-06-12"},
      {"12 كانون الثاني 2023", "2023-01-12"},
      {"12 كانون الأول 2023", "2023-12-12"},
      {"12 كانون الثاني (يناير) 2023", "2023-01-12"},
      {"12 جويلية 2023", "2023-07-12"},
      {"١٩٨٧", "1987"},
      {"1987\xC2\xA0", "1987"},
      {"\uFEFF1987", "1987"},
      {"2023/06/20", "2023-06-20"},
      {"20.06.2023", "2023-06-20"},
      {"03.02.2023 10:15", "2023-02-03"},
      /* slashes, where one reading is possible */
      {"26/02/1987", "1987-02-26"},
      {"02/26/1987", "1987-02-26"},
      {"2/26/1987", "1987-02-26"},
      {"02/02/1987", "1987-02-02"},
      {"26/02/1987 15:01", "1987-02-26"},
      /* Unix time */
      {"1687248900", "2023-06-20"},
      {"1687248900123", "2023-06-20"},
      {"1000000000", "2001-09-09"},
      {"9999999999", "2286-11-20"},
      /* leap years */
      {"1988-02-29", "1988-02-29"},
      {"2000-02-29", "2000-02-29"},
      {"29/02/1988", "1988-02-29"},
      {"29 Feb 1904", "1904-02-29"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) assert_parses(rows[i].text, rows[i].date);
}

static void test_month_names(void **state)
{
  (void)state;
  static const char *const names[] = {"January",   "February", "March",    "April",
                                      "May",       "June",     "July",     "August",
                                      "September", "October",  "November", "December"};
  for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *expected = g_strdup_printf("2001-%02u-07", i + 1);
    g_autofree char *whole = g_strdup_printf("7 %s 2001", names[i]);
    g_autofree char *brief = g_strdup_printf("%.3s 7, 2001", names[i]);
    assert_parses(whole, expected);
    assert_parses(brief, expected);
  }
}

static void test_refused(void **state)
{
  (void)state;
  static const char *const rows[] = {
      "",
      " ",
      "\n",
      "-",
      "T",
      "Z",
      "x",
      "no date",
      /* days and months that do not exist */
      "2010-02-30",
      "1987-02-29",
      "1900-02-29",
      "2100-02-29",
      "1987-13",
      "1987-00",
      "1987-0",
      "1987-02-00",
      "1987-02-32",
      "1987-04-31",
      "19870230",
      "19871301",
      "19870200",
      "19870001",
      "32 January 2001",
      "0 January 2001",
      "29 February 1987",
      "February 30, 1987",
      "31-APR-1987",
      "31/02/1987",
      "02/30/1987",
      "13/13/1987",
      "0/1/1987",
      "20230231081500",
      "Jan 0, 2001",
      /* two readings */
      "12/10/1987",
      "1/2/1987",
      "05/04/2003",
      /* times alone */
      "00:15",
      "15:01:01",
      "T15:01",
      /* two-digit years, and other odd lengths */
      "26/02/87",
      "87-02-26",
      "26-FEB-87",
      "26 February 87",
      "Feb. 26, 87",
      "Thu, 26 Feb 87 15:01",
      "87",
      "0",
      "198",
      "19877",
      "198702",
      "1987022",
      "198702261",
      "19870226150",
      "198702261501",
      "168724890012345",
      "10000-01-01",
      "0000",
      "0000-01-01",
      "01 Jan 0000",
      "00000101",
      "-1987",
      "+1987",
      "+1687248900",
      "-168724890",
      "0000000000",
      "0541350061",
      "0000000000000",
      /* halves */
      "1987-",
      "1987-02-",
      "1987-02-26-",
      "1987-02-26T",
      "1987-02-26T15:",
      "1987-02-26 ,",
      "1987-02-26T15:01.",
      "1987-02-26T15:01+",
      "1987-02-26T15:01+05:",
      "1987-02-26T15:01 (UTC",
      "26 February",
      "February",
      "February 26",
      "Thursday",
      "26-1987",
      "-FEB-1987",
      "26-FEB-",
      "26/02",
      "26/02/",
      "/02/1987",
      "1987-02T15:01",
      "1987T15:01",
      "February 1987 15:01",
      /* more than a date, or none */
      "1987-02-26 to 1987-03-01",
      "1987-02-26 15:01 to 1987-03-01 10:00",
      "1987-02-26 15",
      "1987-02-26 and more",
      "in 1987",
      "1987 1988",
      "1987-1988",
      "1987-057",
      "1987-W09-4",
      "26 Fe 1987",
      "26 Febuary 1987",
      "26 Februaryx 1987",
      "26FEB1987",
      "26 févri 1987",
      "26 Safar 1987",
      "26 رمضان 1987",
      "31 février 2001",
      "03.02.87",
      "12-10-1987",
      "\xD9\xA1\xD9\xA9\xD9\xA8",
      "Foo, 26 Feb 1987",
      "1687248900 15:01",
      "1687248900.5",
      "1987.5",
      "0x7c3",
      "1e9",
      "\xFF\xFE",
      "1987-02-26\x01",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) assert_refused(rows[i]);
}

static void test_length(void **state)
{
  (void)state;
  Date date;
  /* Only `len` bytes count. */
  assert_true(date_parse("1987-02-26 and more", 10, &date));
  assert_int_equal(date.day, 26);
  assert_true(date_parse("1987-02-26", 4, &date));
  assert_int_equal(date.month, 0);
  assert_false(date_parse("1987", 0, &date));
  /* A NUL inside is no date; nor is a text without an end. */
  assert_false(parse_bytes("1987\0", 5, &date));
  assert_false(parse_bytes("1987-02-26\0T15:01", 17, &date));
  assert_false(parse_bytes("\0\0\0\0", 4, &date));

  enum { LONG = 5 << 20 };
  static const char fillers[] = {'1', 'a', '-', '/', ':', '\0', (char)0xFF};
  g_autofree char *text = g_malloc(LONG);
  for (gsize i = 0; i < sizeof fillers; i++) {
    memset(text, fillers[i], LONG);
    assert_false(date_parse(text, LONG, &date));
    memcpy(text, "1987-02-26T15:01:01.", 20);
    assert_false(date_parse(text, LONG, &date));
  }
  /* White space around it does no harm. */
  memset(text, ' ', LONG);
  assert_false(date_parse(text, LONG, &date));
  memcpy(text + LONG / 2, "1987", 4);
  assert_true(date_parse(text, LONG, &date));
}

static void test_precision(void **state)
{
  (void)state;
  Date date;
  assert_true(date_parse("1987", -1, &date));
  assert_true(date.year == 1987 && date.month == 0 && date.day == 0);
  assert_true(date_parse("February 1987", -1, &date));
  assert_true(date.year == 1987 && date.month == 2 && date.day == 0);
  assert_true(date_parse("26-FEB-1987", -1, &date));
  assert_true(date.year == 1987 && date.month == 2 && date.day == 26);
}

static void test_iso(void **state)
{
  (void)state;
  static const char *const good[][2] = {
      {"1987", "1987"},           {"1987-2", "1987-02"},        {"1987-02", "1987-02"},
      {"1987-2-6", "1987-02-06"}, {"1987-02-26", "1987-02-26"}, {"2000-02-29", "2000-02-29"},
  };
  static const char *const bad[] = {
      "",           " 1987",      "1987 ",     "1987-",   "1987-02-",   "1987-02-26T15:01:01Z",
      "19870226",   "1687248900", "1987-13",   "1987-00", "2010-02-30", "26 February 1987",
      "26/02/1987", "1987-002",   "198",       "19870",   "0000",       "1987-02-26 ",
      "1987--02",   "1987/02/26", "1987-02-9x"};
  for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
    Date date;
    char text[DATE_TEXT_SIZE];
    assert_true(date_parse_iso(good[i][0], strlen(good[i][0]), &date));
    date_format(date, text);
    assert_string_equal(text, good[i][1]);
  }
  for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
    Date date;
    if (date_parse_iso(bad[i], strlen(bad[i]), &date)) fail_msg("\"%s\" was read", bad[i]);
  }
}

static void test_valid(void **state)
{
  (void)state;
  static const Date good[] = {{1, 0, 0},     {9999, 0, 0}, {1987, 12, 0}, {1987, 2, 28},
                              {1988, 2, 29}, {1, 1, 1},    {9999, 12, 31}};
  static const Date bad[] = {{0, 0, 0},      {-1, 1, 1},    {10000, 1, 1},  {1987, 13, 0},
                             {1987, 255, 1}, {1987, 2, 29}, {1987, 1, 255}, {1987, 0, 1}};
  for (gsize i = 0; i < G_N_ELEMENTS(good); i++) assert_true(date_valid(good[i]));
  for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) assert_false(date_valid(bad[i]));
}

static void assert_day(Date date, const char *expected)
{
  char text[DATE_TEXT_SIZE];
  date_format(date, text);
  assert_string_equal(text, expected);
}

static void test_format(void **state)
{
  (void)state;
  assert_day((Date){1987, 3, 1}, "1987-03-01");
  assert_day((Date){1987, 3, 0}, "1987-03");
  assert_day((Date){87, 0, 0}, "0087");
  /* What is no date must still fit. */
  assert_day((Date){G_MININT16, 255, 255}, "0000-99-99");
  assert_day((Date){G_MAXINT16, 255, 255}, "9999-99-99");
}

static void test_first_and_last(void **state)
{
  (void)state;
  assert_day(date_first_day((Date){1987, 0, 0}), "1987-01-01");
  assert_day(date_last_day((Date){1987, 0, 0}), "1987-12-31");
  assert_day(date_first_day((Date){1987, 3, 0}), "1987-03-01");
  assert_day(date_last_day((Date){1987, 3, 0}), "1987-03-31");
  assert_day(date_last_day((Date){1987, 2, 0}), "1987-02-28");
  assert_day(date_last_day((Date){1988, 2, 0}), "1988-02-29");
  assert_day(date_last_day((Date){1900, 2, 0}), "1900-02-28");
  assert_day(date_last_day((Date){2000, 2, 0}), "2000-02-29");
  assert_day(date_last_day((Date){9999, 0, 0}), "9999-12-31");
  assert_day(date_first_day((Date){1987, 3, 5}), "1987-03-05");
  assert_day(date_last_day((Date){1987, 3, 5}), "1987-03-05");
}

static void test_add_days(void **state)
{
  (void)state;
  assert_day(date_add_days((Date){1987, 12, 31}, 1), "1988-01-01");
  assert_day(date_add_days((Date){1988, 1, 1}, -1), "1987-12-31");
  assert_day(date_add_days((Date){1988, 2, 28}, 1), "1988-02-29");
  assert_day(date_add_days((Date){1987, 2, 28}, 1), "1987-03-01");
  assert_day(date_add_days((Date){1987, 3, 1}, 0), "1987-03-01");
  assert_day(date_add_days((Date){2000, 1, 1}, 366), "2001-01-01");
  assert_day(date_add_days((Date){2001, 1, 1}, -365 - 366), "1999-01-01");
  assert_day(date_add_days((Date){1970, 1, 1}, 19528), "2023-06-20");
  /* It stays within the years that a date can have. */
  assert_day(date_add_days((Date){9999, 12, 31}, 1), "9999-12-31");
  assert_day(date_add_days((Date){1, 1, 1}, -1), "0001-01-01");
  assert_day(date_add_days((Date){1987, 1, 1}, G_MAXINT), "9999-12-31");
  assert_day(date_add_days((Date){1987, 1, 1}, G_MININT), "0001-01-01");
}

static void test_order(void **state)
{
  (void)state;
  static const Date days[] = {{1, 1, 1},    {1986, 12, 31}, {1987, 1, 1}, {1987, 1, 2},
                              {1987, 2, 1}, {1987, 12, 31}, {1988, 1, 1}, {9999, 12, 31}};
  for (gsize i = 0; i < G_N_ELEMENTS(days); i++)
    for (gsize j = 0; j < G_N_ELEMENTS(days); j++) {
      int order = date_compare(days[i], days[j]);
      assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
    }
}

/* Whatever comes in: no crash, and what is read is a date that is read again from its own form. */
static void test_noise(void **state)
{
  (void)state;
  static const char letters[] = "0011223456789--//::TZ.,+ ()#FebMarSunpm\t\xFF";
  g_autoptr(GRand) rand = g_rand_new_with_seed(1987);
  for (int round = 0; round < 200000; round++) {
    char text[24];
    int len = g_rand_int_range(rand, 0, sizeof text);
    for (int i = 0; i < len; i++) text[i] = letters[g_rand_int_range(rand, 0, sizeof letters)];
    Date date, again;
    if (!parse_bytes(text, (gsize)len, &date)) continue;
    char written[DATE_TEXT_SIZE];
    assert_true(date_valid(date));
    date_format(date, written);
    assert_true(date_parse_iso(written, strlen(written), &again));
    assert_int_equal(date_compare(date, again), 0);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_accepted),       cmocka_unit_test(test_month_names),
      cmocka_unit_test(test_refused),        cmocka_unit_test(test_length),
      cmocka_unit_test(test_precision),      cmocka_unit_test(test_iso),
      cmocka_unit_test(test_valid),          cmocka_unit_test(test_format),
      cmocka_unit_test(test_first_and_last), cmocka_unit_test(test_add_days),
      cmocka_unit_test(test_order),          cmocka_unit_test(test_noise),
  };
  return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
