/* test_reader_muc.c - corpus/reader_muc.c */
#include "reader_test.h"

static Reading read_text(const char *text)
{
  return read_bytes(&format_muc, text, strlen(text));
}

static void assert_date(const char *body, const char *expected)
{
  g_autofree char *text = g_strdup_printf("DEV-MUC3-0001 (NOSC)\n\n   %s\n", body);
  g_auto(Reading) reading = read_text(text);
  assert_counts(&reading, 1, 0);
  assert_field(&reading, 0, FIELD_DATE, expected);
}

static void test_fixture(void **state)
{
  (void)state;
  g_autofree char *data = NULL;
  gsize len;
  assert_true(g_file_get_contents("tests/fixtures/readers/muc.txt", &data, &len, NULL));
  g_auto(Reading) reading = read_bytes(&format_muc, data, len);
  assert_counts(&reading, 3, 0);
  assert_field(&reading, 0, FIELD_ID, "DEV-MUC3-0001");
  assert_field(&reading, 0, FIELD_TITLE, "");
  assert_field(&reading, 0, FIELD_SOURCE, "");
  assert_field(&reading, 0, FIELD_LANG, "en");
  assert_field(&reading, 0, FIELD_DATE, "1990-01-03");
  assert_field(&reading, 0, FIELD_BODY,
               "SAN SALVADOR, 3 JAN 90 -- [REPORT] [TEXT] THE BRIDGE AT LAS CANAS WAS\n"
               "CLOSED THIS MORNING AFTER AN EXPLOSION.  NOBODY WAS HURT.\n\n"
               "THE GARRISON SAID IT KNOWS WHO DID IT.\n\n"
               "A SECOND CHARGE WAS FOUND IN THE AFTERNOON.");
  assert_field(&reading, 1, FIELD_ID, "TST1-MUC3-0002");
  assert_field(&reading, 1, FIELD_DATE, "1989-06-11");
  assert_field(&reading, 2, FIELD_ID, "DEV-MUC4-0003");
  assert_field(&reading, 2, FIELD_DATE, "");
}

static void test_dates(void **state)
{
  (void)state;
  assert_date("LIMA, 12 SEPT 88 -- TEXT", "1988-09-12");
  assert_date("LIMA,\n31 DECEMBER\n1991 -- TEXT", "1991-12-31");
  assert_date("LIMA, JULY 4, 89 (EFE) -- TEXT", "1989-07-04");
  assert_date("CLANDESTINE, 31 FEB 90 -- TEXT", "");
  assert_date("LIMA, 7 FEB (EFE) -- ON 8 FEB 90, TEXT", "");
  assert_date("LIMA, 3 JANX 90", "");
  assert_date("NO DATELINE, TEXT OF 3 JAN 90", "");
  assert_date("-- 3 JAN 90", "");
  assert_date("LIMA, 123 JAN 90 --", "");
  assert_date("LIMA, 3 JAN 901 --", "");
}

static void test_dateline_is_near(void **state)
{
  (void)state;
  g_autoptr(GString) body = long_text("LIMA, 3 JAN 90 ", 1000, " -- TEXT");
  assert_date(body->str, "");
}

static void test_labels(void **state)
{
  (void)state;
  g_auto(Reading) reading = read_text("\n\nDEV-MUC3-0001\nA\nDEV-MUC3-0002 IS NO LABEL HERE\n"
                                      " DEV-MUC3-0003\nDEV-MUC3-\nTST3-MUC4-0100 (X)\nB");
  assert_counts(&reading, 2, 0);
  assert_field(&reading, 0, FIELD_BODY,
               "A\nDEV-MUC3-0002 IS NO LABEL HERE\nDEV-MUC3-0003\nDEV-MUC3-");
  assert_field(&reading, 1, FIELD_ID, "TST3-MUC4-0100");
}

static void test_rejected(void **state)
{
  (void)state;
  g_auto(Reading) reading =
      read_text("junk\nmore junk\nDEV-MUC3-0001\n\n \nDEV-MUC3-0002\n\n   TEXT\nDEV-MUC3-0003");
  assert_counts(&reading, 1, 3);
  assert_reject(&reading, 0, 1, 1, "before the first label");
  assert_reject(&reading, 1, 2, 3, "DEV-MUC3-0001 has no text");
  assert_reject(&reading, 2, 4, 9, "DEV-MUC3-0003 has no text");
  assert_field(&reading, 0, FIELD_ID, "DEV-MUC3-0002");
  g_auto(Reading) controls = read_text("DEV-MUC3-0001\n\x01\n");
  assert_counts(&controls, 0, 1);
  g_auto(Reading) blank = read_text("\n \n");
  assert_counts(&blank, 0, 0);
}

static void test_too_long(void **state)
{
  (void)state;
  g_autoptr(GString) text = long_text("DEV-MUC3-0001\n", TEXT_RECORD_MAX + 1, "\nmore\n");
  g_string_append(text, "DEV-MUC3-0002\nB\nDEV-MUC3-0003\n");
  g_autoptr(GString) line = long_text("", 1 << 20, "\n");
  for (int i = 0; i < 40; i++) g_string_append_len(text, line->str, (gssize)line->len);
  g_string_append(text, "DEV-MUC3-0004\nD\n");
  g_auto(Reading) reading = read_text(text->str);
  assert_counts(&reading, 2, 2);
  assert_reject(&reading, 0, 1, 1, "a line that is too long");
  assert_reject(&reading, 1, 3, 6, "too long for one article");
  assert_field(&reading, 0, FIELD_BODY, "B");
  assert_field(&reading, 1, FIELD_BODY, "D");
}

static void test_bytes(void **state)
{
  (void)state;
  g_auto(Reading) reading =
      read_bytes(&format_muc, BYTES("\xEF\xBB\xBF"
                                    "DEV-MUC3-0001 (NOSC)\r\n\r\n   BOGOT\xC1, 3 JAN 90 -- A\0B\r\n"
                                    "\r\n   C\r\n\x1A"));
  assert_counts(&reading, 1, 0);
  assert_field(&reading, 0, FIELD_BODY, "BOGOTÁ, 3 JAN 90 -- A\uFFFDB\n\nC");
  assert_field(&reading, 0, FIELD_DATE, "1990-01-03");
}

static void test_torn(void **state)
{
  (void)state;
  const char *text = "DEV-MUC3-0001\nA\nDEV-MUC3-0002\nB\n";
  Memory memory = {.data = text, .len = strlen(text), .fails = TRUE};
  g_auto(Reading) reading = read_source(&format_muc, &memory, NULL);
  assert_counts(&reading, 1, 1);
  assert_int_equal(reject_at(&reading, 0)->record, 2);
  assert_true(reject_at(&reading, 0)->fatal);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_fixture),
      cmocka_unit_test(test_dates),
      cmocka_unit_test(test_dateline_is_near),
      cmocka_unit_test(test_labels),
      cmocka_unit_test(test_rejected),
      cmocka_unit_test(test_too_long),
      cmocka_unit_test(test_bytes),
      cmocka_unit_test(test_torn),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
