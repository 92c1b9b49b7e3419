/* test_shim_bytes.c - any bytes go through the shim unchanged. */
#include "shim_test.h"

typedef struct Bytes {
  const char *data;
  size_t len;
} Bytes;

/* In byte order. */
static const Bytes odd[] = {
    {BYTES("\0")},         {BYTES("\0\0")},     {BYTES("\0\xff")},
    {BYTES("\x01")},       {BYTES("a\0")},      {BYTES("a\0b")},
    {BYTES("a\0c")},       {BYTES("ab")},       {BYTES("no utf8: \xc3\x28")},
    {BYTES("\xff\0\xff")}, {BYTES("\xff\xff")},
};

static void assert_bytes(const char *data, size_t len, Bytes expected)
{
  assert_int_equal(len, expected.len);
  assert_memory_equal(data, expected.data, expected.len);
  assert_int_equal(data[len], '\0');
}

/* ---- round trips ---- */

/* A database of one document for each odd string, which is its term, its value and its data. */
static ShimDb *odd_db(void)
{
  const char *path = fresh("odd");
  ShimDb *db = open_writer(path);
  for (size_t i = 0; i < COUNT(odd); i++) {
    ShimDoc *doc = NULL;
    must(shim_doc_new(&doc));
    must(shim_doc_add_term(doc, odd[i].data, odd[i].len, 2));
    must(shim_doc_set_value(doc, 3, odd[i].data, odd[i].len));
    must(shim_doc_set_data(doc, odd[i].data, odd[i].len));
    must(shim_db_add(db, doc, NULL));
    shim_doc_free(doc);
    must(shim_db_set_metadata(db, odd[i].data, odd[i].len, odd[i].data, odd[i].len));
    must(shim_db_add_synonym(db, odd[i].data, odd[i].len, odd[COUNT(odd) - 1 - i].data,
                             odd[COUNT(odd) - 1 - i].len));
  }
  must(shim_db_commit(db));
  shim_db_free(db);
  return open_reader(path);
}

static void test_terms_are_bytes(void **state)
{
  (void)state;
  ShimDb *db = odd_db();
  for (uint32_t i = 0; i < COUNT(odd); i++) {
    uint32_t docid = 0, freq = 0, wdf = 0;
    must(shim_db_term_freq(db, odd[i].data, odd[i].len, &freq));
    assert_int_equal(freq, 1);
    must(shim_db_find(db, odd[i].data, odd[i].len, &docid));
    assert_int_equal(docid, i + 1);
    ShimPostings *postings = NULL;
    must(shim_postings_open(db, odd[i].data, odd[i].len, &postings));
    must(shim_postings_next(postings, &docid, &wdf));
    assert_int_equal(docid, i + 1);
    assert_int_equal(wdf, 2);
    shim_postings_free(postings);
  }
  shim_db_free(db);
}

static void test_query_terms_are_bytes(void **state)
{
  (void)state;
  ShimDb *db = odd_db();
  for (uint32_t i = 0; i < COUNT(odd); i++) {
    char docid[16];
    snprintf(docid, sizeof docid, "%u", i + 1);
    ShimQuery *query = NULL;
    must(shim_query_term(odd[i].data, odd[i].len, &query));
    ShimMatchSpec spec = spec_of(query);
    assert_hits(db, &spec, docid);
    shim_query_free(query);
    must(shim_query_range(3, odd[i].data, odd[i].len, odd[i].data, odd[i].len, &query));
    spec.query = query;
    assert_hits(db, &spec, docid);
    shim_query_free(query);
  }
  ShimQuery *query = NULL;
  must(shim_query_prefix(BYTES("a\0"), 9, &query));
  ShimMatchSpec spec = spec_of(query);
  assert_hits(db, &spec, "5 6 7");
  shim_query_free(query);
  shim_db_free(db);
}

static void assert_list_is_odd(ShimTerms *terms)
{
  const char *term = NULL;
  size_t len = 0;
  for (size_t i = 0; i < COUNT(odd); i++) {
    must(shim_terms_next(terms, &term, &len));
    assert_bytes(term, len, odd[i]);
  }
  expect(SHIM_END, shim_terms_next(terms, &term, &len));
  shim_terms_free(terms);
}

static void test_lists_are_of_bytes(void **state)
{
  (void)state;
  ShimDb *db = odd_db();
  ShimTerms *terms = NULL;
  must(shim_terms_all(db, BYTES(""), &terms));
  assert_list_is_odd(terms);
  must(shim_terms_metadata_keys(db, BYTES(""), &terms));
  assert_list_is_odd(terms);
  must(shim_terms_synonym_keys(db, BYTES(""), &terms));
  assert_list_is_odd(terms);
  for (size_t i = 0; i < COUNT(odd); i++) {
    const char *term = NULL;
    size_t len = 0;
    must(shim_terms_synonyms(db, odd[i].data, odd[i].len, &terms));
    must(shim_terms_next(terms, &term, &len));
    assert_bytes(term, len, odd[COUNT(odd) - 1 - i]);
    shim_terms_free(terms);
    must(shim_terms_all(db, BYTES(""), &terms));
    must(shim_terms_seek(terms, odd[i].data, odd[i].len, &term, &len));
    assert_bytes(term, len, odd[i]);
    shim_terms_free(terms);
  }
  shim_db_free(db);
}

static void test_values_data_and_metadata_are_bytes(void **state)
{
  (void)state;
  ShimDb *db = odd_db();
  for (uint32_t i = 0; i < COUNT(odd); i++) {
    ShimDoc *doc = NULL;
    const char *data = NULL;
    size_t len = 0;
    must(shim_db_document(db, i + 1, &doc));
    must(shim_doc_data(doc, &data, &len));
    assert_bytes(data, len, odd[i]);
    must(shim_doc_value(doc, 3, &data, &len));
    assert_bytes(data, len, odd[i]);
    must(shim_doc_value(doc, 4, &data, &len));
    assert_bytes(data, len, (Bytes){BYTES("")});
    shim_doc_free(doc);
    char *value = NULL;
    must(shim_db_metadata(db, odd[i].data, odd[i].len, &value, &len));
    assert_bytes(value, len, odd[i]);
    free(value);
  }
  char *low = NULL, *high = NULL;
  size_t low_len = 0, high_len = 0;
  must(shim_db_value_bounds(db, 3, &low, &low_len, &high, &high_len));
  assert_bytes(low, low_len, odd[0]);
  assert_bytes(high, high_len, odd[COUNT(odd) - 1]);
  free(low);
  free(high);
  shim_db_free(db);
}

static void test_values_and_data_may_be_long(void **state)
{
  (void)state;
  enum { LONG = 1 << 20 };
  char *text = malloc(LONG);
  assert_non_null(text);
  for (size_t i = 0; i < LONG; i++) text[i] = (char)(i * i >> 7);
  const char *path = fresh("long");
  ShimDb *db = open_writer(path);
  ShimDoc *doc = doc_of("a");
  must(shim_doc_set_data(doc, text, LONG));
  must(shim_doc_set_value(doc, 0, text, LONG / 4));
  must(shim_db_add(db, doc, NULL));
  shim_doc_free(doc);
  must(shim_db_set_metadata(db, BYTES("k"), text, LONG));
  must(shim_db_commit(db));
  shim_db_free(db);

  db = open_reader(path);
  const char *found = NULL;
  size_t len = 0;
  must(shim_db_document(db, 1, &doc));
  must(shim_doc_data(doc, &found, &len));
  assert_true(len == LONG && memcmp(found, text, len) == 0);
  must(shim_doc_value(doc, 0, &found, &len));
  assert_true(len == LONG / 4 && memcmp(found, text, len) == 0);
  shim_doc_free(doc);
  char *value = NULL;
  must(shim_db_metadata(db, BYTES("k"), &value, &len));
  assert_true(len == LONG && memcmp(value, text, len) == 0);
  free(value);
  free(text);
  shim_db_free(db);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_terms_are_bytes),
      cmocka_unit_test(test_query_terms_are_bytes),
      cmocka_unit_test(test_lists_are_of_bytes),
      cmocka_unit_test(test_values_data_and_metadata_are_bytes),
      cmocka_unit_test(test_values_and_data_may_be_long),
  };
  return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
