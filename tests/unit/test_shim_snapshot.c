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
      {{0, 0, SHIM_CORRUPT}, 2, SHIM_CORRUPT},
      {{0, 5, SHIM_DATABASE}, 6, SHIM_DATABASE},
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

enum { WORDS = 40, ADDED = 5, COMMITS = 200 };

static ShimStatus add_pair(ShimDb *db, int number)
{
  ShimDoc *doc = NULL;
  char text[512], value[16];
  int len =
      snprintf(text, sizeof text, "word%d in document %d of them all", number % WORDS, number);
  ShimStatus status = shim_doc_new(&doc);
  if (status == SHIM_OK) status = shim_doc_add_term(doc, BYTES("a"), 1);
  if (status == SHIM_OK) status = shim_doc_add_term(doc, BYTES("b"), 1);
  if (status == SHIM_OK) status = shim_doc_add_term(doc, text, strcspn(text, " "), 1);
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

/* Another process that commits so many generations for each byte it is sent, and sends it back. */
typedef struct Helper {
  pid_t pid;
  int ask, answer;
} Helper;

/* What a run of the work saw; `at_step` counts down to where the helper commits. */
typedef struct View {
  uint32_t a, b, documents, noted, matches, asked, postings, hits_with_data;
  int runs, at_step;
  char commits;
  const Helper *helper;
} View;

static void step(View *view)
{
  char byte = view->commits;
  if (view->helper == NULL || view->at_step-- != 0) return;
  assert_int_equal(write(view->helper->ask, &byte, 1), 1);
  assert_int_equal(read(view->helper->answer, &byte, 1), 1);
}

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
    if (view->postings % 256 == 1) step(view);
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
    step(view);
    if (status == SHIM_OK) status = shim_doc_data(doc, &data, &len);
    view->hits_with_data += status == SHIM_OK && len > 0;
    shim_doc_free(doc);
  }
  return status;
}

static bool holds_both(void *context, const char *value, size_t len, ShimHas has, void *asked)
{
  View *view = context;
  (void)value;
  if (++view->asked % 256 == 1) step(view);
  return len == 8 && has(asked, 0) && has(asked, 1);
}

static void keep(void *context)
{
  (void)context;
}

/* Those that have both terms, by asking each document for them. */
static ShimQuery *query_of_both(View *view)
{
  static const char *const terms[] = {"a", "b"};
  ShimTest test = {.terms = terms,
                   .n_terms = COUNT(terms),
                   .passes = holds_both,
                   .context = view,
                   .free_context = keep};
  ShimQuery *all = must_query("all"), *query = NULL;
  must(shim_query_test(all, &test, &query));
  shim_query_free(all);
  return query;
}

static ShimStatus view_matches(ShimDb *db, View *view)
{
  ShimQuery *query = query_of_both(view);
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

static ShimStatus view_stats(ShimDb *db, View *view)
{
  ShimDbStats stats;
  ShimStatus status = shim_db_stats(db, &stats);
  if (status == SHIM_OK) view->documents = stats.documents;
  return status;
}

static ShimStatus view_a(ShimDb *db, View *view)
{
  return shim_db_term_freq(db, BYTES("a"), &view->a);
}

static ShimStatus view_b(ShimDb *db, View *view)
{
  return shim_db_term_freq(db, BYTES("b"), &view->b);
}

static ShimStatus look(ShimDb *db, void *context)
{
  static ShimStatus (*const views[])(ShimDb *, View *) = {view_a,     view_matches,  view_postings,
                                                          view_stats, view_metadata, view_b};
  View *view = context;
  *view = (View){.runs = view->runs + 1,
                 .at_step = view->at_step,
                 .commits = view->commits,
                 .helper = view->helper};
  ShimStatus status = SHIM_OK;
  for (size_t i = 0; status == SHIM_OK && i < COUNT(views); i++) {
    step(view);
    status = views[i](db, view);
  }
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

/* A database of the generations before this one. */
static const char *make_generations(int n)
{
  const char *path = fresh("db");
  ShimDb *db = NULL;
  must(shim_db_create_scratch(path, &db));
  for (int generation = 0; generation < n; generation++) must(commit_generation(db, generation));
  shim_db_free(db);
  return path;
}

static void test_overtaken_reader_catches_up(void **state)
{
  (void)state;
  const char *path = fresh("db");
  ShimDb *writer = NULL;
  int generation = 0;
  must(shim_db_create_scratch(path, &writer)); /* as any writer, only faster */
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

/* The writer commits while a document is asked for a term, the first of many words. */
typedef struct Race {
  ShimDb *writer;
  int generation, calls;
  uint32_t found;
  bool asks; /* else it goes on to the values of later documents */
} Race;

static bool lose_the_race(void *context, const char *value, size_t len, ShimHas has, void *asked)
{
  Race *race = context;
  (void)value, (void)len;
  for (int i = 0; race->calls == 0 && i < 20; i++)
    must(commit_generation(race->writer, race->generation++));
  race->calls++;
  for (size_t word = 0; race->asks && word < WORDS; word++) has(asked, word);
  return true;
}

static ShimStatus run_race(ShimDb *reader, void *context)
{
  Race *race = context;
  static char words[WORDS][16];
  static const char *terms[WORDS];
  for (int i = 0; i < WORDS; i++) {
    snprintf(words[i], sizeof words[i], "word%d", i);
    terms[i] = words[i];
  }
  ShimTest test = {.terms = terms,
                   .n_terms = WORDS,
                   .passes = lose_the_race,
                   .context = race,
                   .free_context = keep};
  ShimQuery *among = must_query("a"), *query = NULL;
  must(shim_query_test(among, &test, &query));
  ShimMatchSpec spec = spec_of(query);
  ShimMatches *matches = NULL;
  ShimStatus status = shim_match(reader, &spec, &matches);
  if (status == SHIM_OK) race->found = shim_matches_counts(matches).estimated;
  shim_matches_free(matches);
  shim_query_free(query);
  shim_query_free(among);
  return status;
}

static void test_overtaken_inside_a_test(void **state)
{
  (void)state;
  for (int asks = 0; asks <= 1; asks++) {
    const char *path = make_generations(400);
    Race race = {.writer = open_writer(path), .generation = 400, .asks = asks};
    ShimDb *reader = open_reader(path);
    expect(SHIM_MODIFIED, run_race(reader, &race));
    must(shim_db_reopen(reader, NULL));
    race.calls = 0;
    must(shim_db_snapshot(reader, run_race, &race));
    assert_int_equal(race.found, doc_count(race.writer));
    shim_db_free(reader);
    shim_db_free(race.writer);
  }
}

/* ---- two processes in turn: overtaken at any point of the work ---- */

static void obey(const char *path, int generation, int ask, int answer)
{
  ShimDb *db = NULL;
  char commits = 0;
  if (shim_db_open_writer(path, false, &db) != SHIM_OK) _exit(1);
  while (read(ask, &commits, 1) == 1) {
    for (int i = 0; i < commits; i++)
      if (commit_generation(db, generation++) != SHIM_OK) _exit(2);
    if (write(answer, &commits, 1) != 1) _exit(3);
  }
  shim_db_free(db);
  _exit(0);
}

static Helper start_helper(const char *path, int generation)
{
  int ask[2], answer[2];
  assert_int_equal(pipe(ask), 0);
  assert_int_equal(pipe(answer), 0);
  pid_t pid = fork();
  assert_true(pid >= 0);
  if (pid == 0) {
    close(ask[1]);
    obey(path, generation, ask[0], answer[1]);
  }
  close(ask[0]);
  close(answer[1]);
  return (Helper){pid, ask[1], answer[0]};
}

static void end_helper(Helper helper)
{
  int status = 0;
  close(helper.ask);
  close(helper.answer);
  assert_int_equal(waitpid(helper.pid, &status, 0), helper.pid);
  assert_int_equal(status, 0);
}

static void test_overtaken_at_any_point(void **state)
{
  (void)state;
  enum { FIRST = 200, STEPS = 23, MOST_COMMITS = 4 };
  const char *path = make_generations(FIRST);
  Helper helper = start_helper(path, FIRST);
  ShimDb *reader = open_reader(path);
  int reruns = 0;
  for (char commits = 1; commits <= MOST_COMMITS; commits++)
    for (int at = 0; at < STEPS; at++) {
      View view = {.at_step = at, .commits = commits, .helper = &helper};
      must(shim_db_reopen(reader, NULL));
      must(shim_db_snapshot(reader, look, &view));
      assert_consistent(&view);
      assert_true(view.at_step < 0); /* the helper did commit */
      assert_in_range(view.runs, 1, 2);
      reruns += view.runs - 1;
    }
  assert_true(reruns > 0);
  shim_db_free(reader);
  end_helper(helper);
}

/* ---- two processes at once ----
 *
 * The writer takes a breath between commits. Without it a reader that is two commits behind reads
 * a block just while it is written again, once in some thousand commits: reading and writing a
 * file are not atomic on Linux, and Xapian 1.4 has no checksums to tell. */

static void write_generations(const char *path)
{
  ShimDb *db = NULL;
  if (shim_db_open_writer(path, false, &db) != SHIM_OK) _exit(1);
  for (int generation = 1; generation < COMMITS; generation++) {
    if (commit_generation(db, generation) != SHIM_OK) _exit(2);
    usleep(2000);
  }
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

static void test_snapshots_beside_a_writer(void **state)
{
  (void)state;
  const char *path = make_generations(1);
  ShimDb *reader = open_reader(path);
  pid_t writer = start_writer(path);
  uint32_t last = 0;
  bool ended = false;
  while (!ended) {
    View view = {0};
    ended = has_ended(writer);
    must(shim_db_reopen(reader, NULL));
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
  const char *path = make_generations(1);
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
  for (unsigned round = 0; round < 5; round++) {
    const char *path = make_generations(1);
    pid_t writer = start_writer(path);
    usleep(10000 + 7000 * round);
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
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_work_is_repeated_when_overtaken),
      cmocka_unit_test(test_overtaken_reader_catches_up),
      cmocka_unit_test(test_overtaken_inside_a_test),
      cmocka_unit_test(test_overtaken_at_any_point),
      cmocka_unit_test(test_snapshots_beside_a_writer),
      cmocka_unit_test(test_opening_beside_a_writer),
      cmocka_unit_test(test_reading_after_a_writer_was_killed),
  };
  return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
