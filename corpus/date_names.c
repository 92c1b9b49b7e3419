/* date_names.c - see date_names.h */
#include "date_names.h"

#include <string.h>

/* A longer word is in no list. */
enum { LONGEST_NAME = 32 };

/* Folded, each name ended by a comma. */
static const char *const months[] = {
    "january,jan,janvier,janv,enero,ene,"
    "январь,января,январе,янв,يناير,كانون الثاني,جانفي,",
    "february,feb,fevrier,fevr,fev,febrero,"
    "февраль,февраля,феврале,февр,фев,فبراير,شباط,فيفري,",
    "march,mar,mars,marzo,"
    "март,марта,марте,мар,مارس,اذار,",
    "april,apr,avril,avr,abril,abr,"
    "апрель,апреля,апреле,апр,ابريل,نيسان,افريل,",
    "may,mai,mayo,"
    "май,мая,мае,مايو,ايار,ماي,",
    "june,jun,juin,junio,"
    "июнь,июня,июне,июн,يونيو,يونيه,حزيران,جوان,",
    "july,jul,juillet,juil,julio,"
    "июль,июля,июле,июл,يوليو,يوليه,يوليوز,تموز,جويليه,",
    "august,aug,aout,agosto,ago,"
    "август,августа,августе,авг,اغسطس,اب,اوت,غشت,",
    "september,sep,sept,septembre,septiembre,setiembre,set,"
    "сентябрь,сентября,сентябре,сент,сен,سبتمبر,ايلول,شتنبر,",
    "october,oct,octobre,octubre,"
    "октябрь,октября,октябре,окт,اكتوبر,تشرين الاول,",
    "november,nov,novembre,noviembre,"
    "ноябрь,ноября,ноябре,нояб,ноя,نوفمبر,تشرين الثاني,نونبر,",
    "december,dec,decembre,diciembre,dic,"
    "декабрь,декабря,декабре,дек,ديسمبر,كانون الاول,دجنبر,",
};

static const char *const weekdays[] = {
    "monday,mon,lundi,lun,lunes,понедельник,пн,الاثنين,",
    "tuesday,tues,tue,mardi,mar,martes,вторник,вт,الثلاثاء,",
    "wednesday,wed,mercredi,mer,miercoles,mie,среда,среду,ср,الاربعاء,",
    "thursday,thurs,thur,thu,jeudi,jeu,jueves,jue,четверг,чт,الخميس,",
    "friday,fri,vendredi,ven,viernes,vie,пятница,пятницу,пт,الجمعه,",
    "saturday,sat,samedi,sam,sabado,sab,суббота,субботу,сб,السبت,",
    "sunday,sun,dimanche,dim,domingo,dom,воскресенье,вс,الاحد,",
};

static const char particles[] = "de,del,of,the,d,من,";
static const char ordinals[] = "st,nd,rd,th,er,ro,o,a,го,е,";
static const char eras[] = "г,год,года,году,م,";

gboolean date_list_has(const char *list, const char *word, gsize len)
{
  if (len == 0 || len > LONGEST_NAME || memchr(word, ',', len) != NULL) return FALSE;
  for (const char *at = list; *at != '\0'; at = strchr(at, ',') + 1)
    if (strncmp(at, word, len) == 0 && at[len] == ',') return TRUE;
  return FALSE;
}

static guint number_of(const char *const *lists, guint n, const char *word, gsize len)
{
  for (guint i = 0; i < n; i++)
    if (date_list_has(lists[i], word, len)) return i + 1;
  return 0;
}

guint date_month_named(const char *folded, gsize len)
{
  return number_of(months, G_N_ELEMENTS(months), folded, len);
}

guint date_weekday_named(const char *folded, gsize len)
{
  return number_of(weekdays, G_N_ELEMENTS(weekdays), folded, len);
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
