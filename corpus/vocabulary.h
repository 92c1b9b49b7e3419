/* vocabulary.h - the words of an index in memory, with the number of articles that hold each. */
#ifndef SITREP_VOCABULARY_H
#define SITREP_VOCABULARY_H

#include "../shim/database.h"
#include "schema.h"
#include <glib.h>

/* Called with each word, which is NUL-terminated, and the number of articles that hold it; FALSE
 * ends the visit. The handle is not to be used. */
typedef gboolean (*VocabularySink)(void *context, const char *word, gsize len, guint32 count);

/* Visits the words that begin with `start` (may be empty) in byte order: of FIELD_BODY those of
 * title and text, of FIELD_TITLE those of titles, of ids and URLs the whole values. FALSE with an
 * error. */
gboolean vocabulary_read(ShimDb *db, FieldId field, const char *start, VocabularySink sink,
                         void *context, GError **error);

typedef struct Vocabulary Vocabulary;

/* Loads all words of a field: their bytes and eight for each. NULL with an error. */
Vocabulary *vocabulary_new(ShimDb *db, FieldId field, GError **error);
void vocabulary_free(Vocabulary *vocabulary); /* NULL is allowed */

/* As vocabulary_read(), from memory. */
void vocabulary_visit(const Vocabulary *vocabulary, const char *start, VocabularySink sink,
                      void *context);

#endif
