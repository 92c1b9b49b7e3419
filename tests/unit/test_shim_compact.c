/* test_shim_compact.c - merging databases loses nothing. */
#include "shim_test.h"

/* Sources differ in a letter: shared and own terms, metadata, synonyms, spellings. */
static const char *source_db(char letter, int documents)
{
  const char *path = fresh("source");
  ShimDb *db = open_writer(path);
  char own[] = {letter, '\0'}, text[64];
  for (int i = 1; i <= documents; i++) {
    snprintf(text, sizeof text, "shared own%s first%d", own, i);
    ShimDoc *doc = doc_of(text);
    set_value(doc, 0, own);
    must(shim_doc_set_data(doc, text, strlen(text)));
    must(shim_db_add(db, doc, NULL));
    shim_doc_free(doc);
  }
  must(shim_db_set_metadata(db, BYTES("key"), own, 1));
  must(shim_db_set_metadata(db, own, 1, BYTES("mine")));
  must(shim_db_add_synonym(db, BYTES("shared"), own, 1));
  must(shim_db_add_synonym(db, own, 1, BYTES("letter")));
  must(shim_db_add_spelling(db, BYTES("shared"), 2));
  must(shim_db_commit(db));
  shim_db_free(db);
  return path;
}

static void assert_data(ShimDb *db, uint32_t docid, const char *expected)
{
  ShimDoc *doc = NULL;
  const char *data = NULL;
  size_t len = 0;
  must(shim_db_document(db, docid, &doc));
  must(shim_doc_data(doc, &data, &len));
  assert_string_equal(data, expected);
  shim_doc_free(doc);
}

static void assert_good(const char *path)
{
  size_t errors = 1;
  must(shim_check(path, &errors));
  assert_int_equal(errors, 0);
}

static const char *merged(void)
{
  const char *const from[] = {source_db('a', 3), source_db('b', 2), source_db('c', 4)};
  const char *to = fresh("merged");
  must(shim_compact(from, COUNT(from), to));
  assert_good(to);
  for (size_t i = 0; i < COUNT(from); i++) assert_good(from[i]);
  return to;
}

static void test_merge_keeps_documents(void **state)
{
  (void)state;
  ShimDb *db = open_reader(merged());
  ShimDbStats stats;
  must(shim_db_stats(db, &stats));
  assert_int_equal(stats.documents, 9);
  assert_int_equal(stats.last_docid, 9);
  assert_int_equal(term_freq(db, "shared"), 9);
  assert_finds(db, "owna", "1 2 3"); /* in the order of the sources */
  assert_finds(db, "ownb", "4 5");
  assert_finds(db, "ownc", "6 7 8 9");
  assert_finds(db, "(and shared ownb first2)", "5");
  assert_finds(db, "(range 0 b c)", "4 5 6 7 8 9");
  assert_data(db, 1, "shared owna first1");
  assert_data(db, 5, "shared ownb first2");
  assert_data(db, 9, "shared ownc first4");
  assert_terms_of(db, 4, "first1 ownb shared");
  shim_db_free(db);
}

static void test_merge_keeps_what_is_beside_the_documents(void **state)
{
  (void)state;
  ShimDb *db = open_reader(merged());
  ShimTerms *terms = NULL;
  must(shim_terms_metadata_keys(db, BYTES(""), &terms));
  assert_terms(terms, "a b c key");
  assert_metadata(db, "b", "mine");
  assert_metadata(db, "key", "a"); /* of the first source that has it */
  must(shim_terms_synonym_keys(db, BYTES(""), &terms));
  assert_terms(terms, "a b c shared");
  assert_synonyms(db, "shared", "a b c");
  assert_synonyms(db, "c", "letter");
  must(shim_terms_spellings(db, &terms));
  const char *word = NULL;
  size_t len = 0;
  uint32_t freq = 0;
  must(shim_terms_next(terms, &word, &len));
  must(shim_terms_freq(terms, &freq));
  assert_string_equal(word, "shared");
  assert_int_equal(freq, 6);
  shim_terms_free(terms);
  shim_db_free(db);
}

static void test_merged_database_can_be_written(void **state)
{
  (void)state;
  const char *path = merged();
  ShimDb *db = open_writer(path);
  assert_int_equal(add_words(db, "later"), 10);
  must(shim_db_delete(db, 1));
  must(shim_db_commit(db));
  shim_db_free(db);
  assert_good(path);
}

static char *uuid_of(const char *path)
{
  ShimDb *db = open_reader(path);
  char *uuid = NULL;
  must(shim_db_uuid(db, &uuid));
  shim_db_free(db);
  return uuid;
}

static void test_one_source_keeps_its_numbers(void **state)
{
  (void)state;
  const char *from[] = {source_db('a', 5)}, *to = fresh("compact");
  ShimDb *db = open_writer(from[0]);
  must(shim_db_delete(db, 2));
  must(shim_db_delete(db, 4));
  must(shim_db_commit(db));
  shim_db_free(db);
  must(shim_compact(from, 1, to));
  assert_good(to);
  db = open_reader(to);
  assert_finds(db, "all", "1 3 5");
  assert_data(db, 5, "shared owna first5");
  assert_metadata(db, "key", "a");
  shim_db_free(db);
  char *old_uuid = uuid_of(from[0]), *new_uuid = uuid_of(to);
  assert_string_not_equal(old_uuid, new_uuid);
  free(old_uuid);
  free(new_uuid);
}

static void test_empty_sources(void **state)
{
  (void)state;
  const char *const from[] = {make_db(NULL, 0), source_db('a', 1), make_db(NULL, 0)};
  const char *to = fresh("compact"), *empty = fresh("empty");
  must(shim_compact(from, 1, empty));
  assert_good(empty);
  must(shim_compact(from, 3, to));
  assert_good(to);
  ShimDb *db = open_reader(to);
  assert_finds(db, "all", "1");
  shim_db_free(db);
}

static void test_compaction_beside_a_writer(void **state)
{
  (void)state;
  const char *from[] = {source_db('a', 2)}, *to = fresh("compact");
  ShimDb *db = open_writer(from[0]);
  add_words(db, "not committed");
  must(shim_compact(from, 1, to));
  shim_db_free(db);
  db = open_reader(to);
  assert_int_equal(doc_count(db), 2);
  shim_db_free(db);
}

static void test_refused_compactions(void **state)
{
  (void)state;
  const char *good = source_db('a', 1), *missing = fresh("missing"), *to = fresh("to");
  const char *const from[] = {good, missing};
  char deep[256];
  expect(SHIM_INVALID, shim_compact(from, 0, to));
  expect(SHIM_NOT_FOUND, shim_compact(from, 2, to));
  expect(SHIM_INVALID, shim_compact(from, 1, good)); /* onto itself */
  snprintf(deep, sizeof deep, "%s/below/it", missing);
  expect(SHIM_DATABASE, shim_compact(from, 1, deep));
  assert_int_not_equal(access(to, F_OK), 0);
  assert_good(good);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_merge_keeps_documents),
      cmocka_unit_test(test_merge_keeps_what_is_beside_the_documents),
      cmocka_unit_test(test_merged_database_can_be_written),
      cmocka_unit_test(test_one_source_keeps_its_numbers),
      cmocka_unit_test(test_empty_sources),
      cmocka_unit_test(test_compaction_beside_a_writer),
      cmocka_unit_test(test_refused_compactions),
  };
  return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
