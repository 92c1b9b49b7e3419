/* fixture.h - the 32 articles of tests/fixtures/query, and an index of them. */
#ifndef SITREP_FIXTURE_H
#define SITREP_FIXTURE_H

#include "../../shim/database.h"
#include "brute.h"
#include <glib.h>

typedef struct Fixture {
  GPtrArray *articles; /* Article *, as in the file */
  Brute *brute;
  ShimDb *db; /* a reader of an index of them */
  char *folder;
} Fixture;

/* For groups of tests: the fixture is their state. */
int fixture_set_up(void **state);
int fixture_tear_down(void **state);

/* The ids that a query finds, in byte order, with spaces between; g_free() it. NULL with an error.
 */
char *fixture_ask(const Fixture *fixture, const char *query, GError **error);

/* Ids (char *) in byte order, with spaces between; g_free() it. */
char *fixture_join_ids(GPtrArray *ids);

/* For other articles (Article *): a new folder, a reader of an index of them in it, and the
 * folder's end with all that is in it. All fail the test when something is wrong. */
char *fixture_folder(void);
ShimDb *fixture_index(const GPtrArray *articles, const char *folder);
void fixture_remove_folder(char *folder);

#endif
