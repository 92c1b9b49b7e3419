/* describe_step.h - what the describing steps share; for indexer/describe*.c only.
 *
 * A step is one function, void describe_STEP(Scribe *, Article *), in describe_STEP.c. It reads
 * scribe->words (title and body as words, found once an article; corpus/text_words.h) and derives
 * values with article_derive(). What it needs while it works is a member of Scribe. Names are
 * matched by names_scan() (corpus/names.h) over scribe->words into scribe->matches, which every
 * step may use and finds empty at its start. To add one: a row in describe_steps, describe.c. */
#ifndef SITREP_DESCRIBE_STEP_H
#define SITREP_DESCRIBE_STEP_H

#include "../corpus/analysis.h"
#include "../corpus/names.h"
#include "describe.h"

typedef struct PlacesScratch PlacesScratch; /* describe_places.c */
typedef struct ActorsScratch ActorsScratch; /* describe_actors.c */
typedef struct EventsScratch EventsScratch; /* describe_events.c */

struct Scribe {
  Analyzer *analyzer;
  TextWords *words; /* of the article being described */
  GArray *matches;  /* of NameMatch */
  PlacesScratch *places;
  ActorsScratch *actors;
  EventsScratch *events;
};

typedef struct DescribeStep {
  const char *name;
  void (*run)(Scribe *scribe, Article *article);
} DescribeStep;

/* In their order; the last has no name. */
extern const DescribeStep describe_steps[];

/* What scribe_describe() does: finds the words, and runs one step after the other. */
void scribe_read(Scribe *scribe, const Article *article);
void scribe_step(Scribe *scribe, const DescribeStep *step, Article *article);

void describe_language(Scribe *scribe, Article *article);
void describe_date(Scribe *scribe, Article *article);
void describe_places(Scribe *scribe, Article *article);
void describe_actors(Scribe *scribe, Article *article);
void describe_events(Scribe *scribe, Article *article);

PlacesScratch *places_scratch_new(void);
void places_scratch_free(PlacesScratch *scratch);
EventsScratch *events_scratch_new(void);
void events_scratch_free(EventsScratch *scratch);

/* `own` are the user's actors, NULL: none; they must stay. */
ActorsScratch *actors_scratch_new(const ActorTable *own);
void actors_scratch_free(ActorsScratch *scratch);

#endif
