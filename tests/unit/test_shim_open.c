/* test_shim_open.c - opening: what is there, what is not, what is damaged, what is locked. */
#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "shim_test.h"

static const char *const three_lines[] = {"a b c", "b c a", "c b"};

static const char *small_db(void)
{
  return make_db(three_lines, COUNT(three_lines));
}

/* ---- what is no database ---- */

static const char *missing(void)
{
  return fresh("missing");
}

static const char *empty_folder(void)
{
  const char *path = fresh("empty");
  assert_int_equal(mkdir(path, 0700), 0);
  return path;
}

static const char *other_folder(void)
{
  char file[256];
  const char *path = empty_folder();
  snprintf(file, sizeof file, "%s/notes.txt", path);
  write_file(file, "no database\n");
  return path;
}

static const char *text_file(void)
{
  const char *path = fresh("file");
  write_file(path, "no database\n");
  return path;
}

static const char *stub_to_nowhere(void)
{
  const char *path = fresh("stub");
  write_file(path, "auto /nowhere/at/all\n");
  return path;
}

static const char *below_a_file(void)
{
  static char path[256];
  snprintf(path, sizeof path, "%s/db", text_file());
  return path;
}

static const char *below_nothing(void)
{
  static char path[256];
  snprintf(path, sizeof path, "%s/db", missing());
  return path;
}

static const struct Place {
  const char *(*make)(void);
  ShimStatus read, write, create, check;
} places[] = {
    {missing, SHIM_NOT_FOUND, SHIM_NOT_FOUND, SHIM_OK, SHIM_OPENING},
    {empty_folder, SHIM_NOT_FOUND, SHIM_NOT_FOUND, SHIM_OK, SHIM_OPENING},
    {other_folder, SHIM_NOT_FOUND, SHIM_NOT_FOUND, SHIM_OK, SHIM_OPENING},
    {text_file, SHIM_OPENING, SHIM_OPENING, SHIM_OPENING, SHIM_OPENING},
    {stub_to_nowhere, SHIM_NOT_FOUND, SHIM_NOT_FOUND, SHIM_CREATE, SHIM_OPENING},
    {below_a_file, SHIM_OPENING, SHIM_OPENING, SHIM_OPENING, SHIM_OPENING},
    {below_nothing, SHIM_NOT_FOUND, SHIM_NOT_FOUND, SHIM_CREATE, SHIM_OPENING},
};

static void test_places_without_a_database(void **state)
{
  (void)state;
  for (size_t i = 0; i < COUNT(places); i++) {
    ShimDb *untouched = (ShimDb *)&places[i], *db = untouched;
    size_t errors = 99;
    expect(places[i].read, shim_db_open(places[i].make(), &db));
    expect(places[i].write, shim_db_open_writer(places[i].make(), false, &db));
    assert_ptr_equal(db, untouched);
    expect(places[i].check, shim_check(places[i].make(), &errors));
    assert_int_equal(errors, 99);
    assert_true(shim_message()[0] != '\0');
    expect(places[i].create, shim_db_open_writer(places[i].make(), true, &db));
    if (places[i].create == SHIM_OK) shim_db_free(db);
  }
}

static void test_message_names_the_place(void **state)
{
  (void)state;
  ShimDb *db = NULL;
  const char *path = missing();
  expect(SHIM_NOT_FOUND, shim_db_open(path, &db));
  assert_non_null(strstr(shim_message(), path));
}

/* ---- several as one, and by other ways ---- */

static void test_many_as_one(void **state)
{
  (void)state;
  const char *const paths[] = {small_db(), make_db(three_lines, 1)};
  ShimDb *db = NULL;
  expect(SHIM_INVALID, shim_db_open_many(paths, 0, &db));
  assert_null(db);
  must(shim_db_open_many(paths, 1, &db));
  assert_int_equal(doc_count(db), 3);
  shim_db_free(db);
  must(shim_db_open_many(paths, 2, &db));
  ShimDbStats stats;
  must(shim_db_stats(db, &stats));
  assert_int_equal(stats.documents, 4);
  assert_int_equal(stats.revision, 0);
  assert_int_equal(term_freq(db, "c"), 4);
  assert_finds(db, "a", "1 2 3"); /* numbers alternate between the databases */
  assert_terms_of(db, 2, "a b c");
  bool changed = true;
  must(shim_db_reopen(db, &changed));
  assert_false(changed);
  shim_db_free(db);
}

static void test_many_with_one_missing(void **state)
{
  (void)state;
  const char *const paths[] = {small_db(), missing()};
  ShimDb *db = NULL;
  expect(SHIM_NOT_FOUND, shim_db_open_many(paths, 2, &db));
  assert_null(db);
}

static void test_stub_file(void **state)
{
  (void)state;
  const char *path = small_db(), *stub = fresh("stub");
  char text[512];
  snprintf(text, sizeof text, "auto %s\n", path);
  write_file(stub, text);
  ShimDb *db = open_reader(stub);
  assert_int_equal(doc_count(db), 3);
  shim_db_free(db);

  snprintf(text, sizeof text, "glass %s\nglass %s\n", path, small_db());
  write_file(stub, text);
  db = open_reader(stub);
  assert_int_equal(doc_count(db), 6);
  shim_db_free(db);
}

/* A backend without revisions; a remote one has none either. */
static void test_stats_without_a_revision(void **state)
{
  (void)state;
  const char *stub = fresh("stub");
  write_file(stub, "inmemory\n");
  ShimDb *db = open_reader(stub);
  ShimDbStats stats = {1, 1, 1, 1};
  must(shim_db_stats(db, &stats));
  assert_int_equal(stats.documents, 0);
  assert_int_equal(stats.last_docid, 0);
  assert_int_equal(stats.revision, 0);
  shim_db_free(db);
}

static void test_stats(void **state)
{
  (void)state;
  const char *path = small_db();
  ShimDb *writer = open_writer(path), *reader = open_reader(path);
  ShimDbStats before, after;
  must(shim_db_stats(reader, &before));
  assert_int_equal(before.documents, 3);
  assert_int_equal(before.last_docid, 3);
  assert_true(before.average_length > 2.66 && before.average_length < 2.67);
  must(shim_db_delete(writer, 3));
  must(shim_db_commit(writer));
  must(shim_db_reopen(reader, NULL));
  must(shim_db_stats(reader, &after));
  assert_int_equal(after.documents, 2);
  assert_int_equal(after.last_docid, 3);
  assert_true(after.revision > before.revision);
  shim_db_free(writer);
  shim_db_free(reader);
}

static void test_uuid(void **state)
{
  (void)state;
  const char *path = small_db();
  ShimDb *db = open_reader(path), *other = open_reader(path);
  char *uuid = NULL, *same = NULL, *different = NULL;
  must(shim_db_uuid(db, &uuid));
  must(shim_db_uuid(other, &same));
  assert_int_equal(strlen(uuid), 36);
  assert_string_equal(uuid, same);
  shim_db_free(other);
  other = open_reader(small_db());
  must(shim_db_uuid(other, &different));
  assert_string_not_equal(uuid, different);
  shim_db_free(db);
  shim_db_free(other);
  free(uuid);
  free(same);
  free(different);
}

/* ---- remote ---- */

/* A socket on a port of 127.0.0.1 that accepts nothing; skips the test where there is no network.
 */
static int silent_server(unsigned *port)
{
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t len = sizeof address;
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0) skip();
  assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &len), 0);
  *port = ntohs(address.sin_port);
  return fd;
}

static void test_remote_refused(void **state)
{
  (void)state;
  unsigned port = 0;
  int fd = silent_server(&port); /* not listening: refused, and nobody else can take the port */
  ShimDb *db = NULL;
  expect(SHIM_NETWORK, shim_db_open_remote("127.0.0.1", port, 1000, &db));
  assert_null(db);
  close(fd);
}

static void test_remote_does_not_answer(void **state)
{
  (void)state;
  unsigned port = 0;
  int fd = silent_server(&port);
  assert_int_equal(listen(fd, 1), 0);
  ShimDb *db = NULL;
  expect(SHIM_TIMEOUT, shim_db_open_remote("127.0.0.1", port, 50, &db));
  assert_null(db);
  close(fd);
}

/* ---- the lock ---- */

typedef struct Other {
  pid_t pid;
  int ready, stop;
} Other;

/* In the other process: takes the lock, says so and waits to be told to end. */
static void hold_lock(const char *path, int ready, int stop)
{
  ShimDb *db = NULL;
  char byte = 0;
  if (shim_db_open_writer(path, false, &db) != SHIM_OK) _exit(1);
  if (write(ready, &byte, 1) != 1) _exit(2);
  if (read(stop, &byte, 1) < 0) _exit(3);
  shim_db_free(db);
  _exit(0);
}

static Other start_other(const char *path)
{
  int ready[2], stop[2];
  char byte = 0;
  assert_int_equal(pipe(ready), 0);
  assert_int_equal(pipe(stop), 0);
  pid_t pid = fork();
  assert_true(pid >= 0);
  if (pid == 0) {
    close(stop[1]);
    hold_lock(path, ready[1], stop[0]);
  }
  close(ready[1]);
  close(stop[0]);
  assert_int_equal(read(ready[0], &byte, 1), 1);
  return (Other){pid, ready[0], stop[1]};
}

static int end_other(Other other)
{
  int status = 0;
  close(other.stop);
  close(other.ready);
  assert_int_equal(waitpid(other.pid, &status, 0), other.pid);
  return status;
}

static void test_one_writer_at_a_time(void **state)
{
  (void)state;
  const char *path = small_db();
  Other other = start_other(path);
  ShimDb *db = NULL;
  expect(SHIM_LOCKED, shim_db_open_writer(path, false, &db));
  expect(SHIM_LOCKED, shim_db_open_writer(path, true, &db));
  assert_null(db);
  db = open_reader(path); /* readers need no lock */
  assert_int_equal(doc_count(db), 3);
  shim_db_free(db);
  assert_int_equal(end_other(other), 0);
  must(shim_db_open_writer(path, false, &db));
  shim_db_free(db);
}

static void test_lock_of_a_killed_writer_is_free(void **state)
{
  (void)state;
  const char *path = small_db();
  Other other = start_other(path);
  assert_int_equal(kill(other.pid, SIGKILL), 0);
  assert_true(WIFSIGNALED(end_other(other)));
  ShimDb *db = open_writer(path);
  assert_int_equal(doc_count(db), 3);
  shim_db_free(db);
}

static void test_lock_inside_a_process(void **state)
{
  (void)state;
  const char *path = small_db();
  ShimDb *first = open_writer(path), *second = NULL;
  expect(SHIM_LOCKED, shim_db_open_writer(path, false, &second));
  assert_null(second);
  add_words(first, "still works");
  must(shim_db_commit(first));
  shim_db_free(first);
  second = open_writer(path);
  assert_int_equal(doc_count(second), 4);
  shim_db_free(second);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_places_without_a_database),
      cmocka_unit_test(test_message_names_the_place),
      cmocka_unit_test(test_many_as_one),
      cmocka_unit_test(test_many_with_one_missing),
      cmocka_unit_test(test_stub_file),
      cmocka_unit_test(test_stats_without_a_revision),
      cmocka_unit_test(test_stats),
      cmocka_unit_test(test_uuid),
      cmocka_unit_test(test_remote_refused),
      cmocka_unit_test(test_remote_does_not_answer),
      cmocka_unit_test(test_one_writer_at_a_time),
      cmocka_unit_test(test_lock_of_a_killed_writer_is_free),
      cmocka_unit_test(test_lock_inside_a_process),
  };
  return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
