/* boilerplate.h - lines and sentences that sites and agencies put around an article, by patterns.
 *
 * The patterns are those of corpus/gazetteer/boilerplate.tsv, which says how they are written; they
 * are compiled in and read when the program starts. A text is taken apart into words once; what is
 * asked then is whether a run of them, a line or a sentence, is boilerplate as a whole: covered to
 * its last word by one pattern, or by several, one behind the other ("Tweet Share Print").
 *
 * The table does not change after it is read; the words belong to one thread. */
#ifndef SITREP_BOILERPLATE_H
#define SITREP_BOILERPLATE_H

#include "plain_words.h"
#include <glib.h>

typedef struct Boilerplate Boilerplate;

/* Where in an article a pattern holds. */
enum {
  PLACE_HEAD = 1,
  PLACE_TAIL = 2,
  PLACE_ALONE = 4,  /* at head and tail, as a whole line */
  PLACE_INSIDE = 8, /* between, as a whole line */
  PLACE_LIST = 16   /* headlines that follow go with it */
};

/* Never NULL: the table is tested. */
Boilerplate *boilerplate_new(void);
void boilerplate_free(Boilerplate *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Boilerplate, boilerplate_free)

/* Reads another table, in the form of the file. NULL with an error that names the line. */
Boilerplate *boilerplate_parse(const char *const *rows, gsize n, GError **error);

enum { BOILERPLATE_WORDS_MAX = 400 }; /* no boilerplate has more words */

/* Takes `len` bytes of UTF-8 apart into `words` (PlainWord), which is emptied first. */
void boilerplate_words(const Boilerplate *table, const char *text, gsize len, GArray *words);

/* FALSE when no pattern that holds at one of the places, of which PLACE_TAIL is none, begins with
 * the first word: a quick look that spares taking a line apart. */
gboolean boilerplate_may_begin(const Boilerplate *table, const char *text, gsize len, guint places);

/* Whether the `n` words are boilerplate at one of the `places`: NULL, or the reason, which is the
 * table's. A pattern that begins with a gap counts only with `whole`: the words are one sentence.
 * What begins with a quotation mark is none: somebody said that. *found, which may be NULL, gets
 * the places of the patterns that cover all by themselves. */
const char *boilerplate_match(const Boilerplate *table, const PlainWord *words, guint n,
                              guint places, gboolean whole, guint *found);

#endif
