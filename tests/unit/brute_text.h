/* brute_text.h - the articles as words, and what words and names stand for, for brute.c alone. */
#ifndef SITREP_BRUTE_TEXT_H
#define SITREP_BRUTE_TEXT_H

#include "../../corpus/analysis.h"
#include "../../corpus/article.h"
#include "brute.h"

typedef struct Word {
  char *form, *cased;
} Word;

typedef struct Text {
  const Article *article;
  const char *lang;
  GArray *sections[2]; /* Word: title, body */
} Text;

struct Brute {
  Analyzer *analyzer;
  Stemmers *stemmers;
  GPtrArray *texts; /* Text * */
  GPtrArray *words;
  GPtrArray *langs;  /* char *: of the articles, each once */
  GPtrArray *actors; /* Actor * */
  /* What was found before: */
  GHashTable *called;  /* folded name -> GPtrArray of Actor * */
  GHashTable *forms;   /* word and languages -> set of forms */
  GHashTable *regexes; /* expression -> GRegex * */
};

typedef struct Actor {
  GPtrArray *names;   /* char * */
  GHashTable *folded; /* set of the same, folded */
} Actor;

/* The words of a text: Word, freed with the array. NULL is an empty text. */
GArray *brute_read_words(const Brute *brute, const char *text);

/* What these return belongs to the brute, which keeps it for the next time. */

/* The actors (Actor *) that a name is a name of. */
const GPtrArray *brute_actors_called(Brute *brute, const char *name);

/* A set of the forms that a word stands for in some languages (char *); NULL: in all. */
GHashTable *brute_forms_of(Brute *brute, const Word *word, const GPtrArray *langs);

/* Matches whole words, with letters beyond ASCII spelt as in the index. */
const GRegex *brute_regex_of(Brute *brute, const char *expression);

#endif
