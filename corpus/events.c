/* events.c - see events.h */
#include "events.h"

/* Written by compile-events: event_names (a NameTable), event_rows[], event_kinds[]. */
#include "events.inc"

const NameTable *events_names(void)
{
  return &event_names;
}

const EventRow *events_row(guint32 number)
{
  return &event_rows[number];
}

const EventKind *events_kind(guint number)
{
  return number < G_N_ELEMENTS(event_kinds) ? &event_kinds[number] : NULL;
}

guint events_kind_count(void)
{
  return G_N_ELEMENTS(event_kinds);
}
