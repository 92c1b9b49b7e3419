/* test_shim_limit.c - shim/limit.h: searches that may not take longer. */
#include "../../shim/limit.h"
#include "../../shim/set.h"
#include "shim_test.h"

static void test_searches_end_with_their_time(void **state)
{
  (void)state;
  ShimDb *db = open_writer(fresh("db"));
  ShimSet *set = NULL;
  for (int i = 0; i < 3; i++) {
    ShimDoc *doc = doc_of("a b");
    must(shim_db_add(db, doc, NULL));
    shim_doc_free(doc);
  }
  must(shim_db_commit(db));
  ShimQuery *query = must_query("(or a b)");
  must(shim_check_limit());
  shim_time_limit(1e-9);
  expect(SHIM_TIMEOUT, shim_check_limit());
  expect(SHIM_TIMEOUT, shim_set_find(db, query, &set));
  assert_non_null(strstr(shim_message(), "longer"));
  shim_time_limit(1e9);
  must(shim_check_limit());
  must(shim_set_find(db, query, &set));
  assert_int_equal(shim_set_size(set), 3);
  shim_set_free(set);
  shim_time_limit(1e-9);
  shim_time_limit(0); /* taken back */
  must(shim_set_find(db, query, &set));
  shim_set_free(set);
  shim_query_free(query);
  shim_db_free(db);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_searches_end_with_their_time)};
  return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
