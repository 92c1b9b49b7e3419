/* article.c - see article.h; packing is in article_pack.c */
#include "article_parts.h"

#include "country.h"
#include "date.h"
#include "language.h"

#include <string.h>

/* A broken record may hold a million values that are none; one sentence says the rest. */
enum { NOTES_MAX = 20, QUOTE_MAX = 60 };

static const char derived_key[] = "derived", why_key[] = "why", geo_key[] = "geo",
                  cut_key[] = "cut";

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
    *value = language_read(given);
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
  if (field == FIELD_BODY) g_clear_pointer(&article->cuts, cuts_free);
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

void values_append(Values *values, char *value)
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
  values_append(values, value);
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
    values_append(&article->fields[field], value);
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

void values_keep_why(Values *values, char *why)
{
  if (values->why == NULL) values->why = g_ptr_array_new_with_free_func(g_free);
  while (values->why->len + 1 < values->list->len) g_ptr_array_add(values->why, g_strdup(""));
  g_ptr_array_add(values->why, why);
}

/* TRUE when a value was added; *understood is article_add_derived()'s answer. */
static gboolean derive(Article *article, FieldId field, const char *text, const char *why,
                       gboolean *understood)
{
  guint before = values_count(&article->fields[field]);
  *understood = add(article, field, text, -1, TRUE);
  if (values_count(&article->fields[field]) == before) return FALSE;
  if (why == NULL) return TRUE;
  gsize len = MIN(strlen(why), (gsize)ARTICLE_WHY_MAX);
  while (len > 0 && ((guchar)why[len] & 0xC0) == 0x80) len--;
  char *reason = clean(field, why, len);
  if (*reason != '\0')
    values_keep_why(&article->fields[field], reason);
  else
    g_free(reason);
  return TRUE;
}

gboolean article_derive(Article *article, FieldId field, const char *text, const char *why)
{
  gboolean understood;
  derive(article, field, text, why, &understood);
  return understood;
}

gboolean article_is_alpha2(const char *code, gsize len)
{
  return len == 2 && g_ascii_isupper(code[0]) && g_ascii_isupper(code[1]);
}

/* What stands for a value without place: a spot in the sea. */
static gboolean is_nowhere(const ArticlePlace *place)
{
  return place->alpha2[0] == '\0' && place->latitude == 0 && place->longitude == 0;
}

void article_keep_place(Article *article, const ArticlePlace *place)
{
  if (is_nowhere(place)) return;
  if (article->places == NULL) article->places = g_array_new(FALSE, TRUE, sizeof(ArticlePlace));
  g_array_set_size(article->places, values_count(&article->fields[FIELD_PLACE]));
  g_array_index(article->places, ArticlePlace, article->places->len - 1) = *place;
}

int article_hundredths(double degrees)
{
  return (int)(degrees * 100 + (degrees < 0 ? -0.5 : 0.5));
}

gboolean article_derive_place(Article *article, const char *name, const char *why,
                              const char *alpha2, double latitude, double longitude)
{
  gboolean understood;
  if (!derive(article, FIELD_PLACE, name, why, &understood)) return understood;
  ArticlePlace place = {.latitude = article_hundredths(latitude) / 100.0,
                        .longitude = article_hundredths(longitude) / 100.0};
  if (article_is_alpha2(alpha2, strlen(alpha2))) memcpy(place.alpha2, alpha2, sizeof place.alpha2);
  article_keep_place(article, &place);
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
  const ArticlePlace *place = &g_array_index(article->places, ArticlePlace, n);
  return is_nowhere(place) ? NULL : place;
}

gboolean article_cut(Article *article, gsize start, gsize end, const char *why)
{
  const char *body = article_first(article, FIELD_BODY);
  if (body == NULL) return FALSE;
  if (article->cuts == NULL) article->cuts = cuts_new();
  return cuts_add(article->cuts, body, start, end, why);
}

const GArray *article_cuts(const Article *article)
{
  const GArray *list = article->cuts == NULL ? NULL : cuts_list(article->cuts);
  return list == NULL || list->len == 0 ? NULL : list;
}

const char *article_text(const Article *article)
{
  const char *body = article_first(article, FIELD_BODY);
  return article_cuts(article) == NULL ? body : cuts_text(article->cuts, body);
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
    if (place == NULL) continue;
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
  if (article_cuts(article) != NULL)
    json_object_set_new_nocheck(object, cut_key,
                                cuts_to_json(article->cuts, article_first(article, FIELD_BODY)));
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
