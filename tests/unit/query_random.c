/* query_random.c - see query_random.h */
#include "query_random.h"

#include <string.h>

typedef struct Maker {
  GRand *random;
  const GPtrArray *words;
  guint depth;
} Maker;

#define PICK(maker, list) ((list)[below(maker, G_N_ELEMENTS(list))])

static guint below(const Maker *maker, gsize n)
{
  return (guint)g_rand_int_range(maker->random, 0, (gint32)n);
}

static Node *new_node(NodeKind kind, int field, char *text)
{
  Node *node = g_new0(Node, 1);
  node->kind = kind;
  node->field = field;
  node->text = text;
  return node;
}

static Node *new_parent(NodeKind kind)
{
  Node *node = new_node(kind, FIELD_ANY, NULL);
  node->children = g_ptr_array_new_with_free_func((GDestroyNotify)node_free);
  return node;
}

/* ---- texts ---- */

static const char *any_word(const Maker *maker)
{
  return g_ptr_array_index(maker->words, below(maker, maker->words->len));
}

/* A word of letters and digits, as characters; g_free() it. */
static gunichar *plain_word(const Maker *maker, glong *len)
{
  for (;;) {
    gunichar *letters = g_utf8_to_ucs4_fast(any_word(maker), -1, len);
    gboolean plain = TRUE;
    for (glong i = 0; i < *len; i++)
      if (!g_unichar_isalnum(letters[i])) plain = FALSE;
    if (plain) return letters;
    g_free(letters);
  }
}

/* Several words to the analyzer, one to the parser. */
static char *joined_words(const Maker *maker)
{
  const char *first = any_word(maker), *second = any_word(maker);
  /* A colon would end the name of a field. */
  return strchr(second, ':') != NULL ? g_strdup(first) : g_strdup_printf("%s-%s", first, second);
}

static char *neighbours(const Maker *maker)
{
  GString *text = g_string_new(any_word(maker));
  if (below(maker, 4) > 0) {
    guint n = MIN(maker->words->len, 1 + below(maker, 3));
    guint first = below(maker, maker->words->len - n + 1);
    g_string_truncate(text, 0);
    for (guint i = 0; i < n; i++)
      g_string_append_printf(text, "%s%s", i == 0 ? "" : " ",
                             (char *)g_ptr_array_index(maker->words, first + i));
  }
  return g_string_free(text, FALSE);
}

static char *some_pattern(const Maker *maker)
{
  glong len;
  g_autofree gunichar *letters = plain_word(maker, &len);
  glong at = (glong)below(maker, (gsize)len), rest = len - at - 1;
  g_autofree char *whole = g_ucs4_to_utf8(letters, len, NULL, NULL, NULL);
  g_autofree char *before = g_utf8_substring(whole, 0, at + 1);
  g_autofree char *after = g_utf8_substring(whole, at, len);
  g_autofree char *around = g_utf8_substring(whole, 0, at);
  g_autofree char *end = g_utf8_substring(whole, at + 1, len);
  switch (below(maker, 4)) {
  case 0: return g_strconcat(before, "*", NULL);
  case 1: return g_strconcat("*", after, NULL);
  case 2: return g_strconcat(before, "*", rest > 0 ? end : "?", NULL);
  default: return len == 1 ? g_strconcat(whole, "?", NULL) : g_strconcat(around, "?", end, NULL);
  }
}

/* A word with a letter left out, doubled, changed, or swapped with the next. */
static char *misspelt(const Maker *maker)
{
  glong len;
  g_autofree gunichar *letters = plain_word(maker, &len);
  glong at = (glong)below(maker, (gsize)len);
  GString *out = g_string_new(NULL);
  guint how = len < 3 ? 4 : below(maker, 5);
  for (glong i = 0; i < len; i++) {
    if (i == at && how == 0) continue;
    if (i == at && how == 1) g_string_append_unichar(out, letters[i]);
    if (i == at && how == 2)
      g_string_append_c(out, 'x');
    else if (how == 3 && at + 1 < len && (i == at || i == at + 1))
      g_string_append_unichar(out, letters[i == at ? at + 1 : at]);
    else
      g_string_append_unichar(out, letters[i]);
  }
  return g_string_free(out, FALSE);
}

static char *some_regex(const Maker *maker)
{
  static const char *const changes[] = {".", ".*", "[a-z]", "\\w", "(x|.)", ".?", "[^a]+"};
  glong len;
  g_autofree gunichar *letters = plain_word(maker, &len);
  g_autofree char *whole = g_ucs4_to_utf8(letters, len, NULL, NULL, NULL);
  if (below(maker, 4) == 0) {
    g_autofree gunichar *others = plain_word(maker, &len);
    g_autofree char *other = g_ucs4_to_utf8(others, len, NULL, NULL, NULL);
    return g_strdup_printf("%s|%s", whole, other);
  }
  glong at = (glong)below(maker, (gsize)len);
  if (len == 1) return g_strconcat(whole, PICK(maker, changes), NULL);
  g_autofree char *before = g_utf8_substring(whole, 0, at);
  g_autofree char *after = g_utf8_substring(whole, at + 1, len);
  return g_strconcat(before, PICK(maker, changes), after, NULL);
}

/* ---- leaves ---- */

static Node *some_leaf(const Maker *maker, int field)
{
  static const char *const actors[] = {"mek",     "PMOI",  "FMLN", "People's Mujahedin of Iran",
                                       "Houthis", "Hamas", "M-19"};
  Node *node;
  switch (below(maker, 10)) {
  case 0: return new_node(NODE_EXACT, field, g_strdup(any_word(maker)));
  case 1: return new_node(NODE_PHRASE, field, neighbours(maker));
  case 2: return new_node(NODE_PATTERN, field, some_pattern(maker));
  case 3:
    node = new_node(NODE_FUZZY, field, misspelt(maker));
    node->number = 1 + below(maker, FUZZY_MAX);
    return node;
  case 4: return new_node(NODE_REGEX, field, some_regex(maker));
  case 5: return new_node(NODE_ACTOR, field, g_strdup(PICK(maker, actors)));
  case 6: return new_node(NODE_WORD, field, joined_words(maker));
  default: return new_node(NODE_WORD, field, g_strdup(any_word(maker)));
  }
}

static Node *some_code(const Maker *maker, FieldId field)
{
  static const char *const countries[] = {"IR", "AL", "FR", "TN", "SU", "JP", "Neverland"};
  static const char *const langs[] = {"en", "fr", "es", "ru", "ar", "und", "de"};
  static const char *const ids[] = {"e1", "f2", "a3", "nothing", "with space"};
  static const char *const urls[] = {"http://example.org/news_(1)", "http://example.org/news?id=2"};
  const char *text = field == FIELD_LANG  ? PICK(maker, langs)
                     : field == FIELD_ID  ? PICK(maker, ids)
                     : field == FIELD_URL ? PICK(maker, urls)
                                          : countries[below(maker, 6)];
  return new_node(NODE_WORD, (int)field, g_strdup(text));
}

static Node *some_language(const Maker *maker)
{
  Node *node = some_code(maker, FIELD_LANG);
  return below(maker, 3) > 0 ? node : node_join(NODE_OR, node, some_code(maker, FIELD_LANG));
}

static Node *some_value(const Maker *maker)
{
  static const char *const values[] = {"Reuters",     "reuters",
                                       "Daily Post",  "daily",
                                       "Le Monde",    "El País",
                                       "Правда",      "Paris",
                                       "Tehran",      "West Tehran",
                                       "Bogota",      "war",
                                       "politics",    "oil",
                                       "attack",      "Kidnapping",
                                       "MEK",         "Jane Doe",
                                       "Groupe armé", "mek",
                                       "mko",         "People's Mujahedin of Iran",
                                       "nothing",     "Navy",
                                       "police",      "monde"};
  FieldId field = (FieldId)below(maker, FIELD_COUNT);
  FieldKind kind = schema_field(field)->kind;
  if (kind == KIND_EXACT || kind == KIND_COUNTRY || field == FIELD_LANG)
    return some_code(maker, field);
  if (kind != KIND_KEYWORD) return some_leaf(maker, FIELD_TITLE);
  guint how = below(maker, 8);
  if (how == 0) return new_node(NODE_PATTERN, (int)field, some_pattern(maker));
  if (how == 1) return new_node(NODE_REGEX, (int)field, some_regex(maker));
  if (how == 2) {
    Node *node = new_node(NODE_FUZZY, (int)field, misspelt(maker));
    node->number = 1;
    return node;
  }
  const char *value = PICK(maker, values);
  gboolean whole = strchr(value, ' ') != NULL || how < 5;
  return new_node(whole ? NODE_PHRASE : NODE_WORD, (int)field, g_strdup(value));
}

static Node *some_date(const Maker *maker)
{
  static const Date dates[] = {{0, 0, 0},    {1987, 0, 0},  {1987, 3, 0},  {1987, 3, 14},
                               {1990, 0, 0}, {2011, 1, 14}, {2020, 2, 29}, {2021, 0, 0},
                               {2023, 6, 0}, {2023, 6, 20}, {2023, 12, 31}};
  Node *node = new_node(NODE_DATE, FIELD_DATE, NULL);
  guint from = below(maker, G_N_ELEMENTS(dates)), to = below(maker, G_N_ELEMENTS(dates));
  if (from == 0 && to == 0) from = 1;
  node->from = dates[to == 0 ? from : MIN(from, to)];
  node->to = dates[from == 0 ? to : to == 0 ? 0 : MAX(from, to)];
  return node;
}

static Node *some_has(const Maker *maker)
{
  FieldId field = (FieldId)below(maker, FIELD_COUNT);
  return new_node(NODE_HAS, field == FIELD_BODY ? FIELD_TITLE : (int)field, NULL);
}

/* ---- trees ---- */

static int some_text_field(const Maker *maker)
{
  return below(maker, 5) == 0 ? FIELD_TITLE : FIELD_ANY;
}

static Node *some_operand(const Maker *maker, int field)
{
  Node *operand = some_leaf(maker, field);
  for (guint n = below(maker, 4) == 0 ? 1 + below(maker, 2) : 0; n > 0; n--)
    operand = node_join(NODE_OR, operand, some_leaf(maker, field));
  return operand;
}

static Node *some_near(const Maker *maker)
{
  static const guint numbers[] = {1, 1, 2, 3, 4, 6, 10, 50, NEAR_MAX};
  int field = some_text_field(maker);
  Node *node = new_parent(NODE_NEAR);
  node->number = PICK(maker, numbers);
  node->ordered = below(maker, 3) == 0;
  for (guint n = 2 + below(maker, 5) / 3; n > 0; n--)
    g_ptr_array_add(node->children, some_operand(maker, field));
  return node;
}

static Node *some_atleast(const Maker *maker)
{
  Node *node = new_parent(NODE_ATLEAST);
  node->number = 1 + below(maker, 4);
  g_ptr_array_add(node->children, some_operand(maker, some_text_field(maker)));
  return node;
}

static gboolean weighs(const Node *node)
{
  if (node->kind == NODE_NEAR || node->kind == NODE_ATLEAST) return TRUE;
  if (node->kind == NODE_NOT) return FALSE;
  if (node->text != NULL) return node->field == FIELD_ANY || node->field == FIELD_TITLE;
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    if (weighs(g_ptr_array_index(node->children, i))) return TRUE;
  return FALSE;
}

static Node *some_tree(Maker *maker);

static Node *some_joined(Maker *maker, NodeKind kind)
{
  Node *node = some_tree(maker);
  for (guint n = 1 + below(maker, 3) / 2; n > 0; n--)
    node = node_join(kind, node, some_tree(maker));
  /* A language beside words narrows their stems. */
  return kind == NODE_AND && below(maker, 4) == 0 ? node_join(kind, node, some_language(maker))
                                                  : node;
}

static Node *some_parent(Maker *maker, NodeKind kind)
{
  static const double factors[] = {0.001, 0.1, 0.5, 1.5, 2, 3, 1000, 1.0 / 3};
  Node *child = some_tree(maker);
  if (kind == NODE_BOOST && (child->kind == NODE_BOOST || !weighs(child))) return child;
  Node *node = new_parent(kind);
  node->factor = kind == NODE_BOOST ? PICK(maker, factors) : 0;
  g_ptr_array_add(node->children, child);
  return node;
}

static Node *some_single(const Maker *maker)
{
  switch (below(maker, 9)) {
  case 0:
  case 1: return some_near(maker);
  case 2: return some_atleast(maker);
  case 3: return some_value(maker);
  case 4: return below(maker, 2) == 0 ? some_date(maker) : some_has(maker);
  default: return some_leaf(maker, some_text_field(maker));
  }
}

static Node *some_tree(Maker *maker)
{
  enum { DEPTH_MAX = 4 };
  if (maker->depth >= DEPTH_MAX) return some_single(maker);
  maker->depth++;
  Node *node;
  switch (below(maker, 10)) {
  case 0:
  case 1: node = some_joined(maker, NODE_AND); break;
  case 2:
  case 3: node = some_joined(maker, NODE_OR); break;
  case 4: node = some_parent(maker, NODE_NOT); break;
  case 5: node = some_parent(maker, NODE_BOOST); break;
  default: node = some_single(maker);
  }
  maker->depth--;
  return node;
}

Node *query_random(GRand *random, const GPtrArray *words)
{
  Maker maker = {.random = random, .words = words};
  return some_tree(&maker);
}
