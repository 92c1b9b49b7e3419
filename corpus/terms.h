/* terms.h - the terms of the index that are not words of a text: whole values and dates. Those that
 * copies of an article share, "XCOPY...", are fingerprint.h's. */
#ifndef SITREP_TERMS_H
#define SITREP_TERMS_H

#include "date.h"
#include "schema.h"
#include <glib.h>

/* Sets `term` to the term of a whole value of a keyword, country or exact field: prefix and folded
 * value ("Nir", "XSOURCEreuters", "Qreuters-17"). A value too long for a term is cut and given a
 * digest of the whole, so that it stays unique. */
void term_of_value(GString *term, FieldId field, const char *value);

/* The value of an exact field (an id) that a term_of_value() stands for, in the term itself and
 * with
 * `*len` bytes; NULL when it was too long to be in the term whole. */
const char *value_of_term(FieldId field, const char *term, gsize term_len, gsize *len);

/* Sets `term` to the term of a day, a month or a year, whichever the precision of `date` is:
 * "D19870301", "M198703", "Y1987". */
void term_of_date(GString *term, Date date);

/* Sets `term` to the term of all articles that have a value of `field`, which is not FIELD_ID:
 * "XHASdate". */
void term_of_presence(GString *term, FieldId field);

#endif
