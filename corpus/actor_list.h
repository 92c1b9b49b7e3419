/* actor_list.h - makes tables of actors (actors.h): of the gazetteer at build time, and of a user's
 * file (actor_files.h). */
#ifndef SITREP_ACTOR_LIST_H
#define SITREP_ACTOR_LIST_H

#include "actors.h"

typedef struct ActorList ActorList;

ActorList *actor_list_new(void);
void actor_list_free(ActorList *list); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ActorList, actor_list_free)

/* Begins an actor. `countries` are alpha-2 codes joined by '|'; years may be 0. */
void actor_list_begin(ActorList *list, const char *name, ActorKind kind, const char *countries,
                      int first_year, int last_year);

/* Adds an alias, as it is written and without marks, to the actor that was begun last. One that
 * it has already changes nothing. FALSE when it has no word, or more than NAME_WORDS_MAX, or when
 * the actor has no room. */
gboolean actor_list_alias(ActorList *list, const char *alias, guint32 marks);

/* Ends the actor. FALSE when its canonical name is no name (see above); it is in the list with
 * its other aliases all the same. */
gboolean actor_list_end(ActorList *list);

/* Called with a name, to call `add` with other forms of it. */
typedef void (*NameForm)(void *context, const char *form);
typedef void (*NameInflector)(const char *name, NameForm add, void *context);

/* From now on, what `inflect` makes of each alias is a name of its actor too (but no alias). */
void actor_list_inflect(ActorList *list, NameInflector inflect);

/* How many actors there are. */
guint32 actor_list_count(const ActorList *list);

/* The table of all that was added; valid until the list changes. */
const ActorTable *actor_list_table(ActorList *list);

/* Appends the table as C: "static const ActorTable IDENTIFIER_table = {...};". */
void actor_list_write(ActorList *list, const char *identifier, GString *out);

#endif
