/* digest.h - which articles an answer was about, as one number that can be checked later. */
#ifndef SITREP_DIGEST_H
#define SITREP_DIGEST_H

#include "../shim/database.h"
#include "../shim/set.h"
#include <glib.h>

/* The SHA-256, in hexadecimal, of the ids of a set's articles: in byte order, each with a newline
 * behind it. The same articles give the same digest in any index; so does
 *   sitrep search QUERY -n all -f jsonl | jq -r .id | LC_ALL=C sort | sha256sum
 * Takes the memory of the ids. NULL with an error; g_free() it. */
char *digest_of_ids(ShimDb *db, const ShimSet *set, GError **error);

#endif
