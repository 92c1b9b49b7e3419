/* test_reader.c - corpus/reader.h: which format an input has, and what readers share */
#include "reader_test.h"

/* ---- recognising ---------------------------------------------------------------------------- */

static const Format *recognise(const char *data, gsize len, const char **why, gboolean *is_table)
{
  g_autofree char *exact = g_memdup2(data, len);
  Memory memory = {.data = exact, .len = len};
  TextStream *stream = text_stream_new(memory_read, &memory, NULL);
  const Format *format = format_recognise(stream, why, is_table);
  *why = *why != NULL ? g_intern_string(*why) : NULL;
  text_stream_free(stream);
  return format;
}

static void assert_format(const char *data, gsize len, const Format *expected)
{
  const char *why;
  gboolean is_table;
  const Format *format = recognise(data, len, &why, &is_table);
  if (format != expected)
    fail_msg("\"%.60s\" is %s (%s), not %s", data, format != NULL ? format->name : "nothing",
             why != NULL ? why : "", expected->name);
  assert_false(is_table);
}

static void assert_unreadable(const char *data, gsize len, const char *part, gboolean table)
{
  const char *why;
  gboolean is_table;
  const Format *format = recognise(data, len, &why, &is_table);
  if (format != NULL) fail_msg("\"%.60s\" was taken for %s", data, format->name);
  if (strstr(why, part) == NULL) fail_msg("\"%s\" lacks \"%s\"", why, part);
  assert_int_equal(is_table, table);
}

static void test_fixtures(void **state)
{
  (void)state;
  static const struct {
    const char *path;
    const Format *format;
  } cases[] = {
      {"tests/fixtures/readers/reuters.sgm", &format_reuters},
      {"tests/fixtures/readers/muc.txt", &format_muc},
      {"tests/fixtures/readers/articles.jsonl", &format_jsonl},
      {"tests/fixtures/readers/article.txt", &format_text},
      {"tests/fixtures/readers/latin1.txt", &format_text},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *data = NULL;
    gsize len;
    assert_true(g_file_get_contents(cases[i].path, &data, &len, NULL));
    assert_format(data, len, cases[i].format);
  }
}

static void test_reuters(void **state)
{
  (void)state;
  assert_format(BYTES("<REUTERS NEWID=\"1\">"), &format_reuters);
  assert_format(BYTES("\r\n <!DOCTYPE lewis SYSTEM \"lewis.dtd\">\r\n\r\n<reuters>"),
                &format_reuters);
  assert_format(BYTES("REUTERS reports"), &format_text);
}

static void test_muc(void **state)
{
  (void)state;
  assert_format(BYTES("DEV-MUC3-0001"), &format_muc);
  assert_format(BYTES("\n\nTST3-MUC4-0001 (NOSC)\r\n\r\nTEXT"), &format_muc);
  assert_format(BYTES("DEV-MUC3-0001 is the first label"), &format_text);
  assert_format(BYTES("DEV-MUC-0001\n"), &format_text);
  assert_format(BYTES("Dev-MUC3-0001\n"), &format_text);
}

static void test_json(void **state)
{
  (void)state;
  assert_format(BYTES("{\"title\":\"a\"}"), &format_jsonl);
  assert_format(BYTES("\xEF\xBB\xBF\r\n{\"title\":\"a\"}\r\n{\"title\":\"b\"}\r\n"), &format_jsonl);
  /* Broken lines are better rejected as JSON than read as text. */
  assert_format(BYTES("{\"title\":\"a"), &format_jsonl);
  assert_format(BYTES("{\"title\":NaN}\n"), &format_jsonl);
  assert_format(BYTES("{\"title\":\"cut\n{\"title\":\"whole\"}\n"), &format_jsonl);
  g_autoptr(GString) longer = long_text("{\"body\":\"", 100000, "\"}\n");
  assert_format(longer->str, longer->len, &format_jsonl);

  assert_unreadable(BYTES("[{\"title\":\"a\"}]"), "jq -c '.[]' FILE", FALSE);
  assert_unreadable(BYTES("[\n  {\n"), "JSON array", FALSE);
  assert_unreadable(BYTES("{\n  \"title\": \"a\"\n}\n"), "jq -c . FILE", FALSE);
  assert_unreadable(BYTES("{ \"articles\": [\n{}\n]}\n"), "JSON object over several lines", FALSE);
  /* Prose with brackets. */
  assert_format(BYTES("[AFP] Troops moved in\n\nText."), &format_text);
  assert_format(BYTES("{sic} Troops moved in\n\nText."), &format_text);
  assert_format(BYTES("["), &format_text);
  assert_format(BYTES("{"), &format_text);
}

static void test_documents(void **state)
{
  (void)state;
  assert_unreadable(BYTES("<!DOCTYPE html>\n<html>"), "HTML page", FALSE);
  assert_unreadable(BYTES("<!-- saved -->\n<HTML lang=en>"), "save the article's text", FALSE);
  assert_unreadable(BYTES("<?xml version='1.0'?><html xmlns=''>"), "HTML page", FALSE);
  assert_unreadable(BYTES("<?xml version='1.0'?><rss>"), "XML", FALSE);
  assert_unreadable(BYTES("<rss version='2.0'>"), "XML", FALSE);
  assert_unreadable(BYTES("<DOC><DOCNO>1</DOCNO>"), "SGML or XML", FALSE);
  assert_unreadable(BYTES("<!-- v1 -->\n<!ELEMENT LEWIS O O (REUTERS+)>"), "DTD", TRUE);
  assert_unreadable(BYTES("{\\rtf1\\ansi"), "RTF", FALSE);
  assert_unreadable(BYTES("%PDF-1.4\n%\xE2\xE3\xCF\xD3\n\0\0\0\0"), "pdftotext", FALSE);
  assert_unreadable(BYTES("%!PS-Adobe-3.0"), "PostScript", FALSE);
  assert_unreadable(BYTES("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0"), "binary data", FALSE);
  assert_unreadable(BYTES("\x1F\x8B\x08\0\0\0\0\0"), "unpack it", FALSE);
  assert_unreadable(BYTES("Rar!\x1A\x07\x01\0"), "unpack it", FALSE);
  assert_unreadable(BYTES("a\0b\0c\0d\0"), "UTF-16", FALSE);
  assert_format(BYTES("<3 is a heart, 1 < 2 and 3 > 2"), &format_text);
  assert_format(BYTES("< a > b"), &format_text);
}

static void test_tables(void **state)
{
  (void)state;
  assert_unreadable(BYTES("1\tSV|US\n2\tUS\n"), "table with tabs", TRUE);
  assert_unreadable(BYTES("# comment\nA\tx\tAA\nB\ty\nC\tz\nD\tx\nE\ty\n"), "table with tabs",
                    TRUE);
  assert_unreadable(BYTES("id\ttitle\ttext\n1\ta\tb\n"), "table with tabs", FALSE);
  assert_unreadable(BYTES("id,relid,year\r\n1,2,2009\r\n"), "CSV", TRUE);
  assert_unreadable(BYTES("\"id\";\"Title\";\"notes\"\n1;\"a\";\"b, c\"\n"), "CSV", FALSE);
  assert_unreadable(BYTES(",title,text\n0,\"a\",\"b\nc\"\n"), "CSV", FALSE);
  assert_unreadable(BYTES("url,title\nhttp://x,y\n"), "CSV", FALSE);
  /* Texts with commas and tabs. */
  assert_format(BYTES("Paris, London, Rome\n\nIn Paris, London and Rome, people"), &format_text);
  assert_format(BYTES("London,Paris\nRome,Bonn\n"), &format_text);
  assert_format(BYTES("\tFirst paragraph\n\tSecond paragraph\n"), &format_text);
  assert_format(BYTES("Title\twith tab\n\nText\n"), &format_text);
  assert_format(BYTES("one\ttwo"), &format_text);
}

static void test_empty(void **state)
{
  (void)state;
  assert_unreadable(BYTES(""), "it is empty", FALSE);
  assert_unreadable(BYTES("\xEF\xBB\xBF"), "it is empty", FALSE);
  assert_unreadable(BYTES("\xFF\xFE"), "it is empty", FALSE);
  assert_unreadable(BYTES(" \r\n\t\n"), "it is empty", FALSE);
  g_autoptr(GString) blank = g_string_new(NULL);
  g_string_set_size(blank, 100000);
  memset(blank->str, ' ', blank->len);
  assert_unreadable(blank->str, blank->len, "white space", FALSE);
}

static void test_failing_source(void **state)
{
  (void)state;
  const char *why;
  gboolean is_table;
  Memory nothing = {.data = "", .fails = TRUE};
  TextStream *stream = text_stream_new(memory_read, &nothing, NULL);
  assert_null(format_recognise(stream, &why, &is_table));
  assert_string_equal(why, "the tape is torn");
  text_stream_free(stream);
  /* What could be read is worth reading. */
  Memory torn = {.data = "{\"title\":\"a\"}\n{\"ti", .len = 18, .fails = TRUE};
  stream = text_stream_new(memory_read, &torn, NULL);
  assert_ptr_equal(format_recognise(stream, &why, &is_table), &format_jsonl);
  text_stream_free(stream);
}

/* ---- the rest ------------------------------------------------------------------------------- */

static void test_table_of_formats(void **state)
{
  (void)state;
  guint n = 0;
  for (const Format *const *format = formats_all(); *format != NULL; format++, n++) {
    assert_ptr_equal(format_by_name((*format)->name), *format);
    assert_true(strlen((*format)->description) > 0);
  }
  assert_int_equal(n, 4);
  assert_null(format_by_name("word"));
  assert_null(format_by_name(""));
  assert_null(format_by_name("JSONL"));
}

static void test_reject(void **state)
{
  (void)state;
  Reject reject = {.fatal = TRUE};
  reject_set(&reject, 1, 2, "%s", "first");
  assert_false(reject.fatal);
  reject_set(&reject, 3, 4, "near '%s'", "\033[31m\xFF\n");
  assert_string_equal(reject.reason, "near '?[31m\uFFFD?'");
  assert_int_equal(reject.record, 3);
  assert_int_equal(reject.line, 4);
  reject_clear(&reject);
  assert_null(reject.reason);
  reject_clear(&reject);
}

static void test_append_line(void **state)
{
  (void)state;
  static const struct {
    const char *line;
    gboolean begins;
  } lines[] = {{"", FALSE},  {"a ", FALSE}, {"b\t", FALSE}, {"  ", FALSE}, {"", FALSE},
               {"c", FALSE}, {"d", TRUE},   {"", FALSE},    {"e", TRUE},   {"", FALSE}};
  g_autoptr(GString) text = g_string_new(NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(lines); i++)
    reader_append_line(text, lines[i].line, strlen(lines[i].line), lines[i].begins);
  assert_string_equal(text->str, "a\nb\n\nc\n\nd\n\ne\n\n");
}

/* Any reader must get through anything, with the same result however the bytes arrive. */
static void test_forced_formats(void **state)
{
  (void)state;
  static const struct {
    const char *data;
    gsize len;
  } inputs[] = {{BYTES("")},
                {BYTES("\xEF\xBB\xBF")},
                {BYTES("\0\0\0\0")},
                {BYTES("\x7F\x45LF\x02\x01\0\0\xFF\xFE\x80\n\0\n")},
                {BYTES("<REUTERS <REUTERS <REUTERS </REUTERS <TEXT <TITLE <BODY")},
                {BYTES("<REUTERS><TEXT TYPE=\"UNPROC\"><TITLE><TITLE></REUTERS>")},
                {BYTES("<REUTERS><TOPICS><D><D</TOPICS><TEXT><BODY>&#99999999;&#;&#x;&</REUTERS>")},
                {BYTES("DEV-MUC3-\nDEV-MUC3-1\nDEV-MUC3-2\n--\n")},
                {BYTES("[[[[[[\n{{{{\n{\"a\":{\"b\":[]}}\n\"\n")},
                {BYTES("\xFF\xFE<\0R\0E\0U\0\n\0\0\xD8")}};
  for (gsize i = 0; i < G_N_ELEMENTS(inputs); i++) {
    for (const Format *const *format = formats_all(); *format != NULL; format++) {
      g_auto(Reading) whole = read_bytes(*format, inputs[i].data, inputs[i].len);
      Memory memory = {.data = inputs[i].data, .len = inputs[i].len, .step = 1};
      g_auto(Reading) bytes = read_source(*format, &memory, NULL);
      assert_int_equal(whole.articles->len, bytes.articles->len);
      assert_int_equal(whole.rejects->len, bytes.rejects->len);
    }
  }
}

/* A failing input is told once, as fatal, after what came before it. */
static void test_failure_is_fatal(void **state)
{
  (void)state;
  for (const Format *const *format = formats_all(); *format != NULL; format++) {
    Memory memory = {.data = "x", .len = 1, .fails = TRUE};
    g_auto(Reading) reading = read_source(*format, &memory, NULL);
    assert_counts(&reading, 0, 1);
    assert_string_equal(reject_at(&reading, 0)->reason, "the tape is torn");
    assert_true(reject_at(&reading, 0)->fatal);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_fixtures),
      cmocka_unit_test(test_reuters),
      cmocka_unit_test(test_muc),
      cmocka_unit_test(test_json),
      cmocka_unit_test(test_documents),
      cmocka_unit_test(test_tables),
      cmocka_unit_test(test_empty),
      cmocka_unit_test(test_failing_source),
      cmocka_unit_test(test_table_of_formats),
      cmocka_unit_test(test_reject),
      cmocka_unit_test(test_append_line),
      cmocka_unit_test(test_forced_formats),
      cmocka_unit_test(test_failure_is_fatal),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
