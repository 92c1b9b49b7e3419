/* fuzz_describe.c - all steps of describing, on hostile articles.
 *
 * The first byte says which language is stated, or none, and what else; then come title, URL, date
 * and text, parted by NUL bytes. What is stated stays, what is derived is valid text, comes back
 * from the index as it was, and is the same when it is derived again. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../indexer/describe.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TYPE_STATED = 16, COUNTRY_STATED = 32 };

static void require(gboolean holds)
{
  if (!holds) abort();
}

static Article *make(const uint8_t *data, size_t size)
{
  static const char *const langs[] = {NULL, "en", "fr", "es", "ru", "ar", "de", "und"};
  static const FieldId fields[] = {FIELD_TITLE, FIELD_URL, FIELD_DATE, FIELD_BODY};
  Article *article = article_new();
  const char *lang = langs[data[0] % G_N_ELEMENTS(langs)];
  if (lang != NULL) article_add(article, FIELD_LANG, lang, -1);
  if ((data[0] & TYPE_STATED) != 0) article_add(article, FIELD_EVENT, "Riots", -1);
  if ((data[0] & COUNTRY_STATED) != 0) article_add(article, FIELD_COUNTRY, "FR", -1);
  const char *at = (const char *)data + 1, *end = (const char *)data + size;
  for (gsize i = 0; i < G_N_ELEMENTS(fields) && at <= end; i++) {
    const char *stop = i + 1 < G_N_ELEMENTS(fields) ? memchr(at, '\0', (gsize)(end - at)) : NULL;
    if (stop == NULL) stop = end;
    article_add(article, fields[i], at, stop - at);
    at = stop + 1;
  }
  return article;
}

/* The values that an article's source has stated, in the schema's order. */
static char *stated(const Article *article)
{
  GString *out = g_string_new(NULL);
  for (int field = 0; field < FIELD_COUNT; field++) {
    const GPtrArray *values = article_values(article, (FieldId)field);
    if (article_is_derived(article, (FieldId)field)) continue;
    for (guint i = 0; values != NULL && i < values->len; i++)
      g_string_append_printf(out, "%d=%s\n", field, (const char *)values->pdata[i]);
  }
  return g_string_free(out, FALSE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static Scribe *scribe;
  if (scribe == NULL) scribe = scribe_new(NULL);
  if (size == 0) return 0;
  g_autoptr(Article) article = make(data, size);
  g_autofree char *before = stated(article);
  scribe_describe(scribe, article);
  g_autofree char *after = stated(article);
  require(strcmp(before, after) == 0);
  g_autofree char *line = article_dump(article);
  require(g_utf8_validate(line, -1, NULL) && strchr(line, '\n') == NULL);

  g_autofree char *packed = article_pack(article);
  g_autoptr(Article) again = article_unpack(packed, strlen(packed));
  require(again != NULL);
  g_autofree char *same = article_dump(again);
  require(strcmp(line, same) == 0);

  scribe_describe(scribe, article);
  g_autofree char *twice = article_dump(article);
  require(strcmp(line, twice) == 0);
  return 0;
}
