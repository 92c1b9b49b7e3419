/* describe.h - what an article says about itself when its source does not.
 *
 * Each step derives one thing and adds it with article_add_derived(), so that stated values stay.
 * Today: the language, by CLD2; "und" when that is not reliable. */
#ifndef SITREP_DESCRIBE_H
#define SITREP_DESCRIBE_H

#include "../corpus/article.h"

void describe_article(Article *article);

#endif
