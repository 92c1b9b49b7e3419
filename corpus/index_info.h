/* index_info.h - what makes a Xapian database a sitrep index, and where it lies.
 *
 * An index is one plain Xapian database and nothing beside it. Its metadata hold:
 *   sitrep.schema    SCHEMA_VERSION of the program that made it
 *   sitrep.stemmer   stemmers_version()
 *   sitrep.uuid      the identity of the index; compaction and copies keep it
 *   sitrep.revision  how many times it was committed: Xapian's own revision starts anew with every
 *                    compaction
 *   sitrep.facets    the facet table (facets.h)
 *   sitrep.boilerplate  lines that the indexer has learnt to cut, one a line: "tail", tab, source,
 *                    tab, the line */
#ifndef SITREP_INDEX_INFO_H
#define SITREP_INDEX_INFO_H

#include "../shim/database.h"
#include "facets.h"
#include <glib.h>

/* Where the index is: `option` when given, else $SITREP_INDEX, else "sitrep/index" in the XDG data
 * folder. g_free() it. */
char *index_path(const char *option);

/* Opens an index for reading. NULL with an error that says what is there instead and what to do.
 * Free with shim_db_free(). */
ShimDb *index_open(const char *path, GError **error);

/* Opens an index for writing, creating it (and the folders above it) when nothing is there. NULL
 * with an error, also when another process writes to it. A folder that holds anything else than
 * an index is left alone. */
ShimDb *index_open_writer(const char *path, GError **error);

/* Makes `to`, a database without metadata, another state of the index `from`: same schema, stemmer,
 * UUID and revision. Visible with the next commit. */
gboolean index_copy_identity(ShimDb *from, ShimDb *to, GError **error);

/* The index's UUID; NULL with an error. g_free() it. */
char *index_uuid(ShimDb *db, GError **error);

/* The index's revision, which rises with every commit; together with the UUID it names a state of
 * the index. FALSE with an error. */
gboolean index_revision(ShimDb *db, guint64 *revision, GError **error);
/* Raises it by one, visible with the next commit. */
gboolean index_raise_revision(ShimDb *db, GError **error);

/* The years between which its articles are dated; `last` is below `first` when none is. FALSE with
 * an error. */
gboolean index_years(ShimDb *db, int *first, int *last, GError **error);

/* The facet table as of the handle's revision; NULL with an error. */
FacetTable *index_facet_table(ShimDb *db, GError **error);
/* Stores it; visible with the next commit. */
gboolean index_set_facet_table(ShimDb *db, const FacetTable *table, GError **error);

/* The lines of boilerplate that were learnt, "" when none were; NULL with an error. Free with
 * g_string_free(). */
GString *index_learnt(ShimDb *db, GError **error);
/* Stores them; visible with the next commit. */
gboolean index_set_learnt(ShimDb *db, const GString *learnt, GError **error);

/* The size of an index on disk in bytes, 0 when it cannot be told. */
guint64 index_bytes(const char *path);

/* When an index was last committed, in seconds since 1970; 0 when it cannot be told. */
gint64 index_modified(const char *path);

#endif
