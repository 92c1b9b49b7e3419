/* describe.h - what an article says about itself when its source does not.
 *
 * A Describer holds what the steps know (gazetteers, dictionaries); it is made once and shared by
 * all threads, which only read it. A Scribe is what one thread needs while it describes one article
 * after the other. The steps run in this order, each in a file of its own, indexer/describe_STEP.c,
 * and see what those before have found:
 *
 *   language   by CLD2; "und" when that is not reliable
 *   places     countries that the article is about, countries it mentions, provinces and cities
 *
 * Each adds values with article_derive(), which tells where they came from and leaves what the
 * source stated as it is. To add a step: see describe_step.h. */
#ifndef SITREP_DESCRIBE_H
#define SITREP_DESCRIBE_H

#include "../corpus/article.h"
#include "../corpus/text_words.h"

typedef struct Describer Describer;
typedef struct Scribe Scribe;

/* NULL with an error. */
Describer *describer_new(GError **error);
void describer_free(Describer *describer); /* after its scribes; NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Describer, describer_free)

Scribe *scribe_new(const Describer *describer);
void scribe_free(Scribe *scribe); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Scribe, scribe_free)

/* Describes an article. */
void scribe_describe(Scribe *scribe, Article *article);

#endif
