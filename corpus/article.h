/* article.h - the Article: one news report, as the schema describes it.
 *
 * Every field is a list of UTF-8 strings, most with at most one entry. A value was either stated
 * by the source or derived by sitrep; a field that is stated is never overwritten by a derived
 * value. An Article belongs to whoever made it; it is not thread-safe. */
#ifndef SITREP_ARTICLE_H
#define SITREP_ARTICLE_H

#include "cuts.h"
#include "schema.h"
#include <glib.h>
#include <jansson.h>

typedef struct Article Article;

enum { ARTICLE_WHY_MAX = 200 };

typedef struct ArticlePlace {
  char alpha2[3]; /* "" when no country is known */
  double latitude, longitude;
} ArticlePlace;

Article *article_new(void);
void article_free(Article *article); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Article, article_free)

/* Adds a value that the source states. The text (`len` bytes, -1: NUL-terminated) is made valid
 * UTF-8, control characters but newline and tab become spaces, and it is trimmed; an empty one is
 * ignored. By kind of field:
 *   KIND_DATE     is read by date_parse() and kept in ISO 8601; what is no date is left out
 *   KIND_COUNTRY  becomes an alpha-2 code; an unknown name is kept as it is
 *   LANG          becomes a lower-case code ("en", "English" -> "en", "pt-BR" -> "pt")
 *   others        white space is kept in KIND_TEXT, folded to single spaces elsewhere
 * Fields with one value keep the first; fields with many ignore repetitions. Returns FALSE when
 * the value was not understood, and keeps a sentence for article_notes(). */
gboolean article_add(Article *article, FieldId field, const char *text, gssize len);

/* The same for a value that sitrep derived: ignored when the source stated the field. */
gboolean article_add_derived(Article *article, FieldId field, const char *text, gssize len);

/* The same, with a short reason that tells where the value came from ("title; 5 in text"), at most
 * ARTICLE_WHY_MAX bytes of it; NULL: none. */
gboolean article_derive(Article *article, FieldId field, const char *text, const char *why);

/* Derives a place (FIELD_PLACE) with the country it lies in, an alpha-2 code, and its coordinates
 * in degrees north and east, which are kept to a hundredth (1.1 km). */
gboolean article_derive_place(Article *article, const char *name, const char *why,
                              const char *alpha2, double latitude, double longitude);

/* Marks bytes of the body (FIELD_BODY) as no text of the article, behind those that are marked so
 * far; `why` is a word or two for users. FALSE when cuts_add() refuses it. */
gboolean article_cut(Article *article, gsize start, gsize end, const char *why);
/* What was cut: Cut by Cut, in order; NULL when nothing was. Owned by the article. */
const GArray *article_cuts(const Article *article);
/* The body without what was cut: the text that is described, indexed, searched and shown. NULL when
 * there is no body. Owned by the article, until something more is cut. */
const char *article_text(const Article *article);

/* Drops a field's values, of the body also what was cut. */
void article_clear(Article *article, FieldId field);

/* The values of a field, NULL when there are none; owned by the article. */
const GPtrArray *article_values(const Article *article, FieldId field);
/* The first of them, NULL when there is none. */
const char *article_first(const Article *article, FieldId field);
gboolean article_is_derived(const Article *article, FieldId field);

/* Why the n-th value of a field was derived, "" when no reason was given. */
const char *article_why(const Article *article, FieldId field, guint n);

/* Where the n-th value of FIELD_PLACE is; NULL when that is not known, as of stated places. */
const ArticlePlace *article_place(const Article *article, guint n);

/* Sentences about values that were not understood, NULL when none; owned by the article. */
const GPtrArray *article_notes(const Article *article);

/* The article as a JSON object: names of the schema, fields with one value as strings, with many
 * as arrays, absent ones left out, "derived": [names] when some are, "why": {name: [a reason a
 * value]} when some have one, "geo": [{place, country, lat, lon}] for derived places. New
 * reference. */
json_t *article_to_json(const Article *article);
/* The same as one line of text without newline, keys in the schema's order; g_free() it. */
char *article_dump(const Article *article);

/* What an index stores of the article, and what makes two versions of it equal: "name=value" for
 * each value, ended by an ASCII record separator, in the schema's order, then "derived=name", then
 * "cut=4411 4795 disclaimer", bytes of the body, for each cut.
 * Behind a derived value may stand its reason, and behind that of a place "AF 3453 6918", the
 * country and hundredths of degrees, each after an ASCII unit separator. Reading it takes a
 * twentieth of the time of JSON. g_free() it. */
char *article_pack(const Article *article);
/* The article that article_pack() wrote; NULL when it is none. Values are taken as they are; fields
 * and units of a later schema are passed over. */
Article *article_unpack(const char *text, gsize len);

/* Gives an article without id one: its URL, else "sha256:" and 24 hexadecimal digits of the
 * SHA-256 of article_dump(). */
void article_ensure_id(Article *article);

#endif
