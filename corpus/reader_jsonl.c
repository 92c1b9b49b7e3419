/* reader_jsonl.c - JSON Lines: one object a line, an article each.
 *
 * Names of fields are those of the user's map, then those of the schema. When several keys mean one
 * field, mapped keys come first, then the schema's name, then its other names in their order,
 * whatever the order in the object. */
#include "reader.h"

#include <string.h>

/* Lists within lists beyond this are not looked into. */
enum { VALUE_DEPTH = 8 };

typedef struct JsonlReader {
  TextStream *stream;
  GHashTable *map; /* the caller's; may be NULL */
  guint64 record;
  gboolean ended;
} JsonlReader;

/* ---- parsing -------------------------------------------------------------------------------- */

/* The code unit that "\uXXXX" at `text` stands for, -1 when it is none. */
static int escaped_unit(const char *text, gsize len)
{
  if (len < 6 || text[0] != '\\' || text[1] != 'u') return -1;
  int unit = 0;
  for (gsize i = 2; i < 6; i++) {
    int digit = g_ascii_xdigit_value(text[i]);
    if (digit < 0) return -1;
    unit = unit << 4 | digit;
  }
  return unit;
}

/* A copy of the line in which halves of surrogate pairs, which programs write that cut text to a
 * length in UTF-16, are U+FFFD; NULL when there are none. */
static GString *without_lone_surrogates(const char *line, gsize len)
{
  GString *out = g_string_new_len(line, (gssize)len);
  gboolean changed = FALSE;
  for (gsize i = 0; i + 1 < len;) {
    int unit = escaped_unit(line + i, len - i);
    if (unit < 0xD800 || unit > 0xDFFF) {
      i += line[i] == '\\' ? 2 : 1;
      continue;
    }
    int next = escaped_unit(line + i + 6, len - i - 6);
    if (unit < 0xDC00 && next >= 0xDC00 && next <= 0xDFFF) {
      i += 12;
      continue;
    }
    memcpy(out->str + i, "\\uFFFD", 6);
    changed = TRUE;
    i += 6;
  }
  if (changed) return out;
  g_string_free(out, TRUE);
  return NULL;
}

static json_t *parse(const char *line, gsize len, json_error_t *error)
{
  json_t *object = json_loadb(line, len, JSON_ALLOW_NUL, error);
  if (object != NULL) return object;
  GString *repaired = without_lone_surrogates(line, len);
  if (repaired == NULL) return NULL;
  object = json_loadb(repaired->str, repaired->len, JSON_ALLOW_NUL, error);
  g_string_free(repaired, TRUE);
  return object;
}

/* ---- values --------------------------------------------------------------------------------- */

/* One key of the object that means a field. */
typedef struct Candidate {
  FieldId field;
  guint rank;  /* lower is preferred; 0: mapped by the user */
  guint order; /* within the object */
  const char *key;
  const json_t *value;
} Candidate;

/* Where the values of a candidate go. */
typedef struct Sink {
  Article *article;
  FieldId field;
  gboolean derived;
  GString *body; /* collects the paragraphs of a body; NULL for other fields */
} Sink;

static void sink_text(const Sink *sink, const char *text, gsize len)
{
  if (sink->body != NULL) {
    if (sink->body->len > 0) g_string_append(sink->body, "\n\n");
    g_string_append_len(sink->body, text, (gssize)len);
  } else if (sink->derived) {
    article_add_derived(sink->article, sink->field, text, (gssize)len);
  } else {
    article_add(sink->article, sink->field, text, (gssize)len);
  }
}

/* Unix time before September 2001 has nine digits: a date as a number, no date as a text. */
static gboolean is_early_unix_time(const Sink *sink, gint64 value)
{
  return schema_field(sink->field)->kind == KIND_DATE && value >= 100000000 && value <= 999999999;
}

static void sink_integer(const Sink *sink, gint64 value)
{
  char text[32];
  if (is_early_unix_time(sink, value)) {
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(value);
    g_autofree char *date = g_date_time_format(time, "%Y-%m-%d");
    sink_text(sink, date, strlen(date));
    return;
  }
  g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT, value);
  sink_text(sink, text, strlen(text));
}

static void sink_real(const Sink *sink, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  gboolean fits = value > -1e15 && value < 1e15;
  /* Unix time with a fraction is a day all the same. */
  if (fits && (schema_field(sink->field)->kind == KIND_DATE || value == (double)(gint64)value)) {
    sink_integer(sink, (gint64)value);
    return;
  }
  g_ascii_formatd(text, sizeof text, "%.15g", value);
  sink_text(sink, text, strlen(text));
}

/* What stands for an object: {"name": "El Salvador", "score": 1}, {"$oid": "..."} of MongoDB, the
 * text of {"title": "...", "text": "..."} where a text is wanted. */
static const json_t *named_member(const Sink *sink, const json_t *object)
{
  static const char *const names[] = {"name", "label", "title",       "value",
                                      "$oid", "$date", "$numberLong", NULL};
  static const char *const text_names[] = {"text", "value", NULL};
  gboolean is_text = schema_field(sink->field)->kind == KIND_TEXT;
  for (const char *const *name = is_text ? text_names : names; *name != NULL; name++) {
    const json_t *member = json_object_get(object, *name);
    if (member != NULL && !json_is_null(member)) return member;
  }
  return NULL;
}

static void sink_value(const Sink *sink, const json_t *value, guint depth)
{
  if (value == NULL || depth > VALUE_DEPTH) return;
  switch (json_typeof(value)) {
  case JSON_STRING: sink_text(sink, json_string_value(value), json_string_length(value)); break;
  case JSON_INTEGER: sink_integer(sink, json_integer_value(value)); break;
  case JSON_REAL: sink_real(sink, json_real_value(value)); break;
  case JSON_TRUE: sink_text(sink, "true", strlen("true")); break;
  case JSON_FALSE: sink_text(sink, "false", strlen("false")); break;
  case JSON_NULL: break;
  case JSON_OBJECT: sink_value(sink, named_member(sink, value), depth + 1); break;
  case JSON_ARRAY:
    for (gsize i = 0; i < json_array_size(value); i++)
      sink_value(sink, json_array_get(value, i), depth + 1);
    break;
  }
}

/* ---- fields --------------------------------------------------------------------------------- */

/* The place of a key among the names of a field, from 1. */
static guint schema_rank(FieldId field, const char *key)
{
  const Field *row = schema_field(field);
  if (g_ascii_strcasecmp(row->name, key) == 0) return 1;
  gsize len = strlen(key);
  guint rank = 2;
  for (const char *at = row->aliases; *at != '\0'; rank++) {
    gsize n = strcspn(at, " ");
    if (n == len && g_ascii_strncasecmp(at, key, n) == 0) break;
    at += n + strspn(at + n, " ");
  }
  return rank;
}

static gboolean find_field(const JsonlReader *reader, const char *key, Candidate *candidate)
{
  gpointer mapped = reader->map != NULL ? g_hash_table_lookup(reader->map, key) : NULL;
  int field = mapped != NULL ? GPOINTER_TO_INT(mapped) - 1 : schema_find(key, strlen(key));
  if (field < 0 || field >= FIELD_COUNT) return FALSE;
  candidate->field = (FieldId)field;
  candidate->rank = mapped != NULL ? 0 : schema_rank(candidate->field, key);
  return TRUE;
}

static int compare_candidates(const void *a, const void *b)
{
  const Candidate *x = a, *y = b;
  if (x->field != y->field) return x->field < y->field ? -1 : 1;
  if (x->rank != y->rank) return x->rank < y->rank ? -1 : 1;
  /* Parts of a text stay in their order. */
  if (x->field == FIELD_BODY && x->rank == 0) return x->order < y->order ? -1 : 1;
  return strcmp(x->key, y->key);
}

static GArray *find_candidates(const JsonlReader *reader, json_t *object)
{
  GArray *candidates = g_array_new(FALSE, FALSE, sizeof(Candidate));
  const char *key;
  json_t *value;
  guint order = 0;
  json_object_foreach(object, key, value)
  {
    Candidate candidate = {.order = order, .key = key, .value = value};
    order++;
    if (find_field(reader, key, &candidate)) g_array_append_val(candidates, candidate);
  }
  g_array_sort(candidates, compare_candidates);
  return candidates;
}

/* The set of fields that our own export marks as derived, a bit each. */
static guint32 derived_fields(const json_t *object)
{
  G_STATIC_ASSERT(FIELD_COUNT <= 32);
  const json_t *names = json_object_get(object, "derived");
  guint32 fields = 0;
  for (gsize i = 0; i < json_array_size(names); i++) {
    const json_t *name = json_array_get(names, i);
    if (!json_is_string(name)) continue;
    int field = schema_find(json_string_value(name), json_string_length(name));
    if (field >= 0) fields |= 1u << field;
  }
  return fields;
}

/* Adds the values of one candidate, or of all that the user mapped to the body; returns how many
 * candidates those are. */
static guint add_candidate(Article *article, const GArray *candidates, guint at, guint32 derived)
{
  const Candidate *first = &g_array_index(candidates, Candidate, at);
  Sink sink = {article, first->field, (derived >> first->field & 1u) != 0, NULL};
  guint n = 1;
  if (first->field != FIELD_BODY) {
    sink_value(&sink, first->value, 0);
    return n;
  }
  g_autoptr(GString) body = g_string_new(NULL);
  sink.body = body;
  sink_value(&sink, first->value, 0);
  for (; first->rank == 0 && at + n < candidates->len; n++) {
    const Candidate *next = &g_array_index(candidates, Candidate, at + n);
    if (next->field != FIELD_BODY || next->rank != 0) break;
    sink_value(&sink, next->value, 0);
  }
  sink.body = NULL;
  sink_text(&sink, body->str, body->len);
  return n;
}

static Article *make_article(const JsonlReader *reader, json_t *object)
{
  Article *article = article_new();
  g_autoptr(GArray) candidates = find_candidates(reader, object);
  guint32 derived = derived_fields(object);
  for (guint i = 0; i < candidates->len;) i += add_candidate(article, candidates, i, derived);
  return article;
}

/* ---- the format ----------------------------------------------------------------------------- */

static ReadStatus reject_line(const JsonlReader *reader, Reject *reject, const json_error_t *error)
{
  reject_set(reject, reader->record, text_stream_line_number(reader->stream),
             "the line is no JSON: %s (at column %d)%s", error->text, error->column,
             json_error_code(error) == json_error_numeric_overflow
                 ? "; write such a number as a string"
                 : "");
  return READ_REJECTED;
}

static ReadStatus read_record(const JsonlReader *reader, const char *line, gsize len,
                              Article **article, Reject *reject)
{
  json_error_t error;
  json_t *object = parse(line, len, &error);
  if (object == NULL) return reject_line(reader, reject, &error);
  const char *problem = "the line is a JSON array; one object a line is expected";
  if (json_is_object(object)) {
    problem = "the object has neither a title nor a text; if they go by other names, map these";
    *article = make_article(reader, object);
  }
  json_decref(object);
  if (*article != NULL &&
      (article_first(*article, FIELD_TITLE) != NULL || article_first(*article, FIELD_BODY) != NULL))
    return READ_ARTICLE;
  article_free(*article);
  *article = NULL;
  reject_set(reject, reader->record, text_stream_line_number(reader->stream), "%s", problem);
  return READ_REJECTED;
}

static ReadStatus jsonl_next(void *data, Article **article, Reject *reject)
{
  static const char bom[] = "\xEF\xBB\xBF";
  JsonlReader *reader = data;
  const char *line;
  gsize len;
  *article = NULL;
  while (!reader->ended) {
    LineStatus status = text_stream_line(reader->stream, &line, &len);
    reader->ended = status == LINE_END || status == LINE_FAILED;
    if (status == LINE_END) break;
    if (status == LINE_OK && reader_is_blank(line, len)) continue;
    reader->record++;
    if (status == LINE_FAILED) return reader_failed(reject, reader->record, reader->stream);
    if (status == LINE_TOO_LONG) {
      reject_set(reject, reader->record, text_stream_line_number(reader->stream),
                 "the line is longer than %u MiB", TEXT_RECORD_MAX >> 20);
      return READ_REJECTED;
    }
    /* Files that were put together keep their marks. */
    gsize skip = g_str_has_prefix(line, bom) ? strlen(bom) : 0;
    return read_record(reader, line + skip, len - skip, article, reject);
  }
  return READ_END;
}

static void *jsonl_open(TextStream *stream, const ReadOptions *options)
{
  JsonlReader *reader = g_new0(JsonlReader, 1);
  reader->stream = stream;
  reader->map = options != NULL ? options->map : NULL;
  return reader;
}

/* TRUE when a line is an object of its own. */
static gboolean is_object(const char *line, gsize len)
{
  json_error_t error;
  if (len < 2 || line[0] != '{') return FALSE;
  json_t *object = parse(line, len, &error);
  gboolean good = json_is_object(object) && json_object_size(object) > 0;
  json_decref(object);
  return good;
}

/* TRUE for what begins as an object does, as far as one can see. */
static gboolean begins_object(const char *text, gsize len)
{
  gsize at = 1;
  if (len == 0 || text[0] != '{') return FALSE;
  while (at < len && g_ascii_isspace(text[at])) at++;
  return at < len && text[at] == '"';
}

static gboolean ends_object(const char *line, gsize len)
{
  while (len > 0 && g_ascii_isspace(line[len - 1])) len--;
  return len > 0 && line[len - 1] == '}';
}

/* The first line decides; when it is broken, later ones may still tell lines of objects from an
 * object over several lines. */
static gboolean jsonl_matches(const char *head, gsize len, G_GNUC_UNUSED gboolean whole)
{
  const char *lf = memchr(head, '\n', len);
  if (!begins_object(head, len)) return FALSE;
  if (lf == NULL) return TRUE;
  gsize first = (gsize)(lf - head);
  if (is_object(head, first) || (begins_object(head, first) && ends_object(head, first)))
    return TRUE;
  for (const char *end = head + len; lf != NULL;) {
    const char *line = lf + 1;
    lf = memchr(line, '\n', (gsize)(end - line));
    if (is_object(line, (gsize)((lf != NULL ? lf : end) - line))) return TRUE;
  }
  return FALSE;
}

const Format format_jsonl = {
    .name = "jsonl",
    .description = "JSON Lines, one object an article",
    .matches = jsonl_matches,
    .open = jsonl_open,
    .next = jsonl_next,
    .close = g_free,
};
