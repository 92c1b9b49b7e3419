/* test_shim_match.c - order, weights, cutoffs, collapsing, windows; and expansion. */
#include "shim_test.h"

enum { YEAR, PLACE };

typedef struct Row {
  const char *words, *year, *place;
} Row;

/* Document 1 says "news" most often, relative to its length, and 7 least. */
static const Row rows[] = {
    {"news news news", "2021", "paris"},
    {"news news war", "2019", "london"},
    {"news war peace", "", "paris"},
    {"news war peace talks", "2023", ""},
    {"news war peace talks again", "2019", "paris"},
    {"news war peace talks again now", "\xff\xff", "london"},
    {"news war peace talks again now then", "", "paris"},
    {"other", "2020", "rome"},
};

static ShimDb *news(void)
{
  const char *path = fresh("news");
  ShimDb *db = open_writer(path);
  for (size_t i = 0; i < COUNT(rows); i++) {
    ShimDoc *doc = doc_of(rows[i].words);
    set_value(doc, YEAR, rows[i].year);
    set_value(doc, PLACE, rows[i].place);
    must(shim_db_add(db, doc, NULL));
    shim_doc_free(doc);
  }
  must(shim_db_commit(db));
  shim_db_free(db);
  return open_reader(path);
}

/* ---- order ---- */

static void test_order(void **state)
{
  static const struct {
    ShimWeighting weighting;
    ShimSort sort;
    bool newest_docid_first;
    const char *expected;
  } cases[] = {
      {SHIM_BM25, SHIM_SORT_RELEVANCE, false, "1 2 3 4 5 6 7"},
      {SHIM_BM25, SHIM_SORT_RELEVANCE, true, "1 2 3 4 5 6 7"},
      {SHIM_BOOL, SHIM_SORT_RELEVANCE, false, "1 2 3 4 5 6 7"},
      {SHIM_BOOL, SHIM_SORT_RELEVANCE, true, "7 6 5 4 3 2 1"},
      {SHIM_BM25, SHIM_SORT_VALUE_DOWN, false, "6 4 1 2 5 3 7"},
      {SHIM_BOOL, SHIM_SORT_VALUE_DOWN, false, "6 4 1 2 5 3 7"},
      {SHIM_BOOL, SHIM_SORT_VALUE_DOWN, true, "6 4 1 5 2 7 3"},
      {SHIM_BM25, SHIM_SORT_VALUE_UP, false, "2 5 1 4 6 3 7"},
      {SHIM_BOOL, SHIM_SORT_VALUE_UP, false, "2 5 1 4 6 3 7"},
      {SHIM_BOOL, SHIM_SORT_VALUE_UP, true, "5 2 1 4 6 7 3"},
  };
  (void)state;
  ShimDb *db = news();
  ShimQuery *query = must_query("news");
  for (size_t i = 0; i < COUNT(cases); i++) {
    ShimMatchSpec spec = spec_of(query);
    spec.weighting = cases[i].weighting;
    spec.sort = cases[i].sort;
    spec.sort_slot = YEAR;
    spec.newest_docid_first = cases[i].newest_docid_first;
    assert_hits(db, &spec, cases[i].expected);
  }
  shim_query_free(query);
  shim_db_free(db);
}

static void test_sort_by_a_slot_without_values(void **state)
{
  (void)state;
  ShimDb *db = news();
  ShimQuery *query = must_query("news");
  ShimMatchSpec spec = spec_of(query);
  spec.sort_slot = 9;
  spec.sort = SHIM_SORT_VALUE_DOWN;
  assert_hits(db, &spec, "1 2 3 4 5 6 7");
  spec.sort = SHIM_SORT_VALUE_UP;
  assert_hits(db, &spec, "1 2 3 4 5 6 7");
  shim_query_free(query);
  shim_db_free(db);
}

/* ---- weights ---- */

/* The weight of one document; -1 when it is not found. */
static double weight_of(ShimDb *db, const char *text, ShimWeighting weighting, uint32_t docid)
{
  ShimQuery *query = must_query(text);
  ShimMatchSpec spec = spec_of(query);
  spec.weighting = weighting;
  ShimMatches *matches = NULL;
  must(shim_match(db, &spec, &matches));
  double weight = -1;
  for (uint32_t i = 0; i < shim_matches_size(matches); i++)
    if (shim_matches_hit(matches, i).docid == docid) weight = shim_matches_hit(matches, i).weight;
  shim_matches_free(matches);
  shim_query_free(query);
  return weight;
}

static double weight(ShimDb *db, const char *text)
{
  return weight_of(db, text, SHIM_BM25, 5);
}

static void assert_near(double found, double wanted)
{
  if (found > wanted - 1e-9 && found < wanted + 1e-9) return;
  fail_msg("%g instead of %g", found, wanted);
}

static void test_operators_weigh(void **state)
{
  (void)state;
  ShimDb *db = news();
  double talks = weight(db, "talks"), again = weight(db, "again"), both = talks + again;
  assert_true(talks > 0 && again > talks); /* the rarer word weighs more */
  assert_near(weight(db, "(and talks again)"), both);
  assert_near(weight(db, "(or talks again)"), both);
  assert_near(weight(db, "(test 0 20 (and talks again))"), both);
  assert_near(weight(db, "(and-maybe talks again)"), both);
  assert_near(weight(db, "(and-not talks other)"), talks);
  assert_near(weight(db, "(filter talks again)"), talks);
  assert_near(weight(db, "(max talks again)"), again);
  assert_near(weight(db, "(scale/2 talks)"), 2 * talks);
  assert_near(weight(db, "(scale/0 talks)"), 0);
  assert_near(weight(db, "(and (scale/0 talks) again)"), again);
  assert_near(weight(db, "all"), 0);
  assert_near(weight(db, "(range 0 2019 2019)"), 0);
  double synonym = weight(db, "(synonym again zebra)");
  assert_near(synonym, again);
  assert_true(weight(db, "(synonym again talks)") < both);
  assert_near(weight_of(db, "(or talks again)", SHIM_BOOL, 5), 0);
  shim_db_free(db);
}

static void test_defaults_are_those_of_xapian(void **state)
{
  (void)state;
  ShimMatchSpec spec;
  memset(&spec, 0x5a, sizeof spec);
  shim_match_defaults(&spec);
  assert_null(spec.query);
  assert_int_equal(spec.weighting, SHIM_BM25);
  assert_int_equal(spec.sort, SHIM_SORT_RELEVANCE);
  assert_false(spec.collapse || spec.newest_docid_first || spec.check_all);
  assert_int_equal(spec.max, 0);
  assert_near(spec.k1, 1);
  assert_near(spec.k2, 0);
  assert_near(spec.k3, 1);
  assert_near(spec.b, 0.5);
  assert_near(spec.min_normlen, 0.5);
}

static void test_parameters_of_bm25_count(void **state)
{
  (void)state;
  ShimDb *db = news();
  ShimQuery *query = must_query("(or news peace)");
  ShimMatchSpec spec = spec_of(query);
  assert_hits(db, &spec, "3 4 5 6 7 1 2");
  spec.b = 0; /* lengths no longer count: ties by number */
  spec.k1 = 0;
  assert_hits(db, &spec, "3 4 5 6 7 1 2");
  spec.k1 = -1; /* Xapian takes it for 0 */
  assert_hits(db, &spec, "3 4 5 6 7 1 2");
  shim_query_free(query);
  shim_db_free(db);
}

/* ---- cutoffs ---- */

static void test_cutoffs(void **state)
{
  (void)state;
  ShimDb *db = news();
  ShimQuery *query = must_query("(or news then now)");
  ShimMatchSpec spec = spec_of(query);
  spec.percent_cutoff = 100;
  assert_hits(db, &spec, "7");
  spec.percent_cutoff = 1;
  assert_hits(db, &spec, "7 6 1 2 3 4 5");
  spec.percent_cutoff = 0;
  spec.weight_cutoff = 1000;
  assert_hits(db, &spec, "");
  spec.weight_cutoff = weight_of(db, "(or news then now)", SHIM_BM25, 6);
  assert_hits(db, &spec, "7 6");
  shim_query_free(query);
  shim_db_free(db);
}

/* ---- collapse ---- */

static void test_collapse(void **state)
{
  static const struct {
    uint32_t max;
    const char *expected;
  } cases[] = {{1, "1 2 4"}, {2, "1 2 3 4 6"}, {3, "1 2 3 4 5 6"}, {4, "1 2 3 4 5 6 7"}};
  (void)state;
  ShimDb *db = news();
  ShimQuery *query = must_query("news");
  ShimMatchSpec spec = spec_of(query);
  spec.collapse = true;
  spec.collapse_slot = PLACE;
  for (size_t i = 0; i < COUNT(cases); i++) {
    spec.collapse_max = cases[i].max;
    assert_hits(db, &spec, cases[i].expected);
  }
  spec.collapse_max = 1;
  spec.sort = SHIM_SORT_VALUE_DOWN;
  spec.sort_slot = YEAR;
  assert_hits(db, &spec, "6 4 1"); /* the best is the first of the sort */
  shim_query_free(query);
  shim_db_free(db);
}

static void test_collapse_counts(void **state)
{
  (void)state;
  ShimDb *db = news();
  ShimQuery *query = must_query("news");
  ShimMatchSpec spec = spec_of(query);
  ShimMatches *matches = NULL;
  spec.collapse = true;
  spec.collapse_slot = PLACE;
  spec.collapse_max = 1;
  must(shim_match(db, &spec, &matches));
  static const uint32_t collapsed[] = {3, 1, 0}; /* of paris, london, nowhere */
  for (uint32_t i = 0; i < COUNT(collapsed); i++)
    assert_int_equal(shim_matches_hit(matches, i).collapsed, collapsed[i]);
  shim_matches_free(matches);
  spec.collapse = false;
  must(shim_match(db, &spec, &matches));
  for (uint32_t i = 0; i < shim_matches_size(matches); i++)
    assert_int_equal(shim_matches_hit(matches, i).collapsed, 0);
  shim_matches_free(matches);
  shim_query_free(query);
  shim_db_free(db);
}

/* ---- window ---- */

static void test_window(void **state)
{
  static const struct {
    uint32_t first, max;
    const char *expected;
  } cases[] = {{0, 2, "1 2"}, {2, 3, "3 4 5"}, {6, 5, "7"},           {7, 5, ""},
               {100, 5, ""},  {0, 0, ""},      {5, UINT32_MAX, "6 7"}};
  (void)state;
  ShimDb *db = news();
  ShimQuery *query = must_query("news");
  for (size_t i = 0; i < COUNT(cases); i++) {
    ShimMatchSpec spec = spec_of(query);
    spec.first = cases[i].first;
    spec.max = cases[i].max;
    assert_hits(db, &spec, cases[i].expected);
  }
  shim_query_free(query);
  shim_db_free(db);
}

static void test_hit_outside_the_window(void **state)
{
  (void)state;
  ShimDb *db = news();
  ShimQuery *query = must_query("other");
  ShimMatchSpec spec = spec_of(query);
  ShimMatches *matches = NULL;
  must(shim_match(db, &spec, &matches));
  shim_query_free(query);
  shim_db_free(db); /* matches need neither */
  assert_int_equal(shim_matches_size(matches), 1);
  assert_int_equal(shim_matches_hit(matches, 0).docid, 8);
  assert_int_equal(shim_matches_hit(matches, 1).docid, 0);
  assert_int_equal(shim_matches_hit(matches, UINT32_MAX).docid, 0);
  shim_matches_free(matches);
}

/* ---- the rest ---- */

static void test_match_without_a_query(void **state)
{
  (void)state;
  ShimDb *db = news();
  ShimMatchSpec spec = spec_of(NULL);
  ShimMatches *matches = NULL;
  expect(SHIM_INVALID, shim_match(db, &spec, &matches));
  assert_null(matches);
  shim_db_free(db);
}

static void test_match_sees_what_is_not_committed(void **state)
{
  (void)state;
  ShimDb *db = open_writer(fresh("db"));
  add_words(db, "a");
  add_words(db, "a b");
  assert_finds(db, "a", "1 2");
  assert_finds(db, "(and a b)", "2");
  shim_db_free(db);
}

/* ---- expansion ---- */

typedef struct Terms {
  char text[256];
  double last_weight;
} Terms;

static void collect(void *context, const char *term, size_t len, double weight_of_term)
{
  Terms *terms = context;
  assert_true(terms->text[0] == '\0' || weight_of_term <= terms->last_weight);
  assert_true(weight_of_term > 0);
  terms->last_weight = weight_of_term;
  append_word(terms->text, sizeof terms->text, term, len);
}

static ShimStatus expand(ShimDb *db, const uint32_t *docids, size_t n, uint32_t max,
                         const char *scheme, Terms *terms)
{
  memset(terms, 0, sizeof *terms);
  return shim_expand(db, docids, n, max, scheme, collect, terms);
}

static void test_expand(void **state)
{
  (void)state;
  static const char *const schemes[] = {"trad", "bo1"};
  static const uint32_t relevant[] = {6, 7}, nothing[] = {99};
  ShimDb *db = news();
  Terms terms;
  for (size_t i = 0; i < COUNT(schemes); i++) {
    must(expand(db, relevant, 2, 100, schemes[i], &terms));
    assert_int_equal(strncmp(terms.text, "now ", 4), 0);
    assert_null(strstr(terms.text, "other"));
    must(expand(db, relevant, 2, 1, schemes[i], &terms));
    assert_string_equal(terms.text, "now");
    must(expand(db, relevant, 2, 0, schemes[i], &terms));
    assert_string_equal(terms.text, "");
    must(expand(db, relevant, 0, 5, schemes[i], &terms));
    assert_string_equal(terms.text, "");
    expect(SHIM_NOT_FOUND, expand(db, nothing, 1, 5, schemes[i], &terms));
    assert_string_equal(terms.text, "");
  }
  shim_db_free(db);
}

static void test_expand_refuses(void **state)
{
  (void)state;
  static const uint32_t zero[] = {0}, one[] = {1};
  ShimDb *db = news();
  Terms terms;
  expect(SHIM_INVALID, expand(db, zero, 1, 5, "trad", &terms));
  expect(SHIM_INVALID, expand(db, one, 1, 5, "no such scheme", &terms));
  assert_string_equal(terms.text, "");
  shim_db_free(db);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_order),
      cmocka_unit_test(test_sort_by_a_slot_without_values),
      cmocka_unit_test(test_operators_weigh),
      cmocka_unit_test(test_defaults_are_those_of_xapian),
      cmocka_unit_test(test_parameters_of_bm25_count),
      cmocka_unit_test(test_cutoffs),
      cmocka_unit_test(test_collapse),
      cmocka_unit_test(test_collapse_counts),
      cmocka_unit_test(test_window),
      cmocka_unit_test(test_hit_outside_the_window),
      cmocka_unit_test(test_match_without_a_query),
      cmocka_unit_test(test_match_sees_what_is_not_committed),
      cmocka_unit_test(test_expand),
      cmocka_unit_test(test_expand_refuses),
  };
  return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
