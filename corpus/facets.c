/* facets.c - see facets.h */
#include "facets.h"

#include <string.h>

#include "fold.h"
#include "varint.h"

enum { NAMES_MAX = 256 }; /* a field's number is a byte */

struct FacetTable {
  GPtrArray *names;     /* char *: names of fields, also of such as the schema does not know */
  int ids[NAMES_MAX];   /* FieldId of each name, or -1 */
  GByteArray *fields;   /* of each ordinal: the number of its field's name */
  GArray *ends;         /* guint32, of each ordinal: where its value ends in `values` */
  GString *values;      /* one behind the other */
  GHashTable *ordinals; /* "field<TAB>folded value" -> ordinal; NULL until first written to */
};

static FacetTable *new_table(void)
{
  FacetTable *table = g_new0(FacetTable, 1);
  table->names = g_ptr_array_new_with_free_func(g_free);
  table->fields = g_byte_array_new();
  table->ends = g_array_new(FALSE, FALSE, sizeof(guint32));
  table->values = g_string_new(NULL);
  return table;
}

void facet_table_free(FacetTable *table)
{
  if (table == NULL) return;
  g_ptr_array_free(table->names, TRUE);
  g_byte_array_free(table->fields, TRUE);
  g_array_free(table->ends, TRUE);
  g_string_free(table->values, TRUE);
  if (table->ordinals != NULL) g_hash_table_destroy(table->ordinals);
  g_free(table);
}

/* ---- the stored form ---- */

/* What is still to be read. */
typedef struct Rest {
  const char *at;
  gsize len;
} Rest;

/* The next `len` bytes, or NULL when there are not so many. */
static const char *take(Rest *rest, guint64 len)
{
  if (len > rest->len) return NULL;
  const char *taken = rest->at;
  rest->at += len;
  rest->len -= len;
  return taken;
}

static gboolean take_number(Rest *rest, guint32 *number)
{
  const char *bytes = take(rest, sizeof *number);
  if (bytes == NULL) return FALSE;
  memcpy(number, bytes, sizeof *number);
  *number = GUINT32_FROM_LE(*number);
  return TRUE;
}

static void add_name(FacetTable *table, const char *name)
{
  table->ids[table->names->len] = schema_find(name, strlen(name));
  g_ptr_array_add(table->names, g_strdup(name));
}

static gboolean load_names(FacetTable *table, const char *names, guint32 len)
{
  if (names == NULL || (len > 0 && names[len - 1] != '\0')) return FALSE;
  for (const char *at = names; at < names + len; at += strlen(at) + 1) {
    if (table->names->len == NAMES_MAX - FIELD_COUNT) return FALSE; /* leaves room for ours */
    add_name(table, at);
  }
  return TRUE;
}

static gboolean load_fields(FacetTable *table, const char *fields, guint32 n)
{
  if (fields == NULL) return FALSE;
  g_byte_array_append(table->fields, (const guint8 *)fields, n);
  guint8 highest = 0;
  for (guint32 i = 0; i < n; i++) highest = MAX(highest, table->fields->data[i]);
  return n == 0 || highest < table->names->len;
}

static gboolean load_values(FacetTable *table, const char *ends, guint32 n, const Rest *values)
{
  if (ends == NULL) return FALSE;
  g_array_set_size(table->ends, n);
  if (n > 0) memcpy(table->ends->data, ends, (gsize)n * sizeof(guint32));
  g_string_append_len(table->values, values->at, (gssize)values->len);
  guint32 before = 0;
  for (guint32 i = 0; i < n; i++) {
    guint32 *end = &g_array_index(table->ends, guint32, i);
    *end = GUINT32_FROM_LE(*end);
    if (*end < before) return FALSE;
    before = *end;
  }
  return before == values->len;
}

static gboolean load(FacetTable *table, Rest rest)
{
  guint32 n, names_len;
  if (!take_number(&rest, &n) || !take_number(&rest, &names_len)) return FALSE;
  if (!load_names(table, take(&rest, names_len), names_len)) return FALSE;
  if (!load_fields(table, take(&rest, n), n)) return FALSE;
  const char *ends = take(&rest, (guint64)n * sizeof(guint32));
  return load_values(table, ends, n, &rest);
}

FacetTable *facet_table_new(const char *stored, gsize len)
{
  FacetTable *table = new_table();
  if (len == 0 || load(table, (Rest){stored, len})) return table;
  facet_table_free(table);
  return NULL;
}

static void append_le(GString *out, guint32 number)
{
  number = GUINT32_TO_LE(number);
  g_string_append_len(out, (const char *)&number, sizeof number);
}

GString *facet_table_store(const FacetTable *table)
{
  g_autoptr(GString) names = g_string_new(NULL);
  for (guint i = 0; i < table->names->len; i++) {
    const char *name = g_ptr_array_index(table->names, i);
    g_string_append_len(names, name, (gssize)strlen(name) + 1);
  }
  guint32 n = facet_table_size(table);
  GString *out = g_string_sized_new((gsize)n * 5 + names->len + table->values->len + 8);
  append_le(out, n);
  append_le(out, (guint32)names->len);
  g_string_append_len(out, names->str, (gssize)names->len);
  g_string_append_len(out, (const char *)table->fields->data, n);
  for (guint32 i = 0; i < n; i++) append_le(out, g_array_index(table->ends, guint32, i));
  g_string_append_len(out, table->values->str, (gssize)table->values->len);
  return out;
}

/* ---- reading ---- */

guint32 facet_table_size(const FacetTable *table)
{
  return table->fields->len;
}

int facet_table_field(const FacetTable *table, guint32 ordinal)
{
  return ordinal < table->fields->len ? table->ids[table->fields->data[ordinal]] : -1;
}

static const char *value_of(const FacetTable *table, guint32 ordinal, gsize *len)
{
  const guint32 *ends = (const guint32 *)table->ends->data;
  guint32 start = ordinal == 0 ? 0 : ends[ordinal - 1];
  *len = ends[ordinal] - start;
  return table->values->str + start;
}

char *facet_table_value(const FacetTable *table, guint32 ordinal)
{
  gsize len;
  const char *value = value_of(table, ordinal, &len);
  return g_strndup(value, len);
}

int facet_table_compare(const FacetTable *table, guint32 a, guint32 b)
{
  gsize left_len, right_len;
  const char *left = value_of(table, a, &left_len), *right = value_of(table, b, &right_len);
  int order = memcmp(left, right, MIN(left_len, right_len));
  return order != 0 ? order : (left_len > right_len) - (left_len < right_len);
}

/* ---- writing ---- */

static char *ordinal_key(FieldId field, const char *value)
{
  g_autofree char *folded = fold_name(value, -1);
  return g_strconcat(schema_field(field)->name, "\t", folded, NULL);
}

static void build_ordinals(FacetTable *table)
{
  table->ordinals = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint32 i = 0; i < facet_table_size(table); i++) {
    int field = facet_table_field(table, i);
    if (field < 0) continue;
    g_autofree char *value = facet_table_value(table, i);
    g_hash_table_insert(table->ordinals, ordinal_key((FieldId)field, value), GUINT_TO_POINTER(i));
  }
}

/* The number of a field's name, which may be new. */
static guint8 name_of(FacetTable *table, FieldId field)
{
  guint number = 0;
  while (number < table->names->len && table->ids[number] != (int)field) number++;
  if (number == table->names->len) add_name(table, schema_field(field)->name);
  return (guint8)number;
}

static guint32 append_value(FacetTable *table, FieldId field, const char *value)
{
  guint8 name = name_of(table, field);
  g_byte_array_append(table->fields, &name, 1);
  g_string_append(table->values, value);
  guint32 end = (guint32)table->values->len;
  g_array_append_val(table->ends, end);
  return table->fields->len - 1;
}

static guint32 intern(FacetTable *table, FieldId field, const char *value)
{
  if (table->ordinals == NULL) build_ordinals(table);
  g_autofree char *key = ordinal_key(field, value);
  gpointer found;
  if (g_hash_table_lookup_extended(table->ordinals, key, NULL, &found))
    return GPOINTER_TO_UINT(found);
  guint32 ordinal = append_value(table, field, value);
  g_hash_table_insert(table->ordinals, g_steal_pointer(&key), GUINT_TO_POINTER(ordinal));
  return ordinal;
}

static gint by_number(gconstpointer a, gconstpointer b)
{
  guint32 left = *(const guint32 *)a, right = *(const guint32 *)b;
  return (left > right) - (left < right);
}

void facet_table_pack(FacetTable *table, const Article *article, GString *packed)
{
  g_autoptr(GArray) ordinals = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (int field = 0; field < FIELD_COUNT; field++) {
    const GPtrArray *values = article_values(article, (FieldId)field);
    if (!schema_field((FieldId)field)->facet || values == NULL) continue;
    for (guint i = 0; i < values->len; i++) {
      guint32 ordinal = intern(table, (FieldId)field, g_ptr_array_index(values, i));
      g_array_append_val(ordinals, ordinal);
    }
  }
  /* Two spellings of one name in one article count once. */
  g_array_sort(ordinals, by_number);
  for (guint i = 0; i < ordinals->len; i++) {
    guint32 ordinal = g_array_index(ordinals, guint32, i);
    if (i == 0 || ordinal != g_array_index(ordinals, guint32, i - 1))
      varint_append(packed, ordinal);
  }
}

void facet_count(const char *packed, gsize len, guint32 *counts, guint32 n)
{
  guint32 ordinal;
  if (len == 0) return;
  for (const char *at = packed, *end = packed + len; varint_next(&at, end, &ordinal);)
    if (ordinal < n) counts[ordinal]++;
}
