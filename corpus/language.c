/* language.c - see language.h */
#include "language.h"

#include <string.h>
#include <unicode/uloc.h>

#include "fold.h"

typedef struct Language {
  const char *code;
  const char *names[4]; /* as fold_name() returns them; also the codes of ISO 639-2/B */
} Language;

enum { LANGUAGE_NAME_MAX = 64 };

/* clang-format off */
static const Language languages[] = {
    {"am", {"amharic", "አማርኛ"}},
    {"ar", {"arabic", "العربيه", "عربي"}},
    {"az", {"azerbaijani", "azeri", "azarbaycanca"}},
    {"be", {"belarusian", "беларуская"}},
    {"bg", {"bulgarian", "български"}},
    {"bn", {"bengali", "bangla", "বাংলা"}},
    {"bs", {"bosnian", "bosanski"}},
    {"ca", {"catalan", "catala"}},
    {"cs", {"czech", "cestina", "cze"}},
    {"da", {"danish", "dansk"}},
    {"de", {"german", "deutsch", "ger"}},
    {"el", {"greek", "ελληνικα", "gre"}},
    {"en", {"english"}},
    {"es", {"spanish", "espanol", "castilian", "castellano"}},
    {"et", {"estonian", "eesti"}},
    {"fa", {"persian", "farsi", "فارسي", "per"}},
    {"fi", {"finnish", "suomi"}},
    {"fr", {"french", "francais", "fre"}},
    {"gu", {"gujarati", "ગુજરાતી"}},
    {"ha", {"hausa"}},
    {"he", {"hebrew", "עברית"}},
    {"hi", {"hindi", "हिन्दी", "हिंदी"}},
    {"hr", {"croatian", "hrvatski"}},
    {"hu", {"hungarian", "magyar"}},
    {"hy", {"armenian", "հայերեն", "arm"}},
    {"id", {"indonesian", "bahasa indonesia"}},
    {"it", {"italian", "italiano"}},
    {"ja", {"japanese", "日本語"}},
    {"ka", {"georgian", "ქართული", "geo"}},
    {"kk", {"kazakh", "қазақша"}},
    {"km", {"khmer", "ខ្មែរ"}},
    {"ko", {"korean", "한국어"}},
    {"ku", {"kurdish", "kurdi", "kurmanji"}},
    {"lo", {"lao", "ລາວ"}},
    {"lt", {"lithuanian", "lietuviu"}},
    {"lv", {"latvian", "latviesu"}},
    {"mk", {"macedonian", "македонски", "mac"}},
    {"mr", {"marathi", "मराठी"}},
    {"ms", {"malay", "bahasa melayu", "may"}},
    {"my", {"burmese", "မြန်မာ", "bur"}},
    {"ne", {"nepali", "नेपाली"}},
    {"nl", {"dutch", "nederlands", "flemish", "dut"}},
    {"no", {"norwegian", "norsk"}},
    {"pa", {"punjabi", "ਪੰਜਾਬੀ"}},
    {"pl", {"polish", "polski"}},
    {"ps", {"pashto", "پښتو"}},
    {"pt", {"portuguese", "portugues", "brazilian portuguese"}},
    {"ro", {"romanian", "romana", "rum"}},
    {"ru", {"russian", "русский"}},
    {"si", {"sinhala", "සිංහල"}},
    {"sk", {"slovak", "slovencina", "slo"}},
    {"sl", {"slovenian", "slovene", "slovenscina"}},
    {"so", {"somali", "soomaali"}},
    {"sq", {"albanian", "shqip", "alb"}},
    {"sr", {"serbian", "српски", "srpski"}},
    {"sv", {"swedish", "svenska"}},
    {"sw", {"swahili", "kiswahili"}},
    {"ta", {"tamil", "தமிழ்"}},
    {"te", {"telugu", "తెలుగు"}},
    {"th", {"thai", "ไทย"}},
    {"ti", {"tigrinya", "ትግርኛ"}},
    {"tl", {"tagalog", "filipino"}},
    {"tr", {"turkish", "turkce"}},
    {"uk", {"ukrainian", "українська"}},
    {"ur", {"urdu", "اردو"}},
    {"uz", {"uzbek", "ozbekcha"}},
    {"vi", {"vietnamese", "tieng viet"}},
    {"zh", {"chinese", "中文", "mandarin", "chi"}},
    {"und", {"undetermined", "unknown"}},
};
/* clang-format on */

static gboolean has_name(const Language *language, const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS(language->names) && language->names[i] != NULL; i++)
    if (strcmp(language->names[i], key) == 0) return TRUE;
  return FALSE;
}

const char *language_name(const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS(languages); i++)
    if (strcmp(languages[i].code, code) == 0) return languages[i].names[0];
  return NULL;
}

static const char *language_by_name(const char *name)
{
  if (strlen(name) > LANGUAGE_NAME_MAX) return NULL;
  g_autofree char *key = fold_name(name, -1);
  for (gsize i = 0; i < G_N_ELEMENTS(languages); i++)
    if (has_name(&languages[i], key)) return languages[i].code;
  return NULL;
}

/* The code "en" of "EN", "en-GB", "en_US.UTF-8"; NULL when the value is no code. */
static char *language_code(const char *value)
{
  gsize len = strcspn(value, "-_");
  if (len != 2 && len != 3) return NULL;
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isalpha(value[i])) return NULL;
  return g_ascii_strdown(value, (gssize)len);
}

char *language_read(const char *value)
{
  g_autofree char *code = language_code(value);
  const char *known = language_by_name(code != NULL ? code : value);
  if (known != NULL) return g_strdup(known);
  if (code == NULL) return NULL;

  /* ICU knows that "eng" is "en", and that "iw" is now "he". */
  char tag[ULOC_LANG_CAPACITY];
  UErrorCode err = U_ZERO_ERROR;
  int32_t len = uloc_toLanguageTag(code, tag, sizeof tag, FALSE, &err);
  gboolean usable = U_SUCCESS(err) && len > 0 && len < (int32_t)sizeof tag;
  return usable ? g_strndup(tag, (gsize)len) : g_steal_pointer(&code);
}
