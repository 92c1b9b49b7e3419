/* phrase.h - words beside each other, as a test on the positions that the index keeps. */
#ifndef SITREP_PHRASE_H
#define SITREP_PHRASE_H

#include "../shim/query.h"
#include <glib.h>

/* Those documents of `among` in which the steps stand beside each other, in order. A step is a
 * GHashTable used as a set of char *, the forms of which any may stand there; with `prefix` in
 * front they are terms. Every document of `among` must hold a term of each step. */
ShimStatus phrase_query(const ShimQuery *among, const GPtrArray *steps, const char *prefix,
                        ShimQuery **query);

#endif
