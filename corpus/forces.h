/* forces.h - the words for what every country has: armed forces, police, government, protesters.
 *
 * Compiled in from corpus/gazetteer/forces.tsv, whose head tells what the classes mean. Constant
 * data: any number of threads may read it. */
#ifndef SITREP_FORCES_H
#define SITREP_FORCES_H

#include "names.h"

/* Name, and as forces.tsv has it; the first six, with a country, are actors. */
#define FORCE_CLASS_LIST(X)                                                                        \
  X(MILITARY, "military")                                                                          \
  X(POLICE, "police")                                                                              \
  X(SECURITY, "security")                                                                          \
  X(GOVERNMENT, "government")                                                                      \
  X(PROTESTERS, "protesters")                                                                      \
  X(RIOTERS, "rioters")                                                                            \
  X(NOTHING, "nothing")                                                                            \
  X(MODIFIER, "modifier")                                                                          \
  X(FUNCTION, "function")                                                                          \
  X(NOT, "not")                                                                                    \
  X(HEAD, "head")                                                                                  \
  X(BUSINESS, "business")                                                                          \
  X(OF, "of")                                                                                      \
  X(IN, "in")                                                                                      \
  X(ARTICLE, "article")                                                                            \
  X(AND, "and")                                                                                    \
  X(OR, "or")                                                                                      \
  X(PREPOSITION, "preposition")                                                                    \
  X(BARE, "bare")

typedef enum ForceClass {
#define X(id, name) FORCE_##id,
  FORCE_CLASS_LIST(X)
#undef X
      FORCE_CLASSES
} ForceClass;

/* Marks of the words of the first six classes. */
enum {
  FORCE_ALONE = NAME_MARK,      /* counts without a country beside it */
  FORCE_NOUN = NAME_MARK << 1,  /* does not count before another noun, */
  FORCE_PHRASE = NAME_MARK << 2 /* alone not before another noun */
};

enum { FORCE_CLASS_SHIFT = 16 };

/* The words. A sense's value is made by force_value(). */
const NameTable *forces_names(void);

/* The class, and the slot (country_slot() in places.h) of the country that the word itself tells,
 * COUNTRY_SLOTS when it tells none. */
static inline guint32 force_value(ForceClass class, guint slot)
{
  return (guint32) class << FORCE_CLASS_SHIFT | slot;
}

static inline ForceClass force_class(guint32 value)
{
  return (ForceClass)(value >> FORCE_CLASS_SHIFT);
}

static inline guint force_slot(guint32 value)
{
  return value & ((1u << FORCE_CLASS_SHIFT) - 1);
}

/* The actor's name in ACLED's pattern: "Police Forces of Albania", "Protesters (United States)".
 * NULL when the class makes no actors, or the country has no such force, or is none. g_free() it.
 */
char *forces_actor(ForceClass class, guint slot);

#endif
