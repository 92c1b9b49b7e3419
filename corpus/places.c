/* places.c - see places.h */
#include "places.h"

/* Written by compile-places: place_names (a NameTable), place_rows[], place_pool[]. */
#include "places.inc"

const NameTable *places_names(void)
{
  return &place_names;
}

const Place *places_at(guint32 number)
{
  return number < G_N_ELEMENTS(place_rows) ? &place_rows[number] : NULL;
}

guint32 places_count(void)
{
  return G_N_ELEMENTS(place_rows);
}

const char *places_name(const Place *place)
{
  return place_pool + place->name;
}
