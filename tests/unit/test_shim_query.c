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

static void test_near(void **state)
{
  static const Case cases[] = {
      {"(near a c)", "2 5"},     {"(near c a)", "2 5"},    {"(near/3 a c)", "1 2 5"},
      {"(near a b c)", "1 2 5"}, {"(near b b)", "5"},      {"(near a d)", ""},
      {"(near a)", "1 2 5"},     {"(near a none)", ""},    {"(near)", ""},
      {"(near a zebra)", ""},    {"(near/100 x3 a)", "5"},
  };
  (void)state;
  run_cases(cases, COUNT(cases));
}

static void test_phrase(void **state)
{
  static const Case cases[] = {
      {"(phrase a b)", "1"},    {"(phrase b c)", "1 2"},  {"(phrase c b)", "3 5"},
      {"(phrase a b c)", "1"},  {"(phrase c b a)", ""},   {"(phrase/3 a b)", "1 5"},
      {"(phrase/3 b a)", "2"},  {"(phrase b b)", "5"},    {"(phrase b b b)", "5"},
      {"(phrase b b b b)", ""}, {"(phrase a)", "1 2 5"},  {"(phrase a none)", ""},
      {"(phrase)", ""},         {"(phrase a zebra)", ""}, {"(phrase (and a) b)", "1"},
  };
  (void)state;
  run_cases(cases, COUNT(cases));
}

static void test_phrase_and_near_over_ors(void **state)
{
  static const Case cases[] = {
      {"(phrase (or a c) b)", "1 3 5"},
      {"(phrase a (or b c) (or b c))", "1 5"},
      {"(phrase (or a d) (or e c))", "4 5"},
      {"(phrase (or a (or d zebra)) c)", "5"},
      {"(phrase (or none a) b)", "1"},
      {"(phrase (or a) b)", "1"},
      {"(phrase (or zebra yak) b)", ""},
      {"(near (or a d) (or e c))", "2 4 5"},
      {"(near/4 (or x1 x3) (or a d))", "2"},
      {"(and (phrase (or a c) b) x3)", "5"},
      {"(and-not (phrase (or a c) b) x3)", "1 3"},
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
      {"(synonym (phrase a b) e)", "1 4 6"},
      {"(max a d)", "1 2 4 5"},
      {"(max a)", "1 2 5"},
      {"(max)", ""},
      {"(max none a)", "1 2 5"},
      {"(max (phrase a b) e)", "1 4 6"},
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

/* A window means nothing to the other operators. */
static void test_window_is_ignored(void **state)
{
  static const Case cases[] = {
      {"(and/5 a c)", "1 2 5"},       {"(or/5 a d)", "1 2 4 5"},      {"(and-not/5 b a)", "3"},
      {"(xor/5 a b)", "3"},           {"(and-maybe/5 a d)", "1 2 5"}, {"(filter/5 e x2)", "4"},
      {"(synonym/5 a d)", "1 2 4 5"}, {"(max/5 a d)", "1 2 4 5"},
  };
  (void)state;
  run_cases(cases, COUNT(cases));
}

static void test_too_small_a_window_finds_nothing(void **state)
{
  static const Case cases[] = {
      {"(phrase/1 a b)", ""}, {"(phrase/2 a b c)", ""}, {"(near/1 a c)", ""}};
  (void)state;
  run_cases(cases, COUNT(cases));
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
      {"(phrase (and a b) c)", SHIM_UNIMPLEMENTED},
      {"(phrase c (and a b))", SHIM_UNIMPLEMENTED},
      {"(phrase (phrase a b) c)", SHIM_UNIMPLEMENTED},
      {"(phrase (and-not a b) c)", SHIM_UNIMPLEMENTED},
      {"(phrase (synonym a b) c)", SHIM_UNIMPLEMENTED},
      {"(phrase (max a b) c)", SHIM_UNIMPLEMENTED},
      {"(phrase (scale/2 a) c)", SHIM_UNIMPLEMENTED},
      {"(phrase (prefix x 9) c)", SHIM_UNIMPLEMENTED},
      {"(phrase (range 1 a b) c)", SHIM_UNIMPLEMENTED},
      {"(near (and a b) c)", SHIM_UNIMPLEMENTED},
      {"(near (near a b) c)", SHIM_UNIMPLEMENTED},
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
    assert_finds(db, "(phrase a b)", "1"); /* the database goes on */
  }
  shim_db_free(db);
}

/* Xapian lets pass what is inside an OR, and then finds what it can. */
static void test_unsupported_parts_inside_an_or(void **state)
{
  static const char *const parts[] = {
      "(and a b)",    "(and-not a b)", "(xor a b)",    "(and-maybe a b)",
      "(filter a b)", "(near a b)",    "(phrase a b)", "(synonym a b)",
      "(max a b)",    "(scale/2 a)",   "(prefix x 9)", "(range 1 a b)",
      "all",          "none"};
  (void)state;
  ShimDb *db = corpus();
  static const char *const frames[][2] = {{"(phrase (or d ", ") c)"},
                                          {"(near c (or d ", "))"},
                                          {"(phrase (or b ", ") (or c (or d x1)))"}};
  for (size_t i = 0; i < COUNT(parts) * COUNT(frames); i++) {
    const char *const *frame = frames[i % COUNT(frames)];
    char text[128];
    snprintf(text, sizeof text, "%s%s%s", frame[0], parts[i / COUNT(frames)], frame[1]);
    ShimStatus status = build_and_run(db, text);
    if (status != SHIM_UNIMPLEMENTED && status != SHIM_OPERATION)
      expect_at(SHIM_OK, status, text, __FILE__, __LINE__);
    assert_finds(db, "(phrase a b)", "1");
  }
  shim_db_free(db);
}

static void test_unknown_operator_is_refused(void **state)
{
  (void)state;
  ShimQuery *a = must_query("a"), *query = NULL;
  const ShimQuery *parts[] = {a, a};
  expect(SHIM_INVALID, shim_query_join((ShimOp)(SHIM_MAX + 1), parts, 2, 0, &query));
  assert_null(query);
  shim_query_free(a);
}

static void test_describe(void **state)
{
  (void)state;
  ShimQuery *query = must_query("(filter (phrase a (or b c)) (range 1 x y))");
  char *text = NULL;
  must(shim_query_describe(query, &text));
  assert_string_equal(text, "Query(((a PHRASE 2 (b OR c)) FILTER VALUE_RANGE 1 x y))");
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
      cmocka_unit_test(test_near),
      cmocka_unit_test(test_phrase),
      cmocka_unit_test(test_phrase_and_near_over_ors),
      cmocka_unit_test(test_synonym_and_max_find_what_or_finds),
      cmocka_unit_test(test_scale_finds_the_same),
      cmocka_unit_test(test_range),
      cmocka_unit_test(test_range_from_the_empty_string),
      cmocka_unit_test(test_window_is_ignored),
      cmocka_unit_test(test_too_small_a_window_finds_nothing),
      cmocka_unit_test(test_empty_prefix_is_every_term),
      cmocka_unit_test(test_refused_queries),
      cmocka_unit_test(test_unsupported_parts_inside_an_or),
      cmocka_unit_test(test_unknown_operator_is_refused),
      cmocka_unit_test(test_describe),
  };
  return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
