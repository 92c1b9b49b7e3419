/* text_words.c - see text_words.h */
#include "text_words.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

/* One word in so many must begin small for capitals to mean something. */
enum { SMALL_SHARE = 4, CASED_MIN = 3 };

TextWords *text_words_new(void)
{
  TextWords *words = g_new0(TextWords, 1);
  words->forms = g_string_new(NULL);
  words->array = g_array_new(FALSE, FALSE, sizeof(TextWord));
  return words;
}

void text_words_free(TextWords *words)
{
  if (words == NULL) return;
  g_string_free(words->forms, TRUE);
  g_array_free(words->array, TRUE);
  g_free(words);
}

/* WORD_INITIAL and WORD_UPPER of a word as written. */
static guint8 capitals(const char *text, gsize len)
{
  guint letters = 0, upper = 0;
  guint8 flags = 0;
  for (gsize i = 0; i < len;) {
    gsize at = i;
    UChar32 c;
    U8_NEXT(text, i, len, c);
    gboolean is_upper = c < 0x80 ? g_ascii_isupper(c) : u_isupper(c);
    if (at == 0 && !is_upper) return 0;
    if (at == 0) flags = WORD_INITIAL;
    if (!(c < 0x80 ? g_ascii_isalpha(c) : u_isalpha(c))) continue;
    letters++;
    upper += is_upper;
    if (letters > upper) break;
  }
  return letters > 1 && letters == upper ? flags | WORD_UPPER : flags;
}

/* TRUE when a full stop after the word belongs to it: an initial, "St.", "Gen.", "Calif.". */
static gboolean is_short(const TextWord *word)
{
  return word->end - word->start <= 1;
}

static gboolean is_abbreviation(const char *form)
{
  static const char *const list[] = {"st",   "ste", "mr",   "mrs",  "ms",  "dr",  "gen", "col",
                                     "lt",   "maj", "capt", "sgt",  "sen", "rep", "gov", "jr",
                                     "sr",   "ft",  "mt",   "no",   "vs",  "u.s", "un",  "uk",
                                     "prof", "hon", "rev",  "brig", "adm", "cmdr"};
  for (gsize i = 0; i < G_N_ELEMENTS(list); i++)
    if (*list[i] == *form && strcmp(list[i], form) == 0) return TRUE;
  return FALSE;
}

/* What one character between two words says about the second; `next` follows it. */
static guint8 character_flags(gunichar c, gunichar next, gboolean full_stop_ends)
{
  switch (c) {
  case ',':
  case 0x060C: /* Arabic comma */
  case 0x3001: /* ideographic comma */ return WORD_COMMA;
  case '\n':
    return next == '\n' || next == ' ' || next == '\t' ? WORD_PARAGRAPH | WORD_BREAK | WORD_SENTENCE
                                                       : 0;
  case '.': return full_stop_ends ? WORD_SENTENCE | WORD_BREAK : 0;
  case '-': return next == '-' ? WORD_BREAK | WORD_SENTENCE : WORD_BREAK;
  case '!':
  case '?':
  case ':':
  case ';':
  case '"':
  case ']': return WORD_SENTENCE | WORD_BREAK;
  case ' ':
  case '\t':
  case '\r':
  case '\'':
  case 0x2018:
  case 0x2019: /* apostrophes */
  case 0x00A0: return 0;
  default: return WORD_BREAK;
  }
}

/* Bytes of a possessive 's, which is no part of the word before (analysis.h), at the gap's start.
 */
static gsize possessive(const char *gap, gsize len)
{
  gsize mark = len > 1 && *gap == '\'' ? 1 : len > 3 && memcmp(gap, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
  return mark > 0 && g_ascii_tolower(gap[mark]) == 's' ? mark + 1 : 0;
}

/* What the text between two words says about the second. `before` is NULL at the start. */
static guint8 gap_flags(const TextWords *words, const char *gap, gsize len, const TextWord *before)
{
  if (before == NULL) return WORD_BREAK | WORD_SENTENCE | WORD_PARAGRAPH;
  if (len == 1 && *gap == ' ') return 0;
  if (len == 1 && *gap == '-') return WORD_HYPHEN;
  gboolean full_stop_ends = !is_short(before) && !is_abbreviation(words->forms->str + before->form);
  gsize skip = possessive(gap, len);
  guint8 flags = skip > 0 ? WORD_OF_BEFORE : 0;
  for (gsize i = skip; i < len;) {
    UChar32 c, next = 0;
    U8_NEXT(gap, i, len, c);
    gsize after = i;
    if (after < len) U8_NEXT(gap, after, len, next);
    flags |= character_flags((gunichar)c, (gunichar)next, full_stop_ends);
  }
  return flags;
}

static guint32 keep(TextWords *words, const char *text, gsize len)
{
  guint32 at = (guint32)words->forms->len;
  g_string_append_len(words->forms, text, (gssize)len + 1);
  return at;
}

static void add_word(TextWords *words, const char *text, const Token *token, const TextWord *before)
{
  gsize gap = before == NULL ? 0 : before->end;
  TextWord word = {.start = (guint32)token->start, .end = (guint32)token->end};
  word.flags = gap_flags(words, text + gap, token->start - gap, before) |
               capitals(text + token->start, token->end - token->start);
  if (token->form_len <= ANALYSIS_WORD_MAX) {
    word.form_len = (guint16)token->form_len;
    word.hash = text_words_hash(token->form, token->form_len);
    word.form = keep(words, token->form, token->form_len);
  }
  g_array_append_val(words->array, word);
}

/* Adds a text's words; returns whether its capitals mean something. */
static gboolean read_text(TextWords *words, Analyzer *analyzer, const char *text)
{
  guint first = words->array->len, cased = 0, small = 0;
  Token token;
  analyzer_start(analyzer, text, strlen(text));
  while (analyzer_next(analyzer, &token)) {
    guint n = words->array->len;
    TextWord before = n > first ? g_array_index(words->array, TextWord, n - 1) : (TextWord){0};
    add_word(words, text, &token, n > first ? &before : NULL);
    const TextWord *word = &g_array_index(words->array, TextWord, n);
    guchar lead = (guchar)text[token.start];
    gboolean letter = g_ascii_isalpha(lead) || (lead >= 0xC3 && lead < 0xD6);
    cased += letter;
    small += letter && (word->flags & WORD_INITIAL) == 0;
  }
  return cased >= CASED_MIN && small * SMALL_SHARE >= cased;
}

void text_words_read(TextWords *words, Analyzer *analyzer, const char *title, const char *body)
{
  g_string_truncate(words->forms, 0);
  g_string_append_c(words->forms, '\0'); /* offset 0: the empty form */
  g_array_set_size(words->array, 0);
  words->title = title == NULL ? "" : title;
  words->body = body == NULL ? "" : body;
  words->title_case = read_text(words, analyzer, words->title);
  words->n_title = words->array->len;
  words->body_case = read_text(words, analyzer, words->body);
  words->n = words->array->len;
  words->list = (TextWord *)(gpointer)words->array->data;
}
