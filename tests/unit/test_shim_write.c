/* test_shim_write.c - who may write, when changes show, which are dropped. */
#include "shim_test.h"

/* ---- only a writer writes ---- */

static void test_readers_do_not_write(void **state)
{
  (void)state;
  static const char *const lines[] = {"a"};
  ShimDb *db = open_reader(make_db(lines, 1));
  ShimDoc *doc = doc_of("b");
  uint32_t docid = 99;
  expect(SHIM_OPERATION, shim_db_add(db, doc, &docid));
  expect(SHIM_OPERATION, shim_db_replace(db, 1, doc));
  expect(SHIM_OPERATION, shim_db_replace_term(db, BYTES("a"), doc, &docid));
  expect(SHIM_OPERATION, shim_db_delete(db, 1));
  expect(SHIM_OPERATION, shim_db_delete_term(db, BYTES("a")));
  expect(SHIM_OPERATION, shim_db_set_metadata(db, BYTES("k"), BYTES("v")));
  expect(SHIM_OPERATION, shim_db_add_synonym(db, BYTES("a"), BYTES("b")));
  expect(SHIM_OPERATION, shim_db_add_spelling(db, BYTES("word"), 1));
  expect(SHIM_OPERATION, shim_db_begin(db));
  expect(SHIM_OPERATION, shim_db_commit_transaction(db));
  expect(SHIM_OPERATION, shim_db_cancel(db));
  expect(SHIM_OPERATION, shim_db_commit(db));
  assert_string_equal(shim_message(), "the database is open for reading only");
  assert_int_equal(docid, 99);
  assert_terms_of(db, 1, "a");
  shim_doc_free(doc);
  shim_db_free(db);
}

/* ---- when changes show ---- */

static void test_commit_shows_after_reopen(void **state)
{
  (void)state;
  static const char *const lines[] = {"a"};
  const char *path = make_db(lines, 1);
  ShimDb *writer = open_writer(path), *reader = open_reader(path);
  bool changed = true;
  add_words(writer, "a");
  assert_int_equal(term_freq(writer, "a"), 2); /* the writer itself sees them at once */
  must(shim_db_reopen(reader, &changed));
  assert_false(changed);
  must(shim_db_commit(writer));
  assert_int_equal(term_freq(reader, "a"), 1);
  must(shim_db_reopen(reader, &changed));
  assert_true(changed);
  assert_int_equal(term_freq(reader, "a"), 2);
  must(shim_db_reopen(reader, NULL));
  must(shim_db_reopen(writer, &changed));
  assert_int_equal(term_freq(writer, "a"), 2);
  shim_db_free(reader);
  shim_db_free(writer);
}

/* Every kind of change, after "a" "b" and key=old were committed. */
static void change_everything(ShimDb *db)
{
  ShimDoc *doc = doc_of("replaced");
  add_words(db, "added");
  must(shim_db_replace(db, 1, doc));
  must(shim_db_delete(db, 2));
  must(shim_db_set_metadata(db, BYTES("key"), BYTES("new")));
  must(shim_db_add_synonym(db, BYTES("a"), BYTES("synonym")));
  must(shim_db_add_spelling(db, BYTES("spelling"), 1));
  shim_doc_free(doc);
}

static void assert_unchanged(const char *path)
{
  ShimDb *db = open_reader(path);
  ShimTerms *terms = NULL;
  ShimDbStats stats;
  must(shim_db_stats(db, &stats));
  assert_int_equal(stats.documents, 2);
  assert_int_equal(stats.last_docid, 2);
  must(shim_terms_all(db, BYTES(""), &terms));
  assert_terms(terms, "a b");
  assert_metadata(db, "key", "old");
  assert_synonyms(db, "a", "");
  must(shim_terms_spellings(db, &terms));
  assert_terms(terms, "");
  shim_db_free(db);
  size_t errors = 1;
  must(shim_check(path, &errors));
  assert_int_equal(errors, 0);
}

static ShimDb *writer_with_two(const char *path)
{
  ShimDb *db = open_writer(path);
  add_words(db, "a");
  add_words(db, "b");
  must(shim_db_set_metadata(db, BYTES("key"), BYTES("old")));
  must(shim_db_commit(db));
  return db;
}

static void test_free_drops_what_was_not_committed(void **state)
{
  (void)state;
  const char *path = fresh("db");
  ShimDb *db = writer_with_two(path);
  change_everything(db);
  shim_db_free(db);
  assert_unchanged(path);
}

static void test_free_drops_an_open_transaction(void **state)
{
  (void)state;
  const char *path = fresh("db");
  ShimDb *db = writer_with_two(path);
  must(shim_db_begin(db));
  change_everything(db);
  shim_db_free(db);
  assert_unchanged(path);
}

static void test_free_of_a_new_database(void **state)
{
  (void)state;
  const char *path = fresh("db");
  ShimDb *db = open_writer(path);
  add_words(db, "a");
  shim_db_free(db);
  db = open_reader(path);
  assert_int_equal(doc_count(db), 0);
  shim_db_free(db);
}

static void test_free_after_commit_keeps(void **state)
{
  (void)state;
  const char *path = fresh("db");
  ShimDb *db = writer_with_two(path);
  change_everything(db);
  must(shim_db_commit(db));
  shim_db_free(db);
  db = open_reader(path);
  ShimTerms *terms = NULL;
  must(shim_terms_all(db, BYTES(""), &terms));
  assert_terms(terms, "added replaced");
  assert_metadata(db, "key", "new");
  assert_synonyms(db, "a", "synonym");
  must(shim_terms_spellings(db, &terms));
  assert_terms(terms, "spelling");
  shim_db_free(db);
}

/* ---- a scratch database ---- */

static void test_scratch_replaces_what_is_there(void **state)
{
  (void)state;
  const char *path = fresh("db");
  shim_db_free(writer_with_two(path));
  ShimDb *db = NULL, *other = NULL;
  must(shim_db_create_scratch(path, &db));
  assert_int_equal(doc_count(db), 0);
  expect(SHIM_LOCKED, shim_db_create_scratch(path, &other));
  assert_null(other);
  add_words(db, "scratch");
  must(shim_db_commit(db));
  add_words(db, "not committed");
  shim_db_free(db);
  db = open_reader(path);
  assert_terms_of(db, 1, "scratch");
  assert_int_equal(doc_count(db), 1);
  assert_metadata(db, "key", "");
  shim_db_free(db);
  must(shim_db_create_scratch(fresh("new"), &db));
  add_words(db, "a");
  shim_db_free(db);
}

/* ---- transactions ---- */

static void test_transaction_commit(void **state)
{
  (void)state;
  const char *path = fresh("db");
  ShimDb *db = writer_with_two(path), *reader = open_reader(path);
  must(shim_db_begin(db));
  add_words(db, "c");
  add_words(db, "c");
  expect(SHIM_OPERATION, shim_db_begin(db));
  expect(SHIM_OPERATION, shim_db_commit(db));
  must(shim_db_reopen(reader, NULL));
  assert_int_equal(term_freq(reader, "c"), 0);
  must(shim_db_commit_transaction(db));
  must(shim_db_reopen(reader, NULL));
  assert_int_equal(term_freq(reader, "c"), 2);
  expect(SHIM_OPERATION, shim_db_commit_transaction(db));
  shim_db_free(db);
  shim_db_free(reader);
}

static void test_transaction_cancel(void **state)
{
  (void)state;
  const char *path = fresh("db");
  ShimDb *db = writer_with_two(path);
  must(shim_db_begin(db));
  change_everything(db);
  must(shim_db_cancel(db));
  expect(SHIM_OPERATION, shim_db_cancel(db));
  assert_int_equal(term_freq(db, "added"), 0);
  must(shim_db_commit(db));
  assert_unchanged(path);
  add_words(db, "later");
  must(shim_db_commit(db));
  shim_db_free(db);
  db = open_reader(path);
  assert_int_equal(doc_count(db), 3);
  shim_db_free(db);
}

static void test_transaction_keeps_what_came_before(void **state)
{
  (void)state;
  const char *path = fresh("db");
  ShimDb *db = open_writer(path);
  add_words(db, "before");
  must(shim_db_begin(db));
  add_words(db, "inside");
  must(shim_db_cancel(db));
  shim_db_free(db);
  db = open_reader(path);
  ShimTerms *terms = NULL;
  must(shim_terms_all(db, BYTES(""), &terms));
  assert_terms(terms, "before");
  shim_db_free(db);
}

/* Xapian writes a batch of its own accord, but not inside a transaction. */
static void test_transaction_outlasts_a_flush(void **state)
{
  (void)state;
  const char *path = fresh("db");
  shim_db_free(writer_with_two(path));
  assert_int_equal(setenv("XAPIAN_FLUSH_THRESHOLD", "3", 1), 0);
  ShimDb *db = open_writer(path);
  assert_int_equal(unsetenv("XAPIAN_FLUSH_THRESHOLD"), 0);
  must(shim_db_begin(db));
  for (int i = 0; i < 20; i++) add_words(db, "many");
  assert_int_equal(term_freq(db, "many"), 20);
  shim_db_free(db);
  assert_unchanged(path);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_readers_do_not_write),
      cmocka_unit_test(test_commit_shows_after_reopen),
      cmocka_unit_test(test_free_drops_what_was_not_committed),
      cmocka_unit_test(test_free_drops_an_open_transaction),
      cmocka_unit_test(test_free_of_a_new_database),
      cmocka_unit_test(test_free_after_commit_keeps),
      cmocka_unit_test(test_scratch_replaces_what_is_there),
      cmocka_unit_test(test_transaction_commit),
      cmocka_unit_test(test_transaction_cancel),
      cmocka_unit_test(test_transaction_keeps_what_came_before),
      cmocka_unit_test(test_transaction_outlasts_a_flush),
  };
  return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
