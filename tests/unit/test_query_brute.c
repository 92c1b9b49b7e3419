/* test_query_brute.c - random queries of the whole grammar, searched for and found by brute force
 */
#include "brute.h"
#include "fixture.h"
#include "query_random.h"
#include "query_test.h"

enum { QUERIES = 10000, SEED = 11 };

typedef struct Bench {
  GPtrArray *articles;
  Brute *brute;
  ShimDb *db;
  char *folder;
} Bench;

static int set_up(void **state)
{
  Bench *bench = g_new0(Bench, 1);
  bench->folder = fixture_folder();
  bench->articles = fixture_articles();
  bench->brute = brute_new(bench->articles);
  bench->db = fixture_index(bench->articles, bench->folder);
  *state = bench;
  return 0;
}

static int tear_down(void **state)
{
  Bench *bench = *state;
  shim_db_free(bench->db);
  brute_free(bench->brute);
  g_ptr_array_free(bench->articles, TRUE);
  fixture_remove_folder(bench->folder);
  g_free(bench);
  return 0;
}

/* NULL when the search finds what brute force does, else both answers; `found` counts. */
static char *difference(const Bench *bench, const Node *tree, guint *found)
{
  g_autofree char *query = query_print(tree);
  g_autoptr(GError) error = NULL;
  g_autofree char *searched = fixture_ask(bench->db, query, &error);
  g_autoptr(GPtrArray) ids = brute_find(bench->brute, tree);
  g_autofree char *wanted = fixture_join_ids(ids);
  *found = ids->len;
  if (g_strcmp0(searched, wanted) == 0) return NULL;
  return g_strdup_printf("the search finds [%s], brute force [%s]",
                         searched == NULL ? error->message : searched, wanted);
}

static gboolean differs(const Bench *bench, const Node *tree)
{
  guint found;
  g_autofree char *answers = difference(bench, tree, &found);
  return answers != NULL;
}

/* A smaller tree that differs, too: a child instead of the tree, or the tree without a child. NULL
 * when there is none. */
static Node *smaller(const Bench *bench, Node *tree)
{
  for (guint i = 0; tree->children != NULL && i < tree->children->len; i++) {
    Node *child = g_ptr_array_index(tree->children, i);
    if (differs(bench, child)) return g_ptr_array_steal_index(tree->children, i);
    Node *less = smaller(bench, child);
    if (less != NULL) return less;
  }
  for (guint i = 0; tree->children != NULL && tree->children->len > 2 && i < tree->children->len;
       i++) {
    Node *child = g_ptr_array_steal_index(tree->children, i);
    if (differs(bench, tree)) {
      node_free(child);
      g_autofree char *text = query_print(tree);
      return query_parse(text, NULL, NULL);
    }
    g_ptr_array_insert(tree->children, (gint)i, child);
  }
  return NULL;
}

static void show_smallest(const Bench *bench, Node *tree)
{
  for (Node *less = smaller(bench, tree); less != NULL; less = smaller(bench, tree)) {
    node_free(tree);
    tree = less;
  }
  guint found;
  g_autofree char *query = query_print(tree), *answers = difference(bench, tree, &found);
  print_error("%s\n  %s\n", query, answers);
  node_free(tree);
}

static void test_random_queries(void **state)
{
  const Bench *bench = *state;
  GRand *random = g_rand_new_with_seed(SEED);
  guint wrong = 0, with_hits = 0;
  for (guint i = 0; i < QUERIES && wrong < 10; i++) {
    guint found;
    Node *tree = query_random(random, brute_words(bench->brute));
    g_autofree char *answers = difference(bench, tree, &found);
    if (found > 0 && found < bench->articles->len) with_hits++;
    if (answers == NULL) {
      node_free(tree);
      continue;
    }
    wrong++;
    show_smallest(bench, tree);
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
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
