/* test_input.c - corpus/input.h, with files and archives made in a folder of their own */
#include "../../corpus/input.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char *folder;

static char *in_folder(const char *name)
{
  return g_build_filename(folder, name, NULL);
}

static void write_bytes(const char *name, const char *data, gsize len)
{
  g_autofree char *path = in_folder(name);
  g_autofree char *parent = g_path_get_dirname(path);
  assert_int_equal(g_mkdir_with_parents(parent, 0700), 0);
  assert_true(g_file_set_contents(path, data, (gssize)len, NULL));
}

static void write_text(const char *name, const char *text)
{
  write_bytes(name, text, strlen(text));
}

/* Writes an archive of names and texts in turn, NULL at the end; a name that ends in '/' is a
 * folder. */
static void write_archive(const char *name, int (*format)(struct archive *),
                          int (*filter)(struct archive *), const char *const *members)
{
  g_autofree char *path = in_folder(name);
  struct archive *archive = archive_write_new();
  format(archive);
  if (filter != NULL) assert_int_equal(filter(archive), ARCHIVE_OK);
  assert_int_equal(archive_write_open_filename(archive, path), ARCHIVE_OK);
  for (gsize i = 0; members[i] != NULL; i += 2) {
    gboolean is_folder = g_str_has_suffix(members[i], "/");
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, members[i]);
    archive_entry_set_filetype(entry, is_folder ? AE_IFDIR : AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, (la_int64_t)strlen(members[i + 1]));
    assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
    archive_write_data(archive, members[i + 1], strlen(members[i + 1]));
    archive_entry_free(entry);
  }
  assert_int_equal(archive_write_close(archive), ARCHIVE_OK);
  archive_write_free(archive);
}

static void cut_file(const char *name, double share)
{
  g_autofree char *path = in_folder(name);
  struct stat st;
  assert_int_equal(stat(path, &st), 0);
  assert_int_equal(truncate(path, (off_t)((double)st.st_size * share)), 0);
}

/* What is left of a name without the folder. */
static const char *shorten(const char *name)
{
  gsize len = strlen(folder);
  return strncmp(name, folder, len) == 0 && name[len] == '/' ? name + len + 1 : name;
}

/* Reads all of an input, at most 60 bytes of which are shown. */
static void append_content(GString *out, Input *input)
{
  char buffer[7]; /* less than anything holds */
  GError *error = NULL;
  gssize n;
  gsize shown = 0;
  while ((n = input_read(input, buffer, sizeof buffer, &error)) > 0) {
    if (shown < 60) g_string_append_len(out, buffer, n);
    shown += (gsize)n;
  }
  if (n < 0) g_string_append(out, strstr(error->message, "cannot read on in") ? "#" : "?");
  g_clear_error(&error);
}

static void append_inputs(GString *out, InputSet *set)
{
  for (;;) {
    Input *input = NULL;
    const char *name = NULL;
    GError *error = NULL;
    InputStatus status = inputs_next(set, &input, &name, &error);
    if (status == INPUT_END) return;
    if (status == INPUT_FAILED) {
      g_string_append_printf(out, "%s FAILED: %s\n", shorten(name), error->message);
      g_clear_error(&error);
      continue;
    }
    assert_null(error);
    assert_string_equal(name, input_name(input));
    g_string_append_printf(out, "%s%s = ", shorten(name), input_is_named(input) ? "" : " (found)");
    append_content(out, input);
    g_string_append_c(out, '\n');
  }
}

/* All inputs of a set, one a line, then what was passed over. */
static char *read_paths(const char *const *names, gsize n)
{
  GString *out = g_string_new(NULL);
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
  for (gsize i = 0; i < n; i++)
    g_ptr_array_add(paths, names[i][0] == '-' ? g_strdup(names[i]) : in_folder(names[i]));
  InputSet *set = inputs_new((const char *const *)paths->pdata, n);
  append_inputs(out, set);
  const GPtrArray *passed_over = inputs_passed_over(set);
  for (guint i = 0; i < passed_over->len; i++)
    g_string_append_printf(out, "- %s\n", shorten(passed_over->pdata[i]));
  if (inputs_total_bytes(set) > 0)
    assert_int_equal(inputs_bytes_done(set), inputs_total_bytes(set));
  inputs_free(set);
  return g_string_free(out, FALSE);
}

static void assert_reads(const char *name, const char *expected)
{
  g_autofree char *found = read_paths(&name, 1);
  assert_string_equal(found, expected);
}

static void assert_fails(const char *name, const char *part)
{
  g_autofree char *found = read_paths(&name, 1);
  if (strstr(found, "FAILED") == NULL || strstr(found, part) == NULL)
    fail_msg("\"%s\" lacks \"%s\"", found, part);
}

/* ---- files ---------------------------------------------------------------------------------- */

static void test_plain(void **state)
{
  (void)state;
  write_text("plain/a.txt", "one\ntwo\n");
  write_text("plain/empty.txt", "");
  write_bytes("plain/nul.txt", "a\0b", 3);
  assert_reads("plain/a.txt", "plain/a.txt = one\ntwo\n\n");
  assert_reads("plain/empty.txt", "plain/empty.txt = \n");

  g_autofree char *path = in_folder("plain/nul.txt");
  const char *paths[] = {path};
  InputSet *set = inputs_new(paths, 1);
  Input *input;
  const char *name;
  char buffer[10];
  assert_int_equal(inputs_total_bytes(set), 3);
  assert_int_equal(inputs_bytes_done(set), 0);
  assert_int_equal(inputs_next(set, &input, &name, NULL), INPUT_OK);
  assert_int_equal(input_read(input, buffer, sizeof buffer, NULL), 3);
  assert_memory_equal(buffer, "a\0b", 3);
  assert_int_equal(input_read(input, buffer, sizeof buffer, NULL), 0);
  assert_int_equal(input_read(input, buffer, sizeof buffer, NULL), 0);
  assert_int_equal(inputs_bytes_done(set), 3);
  inputs_free(set); /* with an input open */
}

static void test_several(void **state)
{
  (void)state;
  write_text("several/a", "A");
  write_text("several/b", "B");
  const char *names[] = {"several/b", "several/none", "several/a", "several/b"};
  g_autofree char *found = read_paths(names, G_N_ELEMENTS(names));
  assert_non_null(strstr(found, "several/b = B\nseveral/none FAILED: cannot read '"));
  assert_non_null(strstr(found, "No such file or directory; check the path\n"
                                "several/a = A\nseveral/b = B\n"));
}

static void test_nothing(void **state)
{
  (void)state;
  InputSet *set = inputs_new(NULL, 0);
  Input *input;
  const char *name;
  assert_int_equal(inputs_next(set, &input, &name, NULL), INPUT_END);
  assert_int_equal(inputs_next(set, &input, &name, NULL), INPUT_END);
  assert_int_equal(inputs_total_bytes(set), 0);
  inputs_free(set);
  inputs_free(NULL);
}

static void test_directory(void **state)
{
  (void)state;
  write_text("dir/b.txt", "B");
  write_text("dir/a/z.txt", "Z");
  write_text("dir/a/Y.txt", "Y");
  write_text("dir/a/.hidden", "no");
  write_text("dir/.git/config", "no");
  write_text("dir/C.txt", "C");
  static const char *const documentation[] = {
      "README",      "readme.md",   "README-first.txt", "Note.txt", "NOTES.md",
      "LICENSE",     "licence.txt", "COPYING",          "AUTHORS",  "ChangeLog",
      "CHANGES.rst", "Makefile",    "Makefile.am"};
  for (gsize i = 0; i < G_N_ELEMENTS(documentation); i++) {
    g_autofree char *name = g_strdup_printf("docs/%s", documentation[i]);
    write_text(name, "no");
  }
  write_text("docs/notebook.txt", "1");
  write_text("docs/readmereport.txt", "2");
  write_text("docs/NOTE.on.Chad.txt", "3");
  /* Byte order: capitals before small letters. */
  assert_reads("dir", "dir/C.txt (found) = C\n"
                      "dir/a/Y.txt (found) = Y\n"
                      "dir/a/z.txt (found) = Z\n"
                      "dir/b.txt (found) = B\n"
                      "- dir/.git\n"
                      "- dir/a/.hidden\n");
  g_autofree char *found = read_paths((const char *[]){"docs"}, 1);
  assert_true(g_str_has_prefix(found, "docs/NOTE.on.Chad.txt (found) = 3\n"
                                      "docs/notebook.txt (found) = 1\n"
                                      "docs/readmereport.txt (found) = 2\n"
                                      "- docs/AUTHORS\n"));
  g_auto(GStrv) lines = g_strsplit(found, "\n- ", -1);
  assert_int_equal(g_strv_length(lines), 1 + G_N_ELEMENTS(documentation));
  /* What is named outright is read. */
  assert_reads("docs/README", "docs/README = no\n");
  assert_reads("dir/a/.hidden", "dir/a/.hidden = no\n");
  assert_reads("dir/.git", "dir/.git/config (found) = no\n");
}

static void test_special_files(void **state)
{
  (void)state;
  write_text("special/a.txt", "A");
  g_autofree char *link = in_folder("special/link.txt");
  g_autofree char *loop = in_folder("special/loop");
  g_autofree char *dangling = in_folder("special/nowhere");
  g_autofree char *pipe_path = in_folder("special/pipe");
  assert_int_equal(symlink("a.txt", link), 0);
  assert_int_equal(symlink(".", loop), 0);
  assert_int_equal(symlink("gone", dangling), 0);
  assert_int_equal(mkfifo(pipe_path, 0600), 0);
  assert_reads("special",
               "special/a.txt (found) = A\n"
               "- special/link.txt\n- special/loop\n- special/nowhere\n- special/pipe\n");
  assert_reads("special/link.txt", "special/link.txt = A\n");
  assert_fails("special/nowhere", "No such file");
}

/* A file may become something else between listing and reading. */
static void test_race(void **state)
{
  (void)state;
  write_text("race/a.txt", "A");
  g_autofree char *dir = in_folder("race");
  g_autofree char *path = in_folder("race/a.txt");
  const char *paths[] = {dir};
  Input *input;
  const char *name;
  for (int i = 0; i < 3; i++) {
    InputSet *set = inputs_new(paths, 1);
    assert_int_equal(remove(path), 0);
    if (i == 1) assert_int_equal(mkfifo(path, 0600), 0);
    if (i == 2) assert_int_equal(symlink("/etc/passwd", path), 0);
    g_autoptr(GError) error = NULL;
    assert_int_equal(inputs_next(set, &input, &name, &error), INPUT_FAILED);
    assert_non_null(strstr(error->message, "a.txt"));
    assert_int_equal(inputs_next(set, &input, &name, NULL), INPUT_END);
    inputs_free(set);
    g_remove(path);
    write_text("race/a.txt", "A");
  }
}

static void test_permissions(void **state)
{
  (void)state;
  enum { NOBODY = 65534 };
  gboolean root = geteuid() == 0;
  write_text("locked/secret.txt", "no");
  write_text("locked/dir/a.txt", "no");
  write_text("locked/open.txt", "yes");
  g_autofree char *file = in_folder("locked/secret.txt");
  g_autofree char *dir = in_folder("locked/dir");
  chmod(file, 0);
  chmod(dir, 0);
  g_autofree char *above = in_folder("locked");
  g_autofree char *open_file = in_folder("locked/open.txt");
  chmod(folder, 0755);
  chmod(above, 0755);
  chmod(open_file, 0644);
  /* root may read everything: be nobody for a moment */
  if (root) assert_int_equal(seteuid(NOBODY), 0);
  g_autofree char *found = read_paths((const char *[]){"locked"}, 1);
  if (root) assert_int_equal(seteuid(0), 0);
  chmod(dir, 0700);
  assert_non_null(strstr(found, "cannot list the directory"));
  assert_non_null(strstr(found, "locked/open.txt (found) = yes\n"));
  assert_non_null(strstr(found, "locked/secret.txt FAILED: cannot read"));
  assert_non_null(strstr(found, "check its permissions"));
}

static void test_stdin(void **state)
{
  (void)state;
  write_text("stdin.txt", "from a file");
  g_autofree char *path = in_folder("stdin.txt");
  int saved = dup(STDIN_FILENO);
  int ends[2];
  assert_int_equal(pipe(ends), 0);
  assert_int_equal(write(ends[1], "piped", 5), 5);
  close(ends[1]);
  dup2(ends[0], STDIN_FILENO);
  close(ends[0]);
  assert_reads("-", "standard input = piped\n");

  int fd = open(path, O_RDONLY);
  dup2(fd, STDIN_FILENO);
  close(fd);
  const char *names[] = {"-", "stdin.txt"};
  g_autofree char *both = read_paths(names, 2);
  assert_string_equal(both, "standard input = from a file\nstdin.txt = from a file\n");
  InputSet *set = inputs_new(names, 1);
  assert_int_equal(inputs_total_bytes(set), 0);
  inputs_free(set);
  /* It stays open. */
  assert_true(fcntl(STDIN_FILENO, F_GETFD) >= 0);
  dup2(saved, STDIN_FILENO);
  close(saved);
}

static void test_odd_names(void **state)
{
  (void)state;
  write_text("odd/bad\xFFname\033[31m.txt", "X");
  assert_reads("odd", "odd/bad\uFFFDname?[31m.txt (found) = X\n");
}

/* ---- compressed files and archives ---------------------------------------------------------- */

static const char *const one[] = {"ignored", "some text\n", NULL};

static void test_compressed(void **state)
{
  (void)state;
  static const struct {
    const char *name;
    int (*filter)(struct archive *);
  } kinds[] = {{"c.gz", archive_write_add_filter_gzip},
               {"c.bz2", archive_write_add_filter_bzip2},
               {"c.xz", archive_write_add_filter_xz},
               {"c.zst", archive_write_add_filter_zstd},
               {"c.Z", archive_write_add_filter_compress}};
  for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
    write_archive(kinds[i].name, archive_write_set_format_raw, kinds[i].filter, one);
    g_autofree char *expected = g_strdup_printf("%s = some text\n\n", kinds[i].name);
    assert_reads(kinds[i].name, expected);
  }
  static const char *const nothing[] = {"ignored", "", NULL};
  write_archive("e.gz", archive_write_set_format_raw, archive_write_add_filter_gzip, nothing);
  assert_reads("e.gz", "e.gz = \n");
}

/* cat a.gz b.gz > ab.gz, as logs and crawls are put together. */
static void test_concatenated(void **state)
{
  (void)state;
  write_archive("part.gz", archive_write_set_format_raw, archive_write_add_filter_gzip, one);
  g_autofree char *path = in_folder("part.gz");
  g_autofree char *part = NULL;
  gsize len;
  assert_true(g_file_get_contents(path, &part, &len, NULL));
  g_autoptr(GString) twice = g_string_new_len(part, (gssize)len);
  g_string_append_len(twice, part, (gssize)len);
  write_bytes("twice.gz", twice->str, twice->len);
  assert_reads("twice.gz", "twice.gz = some text\nsome text\n\n");
}

static const char *const members[] = {"news/",
                                      "",
                                      "news/b.txt",
                                      "B",
                                      "news/a.txt",
                                      "A",
                                      "./c.txt",
                                      "C",
                                      "news/README.md",
                                      "no",
                                      ".hidden/x.txt",
                                      "no",
                                      "__MACOSX/news/._a.txt",
                                      "no",
                                      "news/empty.txt",
                                      "",
                                      "news/\033x.txt",
                                      "X",
                                      NULL};

static void assert_members(const char *name)
{
  g_auto(GStrv) around = g_strsplit("@: news/b.txt (found) = B\n"
                                    "@: news/a.txt (found) = A\n"
                                    "@: ./c.txt (found) = C\n"
                                    "@: news/empty.txt (found) = \n"
                                    "@: news/?x.txt (found) = X\n"
                                    "- @: news/README.md\n"
                                    "- @: .hidden/x.txt\n"
                                    "- @: __MACOSX/news/._a.txt\n",
                                    "@", -1);
  g_autofree char *expected = g_strjoinv(name, around);
  assert_reads(name, expected);
}

static void test_archives(void **state)
{
  (void)state;
  write_archive("m.zip", archive_write_set_format_zip, NULL, members);
  write_archive("m.tar", archive_write_set_format_gnutar, NULL, members);
  write_archive("m.tar.gz", archive_write_set_format_ustar, archive_write_add_filter_gzip, members);
  write_archive("m.tar.zst", archive_write_set_format_pax_restricted, archive_write_add_filter_zstd,
                members);
  assert_members("m.zip");
  assert_members("m.tar");
  assert_members("m.tar.gz");
  assert_members("m.tar.zst");
}

/* Members that are compressed themselves, as crawls are handed over; `len` bytes of the first. */
static void write_nested(const char *name, gsize len)
{
  static const char *const text[] = {"ignored",
                                     "a long line of text that compresses well well well\n", NULL};
  write_archive("part.gz", archive_write_set_format_raw, archive_write_add_filter_gzip, text);
  g_autofree char *part = in_folder("part.gz"), *path = in_folder(name), *data = NULL;
  gsize whole;
  assert_true(g_file_get_contents(part, &data, &whole, NULL));
  len = MIN(len, whole);
  struct archive *archive = archive_write_new();
  archive_write_set_format_zip(archive);
  assert_int_equal(archive_write_open_filename(archive, path), ARCHIVE_OK);
  for (int i = 0; i < 3; i++) {
    struct archive_entry *entry = archive_entry_new();
    const char *const names[] = {"a.txt.gz", "b.txt", "c.txt.gz"};
    const char *bytes = i == 1 ? "plain\n" : data;
    gsize size = i == 1 ? 6 : i == 0 ? len : whole;
    archive_entry_set_pathname(entry, names[i]);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, (la_int64_t)size);
    assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
    archive_write_data(archive, bytes, size);
    archive_entry_free(entry);
  }
  archive_write_close(archive);
  archive_write_free(archive);
}

static void test_compressed_members(void **state)
{
  (void)state;
#define LINE "a long line of text that compresses well well well\n\n"
  write_nested("nested.zip", G_MAXSIZE);
  assert_reads("nested.zip",
               "nested.zip: a.txt.gz (found) = " LINE "nested.zip: b.txt (found) = plain\n\n"
               "nested.zip: c.txt.gz (found) = " LINE);
  /* One that is cut off costs that member alone. */
  write_nested("cut.zip", 25);
  assert_fails("cut.zip", "a.txt.gz");
  g_autofree char *rest = read_paths((const char *[]){"cut.zip"}, 1);
  assert_non_null(strstr(rest, "cut.zip: b.txt (found) = plain\n\n"));
  assert_non_null(strstr(rest, "cut.zip: c.txt.gz (found) = " LINE));
#undef LINE
}

static void test_indexes_are_passed_over(void **state)
{
  (void)state;
  write_text("archive/a.txt", "A");
  write_text("archive/news.index/iamglass", "x");
  write_text("archive/news.index/postlist.glass", "x");
  assert_reads("archive", "archive/a.txt (found) = A\n- archive/news.index\n");
}

static void test_members_left_unread(void **state)
{
  (void)state;
  write_archive("m.zip", archive_write_set_format_zip, NULL, members);
  g_autofree char *path = in_folder("m.zip");
  const char *paths[] = {path};
  InputSet *set = inputs_new(paths, 1);
  Input *input;
  const char *name;
  guint n = 0;
  while (inputs_next(set, &input, &name, NULL) == INPUT_OK) n++;
  assert_int_equal(n, 5);
  inputs_free(set);
}

static void test_archives_without_articles(void **state)
{
  (void)state;
  static const char *const nothing[] = {NULL};
  static const char *const folders[] = {"a/", "", "b/", "", NULL};
  static const char *const office[] = {"[Content_Types].xml", "<Types/>", "word/document.xml",
                                       "<w/>", NULL};
  static const char *const book[] = {"mimetype", "application/epub+zip", NULL};
  write_archive("empty.zip", archive_write_set_format_zip, NULL, nothing);
  write_archive("folders.tar", archive_write_set_format_gnutar, NULL, folders);
  write_archive("report.docx", archive_write_set_format_zip, NULL, office);
  write_archive("book.epub", archive_write_set_format_zip, NULL, book);
  assert_fails("empty.zip", "is an archive without files");
  assert_reads("folders.tar", "");
  assert_fails("report.docx", "office document");
  assert_fails("book.epub", "save it as plain text");
}

/* ---- damage --------------------------------------------------------------------------------- */

/* `start` and noise behind it. */
static void write_noise(const char *name, const char *start, gsize start_len)
{
  GString *noise = g_string_new_len(start, (gssize)start_len);
  guint32 x = 12345;
  while (noise->len < 5000) {
    x = x * 1664525u + 1013904223u;
    g_string_append_c(noise, (char)(x >> 24));
  }
  write_bytes(name, noise->str, noise->len);
  g_string_free(noise, TRUE);
}

static void test_truncated(void **state)
{
  (void)state;
  GString *text = g_string_new(NULL);
  guint32 x = 1;
  for (int i = 0; i < 20000; i++) {
    x = x * 1664525u + 1013904223u;
    g_string_append_printf(text, "%08x\n", x);
  }
  const char *big[] = {"a.txt", text->str, "b.txt", text->str, NULL};
  const char *single[] = {"a.txt", text->str, NULL};
  write_archive("cut.gz", archive_write_set_format_raw, archive_write_add_filter_gzip, single);
  write_archive("cut.tar", archive_write_set_format_gnutar, NULL, big);
  write_archive("cut.zip", archive_write_set_format_zip, NULL, big);
  static const char *const names[] = {"cut.gz", "cut.tar", "cut.zip"};
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    cut_file(names[i], 0.6);
    g_autofree char *found = read_paths(&names[i], 1);
    /* It reads what there is, and says once that something is missing. */
    const char *torn = strchr(found, '#');
    assert_non_null(torn);
    assert_null(strchr(torn + 1, '#'));
    assert_null(strstr(found, "FAILED"));
  }
  g_string_free(text, TRUE);
}

static void test_noise(void **state)
{
  (void)state;
  write_noise("noise.gz", "\x1F\x8B\x08", 3);
  write_noise("noise.xz", "\xFD\x37zXZ\0", 6);
  write_noise("noise.zst", "\x28\xB5\x2F\xFD", 4);
  write_noise("noise.bz2", "BZh91AY&SY", 10);
  write_noise("noise.zip", "PK\x03\x04", 4);
  write_noise("noise.tar", "ustar", 5);
  static const char *const names[] = {"noise.gz",  "noise.xz",  "noise.zst",
                                      "noise.bz2", "noise.zip", "noise.tar"};
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *found = read_paths(&names[i], 1);
    assert_true(strlen(found) > 0);
  }
  g_autofree char *xz = read_paths(&names[1], 1);
  assert_true(strchr(xz, '#') != NULL || strstr(xz, "FAILED") != NULL);
}

/* A broken archive does not keep the next file from being read. */
static void test_after_damage(void **state)
{
  (void)state;
  write_noise("after.xz", "\xFD\x37zXZ\0", 6);
  write_text("after.txt", "still read");
  const char *names[] = {"after.xz", "after.txt"};
  g_autofree char *found = read_paths(names, 2);
  assert_true(g_str_has_suffix(found, "\nafter.txt = still read\n"));
}

/* A header of half a kilobyte that stands for a gigabyte of zeros. */
static void test_sparse(void **state)
{
  (void)state;
  g_autofree char *path = in_folder("sparse.tar");
  struct archive *archive = archive_write_new();
  archive_write_set_format_pax(archive);
  assert_int_equal(archive_write_open_filename(archive, path), ARCHIVE_OK);
  struct archive_entry *entry = archive_entry_new();
  archive_entry_set_pathname(entry, "zeros.txt");
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_perm(entry, 0644);
  archive_entry_set_size(entry, 1 << 30);
  archive_entry_sparse_add_entry(entry, 0, 4);
  assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
  assert_int_equal(archive_write_data(archive, "text", 4), 4);
  archive_entry_free(entry);
  entry = archive_entry_new();
  archive_entry_set_pathname(entry, "after.txt");
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_perm(entry, 0644);
  archive_entry_set_size(entry, 1);
  assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
  assert_int_equal(archive_write_data(archive, "A", 1), 1);
  archive_entry_free(entry);
  archive_write_close(archive);
  archive_write_free(archive);

  g_autofree char *found = read_paths((const char *[]){"sparse.tar"}, 1);
  assert_non_null(strstr(found, "it is a sparse file"));
  assert_true(g_str_has_suffix(found, "sparse.tar: after.txt (found) = A\n"));
}

static void write_link(struct archive *archive, const char *name, const char *hard,
                       const char *symbolic)
{
  struct archive_entry *entry = archive_entry_new();
  archive_entry_set_pathname(entry, name);
  archive_entry_set_filetype(entry, symbolic != NULL ? AE_IFLNK : AE_IFREG);
  archive_entry_set_perm(entry, 0644);
  if (hard != NULL) archive_entry_set_hardlink(entry, hard);
  if (symbolic != NULL) archive_entry_set_symlink(entry, symbolic);
  assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
  archive_entry_free(entry);
}

static void test_links_in_archives(void **state)
{
  (void)state;
  g_autofree char *path = in_folder("links.tar");
  struct archive *archive = archive_write_new();
  archive_write_set_format_gnutar(archive);
  assert_int_equal(archive_write_open_filename(archive, path), ARCHIVE_OK);
  write_link(archive, "soft.txt", NULL, "/etc/passwd");
  write_link(archive, "hard.txt", "/etc/passwd", NULL);
  archive_write_close(archive);
  archive_write_free(archive);
  assert_reads("links.tar", "- links.tar: soft.txt\n- links.tar: hard.txt\n");
}

/* Text that an archive program would take for something else. */
static void test_lookalikes(void **state)
{
  (void)state;
  const char *text = "begin 644 secrets\n#0V%T\n`\nend\n";
  write_text("uu.txt", text);
  g_autofree char *expected = g_strdup_printf("uu.txt = %s\n", text);
  assert_reads("uu.txt", expected);
  write_text("mtree.txt", "#mtree\n. type=dir\n./a type=file\n");
  assert_reads("mtree.txt", "mtree.txt = #mtree\n. type=dir\n./a type=file\n\n");
}

static int make_folder(void **state)
{
  (void)state;
  folder = g_dir_make_tmp("sitrep-input-XXXXXX", NULL);
  return folder != NULL ? 0 : -1;
}

static void remove_below(const char *path)
{
  GDir *dir = g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
    g_autofree char *below = g_build_filename(path, name, NULL);
    remove_below(below);
  }
  if (dir != NULL) g_dir_close(dir);
  g_remove(path);
}

static int remove_folder(void **state)
{
  (void)state;
  remove_below(folder);
  g_free(folder);
  return 0;
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_plain),
      cmocka_unit_test(test_several),
      cmocka_unit_test(test_nothing),
      cmocka_unit_test(test_directory),
      cmocka_unit_test(test_special_files),
      cmocka_unit_test(test_race),
      cmocka_unit_test(test_permissions),
      cmocka_unit_test(test_stdin),
      cmocka_unit_test(test_odd_names),
      cmocka_unit_test(test_compressed),
      cmocka_unit_test(test_concatenated),
      cmocka_unit_test(test_archives),
      cmocka_unit_test(test_compressed_members),
      cmocka_unit_test(test_indexes_are_passed_over),
      cmocka_unit_test(test_members_left_unread),
      cmocka_unit_test(test_archives_without_articles),
      cmocka_unit_test(test_truncated),
      cmocka_unit_test(test_noise),
      cmocka_unit_test(test_after_damage),
      cmocka_unit_test(test_sparse),
      cmocka_unit_test(test_links_in_archives),
      cmocka_unit_test(test_lookalikes),
  };
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
