/* fold.h - what makes two spellings the same term.
 *
 * Indexing, queries, snippets and gazetteers all compare text through these functions, so that
 * what matches is what is highlighted. Anybody may call them; they keep no state and are
 * thread-safe.
 *
 * Two levels, because stemmers need accents and users do not type them:
 *   case fold    Unicode NFKC_Casefold (UAX #44): "Ç" -> "ç", full-width -> ASCII, "ß" -> "ss".
 *   accent fold  on top of it: combining marks dropped from Latin, Greek, Arabic and Hebrew,
 *                Latin letters without decomposition mapped (ø -> o, ł -> l, æ -> ae ...),
 *                Cyrillic ё -> е (й stays, it is a letter of its own), and the Arabic and Persian
 *                spellings that papers mix: tatweel and short vowels dropped, alef with hamza or
 *                madda -> bare alef, alef maqsura and Persian yeh -> yeh, teh marbuta -> heh,
 *                Persian kaf -> kaf (the choices of Lucene's ArabicNormalizer and
 *                PersianNormalizer). Marks of scripts that need them (Devanagari, Thai, kana ...)
 *                stay.
 */
#ifndef SITREP_FOLD_H
#define SITREP_FOLD_H

#include <glib.h>

/* Appends to `out` the case-folded form of `len` bytes of UTF-8 at `text`. Ill-formed bytes become
 * U+FFFD. */
void fold_case(GString *out, const char *text, gsize len);

/* Appends to `out` the accent-folded form of `len` bytes of UTF-8 at `text`, which must be
 * case-folded already. */
void fold_accents(GString *out, const char *text, gsize len);

/* Returns the key under which a name is looked up (gazetteers, keyword fields): case and accents
 * folded, full stops and apostrophes dropped, every other run of characters that are neither
 * letter, digit nor mark made one space, ends trimmed: "Côte d'Ivoire" -> "cote divoire",
 * "U.S.A." -> "usa", "el-salvador" -> "el salvador". `len` may be -1 for a NUL-terminated string.
 * Free with g_free(). */
char *fold_name(const char *name, gssize len);

#endif
