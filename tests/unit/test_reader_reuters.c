/* test_reader_reuters.c - corpus/reader_reuters.c */
#include "reader_test.h"

static Reading read_text(const char *text)
{
  return read_bytes(&format_reuters, text, strlen(text));
}

/* A record with this content of its TEXT element. */
static Reading read_story(const char *content)
{
  g_autofree char *text = g_strdup_printf("<REUTERS NEWID=\"5\">\n<DATE> 1-APR-1987 01:02:03.04"
                                          "</DATE>\n<TEXT>&#2;\n%s</TEXT>\n</REUTERS>\n",
                                          content);
  return read_text(text);
}

static void assert_story(const char *content, FieldId field, const char *expected)
{
  g_auto(Reading) reading = read_story(content);
  assert_counts(&reading, 1, 0);
  assert_field(&reading, 0, field, expected);
}

static void test_fixture(void **state)
{
  (void)state;
  g_autofree char *data = NULL;
  gsize len;
  assert_true(g_file_get_contents("tests/fixtures/readers/reuters.sgm", &data, &len, NULL));
  g_auto(Reading) reading = read_bytes(&format_reuters, data, len);
  assert_counts(&reading, 4, 0);

  assert_field(&reading, 0, FIELD_ID, "1");
  assert_field(&reading, 0, FIELD_TITLE,
               "PORT OF ACAJUTLA CLOSED AFTER BLAST, AGENTS <AGT> & CO SAY");
  assert_field(&reading, 0, FIELD_BODY,
               "SAN SALVADOR, March 3 - The port of Acajutla was closed on\n"
               "Tuesday after an explosion damaged a crane, agents said.\n\n"
               "Nobody claimed responsibility for the blast, which came at\ndawn.\n\n"
               "A table follows:\n"
               " Ships waiting.........4 vs........1\n Berths open...........0 vs........3");
  assert_field(&reading, 0, FIELD_DATE, "1987-03-03");
  assert_field(&reading, 0, FIELD_SOURCE, "Reuters");
  assert_field(&reading, 0, FIELD_LANG, "en");
  assert_field(&reading, 0, FIELD_AUTHOR, "Ana Example");
  assert_field(&reading, 0, FIELD_COUNTRY, "SV|US");
  assert_field(&reading, 0, FIELD_TOPIC, "ship|grain");
  assert_field(&reading, 0, FIELD_ACTOR, "de-clercq|ec|un");

  assert_field(&reading, 1, FIELD_TITLE, "MINISTER SAYS TALKS WILL GO ON");
  assert_field(&reading, 1, FIELD_BODY, "");
  assert_field(&reading, 1, FIELD_DATE, "1987-03-27");

  assert_field(&reading, 2, FIELD_TITLE, "");
  assert_field(&reading, 2, FIELD_BODY,
               "CORRECTION - PORT OF ACAJUTLA\n\nIn SAN SALVADOR story please read in second "
               "paragraph: three\ngroups claimed responsibility.");
  assert_field(&reading, 2, FIELD_DATE, "1987-03-31");
  assert_field(&reading, 2, FIELD_COUNTRY, "atlantis");
  assert_non_null(article_notes(reading.articles->pdata[2]));

  assert_field(&reading, 3, FIELD_ID, "");
  assert_field(&reading, 3, FIELD_TITLE, "NO NUMBER");
  assert_field(&reading, 3, FIELD_BODY, "One line. Reuter");
  assert_field(&reading, 3, FIELD_DATE, "");
}

static void test_references(void **state)
{
  (void)state;
  assert_story("<TITLE>&lt;A&gt; &amp;lt; &quot;&apos; &#65;&#233;&#8364;</TITLE>", FIELD_TITLE,
               "<A> &lt; \"' Aé€");
  assert_story("<TITLE>a&#3;&#31;b &#127; c&#0;d&#xD800;</TITLE>", FIELD_TITLE, "ab cd&#xD800;");
  assert_story("<TITLE>a&#55296;b&#1114112;c</TITLE>", FIELD_TITLE, "a\uFFFDb\uFFFDc");
  assert_story("<TITLE>AT&T &; &# &#; &#1 &unknown; &</TITLE>", FIELD_TITLE,
               "AT&T &; &# &#; &#1 &unknown; &");
  assert_story("<TITLE>&#99999999999999999999;</TITLE>", FIELD_TITLE, "&#99999999999999999999;");
}

static void test_end_marks(void **state)
{
  (void)state;
  static const char *const marks[] = {" Reuter\n&#3;", " REUTER\n&#3;", "REUTER...^M\n&#3;",
                                      " reuter...",    "  Reuters\n\n", " More\n&#3;",
                                      "\n&#3;",        "  \n Reuter\n "};
  for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
    g_autofree char *story = g_strdup_printf("<BODY>A line.\n%s</BODY>", marks[i]);
    assert_story(story, FIELD_BODY, "A line.");
  }
  assert_story("<BODY>It was Reuter\nwho said: Reuter is here</BODY>", FIELD_BODY,
               "It was Reuter\nwho said: Reuter is here");
  assert_story("<TITLE>t</TITLE><BODY>Reuter\n&#3;</BODY>", FIELD_BODY, "");
}

static void test_text_without_body(void **state)
{
  (void)state;
  assert_story("A line.\n    Another one.\n Reuter\n&#3;", FIELD_BODY, "A line.\n\nAnother one.");
  assert_story("<TITLE>T</TITLE>Bare text.", FIELD_BODY, "Bare text.");
  assert_story("<TITLE>T</TITLE>Blah blah blah.\n&#3;\n", FIELD_BODY, "");
  assert_story("<TITLE>T</TITLE><DATELINE> ROME, - </DATELINE>Bare.", FIELD_BODY, "ROME, - Bare.");
  assert_story("<TITLE>T</TITLE><DATELINE> ROME, - </DATELINE>", FIELD_BODY, "");
}

static void test_authors(void **state)
{
  (void)state;
  assert_story("<TITLE>T</TITLE><AUTHOR>    BY TED D'EXAMPLE, REUTERS</AUTHOR>", FIELD_AUTHOR,
               "TED D'EXAMPLE");
  assert_story("<TITLE>T</TITLE><AUTHOR>By Ann, of Rome</AUTHOR>", FIELD_AUTHOR, "Ann, of Rome");
  assert_story("<TITLE>T</TITLE><AUTHOR>Byron</AUTHOR>", FIELD_AUTHOR, "Byron");
  assert_story("<TITLE>T</TITLE><AUTHOR></AUTHOR>", FIELD_AUTHOR, "");
}

static void test_broken_markup(void **state)
{
  (void)state;
  assert_story("<TITLE>Not closed\n<BODY>Text</BODY>", FIELD_BODY, "Text");
  assert_story("<BODY>Not closed", FIELD_BODY, "Not closed");
  assert_story("<title>small</title>", FIELD_TITLE, "small");
  assert_story("<TITLE>T</TITLE><BODY>a < b > c <i>d</i></BODY>", FIELD_BODY, "a < b > c <i>d</i>");
  g_auto(Reading) no_text =
      read_text("<REUTERS NEWID=\"1\"><TITLE>T</TITLE><BODY>B</BODY></REUTERS>");
  assert_counts(&no_text, 1, 0);
  assert_field(&no_text, 0, FIELD_BODY, "B");
  g_auto(Reading) lists =
      read_text("<REUTERS NEWID='1' x=\"NEWID\"><PLACES><D>usa<D>cuba</D><D>ussr</PLACES>"
                "<TOPICS><D>open<TEXT><TITLE>T</TITLE></TEXT></REUTERS>");
  assert_counts(&lists, 1, 0);
  assert_field(&lists, 0, FIELD_COUNTRY, "US|CU|SU");
  assert_field(&lists, 0, FIELD_TOPIC, "open");
  assert_field(&lists, 0, FIELD_ID, "");
}

static void test_records(void **state)
{
  (void)state;
  /* Several on a line, one over many, capitals and small letters. */
  g_auto(Reading) lines =
      read_text("<REUTERS><TEXT><TITLE>a</TITLE></TEXT></REUTERS>"
                "<reuters\nNEWID=\"2\"\n>\n<TEXT>\n<TITLE>b</TITLE></TEXT>"
                "</reuters\n> <REUTERS><TEXT><TITLE>c</TITLE></TEXT></REUTERS>");
  assert_counts(&lines, 3, 0);
  assert_field(&lines, 1, FIELD_ID, "2");
  assert_field(&lines, 2, FIELD_TITLE, "c");
  g_auto(Reading) none = read_text("<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\nnothing\n");
  assert_counts(&none, 0, 0);
}

static void test_broken_records(void **state)
{
  (void)state;
  g_auto(Reading) open = read_text("<REUTERS NEWID=\"1\">\n<TEXT><TITLE>a</TITLE>\n"
                                   "<REUTERS NEWID=\"2\">\n<TEXT><TITLE>b</TITLE></TEXT>\n"
                                   "</REUTERS>\n"
                                   "<REUTERS NEWID=\"3\">\n</REUTERS>\n</REUTERS>\n"
                                   "<REUTERS NEWID=\"4\"><TEXT><TITLE>d</TITLE></TEXT></REUTERS>"
                                   "\n<REUTERS NEWID=\"5\"><TEXT><TITLE>e</TITLE></TEXT>");
  assert_counts(&open, 2, 4);
  assert_field(&open, 0, FIELD_ID, "2");
  assert_field(&open, 1, FIELD_ID, "4");
  assert_reject(&open, 0, 1, 1, "the next record begins before it ends");
  assert_reject(&open, 1, 3, 6, "neither title nor text");
  assert_reject(&open, 3, 6, 10, "ends inside a record");
  assert_true(reject_at(&open, 3)->fatal);
  assert_false(reject_at(&open, 0)->fatal);
}

static void test_stray_end(void **state)
{
  (void)state;
  g_auto(Reading) reading = read_text("tail of a record</REUTERS>\n<REUTERS><TEXT><TITLE>a</TITLE>"
                                      "</TEXT></REUTERS>\n");
  assert_counts(&reading, 1, 1);
  assert_reject(&reading, 0, 1, 1, "ends but never began");
}

static void test_too_long(void **state)
{
  (void)state;
  /* One long line, then many that add up; reading goes on each time. */
  g_autoptr(GString) text = long_text("<REUTERS>\n", TEXT_RECORD_MAX + 1, "\n</REUTERS>\n");
  g_string_append(text, "<REUTERS><TEXT><TITLE>a</TITLE></TEXT></REUTERS>\n<REUTERS>\n");
  g_autoptr(GString) line = long_text("", 1 << 20, "\n");
  for (int i = 0; i < 40; i++) g_string_append_len(text, line->str, (gssize)line->len);
  g_string_append(text, "</REUTERS>\n<REUTERS><TEXT><TITLE>b</TITLE></TEXT></REUTERS>\n");
  g_auto(Reading) reading = read_text(text->str);
  assert_counts(&reading, 2, 2);
  assert_reject(&reading, 0, 1, 1, "too long for one article");
  assert_reject(&reading, 1, 3, 5, "too long for one article");
  assert_field(&reading, 1, FIELD_TITLE, "b");
}

static void test_bytes(void **state)
{
  (void)state;
  assert_story("<TITLE>D\xFCsseldorf caf\xE9</TITLE>", FIELD_TITLE, "Düsseldorf café");
  g_auto(Reading) nul = read_bytes(
      &format_reuters, BYTES("\xEF\xBB\xBF<REUTERS>\r\n<TEXT><TITLE>a\0b</TITLE><BODY>c\r\n"
                             "    d\r\n Reuter\r\n&#3;</BODY></TEXT>\r\n</REUTERS>\r\n"));
  assert_counts(&nul, 1, 0);
  assert_field(&nul, 0, FIELD_TITLE, "a\uFFFDb");
  assert_field(&nul, 0, FIELD_BODY, "c\n\nd");
}

/* Tags by the hundred thousand, none of which is closed, in a short time. */
static void test_many_tags(void **state)
{
  (void)state;
  static const char *const tags[] = {"<REUTERS ", "<REUTERS>", "</REUTERS>", "<TITLE>",  "<D",
                                     "<D>",       "<TOPICS>",  "<TEXT ",     "<AUTHOR>", "&#3;&"};
  for (gsize i = 0; i < G_N_ELEMENTS(tags); i++) {
    GString *text = g_string_new("<REUTERS><TOPICS><D>a</D>");
    if (i >= 7) g_string_append(text, "</TOPICS><TEXT TYPE=\"UNPROC\">");
    for (int n = 0; n < 200000; n++) g_string_append(text, tags[i]);
    g_string_append(text, "</TOPICS></REUTERS>");
    g_auto(Reading) reading = read_text(text->str);
    assert_true(reading.articles->len + reading.rejects->len > 0);
    g_string_free(text, TRUE);
  }
}

static void test_truncated(void **state)
{
  (void)state;
  g_autofree char *data = NULL;
  gsize len;
  assert_true(g_file_get_contents("tests/fixtures/readers/reuters.sgm", &data, &len, NULL));
  for (gsize cut = 0; cut < len; cut += 7) {
    g_auto(Reading) reading = read_bytes(&format_reuters, data, cut);
    assert_in_range(reading.articles->len, 0, 4);
    assert_in_range(reading.rejects->len, 0, 1);
    if (reading.rejects->len > 0) assert_true(reject_at(&reading, 0)->fatal);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_fixture),   cmocka_unit_test(test_references),
      cmocka_unit_test(test_end_marks), cmocka_unit_test(test_text_without_body),
      cmocka_unit_test(test_authors),   cmocka_unit_test(test_broken_markup),
      cmocka_unit_test(test_records),   cmocka_unit_test(test_broken_records),
      cmocka_unit_test(test_stray_end), cmocka_unit_test(test_too_long),
      cmocka_unit_test(test_bytes),     cmocka_unit_test(test_many_tags),
      cmocka_unit_test(test_truncated),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
