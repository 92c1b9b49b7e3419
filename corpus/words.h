/* words.h - where words begin and end, for analysis.h: nothing else calls it.
 *
 * The words are ICU's (UAX #29, with dictionaries for Chinese, Japanese and Thai). Plain ASCII
 * text, most of what is read, is cut here by the rules that UAX #29 leaves for it, ten times as
 * fast; ICU is asked only about stretches with other characters in them, and opened only when there
 * is one. */
#ifndef SITREP_WORDS_H
#define SITREP_WORDS_H

#include <glib.h>

typedef struct Words Words;

/* One a thread, for many texts. Never NULL. */
Words *words_new(void);
void words_free(Words *words);

/* Starts on `len` bytes of UTF-8, which must stay until the last word. */
void words_start(Words *words, const char *text, gsize len);

typedef struct Word {
  gsize start, end; /* bytes of the text */
  gboolean plain;   /* nothing but ASCII letters and digits */
} Word;

/* The next word or number, in order; FALSE at the end. */
gboolean words_next(Words *words, Word *word);

#endif
