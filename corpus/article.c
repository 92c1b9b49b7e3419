/* article.c - see article.h */
#include "article.h"

#include "country.h"
#include "date.h"
#include "fold.h"

#include <string.h>
#include <unicode/uloc.h>

/* A broken record may hold a million values that are none; one sentence says the rest. */
enum { NOTES_MAX = 20, QUOTE_MAX = 60 };

static const char derived_key[] = "derived", why_key[] = "why", geo_key[] = "geo";

typedef struct Values {
  GPtrArray *list;  /* char *, owned; NULL when there are none */
  GHashTable *seen; /* the same strings, once a field with many values is added to */
  GPtrArray *why;   /* char *, owned, a reason for each value; NULL when there are none */
} Values;

struct Article {
  Values fields[FIELD_COUNT];
  guint32 derived; /* bit n: the values of field n are sitrep's */
  GPtrArray *notes;
  GArray *places; /* ArticlePlace of each derived value of FIELD_PLACE, NULL when there are none */
};

G_STATIC_ASSERT(FIELD_COUNT <= 32);

/* ---- clean text ---- */

/* A copy of the bytes as valid UTF-8: NUL becomes a space, other bytes without meaning U+FFFD. */
static char *valid_utf8(const char *text, gsize len)
{
  const char *end;
  if (g_utf8_validate_len(text, len, &end)) return g_strndup(text, len);

  GString *out = g_string_sized_new(len + 2 * sizeof "\uFFFD");
  for (;;) {
    gsize good = (gsize)(end - text);
    g_string_append_len(out, text, (gssize)good);
    text += good;
    len -= good;
    if (len == 0) return g_string_free(out, FALSE);
    g_string_append(out, *text == '\0' ? " " : "\uFFFD");
    text++;
    len--;
    g_utf8_validate_len(text, len, &end);
  }
}

/* In place: CR LF becomes LF, control characters but LF and tab a space. */
static void blank_controls(char *text)
{
  char *out = text;
  for (const char *at = text; *at != '\0'; at++) {
    guchar c = (guchar)*at;
    if (c == '\r' && at[1] == '\n') continue;
    if (c == 0xC2 && (guchar)at[1] < 0xA0) { /* U+0080 to U+009F */
      c = ' ';
      at++;
    } else if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F) {
      c = ' ';
    }
    *out++ = (char)c;
  }
  *out = '\0';
}

/* In place: drops white space, as Unicode defines it, at both ends. */
static void trim(char *text)
{
  const char *start = text;
  while (*start != '\0' && g_unichar_isspace(g_utf8_get_char(start)))
    start = g_utf8_next_char(start);
  const char *end = start + strlen(start);
  while (end > start) {
    const char *last = g_utf8_prev_char(end);
    if (!g_unichar_isspace(g_utf8_get_char(last))) break;
    end = last;
  }
  gsize len = (gsize)(end - start);
  memmove(text, start, len);
  text[len] = '\0';
}

/* In place: every run of white space becomes one space. */
static void squeeze(char *text)
{
  char *out = text;
  for (const char *at = text; *at != '\0';) {
    const char *next = g_utf8_next_char(at);
    if (!g_unichar_isspace(g_utf8_get_char(at))) {
      while (at < next) *out++ = *at++;
    } else if (out == text || out[-1] != ' ') {
      *out++ = ' ';
    }
    at = next;
  }
  *out = '\0';
}

static char *clean(FieldId field, const char *text, gsize len)
{
  char *value = valid_utf8(text, len);
  blank_controls(value);
  trim(value);
  if (schema_field(field)->kind != KIND_TEXT) squeeze(value);
  return value;
}

/* ---- languages ---- */

typedef struct Language {
  const char *code;
  const char *names[4]; /* as fold_name() returns them; also the codes of ISO 639-2/B */
} Language;

enum { LANGUAGE_NAME_MAX = 64 };

/* clang-format off */
static const Language languages[] = {
    {"am", {"amharic", "አማርኛ"}},
    {"ar", {"arabic", "العربيه", "عربي"}},
    {"az", {"azerbaijani", "azeri", "azarbaycanca"}},
    {"be", {"belarusian", "беларуская"}},
    {"bg", {"bulgarian", "български"}},
    {"bn", {"bengali", "bangla", "বাংলা"}},
    {"bs", {"bosnian", "bosanski"}},
    {"ca", {"catalan", "catala"}},
    {"cs", {"czech", "cestina", "cze"}},
    {"da", {"danish", "dansk"}},
    {"de", {"german", "deutsch", "ger"}},
    {"el", {"greek", "ελληνικα", "gre"}},
    {"en", {"english"}},
    {"es", {"spanish", "espanol", "castilian", "castellano"}},
    {"et", {"estonian", "eesti"}},
    {"fa", {"persian", "farsi", "فارسي", "per"}},
    {"fi", {"finnish", "suomi"}},
    {"fr", {"french", "francais", "fre"}},
    {"gu", {"gujarati", "ગુજરાતી"}},
    {"ha", {"hausa"}},
    {"he", {"hebrew", "עברית"}},
    {"hi", {"hindi", "हिन्दी", "हिंदी"}},
    {"hr", {"croatian", "hrvatski"}},
    {"hu", {"hungarian", "magyar"}},
    {"hy", {"armenian", "հայերեն", "arm"}},
    {"id", {"indonesian", "bahasa indonesia"}},
    {"it", {"italian", "italiano"}},
    {"ja", {"japanese", "日本語"}},
    {"ka", {"georgian", "ქართული", "geo"}},
    {"kk", {"kazakh", "қазақша"}},
    {"km", {"khmer", "ខ្មែរ"}},
    {"ko", {"korean", "한국어"}},
    {"ku", {"kurdish", "kurdi", "kurmanji"}},
    {"lo", {"lao", "ລາວ"}},
    {"lt", {"lithuanian", "lietuviu"}},
    {"lv", {"latvian", "latviesu"}},
    {"mk", {"macedonian", "македонски", "mac"}},
    {"mr", {"marathi", "मराठी"}},
    {"ms", {"malay", "bahasa melayu", "may"}},
    {"my", {"burmese", "မြန်မာ", "bur"}},
    {"ne", {"nepali", "नेपाली"}},
    {"nl", {"dutch", "nederlands", "flemish", "dut"}},
    {"no", {"norwegian", "norsk"}},
    {"pa", {"punjabi", "ਪੰਜਾਬੀ"}},
    {"pl", {"polish", "polski"}},
    {"ps", {"pashto", "پښتو"}},
    {"pt", {"portuguese", "portugues", "brazilian portuguese"}},
    {"ro", {"romanian", "romana", "rum"}},
    {"ru", {"russian", "русский"}},
    {"si", {"sinhala", "සිංහල"}},
    {"sk", {"slovak", "slovencina", "slo"}},
    {"sl", {"slovenian", "slovene", "slovenscina"}},
    {"so", {"somali", "soomaali"}},
    {"sq", {"albanian", "shqip", "alb"}},
    {"sr", {"serbian", "српски", "srpski"}},
    {"sv", {"swedish", "svenska"}},
    {"sw", {"swahili", "kiswahili"}},
    {"ta", {"tamil", "தமிழ்"}},
    {"te", {"telugu", "తెలుగు"}},
    {"th", {"thai", "ไทย"}},
    {"ti", {"tigrinya", "ትግርኛ"}},
    {"tl", {"tagalog", "filipino"}},
    {"tr", {"turkish", "turkce"}},
    {"uk", {"ukrainian", "українська"}},
    {"ur", {"urdu", "اردو"}},
    {"uz", {"uzbek", "ozbekcha"}},
    {"vi", {"vietnamese", "tieng viet"}},
    {"zh", {"chinese", "中文", "mandarin", "chi"}},
    {"und", {"undetermined", "unknown"}},
};
/* clang-format on */

static gboolean has_name(const Language *language, const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS(language->names) && language->names[i] != NULL; i++)
    if (strcmp(language->names[i], key) == 0) return TRUE;
  return FALSE;
}

static const char *language_by_name(const char *name)
{
  if (strlen(name) > LANGUAGE_NAME_MAX) return NULL;
  g_autofree char *key = fold_name(name, -1);
  for (gsize i = 0; i < G_N_ELEMENTS(languages); i++)
    if (has_name(&languages[i], key)) return languages[i].code;
  return NULL;
}

/* The code "en" of "EN", "en-GB", "en_US.UTF-8"; NULL when the value is no code. */
static char *language_code(const char *value)
{
  gsize len = strcspn(value, "-_");
  if (len != 2 && len != 3) return NULL;
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isalpha(value[i])) return NULL;
  return g_ascii_strdown(value, (gssize)len);
}

static char *read_language(const char *value)
{
  g_autofree char *code = language_code(value);
  const char *known = language_by_name(code != NULL ? code : value);
  if (known != NULL) return g_strdup(known);
  if (code == NULL) return NULL;

  /* ICU knows that "eng" is "en", and that "iw" is now "he". */
  char tag[ULOC_LANG_CAPACITY];
  UErrorCode err = U_ZERO_ERROR;
  int32_t len = uloc_toLanguageTag(code, tag, sizeof tag, FALSE, &err);
  gboolean usable = U_SUCCESS(err) && len > 0 && len < (int32_t)sizeof tag;
  return usable ? g_strndup(tag, (gsize)len) : g_steal_pointer(&code);
}

/* ---- values of fields that have a written form ---- */

static char *read_date(const char *value)
{
  Date date;
  if (!date_parse(value, -1, &date)) return NULL;
  char text[DATE_TEXT_SIZE];
  date_format(date, text);
  return g_strdup(text);
}

static char *read_country(const char *value)
{
  const Country *country = country_find(value, -1);
  return country == NULL ? NULL : g_strdup(country->alpha2);
}

static void note(Article *article, const char *what, const char *value, const char *outcome)
{
  if (article->notes == NULL) article->notes = g_ptr_array_new_with_free_func(g_free);
  if (article->notes->len > NOTES_MAX) return;
  if (article->notes->len == NOTES_MAX) {
    g_ptr_array_add(article->notes, g_strdup("More values of this article were not understood"));
    return;
  }
  gboolean whole = g_utf8_strlen(value, -1) <= QUOTE_MAX;
  g_autofree char *quote = g_utf8_substring(value, 0, whole ? -1 : QUOTE_MAX);
  g_ptr_array_add(article->notes, g_strdup_printf("The %s \"%s%s\" was not understood and %s", what,
                                                  quote, whole ? "" : "...", outcome));
}

/* Turns a clean value into the one to keep, NULL for none; FALSE when it was not understood. */
static gboolean normalise(Article *article, FieldId field, char **value)
{
  static const char kept[] = "is kept as it is";
  const Field *row = schema_field(field);
  g_autofree char *given = g_steal_pointer(value);

  if (field == FIELD_LANG) {
    *value = read_language(given);
    if (*value != NULL) return TRUE;
    note(article, "language", given, kept);
    *value = g_utf8_strdown(given, -1);
    return FALSE;
  }
  if (row->kind == KIND_DATE) {
    *value = read_date(given);
    if (*value != NULL) return TRUE;
    note(article, "date", given, "is left out");
    return FALSE;
  }
  if (row->kind == KIND_COUNTRY) {
    *value = read_country(given);
    if (*value != NULL) return TRUE;
    note(article, "country", given, kept);
    *value = g_steal_pointer(&given);
    return FALSE;
  }
  *value = g_steal_pointer(&given);
  return TRUE;
}

/* ---- the article ---- */

Article *article_new(void)
{
  return g_new0(Article, 1);
}

void article_free(Article *article)
{
  if (article == NULL) return;
  for (int i = 0; i < FIELD_COUNT; i++) article_clear(article, (FieldId)i);
  if (article->notes != NULL) g_ptr_array_unref(article->notes);
  g_free(article);
}

void article_clear(Article *article, FieldId field)
{
  Values *values = &article->fields[field];
  g_clear_pointer(&values->seen, g_hash_table_unref);
  g_clear_pointer(&values->list, g_ptr_array_unref);
  g_clear_pointer(&values->why, g_ptr_array_unref);
  if (field == FIELD_PLACE) g_clear_pointer(&article->places, g_array_unref);
  article->derived &= ~(1u << field);
}

const GPtrArray *article_values(const Article *article, FieldId field)
{
  return article->fields[field].list;
}

const char *article_first(const Article *article, FieldId field)
{
  const GPtrArray *list = article->fields[field].list;
  return list == NULL ? NULL : list->pdata[0];
}

gboolean article_is_derived(const Article *article, FieldId field)
{
  return (article->derived >> field & 1) != 0;
}

const GPtrArray *article_notes(const Article *article)
{
  return article->notes;
}

static void append(Values *values, char *value)
{
  if (values->list == NULL) values->list = g_ptr_array_new_with_free_func(g_free);
  g_ptr_array_add(values->list, value);
}

/* A set, not a loop over the list: a broken record may name a million tags. */
static void append_new(Values *values, char *value)
{
  if (values->seen == NULL) {
    values->seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; values->list != NULL && i < values->list->len; i++)
      g_hash_table_add(values->seen, values->list->pdata[i]);
  }
  if (g_hash_table_contains(values->seen, value)) {
    g_free(value);
    return;
  }
  append(values, value);
  g_hash_table_add(values->seen, value);
}

/* Whether one more value of that origin can change the field. */
static gboolean accepts(const Article *article, FieldId field, gboolean derived)
{
  if (article->fields[field].list == NULL) return TRUE;
  if (article_is_derived(article, field) != derived) return !derived;
  return schema_field(field)->many;
}

static gboolean add(Article *article, FieldId field, const char *text, gssize len, gboolean derived)
{
  gsize bytes = len < 0 ? strlen(text) : (gsize)len;
  if (bytes == 0 || !accepts(article, field, derived)) return TRUE;

  char *value = clean(field, text, bytes);
  if (*value == '\0') {
    g_free(value);
    return TRUE;
  }
  gboolean understood = normalise(article, field, &value);
  if (value == NULL) return understood;

  if (article_is_derived(article, field) && !derived) article_clear(article, field);
  if (derived) article->derived |= 1u << field;
  if (schema_field(field)->many)
    append_new(&article->fields[field], value);
  else
    append(&article->fields[field], value);
  return understood;
}

gboolean article_add(Article *article, FieldId field, const char *text, gssize len)
{
  return add(article, field, text, len, FALSE);
}

gboolean article_add_derived(Article *article, FieldId field, const char *text, gssize len)
{
  return add(article, field, text, len, TRUE);
}

static guint count_values(const Article *article, FieldId field)
{
  const GPtrArray *list = article->fields[field].list;
  return list == NULL ? 0 : list->len;
}

/* The reason of the last value; values before it without one get "". */
static void keep_why(Values *values, const char *why, gsize len)
{
  if (values->why == NULL) values->why = g_ptr_array_new_with_free_func(g_free);
  while (values->why->len + 1 < values->list->len) g_ptr_array_add(values->why, g_strdup(""));
  g_ptr_array_add(values->why, g_strndup(why, len));
}

/* TRUE when a value was added; *understood is article_add_derived()'s answer. */
static gboolean derive(Article *article, FieldId field, const char *text, const char *why,
                       gboolean *understood)
{
  guint before = count_values(article, field);
  *understood = add(article, field, text, -1, TRUE);
  if (count_values(article, field) == before) return FALSE;
  if (why == NULL || *why == '\0') return TRUE;
  gsize len = MIN(strlen(why), (gsize)ARTICLE_WHY_MAX);
  while (len > 0 && why[len] != '\0' && ((guchar)why[len] & 0xC0) == 0x80) len--;
  keep_why(&article->fields[field], why, len);
  return TRUE;
}

gboolean article_derive(Article *article, FieldId field, const char *text, const char *why)
{
  gboolean understood;
  derive(article, field, text, why, &understood);
  return understood;
}

static double round_degrees(double degrees)
{
  return (degrees < 0 ? (int)(degrees * 100 - 0.5) : (int)(degrees * 100 + 0.5)) / 100.0;
}

gboolean article_derive_place(Article *article, const char *name, const char *why,
                              const char *alpha2, double latitude, double longitude)
{
  gboolean understood;
  if (!derive(article, FIELD_PLACE, name, why, &understood)) return understood;
  if (article->places == NULL) article->places = g_array_new(FALSE, TRUE, sizeof(ArticlePlace));
  ArticlePlace place = {.latitude = round_degrees(latitude), .longitude = round_degrees(longitude)};
  g_strlcpy(place.alpha2, alpha2, sizeof place.alpha2);
  g_array_set_size(article->places, count_values(article, FIELD_PLACE));
  g_array_index(article->places, ArticlePlace, article->places->len - 1) = place;
  return understood;
}

const char *article_why(const Article *article, FieldId field, guint n)
{
  const GPtrArray *why = article->fields[field].why;
  return why == NULL || n >= why->len ? "" : why->pdata[n];
}

const ArticlePlace *article_place(const Article *article, guint n)
{
  if (article->places == NULL || n >= article->places->len) return NULL;
  return &g_array_index(article->places, ArticlePlace, n);
}

/* ---- JSON ---- */

static json_t *values_to_json(const Field *row, const GPtrArray *list)
{
  if (!row->many) return json_string_nocheck(list->pdata[0]);
  json_t *array = json_array();
  for (guint i = 0; i < list->len; i++)
    json_array_append_new(array, json_string_nocheck(list->pdata[i]));
  return array;
}

static void add_why(json_t *object, const Article *article)
{
  json_t *why = json_object();
  for (int i = 0; i < FIELD_COUNT; i++) {
    const GPtrArray *reasons = article->fields[i].why;
    if (reasons == NULL) continue;
    json_t *array = json_array();
    for (guint n = 0; n < reasons->len; n++)
      json_array_append_new(array, json_string_nocheck(reasons->pdata[n]));
    json_object_set_new_nocheck(why, schema_field((FieldId)i)->name, array);
  }
  if (json_object_size(why) > 0) json_object_set_nocheck(object, why_key, why);
  json_decref(why);
}

static void add_geo(json_t *object, const Article *article)
{
  if (article->places == NULL) return;
  json_t *geo = json_array();
  for (guint i = 0; i < article->places->len; i++) {
    const ArticlePlace *place = article_place(article, i);
    json_array_append_new(geo, json_pack("{s:s, s:s, s:f, s:f}", "place",
                                         (const char *)article->fields[FIELD_PLACE].list->pdata[i],
                                         "country", place->alpha2, "lat", place->latitude, "lon",
                                         place->longitude));
  }
  json_object_set_new_nocheck(object, geo_key, geo);
}

json_t *article_to_json(const Article *article)
{
  json_t *object = json_object();
  json_t *derived = json_array();
  for (int i = 0; i < FIELD_COUNT; i++) {
    const GPtrArray *list = article->fields[i].list;
    if (list == NULL) continue;
    const Field *row = schema_field((FieldId)i);
    json_object_set_new_nocheck(object, row->name, values_to_json(row, list));
    if (article_is_derived(article, (FieldId)i))
      json_array_append_new(derived, json_string(row->name));
  }
  if (json_array_size(derived) > 0) json_object_set_nocheck(object, derived_key, derived);
  json_decref(derived);
  add_why(object, article);
  add_geo(object, article);
  return object;
}

static int append_dump(const char *text, size_t len, void *out)
{
  g_string_append_len(out, text, (gssize)len);
  return 0;
}

char *article_dump(const Article *article)
{
  GString *out = g_string_sized_new(4096);
  json_t *object = article_to_json(article);
  /* Only without memory does it fail, and then GLib gives up as well. */
  if (json_dump_callback(object, append_dump, out, JSON_COMPACT | JSON_REAL_PRECISION(7)) != 0)
    g_error("out of memory");
  json_decref(object);
  return g_string_free(out, FALSE);
}

static gboolean load_value(Values *values, const json_t *json)
{
  gsize len = json_string_length(json); /* 0 as well when it is no string */
  if (len > 0) append(values, g_strndup(json_string_value(json), len));
  return len > 0;
}

static gboolean load_field(Values *values, const Field *row, const json_t *json)
{
  if (!row->many) return load_value(values, json);
  gsize n = json_array_size(json); /* 0 as well when it is no array */
  for (gsize i = 0; i < n; i++)
    if (!load_value(values, json_array_get(json, i))) return FALSE;
  return n > 0;
}

static gboolean load_derived(Article *article, const json_t *json)
{
  gsize n = json_array_size(json);
  for (gsize i = 0; i < n; i++) {
    const json_t *name = json_array_get(json, i);
    if (!json_is_string(name)) return FALSE;
    int field = schema_find(json_string_value(name), json_string_length(name));
    if (field >= 0 && article->fields[field].list != NULL) article->derived |= 1u << field;
  }
  return n > 0;
}

/* Reasons and coordinates stand beside the values; what does not fit them is left out. */
static void load_why(Article *article, const json_t *why)
{
  for (int i = 0; i < FIELD_COUNT; i++) {
    Values *values = &article->fields[i];
    const json_t *reasons = json_object_get(why, schema_field((FieldId)i)->name);
    gsize n = MIN(json_array_size(reasons), count_values(article, (FieldId)i));
    for (gsize k = 0; k < n; k++) {
      const json_t *reason = json_array_get(reasons, k);
      if (values->why == NULL) values->why = g_ptr_array_new_with_free_func(g_free);
      g_ptr_array_add(values->why,
                      g_strndup(json_is_string(reason) ? json_string_value(reason) : "",
                                json_string_length(reason)));
    }
  }
}

static void load_geo(Article *article, const json_t *geo)
{
  gsize n = MIN(json_array_size(geo), count_values(article, FIELD_PLACE));
  if (n == 0) return;
  article->places = g_array_new(FALSE, TRUE, sizeof(ArticlePlace));
  g_array_set_size(article->places, (guint)n);
  for (gsize i = 0; i < n; i++) {
    ArticlePlace *place = &g_array_index(article->places, ArticlePlace, i);
    const json_t *object = json_array_get(geo, i);
    const char *country = json_string_value(json_object_get(object, "country"));
    g_strlcpy(place->alpha2, country == NULL ? "" : country, sizeof place->alpha2);
    place->latitude = json_number_value(json_object_get(object, "lat"));
    place->longitude = json_number_value(json_object_get(object, "lon"));
  }
}

static gboolean load_object(Article *article, const json_t *object)
{
  if (!json_is_object(object)) return FALSE;
  for (int i = 0; i < FIELD_COUNT; i++) {
    const Field *row = schema_field((FieldId)i);
    const json_t *json = json_object_get(object, row->name);
    if (json != NULL && !load_field(&article->fields[i], row, json)) return FALSE;
  }
  load_why(article, json_object_get(object, why_key));
  load_geo(article, json_object_get(object, geo_key));
  const json_t *derived = json_object_get(object, derived_key);
  return derived == NULL || load_derived(article, derived);
}

Article *article_load(const char *text, gsize len)
{
  json_t *object = json_loadb(text, len, 0, NULL);
  g_autoptr(Article) article = article_new();
  gboolean loaded = load_object(article, object);
  json_decref(object);
  return loaded ? g_steal_pointer(&article) : NULL;
}

/* ---- identity ---- */

void article_ensure_id(Article *article)
{
  if (article_first(article, FIELD_ID) != NULL) return;
  const char *url = article_first(article, FIELD_URL);
  if (url != NULL) {
    article_add_derived(article, FIELD_ID, url, -1);
    return;
  }
  g_autofree char *dump = article_dump(article);
  g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, dump, -1);
  g_autofree char *id = g_strdup_printf("sha256:%.24s", digest);
  article_add_derived(article, FIELD_ID, id, -1);
}
