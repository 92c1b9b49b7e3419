/* brute.h - what a query tree matches, found by reading every article from its first word to its
 * last: query.h to the letter, to hold the search against. Nothing of the query compiler, of
 * positions or of Xapian is used, only the analyzer and the stemmers. Slow. */
#ifndef SITREP_BRUTE_H
#define SITREP_BRUTE_H

#include "../../searcher/query.h"
#include <glib.h>

typedef struct Brute Brute;

/* Reads articles (Article *), which must stay. */
Brute *brute_new(const GPtrArray *articles);
void brute_free(Brute *brute);

/* The ids (char *, of the articles) that the tree matches. */
GPtrArray *brute_find(Brute *brute, const Node *tree);

/* The forms of all words of titles and texts as they come, char *; the brute's. */
const GPtrArray *brute_words(const Brute *brute);

#endif
