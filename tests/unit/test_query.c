/* test_query.c - searcher/query.h: trees, options, joining, size */
#include "query_test.h"

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
    {"id:near5:x id:\"atleast2:x\"", "id:near5:x AND id:atleast2:x"},
    {"url:(http://a.org OR http://b.org)", "url:http://a.org OR url:http://b.org"},
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
      {FIELD_ACTOR, "tali*", "a phrase has no patterns"},
      {FIELD_DATE, "tomorrow", "'tomorrow' is no date"},
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
    g_autoptr(Node) node = query_date(good[i].text, &test_today, &error);
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
      {"1987-13", "the calendar has none such", "0+7"},
      {"1988..1987", "ends before it starts", "0+10"},
      {"1987-03-02..1987-03-01", "ends before it starts", "0+22"},
      {"1987-04..1987-03-31", "ends before it starts", "0+19"},
      {"[1987 TO 1990] x", "date:[1987 TO 1990]", "0+16"},
      {"[1987", "date:[1987 TO 1990]", "0+5"},
      {"[ TO ]", "needs a date", "0+6"},
  };
  gboolean ok = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
    g_autoptr(GError) error = NULL;
    Node *node = query_date(bad[i].text, &test_today, &error);
    if (!refused_well(node, error, bad[i].text, bad[i].fragment, bad[i].place)) ok = FALSE;
  }
  assert_true(ok);
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
      {"\"a and b\"~5", FALSE},
      {"a or \"a and b\"~5", TRUE},
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
    gsize levels, inner; /* in each; of something else in the innermost */
  } nests[] = {{"(", ")", 1, 0},
               {"NOT ", "", 1, 0},
               {"-", "", 1, 0},
               {"+", "", 1, 0},
               {"-(", ")", 2, 0},
               {"(a OR b (", "))", 2, 0},
               {"(a OR b ", ")", 1, 0},
               {"(a NEAR b OR NOT c ", ")", 1, 1},
               {"((a^2 OR b) ", ")^1.001", 1, 1},
               {"(a AND -", ")", 2, 0}};
  for (gsize i = 0; i < G_N_ELEMENTS(nests); i++) {
    gsize most = (QUERY_DEPTH_MAX - nests[i].inner) / nests[i].levels;
    g_autofree char *fine = repeated(nests[i].before, "x", nests[i].after, most);
    g_autoptr(Node) node = must_parse(fine);
    assert_prints_back(node, fine);
    g_autofree char *deep = repeated(nests[i].before, "x", nests[i].after, most + 1);
    g_autoptr(GError) error = NULL;
    assert_null(parse(deep, &error));
    assert_non_null(strstr(error->message, "nested too deeply"));
    g_autofree char *deeper = repeated(nests[i].before, "x", nests[i].after, 100000);
    assert_null(parse(deeper, NULL));
    g_autofree char *open = repeated(nests[i].before, "x", "", 300);
    g_autoptr(Node) unclosed = parse(open, NULL);
    assert_int_equal(unclosed == NULL, strchr(nests[i].before, '(') != NULL);
  }
}

/* A quarter of a megabyte in any shape is read in a moment. */
static void test_large(void **state)
{
  (void)state;
  static const struct {
    const char *piece;
    gboolean good;
  } shapes[] = {{"a ", TRUE},
                {"a OR ", FALSE},
                {"a OR b ", TRUE},
                {"-a ", TRUE},
                {"x", TRUE},
                {"(a) ", TRUE},
                {"(a OR b) ", TRUE},
                {"\"a b\" ", TRUE},
                {"title:a ", TRUE},
                {"date:1987 ", TRUE},
                {"a* ", TRUE},
                {"中", TRUE},
                {"id:a ", TRUE},
                {"date:[1987 TO ", FALSE},
                {"\" ", FALSE},
                {"title:(a OR b) ", TRUE},
                {"'a ", TRUE},
                {"‘a ", TRUE},
                {"/a|b/ ", TRUE},
                {"/a ", FALSE},
                {"a~ ", TRUE},
                {"=a ", TRUE},
                {"@mek ", TRUE},
                {"@\"mek ", FALSE},
                {"a^2 ", TRUE},
                {"a NEAR b ", TRUE},
                {"a NEAR ", FALSE},
                {"\"a b\"~5 ", TRUE},
                {"near5:(a b) ", TRUE},
                {"near5:(", FALSE},
                {"near5:\"a ", FALSE},
                {"\"(a OR b) c\"~5 ", TRUE},
                {"atleast3:a ", TRUE},
                {"atleast3:", FALSE},
                {"has:actor ", TRUE},
                {"date:30d.. ", TRUE},
                {"(a OR b)^2 ", TRUE},
                {"a.. ", TRUE},
                {"... ", FALSE},
                {"a: ", FALSE},
                {"(a NEAR (b OR c)) ", TRUE},
                {"*a?b", TRUE},
                {"a'*", TRUE},
                {"a-", TRUE},
                {"\\", FALSE}};
  for (gsize i = 0; i < G_N_ELEMENTS(shapes); i++) {
    gsize times = ((gsize)1 << 18) / strlen(shapes[i].piece) + 1;
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
    assert_true(strlen(printed) > 1 << 17);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_table),  cmocka_unit_test(test_ill_formed),
      cmocka_unit_test(test_places), cmocka_unit_test(test_values),
      cmocka_unit_test(test_dates),  cmocka_unit_test(test_impossible_dates),
      cmocka_unit_test(test_join),   cmocka_unit_test(test_lower_operators),
      cmocka_unit_test(test_depth),  cmocka_unit_test(test_large),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
