/* date_chars.h - characters around dates, forwards and backwards in UTF-8 that need not be valid.
 *
 * For date_match.h, date_scan.h and those who look at what stands around a date. */
#ifndef SITREP_DATE_CHARS_H
#define SITREP_DATE_CHARS_H

#include <glib.h>

/* The character at `at`, which is before `end`, and the one before `at`, which is behind `start`;
 * `len` becomes its length in bytes. A byte that is no UTF-8 is U+FFFD. */
gunichar date_char_at(const char *at, const char *end, gsize *len);
gunichar date_char_before(const char *at, const char *start, gsize *len);

typedef gboolean (*DateCharTest)(gunichar c);

/* White space and the marks that set the direction of writing; letters and the marks on them;
 * decimal digits of any script. */
gboolean date_is_blank(gunichar c);
gboolean date_is_letter(gunichar c);
gboolean date_is_digit(gunichar c);

/* The end of the run of such characters that begins at `at`; `at` when there is none. */
const char *date_skip(const char *at, const char *end, DateCharTest test);

/* The same for blanks, also back from `at`, and for letters: the end of the word that begins at
 * `at`, the start of the one that ends there. */
const char *date_skip_blanks(const char *at, const char *end);
const char *date_skip_blanks_back(const char *at, const char *start);
const char *date_word_end(const char *at, const char *end);
const char *date_word_start(const char *at, const char *start);

#endif
