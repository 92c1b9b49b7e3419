/* language.h - codes and names of languages. */
#ifndef SITREP_LANGUAGE_H
#define SITREP_LANGUAGE_H

#include <glib.h>

/* The lower-case code of a language by its code or name: "EN", "en-GB", "eng" and "English" are
 * "en", "pt_BR" is "pt". ISO 639-1 where there is one; a code that nobody knows stays. NULL for
 * what is neither code nor known name. g_free() it. */
char *language_read(const char *value);

/* The English name of a code, in small letters ("arabic"); NULL for a code that has none here.
 * Static. */
const char *language_name(const char *code);

#endif
