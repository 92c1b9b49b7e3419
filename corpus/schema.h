/* schema.h - the one table of an article's fields.
 *
 * Term prefixes, value slots, facets, JSON names, query fields and labels all come from here: to
 * add a facet is to add a row. Prefixes follow Omega's conventions where there is one (S title,
 * A author, D M Y date, L language, N country, K keyword, U url, Q unique id), X... otherwise, so
 * that xapian-delve and Omega can read an index, all but its positions (positions.h). Values after
 * a prefix are folded (fold_name), so they never start with an ASCII capital and no ':' is needed;
 * ids and URLs stand as they are. */
#ifndef SITREP_SCHEMA_H
#define SITREP_SCHEMA_H

#include <glib.h>

/* Raised whenever an index of the previous layout cannot be read any more. */
#define SCHEMA_VERSION "5"

/* Value slots. */
enum {
  SLOT_DATE = 0,      /* ISO 8601 at its precision: "1987", "1987-03", "1987-03-01" */
  SLOT_FACETS = 1,    /* all facet values of the article, packed: see facets.h */
  SLOT_POSITIONS = 2, /* where its words stand: see positions.h */
  SLOT_COPY = 3,      /* a sketch of its text, to know copies by: see fingerprint.h */
  SLOT_NONE = -1
};

typedef enum FieldKind {
  KIND_TEXT,    /* words under `prefix`, with positions */
  KIND_KEYWORD, /* the whole value under `prefix`; words in it by way of the facets */
  KIND_COUNTRY, /* like a keyword; the value is an ISO 3166 alpha-2 code, said in many ways */
  KIND_EXACT,   /* the value as it is under `prefix`: ids, URLs */
  KIND_DATE     /* D19870301, M198703, Y1987 and SLOT_DATE */
} FieldKind;

/* id, name, kind, several values?, facet?, prefix, label, other names.
 * "Other names" are what archives call the field in JSON and what users may type in a query, in
 * order of preference, separated by spaces. */
/* clang-format off */
#define SCHEMA(X)                                                                                  \
  X(ID,      "id",             KIND_EXACT,   FALSE, FALSE, "Q",       "Id",             "_id uuid guid doc_id docid article_id")  \
  X(TITLE,   "title",          KIND_TEXT,    FALSE, FALSE, "S",       "Title",          "headline head heading")                  \
  X(BODY,    "body",           KIND_TEXT,    FALSE, FALSE, "",        "Text",           "text content article maintext fulltext notes story") \
  X(DATE,    "date",           KIND_DATE,    FALSE, FALSE, "D",       "Date",           "published published_at publishedat publish_date date_publish datepublished pubdate pub_date publication_date seendate event_date timestamp") \
  X(SOURCE,  "source",         KIND_KEYWORD, FALSE, TRUE,  "XSOURCE", "Source",         "publisher publication newspaper outlet source_name domain site") \
  X(SOURCE_COUNTRY, "source_country", KIND_COUNTRY, FALSE, TRUE, "XSC", "Source country", "sourcecountry publisher_country")        \
  X(AUTHOR,  "author",         KIND_KEYWORD, TRUE,  TRUE,  "A",       "Author",         "authors byline creator")                 \
  X(URL,     "url",            KIND_EXACT,   FALSE, FALSE, "U",       "URL",            "link source_url web_url uri permalink")  \
  X(LANG,    "lang",           KIND_KEYWORD, FALSE, TRUE,  "L",       "Language",       "language lang_code")                     \
  X(COUNTRY, "country",        KIND_COUNTRY, TRUE,  TRUE,  "N",       "Country",        "countries country_code")                 \
  X(MENTIONS_COUNTRY, "mentions_country", KIND_COUNTRY, TRUE, TRUE, "XMC", "Mentions",      "mentions mentioned_country mentioned_countries") \
  X(ACTOR,   "actor",          KIND_KEYWORD, TRUE,  TRUE,  "XACTOR",  "Actor",          "actors")                                 \
  X(PLACE,   "place",          KIND_KEYWORD, TRUE,  TRUE,  "XPLACE",  "Place",          "places location locations city")         \
  X(EVENT,   "event_type",     KIND_KEYWORD, TRUE,  TRUE,  "XEVENT",  "Type of event",  "event event_types eventtype")            \
  X(SUB_EVENT, "sub_event_type", KIND_KEYWORD, TRUE, TRUE, "XSUBEVENT", "Event sub-type", "subevent sub_event sub_event_types")    \
  X(TOPIC,   "topic",          KIND_KEYWORD, TRUE,  TRUE,  "K",       "Topic",          "topics tag tags keyword keywords category section")
/* clang-format on */

typedef enum FieldId {
#define X(id, ...) FIELD_##id,
  SCHEMA(X)
#undef X
      FIELD_COUNT
} FieldId;

typedef struct Field {
  const char *name;
  FieldKind kind;
  gboolean many;
  gboolean facet;
  const char *prefix;
  const char *label;
  const char *aliases;
} Field;

/* The row of a field. Static. */
const Field *schema_field(FieldId id);

/* The field that is called `name` (its name or another one; ASCII case does not matter), or -1. */
int schema_find(const char *name, gsize len);

#endif
