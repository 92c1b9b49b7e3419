/* actors_builtin.c - the table that is compiled in; see actors.h */
#include "actors.h"

/* Written by compile-actors: actor_table. */
#include "actors.inc"

const ActorTable *actors_builtin(void)
{
  return &actor_table;
}
