/* date_names.h - names of months and weekdays, as news writes them in English, French, Spanish,
 * Russian and Arabic.
 *
 * Names are looked up folded (fold.h: case, then accents), in every form that stands beside a day
 * or a year: whole, abbreviated, in Russian also declined. Arabic has the names of Egypt and the
 * Gulf (يناير), those of the Levant and Iraq (كانون الثاني), and those of the Maghreb (جانفي).
 * Months of the Islamic calendar are no names here, so no Hijri date is taken for a Gregorian one.
 * Source of the names: CLDR (https://cldr.unicode.org/), its wide and abbreviated formats, and
 * usage of the agencies. */
#ifndef SITREP_DATE_NAMES_H
#define SITREP_DATE_NAMES_H

#include <glib.h>

/* 1 January to 12 December; 0 when it is no month. Two words are parted by one space. */
guint date_month_named(const char *folded, gsize len);

/* 1 Monday to 7 Sunday, as in ISO 8601; 0 when it is no weekday. */
guint date_weekday_named(const char *folded, gsize len);

/* TRUE for the words that may stand between the parts of a date: "12 de junio", "the 3rd of May".
 */
gboolean date_is_particle(const char *folded, gsize len);

/* TRUE for what is written behind the number of a day: "3rd", "1er", "12-го". */
gboolean date_is_ordinal(const char *folded, gsize len);

/* TRUE for what is written behind a year: "2023 г.", "2023 года", "2023م". */
gboolean date_is_era(const char *folded, gsize len);

/* TRUE when `list`, words that are ended by commas each, has the word. For tables like those of
 * this file. */
gboolean date_list_has(const char *list, const char *word, gsize len);

#endif
