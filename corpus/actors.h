/* actors.h - actors of conflict and politics, and the names that mean them.
 *
 * An ActorTable is plain constant data: the one compiled in at build time from corpus/gazetteer/
 * actors.tsv, whose head says what the columns and marks mean, or one that an ActorList
 * (actor_list.h) made of a user's file. Nothing is read or built at start-up; any number of threads
 * may use one.
 *
 * Actors are known by numbers from 0. Strings are UTF-8 and live as long as the table. */
#ifndef SITREP_ACTORS_H
#define SITREP_ACTORS_H

#include "names.h"

/* ACLED's eight types of actors. */
typedef enum ActorKind {
  ACTOR_STATE_FORCES,
  ACTOR_REBEL_GROUP,
  ACTOR_POLITICAL_MILITIA,
  ACTOR_IDENTITY_MILITIA,
  ACTOR_RIOTERS,
  ACTOR_PROTESTERS,
  ACTOR_CIVILIANS,
  ACTOR_EXTERNAL_OTHER,
  ACTOR_KINDS
} ActorKind;

/* Marks of names in the table, beside those of names.h. */
enum {
  ACTOR_AMBIGUOUS = NAME_MARK,     /* '?': needs support by a country or another name */
  ACTOR_CAPITALS = NAME_MARK << 1, /* '=': in text all in capitals it needs another name */
  ACTOR_LETTERS = NAME_MARK << 2   /* elsewhere it needs two capitals: "LeT", not "Let" */
};

typedef struct ActorAlias {
  guint32 text;  /* offset into the pool */
  guint32 marks; /* ACTOR_AMBIGUOUS and ACTOR_CAPITALS */
} ActorAlias;

typedef struct Actor {
  guint32 name, countries; /* offsets into the pool */
  guint32 first_alias;     /* its aliases are n_aliases from this on */
  guint16 n_aliases;
  guint16 kind;                 /* ActorKind */
  gint16 first_year, last_year; /* of activity; 0: open or not known */
} Actor;

typedef struct ActorTable {
  const NameTable *names; /* all names; the value of a sense is the number of an actor */
  const Actor *actors;
  guint32 n;
  const ActorAlias *aliases;
  const char *pool;
} ActorTable;

/* The actors that are compiled in. */
const ActorTable *actors_builtin(void);

/* Appends to `numbers` (of guint32), in ascending order, the actors that a name means: a canonical
 * name ("FMLN: Farabundo Marti National Liberation Front"), either part of one, or an alias,
 * marked or not ("mko", "F.M.L.N.", "حزب الله"). Words are compared as in texts (analysis.h), so
 * case, accents and punctuation do not matter. `len` may be -1 for a NUL-terminated string. Appends
 * nothing when no actor is called so. */
void actors_find(const ActorTable *table, Analyzer *analyzer, const char *text, gssize len,
                 GArray *numbers);

/* The canonical name, in ACLED's pattern; it is the value of FIELD_ACTOR. */
static inline const char *actor_name(const ActorTable *table, guint32 actor)
{
  return table->pool + table->actors[actor].name;
}

/* ISO 3166 alpha-2 codes joined by '|', the main one first; "" for worldwide bodies. */
static inline const char *actor_countries(const ActorTable *table, guint32 actor)
{
  return table->pool + table->actors[actor].countries;
}

/* The n-th of its aliases, n from 0 to n_aliases - 1, spelled as papers do, without marks. The
 * parts of the canonical name come first; its "(...)" is not an alias. */
static inline const char *actor_alias(const ActorTable *table, guint32 actor, guint n)
{
  return table->pool + table->aliases[table->actors[actor].first_alias + n].text;
}

static inline guint32 actor_alias_marks(const ActorTable *table, guint32 actor, guint n)
{
  return table->aliases[table->actors[actor].first_alias + n].marks;
}

/* "state-forces", "rebel-group" ... as actors.tsv has them. Static. */
const char *actor_kind_name(ActorKind kind);
/* The kind of that name; ACTOR_KINDS when it is none. */
ActorKind actor_kind_find(const char *name);

#endif
