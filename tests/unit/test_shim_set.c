/* test_shim_set.c - sets of documents, against brute force; and value slots. */
#include <math.h>

#include "../../shim/set.h"
#include "shim_test.h"

enum { NUMBERS = 3000, TERMS = 8, WORDS = 12, DEPTH = 4, MAX_PARTS = 4 };

/* What a document is, in our own books. */
typedef struct Book {
  bool exists;
  int words[WORDS]; /* in order; -1: a gap */
  char value[8];    /* of slot 0; slot 1 has the words as digits: "0-25---" */
} Book;

static Book books[NUMBERS + 1];

/* ---- randomness: the same at each run ---- */

static uint32_t random_state = 1;

static uint32_t random_below(uint32_t n)
{
  random_state = random_state * 1664525 + 1013904223;
  return (uint32_t)(((uint64_t)random_state * n) >> 32);
}

/* ---- the database ---- */

/* Of a thousand documents so many have each term: t0 nearly all, t7 hardly any. */
static const uint32_t shares[TERMS] = {980, 600, 300, 100, 30, 10, 3, 1};

static void write_book(Book *book)
{
  book->exists = true;
  for (int i = 0; i < WORDS; i++) book->words[i] = -1;
  for (int at = 0, term = 0; term < TERMS; term++)
    if (random_below(1000) < shares[term]) {
      book->words[at] = term;
      at += 1 + (int)random_below(2);
      if (at >= WORDS) break;
    }
  snprintf(book->value, sizeof book->value, "%03u", random_below(1000));
  if (random_below(5) == 0) book->value[0] = '\0';
}

static ShimDoc *doc_of_book(const Book *book)
{
  ShimDoc *doc = NULL;
  must(shim_doc_new(&doc));
  char words[WORDS + 1] = "";
  for (uint32_t i = 0; i < WORDS; i++) {
    char term[3] = {'t', (char)('0' + book->words[i]), '\0'};
    words[i] = book->words[i] >= 0 ? term[1] : '-';
    if (book->words[i] >= 0) must(shim_doc_add_term(doc, term, 2, 1));
  }
  set_value(doc, 0, book->value);
  set_value(doc, 1, words);
  return doc;
}

/* A fifth of the numbers was never used, a tenth of the documents deleted in a later commit. */
static const char *write_books(void)
{
  const char *path = fresh("books");
  ShimDb *db = open_writer(path);
  memset(books, 0, sizeof books);
  for (uint32_t docid = 1; docid <= NUMBERS; docid++) {
    if (random_below(5) == 0) continue;
    write_book(&books[docid]);
    ShimDoc *doc = doc_of_book(&books[docid]);
    must(shim_db_replace(db, docid, doc));
    shim_doc_free(doc);
  }
  must(shim_db_commit(db));
  for (uint32_t docid = 1; docid <= NUMBERS; docid++) {
    if (!books[docid].exists || random_below(10) > 0) continue;
    books[docid].exists = false;
    must(shim_db_delete(db, docid));
  }
  must(shim_db_commit(db));
  shim_db_free(db);
  return path;
}

/* ---- queries, and what they match by the books ---- */

typedef struct Wanted {
  ShimQuery *query;
  bool found[NUMBERS + 1];
} Wanted;

static bool book_has(const Book *book, int term)
{
  for (int i = 0; i < WORDS; i++)
    if (book->words[i] == term) return true;
  return false;
}

static bool book_has_both(const Book *book, int first, int second)
{
  for (int i = 0; i + 1 < WORDS; i++)
    if (book->words[i] == first && book->words[i + 1] == second) return true;
  return false;
}

static ShimQuery *term_query(int term)
{
  char name[3] = {'t', (char)('0' + term), '\0'};
  return must_query(name);
}

static void want_term(Wanted *wanted)
{
  int term = (int)random_below(TERMS + 1); /* the last one is nowhere */
  wanted->query = term_query(term);
  for (int i = 1; i <= NUMBERS; i++)
    wanted->found[i] = books[i].exists && book_has(&books[i], term);
}

static void want_all(Wanted *wanted)
{
  must(shim_query_all(&wanted->query));
  for (int i = 1; i <= NUMBERS; i++) wanted->found[i] = books[i].exists;
}

static void want_nothing(Wanted *wanted)
{
  must(shim_query_nothing(&wanted->query));
}

/* Two terms beside each other: a test among the documents that have both. */
static void want_test(Wanted *wanted)
{
  int first = (int)random_below(TERMS - 1), second = first + 1;
  char text[64];
  snprintf(text, sizeof text, "(test 1 %d%d (and t%d t%d))", first, second, first, second);
  wanted->query = must_query(text);
  for (int i = 1; i <= NUMBERS; i++)
    wanted->found[i] = books[i].exists && book_has_both(&books[i], first, second);
}

static void want_range(Wanted *wanted)
{
  char low[8], high[8];
  snprintf(low, sizeof low, "%03u", random_below(1000));
  snprintf(high, sizeof high, "%03u", random_below(1000));
  must(shim_query_range(0, low, strlen(low), high, strlen(high), &wanted->query));
  for (int i = 1; i <= NUMBERS; i++)
    wanted->found[i] = books[i].exists && books[i].value[0] != '\0' &&
                       strcmp(low, books[i].value) <= 0 && strcmp(books[i].value, high) <= 0;
}

static void want_prefix(Wanted *wanted)
{
  must(shim_query_prefix("t", 1, 100, &wanted->query));
  for (int i = 1; i <= NUMBERS; i++) wanted->found[i] = books[i].exists && books[i].words[0] >= 0;
}

static Wanted *new_wanted(int depth);

static void free_wanted(Wanted *wanted)
{
  shim_query_free(wanted->query);
  free(wanted);
}

static void want_scaled(Wanted *wanted, int depth)
{
  Wanted *part = new_wanted(depth);
  must(shim_query_scale(part->query, (double)random_below(3), &wanted->query));
  memcpy(wanted->found, part->found, sizeof part->found);
  free_wanted(part);
}

/* What an operator says of a document, of which the parts say `found`. */
static bool joined(ShimOp op, const bool *found, size_t n)
{
  size_t yes = 0;
  for (size_t i = 0; i < n; i++) yes += found[i];
  switch (op) {
  case SHIM_AND:
  case SHIM_FILTER: return yes == n;
  case SHIM_AND_NOT: return found[0] && yes == 1;
  case SHIM_AND_MAYBE: return found[0];
  case SHIM_XOR: return yes % 2 == 1;
  default: return yes > 0;
  }
}

static void want_join(Wanted *wanted, int depth)
{
  static const ShimOp ops[] = {SHIM_AND, SHIM_AND,       SHIM_AND,    SHIM_OR,      SHIM_AND_NOT,
                               SHIM_XOR, SHIM_AND_MAYBE, SHIM_FILTER, SHIM_SYNONYM, SHIM_MAX};
  ShimOp op = ops[random_below(COUNT(ops))];
  size_t n = 2 + random_below(MAX_PARTS - 1);
  Wanted *parts[MAX_PARTS];
  const ShimQuery *queries[MAX_PARTS];
  for (size_t p = 0; p < n; p++) {
    parts[p] = new_wanted(depth);
    queries[p] = parts[p]->query;
  }
  must(shim_query_join(op, queries, n, &wanted->query));
  for (int i = 1; i <= NUMBERS; i++) {
    bool found[MAX_PARTS];
    for (size_t p = 0; p < n; p++) found[p] = parts[p]->found[i];
    wanted->found[i] = joined(op, found, n);
  }
  for (size_t p = 0; p < n; p++) free_wanted(parts[p]);
}

static Wanted *new_wanted(int depth)
{
  Wanted *wanted = calloc(1, sizeof *wanted);
  assert_non_null(wanted);
  uint32_t choice = random_below(depth == 0 ? 10 : 20);
  if (choice < 5)
    want_term(wanted);
  else if (choice == 5)
    want_all(wanted);
  else if (choice == 6)
    want_nothing(wanted);
  else if (choice == 7)
    want_test(wanted);
  else if (choice == 8)
    want_range(wanted);
  else if (choice == 9)
    want_prefix(wanted);
  else if (choice == 10)
    want_scaled(wanted, depth - 1);
  else
    want_join(wanted, depth - 1);
  return wanted;
}

/* ---- sets ---- */

static bool in_set(const ShimSet *set, uint32_t docid)
{
  size_t n;
  const uint64_t *words = shim_set_words(set, &n);
  return docid / 64 < n && (words[docid / 64] >> (docid % 64) & 1);
}

static void assert_set(ShimDb *db, const Wanted *wanted)
{
  ShimSet *set = NULL;
  uint32_t size = 0, count = UINT32_MAX;
  must(shim_set_find(db, wanted->query, &set));
  for (uint32_t i = 0; i <= NUMBERS + 200; i++) {
    bool expected = i <= NUMBERS && wanted->found[i];
    size += expected;
    if (in_set(set, i) == expected) continue;
    char *text = NULL;
    must(shim_query_describe(wanted->query, &text));
    fail_msg("document %u %s in the set of %s", i, expected ? "is not" : "is", text);
  }
  assert_int_equal(shim_set_size(set), size);
  must(shim_set_count(db, wanted->query, &count));
  assert_int_equal(count, size);
  shim_set_free(set);
}

/* Ranking what is known to match gives what ranking the query gives, in order and weight. */
static void assert_ranks(ShimDb *db, const char *text, ShimWeighting weighting)
{
  ShimSet *set = NULL;
  ShimMatches *plain = NULL, *among = NULL;
  ShimQuery *query = must_query(text);
  ShimMatchSpec spec = spec_of(query);
  spec.check_all = false;
  spec.max = 20;
  spec.weighting = weighting;
  must(shim_match(db, &spec, &plain));
  must(shim_set_find(db, query, &set));
  spec.found = set;
  spec.weights = query;
  must(shim_match(db, &spec, &among));
  assert_int_equal(shim_matches_size(among), shim_matches_size(plain));
  for (uint32_t i = 0; i < shim_matches_size(plain); i++) {
    ShimHit a = shim_matches_hit(plain, i), b = shim_matches_hit(among, i);
    assert_int_equal(a.docid, b.docid);
    assert_true(fabs(a.weight - b.weight) < 1e-9);
  }
  shim_matches_free(plain);
  shim_matches_free(among);
  shim_set_free(set);
  shim_query_free(query);
}

static void test_ranking_what_is_known(void **state)
{
  static const char *const queries[] = {"all",
                                        "none",
                                        "t4",
                                        "(and t0 t3)",
                                        "(or t1 t2 t3)",
                                        "(synonym t1 t2)",
                                        "(and-not t1 t2)",
                                        "(filter (or t1 t2) t3)",
                                        "(test 1 23 (and t2 t3))",
                                        "(and (range 0 2 6) (or t3 t5))"};
  (void)state;
  ShimDb *db = open_reader(write_books());
  for (size_t i = 0; i < COUNT(queries); i++) {
    assert_ranks(db, queries[i], SHIM_BM25);
    assert_ranks(db, queries[i], SHIM_BOOL);
  }
  shim_db_free(db);
}

static void test_found_without_weights_is_refused(void **state)
{
  (void)state;
  ShimDb *db = open_reader(write_books());
  ShimSet *set = NULL;
  ShimMatches *matches = NULL;
  ShimQuery *query = must_query("t1");
  must(shim_set_find(db, query, &set));
  ShimMatchSpec spec = spec_of(query);
  spec.found = set;
  expect(SHIM_INVALID, shim_match(db, &spec, &matches));
  assert_null(matches);
  shim_set_free(set);
  shim_query_free(query);
  shim_db_free(db);
}

static void test_random_queries(void **state)
{
  (void)state;
  for (int d = 0; d < 3; d++) {
    ShimDb *db = open_reader(write_books());
    for (int q = 0; q < 300; q++) {
      Wanted *wanted = new_wanted(1 + (int)random_below(DEPTH));
      assert_set(db, wanted);
      free_wanted(wanted);
    }
    shim_db_free(db);
  }
}

static void assert_size(ShimDb *db, const char *text, uint32_t expected)
{
  ShimQuery *query = must_query(text);
  ShimSet *set = NULL;
  uint32_t count = UINT32_MAX;
  must(shim_set_find(db, query, &set));
  must(shim_set_count(db, query, &count));
  assert_int_equal(shim_set_size(set), expected);
  assert_int_equal(count, expected);
  shim_set_free(set);
  shim_query_free(query);
}

static void test_empty_database(void **state)
{
  (void)state;
  ShimDb *db = open_reader(make_db(NULL, 0));
  assert_size(db, "a", 0);
  assert_size(db, "(and-not a b)", 0);
  assert_size(db, "(prefix a 9)", 0);
  ShimQuery *all = NULL;
  ShimSet *set = NULL;
  must(shim_query_all(&all));
  must(shim_set_find(db, all, &set));
  assert_int_equal(shim_set_size(set), 0);
  shim_set_free(set);
  shim_query_free(all);
  shim_db_free(db);
}

/* Document numbers at the edges of the bitmap's words. */
static void test_edges(void **state)
{
  (void)state;
  for (uint32_t n = 60; n < 70; n++) {
    const char *lines[70];
    for (uint32_t i = 0; i < n; i++) lines[i] = i + 1 == n ? "each last" : "each";
    ShimDb *db = open_reader(make_db(lines, n));
    assert_size(db, "each", n);
    assert_size(db, "last", 1);
    assert_size(db, "(and-not each last)", n - 1);
    assert_size(db, "(xor each last)", n - 1);
    assert_size(db, "(and each (prefix la 9))", 1);
    shim_db_free(db);
  }
}

/* The matcher alone does that; a word that is everywhere is beyond it when numbers have gaps. */
static void test_term_in_all_with_gaps(void **state)
{
  (void)state;
  const char *path = fresh("gaps");
  ShimDb *db = open_writer(path);
  for (uint32_t docid = 1; docid <= 4000; docid += 1 + docid % 2) {
    ShimDoc *doc = doc_of(docid % 10 == 0 ? "each ten" : "each");
    must(shim_db_replace(db, docid, doc));
    shim_doc_free(doc);
  }
  for (uint32_t docid = 1000; docid < 3000; docid++) (void)shim_db_delete(db, docid);
  must(shim_db_commit(db));
  uint32_t n = doc_count(db), ten = term_freq(db, "ten");
  shim_db_free(db);
  db = open_reader(path);
  assert_size(db, "each", n);
  assert_size(db, "(synonym each ten)", n);
  assert_size(db, "(and each ten)", ten);
  assert_size(db, "(and-not each ten)", n - ten);
  assert_size(db, "(and each (prefix te 9))", ten);
  shim_db_free(db);
}

static void test_several_databases(void **state)
{
  (void)state;
  static const char *const one[] = {"a", "b", "a"}, *const two[] = {"a", "a b"};
  const char *const paths[] = {make_db(one, COUNT(one)), make_db(two, COUNT(two))};
  ShimDb *db = NULL;
  must(shim_db_open_many(paths, 2, &db));
  assert_size(db, "a", 4);
  assert_size(db, "(or a b)", 5);
  assert_size(db, "(and a b)", 1);
  assert_size(db, "(and-not a b)", 3);
  shim_db_free(db);
}

static void test_failures(void **state)
{
  (void)state;
  ShimDb *db = open_reader(write_books());
  ShimQuery *query = must_query("(and t0 (prefix t 2))");
  ShimSet *set = NULL;
  uint32_t count = 77;
  expect(SHIM_EXPANSION, shim_set_find(db, query, &set));
  expect(SHIM_EXPANSION, shim_set_count(db, query, &count));
  assert_null(set);
  assert_int_equal(count, 77);
  shim_query_free(query);
  shim_set_free(NULL);
  shim_db_free(db);
}

/* ---- values ---- */

typedef struct Seen {
  uint32_t last, n;
  const Wanted *wanted; /* NULL: all */
} Seen;

static void see(void *context, uint32_t docid, const char *value, size_t len)
{
  Seen *seen = context;
  assert_true(docid > seen->last && docid <= NUMBERS);
  assert_true(books[docid].exists && (seen->wanted == NULL || seen->wanted->found[docid]));
  assert_int_equal(len, strlen(books[docid].value));
  assert_memory_equal(value, books[docid].value, len);
  seen->last = docid;
  seen->n++;
}

static void assert_values(ShimDb *db, const Wanted *wanted)
{
  ShimSet *set = NULL;
  Seen seen = {.wanted = wanted};
  if (wanted != NULL) must(shim_set_find(db, wanted->query, &set));
  must(shim_values(db, 0, set, see, &seen));
  for (int i = 1; i <= NUMBERS; i++)
    if (books[i].exists && books[i].value[0] != '\0' && (wanted == NULL || wanted->found[i]))
      seen.n--;
  assert_int_equal(seen.n, 0);
  shim_set_free(set);
}

static void test_values(void **state)
{
  (void)state;
  ShimDb *db = open_reader(write_books());
  assert_values(db, NULL);
  for (int q = 0; q < 100; q++) {
    Wanted *wanted = new_wanted(1);
    assert_values(db, wanted);
    free_wanted(wanted);
  }
  Seen seen = {0};
  must(shim_values(db, 5, NULL, see, &seen));
  assert_int_equal(seen.n, 0);
  shim_db_free(db);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_random_queries),
      cmocka_unit_test(test_ranking_what_is_known),
      cmocka_unit_test(test_found_without_weights_is_refused),
      cmocka_unit_test(test_empty_database),
      cmocka_unit_test(test_edges),
      cmocka_unit_test(test_term_in_all_with_gaps),
      cmocka_unit_test(test_several_databases),
      cmocka_unit_test(test_failures),
      cmocka_unit_test(test_values),
  };
  return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
