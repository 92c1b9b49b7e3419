/* brute.c - see brute.h */
#include "brute.h"

#include <string.h>

#include "../../corpus/fold.h"
#include "brute_text.h"
#include "brute_word.h"

/* An occurrence: words [first, first + n) of a section. */
typedef struct Place {
  guint section, first, n;
} Place;

/* ---- what a word is compared with ---- */

/* A pattern, fuzzy word or regular expression; `text` is the node's, spelt. */
static gboolean is_like(Brute *brute, const Node *node, const char *text, const char *form)
{
  if (node->kind == NODE_PATTERN) return brute_pattern(text, form);
  if (node->kind == NODE_FUZZY) return brute_similar(text, form, node->number);
  return g_regex_match(brute_regex_of(brute, node->text), form, 0, NULL);
}

static gboolean is_expanded(const Node *node)
{
  return node->kind == NODE_PATTERN || node->kind == NODE_FUZZY || node->kind == NODE_REGEX;
}

/* ---- where leaves occur ---- */

static gboolean stands_at(Brute *brute, const GArray *words, guint first, const GArray *sequence,
                          gboolean stem, const GPtrArray *langs)
{
  if (first + sequence->len > words->len) return FALSE;
  for (guint i = 0; i < sequence->len; i++) {
    const Word *wanted = &g_array_index(sequence, Word, i);
    const char *form = g_array_index(words, Word, first + i).form;
    if (strcmp(form, wanted->form) == 0) continue;
    if (!stem || !g_hash_table_contains(brute_forms_of(brute, wanted, langs), form)) return FALSE;
  }
  return TRUE;
}

static void find_sequence(Brute *brute, const Text *text, const Node *node, const char *wanted,
                          const GPtrArray *langs, GArray *places)
{
  g_autoptr(GArray) sequence = brute_read_words(brute, wanted);
  for (guint s = 0; s < (node->field == FIELD_TITLE ? 1 : 2) && sequence->len > 0; s++)
    for (guint i = 0; i < text->sections[s]->len; i++)
      if (stands_at(brute, text->sections[s], i, sequence, node->kind == NODE_WORD, langs)) {
        Place place = {s, i, sequence->len};
        g_array_append_val(places, place);
      }
}

static void find_expanded(Brute *brute, const Text *text, const Node *node, GArray *places)
{
  g_autofree char *spelt = brute_spell(node->text);
  for (guint s = 0; s < (node->field == FIELD_TITLE ? 1 : 2); s++)
    for (guint i = 0; i < text->sections[s]->len; i++)
      if (is_like(brute, node, spelt, g_array_index(text->sections[s], Word, i).form)) {
        Place place = {s, i, 1};
        g_array_append_val(places, place);
      }
}

static void find_actor(Brute *brute, const Text *text, const Node *node, GArray *places)
{
  const GPtrArray *called = brute_actors_called(brute, node->text);
  for (guint a = 0; a < called->len; a++) {
    const Actor *actor = g_ptr_array_index(called, a);
    for (guint i = 0; i < actor->names->len; i++)
      find_sequence(brute, text, node, g_ptr_array_index(actor->names, i), NULL, places);
  }
}

/* The occurrences of a leaf, or of all leaves of an OR. */
static void find_places(Brute *brute, const Text *text, const Node *node, const GPtrArray *langs,
                        GArray *places)
{
  if (node->kind == NODE_OR)
    for (guint i = 0; i < node->children->len; i++)
      find_places(brute, text, g_ptr_array_index(node->children, i), langs, places);
  else if (is_expanded(node))
    find_expanded(brute, text, node, places);
  else if (node->kind == NODE_ACTOR)
    find_actor(brute, text, node, places);
  else
    find_sequence(brute, text, node, node->text, langs, places);
}

/* ---- near each other, and often ---- */

typedef struct Choice {
  const Node *near;
  GPtrArray *places; /* GArray of Place, of each child */
  Place *chosen;
} Choice;

static gboolean fits(const Choice *choice, guint n, Place place)
{
  for (guint i = 0; i < n; i++) {
    Place other = choice->chosen[i];
    gboolean before = other.first + other.n <= place.first;
    gboolean after = place.first + place.n <= other.first;
    if (other.section != place.section || !(before || (after && !choice->near->ordered)))
      return FALSE;
  }
  return TRUE;
}

static gboolean is_near(const Choice *choice, guint n)
{
  guint first = G_MAXUINT, last = 0, inside = 0;
  for (guint i = 0; i < n; i++) {
    first = MIN(first, choice->chosen[i].first);
    last = MAX(last, choice->chosen[i].first + choice->chosen[i].n);
    inside += choice->chosen[i].n;
  }
  return last - first - inside <= choice->near->number - 1;
}

/* Tries every choice of one occurrence of each child from the n-th on. */
static gboolean can_choose(Choice *choice, guint n)
{
  if (n == choice->places->len) return is_near(choice, n);
  const GArray *places = g_ptr_array_index(choice->places, n);
  for (guint i = 0; i < places->len; i++) {
    Place place = g_array_index(places, Place, i);
    if (!fits(choice, n, place)) continue;
    choice->chosen[n] = place;
    if (can_choose(choice, n + 1)) return TRUE;
  }
  return FALSE;
}

static void places_free(gpointer places)
{
  g_array_free(places, TRUE);
}

static gboolean matches_near(Brute *brute, const Text *text, const Node *node,
                             const GPtrArray *langs)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(places_free);
  for (guint i = 0; i < node->children->len; i++) {
    GArray *places = g_array_new(FALSE, FALSE, sizeof(Place));
    g_ptr_array_add(all, places);
    find_places(brute, text, g_ptr_array_index(node->children, i), langs, places);
    if (places->len == 0) return FALSE;
  }
  g_autofree Place *chosen = g_new(Place, node->children->len);
  Choice choice = {node, all, chosen};
  return can_choose(&choice, 0);
}

static gboolean matches_atleast(Brute *brute, const Text *text, const Node *node,
                                const GPtrArray *langs)
{
  g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(Place));
  g_autoptr(GHashTable) starts = g_hash_table_new(g_direct_hash, g_direct_equal);
  find_places(brute, text, g_ptr_array_index(node->children, 0), langs, places);
  for (guint i = 0; i < places->len; i++) {
    Place place = g_array_index(places, Place, i);
    g_hash_table_add(starts, GUINT_TO_POINTER(place.first * 2 + place.section + 1));
  }
  return g_hash_table_size(starts) >= node->number;
}

/* ---- values of fields ---- */

static gboolean same_name(const char *a, const char *b)
{
  g_autofree char *first = fold_name(a, -1), *second = fold_name(b, -1);
  return strcmp(first, second) == 0;
}

static gboolean is_known_value(const Brute *brute, const Node *node)
{
  for (guint t = 0; t < brute->texts->len; t++) {
    const Text *text = g_ptr_array_index(brute->texts, t);
    const GPtrArray *values = article_values(text->article, (FieldId)node->field);
    for (guint i = 0; values != NULL && i < values->len; i++)
      if (same_name(g_ptr_array_index(values, i), node->text)) return TRUE;
  }
  return FALSE;
}

/* The words of the node stand in the value beside each other, or one passes. */
static gboolean holds_words(Brute *brute, const Node *node, const char *value)
{
  g_autoptr(GArray) words = brute_read_words(brute, value);
  g_autoptr(GArray) wanted = brute_read_words(brute, node->text);
  g_autofree char *spelt = brute_spell(node->text);
  for (guint i = 0; i < words->len; i++)
    if (is_expanded(node) ? is_like(brute, node, spelt, g_array_index(words, Word, i).form)
                          : stands_at(brute, words, i, wanted, FALSE, NULL))
      return TRUE;
  return FALSE;
}

static char *language_of(const char *text)
{
  g_autoptr(Article) scratch = article_new();
  article_add(scratch, FIELD_LANG, text, -1);
  return g_strdup(article_first(scratch, FIELD_LANG));
}

/* The value is what an actor is called that the node names otherwise. */
static gboolean is_actor(Brute *brute, const Node *node, const char *value)
{
  if (node->field != FIELD_ACTOR) return FALSE;
  const GPtrArray *called = brute_actors_called(brute, node->text);
  for (guint a = 0; a < called->len; a++)
    if (same_name(g_ptr_array_index(((Actor *)g_ptr_array_index(called, a))->names, 0), value))
      return TRUE;
  return FALSE;
}

static gboolean matches_one_value(Brute *brute, const Node *node, const char *value)
{
  FieldKind kind = schema_field((FieldId)node->field)->kind;
  if (kind == KIND_EXACT || kind == KIND_COUNTRY) return strcmp(value, node->text) == 0;
  if (node->field == FIELD_LANG) {
    g_autofree char *lang = language_of(node->text);
    return g_strcmp0(value, lang) == 0;
  }
  if (node->kind == NODE_PHRASE && is_known_value(brute, node)) return same_name(value, node->text);
  return holds_words(brute, node, value) || (!is_expanded(node) && is_actor(brute, node, value));
}

static gboolean matches_value(Brute *brute, const Text *text, const Node *node)
{
  const GPtrArray *values = article_values(text->article, (FieldId)node->field);
  for (guint i = 0; values != NULL && i < values->len; i++)
    if (matches_one_value(brute, node, g_ptr_array_index(values, i))) return TRUE;
  return FALSE;
}

/* The whole of the article's year, month or day is in the range. */
static gboolean matches_date(const Text *text, const Node *node)
{
  const char *value = article_first(text->article, FIELD_DATE);
  Date date;
  if (value == NULL || !date_parse_iso(value, strlen(value), &date)) return FALSE;
  return (node->from.year == 0 ||
          date_compare(date_first_day(node->from), date_first_day(date)) <= 0) &&
         (node->to.year == 0 || date_compare(date_last_day(date), date_last_day(node->to)) <= 0);
}

/* ---- trees ---- */

/* The languages that a child of an AND narrows to; NULL when it does not. */
static GPtrArray *languages_of(const Node *child)
{
  g_autoptr(GPtrArray) langs = g_ptr_array_new_with_free_func(g_free);
  guint n = child->kind == NODE_OR ? child->children->len : 1;
  for (guint i = 0; i < n; i++) {
    const Node *leaf = child->kind == NODE_OR ? g_ptr_array_index(child->children, i) : child;
    if (leaf->kind != NODE_WORD || leaf->field != FIELD_LANG) return NULL;
    g_ptr_array_add(langs, language_of(leaf->text));
  }
  return g_steal_pointer(&langs);
}

static gboolean matches(Brute *brute, const Text *text, const Node *node, const GPtrArray *langs);

static gboolean matches_and(Brute *brute, const Text *text, const Node *node,
                            const GPtrArray *langs)
{
  g_autoptr(GPtrArray) narrowed = NULL;
  for (guint i = 0; narrowed == NULL && i < node->children->len; i++)
    narrowed = languages_of(g_ptr_array_index(node->children, i));
  for (guint i = 0; i < node->children->len; i++)
    if (!matches(brute, text, g_ptr_array_index(node->children, i),
                 narrowed == NULL ? langs : narrowed))
      return FALSE;
  return TRUE;
}

static gboolean matches_or(Brute *brute, const Text *text, const Node *node, const GPtrArray *langs)
{
  for (guint i = 0; i < node->children->len; i++)
    if (matches(brute, text, g_ptr_array_index(node->children, i), langs)) return TRUE;
  return FALSE;
}

static gboolean matches_leaf(Brute *brute, const Text *text, const Node *node,
                             const GPtrArray *langs)
{
  if (node->field != FIELD_ANY && node->field != FIELD_TITLE)
    return matches_value(brute, text, node);
  g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(Place));
  find_places(brute, text, node, langs, places);
  return places->len > 0;
}

static gboolean matches(Brute *brute, const Text *text, const Node *node, const GPtrArray *langs)
{
  switch (node->kind) {
  case NODE_ALL: return TRUE;
  case NODE_AND: return matches_and(brute, text, node, langs);
  case NODE_OR: return matches_or(brute, text, node, langs);
  case NODE_NOT: return !matches(brute, text, g_ptr_array_index(node->children, 0), langs);
  case NODE_BOOST: return matches(brute, text, g_ptr_array_index(node->children, 0), langs);
  case NODE_HAS: return article_values(text->article, (FieldId)node->field) != NULL;
  case NODE_DATE: return matches_date(text, node);
  case NODE_NEAR: return matches_near(brute, text, node, langs);
  case NODE_ATLEAST: return matches_atleast(brute, text, node, langs);
  default: return matches_leaf(brute, text, node, langs);
  }
}

GPtrArray *brute_find(Brute *brute, const Node *tree)
{
  GPtrArray *ids = g_ptr_array_new();
  for (guint t = 0; t < brute->texts->len; t++) {
    const Text *text = g_ptr_array_index(brute->texts, t);
    if (matches(brute, text, tree, NULL))
      g_ptr_array_add(ids, (gpointer)article_first(text->article, FIELD_ID));
  }
  return ids;
}
