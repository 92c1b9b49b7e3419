/* stem.c - stems and dictionary keys; see analysis.h */
#include <libstemmer.h>
#include <string.h>

#include "analysis.h"
#include "fold.h"

struct Stemmers {
  GHashTable *by_lang; /* char * -> struct sb_stemmer *, NULL where there is none */
  GString *key, *bare;
};

static void delete_stemmer(gpointer stemmer)
{
  if (stemmer != NULL) sb_stemmer_delete(stemmer);
}

Stemmers *stemmers_new(void)
{
  Stemmers *stemmers = g_new0(Stemmers, 1);
  stemmers->by_lang = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, delete_stemmer);
  stemmers->key = g_string_new(NULL);
  stemmers->bare = g_string_new(NULL);
  return stemmers;
}

void stemmers_free(Stemmers *stemmers)
{
  if (stemmers == NULL) return;
  g_hash_table_destroy(stemmers->by_lang);
  g_string_free(stemmers->key, TRUE);
  g_string_free(stemmers->bare, TRUE);
  g_free(stemmers);
}

static struct sb_stemmer *stemmer_of(Stemmers *stemmers, const char *lang)
{
  gpointer found;
  if (g_hash_table_lookup_extended(stemmers->by_lang, lang, NULL, &found)) return found;
  /* libstemmer also takes the names of algorithms; only language codes are meant here. */
  struct sb_stemmer *stemmer = strlen(lang) == 2 ? sb_stemmer_new(lang, "UTF_8") : NULL;
  g_hash_table_insert(stemmers->by_lang, g_strdup(lang), stemmer);
  return stemmer;
}

gboolean stemmers_know(Stemmers *stemmers, const char *lang)
{
  return stemmer_of(stemmers, lang) != NULL;
}

/* Leaves in stemmers->key the key of one spelling. */
static void make_key(Stemmers *stemmers, struct sb_stemmer *stemmer, const char *lang,
                     const char *word, gsize len)
{
  const sb_symbol *stem = sb_stemmer_stem(stemmer, (const sb_symbol *)word, (int)len);
  g_string_assign(stemmers->key, "Z");
  g_string_append(stemmers->key, lang);
  g_string_append_c(stemmers->key, ':');
  fold_accents(stemmers->key, (const char *)stem, (gsize)sb_stemmer_length(stemmer));
}

void stem_keys(Stemmers *stemmers, const char *lang, const char *cased, gsize len, StemKeySink sink,
               void *context)
{
  struct sb_stemmer *stemmer = stemmer_of(stemmers, lang);
  if (stemmer == NULL || len > ANALYSIS_WORD_MAX) return;
  make_key(stemmers, stemmer, lang, cased, len);
  sink(context, stemmers->key->str, stemmers->key->len);

  if (len == 3 && memcmp(cased, "u.s", 3) == 0) {
    make_key(stemmers, stemmer, lang, "us", 2);
    sink(context, stemmers->key->str, stemmers->key->len);
  }
  g_string_truncate(stemmers->bare, 0);
  fold_accents(stemmers->bare, cased, len);
  if (stemmers->bare->len == len && memcmp(stemmers->bare->str, cased, len) == 0) return;
  g_autofree char *first = g_strdup(stemmers->key->str);
  make_key(stemmers, stemmer, lang, stemmers->bare->str, stemmers->bare->len);
  if (strcmp(first, stemmers->key->str) != 0) sink(context, stemmers->key->str, stemmers->key->len);
}

const char *stemmers_version(void)
{
  return "libstemmer " SITREP_STEMMER_VERSION;
}
