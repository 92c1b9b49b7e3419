/* test_date_scan.c - corpus/date_scan.h, date_match.h, date_names.h and date_chars.h */
#include "../../corpus/date_scan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../corpus/date_chars.h"
#include "../../corpus/date_names.h"
#include "../../corpus/fold.h"

/* Every way in which a month is written, by languages. */
static void test_months(void **state)
{
  (void)state;
  static const char *const rows[12] = {
      "January Jan janvier janv. enero ene. январь января янв. يناير جانفي",
      "February Feb. février févr. fév febrero feb февраль февраля фев فبراير شباط فيفري",
      "March Mar mars marzo март марта مارس آذار",
      "April Apr. avril avr. abril abr апрель апреля апр أبريل إبريل ابريل نيسان أفريل",
      "May mai mayo май мая мае مايو أيار ماي",
      "June Jun juin junio июнь июня июн يونيو يونيه حزيران جوان",
      "July Jul juillet juil. julio июль июля июл يوليو يوليه يوليوز تموز جويلية",
      "August Aug août aout agosto ago август августа авг أغسطس اغسطس آب أوت غشت",
      "September Sept Sep. septembre septiembre setiembre сентябрь сентября сен سبتمبر أيلول شتنبر",
      "October Oct octobre octubre октябрь октября окт أكتوبر",
      "November Nov. novembre noviembre ноябрь ноября нояб نوفمبر نونبر",
      "December Dec décembre déc. diciembre dic декабрь декабря дек ديسمبر دجنبر"};
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_auto(GStrv) names = g_strsplit(rows[i], " ", -1);
    for (char **name = names; *name != NULL; name++) {
      g_autofree char *folded = fold_name(*name, -1);
      if (date_month_named(folded, strlen(folded)) != i + 1) fail_msg("%s", *name);
      g_autofree char *upper = g_utf8_strup(*name, -1);
      g_autofree char *text = g_strdup_printf("%s 3, 2023", upper);
      DateSpan span;
      assert_true(date_scan(text, strlen(text), 0, &span));
      assert_int_equal(span.date.month, i + 1);
    }
  }
  static const char *const others[] = {"",      "j",     "ja",   "janua", "januaryx",
                                       "maye",  "may ",  "محرم", "شوال",  "الثاني",
                                       "كانون", "майор", "a,b",  ","};
  for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
    if (date_month_named(others[i], strlen(others[i])) != 0) fail_msg("%s", others[i]);
}

static void test_weekdays(void **state)
{
  (void)state;
  static const char *const rows[7] = {"Monday Mon lundi lunes понедельник пн الاثنين الإثنين",
                                      "Tuesday Tues mardi martes вторник الثلاثاء",
                                      "Wednesday Wed mercredi miércoles среда среду الأربعاء",
                                      "Thursday Thu jeudi jueves четверг الخميس",
                                      "Friday Fri vendredi viernes пятница الجمعة",
                                      "Saturday Sat samedi sábado суббота السبت",
                                      "Sunday Sun dimanche domingo воскресенье الأحد"};
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_auto(GStrv) names = g_strsplit(rows[i], " ", -1);
    for (char **name = names; *name != NULL; name++) {
      g_autofree char *folded = fold_name(*name, -1);
      if (date_weekday_named(folded, strlen(folded)) != i + 1) fail_msg("%s", *name);
    }
  }
}

/* The dates that are found, each as "what is written=what it says ". */
static char *found(const char *text, gsize len)
{
  GString *out = g_string_new(NULL);
  DateSpan span;
  /* A copy that ends where the text does, so that a sanitizer sees reads beyond it. */
  g_autofree char *exact = g_memdup2(text, len);
  for (gsize from = 0; date_scan(exact == NULL ? "" : exact, len, from, &span); from = span.end) {
    assert_true(span.start >= from && span.end > span.start && span.end <= len);
    char date[DATE_TEXT_SIZE];
    date_format(span.date, date);
    g_string_append_printf(out, "%.*s=%s", (int)(span.end - span.start), text + span.start, date);
    if (span.short_year >= 0) g_string_append_printf(out, "'%02d", span.short_year);
    if (span.weekday > 0) g_string_append_printf(out, "/%u", span.weekday);
    if (span.swappable) g_string_append_c(out, '?');
    g_string_append_c(out, ' ');
  }
  return g_string_free(out, FALSE);
}

static void test_running_text(void **state)
{
  (void)state;
  static const char *const rows[][2] = {
      {"It was on Tuesday, June 20, 2023, and on 3 May.",
       "Tuesday, June 20, 2023=2023-06-20/2 3 May=0000-05-03 "},
      {"June 20, 2003 Friday", "June 20, 2003 Friday=2003-06-20/5 "},
      {"mar 20 juin 2023", "mar 20 juin 2023=2023-06-20/2 "},
      {"SAN SALVADOR, 3 JAN 90 --", "3 JAN 90=0000-01-03'90 "},
      {"Jan. 3, '05", "Jan. 3, '05=0000-01-03'05 "},
      {"Jan. 3, ’05", "Jan. 3, ’05=0000-01-03'05 "},
      {"in May 2023 and in 2023", "May 2023=2023-05 "},
      {"the 3rd of May, 2023", "3rd of May, 2023=2023-05-03 "},
      {"20-е июня 2023 года и", "20-е июня 2023 года=2023-06-20 "},
      {"3 de mayo del 2023", "3 de mayo del 2023=2023-05-03 "},
      {"3 كانون الثاني (يناير) 2023م", "3 كانون الثاني (يناير) 2023م=2023-01-03 "},
      {"3 كانون الأول/ديسمبر 2023", "3 كانون الأول/ديسمبر 2023=2023-12-03 "},
      {"3 حزيران/مايو 2023", "3 حزيران=0000-06-03 مايو 2023=2023-05 "},
      {"on 03/04/2023, 16/07/2024, 04.03.2023", "03/04/2023=2023-04-03? 16/07/2024=2024-07-16 "
                                                "04.03.2023=2023-03-04 "},
      {"2023-06-20T10:15Z", "2023-06-20=2023-06-20 "},
      {"2 July 1990/91", "2 July=0000-07-02 "},
      {"3 Jan 10:15", "3 Jan=0000-01-03 "},
      {"29 February 2024, 29 February", "29 February 2024=2024-02-29 29 February=0000-02-29 "},
      /* of what is no day the month is left */
      {"3-5 May 2023, 3–5 May 2023, 31 June 2023, x3 May 2023",
       "May 2023=2023-05 May 2023=2023-05 June 2023=2023-06 May 2023=2023-05 "},
      /* none */
      {"3-5 May, 3–5 May, May 3-5, 2023, May 3–5", ""},
      {"31 June and 0 June and 32 June", ""},
      {"x3 May; 3 Mayx, 3May2023, 3 May2023", ""},
      {"1.2.3.2023, 10.20.06.2023, 2023-06-20-15, 1/20/06/2023", ""},
      {"12345678 2023 20 5.9 1/2 1,000 +49 30 123", ""},
      {"May 10000, 3 May2", ""},
      {"", ""},
      {"3", ""},
      {"3 ", ""},
      {"May", ""},
      {"\xD9", ""},
      {"3 \xD9", ""},
      {"3 كانون", ""},
      {"\xFF"
       "3 May 2023\xFF",
       "3 May 2023=2023-05-03 "},
      {"3 May\0 2023", "3 May=0000-05-03 "},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *got = found(rows[i][0], strlen(rows[i][0]));
    if (strcmp(got, rows[i][1]) != 0) fail_msg("\"%s\": %s, not %s", rows[i][0], got, rows[i][1]);
  }
}

/* Every beginning and end of a text is a text. */
static void test_cut(void **state)
{
  (void)state;
  static const char text[] =
      "Tues, 3 كانون الثاني (يناير) ٢٠٢٣م, June 3rd, '05 20-е июня 2023 года";
  for (gsize from = 0; from < sizeof text; from++)
    for (gsize to = from; to < sizeof text; to++) g_free(found(text + from, to - from));
}

static void test_long(void **state)
{
  (void)state;
  static const char *const pieces[] = {"1",      "1 ", "June ", "a",   "١",
                                       "كانون ", "/1", "-",     "de ", "("};
  enum { LONG = 1 << 20 };
  for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
    GString *text = g_string_sized_new(LONG + 16);
    while (text->len < LONG) g_string_append(text, pieces[i]);
    DateSpan span;
    assert_false(date_scan(text->str, text->len, 0, &span));
    g_string_append(text, " 3 May 2023");
    assert_true(date_scan(text->str, text->len, 0, &span));
    assert_true(span.start > LONG - 16);
    g_string_free(text, TRUE);
  }
}

static void test_chars(void **state)
{
  (void)state;
  static const char text[] = "a\xD9\x8A\xFF";
  gsize len;
  const char *end = text + strlen(text);
  assert_int_equal(date_char_at(text, end, &len), 'a');
  assert_int_equal(date_char_at(text + 1, end, &len), 0x64A);
  assert_int_equal(len, 2);
  assert_int_equal(date_char_at(text + 2, end, &len), 0xFFFD);
  assert_int_equal(len, 1);
  assert_int_equal(date_char_before(end, text, &len), 0xFFFD);
  assert_int_equal(len, 1);
  assert_int_equal(date_char_before(end - 1, text, &len), 0x64A);
  assert_int_equal(len, 2);
  assert_ptr_equal(date_word_end(text, end), text + 3);
  assert_ptr_equal(date_word_start(text + 3, text), text);
  assert_ptr_equal(date_word_start(end, text), end);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_months),       cmocka_unit_test(test_weekdays),
      cmocka_unit_test(test_running_text), cmocka_unit_test(test_cut),
      cmocka_unit_test(test_long),         cmocka_unit_test(test_chars),
  };
  return cmocka_run_group_tests_name("date_scan", tests, NULL, NULL);
}
