/* schema.c - see schema.h */
#include "schema.h"

#include <string.h>

static const Field fields[FIELD_COUNT] = {
#define X(id, name, kind, many, facet, prefix, label, aliases)                                     \
  [FIELD_##id] = {name, kind, many, facet, prefix, label, aliases},
    SCHEMA(X)
#undef X
};

const Field *schema_field(FieldId id)
{
  return &fields[id];
}

static gboolean same(const char *a, gsize a_len, const char *b, gsize b_len)
{
  return a_len == b_len && g_ascii_strncasecmp(a, b, b_len) == 0;
}

static gboolean in_list(const char *list, const char *name, gsize len)
{
  while (*list != '\0') {
    gsize n = strcspn(list, " ");
    if (same(list, n, name, len)) return TRUE;
    list += n + strspn(list + n, " ");
  }
  return FALSE;
}

int schema_find(const char *name, gsize len)
{
  for (int i = 0; i < FIELD_COUNT; i++)
    if (same(fields[i].name, strlen(fields[i].name), name, len)) return i;
  for (int i = 0; i < FIELD_COUNT; i++)
    if (in_list(fields[i].aliases, name, len)) return i;
  return -1;
}
