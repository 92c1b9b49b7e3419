/* test_shim_length.c - how long terms may be; and that handles survive what was refused. */
#include "shim_test.h"

typedef struct Bytes {
  const char *data;
  size_t len;
} Bytes;

/* ---- how long a term may be ---- */

static const struct Length {
  size_t plain, nuls;
  ShimStatus status;
} lengths[] = {
    {1, 0, SHIM_OK},        {244, 0, SHIM_OK},      {245, 0, SHIM_OK},
    {246, 0, SHIM_INVALID}, {300, 0, SHIM_INVALID}, {65536, 0, SHIM_INVALID},
    {243, 1, SHIM_OK},      {244, 1, SHIM_INVALID}, {1, 122, SHIM_OK},
    {0, 122, SHIM_OK},      {0, 123, SHIM_INVALID}, {0, 0, SHIM_INVALID},
};

/* A term of as many plain bytes and NULs. */
static Bytes term_of(struct Length length)
{
  static char term[65536];
  memset(term, 'x', length.plain);
  memset(term + length.plain, '\0', length.nuls);
  return (Bytes){term, length.plain + length.nuls};
}

static void test_terms_up_to_245_bytes(void **state)
{
  (void)state;
  for (size_t i = 0; i < COUNT(lengths); i++) {
    const char *path = fresh("length");
    Bytes term = term_of(lengths[i]);
    ShimDb *db = open_writer(path);
    ShimDoc *doc = doc_of("a");
    expect(lengths[i].status, shim_doc_add_term(doc, term.data, term.len, 1));
    must(shim_doc_add_term(doc, BYTES("after"), 0));
    must(shim_db_add(db, doc, NULL));
    must(shim_db_commit(db));
    shim_db_free(db);
    shim_doc_free(doc);

    db = open_reader(path);
    assert_int_equal(term_freq(db, "a"), 1);
    assert_int_equal(term_freq(db, "after"), 1);
    uint32_t freq = 99;
    must(shim_db_term_freq(db, term.data, term.len, &freq));
    /* The empty term is in all documents. */
    assert_int_equal(freq, lengths[i].status == SHIM_OK || term.len == 0);
    shim_db_free(db);
  }
}

static void test_synonyms_and_spellings_up_to_245_bytes(void **state)
{
  (void)state;
  const char *path = fresh("db");
  ShimDb *db = open_writer(path);
  for (size_t i = 0; i < COUNT(lengths); i++) {
    Bytes term = term_of(lengths[i]);
    expect(lengths[i].status, shim_db_add_synonym(db, term.data, term.len, BYTES("s")));
    expect(lengths[i].status, shim_db_add_synonym(db, BYTES("t"), term.data, term.len));
    expect(lengths[i].status, shim_db_add_spelling(db, term.data, term.len, 1));
  }
  must(shim_db_commit(db));
  must(shim_db_add_synonym(db, BYTES("t"), BYTES("last")));
  must(shim_db_commit(db));
  shim_db_free(db);

  db = open_reader(path);
  ShimTerms *terms = NULL;
  const char *term = NULL;
  size_t len = 0, n = 0, good = 1;
  for (size_t i = 0; i < COUNT(lengths); i++) good += lengths[i].status == SHIM_OK;
  must(shim_terms_synonyms(db, BYTES("t"), &terms));
  while (shim_terms_next(terms, &term, &len) == SHIM_OK) n++;
  assert_int_equal(n, good);
  shim_terms_free(terms);
  shim_db_free(db);
}

static void test_metadata_keys_up_to_253_bytes(void **state)
{
  (void)state;
  const char *path = fresh("db");
  ShimDb *db = open_writer(path);
  add_words(db, "a");
  Bytes key = term_of((struct Length){253, 0, SHIM_OK});
  must(shim_db_set_metadata(db, key.data, key.len, BYTES("v")));
  key = term_of((struct Length){254, 0, SHIM_OK});
  expect(SHIM_INVALID, shim_db_set_metadata(db, key.data, key.len, BYTES("w")));
  expect(SHIM_INVALID, shim_db_set_metadata(db, BYTES(""), BYTES("w")));
  must(shim_db_set_metadata(db, BYTES("k"), BYTES("x")));
  must(shim_db_commit(db));
  shim_db_free(db);

  db = open_reader(path);
  assert_int_equal(doc_count(db), 1);
  char *value = NULL;
  size_t len = 9;
  must(shim_db_metadata(db, key.data, 253, &value, &len));
  assert_string_equal(value, "v");
  free(value);
  must(shim_db_metadata(db, key.data, 254, &value, &len));
  assert_string_equal(value, "");
  free(value);
  assert_metadata(db, "k", "x");
  shim_db_free(db);
}

static ShimQuery *join_of(ShimOp op, const ShimQuery *first, const ShimQuery *second)
{
  const ShimQuery *parts[] = {first, second};
  ShimQuery *joined = NULL;
  must(shim_query_join(op, parts, 2, &joined));
  return joined;
}

static void test_too_long_query_term_matches_nothing(void **state)
{
  (void)state;
  static const struct {
    ShimOp op;
    bool too_long_first;
    const char *expected;
  } cases[] = {
      {SHIM_AND, false, ""},      {SHIM_OR, false, "1 2"},      {SHIM_OR, true, "1 2"},
      {SHIM_AND_NOT, true, ""},   {SHIM_AND_NOT, false, "1 2"}, {SHIM_XOR, false, "1 2"},
      {SHIM_AND_MAYBE, true, ""}, {SHIM_FILTER, false, ""},     {SHIM_SYNONYM, true, "1 2"},
      {SHIM_MAX, true, "1 2"},
  };
  static const char *const lines[] = {"a b", "a"};
  Bytes term = term_of((struct Length){246, 0, SHIM_OK});
  ShimDb *db = open_reader(make_db(lines, COUNT(lines)));
  ShimQuery *a = must_query("a"), *too_long = NULL;
  must(shim_query_term(term.data, term.len, &too_long));
  ShimMatchSpec spec = spec_of(too_long);
  spec.weighting = SHIM_BOOL;
  assert_hits(db, &spec, "");
  for (size_t i = 0; i < COUNT(cases); i++) {
    bool swap = cases[i].too_long_first;
    ShimQuery *joined = join_of(cases[i].op, swap ? too_long : a, swap ? a : too_long);
    spec.query = joined;
    assert_hits(db, &spec, cases[i].expected);
    shim_query_free(joined);
  }
  shim_query_free(a);
  shim_query_free(too_long);
  shim_db_free(db);
}

static void test_too_long_terms_are_not_found(void **state)
{
  (void)state;
  const char *path = fresh("db");
  ShimDb *db = open_writer(path);
  add_words(db, "a");
  Bytes term = term_of((struct Length){4000, 0, SHIM_OK});
  uint32_t docid = 0;
  const char *found = NULL;
  size_t len = 0;
  expect(SHIM_NOT_FOUND, shim_db_find(db, term.data, term.len, &docid));
  must(shim_db_delete_term(db, term.data, term.len));
  ShimPostings *postings = NULL;
  must(shim_postings_open(db, term.data, term.len, &postings));
  expect(SHIM_END, shim_postings_next(postings, &docid, NULL));
  shim_postings_free(postings);
  ShimTerms *terms = NULL;
  must(shim_terms_all(db, term.data, term.len, &terms));
  expect(SHIM_END, shim_terms_next(terms, &found, &len));
  shim_terms_free(terms);
  must(shim_terms_synonyms(db, term.data, term.len, &terms));
  expect(SHIM_END, shim_terms_next(terms, &found, &len));
  shim_terms_free(terms);
  char *suggestion = NULL;
  expect(SHIM_NOT_FOUND, shim_db_suggest(db, term.data, term.len, 2, &suggestion));
  ShimQuery *query = NULL;
  must(shim_query_prefix(term.data, term.len, 5, &query));
  ShimMatchSpec spec = spec_of(query);
  assert_hits(db, &spec, "");
  shim_query_free(query);
  shim_db_free(db);
}

static void test_empty_query_term_is_refused(void **state)
{
  (void)state;
  ShimQuery *query = NULL;
  expect(SHIM_INVALID, shim_query_term(BYTES(""), &query));
  assert_null(query);
}

/* ---- after a refused call ---- */

static void test_writer_works_after_failures(void **state)
{
  (void)state;
  const char *path = fresh("db");
  ShimDb *db = open_writer(path);
  add_words(db, "a");
  ShimDoc *doc = doc_of("b"), *none = NULL;
  expect(SHIM_NOT_FOUND, shim_db_delete(db, 77));
  expect(SHIM_INVALID, shim_db_delete(db, 0));
  expect(SHIM_INVALID, shim_db_replace(db, 0, doc));
  expect(SHIM_INVALID, shim_db_replace_term(db, BYTES(""), doc, NULL));
  expect(SHIM_INVALID, shim_db_delete_term(db, BYTES("")));
  expect(SHIM_OPERATION, shim_db_commit_transaction(db));
  expect(SHIM_OPERATION, shim_db_cancel(db));
  expect(SHIM_NOT_FOUND, shim_db_document(db, 77, &none));
  assert_null(none);
  must(shim_db_add(db, doc, NULL));
  shim_doc_free(doc);
  must(shim_db_commit(db));
  shim_db_free(db);
  db = open_reader(path);
  assert_int_equal(doc_count(db), 2);
  shim_db_free(db);
}

static void test_iterators_work_after_failures(void **state)
{
  (void)state;
  static const char *const lines[] = {"a b c"};
  ShimDb *db = open_reader(make_db(lines, COUNT(lines)));
  ShimTerms *terms = NULL;
  uint32_t freq = 0;
  must(shim_terms_all(db, BYTES(""), &terms));
  expect(SHIM_OPERATION, shim_terms_freq(terms, &freq));
  const char *term = NULL;
  size_t len = 0;
  must(shim_terms_next(terms, &term, &len));
  assert_string_equal(term, "a");
  must(shim_terms_freq(terms, &freq));
  assert_int_equal(freq, 1);
  assert_terms(terms, "b c");
  expect(SHIM_NOT_FOUND, shim_terms_of_document(db, 9, &terms));
  assert_terms_of(db, 1, "a b c");
  shim_db_free(db);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_terms_up_to_245_bytes),
      cmocka_unit_test(test_synonyms_and_spellings_up_to_245_bytes),
      cmocka_unit_test(test_metadata_keys_up_to_253_bytes),
      cmocka_unit_test(test_too_long_query_term_matches_nothing),
      cmocka_unit_test(test_too_long_terms_are_not_found),
      cmocka_unit_test(test_empty_query_term_is_refused),
      cmocka_unit_test(test_writer_works_after_failures),
      cmocka_unit_test(test_iterators_work_after_failures),
  };
  return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
