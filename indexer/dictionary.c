/* dictionary.c - see dictionary.h */
#include "dictionary.h"

#include <string.h>

#include "../corpus/positions.h"

/* Two words with one hash would leave one without its stem: 64 bits keep that from happening. */
G_STATIC_ASSERT(sizeof(gpointer) >= sizeof(guint64));

/* Odd: parts the hashes of a word in two languages. */
#define LANG_FACTOR G_GUINT64_CONSTANT(0x9E3779B97F4A7C15)

enum { RECENT = 2048 };

struct Dictionary {
  Stemmers *stemmers;
  GHashTable *known; /* set of hashes of language and cased spelling: the form follows */
  guint words;
  ShimDb *db;
  char *lang; /* of the current article; NULL when there is no stemmer for it */
  guint64 lang_hash;
  guint64 recent[RECENT]; /* what was met last, so small that it stays in the processor's cache */
  const Token *token;
  ShimStatus status;
};

Dictionary *dictionary_new(guint words)
{
  Dictionary *dictionary = g_new0(Dictionary, 1);
  dictionary->stemmers = stemmers_new();
  dictionary->known = g_hash_table_new(NULL, NULL);
  dictionary->words = words;
  return dictionary;
}

void dictionary_free(Dictionary *dictionary)
{
  if (dictionary == NULL) return;
  stemmers_free(dictionary->stemmers);
  g_hash_table_destroy(dictionary->known);
  g_free(dictionary->lang);
  g_free(dictionary);
}

void dictionary_begin(Dictionary *dictionary, ShimDb *db, const char *lang)
{
  dictionary->db = db;
  dictionary->status = SHIM_OK;
  g_free(dictionary->lang);
  gboolean known = lang != NULL && stemmers_know(dictionary->stemmers, lang);
  dictionary->lang = known ? g_strdup(lang) : NULL;
  dictionary->lang_hash = known ? position_hash(lang, strlen(lang)) * LANG_FACTOR : 0;
}

static void store_key(void *context, const char *key, gsize len)
{
  Dictionary *dictionary = context;
  const Token *token = dictionary->token;
  if (dictionary->status == SHIM_OK)
    dictionary->status =
        shim_db_add_synonym(dictionary->db, key, len, token->form, token->form_len);
}

void dictionary_learn(void *context, const Token *token)
{
  Dictionary *dictionary = context;
  if (dictionary->lang == NULL) return;
  guint64 hash = position_hash(token->cased, token->cased_len) ^ dictionary->lang_hash;
  guint64 *recent = &dictionary->recent[hash % RECENT];
  if (*recent == hash) return;
  *recent = hash;
  if (g_hash_table_contains(dictionary->known, GSIZE_TO_POINTER(hash))) return;
  if (g_hash_table_size(dictionary->known) >= dictionary->words) dictionary_forget(dictionary);
  g_hash_table_add(dictionary->known, GSIZE_TO_POINTER(hash));
  dictionary->token = token;
  stem_keys(dictionary->stemmers, dictionary->lang, token->cased, token->cased_len, store_key,
            dictionary);
}

ShimStatus dictionary_status(const Dictionary *dictionary)
{
  return dictionary->status;
}

void dictionary_forget(Dictionary *dictionary)
{
  g_hash_table_remove_all(dictionary->known);
  memset(dictionary->recent, 0, sizeof dictionary->recent);
}
