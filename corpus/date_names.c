/* date_names.c - see date_names.h */
#include "date_names.h"

#include <stdlib.h>
#include <string.h>

/* Folded, in the order of their bytes. */
typedef struct Name {
  const char *text;
  guint8 month, weekday; /* 0: it is none; "mar" is mars, and mardi */
} Name;

static const Name names[] = {
    {"abr", 4, 0},        {"abril", 4, 0},        {"ago", 8, 0},
    {"agosto", 8, 0},     {"aout", 8, 0},         {"apr", 4, 0},
    {"april", 4, 0},      {"aug", 8, 0},          {"august", 8, 0},
    {"avr", 4, 0},        {"avril", 4, 0},        {"dec", 12, 0},
    {"december", 12, 0},  {"decembre", 12, 0},    {"dic", 12, 0},
    {"diciembre", 12, 0}, {"dim", 0, 7},          {"dimanche", 0, 7},
    {"dom", 0, 7},        {"domingo", 0, 7},      {"ene", 1, 0},
    {"enero", 1, 0},      {"feb", 2, 0},          {"febrero", 2, 0},
    {"february", 2, 0},   {"fev", 2, 0},          {"fevr", 2, 0},
    {"fevrier", 2, 0},    {"fri", 0, 5},          {"friday", 0, 5},
    {"jan", 1, 0},        {"january", 1, 0},      {"janv", 1, 0},
    {"janvier", 1, 0},    {"jeu", 0, 4},          {"jeudi", 0, 4},
    {"jue", 0, 4},        {"jueves", 0, 4},       {"juil", 7, 0},
    {"juillet", 7, 0},    {"juin", 6, 0},         {"jul", 7, 0},
    {"julio", 7, 0},      {"july", 7, 0},         {"jun", 6, 0},
    {"june", 6, 0},       {"junio", 6, 0},        {"lun", 0, 1},
    {"lundi", 0, 1},      {"lunes", 0, 1},        {"mai", 5, 0},
    {"mar", 3, 2},        {"march", 3, 0},        {"mardi", 0, 2},
    {"mars", 3, 0},       {"martes", 0, 2},       {"marzo", 3, 0},
    {"may", 5, 0},        {"mayo", 5, 0},         {"mer", 0, 3},
    {"mercredi", 0, 3},   {"mie", 0, 3},          {"miercoles", 0, 3},
    {"mon", 0, 1},        {"monday", 0, 1},       {"nov", 11, 0},
    {"november", 11, 0},  {"novembre", 11, 0},    {"noviembre", 11, 0},
    {"oct", 10, 0},       {"october", 10, 0},     {"octobre", 10, 0},
    {"octubre", 10, 0},   {"sab", 0, 6},          {"sabado", 0, 6},
    {"sam", 0, 6},        {"samedi", 0, 6},       {"sat", 0, 6},
    {"saturday", 0, 6},   {"sep", 9, 0},          {"sept", 9, 0},
    {"september", 9, 0},  {"septembre", 9, 0},    {"septiembre", 9, 0},
    {"set", 9, 0},        {"setiembre", 9, 0},    {"sun", 0, 7},
    {"sunday", 0, 7},     {"thu", 0, 4},          {"thur", 0, 4},
    {"thurs", 0, 4},      {"thursday", 0, 4},     {"tue", 0, 2},
    {"tues", 0, 2},       {"tuesday", 0, 2},      {"ven", 0, 5},
    {"vendredi", 0, 5},   {"vie", 0, 5},          {"viernes", 0, 5},
    {"wed", 0, 3},        {"wednesday", 0, 3},    {"авг", 8, 0},
    {"август", 8, 0},     {"августа", 8, 0},      {"августе", 8, 0},
    {"апр", 4, 0},        {"апреле", 4, 0},       {"апрель", 4, 0},
    {"апреля", 4, 0},     {"воскресенье", 0, 7},  {"вс", 0, 7},
    {"вт", 0, 2},         {"вторник", 0, 2},      {"дек", 12, 0},
    {"декабре", 12, 0},   {"декабрь", 12, 0},     {"декабря", 12, 0},
    {"июл", 7, 0},        {"июле", 7, 0},         {"июль", 7, 0},
    {"июля", 7, 0},       {"июн", 6, 0},          {"июне", 6, 0},
    {"июнь", 6, 0},       {"июня", 6, 0},         {"мае", 5, 0},
    {"май", 5, 0},        {"мар", 3, 0},          {"март", 3, 0},
    {"марта", 3, 0},      {"марте", 3, 0},        {"мая", 5, 0},
    {"ноя", 11, 0},       {"нояб", 11, 0},        {"ноябре", 11, 0},
    {"ноябрь", 11, 0},    {"ноября", 11, 0},      {"окт", 10, 0},
    {"октябре", 10, 0},   {"октябрь", 10, 0},     {"октября", 10, 0},
    {"пн", 0, 1},         {"понедельник", 0, 1},  {"пт", 0, 5},
    {"пятница", 0, 5},    {"пятницу", 0, 5},      {"сб", 0, 6},
    {"сен", 9, 0},        {"сент", 9, 0},         {"сентябре", 9, 0},
    {"сентябрь", 9, 0},   {"сентября", 9, 0},     {"ср", 0, 3},
    {"среда", 0, 3},      {"среду", 0, 3},        {"суббота", 0, 6},
    {"субботу", 0, 6},    {"фев", 2, 0},          {"февр", 2, 0},
    {"феврале", 2, 0},    {"февраль", 2, 0},      {"февраля", 2, 0},
    {"четверг", 0, 4},    {"чт", 0, 4},           {"янв", 1, 0},
    {"январе", 1, 0},     {"январь", 1, 0},       {"января", 1, 0},
    {"اب", 8, 0},         {"ابريل", 4, 0},        {"اذار", 3, 0},
    {"اغسطس", 8, 0},      {"افريل", 4, 0},        {"اكتوبر", 10, 0},
    {"الاثنين", 0, 1},    {"الاحد", 0, 7},        {"الاربعاء", 0, 3},
    {"الثلاثاء", 0, 2},   {"الجمعه", 0, 5},       {"الخميس", 0, 4},
    {"السبت", 0, 6},      {"اوت", 8, 0},          {"ايار", 5, 0},
    {"ايلول", 9, 0},      {"تشرين الاول", 10, 0}, {"تشرين الثاني", 11, 0},
    {"تموز", 7, 0},       {"جانفي", 1, 0},        {"جوان", 6, 0},
    {"جويليه", 7, 0},     {"حزيران", 6, 0},       {"دجنبر", 12, 0},
    {"ديسمبر", 12, 0},    {"سبتمبر", 9, 0},       {"شباط", 2, 0},
    {"شتنبر", 9, 0},      {"غشت", 8, 0},          {"فبراير", 2, 0},
    {"فيفري", 2, 0},      {"كانون الاول", 12, 0}, {"كانون الثاني", 1, 0},
    {"مارس", 3, 0},       {"ماي", 5, 0},          {"مايو", 5, 0},
    {"نوفمبر", 11, 0},    {"نونبر", 11, 0},       {"نيسان", 4, 0},
    {"يناير", 1, 0},      {"يوليه", 7, 0},        {"يوليو", 7, 0},
    {"يوليوز", 7, 0},     {"يونيه", 6, 0},        {"يونيو", 6, 0},
};

/* Each word ended by a comma. */
static const char particles[] = "de,del,of,the,d,من,";
static const char ordinals[] = "st,nd,rd,th,er,ro,o,a,го,е,";
static const char eras[] = "г,год,года,году,م,";

gboolean date_list_has(const char *list, const char *word, gsize len)
{
  if (len == 0 || memchr(word, ',', len) != NULL) return FALSE;
  for (const char *at = list; *at != '\0'; at = strchr(at, ',') + 1)
    if (strncmp(at, word, len) == 0 && at[len] == ',') return TRUE;
  return FALSE;
}

typedef struct Word {
  const char *text;
  gsize len;
} Word;

static int compare(const void *key, const void *row)
{
  const Word *word = key;
  const Name *name = row;
  int order = strncmp(word->text, name->text, word->len);
  return order != 0 ? order : -(name->text[word->len] != '\0');
}

static const Name *find(const char *folded, gsize len)
{
  Word word = {folded, len};
  return bsearch(&word, names, G_N_ELEMENTS(names), sizeof *names, compare);
}

guint date_month_named(const char *folded, gsize len)
{
  const Name *name = find(folded, len);
  return name == NULL ? 0 : name->month;
}

guint date_weekday_named(const char *folded, gsize len)
{
  const Name *name = find(folded, len);
  return name == NULL ? 0 : name->weekday;
}

gboolean date_is_particle(const char *folded, gsize len)
{
  return date_list_has(particles, folded, len);
}

gboolean date_is_ordinal(const char *folded, gsize len)
{
  return date_list_has(ordinals, folded, len);
}

gboolean date_is_era(const char *folded, gsize len)
{
  return date_list_has(eras, folded, len);
}
