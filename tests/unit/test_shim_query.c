/* test_shim_query.c - what each kind of query finds. */
#include "shim_test.h"

static const char *const lines[] = {"a b c", "b c a x1", "c b", "d e x2", "a c b b b x3", "e"};
static const char *const values[] = {"a", "b", "c", "d", "", ""}; /* in slot 1 */

static ShimDb *corpus(void)
{
  const char *path = fresh("db");
  ShimDb *db = open_writer(path);
  for (size_t i = 0; i < COUNT(lines); i++) {
    ShimDoc *doc = doc_of(lines[i]);
    set_value(doc, 1, values[i]);
    must(shim_db_add(db, doc, NULL));
    shim_doc_free(doc);
  }
  must(shim_db_commit(db));
  shim_db_free(db);
  return open_reader(path);
}

typedef struct Case {
  const char *query;
  const char *expected; /* documents, ascending */
} Case;

/* Weights must not change what is found. */
static void assert_count(ShimDb *db, const char *text, const char *expected)
{
  uint32_t n = expected[0] != '\0';
  for (const char *c = expected; *c != '\0'; c++) n += *c == ' ';
  ShimQuery *query = must_query(text);
  ShimMatchSpec spec = spec_of(query);
  ShimMatches *matches = NULL;
  must(shim_match(db, &spec, &matches));
  ShimCounts counts = shim_matches_counts(matches);
  assert_int_equal(shim_matches_size(matches), n);
  assert_int_equal(counts.lower, n);
  assert_int_equal(counts.estimated, n);
  assert_int_equal(counts.upper, n);
  shim_matches_free(matches);
  shim_query_free(query);
}

static void run_cases(const Case *cases, size_t n)
{
  ShimDb *db = corpus();
  for (size_t i = 0; i < n; i++) {
    assert_finds(db, cases[i].query, cases[i].expected);
    assert_count(db, cases[i].query, cases[i].expected);
  }
  shim_db_free(db);
}

static void test_leaves(void **state)
{
  static const Case cases[] = {
      {"a", "1 2 5"},
      {"d", "4"},
      {"e", "4 6"},
      {"zebra", ""},
      {"none", ""},
      {"all", "1 2 3 4 5 6"},
      {"(prefix x 3)", "2 4 5"},
      {"(prefix x2 1)", "4"},
      {"(prefix zebra 1)", ""},
      {"(prefix a 1)", "1 2 5"},
  };
  (void)state;
  run_cases(cases, COUNT(cases));
}

static void test_and(void **state)
{
  static const Case cases[] = {
      {"(and a c)", "1 2 5"},
      {"(and a d)", ""},
      {"(and a b x3)", "5"},
      {"(and a)", "1 2 5"},
      {"(and)", ""},
      {"(and a none)", ""},
      {"(and none a)", ""},
      {"(and a zebra)", ""},
      {"(and all a)", "1 2 5"},
      {"(and a a)", "1 2 5"},
      {"(and a (or d x1))", "2"},
      {"(and a (prefix x 9))", "2 5"},
  };
  (void)state;
  run_cases(cases, COUNT(cases));
}

static void test_or(void **state)
{
  static const Case cases[] = {
      {"(or a d)", "1 2 4 5"}, {"(or a d e)", "1 2 4 5 6"},   {"(or)", ""},
      {"(or a)", "1 2 5"},     {"(or none a)", "1 2 5"},      {"(or zebra a)", "1 2 5"},
      {"(or none none)", ""},  {"(or all a)", "1 2 3 4 5 6"}, {"(or (and a d) e)", "4 6"},
  };
  (void)state;
  run_cases(cases, COUNT(cases));
}

static void test_and_not(void **state)
{
  static const Case cases[] = {
      {"(and-not b a)", "3"},
      {"(and-not all a b)", "4 6"},
      {"(and-not b)", "1 2 3 5"},
      {"(and-not none a)", ""},
      {"(and-not a none)", "1 2 5"},
      {"(and-not a all)", ""},
      {"(and-not a a)", ""},
      {"(and-not)", ""},
      {"(and-not all none)", "1 2 3 4 5 6"},
      {"(and-not a zebra)", "1 2 5"},
      {"(and-not all (range 1 a c))", "4 5 6"},
  };
  (void)state;
  run_cases(cases, COUNT(cases));
}

static void test_xor(void **state)
{
  static const Case cases[] = {
      {"(xor a b)", "3"}, {"(xor a b c)", "1 2 5"},  {"(xor a d)", "1 2 4 5"},
      {"(xor a a)", ""},  {"(xor a none)", "1 2 5"}, {"(xor none a)", "1 2 5"},
      {"(xor)", ""},      {"(xor a)", "1 2 5"},      {"(xor all a)", "3 4 6"},
  };
  (void)state;
  run_cases(cases, COUNT(cases));
}

static void test_and_maybe(void **state)
{
  static const Case cases[] = {
      {"(and-maybe a d)", "1 2 5"},         {"(and-maybe none a)", ""},
      {"(and-maybe a none)", "1 2 5"},      {"(and-maybe a b c)", "1 2 5"},
      {"(and-maybe a)", "1 2 5"},           {"(and-maybe)", ""},
      {"(and-maybe all a)", "1 2 3 4 5 6"},
  };
  (void)state;
  run_cases(cases, COUNT(cases));
}

static void test_filter(void **state)
{
  static const Case cases[] = {
      {"(filter a c)", "1 2 5"},         {"(filter e x2)", "4"},    {"(filter e x2 d)", "4"},
      {"(filter e x2 a)", ""},           {"(filter e)", "4 6"},     {"(filter e none)", ""},
      {"(filter none e)", ""},           {"(filter all e)", "4 6"}, {"(filter)", ""},
      {"(filter a (range 1 b *))", "2"},
  };
  (void)state;
  run_cases(cases, COUNT(cases));
}

static void test_synonym_and_max_find_what_or_finds(void **state)
{
  static const Case cases[] = {
      {"(synonym a d)", "1 2 4 5"},
      {"(synonym a)", "1 2 5"},
      {"(synonym)", ""},
      {"(synonym none a)", "1 2 5"},
      {"(synonym (and a x1) e)", "2 4 6"},
      {"(max a d)", "1 2 4 5"},
      {"(max a)", "1 2 5"},
      {"(max)", ""},
      {"(max none a)", "1 2 5"},
      {"(max (and a x1) e)", "2 4 6"},
  };
  (void)state;
  run_cases(cases, COUNT(cases));
}

static void test_scale_finds_the_same(void **state)
{
  static const Case cases[] = {
      {"(scale/2 a)", "1 2 5"},
      {"(scale/0 a)", "1 2 5"},
      {"(scale/0.5 (or a d))", "1 2 4 5"},
      {"(scale/3 none)", ""},
      {"(and (scale/0 b) (scale/2 a))", "1 2 5"},
  };
  (void)state;
  run_cases(cases, COUNT(cases));
}

static void test_range(void **state)
{
  static const Case cases[] = {
      {"(range 1 a b)", "1 2"},       {"(range 1 b b)", "2"},
      {"(range 1 aa c)", "2 3"},      {"(range 1 c b)", ""},
      {"(range 1 * b)", "1 2"},       {"(range 1 * z)", "1 2 3 4"},
      {"(range 1 c *)", "3 4"},       {"(range 1 0 *)", "1 2 3 4"},
      {"(range 1 z *)", ""},          {"(range 1 * 0)", ""},
      {"(range 9 a b)", ""},          {"(range 9 a *)", ""},
      {"(range 9 * z)", ""},          {"(range 1 * *)", "1 2 3 4 5 6"},
      {"(and e (range 1 d *))", "4"},
  };
  (void)state;
  run_cases(cases, COUNT(cases));
}

static void test_range_from_the_empty_string(void **state)
{
  (void)state;
  static const struct {
    const char *low, *high, *expected;
  } cases[] = {
      {"", NULL, "1 2 3 4"}, {"", "b", "1 2"}, {"", "", ""}, {NULL, "", ""}, {"a", "", ""},
  };
  ShimDb *db = corpus();
  for (size_t i = 0; i < COUNT(cases); i++) {
    ShimQuery *query = NULL;
    const char *low = cases[i].low, *high = cases[i].high;
    must(shim_query_range(1, low, low == NULL ? 0 : strlen(low), high,
                          high == NULL ? 0 : strlen(high), &query));
    ShimMatchSpec spec = spec_of(query);
    assert_hits(db, &spec, cases[i].expected);
    shim_query_free(query);
  }
  shim_db_free(db);
}

static void test_empty_prefix_is_every_term(void **state)
{
  (void)state;
  ShimDb *db = corpus();
  ShimQuery *query = NULL;
  must(shim_query_prefix(BYTES(""), 8, &query));
  ShimMatchSpec spec = spec_of(query);
  spec.weighting = SHIM_BOOL;
  assert_hits(db, &spec, "1 2 3 4 5 6");
  shim_query_free(query);
  shim_db_free(db);
}

/* ---- what is refused ---- */

/* Building it or running it fails; which of the two is up to Xapian. */
static ShimStatus build_and_run(ShimDb *db, const char *text)
{
  ShimQuery *const untouched = (ShimQuery *)&lines, *query = untouched;
  ShimMatches *matches = NULL;
  ShimStatus status = query_of(text, &query);
  if (status != SHIM_OK) {
    assert_ptr_equal(query, untouched);
    return status;
  }
  ShimMatchSpec spec = spec_of(query);
  status = shim_match(db, &spec, &matches);
  if (status != SHIM_OK) assert_null(matches);
  shim_matches_free(matches);
  shim_query_free(query);
  return status;
}

static void test_refused_queries(void **state)
{
  static const struct {
    const char *query;
    ShimStatus status;
  } cases[] = {
      {"(synonym (range 1 a b) a)", SHIM_OPERATION},
      {"(prefix x 2)", SHIM_EXPANSION},
      {"(and a (prefix x 2))", SHIM_EXPANSION},
      {"(prefix x 0)", SHIM_INVALID},
      {"(scale/-1 a)", SHIM_INVALID},
  };
  (void)state;
  ShimDb *db = corpus();
  for (size_t i = 0; i < COUNT(cases); i++) {
    expect_at(cases[i].status, build_and_run(db, cases[i].query), cases[i].query, __FILE__,
              __LINE__);
    assert_finds(db, "(and a x1)", "2"); /* the database goes on */
  }
  shim_db_free(db);
}

static void test_describe(void **state)
{
  (void)state;
  ShimQuery *query = must_query("(test 2 t (filter (and a (or b c)) (range 1 x y)))");
  char *text = NULL;
  must(shim_query_describe(query, &text));
  assert_string_equal(
      text, "Query((((a AND (b OR c)) FILTER VALUE_RANGE 1 x y) FILTER PostingSource(TEST 2)))");
  free(text);
  shim_query_free(query);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_leaves),
      cmocka_unit_test(test_and),
      cmocka_unit_test(test_or),
      cmocka_unit_test(test_and_not),
      cmocka_unit_test(test_xor),
      cmocka_unit_test(test_and_maybe),
      cmocka_unit_test(test_filter),
      cmocka_unit_test(test_synonym_and_max_find_what_or_finds),
      cmocka_unit_test(test_scale_finds_the_same),
      cmocka_unit_test(test_range),
      cmocka_unit_test(test_range_from_the_empty_string),
      cmocka_unit_test(test_empty_prefix_is_every_term),
      cmocka_unit_test(test_refused_queries),
      cmocka_unit_test(test_describe),
  };
  return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
