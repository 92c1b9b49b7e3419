/* boilerplate.c - see boilerplate.h */
#include "boilerplate.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "../corpus/error.h"
#include "../corpus/fold.h"

/* clang-format off */
static const char *const rows[] = {
#include "boilerplate.inc"
};
/* clang-format on */

enum {
  COPYRIGHT = 0xA9,
  NUMBER = 1,         /* id of every number but years */
  YEAR = 2,           /* of numbers with four digits */
  GAP_MAX = 6,        /* words that "*" stands for, at most */
  ITEMS_MAX = 32,     /* of a pattern */
  WORD_MAX = 31,      /* bytes of an ASCII word that is read the short way */
  MATCHES_MAX = 4096, /* patterns tried on a line: hostile text must not cost more */
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
  guint next = YEAR + 1 + g_hash_table_size(table->ids);
  g_hash_table_insert(table->ids, g_strdup(word), GUINT_TO_POINTER(next));
  return (guint16)next;
}

/* The id of a word as the table writes it, 0: it is none. */
static guint16 parse_word(Boilerplate *table, const char *text)
{
  if (strcmp(text, "#") == 0) return NUMBER;
  if (strcmp(text, "####") == 0) return YEAR;
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
    const guint16 year = YEAR;
    if (id == NUMBER) g_array_append_val(item->ids, year);
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
  char last = len > 1 ? text[len - 1] : '\0';
  if (last == ':' || last == '/') {
    pattern->items[pattern->n].mark = last == ':' ? PLAIN_COLON : PLAIN_SLASH;
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

/* ---- words ---- */

static gboolean is_letter(UChar32 c)
{
  if (c < 0x80) return g_ascii_isalnum(c);
  int8_t type = u_charType(c);
  return u_isalnum(c) || type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;
}

/* Signs that are no part of the word that they stand in. */
static gboolean vanishes(UChar32 c)
{
  return c == '.' || c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02BC || c == '`';
}

static gboolean ends_sentence(UChar32 c)
{
  return c == '.' || c == '!' || c == '?' || c == 0x061F /* ؟ */ || c == 0x2026 /* … */ ||
         c == 0x3002 /* 。 */ || c == 0x06D4 /* ۔ */;
}

static gboolean is_capital(UChar32 c)
{
  return c < 0x80 ? g_ascii_isupper(c) : u_isupper(c);
}

typedef struct Cutter {
  const Boilerplate *table;
  const char *text;
  gsize len, at;
  GString *cased, *folded; /* NULL until a word needs them */
} Cutter;

static void cutter_clear(Cutter *cutter)
{
  if (cutter->cased != NULL) g_string_free(cutter->cased, TRUE);
  if (cutter->folded != NULL) g_string_free(cutter->folded, TRUE);
}

static UChar32 peek(const Cutter *cutter, gsize at, gsize *next)
{
  UChar32 c = 0;
  *next = at;
  if (at < cutter->len) U8_NEXT(cutter->text, *next, cutter->len, c);
  return c;
}

/* TRUE when the word goes on behind the sign at `at`: "d'information", "U.S.", but not
 * "fallout.Reference". */
static gboolean joins(const Cutter *cutter, gsize at, UChar32 sign, UChar32 before)
{
  gsize next, behind;
  peek(cutter, at, &next);
  UChar32 after = peek(cutter, next, &behind);
  if (!is_letter(after)) return FALSE;
  return sign != '.' || !is_capital(after) || is_capital(before);
}

static guint16 find_word(const Cutter *cutter, const char *folded)
{
  return (guint16)GPOINTER_TO_UINT(g_hash_table_lookup(cutter->table->ids, folded));
}

/* The same for most words, those of ASCII letters and digits alone. FALSE: it is none. */
static gboolean plain_word(Cutter *cutter, PlainWord *word)
{
  char folded[WORD_MAX + 1];
  gsize n = 0;
  gboolean digits = TRUE;
  const char *text = cutter->text + cutter->at;
  gsize len = cutter->len - cutter->at;
  for (; n < len && n < WORD_MAX && g_ascii_isalnum(text[n]); n++) {
    digits = digits && g_ascii_isdigit(text[n]);
    folded[n] = (char)(text[n] | (g_ascii_isupper(text[n]) ? 0x20 : 0));
  }
  if (n == 0 || n == WORD_MAX) return FALSE;
  if (n < len && (guchar)text[n] >= 0x80) return FALSE;
  gsize behind;
  if (n < len && vanishes(text[n]) && is_letter(peek(cutter, cutter->at + n + 1, &behind)))
    return FALSE;
  folded[n] = '\0';
  word->end = cutter->at += n;
  word->id = !digits ? find_word(cutter, folded) : n == 4 ? YEAR : NUMBER;
  return TRUE;
}

/* Passes over the word at the cutter's place, and folds it. */
static void fold_word(Cutter *cutter, PlainWord *word)
{
  if (plain_word(cutter, word)) return;
  if (cutter->cased == NULL) cutter->cased = g_string_new(NULL);
  if (cutter->folded == NULL) cutter->folded = g_string_new(NULL);
  gboolean ascii = TRUE, digits = TRUE;
  UChar32 before = 0;
  g_string_truncate(cutter->cased, 0);
  for (;;) {
    gsize next;
    UChar32 c = peek(cutter, cutter->at, &next);
    if (is_letter(c)) {
      g_string_append_len(cutter->cased, cutter->text + cutter->at, (gssize)(next - cutter->at));
      ascii = ascii && c < 0x80;
      digits = digits && (c < 0x80 ? g_ascii_isdigit(c) : u_isdigit(c));
      before = c;
    } else if (!vanishes(c) || !joins(cutter, cutter->at, c, before)) {
      break;
    }
    cutter->at = next;
  }
  word->end = cutter->at;
  g_string_truncate(cutter->folded, 0);
  if (digits) {
    word->id = cutter->cased->len == 4 && ascii ? YEAR : NUMBER;
    return;
  }
  fold_case(cutter->folded, cutter->cased->str, cutter->cased->len);
  if (!ascii) {
    g_string_assign(cutter->cased, cutter->folded->str);
    g_string_truncate(cutter->folded, 0);
    fold_accents(cutter->folded, cutter->cased->str, cutter->cased->len);
  }
  word->id =
      (guint16)GPOINTER_TO_UINT(g_hash_table_lookup(cutter->table->ids, cutter->folded->str));
}

/* Passes over what is between words, and returns what that says of the next: PLAIN_SENTENCE,
 * PLAIN_QUOTE. A sign of copyright stops it: that is a word. A colon may stand behind a space:
 * "Lire aussi :". */
static guint8 skip_signs(Cutter *cutter, PlainWord *last)
{
  guint8 flags = last == NULL ? PLAIN_SENTENCE : 0;
  gboolean near = last != NULL;
  for (;;) {
    gsize next;
    UChar32 c = peek(cutter, cutter->at, &next);
    if (next == cutter->at || is_letter(c) || c == COPYRIGHT) return flags;
    if (c == '\n' || ends_sentence(c)) flags |= PLAIN_SENTENCE;
    gboolean space = c < 0x80 ? g_ascii_isspace(c) : g_unichar_isspace((gunichar)c);
    if (near && (c == ':' || c == '/')) last->flags |= c == ':' ? PLAIN_COLON : PLAIN_SLASH;
    near = near && space;
    if (space) flags &= (guint8)~PLAIN_QUOTE;
    if (c == '"' || c == 0x201C /* “ */ || c == 0x201E /* „ */ || c == 0xAB /* « */)
      flags |= PLAIN_QUOTE;
    cutter->at = next;
  }
}

void boilerplate_words(const Boilerplate *table, const char *text, gsize len, GArray *words)
{
  Cutter cutter = {.table = table, .text = text, .len = len};
  g_array_set_size(words, 0);
  for (;;) {
    PlainWord *last = words->len == 0 ? NULL : &g_array_index(words, PlainWord, words->len - 1);
    guint8 flags = skip_signs(&cutter, last);
    if (cutter.at >= len) break;
    PlainWord word = {.at = cutter.at, .flags = flags};
    gsize next;
    if (peek(&cutter, cutter.at, &next) == COPYRIGHT) {
      word.id = find_word(&cutter, "©");
      word.end = cutter.at = next;
    } else {
      fold_word(&cutter, &word);
    }
    g_array_append_val(words, word);
  }
  cutter_clear(&cutter);
}

/* ---- matching ---- */

static const GPtrArray *patterns_of(const GPtrArray *lists, guint id)
{
  return id == 0 || id >= lists->len ? NULL : lists->pdata[id];
}

gboolean boilerplate_may_begin(const Boilerplate *table, const char *text, gsize len, guint places)
{
  Cutter cutter = {.table = table, .text = text, .len = len};
  PlainWord word = {0};
  skip_signs(&cutter, NULL);
  gsize next;
  if (peek(&cutter, cutter.at, &next) == COPYRIGHT) return TRUE;
  fold_word(&cutter, &word);
  cutter_clear(&cutter);
  const GPtrArray *list = patterns_of(table->starts, word.id);
  for (guint i = 0; list != NULL && i < list->len; i++)
    if ((((const Pattern *)list->pdata[i])->places & places) != 0) return TRUE;
  return FALSE;
}

typedef struct Matcher {
  const PlainWord *words;
  guint n;
  guint8 at[PLAIN_WORDS_MAX + 1];   /* 1: so many words may have been read */
  guint8 then[PLAIN_WORDS_MAX + 1]; /* the same behind the next item */
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
  guint8 reached[PLAIN_WORDS_MAX + 1] = {0};
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
  guint8 reached[PLAIN_WORDS_MAX + 1] = {1};
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
  if (n == 0 || n > PLAIN_WORDS_MAX || (words->flags & PLAIN_QUOTE) != 0) return NULL;
  Matcher matcher = {.words = words, .n = n};
  Found result = {0};
  match_chain(table, &matcher, places, &result);
  if (result.reason == NULL && whole) match_gapped(table, &matcher, places, &result);
  if (found != NULL) *found = result.places;
  return result.reason;
}
