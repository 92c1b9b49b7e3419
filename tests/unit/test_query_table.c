/* test_query_table.c - tests/fixtures/query/queries.tsv: what queries mean and find */
#include "fixture.h"
#include "query_test.h"

static gboolean differs(const char *query, const char *what, const char *got, const char *wanted)
{
  if (strcmp(got, wanted) == 0) return FALSE;
  print_error("%s\n  %s: %s\n  wanted: %s\n", query, what, got, wanted);
  return TRUE;
}

/* FALSE when the sentence of an error does not begin as the table says behind '!'. */
static gboolean refused_so(const char *query, const GError *error, const char *wanted)
{
  g_auto(GStrv) lines = g_strsplit(error->message, "\n", 2);
  if (*wanted == '!' && g_str_has_prefix(lines[0], wanted + 1)) return TRUE;
  return !differs(query, "refused", lines[0], wanted);
}

/* FALSE when the query is not the tree or does not find the ids. */
static gboolean check_query(const Fixture *fixture, const char *query, const char *printed,
                            const char *ids)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(Node) tree = parse(query, &error);
  if (tree == NULL) return refused_so(query, error, printed);
  g_autofree char *tree_text = query_print(tree);
  assert_sane(tree, query, strlen(query));
  assert_prints_back(tree, query);
  g_autofree char *found = fixture_ask(fixture, tree_text, &error);
  if (found == NULL) return refused_so(query, error, printed);
  if (differs(query, "tree", tree_text, printed) || differs(query, "search", found, ids))
    return FALSE;
  g_autoptr(GPtrArray) by_force = brute_find(fixture->brute, tree);
  g_autofree char *expected = fixture_join_ids(by_force);
  return !differs(query, "brute force", expected, ids);
}

static void test_table(void **state)
{
  enum { ROWS_MIN = 250 };
  const Fixture *fixture = *state;
  g_autofree char *content = NULL;
  assert_true(g_file_get_contents("tests/fixtures/query/queries.tsv", &content, NULL, NULL));
  g_auto(GStrv) lines = g_strsplit(content, "\n", -1);
  guint rows = 0, wrong = 0;
  for (gsize i = 0; lines[i] != NULL; i++) {
    if (*lines[i] == '#' || *lines[i] == '\0') continue;
    g_auto(GStrv) columns = g_strsplit(lines[i], "\t", -1);
    assert_int_equal(g_strv_length(columns), g_str_has_prefix(columns[1], "!") ? 2 : 3);
    rows++;
    if (!check_query(fixture, columns[0], columns[1], columns[2] == NULL ? "" : columns[2]))
      wrong++;
  }
  assert_int_equal(wrong, 0);
  assert_true(rows >= ROWS_MIN);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_table),
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}
