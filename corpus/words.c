/* words.c - see words.h */
#include "words.h"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

/* So many bytes of ASCII must follow before a stretch for ICU ends: starting it anew costs more. */
enum { CALM = 24 };

struct Words {
  UBreakIterator *icu; /* NULL before the first stretch */
  UText *icu_text;
  const char *text;
  gsize len;
  gsize at;                         /* everything before it is done */
  gsize stretch_start, stretch_end; /* what ICU has before it; `at` is outside of it at its end */
};

/* ---- the rules for ASCII ---- */

typedef enum Kind {
  LETTER = 'a',
  DIGIT = '0',
  JOINS_BOTH = '.',    /* between two letters, or between two digits (MidNumLet) */
  JOINS_NUMBERS = ',', /* between two digits (MidNum) */
  JOINS_PERHAPS = ':', /* between two letters, in some versions of ICU */
  PARTS = ' ',
  OTHER = '?' /* ICU's versions differ over '@'; '_' joins anything; beyond ASCII */
} Kind;

static const char kinds[] = "                "  /* controls */
                            "                "  /* controls */
                            "       .    , . "  /*  !"#$%&'()*+,-./ */
                            "0000000000:,    "  /* 0123456789:;<=>? */
                            "?aaaaaaaaaaaaaaa"  /* @ABCDEFGHIJKLMNO */
                            "aaaaaaaaaaa    ?"  /* PQRSTUVWXYZ[\]^_ */
                            " aaaaaaaaaaaaaaa"  /* `abcdefghijklmno */
                            "aaaaaaaaaaa     "; /* pqrstuvwxyz{|}~  */

static Kind kind_of(char c)
{
  return (guchar)c < 0x80 ? (Kind)kinds[(guchar)c] : OTHER;
}

static gboolean is_alnum(Kind kind)
{
  return kind == LETTER || kind == DIGIT;
}

typedef enum Verdict { WORD_ENDS, WORD_GOES_ON, WORD_UNSURE } Verdict;

/* Whether a word goes on at text[i], which is no letter or digit but follows one. */
static Verdict judge(const char *text, gsize i, gsize len)
{
  Kind between = kind_of(text[i]);
  if (between == OTHER) return WORD_UNSURE;
  if (between == PARTS || i + 1 == len) return WORD_ENDS;
  Kind left = kind_of(text[i - 1]), right = kind_of(text[i + 1]);
  if (right == OTHER) return WORD_UNSURE;
  if (left != right) return WORD_ENDS;
  if (between == JOINS_BOTH) return WORD_GOES_ON;
  if (between == JOINS_NUMBERS) return left == DIGIT ? WORD_GOES_ON : WORD_ENDS;
  return left == DIGIT ? WORD_ENDS : WORD_UNSURE;
}

/* Reads the word that starts with the letter or digit at `start`. FALSE when ICU must be asked. */
static gboolean read_word(const char *text, gsize start, gsize len, Word *word)
{
  *word = (Word){.start = start, .plain = TRUE};
  for (gsize i = start;; i++) {
    while (i < len && is_alnum(kind_of(text[i]))) i++;
    Verdict verdict = i == len ? WORD_ENDS : judge(text, i, len);
    word->end = i;
    if (verdict != WORD_GOES_ON) return verdict == WORD_ENDS;
    word->plain = FALSE;
  }
}

/* ---- stretches for ICU ---- */

/* The end of a stretch that has to reach `at`: white space, where words end whatever stands around
 * it, before enough ASCII or the end. */
static gsize stretch_end(const char *text, gsize at, gsize len)
{
  gsize end = len;
  for (; at < len; at++) {
    if (kind_of(text[at]) == OTHER)
      end = len;
    else if (end == len && (text[at] == ' ' || text[at] == '\n'))
      end = at;
    if (end < len && at - end >= CALM) return end;
  }
  return end;
}

static void check(UErrorCode err)
{
  if (U_FAILURE(err)) g_error("ICU cannot find words: %s", u_errorName(err));
}

static void start_stretch(Words *words, gsize start, gsize at)
{
  UErrorCode err = U_ZERO_ERROR;
  words->stretch_start = start;
  words->stretch_end = stretch_end(words->text, at, words->len);
  if (words->icu == NULL) words->icu = ubrk_open(UBRK_WORD, "", NULL, 0, &err);
  check(err);
  words->icu_text = utext_openUTF8(words->icu_text, words->text + start,
                                   (int64_t)(words->stretch_end - start), &err);
  ubrk_setUText(words->icu, words->icu_text, &err);
  check(err);
  ubrk_first(words->icu);
}

/* ICU's next word in the stretch; FALSE at its end. */
static gboolean next_in_stretch(Words *words, Word *word)
{
  for (;;) {
    int32_t start = ubrk_current(words->icu);
    int32_t end = ubrk_next(words->icu);
    if (end == UBRK_DONE) return FALSE;
    if (ubrk_getRuleStatus(words->icu) < UBRK_WORD_NONE_LIMIT) continue;
    *word = (Word){words->stretch_start + (gsize)start, words->stretch_start + (gsize)end, FALSE};
    return TRUE;
  }
}

/* The next word in ASCII, up to the next stretch, which it starts. */
static gboolean next_in_ascii(Words *words, Word *word)
{
  gsize i = words->at;
  while (i < words->len && !is_alnum(kind_of(words->text[i])) && kind_of(words->text[i]) != OTHER)
    i++;
  if (i == words->len) {
    words->at = i;
    return FALSE;
  }
  if (is_alnum(kind_of(words->text[i])) && read_word(words->text, i, words->len, word)) {
    words->at = word->end;
    return TRUE;
  }
  start_stretch(words, words->at, i);
  words->at = words->stretch_end;
  return FALSE;
}

/* ---- the interface ---- */

Words *words_new(void)
{
  return g_new0(Words, 1);
}

void words_free(Words *words)
{
  if (words == NULL) return;
  if (words->icu != NULL) ubrk_close(words->icu);
  utext_close(words->icu_text);
  g_free(words);
}

void words_start(Words *words, const char *text, gsize len)
{
  words->text = text;
  words->len = len;
  words->at = words->stretch_start = words->stretch_end = 0;
}

gboolean words_next(Words *words, Word *word)
{
  for (;;) {
    if (words->stretch_start < words->stretch_end) {
      if (next_in_stretch(words, word)) return TRUE;
      words->stretch_start = words->stretch_end;
    }
    if (next_in_ascii(words, word)) return TRUE;
    if (words->stretch_start == words->stretch_end) return FALSE;
  }
}
