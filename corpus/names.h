/* names.h - a dictionary of names, matched in one pass over an article's words.
 *
 * A name is a sequence of words as the analyzer finds and folds them (text_words.h), so case,
 * accents and punctuation do not matter: "Côte d'Ivoire" is "cote", "d", "ivoire". Each name has
 * one or more senses: a value, which the caller gives a meaning (the number of a country, of a
 * city, of an actor), and marks. The dictionary is a trie over words: words are numbered by one
 * hash table, edges (node, word) found in another; a word that is in no name costs one probe.
 *
 * A NameTable is plain constant data: one built by a Names, or one that a tool wrote as C at build
 * time (names_write()), which costs nothing at start-up. Any number of threads may scan one. */
#ifndef SITREP_NAMES_H
#define SITREP_NAMES_H

#include <glib.h>

#include "text_words.h"

/* Marks. The first four are obeyed by names_scan(); the others are the caller's. */
enum {
  NAME_INITIAL = 1, /* matches only when each of its words begins with a capital or, of several, is
                       a small one ("of", "al-"), where capitals tell names from words */
  NAME_UPPER = 2,   /* matches only when all in capitals, where capitals tell names from words */
  NAME_NEEDS_CASE = 4, /* never matches where they do not: "US" in a text in capitals */
  NAME_FIRST = 8,      /* as NAME_INITIAL, but only of the first word that is not small: "Bosnian
                          Serb army" */
  NAME_MARK = 16       /* the first of the caller's marks; 32, 64 ... 1 << 15 follow */
};

enum { NAME_WORDS_MAX = 16, NAME_SLOT_WORD = (1 << 24) - 1 };

typedef struct NameSense {
  guint32 value;
  guint16 marks;
  guint32 next; /* number of the name's next sense, 0: none */
} NameSense;

typedef struct NameEdge {
  guint32 node, word, to; /* to 0: the slot is free */
} NameEdge;

typedef struct NameTable {
  const char *pool;           /* the words, one after the other */
  const guint32 *word_starts; /* where in pool the n-th begins; one more than there are words */
  const guint32 *word_slots;  /* by hash: word number + 1 in the bits of NAME_SLOT_WORD, above them
                                 those of the hash, which tell most others apart; 0: free */
  const guint32 *word_nodes;  /* the node of names that begin with the word, 0: none */
  const NameEdge *edges;      /* by hash */
  const guint32 *node_senses; /* the first sense of the name that ends in a node, 0: none */
  const NameSense *senses;    /* from 1 */
  guint32 word_mask, edge_mask;
} NameTable;

/* ---- building ---- */

typedef struct Names Names;

Names *names_new(void);
void names_free(Names *names); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Names, names_free)

/* Adds a sense of a name. The name is analysed as text is; FALSE when it has no word or more than
 * NAME_WORDS_MAX, or the dictionary has 16 million words. The same value again adds nothing but
 * loosens the marks: what either allows is allowed; of the caller's marks those remain that both
 * have. */
gboolean names_add(Names *names, const char *name, guint32 value, guint16 marks);

/* How many names there are. */
guint names_count(const Names *names);

/* The dictionary to scan with; valid until the next names_add(). */
const NameTable *names_table(const Names *names);

/* Appends the table as C: "static const NameTable IDENTIFIER = {...};". */
void names_write(const Names *names, const char *identifier, GString *out);

/* ---- matching ---- */

/* The first sense of the name that the words make, all of them and nothing else, whatever their
 * capitals and what stands between them; 0: none. The other senses follow by their `next`. */
guint32 names_find(const NameTable *table, const TextWords *words);

typedef struct NameMatch {
  guint32 first, n; /* words */
  guint32 sense;    /* the first that the capitals allow; go on with names_next_sense() */
} NameMatch;

/* Appends to `matches` (of NameMatch) the names in the text, in order and without overlap, of those
 * that begin at a word the longest. No name spans WORD_BREAK. In Arabic the particles that are
 * written as one with a word (و ف ب ل ك) are looked through when the word as a whole is no name. */
void names_scan(const NameTable *table, const TextWords *words, GArray *matches);

/* The sense after `sense` of a match that the capitals allow; 0: none. */
guint32 names_next_sense(const NameTable *table, const TextWords *words, const NameMatch *match,
                         guint32 sense);

#endif
