/* places.h - the names of countries and places in texts, and what they may mean.
 *
 * One dictionary (names.h) of country names, adjectives, cities, provinces, regions and phrases in
 * English, French, Spanish, Russian and Arabic, compiled at build time from corpus/gazetteer/
 * countries.tsv, demonyms.tsv, phrases.tsv, places.tsv, regions.tsv and words.tsv, which say where
 * the facts are from. Constant data: any number of threads may read them, nothing is loaded. */
#ifndef SITREP_PLACES_H
#define SITREP_PLACES_H

#include "names.h"

/* What a sense stands for; its value is this << PLACE_SENSE_SHIFT, plus a country's slot or the
 * number of a place. */
typedef enum PlaceSense {
  SENSE_NOTHING,     /* a phrase that is no place: "American Airlines" */
  SENSE_COUNTRY,     /* a country's name */
  SENSE_ADJECTIVE,   /* an adjective or inhabitants */
  SENSE_INSTITUTION, /* what stands for a country: "Kremlin", "yen" */
  SENSE_CHOICE,      /* a name of this and other countries: "Korea" */
  SENSE_PLACE,       /* a city, province or region */
  SENSE_SUFFIX,      /* an abbreviated province behind a comma: "Conn." */
  SENSE_GIVEN        /* a person's given name */
} PlaceSense;

enum {
  PLACE_SENSE_SHIFT = 28,
  PLACE_WEAK = NAME_MARK,             /* also a common word or surname: needs support */
  PLACE_IS_GIVEN = NAME_MARK << 1,    /* also a person's given name: "Chad Smith" */
  PLACE_ONLY_FRENCH = NAME_MARK << 2, /* counts in texts of that language only */
  PLACE_ONLY_SPANISH = NAME_MARK << 3,
  COUNTRY_SLOTS = 26 * 26
};

typedef enum PlaceKind { PLACE_CITY, PLACE_PROVINCE, PLACE_REGION } PlaceKind;

typedef struct Place {
  guint32 name;               /* offset into the pool of places_name() */
  guint32 people;             /* 0: not known */
  guint16 country;            /* slot */
  guint16 province;           /* number of the place it lies in, 0xFFFF: none */
  gint16 latitude, longitude; /* hundredths of a degree */
  guint8 kind;                /* PlaceKind */
  guint8 shared;              /* another country has a place of this name */
  guint8 capital;             /* seat of its country's government */
} Place;

/* The dictionary. */
const NameTable *places_names(void);

const Place *places_at(guint32 number); /* NULL from places_count() on */
guint32 places_count(void);
const char *places_name(const Place *place);

static inline PlaceSense place_sense(guint32 value)
{
  return (PlaceSense)(value >> PLACE_SENSE_SHIFT);
}

static inline guint32 place_value(guint32 value)
{
  return value & ((1u << PLACE_SENSE_SHIFT) - 1);
}

/* Slots number alpha-2 codes from 0; COUNTRY_SLOTS for what is none. */
static inline guint country_slot(const char *alpha2)
{
  if (alpha2[0] < 'A' || alpha2[0] > 'Z' || alpha2[1] < 'A' || alpha2[1] > 'Z')
    return COUNTRY_SLOTS;
  return (guint)(alpha2[0] - 'A') * 26 + (guint)(alpha2[1] - 'A');
}

static inline void country_code_of_slot(guint slot, char alpha2[3])
{
  alpha2[0] = (char)('A' + slot / 26);
  alpha2[1] = (char)('A' + slot % 26);
  alpha2[2] = '\0';
}

#endif
