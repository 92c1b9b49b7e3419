/* describe.h - what an article says about itself when its source does not.
 *
 * What the steps know is compiled in (corpus/places.h, actors.h, forces.h, events.h). A Scribe is
 * what one thread needs while it describes one article after the other. Articles are cleaned before
 * (clean.h): the steps read article_text(), not the body. They run in this order, each in a file of
 * its own, indexer/describe_STEP.c, and see what those before have found:
 *
 *   language   by CLD2; "und" when that is not reliable
 *   date       by the URL, the dateline or the head of the text
 *   places     countries that the article is about, countries it mentions, provinces and cities
 *   actors     armed groups, armies, parties ... that it names
 *   events     types and sub-types of events (corpus/events.h)
 *
 * Each adds values with article_derive(), which tells where they came from and leaves what the
 * source stated as it is. To add a step: see describe_step.h. */
#ifndef SITREP_DESCRIBE_H
#define SITREP_DESCRIBE_H

#include "../corpus/actors.h"
#include "../corpus/article.h"
#include "../corpus/text_words.h"

typedef struct Scribe Scribe;

/* `actors` are the user's own, preferred over those compiled in; NULL: none. They must stay, and
 * any number of scribes may share them. Never NULL. */
Scribe *scribe_new(const ActorTable *actors);
void scribe_free(Scribe *scribe); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Scribe, scribe_free)

/* Describes an article. */
void scribe_describe(Scribe *scribe, Article *article);

#endif
