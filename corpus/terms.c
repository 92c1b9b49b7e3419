/* terms.c - see terms.h */
#include "terms.h"

#include <string.h>

#include "fold.h"

/* Room for a term in bytes; Xapian's limit is 245, and the digest below needs 33. */
enum { VALUE_MAX = 200 };

void term_of_value(GString *term, FieldId field, const char *value)
{
  const Field *row = schema_field(field);
  g_autofree char *folded = row->kind == KIND_EXACT ? g_strdup(value) : fold_name(value, -1);
  g_string_assign(term, row->prefix);
  gsize len = strlen(folded);
  if (len <= VALUE_MAX) {
    g_string_append(term, folded);
    return;
  }
  g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, folded, (gssize)len);
  gsize cut = VALUE_MAX;
  while (cut > 0 && (folded[cut] & 0xC0) == 0x80) cut--;
  g_string_append_len(term, folded, (gssize)cut);
  g_string_append_printf(term, "#%.32s", digest);
}

const char *value_of_term(FieldId field, const char *term, gsize term_len, gsize *len)
{
  gsize prefix_len = strlen(schema_field(field)->prefix);
  *len = term_len - prefix_len;
  return *len > VALUE_MAX ? NULL : term + prefix_len;
}

void term_of_date(GString *term, Date date)
{
  if (date.month == 0)
    g_string_printf(term, "Y%04d", date.year);
  else if (date.day == 0)
    g_string_printf(term, "M%04d%02d", date.year, date.month);
  else
    g_string_printf(term, "D%04d%02d%02d", date.year, date.month, date.day);
}

void term_of_presence(GString *term, FieldId field)
{
  g_string_printf(term, "XHAS%s", schema_field(field)->name);
}
