/* dictionary.c - see dictionary.h */
#include "dictionary.h"

struct Dictionary {
  Stemmers *stemmers;
  GHashTable *known; /* language, tab, cased spelling: the form follows from that */
  guint words;
  GString *key;
  ShimDb *db;
  char *lang; /* of the current article; NULL when there is no stemmer for it */
  const Token *token;
  ShimStatus status;
};

Dictionary *dictionary_new(guint words)
{
  Dictionary *dictionary = g_new0(Dictionary, 1);
  dictionary->stemmers = stemmers_new();
  dictionary->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  dictionary->words = words;
  dictionary->key = g_string_new(NULL);
  return dictionary;
}

void dictionary_free(Dictionary *dictionary)
{
  if (dictionary == NULL) return;
  stemmers_free(dictionary->stemmers);
  g_hash_table_destroy(dictionary->known);
  g_string_free(dictionary->key, TRUE);
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
  GString *key = dictionary->key;
  g_string_assign(key, dictionary->lang);
  g_string_append_c(key, '\t');
  g_string_append_len(key, token->cased, (gssize)token->cased_len);
  if (g_hash_table_contains(dictionary->known, key->str)) return;
  if (g_hash_table_size(dictionary->known) >= dictionary->words) dictionary_forget(dictionary);
  g_hash_table_add(dictionary->known, g_strndup(key->str, key->len));
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
}
