/* facets.c - see facets.h */
#include "facets.h"

#include <string.h>

#include "fold.h"

struct FacetTable {
  GString *text;
  GArray *starts;       /* gsize: where the line of each ordinal starts in text */
  GHashTable *ordinals; /* "field<TAB>folded value" -> ordinal; NULL until first written to */
};

static void index_lines(FacetTable *table)
{
  const char *text = table->text->str;
  for (gsize at = 0; at < table->text->len;) {
    g_array_append_val(table->starts, at);
    at = (gsize)(strchr(text + at, '\n') - text) + 1;
  }
}

FacetTable *facet_table_new(const char *text, gsize len)
{
  if (len > 0 && (text[len - 1] != '\n' || memchr(text, '\0', len) != NULL)) return NULL;
  FacetTable *table = g_new0(FacetTable, 1);
  table->text = g_string_new_len(text, (gssize)len);
  table->starts = g_array_new(FALSE, FALSE, sizeof(gsize));
  index_lines(table);
  return table;
}

void facet_table_free(FacetTable *table)
{
  if (table == NULL) return;
  g_string_free(table->text, TRUE);
  g_array_free(table->starts, TRUE);
  if (table->ordinals != NULL) g_hash_table_destroy(table->ordinals);
  g_free(table);
}

const char *facet_table_text(const FacetTable *table, gsize *len)
{
  *len = table->text->len;
  return table->text->str;
}

guint32 facet_table_size(const FacetTable *table)
{
  return table->starts->len;
}

static const char *line_of(const FacetTable *table, guint32 ordinal)
{
  return table->text->str + g_array_index(table->starts, gsize, ordinal);
}

int facet_table_field(const FacetTable *table, guint32 ordinal)
{
  if (ordinal >= table->starts->len) return -1;
  const char *line = line_of(table, ordinal);
  return schema_find(line, strcspn(line, "\t\n"));
}

static const char *value_of(const FacetTable *table, guint32 ordinal, gsize *len)
{
  const char *line = line_of(table, ordinal);
  line += strcspn(line, "\t\n");
  if (*line == '\t') line++;
  *len = strcspn(line, "\n");
  return line;
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

static char *ordinal_key(FieldId field, const char *value)
{
  g_autofree char *folded = fold_name(value, -1);
  return g_strconcat(schema_field(field)->name, "\t", folded, NULL);
}

static void build_ordinals(FacetTable *table)
{
  table->ordinals = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint32 i = 0; i < table->starts->len; i++) {
    int field = facet_table_field(table, i);
    if (field < 0) continue;
    g_autofree char *value = facet_table_value(table, i);
    g_hash_table_insert(table->ordinals, ordinal_key((FieldId)field, value), GUINT_TO_POINTER(i));
  }
}

static guint32 intern(FacetTable *table, FieldId field, const char *value)
{
  if (table->ordinals == NULL) build_ordinals(table);
  g_autofree char *key = ordinal_key(field, value);
  gpointer found;
  if (g_hash_table_lookup_extended(table->ordinals, key, NULL, &found))
    return GPOINTER_TO_UINT(found);
  guint32 ordinal = table->starts->len;
  gsize start = table->text->len;
  g_array_append_val(table->starts, start);
  g_string_append_printf(table->text, "%s\t%s\n", schema_field(field)->name, value);
  g_hash_table_insert(table->ordinals, g_steal_pointer(&key), GUINT_TO_POINTER(ordinal));
  return ordinal;
}

static void append_number(GString *packed, guint32 number)
{
  for (; number >= 0x80; number >>= 7) g_string_append_c(packed, (char)(0x80 | (number & 0x7F)));
  g_string_append_c(packed, (char)number);
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
      append_number(packed, ordinal);
  }
}

void facet_count(const char *packed, gsize len, guint32 *counts, guint32 n)
{
  guint32 number = 0;
  unsigned shift = 0;
  for (gsize i = 0; i < len; i++) {
    guint8 byte = (guint8)packed[i];
    if (shift < 32) number |= (guint32)(byte & 0x7F) << shift;
    shift += 7;
    if (byte >= 0x80) continue;
    if (number < n) counts[number]++;
    number = 0;
    shift = 0;
  }
}
