/* input.c - see input.h */
#include "input.h"

#include "error.h"
#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 256 << 10 };

/* A file to be read. */
typedef struct Entry {
  char *path; /* "-": standard input */
  guint64 size;
  gboolean named;
  char *problem; /* why it cannot be read; NULL: nothing known against it */
} Entry;

struct Input {
  struct archive *archive; /* the set's; NULL for an empty file */
  struct archive *member;  /* own: unpacks a member that is compressed itself; NULL: it is not */
  char *block;             /* what that reads from */
  char *name;
  gboolean named;
  gboolean failed; /* a failure was told already */
};

struct InputSet {
  GPtrArray *entries;
  guint next;
  guint64 total_bytes, done_bytes;
  gboolean total_unknown;
  GPtrArray *passed_over;

  Entry *entry; /* the one being read, NULL: none */
  char *entry_name;
  struct archive *archive;
  int fd;
  guint members; /* of the archive, so far */
  Input input;
};

/* ---- names ---------------------------------------------------------------------------------- */

/* Names go into messages: no control characters, no broken UTF-8. */
static char *printable(const char *name)
{
  char *text = g_utf8_make_valid(name, -1);
  for (char *p = text; *p != '\0'; p++)
    if (g_ascii_iscntrl(*p)) *p = '?';
  return text;
}

/* TRUE for files that come with articles without being any. */
static gboolean is_documentation(const char *base)
{
  static const char *const stems[] = {"NOTE",    "NOTES",     "LICENSE", "LICENCE", "COPYING",
                                      "AUTHORS", "CHANGELOG", "CHANGES", "Makefile"};
  /* README-en.md, README_FIRST: nobody calls an article that. */
  if (g_ascii_strncasecmp(base, "README", 6) == 0 && !g_ascii_isalpha(base[6])) return TRUE;
  const char *dot = strrchr(base, '.');
  gsize len = dot != NULL ? (gsize)(dot - base) : strlen(base);
  for (gsize i = 0; i < G_N_ELEMENTS(stems); i++)
    if (strlen(stems[i]) == len && g_ascii_strncasecmp(base, stems[i], len) == 0) return TRUE;
  return FALSE;
}

/* TRUE for a path within an archive that is hidden, or below something hidden, or documentation. */
static gboolean is_passed_over(const char *path)
{
  g_auto(GStrv) parts = g_strsplit(path, "/", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] == '.' && strcmp(parts[i], ".") != 0 && strcmp(parts[i], "..") != 0)
      return TRUE;
  const char *slash = strrchr(path, '/');
  return is_documentation(slash != NULL ? slash + 1 : path);
}

/* ---- listing -------------------------------------------------------------------------------- */

static void entry_free(void *data)
{
  Entry *entry = data;
  g_free(entry->path);
  g_free(entry->problem);
  g_free(entry);
}

/* Takes `path` and `problem` over. */
static void add_entry(InputSet *set, char *path, guint64 size, gboolean named, char *problem)
{
  Entry *entry = g_new(Entry, 1);
  *entry = (Entry){path, size, named, problem};
  g_ptr_array_add(set->entries, entry);
  set->total_bytes += size;
}

static char *explain(const char *verb, const char *path, int code)
{
  g_autofree char *name = printable(path);
  const char *advice = code == ENOENT   ? "; check the path"
                       : code == EACCES ? "; check its permissions"
                                        : "";
  return g_strdup_printf("cannot %s '%s': %s%s", verb, name, g_strerror(code), advice);
}

static int is_no_dots(const struct dirent *found)
{
  return strcmp(found->d_name, ".") != 0 && strcmp(found->d_name, "..") != 0;
}

static int compare_names(const struct dirent **a, const struct dirent **b)
{
  return strcmp((*a)->d_name, (*b)->d_name);
}

static void add_directory(InputSet *set, const char *path);

/* Adds what a directory holds under `name`; takes `path` over. */
static void add_found(InputSet *set, char *path, const char *name)
{
  struct stat st;
  if (name[0] == '.') {
    g_ptr_array_add(set->passed_over, path);
  } else if (lstat(path, &st) != 0) {
    add_entry(set, path, 0, FALSE, explain("read", path, errno));
  } else if (S_ISDIR(st.st_mode)) {
    add_directory(set, path);
    g_free(path);
  } else if (!S_ISREG(st.st_mode) || is_documentation(name)) {
    g_ptr_array_add(set->passed_over, path);
  } else {
    add_entry(set, path, (guint64)st.st_size, FALSE, NULL);
  }
}

/* A Xapian database, which may be the very one that is being written. */
static gboolean is_index(const char *path)
{
  g_autofree char *mark = g_build_filename(path, "iamglass", NULL);
  return access(mark, F_OK) == 0;
}

/* Depth is bounded by the longest path that the system takes. */
static void add_directory(InputSet *set, const char *path)
{
  if (is_index(path)) {
    g_ptr_array_add(set->passed_over, g_strdup(path));
    return;
  }
  struct dirent **found;
  int n = scandir(path, &found, is_no_dots, compare_names);
  if (n < 0) {
    add_entry(set, g_strdup(path), 0, FALSE, explain("list the directory", path, errno));
    return;
  }
  for (int i = 0; i < n; i++) {
    add_found(set, g_build_filename(path, found[i]->d_name, NULL), found[i]->d_name);
    free(found[i]);
  }
  free(found);
}

static void add_named(InputSet *set, const char *path)
{
  struct stat st;
  if (strcmp(path, "-") == 0) {
    set->total_unknown = TRUE;
    add_entry(set, g_strdup(path), 0, TRUE, NULL);
  } else if (stat(path, &st) != 0) {
    add_entry(set, g_strdup(path), 0, TRUE, explain("read", path, errno));
  } else if (S_ISDIR(st.st_mode)) {
    add_directory(set, path);
  } else {
    if (!S_ISREG(st.st_mode)) set->total_unknown = TRUE;
    add_entry(set, g_strdup(path), S_ISREG(st.st_mode) ? (guint64)st.st_size : 0, TRUE, NULL);
  }
}

InputSet *inputs_new(const char *const *paths, gsize n)
{
  InputSet *set = g_new0(InputSet, 1);
  set->entries = g_ptr_array_new_with_free_func(entry_free);
  set->passed_over = g_ptr_array_new_with_free_func(g_free);
  set->fd = -1;
  for (gsize i = 0; i < n; i++) add_named(set, paths[i]);
  return set;
}

/* ---- opening -------------------------------------------------------------------------------- */

static gboolean is_stdin(const Entry *entry)
{
  return entry->named && strcmp(entry->path, "-") == 0;
}

/* Closes the file being read. */
static void close_entry(InputSet *set)
{
  if (set->archive != NULL) archive_read_free(set->archive);
  if (set->fd > STDIN_FILENO) close(set->fd);
  if (set->entry != NULL) set->done_bytes += set->entry->size;
  g_clear_pointer(&set->entry_name, g_free);
  set->archive = NULL;
  set->entry = NULL;
  set->fd = -1;
}

static void close_input(Input *input)
{
  if (input->member != NULL) archive_read_free(input->member);
  g_free(input->block);
  g_free(input->name);
  *input = (Input){0};
}

void inputs_free(InputSet *set)
{
  if (set == NULL) return;
  close_input(&set->input);
  close_entry(set);
  g_ptr_array_free(set->entries, TRUE);
  g_ptr_array_free(set->passed_over, TRUE);
  g_free(set);
}

static void set_input_error(GError **error, char *message)
{
  g_set_error_literal(error, SITREP_ERROR, SITREP_ERROR_INPUT, message);
  g_free(message);
}

/* A file descriptor, or -1. Inside directories nothing but regular files, whatever became of them
 * since they were listed. */
static int open_file(const Entry *entry, GError **error)
{
  if (is_stdin(entry)) return STDIN_FILENO;
  int flags = O_RDONLY | O_CLOEXEC | (entry->named ? 0 : O_NOFOLLOW | O_NONBLOCK);
  int fd = open(entry->path, flags);
  if (fd < 0) {
    set_input_error(error, explain("read", entry->path, errno));
    return -1;
  }
  struct stat st;
  if (fstat(fd, &st) == 0 && (S_ISREG(st.st_mode) || (entry->named && !S_ISDIR(st.st_mode))))
    return fd;
  close(fd);
  set_input_error(error, explain("read", entry->path, S_ISDIR(st.st_mode) ? EISDIR : EINVAL));
  return -1;
}

/* Only what reads itself: no "all", which would also start programs (lrzip, grzip) that a file
 * asks for and take articles with a line "begin 644 ..." for uuencoded data. */
static struct archive *new_filters(void)
{
  struct archive *archive = archive_read_new();
  archive_read_support_filter_gzip(archive);
  archive_read_support_filter_bzip2(archive);
  archive_read_support_filter_xz(archive);
  archive_read_support_filter_zstd(archive);
  archive_read_support_filter_compress(archive);
  return archive;
}

static struct archive *new_archive(void)
{
  struct archive *archive = new_filters();
  archive_read_support_format_tar(archive);
  archive_read_support_format_zip(archive);
  archive_read_support_format_raw(archive);
  archive_read_support_format_empty(archive);
  return archive;
}

static char *archive_reason(const InputSet *set)
{
  const char *reason = archive_error_string(set->archive);
  g_autofree char *text = printable(reason != NULL ? reason : "it is damaged");
  return g_strdup_printf("cannot read '%s': %s", set->entry_name, text);
}

static gboolean open_entry(InputSet *set, Entry *entry, GError **error)
{
  set->entry = entry;
  set->entry_name = is_stdin(entry) ? g_strdup("standard input") : printable(entry->path);
  set->members = 0;
  if (entry->problem != NULL) {
    set_input_error(error, g_strdup(entry->problem));
    return FALSE;
  }
  set->fd = open_file(entry, error);
  if (set->fd < 0) return FALSE;
  set->archive = new_archive();
  if (archive_read_open_fd(set->archive, set->fd, BLOCK) == ARCHIVE_OK) return TRUE;
  set_input_error(error, archive_reason(set));
  return FALSE;
}

/* ---- members -------------------------------------------------------------------------------- */

typedef enum Member {
  MEMBER_READ,
  MEMBER_SKIP,
  MEMBER_REFUSED, /* the others may still be read */
  MEMBER_FAILED,  /* the file cannot be read on */
  MEMBER_NONE
} Member;

static const char *member_path(struct archive_entry *member)
{
  const char *path = archive_entry_pathname(member);
  if (path == NULL) path = archive_entry_pathname_utf8(member);
  return path != NULL ? path : "a member without a name";
}

static void set_input(InputSet *set, char *name, gboolean named)
{
  close_input(&set->input);
  set->input = (Input){.archive = set->archive, .name = name, .named = named};
}

static la_ssize_t read_member(struct archive *unpacked, void *data, const void **block)
{
  const Input *input = data;
  la_ssize_t n;
  do n = archive_read_data(input->archive, input->block, BLOCK);
  while (n == ARCHIVE_RETRY);
  if (n < 0)
    archive_set_error(unpacked, archive_errno(input->archive), "%s",
                      archive_error_string(input->archive));
  *block = input->block;
  return n < 0 ? ARCHIVE_FATAL : n;
}

static gboolean is_compressed(const char *path)
{
  static const char *const ends[] = {".gz", ".bz2", ".xz", ".zst", ".Z"};
  for (gsize i = 0; i < G_N_ELEMENTS(ends); i++)
    if (g_str_has_suffix(path, ends[i])) return TRUE;
  return FALSE;
}

/* Has the current member unpacked while it is read. FALSE with an error when it cannot be. */
static gboolean unpack_member(Input *input, GError **error)
{
  input->block = g_malloc(BLOCK);
  input->member = new_filters();
  archive_read_support_format_raw(input->member);
  archive_read_support_format_empty(input->member);
  struct archive_entry *entry;
  if (archive_read_open(input->member, input, NULL, read_member, NULL) == ARCHIVE_OK) {
    int status = archive_read_next_header(input->member, &entry);
    if (status == ARCHIVE_OK || status == ARCHIVE_WARN || status == ARCHIVE_EOF) return TRUE;
  }
  const char *reason = archive_error_string(input->member);
  g_autofree char *text = printable(reason != NULL ? reason : "it is damaged");
  set_input_error(error, g_strdup_printf("cannot read '%s': %s", input->name, text));
  return FALSE;
}

/* The file is no archive but one input, perhaps compressed. */
static gboolean is_plain(const InputSet *set)
{
  int format = archive_format(set->archive);
  return format == ARCHIVE_FORMAT_RAW || format == ARCHIVE_FORMAT_EMPTY;
}

static Member take_member(InputSet *set, struct archive_entry *member, GError **error)
{
  const char *path = member_path(member);
  /* What office programs and e-book readers write are zip files of many parts. */
  if (set->members == 1 &&
      (strcmp(path, "[Content_Types].xml") == 0 || strcmp(path, "mimetype") == 0)) {
    set_input_error(error, g_strdup_printf("cannot read '%s': it is an office document or an "
                                           "e-book; save it as plain text",
                                           set->entry_name));
    return MEMBER_FAILED;
  }
  if (archive_entry_filetype(member) == AE_IFDIR) return MEMBER_SKIP;
  gboolean is_file =
      archive_entry_filetype(member) == AE_IFREG && archive_entry_hardlink(member) == NULL;
  g_autofree char *shown = printable(path);
  char *name = g_strdup_printf("%s: %s", set->entry_name, shown);
  if (!is_file || is_passed_over(path)) {
    g_ptr_array_add(set->passed_over, name);
    return MEMBER_SKIP;
  }
  set_input(set, name, FALSE);
  /* A header of some bytes can stand for exabytes of zeros. */
  if (archive_entry_sparse_count(member) == 0)
    return !is_compressed(path) || unpack_member(&set->input, error) ? MEMBER_READ : MEMBER_REFUSED;
  set_input_error(error, g_strdup_printf("cannot read '%s': it is a sparse file; unpack the "
                                         "archive first",
                                         name));
  return MEMBER_REFUSED;
}

/* Moves to the next member of the open file; a plain file has one. */
static Member next_member(InputSet *set, GError **error)
{
  if (set->members > 0 && is_plain(set)) return MEMBER_NONE;
  struct archive_entry *member;
  int status;
  do status = archive_read_next_header(set->archive, &member);
  while (status == ARCHIVE_RETRY);

  gboolean first = set->members++ == 0;
  if (status == ARCHIVE_EOF && !first) return MEMBER_NONE;
  if (status == ARCHIVE_EOF && !is_plain(set)) {
    set_input_error(error, g_strdup_printf("'%s' is an archive without files", set->entry_name));
    return MEMBER_FAILED;
  }
  if (status != ARCHIVE_EOF && status < ARCHIVE_WARN) {
    if (set->input.failed) return MEMBER_NONE; /* told by input_read() */
    set_input_error(error, archive_reason(set));
    return MEMBER_FAILED;
  }
  if (!is_plain(set)) return take_member(set, member, error);
  set_input(set, g_strdup(set->entry_name), set->entry->named);
  if (status == ARCHIVE_EOF) set->input.archive = NULL;
  return MEMBER_READ;
}

static InputStatus fail_entry(InputSet *set, const char **name)
{
  set_input(set, g_steal_pointer(&set->entry_name), set->entry->named);
  close_entry(set);
  set->input.archive = NULL;
  *name = set->input.name;
  return INPUT_FAILED;
}

InputStatus inputs_next(InputSet *set, Input **input, const char **name, GError **error)
{
  for (;;) {
    if (set->entry == NULL) {
      if (set->next == set->entries->len) return INPUT_END;
      set->input.failed = FALSE;
      if (!open_entry(set, set->entries->pdata[set->next++], error)) return fail_entry(set, name);
    }
    switch (next_member(set, error)) {
    case MEMBER_READ:
      *input = &set->input;
      *name = set->input.name;
      return INPUT_OK;
    case MEMBER_REFUSED: *name = set->input.name; return INPUT_FAILED;
    case MEMBER_FAILED: return fail_entry(set, name);
    case MEMBER_NONE: close_entry(set); break;
    case MEMBER_SKIP: break;
    }
  }
}

/* ---- the rest ------------------------------------------------------------------------------- */

guint64 inputs_total_bytes(const InputSet *set)
{
  return set->total_unknown ? 0 : set->total_bytes;
}

guint64 inputs_bytes_done(const InputSet *set)
{
  if (set->archive == NULL) return set->done_bytes;
  gint64 read = archive_filter_bytes(set->archive, -1);
  guint64 current = read > 0 ? (guint64)read : 0;
  if (!set->total_unknown) current = MIN(current, set->entry->size);
  return set->done_bytes + current;
}

const GPtrArray *inputs_passed_over(const InputSet *set)
{
  return set->passed_over;
}

const char *input_name(const Input *input)
{
  return input->name;
}

gboolean input_is_named(const Input *input)
{
  return input->named;
}

gssize input_read(void *data, char *buffer, gsize size, GError **error)
{
  Input *input = data;
  struct archive *from = input->member != NULL ? input->member : input->archive;
  if (from == NULL) return 0;
  la_ssize_t n;
  do n = archive_read_data(from, buffer, size);
  while (n == ARCHIVE_RETRY);
  if (n >= 0) return (gssize)n;
  const char *reason = archive_error_string(from);
  g_autofree char *text = printable(reason != NULL ? reason : "the data are damaged");
  set_input_error(error, g_strdup_printf("cannot read on in '%s': %s", input->name, text));
  input->failed = TRUE;
  return -1;
}
