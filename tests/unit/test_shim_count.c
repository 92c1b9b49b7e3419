/* test_shim_count.c - how many documents match, and spies, which see each of them. */
#include "shim_test.h"

enum { CROWD = 1000 };

/* Every second document is even, every third a multiple of three. */
static ShimDb *crowd(void)
{
  const char *path = fresh("crowd");
  ShimDb *db = open_writer(path);
  for (int i = 1; i <= CROWD; i++) {
    char text[64], value[16];
    snprintf(text, sizeof text, "all%s%s", i % 2 == 0 ? " even" : "", i % 3 == 0 ? " three" : "");
    snprintf(value, sizeof value, "%04d", i);
    ShimDoc *doc = doc_of(text);
    set_value(doc, 0, i % 7 == 0 ? "" : value);
    set_value(doc, 1, i % 5 == 0 ? "five" : "not");
    must(shim_db_add(db, doc, NULL));
    shim_doc_free(doc);
  }
  must(shim_db_commit(db));
  shim_db_free(db);
  return open_reader(path);
}

static void assert_counts(ShimDb *db, const ShimMatchSpec *spec, uint32_t exact)
{
  ShimMatches *matches = NULL;
  must(shim_match(db, spec, &matches));
  ShimCounts counts = shim_matches_counts(matches);
  assert_true(counts.lower <= counts.estimated && counts.estimated <= counts.upper);
  assert_true(counts.lower <= exact && exact <= counts.upper);
  if (spec->check_all) assert_int_equal(counts.lower, counts.upper);
  shim_matches_free(matches);
}

static void test_counts(void **state)
{
  static const struct {
    const char *query;
    uint32_t exact;
  } cases[] = {
      {"all", CROWD},
      {"even", 500},
      {"three", 333},
      {"(and even three)", 166},
      {"(or even three)", 667},
      {"(xor even three)", 501},
      {"(and-not even three)", 334},
      {"(phrase even three)", 166},
      {"(range 0 0100 0199)", 86},
      {"(and even (range 0 0100 0199))", 43},
      {"(synonym even three)", 667},
      {"(prefix e 5)", 500},
      {"none", 0},
  };
  (void)state;
  ShimDb *db = crowd();
  for (size_t i = 0; i < COUNT(cases); i++) {
    ShimQuery *query = must_query(cases[i].query);
    for (int variant = 0; variant < 8; variant++) {
      ShimMatchSpec spec = spec_of(query);
      spec.check_all = variant & 1;
      spec.weighting = variant & 2 ? SHIM_BOOL : SHIM_BM25;
      spec.sort = variant & 4 ? SHIM_SORT_VALUE_UP : SHIM_SORT_RELEVANCE;
      spec.max = (uint32_t)variant;
      spec.time_limit = variant & 1 ? 0 : 100;
      assert_counts(db, &spec, cases[i].exact);
      spec.check_at_least = 10;
      assert_counts(db, &spec, cases[i].exact);
    }
    shim_query_free(query);
  }
  shim_db_free(db);
}

/* ---- spies ---- */

typedef struct Seen {
  size_t calls, empty;
  uint8_t times[CROWD + 1];
} Seen;

static void see(void *context, const char *value, size_t len)
{
  Seen *seen = context;
  char number[16] = "";
  seen->calls++;
  if (len == 0) {
    seen->empty++;
    return;
  }
  assert_true(len == 4);
  memcpy(number, value, len);
  seen->times[atoi(number)]++;
}

/* Spies on the even ones; `spec` says how they are searched. */
static void assert_spy_sees_the_even(ShimDb *db, ShimMatchSpec spec)
{
  static Seen seen;
  memset(&seen, 0, sizeof seen);
  spec.check_all = true;
  spec.spy = see;
  spec.spy_slot = 0;
  spec.spy_context = &seen;
  ShimMatches *matches = NULL;
  must(shim_match(db, &spec, &matches));
  shim_matches_free(matches);
  assert_int_equal(seen.calls, CROWD / 2);
  assert_int_equal(seen.empty, CROWD / 14);
  for (int i = 1; i <= CROWD; i++)
    assert_int_equal(seen.times[i], i % 2 == 0 && i % 7 != 0 ? 1 : 0);
}

static void test_spy_sees_each_match_once(void **state)
{
  (void)state;
  ShimDb *db = crowd();
  ShimQuery *query = must_query("(or even (and even three))");
  for (int variant = 0; variant < 24; variant++) {
    ShimMatchSpec spec = spec_of(query);
    spec.weighting = variant & 1 ? SHIM_BOOL : SHIM_BM25;
    spec.max = variant & 2 ? 1 : 0;
    spec.first = variant & 4 ? 3 : 0;
    spec.sort = (ShimSort)(variant / 8);
    spec.newest_docid_first = variant & 1;
    assert_spy_sees_the_even(db, spec);
  }
  shim_query_free(query);
  shim_db_free(db);
}

static void test_spy_sees_what_is_collapsed(void **state)
{
  (void)state;
  ShimDb *db = crowd();
  ShimQuery *query = must_query("even");
  ShimMatchSpec spec = spec_of(query);
  spec.collapse = true;
  spec.collapse_slot = 1;
  spec.collapse_max = 1;
  spec.max = 10;
  assert_spy_sees_the_even(db, spec);
  shim_query_free(query);
  shim_db_free(db);
}

static void count_call(void *context, const char *value, size_t len)
{
  (void)value, (void)len;
  ++*(size_t *)context;
}

static void test_spy_over_several_databases(void **state)
{
  (void)state;
  static const char *const one[] = {"a", "b", "a"}, *const two[] = {"a", "a b"};
  const char *const paths[] = {make_db(one, COUNT(one)), make_db(two, COUNT(two))};
  ShimDb *db = NULL;
  must(shim_db_open_many(paths, 2, &db));
  ShimQuery *query = must_query("a");
  ShimMatchSpec spec = spec_of(query);
  size_t calls = 0;
  spec.spy = count_call;
  spec.spy_context = &calls;
  assert_hits(db, &spec, "1 2 5 4");
  assert_int_equal(calls, 4);
  shim_query_free(query);
  shim_db_free(db);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_counts),
      cmocka_unit_test(test_spy_sees_each_match_once),
      cmocka_unit_test(test_spy_sees_what_is_collapsed),
      cmocka_unit_test(test_spy_over_several_databases),
  };
  return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
