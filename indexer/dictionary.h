/* dictionary.h - feeds an index's stem dictionary with the words that its articles use.
 *
 * The dictionary itself is Xapian's synonym table (see analysis.h). Adding a form twice changes
 * nothing there, but takes time: a Dictionary remembers which words it has given. */
#ifndef SITREP_DICTIONARY_H
#define SITREP_DICTIONARY_H

#include "../corpus/analysis.h"
#include "../shim/database.h"

typedef struct Dictionary Dictionary;

/* Remembers at most `words` words, about 80 bytes each; when there are more it starts afresh. */
Dictionary *dictionary_new(guint words);
void dictionary_free(Dictionary *dictionary); /* NULL is allowed */

/* The words that follow are of an article in `lang` (NULL: unknown) and go into `db`. */
void dictionary_begin(Dictionary *dictionary, ShimDb *db, const char *lang);
/* A WordSink over a Dictionary. */
void dictionary_learn(void *dictionary, const Token *token);
/* SHIM_OK, or the first failure since dictionary_begin(). */
ShimStatus dictionary_status(const Dictionary *dictionary);
/* Forgets what was given: the words that follow go into a database that has none of them. */
void dictionary_forget(Dictionary *dictionary);

#endif
