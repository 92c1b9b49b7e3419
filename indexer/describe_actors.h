/* describe_actors.h - what describe_actors.c, actors_find.c, actors_define.c and actors_forces.c
 * share; for them and their tests, nobody else. */
#ifndef SITREP_DESCRIBE_ACTORS_H
#define SITREP_DESCRIBE_ACTORS_H

#include "../corpus/forces.h"
#include "describe_places.h"

enum { NO_MATCH = -1 };

/* A listed name in the text. */
typedef struct ActorMatch {
  NameMatch match;
  const ActorTable *table;
  gint32 actor; /* what it was found to mean; NO_MATCH: nothing */
} ActorMatch;

/* "Armed Islamic Front (AIF)" or "AIF (Armed Islamic Front)". */
typedef struct Definition {
  guint acronym;    /* word */
  guint first, n;   /* words of what it stands for */
  gboolean exact;   /* its letters are their initials, rather than about so */
  gint32 listed;    /* number of the match that they are, or NO_MATCH */
  const char *name; /* the actor that it is; NULL: none */
} Definition;

/* A word for a force ("police"), and whose it is. */
typedef struct Force {
  guint32 match; /* number in scratch->forces */
  ForceClass class;
  guint slot;     /* of the country; COUNTRY_SLOTS: not told */
  guint first, n; /* the words, with the country's */
  gboolean alone; /* no country stands beside it */
} Force;

/* What is known of a word. */
typedef struct WordFacts {
  guint32 country; /* number of the mention of a country that it is part of, + 1; 0: none */
  guint32 force;   /* of the match in the table of forces, + 1 */
  guint32 match;   /* of the listed name that it is part of, + 1 */
  gboolean actor;  /* part of one that was found to */
} WordFacts;

typedef struct ActorCandidate {
  const char *name; /* canonical */
  guint title, dateline, text, lead;
  guint first, n;      /* words of the first mention */
  const char *support; /* what let an ambiguous name count: "with Iran"; NULL */
} ActorCandidate;

typedef enum Standing { NOT_NAMED, MENTIONED, IN_FOCUS } Standing;

struct ActorsScratch {
  const ActorTable *own;              /* the user's, NULL: none */
  GArray *matches;                    /* ActorMatch, in order */
  GArray *forces;                     /* NameMatch in forces_names(), in order */
  GArray *definitions;                /* Definition */
  GHashTable *defined;                /* form of an acronym -> number of its definition, + 1 */
  GHashTable *companies;              /* senses of listed names that are companies' here, a set */
  GArray *qualified;                  /* Force */
  GArray *candidates;                 /* ActorCandidate, in the order found */
  GHashTable *by_name;                /* canonical name -> number in candidates, + 1 */
  GStringChunk *strings;              /* names and supports that are made for the article */
  GArray *facts;                      /* WordFacts, one a word */
  guint8 standing[COUNTRY_SLOTS + 1]; /* Standing of countries */
  guint n_focus, focus;               /* how many countries are in focus; the slot of the last */
  gboolean sure_focus;                /* stated, or hardly another */
  int year;                           /* 0: not known */
  const char *lang;
};

/* ---- describe_actors.c ---- */

static inline WordFacts *word_facts(const ActorsScratch *scratch, guint i)
{
  return &g_array_index(scratch->facts, WordFacts, i);
}

/* Counts a mention of the actor, whose name and support must stay. */
void actor_count(Scribe *scribe, const char *name, guint first, guint n, const char *support);

/* TRUE when nothing but space, or a hyphen, parts the word from the one before. */
gboolean actor_follows(const Scribe *scribe, guint i);

/* The mention of a country that ends right before word `i`, and is no part of a longer word
 * ("pro-Russian"); NULL when there is none. */
const Mention *actor_country_before(const Scribe *scribe, guint i);
/* The one that begins at word `i`. */
const Mention *actor_country_at(const Scribe *scribe, guint i);

/* TRUE when word `i` is part of a word or phrase of that class in forces.tsv. */
gboolean actor_word_is(const Scribe *scribe, guint i, ForceClass class);

/* ---- actors_find.c ---- */

/* Fills scratch->matches. */
void actors_match(Scribe *scribe);
/* Decides what each match means, and counts it. */
void actors_resolve(Scribe *scribe);

/* ---- actors_define.c ---- */

/* Fills scratch->definitions. */
void actors_find_definitions(Scribe *scribe);
/* TRUE when the article says that the acronym, which is what the match is, stands for something
 * else than the actor. */
gboolean actors_defined_otherwise(const Scribe *scribe, const ActorMatch *match, guint32 actor);
/* Counts what the acronyms of the definitions stand for. */
void actors_count_defined(Scribe *scribe);

/* ---- actors_forces.c ---- */

/* Counts what words for forces and countries make actors. */
void actors_count_forces(Scribe *scribe);

#endif
