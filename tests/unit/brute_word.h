/* brute_word.h - which words are like one, by the definition and slowly, for brute.h. */
#ifndef SITREP_BRUTE_WORD_H
#define SITREP_BRUTE_WORD_H

#include <glib.h>

/* A text as words of the index are spelt; g_free() it. */
char *brute_spell(const char *text);

/* The word as a whole is what the pattern ('*', '?') stands for. */
gboolean brute_pattern(const char *pattern, const char *word);

/* At most `edits` away: optimal string alignment. */
gboolean brute_similar(const char *text, const char *word, guint edits);

#endif
