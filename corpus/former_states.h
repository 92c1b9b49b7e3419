/* former_states.h - today's states in articles of when they were parts of others. */
#ifndef SITREP_FORMER_STATES_H
#define SITREP_FORMER_STATES_H

#include <glib.h>

enum { FORMER_FROM = 1945, GERMANY_UNITED = 1990 };

/* The country (country_slot() in places.h) that `slot` was part of in `year`: "Georgian" in 1990 is
 * of the Soviet Union. The same slot when it was none, or when the year is before FORMER_FROM or 0,
 * not known. The two Germanies are parted by places, not here. Years: ISO 3166-3. */
guint former_state(guint slot, int year);

#endif
