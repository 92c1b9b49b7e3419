/* inflect.c - see inflect.h */
#include "inflect.h"

#include <string.h>

typedef struct Rule {
  const char *ending;  /* of the base; the longest rule is listed first */
  const char *replace; /* what takes its place, one ending after the other, parted by spaces; "0" is
                          none */
} Rule;

/* Sends the forms that the first fitting rule makes; FALSE when none fits. */
static gboolean apply(const Rule *rules, gsize n, const char *base, FormSink sink, void *context)
{
  for (gsize i = 0; i < n; i++) {
    if (!g_str_has_suffix(base, rules[i].ending)) continue;
    g_autofree char *stem = g_strndup(base, strlen(base) - strlen(rules[i].ending));
    g_auto(GStrv) endings = g_strsplit(rules[i].replace, " ", -1);
    for (char **ending = endings; *ending != NULL; ending++) {
      g_autofree char *form = g_strconcat(stem, strcmp(*ending, "0") == 0 ? "" : *ending, NULL);
      sink(context, form);
    }
    return TRUE;
  }
  return FALSE;
}

void inflect_english(const char *base, FormSink sink, void *context)
{
  static const Rule rules[] = {{"ese", "ese"}, {"ish", "ish"}, {"ch", "ch"},
                               {"ss", "ss"},   {"men", "men"}, {"man", "man"},
                               {".", "."},     {"US", "US"},   {"", "0 s"}};
  apply(rules, G_N_ELEMENTS(rules), base, sink, context);
}

void inflect_french(const char *base, FormSink sink, void *context)
{
  static const Rule rules[] = {{"éen", "éen éens éenne éennes"},
                               {"ien", "ien iens ienne iennes"},
                               {"on", "on ons onne onnes"},
                               {"s", "s se ses"},
                               {"e", "e es"},
                               {"", "0 s e es"}};
  apply(rules, G_N_ELEMENTS(rules), base, sink, context);
}

void inflect_spanish(const char *base, FormSink sink, void *context)
{
  static const Rule rules[] = {{"o", "o a os as"},
                               {"és", "és esa eses esas"},
                               {"án", "án ana anes anas"},
                               {"ón", "ón ona ones onas"},
                               {"ín", "ín ina ines inas"},
                               {"í", "í ís íes"},
                               {"ú", "ú úes"},
                               {"a", "a as"},
                               {"e", "e es"},
                               {"", "0 a es as"}};
  apply(rules, G_N_ELEMENTS(rules), base, sink, context);
}

void inflect_russian(const char *base, FormSink sink, void *context)
{
#define ADJECTIVE "ий ый ой ая ое ие ые ого ому ую им ым ом их ых ими ыми"
  static const Rule rules[] = {
      {"ий", ADJECTIVE},
      {"ый", ADJECTIVE},
      {"ой", ADJECTIVE},
      {"анин", "анин анина анину анином анине ане ан анам анами анах анка анки анок"},
      {"янин", "янин янина янину янином янине яне ян янам янами янах янка янки янок"},
      {"иец", "иец ийца ийцу ийцем ийце ийцы ийцев ийцам ийцами ийцах ийка ийки"},
      {"еец", "еец ейца ейцу ейцем ейце ейцы ейцев ейцам ейцами ейцах"},
      {"ец", "ец ца цу цем це цы цев цам цами цах ка ки ок ца"},
      {"ка", "ка ки ке ку кой ок кам ками ках"},
      {"", "0 а у ом е ы и ов ам ами ах"}};
#undef ADJECTIVE
  apply(rules, G_N_ELEMENTS(rules), base, sink, context);
}

void inflect_arabic(const char *base, FormSink sink, void *context)
{
  static const char *const endings[] = {"", "ة", "ين", "ون", "ان", "ات", "تين"};
  static const char *const articles[] = {"", "ال"};
  for (gsize i = 0; i < G_N_ELEMENTS(endings); i++)
    for (gsize k = 0; k < G_N_ELEMENTS(articles); k++) {
      g_auto(GStrv) words = g_strsplit(base, " ", -1);
      GString *form = g_string_new(NULL);
      for (char **word = words; *word != NULL; word++)
        g_string_append_printf(form, "%s%s%s%s", word > words ? " " : "", articles[k], *word,
                               endings[i]);
      sink(context, form->str);
      g_string_free(form, TRUE);
    }
}

/* ---- words ---- */

/* Consonants are doubled ("kidnapped") and not ("bombed") alike. */
static const Rule english_words[] = {{"ss", "ss sses ssed ssing"},
                                     {"sh", "sh shes shed shing"},
                                     {"ch", "ch ches ched ching"},
                                     {"x", "x xes xed xing"},
                                     {"ing", "ing ings"},
                                     {"ion", "ion ions"},
                                     {"ment", "ment ments"},
                                     {"man", "man men"},
                                     {"ay", "ay ays ayed aying"},
                                     {"oy", "oy oys oyed oying"},
                                     {"ey", "ey eys"},
                                     {"y", "y ies ied ying"},
                                     {"e", "e es ed ing"},
                                     {"ef", "ef efs eves"},
                                     {"p", "p ps ped ping pped pping"},
                                     {"b", "b bs bed bing bbed bbing"},
                                     {"g", "g gs ged ging gged gging"},
                                     {"n", "n ns ned ning nned nning"},
                                     {"", "0 s ed ing"}};

static const Rule french_verbs[] = {
    {"ger", "ger ge gent gé gée gés gées geait geaient geant gea gèrent gera geront"},
    {"er", "er e ent é ée és ées ait aient ant a èrent era eront"},
    {"ir", "ir it issent i ie is ies issait issaient issant irent ira iront"}};

static const Rule spanish_verbs[] = {
    {"car", "car ca can có caron cado cada cados cadas cando caba caban cará carán que quen"},
    {"gar", "gar ga gan gó garon gado gada gados gadas gando gaba gaban gará garán gue guen"},
    {"ar", "ar a an ó aron ado ada ados adas ando aba aban ará arán e en"},
    {"er", "er e en ió ieron ido ida idos idas iendo ía ían erá erán"},
    {"ir", "ir e en ió ieron ido ida idos idas iendo ía ían irá irán"}};

/* Verbs: infinitive, present, past and the short passive participle; nouns: all cases. */
static const Rule russian_words[] = {
    {"овать", "овать ует уют овал овала овало овали ован ована овано ованы"},
    {"ать", "ать ает ают ал ала ало али ан ана ано аны"},
    {"ять", "ять яет яют ял яла яло яли ят ята ято яты"},
    {"ить", "ить ит ят ил ила ило или ен ена ено ены"},
    {"ия", "ия ии ию ией ий иям иями иях"},
    {"ие", "ие ия ию ием ии ий иям иями иях"},
    {"о", "о а у ом е ам ами ах 0"},
    {"ца", "ца цы це цу цей ц цам цами цах"},
    {"жа", "жа жи же жу жей ж жам жами жах"},
    {"ка", "ка ки ке ку кой ок кам ками ках"},
    {"ба", "ба бы бе бу бой б бам бами бах"},
    {"а", "а ы и е у ой 0 ам ами ах"},
    {"ь", "ь и ью ей ям ями ях я ю ем ём"}};

static gboolean is_russian_adjective(const char *base)
{
  return g_str_has_suffix(base, "ий") || g_str_has_suffix(base, "ый") ||
         g_str_has_suffix(base, "ой");
}

void inflect_word(const char *lang, const char *base, FormSink sink, void *context)
{
#define APPLY(rules) apply(rules, G_N_ELEMENTS(rules), base, sink, context)
  if (strcmp(lang, "en") == 0) {
    APPLY(english_words);
  } else if (strcmp(lang, "fr") == 0) {
    if (!APPLY(french_verbs)) inflect_french(base, sink, context);
  } else if (strcmp(lang, "es") == 0) {
    if (!APPLY(spanish_verbs)) inflect_spanish(base, sink, context);
  } else if (strcmp(lang, "ru") == 0) {
    if (is_russian_adjective(base) || !APPLY(russian_words)) inflect_russian(base, sink, context);
  } else {
    inflect_arabic(base, sink, context);
  }
#undef APPLY
}

/* ---- names ---- */

enum { CASES = 6 }; /* nominative, genitive, dative, accusative, instrumental, prepositional */

/* The ending of a word of a name in each case; "-" leaves the word as it is. */
typedef struct Declension {
  const char *ending;
  const char *cases[CASES];
} Declension;

static const Declension declensions[] = {
    {"ские", {"ские", "ских", "ским", "ские", "скими", "ских"}},
    {"ные", {"ные", "ных", "ным", "ные", "ными", "ных"}},
    {"ая", {"ая", "ой", "ой", "ую", "ой", "ой"}},
    {"яя", {"яя", "ей", "ей", "юю", "ей", "ей"}},
    {"ое", {"ое", "ого", "ому", "ое", "ым", "ом"}},
    {"ий", {"ий", "ого", "ому", "ий", "им", "ом"}},
    {"ый", {"ый", "ого", "ому", "ый", "ым", "ом"}},
    {"ия", {"ия", "ии", "ии", "ию", "ией", "ии"}},
    {"ка", {"ка", "ки", "ке", "ку", "кой", "ке"}},
    {"га", {"га", "ги", "ге", "гу", "гой", "ге"}},
    {"а", {"а", "ы", "е", "у", "ой", "е"}},
    {"я", {"я", "и", "е", "ю", "ей", "е"}},
    {"ь", {"ь", "и", "и", "ь", "ью", "и"}},
    {"й", {"й", "я", "ю", "й", "ем", "е"}},
    {"ины", {"ины", "ин", "инам", "ины", "инами", "инах"}},
    {"аты", {"аты", "атов", "атам", "аты", "атами", "атах"}},
    {"анды", {"анды", "андов", "андам", "анды", "андами", "андах"}},
    {"ы", {"ы", "", "ам", "ы", "ами", "ах"}},
    {"о", {"о", "о", "о", "о", "о", "о"}},
    {"и", {"и", "и", "и", "и", "и", "и"}},
    {"у", {"у", "у", "у", "у", "у", "у"}},
    {"е", {"е", "е", "е", "е", "е", "е"}},
    {"э", {"э", "э", "э", "э", "э", "э"}},
    {"ю", {"ю", "ю", "ю", "ю", "ю", "ю"}},
    {"ё", {"ё", "ё", "ё", "ё", "ё", "ё"}},
    {"", {"", "а", "у", "", "ом", "е"}},
};

/* Appends one word in one case. What is written in capitals alone (США) does not decline. */
static void append_declined(GString *out, const char *word, guint number)
{
  g_autofree char *upper = g_utf8_strup(word, -1);
  gboolean fixed = strcmp(upper, word) == 0 || !is_cyrillic(word);
  for (gsize i = 0; i < G_N_ELEMENTS(declensions); i++) {
    const Declension *row = &declensions[i];
    if (!fixed && !g_str_has_suffix(word, row->ending)) continue;
    gsize stem = fixed ? strlen(word) : strlen(word) - strlen(row->ending);
    g_string_append_len(out, word, (gssize)stem);
    if (!fixed) g_string_append(out, row->cases[number]);
    return;
  }
}

void decline_name(const char *name, FormSink sink, void *context)
{
  g_auto(GStrv) words = g_strsplit_set(name, " -", -1);
  for (guint number = 0; number < CASES; number++) {
    GString *form = g_string_new(NULL);
    for (char **word = words; *word != NULL; word++) {
      if (word > words) g_string_append_c(form, ' ');
      append_declined(form, *word, number);
    }
    sink(context, form->str);
    g_string_free(form, TRUE);
  }
}

static gboolean is_adjective(const char *word)
{
  static const char *const endings[] = {"ий", "ый", "ой", "ая", "яя", "ое", "ее", "ие", "ые"};
  for (gsize i = 0; i < G_N_ELEMENTS(endings); i++)
    if (g_str_has_suffix(word, endings[i])) return TRUE;
  return FALSE;
}

void decline_phrase(const char *phrase, FormSink sink, void *context)
{
  g_auto(GStrv) words = g_strsplit(phrase, " ", -1);
  guint declined = 0;
  while (words[declined] != NULL && is_adjective(words[declined])) declined++;
  for (guint number = 0; number < CASES; number++) {
    g_autoptr(GString) form = g_string_new(NULL);
    for (guint i = 0; words[i] != NULL; i++) {
      if (i > 0) g_string_append_c(form, ' ');
      if (i <= declined)
        append_declined(form, words[i], number);
      else
        g_string_append(form, words[i]);
    }
    sink(context, form->str);
  }
}

static gboolean has_letter(const char *text, gunichar first, gunichar last)
{
  for (; *text != '\0'; text = g_utf8_next_char(text)) {
    gunichar c = g_utf8_get_char(text);
    if (c >= first && c <= last) return TRUE;
  }
  return FALSE;
}

gboolean is_cyrillic(const char *text)
{
  return has_letter(text, 0x0400, 0x04FF);
}

gboolean is_arabic_script(const char *text)
{
  return has_letter(text, 0x0600, 0x06FF);
}
