/* analysis.h - text into tokens, the same way for indexing, queries and snippets.
 *
 * Words are those of ICU's word iterator (UAX #29, with dictionaries for Chinese, Japanese and
 * Thai; see words.h); then, as the field writes:
 *   - elided articles are words of their own (l'armée -> l, armée; coup d'état -> coup, d, état),
 *   - a possessive 's is dropped (Iran's -> iran),
 *   - acronyms lose their full stops (U.N. -> un, F.M.L.N. -> fmln), but U.S. becomes "u.s",
 *     because "us" is another word; other words joined by a full stop are parted,
 *   - digits lose their thousands commas (1,000 -> 1000).
 *
 * A token has two spellings: `cased`, case-folded with its accents, which the stemmers need, and
 * `form`, with accents folded too, which is the term in the index.
 *
 * The stem of a word is not in the index. For each language an index keeps, as Xapian synonyms, a
 * dictionary from stem to the forms that occur; a query word becomes the synonym of its forms. */
#ifndef SITREP_ANALYSIS_H
#define SITREP_ANALYSIS_H

#include <glib.h>

/* Words whose form is longer, in bytes, are not indexed (they keep their position). */
enum { ANALYSIS_WORD_MAX = 128 };

typedef struct Token {
  const char *cased;
  gsize cased_len;
  const char *form;
  gsize form_len;
  gsize start, end; /* bytes of the text that the token covers */
  guint32 position; /* of the word in the text, from 0 */
} Token;

typedef struct Analyzer Analyzer;

/* One a thread, for many texts. Never NULL. */
Analyzer *analyzer_new(void);
void analyzer_free(Analyzer *analyzer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Analyzer, analyzer_free)

/* Starts on `len` bytes of UTF-8, which must stay until the last token. Ill-formed bytes part
 * words. */
void analyzer_start(Analyzer *analyzer, const char *text, gsize len);

/* The next word, in order; FALSE at the end. The token's strings are valid until the next call. */
gboolean analyzer_next(Analyzer *analyzer, Token *token);

/* ---- stems ---- */

typedef struct Stemmers Stemmers;

/* Snowball stemmers (libstemmer), opened as languages are met. One a thread. */
Stemmers *stemmers_new(void);
void stemmers_free(Stemmers *stemmers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Stemmers, stemmers_free)

/* TRUE when there is a stemmer for that ISO 639-1 code. */
gboolean stemmers_know(Stemmers *stemmers, const char *lang);

/* Called with each key of the dictionary that a word belongs to. */
typedef void (*StemKeySink)(void *context, const char *key, gsize len);

/* The dictionary keys of a word in a language, at most three: "Z" lang ":" stem, the stem's accents
 * folded; the same from the word without its accents, since people leave them out; and for "u.s"
 * also that of "us". Index and query use the same keys. No key when there is no stemmer for the
 * language. Source of the algorithms: https://snowballstem.org/ */
void stem_keys(Stemmers *stemmers, const char *lang, const char *cased, gsize len, StemKeySink sink,
               void *context);

/* What went into an index's terms, to be stored in it: "libstemmer 2.2.0". Static. */
const char *stemmers_version(void);

#endif
