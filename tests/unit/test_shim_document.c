/* test_shim_document.c - documents, and what is kept beside them. */
#include "shim_test.h"

/* ---- documents ---- */

static void assert_all_terms(ShimDb *db, const char *expected)
{
  ShimTerms *terms = NULL;
  must(shim_terms_all(db, BYTES(""), &terms));
  assert_terms(terms, expected);
}

static void test_add_and_replace_by_number(void **state)
{
  (void)state;
  ShimDb *db = open_writer(fresh("db"));
  assert_int_equal(add_words(db, "a b"), 1);
  assert_int_equal(add_words(db, "c"), 2);
  ShimDoc *doc = doc_of("d");
  must(shim_db_add(db, doc, NULL));
  must(shim_db_replace(db, 1, doc));
  must(shim_db_replace(db, 10, doc));
  shim_doc_free(doc);
  assert_int_equal(add_words(db, "e"), 11);
  assert_finds(db, "d", "1 3 10");
  assert_all_terms(db, "c d e");
  must(shim_db_delete(db, 3));
  expect(SHIM_NOT_FOUND, shim_db_delete(db, 3));
  assert_finds(db, "all", "1 2 10 11");
  shim_db_free(db);
}

static void test_replace_by_unique_term(void **state)
{
  (void)state;
  ShimDb *db = open_writer(fresh("db"));
  uint32_t docid = 0;
  ShimDoc *doc = doc_of("Qone a");
  must(shim_db_replace_term(db, BYTES("Qone"), doc, &docid));
  assert_int_equal(docid, 1); /* there was none: added */
  shim_doc_free(doc);
  doc = doc_of("Qone b");
  must(shim_db_replace_term(db, BYTES("Qone"), doc, &docid));
  assert_int_equal(docid, 1);
  assert_terms_of(db, 1, "Qone b");
  add_words(db, "Qone c");
  add_words(db, "Qone d");
  must(shim_db_replace_term(db, BYTES("Qone"), doc, NULL)); /* of several one stays */
  shim_doc_free(doc);
  assert_all_terms(db, "Qone b");
  assert_finds(db, "Qone", "1");
  must(shim_db_find(db, BYTES("Qone"), &docid));
  assert_int_equal(docid, 1);
  expect(SHIM_NOT_FOUND, shim_db_find(db, BYTES("Qtwo"), &docid));
  shim_db_free(db);
}

static void test_delete_by_term(void **state)
{
  (void)state;
  ShimDb *db = open_writer(fresh("db"));
  add_words(db, "a b");
  add_words(db, "b c");
  add_words(db, "c d");
  must(shim_db_delete_term(db, BYTES("b")));
  assert_all_terms(db, "c d");
  must(shim_db_delete_term(db, BYTES("b")));
  must(shim_db_delete_term(db, BYTES("c")));
  assert_int_equal(doc_count(db), 0);
  must(shim_db_commit(db));
  assert_int_equal(add_words(db, "e"), 4); /* numbers are not used again */
  shim_db_free(db);
}

static void test_document_is_copied_when_added(void **state)
{
  (void)state;
  ShimDb *db = open_writer(fresh("db"));
  ShimDoc *doc = doc_of("a");
  must(shim_db_add(db, doc, NULL));
  must(shim_doc_add_term(doc, BYTES("b"), 1));
  must(shim_db_add(db, doc, NULL));
  shim_doc_free(doc);
  assert_terms_of(db, 1, "a");
  assert_terms_of(db, 2, "a b");
  shim_db_free(db);
}

static void test_document_read_changed_and_put_back(void **state)
{
  (void)state;
  ShimDb *db = open_writer(fresh("db"));
  ShimDoc *doc = doc_of("a b");
  set_value(doc, 1, "one");
  set_value(doc, 2, "two");
  must(shim_doc_set_data(doc, BYTES("data")));
  must(shim_db_add(db, doc, NULL));
  shim_doc_free(doc);
  must(shim_db_commit(db));
  must(shim_db_document(db, 1, &doc));
  set_value(doc, 1, "");
  set_value(doc, 3, "three");
  must(shim_doc_add_term(doc, BYTES("c"), 1));
  must(shim_db_replace(db, 1, doc));
  shim_doc_free(doc);
  must(shim_db_commit(db));
  static const char *const expected[] = {"", "", "two", "three"};
  const char *bytes = NULL;
  size_t len = 0;
  must(shim_db_document(db, 1, &doc));
  for (unsigned slot = 1; slot < COUNT(expected); slot++) {
    must(shim_doc_value(doc, slot, &bytes, &len));
    assert_string_equal(bytes, expected[slot]);
  }
  must(shim_doc_data(doc, &bytes, &len));
  assert_string_equal(bytes, "data");
  shim_doc_free(doc);
  assert_terms_of(db, 1, "a b c");
  assert_finds(db, "(and a b)", "1");
  shim_db_free(db);
}

static void test_document_after_its_database(void **state)
{
  (void)state;
  static const char *const lines[] = {"a"};
  const char *path = make_db(lines, 1);
  ShimDb *reader = open_reader(path), *writer = open_writer(path);
  ShimDoc *of_reader = NULL, *of_writer = NULL;
  const char *data = NULL;
  size_t len = 1;
  must(shim_db_document(reader, 1, &of_reader));
  must(shim_db_document(writer, 1, &of_writer));
  shim_db_free(reader);
  shim_db_free(writer);
  must(shim_doc_data(of_reader, &data, &len)); /* a reader stays open as long as it is needed */
  assert_int_equal(len, 0);
  expect(SHIM_CLOSED, shim_doc_data(of_writer, &data, &len));
  shim_doc_free(of_reader);
  shim_doc_free(of_writer);
}

static void test_weight_of_a_term(void **state)
{
  (void)state;
  ShimDb *db = open_writer(fresh("db"));
  ShimDoc *doc = NULL;
  ShimDbStats stats;
  must(shim_doc_new(&doc));
  must(shim_doc_add_term(doc, BYTES("filter"), 0));
  must(shim_doc_add_term(doc, BYTES("twice"), 2));
  must(shim_doc_add_term(doc, BYTES("thrice"), 2));
  must(shim_doc_add_term(doc, BYTES("thrice"), 1));
  must(shim_db_add(db, doc, NULL));
  shim_doc_free(doc);
  must(shim_db_stats(db, &stats));
  assert_true(stats.average_length > 4.99 && stats.average_length < 5.01);
  assert_finds(db, "(and filter twice thrice)", "1");
  shim_db_free(db);
}

/* ---- beside the documents ---- */

static void test_metadata(void **state)
{
  (void)state;
  ShimDb *db = open_writer(fresh("db"));
  ShimTerms *keys = NULL;
  static const char *const names[] = {"b", "a1", "a2", "c", "a3"};
  for (size_t i = 0; i < COUNT(names); i++)
    must(shim_db_set_metadata(db, names[i], strlen(names[i]), BYTES("x")));
  must(shim_db_set_metadata(db, BYTES("b"), BYTES("changed")));
  must(shim_db_set_metadata(db, BYTES("a2"), BYTES("")));
  must(shim_db_commit(db));
  assert_metadata(db, "b", "changed");
  assert_metadata(db, "a2", "");
  assert_metadata(db, "never", "");
  must(shim_terms_metadata_keys(db, BYTES(""), &keys));
  assert_terms(keys, "a1 a3 b c");
  must(shim_terms_metadata_keys(db, BYTES("a"), &keys));
  assert_terms(keys, "a1 a3");
  must(shim_terms_metadata_keys(db, BYTES("z"), &keys));
  assert_terms(keys, "");
  shim_db_free(db);
}

static void test_synonyms(void **state)
{
  (void)state;
  ShimDb *db = open_writer(fresh("db"));
  ShimTerms *terms = NULL;
  must(shim_db_add_synonym(db, BYTES("car"), BYTES("motorcar")));
  must(shim_db_add_synonym(db, BYTES("car"), BYTES("auto")));
  must(shim_db_add_synonym(db, BYTES("car"), BYTES("auto")));
  must(shim_db_add_synonym(db, BYTES("cat"), BYTES("feline")));
  must(shim_db_add_synonym(db, BYTES("dog"), BYTES("canine")));
  must(shim_db_commit(db));
  assert_synonyms(db, "car", "auto motorcar");
  assert_synonyms(db, "none", "");
  must(shim_terms_synonym_keys(db, BYTES("ca"), &terms));
  assert_terms(terms, "car cat");
  must(shim_terms_synonym_keys(db, BYTES(""), &terms));
  assert_terms(terms, "car cat dog");
  shim_db_free(db);
}

static void assert_suggestion(ShimDb *db, const char *word, unsigned max_edits,
                              const char *expected)
{
  char *suggestion = NULL;
  ShimStatus status = shim_db_suggest(db, word, strlen(word), max_edits, &suggestion);
  expect(expected == NULL ? SHIM_NOT_FOUND : SHIM_OK, status);
  if (expected != NULL) assert_string_equal(suggestion, expected);
  free(suggestion);
}

static void test_spelling(void **state)
{
  (void)state;
  ShimDb *db = open_writer(fresh("db"));
  must(shim_db_add_spelling(db, BYTES("minister"), 3));
  must(shim_db_add_spelling(db, BYTES("ministry"), 1));
  must(shim_db_add_spelling(db, BYTES("\u043c\u0438\u043d\u0438\u0441\u0442\u0440"), 1));
  must(shim_db_add_spelling(db, BYTES("ministry"), 1));
  must(shim_db_commit(db));
  assert_suggestion(db, "minster", 2, "minister");
  assert_suggestion(db, "ministre", 2, "minister");
  assert_suggestion(db, "ministrx", 1, "ministry");
  assert_suggestion(db, "\u043c\u0438\u043d\u0438\u0441\u0442\u0440\u0440", 2,
                    "\u043c\u0438\u043d\u0438\u0441\u0442\u0440");
  assert_suggestion(db, "xyzzy", 2, NULL);
  assert_suggestion(db, "", 2, NULL);
  assert_suggestion(db, "minister", 2, NULL); /* a word of the dictionary needs none */
  ShimTerms *words = NULL;
  const char *word = NULL;
  size_t len = 0;
  uint32_t freq = 0;
  must(shim_terms_spellings(db, &words));
  must(shim_terms_seek(words, BYTES("ministry"), &word, &len));
  must(shim_terms_freq(words, &freq));
  assert_string_equal(word, "ministry");
  assert_int_equal(freq, 2);
  shim_terms_free(words);
  shim_db_free(db);
}

static void assert_bounds(ShimDb *db, unsigned slot, const char *low, const char *high)
{
  char *first = NULL, *last = NULL;
  size_t first_len = 9, last_len = 9;
  must(shim_db_value_bounds(db, slot, &first, &first_len, &last, &last_len));
  assert_string_equal(first, low);
  assert_string_equal(last, high);
  assert_int_equal(first_len, strlen(low));
  assert_int_equal(last_len, strlen(high));
  free(first);
  free(last);
}

static void test_value_bounds(void **state)
{
  (void)state;
  static const char *const values[] = {"2020", "1999", "", "2024", "2010"};
  ShimDb *db = open_writer(fresh("db"));
  assert_bounds(db, 7, "", "");
  for (size_t i = 0; i < COUNT(values); i++) {
    ShimDoc *doc = doc_of("a");
    set_value(doc, 7, values[i]);
    must(shim_db_add(db, doc, NULL));
    shim_doc_free(doc);
  }
  must(shim_db_commit(db));
  assert_bounds(db, 7, "1999", "2024");
  assert_bounds(db, 8, "", "");
  shim_db_free(db);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_add_and_replace_by_number),
      cmocka_unit_test(test_replace_by_unique_term),
      cmocka_unit_test(test_delete_by_term),
      cmocka_unit_test(test_document_is_copied_when_added),
      cmocka_unit_test(test_document_read_changed_and_put_back),
      cmocka_unit_test(test_document_after_its_database),
      cmocka_unit_test(test_weight_of_a_term),
      cmocka_unit_test(test_metadata),
      cmocka_unit_test(test_synonyms),
      cmocka_unit_test(test_spelling),
      cmocka_unit_test(test_value_bounds),
  };
  return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
