/* language.h - which language a text is in, by CLD2. See status.h for the rules. */
#ifndef SITREP_SHIM_LANGUAGE_H
#define SITREP_SHIM_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ShimLanguage {
  char code[16]; /* ISO 639-1, or 639-2 where there is none; "zh", "zh-Hant"; "und" if unknown */
  int percent;   /* share of the text in that language, 0 to 100 */
  bool reliable; /* CLD2's own verdict */
} ShimLanguage;

/* Detects the language of `len` bytes of UTF-8. Ill-formed text is cut at the first bad byte. */
ShimStatus shim_detect_language(const char *text, size_t len, ShimLanguage *language);

#ifdef __cplusplus
}
#endif
#endif
