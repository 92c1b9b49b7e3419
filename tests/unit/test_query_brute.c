/* test_query_brute.c - random queries of the whole grammar, searched for and found by brute force
 */
#include "fixture.h"
#include "query_random.h"
#include "query_test.h"

/* Sanitizers make each a dozen times as slow, and another run asks all of them. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED
#endif
#endif
#ifdef SANITIZED
enum { QUERIES = 1000, SEED = 11 };
#else
enum { QUERIES = 10000, SEED = 11 };
#endif

/* NULL when the search finds what brute force does, else both answers; `found` counts. */
static char *difference(const Fixture *fixture, const Node *tree, guint *found)
{
  g_autofree char *query = query_print(tree);
  g_autoptr(GError) error = NULL;
  g_autofree char *searched = fixture_ask(fixture, query, &error);
  g_autoptr(GPtrArray) ids = brute_find(fixture->brute, tree);
  g_autofree char *wanted = fixture_join_ids(ids);
  *found = ids->len;
  if (g_strcmp0(searched, wanted) == 0) return NULL;
  return g_strdup_printf("the search finds [%s], brute force [%s]",
                         searched == NULL ? error->message : searched, wanted);
}

static gboolean differs(const Fixture *fixture, const Node *tree)
{
  guint found;
  g_autofree char *answers = difference(fixture, tree, &found);
  return answers != NULL;
}

/* A smaller tree that differs, too: a child instead of the tree, or the tree without a child. NULL
 * when there is none. */
static Node *smaller(const Fixture *fixture, Node *tree)
{
  for (guint i = 0; tree->children != NULL && i < tree->children->len; i++) {
    Node *child = g_ptr_array_index(tree->children, i);
    if (differs(fixture, child)) return g_ptr_array_steal_index(tree->children, i);
    Node *less = smaller(fixture, child);
    if (less != NULL) return less;
  }
  for (guint i = 0; tree->children != NULL && tree->children->len > 2 && i < tree->children->len;
       i++) {
    Node *child = g_ptr_array_steal_index(tree->children, i);
    if (differs(fixture, tree)) {
      node_free(child);
      g_autofree char *text = query_print(tree);
      return query_parse(text, NULL, NULL);
    }
    g_ptr_array_insert(tree->children, (gint)i, child);
  }
  return NULL;
}

static void show_smallest(const Fixture *fixture, Node *tree)
{
  for (Node *less = smaller(fixture, tree); less != NULL; less = smaller(fixture, tree)) {
    node_free(tree);
    tree = less;
  }
  guint found;
  g_autofree char *query = query_print(tree), *answers = difference(fixture, tree, &found);
  print_error("%s\n  %s\n", query, answers);
  node_free(tree);
}

static void test_random_queries(void **state)
{
  const Fixture *fixture = *state;
  GRand *random = g_rand_new_with_seed(SEED);
  guint wrong = 0, with_hits = 0;
  for (guint i = 0; i < QUERIES && wrong < 10; i++) {
    guint found;
    Node *tree = query_random(random, brute_words(fixture->brute));
    g_autofree char *answers = difference(fixture, tree, &found);
    if (found > 0 && found < fixture->articles->len) with_hits++;
    if (answers == NULL) {
      node_free(tree);
      continue;
    }
    wrong++;
    show_smallest(fixture, tree);
  }
  g_rand_free(random);
  assert_int_equal(wrong, 0);
  /* Queries that find nothing, or everything, say little. */
  assert_true(with_hits > QUERIES / 3);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_random_queries),
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}
