/* names.c - see names.h */
#include "names.h"

#include <string.h>

enum {
  SLOTS_MIN = 64,
  SMALL_WORD = 3, /* bytes */
  AHEAD = 6       /* words that are fetched while those before are looked up */
};

struct Names {
  Analyzer *analyzer;
  TextWords *words; /* of the name being added */
  GString *pool;
  GArray *word_starts, *word_nodes, *node_senses; /* guint32 */
  GArray *senses;                                 /* NameSense */
  guint32 *word_slots;
  NameEdge *edges;
  guint32 n_edges, n_names;
  NameTable table;
};

/* ---- look-up ---- */

static guint32 edge_hash(guint32 node, guint32 word)
{
  /* Fibonacci hashing (Knuth, TAOCP 6.4) of the pair. */
  guint64 mixed = ((guint64)node << 32 | word) * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
  return (guint32)(mixed >> 32);
}

static guint32 slot_of(guint32 word, guint32 hash)
{
  return word | (hash & ~(guint32)NAME_SLOT_WORD);
}

/* The number of a word + 1; 0 when it is in no name. *slot is where it is, or would be. */
static guint32 find_word(const NameTable *table, const char *form, gsize len, guint32 hash,
                         guint32 *slot)
{
  for (guint32 at = hash & table->word_mask;; at = (at + 1) & table->word_mask) {
    guint32 word = table->word_slots[at] & NAME_SLOT_WORD;
    if (slot != NULL) *slot = at;
    if (word == 0) return 0;
    if (table->word_slots[at] != slot_of(word, hash)) continue;
    guint32 start = table->word_starts[word - 1];
    if (table->word_starts[word] - start == len && memcmp(table->pool + start, form, len) == 0)
      return word;
  }
}

static guint32 find_edge(const NameTable *table, guint32 node, guint32 word, guint32 *slot)
{
  for (guint32 at = edge_hash(node, word) & table->edge_mask;; at = (at + 1) & table->edge_mask) {
    const NameEdge *edge = &table->edges[at];
    if (slot != NULL) *slot = at;
    if (edge->to == 0 || (edge->node == node && edge->word == word)) return edge->to;
  }
}

/* ---- building ---- */

static void append_number(GArray *array, guint32 number)
{
  g_array_append_val(array, number);
}

static void refresh(Names *names)
{
  names->table.pool = names->pool->str;
  names->table.word_starts = (const guint32 *)(gpointer)names->word_starts->data;
  names->table.word_nodes = (const guint32 *)(gpointer)names->word_nodes->data;
  names->table.node_senses = (const guint32 *)(gpointer)names->node_senses->data;
  names->table.senses = (const NameSense *)(gpointer)names->senses->data;
  names->table.word_slots = names->word_slots;
  names->table.edges = names->edges;
}

Names *names_new(void)
{
  Names *names = g_new0(Names, 1);
  NameSense none = {0};
  names->analyzer = analyzer_new();
  names->words = text_words_new();
  names->pool = g_string_new(NULL);
  names->word_starts = g_array_new(FALSE, FALSE, sizeof(guint32));
  names->word_nodes = g_array_new(FALSE, FALSE, sizeof(guint32));
  names->node_senses = g_array_new(FALSE, FALSE, sizeof(guint32));
  names->senses = g_array_new(FALSE, FALSE, sizeof(NameSense));
  names->word_slots = g_new0(guint32, SLOTS_MIN);
  names->edges = g_new0(NameEdge, SLOTS_MIN);
  names->table.word_mask = names->table.edge_mask = SLOTS_MIN - 1;
  append_number(names->word_starts, 0);
  append_number(names->node_senses, 0); /* node 0 is the root */
  g_array_append_val(names->senses, none);
  refresh(names);
  return names;
}

void names_free(Names *names)
{
  if (names == NULL) return;
  analyzer_free(names->analyzer);
  text_words_free(names->words);
  g_string_free(names->pool, TRUE);
  g_array_free(names->word_starts, TRUE);
  g_array_free(names->word_nodes, TRUE);
  g_array_free(names->node_senses, TRUE);
  g_array_free(names->senses, TRUE);
  g_free(names->word_slots);
  g_free(names->edges);
  g_free(names);
}

/* Twice the slots, when they are more than half full. */
static void grow_words(Names *names)
{
  guint32 n = names->word_nodes->len, slots = names->table.word_mask + 1;
  if (n * 2 < slots) return;
  g_free(names->word_slots);
  names->word_slots = g_new0(guint32, (gsize)slots * 2);
  names->table.word_mask = slots * 2 - 1;
  refresh(names);
  for (guint32 word = 1; word <= n; word++) {
    guint32 start = names->table.word_starts[word - 1], slot;
    gsize len = names->table.word_starts[word] - start;
    const char *form = names->table.pool + start;
    guint32 hash = text_words_hash(form, len);
    find_word(&names->table, form, len, hash, &slot);
    names->word_slots[slot] = slot_of(word, hash);
  }
}

static guint32 intern_word(Names *names, const char *form, gsize len, guint32 hash)
{
  guint32 slot;
  guint32 word = find_word(&names->table, form, len, hash, &slot);
  if (word != 0) return word;
  g_string_append_len(names->pool, form, (gssize)len);
  append_number(names->word_starts, (guint32)names->pool->len);
  append_number(names->word_nodes, 0);
  names->word_slots[slot] = slot_of(names->word_nodes->len, hash);
  refresh(names);
  grow_words(names);
  return names->word_nodes->len;
}

static guint32 new_node(Names *names)
{
  append_number(names->node_senses, 0);
  return names->node_senses->len - 1;
}

static void grow_edges(Names *names)
{
  guint32 slots = names->table.edge_mask + 1;
  if (names->n_edges * 2 < slots) return;
  NameEdge *old = names->edges;
  names->edges = g_new0(NameEdge, (gsize)slots * 2);
  names->table.edge_mask = slots * 2 - 1;
  refresh(names);
  for (guint32 i = 0; i < slots; i++) {
    guint32 slot;
    if (old[i].to == 0) continue;
    find_edge(&names->table, old[i].node, old[i].word, &slot);
    names->edges[slot] = old[i];
  }
  g_free(old);
}

static guint32 intern_edge(Names *names, guint32 node, guint32 word)
{
  guint32 slot;
  guint32 to = find_edge(&names->table, node, word, &slot);
  if (to != 0) return to;
  to = new_node(names);
  names->edges[slot] = (NameEdge){node, word, to};
  names->n_edges++;
  grow_edges(names);
  return to;
}

static guint32 intern_first(Names *names, guint32 word)
{
  guint32 *node = &g_array_index(names->word_nodes, guint32, word - 1);
  if (*node == 0) *node = new_node(names);
  return *node;
}

/* What two marks of one sense have in common: all four restrictions and all the caller's marks. */
static void add_sense(Names *names, guint32 node, guint32 value, guint16 marks)
{
  guint32 *link = &g_array_index(names->node_senses, guint32, node);
  if (*link == 0) names->n_names++;
  while (*link != 0) {
    NameSense *sense = &g_array_index(names->senses, NameSense, *link);
    if (sense->value == value) {
      sense->marks &= marks;
      return;
    }
    link = &sense->next;
  }
  NameSense sense = {.value = value, .marks = marks};
  *link = names->senses->len; /* before the array may move */
  g_array_append_val(names->senses, sense);
}

gboolean names_add(Names *names, const char *name, guint32 value, guint16 marks)
{
  TextWords *words = names->words;
  text_words_read(words, names->analyzer, NULL, name);
  if (words->n == 0 || words->n > NAME_WORDS_MAX) return FALSE;
  if (names->word_nodes->len > NAME_SLOT_WORD - NAME_WORDS_MAX) return FALSE;
  for (guint i = 0; i < words->n; i++)
    if (words->list[i].form_len == 0) return FALSE;
  guint32 node = 0;
  for (guint i = 0; i < words->n; i++) {
    const TextWord *word = &words->list[i];
    guint32 number = intern_word(names, text_words_form(words, i), word->form_len, word->hash);
    node = i == 0 ? intern_first(names, number) : intern_edge(names, node, number);
  }
  add_sense(names, node, value, marks);
  refresh(names);
  return TRUE;
}

guint names_count(const Names *names)
{
  return names->n_names;
}

const NameTable *names_table(const Names *names)
{
  return &names->table;
}

/* ---- as C ---- */

static void write_numbers(GString *out, const char *identifier, const char *part,
                          const guint32 *numbers, gsize n)
{
  g_string_append_printf(out, "static const guint32 %s_%s[] = {", identifier, part);
  for (gsize i = 0; i < n; i++)
    g_string_append_printf(out, "%s%u,", i % 16 == 0 ? "\n" : "", numbers[i]);
  g_string_append(out, "\n};\n");
}

/* Characters rather than one string: ISO C promises no more than 4095 bytes in a string literal. */
static void write_bytes(GString *out, const char *identifier, const GString *bytes)
{
  g_string_append_printf(out, "static const char %s_pool[] = {", identifier);
  for (gsize i = 0; i < bytes->len; i++) {
    const char *line = i % 24 == 0 ? "\n" : "";
    guchar c = (guchar)bytes->str[i];
    g_string_append_printf(out, g_ascii_isalnum(c) ? "%s'%c'," : "%s'\\x%02x',", line, c);
  }
  g_string_append(out, "\n};\n");
}

void names_write(const Names *names, const char *identifier, GString *out)
{
  const NameTable *table = &names->table;
  write_bytes(out, identifier, names->pool);
  write_numbers(out, identifier, "starts", table->word_starts, names->word_starts->len);
  write_numbers(out, identifier, "slots", table->word_slots, (gsize)table->word_mask + 1);
  write_numbers(out, identifier, "first", table->word_nodes, names->word_nodes->len);
  write_numbers(out, identifier, "ends", table->node_senses, names->node_senses->len);
  g_string_append_printf(out, "static const NameEdge %s_edges[] = {", identifier);
  for (gsize i = 0; i <= table->edge_mask; i++)
    g_string_append_printf(out, "%s{%u,%u,%u},", i % 8 == 0 ? "\n" : "", table->edges[i].node,
                           table->edges[i].word, table->edges[i].to);
  g_string_append_printf(out, "\n};\nstatic const NameSense %s_senses[] = {", identifier);
  for (gsize i = 0; i < names->senses->len; i++)
    g_string_append_printf(out, "%s{%u,%u,%u},", i % 8 == 0 ? "\n" : "", table->senses[i].value,
                           table->senses[i].marks, table->senses[i].next);
  g_string_append_printf(out,
                         "\n};\nstatic const NameTable %s = {%s_pool, %s_starts, %s_slots, "
                         "%s_first, %s_edges, %s_ends, %s_senses, %u, %u};\n",
                         identifier, identifier, identifier, identifier, identifier, identifier,
                         identifier, identifier, table->word_mask, table->edge_mask);
}

/* ---- matching ---- */

static gboolean has_flag(const TextWords *words, guint i, guint8 flag)
{
  return (words->list[i].flags & flag) != 0 || g_ascii_isdigit(*text_words_form(words, i));
}

static gboolean all_upper(const TextWords *words, guint first, guint n)
{
  for (guint i = first; i < first + n; i++)
    if (!has_flag(words, i, WORD_UPPER)) return FALSE;
  return TRUE;
}

/* All but small words begin with a capital, and one does. */
static gboolean all_initial(const TextWords *words, guint first, guint n)
{
  guint capitals = 0;
  for (guint i = first; i < first + n; i++) {
    const TextWord *word = &words->list[i];
    if (has_flag(words, i, WORD_INITIAL))
      capitals++;
    else if (word->end - word->start > SMALL_WORD)
      return FALSE;
  }
  return capitals > 0;
}

static gboolean first_initial(const TextWords *words, guint first, guint n)
{
  for (guint i = first; i < first + n; i++) {
    const TextWord *word = &words->list[i];
    if (has_flag(words, i, WORD_INITIAL)) return TRUE;
    if (word->end - word->start > SMALL_WORD) return FALSE;
  }
  return FALSE;
}

static gboolean case_allows(const TextWords *words, guint first, guint n, guint16 marks)
{
  if ((marks & (NAME_INITIAL | NAME_UPPER | NAME_NEEDS_CASE | NAME_FIRST)) == 0) return TRUE;
  if (!text_words_case_known(words, first)) return (marks & NAME_NEEDS_CASE) == 0;
  if ((marks & NAME_UPPER) != 0 && !all_upper(words, first, n)) return FALSE;
  if ((marks & NAME_FIRST) != 0 && !first_initial(words, first, n)) return FALSE;
  return (marks & NAME_INITIAL) == 0 || all_initial(words, first, n);
}

static guint32 allowed_sense(const NameTable *table, const TextWords *words, guint first, guint n,
                             guint32 sense)
{
  while (sense != 0 && !case_allows(words, first, n, table->senses[sense].marks))
    sense = table->senses[sense].next;
  return sense;
}

guint32 names_next_sense(const NameTable *table, const TextWords *words, const NameMatch *match,
                         guint32 sense)
{
  return allowed_sense(table, words, match->first, match->n, table->senses[sense].next);
}

/* The longest name from `first` on, whose first word has the number `number`. */
static NameMatch longest(const NameTable *table, const TextWords *words, guint first,
                         guint32 number)
{
  NameMatch match = {.first = first};
  guint32 node = number == 0 ? 0 : table->word_nodes[number - 1];
  guint end = first < words->n_title ? words->n_title : words->n;
  for (guint i = first; node != 0;) {
    guint n = i - first + 1;
    guint32 sense = allowed_sense(table, words, first, n, table->node_senses[node]);
    if (sense != 0) {
      match.n = n;
      match.sense = sense;
    }
    if (++i >= end || (words->list[i].flags & WORD_BREAK) != 0) break;
    const TextWord *word = &words->list[i];
    number = find_word(table, text_words_form(words, i), word->form_len, word->hash, NULL);
    node = number == 0 ? 0 : find_edge(table, node, number, NULL);
  }
  return match;
}

guint32 names_find(const NameTable *table, const TextWords *words)
{
  guint32 node = 0;
  for (guint i = 0; i < words->n; i++) {
    const TextWord *word = &words->list[i];
    guint32 number = find_word(table, text_words_form(words, i), word->form_len, word->hash, NULL);
    if (number == 0) return 0;
    node = i == 0 ? table->word_nodes[number - 1] : find_edge(table, node, number, NULL);
    if (node == 0) return 0;
  }
  return node == 0 ? 0 : table->node_senses[node];
}

/* The word without the Arabic particle it begins with, in `out`; FALSE without one. Letters are two
 * bytes. "لل" is ل and ال run into one. */
static gboolean strip_particle(const char *form, gsize len, char *out, gsize *out_len)
{
  static const char particles[][3] = {"و", "ف", "ب", "ل", "ك"};
  enum { LETTER = 2, REST_MIN = 6 };
  if (len < LETTER + REST_MIN || len > ANALYSIS_WORD_MAX) return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS(particles); i++) {
    if (memcmp(form, particles[i], LETTER) != 0) continue;
    gboolean merged = memcmp(form, "لل", (gsize)LETTER * 2) == 0;
    gsize at = merged ? LETTER : 0;
    if (merged) memcpy(out, "ا", LETTER);
    memmove(out + at, form + LETTER, len - LETTER);
    *out_len = len - LETTER + at;
    return TRUE;
  }
  return FALSE;
}

static gboolean is_arabic(const char *form)
{
  guchar lead = (guchar)*form;
  return lead >= 0xD8 && lead <= 0xDB;
}

/* Names that begin behind one particle or two ("وبالعراق"). */
static NameMatch behind_particles(const NameTable *table, const TextWords *words, guint first)
{
  char form[ANALYSIS_WORD_MAX + 2];
  gsize len = words->list[first].form_len;
  NameMatch match = {0};
  memcpy(form, text_words_form(words, first), len);
  for (guint i = 0; i < 2 && match.n == 0 && strip_particle(form, len, form, &len); i++)
    match =
        longest(table, words, first, find_word(table, form, len, text_words_hash(form, len), NULL));
  return match;
}

void names_scan(const NameTable *table, const TextWords *words, GArray *matches)
{
  for (guint i = 0; i < words->n;) {
    const TextWord *word = &words->list[i];
    if (i + AHEAD < words->n)
      __builtin_prefetch(&table->word_slots[word[AHEAD].hash & table->word_mask]);
    const char *form = text_words_form(words, i);
    guint32 number = find_word(table, form, word->form_len, word->hash, NULL);
    NameMatch match = {0};
    if (number != 0) match = longest(table, words, i, number);
    if (match.n == 0 && is_arabic(form)) match = behind_particles(table, words, i);
    if (match.n > 0) g_array_append_val(matches, match);
    i += MAX(match.n, 1);
  }
}
