/* plain_words.c - see plain_words.h */
#include "plain_words.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "../corpus/fold.h"

enum {
  COPYRIGHT = 0xA9,
  WORD_MAX = 31 /* bytes of an ASCII word that is read the short way */
};

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
  GHashTable *ids;
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
  return (guint16)GPOINTER_TO_UINT(g_hash_table_lookup(cutter->ids, folded));
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
  word->id = !digits ? find_word(cutter, folded) : n == 4 ? PLAIN_YEAR : PLAIN_NUMBER;
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
    word->id = cutter->cased->len == 4 && ascii ? PLAIN_YEAR : PLAIN_NUMBER;
    return;
  }
  fold_case(cutter->folded, cutter->cased->str, cutter->cased->len);
  if (!ascii) {
    g_string_assign(cutter->cased, cutter->folded->str);
    g_string_truncate(cutter->folded, 0);
    fold_accents(cutter->folded, cutter->cased->str, cutter->cased->len);
  }
  word->id = (guint16)GPOINTER_TO_UINT(g_hash_table_lookup(cutter->ids, cutter->folded->str));
}

/* Passes over the word, or sign of copyright, at the cutter's place. */
static void read_word(Cutter *cutter, PlainWord *word)
{
  gsize next;
  if (peek(cutter, cutter->at, &next) != COPYRIGHT) {
    fold_word(cutter, word);
    return;
  }
  word->id = find_word(cutter, "©");
  word->end = cutter->at = next;
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

void plain_words_read(GArray *words, GHashTable *ids, const char *text, gsize len)
{
  Cutter cutter = {.ids = ids, .text = text, .len = len};
  g_array_set_size(words, 0);
  for (;;) {
    PlainWord *last = words->len == 0 ? NULL : &g_array_index(words, PlainWord, words->len - 1);
    guint8 flags = skip_signs(&cutter, last);
    if (cutter.at >= len) break;
    PlainWord word = {.at = cutter.at, .flags = flags};
    read_word(&cutter, &word);
    g_array_append_val(words, word);
  }
  cutter_clear(&cutter);
}

guint16 plain_words_first(GHashTable *ids, const char *text, gsize len)
{
  Cutter cutter = {.ids = ids, .text = text, .len = len};
  PlainWord word = {0};
  skip_signs(&cutter, NULL);
  if (cutter.at < len) read_word(&cutter, &word);
  cutter_clear(&cutter);
  return word.id;
}
