/* encoding.c - see encoding.h */
#include "encoding.h"

#include <string.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucsdet.h>

enum { SAMPLE_MIN = 8 /* bytes over 0x7F from which on ICU's detector is asked at all */ };

/* For bytes without meaning. ICU's own callback writes U+001A for some encodings. */
static void U_CALLCONV write_replacement(G_GNUC_UNUSED const void *context,
                                         UConverterToUnicodeArgs *arguments,
                                         G_GNUC_UNUSED const char *bytes, G_GNUC_UNUSED int32_t n,
                                         UConverterCallbackReason reason, UErrorCode *err)
{
  static const UChar character = 0xFFFD;
  if (reason > UCNV_IRREGULAR) return; /* it is only told of a reset */
  *err = U_ZERO_ERROR;
  ucnv_cbToUWriteUChars(arguments, &character, 1, 0, err);
}

UConverter *encoding_open(const char *name)
{
  UErrorCode err = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(name, &err);
  ucnv_setToUCallBack(converter, write_replacement, NULL, NULL, NULL, &err);
  if (U_SUCCESS(err)) return converter;
  ucnv_close(converter);
  return NULL;
}

typedef enum Script {
  SCRIPT_LATIN,    /* ASCII letters with a few others among them */
  SCRIPT_ALPHABET, /* a byte a letter, few of them ASCII */
  SCRIPT_WIDE      /* several bytes a character */
} Script;

/* What ICU's detector may say, the lowest confidence at which it is believed, and the converter
 * that is used: where Windows has a superset of an ISO encoding, that one, as browsers do. */
static const struct Detected {
  const char *name, *converter;
  Script script;
  int confidence;
} detected[] = {
    {"ISO-8859-1", "windows-1252", SCRIPT_LATIN, 0},
    {"windows-1252", "windows-1252", SCRIPT_LATIN, 0},
    {"ISO-8859-2", "ISO-8859-2", SCRIPT_LATIN, 30},
    {"windows-1250", "windows-1250", SCRIPT_LATIN, 30},
    {"ISO-8859-9", "windows-1254", SCRIPT_LATIN, 30},
    {"windows-1254", "windows-1254", SCRIPT_LATIN, 30},
    {"windows-1251", "windows-1251", SCRIPT_ALPHABET, 5},
    {"KOI8-R", "KOI8-U", SCRIPT_ALPHABET, 5},
    {"ISO-8859-5", "ISO-8859-5", SCRIPT_ALPHABET, 5},
    {"windows-1256", "windows-1256", SCRIPT_ALPHABET, 5},
    {"ISO-8859-6", "ISO-8859-6", SCRIPT_ALPHABET, 5},
    {"windows-1253", "windows-1253", SCRIPT_ALPHABET, 5},
    {"ISO-8859-7", "ISO-8859-7", SCRIPT_ALPHABET, 5},
    {"windows-1255", "windows-1255", SCRIPT_ALPHABET, 5},
    {"ISO-8859-8", "windows-1255", SCRIPT_ALPHABET, 5},
    {"ISO-8859-8-I", "windows-1255", SCRIPT_ALPHABET, 5},
    {"GB18030", "GB18030", SCRIPT_WIDE, 50},
    {"Big5", "Big5", SCRIPT_WIDE, 50},
    {"Shift_JIS", "windows-31j", SCRIPT_WIDE, 50},
    {"EUC-JP", "EUC-JP", SCRIPT_WIDE, 50},
    {"EUC-KR", "windows-949", SCRIPT_WIDE, 50},
};

/* What a sample is made of. */
typedef struct Sample {
  gsize letters; /* ASCII letters and bytes over 0x7F */
  gsize high;    /* bytes over 0x7F */
  gsize hebrew;  /* those at which Hebrew encodings have their letters */
  gboolean c1;   /* bytes that ISO encodings keep for control characters */
} Sample;

static Sample measure(const char *text, gsize len)
{
  Sample sample = {0, 0, 0, FALSE};
  for (gsize i = 0; i < len; i++) {
    guint8 byte = (guint8)text[i];
    sample.high += byte >= 0x80;
    sample.hebrew += byte >= 0xE0 && byte <= 0xFA;
    sample.letters += byte >= 0x80 || g_ascii_isalpha(text[i]);
    if (byte >= 0x80 && byte < 0xA0) sample.c1 = TRUE;
  }
  return sample;
}

static gboolean is_plausible(const struct Detected *guess, int confidence, const Sample *sample)
{
  if (confidence < guess->confidence) return FALSE;
  if (sample->c1 && g_str_has_prefix(guess->converter, "ISO-")) return FALSE;
  /* Arabic and Cyrillic, all over the upper half, are often taken for Hebrew. */
  if (strcmp(guess->converter, "windows-1255") == 0 && sample->hebrew * 10 < sample->high * 8)
    return FALSE;
  /* In a Latin text few letters carry accents, in any other few are ASCII. */
  gboolean mostly_high = sample->high * 10 >= sample->letters * 4;
  return (guess->script == SCRIPT_LATIN) != mostly_high;
}

void encoding_append(UConverter *converter, GString *out, const char *text, gsize len)
{
  gsize at = out->len, capacity = 3 * len + 16; /* enough for nearly every encoding */
  UErrorCode err;
  int32_t n;
  do {
    err = U_ZERO_ERROR;
    g_string_set_size(out, at + capacity);
    ucnv_reset(converter);
    n = ucnv_toAlgorithmic(UCNV_UTF8, converter, out->str + at, (int32_t)capacity, text,
                           (int32_t)len, &err);
    capacity = (gsize)n;
  } while (err == U_BUFFER_OVERFLOW_ERROR);
  g_string_truncate(out, at + (U_SUCCESS(err) ? (gsize)n : 0));
}

/* TRUE when hardly any byte of the sample is without meaning in this encoding. */
static gboolean has_meaning(const char *name, const char *text, gsize len, const Sample *sample)
{
  UConverter *converter = encoding_open(name);
  if (converter == NULL) return FALSE;
  GString *utf8 = g_string_new(NULL);
  encoding_append(converter, utf8, text, len);
  ucnv_close(converter);
  gsize lost = 0;
  for (const char *at = utf8->str; (at = strstr(at, "\xEF\xBF\xBD")) != NULL; at++) lost++;
  g_string_free(utf8, TRUE);
  return lost * 20 <= sample->high;
}

/* The converter for one guess of the detector, NULL when the guess is not to be believed. */
static const char *believe(const char *name, int confidence, const Sample *sample)
{
  for (gsize i = 0; i < G_N_ELEMENTS(detected); i++)
    if (strcmp(detected[i].name, name) == 0 && is_plausible(&detected[i], confidence, sample))
      return detected[i].converter;
  return NULL;
}

const char *encoding_detect(const char *text, gsize len)
{
  Sample sample = measure(text, len);
  if (sample.high < SAMPLE_MIN) return "windows-1252";
  UErrorCode err = U_ZERO_ERROR;
  UCharsetDetector *detector = ucsdet_open(&err);
  int32_t n = 0;
  ucsdet_setText(detector, text, (int32_t)len, &err);
  const UCharsetMatch **matches = ucsdet_detectAll(detector, &n, &err);
  const char *converter = NULL;
  for (int32_t i = 0; U_SUCCESS(err) && i < n && converter == NULL; i++) {
    const char *name = ucsdet_getName(matches[i], &err);
    converter = believe(name, ucsdet_getConfidence(matches[i], &err), &sample);
    if (converter != NULL && !has_meaning(converter, text, len, &sample)) converter = NULL;
  }
  ucsdet_close(detector);
  return converter != NULL ? converter : "windows-1252";
}
