/* test_reader_text.c - corpus/reader_text.c */
#include "reader_test.h"

static void assert_text(const char *data, gsize len, const char *title, const char *body)
{
  g_auto(Reading) reading = read_bytes(&format_text, data, len);
  assert_counts(&reading, 1, 0);
  assert_field(&reading, 0, FIELD_TITLE, title);
  assert_field(&reading, 0, FIELD_BODY, body);
  assert_field(&reading, 0, FIELD_ID, "");
}

static void test_texts(void **state)
{
  (void)state;
  assert_text(BYTES("Title\nBody"), "Title", "Body");
  assert_text(BYTES("\n \n  Title \n\n  One,\ntwo.\n\n\nThree.\n\n"), "Title",
              "One,\ntwo.\n\n\nThree.");
  assert_text(BYTES("Title\r\n\r\nBody\r\n"), "Title", "Body");
  assert_text(BYTES("Title only"), "Title only", "");
  assert_text(BYTES("\xEF\xBB\xBFTitle\nBody\n"), "Title", "Body");
}

static void test_fixtures(void **state)
{
  (void)state;
  g_autofree char *data = NULL, *latin1 = NULL;
  gsize len;
  assert_true(g_file_get_contents("tests/fixtures/readers/article.txt", &data, &len, NULL));
  assert_text(data, len, "Bridge closed after blast",
              "The bridge at Las Canas was closed.\nTraffic was turned back.\n\nNobody was hurt.");
  assert_true(g_file_get_contents("tests/fixtures/readers/latin1.txt", &latin1, &len, NULL));
  assert_text(latin1, len, "Puente cerrado tras explosión",
              "El puente sobre el río quedó cerrado mañana y noche, dijo José.");
}

static void test_long_first_line(void **state)
{
  (void)state;
  g_autoptr(GString) line = long_text("", 301, "");
  assert_text(line->str, 301, "", line->str);
  g_string_truncate(line, 300);
  assert_text(line->str, 300, line->str, "");
  /* No title above a paragraph either. */
  g_autoptr(GString) paragraphs = long_text("", 301, "\n\nSecond.");
  assert_text(paragraphs->str, paragraphs->len, "", paragraphs->str);
}

static void assert_rejected(const char *data, gsize len, const char *part)
{
  g_auto(Reading) reading = read_bytes(&format_text, data, len);
  assert_counts(&reading, 0, 1);
  assert_int_equal(reject_at(&reading, 0)->record, 1);
  assert_non_null(strstr(reject_at(&reading, 0)->reason, part));
}

static void test_rejected(void **state)
{
  (void)state;
  assert_rejected(BYTES(""), "no text");
  assert_rejected(BYTES("\xEF\xBB\xBF"), "no text");
  assert_rejected(BYTES(" \n\t\r\n"), "no text");
  assert_rejected(BYTES("\x01\n\x8F\n"), "no text");
  g_autoptr(GString) line = long_text("", TEXT_RECORD_MAX + 1, "");
  assert_rejected(line->str, line->len, "longer than 32 MiB");
  g_autoptr(GString) lines = g_string_new(NULL);
  g_autoptr(GString) part = long_text("", 1 << 20, "\n");
  for (int i = 0; i < 40; i++) g_string_append_len(lines, part->str, (gssize)part->len);
  assert_rejected(lines->str, lines->len, "longer than 32 MiB");
}

static void test_bytes(void **state)
{
  (void)state;
  assert_text(BYTES("a\0b\n\x01\x02 c\x1B[31m\n"), "a\uFFFDb", "c [31m");
  assert_text(BYTES("\xFF\xFE\x61\0\n\0\x62\0"), "a", "b");
  assert_text(BYTES("\xC3\x28\n\xE2\x82"), "Ã(", "â‚");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_texts),           cmocka_unit_test(test_fixtures),
      cmocka_unit_test(test_long_first_line), cmocka_unit_test(test_rejected),
      cmocka_unit_test(test_bytes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
