/* test_index_state.c - corpus/index_state.h, and what a handle keeps (shim_db_keep). */
#include "../../corpus/index_state.h"

#include "../../corpus/article.h"
#include "../../corpus/error.h"
#include "../../corpus/index_info.h"
#include "shim_test.h"

/* ---- what a handle keeps ---- */

static void note(void *thing)
{
  ++*(int *)thing;
}

static void test_kept_until_freed(void **state)
{
  (void)state;
  int one = 0, two = 0;
  static const char *const lines[] = {"a"};
  ShimDb *db = open_reader(make_db(lines, 1));
  assert_null(shim_db_kept(db));
  shim_db_keep(db, &one, note);
  assert_ptr_equal(shim_db_kept(db), &one);
  shim_db_keep(db, &two, note);
  assert_ptr_equal(shim_db_kept(db), &two);
  assert_int_equal(one, 1);
  assert_int_equal(two, 0);
  shim_db_free(db);
  assert_int_equal(two, 1);
}

static void test_kept_until_moved(void **state)
{
  (void)state;
  int thing = 0;
  const char *path = fresh("moved");
  ShimDb *writer = open_writer(path);
  add_words(writer, "a");
  must(shim_db_commit(writer));
  ShimDb *reader = open_reader(path);
  shim_db_keep(reader, &thing, note);
  must(shim_db_reopen(reader, NULL));
  assert_ptr_equal(shim_db_kept(reader), &thing);
  add_words(writer, "b");
  must(shim_db_commit(writer));
  assert_ptr_equal(shim_db_kept(reader), &thing);
  must(shim_db_reopen(reader, NULL));
  assert_null(shim_db_kept(reader));
  assert_int_equal(thing, 1);
  shim_db_keep(writer, &thing, note);
  add_words(writer, "c");
  assert_null(shim_db_kept(writer));
  assert_int_equal(thing, 2);
  shim_db_free(writer);
  shim_db_free(reader);
}

static ShimStatus be_overtaken(ShimDb *db, void *context)
{
  int *calls = context;
  assert_null(shim_db_kept(db));
  shim_db_keep(db, calls, note); /* which raises it, too */
  return ++*calls < 6 ? SHIM_MODIFIED : SHIM_OK;
}

static void test_not_kept_when_overtaken(void **state)
{
  (void)state;
  int calls = 0;
  static const char *const lines[] = {"a"};
  ShimDb *db = open_reader(make_db(lines, 1));
  must(shim_db_snapshot(db, be_overtaken, &calls));
  assert_int_equal(calls, 7);
  shim_db_free(db);
}

/* ---- an index ---- */

enum { ARTICLES = 100 };

/* Article i has the topics "even" or "odd", and "three" when it divides by three. */
static void write_article(ShimDb *db, FacetTable *table, int i)
{
  g_autoptr(Article) article = article_new();
  g_autoptr(GString) packed = g_string_new(NULL);
  article_add(article, FIELD_TOPIC, i % 2 == 0 ? "even" : "odd", -1);
  if (i % 3 == 0) article_add(article, FIELD_TOPIC, "three", -1);
  facet_table_pack(table, article, packed);
  ShimDoc *doc = doc_of(i % 10 == 0 ? "each ten Len" : "each Lfr");
  must(shim_doc_set_value(doc, SLOT_FACETS, packed->str, packed->len));
  must(shim_db_add(db, doc, NULL));
  shim_doc_free(doc);
}

static void write_articles(ShimDb *db, int first, int last)
{
  g_autoptr(FacetTable) table = index_facet_table(db, NULL);
  assert_non_null(table);
  for (int i = first; i <= last; i++) write_article(db, table, i);
  assert_true(index_set_facet_table(db, table, NULL));
  must(shim_db_commit(db));
}

/* Asserts "value count" of every counter, in the order of the ordinals. */
static void assert_counts(ShimDb *db, const char *text, const char *wanted)
{
  ShimQuery *query = must_query(text);
  ShimSet *set = NULL;
  must(shim_set_find(db, query, &set));
  IndexState *index = index_state(db);
  assert_ptr_equal(index_state(db), index);
  const FacetTable *table = index_state_facets(index, NULL);
  g_autofree guint32 *counts = index_state_count(index, set, NULL);
  assert_non_null(counts);
  g_autoptr(GString) got = g_string_new(NULL);
  for (guint32 i = 0; i < facet_table_size(table); i++) {
    g_autofree char *value = facet_table_value(table, i);
    g_string_append_printf(got, "%s%s %u", i == 0 ? "" : ", ", value, counts[i]);
  }
  assert_string_equal(got->str, wanted);
  shim_set_free(set);
  shim_query_free(query);
}

/* Whatever was counted before: from the slots, then from memory. */
static void test_counts(void **state)
{
  (void)state;
  const char *path = fresh("index");
  ShimDb *writer = index_open_writer(path, NULL);
  write_articles(writer, 1, ARTICLES);
  ShimDb *reader = index_open(path, NULL);
  for (int turn = 0; turn < 30; turn++) {
    assert_counts(reader, "ten", "odd 0, even 10, three 3");
    if (turn % 5 == 4) assert_counts(reader, "each", "odd 50, even 50, three 33");
    if (turn % 7 == 6) assert_counts(reader, "(and-not each ten)", "odd 50, even 40, three 30");
    assert_counts(reader, "nowhere", "odd 0, even 0, three 0");
  }
  /* A new commit is another state. */
  write_articles(writer, ARTICLES + 1, 2 * ARTICLES);
  must(shim_db_delete(writer, 10));
  must(shim_db_commit(writer));
  assert_counts(reader, "ten", "odd 0, even 10, three 3");
  must(shim_db_reopen(reader, NULL));
  for (int turn = 0; turn < 30; turn++) assert_counts(reader, "ten", "odd 0, even 19, three 6");
  assert_counts(reader, "each", "odd 100, even 99, three 66");
  shim_db_free(reader);
  shim_db_free(writer);
}

static void test_empty_index(void **state)
{
  (void)state;
  ShimDb *db = index_open_writer(fresh("empty"), NULL);
  for (int turn = 0; turn < 3; turn++) assert_counts(db, "each", "");
  assert_int_equal(index_state_languages(index_state(db), NULL)->len, 0);
  shim_db_free(db);
}

static void test_languages(void **state)
{
  (void)state;
  const char *path = fresh("languages");
  ShimDb *db = index_open_writer(path, NULL);
  write_articles(db, 1, 10);
  for (int turn = 0; turn < 2; turn++) {
    const GPtrArray *languages = index_state_languages(index_state(db), NULL);
    assert_int_equal(languages->len, 2);
    assert_string_equal(languages->pdata[0], "en");
    assert_string_equal(languages->pdata[1], "fr");
  }
  shim_db_free(db);
}

static void test_damaged_table(void **state)
{
  (void)state;
  g_autoptr(GError) error = NULL;
  ShimDb *db = index_open_writer(fresh("damaged"), NULL);
  must(shim_db_set_metadata(db, BYTES("sitrep.facets"), BYTES("nonsense!")));
  must(shim_db_commit(db));
  assert_null(index_state_facets(index_state(db), &error));
  assert_int_equal(error->code, SITREP_ERROR_INDEX);
  shim_db_free(db);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_kept_until_freed),
      cmocka_unit_test(test_kept_until_moved),
      cmocka_unit_test(test_not_kept_when_overtaken),
      cmocka_unit_test(test_counts),
      cmocka_unit_test(test_empty_index),
      cmocka_unit_test(test_languages),
      cmocka_unit_test(test_damaged_table),
  };
  return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
