/* events.h - words that tell of events, and of which type: ACLED's six types and 25 sub-types.
 *
 * One dictionary (names.h) of words and phrases in English, French, Spanish, Russian and Arabic
 * with weights, compiled at build time from corpus/gazetteer/events.tsv, which says how they are
 * written and used. Constant data: any number of threads may read it, nothing is loaded. */
#ifndef SITREP_EVENTS_H
#define SITREP_EVENTS_H

#include "names.h"

/* A type of event, or a type and sub-type. The first three rows of the table are no types. */
typedef struct EventKind {
  const char *type;
  const char *sub_type; /* "": the type as such */
  guint8 first_of_type; /* number of the first kind with the same type */
} EventKind;

enum {
  EVENT_NOTHING,    /* words that tell of no event, though a part of them would: "heart attack" */
  EVENT_CONFLICT,   /* words that surround events */
  EVENT_OTHER_NEWS, /* words of news on trade, sport, accidents; their weights are below 0 */
  EVENT_KINDS_FROM  /* the types follow */
};

typedef enum EventPairing {
  PAIRING_NONE,    /* each term counts */
  PAIRING_EITHER,  /* a term of the first list and one of the second near it in the sentence */
  PAIRING_IN_ORDER /* the same, the first before the second */
} EventPairing;

/* Terms that count alike: a row of the file. */
typedef struct EventRow {
  guint8 kind;
  guint8 pairing; /* EventPairing */
  gint16 weight;  /* hundredths */
} EventRow;

/* The dictionary. The value of a sense is twice the number of its row, plus 1 for terms of a row's
 * second list; its mark is that of their language. */
const NameTable *events_names(void);
const EventRow *events_row(guint32 number);

const EventKind *events_kind(guint number); /* NULL from events_kind_count() on */
guint events_kind_count(void);

/* The mark of words in a language (ISO 639-1); 0 where there are none. */
static inline guint16 events_lang_mark(const char *lang)
{
  static const char langs[][3] = {"en", "fr", "es", "ru", "ar"};
  for (guint i = 0; i < G_N_ELEMENTS(langs); i++)
    if (g_str_equal(langs[i], lang)) return (guint16)(NAME_MARK << i);
  return 0;
}

#endif
