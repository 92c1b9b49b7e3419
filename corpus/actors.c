/* actors.c - see actors.h */
#include "actors.h"

#include <string.h>

static const char *const kind_names[ACTOR_KINDS] = {
    "state-forces", "rebel-group", "political-militia", "identity-militia",
    "rioters",      "protesters",  "civilians",         "external-other"};

const char *actor_kind_name(ActorKind kind)
{
  return kind_names[kind];
}

ActorKind actor_kind_find(const char *name)
{
  ActorKind kind = ACTOR_STATE_FORCES;
  while (kind < ACTOR_KINDS && strcmp(kind_names[kind], name) != 0) kind++;
  return kind;
}

static int by_number(gconstpointer a, gconstpointer b)
{
  guint32 left = *(const guint32 *)a, right = *(const guint32 *)b;
  return (left > right) - (left < right);
}

void actors_find(const ActorTable *table, Analyzer *analyzer, const char *text, gssize len,
                 GArray *numbers)
{
  g_autofree char *name = len < 0 ? g_strdup(text) : g_strndup(text, (gsize)len);
  g_autoptr(TextWords) words = text_words_new();
  text_words_read(words, analyzer, NULL, name);
  for (guint32 s = names_find(table->names, words); s != 0; s = table->names->senses[s].next)
    g_array_append_val(numbers, table->names->senses[s].value);
  g_array_sort(numbers, by_number);
}
