/* word_regex.h - regular expressions (PCRE2) that a whole word has to match.
 *
 * Expressions are compared with forms of an index, which are folded (fold.h): case makes no
 * difference, and letters beyond ASCII in the expression are folded like those of words. The
 * parser refuses with these functions what the matcher could not use. */
#ifndef SITREP_WORD_REGEX_H
#define SITREP_WORD_REGEX_H

#include <glib.h>

enum { WORD_REGEX_MAX = 256 }; /* bytes of an expression */

typedef struct WordRegex WordRegex;

/* `text` is what stands between the slashes, UTF-8; "\/" is a slash. NULL with an error
 * (SITREP_ERROR_USAGE) of one sentence. */
WordRegex *word_regex_new(const char *text, GError **error);
void word_regex_free(WordRegex *regex); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WordRegex, word_regex_free)

typedef enum WordMatch {
  WORD_MATCH_NO,
  WORD_MATCH_YES,
  WORD_MATCH_COSTLY /* given up after a bounded number of steps: the expression backtracks */
} WordMatch;

/* Whether the whole form, `len` bytes of valid UTF-8, matches. One use of a regex at a time. */
WordMatch word_regex_match(WordRegex *regex, const char *form, gsize len);

#endif
