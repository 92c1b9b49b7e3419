/* article_pack.c - articles as an index stores them; see article.h */
#include <string.h>

#include "article_parts.h"

static const char derived_key[] = "derived", cut_key[] = "cut";

/* What parts values and their units: no value holds a control character but newline and tab. */
enum { RECORD_END = '\x1E', UNIT_START = '\x1F' };

static void pack_value(GString *out, const Article *article, FieldId field, guint n)
{
  const char *why = article_why(article, field, n);
  const ArticlePlace *place = field == FIELD_PLACE ? article_place(article, n) : NULL;
  g_string_append(out, schema_field(field)->name);
  g_string_append_c(out, '=');
  g_string_append(out, article->fields[field].list->pdata[n]);
  if (*why != '\0' || place != NULL) {
    g_string_append_c(out, UNIT_START);
    g_string_append(out, why);
  }
  if (place != NULL)
    g_string_append_printf(out, "%c%s %d %d", UNIT_START, place->alpha2,
                           article_hundredths(place->latitude),
                           article_hundredths(place->longitude));
  g_string_append_c(out, RECORD_END);
}

char *article_pack(const Article *article)
{
  GString *out = g_string_sized_new(4096);
  for (int i = 0; i < FIELD_COUNT; i++)
    for (guint n = 0; n < values_count(&article->fields[i]); n++)
      pack_value(out, article, (FieldId)i, n);
  for (int i = 0; i < FIELD_COUNT; i++)
    if (article_is_derived(article, (FieldId)i))
      g_string_append_printf(out, "%s=%s%c", derived_key, schema_field((FieldId)i)->name,
                             RECORD_END);
  const GArray *cuts = article_cuts(article);
  for (guint i = 0; cuts != NULL && i < cuts->len; i++) {
    const Cut *cut = &g_array_index(cuts, Cut, i);
    g_string_append_printf(out, "%s=%" G_GSIZE_FORMAT " %" G_GSIZE_FORMAT " %s%c", cut_key,
                           cut->start, cut->end, cut->why, RECORD_END);
  }
  return g_string_free(out, FALSE);
}

/* Bytes of a record; `text` may be NULL when there are none. */
typedef struct Part {
  const char *text;
  gsize len;
} Part;

/* Cuts what is before the first `mark` off the rest; all of it when there is none. */
static Part cut(Part *rest, char mark)
{
  const char *end = rest->len == 0 ? NULL : memchr(rest->text, mark, rest->len);
  Part part = *rest;
  if (end == NULL) {
    *rest = (Part){NULL, 0};
    return part;
  }
  part.len = (gsize)(end - rest->text);
  *rest = (Part){end + 1, rest->len - part.len - 1};
  return part;
}

/* Reads hundredths of a degree, at most `limit` degrees from 0. */
static gboolean unpack_degrees(Part part, int limit, double *degrees)
{
  char text[8];
  char *end;
  if (part.len == 0 || part.len >= sizeof text) return FALSE;
  memcpy(text, part.text, part.len);
  text[part.len] = '\0';
  gint64 n = g_ascii_strtoll(text, &end, 10);
  *degrees = (double)n / 100;
  return *end == '\0' && ABS(n) <= (gint64)limit * 100;
}

/* Takes "AF 3453 6918", where the last value is. */
static gboolean unpack_place(Article *article, Part unit)
{
  ArticlePlace place = {0};
  Part code = cut(&unit, ' '), north = cut(&unit, ' ');
  if (code.len > 0 && !article_is_alpha2(code.text, code.len)) return FALSE;
  if (code.len > 0) memcpy(place.alpha2, code.text, code.len);
  if (!unpack_degrees(north, 90, &place.latitude) || !unpack_degrees(unit, 180, &place.longitude))
    return FALSE;
  article_keep_place(article, &place);
  return TRUE;
}

static gboolean unpack_number(Part part, gsize *number)
{
  char text[24];
  guint64 n;
  if (part.len >= sizeof text) return FALSE;
  memcpy(text, part.text, part.len);
  text[part.len] = '\0';
  gboolean ok = g_ascii_string_to_unsigned(text, 10, 0, G_MAXSIZE, &n, NULL);
  *number = ok ? (gsize)n : 0;
  return ok;
}

/* Takes "4411 4795 disclaimer". */
static gboolean unpack_cut(Article *article, Part record)
{
  gsize from, to;
  Part start = cut(&record, ' '), end = cut(&record, ' ');
  if (start.len == 0 || end.len == 0) return FALSE;
  if (!unpack_number(start, &from) || !unpack_number(end, &to)) return FALSE;
  g_autofree char *why = g_strndup(record.len == 0 ? "" : record.text, record.len);
  return article_cut(article, from, to, why);
}

static gboolean is_called(Part name, const char *key)
{
  return name.len == strlen(key) && memcmp(name.text, key, name.len) == 0;
}

static gboolean unpack_derived(Article *article, Part name)
{
  int field = schema_find(name.text, name.len);
  if (field >= 0 && article->fields[field].list != NULL) article->derived |= 1u << field;
  return TRUE;
}

static gboolean unpack_field(Article *article, FieldId field, Part record)
{
  Values *values = &article->fields[field];
  if (values->list != NULL && !schema_field(field)->many) return FALSE;
  Part value = cut(&record, UNIT_START), why = cut(&record, UNIT_START),
       place = cut(&record, UNIT_START);
  if (value.len == 0) return FALSE;
  values_append(values, g_strndup(value.text, value.len));
  if (why.len > 0) values_keep_why(values, g_strndup(why.text, why.len));
  return field != FIELD_PLACE || place.len == 0 || unpack_place(article, place);
}

/* Takes one record; what a later schema adds is passed over. */
static gboolean unpack_record(Article *article, Part record)
{
  Part name = cut(&record, '=');
  if (name.len == 0 || record.len == 0) return FALSE;
  if (is_called(name, derived_key)) return unpack_derived(article, record);
  if (is_called(name, cut_key)) return unpack_cut(article, record);
  int field = schema_find(name.text, name.len);
  return field < 0 || unpack_field(article, (FieldId)field, record);
}

Article *article_unpack(const char *text, gsize len)
{
  if (len == 0 || text[len - 1] != RECORD_END || !g_utf8_validate_len(text, len, NULL)) return NULL;
  g_autoptr(Article) article = article_new();
  for (Part rest = {text, len}; rest.len > 0;)
    if (!unpack_record(article, cut(&rest, RECORD_END))) return NULL;
  return g_steal_pointer(&article);
}
