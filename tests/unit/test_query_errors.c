/* test_query_errors.c - searcher/query.h: what is refused, and how */
#include "../../searcher/text_layout.h"
#include "query_test.h"

static void test_errors(void **state)
{
  (void)state;
  static const struct {
    const char *text, *fragment, *place; /* column from 0, length */
  } bad[] = {
      /* operators without operands */
      {"AND", "nothing on one side", "0+3"},
      {"OR a", "nothing on one side", "0+2"},
      {"a OR", "missing here", "4+1"},
      {"a AND", "missing here", "5+1"},
      {"a AND ", "missing here", "6+1"},
      {"a NOT", "missing here", "5+1"},
      {"NOT", "missing here", "3+1"},
      {"a AND OR b", "nothing on one side", "6+2"},
      {"a OR OR b", "nothing on one side", "5+2"},
      {"a OR AND b", "nothing on one side", "5+3"},
      {"a NOT OR b", "nothing on one side", "6+2"},
      {"+AND", "nothing on one side", "1+3"},
      {"(a OR) b", "nothing before this parenthesis", "5+1"},
      /* parentheses */
      {"()", "nothing before this parenthesis", "1+1"},
      {"a ( ) b", "nothing before this parenthesis", "4+1"},
      {"(a", "this parenthesis is never closed", "0+1"},
      {"a (b (c)", "this parenthesis is never closed", "2+1"},
      {"(", "missing here", "1+1"},
      {"a)", "this parenthesis was never opened", "1+1"},
      {"a ) b", "this parenthesis was never opened", "2+1"},
      {")", "nothing before this parenthesis", "0+1"},
      {"title:(a", "this parenthesis is never closed", "6+1"},
      {"title:()", "nothing before this parenthesis", "7+1"},
      {"id:a)", "this parenthesis was never opened", "4+1"},
      {"id:a(b c", "put the value in quotes", "3+3"},
      {"(url:http://a.org/(b)", "this parenthesis is never closed", "0+1"},
      /* quotation marks */
      {"\"a b", "this quotation mark is never closed", "0+1"},
      {"a \"", "this quotation mark is never closed", "2+1"},
      {"a “b", "this quotation mark is never closed", "2+1"},
      {"title:\"a", "this quotation mark is never closed", "6+1"},
      {"a\"b", "this quotation mark is never closed", "1+1"},
      /* what holds no word */
      {"\"\"", "no word in this", "0+2"},
      {"\" ... \"", "no word in this", "0+7"},
      {"title:\"\"", "no word in this", "0+8"},
      {"a - b", "no word in this", "2+1"},
      {"+", "no word in this", "0+1"},
      {"...", "no word in this", "0+3"},
      {"a 😀", "no word in this", "2+2"},
      {"title:...", "no word in this", "0+9"},
      {"id:---", "no word in this", "0+6"},
      /* signs of other query languages */
      {"attack*", "wildcards are not supported", "6+1"},
      {"a wom?n", "wildcards are not supported", "5+1"},
      {"*", "wildcards are not supported", "0+1"},
      {"*:*", "wildcards are not supported", "0+1"},
      {"title:att*", "wildcards are not supported", "9+1"},
      {"\"a b*\"", "wildcards are not supported, in quotes", "4+1"},
      {"title:\"*\"", "wildcards are not supported, in quotes", "7+1"},
      {"kabul~", "~ is not supported", "5+1"},
      {"kabul~2", "~ is not supported", "5+1"},
      {"~kabul", "~ is not supported", "0+1"},
      {"kabul^2", "weights (^) are not supported", "5+1"},
      {"title:kabul^2", "weights (^) are not supported", "11+1"},
      {"\"a b\"~5", "distances (~) and weights (^)", "5+1"},
      {"\"a b\"^2", "distances (~) and weights (^)", "5+1"},
      {"[1987 TO 1990]", "brackets are only for dates", "0+1"},
      {"{a}", "brackets are only for dates", "0+1"},
      {"a]", "brackets are only for dates", "1+1"},
      {"title:[a TO b]", "brackets are only for dates", "6+1"},
      {"a && b", "write NOT and AND in capital", "2+1"},
      {"a & b", "write NOT and AND in capital", "2+1"},
      {"a !b", "write NOT and AND in capital", "2+1"},
      {"title:!b", "write NOT and AND in capital", "6+1"},
      {"a || b", "write OR in capital", "2+1"},
      {"a|b", "write OR in capital", "1+1"},
      {"'state of emergency'", "a phrase is put in double quotes", "0+20"},
      {"a 'b'", "a phrase is put in double quotes", "2+3"},
      {"title:'a b' c", "a phrase is put in double quotes", "6+5"},
      {"('a b')", "a phrase is put in double quotes", "1+5"},
      {"date>1987", "comparisons are not supported", "4+1"},
      {"<b>", "comparisons are not supported", "0+1"},
      {"@reuters", "cannot start with this sign", "0+8"},
      {"a =b", "cannot start with this sign", "2+2"},
      {"/regex/", "cannot start with this sign", "0+7"},
      {"a NEAR b", "distances between words are not", "2+4"},
      {"a NEAR/5 b", "distances between words are not", "2+6"},
      {"a NEAR5 b", "distances between words are not", "2+5"},
      {"a w/5 b", "distances between words are not", "2+3"},
      {"a W/10 b", "distances between words are not", "2+4"},
      {"a pre/3 b", "distances between words are not", "2+5"},
      {"ADJ", "distances between words are not", "0+3"},
      {"a ADJ/2 b", "distances between words are not", "2+5"},
      {"title:NEAR/2", "distances between words are not", "6+6"},
      /* fields */
      {"nope:a", "there is no field 'nope'; the fields are id, title, date,", "0+4"},
      {"a b:c", "there is no field 'b'", "2+1"},
      {"http://a.org", "there is no field 'http'", "0+4"},
      {"title:(a b:c)", "there is no field 'b'", "9+1"},
      {"body:a", "title and text", "0+4"},
      {"text:a", "title and text", "0+4"},
      {"title:", "right behind the colon", "0+6"},
      {"title: a", "right behind the colon", "0+6"},
      {"title:)", "right behind the colon", "0+6"},
      {"date:", "right behind the colon", "0+5"},
      {"id: a", "right behind the colon", "0+3"},
      {"title:(a country:b)", "a field inside the group", "9+7"},
      {"country:(a OR (country:b))", "a field inside the group", "15+7"},
      /* dates */
      {"date:yesterday", "'yesterday' is no date", "5+9"},
      {"date:2020-02-30", "'2020-02-30' is no date", "5+10"},
      {"date:2019-02-29", "'2019-02-29' is no date", "5+10"},
      {"date:1987-13", "'1987-13' is no date", "5+7"},
      {"date:1987-00", "'1987-00' is no date", "5+7"},
      {"date:0000", "'0000' is no date", "5+4"},
      {"date:87", "'87' is no date", "5+2"},
      {"date:19870301", "'19870301' is no date", "5+8"},
      {"date:1987/03", "'1987/03' is no date", "5+7"},
      {"date:1987-03-01T10:00", "'1987-03-01T10:00' is no date", "5+16"},
      {"date:1987..x", "'x' is no date", "11+1"},
      {"date:x..1987", "'x' is no date", "5+1"},
      {"date:1987..1988..1989", "'1988..1989' is no date", "11+10"},
      {"date:1987...1989", "'.1989' is no date", "11+5"},
      {"date:..", "date: needs a date", "0+7"},
      {"date:\"\"", "date: needs a date", "0+6"},
      {"date:\"x\"", "'x' is no date", "6+1"},
      {"a date:1990..1987", "ends before it starts", "2+15"},
      {"date:1987-06..1987-03", "ends before it starts", "0+21"},
      {"date:[1990 TO 1987]", "ends before it starts", "0+19"},
      {"date:[* TO *]", "date: needs a date", "0+13"},
      {"date:[1987 TO 1990", "date:[1987 TO 1990]", "0+18"},
      {"date:[1987 TO 1990}", "date:[1987 TO 1990]", "0+19"},
      {"date:{1987 TO 1990}", "'{1987' is no date", "5+5"},
      {"date:[1987]", "date:[1987 TO 1990]", "0+11"},
      {"date:[1987..1990]", "date:[1987 TO 1990]", "0+17"},
      {"date:[1987 to 1990]", "date:[1987 TO 1990]", "0+19"},
      {"date:[x TO 1990]", "'x' is no date", "6+1"},
      {"date:(a)", "'a' is no date", "6+1"},
      {"date:(\"x\")", "'x' is no date", "7+1"},
      {"date:*", "'*' is no date", "5+1"},
      /* columns are those of a terminal */
      {"été AND", "missing here", "7+1"},
      {"«été» wom?n", "wildcards", "9+1"},
      {"停戦 合意*", "wildcards", "9+1"},
      {"मुंबई *", "wildcards", "4+1"},

      {"Москва *", "wildcards", "7+1"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
    g_autoptr(GError) error = NULL;
    Node *node = parse(bad[i].text, &error);
    assert_refused(node, error, bad[i].text, bad[i].fragment, bad[i].place);
    /* The second line is the query. */
    g_auto(GStrv) lines = g_strsplit(error->message, "\n", -1);
    assert_string_equal(lines[1] + 2, bad[i].text);
    /* A caller may not want to know. */
    assert_null(parse(bad[i].text, NULL));
  }
}

/* Of a long query only what surrounds the place is shown, and the caret still points at it. */
static void test_long_errors(void **state)
{
  (void)state;
  static const gsize befores[] = {0, 1, 30, 60, 61, 99, 500, 100000};
  static const char *const letters[] = {"x", "é", "中"};
  for (gsize b = 0; b < G_N_ELEMENTS(befores); b++)
    for (gsize l = 0; l < G_N_ELEMENTS(letters); l++) {
      g_autoptr(GString) text = g_string_new(NULL);
      for (gsize i = 0; i < befores[b]; i++) g_string_append(text, letters[l]);
      g_string_append(text, " wild* and then ");
      for (gsize i = 0; i < 200; i++) g_string_append(text, letters[l]);
      g_autoptr(GError) error = NULL;
      assert_null(parse(text->str, &error));
      g_auto(GStrv) lines = g_strsplit(error->message, "\n", -1);
      assert_int_equal(g_strv_length(lines), 3);
      assert_true(g_utf8_strlen(lines[1], -1) <= 102);
      const char *star = strchr(lines[1], '*');
      assert_non_null(star);
      assert_true(g_str_has_prefix(star, "* and"));
      g_autofree char *left = g_strndup(lines[1], (gsize)(star - lines[1]));
      g_autofree char *caret = g_strdup_printf("%*s^", layout_columns(left), "");
      assert_string_equal(lines[2], caret);
    }
}

/* The error is on one line of its own whatever the query holds. */
static void test_errors_of_odd_texts(void **state)
{
  (void)state;
  static const struct {
    const char *text, *line, *place;
  } odd[] = {
      {"a\nb\tc\r*", "  a b c *", "6+1"},
      {"caf\xE9 *", "  caf\uFFFD *", "5+1"},
      {"\x1B[31m *", "   [31m *", "1+1"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(odd); i++) {
    g_autoptr(GError) error = NULL;
    assert_null(parse(odd[i].text, &error));
    g_auto(GStrv) lines = g_strsplit(error->message, "\n", -1);
    assert_int_equal(g_strv_length(lines), 3);
    assert_string_equal(lines[1], odd[i].line);
    g_autofree char *place = place_of(lines[2]);
    assert_string_equal(place, odd[i].place);
  }
}

/* Others report places in the query as the user typed it, which may be ill-formed: node places
 * are in its valid form, where each bad byte became three. */
static void test_error_of_ill_formed_text(void **state)
{
  (void)state;
  g_autofree char *typed = g_strdup("a\xFF\xFE\xFF\xFE kabul");
  g_autoptr(Node) node = query_parse(typed, NULL, NULL);
  assert_non_null(node);
  const Node *word = node->children->pdata[1];
  g_autoptr(GError) error = NULL;
  query_error(&error, typed, word->start, word->end, "no %s", "good");
  assert_string_equal(error->message, "no good\n  a\uFFFD\uFFFD\uFFFD\uFFFD kabul\n        ^^^^^");
}

/* A node that came from elsewhere has no place in the query: no caret misleads. */
static void test_error_without_place(void **state)
{
  (void)state;
  g_autoptr(GError) error = NULL;
  query_error(&error, "kabul", 0, 0, "'%s' is no country", "x");
  assert_string_equal(error->message, "'x' is no country");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_errors),
      cmocka_unit_test(test_long_errors),
      cmocka_unit_test(test_errors_of_odd_texts),
      cmocka_unit_test(test_error_of_ill_formed_text),
      cmocka_unit_test(test_error_without_place),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
