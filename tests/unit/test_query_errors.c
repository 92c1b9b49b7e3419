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
      /* patterns, similar spellings, expressions */
      {"*", "a pattern needs a letter or digit; for all articles", "0+1"},
      {"a ?*", "a pattern needs a letter or digit", "2+2"},
      {"title:*", "write has:title", "6+1"},
      {"*:*", "for all articles leave the query empty", "0+3"},
      {"cease-f*", "write ADJ/1 instead", "5+1"},
      {"attack*, bomb", "a pattern is for one word", "7+1"},
      {"U.S*", "a pattern is for one word", "1+1"},
      {"'attack*'", "a pattern is for one word", "0+1"},
      {"country:ir*", "a pattern fits no country", "8+3"},
      {"lang:e*", "a pattern fits no language", "5+2"},
      {"id:a*", "ids and URLs are compared as a whole", "4+1"},
      {"\"a b*\"", "a phrase has no patterns", "4+1"},
      {"\"organi?ation of\"", "a phrase has no patterns", "7+1"},
      {"title:\"*\"", "a phrase has no patterns", "7+1"},
      {"~kabul", "write ~ behind a word", "0+1"},
      {"kabul~3", "1 or 2", "5+2"},
      {"kabul~0", "1 or 2", "5+2"},
      {"kabul~0.8", "1 or 2", "5+4"},
      {"kab~ul", "1 or 2", "3+3"},
      {"kabul~99999999999999999999", "1 or 2", "5+21"},
      {"kab*l~", "a pattern has no similar spellings", "3+3"},
      {"cease-fire~", "~ is for one word", "5+1"},
      {"country:iran~", "leave the ~ out", "8+5"},
      {"/a(b/", "missing closing parenthesis", "0+5"},
      {"/[z-a]/", "this is no regular expression", "0+7"},
      {"/a", "between two /", "0+2"},
      {"/etc/passwd", "put a path in quotes", "0+4"},
      {"/a b/", "between two /", "0+2"},
      {"a //", "there is no word in this", "2+2"},
      {"country:/ir.*/", "not by a regular expression", "9+4"},
      {"=", "= stands right before", "0+1"},
      {"a = b", "= stands right before", "2+1"},
      {"==b", "= stands right before", "0+1"},
      {"=\"a b\"", "exact forms already", "0+1"},
      {"=(a OR b)", "= stands right before", "0+1"},
      {"=bomb*", "one of them must go", "5+1"},
      {"actor:=hamas", "leave the = out", "6+1"},
      {"@", "@ stands right before the name", "0+1"},
      {"@(a OR b)", "@ stands right before the name", "0+1"},
      {"@mek*", "leave this sign out", "4+1"},
      {"@\"mek", "this quotation mark is never closed", "1+1"},
      {"actor:@mek", "leave the @ out", "6+1"},
      /* weights */
      {"a^", "behind ^ stands a weight", "1+1"},
      {"a^x", "behind ^ stands a weight", "1+1"},
      {"a^2x", "behind ^ stands a weight", "1+2"},
      {"a^2^3", "behind ^ stands a weight", "1+2"},
      {"a^1.2.3", "behind ^ stands a weight", "1+6"},
      {"a ^2", "right behind what it belongs to", "2+1"},
      {"a^0", "a weight is from 0.001 to 1000", "1+2"},
      {"a^0.0001", "a weight is from", "1+7"},
      {"a^1001", "a weight is from", "1+5"},
      {"a OR^1", "right behind what it belongs to", "4+1"},
      {"a OR^1 b", "right behind what it belongs to", "4+1"},
      {"NOT^2 b", "right behind what it belongs to", "3+1"},
      {"a NEAR/5^2 b", "right behind what it belongs to", "8+1"},
      {"a^-1", "behind ^ stands a weight", "1+1"},
      {"(a^100 OR b)^100 (c^100)^100", "multiplied with the weights within", "24+4"},
      {"country:iran^2", "only words of title and text have a weight", "0+14"},
      {"(-a)^2", "only words of title and text have a weight", "0+6"},
      {"(has:actor OR date:1987)^2", "only words of title and text", "0+26"},
      /* distances and counts */
      {"NEAR", "nothing on one side", "0+4"},
      {"a NEAR/5", "missing here", "8+1"},
      {"NEAR/5 b", "nothing on one side", "0+6"},
      {"a w/5", "missing here", "5+1"},
      {"a NEAR/0 b", "from 1 to 1000", "2+6"},
      {"a NEAR/1001 b", "from 1 to 1000", "2+9"},
      {"a NEAR/99999999999 b", "from 1 to 1000", "2+16"},
      {"a NEAR/5 b NEAR/3 c", "not that of the words before", "11+6"},
      {"a NEAR/5 b ADJ/5 c", "not that of the words before", "11+5"},
      {"(a NEAR/5 b) NEAR/5 c", "a distance cannot stand in another", "1+10"},
      {"a NEAR/5 (b c)", "only alternatives can stand here", "10+3"},
      {"a NEAR/5 (NOT b)", "NOT has no meaning here", "10+5"},
      {"a NEAR/5 (b OR -c)", "NOT has no meaning here", "15+2"},
      {"a NEAR/5 b^2", "a weight belongs behind the whole", "9+3"},
      {"a NEAR/5 (b OR (c NEAR/2 d))", "a distance cannot stand in another", "16+10"},
      {"a NEAR/5 atleast2:b", "a number of occurrences has no place", "9+10"},
      {"a NEAR/5 -b", "not in a distance", "9+1"},
      {"atleast3:-a", "not in a distance", "9+1"},
      {"a NEAR/5 country:iran", "only words of title and text have places", "9+12"},
      {"a NEAR/5 date:1987", "only words of title and text have places", "9+9"},
      {"a NEAR/5 title:b", "all of them behind title: or none", "9+7"},
      {"a w/s b", "sentences are not known here", "2+3"},
      {"a W/P b", "paragraphs are not known here", "2+3"},
      {"title:w/s", "sentences are not known here", "6+3"},
      {"\"a b\"~", "behind ~ stands how many words", "5+1"},
      {"\"a b\"~x", "behind ~ stands how many words", "5+1"},
      {"\"a b\"~5x", "behind ~ stands how many words", "5+2"},
      {"\"a b\"~1000", "from 1 to 1000", "5+5"},
      {"\"a\"~5", "between two words or more", "0+3"},
      {"\"\"~5", "between two words or more", "0+2"},
      {"\"a OR b\"~5", "alternatives in parentheses", "3+2"},
      {"\"a AND b\"~5", "alternatives in parentheses", "3+3"},
      {"\"a -b\"~5", "there is no + or -", "3+1"},
      {"\"a (b OR c\"~5", "this parenthesis is never closed", "3+1"},
      {"\"a (b OR \"~5", "missing before this quotation mark", "9+1"},
      {"\"a b)\"~5", "nothing before this parenthesis", "4+1"},
      {"\"a - b\"~5", "there is no word in this", "3+1"},
      {"actor:\"a b\"~5", "distances are for words of title and text", "11+2"},
      {"date:\"1987\"~5", "distances are for words of title and text", "11+2"},
      {"\"a b\"p5", "as \"a b\"~5", "5+2"},
      {"\"a b\"o", "as \"a b\"~10", "5+1"},
      {"near5:a", "words in quotes or parentheses", "0+6"},
      {"near5:", "words in quotes or parentheses", "0+6"},
      {"near5:(a OR b)", "alternatives in parentheses", "9+2"},
      {"near5:((a OR b))", "between two words or more", "0+16"},
      {"near5:(a b", "never closed", "0+7"},
      {"near5:\"a b", "never closed", "0+7"},
      {"near0:(a b)", "from 1 to 1000", "0+5"},
      {"near5:(a near3:(b c))", "a distance cannot stand in another", "9+11"},
      {"actor:near5:(a b)", "only words of title and text have places", "13+1"},
      {"atleast3:", "right behind the colon", "0+9"},
      {"atleast3: a", "right behind the colon", "0+9"},
      {"atleast3 a", "as atleast3:word", "0+8"},
      {"atleast3(a)", "as atleast3:word", "0+8"},
      {"repeat0:a", "from 1 to 1000", "0+7"},
      {"atleast5000:a", "from 1 to 1000", "0+11"},
      {"atleast3:(a b)", "only alternatives can stand here", "10+3"},
      {"atleast3:(a NEAR b)", "a distance cannot stand in another", "10+8"},
      {"atleast3:country:iran", "only words of title and text have places", "9+12"},
      {"atleast3:atleast2:a", "a number of occurrences has no place", "9+10"},
      {"atleast:a", "write how often, as atleast3:a", "0+7"},
      /* signs of other query languages */
      {"[1987 TO 1990]", "brackets are only for dates", "0+1"},
      {"{a}", "brackets are only for dates", "0+1"},
      {"a]", "brackets are only for dates", "1+1"},
      {"title:[a TO b]", "brackets are only for dates", "6+1"},
      {"a && b", "write AND in capital", "2+2"},
      {"a&&b", "write AND in capital", "1+2"},
      {"a & b", "write NOT and AND in capital", "2+1"},
      {"a !b", "write NOT and AND in capital", "2+1"},
      {"title:!b", "write NOT and AND in capital", "6+1"},
      {"a || b", "write OR in capital", "2+1"},
      {"a|b", "write OR in capital", "1+1"},
      {"a XOR b", "write (a OR b) NOT (a b)", "2+3"},
      {"a ANDNOT b", "write AND NOT in two words", "2+6"},
      {"\\(a", "put the words in quotes", "0+1"},
      {"a\\-b", "put the words in quotes", "1+1"},
      {"–war", "this dash is no minus", "0+1"},
      {"a −war", "this dash is no minus", "2+1"},
      {"'state of emergency'", "a phrase is put in double quotes", "0+20"},
      {"‘state of emergency’", "a phrase is put in double quotes", "0+20"},
      {"a 'b'", "a phrase is put in double quotes", "2+3"},
      {"title:'a b' c", "a phrase is put in double quotes", "6+5"},
      {"'a b'^2", "a phrase is put in double quotes", "0+5"},
      {"'a b'~5", "a phrase is put in double quotes", "0+5"},
      {"('a b')", "a phrase is put in double quotes", "1+5"},
      {"date>1987", "comparisons are not supported", "4+1"},
      {"<b>", "comparisons are not supported", "0+1"},
      {"1987..1990", "write date:1987..1990", "0+10"},
      {"a 1987-03..", "write date:1987-03..", "2+9"},
      /* fields */
      {"nope:a", "there is no field 'nope'; the fields are id, title, date,", "0+4"},
      {"a b:c", "there is no field 'b'", "2+1"},
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
      {"été:x", "there is no field 'été'", "0+3"},
      {"Iran: war", "there is no field 'Iran'", "0+4"},
      {"title:-a", "as -title:word", "6+1"},
      {"contry:iran", "perhaps you mean country", "0+6"},
      {"SUORCE:x", "perhaps you mean source", "0+6"},
      {"ttle:x", "perhaps you mean title", "0+4"},
      {"hs:x", "the fields are", "0+2"},
      {"yaer:1987", "perhaps you mean year", "0+4"},
      {"event-type:x", "perhaps you mean event_type", "0+10"},
      {"http://a.org/b", "behind url:", "0+14"},
      {"since:1987", "write date:1987..", "0+5"},
      {"after:1987-03", "write date:1987-03..", "0+5"},
      {"before:1987", "write date:..1987", "0+6"},
      {"until:", "write date:..", "0+5"},
      {"subject:war", "write title:war", "0+7"},
      {"sourcelang:spanish", "write lang:spanish", "0+10"},
      {"_exists_:actor", "write has:actor", "0+8"},
      {"has:", "has: takes the name of a field", "0+4"},
      {"has: actor", "has: takes the name of a field", "0+4"},
      {"has:(actor OR date)", "has: takes the name of a field", "0+4"},
      {"has:colour", "there is no field 'colour'", "4+6"},
      {"has:text", "fields other than the text", "4+4"},
      {"title:(has:actor)", "a field inside the group", "7+3"},
      {"title:(date:1987)", "a field inside the group", "7+4"},
      /* dates */
      {"date:tomorrow", "'tomorrow' is no date; write 1987, 1987-03", "5+8"},
      {"date:2020-02-30", "'2020-02-30' is no date: the calendar has none such", "5+10"},
      {"date:2019-02-29", "the calendar has none such", "5+10"},
      {"date:1987-13", "the calendar has none such", "5+7"},
      {"date:1987-00", "the calendar has none such", "5+7"},
      {"date:0000", "the calendar has none such", "5+4"},
      {"date:20200230", "'20200230' is no date", "5+8"},
      {"date:87", "'87' is no date", "5+2"},
      {"date:1987/03/01", "write hyphens", "5+10"},
      {"date:2020-2021", "written with two full stops, as 2020..2021", "5+9"},
      {"date:>2020", "write date:2023.. or date:..2023", "5+5"},
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
      {"date:[1987 TO 1990", "date:[1987 TO 1990]", "5+13"},
      {"date:[1987 TO 1990}", "date:[1987 TO 1990]", "5+14"},
      {"date:{1987 TO 1990}", "ranges include both ends", "5+14"},
      {"date:[1987]", "date:[1987 TO 1990]", "5+6"},
      {"date:[1987..1990]", "date:[1987 TO 1990]", "5+12"},
      {"date:[1987 to 1990]", "date:[1987 TO 1990]", "5+14"},
      {"date:[x TO 1990]", "'x' is no date", "6+1"},
      {"date:(a)", "'a' is no date", "6+1"},
      {"date:(\"x\")", "'x' is no date", "7+1"},
      {"date:*", "'*' is no date", "5+1"},
      {"date:1987-w00", "no such week", "5+8"},
      {"date:1987-w54", "no such week", "5+8"},
      {"date:2022-w53", "no such week", "5+8"},
      {"date:30d", "Write 30d.. or 30d..30d", "5+3"},
      {"date:\"6m\"", "Write 6m.. or 6m..6m", "6+2"},
      {"date:2023y..", "before the year 1", "5+5"},
      {"date:99999999999999999999d..", "before the year 1", "5+21"},
      {"date:..99999999w", "before the year 1", "7+9"},
      {"date:99999m..", "before the year 1", "5+6"},
      {"year:1987-03", "this is no year; write year:1987", "0+12"},
      {"month:1987", "this is no month; write month:1987-03", "0+10"},
      {"day:1987-03", "this is no day; write day:1987-03-01", "0+11"},
      {"year:", "date: needs a date, as year:1987", "0+5"},
      /* columns are those of a terminal */
      {"été AND", "missing here", "7+1"},
      {"«été» a^x", "weight", "7+1"},
      {"停戦 合意^", "weight", "9+1"},
      {"मुंबई *", "a pattern", "4+1"},
      {"Москва *", "a pattern", "7+1"},
  };
  gboolean ok = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
    g_autoptr(GError) error = NULL;
    Node *node = parse(bad[i].text, &error);
    if (!refused_well(node, error, bad[i].text, bad[i].fragment, bad[i].place)) ok = FALSE;
    /* The second line is the query. */
    g_auto(GStrv) lines = g_strsplit(error == NULL ? "" : error->message, "\n", -1);
    if (g_strv_length(lines) == 3) assert_string_equal(lines[1] + 2, bad[i].text);
    /* A caller may not want to know. */
    node_free(parse(bad[i].text, NULL));
  }
  assert_true(ok);
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
      g_string_append(text, " wild^ and then ");
      for (gsize i = 0; i < 200; i++) g_string_append(text, letters[l]);
      g_autoptr(GError) error = NULL;
      assert_null(parse(text->str, &error));
      g_auto(GStrv) lines = g_strsplit(error->message, "\n", -1);
      assert_int_equal(g_strv_length(lines), 3);
      assert_true(g_utf8_strlen(lines[1], -1) <= 102);
      const char *star = strchr(lines[1], '^');
      assert_non_null(star);
      assert_true(g_str_has_prefix(star, "^ and"));
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
    g_autofree char *place = place_of(lines);
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
