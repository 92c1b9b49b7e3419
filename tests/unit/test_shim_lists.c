/* test_shim_lists.c - iterators: order, end, seek, failure, and who may be freed when. */
#include "shim_test.h"

static const char *const lines[] = {"ant bee", "bee bee cat", "apple dog", "bee dog eel"};

static ShimDb *animals(void)
{
  return open_reader(make_db(lines, COUNT(lines)));
}

static ShimTerms *all_terms(ShimDb *db, const char *prefix)
{
  ShimTerms *terms = NULL;
  must(shim_terms_all(db, prefix, strlen(prefix), &terms));
  return terms;
}

static void assert_next(ShimTerms *terms, const char *expected)
{
  const char *term = NULL;
  size_t len = 0;
  must(shim_terms_next(terms, &term, &len));
  assert_string_equal(term, expected);
  assert_int_equal(len, strlen(expected));
}

static void assert_seek(ShimTerms *terms, const char *to, const char *expected)
{
  const char *term = NULL;
  size_t len = 0;
  must(shim_terms_seek(terms, to, strlen(to), &term, &len));
  assert_string_equal(term, expected);
  assert_int_equal(len, strlen(expected));
}

/* The end is reached for good, and touches nothing. */
static void assert_end(ShimTerms *terms)
{
  const char *const untouched = "untouched", *term = untouched;
  size_t len = 99;
  uint32_t freq = 99;
  for (int i = 0; i < 3; i++) expect(SHIM_END, shim_terms_next(terms, &term, &len));
  expect(SHIM_END, shim_terms_seek(terms, BYTES("a"), &term, &len));
  expect(SHIM_OPERATION, shim_terms_freq(terms, &freq));
  assert_ptr_equal(term, untouched);
  assert_int_equal(len, 99);
  assert_int_equal(freq, 99);
}

/* ---- terms ---- */

static void test_all_terms(void **state)
{
  (void)state;
  ShimDb *db = animals();
  assert_terms(all_terms(db, ""), "ant apple bee cat dog eel");
  assert_terms(all_terms(db, "a"), "ant apple");
  assert_terms(all_terms(db, "bee"), "bee");
  assert_terms(all_terms(db, "beer"), "");
  assert_terms(all_terms(db, "zebra"), "");
  shim_db_free(db);
}

static void test_end_is_for_good(void **state)
{
  (void)state;
  ShimDb *db = animals();
  ShimTerms *terms = all_terms(db, "d");
  assert_next(terms, "dog");
  assert_end(terms);
  shim_terms_free(terms);
  terms = all_terms(db, "zebra");
  assert_end(terms);
  shim_terms_free(terms);
  shim_db_free(db);
}

static void test_seek(void **state)
{
  (void)state;
  ShimDb *db = animals();
  ShimTerms *terms = all_terms(db, "");
  assert_seek(terms, "", "ant"); /* also as the first call */
  assert_seek(terms, "b", "bee");
  assert_next(terms, "cat");
  assert_seek(terms, "ant", "cat"); /* never back */
  assert_seek(terms, "", "cat");
  assert_seek(terms, "dog", "dog");
  assert_next(terms, "eel");
  assert_end(terms);
  shim_terms_free(terms);
  terms = all_terms(db, "");
  assert_seek(terms, "cat", "cat");
  assert_next(terms, "dog");
  const char *term = NULL;
  size_t len = 0;
  expect(SHIM_END, shim_terms_seek(terms, BYTES("f"), &term, &len));
  assert_end(terms);
  shim_terms_free(terms);
  shim_db_free(db);
}

static void test_seek_stays_inside_the_prefix(void **state)
{
  (void)state;
  ShimDb *db = animals();
  ShimTerms *terms = all_terms(db, "a");
  assert_seek(terms, "ap", "apple");
  const char *term = NULL;
  size_t len = 0;
  expect(SHIM_END, shim_terms_seek(terms, BYTES("bee"), &term, &len));
  shim_terms_free(terms);
  shim_db_free(db);
}

static void test_frequencies(void **state)
{
  (void)state;
  ShimDb *db = animals();
  static const uint32_t expected[] = {1, 1, 3, 1, 2, 1};
  ShimTerms *terms = all_terms(db, "");
  const char *term = NULL;
  size_t len = 0;
  for (size_t i = 0; i < COUNT(expected); i++) {
    uint32_t freq = 0;
    must(shim_terms_next(terms, &term, &len));
    must(shim_terms_freq(terms, &freq));
    assert_int_equal(freq, expected[i]);
    assert_int_equal(term_freq(db, term), expected[i]);
  }
  shim_terms_free(terms);
  assert_int_equal(term_freq(db, "zebra"), 0);
  shim_db_free(db);
}

static void test_terms_of_a_document(void **state)
{
  (void)state;
  ShimDb *db = animals();
  assert_terms_of(db, 1, "ant bee");
  assert_terms_of(db, 2, "bee cat");
  ShimTerms *terms = NULL, *none = NULL;
  uint32_t freq = 0;
  must(shim_terms_of_document(db, 2, &terms));
  assert_seek(terms, "b", "bee");
  must(shim_terms_freq(terms, &freq));
  assert_int_equal(freq, 3); /* in the database */
  assert_next(terms, "cat");
  assert_end(terms);
  shim_terms_free(terms);
  expect(SHIM_NOT_FOUND, shim_terms_of_document(db, 99, &none));
  expect(SHIM_INVALID, shim_terms_of_document(db, 0, &none));
  assert_null(none);
  shim_db_free(db);
}

static void test_terms_of_a_document_without_any(void **state)
{
  (void)state;
  static const char *const empty[] = {""};
  ShimDb *db = open_reader(make_db(empty, 1));
  assert_terms_of(db, 1, "");
  assert_terms(all_terms(db, ""), "");
  shim_db_free(db);
}

/* Lists that have no frequencies say so, and go on. */
static void test_lists_without_frequencies(void **state)
{
  (void)state;
  ShimDb *db = open_writer(fresh("db"));
  must(shim_db_set_metadata(db, BYTES("k1"), BYTES("v")));
  must(shim_db_set_metadata(db, BYTES("k2"), BYTES("v")));
  must(shim_db_add_synonym(db, BYTES("k1"), BYTES("s")));
  must(shim_db_add_synonym(db, BYTES("k2"), BYTES("s")));
  must(shim_db_commit(db));
  ShimTerms *keys[2] = {NULL, NULL};
  must(shim_terms_metadata_keys(db, BYTES(""), &keys[0]));
  must(shim_terms_synonym_keys(db, BYTES(""), &keys[1]));
  for (int i = 0; i < 2; i++) {
    uint32_t freq = 99;
    assert_next(keys[i], "k1");
    expect(SHIM_OPERATION, shim_terms_freq(keys[i], &freq));
    assert_int_equal(freq, 99);
    assert_terms(keys[i], "k2");
  }
  shim_db_free(db);
}

static void test_lists_of_several_databases(void **state)
{
  (void)state;
  static const char *const more[] = {"bee fox", "aardvark"};
  const char *const paths[] = {make_db(lines, COUNT(lines)), make_db(more, COUNT(more))};
  ShimDb *db = NULL;
  must(shim_db_open_many(paths, 2, &db));
  assert_terms(all_terms(db, ""), "aardvark ant apple bee cat dog eel fox");
  assert_terms(all_terms(db, "a"), "aardvark ant apple");
  ShimTerms *terms = all_terms(db, "");
  uint32_t freq = 0;
  assert_seek(terms, "b", "bee");
  must(shim_terms_freq(terms, &freq));
  assert_int_equal(freq, 4);
  shim_terms_free(terms);
  shim_db_free(db);
}

/* ---- who may be freed when ---- */

static void test_free_midway(void **state)
{
  (void)state;
  ShimDb *db = animals();
  ShimTerms *terms = all_terms(db, "");
  shim_terms_free(terms); /* before the first step */
  terms = all_terms(db, "");
  assert_next(terms, "ant");
  shim_terms_free(terms);
  ShimPostings *postings = NULL;
  uint32_t docid = 0;
  must(shim_postings_open(db, BYTES("bee"), &postings));
  must(shim_postings_next(postings, &docid, NULL));
  shim_postings_free(postings);
  shim_db_free(db);
}

static void test_lists_outlive_a_reader(void **state)
{
  (void)state;
  ShimDb *db = animals();
  ShimTerms *terms = all_terms(db, "");
  ShimPostings *postings = NULL;
  uint32_t docid = 0;
  must(shim_postings_open(db, BYTES("bee"), &postings));
  assert_next(terms, "ant");
  shim_db_free(db);
  assert_terms(terms, "apple bee cat dog eel");
  must(shim_postings_next(postings, &docid, NULL));
  assert_int_equal(docid, 1);
  shim_postings_free(postings);
}

static void test_two_lists_at_once(void **state)
{
  (void)state;
  ShimDb *db = animals();
  ShimTerms *one = all_terms(db, ""), *two = all_terms(db, "");
  assert_next(one, "ant");
  assert_next(one, "apple");
  assert_next(two, "ant");
  assert_terms(one, "bee cat dog eel");
  assert_terms(two, "apple bee cat dog eel");
  shim_db_free(db);
}

/* ---- postings ---- */

static void assert_postings(ShimDb *db, const char *term, const char *expected)
{
  ShimPostings *postings = NULL;
  uint32_t docid = 99, wdf = 99;
  char text[256] = "", word[32];
  ShimStatus status;
  must(shim_postings_open(db, term, strlen(term), &postings));
  while ((status = shim_postings_next(postings, &docid, &wdf)) == SHIM_OK) {
    int len = snprintf(word, sizeof word, "%u:%u", docid, wdf);
    append_word(text, sizeof text, word, (size_t)len);
  }
  expect(SHIM_END, status);
  expect(SHIM_END, shim_postings_next(postings, &docid, &wdf));
  expect(SHIM_END, shim_postings_seek(postings, 1, &docid, &wdf));
  assert_string_equal(text, expected);
  shim_postings_free(postings);
}

static void test_postings(void **state)
{
  (void)state;
  ShimDb *db = animals();
  assert_postings(db, "bee", "1:1 2:2 4:1");
  assert_postings(db, "eel", "4:1");
  assert_postings(db, "zebra", "");
  assert_postings(db, "", "1:1 2:1 3:1 4:1"); /* all documents */
  shim_db_free(db);
}

static void test_postings_seek(void **state)
{
  (void)state;
  static const struct {
    uint32_t to, found;
  } cases[] = {{0, 1}, {1, 1}, {2, 2}, {3, 4}, {4, 4}, {5, 0}, {UINT32_MAX, 0}};
  ShimDb *db = animals();
  for (size_t i = 0; i < COUNT(cases); i++) {
    ShimPostings *postings = NULL;
    uint32_t docid = 0, wdf = 0;
    must(shim_postings_open(db, BYTES("bee"), &postings));
    expect(cases[i].found == 0 ? SHIM_END : SHIM_OK,
           shim_postings_seek(postings, cases[i].to, &docid, &wdf));
    assert_int_equal(docid, cases[i].found);
    if (cases[i].found == 1) {
      must(shim_postings_next(postings, &docid, NULL));
      assert_int_equal(docid, 2);
      must(shim_postings_seek(postings, 3, &docid, &wdf));
      assert_int_equal(docid, 4);
    }
    shim_postings_free(postings);
  }
  shim_db_free(db);
}

/* ---- a failure is not an end ---- */

enum { MANY = 3000 };

/* So many terms that no list fits into one block. */
static void add_generation(ShimDb *db, char generation)
{
  for (int i = 0; i < MANY; i += 10) {
    char text[256] = "";
    for (int k = i; k < i + 10; k++) {
      char word[16];
      append_word(text, sizeof text, word, (size_t)sprintf(word, "%05d%c", k, generation));
    }
    add_words(db, text);
  }
  must(shim_db_commit(db));
}

static void test_overtaken_list_fails(void **state)
{
  (void)state;
  const char *path = fresh("db");
  ShimDb *writer = open_writer(path);
  add_generation(writer, 'a');
  ShimDb *reader = open_reader(path);
  ShimTerms *terms = all_terms(reader, "");
  assert_next(terms, "00000a");
  add_generation(writer, 'b');
  add_generation(writer, 'c');
  const char *term = NULL;
  size_t len = 0, n = 1;
  ShimStatus status;
  while ((status = shim_terms_next(terms, &term, &len)) == SHIM_OK) n++;
  expect(SHIM_MODIFIED, status);
  assert_true(n < MANY);
  shim_terms_free(terms);

  must(shim_db_reopen(reader, NULL));
  terms = all_terms(reader, "");
  for (n = 0; (status = shim_terms_next(terms, &term, &len)) == SHIM_OK;) n++;
  expect(SHIM_END, status);
  assert_int_equal(n, 3 * MANY);
  shim_terms_free(terms);
  shim_db_free(reader);
  shim_db_free(writer);
}

static void test_list_of_a_closed_writer_fails(void **state)
{
  (void)state;
  const char *path = fresh("db");
  ShimDb *writer = open_writer(path);
  add_generation(writer, 'a');
  ShimTerms *terms = all_terms(writer, "");
  assert_next(terms, "00000a");
  shim_db_free(writer);
  const char *term = NULL;
  size_t len = 0;
  ShimStatus status;
  while ((status = shim_terms_next(terms, &term, &len)) == SHIM_OK) continue;
  expect(SHIM_CLOSED, status);
  shim_terms_free(terms);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_all_terms),
      cmocka_unit_test(test_end_is_for_good),
      cmocka_unit_test(test_seek),
      cmocka_unit_test(test_seek_stays_inside_the_prefix),
      cmocka_unit_test(test_frequencies),
      cmocka_unit_test(test_terms_of_a_document),
      cmocka_unit_test(test_terms_of_a_document_without_any),
      cmocka_unit_test(test_lists_without_frequencies),
      cmocka_unit_test(test_lists_of_several_databases),
      cmocka_unit_test(test_free_midway),
      cmocka_unit_test(test_lists_outlive_a_reader),
      cmocka_unit_test(test_two_lists_at_once),
      cmocka_unit_test(test_postings),
      cmocka_unit_test(test_postings_seek),
      cmocka_unit_test(test_overtaken_list_fails),
      cmocka_unit_test(test_list_of_a_closed_writer_fails),
  };
  return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
