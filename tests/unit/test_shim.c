/* test_shim.c - what holds for all calls of the shim: statuses, messages, memory; and languages. */
#include <pthread.h>

#include "../../shim/language.h"
#include "../../shim/set.h"
#include "../../shim/throw_test.h"
#include "shim_test.h"

/* ---- exceptions ---- */

static void test_every_exception_has_a_status(void **state)
{
  static const struct {
    const char *kind;
    ShimStatus status;
  } cases[] = {
      {"AssertionError", SHIM_INTERNAL},
      {"InvalidArgumentError", SHIM_INVALID},
      {"InvalidOperationError", SHIM_OPERATION},
      {"UnimplementedError", SHIM_UNIMPLEMENTED},
      {"DatabaseError", SHIM_DATABASE},
      {"DatabaseCorruptError", SHIM_CORRUPT},
      {"DatabaseCreateError", SHIM_CREATE},
      {"DatabaseLockError", SHIM_LOCKED},
      {"DatabaseModifiedError", SHIM_MODIFIED},
      {"DatabaseOpeningError", SHIM_OPENING},
      {"DatabaseVersionError", SHIM_VERSION},
      {"DocNotFoundError", SHIM_NOT_FOUND},
      {"FeatureUnavailableError", SHIM_UNIMPLEMENTED},
      {"InternalError", SHIM_INTERNAL},
      {"NetworkError", SHIM_NETWORK},
      {"NetworkTimeoutError", SHIM_TIMEOUT},
      {"QueryParserError", SHIM_INVALID},
      {"SerialisationError", SHIM_INTERNAL},
      {"RangeError", SHIM_RANGE},
      {"WildcardError", SHIM_EXPANSION},
      {"DatabaseNotFoundError", SHIM_NOT_FOUND},
      {"DatabaseClosedError", SHIM_CLOSED},
      {"std::runtime_error", SHIM_INTERNAL},
  };
  (void)state;
  for (size_t i = 0; i < COUNT(cases); i++) {
    expect(cases[i].status, shim_throw(cases[i].kind));
    char message[64];
    snprintf(message, sizeof message, "thrown: %s", cases[i].kind);
    assert_string_equal(shim_message(), message);
  }
}

static void test_exceptions_without_a_sentence_get_one(void **state)
{
  (void)state;
  expect(SHIM_NO_MEMORY, shim_throw("std::bad_alloc"));
  assert_string_equal(shim_message(), "out of memory");
  expect(SHIM_INTERNAL, shim_throw("int"));
  assert_string_equal(shim_message(), "an unknown exception");
}

static void test_the_cause_is_part_of_the_message(void **state)
{
  (void)state;
  expect(SHIM_DATABASE, shim_throw("errno"));
  assert_string_equal(shim_message(), "thrown: errno (No space left on device)");
}

static void test_no_exception_is_ok(void **state)
{
  (void)state;
  must(shim_throw("nothing of that name"));
}

static void test_status_names_are_distinct(void **state)
{
  (void)state;
  for (int a = SHIM_OK; a <= SHIM_INTERNAL; a++) {
    assert_true(shim_status_name((ShimStatus)a)[0] != '\0');
    assert_string_not_equal(shim_status_name((ShimStatus)a), "unknown");
    for (int b = SHIM_OK; b < a; b++)
      assert_string_not_equal(shim_status_name((ShimStatus)a), shim_status_name((ShimStatus)b));
  }
  assert_string_equal(shim_status_name((ShimStatus)(SHIM_INTERNAL + 1)), "unknown");
}

/* ---- messages ---- */

static void test_message_outlives_the_handle(void **state)
{
  (void)state;
  static const char *const lines[] = {"a"};
  ShimDb *db = open_reader(make_db(lines, 1));
  ShimDoc *doc = NULL;
  expect(SHIM_NOT_FOUND, shim_db_document(db, 4711, &doc));
  assert_null(doc);
  const char *message = shim_message();
  shim_db_free(db);
  assert_string_equal(message, "Document 4711 not found");
  assert_ptr_equal(message, shim_message());
}

static void test_message_stays_until_the_next_failure(void **state)
{
  (void)state;
  expect(SHIM_RANGE, shim_throw("RangeError"));
  char long_term[300];
  memset(long_term, 'x', sizeof long_term);
  ShimQuery *query = NULL;
  must(shim_query_term(long_term, sizeof long_term, &query));
  shim_query_free(query);
  static const char *const lines[] = {"a"};
  ShimDb *db = open_reader(make_db(lines, 1));
  assert_terms_of(db, 1, "a");
  shim_db_free(db);
  assert_string_equal(shim_message(), "thrown: RangeError");
}

static void test_long_message_is_cut_between_characters(void **state)
{
  (void)state;
  static const char *const letters[] = {"x", "\u00e9", "\u20ac", "\U0001f600"};
  for (size_t i = 0; i < COUNT(letters); i++)
    for (size_t shift = 0; shift < 4; shift++) {
      char text[2048] = "", expected[2048];
      memcpy(text, "abc", shift);
      while (strlen(text) < 1500) strcat(text, letters[i]);
      expect(SHIM_INVALID, shim_throw_message(text));
      size_t len = strlen(shim_message()), width = strlen(letters[i]);
      assert_true(len > 1024 - 1 - width && len < 1024);
      assert_int_equal((len - shift) % width, 0);
      snprintf(expected, len + 1, "%s", text);
      assert_string_equal(shim_message(), expected);
    }
}

static void *fail_in_a_thread(void *empty_at_first)
{
  *(bool *)empty_at_first = shim_message()[0] == '\0';
  shim_throw("RangeError");
  return NULL;
}

static void test_each_thread_has_its_message(void **state)
{
  (void)state;
  expect(SHIM_CORRUPT, shim_throw("DatabaseCorruptError"));
  bool empty_at_first = false;
  pthread_t thread;
  assert_int_equal(pthread_create(&thread, NULL, fail_in_a_thread, &empty_at_first), 0);
  assert_int_equal(pthread_join(thread, NULL), 0);
  assert_true(empty_at_first);
  assert_string_equal(shim_message(), "thrown: DatabaseCorruptError");
}

static void test_free_takes_null(void **state)
{
  (void)state;
  shim_db_free(NULL);
  shim_doc_free(NULL);
  shim_query_free(NULL);
  shim_terms_free(NULL);
  shim_postings_free(NULL);
  shim_matches_free(NULL);
}

static void test_version(void **state)
{
  (void)state;
  assert_int_equal(strncmp(shim_xapian_version(), "1.4.", 4), 0);
}

/* ---- memory: every allocation of a call fails in turn ----
 *
 * Not in shim_match() and shim_detect_language(): there Xapian and CLD2 leak, or crash. */

static const char *memory_db;

static ShimStatus use_document(void)
{
  static const char text[] = "a text that is too long to be kept inside a string of C++";
  ShimDoc *doc = NULL;
  const char *data = NULL;
  size_t len = 0;
  ShimStatus status = shim_doc_new(&doc);
  if (status == SHIM_OK) status = shim_doc_add_term(doc, BYTES(text), 1);
  if (status == SHIM_OK) status = shim_doc_set_value(doc, 1, BYTES(text));
  if (status == SHIM_OK) status = shim_doc_set_data(doc, BYTES(text));
  if (status == SHIM_OK) status = shim_doc_data(doc, &data, &len);
  shim_doc_free(doc);
  return status;
}

static ShimStatus use_reader(void)
{
  ShimDb *db = NULL;
  uint32_t freq = 0;
  ShimStatus status = shim_db_open(memory_db, &db);
  if (status == SHIM_OK) status = shim_db_term_freq(db, BYTES("a"), &freq);
  shim_db_free(db);
  return status;
}

static ShimStatus use_list(void)
{
  ShimDb *db = NULL;
  ShimTerms *terms = NULL;
  const char *term = NULL;
  size_t len = 0;
  ShimStatus status = shim_db_open(memory_db, &db);
  if (status == SHIM_OK) status = shim_terms_all(db, BYTES(""), &terms);
  while (status == SHIM_OK) status = shim_terms_next(terms, &term, &len);
  shim_terms_free(terms);
  shim_db_free(db);
  return status == SHIM_END ? SHIM_OK : status;
}

static ShimStatus use_query(void)
{
  ShimQuery *query = NULL;
  ShimStatus status = query_of("(and a (or b (test 0 x c)) (prefix c 9) (range 1 a b))", &query);
  shim_query_free(query);
  return status;
}

static void use_value(void *context, uint32_t docid, const char *value, size_t len)
{
  (void)context, (void)docid, (void)value, (void)len;
}

static ShimStatus use_set(void)
{
  ShimDb *db = NULL;
  ShimQuery *query = NULL;
  ShimSet *set = NULL;
  ShimStatus status = shim_db_open(memory_db, &db);
  if (status == SHIM_OK) status = query_of("(and a (or b c) (and-not all (xor a b)))", &query);
  if (status == SHIM_OK) status = shim_set_find(db, query, &set);
  if (status == SHIM_OK) status = shim_values(db, 1, set, use_value, NULL);
  shim_set_free(set);
  shim_query_free(query);
  shim_db_free(db);
  return status;
}

static ShimStatus use_writer(void)
{
  ShimDb *db = NULL;
  ShimDoc *doc = NULL;
  ShimStatus status = shim_db_open_writer(memory_db, false, &db);
  if (status == SHIM_OK) status = shim_doc_new(&doc);
  if (status == SHIM_OK) status = shim_doc_add_term(doc, BYTES("a"), 1);
  if (status == SHIM_OK) status = shim_db_add(db, doc, NULL);
  if (status == SHIM_OK) status = shim_db_set_metadata(db, BYTES("key"), BYTES("value"));
  shim_doc_free(doc);
  shim_db_free(db);
  return status;
}

static void test_memory_runs_out(void **state)
{
  (void)state;
  static ShimStatus (*const uses[])(void) = {use_document, use_reader, use_list,
                                             use_query,    use_set,    use_writer};
  static const char *const lines[] = {"a b c", "b c a"};
  memory_db = make_db(lines, COUNT(lines));
  for (size_t i = 0; i < COUNT(uses); i++) {
    long spare = 0;
    ShimStatus status;
    do {
      shim_fail_allocation(spare++);
      status = uses[i]();
      /* Xapian catches some, and goes on without. */
      if (shim_allocation_failed() && status != SHIM_OK) expect(SHIM_NO_MEMORY, status);
    } while (shim_allocation_failed());
    must(status);
    shim_fail_allocation(-1);
  }
  ShimDb *db = open_reader(memory_db);
  assert_int_equal(doc_count(db), COUNT(lines));
  shim_db_free(db);
}

/* ---- languages ---- */

#define ENGLISH "The ministers met in the capital on Monday and agreed to open the border again."
#define FRENCH                                                                                     \
  "Les ministres se sont r\u00e9unis lundi dans la capitale et ont d\u00e9cid\u00e9 de rouvrir "   \
  "la fronti\u00e8re."
#define SPANISH                                                                                    \
  "Los ministros se reunieron el lunes en la capital y decidieron abrir de nuevo la frontera."
#define ARABIC                                                                                     \
  "\u0627\u062c\u062a\u0645\u0639 \u0627\u0644\u0648\u0632\u0631\u0627\u0621 \u064a\u0648\u0645 "  \
  "\u0627\u0644\u0627\u062b\u0646\u064a\u0646 \u0641\u064a "                                       \
  "\u0627\u0644\u0639\u0627\u0635\u0645\u0629"
#define RUSSIAN                                                                                    \
  "\u041c\u0438\u043d\u0438\u0441\u0442\u0440\u044b \u0432\u0441\u0442\u0440\u0435\u0442\u0438"    \
  "\u043b\u0438\u0441\u044c \u0432 \u043f\u043e\u043d\u0435\u0434\u0435\u043b\u044c"               \
  "\u043d\u0438\u043a \u0432 \u0441\u0442\u043e\u043b\u0438\u0446\u0435."
/* After it CLD2 may not look at anything. */
#define BAD "\xff"

static void test_languages(void **state)
{
  static const struct {
    const char *text;
    size_t len;
    const char *code;
  } cases[] = {
      {BYTES(ENGLISH), "en"},
      {BYTES(FRENCH), "fr"},
      {BYTES(SPANISH), "es"},
      {BYTES(ARABIC), "ar"},
      {BYTES(RUSSIAN), "ru"},
      {BYTES(FRENCH BAD), "fr"},
      {BYTES(FRENCH BAD ENGLISH ENGLISH ENGLISH), "fr"},
      {BYTES(RUSSIAN "\xd0"), "ru"},                       /* cut inside a letter */
      {BYTES(SPANISH "\xed\xa0\x80" FRENCH FRENCH), "es"}, /* a surrogate */
      {BYTES(""), "und"},
      {BYTES(BAD ENGLISH), "und"},
      {BYTES(BAD BAD BAD), "und"},
      {BYTES("12345 67890 ... --- !!!"), "und"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT(cases); i++) {
    ShimLanguage language;
    memset(&language, 0x5a, sizeof language);
    must(shim_detect_language(cases[i].text, cases[i].len, &language));
    assert_string_equal(language.code, cases[i].code);
    bool known = strcmp(cases[i].code, "und") != 0;
    assert_int_equal(language.reliable, known);
    assert_in_range(language.percent, known ? 90 : 0, known ? 100 : 0);
  }
}

static void test_language_of_no_text(void **state)
{
  (void)state;
  ShimLanguage language;
  must(shim_detect_language(NULL, 0, &language));
  assert_string_equal(language.code, "und");
  /* More than CLD2 can count; refused before it is read. */
  expect(SHIM_RANGE, shim_detect_language("", SIZE_MAX, &language));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_every_exception_has_a_status),
      cmocka_unit_test(test_exceptions_without_a_sentence_get_one),
      cmocka_unit_test(test_the_cause_is_part_of_the_message),
      cmocka_unit_test(test_no_exception_is_ok),
      cmocka_unit_test(test_status_names_are_distinct),
      cmocka_unit_test(test_message_outlives_the_handle),
      cmocka_unit_test(test_message_stays_until_the_next_failure),
      cmocka_unit_test(test_long_message_is_cut_between_characters),
      cmocka_unit_test(test_each_thread_has_its_message),
      cmocka_unit_test(test_free_takes_null),
      cmocka_unit_test(test_version),
      cmocka_unit_test(test_memory_runs_out),
      cmocka_unit_test(test_languages),
      cmocka_unit_test(test_language_of_no_text),
  };
  return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
