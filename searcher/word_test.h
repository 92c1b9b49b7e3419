/* word_test.h - which words a pattern, a misspelt word or a regular expression stands for. */
#ifndef SITREP_WORD_TEST_H
#define SITREP_WORD_TEST_H

#include <glib.h>

typedef struct WordTest WordTest;

/* Words that the whole pattern matches: '*' any characters, none too, '?' one. */
WordTest *word_test_pattern(const char *pattern);
/* Words at most `edits` from a form: characters inserted, deleted, replaced, or two neighbours
 * swapped, of which none is edited again ("optimal string alignment"; Damerau, A technique for
 * computer detection and correction of spelling errors, 1964). */
WordTest *word_test_fuzzy(const char *form, guint edits);
/* Words that a regular expression matches; see word_regex.h. NULL with its error. */
WordTest *word_test_regex(const char *expression, GError **error);
/* Words that have that beginning. */
WordTest *word_test_prefix(const char *beginning);
void word_test_free(WordTest *test); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WordTest, word_test_free)

/* What all its words begin with; "" when that is not known. Owned by the test. */
const char *word_test_start(const WordTest *test);

/* TRUE when a word, in the spelling of the index (Token.form), passes. */
gboolean word_test_passes(WordTest *test, const char *word, gsize len);

/* FALSE with an error when a regular expression ran wild: it took too many steps on one word, or
 * too long on all of them. What it said of words is void then. */
gboolean word_test_is_sane(const WordTest *test, GError **error);

#endif
