/* input.h - the files behind the paths that a user names.
 *
 * A path is a file, a directory (walked to the bottom, in byte order of names, without following
 * symbolic links inside it) or "-" for standard input. Files may be compressed (gzip, bzip2, xz,
 * zstd, compress) and may be tar or zip archives, each of whose members is an input and may itself
 * be compressed: libarchive reads them.
 *
 * Directories and archives hold more than articles. Passed over in them, and recorded, are: what is
 * hidden; Xapian databases, an index beside its articles; files named NOTE, NOTES, LICENSE,
 * LICENCE, COPYING, AUTHORS, CHANGELOG, CHANGES or Makefile (any extension and case) or beginning
 * with the word README; what is no regular file (links, pipes). Named outright they are read. */
#ifndef SITREP_INPUT_H
#define SITREP_INPUT_H

#include "text_stream.h"
#include <glib.h>

typedef struct InputSet InputSet;
typedef struct Input Input;

/* Lists what the paths hold. Never NULL. A path that does not exist is an entry that fails when it
 * is opened, so that the others are still read. */
InputSet *inputs_new(const char *const *paths, gsize n);
void inputs_free(InputSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(InputSet, inputs_free)

/* Bytes of all files together; 0 when standard input is among them. For progress. */
guint64 inputs_total_bytes(const InputSet *set);
/* Bytes read from files so far, in the same unit (compressed files count compressed). */
guint64 inputs_bytes_done(const InputSet *set);
/* What was passed over so far, NULL-free list of paths and "archive: member"; owned by the set.
 * Directories are looked through at the start, archives as they are read. */
const GPtrArray *inputs_passed_over(const InputSet *set);

typedef enum InputStatus { INPUT_OK, INPUT_FAILED, INPUT_END } InputStatus;

/* The next input. INPUT_OK: *input is open until the next call and belongs to the set.
 * INPUT_FAILED: *name (owned by the set) cannot be read and `error` says why; go on. */
InputStatus inputs_next(InputSet *set, Input **input, const char **name, GError **error);

/* What messages call it: the path, "standard input", or "archive.zip: member"; control characters
 * are shown as '?', broken UTF-8 as U+FFFD. */
const char *input_name(const Input *input);
/* TRUE when it was named outright, FALSE when a directory or an archive held it. */
gboolean input_is_named(const Input *input);
/* A ByteSource over an Input. */
gssize input_read(void *input, char *buffer, gsize size, GError **error);

#endif
