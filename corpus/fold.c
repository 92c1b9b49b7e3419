/* fold.c - case, accent and name folding; see fold.h. */
#include "fold.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

enum { STACK_UNITS = 256 };

/* Lower-cases ASCII in place of the general path; returns how many leading bytes it could take. */
static gsize fold_ascii_prefix(GString *out, const char *text, gsize len)
{
  gsize n = 0;
  while (n < len && (signed char)text[n] >= 0) n++;
  /* A combining mark may follow the last ASCII letter: leave that letter to the general path. */
  if (n < len && n > 0) n--;
  gsize at = out->len;
  g_string_append_len(out, text, (gssize)n);
  for (gsize i = at; i < out->len; i++) out->str[i] = g_ascii_tolower(out->str[i]);
  return n;
}

void fold_case(GString *out, const char *text, gsize len)
{
  gsize done = fold_ascii_prefix(out, text, len);
  text += done;
  len -= done;
  if (len == 0) return;

  UErrorCode err = U_ZERO_ERROR;
  const UNormalizer2 *nfkc_cf = unorm2_getNFKCCasefoldInstance(&err);
  UChar stack_a[STACK_UNITS], stack_b[STACK_UNITS];
  /* UTF-16 never has more units than UTF-8 has bytes. */
  UChar *wide = len <= STACK_UNITS ? stack_a : g_new(UChar, len);
  int32_t wide_len = 0;
  u_strFromUTF8WithSub(wide, (int32_t)MAX(len, STACK_UNITS), &wide_len, text, (int32_t)len, 0xFFFD,
                       NULL, &err);
  UChar *folded = stack_b;
  int32_t folded_len = unorm2_normalize(nfkc_cf, wide, wide_len, folded, STACK_UNITS, &err);
  if (err == U_BUFFER_OVERFLOW_ERROR) {
    err = U_ZERO_ERROR;
    folded = g_new(UChar, folded_len);
    folded_len = unorm2_normalize(nfkc_cf, wide, wide_len, folded, folded_len, &err);
  }
  if (U_SUCCESS(err)) {
    gsize at = out->len;
    int32_t bytes = 0;
    g_string_set_size(out, at + (gsize)folded_len * 3);
    u_strToUTF8(out->str + at, (int32_t)folded_len * 3, &bytes, folded, folded_len, &err);
    g_string_set_size(out, at + (gsize)bytes);
  }
  if (folded != stack_b) g_free(folded);
  if (wide != stack_a) g_free(wide);
}

/* Letters that Unicode does not decompose, and the spellings that papers use interchangeably. */
static const char *fold_letter(UChar32 c)
{
  switch (c) {
  case 0x00E6: return "ae"; /* æ */
  case 0x0153: return "oe"; /* œ */
  case 0x00F8: return "o";  /* ø */
  case 0x0142: return "l";  /* ł */
  case 0x0111: return "d";  /* đ */
  case 0x00F0: return "d";  /* ð */
  case 0x00FE: return "th"; /* þ */
  case 0x0127: return "h";  /* ħ */
  case 0x0131: return "i";  /* ı */
  case 0x0167: return "t";  /* ŧ */
  case 0x014B: return "n";  /* ŋ */
  case 0x0259: return "a";  /* ə */
  case 0x0451: return "е";  /* Cyrillic ё */
  case 0x0640: return "";   /* Arabic tatweel */
  case 0x0649: return "ي";  /* alef maqsura */
  case 0x06CC: return "ي";  /* Persian yeh */
  case 0x06A9: return "ك";  /* Persian kaf */
  case 0x0629: return "ه";  /* teh marbuta */
  case 0x0671: return "ا";  /* alef wasla */
  default: return NULL;
  }
}

/* True for marks that spell no letter of their own: accents, Arabic vowels, Hebrew points. */
static gboolean is_accent(UChar32 c)
{
  if (c >= 0x0300 && c <= 0x036F) return TRUE;
  if (c < 0x0591) return FALSE;
  if (c <= 0x05C7 || (c >= 0x0610 && c <= 0x061A) || (c >= 0x064B && c <= 0x065F) || c == 0x0670 ||
      (c >= 0x06D6 && c <= 0x06ED))
    return u_charType(c) == U_NON_SPACING_MARK;
  return FALSE;
}

static gboolean script_folds(UChar32 c)
{
  UErrorCode err = U_ZERO_ERROR;
  UScriptCode script = uscript_getScript(c, &err);
  return script == USCRIPT_LATIN || script == USCRIPT_GREEK || script == USCRIPT_ARABIC ||
         script == USCRIPT_HEBREW;
}

static void append_code_point(GString *out, UChar32 c)
{
  char buf[U8_MAX_LENGTH];
  gint n = g_unichar_to_utf8((gunichar)c, buf);
  g_string_append_len(out, buf, n);
}

static void append_without_accents(GString *out, const UNormalizer2 *nfd, UChar32 c)
{
  UChar parts[16];
  UErrorCode err = U_ZERO_ERROR;
  int32_t n = unorm2_getDecomposition(nfd, c, parts, G_N_ELEMENTS(parts), &err);
  if (n < 0 || U_FAILURE(err)) {
    append_code_point(out, c);
    return;
  }
  for (int32_t i = 0; i < n;) {
    UChar32 part;
    U16_NEXT(parts, i, n, part);
    if (is_accent(part)) continue;
    const char *letter = fold_letter(part);
    if (letter != NULL)
      g_string_append(out, letter);
    else
      append_code_point(out, part);
  }
}

void fold_accents(GString *out, const char *text, gsize len)
{
  UErrorCode err = U_ZERO_ERROR;
  const UNormalizer2 *nfd = NULL;
  for (gsize i = 0; i < len;) {
    gsize start = i;
    UChar32 c;
    U8_NEXT(text, i, len, c);
    if (c < 0) c = 0xFFFD;
    if (c < 0x80) {
      g_string_append_c(out, text[start]);
      continue;
    }
    if (is_accent(c)) continue;
    const char *letter = fold_letter(c);
    if (letter != NULL) {
      g_string_append(out, letter);
    } else if (script_folds(c)) {
      if (nfd == NULL) nfd = unorm2_getNFDInstance(&err);
      append_without_accents(out, nfd, c);
    } else {
      append_code_point(out, c);
    }
  }
}

static gboolean is_name_character(UChar32 c)
{
  int8_t type = u_charType(c);
  return u_isalnum(c) || type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;
}

static gboolean vanishes_in_name(UChar32 c)
{
  return c == '.' || c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02BC || c == 0x02BB ||
         c == '`';
}

char *fold_name(const char *name, gssize len)
{
  GString *cased = g_string_new(NULL);
  GString *bare = g_string_new(NULL);
  fold_case(cased, name, len < 0 ? strlen(name) : (gsize)len);
  fold_accents(bare, cased->str, cased->len);

  GString *key = g_string_sized_new(bare->len);
  gboolean gap = FALSE;
  for (gsize i = 0; i < bare->len;) {
    UChar32 c;
    U8_NEXT(bare->str, i, bare->len, c);
    if (vanishes_in_name(c)) continue;
    if (!is_name_character(c)) {
      gap = TRUE;
      continue;
    }
    if (gap && key->len > 0) g_string_append_c(key, ' ');
    gap = FALSE;
    append_code_point(key, c);
  }
  g_string_free(cased, TRUE);
  g_string_free(bare, TRUE);
  return g_string_free(key, FALSE);
}
