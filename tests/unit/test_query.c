/* test_query.c - searcher/query.h */
#include "../../searcher/query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../corpus/error.h"
#include "../../searcher/text_layout.h"

/* ---- helpers ---- */

/* Parses a copy that ends where the text does, so that a sanitizer sees reads beyond it. */
static Node *parse(const char *text, GError **error)
{
  g_autofree char *exact = g_strdup(text);
  return query_parse(exact, NULL, error);
}

/* Two trees say the same: everything but the places. */
static gboolean same_tree(const Node *a, const Node *b)
{
  if (a->kind != b->kind || a->field != b->field || g_strcmp0(a->text, b->text) != 0 ||
      a->number != b->number || a->ordered != b->ordered || a->factor < b->factor ||
      a->factor > b->factor || date_compare(a->from, b->from) != 0 ||
      date_compare(a->to, b->to) != 0 || (a->children == NULL) != (b->children == NULL))
    return FALSE;
  if (a->children == NULL) return TRUE;
  if (a->children->len != b->children->len) return FALSE;
  for (guint i = 0; i < a->children->len; i++)
    if (!same_tree(a->children->pdata[i], b->children->pdata[i])) return FALSE;
  return TRUE;
}

/* What query_print() writes parses back to the same tree, and is written the same again. */
static void assert_prints_back(const Node *node, const char *text)
{
  g_autofree char *printed = query_print(node);
  g_autoptr(GError) error = NULL;
  g_autoptr(Node) again = parse(printed, &error);
  if (again == NULL)
    fail_msg("\"%s\" is printed as \"%s\", which is refused: %s", text, printed, error->message);
  g_autofree char *twice = query_print(again);
  if (strcmp(printed, twice) != 0)
    fail_msg("\"%s\" is printed as \"%s\", and that as \"%s\"", text, printed, twice);
  if (!same_tree(node, again)) fail_msg("\"%s\" is printed as another: \"%s\"", text, printed);
}

static gboolean is_leaf(const Node *node)
{
  return node->kind >= NODE_WORD && node->kind <= NODE_ACTOR;
}

/* What may stand in NEAR and ATLEAST. */
static void assert_operand(const Node *node, int field)
{
  for (guint i = 0; node->kind == NODE_OR && i < node->children->len; i++) {
    const Node *child = node->children->pdata[i];
    assert_true(child->kind != NODE_OR);
    assert_operand(child, field);
  }
  if (node->kind == NODE_OR) return;
  assert_true(is_leaf(node));
  assert_int_equal(node->field, field);
  assert_true(field == FIELD_ANY || field == FIELD_TITLE);
}

static int field_of(const Node *node)
{
  while (node->children != NULL) node = node->children->pdata[0];
  return node->field;
}

/* What query.h says that every tree is. */
static void assert_kind(const Node *node)
{
  guint n = node->children == NULL ? 0 : node->children->len;
  assert_int_equal(node->text != NULL, is_leaf(node));
  switch (node->kind) {
  case NODE_AND:
  case NODE_OR: assert_true(n >= 2); break;
  case NODE_NOT: assert_int_equal(n, 1); break;
  case NODE_BOOST:
    assert_int_equal(n, 1);
    assert_true(node->factor >= BOOST_MIN && node->factor <= BOOST_MAX);
    assert_true(node->factor < 1 || node->factor > 1);
    break;
  case NODE_ATLEAST:
    assert_int_equal(n, 1);
    assert_true(node->number >= 1 && node->number <= ATLEAST_MAX);
    break;
  case NODE_NEAR:
    assert_true(n >= 2 && node->number >= 1 && node->number <= NEAR_MAX);
    break;
  case NODE_FUZZY: assert_true(node->number >= 1 && node->number <= FUZZY_MAX); break;
  case NODE_DATE: assert_int_equal(node->field, FIELD_DATE); break;
  case NODE_PATTERN: assert_null(strstr(node->text, "**")); break;
  default: assert_null(node->children);
  }
  if (node->kind == NODE_NEAR || node->kind == NODE_ATLEAST)
    for (guint i = 0; i < n; i++) assert_operand(node->children->pdata[i], field_of(node));
}

/* Of every tree of a well-formed text: what query.h says, and that places lie in the text, on
 * characters. */
static void assert_sane(const Node *node, const char *text, gsize len)
{
  assert_true(node->start <= node->end && node->end <= len);
  assert_true(((guchar)text[node->start] & 0xC0) != 0x80);
  assert_true(((guchar)text[node->end] & 0xC0) != 0x80);
  assert_kind(node);
  for (guint i = 0; node->children != NULL && i < node->children->len; i++) {
    const Node *child = node->children->pdata[i];
    assert_true(child->kind != NODE_ALL);
    assert_true(child->kind != node->kind || node->kind == NODE_NOT);
    assert_sane(child, text, len);
  }
}

/* ---- what is understood ---- */

typedef struct Row {
  const char *text, *printed;
} Row;

static const Row rows[] = {
    /* nothing */
    {"", ""},
    {"  \t\n", ""},
    {"\u00A0\u3000", ""},
    /* words */
    {"kabul", "kabul"},
    {"  kabul  ", "kabul"},
    {"Kabul", "Kabul"},
    {"Москва", "Москва"},
    {"إيران", "إيران"},
    {"停戦", "停戦"},
    {"l'armée", "l'armée"},
    {"l’armée", "l’armée"},
    {"U.S.", "U.S."},
    {"cease-fire", "cease-fire"},
    {"AK-47", "AK-47"},
    {"1,000", "1,000"},
    {"10:30", "10:30"},
    {"#war", "#war"},
    {"$50", "$50"},
    {"50%", "50%"},
    {"a/b", "a/b"},
    {"a@b.org", "a@b.org"},
    {"a=b", "a=b"},
    {"AT&T R&D", "AT&T AND R&D"},
    {"a!b yes!", "a!b AND yes!"},
    {"'Ali", "'Ali"},
    {"'Ali rebels", "'Ali AND rebels"},
    {"rebels' camp", "rebels' AND camp"},
    {"a 'n", "a AND 'n"},
    {"news/w w/o pre/x", "news/w AND w/o AND pre/x"},
    {"and or not", "and AND or AND not"},
    {"And Or Not near", "And AND Or AND Not AND near"},
    {"ANDROID ORDER NOTE NEARBY ADJUST", "ANDROID AND ORDER AND NOTE AND NEARBY AND ADJUST"},
    {"NEARx near Near adj w/x", "NEARx AND near AND Near AND adj AND w/x"},
    {"TO", "TO"},
    /* AND, said or not */
    {"rebels attack", "rebels AND attack"},
    {"rebels AND attack", "rebels AND attack"},
    {"rebels\u3000attack", "rebels AND attack"},
    {"a b c", "a AND b AND c"},
    {"a AND b c AND d", "a AND b AND c AND d"},
    {"(a b) c", "a AND b AND c"},
    {"a (b (c d))", "a AND b AND c AND d"},
    {"+a +b", "a AND b"},
    {"+a", "a"},
    {"++a", "a"},
    {"a +\"b c\"", "a AND \"b c\""},
    {"+(a b)", "a AND b"},
    /* OR, which binds less */
    {"a OR b", "a OR b"},
    {"a OR b OR c", "a OR b OR c"},
    {"(a OR b) OR c", "a OR b OR c"},
    {"a OR (b OR c)", "a OR b OR c"},
    {"a b OR c d", "(a AND b) OR (c AND d)"},
    {"a OR b c", "a OR (b AND c)"},
    {"(a OR b) c", "(a OR b) AND c"},
    {"a (b OR c)", "a AND (b OR c)"},
    {"(a b) OR c", "(a AND b) OR c"},
    {"((a))", "a"},
    {"(a)(b)", "a AND b"},
    {"a(b)c", "a AND b AND c"},
    {"a OR(b)", "a OR b"},
    {"( a OR b )", "a OR b"},
    /* NOT */
    {"NOT a", "NOT a"},
    {"-a", "NOT a"},
    {"a NOT b", "a AND NOT b"},
    {"a AND NOT b", "a AND NOT b"},
    {"a -b", "a AND NOT b"},
    {"a OR NOT b", "a OR NOT b"},
    {"a OR -b", "a OR NOT b"},
    {"NOT a b", "NOT a AND b"},
    {"NOT (a b)", "NOT (a AND b)"},
    {"-(a OR b)", "NOT (a OR b)"},
    {"-\"a b\"", "NOT \"a b\""},
    {"-“a b”", "NOT \"a b\""},
    {"NOT NOT a", "NOT NOT a"},
    {"--a", "NOT NOT a"},
    {"-NOT a", "NOT NOT a"},
    {"NOT -a", "NOT NOT a"},
    {"+-a", "NOT a"},
    {"-+a", "NOT a"},
    {"NOT (NOT a)", "NOT NOT a"},
    {"-country:iran", "NOT country:IR"},
    {"a AND -b AND c", "a AND NOT b AND c"},
    {"(NOT a) OR (NOT b)", "NOT a OR NOT b"},
    {"NOT(a)", "NOT a"},
    /* phrases */
    {"\"state of emergency\"", "\"state of emergency\""},
    {"\"  a b \"", "\"a b\""},
    {"\"kabul\"", "\"kabul\""},
    {"“a b”", "\"a b\""},
    {"„a b“", "\"a b\""},
    {"«a b»", "\"a b\""},
    {"»a b«", "\"a b\""},
    {"\"a b”", "\"a b\""},
    {"\"a\"\"b\"", "\"a\" AND \"b\""},
    {"a\"b\"c", "a AND \"b\" AND c"},
    {"\"AND\"", "\"AND\""},
    {"\"a OR b\"", "\"a OR b\""},
    {"\"(a)\"", "\"(a)\""},
    {"\"what?\"", "\"what?\""},
    {"\"-a\"", "\"-a\""},
    {"\"http://a.org/b\"", "\"http://a.org/b\""},
    {"\"a\nb\"", "\"a\nb\""},
    {"\"R&D ~ ^ [x]\"", "\"R&D ~ ^ [x]\""},
    /* fields */
    {"title:attack", "title:attack"},
    {"TITLE:attack", "title:attack"},
    {"headline:attack", "title:attack"},
    {"title:\"a b\"", "title:\"a b\""},
    {"title:“a b”", "title:\"a b\""},
    {"title:(a b)", "title:a AND title:b"},
    {"title:(a OR \"b c\")", "title:a OR title:\"b c\""},
    {"title:(a (b OR c))", "title:a AND (title:b OR title:c)"},
    {"title:(a) b", "title:a AND b"},
    {"title:(NOT a)", "NOT title:a"},
    {"title:(-a b)", "NOT title:a AND title:b"},
    {"title:AND", "title:AND"},
    {"title:-a", "title:-a"},
    {"title:a:b", "title:a:b"},
    {"title:10:30", "title:10:30"},
    {"country:iran", "country:IR"},
    {"country:ישראל", "country:ישראל"},
    {"country:neverland", "country:neverland"},
    {"country:\"côte d'ivoire\"", "country:CI"},
    {"country:IR", "country:IR"},
    {"country:\"el salvador\"", "country:SV"},
    {"country:\"no land\"", "country:\"no land\""},
    {"country:(iran OR iraq)", "country:IR OR country:IQ"},
    {"country_code:ir", "country:IR"},
    {"sourcecountry:france", "source_country:FR"},
    {"source:reuters actor:taliban", "source:reuters AND actor:taliban"},
    {"by byline:martí", "by AND author:martí"},
    {"language:en lang:fr", "lang:en AND lang:fr"},
    {"topic:war tags:war section:war", "topic:war AND topic:war AND topic:war"},
    {"place:kabul event:attack", "place:kabul AND event_type:attack"},
    /* ids and URLs run to the next space */
    {"id:a-1", "id:a-1"},
    {"id:-1", "id:-1"},
    {"id:\"a*b?c\"", "id:\"a*b?c\""},
    {"id:\"a-1\"", "id:a-1"},
    {"id:NEAR", "id:NEAR"},
    {"id:sha256:0123abcd", "id:sha256:0123abcd"},
    {"id:\"a b\"", "id:\"a b\""},
    {"url:http://a.org/b?c=d&e=f#g", "url:http://a.org/b?c=d&e=f#g"},
    {"url:http://a.org/b_(c)", "url:http://a.org/b_(c)"},
    {"url:http://a.org/b_(c) d", "url:http://a.org/b_(c) AND d"},
    {"(url:http://a.org/b)", "url:http://a.org/b"},
    {"(a OR url:http://a.org/b_(c))", "a OR url:http://a.org/b_(c)"},
    {"-url:http://a.org/b_(c)", "NOT url:http://a.org/b_(c)"},
    {"NOT (id:a)", "NOT id:a"},
    {"((id:(a OR b)))", "id:a OR id:b"},
    {"id:a\"b", "id:a\"b"},
    /* dates */
    {"date:1987", "date:1987"},
    {"date:1987-03", "date:1987-03"},
    {"date:1987-3-1", "date:1987-03-01"},
    {"date:1987-03-01", "date:1987-03-01"},
    {"date:1987..1990", "date:1987..1990"},
    {"date:1987-03..1987-06", "date:1987-03..1987-06"},
    {"date:1987..1987-06", "date:1987..1987-06"},
    {"date:1987..", "date:1987.."},
    {"date:..1990-01-31", "date:..1990-01-31"},
    {"date:1987..1987", "date:1987"},
    {"date:\"1987-03\"", "date:1987-03"},
    {"date:\"1987..1990\"", "date:1987..1990"},
    {"date:[1987 TO 1990]", "date:1987..1990"},
    {"date:[1987-03 TO 1990-01-02]", "date:1987-03..1990-01-02"},
    {"date:[  1987   TO   1990  ]", "date:1987..1990"},
    {"date:[* TO 1990]", "date:..1990"},
    {"date:[1987 TO *]", "date:1987.."},
    {"date:[1987 TO 1990] a", "date:1987..1990 AND a"},
    {"(date:[1987 TO 1990])", "date:1987..1990"},
    {"date:(1987 OR 1990)", "date:1987 OR date:1990"},
    {"date:(1987..1988 OR 1990)", "date:1987..1988 OR date:1990"},
    {"-date:1987", "NOT date:1987"},
    {"published:1987 pubdate:1988", "date:1987 AND date:1988"},
    {"(date:1987)a", "date:1987 AND a"},
    {"date:2020-02-29", "date:2020-02-29"},
    /* all together */
    {"attack (kabul OR \"kandahar city\") -title:sport country:af date:2001..2002",
     "attack AND (kabul OR \"kandahar city\") AND NOT title:sport AND country:AF AND "
     "date:2001..2002"},
};

static void test_table(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(Node) node = parse(rows[i].text, &error);
    if (node == NULL) fail_msg("\"%s\" is refused: %s", rows[i].text, error->message);
    assert_null(error);
    g_autofree char *printed = query_print(node);
    if (strcmp(printed, rows[i].printed) != 0)
      fail_msg("\"%s\" is printed as \"%s\"", rows[i].text, printed);
    assert_sane(node, rows[i].text, strlen(rows[i].text));
    assert_prints_back(node, rows[i].text);
  }
}

/* Bytes that are no UTF-8 become characters that part nothing. */
static void test_ill_formed(void **state)
{
  (void)state;
  g_autoptr(Node) node = parse("caf\xE9 x", NULL);
  assert_non_null(node);
  g_autofree char *printed = query_print(node);
  assert_string_equal(printed, "caf\uFFFD AND x");
}

/* Where each operand stands, for the carets of later errors. */
static void test_places(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    gsize start, end;
  } places[] = {
      {"a  kabul b", 3, 8},         {"a title:kabul b", 2, 13},
      {"a title:\"x y\" b", 2, 13}, {"a \"x y\" b", 2, 7},
      {"a date:1987.. b", 2, 13},   {"a date:[1987 TO 1990] b", 2, 21},
      {"a date:\"1987\" b", 2, 13}, {"a -kabul b", 2, 8},
      {"a NOT kabul b", 2, 11},     {"é été b", 3, 8},
      {"a id:x/y b", 2, 8},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
    g_autoptr(Node) node = parse(places[i].text, NULL);
    assert_non_null(node);
    assert_int_equal(node->children->len, 3);
    const Node *middle = node->children->pdata[1];
    if (middle->start != places[i].start || middle->end != places[i].end)
      fail_msg("\"%s\": from %zu to %zu", places[i].text, middle->start, middle->end);
  }
}

/* ---- what is refused ---- */

static const char *line_of(char **lines, guint n)
{
  return g_strv_length(lines) > n ? lines[n] : "";
}

/* A caret line as "column+length", "" when it is none. */
static char *place_of(const char *line)
{
  if (!g_str_has_prefix(line, "  ")) return g_strdup("");
  gsize column = strspn(line + 2, " ");
  gsize length = strspn(line + 2 + column, "^");
  return line[2 + column + length] != '\0' || length == 0
             ? g_strdup("")
             : g_strdup_printf("%zu+%zu", column, length);
}

static void assert_refused(Node *node, const GError *error, const char *text, const char *fragment,
                           const char *place)
{
  if (node != NULL) {
    g_autofree char *printed = query_print(node);
    node_free(node);
    fail_msg("\"%s\" is understood as \"%s\"", text, printed);
  }
  assert_non_null(error);
  assert_int_equal(error->domain, SITREP_ERROR);
  assert_int_equal(error->code, SITREP_ERROR_USAGE);
  g_auto(GStrv) lines = g_strsplit(error->message, "\n", -1);
  g_autofree char *got = place_of(line_of(lines, 2));
  if (strstr(lines[0], fragment) == NULL) fail_msg("\"%s\": %s", text, error->message);
  if (strcmp(got, place) != 0) fail_msg("\"%s\": caret %s\n%s", text, got, error->message);
  assert_int_equal(g_strv_length(lines), *place == '\0' ? 1 : 3);
  assert_false(g_str_has_suffix(lines[0], "."));
}

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

/* ---- values and dates of options ---- */

static void test_values(void **state)
{
  (void)state;
  static const struct {
    FieldId field;
    const char *value, *printed;
  } values[] = {
      {FIELD_COUNTRY, "iran", "country:IR"},
      {FIELD_COUNTRY, "El Salvador", "country:SV"},
      {FIELD_COUNTRY, "Never Land", "country:\"Never Land\""},
      {FIELD_ACTOR, "  FMLN ", "actor:\"FMLN\""},
      {FIELD_TITLE, "state of emergency", "title:\"state of emergency\""},
      {FIELD_ID, "a (1) *", "id:\"a (1) *\""},
      {FIELD_ID, "a(1)*", "id:\"a(1)*\""},
      {FIELD_ID, "a)(", "id:\"a)(\""},
      {FIELD_ID, "(a)", "id:\"(a)\""},
      {FIELD_ID, "a\"b", "id:a\"b"},
      {FIELD_SOURCE, "caf\xE9", "source:\"caf\uFFFD\""},
      {FIELD_ACTOR, "the \"Tigers\"", "actor:\"the  Tigers\""},
      {FIELD_ACTOR, "the «Tigers» of „X“", "actor:\"the  Tigers  of  X\""},
      {FIELD_DATE, "1987-03", "date:1987-03"},
      {FIELD_DATE, "1987..", "date:1987.."},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(Node) node = query_value(values[i].field, values[i].value, &error);
    if (node == NULL) fail_msg("\"%s\": %s", values[i].value, error->message);
    g_autofree char *printed = query_print(node);
    assert_string_equal(printed, values[i].printed);
    assert_int_equal(node->start, 0);
    assert_int_equal(node->end, 0);
    assert_prints_back(node, values[i].value);
  }
  static const struct {
    FieldId field;
    const char *value, *fragment;
  } bad[] = {
      {FIELD_COUNTRY, "", "no word in this"},
      {FIELD_ACTOR, "...", "no word in this"},
      {FIELD_ACTOR, "tali*", "wildcards are not supported"},
      {FIELD_DATE, "yesterday", "'yesterday' is no date"},
      {FIELD_DATE, "", "needs a date"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
    g_autoptr(GError) error = NULL;
    assert_null(query_value(bad[i].field, bad[i].value, &error));
    assert_non_null(strstr(error->message, bad[i].fragment));
    assert_int_equal(error->code, SITREP_ERROR_USAGE);
  }
}

static void test_dates(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    Date from, to;
  } good[] = {
      {"1987", {1987, 0, 0}, {1987, 0, 0}},
      {" 1987 ", {1987, 0, 0}, {1987, 0, 0}},
      {"1987-03", {1987, 3, 0}, {1987, 3, 0}},
      {"1987-03-01", {1987, 3, 1}, {1987, 3, 1}},
      {"1987-3-1", {1987, 3, 1}, {1987, 3, 1}},
      {"1987..", {1987, 0, 0}, {0, 0, 0}},
      {"..1990-01-31", {0, 0, 0}, {1990, 1, 31}},
      {"1987-03..1987-03", {1987, 3, 0}, {1987, 3, 0}},
      {"1987-03-31..1987-03", {1987, 3, 31}, {1987, 3, 0}},
      {"1987..1987-01-01", {1987, 0, 0}, {1987, 1, 1}},
      {"[1987 TO 1990]", {1987, 0, 0}, {1990, 0, 0}},
      {"[* TO 1990]", {0, 0, 0}, {1990, 0, 0}},
      {"[1987 TO *]", {1987, 0, 0}, {0, 0, 0}},
      {"0001-01-01..9999-12-31", {1, 1, 1}, {9999, 12, 31}},
      {"2000-02-29", {2000, 2, 29}, {2000, 2, 29}},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(Node) node = query_date(good[i].text, NULL, &error);
    if (node == NULL) fail_msg("\"%s\": %s", good[i].text, error->message);
    assert_int_equal(node->kind, NODE_DATE);
    assert_int_equal(date_compare(node->from, good[i].from), 0);
    assert_int_equal(date_compare(node->to, good[i].to), 0);
    assert_int_equal(node->end, 0);
    assert_prints_back(node, good[i].text);
  }
}

static void test_impossible_dates(void **state)
{
  (void)state;
  static const struct {
    const char *text, *fragment, *place;
  } bad[] = {
      {"", "needs a date", ""},
      {"..", "needs a date", "0+2"},
      {"1987-02-29", "'1987-02-29' is no date", "0+10"},
      {"1900-02-29", "'1900-02-29' is no date", "0+10"},
      {"1987-04-31", "'1987-04-31' is no date", "0+10"},
      {"1987-13-01", "'1987-13-01' is no date", "0+10"},
      {"1987-00-01", "'1987-00-01' is no date", "0+10"},
      {"1987-01-00", "'1987-01-00' is no date", "0+10"},
      {"0000-01-01", "'0000-01-01' is no date", "0+10"},
      {"1987-01-01-01", "'1987-01-01-01' is no date", "0+13"},
      {"12345", "'12345' is no date", "0+5"},
      {"-1987", "'-1987' is no date", "0+5"},
      {"1 March 1987", "'1 March 1987' is no date", "0+12"},
      {"1987 1988", "'1987 1988' is no date", "0+9"},
      {"1988..1987", "ends before it starts", "0+10"},
      {"1987-03-02..1987-03-01", "ends before it starts", "0+22"},
      {"1987-04..1987-03-31", "ends before it starts", "0+19"},
      {"[1987 TO 1990] x", "does not belong to the date", "14+2"},
      {"[1987", "date:[1987 TO 1990]", "0+5"},
      {"[ TO ]", "needs a date", "0+6"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
    g_autoptr(GError) error = NULL;
    Node *node = query_date(bad[i].text, NULL, &error);
    assert_refused(node, error, bad[i].text, bad[i].fragment, bad[i].place);
  }
}

/* ---- joining ---- */

static Node *must_parse(const char *text)
{
  g_autoptr(GError) error = NULL;
  Node *node = parse(text, &error);
  if (node == NULL) fail_msg("\"%s\": %s", text, error->message);
  return node;
}

static void test_join(void **state)
{
  (void)state;
  static const struct {
    NodeKind kind;
    const char *left, *right, *joined; /* "NULL" is NULL */
  } joins[] = {
      {NODE_AND, "a", "b", "a AND b"},
      {NODE_OR, "a", "b", "a OR b"},
      {NODE_AND, "a b", "c", "a AND b AND c"},
      {NODE_AND, "a", "b c", "a AND b AND c"},
      {NODE_AND, "a b", "c d", "a AND b AND c AND d"},
      {NODE_OR, "a OR b", "c OR d", "a OR b OR c OR d"},
      {NODE_AND, "a OR b", "c OR d", "(a OR b) AND (c OR d)"},
      {NODE_OR, "a b", "c d", "(a AND b) OR (c AND d)"},
      {NODE_AND, "-a", "-b", "NOT a AND NOT b"},
      {NODE_OR, "-a", "-b", "NOT a OR NOT b"},
      {NODE_AND, "NULL", "b", "b"},
      {NODE_AND, "a", "NULL", "a"},
      {NODE_OR, "NULL", "b c", "b AND c"},
      {NODE_AND, "", "b", "b"},
      {NODE_AND, "a", "", "a"},
      {NODE_AND, "", "", ""},
      {NODE_AND, "", "NULL", ""},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(joins); i++) {
    Node *left = strcmp(joins[i].left, "NULL") == 0 ? NULL : must_parse(joins[i].left);
    Node *right = strcmp(joins[i].right, "NULL") == 0 ? NULL : must_parse(joins[i].right);
    g_autoptr(Node) joined = node_join(joins[i].kind, left, right);
    g_autofree char *printed = query_print(joined);
    assert_string_equal(printed, joins[i].joined);
    assert_prints_back(joined, joins[i].joined);
  }
  assert_null(node_join(NODE_AND, NULL, NULL));
  node_free(NULL);
}

/* ---- a frequent slip ---- */

static void test_lower_operators(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    gboolean has;
  } queries[] = {
      {"", FALSE},
      {"a b", FALSE},
      {"a AND b", FALSE},
      {"a and b", TRUE},
      {"a or b", TRUE},
      {"not a", TRUE},
      {"or", TRUE},
      {"a And b", FALSE},
      {"\"a and b\"", FALSE},
      {"\"and\"", FALSE},
      {"title:or", FALSE},
      {"sand nor", FALSE},
      {"(a (b or c))", TRUE},
      {"NOT (a NOT or)", TRUE},
      {"date:1987", FALSE},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(queries); i++) {
    g_autoptr(Node) node = must_parse(queries[i].text);
    if (query_has_lower_operator(node) != queries[i].has) fail_msg("\"%s\"", queries[i].text);
  }
}

/* ---- size and depth ---- */

static char *repeated(const char *before, const char *middle, const char *after, gsize times)
{
  GString *text = g_string_new(NULL);
  for (gsize i = 0; i < times; i++) g_string_append(text, before);
  g_string_append(text, middle);
  for (gsize i = 0; i < times; i++) g_string_append(text, after);
  return g_string_free(text, FALSE);
}

static void test_depth(void **state)
{
  (void)state;
  static const struct {
    const char *before, *after;
  } nests[] = {{"(", ")"}, {"NOT ", ""}, {"-", ""}, {"+", ""}, {"-(", ")"}, {"(a OR b (", "))"}};
  for (gsize i = 0; i < G_N_ELEMENTS(nests); i++) {
    g_autofree char *fine = repeated(nests[i].before, "x", nests[i].after, 400);
    g_autoptr(Node) node = must_parse(fine);
    assert_prints_back(node, fine);
    g_autofree char *deep = repeated(nests[i].before, "x", nests[i].after, 100000);
    g_autoptr(GError) error = NULL;
    assert_null(parse(deep, &error));
    assert_non_null(strstr(error->message, "nested too deeply"));
    g_autofree char *open = repeated(nests[i].before, "x", "", 300);
    g_autoptr(Node) unclosed = parse(open, NULL);
    assert_int_equal(unclosed == NULL, strchr(nests[i].before, '(') != NULL);
  }
}

/* A megabyte in any shape is read in a moment. */
static void test_large(void **state)
{
  (void)state;
  static const struct {
    const char *piece;
    gboolean good;
  } shapes[] = {{"a ", TRUE},        {"a OR ", FALSE},
                {"a OR b ", TRUE},   {"-a ", TRUE},
                {"x", TRUE},         {"(a) ", TRUE},
                {"(a OR b) ", TRUE}, {"\"a b\" ", TRUE},
                {"title:a ", TRUE},  {"date:1987 ", TRUE},
                {"a* ", FALSE},      {"中", TRUE},
                {"id:a ", TRUE},     {"date:[1987 TO ", FALSE},
                {"\" ", FALSE},      {"title:(a OR b) ", TRUE},
                {"'a ", TRUE}};
  for (gsize i = 0; i < G_N_ELEMENTS(shapes); i++) {
    gsize times = ((gsize)1 << 20) / strlen(shapes[i].piece) + 1;
    g_autofree char *text = repeated(shapes[i].piece, "", "", times);
    gint64 start = g_get_monotonic_time();
    g_autoptr(Node) node = parse(text, NULL);
    gint64 taken = g_get_monotonic_time() - start;
    if ((node != NULL) != shapes[i].good) fail_msg("\"%s...\"", shapes[i].piece);
    /* Milliseconds in truth; a time that grows with the square takes minutes. */
    if (taken > 10 * G_USEC_PER_SEC)
      fail_msg("\"%s...\" took %" G_GINT64_FORMAT " us", shapes[i].piece, taken);
    if (node == NULL) continue;
    assert_sane(node, text, strlen(text));
    g_autofree char *printed = query_print(node);
    assert_true(strlen(printed) > 1 << 19);
  }
}

/* ---- any text ---- */

static void append_random_piece(GRand *random, GString *text)
{
  static const char *const pieces[] = {"a",
                                       "b",
                                       "kabul",
                                       " ",
                                       " ",
                                       " ",
                                       "  ",
                                       "(",
                                       ")",
                                       "\"",
                                       "“",
                                       "”",
                                       "«",
                                       "AND",
                                       "OR",
                                       "NOT",
                                       " AND ",
                                       " OR ",
                                       "-",
                                       "+",
                                       "title:",
                                       "date:",
                                       "id:",
                                       "url:",
                                       "country:",
                                       "actor:",
                                       "body:",
                                       "1987",
                                       "1987-03",
                                       "..",
                                       "[1987 TO 1990]",
                                       "[",
                                       "]",
                                       " TO ",
                                       "NEAR",
                                       ":",
                                       "*",
                                       "~",
                                       "é",
                                       "中",
                                       "\n",
                                       ".",
                                       "'",
                                       "@",
                                       "/",
                                       "10:30",
                                       "x.y",
                                       "&",
                                       "1990",
                                       "title:(",
                                       "\u00A0",
                                       "=",
                                       "\t",
                                       "ADJ/2"};
  if (g_rand_int_range(random, 0, 60) == 0)
    g_string_append_c(text, (char)g_rand_int_range(random, 1, 256));
  else
    g_string_append(text, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
}

/* Understood, and then it prints back; or refused with a sentence. */
static void check_any(const char *text, guint *understood)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(Node) node = parse(text, &error);
  assert_int_equal(node == NULL, error != NULL);
  if (node == NULL) {
    assert_true(g_utf8_validate(error->message, -1, NULL));
    g_auto(GStrv) lines = g_strsplit(error->message, "\n", -1);
    if (g_strv_length(lines) != 3) fail_msg("\"%s\": %s", text, error->message);
    return;
  }
  ++*understood;
  g_autofree char *valid = g_utf8_make_valid(text, -1);
  assert_sane(node, valid, strlen(valid));
  assert_prints_back(node, text);
}

static void test_random_queries(void **state)
{
  (void)state;
  GRand *random = g_rand_new_with_seed(5);
  guint understood = 0;
  for (guint i = 0; i < 40000; i++) {
    g_autoptr(GString) text = g_string_new(NULL);
    for (gint left = g_rand_int_range(random, 1, 10); left > 0; left--)
      append_random_piece(random, text);
    check_any(text->str, &understood);
  }
  assert_true(understood > 5000);
  g_rand_free(random);
}

static void test_random_bytes(void **state)
{
  (void)state;
  GRand *random = g_rand_new_with_seed(6);
  guint understood = 0;
  for (guint i = 0; i < 20000; i++) {
    char text[64];
    gint len = g_rand_int_range(random, 0, (gint32)sizeof text);
    for (gint b = 0; b < len; b++) text[b] = (char)g_rand_int_range(random, 1, 256);
    text[len] = '\0';
    check_any(text, &understood);
    g_autoptr(Node) date = query_date(text, NULL, NULL);
    if (date != NULL) assert_prints_back(date, text);
    FieldId field = (FieldId)(i % FIELD_COUNT);
    if (!schema_field(field)->facet) continue;
    g_autoptr(Node) value = query_value(field, text, NULL);
    if (value != NULL) assert_prints_back(value, text);
  }
  g_rand_free(random);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_table),
      cmocka_unit_test(test_ill_formed),
      cmocka_unit_test(test_places),
      cmocka_unit_test(test_errors),
      cmocka_unit_test(test_long_errors),
      cmocka_unit_test(test_errors_of_odd_texts),
      cmocka_unit_test(test_error_of_ill_formed_text),
      cmocka_unit_test(test_error_without_place),
      cmocka_unit_test(test_values),
      cmocka_unit_test(test_dates),
      cmocka_unit_test(test_impossible_dates),
      cmocka_unit_test(test_join),
      cmocka_unit_test(test_lower_operators),
      cmocka_unit_test(test_depth),
      cmocka_unit_test(test_large),
      cmocka_unit_test(test_random_queries),
      cmocka_unit_test(test_random_bytes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
