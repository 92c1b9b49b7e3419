/* forces.c - see forces.h */
#include "forces.h"

#include <string.h>

#include "country.h"
#include "places.h"

/* How a country is written in names of actors, or which class it has not. */
typedef struct ForceCountry {
  char alpha2[3];
  const char *text;
} ForceCountry;

/* Written by compile-forces: force_names (a NameTable), force_called[], force_without[]. */
#include "forces.inc"

static const char *const class_names[] = {
#define X(id, name) name,
    FORCE_CLASS_LIST(X)
#undef X
};

const NameTable *forces_names(void)
{
  return &force_names;
}

static gboolean is_without(ForceClass class, const char *alpha2)
{
  for (gsize i = 0; i < G_N_ELEMENTS(force_without); i++)
    if (strcmp(force_without[i].alpha2, alpha2) == 0 &&
        strcmp(force_without[i].text, class_names[class]) == 0)
      return TRUE;
  return FALSE;
}

/* With its article: "the Soviet Union". */
static char *called(const Country *country)
{
  for (gsize i = 0; i < G_N_ELEMENTS(force_called); i++)
    if (strcmp(force_called[i].alpha2, country->alpha2) == 0) return g_strdup(force_called[i].text);
  const char *years = strstr(country->name, " (");
  return g_strndup(country->name,
                   years == NULL ? strlen(country->name) : (gsize)(years - country->name));
}

char *forces_actor(ForceClass class, guint slot)
{
  static const char *const patterns[] = {"Military Forces of ", "Police Forces of ",
                                         "Military Forces of ", "Government of ",
                                         "Protesters (",        "Rioters ("};
  char alpha2[3];
  if (class >= G_N_ELEMENTS(patterns) || slot >= COUNTRY_SLOTS) return NULL;
  country_code_of_slot(slot, alpha2);
  const Country *country = country_by_alpha2(alpha2);
  if (country == NULL || is_without(class, alpha2)) return NULL;
  g_autofree char *name = called(country);
  gboolean behind = strchr(patterns[class], '(') != NULL;
  const char *bare = behind && g_str_has_prefix(name, "the ") ? name + strlen("the ") : name;
  return g_strconcat(patterns[class], bare, behind ? ")" : NULL, NULL);
}
