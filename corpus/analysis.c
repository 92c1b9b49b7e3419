/* analysis.c - see analysis.h */
#include "analysis.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "fold.h"
#include "words.h"

struct Analyzer {
  Words *words;
  const char *text;
  gsize part_start, part_end; /* what is left of a word that is several tokens */
  guint32 position;
  GString *cased, *form;
};

Analyzer *analyzer_new(void)
{
  Analyzer *analyzer = g_new0(Analyzer, 1);
  analyzer->words = words_new();
  analyzer->cased = g_string_new(NULL);
  analyzer->form = g_string_new(NULL);
  return analyzer;
}

void analyzer_free(Analyzer *analyzer)
{
  if (analyzer == NULL) return;
  words_free(analyzer->words);
  g_string_free(analyzer->cased, TRUE);
  g_string_free(analyzer->form, TRUE);
  g_free(analyzer);
}

void analyzer_start(Analyzer *analyzer, const char *text, gsize len)
{
  words_start(analyzer->words, text, len);
  analyzer->text = text;
  analyzer->part_start = analyzer->part_end = 0;
  analyzer->position = 0;
}

/* Bytes of an apostrophe at `text`, straight or typographic; 0 when there is none. */
static gsize apostrophe(const char *text, gsize len)
{
  if (len >= 1 && text[0] == '\'') return 1;
  if (len >= 3 && memcmp(text, "\xE2\x80\x99", 3) == 0) return 3;
  return 0;
}

/* Articles and particles that French, Italian and Catalan write in front of an apostrophe. */
static gboolean is_elided(const char *word, gsize len)
{
  static const char *const list[] = {"l",    "d",     "j",     "m",      "n",      "s",     "t",
                                     "c",    "qu",    "un",    "all",    "dell",   "nell",  "sull",
                                     "dall", "quell", "jusqu", "lorsqu", "puisqu", "quoiqu"};
  for (gsize i = 0; i < G_N_ELEMENTS(list); i++)
    if (strlen(list[i]) == len && g_ascii_strncasecmp(list[i], word, len) == 0) return TRUE;
  return FALSE;
}

/* Bytes up to and including the apostrophe of an elided word at the start; 0 without one. */
static gsize elision(const char *text, gsize len, gsize *word_len)
{
  gsize n = 0;
  while (n < len && g_ascii_isalpha(text[n])) n++;
  gsize mark = apostrophe(text + n, len - n);
  if (n == 0 || mark == 0 || !is_elided(text, n)) return 0;
  /* "d's" and "it's" are no elisions: something longer than an s must follow. */
  gsize rest = len - n - mark;
  if (rest == 0 || (rest == 1 && g_ascii_tolower(text[n + mark]) == 's')) return 0;
  *word_len = n;
  return n + mark;
}

/* Bytes of a possessive 's at the end; 0 without one. */
static gsize possessive(const char *text, gsize len)
{
  if (len < 3 || g_ascii_tolower(text[len - 1]) != 's') return 0;
  if (text[len - 2] == '\'') return 2;
  if (len >= 5 && memcmp(text + len - 4, "\xE2\x80\x99", 3) == 0) return 4;
  return 0;
}

/* TRUE for letters with a full stop after each but the last, which ICU leaves out: "U.S". */
static gboolean is_acronym(const char *text, gsize len)
{
  gsize letters = 0;
  for (gsize i = 0; i < len;) {
    UChar32 c;
    U8_NEXT(text, i, len, c);
    if (c < 0 || !u_isalpha(c)) return FALSE;
    letters++;
    if (i == len) return letters > 1;
    if (text[i++] != '.') return FALSE;
  }
  return FALSE;
}

/* Bytes before the first full stop that parts two words ("end.Next"); `len` without one. */
static gsize before_full_stop(const char *text, gsize len)
{
  for (gsize i = 1; i + 1 < len; i++)
    if (text[i] == '.' && !(g_ascii_isdigit(text[i - 1]) && g_ascii_isdigit(text[i + 1]))) return i;
  return len;
}

static void remove_bytes(GString *string, char unwanted)
{
  gsize kept = 0;
  for (gsize i = 0; i < string->len; i++)
    if (string->str[i] != unwanted) string->str[kept++] = string->str[i];
  g_string_truncate(string, kept);
}

static void straighten_apostrophes(GString *string)
{
  if (memchr(string->str, 0xE2, string->len) != NULL)
    g_string_replace(string, "\xE2\x80\x99", "'", 0);
}

/* Folds the word into the analyzer's buffers. */
static void spell(Analyzer *analyzer, const char *word, gsize len, gboolean acronym)
{
  GString *cased = analyzer->cased;
  g_string_truncate(cased, 0);
  fold_case(cased, word, len);
  straighten_apostrophes(cased);
  if (acronym && strcmp(cased->str, "u.s") != 0) remove_bytes(cased, '.');
  if (g_ascii_isdigit(word[0])) remove_bytes(cased, ',');
  g_string_truncate(analyzer->form, 0);
  fold_accents(analyzer->form, cased->str, cased->len);
}

/* A token of the word's beginning or the whole of it. FALSE when nothing of it is left. */
static gboolean next_part(Analyzer *analyzer, Token *token)
{
  gsize start = analyzer->part_start;
  const char *word = analyzer->text + start;
  gsize len = analyzer->part_end - start, used = len, word_len = len;
  gboolean acronym = memchr(word, '.', len) != NULL && is_acronym(word, len);
  if (!acronym) {
    gsize whole = before_full_stop(word, len);
    used = whole == len ? len : whole + 1;
    word_len = whole;
    gsize elided = elision(word, whole, &word_len);
    if (elided > 0)
      used = elided;
    else
      word_len = whole - possessive(word, whole);
  }
  analyzer->part_start += used;
  spell(analyzer, word, word_len, acronym);
  if (analyzer->form->len == 0) return FALSE;
  *token = (Token){.cased = analyzer->cased->str,
                   .cased_len = analyzer->cased->len,
                   .form = analyzer->form->str,
                   .form_len = analyzer->form->len,
                   .start = start,
                   .end = start + word_len,
                   .position = analyzer->position++};
  return TRUE;
}

/* The token of a word of ASCII letters and digits: both its spellings are the same. */
static void take_plain(Analyzer *analyzer, const Word *word, Token *token)
{
  GString *cased = analyzer->cased;
  gsize len = word->end - word->start;
  g_string_set_size(cased, len);
  for (gsize i = 0; i < len; i++) {
    char c = analyzer->text[word->start + i];
    if (c >= 'A' && c <= 'Z') c = (char)(c + ('a' - 'A'));
    cased->str[i] = c;
  }
  *token = (Token){.cased = cased->str,
                   .cased_len = len,
                   .form = cased->str,
                   .form_len = len,
                   .start = word->start,
                   .end = word->end,
                   .position = analyzer->position++};
}

gboolean analyzer_next(Analyzer *analyzer, Token *token)
{
  for (;;) {
    while (analyzer->part_start < analyzer->part_end)
      if (next_part(analyzer, token)) return TRUE;
    Word word;
    if (!words_next(analyzer->words, &word)) return FALSE;
    if (word.plain) {
      take_plain(analyzer, &word, token);
      return TRUE;
    }
    analyzer->part_start = word.start;
    analyzer->part_end = word.end;
  }
}
