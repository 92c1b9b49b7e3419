/* former_states.c - see former_states.h */
#include "former_states.h"

#include "places.h"

typedef struct Former {
  char now[3], then[3];
  short until; /* the last year */
} Former;

static const Former formers[] = {
    {"RU", "SU", 1991}, {"AM", "SU", 1990}, {"AZ", "SU", 1990}, {"BY", "SU", 1990},
    {"EE", "SU", 1990}, {"GE", "SU", 1990}, {"KG", "SU", 1990}, {"KZ", "SU", 1990},
    {"LT", "SU", 1990}, {"LV", "SU", 1990}, {"MD", "SU", 1990}, {"TJ", "SU", 1990},
    {"TM", "SU", 1990}, {"UA", "SU", 1990}, {"UZ", "SU", 1990}, {"BA", "YU", 1990},
    {"HR", "YU", 1990}, {"ME", "YU", 1990}, {"MK", "YU", 1990}, {"RS", "YU", 1990},
    {"SI", "YU", 1990}, {"XK", "YU", 1990}, {"CZ", "CS", 1992}, {"SK", "CS", 1992}};

guint former_state(guint slot, int year)
{
  if (year < FORMER_FROM) return slot;
  for (gsize i = 0; i < G_N_ELEMENTS(formers); i++)
    if (year <= formers[i].until && country_slot(formers[i].now) == slot)
      return country_slot(formers[i].then);
  return slot;
}
