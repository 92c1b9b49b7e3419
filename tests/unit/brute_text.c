/* brute_text.c - see brute_text.h */
#include "brute_text.h"

#include <string.h>

#include "../../corpus/fold.h"
#include "brute_word.h"

/* ---- reading ---- */

static void word_clear(gpointer data)
{
  Word *word = data;
  g_free(word->form);
  g_free(word->cased);
}

GArray *brute_read_words(const Brute *brute, const char *text)
{
  GArray *words = g_array_new(FALSE, FALSE, sizeof(Word));
  g_array_set_clear_func(words, word_clear);
  if (text == NULL) return words;
  analyzer_start(brute->analyzer, text, strlen(text));
  Token token;
  while (analyzer_next(brute->analyzer, &token)) {
    Word word = {g_strndup(token.form, token.form_len), g_strndup(token.cased, token.cased_len)};
    g_array_append_val(words, word);
  }
  return words;
}

static void text_free(gpointer data)
{
  Text *text = data;
  g_array_free(text->sections[0], TRUE);
  g_array_free(text->sections[1], TRUE);
  g_free(text);
}

static void read_article(Brute *brute, const Article *article)
{
  Text *text = g_new0(Text, 1);
  text->article = article;
  text->lang = article_first(article, FIELD_LANG);
  text->sections[0] = brute_read_words(brute, article_first(article, FIELD_TITLE));
  text->sections[1] = brute_read_words(brute, article_first(article, FIELD_BODY));
  g_ptr_array_add(brute->texts, text);
  for (guint s = 0; s < 2; s++)
    for (guint i = 0; i < text->sections[s]->len; i++)
      g_ptr_array_add(brute->words, g_array_index(text->sections[s], Word, i).form);
  if (text->lang != NULL &&
      !g_ptr_array_find_with_equal_func(brute->langs, text->lang, g_str_equal, NULL))
    g_ptr_array_add(brute->langs, (gpointer)text->lang);
}

/* ---- actors ---- */

static void actor_free(gpointer data)
{
  Actor *actor = data;
  g_ptr_array_free(actor->names, TRUE);
  g_hash_table_destroy(actor->folded);
  g_free(actor);
}

static void add_name(Actor *actor, const char *name)
{
  while (*name == '?' || *name == '=') name++;
  if (*name == '\0') return;
  g_ptr_array_add(actor->names, g_strdup(name));
  g_hash_table_add(actor->folded, fold_name(name, -1));
}

/* The names of a row of actors.tsv: the canonical one, its parts around the colon, aliases. */
static void read_actor(Brute *brute, const char *line)
{
  enum { ALIASES = 5 };
  g_auto(GStrv) columns = g_strsplit(line, "\t", -1);
  if (*line == '#' || g_strv_length(columns) <= ALIASES) return;
  Actor *actor = g_new(Actor, 1);
  actor->names = g_ptr_array_new_with_free_func(g_free);
  actor->folded = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  add_name(actor, columns[0]);
  g_auto(GStrv) parts = g_strsplit(columns[0], ": ", 2);
  for (gsize i = 0; g_strv_length(parts) == 2 && i < 2; i++) add_name(actor, parts[i]);
  g_auto(GStrv) aliases = g_strsplit(columns[ALIASES], "|", -1);
  for (gsize i = 0; aliases[i] != NULL; i++) add_name(actor, aliases[i]);
  g_ptr_array_add(brute->actors, actor);
}

static void read_actors(Brute *brute)
{
  g_autofree char *content = NULL;
  if (!g_file_get_contents("corpus/gazetteer/actors.tsv", &content, NULL, NULL))
    g_error("no actors.tsv");
  g_auto(GStrv) lines = g_strsplit(content, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++) read_actor(brute, lines[i]);
}

const GPtrArray *brute_actors_called(Brute *brute, const char *name)
{
  g_autofree char *key = fold_name(name, -1);
  GPtrArray *called = g_hash_table_lookup(brute->called, key);
  if (called != NULL) return called;
  called = g_ptr_array_new();
  for (guint a = 0; a < brute->actors->len; a++) {
    Actor *actor = g_ptr_array_index(brute->actors, a);
    if (g_hash_table_contains(actor->folded, key)) g_ptr_array_add(called, actor);
  }
  g_hash_table_insert(brute->called, g_steal_pointer(&key), called);
  return called;
}

Brute *brute_new(const GPtrArray *articles)
{
  Brute *brute = g_new0(Brute, 1);
  brute->analyzer = analyzer_new();
  brute->stemmers = stemmers_new();
  brute->texts = g_ptr_array_new_with_free_func(text_free);
  brute->words = g_ptr_array_new();
  brute->langs = g_ptr_array_new();
  brute->actors = g_ptr_array_new_with_free_func(actor_free);
  brute->called =
      g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  brute->regexes =
      g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_regex_unref);
  brute->forms =
      g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_destroy);
  for (guint i = 0; i < articles->len; i++) read_article(brute, g_ptr_array_index(articles, i));
  read_actors(brute);
  return brute;
}

void brute_free(Brute *brute)
{
  g_hash_table_destroy(brute->forms);
  g_hash_table_destroy(brute->regexes);
  g_hash_table_destroy(brute->called);
  g_ptr_array_free(brute->actors, TRUE);
  g_ptr_array_free(brute->langs, TRUE);
  g_ptr_array_free(brute->words, TRUE);
  g_ptr_array_free(brute->texts, TRUE);
  stemmers_free(brute->stemmers);
  analyzer_free(brute->analyzer);
  g_free(brute);
}

const GPtrArray *brute_words(const Brute *brute)
{
  return brute->words;
}

/* ---- words that share a stem ---- */

static void add_key(void *context, const char *key, gsize len)
{
  g_ptr_array_add(context, g_strndup(key, len));
}

static gboolean share_key(const GPtrArray *a, const GPtrArray *b)
{
  for (guint i = 0; i < a->len; i++)
    if (g_ptr_array_find_with_equal_func((GPtrArray *)b, g_ptr_array_index(a, i), g_str_equal,
                                         NULL))
      return TRUE;
  return FALSE;
}

static GPtrArray *keys_of(const Brute *brute, const char *lang, const char *cased)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func(g_free);
  stem_keys(brute->stemmers, lang, cased, strlen(cased), add_key, keys);
  return keys;
}

/* The forms in articles of a language that share a stem with a word. */
static void add_forms(const Brute *brute, const char *lang, const char *cased, GHashTable *forms)
{
  g_autoptr(GPtrArray) wanted = keys_of(brute, lang, cased);
  for (guint t = 0; t < brute->texts->len; t++) {
    const Text *text = g_ptr_array_index(brute->texts, t);
    if (g_strcmp0(text->lang, lang) != 0) continue;
    for (guint i = 0; i < text->sections[0]->len + text->sections[1]->len; i++) {
      gboolean body = i >= text->sections[0]->len;
      const Word *word =
          &g_array_index(text->sections[body], Word, body ? i - text->sections[0]->len : i);
      g_autoptr(GPtrArray) keys = keys_of(brute, lang, word->cased);
      if (share_key(wanted, keys)) g_hash_table_add(forms, word->form);
    }
  }
}

GHashTable *brute_forms_of(Brute *brute, const Word *word, const GPtrArray *langs)
{
  g_autoptr(GString) key = g_string_new(word->cased);
  if (langs == NULL) langs = brute->langs;
  for (guint i = 0; i < langs->len; i++)
    g_string_append_printf(key, " %s", (char *)g_ptr_array_index(langs, i));
  GHashTable *forms = g_hash_table_lookup(brute->forms, key->str);
  if (forms != NULL) return forms;
  forms = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < langs->len; i++)
    add_forms(brute, g_ptr_array_index(langs, i), word->cased, forms);
  g_hash_table_insert(brute->forms, g_strdup(key->str), forms);
  return forms;
}

/* ---- regular expressions ---- */

const GRegex *brute_regex_of(Brute *brute, const char *expression)
{
  GRegex *regex = g_hash_table_lookup(brute->regexes, expression);
  if (regex != NULL) return regex;
  g_autoptr(GString) whole = g_string_new("\\A(?:");
  for (const char *c = expression; *c != '\0'; c = g_utf8_next_char(c)) {
    g_autofree char *letter = g_strndup(c, (gsize)(g_utf8_next_char(c) - c));
    g_autofree char *spelt = brute_spell(letter);
    g_string_append(whole, (guchar)*c < 0x80 ? letter : spelt);
  }
  g_string_append(whole, ")\\z");
  regex = g_regex_new(whole->str, G_REGEX_CASELESS, 0, NULL);
  if (regex == NULL) g_error("%s", whole->str);
  g_hash_table_insert(brute->regexes, g_strdup(expression), regex);
  return regex;
}
