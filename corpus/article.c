/* article.c - see article.h */
#include "article.h"

#include "country.h"
#include "date.h"
#include "fold.h"

#include <string.h>
#include <unicode/uloc.h>

/* A broken record may hold a million values that are none; one sentence says the rest. */
enum { NOTES_MAX = 20, QUOTE_MAX = 60 };

static const char derived_key[] = "derived";

typedef struct Values {
  GPtrArray *list;  /* char *, owned; NULL when there are none */
  GHashTable *seen; /* the same strings, once a field with many values is added to */
} Values;

struct Article {
  Values fields[FIELD_COUNT];
  guint32 derived; /* bit n: the values of field n are sitrep's */
  GPtrArray *notes;
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

/* ---- JSON ---- */

static json_t *values_to_json(const Field *row, const GPtrArray *list)
{
  if (!row->many) return json_string_nocheck(list->pdata[0]);
  json_t *array = json_array();
  for (guint i = 0; i < list->len; i++)
    json_array_append_new(array, json_string_nocheck(list->pdata[i]));
  return array;
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
  if (json_dump_callback(object, append_dump, out, JSON_COMPACT) != 0) g_error("out of memory");
  json_decref(object);
  return g_string_free(out, FALSE);
}

/* ---- what an index stores ---- */

/* Ends each value there: no value holds a control character but newline and tab. */
enum { RECORD_END = '\x1E' };

static void pack_value(GString *out, const char *name, const char *value)
{
  g_string_append(out, name);
  g_string_append_c(out, '=');
  g_string_append(out, value);
  g_string_append_c(out, RECORD_END);
}

char *article_pack(const Article *article)
{
  GString *out = g_string_sized_new(4096);
  for (int i = 0; i < FIELD_COUNT; i++) {
    const GPtrArray *list = article->fields[i].list;
    for (guint n = 0; list != NULL && n < list->len; n++)
      pack_value(out, schema_field((FieldId)i)->name, g_ptr_array_index(list, n));
  }
  for (int i = 0; i < FIELD_COUNT; i++)
    if (article_is_derived(article, (FieldId)i))
      pack_value(out, derived_key, schema_field((FieldId)i)->name);
  return g_string_free(out, FALSE);
}

static gboolean is_derived_key(const char *name, gsize len)
{
  return len == strlen(derived_key) && memcmp(name, derived_key, len) == 0;
}

/* Takes one "name=value"; what a later schema adds is passed over. */
static gboolean unpack_value(Article *article, const char *record, gsize len)
{
  const char *equals = memchr(record, '=', len);
  gsize name_len = equals == NULL ? len : (gsize)(equals - record);
  if (name_len + 1 >= len) return FALSE;
  const char *value = equals + 1;
  gsize value_len = len - name_len - 1;
  gboolean derived = is_derived_key(record, name_len);
  int field = derived ? schema_find(value, value_len) : schema_find(record, name_len);
  if (field < 0) return TRUE;
  Values *values = &article->fields[field];
  if (derived) {
    if (values->list != NULL) article->derived |= 1u << field;
    return TRUE;
  }
  if (values->list != NULL && !schema_field((FieldId)field)->many) return FALSE;
  append(values, g_strndup(value, value_len));
  return TRUE;
}

Article *article_unpack(const char *text, gsize len)
{
  if (len == 0 || !g_utf8_validate_len(text, len, NULL)) return NULL;
  g_autoptr(Article) article = article_new();
  for (const char *end; len > 0; len -= (gsize)(end + 1 - text), text = end + 1) {
    end = memchr(text, RECORD_END, len);
    if (end == NULL || !unpack_value(article, text, (gsize)(end - text))) return NULL;
  }
  return g_steal_pointer(&article);
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
