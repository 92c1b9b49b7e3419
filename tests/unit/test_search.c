/* test_search.c - indexer/index_writer.h and searcher/answer.h: a small index, asked many things */
#include "../../indexer/index_writer.h"
#include "../../searcher/answer.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../corpus/analysis.h"
#include "../../corpus/date.h"
#include "../../corpus/error.h"
#include "../../corpus/fold.h"
#include "../../corpus/index_info.h"

/* ---- the articles ---- */

typedef struct Value {
  FieldId field;
  const char *text;
} Value;

enum { ARTICLES = 12, VALUES = 16 };

/* Their ids are "1" to "12". Dates at every precision and none, seven languages and none, fields
 * with one value, several and none, spellings of one name that differ. */
static const Value articles[ARTICLES][VALUES] = {
    /* 1 */
    {{FIELD_TITLE, "Rebels attack Kabul airport"},
     {FIELD_BODY, "Taliban fighters attacked the airport on Sunday. A state of emergency was "
                  "declared, the U.S. ambassador said. Naïve observers slept."},
     {FIELD_DATE, "2001-09-09"},
     {FIELD_LANG, "en"},
     {FIELD_SOURCE, "Reuters"},
     {FIELD_SOURCE_COUNTRY, "United Kingdom"},
     {FIELD_AUTHOR, "Jane Doe"},
     {FIELD_AUTHOR, "John Smith"},
     {FIELD_URL, "http://example.org/news_(1)"},
     {FIELD_COUNTRY, "Afghanistan"},
     {FIELD_ACTOR, "Taliban"},
     {FIELD_ACTOR, "ISAF"},
     {FIELD_PLACE, "Kabul"},
     {FIELD_EVENT, "Attack"},
     {FIELD_TOPIC, "war"}},
    /* 2: the month only */
    {{FIELD_TITLE, "Ceasefire talks in Geneva"},
     {FIELD_BODY, "The army and the rebels met. Nobody asked us; the emergency was a matter of "
                  "state. Both sides keep attacking."},
     {FIELD_DATE, "2001-10"},
     {FIELD_LANG, "en"},
     {FIELD_SOURCE, "REUTERS"},
     {FIELD_COUNTRY, "AF"},
     {FIELD_COUNTRY, "PK"},
     {FIELD_ACTOR, "Taliban Movement of Pakistan"},
     {FIELD_TOPIC, "peace"},
     {FIELD_TOPIC, "war"}},
    /* 3 */
    {{FIELD_TITLE, "L'armée dément le coup d'État"},
     {FIELD_BODY, "Les réfugiées sont arrivées à N'Djamena après les élections. L'armée se tait."},
     {FIELD_DATE, "1987-03-01"},
     {FIELD_LANG, "fr"},
     {FIELD_SOURCE, "Le Monde"},
     {FIELD_SOURCE_COUNTRY, "France"},
     {FIELD_COUNTRY, "Chad"},
     {FIELD_PLACE, "N'Djamena"},
     {FIELD_TOPIC, "War"}},
    /* 4: the month only */
    {{FIELD_TITLE, "Murió un guerrillero"},
     {FIELD_BODY, "Los guerrilleros del F.M.L.N. atacaron San Salvador; habían avisado a la "
                  "nación."},
     {FIELD_DATE, "1987-03"},
     {FIELD_LANG, "es"},
     {FIELD_SOURCE, "El País"},
     {FIELD_COUNTRY, "El Salvador"},
     {FIELD_ACTOR, "Farabundo Martí National Liberation Front"},
     {FIELD_ACTOR, "FMLN"},
     {FIELD_TOPIC, "guerrilla"}},
    /* 5: the year only */
    {{FIELD_TITLE, "المسلحون يهاجمون"},
     {FIELD_BODY, "هاجم مسلحين قافلة في العراق أمس، ونقلت الأسلحة إلى بغداد"},
     {FIELD_DATE, "2003"},
     {FIELD_LANG, "ar"},
     {FIELD_SOURCE, "الحياة"},
     {FIELD_COUNTRY, "العراق"},
     {FIELD_PLACE, "بغداد"}},
    /* 6 */
    {{FIELD_TITLE, "Горбачёв о войне"},
     {FIELD_BODY, "Советский лидер говорил о конце войны. Самолёты вернулись."},
     {FIELD_DATE, "1987-12-31"},
     {FIELD_LANG, "ru"},
     {FIELD_SOURCE, "Правда"},
     {FIELD_COUNTRY, "Soviet Union"},
     {FIELD_COUNTRY, "AF"},
     {FIELD_PLACE, "Кабул"}},
    /* 7 */
    {{FIELD_TITLE, "中国政府宣布停火协议"},
     {FIELD_BODY, "北京消息：外交部表示欢迎。"},
     {FIELD_DATE, "2010-05-05"},
     {FIELD_LANG, "zh"},
     {FIELD_COUNTRY, "CN"}},
    /* 8: no date */
    {{FIELD_TITLE, "Memo on attacks"},
     {FIELD_BODY, "Undated. The attacker fled; the army asked O'Brien. Kabul was quiet."},
     {FIELD_LANG, "en"},
     {FIELD_SOURCE, "Archive"},
     {FIELD_ACTOR, "taliban"},
     {FIELD_ACTOR, "I.S.A.F."}},
    /* 9 */
    {{FIELD_TITLE, "Iran's army parades"},
     {FIELD_BODY, "Some 1,000 men marched. A café in Tehran closed. Iran’s president spoke of war "
                  "and peace."},
     {FIELD_DATE, "2001-09-10"},
     {FIELD_LANG, "en"},
     {FIELD_SOURCE, "Reuters"},
     {FIELD_COUNTRY, "Iran"},
     {FIELD_COUNTRY, "Iraq"},
     {FIELD_PLACE, "Tehran"},
     {FIELD_TOPIC, "war"},
     {FIELD_TOPIC, "army"}},
    /* 10: no language of ours */
    {{FIELD_TITLE, "Attacking shadows"},
     {FIELD_BODY, "zzz attacks zzz guerrilleros"},
     {FIELD_DATE, "2002-02-28"},
     {FIELD_LANG, "und"},
     {FIELD_SOURCE, "Le Monde"}},
    /* 11: the same day as 9 */
    {{FIELD_TITLE, "Peace and war"},
     {FIELD_BODY, "Peace. War. Peace and quiet. The state ended the emergency."},
     {FIELD_DATE, "2001-09-10"},
     {FIELD_LANG, "en"},
     {FIELD_SOURCE, "Peace Army News"},
     {FIELD_COUNTRY, "Neverland"},
     {FIELD_TOPIC, "peace"}},
    /* 12: nothing but a text */
    {{FIELD_BODY, "An end.Next a start of the civil war"}, {FIELD_LANG, "en"}},
};

static Article *make_article(guint number)
{
  Article *article = article_new();
  g_autofree char *id = g_strdup_printf("%u", number);
  assert_true(article_add(article, FIELD_ID, id, -1));
  const Value *values = articles[number - 1];
  for (guint i = 0; i < VALUES && values[i].text != NULL; i++)
    article_add(article, values[i].field, values[i].text, -1);
  return article;
}

/* ---- folders and indexes ---- */

static char *folder;
static ShimDb *library; /* a reader of the index with all articles */

static char *fresh_path(void)
{
  static guint n;
  return g_strdup_printf("%s/index-%u", folder, n++);
}

static IndexWriter *must_open(const char *path)
{
  g_autoptr(GError) error = NULL;
  IndexWriter *writer = index_writer_open(path, &error);
  if (writer == NULL) fail_msg("%s", error->message);
  return writer;
}

static PutResult put(IndexWriter *writer, const Article *article)
{
  g_autoptr(GError) error = NULL;
  PutResult result;
  if (!index_writer_put(writer, article, &result, &error)) fail_msg("%s", error->message);
  return result;
}

static PutResult put_number(IndexWriter *writer, guint number)
{
  g_autoptr(Article) article = make_article(number);
  return put(writer, article);
}

static void commit(IndexWriter *writer)
{
  assert_true(index_writer_commit(writer, NULL));
}

static ShimDb *must_read(const char *path)
{
  g_autoptr(GError) error = NULL;
  ShimDb *db = index_open(path, &error);
  if (db == NULL) fail_msg("%s", error->message);
  return db;
}

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *at)
{
  (void)info, (void)type, (void)at;
  return remove(path);
}

static int enter(void **state)
{
  (void)state;
  folder = g_dir_make_tmp("sitrep-search-XXXXXX", NULL);
  assert_non_null(folder);
  g_autofree char *path = fresh_path();
  g_autoptr(IndexWriter) writer = must_open(path);
  for (guint i = 1; i <= ARTICLES; i++) assert_int_equal(put_number(writer, i), PUT_ADDED);
  commit(writer);
  library = must_read(path);
  return 0;
}

static int leave(void **state)
{
  (void)state;
  shim_db_free(library);
  int result = nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
  g_free(folder);
  return result;
}

/* ---- asking ---- */

static Request *request_of(const char *query)
{
  Request *request = request_new();
  g_free(request->query);
  request->query = g_strdup(query);
  request->limit = LIMIT_ALL;
  return request;
}

static Answer *must_answer(const Request *request, ShimDb *db)
{
  g_autoptr(GError) error = NULL;
  Answer *answer = answer_new(request, db, &error);
  if (answer == NULL) fail_msg("\"%s\": %s", request->query, error->message);
  assert_null(error);
  return answer;
}

/* The ids of the hits in order: "9 11 1". */
static char *ids_of(Answer *answer)
{
  GString *ids = g_string_new(NULL);
  for (guint32 i = 0; i < answer_size(answer); i++) {
    Hit hit = {0};
    assert_int_equal(answer_hit(answer, i, &hit, NULL), HIT_OK);
    assert_int_equal(hit.rank, answer->offset + i + 1);
    g_string_append_printf(ids, "%s%s", i == 0 ? "" : " ", article_first(hit.article, FIELD_ID));
    hit_clear(&hit);
  }
  return g_string_free(ids, FALSE);
}

static gint by_number(gconstpointer a, gconstpointer b)
{
  return atoi(*(char *const *)a) - atoi(*(char *const *)b);
}

static char *sorted(const char *ids)
{
  g_auto(GStrv) list = g_strsplit(ids, " ", -1);
  qsort(list, g_strv_length(list), sizeof *list, by_number);
  return g_strjoinv(" ", list);
}

/* The ids that a request finds, ascending; the count must be exact and theirs. */
static char *found(const Request *request, ShimDb *db)
{
  g_autoptr(Answer) answer = must_answer(request, db);
  assert_int_equal(answer->total.lower, answer->total.upper);
  if (request->limit == LIMIT_ALL) assert_int_equal(answer->total.lower, answer_size(answer));
  g_autofree char *ids = ids_of(answer);
  return sorted(ids);
}

static void assert_finds(const char *query, const char *wanted)
{
  g_autoptr(Request) request = request_of(query);
  g_autofree char *ids = found(request, library);
  if (strcmp(ids, wanted) != 0) fail_msg("\"%s\" finds \"%s\", not \"%s\"", query, ids, wanted);
}

typedef struct Row {
  const char *query, *ids;
} Row;

static void assert_rows(const Row *rows, gsize n)
{
  for (gsize i = 0; i < n; i++) assert_finds(rows[i].query, rows[i].ids);
}

#define ALL "1 2 3 4 5 6 7 8 9 10 11 12"

/* ---- words ---- */

static void test_words(void **state)
{
  (void)state;
  static const Row rows[] = {
      {"", ALL},
      {"parades", "9"},
      {"nowhere", ""},
      {"zzz", "10"},
      {"kabul", "1 8"},
      {"KABUL", "1 8"},
      {"kabul airport", "1"},
      {"kabul OR geneva", "1 2 8"},
      {"army", "2 8 9"},
      {"army NOT kabul", "2 9"},
      {"army -iran", "2 8"},
      {"(army OR airport) kabul", "1 8"},
      {"army OR airport kabul", "1 2 8 9"},
      /* NOT alone */
      {"NOT the", "3 4 5 6 7 9 10"},
      {"-kabul", "2 3 4 5 6 7 9 10 11 12"},
      {"NOT nowhere", ALL},
      {"NOT NOT kabul", "1 8"},
      {"NOT kabul NOT army", "3 4 5 6 7 10 11 12"},
      {"NOT (kabul OR army)", "3 4 5 6 7 10 11 12"},
      {"NOT (kabul army)", "1 2 3 4 5 6 7 9 10 11 12"},
      {"zzz OR NOT the", "3 4 5 6 7 9 10"},
      {"kabul OR -army", "1 3 4 5 6 7 8 10 11 12"},
      /* endings; not other words that start so */
      {"attack", "1 2 8 10"},
      {"attacked", "1 2 8 10"},
      {"ATTACKING", "1 2 8 10"},
      {"attacker", "1 2 8 10"},
      {"parading", "9"},
      {"kabuls", "1 8"},
      {"kab", ""},
      {"state", "1 2 11"},
      {"declare", "1"},
      {"marching", "9"},
      {"president", "9"},
      /* as the analysis reads them */
      {"Iran", "9"},
      {"iran's", "9"},
      {"Iran’s", "9"},
      {"1000", "9"},
      {"1,000", "9"},
      {"O'Brien", "8"},
      {"O’Brien", "8"},
      {"N'Djamena", "3"},
      {"n’djamena", "3"},
      {"fmln", "4"},
      {"F.M.L.N.", "4"},
      {"next", "12"},
      {"end.Next", "12"},
      /* U.S. is a word of its own, and "us" may mean it */
      {"U.S.", "1 2"},
      {"us", "1 2"},
      {"\"U.S.\"", "1"},
      {"\"us\"", "2"},
      /* accents may be left out, and added */
      {"naive", "1"},
      {"naïve", "1"},
      {"cafe", "9"},
      {"café", "9"},
      {"armee", "3"},
      {"Armée", "3"},
      {"Gorbachev", ""},
  };
  assert_rows(rows, G_N_ELEMENTS(rows));
}

/* A word finds its endings in whatever language the article is. */
static void test_languages(void **state)
{
  (void)state;
  static const Row rows[] = {
      {"élection", "3"},
      {"election", "3"},
      {"réfugiée", "3"},
      {"refugiees", "3"},
      {"armées", "3"},
      {"guerrillero", "4 10"},
      {"guerrilleros", "4 10"},
      {"atacar", "4"},
      {"murio", "4"},
      {"naciones", "4"},
      {"habia", "4"},
      {"مسلح", "5"},
      {"المسلحين", "5"},
      {"أسلحة", "5"},
      {"الاسلحه", "5"},
      {"عراق", "5"},
      {"امس", "5"},
      {"война", "6"},
      {"войной", "6"},
      {"горбачев", "6"},
      {"самолетами", "6"},
      {"самолет", "6"},
      {"停火", "7"},
      {"政府", "7"},
      {"北京", "7"},
      {"\"中国政府\"", "7"},
      {"政府 停火", "7"},
      {"东京", ""},
      /* languages mix in one query */
      {"attack OR война OR élection OR 停火", "1 2 3 6 7 8 10"},
  };
  assert_rows(rows, G_N_ELEMENTS(rows));
}

static void test_phrases(void **state)
{
  (void)state;
  static const Row rows[] = {
      {"\"state of emergency\"", "1"},
      {"state of emergency", "1 2"},
      {"state emergency", "1 2 11"},
      {"\"emergency of state\"", ""},
      {"“State of Emergency”", "1"},
      /* as written, without other endings */
      {"\"attack\"", "1"},
      {"\"attacks\"", "8 10"},
      {"\"rebels attack\"", "1"},
      {"\"rebel attacks\"", ""},
      {"\"peace and war\"", "11"},
      {"\"war and peace\"", "9"},
      {"\"coup d'etat\"", "3"},
      {"\"coup d’État\"", "3"},
      {"\"coup état\"", ""},
      {"\"l'armee\"", "3"},
      {"\"San Salvador\"", "4"},
      {"\"U.S. ambassador\"", "1"},
      {"\"1,000 men\"", "9"},
      {"\"Iran's army\"", "9"},
      {"\"конце войны\"", "6"},
      {"\"في العراق\"", "5"},
      /* hyphens, slashes and full stops make one too */
      {"state-of-emergency", "1"},
      {"of/emergency", "1"},
      {"emergency-of-state", ""},
      {"coup-d'état", "3"},
      /* not from the title into the text */
      {"\"airport Taliban\"", ""},
      {"\"Geneva the\"", ""},
      /* not over the end of a sentence, but it is no barrier either */
      {"\"the rebels met nobody\"", "2"},
  };
  assert_rows(rows, G_N_ELEMENTS(rows));
}

static void test_titles(void **state)
{
  (void)state;
  static const Row rows[] = {
      {"title:army", "9"},
      {"title:attack", "1 8 10"},
      {"title:attacks", "1 8 10"},
      {"title:\"attacks\"", "8"},
      {"title:armée", "3"},
      {"title:armee", "3"},
      {"title:kabul", "1"},
      {"headline:kabul", "1"},
      {"title:(kabul OR geneva)", "1 2"},
      {"title:\"peace and war\"", "11"},
      {"title:\"war and peace\"", ""},
      {"title:Iran's", "9"},
      {"title:state-of-emergency", ""},
      {"title:taliban", ""},
      {"attack -title:attack", "2"},
      {"title:停火", "7"},
  };
  assert_rows(rows, G_N_ELEMENTS(rows));
}

/* ---- fields ---- */

static void test_countries(void **state)
{
  (void)state;
  static const Row rows[] = {
      {"country:afghanistan", "1 2 6"},
      {"country:AF", "1 2 6"},
      {"country:af", "1 2 6"},
      {"country:AFG", "1 2 6"},
      {"country:004", "1 2 6"},
      {"country:أفغانستان", "1 2 6"},
      {"country:Афганистан", "1 2 6"},
      {"country:tchad", "3"},
      {"country:\"el salvador\"", "4"},
      {"country:el-salvador", "4"},
      {"country:irak", "5 9"},
      {"country:USSR", "6"},
      {"country:france", ""},
      {"country:(iran OR chad)", "3 9"},
      {"country:(iran iraq)", "9"},
      {"country:af -country:pk", "1 6"},
      {"NOT country:af", "3 4 5 7 8 9 10 11 12"},
      {"source_country:france", "3"},
      {"source_country:uk", "1"},
      /* a country that no table knows is found as it was given */
      {"country:neverland", "11"},
      {"country:NEVERLAND", "11"},
  };
  assert_rows(rows, G_N_ELEMENTS(rows));
}

static void test_keywords(void **state)
{
  (void)state;
  static const Row rows[] = {
      /* a word of the value */
      {"source:reuters", "1 2 9"},
      {"source:Reuters.", "1 2 9"},
      {"actor:taliban", "1 2 8"},
      {"actor:TALIBAN", "1 2 8"},
      {"actor:isaf", "1 8"},
      {"actor:I.S.A.F.", "1 8"},
      {"source:\"le monde\"", "3 10"},
      {"topic:war", "1 2 3 9"},
      {"tags:war", "1 2 3 9"},
      {"topic:(war peace)", "2"},
      {"author:\"jane doe\"", "1"},
      {"place:N'Djamena", "3"},
      {"place:djamena", "3"},
      {"author:jane", "1"},
      {"author:doe", "1"},
      {"source:monde", "3 10"},
      {"actor:marti", "4"},
      {"actor:pakistan", "2"},
      {"actor:nobody", ""},
      {"place:Кабул", "6"},
      {"event:attack", "1"},
      {"lang:en", "1 2 8 9 11 12"},
      {"lang:English", "1 2 8 9 11 12"},
      {"lang:fra", "3"},
      {"language:zh", "7"},
      {"lang:de", ""},
      {"lang:und", "10"},
      /* in quotes the whole value, when there is one */
      {"actor:\"taliban\"", "1 8"},
      {"actor:\"Taliban.\"", "1 8"},
      {"actor:\"isaf\"", "1 8"},
      {"place:\"ndjamena\"", "3"},
      {"topic:\"war\"", "1 2 3 9"},
      {"source:\"REUTERS\"", "1 2 9"},
      /* else its words beside each other */
      {"source:\"monde\"", "3 10"},
      {"actor:\"taliban movement\"", "2"},
      {"actor:\"movement taliban\"", ""},
      {"actor:\"liberation front\"", "4"},
      {"source:\"peace army\"", "11"},
      {"source:\"news\"", "11"},
      {"actor:\"nobody\"", ""},
      /* not from one value into the next */
      {"author:\"doe john\"", ""},
      {"actor:\"front fmln\"", ""},
      {"topic:\"peace war\"", ""},
      /* no endings: these are names */
      {"topic:wars", ""},
      {"event:attacks", ""},
      /* names are no text, and text no name */
      {"isaf", ""},
      {"actor:kabul", ""},
      /* ids and URLs as they are */
      {"id:7", "7"},
      {"id:07", ""},
      {"id:(7 OR 8)", "7 8"},
      {"url:http://example.org/news_(1)", "1"},
      {"(url:http://example.org/news_(1) OR id:3)", "1 3"},
      {"url:http://EXAMPLE.org/news_(1)", ""},
  };
  assert_rows(rows, G_N_ELEMENTS(rows));
}

static void test_dates(void **state)
{
  (void)state;
  static const Row rows[] = {
      {"date:2001", "1 2 9 11"},
      {"date:2001-09", "1 9 11"},
      {"date:2001-09-10", "9 11"},
      {"date:2001-9-10", "9 11"},
      {"date:2001-10", "2"},
      {"date:2001-10-01", ""},
      {"date:2003", "5"},
      {"date:2003-01", ""},
      {"date:1999", ""},
      {"date:1987..2001", "1 2 3 4 6 9 11"},
      {"date:[1987 TO 2001]", "1 2 3 4 6 9 11"},
      {"date:2001-09-09..2001-09-09", "1"},
      {"date:2001-09-09..2001-09-10", "1 9 11"},
      {"date:2001-09-10..2001-10", "2 9 11"},
      /* an article dated to a month is found by ranges that hold the whole of it */
      {"date:2001-09-10..2001-10-30", "9 11"},
      {"date:2001-09-10..2001-10-31", "2 9 11"},
      {"date:2001-10-02..2002", "10"},
      {"date:2001-10-01..2002", "2 10"},
      {"date:1987-03-01..1987-03-31", "3 4"},
      {"date:1987-03-01..1987-03-30", "3"},
      {"date:1987-03-02..1987-12-30", ""},
      {"date:1987-02-28..1987-12-31", "3 4 6"},
      /* and one dated to a year likewise */
      {"date:2002-12-31..2004-01-01", "5"},
      {"date:2003-01-01..2003-12-31", "5"},
      {"date:2003-01-02..2003-12-31", ""},
      {"date:2002-03..2010", "5 7"},
      {"date:2002-02-28..2003-11", "10"},
      /* open ends */
      {"date:2002..", "5 7 10"},
      {"date:..1987", "3 4 6"},
      {"date:..1987-03-01", "3"},
      {"date:2010-05-05..", "7"},
      {"date:2010-05-06..", ""},
      {"date:..1986", ""},
      {"date:0001..9999", "1 2 3 4 5 6 7 9 10 11"},
      {"NOT date:0001..", "8 12"},
      {"NOT date:2001", "3 4 5 6 7 8 10 12"},
      {"date:(1987 OR 2003)", "3 4 5 6"},
      {"war date:2001", "9 11"},
      {"war -date:2001", "12"},
  };
  assert_rows(rows, G_N_ELEMENTS(rows));
}

/* ---- filters ---- */

static void assert_filtered(const char *query, const Value *filters, gsize n, const char *since,
                            const char *until, const char *wanted)
{
  g_autoptr(Request) request = request_of(query);
  for (gsize i = 0; i < n; i++) request_add_filter(request, filters[i].field, filters[i].text);
  request->since = g_strdup(since);
  request->until = g_strdup(until);
  g_autofree char *ids = found(request, library);
  assert_string_equal(ids, wanted);
}

static void test_filters(void **state)
{
  (void)state;
  static const struct {
    const char *query;
    Value filters[4];
    const char *since, *until, *ids;
  } rows[] = {
      {"", {{FIELD_COUNTRY, "iran"}}, NULL, NULL, "9"},
      /* values of one field are alternatives, fields are not */
      {"", {{FIELD_COUNTRY, "iran"}, {FIELD_COUNTRY, "Chad"}}, NULL, NULL, "3 9"},
      {"", {{FIELD_COUNTRY, "AF"}, {FIELD_SOURCE, "reuters"}}, NULL, NULL, "1 2"},
      {"", {{FIELD_COUNTRY, "AF"}, {FIELD_TOPIC, "peace"}, {FIELD_COUNTRY, "IR"}}, NULL, NULL, "2"},
      {"army", {{FIELD_SOURCE, "reuters"}}, NULL, NULL, "2 9"},
      {"kabul OR geneva", {{FIELD_SOURCE, "reuters"}}, NULL, NULL, "1 2"},
      {"NOT army", {{FIELD_SOURCE, "reuters"}}, NULL, NULL, "1"},
      {"country:af", {{FIELD_COUNTRY, "pakistan"}}, NULL, NULL, "2"},
      {"", {{FIELD_ACTOR, "the \"Taliban\""}}, NULL, NULL, ""},
      {"", {{FIELD_ACTOR, "«Taliban»"}}, NULL, NULL, "1 8"},
      {"", {{FIELD_ACTOR, "movement"}}, NULL, NULL, "2"},
      {"", {{FIELD_LANG, "French"}, {FIELD_LANG, "ru"}}, NULL, NULL, "3 6"},
      {"", {{FIELD_ID, "5"}}, NULL, NULL, "5"},
      {"", {{0}}, "2002", NULL, "5 7 10"},
      {"", {{0}}, NULL, "1987-03", "3 4"},
      {"", {{0}}, "2001-09-10", "2001-10", "2 9 11"},
      {"army", {{FIELD_COUNTRY, "iran"}}, "2001", "2001", "9"},
      {"date:2001", {{0}}, "2001-09-10", NULL, "2 9 11"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    gsize n = 0;
    while (n < G_N_ELEMENTS(rows[i].filters) && rows[i].filters[n].text != NULL) n++;
    assert_filtered(rows[i].query, rows[i].filters, n, rows[i].since, rows[i].until, rows[i].ids);
  }
}

/* ---- errors that only the index, or the analysis, can tell ---- */

static void test_errors(void **state)
{
  (void)state;
  g_autofree char *word = g_strnfill(ANALYSIS_WORD_MAX + 1, 'x');
  const struct {
    const char *query;
    Value filter;
    const char *since, *message; /* how it begins */
  } rows[] = {
      {"army country:atlantis", {0}, NULL, "'atlantis' is no country known here"},
      {"army source_country:\"no land\"", {0}, NULL, "'no land' is no country known here"},
      {"lang:klingon", {0}, NULL, "'klingon' is no language known here"},
      {"country:...", {0}, NULL, "there is no word in this"},
      {word, {0}, NULL, "words of more than 128 bytes are not in the index"},
      {"½", {0}, NULL, "there is no word in this"},
      {"army", {FIELD_COUNTRY, "atlantis"}, NULL, "'atlantis' is no country known here"},
      {"army", {FIELD_LANG, "klingon"}, NULL, "'klingon' is no language known here"},
      {"army", {FIELD_SOURCE, ""}, NULL, "there is no word in this"},
      {"army", {0}, "tomorrow", "'tomorrow' is no date"},
      {"army (", {0}, NULL, "something to look for is missing here"},
      /* places after bytes that are no UTF-8 */
      {"a\xFF\xFE\xFF\xFF\xFE\xFF\xFE z country:atlantis", {0}, NULL, "'atlantis' is no country"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(Request) request = request_of(rows[i].query);
    if (rows[i].filter.text != NULL)
      request_add_filter(request, rows[i].filter.field, rows[i].filter.text);
    request->since = g_strdup(rows[i].since);
    g_autoptr(GError) error = NULL;
    if (answer_new(request, library, &error) != NULL) fail_msg("\"%s\"", rows[i].query);
    if (!g_str_has_prefix(error->message, rows[i].message)) fail_msg("%s", error->message);
    assert_int_equal(error->code, SITREP_ERROR_USAGE);
    assert_null(answer_new(request, library, NULL));
  }
}

/* A caret points into the query; what came from an option has none. */
static void test_error_places(void **state)
{
  (void)state;
  g_autoptr(Request) request = request_of("army country:atlantis");
  g_autoptr(GError) error = NULL;
  assert_null(answer_new(request, library, &error));
  assert_non_null(strstr(error->message, "\n  army country:atlantis\n       ^^^^^^^^^^^^^^^^"));
  g_autoptr(Request) other = request_of("army");
  request_add_filter(other, FIELD_COUNTRY, "atlantis");
  g_autoptr(GError) option = NULL;
  assert_null(answer_new(other, library, &option));
  assert_null(strchr(option->message, '\n'));
}

/* ---- what was understood ---- */

static void test_understood(void **state)
{
  (void)state;
  g_autoptr(Request) request = request_of("army -title:\"war\"");
  request_add_filter(request, FIELD_COUNTRY, "Iran");
  request_add_filter(request, FIELD_COUNTRY, "iraq");
  request_add_filter(request, FIELD_SOURCE, "reuters");
  request->since = g_strdup("2001");
  g_autoptr(Answer) answer = must_answer(request, library);
  assert_string_equal(answer->understood,
                      "army AND NOT title:\"war\" AND source:\"reuters\" AND (country:IR OR "
                      "country:IQ) AND date:2001..");
  assert_int_equal(answer->articles, ARTICLES);
  assert_int_equal(strlen(answer->index_uuid), 36);
  /* It is a query, and finds the same. */
  g_autofree char *ids = ids_of(answer);
  assert_finds(answer->understood, ids);
}

static void test_hint(void **state)
{
  (void)state;
  g_autoptr(Request) request = request_of("army or kabul");
  g_autoptr(Answer) answer = must_answer(request, library);
  assert_non_null(strstr(answer->hint, "small letters"));
  g_autoptr(Request) meant = request_of("army OR kabul");
  g_autoptr(Answer) other = must_answer(meant, library);
  assert_null(other->hint);
}

/* ---- order and pages ---- */

static void assert_order(const char *query, SortOrder sort, guint32 offset, guint32 limit,
                         const char *wanted, guint32 total)
{
  g_autoptr(Request) request = request_of(query);
  request->sort = sort;
  request->offset = offset;
  request->limit = limit;
  g_autoptr(Answer) answer = must_answer(request, library);
  g_autofree char *ids = ids_of(answer);
  if (strcmp(ids, wanted) != 0) fail_msg("\"%s\": %s", query, ids);
  assert_int_equal(answer->total.lower, total);
  assert_int_equal(answer->total.upper, total);
  assert_int_equal(answer->offset, offset);
}

static void test_order(void **state)
{
  (void)state;
  static const char newest[] = "7 5 10 2 9 11 1 6 3 4 8 12";
  static const char oldest[] = "4 3 6 1 9 11 2 10 5 7 8 12";
  assert_order("", SORT_NEWEST, 0, LIMIT_ALL, newest, 12);
  assert_order("", SORT_OLDEST, 0, LIMIT_ALL, oldest, 12);
  /* Nothing to rank: the newest first. */
  assert_order("", SORT_RELEVANCE, 0, LIMIT_ALL, newest, 12);
  assert_order("country:af", SORT_RELEVANCE, 0, LIMIT_ALL, "2 1 6", 3);
  assert_order("-kabul date:2001", SORT_RELEVANCE, 0, LIMIT_ALL, "2 9 11", 3);
  assert_order("attack", SORT_NEWEST, 0, LIMIT_ALL, "10 2 1 8", 4);
  assert_order("attack", SORT_OLDEST, 0, LIMIT_ALL, "1 2 10 8", 4);
}

static void test_pages(void **state)
{
  (void)state;
  assert_order("", SORT_NEWEST, 0, 3, "7 5 10", 12);
  assert_order("", SORT_NEWEST, 3, 3, "2 9 11", 12);
  assert_order("", SORT_NEWEST, 10, 3, "8 12", 12);
  assert_order("", SORT_NEWEST, 12, 3, "", 12);
  assert_order("", SORT_NEWEST, 1000, 3, "", 12);
  assert_order("", SORT_NEWEST, 2, LIMIT_ALL, "10 2 9 11 1 6 3 4 8 12", 12);
  assert_order("", SORT_NEWEST, 0, 0, "", 12);
  assert_order("", SORT_NEWEST, G_MAXUINT32, 1, "", 12);
  assert_order("nowhere", SORT_NEWEST, 0, 10, "", 0);
  assert_order("attack", SORT_NEWEST, 1, 2, "2 1", 4);
}

/* An estimate still bounds the truth. */
static void test_estimates(void **state)
{
  (void)state;
  static const Row rows[] = {{"", "12"}, {"attack", "4"}, {"army OR war", "6"}, {"-kabul", "10"}};
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
    for (guint32 limit = 0; limit < 4; limit++) {
      g_autoptr(Request) request = request_of(rows[i].query);
      request->estimate = TRUE;
      request->limit = limit;
      g_autoptr(Answer) answer = must_answer(request, library);
      guint32 truth = (guint32)atoi(rows[i].ids);
      assert_true(answer->total.lower <= truth && truth <= answer->total.upper);
      assert_int_equal(answer_size(answer), MIN(limit, truth));
    }
}

/* Pages together are the whole list, by relevance too. */
static void test_pages_of_ranks(void **state)
{
  (void)state;
  g_autoptr(Request) all = request_of("war OR peace OR army OR kabul");
  g_autoptr(Answer) answer = must_answer(all, library);
  g_autofree char *whole = ids_of(answer);
  g_autoptr(GString) joined = g_string_new(NULL);
  double before = G_MAXDOUBLE;
  for (guint32 offset = 0; offset < answer_size(answer); offset++) {
    g_autoptr(Request) request = request_of(all->query);
    request->offset = offset;
    request->limit = 1;
    g_autoptr(Answer) page = must_answer(request, library);
    g_autofree char *id = ids_of(page);
    g_string_append_printf(joined, "%s%s", offset == 0 ? "" : " ", id);
    Hit hit;
    assert_int_equal(answer_hit(page, 0, &hit, NULL), HIT_OK);
    assert_true(hit.score > 0 && hit.score <= before);
    before = hit.score;
    hit_clear(&hit);
  }
  assert_string_equal(joined->str, whole);
  /* More of the words, and in the title, is better. */
  assert_true(g_str_has_prefix(whole, "11 ") || g_str_has_prefix(whole, "9 "));
}

/* A title counts more than the text; filters and NOT change no score. */
static void test_scores(void **state)
{
  (void)state;
  g_autoptr(Request) request = request_of("kabul");
  g_autoptr(Answer) answer = must_answer(request, library);
  g_autofree char *ids = ids_of(answer);
  assert_string_equal(ids, "1 8");
  Hit plain;
  assert_int_equal(answer_hit(answer, 0, &plain, NULL), HIT_OK);
  static const char *const filtered[] = {"kabul country:af", "kabul -geneva", "kabul date:2001",
                                         "kabul source:reuters"};
  for (gsize i = 0; i < G_N_ELEMENTS(filtered); i++) {
    g_autoptr(Request) other = request_of(filtered[i]);
    g_autoptr(Answer) narrow = must_answer(other, library);
    Hit hit;
    assert_int_equal(answer_hit(narrow, 0, &hit, NULL), HIT_OK);
    assert_true(hit.score > plain.score - 1e-9 && hit.score < plain.score + 1e-9);
    hit_clear(&hit);
  }
  hit_clear(&plain);
}

/* ---- facets ---- */

/* A facet as "value=count value*=count ... /distinct"; * marks what was chosen. */
static char *facet_text(const Answer *answer, FieldId field)
{
  for (guint i = 0; i < answer->facets->len; i++) {
    const Facet *facet = answer->facets->pdata[i];
    if (facet->field != field) continue;
    GString *out = g_string_new(NULL);
    for (guint v = 0; v < facet->values->len; v++) {
      const FacetValue *value = facet->values->pdata[v];
      g_string_append_printf(out, "%s%s=%u ", value->value, value->selected ? "*" : "",
                             value->count);
    }
    g_string_append_printf(out, "/%u", facet->distinct);
    return g_string_free(out, FALSE);
  }
  return g_strdup("none");
}

static void test_facets(void **state)
{
  (void)state;
  static const struct {
    const char *query;
    FieldId field;
    guint32 limit;
    const char *wanted;
  } rows[] = {
      {"", FIELD_SOURCE, LIMIT_ALL,
       "Reuters=3 Le Monde=2 Archive=1 El País=1 Peace Army News=1 Правда=1 الحياة=1 /7"},
      {"", FIELD_COUNTRY, LIMIT_ALL, "AF=3 IQ=2 CN=1 IR=1 Neverland=1 PK=1 SU=1 SV=1 TD=1 /9"},
      {"", FIELD_LANG, LIMIT_ALL, "en=6 ar=1 es=1 fr=1 ru=1 und=1 zh=1 /7"},
      {"", FIELD_ACTOR, 2, "ISAF=2 Taliban=2 /5"},
      {"", FIELD_TOPIC, LIMIT_ALL, "war=4 peace=2 army=1 guerrilla=1 /4"},
      {"", FIELD_SOURCE_COUNTRY, LIMIT_ALL, "FR=1 GB=1 /2"},
      {"", FIELD_AUTHOR, LIMIT_ALL, "Jane Doe=1 John Smith=1 /2"},
      {"", FIELD_EVENT, LIMIT_ALL, "Attack=1 /1"},
      {"attack", FIELD_COUNTRY, LIMIT_ALL, "AF=2 PK=1 /2"},
      {"nowhere", FIELD_COUNTRY, LIMIT_ALL, "/0"},
      {"zzz", FIELD_COUNTRY, LIMIT_ALL, "/0"},
      /* cut, but not in what was chosen */
      {"", FIELD_COUNTRY, 1, "AF=3 /9"},
      {"", FIELD_COUNTRY, 0, "/9"},
      {"country:iran", FIELD_COUNTRY, LIMIT_ALL, "IQ=1 IR*=1 /2"},
      {"country:iran", FIELD_COUNTRY, 1, "IQ=1 IR*=1 /2"},
      {"country:(iran OR chad)", FIELD_COUNTRY, 1, "IQ=1 IR*=1 TD*=1 /3"},
      {"country:iran", FIELD_COUNTRY, 0, "IR*=1 /2"},
      {"country:iran army", FIELD_COUNTRY, LIMIT_ALL, "IQ=1 IR*=1 /2"},
      {"country:(af pk)", FIELD_COUNTRY, LIMIT_ALL, "AF*=1 PK*=1 /2"},
      {"source:\"REUTERS\"", FIELD_SOURCE, LIMIT_ALL, "Reuters*=3 /1"},
      {"lang:French", FIELD_LANG, LIMIT_ALL, "fr*=1 /1"},
      /* chosen is only what every match has, or one of */
      {"country:iran OR kabul", FIELD_COUNTRY, LIMIT_ALL, "AF=1 IQ=1 IR=1 /3"},
      {"NOT country:iran", FIELD_COUNTRY, 2, "AF=3 CN=1 /8"},
      {"country:iran OR source:archive", FIELD_COUNTRY, LIMIT_ALL, "IQ=1 IR=1 /2"},
      /* a word of values chooses none of them */
      {"source:reuters", FIELD_SOURCE, LIMIT_ALL, "Reuters=3 /1"},
      {"actor:pakistan", FIELD_ACTOR, LIMIT_ALL, "Taliban Movement of Pakistan=1 /1"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(Request) request = request_of(rows[i].query);
    request->facets[rows[i].field] = TRUE;
    request->facet_limit = rows[i].limit;
    request->limit = i % 3; /* hits asked for change no count */
    g_autoptr(Answer) answer = must_answer(request, library);
    assert_int_equal(answer->facets->len, 1);
    g_autofree char *text = facet_text(answer, rows[i].field);
    if (strcmp(text, rows[i].wanted) != 0) fail_msg("\"%s\": %s", rows[i].query, text);
  }
}

static void test_facet_filters_and_labels(void **state)
{
  (void)state;
  g_autoptr(Request) request = request_of("");
  request_add_filter(request, FIELD_COUNTRY, "Iran");
  request_add_filter(request, FIELD_COUNTRY, "Soviet Union");
  request_add_filter(request, FIELD_SOURCE, "reuters");
  request_add_filter(request, FIELD_SOURCE, "правда");
  request->facets[FIELD_SOURCE] = request->facets[FIELD_COUNTRY] = TRUE;
  g_autoptr(Answer) answer = must_answer(request, library);
  assert_int_equal(answer->facets->len, 2);
  const Facet *first = answer->facets->pdata[0];
  assert_int_equal(first->field, FIELD_SOURCE);
  g_autofree char *sources = facet_text(answer, FIELD_SOURCE);
  assert_string_equal(sources, "Reuters*=1 Правда*=1 /2");
  g_autofree char *countries = facet_text(answer, FIELD_COUNTRY);
  assert_string_equal(countries, "AF=1 IQ=1 IR*=1 SU*=1 /4");
  const Facet *second = answer->facets->pdata[1];
  const FacetValue *value = second->values->pdata[2];
  assert_string_equal(value->label, "Iran");
  assert_string_equal(facet_label(FIELD_COUNTRY, "Neverland"), "Neverland");
  assert_string_equal(facet_label(FIELD_SOURCE, "IR"), "IR");
}

/* ---- hits ---- */

static void test_hits(void **state)
{
  (void)state;
  g_autoptr(Article) wanted = make_article(4);
  g_autofree char *dump = article_dump(wanted);
  g_autoptr(Request) request = request_of("guerrillero lang:es");
  g_autoptr(Answer) answer = must_answer(request, library);
  Hit hit;
  assert_int_equal(answer_hit(answer, 0, &hit, NULL), HIT_OK);
  g_autofree char *stored = article_dump(hit.article);
  assert_string_equal(stored, dump);
  hit_clear(&hit);
  g_autoptr(GError) error = NULL;
  g_autoptr(Article) by_id = answer_article(library, "4", &error);
  g_autofree char *again = article_dump(by_id);
  assert_string_equal(again, dump);
  assert_null(answer_article(library, "44", &error));
  assert_non_null(strstr(error->message, "no article with id 44"));
}

/* The answer highlights what it found: the words of the query and not those under NOT. */
static void test_highlights(void **state)
{
  (void)state;
  static const struct {
    const char *query, *text, *marked;
    gboolean title;
  } rows[] = {
      {"attack -emergency", "Attacked in an emergency", "Attacked", FALSE},
      {"\"state of emergency\"", "state, state of emergency", "state of emergency", FALSE},
      {"country:iran", "Iran", "", FALSE},
      {"title:attack", "attack", "", FALSE},
      {"title:attack", "attacks", "attacks", TRUE},
      {"election", "Les élections", "élections", FALSE},
      {"NOT attack", "attack", "", FALSE},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(Request) request = request_of(rows[i].query);
    g_autoptr(Answer) answer = must_answer(request, library);
    g_autoptr(GArray) spans =
        highlight(answer->highlighter, rows[i].text, strlen(rows[i].text), rows[i].title);
    assert_int_equal(spans->len, *rows[i].marked == '\0' ? 0 : 1);
    if (spans->len == 0) continue;
    Span span = g_array_index(spans, Span, 0);
    g_autofree char *marked = g_strndup(rows[i].text + span.start, span.end - span.start);
    assert_string_equal(marked, rows[i].marked);
  }
}

/* ---- random queries against another reckoning ---- */

/* An article as the reckoning knows it: tokens of title and body with their accents and without. */
typedef struct Known {
  GPtrArray *cased[2], *forms[2]; /* of title, of body */
  const char *lang, *date;
} Known;

static Known known[ARTICLES];

static void know_text(Known *entry, guint part, const char *text, Analyzer *analyzer)
{
  entry->cased[part] = g_ptr_array_new_with_free_func(g_free);
  entry->forms[part] = g_ptr_array_new_with_free_func(g_free);
  if (text == NULL) return;
  Token token;
  analyzer_start(analyzer, text, strlen(text));
  while (analyzer_next(analyzer, &token)) {
    g_ptr_array_add(entry->cased[part], g_strdup(token.cased));
    g_ptr_array_add(entry->forms[part], g_strdup(token.form));
  }
}

static Article *sources[ARTICLES];

static void know_articles(void)
{
  g_autoptr(Analyzer) analyzer = analyzer_new();
  for (guint i = 0; i < ARTICLES; i++) {
    sources[i] = make_article(i + 1);
    know_text(&known[i], 0, article_first(sources[i], FIELD_TITLE), analyzer);
    know_text(&known[i], 1, article_first(sources[i], FIELD_BODY), analyzer);
    known[i].lang = article_first(sources[i], FIELD_LANG);
    known[i].date = article_first(sources[i], FIELD_DATE);
  }
}

static void forget_articles(void)
{
  for (guint i = 0; i < ARTICLES; i++) {
    for (guint part = 0; part < 2; part++) {
      g_ptr_array_free(known[i].cased[part], TRUE);
      g_ptr_array_free(known[i].forms[part], TRUE);
    }
    article_free(sources[i]);
  }
}

static void add_key(void *keys, const char *key, gsize len)
{
  g_hash_table_add(keys, g_strndup(key, len));
}

static void note_meeting(void *context, const char *key, gsize len)
{
  GHashTable **sets = context; /* keys looked for, and found ones */
  g_autofree char *copy = g_strndup(key, len);
  if (g_hash_table_contains(sets[0], copy)) g_hash_table_add(sets[1], g_steal_pointer(&copy));
}

static GHashTable *new_set(void)
{
  return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static gboolean share_stem(Stemmers *stemmers, const char *lang, const char *a, const char *b)
{
  g_autoptr(GHashTable) keys = new_set();
  g_autoptr(GHashTable) both = new_set();
  stem_keys(stemmers, lang, a, strlen(a), add_key, keys);
  GHashTable *sets[] = {keys, both};
  stem_keys(stemmers, lang, b, strlen(b), note_meeting, sets);
  return g_hash_table_size(both) > 0;
}

/* The forms that a word stands for: its own, and any that some article uses in a language where
 * both have a stem in common. */
static GHashTable *forms_meant(Stemmers *stemmers, const char *cased, const char *form)
{
  GHashTable *forms = new_set();
  g_hash_table_add(forms, g_strdup(form));
  for (guint i = 0; i < ARTICLES; i++)
    for (guint part = 0; part < 2; part++)
      for (guint t = 0; t < known[i].cased[part]->len; t++)
        if (share_stem(stemmers, known[i].lang, cased, known[i].cased[part]->pdata[t]))
          g_hash_table_add(forms, g_strdup(known[i].forms[part]->pdata[t]));
  return forms;
}

/* Articles as bits. */
static guint32 with_forms(GHashTable *forms, gboolean title_only)
{
  guint32 found_ = 0;
  for (guint i = 0; i < ARTICLES; i++)
    for (guint part = 0; part < (title_only ? 1u : 2u); part++)
      for (guint t = 0; t < known[i].forms[part]->len; t++)
        if (g_hash_table_contains(forms, known[i].forms[part]->pdata[t])) found_ |= 1u << i;
  return found_;
}

static guint32 with_phrase(char *const *phrase, guint n)
{
  guint32 found_ = 0;
  for (guint i = 0; i < ARTICLES; i++)
    for (guint part = 0; part < 2; part++)
      for (guint t = 0; t + n <= known[i].forms[part]->len; t++) {
        guint k = 0;
        while (k < n && strcmp(known[i].forms[part]->pdata[t + k], phrase[k]) == 0) k++;
        if (k == n) found_ |= 1u << i;
      }
  return found_;
}

static guint32 with_value(FieldId field, const char *value)
{
  guint32 found_ = 0;
  for (guint i = 0; i < ARTICLES; i++) {
    const GPtrArray *values = article_values(sources[i], field);
    for (guint v = 0; values != NULL && v < values->len; v++)
      if (strcmp(values->pdata[v], value) == 0) found_ |= 1u << i;
  }
  return found_;
}

static guint32 within(Date from, Date to)
{
  guint32 found_ = 0;
  for (guint i = 0; i < ARTICLES; i++) {
    Date date;
    if (known[i].date == NULL || !date_parse_iso(known[i].date, strlen(known[i].date), &date))
      continue;
    if (date_compare(date_first_day(date), from) >= 0 && date_compare(date_last_day(date), to) <= 0)
      found_ |= 1u << i;
  }
  return found_;
}

typedef struct Maker {
  GRand *random;
  Stemmers *stemmers;
  GString *query;
} Maker;

/* A place in the texts: an article, a part that has tokens, one of them. */
static const Known *random_token(GRand *random, guint *part, guint *token)
{
  for (;;) {
    const Known *entry = &known[g_rand_int_range(random, 0, ARTICLES)];
    *part = (guint)g_rand_int_range(random, 0, 2);
    if (entry->forms[*part]->len == 0) continue;
    *token = (guint)g_rand_int_range(random, 0, (gint32)entry->forms[*part]->len);
    return entry;
  }
}

static guint32 make_word(Maker *maker)
{
  guint part, token;
  const Known *entry = random_token(maker->random, &part, &token);
  const char *cased = entry->cased[part]->pdata[token], *form = entry->forms[part]->pdata[token];
  gboolean title = g_rand_int_range(maker->random, 0, 4) == 0;
  /* Without its accents now and then, as people type. */
  if (g_rand_boolean(maker->random)) cased = form;
  g_string_append_printf(maker->query, "%s%s", title ? "title:" : "", cased);
  g_autoptr(GHashTable) forms = forms_meant(maker->stemmers, cased, form);
  return with_forms(forms, title);
}

static guint32 make_phrase(Maker *maker)
{
  guint part, token;
  const Known *entry = random_token(maker->random, &part, &token);
  guint n = (guint)g_rand_int_range(maker->random, 1, 4);
  n = MIN(n, entry->forms[part]->len - token);
  g_string_append_c(maker->query, '"');
  for (guint i = 0; i < n; i++)
    g_string_append_printf(maker->query, "%s%s", i == 0 ? "" : " ",
                           (char *)entry->cased[part]->pdata[token + i]);
  g_string_append_c(maker->query, '"');
  return with_phrase((char *const *)entry->forms[part]->pdata + token, n);
}

static guint32 make_value(Maker *maker)
{
  static const Value values[] = {{FIELD_COUNTRY, "AF"}, {FIELD_COUNTRY, "IQ"},  {FIELD_LANG, "en"},
                                 {FIELD_LANG, "ru"},    {FIELD_TOPIC, "peace"}, {FIELD_ID, "3"}};
  Value value = values[g_rand_int_range(maker->random, 0, G_N_ELEMENTS(values))];
  g_string_append_printf(maker->query, "%s:%s", schema_field(value.field)->name, value.text);
  return with_value(value.field, value.text);
}

static Date random_day(GRand *random)
{
  static const gint16 years[] = {1986, 1987, 2001, 2002, 2003, 2010, 2011};
  Date date = {years[g_rand_int_range(random, 0, G_N_ELEMENTS(years))],
               (guint8)g_rand_int_range(random, 0, 13), 0};
  if (date.month > 0 && g_rand_boolean(random))
    date.day = (guint8)g_rand_int_range(random, 1, date_last_day(date).day + 1);
  return date;
}

static guint32 make_range(Maker *maker)
{
  Date from = random_day(maker->random), to = random_day(maker->random);
  if (date_compare(date_first_day(from), date_last_day(to)) > 0) {
    Date swapped = from;
    from = to;
    to = swapped;
  }
  char first[DATE_TEXT_SIZE], last[DATE_TEXT_SIZE];
  date_format(from, first);
  date_format(to, last);
  g_string_append_printf(maker->query, "date:%s..%s", first, last);
  return within(date_first_day(from), date_last_day(to));
}

static guint32 make_query(Maker *maker, guint depth);

static guint32 make_leaf(Maker *maker)
{
  switch (g_rand_int_range(maker->random, 0, 8)) {
  case 0: return make_phrase(maker);
  case 1: return make_value(maker);
  case 2: return make_range(maker);
  default: return make_word(maker);
  }
}

static guint32 make_operand(Maker *maker, guint depth)
{
  if (g_rand_int_range(maker->random, 0, 4) == 0) {
    g_string_append(maker->query, g_rand_boolean(maker->random) ? "NOT " : "-");
    return ~make_operand(maker, depth) & ((1u << ARTICLES) - 1);
  }
  if (depth == 0 || g_rand_boolean(maker->random)) return make_leaf(maker);
  g_string_append_c(maker->query, '(');
  guint32 found_ = make_query(maker, depth - 1);
  g_string_append_c(maker->query, ')');
  return found_;
}

/* An OR of ANDs: the grammar's own precedence is reckoned here too. */
static guint32 make_query(Maker *maker, guint depth)
{
  guint32 any = 0;
  for (gint ors = g_rand_int_range(maker->random, 1, 4); ors > 0; ors--) {
    guint32 all = (1u << ARTICLES) - 1;
    for (gint ands = g_rand_int_range(maker->random, 1, 4); ands > 0; ands--) {
      all &= make_operand(maker, depth);
      if (ands > 1) g_string_append(maker->query, g_rand_boolean(maker->random) ? " AND " : " ");
    }
    any |= all;
    if (ors > 1) g_string_append(maker->query, " OR ");
  }
  return any;
}

static char *ids_of_bits(guint32 bits)
{
  GString *ids = g_string_new(NULL);
  for (guint i = 0; i < ARTICLES; i++)
    if ((bits >> i & 1) != 0) g_string_append_printf(ids, "%s%u", ids->len == 0 ? "" : " ", i + 1);
  return g_string_free(ids, FALSE);
}

/* How often each value of a field is among articles: "value=count" by folded name. */
static void assert_facet(const Facet *facet, guint32 bits, const char *query)
{
  g_autoptr(GHashTable) counts = new_set();
  for (guint i = 0; i < ARTICLES; i++) {
    const GPtrArray *values = article_values(sources[i], facet->field);
    if ((bits >> i & 1) == 0 || values == NULL) continue;
    g_autoptr(GHashTable) seen = new_set();
    for (guint v = 0; v < values->len; v++) {
      char *key = fold_name(values->pdata[v], -1);
      guint n = GPOINTER_TO_UINT(g_hash_table_lookup(counts, key));
      if (g_hash_table_add(seen, g_strdup(key)))
        g_hash_table_insert(counts, key, GUINT_TO_POINTER(n + 1));
      else
        g_free(key);
    }
  }
  if (facet->distinct != g_hash_table_size(counts)) fail_msg("\"%s\"", query);
  for (guint v = 0; v < facet->values->len; v++) {
    const FacetValue *value = facet->values->pdata[v];
    g_autofree char *key = fold_name(value->value, -1);
    assert_int_equal(value->count, GPOINTER_TO_UINT(g_hash_table_lookup(counts, key)));
  }
}

static void assert_reckoned(const char *query, guint32 bits)
{
  g_autofree char *wanted = ids_of_bits(bits);
  g_autoptr(Request) request = request_of(query);
  for (int i = 0; i < FIELD_COUNT; i++) request->facets[i] = schema_field((FieldId)i)->facet;
  request->facet_limit = LIMIT_ALL;
  g_autoptr(Answer) answer = must_answer(request, library);
  g_autofree char *ids = ids_of(answer);
  g_autofree char *got = sorted(ids);
  if (strcmp(got, wanted) != 0) fail_msg("\"%s\" finds \"%s\", not \"%s\"", query, got, wanted);
  assert_int_equal(answer->total.lower, __builtin_popcount(bits));
  assert_int_equal(answer->total.upper, __builtin_popcount(bits));
  for (guint i = 0; i < answer->facets->len; i++)
    assert_facet(answer->facets->pdata[i], bits, query);
  /* What was understood finds the same. */
  g_autoptr(Request) again = request_of(answer->understood);
  g_autofree char *same = found(again, library);
  assert_string_equal(same, wanted);
}

static void test_random_queries(void **state)
{
  (void)state;
  know_articles();
  g_autoptr(Stemmers) stemmers = stemmers_new();
  GRand *random = g_rand_new_with_seed(11);
  guint empty = 0;
  for (guint i = 0; i < 600; i++) {
    Maker maker = {random, stemmers, g_string_new(NULL)};
    guint32 bits = make_query(&maker, 2);
    empty += bits == 0;
    assert_reckoned(maker.query->str, bits);
    g_string_free(maker.query, TRUE);
  }
  assert_true(empty < 300);
  g_rand_free(random);
  forget_articles();
}

/* ---- writing ---- */

static void assert_index_holds(const char *path, const char *query, const char *wanted)
{
  ShimDb *db = must_read(path);
  g_autoptr(Request) request = request_of(query);
  g_autofree char *ids = found(request, db);
  shim_db_free(db);
  assert_string_equal(ids, wanted);
}

static Article *article_of(const char *id, const char *body)
{
  Article *article = article_new();
  article_add(article, FIELD_ID, id, -1);
  article_add(article, FIELD_LANG, "en", -1);
  article_add(article, FIELD_BODY, body, -1);
  return article;
}

static PutResult put_text(IndexWriter *writer, const char *id, const char *body)
{
  g_autoptr(Article) article = article_of(id, body);
  return put(writer, article);
}

static void test_put(void **state)
{
  (void)state;
  g_autofree char *path = fresh_path();
  IndexWriter *writer = must_open(path);
  assert_int_equal(put_text(writer, "1", "first version"), PUT_ADDED);
  assert_int_equal(put_text(writer, "2", "other"), PUT_ADDED);
  /* In one run: the same again, then something else under the id. */
  assert_int_equal(put_text(writer, "2", "other"), PUT_UNCHANGED);
  assert_int_equal(put_text(writer, "2", "repeated"), PUT_REPEATED);
  assert_int_equal(index_writer_count(writer), 2);
  commit(writer);
  index_writer_close(writer);
  assert_index_holds(path, "repeated", "2");
  assert_index_holds(path, "other", "");
  /* In the next run. */
  writer = must_open(path);
  assert_int_equal(put_text(writer, "1", "first version"), PUT_UNCHANGED);
  assert_int_equal(put_text(writer, "2", "second version"), PUT_CHANGED);
  assert_int_equal(put_text(writer, "2", "third version"), PUT_REPEATED);
  assert_int_equal(put_text(writer, "1", "and another"), PUT_REPEATED);
  assert_int_equal(put_text(writer, "3", "new version"), PUT_ADDED);
  assert_int_equal(index_writer_count(writer), 3);
  commit(writer);
  index_writer_close(writer);
  assert_index_holds(path, "version", "2 3");
  assert_index_holds(path, "another", "1");
  assert_index_holds(path, "repeated OR first OR second", "");
  assert_index_holds(path, "", "1 2 3");
}

/* Replacing an article takes away all that was of the old one: fields, dates, facets. */
static void test_replace(void **state)
{
  (void)state;
  g_autofree char *path = fresh_path();
  g_autoptr(IndexWriter) writer = must_open(path);
  put_number(writer, 1);
  commit(writer);
  g_autoptr(Article) bare = article_of("1", "nothing left");
  assert_int_equal(put(writer, bare), PUT_REPEATED);
  commit(writer);
  static const char *const gone[] = {"kabul",     "title:attack",   "country:af", "actor:taliban",
                                     "date:2001", "source:reuters", "date:0001.."};
  for (gsize i = 0; i < G_N_ELEMENTS(gone); i++) assert_index_holds(path, gone[i], "");
  assert_index_holds(path, "nothing", "1");
  ShimDb *db = must_read(path);
  g_autoptr(Request) request = request_of("");
  request->facets[FIELD_COUNTRY] = TRUE;
  g_autoptr(Answer) answer = must_answer(request, db);
  g_autofree char *text = facet_text(answer, FIELD_COUNTRY);
  assert_string_equal(text, "/0");
  shim_db_free(db);
}

static void test_commit(void **state)
{
  (void)state;
  g_autofree char *path = fresh_path();
  IndexWriter *writer = must_open(path);
  /* The index exists, and is empty. */
  assert_index_holds(path, "", "");
  ShimDb *early = must_read(path);
  put_text(writer, "1", "kabul");
  assert_index_holds(path, "kabul", "");
  assert_int_equal(index_writer_count(writer), 1);
  commit(writer);
  assert_index_holds(path, "kabul", "1");
  /* A reader stays on its state until it is moved. */
  g_autoptr(Request) request = request_of("kabul");
  g_autofree char *before = found(request, early);
  assert_string_equal(before, "");
  assert_int_equal(shim_db_reopen(early, NULL), SHIM_OK);
  g_autofree char *after = found(request, early);
  assert_string_equal(after, "1");
  shim_db_free(early);
  /* Without a commit nothing stays. */
  put_text(writer, "1", "changed");
  put_text(writer, "2", "kabul");
  gboolean was_there;
  assert_true(index_writer_delete(writer, "1", &was_there, NULL));
  index_writer_close(writer);
  assert_index_holds(path, "", "1");
  assert_index_holds(path, "kabul", "1");
  index_writer_close(NULL);
}

static void test_delete(void **state)
{
  (void)state;
  g_autofree char *path = fresh_path();
  g_autoptr(IndexWriter) writer = must_open(path);
  for (guint i = 1; i <= ARTICLES; i++) put_number(writer, i);
  gboolean was_there = FALSE;
  /* Before the commit, after it, twice, and what was never there. */
  assert_true(index_writer_delete(writer, "1", &was_there, NULL));
  assert_true(was_there);
  commit(writer);
  assert_index_holds(path, "kabul", "8");
  assert_true(index_writer_delete(writer, "8", &was_there, NULL));
  assert_true(was_there);
  assert_true(index_writer_delete(writer, "8", &was_there, NULL));
  assert_false(was_there);
  assert_true(index_writer_delete(writer, "100", &was_there, NULL));
  assert_false(was_there);
  assert_index_holds(path, "kabul", "8");
  assert_int_equal(index_writer_count(writer), ARTICLES - 2);
  commit(writer);
  assert_index_holds(path, "kabul", "");
  assert_index_holds(path, "country:af", "2 6");
  /* It may come back. */
  assert_int_equal(put_number(writer, 8), PUT_ADDED);
  commit(writer);
  assert_index_holds(path, "kabul", "8");
}

static void test_prune(void **state)
{
  (void)state;
  g_autofree char *path = fresh_path();
  IndexWriter *writer = must_open(path);
  for (guint i = 1; i <= ARTICLES; i++) put_number(writer, i);
  guint64 removed = 99;
  assert_true(index_writer_prune(writer, &removed, NULL));
  assert_int_equal(removed, 0);
  commit(writer);
  index_writer_close(writer);
  /* Unchanged, changed, new: all were given. The rest goes, with the next commit. */
  writer = must_open(path);
  assert_int_equal(put_number(writer, 3), PUT_UNCHANGED);
  assert_int_equal(put_text(writer, "5", "changed"), PUT_CHANGED);
  assert_int_equal(put_text(writer, "13", "new"), PUT_ADDED);
  assert_true(index_writer_prune(writer, &removed, NULL));
  assert_int_equal(removed, ARTICLES - 2);
  assert_index_holds(path, "", ALL);
  assert_int_equal(index_writer_count(writer), 3);
  commit(writer);
  assert_index_holds(path, "", "3 5 13");
  index_writer_close(writer);
  /* A run that was given nothing. */
  writer = must_open(path);
  assert_true(index_writer_prune(writer, &removed, NULL));
  assert_int_equal(removed, 3);
  commit(writer);
  index_writer_close(writer);
  assert_index_holds(path, "", "");
}

static void test_one_writer(void **state)
{
  (void)state;
  g_autofree char *path = fresh_path();
  IndexWriter *writer = must_open(path);
  g_autoptr(GError) error = NULL;
  assert_null(index_writer_open(path, &error));
  assert_int_equal(error->code, SITREP_ERROR_INDEX);
  assert_non_null(strstr(error->message, "another sitrep-index is writing"));
  index_writer_close(writer);
  index_writer_close(must_open(path));
}

/* A hit that was deleted after it was found is told as gone. */
static void test_gone(void **state)
{
  (void)state;
  g_autofree char *path = fresh_path();
  g_autoptr(IndexWriter) writer = must_open(path);
  put_text(writer, "1", "kabul");
  put_text(writer, "2", "kabul");
  commit(writer);
  ShimDb *db = must_read(path);
  g_autoptr(Request) request = request_of("kabul");
  Answer *answer = must_answer(request, db);
  gboolean was_there;
  assert_true(index_writer_delete(writer, "1", &was_there, NULL));
  commit(writer);
  assert_int_equal(shim_db_reopen(db, NULL), SHIM_OK);
  Hit hit;
  assert_int_equal(answer_hit(answer, 0, &hit, NULL), HIT_GONE);
  assert_int_equal(answer_hit(answer, 1, &hit, NULL), HIT_OK);
  assert_string_equal(article_first(hit.article, FIELD_ID), "2");
  hit_clear(&hit);
  answer_free(answer);
  shim_db_free(db);
}

/* Articles that are odd but not wrong: nothing in them, words that are too long, long ids. */
static void test_odd_articles(void **state)
{
  (void)state;
  g_autofree char *path = fresh_path();
  g_autoptr(IndexWriter) writer = must_open(path);
  g_autoptr(Article) empty = article_new();
  article_add(empty, FIELD_ID, "1", -1);
  assert_int_equal(put(writer, empty), PUT_ADDED);
  g_autofree char *word = g_strnfill(5000, 'x');
  g_autofree char *body = g_strconcat("before ", word, " after", NULL);
  assert_int_equal(put_text(writer, "2", body), PUT_ADDED);
  g_autofree char *long_id = g_strnfill(3000, '7');
  g_autoptr(Article) named = article_of(long_id, "long id");
  article_add(named, FIELD_ACTOR, word, -1);
  article_add(named, FIELD_TOPIC, "!!!", -1);
  assert_int_equal(put(writer, named), PUT_ADDED);
  assert_int_equal(put(writer, named), PUT_UNCHANGED);
  commit(writer);
  assert_index_holds(path, "before after", "2");
  /* The word that was left out keeps its place. */
  assert_index_holds(path, "\"before after\"", "");
  ShimDb *db = must_read(path);
  g_autoptr(Article) by_id = answer_article(db, long_id, NULL);
  assert_non_null(by_id);
  g_autofree char *query = g_strconcat("actor:\"", word, "\"", NULL);
  g_autoptr(Request) request = request_of(query);
  g_autoptr(Answer) answer = must_answer(request, db);
  assert_int_equal(answer_size(answer), 1);
  shim_db_free(db);
}

/* Terms that every article has, in an index with gaps between the numbers of its documents: Xapian
 * 1.4.22 stumbles over those ("Unexpected end of posting list"). */
static void test_terms_of_all(void **state)
{
  (void)state;
  enum { N = 8000, KEPT = N / 2 };
  g_autofree char *path = fresh_path();
  IndexWriter *writer = must_open(path);
  for (guint i = 0; i < N; i++) {
    g_autofree char *id = g_strdup_printf("%u", i);
    g_autofree char *body = g_strdup_printf("common words %s", i % 4 == 1 ? "rare" : "none");
    g_autoptr(Article) article = article_of(id, body);
    article_add(article, FIELD_TITLE, "Heading", -1);
    article_add(article, FIELD_DATE, "2001-09-10", -1);
    article_add(article, FIELD_COUNTRY, "AF", -1);
    article_add(article, FIELD_SOURCE, "Wire Service", -1);
    put(writer, article);
  }
  for (guint i = 0; i < N; i++) {
    g_autofree char *id = g_strdup_printf("%u", i);
    gboolean was_there;
    if (i % 2 == 0) assert_true(index_writer_delete(writer, id, &was_there, NULL));
  }
  commit(writer);
  index_writer_close(writer);
  static const struct {
    const char *query;
    guint32 count;
  } rows[] = {
      {"", KEPT},
      {"common", KEPT},
      {"\"common\"", KEPT},
      {"\"common words\"", KEPT},
      {"heading", KEPT},
      {"title:heading", KEPT},
      {"lang:en", KEPT},
      {"country:af", KEPT},
      {"source:wire", KEPT},
      {"source:\"wire service\"", KEPT},
      {"date:2001", KEPT},
      {"date:2001-09", KEPT},
      {"date:2001-09-10", KEPT},
      {"date:2000..", KEPT},
      {"common rare", KEPT / 2},
      {"rare lang:en", KEPT / 2},
      {"rare title:heading source:wire date:2001", KEPT / 2},
      {"common -rare", KEPT / 2},
      {"country:af -rare", KEPT / 2},
      {"rare -common", 0},
      {"NOT common", 0},
      {"NOT country:af", 0},
      {"NOT rare", KEPT / 2},
      {"rare OR country:af", KEPT},
      {"rare OR -common", KEPT / 2},
      {"NOT (rare common)", KEPT / 2},
  };
  static const SortOrder sorts[] = {SORT_RELEVANCE, SORT_NEWEST, SORT_OLDEST};
  ShimDb *db = must_read(path);
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
    for (gsize s = 0; s < G_N_ELEMENTS(sorts) * 2; s++) {
      g_autoptr(Request) request = request_of(rows[i].query);
      request->sort = sorts[s / 2];
      if (s % 2 == 0) request->limit = 3;
      request->facets[FIELD_COUNTRY] = s % 2 == 0;
      g_autoptr(Answer) answer = must_answer(request, db);
      assert_int_equal(answer->total.lower, rows[i].count);
      assert_int_equal(answer->total.upper, rows[i].count);
      assert_int_equal(answer_size(answer), MIN(rows[i].count, request->limit));
    }
  shim_db_free(db);
}

/* An index and its copy in another order answer alike: numbers of documents say nothing. */
static void test_order_of_writing(void **state)
{
  (void)state;
  g_autofree char *path = fresh_path();
  g_autoptr(IndexWriter) writer = must_open(path);
  for (guint i = ARTICLES; i >= 1; i--) put_number(writer, i);
  commit(writer);
  ShimDb *db = must_read(path);
  static const char *const queries[] = {
      "attack", "war -peace", "country:af", "date:2001", "\"state of emergency\"", "title:army"};
  for (gsize i = 0; i < G_N_ELEMENTS(queries); i++) {
    g_autoptr(Request) request = request_of(queries[i]);
    g_autofree char *one = found(request, library);
    g_autofree char *two = found(request, db);
    assert_string_equal(one, two);
  }
  shim_db_free(db);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_words),
      cmocka_unit_test(test_languages),
      cmocka_unit_test(test_phrases),
      cmocka_unit_test(test_titles),
      cmocka_unit_test(test_countries),
      cmocka_unit_test(test_keywords),
      cmocka_unit_test(test_dates),
      cmocka_unit_test(test_filters),
      cmocka_unit_test(test_errors),
      cmocka_unit_test(test_error_places),
      cmocka_unit_test(test_understood),
      cmocka_unit_test(test_hint),
      cmocka_unit_test(test_order),
      cmocka_unit_test(test_pages),
      cmocka_unit_test(test_estimates),
      cmocka_unit_test(test_pages_of_ranks),
      cmocka_unit_test(test_scores),
      cmocka_unit_test(test_facets),
      cmocka_unit_test(test_facet_filters_and_labels),
      cmocka_unit_test(test_hits),
      cmocka_unit_test(test_highlights),
      cmocka_unit_test(test_random_queries),
      cmocka_unit_test(test_put),
      cmocka_unit_test(test_replace),
      cmocka_unit_test(test_commit),
      cmocka_unit_test(test_delete),
      cmocka_unit_test(test_prune),
      cmocka_unit_test(test_one_writer),
      cmocka_unit_test(test_gone),
      cmocka_unit_test(test_odd_articles),
      cmocka_unit_test(test_terms_of_all),
      cmocka_unit_test(test_order_of_writing),
  };
  return cmocka_run_group_tests(tests, enter, leave);
}
