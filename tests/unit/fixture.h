/* fixture.h - the 30 articles of tests/fixtures/query, and an index of them. */
#ifndef SITREP_FIXTURE_H
#define SITREP_FIXTURE_H

#include "../../shim/database.h"
#include <glib.h>

/* Both fail the test when something is wrong. The articles stand as in the file: Article *, owned
 * by the array. */
GPtrArray *fixture_articles(void);
/* A reader of an index of them in `folder`, which is there and empty. */
ShimDb *fixture_index(const GPtrArray *articles, const char *folder);

/* The ids that a query finds, in byte order, with spaces between; g_free() it. NULL with an error.
 */
char *fixture_ask(ShimDb *db, const char *query, GError **error);

/* Ids (char *) in byte order, with spaces between; g_free() it. */
char *fixture_join_ids(GPtrArray *ids);

/* A new folder, and its end with all that is in it. */
char *fixture_folder(void);
void fixture_remove_folder(char *folder);

#endif
