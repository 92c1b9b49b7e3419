/* diagnose.c - see diagnose.h */
#include "diagnose.h"

#include <string.h>

#include "../corpus/error.h"
#include "../shim/set.h"
#include "spelling.h"

/* Each part is counted with all the others; of queries with more than MANY parts none is. */
enum { PARTS_MAX = 20, WORDS_MAX = 8, MANY = 200 };

typedef struct Doctor {
  const char *text;
  ShimDb *db;
  CompileOptions options;
  GError **error;
} Doctor;

static void part_free(gpointer data)
{
  QueryPart *part = data;
  g_free(part->query);
  g_free(part);
}

void diagnosis_free(Diagnosis *diagnosis)
{
  if (diagnosis == NULL) return;
  g_ptr_array_free(diagnosis->parts, TRUE);
  g_free(diagnosis->suggestion);
  g_free(diagnosis);
}

/* How many articles match a tree. FALSE with an error. */
static gboolean count(const Doctor *doctor, const Node *tree, guint32 *n)
{
  g_autoptr(CompiledQuery) compiled =
      query_compile(tree, doctor->text, doctor->db, &doctor->options, doctor->error);
  return compiled != NULL && shim_ok(shim_set_count(doctor->db, compiled->query, n), doctor->error);
}

/* ---- parts ---- */

/* How many match an AND of all `nodes` but one (all when `but` is none of them). */
static gboolean count_without(const Doctor *doctor, const GPtrArray *nodes, guint but, guint32 *n)
{
  g_autoptr(GPtrArray) others = g_ptr_array_new();
  for (guint i = 0; i < nodes->len; i++)
    if (i != but) g_ptr_array_add(others, g_ptr_array_index(nodes, i));
  const Node join = {.kind = NODE_AND, .field = FIELD_ANY, .children = others};
  return count(doctor, others->len == 1 ? g_ptr_array_index(others, 0) : &join, n);
}

static gboolean add_part(const Doctor *doctor, const GPtrArray *nodes, guint i,
                         Diagnosis *diagnosis)
{
  QueryPart *part = g_new0(QueryPart, 1);
  part->query = query_print(g_ptr_array_index(nodes, i));
  g_ptr_array_add(diagnosis->parts, part);
  return count(doctor, g_ptr_array_index(nodes, i), &part->alone) &&
         count_without(doctor, nodes, i, &part->without);
}

static gboolean add_parts(const Doctor *doctor, const GPtrArray *nodes, Diagnosis *diagnosis)
{
  if (nodes->len < 2) return TRUE;
  guint n = nodes->len > MANY ? 0 : MIN(nodes->len, PARTS_MAX);
  diagnosis->left_out = nodes->len - n;
  for (guint i = 0; i < n; i++)
    if (!add_part(doctor, nodes, i, diagnosis)) return FALSE;
  return !diagnosis->is_place || n == 0 ||
         count_without(doctor, nodes, nodes->len, &diagnosis->together);
}

static void free_node(gpointer node)
{
  node_free(node);
}

/* The words of a phrase, each as an exact word. */
static GPtrArray *words_of_phrase(const Doctor *doctor, const Node *phrase)
{
  GPtrArray *words = g_ptr_array_new_with_free_func(free_node);
  Analyzer *analyzer = index_state_analyzer(index_state(doctor->db));
  Token token;
  analyzer_start(analyzer, phrase->text, strlen(phrase->text));
  while (analyzer_next(analyzer, &token)) {
    Node *word = g_new0(Node, 1);
    *word = (Node){.kind = NODE_EXACT, .field = phrase->field, .text = g_strdup(token.form)};
    g_ptr_array_add(words, word);
  }
  return words;
}

static gboolean is_text(const Node *leaf)
{
  return leaf->field == FIELD_ANY || leaf->field == FIELD_TITLE;
}

static gboolean find_parts(const Doctor *doctor, const Node *tree, Diagnosis *diagnosis)
{
  while (tree->kind == NODE_BOOST) tree = g_ptr_array_index(tree->children, 0);
  if (tree->kind == NODE_AND) return add_parts(doctor, tree->children, diagnosis);
  diagnosis->is_place = TRUE;
  if (tree->kind == NODE_NEAR) return add_parts(doctor, tree->children, diagnosis);
  if (tree->kind != NODE_PHRASE || !is_text(tree)) return TRUE;
  g_autoptr(GPtrArray) words = words_of_phrase(doctor, tree);
  return add_parts(doctor, words, diagnosis);
}

/* ---- spelling ---- */

/* A word of a leaf that may be misspelt. */
typedef struct Suspect {
  Node *leaf;
  gsize start, end;       /* bytes of leaf->text */
  GPtrArray *corrections; /* char *, the likeliest first */
  gboolean unknown;       /* no form of it is in the index */
} Suspect;

static void suspect_free(gpointer data)
{
  Suspect *suspect = data;
  if (suspect->corrections != NULL) g_ptr_array_free(suspect->corrections, TRUE);
  g_free(suspect);
}

static gboolean add_suspect(const Doctor *doctor, Node *leaf, const Token *token,
                            GPtrArray *suspects)
{
  Suspect *suspect = g_new0(Suspect, 1);
  guint32 known = 0;
  *suspect = (Suspect){.leaf = leaf, .start = token->start, .end = token->end};
  g_ptr_array_add(suspects, suspect);
  suspect->corrections =
      spelling_corrections(doctor->db, leaf->field == FIELD_TITLE ? FIELD_TITLE : FIELD_BODY, token,
                           leaf->kind == NODE_WORD, &known, doctor->error);
  suspect->unknown = known == 0;
  return suspect->corrections != NULL;
}

static gboolean suspect_leaf(const Doctor *doctor, Node *leaf, GPtrArray *suspects)
{
  Analyzer *analyzer = index_state_analyzer(index_state(doctor->db));
  Token token;
  analyzer_start(analyzer, leaf->text, strlen(leaf->text));
  while (suspects->len < WORDS_MAX && analyzer_next(analyzer, &token))
    if (!add_suspect(doctor, leaf, &token, suspects)) return FALSE;
  return TRUE;
}

/* Collects the words of a tree that have to match. */
static gboolean find_suspects(const Doctor *doctor, Node *node, GPtrArray *suspects)
{
  gboolean words = node->kind == NODE_WORD || node->kind == NODE_EXACT || node->kind == NODE_PHRASE;
  if (words && is_text(node)) return suspect_leaf(doctor, node, suspects);
  if (node->kind == NODE_NOT || node->children == NULL) return TRUE;
  for (guint i = 0; i < node->children->len && suspects->len < WORDS_MAX; i++)
    if (!find_suspects(doctor, g_ptr_array_index(node->children, i), suspects)) return FALSE;
  return TRUE;
}

/* The text of a leaf with a word replaced; later words of the same leaf move along. */
static void replace(GPtrArray *suspects, guint i, const char *word)
{
  Suspect *suspect = g_ptr_array_index(suspects, i);
  Node *leaf = suspect->leaf;
  g_autoptr(GString) text = g_string_new_len(leaf->text, (gssize)suspect->start);
  g_string_append(text, word);
  g_string_append(text, leaf->text + suspect->end);
  gsize end = suspect->start + strlen(word);
  for (guint next = i + 1; next < suspects->len; next++) {
    Suspect *other = g_ptr_array_index(suspects, next);
    if (other->leaf != leaf) break;
    other->start = other->start - suspect->end + end;
    other->end = other->end - suspect->end + end;
  }
  suspect->end = end;
  g_free(leaf->text);
  leaf->text = g_strdup(text->str);
}

/* Keeps the tree as a suggestion when it matches something, more than what is kept. */
static gboolean try_tree(const Doctor *doctor, const Node *tree, Diagnosis *diagnosis)
{
  guint32 n;
  if (!count(doctor, tree, &n)) return FALSE;
  if (n <= diagnosis->suggested) return TRUE;
  g_free(diagnosis->suggestion);
  diagnosis->suggestion = query_print(tree);
  diagnosis->suggested = n;
  return TRUE;
}

/* Replaces the words that the index does not know. FALSE when one has no likeness in it. */
static gboolean replace_unknown(GPtrArray *suspects, gboolean *replaced)
{
  for (guint i = 0; i < suspects->len; i++) {
    const Suspect *suspect = g_ptr_array_index(suspects, i);
    if (!suspect->unknown) continue;
    if (suspect->corrections->len == 0) return FALSE;
    replace(suspects, i, g_ptr_array_index(suspect->corrections, 0));
    *replaced = TRUE;
  }
  return TRUE;
}

/* Tries other words for one that the index knows. */
static gboolean try_corrections(const Doctor *doctor, const Node *tree, GPtrArray *suspects,
                                guint i, Diagnosis *diagnosis)
{
  const Suspect *suspect = g_ptr_array_index(suspects, i);
  g_autofree char *typed =
      g_strndup(suspect->leaf->text + suspect->start, suspect->end - suspect->start);
  gboolean ok = TRUE;
  for (guint c = 0; ok && !suspect->unknown && c < suspect->corrections->len; c++) {
    replace(suspects, i, g_ptr_array_index(suspect->corrections, c));
    ok = try_tree(doctor, tree, diagnosis);
  }
  replace(suspects, i, typed);
  return ok;
}

static gboolean suggest(const Doctor *doctor, Node *tree, GPtrArray *suspects, Diagnosis *diagnosis)
{
  gboolean replaced = FALSE;
  if (!find_suspects(doctor, tree, suspects)) return FALSE;
  if (!replace_unknown(suspects, &replaced)) return TRUE;
  if (replaced && !try_tree(doctor, tree, diagnosis)) return FALSE;
  for (guint i = 0; diagnosis->suggestion == NULL && i < suspects->len; i++)
    if (!try_corrections(doctor, tree, suspects, i, diagnosis)) return FALSE;
  return TRUE;
}

/* ---- the tree as it was ---- */

static void keep_texts(const Node *node, GPtrArray *texts)
{
  g_ptr_array_add(texts, g_strdup(node->text));
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    keep_texts(g_ptr_array_index(node->children, i), texts);
}

static void restore_texts(Node *node, GPtrArray *texts, guint *at)
{
  g_free(node->text);
  node->text = g_steal_pointer(&g_ptr_array_index(texts, *at));
  ++*at;
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    restore_texts(g_ptr_array_index(node->children, i), texts, at);
}

Diagnosis *diagnose(Node *tree, const char *text, ShimDb *db, const CompileOptions *options,
                    GError **error)
{
  Diagnosis *diagnosis = g_new0(Diagnosis, 1);
  Doctor doctor = {text, db, *options, error};
  doctor.options.reports = FALSE;
  diagnosis->parts = g_ptr_array_new_with_free_func(part_free);
  g_autoptr(GPtrArray) suspects = g_ptr_array_new_with_free_func(suspect_free);
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
  guint at = 0;
  keep_texts(tree, texts);
  gboolean ok = find_parts(&doctor, tree, diagnosis) && suggest(&doctor, tree, suspects, diagnosis);
  restore_texts(tree, texts, &at);
  if (ok) return diagnosis;
  diagnosis_free(diagnosis);
  return NULL;
}
