/* text_words.h - the words of an article, found once and read by every step that looks at them.
 *
 * Words are the analyzer's tokens (analysis.h) of the title and then of the body, with what the
 * analyzer does not keep: how the word was written, and what parts it from the word before. The
 * describing steps match names in them. One a thread, for many articles. */
#ifndef SITREP_TEXT_WORDS_H
#define SITREP_TEXT_WORDS_H

#include "analysis.h"
#include <glib.h>

enum {
  WORD_INITIAL = 1,    /* begins with a capital */
  WORD_UPPER = 2,      /* has two letters or more, all of them capitals */
  WORD_BREAK = 4,      /* a name does not go on from the word before: a full stop that ends a
                          sentence, a bracket, a dash between spaces, an empty line, the text's start */
  WORD_COMMA = 8,      /* a comma stands before it */
  WORD_SENTENCE = 16,  /* first of a sentence, of a line or of the text: its capital says nothing */
  WORD_PARAGRAPH = 32, /* first of a line */
  WORD_HYPHEN = 64,    /* joined to the word before by a hyphen */
  WORD_OF_BEFORE = 128 /* the word before has a possessive 's: "Iran's police" */
};

typedef struct TextWord {
  guint32 start, end; /* bytes of title or body */
  guint32 form;       /* offset of the form in `forms`, NUL-terminated */
  guint32 hash;       /* text_words_hash() of the form */
  guint16 form_len;   /* bytes; 0 for a word over ANALYSIS_WORD_MAX, which is no term */
  guint8 flags;
} TextWord;

typedef struct TextWords {
  TextWord *list; /* the title's words, then the body's */
  guint n, n_title;
  const char *title, *body;       /* as given to text_words_read(); "" when there is none */
  gboolean title_case, body_case; /* capitals tell names from words: not in headlines that
                                     capitalise every word, nor in all-upper-case text */
  GString *forms;
  GArray *array;
} TextWords;

TextWords *text_words_new(void);
void text_words_free(TextWords *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TextWords, text_words_free)

/* Reads title and body (either may be NULL), which must stay while the words are looked at. */
void text_words_read(TextWords *words, Analyzer *analyzer, const char *title, const char *body);

static inline const char *text_words_form(const TextWords *words, guint i)
{
  return words->forms->str + words->list[i].form;
}

/* TRUE when the capitals of the text that a word stands in tell names from words. */
static inline gboolean text_words_case_known(const TextWords *words, guint i)
{
  return i < words->n_title ? words->title_case : words->body_case;
}

/* FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), 32 bits. */
static inline guint32 text_words_hash(const char *form, gsize len)
{
  guint32 hash = 2166136261u;
  for (gsize i = 0; i < len; i++) hash = (hash ^ (guint8)form[i]) * 16777619u;
  return hash;
}

#endif
