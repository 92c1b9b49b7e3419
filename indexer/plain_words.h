/* plain_words.h - the words of a line as patterns of boilerplate see them; for boilerplate.h.
 *
 * Lighter than the analyzer's tokens (corpus/analysis.h): no dictionary, no stem, and signs that
 * matter there, colons, slashes, quotation marks and ends of sentences, are told. */
#ifndef SITREP_PLAIN_WORDS_H
#define SITREP_PLAIN_WORDS_H

#include <glib.h>

/* A word of a text. Letters of all scripts are folded as in fold.h; full stops and apostrophes
 * within a word are no part of it. */
typedef struct PlainWord {
  gsize at;     /* its first byte */
  gsize end;    /* behind its last byte */
  guint16 id;   /* what word of the table it is; 0: of none */
  guint8 flags; /* PLAIN_... */
} PlainWord;

enum {
  PLAIN_COLON = 1,    /* a colon follows */
  PLAIN_SENTENCE = 2, /* first of a sentence */
  PLAIN_QUOTE = 4,    /* a quotation mark stands before it */
  PLAIN_SLASH = 8     /* a slash follows */
};

enum {
  PLAIN_NUMBER = 1, /* id of every number but years */
  PLAIN_YEAR = 2    /* of numbers of four digits */
};

/* Takes `len` bytes of UTF-8 apart into `words` (PlainWord), which is emptied first. `ids` tells
 * the ids, from 3 on, of folded words (char * -> GUINT_TO_POINTER()). Ill-formed bytes are no
 * words. */
void plain_words_read(GArray *words, GHashTable *ids, const char *text, gsize len);

/* The id of the first word alone, 0 when it has none. */
guint16 plain_words_first(GHashTable *ids, const char *text, gsize len);

#endif
