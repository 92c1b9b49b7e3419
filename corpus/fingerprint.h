/* fingerprint.h - what tells copies of an article: a sketch of its text, and terms that copies
 * share.
 *
 * A text is taken as the set of its shingles, each FINGERPRINT_SHINGLE words in a row. The share of
 * all shingles of two texts that both have (Jaccard's coefficient) is about the share of bytes in
 * which their fingerprints agree: MinHash (Broder, On the resemblance and containment of documents,
 * 1997) with one hash a shingle (Li, Owen, Zhang, One permutation hashing, NIPS 2012). Its high
 * bits choose one of FINGERPRINT_SIZE parts, each part keeps its least hash, an empty one takes
 * that of the next (Shrivastava, Li, Densifying one permutation hashing via rotation, ICML 2014),
 * and of the least hashes the fingerprint keeps a byte (Li, Koenig, b-bit minwise hashing, WWW
 * 2010).
 *
 * Copies find each other by bands: FINGERPRINT_ROWS least hashes together are a term. Texts that
 * share s of their shingles have at least one of these terms in common with a probability of
 * 1 - (1 - s^rows)^bands (Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, 3.4.2): 0.74 at
 * s = 0.6, 0.95 at 0.8, 0.99 at 0.9; at 0.1 it is 0.03. */
#ifndef SITREP_FINGERPRINT_H
#define SITREP_FINGERPRINT_H

#include <glib.h>

enum {
  FINGERPRINT_SHINGLE = 5,
  FINGERPRINT_SIZE = 32, /* bytes */
  FINGERPRINT_BANDS = 3,
  FINGERPRINT_ROWS = 2,
  FINGERPRINT_WORDS_MIN = 30 /* a shorter text has none: too little to tell a copy by */
};

/* All terms of bands, and no others, begin so. */
#define FINGERPRINT_PREFIX "XCOPY"

/* A text while its words come. The caller's; no need to free it. */
typedef struct Sketch {
  guint64 last[FINGERPRINT_SHINGLE]; /* hashes of the last words, the n-th at n % SHINGLE */
  guint32 words;
  guint32 least[FINGERPRINT_SIZE];
} Sketch;

void sketch_start(Sketch *sketch);
/* The next word, by any hash of 64 bits. */
void sketch_add(Sketch *sketch, guint64 hash);
/* Ends the text: sets its fingerprint and makes ready for sketch_term(); FALSE when there were too
 * few words. */
gboolean sketch_end(Sketch *sketch, guint8 fingerprint[FINGERPRINT_SIZE]);
/* Sets `term` to that of a band, from 0: prefix, the band's digit, 4 characters of base64. */
void sketch_term(const Sketch *sketch, guint band, GString *term);

/* In how many bytes two fingerprints agree. */
guint fingerprint_agreement(const guint8 *a, const guint8 *b);
/* TRUE when that tells copies: they share about 0.6 of their shingles or more. */
gboolean fingerprint_is_copy(const guint8 *a, const guint8 *b);

#endif
