/* country.h - countries by name or code.
 *
 * Documents and queries name countries in many ways: "IR", "IRN", "364", "Iran", "Irán", "Иран",
 * "إيران", "Islamic Republic of Iran". All of them mean one row of corpus/gazetteer/countries.tsv,
 * which holds the countries of ISO 3166-1, the former ones that news since 1945 is about (the
 * Soviet Union, East Germany ...) and Kosovo, and says how names that fit two rows were decided.
 *
 * The table is compiled into the program: nothing is read or built at start-up, and the rows live
 * as long as the program. Anybody may call these functions; they keep no state and are thread-safe.
 */
#ifndef SITREP_COUNTRY_H
#define SITREP_COUNTRY_H

#include <glib.h>

typedef struct Country {
  const char *alpha2;          /* upper case, unique; identifies the country */
  const char *alpha3;          /* upper case, unique */
  const char *name;            /* the short English name, unique */
  unsigned numeric;            /* ISO 3166-1; 0: none, or inherited by a successor */
  gboolean former;             /* no longer exists, at least not under this name */
  short first_year, last_year; /* of a former country; 0: open */
} Country;

/* Returns the country that `text` names: a name in English, French, Spanish, Arabic or Russian, an
 * abbreviation, an alpha-2 or alpha-3 code or a numeric code of exactly three digits. Case, accents
 * and punctuation do not matter (fold_name() in fold.h). `len` may be -1 for a NUL-terminated
 * string. NULL when the text names no country; ill-formed UTF-8 and text with a NUL byte in it name
 * none. */
const Country *country_find(const char *text, gssize len);

/* Returns the country with this code, spelled as in Country, or NULL. */
const Country *country_by_alpha2(const char *alpha2);

/* The countries in order of their alpha-2 codes; country_at() returns NULL from country_count()
 * on. */
const Country *country_at(gsize index);
gsize country_count(void);

#endif
