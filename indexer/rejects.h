/* rejects.h - what was not indexed, said once on standard error and kept in a file on request. */
#ifndef SITREP_REJECTS_H
#define SITREP_REJECTS_H

#include "../corpus/reader.h"

typedef struct Rejects Rejects;

/* Rejects are written to `path` (NULL: nowhere) as JSON Lines with the keys input, record, line and
 * reason; record and line are left out where they have no meaning. The file is replaced. NULL with
 * an error when it cannot be written. */
Rejects *rejects_new(const char *path, GError **error);

/* Reports one: on standard error (the first 20; then one line says that there are more) and in the
 * file. */
void rejects_add(Rejects *rejects, const char *input, const Reject *reject);
guint64 rejects_count(const Rejects *rejects);

/* Closes the file; FALSE with an error when something of it could not be written. Frees the handle
 * in any case. */
gboolean rejects_close(Rejects *rejects, GError **error);

#endif
