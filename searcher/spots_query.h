/* spots_query.h - a condition on where words stand, as a part of a search. */
#ifndef SITREP_SPOTS_QUERY_H
#define SITREP_SPOTS_QUERY_H

#include "../corpus/spots.h"
#include "../shim/query.h"

/* Those documents of `among` for which the condition holds; they must hold the terms that
 * spots_hold() wants them to. Takes over the condition, also when it fails. */
ShimStatus spots_query(const ShimQuery *among, Spots *spots, ShimQuery **query);

#endif
