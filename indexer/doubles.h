/* doubles.h - one article an id, after databases were merged that both had it. */
#ifndef SITREP_DOUBLES_H
#define SITREP_DOUBLES_H

#include "../shim/database.h"
#include "bulk.h"
#include <glib.h>

/* Of documents with the same id deletes all but the last, in a database that was opened for
 * writing. `old` is the last document number that was in the index before: of two equal articles
 * the one that was stays. Counts what came again as changed, unchanged or repeated. FALSE with an
 * error. */
gboolean doubles_remove(ShimDb *db, guint32 old, BulkCounts *counts, GError **error);

#endif
