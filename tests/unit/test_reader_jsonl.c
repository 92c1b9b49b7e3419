/* test_reader_jsonl.c - corpus/reader_jsonl.c */
#include "reader_test.h"

static Reading read_text(const char *text)
{
  return read_bytes(&format_jsonl, text, strlen(text));
}

/* One object, one article; the values of a field joined by '|'. */
static void assert_value(const char *object, FieldId field, const char *expected)
{
  g_auto(Reading) reading = read_text(object);
  assert_counts(&reading, 1, 0);
  assert_field(&reading, 0, field, expected);
}

static void assert_rejected(const char *line, const char *part)
{
  g_auto(Reading) reading = read_text(line);
  assert_counts(&reading, 0, 1);
  assert_reject(&reading, 0, 1, 1, part);
  assert_false(reject_at(&reading, 0)->fatal);
}

static void test_fixture(void **state)
{
  (void)state;
  g_autofree char *data = NULL;
  gsize len;
  assert_true(g_file_get_contents("tests/fixtures/readers/articles.jsonl", &data, &len, NULL));
  g_auto(Reading) reading = read_bytes(&format_jsonl, data, len);
  assert_counts(&reading, 3, 1);
  assert_field(&reading, 0, FIELD_ID, "a-1");
  assert_field(&reading, 0, FIELD_BODY, "The bridge at Las Canas was closed.\n\nNobody was hurt.");
  assert_field(&reading, 0, FIELD_DATE, "1990-01-03");
  assert_field(&reading, 0, FIELD_ACTOR, "Armed forces|FMLN");
  assert_field(&reading, 1, FIELD_TITLE, "Pont fermé après une explosion");
  assert_field(&reading, 1, FIELD_BODY, "Le pont a été fermé.");
  assert_field(&reading, 1, FIELD_DATE, "1990-01-03");
  assert_field(&reading, 1, FIELD_COUNTRY, "SV");
  assert_field(&reading, 1, FIELD_LANG, "fr");
  assert_field(&reading, 1, FIELD_URL, "https://news.example/fr/1");
  assert_field(&reading, 1, FIELD_ID, "");
  assert_field(&reading, 2, FIELD_ID, "17");
  assert_field(&reading, 2, FIELD_BODY, "First paragraph.\n\nSecond paragraph.");
  assert_field(&reading, 2, FIELD_DATE, "1990-01-03");
  assert_field(&reading, 2, FIELD_AUTHOR, "A. Example|B. Example");
  assert_field(&reading, 2, FIELD_COUNTRY, "HN");
  assert_true(article_is_derived(reading.articles->pdata[2], FIELD_COUNTRY));
  assert_true(article_is_derived(reading.articles->pdata[2], FIELD_PLACE));
  assert_false(article_is_derived(reading.articles->pdata[2], FIELD_AUTHOR));
  assert_reject(&reading, 0, 4, 5, "no JSON");
}

static void test_kinds_of_values(void **state)
{
  (void)state;
  assert_value("{\"title\":\"t\",\"id\":12345678901234567}", FIELD_ID, "12345678901234567");
  assert_value("{\"title\":\"t\",\"id\":-5}", FIELD_ID, "-5");
  assert_value("{\"title\":\"t\",\"id\":1.5}", FIELD_ID, "1.5");
  assert_value("{\"title\":\"t\",\"id\":17.0}", FIELD_ID, "17");
  assert_value("{\"title\":\"t\",\"id\":true}", FIELD_ID, "true");
  assert_value("{\"title\":\"t\",\"id\":false}", FIELD_ID, "false");
  assert_value("{\"title\":\"t\",\"id\":null,\"uuid\":\"u\"}", FIELD_ID, "u");
  assert_value("{\"title\":\"t\",\"id\":\"\",\"uuid\":\"u\"}", FIELD_ID, "u");
  assert_value("{\"title\":\"t\",\"id\":1e300}", FIELD_ID, "1e+300");
  assert_value("{\"title\":\"t\",\"timestamp\":631324800.75}", FIELD_DATE, "1990-01-03");
  assert_value("{\"title\":\"t\",\"timestamp\":1010000000}", FIELD_DATE, "2002-01-02");
  assert_value("{\"title\":\"t\",\"timestamp\":99999999}", FIELD_DATE, "");
  assert_value("{\"title\":\"t\",\"date\":19900103}", FIELD_DATE, "1990-01-03");
  assert_value("{\"title\":\"t\",\"tags\":[\"a\",null,\"\",2,[\"b\",[\"c\"]],\"a\"]}", FIELD_TOPIC,
               "a|2|b|c");
  assert_value("{\"title\":\"t\",\"tags\":\"one tag\"}", FIELD_TOPIC, "one tag");
  assert_value("{\"title\":[\"first\",\"second\"]}", FIELD_TITLE, "first");
  assert_value("{\"title\":[\"\",null,\"second\"]}", FIELD_TITLE, "second");
  assert_value("{\"body\":[\"a\",\"b\",[\"c\"]]}", FIELD_BODY, "a\n\nb\n\nc");
  assert_value("{\"title\":\"t\",\"date\":[\"n/a\",\"1990\"]}", FIELD_DATE, "1990");
}

static void test_objects_as_values(void **state)
{
  (void)state;
  assert_value("{\"title\":\"t\",\"source\":{\"id\":null,\"name\":\"Example Wire\"}}", FIELD_SOURCE,
               "Example Wire");
  assert_value("{\"title\":\"t\",\"places\":[{\"name\":\"Tela\",\"lat\":1.5},{\"label\":\"La "
               "Ceiba\"},{\"lat\":2}]}",
               FIELD_PLACE, "Tela|La Ceiba");
  assert_value("{\"title\":\"t\",\"_id\":{\"$oid\":\"5e1\"}}", FIELD_ID, "5e1");
  assert_value("{\"title\":\"t\",\"date\":{\"$date\":{\"$numberLong\":\"1010000000000\"}}}",
               FIELD_DATE, "2002-01-02");
  assert_value("{\"article\":{\"title\":\"T\",\"text\":[\"a\",\"b\"]}}", FIELD_BODY, "a\n\nb");
  assert_value("{\"title\":\"t\",\"article\":{\"title\":\"T\"}}", FIELD_BODY, "");
  assert_value("{\"title\":\"t\",\"actor\":{}}", FIELD_ACTOR, "");
  assert_value("{\"title\":\"t\",\"actor\":{\"name\":null,\"title\":\"X\"}}", FIELD_ACTOR, "X");
}

static void test_keys(void **state)
{
  (void)state;
  assert_value("{\"Title\":\"t\"}", FIELD_TITLE, "t");
  assert_value("{\"title\":\"a\",\"title\":\"b\"}", FIELD_TITLE, "b");
  assert_value("{\"title\":\"t\",\"\":1,\"unknown\":{\"title\":\"x\"}}", FIELD_TITLE, "t");
  /* The schema's order decides, not the object's. */
  assert_value("{\"headline\":\"h\",\"title\":\"t\"}", FIELD_TITLE, "t");
  assert_value("{\"heading\":\"g\",\"head\":\"d\",\"headline\":\"h\"}", FIELD_TITLE, "h");
  assert_value("{\"story\":\"s\",\"content\":\"c\",\"text\":\"x\"}", FIELD_BODY, "x");
  assert_value("{\"title\":\"t\",\"timestamp\":1,\"published\":\"1990-01-03\"}", FIELD_DATE,
               "1990-01-03");
  assert_value("{\"title\":\"t\",\"published\":\"n/a\",\"pubdate\":\"1990-01-03\"}", FIELD_DATE,
               "1990-01-03");
  /* Fields with several values take from all keys. */
  assert_value("{\"title\":\"t\",\"section\":\"world\",\"tags\":[\"x\"],\"topic\":\"war\"}",
               FIELD_TOPIC, "war|x|world");
}

/* Reads one object with two keys mapped each, in both orders of keys. */
static void test_map(void **state)
{
  (void)state;
  g_autoptr(GHashTable) map = g_hash_table_new(g_str_hash, g_str_equal);
  g_hash_table_insert(map, "kopf", GINT_TO_POINTER(FIELD_TITLE + 1));
  g_hash_table_insert(map, "lead", GINT_TO_POINTER(FIELD_BODY + 1));
  g_hash_table_insert(map, "article", GINT_TO_POINTER(FIELD_BODY + 1));
  g_hash_table_insert(map, "id", GINT_TO_POINTER(FIELD_URL + 1));
  g_hash_table_insert(map, "tag", GINT_TO_POINTER(FIELD_EVENT + 1));
  g_hash_table_insert(map, "wild", GINT_TO_POINTER(FIELD_COUNT + 5));
  const ReadOptions options = {.map = map};
  const char *text =
      "{\"title\":\"no\",\"kopf\":\"K\",\"lead\":[\"L1\",\"L2\"],\"article\":\"A\",\"body\":\"no\","
      "\"id\":\"http://x\",\"uuid\":\"u\",\"tag\":\"riot\",\"tags\":\"t\",\"wild\":\"w\"}\n"
      "{\"kopf\":\"\",\"title\":\"fallback\",\"body\":\"B\"}\n";
  Memory memory = {.data = text, .len = strlen(text)};
  g_auto(Reading) reading = read_source(&format_jsonl, &memory, &options);
  assert_counts(&reading, 2, 0);
  assert_field(&reading, 0, FIELD_TITLE, "K");
  assert_field(&reading, 0, FIELD_BODY, "L1\n\nL2\n\nA");
  assert_field(&reading, 0, FIELD_URL, "http://x");
  assert_field(&reading, 0, FIELD_ID, "u");
  assert_field(&reading, 0, FIELD_EVENT, "riot");
  assert_field(&reading, 0, FIELD_TOPIC, "t");
  assert_field(&reading, 1, FIELD_TITLE, "fallback");
  assert_field(&reading, 1, FIELD_BODY, "B");
}

/* What we export comes back as it was. */
static void test_round_trip(void **state)
{
  (void)state;
  g_autoptr(Article) article = article_new();
  article_add(article, FIELD_ID, "x-1", -1);
  article_add(article, FIELD_TITLE, "Title", -1);
  article_add(article, FIELD_BODY, "One.\n\nTwo\tthree.", -1);
  article_add(article, FIELD_ACTOR, "A", -1);
  article_add(article, FIELD_ACTOR, "B", -1);
  article_add(article, FIELD_DATE, "1990-01", -1);
  article_add_derived(article, FIELD_COUNTRY, "Chile", -1);
  article_add_derived(article, FIELD_LANG, "en", -1);
  g_autofree char *line = article_dump(article);
  g_auto(Reading) reading = read_text(line);
  assert_counts(&reading, 1, 0);
  g_autofree char *again = article_dump(reading.articles->pdata[0]);
  assert_string_equal(again, line);
}

static void test_derived_junk(void **state)
{
  (void)state;
  assert_value("{\"title\":\"t\",\"derived\":\"title\"}", FIELD_TITLE, "t");
  assert_value("{\"title\":\"t\",\"derived\":{\"title\":1}}", FIELD_TITLE, "t");
  assert_value("{\"title\":\"t\",\"derived\":[1,null,\"nothing\",[\"title\"]]}", FIELD_TITLE, "t");
}

static void test_rejected(void **state)
{
  (void)state;
  assert_rejected("nonsense", "the line is no JSON: '[' or '{' expected near 'nonsense'");
  assert_rejected("{\"title\": NaN}", "(at column 13)");
  assert_rejected("{\"title\": \"t\"} {}", "no JSON");
  assert_rejected("{\"title\": \"t\"", "no JSON");
  assert_rejected("[{\"title\": \"t\"}]", "is a JSON array");
  assert_rejected("{}", "neither a title nor a text");
  assert_rejected("{\"id\": 1}", "neither a title nor a text");
  assert_rejected("{\"title\": \" \\n\", \"body\": null}", "neither a title nor a text");
  assert_rejected("{\"title\": \"t\", \"id\": 123456789012345678901234567890}",
                  "write such a number as a string");
}

static void test_lines(void **state)
{
  (void)state;
  g_auto(Reading) reading = read_text(
      "\r\n{\"title\":\"a\"}\r\n \t\r\n\xEF\xBB\xBF{\"title\":\"b\"}\nx\n{\"title\":\"c\"}");
  assert_counts(&reading, 3, 1);
  assert_field(&reading, 2, FIELD_TITLE, "c");
  assert_reject(&reading, 0, 3, 5, "no JSON");
  g_auto(Reading) empty = read_text("\n\n");
  assert_counts(&empty, 0, 0);
}

static void test_bytes(void **state)
{
  (void)state;
  g_auto(Reading) nul = read_bytes(&format_jsonl, BYTES("{\"title\":\"a\0b\"}"));
  assert_counts(&nul, 1, 0);
  assert_field(&nul, 0, FIELD_TITLE, "a\uFFFDb");
  assert_value("{\"title\":\"a\\u0000b\\u0007c\"}", FIELD_TITLE, "a b c");
  assert_value("{\"title\":\"Bogot\xE1\"}", FIELD_TITLE, "Bogotá");
  assert_value("{\"title\":\"\\ud83d\\ude00\"}", FIELD_TITLE, "😀");
  /* What cutting text to a length in UTF-16 leaves. */
  assert_value("{\"title\":\"a\\uD83D\",\"id\":\"\\uDE00 \\ud83d\\ude00 \\\\ud83d\"}", FIELD_TITLE,
               "a\uFFFD");
  assert_value("{\"title\":\"a\\uD83D\",\"id\":\"\\uDE00 \\ud83d\\ude00 \\\\ud83d\"}", FIELD_ID,
               "\uFFFD 😀 \\ud83d");
  assert_rejected("{\"title\":\"\\uD83D", "no JSON");
  assert_value("{\"title\":\"\uFFFE\uFDD0\"}", FIELD_TITLE, "\uFFFE\uFDD0");
}

static void test_hostile(void **state)
{
  (void)state;
  /* Depth bombs. */
  g_autoptr(GString) deep = g_string_new("{\"title\":\"t\",\"tags\":");
  for (int i = 0; i < 1000000; i++) g_string_append_c(deep, '[');
  assert_rejected(deep->str, "maximum parsing depth");
  g_autoptr(GString) nested = g_string_new("{\"title\":\"t\",\"tags\":");
  for (int i = 0; i < 1000; i++) g_string_append(nested, "[{\"name\":");
  g_string_append(nested, "\"x\"");
  for (int i = 0; i < 1000; i++) g_string_append(nested, "}]");
  g_string_append(nested, "}");
  assert_value(nested->str, FIELD_TOPIC, "");

  /* Many values and many keys in a short time. */
  g_autoptr(GString) many = g_string_new("{\"title\":\"t\",\"tags\":[\"x\"");
  for (int i = 0; i < 100000; i++) g_string_append_printf(many, ",\"t%d\"", i);
  g_string_append(many, "]");
  for (int i = 0; i < 100000; i++) g_string_append_printf(many, ",\"k%d\":1", i);
  g_string_append(many, "}");
  g_auto(Reading) reading = read_text(many->str);
  assert_counts(&reading, 1, 0);
  assert_int_equal(article_values(reading.articles->pdata[0], FIELD_TOPIC)->len, 100001);

  g_autoptr(GString) longer =
      long_text("{\"title\":\"", TEXT_RECORD_MAX, "\"}\n{\"title\":\"b\"}\n");
  g_auto(Reading) after = read_text(longer->str);
  assert_counts(&after, 1, 1);
  assert_reject(&after, 0, 1, 1, "longer than 32 MiB");
  assert_field(&after, 0, FIELD_TITLE, "b");
}

/* Every beginning of a good input is read without harm. */
static void test_truncated(void **state)
{
  (void)state;
  const char *text = "{\"title\":\"d\\u00e9j\xC3\xA0\",\"tags\":[{\"name\":\"a\"},1.5e3,true],"
                     "\"date\":{\"$date\":\"1990-01-03T00:00:00Z\"}}\n";
  for (gsize len = 0; len < strlen(text) - 1; len++) {
    g_auto(Reading) reading = read_bytes(&format_jsonl, text, len);
    assert_counts(&reading, 0, len > 0 ? 1 : 0);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_fixture),
      cmocka_unit_test(test_kinds_of_values),
      cmocka_unit_test(test_objects_as_values),
      cmocka_unit_test(test_keys),
      cmocka_unit_test(test_map),
      cmocka_unit_test(test_round_trip),
      cmocka_unit_test(test_derived_junk),
      cmocka_unit_test(test_rejected),
      cmocka_unit_test(test_lines),
      cmocka_unit_test(test_bytes),
      cmocka_unit_test(test_hostile),
      cmocka_unit_test(test_truncated),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
