/* describe_places.h - what places_find.c, places_weigh.c and describe_places.c share; for them,
 * their tests and the program that fits the weights (tests/eval/fit-places.py), nobody else.
 *
 * Every country that an article names is a candidate. Whether the article is about it is decided by
 * a logistic regression over a few features; what is not above the threshold is a mention. */
#ifndef SITREP_DESCRIBE_PLACES_H
#define SITREP_DESCRIBE_PLACES_H

#include "../corpus/places.h"
#include "describe_step.h"

/* The features of a candidate; all lie between 0 and 1 but the logarithms. */
#define PLACE_FEATURES(X)                                                                          \
  X(BIAS)           /* 1 */                                                                        \
  X(SHARE)          /* of all mentions of countries and their places */                            \
  X(RATIO)          /* mentions, to those of the most mentioned country */                         \
  X(LOG_COUNT)      /* logarithm of mentions */                                                    \
  X(ONCE)           /* mentioned once only */                                                      \
  X(TITLE)          /* in the title */                                                             \
  X(DATELINE)       /* its town or name stands in the dateline */                                  \
  X(ONLY_DATELINE)  /* and nowhere else */                                                         \
  X(OTHER_DATELINE) /* the dateline is another country's */                                        \
  X(LEAD)           /* share of the mentions in the first LEAD_WORDS words */                      \
  X(IN_LEAD)        /* there is one */                                                             \
  X(FIRST)          /* first of all countries after the dateline */                                \
  X(EARLY)          /* how early the first mention comes: 1 the first word, 0 the last */          \
  X(TOP)            /* no country has more mentions */                                             \
  X(ALONE)          /* no other country is mentioned */                                            \
  X(LOG_OTHERS)     /* logarithm of the number of candidates */                                    \
  X(LOG_WORDS)      /* logarithm of the article's words, to that of 1,000 */                       \
  X(ADJECTIVES)     /* share of its mentions that are adjectives or inhabitants */                 \
  X(INSTITUTIONS)   /* that are institutions */                                                    \
  X(PLACES)         /* that are towns or provinces */                                              \
  X(NAMED)          /* it is mentioned by name */                                                  \
  X(SPREAD)         /* share of the article's tenths that mention it */                            \
  X(TEXT_SHARE)     /* share of the mentions in the text, dateline and title left out */           \
  X(SHARE_SQUARED)                                                                                 \
  X(LOG_TOWNS)      /* logarithm of mentions of its towns and provinces in the text */             \
  X(DATELINE_SHARE) /* DATELINE times SHARE */                                                     \
  X(DATELINE_WORDS) /* DATELINE times LOG_WORDS */                                                 \
  X(DATELINE_RATIO) /* DATELINE times RATIO */                                                     \
  X(LOCATIVE)       /* share of its mentions behind "in", "near" ... */                            \
  X(LOCATIVE_SHARE) /* its share of all such mentions outside the dateline */                      \
  X(RATIO_WORDS)    /* RATIO times LOG_WORDS */

typedef enum PlaceFeature {
#define X(name) FEATURE_##name,
  PLACE_FEATURES(X)
#undef X
      FEATURE_COUNT
} PlaceFeature;

typedef struct Candidate {
  guint16 slot; /* country_slot() */
  guint title, dateline, text, lead;
  guint names, adjectives, institutions, places;
  guint towns;    /* places in the text */
  guint locative; /* behind "in", "near" and the like */
  guint first;    /* word of the first mention outside the dateline; G_MAXUINT: none */
  guint16 tenths; /* a bit for each tenth of the article */
  double features[FEATURE_COUNT];
  double score; /* the probability that the article is about it */
  gboolean focus;
} Candidate;

enum { NO_PLACE = -1 };

typedef enum MentionKind { BY_NAME, BY_ADJECTIVE, BY_INSTITUTION, BY_PLACE } MentionKind;

/* A country, by its own name or that of a place in it. */
typedef struct Mention {
  guint16 slot;
  MentionKind kind;
  guint word, n; /* words that it takes, from the first */
  gint32 place;  /* number of the place, or NO_PLACE */
} Mention;

struct PlacesScratch {
  GArray *mentions;   /* Mention, in the order they were decided */
  GArray *pending;    /* guint: matches that are towns, or names of several countries */
  GArray *persons;    /* guint32: senses of names that persons, or towns we do not know, bear */
  GArray *candidates; /* Candidate */
  guint dateline_end; /* the word after the dateline; n_title when there is none */
  guint firm[COUNTRY_SLOTS + 1]; /* mentions that need no support */
  guint firm_sum;
  guint16 candidate_of[COUNTRY_SLOTS + 1]; /* + 1; 0: none */
  const char *lang;
  int year; /* 0: not known */
};

/* places_find.c: fills scratch->mentions from scribe->words. */
void places_find(Scribe *scribe);
/* Whether "in", "near" or the like stands before word `i`. */
gboolean places_is_locative(const Scribe *scribe, guint i);

/* places_weigh.c: finds the candidates of scribe->words, with features and scores; the scratch's
 * own, valid until the next call. `year` is the article's, 0 when unknown; `lang` its language. */
const GArray *places_candidates(Scribe *scribe, int year, const char *lang);

#endif
