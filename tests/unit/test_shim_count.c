/* test_shim_count.c - how many documents match. */
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
      {"(test 0 7 even)", 82},
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

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_counts),
  };
  return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
