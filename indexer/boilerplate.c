/* boilerplate.c - see boilerplate.h */
#include "boilerplate.h"

#include <string.h>

#include "../corpus/error.h"
#include "../corpus/fold.h"

/* clang-format off */
static const char *const rows[] = {
#include "boilerplate.inc"
};
/* clang-format on */

enum {
  GAP_MAX = 6,        /* words that "*" stands for, at most */
  ITEMS_MAX = 32,     /* of a pattern */
  MATCHES_MAX = 1000, /* patterns tried on a line: hostile text must not cost more */
};

typedef enum ItemKind { ITEM_WORD, ITEM_MARK, ITEM_GAP, ITEM_ANY } ItemKind;

typedef struct Item {
  ItemKind kind;
  guint8 mark; /* PLAIN_COLON or PLAIN_SLASH, of ITEM_MARK */
  gboolean optional;
  GArray *ids; /* guint16, of a word: those that it may be */
} Item;

typedef struct Pattern {
  char *reason;
  guint places;
  guint n;
  Item items[ITEMS_MAX];
} Pattern;

struct Boilerplate {
  GHashTable *ids;     /* char * -> id of the word */
  GPtrArray *patterns; /* of Pattern */
  GPtrArray *starts;   /* by id: GPtrArray of the Patterns that may begin with that word, or NULL */
  GPtrArray *keys;     /* by id: of Patterns that begin with a gap and have that word next */
};

/* ---- reading the table ---- */

static void pattern_free(gpointer data)
{
  Pattern *pattern = data;
  for (guint i = 0; i < G_N_ELEMENTS(pattern->items); i++)
    g_clear_pointer(&pattern->items[i].ids, g_array_unref);
  g_free(pattern->reason);
  g_free(pattern);
}

static void list_free(gpointer list)
{
  if (list != NULL) g_ptr_array_unref(list);
}

static void index_under(GPtrArray *lists, guint id, Pattern *pattern)
{
  if (lists->len <= id) g_ptr_array_set_size(lists, (gint)id + 1);
  if (lists->pdata[id] == NULL) lists->pdata[id] = g_ptr_array_new();
  g_ptr_array_add(lists->pdata[id], pattern);
}

/* Files the pattern under the words that it may begin with. FALSE: it has none. */
static gboolean index_pattern(Boilerplate *table, Pattern *pattern)
{
  gboolean gap = pattern->items[0].kind != ITEM_WORD;
  GPtrArray *lists = gap ? table->keys : table->starts;
  for (guint i = gap ? 1 : 0; i < pattern->n; i++) {
    const Item *item = &pattern->items[i];
    if (item->kind == ITEM_MARK) continue;
    if (item->kind != ITEM_WORD) return FALSE;
    for (guint c = 0; c < item->ids->len; c++)
      index_under(lists, g_array_index(item->ids, guint16, c), pattern);
    if (!item->optional) return TRUE;
  }
  return FALSE;
}

static guint16 word_id(Boilerplate *table, const char *word)
{
  gpointer id = g_hash_table_lookup(table->ids, word);
  if (id != NULL) return (guint16)GPOINTER_TO_UINT(id);
  guint next = PLAIN_YEAR + 1 + g_hash_table_size(table->ids);
  g_hash_table_insert(table->ids, g_strdup(word), GUINT_TO_POINTER(next));
  return (guint16)next;
}

/* The id of a word as the table writes it, 0: it is none. */
static guint16 parse_word(Boilerplate *table, const char *text)
{
  if (strcmp(text, "#") == 0) return PLAIN_NUMBER;
  if (strcmp(text, "####") == 0) return PLAIN_YEAR;
  if (strcmp(text, "©") == 0) return word_id(table, text);
  if (text[strspn(text, "abcdefghijklmnopqrstuvwxyz")] == '\0') return word_id(table, text);
  g_autofree char *folded = fold_name(text, -1);
  return *folded == '\0' || strchr(folded, ' ') != NULL ? 0 : word_id(table, folded);
}

/* Reads "one|two". */
static gboolean parse_choices(Boilerplate *table, const char *text, Item *item)
{
  g_auto(GStrv) choices = g_strsplit(text, "|", -1);
  item->ids = g_array_new(FALSE, FALSE, sizeof(guint16));
  for (gsize i = 0; choices[i] != NULL; i++) {
    guint16 id = parse_word(table, choices[i]);
    if (id == 0) return FALSE;
    g_array_append_val(item->ids, id);
    const guint16 year = PLAIN_YEAR;
    if (id == PLAIN_NUMBER) g_array_append_val(item->ids, year);
  }
  return item->ids->len > 0;
}

/* Reads "word", "one|two", "[one|two]", "*" or "...", each but the last two also with a
 * colon or a slash. */
static gboolean parse_item(Boilerplate *table, const char *text, Pattern *pattern)
{
  if (pattern->n + 2 > ITEMS_MAX) return FALSE;
  Item *item = &pattern->items[pattern->n++];
  if (strcmp(text, "*") == 0 || strcmp(text, "...") == 0) {
    item->kind = *text == '*' ? ITEM_GAP : ITEM_ANY;
    return TRUE;
  }
  gsize len = strlen(text);
  if (len > 1 && (text[len - 1] == ':' || text[len - 1] == '/')) {
    pattern->items[pattern->n].mark = text[len - 1] == ':' ? PLAIN_COLON : PLAIN_SLASH;
    pattern->items[pattern->n++].kind = ITEM_MARK;
    len--;
  }
  item->optional = len > 2 && text[0] == '[' && text[len - 1] == ']';
  g_autofree char *bare = item->optional ? g_strndup(text + 1, len - 2) : g_strndup(text, len);
  return parse_choices(table, bare, item);
}

static guint parse_place(const char *name)
{
  static const struct {
    const char *name;
    guint places;
  } names[] = {{"head", PLACE_HEAD},
               {"tail", PLACE_TAIL},
               {"ends", PLACE_HEAD | PLACE_TAIL},
               {"alone", PLACE_ALONE},
               {"any", PLACE_ALONE | PLACE_INSIDE},
               {"list", PLACE_TAIL | PLACE_LIST}};
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
    if (strcmp(names[i].name, name) == 0) return names[i].places;
  return 0;
}

/* All places of a list; 0 when one is unknown. */
static guint parse_places(const char *text)
{
  g_auto(GStrv) names = g_strsplit(text, ",", -1);
  guint places = 0;
  for (gsize i = 0; names[i] != NULL; i++) {
    guint one = parse_place(names[i]);
    if (one == 0) return 0;
    places |= one;
  }
  return places;
}

/* What is wrong with the row; NULL: nothing. */
static const char *parse_row(Boilerplate *table, const char *row)
{
  g_auto(GStrv) columns = g_strsplit(row, "\t", -1);
  if (g_strv_length(columns) != 3 || columns[0][0] == '\0')
    return "it takes three columns: reason, place, pattern";
  Pattern *pattern = g_new0(Pattern, 1);
  g_ptr_array_add(table->patterns, pattern);
  pattern->reason = g_strdup(columns[0]);
  pattern->places = parse_places(columns[1]);
  if (pattern->places == 0) return "its place is none of head, tail, ends, alone, any, list";
  g_auto(GStrv) items = g_strsplit(columns[2], " ", -1);
  for (gsize i = 0; items[i] != NULL; i++)
    if (!parse_item(table, items[i], pattern))
      return "its pattern has too many words, or one that is none";
  if (pattern->items[0].kind != ITEM_WORD && (pattern->places & ~(PLACE_TAIL | PLACE_LIST)) != 0)
    return "a pattern that begins with a gap holds at the tail only";
  return index_pattern(table, pattern) ? NULL
                                       : "its pattern must have a word first, or after a gap";
}

Boilerplate *boilerplate_parse(const char *const *lines, gsize n, GError **error)
{
  g_autoptr(Boilerplate) table = g_new0(Boilerplate, 1);
  table->ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  table->patterns = g_ptr_array_new_with_free_func(pattern_free);
  table->starts = g_ptr_array_new_with_free_func(list_free);
  table->keys = g_ptr_array_new_with_free_func(list_free);
  for (gsize i = 0; i < n; i++) {
    const char *wrong = *lines[i] == '#' || *lines[i] == '\0' ? NULL : parse_row(table, lines[i]);
    if (wrong == NULL) continue;
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE,
                "boilerplate, line %" G_GSIZE_FORMAT ", \"%s\": %s", i + 1, lines[i], wrong);
    return NULL;
  }
  return g_steal_pointer(&table);
}

Boilerplate *boilerplate_new(void)
{
  g_autoptr(GError) error = NULL;
  Boilerplate *table = boilerplate_parse(rows, G_N_ELEMENTS(rows), &error);
  if (table == NULL) g_error("%s", error->message);
  return table;
}

void boilerplate_free(Boilerplate *table)
{
  if (table == NULL) return;
  g_ptr_array_unref(table->starts);
  g_ptr_array_unref(table->keys);
  g_ptr_array_unref(table->patterns);
  g_hash_table_unref(table->ids);
  g_free(table);
}

/* ---- matching ---- */

static const GPtrArray *patterns_of(const GPtrArray *lists, guint id)
{
  return id == 0 || id >= lists->len ? NULL : lists->pdata[id];
}

gboolean boilerplate_may_begin(const Boilerplate *table, const char *text, gsize len, guint places)
{
  const GPtrArray *list = patterns_of(table->starts, plain_words_first(table->ids, text, len));
  for (guint i = 0; list != NULL && i < list->len; i++)
    if ((((const Pattern *)list->pdata[i])->places & places) != 0) return TRUE;
  return FALSE;
}

void boilerplate_words(const Boilerplate *table, const char *text, gsize len, GArray *words)
{
  plain_words_read(words, table->ids, text, len);
}

typedef struct Matcher {
  const PlainWord *words;
  guint n;
  guint8 at[BOILERPLATE_WORDS_MAX + 1];   /* 1: so many words may have been read */
  guint8 then[BOILERPLATE_WORDS_MAX + 1]; /* the same behind the next item */
} Matcher;

static gboolean is_choice(const Item *item, const PlainWord *word)
{
  for (guint i = 0; i < item->ids->len; i++)
    if (g_array_index(item->ids, guint16, i) == word->id) return TRUE;
  return FALSE;
}

/* From `first` on: reads an item of a pattern in every way that it can be. */
static gboolean step(Matcher *matcher, const Item *item, guint first)
{
  gboolean any = FALSE;
  guint gap = 0; /* words that a gap may still take */
  for (guint i = first; i <= matcher->n; i++) {
    gboolean here = matcher->at[i] != 0, next = FALSE;
    if (item->kind == ITEM_WORD) {
      next = (here && item->optional) ||
             (i > first && matcher->at[i - 1] != 0 && is_choice(item, &matcher->words[i - 1]));
    } else if (item->kind == ITEM_MARK) {
      next = here && i > first && (matcher->words[i - 1].flags & item->mark) != 0;
    } else {
      if (here) gap = item->kind == ITEM_ANY ? G_MAXUINT : GAP_MAX + 1;
      next = gap > 0;
      if (gap > 0 && gap != G_MAXUINT) gap--;
    }
    matcher->then[i] = next;
    any = any || next;
  }
  memcpy(matcher->at + first, matcher->then + first, matcher->n + 1 - first);
  return any;
}

/* Marks in `reached` how far the pattern may reach from `first`. */
static gboolean reach(Matcher *matcher, const Pattern *pattern, guint first, guint8 *reached)
{
  memset(matcher->at + first, 0, matcher->n + 1 - first);
  matcher->at[first] = 1;
  for (guint i = 0; i < pattern->n; i++)
    if (!step(matcher, &pattern->items[i], first)) return FALSE;
  for (guint i = first + 1; i <= matcher->n; i++) reached[i] |= matcher->at[i];
  return matcher->at[matcher->n] != 0;
}

/* What is found: the reason is that of the first pattern. */
typedef struct Found {
  const char *reason;
  guint places; /* of all patterns that cover everything by themselves */
} Found;

/* A sentence that a pattern with a gap at its beginning covers. */
static void match_gapped(const Boilerplate *table, Matcher *matcher, guint places, Found *found)
{
  guint8 reached[BOILERPLATE_WORDS_MAX + 1] = {0};
  for (guint i = 0; i < matcher->n && found->reason == NULL; i++) {
    const GPtrArray *list = patterns_of(table->keys, matcher->words[i].id);
    for (guint p = 0; list != NULL && p < list->len; p++) {
      const Pattern *pattern = list->pdata[p];
      if ((pattern->places & places) == 0 || !reach(matcher, pattern, 0, reached)) continue;
      *found = (Found){pattern->reason, pattern->places};
      break;
    }
  }
}

/* One pattern behind the other. */
static void match_chain(const Boilerplate *table, Matcher *matcher, guint places, Found *found)
{
  guint8 reached[BOILERPLATE_WORDS_MAX + 1] = {1};
  const char *first = NULL;
  guint tried = 0;
  for (guint i = 0; i < matcher->n; i++) {
    const GPtrArray *list =
        reached[i] == 0 ? NULL : patterns_of(table->starts, matcher->words[i].id);
    for (guint p = 0; list != NULL && p < list->len && tried < MATCHES_MAX; p++) {
      const Pattern *pattern = list->pdata[p];
      if ((pattern->places & places) == 0) continue;
      tried++;
      gboolean all = reach(matcher, pattern, i, reached);
      if (i > 0) continue;
      if (first == NULL || (all && found->places == 0)) first = pattern->reason;
      if (all) found->places |= pattern->places;
    }
  }
  if (reached[matcher->n] != 0) found->reason = first;
}

const char *boilerplate_match(const Boilerplate *table, const PlainWord *words, guint n,
                              guint places, gboolean whole, guint *found)
{
  if (n == 0 || n > BOILERPLATE_WORDS_MAX || (words->flags & PLAIN_QUOTE) != 0) return NULL;
  Matcher matcher = {.words = words, .n = n};
  Found result = {0};
  match_chain(table, &matcher, places, &result);
  if (result.reason == NULL && whole) match_gapped(table, &matcher, places, &result);
  if (found != NULL) *found = result.places;
  return result.reason;
}
