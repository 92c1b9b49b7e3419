/* inflect.h - the forms of names, of adjectives of nations and of words, by rule; at build time
 * only.
 *
 * The rules make all forms that a word can have and some that it has not: what matters is that
 * every form in a text is found, and wrong ones are no words. Endings follow the grammars in A. A.
 * Zaliznyak's declension classes (Russian) and the regular gender and number of French, Spanish and
 * Arabic nouns and adjectives. Input and forms are UTF-8, not folded. */
#ifndef SITREP_INFLECT_H
#define SITREP_INFLECT_H

#include <glib.h>

typedef void (*FormSink)(void *context, const char *form);

/* English: the plural too ("Iraqis"); none for words in -ese, -ish, -ch, -ss and -men. */
void inflect_english(const char *base, FormSink sink, void *context);
/* French and Spanish: feminine and plurals, from the masculine singular. */
void inflect_french(const char *base, FormSink sink, void *context);
void inflect_spanish(const char *base, FormSink sink, void *context);
/* A Russian adjective in -ий, -ый, -ой, or a noun for inhabitants, in all cases. */
void inflect_russian(const char *base, FormSink sink, void *context);
/* An Arabic nisba: feminine, plurals, dual, each with and without the article. */
void inflect_arabic(const char *base, FormSink sink, void *context);

/* A word in en, fr, es, ru or ar, given as dictionaries do: what it ends in tells whether it is
 * taken for a verb ("bombarder") or for a noun or adjective; in English it is taken for both
 * ("clash"). An Arabic one is a noun. */
void inflect_word(const char *lang, const char *base, FormSink sink, void *context);

/* A name in Cyrillic, each word of it declined: "Саудовская Аравия", "Саудовской Аравии" ... */
void decline_name(const char *name, FormSink sink, void *context);

/* A phrase in Cyrillic, of which only the noun that it is about and the adjectives in front of it
 * decline: "Коммунистическая партия Филиппин", "Коммунистической партии Филиппин" ... */
void decline_phrase(const char *phrase, FormSink sink, void *context);

/* TRUE when the text has a letter of that range: U+0400 to U+04FF; U+0600 to U+06FF. */
gboolean is_cyrillic(const char *text);
gboolean is_arabic_script(const char *text);

#endif
