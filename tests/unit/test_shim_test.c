/* test_shim_test.c - conditions on values: shim_query_test(). */
#include "../../shim/throw_test.h"
#include "shim_test.h"

enum { SLOT = 2 };

/* Documents 2 and 6 are deleted: numbers have gaps. Of the rest 1, 4, 5 and 9 have an x in SLOT. */
static const struct {
  const char *words, *value;
} rows[] = {{"a b", "xy"}, {"a", "x"},     {"a", ""}, {"a c", "x"}, {"b c", "xz"},
            {"b", "x"},    {"a b c", "y"}, {"c", ""}, {"a d", "zx"}};

static const char *corpus_path(void)
{
  const char *path = fresh("db");
  ShimDb *db = open_writer(path);
  for (size_t i = 0; i < COUNT(rows); i++) {
    ShimDoc *doc = doc_of(rows[i].words);
    set_value(doc, SLOT, rows[i].value);
    must(shim_db_add(db, doc, NULL));
    shim_doc_free(doc);
  }
  must(shim_db_delete(db, 2));
  must(shim_db_delete(db, 6));
  must(shim_db_commit(db));
  shim_db_free(db);
  return path;
}

static ShimDb *corpus(void)
{
  return open_reader(corpus_path());
}

/* ---- what is found ---- */

static const struct Case {
  const char *query, *expected;
} cases[] = {
    {"(test 2 x a)", "1 4 9"},
    {"(test 2 x all)", "1 4 5 9"},
    {"(test 2 x none)", ""},
    {"(test 2 x zebra)", ""},
    {"(test 2 q all)", ""},
    {"(test 7 x all)", ""}, /* no document has a value there */
    {"(test 7 x a)", ""},
    {"(test 2 x (or a b))", "1 4 5 9"},
    {"(test 2 x (and a (or b c)))", "1 4"},
    {"(test 2 x (and-not a b))", "4 9"},
    {"(test 2 x (range 2 x y))", "1 4 5"},
    {"(test 2 x (prefix d 9))", "9"},
    {"(test 2 x (test 2 z all))", "5 9"},
    {"(and (test 2 x a) b)", "1"},
    {"(and c (test 2 x all))", "4 5"},
    {"(and (test 2 x a) (test 2 y b))", "1"},
    {"(and (test 2 x a) (test 2 z c))", ""},
    {"(or (test 2 x b) c)", "1 4 5 7 8"},
    {"(or (test 2 x a) (test 2 y a))", "1 4 7 9"},
    {"(and-not a (test 2 x all))", "3 7"},
    {"(and-not (test 2 x a) b)", "4 9"},
    {"(and-not all (test 2 x a))", "3 5 7 8"},
    {"(and-not (test 2 x all) (test 2 y all))", "4 5 9"},
    {"(xor (test 2 x a) b)", "4 5 7 9"},
    {"(and-maybe b (test 2 x a))", "1 5 7"},
    {"(and-maybe (test 2 x a) b)", "1 4 9"},
    {"(filter a (test 2 x all))", "1 4 9"},
    {"(filter (test 2 x a) c)", "4"},
    {"(max (test 2 x b) d)", "1 5 9"},
    {"(scale/2 (test 2 x a))", "1 4 9"},
    {"(scale/0 (test 2 x a))", "1 4 9"},
};

/* Under BM25 hits come in another order; the counts tell. */
static void assert_counts(ShimDb *db, const char *text, const char *expected)
{
  uint32_t n = expected[0] != '\0';
  for (const char *c = expected; *c != '\0'; c++) n += *c == ' ';
  ShimQuery *query = must_query(text);
  ShimMatchSpec spec = spec_of(query);
  ShimMatches *matches = NULL;
  must(shim_match(db, &spec, &matches));
  ShimCounts counts = shim_matches_counts(matches);
  assert_int_equal(counts.lower, n);
  assert_int_equal(counts.upper, n);
  shim_matches_free(matches);
  shim_query_free(query);
}

static void test_inside_every_operator(void **state)
{
  (void)state;
  ShimDb *db = corpus();
  for (size_t i = 0; i < COUNT(cases); i++) {
    assert_finds(db, cases[i].query, cases[i].expected);
    assert_counts(db, cases[i].query, cases[i].expected);
  }
  shim_db_free(db);
}

static void test_in_every_order(void **state)
{
  static const struct {
    ShimWeighting weighting;
    ShimSort sort;
    bool newest_docid_first;
    const char *expected;
  } orders[] = {
      {SHIM_BOOL, SHIM_SORT_RELEVANCE, true, "9 5 4 1"},
      {SHIM_BOOL, SHIM_SORT_VALUE_DOWN, false, "9 5 1 4"},
      {SHIM_BM25, SHIM_SORT_VALUE_DOWN, false, "9 5 1 4"},
      {SHIM_BOOL, SHIM_SORT_VALUE_UP, false, "4 1 5 9"},
      {SHIM_BM25, SHIM_SORT_VALUE_UP, true, "4 1 5 9"},
  };
  (void)state;
  ShimDb *db = corpus();
  ShimQuery *query = must_query("(test 2 x (or a b))");
  for (size_t i = 0; i < COUNT(orders); i++) {
    ShimMatchSpec spec = spec_of(query);
    spec.weighting = orders[i].weighting;
    spec.sort = orders[i].sort;
    spec.sort_slot = SLOT;
    spec.newest_docid_first = orders[i].newest_docid_first;
    assert_hits(db, &spec, orders[i].expected);
  }
  shim_query_free(query);
  shim_db_free(db);
}

/* A document that passes weighs what it weighs without the test. */
static void test_adds_no_weight(void **state)
{
  static const char *const pairs[][2] = {
      {"(test 2 x (or a b))", "(or a b)"},
      {"(and a (test 2 x all))", "a"},
      {"(or a (test 2 x b))", "(or a b)"},
      {"(and-maybe a (test 2 x all))", "a"},
  };
  (void)state;
  ShimDb *db = corpus();
  for (size_t i = 0; i < COUNT(pairs); i++) {
    double weights[2][COUNT(rows) + 1] = {0};
    for (size_t k = 0; k < 2; k++) {
      ShimQuery *query = must_query(pairs[i][k]);
      ShimMatchSpec spec = spec_of(query);
      ShimMatches *matches = NULL;
      must(shim_match(db, &spec, &matches));
      for (uint32_t j = 0; j < shim_matches_size(matches); j++)
        weights[k][shim_matches_hit(matches, j).docid] = shim_matches_hit(matches, j).weight;
      shim_matches_free(matches);
      shim_query_free(query);
    }
    assert_true(weights[0][1] > 0 && weights[0][4] > 0);
    assert_memory_equal(&weights[0][1], &weights[1][1], sizeof(double));
    assert_memory_equal(&weights[0][4], &weights[1][4], sizeof(double));
  }
  shim_db_free(db);
}

/* As with ranges: a synonym needs to know how often its parts occur. */
static void test_inside_a_synonym(void **state)
{
  (void)state;
  ShimDb *db = corpus();
  ShimMatches *matches = NULL;
  assert_finds(db, "(synonym (test 2 x b) d)", "1 5 9");
  ShimQuery *query = must_query("(synonym (test 2 x b) d)");
  ShimMatchSpec spec = spec_of(query);
  expect(SHIM_OPERATION, shim_match(db, &spec, &matches));
  assert_null(matches);
  shim_query_free(query);
  shim_db_free(db);
}

static void test_one_query_on_several_databases(void **state)
{
  (void)state;
  static const char *const lines[] = {"a", "a b"};
  ShimDb *one = corpus(), *other = open_reader(make_db(lines, COUNT(lines)));
  ShimQuery *query = must_query("(test 2 x a)");
  ShimMatchSpec spec = spec_of(query);
  spec.weighting = SHIM_BOOL;
  for (int round = 0; round < 3; round++) {
    assert_hits(one, &spec, "1 4 9");
    assert_hits(other, &spec, ""); /* no value at all */
  }
  shim_db_free(other);
  assert_hits(one, &spec, "1 4 9");
  shim_db_free(one);
  shim_query_free(query);
}

/* Numbers alternate between the databases. */
static void test_databases_open_as_one(void **state)
{
  (void)state;
  const char *const paths[] = {corpus_path(), corpus_path(), make_db(NULL, 0)};
  ShimDb *db = NULL;
  must(shim_db_open_many(paths, COUNT(paths), &db));
  assert_finds(db, "(test 2 x a)", "1 2 10 11 25 26");
  assert_finds(db, "(and (test 2 x all) c)", "10 11 13 14");
  assert_finds(db, "(test 2 x all)", "1 2 10 11 13 14 25 26");
  shim_db_free(db);
}

static void test_what_is_not_committed(void **state)
{
  (void)state;
  ShimDb *db = open_writer(corpus_path());
  ShimDoc *doc = doc_of("a");
  set_value(doc, SLOT, "x");
  must(shim_db_add(db, doc, NULL));
  must(shim_db_replace(db, 4, doc));
  must(shim_db_delete(db, 1));
  shim_doc_free(doc);
  assert_finds(db, "(test 2 x a)", "4 9 10");
  assert_finds(db, "(test 2 x all)", "4 5 9 10");
  shim_db_free(db);
}

/* Of lists that are equally long Xapian reads this test's first, and asks the rest about what it
 * finds, where otherwise it asks the test about what the rest finds. */
#define AHEAD "(and (test 2 x a) b c)"

/* Nothing is done for each number that no document has: there are four thousand million. */
static void test_highest_document_number(void **state)
{
  (void)state;
  ShimDb *db = open_writer(fresh("db"));
  ShimDoc *doc = doc_of("a b c");
  set_value(doc, SLOT, "x");
  must(shim_db_replace(db, 5, doc));
  must(shim_db_replace(db, UINT32_MAX, doc));
  assert_finds(db, "(test 2 x all)", "5 4294967295");
  assert_finds(db, AHEAD, "5 4294967295");
  assert_finds(db, "(test 2 y all)", "");
  set_value(doc, SLOT, "y");
  must(shim_db_replace(db, UINT32_MAX, doc));
  shim_doc_free(doc);
  assert_finds(db, AHEAD, "5");
  assert_finds(db, "(test 2 y a)", "4294967295");
  shim_db_free(db);
}

static void test_documents_that_all_have_the_terms(void **state)
{
  static const char *const values[] = {"", "y", "x", "", "x", "y", ""};
  (void)state;
  ShimDb *db = open_writer(fresh("db"));
  for (uint32_t i = 0; i < COUNT(values); i++) {
    ShimDoc *doc = doc_of("a b c");
    set_value(doc, SLOT, values[i]);
    must(shim_db_replace(db, 10 + 3 * i, doc));
    shim_doc_free(doc);
  }
  assert_finds(db, AHEAD, "16 22");
  assert_finds(db, "(test 2 x (and a b c))", "16 22");
  assert_finds(db, "(and (test 2 y a) b c)", "13 25");
  assert_finds(db, "(and (test 2 x (test 2 y a)) b)", "");
  assert_finds(db, "(and (test 9 x a) b c)", "");
  assert_finds(db, "(or (and (test 2 x a) b c) (and (test 2 y a) b c))", "13 16 22 25");
  shim_db_free(db);
}

/* Values are bytes, and a value is what the test gets. */
static bool is_odd_value(void *calls, const char *value, size_t len, ShimHas has, void *asked)
{
  (void)has, (void)asked;
  ++*(int *)calls;
  return len == 4 && memcmp(value, "\0x\xff\0", 4) == 0;
}

static void ignore(void *context)
{
  (void)context;
}

static void test_value_of_any_bytes(void **state)
{
  (void)state;
  int calls = 0;
  ShimDb *db = open_writer(fresh("db"));
  ShimDoc *doc = doc_of("a");
  must(shim_doc_set_value(doc, SLOT, BYTES("\0x\xff\0")));
  must(shim_db_add(db, doc, NULL));
  shim_doc_free(doc);
  ShimQuery *all = must_query("all"), *query = NULL;
  ShimTest test = {.slot = SLOT, .passes = is_odd_value, .context = &calls, .free_context = ignore};
  must(shim_query_test(all, &test, &query));
  ShimMatchSpec spec = spec_of(query);
  assert_hits(db, &spec, "1");
  assert_int_equal(calls, 1);
  shim_query_free(query);
  shim_query_free(all);
  shim_db_free(db);
}

/* ---- asking for terms ---- */

/* Values are the words of their document; terms are asked for in turning orders. */
typedef struct Asker {
  int calls, mistakes, freed;
} Asker;

static char too_long[300]; /* no document can hold it, and a database may not be asked */
static const char *const terms[] = {"a", "b", "zebra", "c", too_long};

static void ask(Asker *asker, const char *words, ShimHas has, void *asked, size_t term)
{
  bool holds = term != 4 && strstr(words, terms[term]) != NULL;
  asker->mistakes += has(asked, term) != holds;
}

static bool ask_in_turns(void *context, const char *value, size_t len, ShimHas has, void *asked)
{
  static const size_t orders[][6] = {
      {0, 1, 2, 3, 4, 0}, {4, 3, 2, 1, 0, 4}, {1, 1, 1, 1, 1, 1}, {2, 0, 2, 4, 4, 3}};
  Asker *asker = context;
  char words[16] = "";
  memcpy(words, value, len);
  const size_t *order = orders[asker->calls++ % (int)COUNT(orders)];
  for (size_t i = 0; i < COUNT(orders[0]); i++) ask(asker, words, has, asked, order[i]);
  return asker->calls % 2 == 0;
}

static void note_free(void *context)
{
  ((Asker *)context)->freed++;
}

static ShimStatus asking_query(Asker *asker,
                               bool (*passes)(void *, const char *, size_t, ShimHas, void *),
                               const char *among, ShimQuery **query)
{
  memset(too_long, 'x', sizeof too_long - 1);
  ShimTest test = {.slot = SLOT,
                   .terms = terms,
                   .n_terms = COUNT(terms),
                   .passes = passes,
                   .context = asker,
                   .free_context = note_free};
  ShimQuery *part = must_query(among);
  ShimStatus status = shim_query_test(part, &test, query);
  shim_query_free(part);
  return status;
}

static const char *worded_path(void)
{
  static const char *const words[] = {"a", "a b", "b", "a b c", "c", "d"};
  const char *path = fresh("db");
  ShimDb *db = open_writer(path);
  for (uint32_t i = 0; i < 600; i++) {
    const char *text = words[i * 7 % COUNT(words)];
    ShimDoc *doc = doc_of(text);
    set_value(doc, SLOT, text);
    if (i % 10 != 9) must(shim_db_replace(db, 3 * i + 1, doc));
    shim_doc_free(doc);
  }
  must(shim_db_commit(db));
  shim_db_free(db);
  return path;
}

static void run(ShimDb *db, const ShimQuery *query)
{
  ShimMatchSpec spec = spec_of(query);
  ShimMatches *matches = NULL;
  must(shim_match(db, &spec, &matches));
  shim_matches_free(matches);
}

/* The second time, with as much as all documents beside it, Xapian may read the test first. */
static void assert_answers(ShimDb *db, const char *among)
{
  Asker asker = {0};
  ShimQuery *all = must_query("all"), *query = NULL, *joined = NULL;
  must(asking_query(&asker, ask_in_turns, among, &query));
  const ShimQuery *parts[] = {query, all, all};
  must(shim_query_join(SHIM_AND, parts, COUNT(parts), &joined));
  run(db, query);
  run(db, joined);
  shim_query_free(joined);
  shim_query_free(query);
  shim_query_free(all);
  assert_int_equal(asker.mistakes, 0);
  assert_true(asker.calls > 100);
}

static void test_terms_may_be_asked_for_in_any_order(void **state)
{
  static const char *const among[] = {"all", "a", "(or b c)", "(and a b)", "(and-not all a)"};
  (void)state;
  const char *const paths[] = {worded_path(), worded_path()};
  ShimDb *one = open_reader(paths[0]), *both = NULL;
  must(shim_db_open_many(paths, COUNT(paths), &both));
  for (size_t i = 0; i < COUNT(among); i++) {
    assert_answers(one, among[i]);
    assert_answers(both, among[i]);
  }
  shim_db_free(one);
  shim_db_free(both);
}

static bool ask_too_far(void *context, const char *value, size_t len, ShimHas has, void *asked)
{
  (void)value, (void)len;
  ((Asker *)context)->calls++;
  has(asked, COUNT(terms));
  return true;
}

/* A failure ends the match, whatever the test answers; the database and the query go on. */
static void test_asking_for_a_term_that_was_not_given(void **state)
{
  (void)state;
  Asker asker = {0};
  ShimQuery *query = NULL;
  ShimDb *db = corpus();
  must(asking_query(&asker, ask_too_far, "a", &query));
  ShimMatchSpec spec = spec_of(query);
  for (int round = 1; round <= 2; round++) {
    ShimMatches *matches = NULL;
    expect(SHIM_INTERNAL, shim_match(db, &spec, &matches));
    assert_null(matches);
    assert_int_equal(asker.calls, round);
  }
  shim_query_free(query);
  assert_int_equal(asker.freed, 1);
  assert_finds(db, "(test 2 x a)", "1 4 9");
  shim_db_free(db);
}

/* ---- the context ---- */

static void test_context_lives_as_long_as_any_query_with_it(void **state)
{
  (void)state;
  Asker asker = {0};
  ShimQuery *query = NULL, *scaled = NULL, *joined = NULL;
  ShimDb *db = corpus();
  must(asking_query(&asker, ask_in_turns, "all", &query));
  must(shim_query_scale(query, 2, &scaled));
  const ShimQuery *parts[] = {query, scaled};
  must(shim_query_join(SHIM_OR, parts, 2, &joined));
  shim_query_free(query);
  shim_query_free(scaled);
  assert_int_equal(asker.freed, 0);
  ShimMatchSpec spec = spec_of(joined);
  ShimMatches *matches = NULL;
  must(shim_match(db, &spec, &matches));
  assert_true(asker.calls > 0);
  assert_int_equal(asker.freed, 0);
  shim_query_free(joined);
  assert_int_equal(asker.freed, 1);
  shim_matches_free(matches);
  shim_db_free(db);
  assert_int_equal(asker.freed, 1);
}

static void test_context_of_a_query_that_is_not_run(void **state)
{
  static const char *const among[] = {"all", "a", "none"};
  (void)state;
  for (size_t i = 0; i < COUNT(among); i++) {
    Asker asker = {0};
    ShimQuery *query = NULL;
    must(asking_query(&asker, ask_in_turns, among[i], &query));
    shim_query_free(query);
    assert_int_equal(asker.freed, 1);
    assert_int_equal(asker.calls, 0);
  }
}

static void test_context_is_freed_when_memory_runs_out(void **state)
{
  (void)state;
  ShimQuery *among = must_query("a");
  bool failed = true;
  for (long spare = 0; failed; spare++) {
    Asker asker = {0};
    ShimQuery *query = NULL;
    ShimTest test = {.terms = terms,
                     .n_terms = COUNT(terms),
                     .passes = ask_in_turns,
                     .context = &asker,
                     .free_context = note_free};
    shim_fail_allocation(spare);
    ShimStatus status = shim_query_test(among, &test, &query);
    failed = shim_allocation_failed();
    shim_fail_allocation(-1);
    expect(failed ? SHIM_NO_MEMORY : SHIM_OK, status);
    assert_int_equal(asker.freed, failed);
    shim_query_free(query);
    assert_int_equal(asker.freed, 1);
  }
  shim_query_free(among);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_inside_every_operator),
      cmocka_unit_test(test_in_every_order),
      cmocka_unit_test(test_adds_no_weight),
      cmocka_unit_test(test_inside_a_synonym),
      cmocka_unit_test(test_one_query_on_several_databases),
      cmocka_unit_test(test_databases_open_as_one),
      cmocka_unit_test(test_what_is_not_committed),
      cmocka_unit_test(test_documents_that_all_have_the_terms),
      cmocka_unit_test(test_highest_document_number),
      cmocka_unit_test(test_value_of_any_bytes),
      cmocka_unit_test(test_terms_may_be_asked_for_in_any_order),
      cmocka_unit_test(test_asking_for_a_term_that_was_not_given),
      cmocka_unit_test(test_context_lives_as_long_as_any_query_with_it),
      cmocka_unit_test(test_context_of_a_query_that_is_not_run),
      cmocka_unit_test(test_context_is_freed_when_memory_runs_out),
  };
  return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
