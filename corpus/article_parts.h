/* article_parts.h - what an Article is made of; for article.c and article_pack.c, nobody else. */
#ifndef SITREP_ARTICLE_PARTS_H
#define SITREP_ARTICLE_PARTS_H

#include "article.h"
#include "cuts.h"

typedef struct Values {
  GPtrArray *list;  /* char *, owned; NULL when there are none */
  GHashTable *seen; /* the same strings, once a field with many values is added to */
  GPtrArray *why;   /* char *, owned, a reason for each value; NULL when there are none */
} Values;

struct Article {
  Values fields[FIELD_COUNT];
  guint32 derived; /* bit n: the values of field n are sitrep's */
  GPtrArray *notes;
  GArray *places; /* ArticlePlace of each value of FIELD_PLACE; NULL when none is derived */
  Cuts *cuts;     /* of the body; NULL when there are none */
};

static inline guint values_count(const Values *values)
{
  return values->list == NULL ? 0 : values->list->len;
}

/* Appends a value, which is taken over. */
void values_append(Values *values, char *value);
/* Takes the reason of the last value; values before it without one get "". */
void values_keep_why(Values *values, char *why);

gboolean article_is_alpha2(const char *code, gsize len);
/* The place of the last value of FIELD_PLACE; values before it without one are nowhere. */
void article_keep_place(Article *article, const ArticlePlace *place);
/* Degrees as places keep them. */
int article_hundredths(double degrees);

#endif
