/* test_shim_snapshot.c - reading while another process writes. */
#include <signal.h>
#include <sys/wait.h>

#include "shim_test.h"

/* ---- how often work is run ---- */

typedef struct Script {
  int calls, fail_first; /* so many runs are overtaken */
  ShimStatus then;
} Script;

static ShimStatus follow_script(ShimDb *db, void *context)
{
  Script *script = context;
  (void)db;
  return ++script->calls <= script->fail_first ? SHIM_MODIFIED : script->then;
}

static void test_work_is_repeated_when_overtaken(void **state)
{
  static const struct {
    Script script;
    int calls;
    ShimStatus status;
  } cases[] = {
      {{0, 0, SHIM_OK}, 1, SHIM_OK},
      {{0, 1, SHIM_OK}, 2, SHIM_OK},
      {{0, 99, SHIM_OK}, 100, SHIM_OK},
      {{0, 100, SHIM_OK}, 100, SHIM_MODIFIED},
      {{0, 1000, SHIM_OK}, 100, SHIM_MODIFIED},
      {{0, 0, SHIM_CORRUPT}, 1, SHIM_CORRUPT},
      {{0, 5, SHIM_NOT_FOUND}, 6, SHIM_NOT_FOUND},
      {{0, 0, SHIM_END}, 1, SHIM_END},
  };
  (void)state;
  static const char *const lines[] = {"a"};
  ShimDb *db = open_reader(make_db(lines, 1));
  for (size_t i = 0; i < COUNT(cases); i++) {
    Script script = cases[i].script;
    expect(cases[i].status, shim_db_snapshot(db, follow_script, &script));
    assert_int_equal(script.calls, cases[i].calls);
  }
  shim_db_free(db);
}

/* ---- a database of generations ----
 *
 * A commit adds documents that have both of two terms, deletes some, and notes in the metadata how
 * many there are: whoever sees one state sees that they agree. */

enum { WORDS = 40, ADDED = 5, COMMITS = 400 };

static ShimStatus add_pair(ShimDb *db, int number)
{
  ShimDoc *doc = NULL;
  char text[512], value[16];
  int len =
      snprintf(text, sizeof text, "word%d in document %d of them all", number % WORDS, number);
  ShimStatus status = shim_doc_new(&doc);
  if (status == SHIM_OK) status = shim_doc_add_posting(doc, BYTES("a"), 1, 1);
  if (status == SHIM_OK) status = shim_doc_add_posting(doc, BYTES("b"), 2, 1);
  if (status == SHIM_OK) status = shim_doc_add_posting(doc, text, strcspn(text, " "), 3, 1);
  if (status == SHIM_OK) status = shim_doc_set_data(doc, text, (size_t)len);
  snprintf(value, sizeof value, "%08d", number);
  if (status == SHIM_OK) status = shim_doc_set_value(doc, 0, value, strlen(value));
  if (status == SHIM_OK) status = shim_db_add(db, doc, NULL);
  shim_doc_free(doc);
  return status;
}

static ShimStatus commit_generation(ShimDb *db, int generation)
{
  ShimStatus status = SHIM_OK;
  for (int i = 0; status == SHIM_OK && i < ADDED; i++)
    status = add_pair(db, generation * ADDED + i);
  if (status == SHIM_OK && generation % 2 == 1)
    status = shim_db_delete(db, (uint32_t)(generation / 2 * ADDED + 1));
  ShimDbStats stats;
  char count[16];
  if (status == SHIM_OK) status = shim_db_stats(db, &stats);
  if (status != SHIM_OK) return status;
  int len = snprintf(count, sizeof count, "%u", stats.documents);
  status = shim_db_set_metadata(db, BYTES("count"), count, (size_t)len);
  return status == SHIM_OK ? shim_db_commit(db) : status;
}

/* What a run of the work saw. */
typedef struct View {
  uint32_t a, b, documents, noted, matches, postings, hits_with_data;
  int runs;
} View;

static ShimStatus view_metadata(ShimDb *db, View *view)
{
  char *count = NULL;
  size_t len = 0;
  ShimStatus status = shim_db_metadata(db, BYTES("count"), &count, &len);
  if (status == SHIM_OK) view->noted = (uint32_t)atoi(count);
  free(count);
  return status;
}

static ShimStatus view_postings(ShimDb *db, View *view)
{
  ShimPostings *postings = NULL;
  uint32_t docid = 0;
  ShimStatus status = shim_postings_open(db, BYTES("b"), &postings);
  while (status == SHIM_OK) {
    status = shim_postings_next(postings, &docid, NULL);
    view->postings += status == SHIM_OK;
  }
  shim_postings_free(postings);
  return status == SHIM_END ? SHIM_OK : status;
}

static ShimStatus view_hits(ShimDb *db, View *view, const ShimMatches *matches)
{
  ShimStatus status = SHIM_OK;
  view->matches = shim_matches_counts(matches).estimated;
  for (uint32_t i = 0; status == SHIM_OK && i < shim_matches_size(matches); i++) {
    ShimDoc *doc = NULL;
    const char *data = NULL;
    size_t len = 0;
    status = shim_db_document(db, shim_matches_hit(matches, i).docid, &doc);
    if (status == SHIM_OK) status = shim_doc_data(doc, &data, &len);
    view->hits_with_data += status == SHIM_OK && len > 0;
    shim_doc_free(doc);
  }
  return status;
}

static ShimStatus view_matches(ShimDb *db, View *view)
{
  ShimQuery *query = must_query("(phrase a b)");
  ShimMatchSpec spec = spec_of(query);
  ShimMatches *matches = NULL;
  spec.max = 10;
  spec.sort = SHIM_SORT_VALUE_DOWN;
  ShimStatus status = shim_match(db, &spec, &matches);
  if (status == SHIM_OK) status = view_hits(db, view, matches);
  shim_matches_free(matches);
  shim_query_free(query);
  return status;
}

static ShimStatus look(ShimDb *db, void *context)
{
  View *view = context;
  *view = (View){.runs = view->runs + 1};
  ShimDbStats stats;
  ShimStatus status = shim_db_term_freq(db, BYTES("a"), &view->a);
  if (status == SHIM_OK) status = view_matches(db, view);
  if (status == SHIM_OK) status = view_postings(db, view);
  if (status == SHIM_OK) status = shim_db_stats(db, &stats);
  if (status == SHIM_OK) view->documents = stats.documents;
  if (status == SHIM_OK) status = view_metadata(db, view);
  if (status == SHIM_OK) status = shim_db_term_freq(db, BYTES("b"), &view->b);
  return status;
}

static void assert_consistent(const View *view)
{
  assert_int_equal(view->a, view->b);
  assert_int_equal(view->a, view->documents);
  assert_int_equal(view->a, view->noted);
  assert_int_equal(view->a, view->matches);
  assert_int_equal(view->a, view->postings);
  assert_int_equal(view->hits_with_data, view->a < 10 ? view->a : 10);
}

/* ---- one process: certainly overtaken ---- */

static void test_overtaken_reader_catches_up(void **state)
{
  (void)state;
  const char *path = fresh("db");
  ShimDb *writer = open_writer(path);
  int generation = 0;
  for (; generation < 200; generation++) must(commit_generation(writer, generation));
  ShimDb *reader = open_reader(path);
  uint32_t freq = 0;
  must(shim_db_term_freq(reader, BYTES("a"), &freq));
  for (; generation < 220; generation++) must(commit_generation(writer, generation));
  View view = {0};
  expect(SHIM_MODIFIED, look(reader, &view)); /* else the test below tests nothing */
  view.runs = 0;
  must(shim_db_snapshot(reader, look, &view));
  assert_int_equal(view.runs, 2);
  assert_consistent(&view);
  assert_int_equal(view.a, doc_count(writer));
  shim_db_free(reader);
  shim_db_free(writer);
}

/* ---- two processes ---- */

static void write_generations(const char *path)
{
  ShimDb *db = NULL;
  if (shim_db_open_writer(path, false, &db) != SHIM_OK) _exit(1);
  for (int generation = 1; generation < COMMITS; generation++)
    if (commit_generation(db, generation) != SHIM_OK) _exit(2);
  shim_db_free(db);
  _exit(0);
}

static pid_t start_writer(const char *path)
{
  pid_t pid = fork();
  assert_true(pid >= 0);
  if (pid == 0) write_generations(path);
  return pid;
}

static bool has_ended(pid_t pid)
{
  int status = 0;
  pid_t ended = waitpid(pid, &status, WNOHANG);
  assert_true(ended >= 0);
  if (ended == pid) assert_int_equal(status, 0);
  return ended == pid;
}

static const char *first_generation(void)
{
  const char *path = fresh("db");
  ShimDb *db = open_writer(path);
  must(commit_generation(db, 0));
  shim_db_free(db);
  return path;
}

static void test_snapshots_beside_a_writer(void **state)
{
  (void)state;
  const char *path = first_generation();
  ShimDb *reader = open_reader(path);
  pid_t writer = start_writer(path);
  uint32_t last = 0;
  bool ended = false;
  for (int n = 0; !ended; n++) {
    View view = {0};
    ended = has_ended(writer);
    if (n % 3 == 0 || ended) must(shim_db_reopen(reader, NULL));
    must(shim_db_snapshot(reader, look, &view));
    assert_consistent(&view);
    assert_true(view.a >= last); /* never back in time */
    last = view.a;
  }
  assert_int_equal(last, COMMITS * ADDED - COMMITS / 2);
  shim_db_free(reader);
}

/* Each reader is new: a database may be opened at any time. */
static void test_opening_beside_a_writer(void **state)
{
  (void)state;
  const char *path = first_generation();
  pid_t writer = start_writer(path);
  while (!has_ended(writer)) {
    View view = {0};
    ShimDb *reader = open_reader(path);
    must(shim_db_snapshot(reader, look, &view));
    assert_consistent(&view);
    shim_db_free(reader);
  }
}

static void test_reading_after_a_writer_was_killed(void **state)
{
  (void)state;
  const char *path = first_generation();
  for (int round = 0; round < 5; round++) {
    pid_t writer = start_writer(path);
    usleep(10000 + 7000 * (unsigned)round);
    kill(writer, SIGKILL);
    assert_int_equal(waitpid(writer, NULL, 0), writer);
    View view = {0};
    size_t errors = 1;
    ShimDb *reader = open_reader(path);
    must(shim_db_snapshot(reader, look, &view));
    assert_consistent(&view);
    shim_db_free(reader);
    must(shim_check(path, &errors));
    assert_int_equal(errors, 0);
    path = first_generation();
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_work_is_repeated_when_overtaken),
      cmocka_unit_test(test_overtaken_reader_catches_up),
      cmocka_unit_test(test_snapshots_beside_a_writer),
      cmocka_unit_test(test_opening_beside_a_writer),
      cmocka_unit_test(test_reading_after_a_writer_was_killed),
  };
  return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
