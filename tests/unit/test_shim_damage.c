/* test_shim_damage.c - damaged databases fail with a status, and a check finds them.
 *
 * The damage is coarse on purpose: Xapian trusts a block with a right header, and may crash on a
 * wrong byte inside. */
#include <sys/stat.h>

#include "../../shim/set.h"
#include "shim_test.h"

enum { DOCUMENTS = 200 };

static const char *big_db(void)
{
  const char *path = fresh("big");
  ShimDb *db = open_writer(path);
  char text[128], data[256];
  memset(data, 'd', sizeof data);
  for (int i = 0; i < DOCUMENTS; i++) {
    snprintf(text, sizeof text, "all half%d tenth%d only%d one two three all", i % 2, i % 10, i);
    ShimDoc *doc = doc_of(text);
    must(shim_doc_set_data(doc, data, sizeof data));
    set_value(doc, 1, text + 4);
    must(shim_db_add(db, doc, NULL));
    shim_doc_free(doc);
  }
  must(shim_db_set_metadata(db, BYTES("key"), BYTES("value")));
  must(shim_db_commit(db));
  shim_db_free(db);
  return path;
}

/* ---- reading all that there is ---- */

static ShimStatus read_terms(ShimTerms *terms)
{
  const char *term = NULL;
  size_t len = 0;
  ShimStatus status;
  while ((status = shim_terms_next(terms, &term, &len)) == SHIM_OK) continue;
  shim_terms_free(terms);
  return status == SHIM_END ? SHIM_OK : status;
}

static ShimStatus read_document(ShimDb *db, uint32_t docid)
{
  ShimDoc *doc = NULL;
  ShimTerms *terms = NULL;
  const char *data = NULL;
  size_t len = 0;
  ShimStatus status = shim_db_document(db, docid, &doc);
  if (status == SHIM_OK) status = shim_doc_data(doc, &data, &len);
  if (status == SHIM_OK) status = shim_doc_value(doc, 1, &data, &len);
  shim_doc_free(doc);
  if (status == SHIM_OK) status = shim_terms_of_document(db, docid, &terms);
  return status == SHIM_OK ? read_terms(terms) : status;
}

static ShimStatus run_query(ShimDb *db, const char *text)
{
  ShimQuery *query = must_query(text);
  ShimMatchSpec spec = spec_of(query);
  ShimMatches *matches = NULL;
  ShimStatus status = shim_match(db, &spec, &matches);
  shim_matches_free(matches);
  shim_query_free(query);
  return status;
}

static void read_value(void *context, uint32_t docid, const char *value, size_t len)
{
  (void)context, (void)docid, (void)value, (void)len;
}

static ShimStatus find_set(ShimDb *db, const char *text)
{
  ShimQuery *query = must_query(text);
  ShimSet *set = NULL;
  ShimStatus status = shim_set_find(db, query, &set);
  if (status == SHIM_OK) status = shim_values(db, 1, set, read_value, NULL);
  shim_set_free(set);
  shim_query_free(query);
  return status;
}

static ShimStatus read_all(ShimDb *db, void *calls)
{
  ShimTerms *terms = NULL;
  ++*(int *)calls;
  ShimStatus status = shim_terms_all(db, BYTES(""), &terms);
  if (status == SHIM_OK) status = read_terms(terms);
  for (uint32_t i = 1; status == SHIM_OK && i <= DOCUMENTS; i++) status = read_document(db, i);
  if (status == SHIM_OK) status = run_query(db, "(test 1 tenth7 (and all half1))");
  if (status == SHIM_OK) status = run_query(db, "(and all (range 1 a z))");
  if (status == SHIM_OK) status = find_set(db, "(and-not all half1 (and tenth7 half0))");
  return status;
}

/* Damage is no reason to try again and again: twice, if it was no passing one. */
static ShimStatus open_and_read(const char *path)
{
  ShimDb *db = NULL;
  ShimStatus status = shim_db_open(path, &db);
  if (status != SHIM_OK) return status;
  int calls = 0;
  status = shim_db_snapshot(db, read_all, &calls);
  assert_int_equal(calls, status == SHIM_CORRUPT ? 2 : 1);
  shim_db_free(db);
  return status;
}

/* ---- damage ---- */

static off_t size_of(const char *file)
{
  struct stat st;
  assert_int_equal(stat(file, &st), 0);
  return st.st_size;
}

static void empty(const char *file)
{
  assert_int_equal(truncate(file, 0), 0);
}

static void halve(const char *file)
{
  assert_int_equal(truncate(file, size_of(file) / 2), 0);
}

static void fill(const char *file, int byte)
{
  off_t size = size_of(file);
  FILE *out = fopen(file, "r+");
  assert_non_null(out);
  for (off_t i = 0; i < size; i++) putc(byte, out);
  assert_int_equal(fclose(out), 0);
}

static void fill_zero(const char *file)
{
  fill(file, 0);
}

static void fill_ff(const char *file)
{
  fill(file, 0xff);
}

static void erase(const char *file)
{
  assert_int_equal(unlink(file), 0);
}

static const struct Damage {
  const char *file;
  void (*harm)(const char *file);
  ShimStatus status;
} damages[] = {
    {"iamglass", empty, SHIM_CORRUPT},           {"iamglass", halve, SHIM_CORRUPT},
    {"iamglass", fill_zero, SHIM_CORRUPT},       {"iamglass", fill_ff, SHIM_CORRUPT},
    {"iamglass", erase, SHIM_NOT_FOUND},         {"postlist.glass", empty, SHIM_DATABASE},
    {"postlist.glass", halve, SHIM_DATABASE},    {"postlist.glass", fill_zero, SHIM_CORRUPT},
    {"postlist.glass", fill_ff, SHIM_CORRUPT},   {"postlist.glass", erase, SHIM_OPENING},
    {"docdata.glass", empty, SHIM_DATABASE},     {"docdata.glass", halve, SHIM_DATABASE},
    {"docdata.glass", fill_zero, SHIM_CORRUPT},  {"docdata.glass", fill_ff, SHIM_CORRUPT},
    {"termlist.glass", empty, SHIM_DATABASE},    {"termlist.glass", halve, SHIM_DATABASE},
    {"termlist.glass", fill_zero, SHIM_CORRUPT}, {"termlist.glass", fill_ff, SHIM_CORRUPT},
};

static const char *damaged_db(const struct Damage *damage)
{
  const char *path = big_db();
  char file[256];
  snprintf(file, sizeof file, "%s/%s", path, damage->file);
  damage->harm(file);
  return path;
}

static void test_damage_is_a_status(void **state)
{
  (void)state;
  for (size_t i = 0; i < COUNT(damages); i++) {
    const char *path = damaged_db(&damages[i]);
    expect_at(damages[i].status, open_and_read(path), damages[i].file, __FILE__, __LINE__);
    assert_true(shim_message()[0] != '\0');
  }
}

/* Damage that comes while documents are asked for terms. */
typedef struct Harm {
  char file[256];
  void (*harm)(const char *file);
  bool asks; /* else it goes on to the values of later documents */
  int calls;
} Harm;

static bool do_harm(void *context, const char *value, size_t len, ShimHas has, void *asked)
{
  Harm *harm = context;
  (void)value, (void)len;
  if (harm->calls++ == 0) harm->harm(harm->file);
  for (size_t term = 0; harm->asks && term < 2; term++) has(asked, term);
  return true;
}

static void keep(void *context)
{
  (void)context;
}

static ShimStatus run_while_harmed(ShimDb *db, Harm *harm)
{
  static const char *const terms[] = {"half1", "only99"};
  ShimTest test = {.slot = 1,
                   .terms = terms,
                   .n_terms = COUNT(terms),
                   .passes = do_harm,
                   .context = harm,
                   .free_context = keep};
  ShimQuery *all = must_query("all"), *query = NULL;
  must(shim_query_test(all, &test, &query));
  ShimMatchSpec spec = spec_of(query);
  ShimMatches *matches = NULL;
  ShimStatus status = shim_match(db, &spec, &matches);
  if (status != SHIM_OK) assert_null(matches);
  shim_matches_free(matches);
  shim_query_free(query);
  shim_query_free(all);
  return status;
}

static void test_damage_inside_a_test(void **state)
{
  static const struct {
    void (*harm)(const char *file);
    ShimStatus status;
  } cases[] = {{empty, SHIM_DATABASE}, {fill_zero, SHIM_CORRUPT}, {fill_ff, SHIM_CORRUPT}};
  (void)state;
  for (size_t i = 0; i < 2 * COUNT(cases); i++) {
    const char *path = big_db();
    Harm harm = {.harm = cases[i / 2].harm, .asks = i % 2};
    snprintf(harm.file, sizeof harm.file, "%s/postlist.glass", path);
    ShimDb *db = open_reader(path);
    expect(cases[i / 2].status, run_while_harmed(db, &harm));
    assert_in_range(harm.calls, 1, DOCUMENTS - 1);
    shim_db_free(db);
  }
}

static void test_check_finds_damage(void **state)
{
  (void)state;
  for (size_t i = 0; i < COUNT(damages); i++) {
    size_t errors = 0;
    const char *path = damaged_db(&damages[i]);
    if (shim_check(path, &errors) == SHIM_OK) assert_true(errors > 0);
  }
}

static void test_check_of_a_good_database(void **state)
{
  (void)state;
  size_t errors = 99;
  const char *path = big_db();
  must(shim_check(path, &errors));
  assert_int_equal(errors, 0);
  int calls = 0;
  ShimDb *db = open_reader(path);
  must(read_all(db, &calls));
  shim_db_free(db);
}

static void copy_file(const char *from, const char *to)
{
  static char block[1 << 16];
  FILE *in = fopen(from, "r"), *out = fopen(to, "w");
  assert_non_null(in);
  assert_non_null(out);
  size_t n;
  while ((n = fread(block, 1, sizeof block, in)) > 0) assert_int_equal(fwrite(block, 1, n, out), n);
  assert_int_equal(fclose(in), 0);
  assert_int_equal(fclose(out), 0);
}

/* Blocks that are right, of another database: only a check can tell. */
static void test_check_counts_errors(void **state)
{
  (void)state;
  static const char *const some[] = {"a b", "a c"}, *const others[] = {"a b d", "b"};
  const char *good = make_db(some, COUNT(some)), *bad = make_db(others, COUNT(others));
  char from[256], to[256];
  snprintf(from, sizeof from, "%s/postlist.glass", good);
  snprintf(to, sizeof to, "%s/postlist.glass", bad);
  copy_file(from, to);
  size_t errors = 0;
  must(shim_check(bad, &errors));
  assert_true(errors > 0);
}

static void test_database_of_another_version(void **state)
{
  (void)state;
  char file[256];
  const char *path = big_db();
  snprintf(file, sizeof file, "%s/iamglass", path);
  FILE *out = fopen(file, "r+");
  assert_non_null(out);
  assert_int_equal(fseek(out, 14, SEEK_SET), 0); /* behind "\x0f\rXapian Glass" */
  assert_int_equal(fwrite("\x7f\x7f", 1, 2, out), 2);
  assert_int_equal(fclose(out), 0);
  ShimDb *db = NULL;
  expect(SHIM_VERSION, shim_db_open(path, &db));
  expect(SHIM_VERSION, shim_db_open_writer(path, true, &db));
  assert_null(db);
}

/* (A postlist.glass that is gone is not noticed: Xapian's writers begin a new one.) */
static void test_writer_of_a_damaged_database(void **state)
{
  (void)state;
  for (size_t i = 0; i < COUNT(damages); i++) {
    if (strcmp(damages[i].file, "postlist.glass") != 0 || damages[i].harm == erase) continue;
    const char *path = damaged_db(&damages[i]);
    ShimDb *db = NULL;
    ShimDoc *doc = doc_of("all");
    ShimStatus status = shim_db_open_writer(path, true, &db);
    if (status == SHIM_OK) status = shim_db_add(db, doc, NULL);
    if (status == SHIM_OK) status = shim_db_commit(db);
    expect(damages[i].status, status);
    shim_doc_free(doc);
    shim_db_free(db);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_damage_is_a_status),
      cmocka_unit_test(test_damage_inside_a_test),
      cmocka_unit_test(test_check_finds_damage),
      cmocka_unit_test(test_check_of_a_good_database),
      cmocka_unit_test(test_check_counts_errors),
      cmocka_unit_test(test_database_of_another_version),
      cmocka_unit_test(test_writer_of_a_damaged_database),
  };
  return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
