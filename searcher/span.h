/* span.h - from when to when the articles of an index are. */
#ifndef SITREP_SPAN_H
#define SITREP_SPAN_H

#include "../shim/database.h"
#include <glib.h>

/* The dates that come first and last, NULL both when no article has one; g_free() them. FALSE with
 * an error. */
gboolean index_span(ShimDb *db, char **first, char **last, GError **error);

#endif
