/* encoding.h - text in any encoding into UTF-8; for text_stream.c. */
#ifndef SITREP_ENCODING_H
#define SITREP_ENCODING_H

#include <glib.h>
#include <unicode/ucnv.h>

enum { ENCODING_SAMPLE = 8 << 10 /* bytes, all that ICU's detector looks at */ };

/* A converter for an encoding by any name that ICU has for it; bytes without meaning become U+FFFD.
 * NULL when ICU does not know the encoding. ucnv_close() it. */
UConverter *encoding_open(const char *name);

/* Appends a text in the converter's encoding as UTF-8. */
void encoding_append(UConverter *converter, GString *out, const char *text, gsize len);

/* The encoding of a text that is no UTF-8, static: what ICU's detector says where that is
 * plausible, in its Windows superset as browsers read it, else windows-1252. */
const char *encoding_detect(const char *text, gsize len);

#endif
