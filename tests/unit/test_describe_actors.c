/* test_describe_actors.c - indexer/describe_actors.c, through describe.h */
#include "../../indexer/describe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../corpus/actor_files.h"

static int setup(void **state)
{
  *state = scribe_new(NULL);
  return 0;
}

static int teardown(void **state)
{
  scribe_free(*state);
  return 0;
}

static Article *described(Scribe *scribe, const char *lang, const char *date, const char *title,
                          const char *body)
{
  Article *article = article_new();
  article_add(article, FIELD_LANG, lang, -1);
  if (date != NULL) article_add(article, FIELD_DATE, date, -1);
  if (title != NULL) article_add(article, FIELD_TITLE, title, -1);
  article_add(article, FIELD_BODY, body, -1);
  scribe_describe(scribe, article);
  return article;
}

/* The actors in order, joined by '|'. */
static char *joined(const Article *article)
{
  const GPtrArray *values = article_values(article, FIELD_ACTOR);
  GString *out = g_string_new(NULL);
  for (guint i = 0; values != NULL && i < values->len; i++)
    g_string_append_printf(out, "%s%s", i > 0 ? "|" : "", (const char *)values->pdata[i]);
  return g_string_free(out, FALSE);
}

static void assert_lang(Scribe *scribe, const char *lang, const char *date, const char *body,
                        const char *expected)
{
  g_autoptr(Article) article = described(scribe, lang, date, NULL, body);
  g_autofree char *got = joined(article);
  if (strcmp(got, expected) != 0) fail_msg("\"%s\": %s, not %s", body, got, expected);
}

static void assert_actors(Scribe *scribe, const char *date, const char *body, const char *expected)
{
  assert_lang(scribe, "en", date, body, expected);
}

/* ---- listed names ---- */

static void test_names(void **state)
{
  assert_actors(*state, NULL, "He said the F.M.L.N. had left, and Hizballah too.",
                "FMLN: Farabundo Marti National Liberation Front|Hezbollah");
  assert_actors(*state, NULL, "They saw the Bosnian Serb army and the al-Shabaab fighters.",
                "VRS: Army of Republika Srpska|Al Shabaab");
  assert_actors(*state, NULL, "They walked a shining path to the village.", "");
  assert_lang(*state, "ru", NULL, "Заявление Коммунистической партии Филиппин и Хезболлы.",
              "CPP: Communist Party of the Philippines|Hezbollah");
  assert_lang(*state, "ar", NULL, "قال مقاتلون إن داعش وحزب الله انسحبا.",
              "IS: Islamic State|Hezbollah");
}

/* An ambiguous name needs one of the actor's countries, or another of its names. */
static void test_support(void **state)
{
  assert_actors(*state, NULL, "The ELN said that it would not negotiate.", "");
  assert_actors(*state, NULL, "The ELN said in Colombia that it would not negotiate.",
                "ELN: National Liberation Army (Colombia)");
  assert_actors(*state, "1968-01-01", "The ELN of Bolivia said that Che Guevara was alive.",
                "ELN: National Liberation Army (Bolivia)");
  assert_actors(*state, NULL, "The Army of National Liberation spoke. The ELN will fight.",
                "ELN: National Liberation Army (Colombia)");
  assert_actors(*state, "2003-05-05", "In Burundi the FDD shelled the capital. The FDD is strong.",
                "CNDD-FDD: National Council for the Defense of Democracy-Forces for the Defense of "
                "Democracy");
}

/* The country beside the name, then the one in focus, then the year. */
static void test_several(void **state)
{
  assert_actors(*state, "1975-06-01", "Argentina said the People's Revolutionary Army fled.",
                "ERP: People's Revolutionary Army (Argentina)");
  assert_actors(*state, "1985-06-01", "El Salvador said the People's Revolutionary Army fled.",
                "ERP: People's Revolutionary Army (El Salvador)");
  assert_actors(*state, "1987-03-16", "A deal with the FSB was made in Moscow, Russia said.", "");
}

static void test_capitals(void **state)
{
  assert_actors(*state, NULL, "He told Spain that the bombs of ETA were on the estimate, the eta.",
                "ETA: Basque Homeland and Freedom");
  assert_actors(*state, NULL, "Let us win in Pakistan, he said. Let them come to it.", "");
  assert_actors(*state, NULL, "LET US WIN IN PAKISTAN AND POLAND, HE SAID.", "");
  assert_actors(*state, NULL, "WHO SAID THAT THE PLAN WAS BAD?", "");
  assert_actors(*state, NULL, "THE WORLD HEALTH ORGANIZATION SPOKE. THE WHO PLAN IS GOOD.",
                "WHO: World Health Organization");
}

/* What is part of another name is not the name. */
static void test_cut_out(void **state)
{
  assert_actors(*state, NULL, "In London the British and Commonwealth Shipping Co was sold.", "");
  assert_actors(*state, NULL, "A spokesman for PT Tambang said in Brazil that tin was sold.", "");
}

/* ---- forces ---- */

static void test_forces(void **state)
{
  assert_actors(*state, NULL, "Albanian police met Turkish and Syrian troops.",
                "Police Forces of Albania|Military Forces of Turkey|Military Forces of Syria");
  assert_actors(*state, NULL,
                "Iran's riot police, the armed forces of Chad and the Kabul "
                "government met.",
                "Police Forces of Iran|Military Forces of Chad|Government of Afghanistan");
  assert_actors(*state, NULL, "Police in Tirana held protesters in Kenya.",
                "Police Forces of Albania|Protesters (Kenya)");
  assert_actors(*state, NULL, "The U.S. Army and Iran's Revolutionary Guards met.",
                "Military Forces of the United States|IRGC: Islamic Revolutionary Guard Corps");
  assert_actors(*state, "1987-03-03", "Soviet soldiers left for Kabul.",
                "Military Forces of the Soviet Union");
}

static void test_no_forces(void **state)
{
  assert_actors(*state, NULL, "Pro-Russian troops and former Albanian army officers came.", "");
  assert_actors(*state, NULL, "Iran-backed forces and the Albanian rebel forces came.", "");
  assert_actors(*state, NULL, "He said that in Iraq forces of nature ruled, and market forces.",
                "");
  assert_actors(*state, NULL, "A Turkish police station was built near the White House.", "");
  assert_actors(*state, NULL, "Palestinian soldiers? There are none.", "");
  assert_actors(*state, NULL, "Former US Marines and the president of the Kenya African Union met.",
                "KAU: Kenya African Union");
}

/* "The army" is that of the country the article is about. */
static void test_alone(void **state)
{
  assert_actors(*state, NULL, "Lebanon mourned. In Beirut the army fired, Lebanon's radio said.",
                "Military Forces of Lebanon");
  assert_actors(*state, NULL,
                "Lebanon mourned. In Beirut the Turkish army stood. The army fired, Lebanon said.",
                "Military Forces of Turkey");
  assert_actors(*state, NULL, "The army fired on the crowd.", "");
  assert_actors(*state, NULL, "Lebanon mourned. In Beirut the Free Army fired, Lebanon said.", "");
  assert_actors(*state, NULL, "Lebanon said in Beirut that the government bonds were sold.", "");
}

static void test_security(void **state)
{
  assert_actors(*state, NULL, "Egyptian security forces shot at protesters in Cairo.",
                "Police Forces of Egypt|Protesters (Egypt)");
  assert_actors(*state, NULL, "Iraqi security forces took the town.", "Military Forces of Iraq");
}

static void test_languages(void **state)
{
  assert_lang(*state, "es", NULL, "La policía albanesa y el ejército de Turquía hablaron.",
              "Police Forces of Albania|Military Forces of Turkey");
  assert_lang(*state, "fr", NULL, "L'armée turque et la police d'Albanie ont parlé.",
              "Military Forces of Turkey|Police Forces of Albania");
  assert_lang(*state, "ru", NULL, "Турецкие войска и полиция Албании отступили.",
              "Military Forces of Turkey|Police Forces of Albania");
  assert_lang(*state, "ar", NULL, "قصفت القوات التركية موقعا، وقالت الشرطة الألبانية ذلك.",
              "Military Forces of Turkey|Police Forces of Albania");
  /* In English an adjective behind belongs to the next word. */
  assert_actors(*state, NULL, "He told a policewoman Israeli soldiers had come.",
                "Military Forces of Israel");
}

/* ---- acronyms that are defined ---- */

static void test_defined(void **state)
{
  assert_actors(*state, NULL,
                "The Green Land Liberation Front (GLLF) attacked. The GLLF said so, GLLF men said.",
                "GLLF: Green Land Liberation Front");
  assert_actors(*state, NULL, "He led the FTV (Green Land Movement Vanguard) there.", "");
  assert_actors(*state, NULL, "He led the GLMV (Green Land Movement Vanguard) there.",
                "GLMV: Green Land Movement Vanguard");
  /* Translated: the letters are another language's order, or partly its words. */
  assert_actors(*state, NULL, "Members of the Zeta Ypsilon Patriotic Front (FPYZ) came.",
                "FPYZ: Zeta Ypsilon Patriotic Front");
  assert_actors(*state, NULL,
                "They say the Young Council Against Crimes and Theft (YKAV) met them there.",
                "YKAV: Young Council Against Crimes and Theft");
  assert_actors(*state, NULL, "The Green Land National Army, or GLNA, attacked the town.",
                "GLNA: Green Land National Army");
  assert_actors(*state, NULL, "THE GREEN LAND LIBERATION FRONT (GLLF) ATTACKED THE TOWN.",
                "GLLF: Green Land Liberation Front");
  assert_lang(*state, "es", NULL, "Habló el Frente Verde de la Tierra Nueva (FVTN) ayer.",
              "FVTN: Frente Verde de la Tierra Nueva");
  assert_lang(*state, "ru", NULL, "Выступил Зелёный фронт освобождения земли (ЗФОЗ).",
              "ЗФОЗ: Зелёный фронт освобождения земли");
}

static void test_not_defined(void **state)
{
  assert_actors(*state, NULL, "International Business Machines (IBM) sold it.", "");
  assert_actors(*state, NULL, "The Gross National Product (GNP) of the Land Army Bank (LAB).", "");
  assert_actors(*state, NULL, "The mayor of the town (NYC) spoke to the front (LOL).", "");
  assert_actors(*state, NULL, "He (USA) said (US) it ((A)) ( ) (", "");
  /* A listed name is called as it is listed; its acronym counts for it. */
  assert_actors(*state, NULL, "The Farabundo Marti National Liberation Front (FM) said. FM men.",
                "FMLN: Farabundo Marti National Liberation Front");
}

/* An acronym that the article explains means what it says, not what is listed. */
static void test_defined_otherwise(void **state)
{
  assert_actors(*state, NULL,
                "In Colombia the Eastern League of Nurses (ELN) met. The ELN is new in Colombia.",
                "ELN: Eastern League of Nurses");
  /* Other words of the same name are no other name. */
  assert_actors(*state, NULL,
                "In Colombia the Rebel Army of National Liberty (ELN) met, Colombia said.",
                "ELN: National Liberation Army (Colombia)");
}

/* ---- values ---- */

static void test_order_and_why(void **state)
{
  g_autoptr(Article) article = described(
      *state, "en", "2023-06-20", "Albanian police raid MKO camp",
      "TIRANA, June 20 - Albanian police raided the camp of the People's Mujahedin of Iran. The "
      "MKO protested, and the MKO said the Mujahedeen-e-Khalq would stay. Turkish police came.");
  g_autofree char *got = joined(article);
  assert_string_equal(got, "MEK: Mujahedeen-e-Khalq|Police Forces of Albania|"
                           "Police Forces of Turkey");
  assert_string_equal(article_why(article, FIELD_ACTOR, 0),
                      "title; 4 in text; as MKO; with another name");
  assert_string_equal(article_why(article, FIELD_ACTOR, 1), "title; 1 in text; as Albanian police");
  assert_true(article_is_derived(article, FIELD_ACTOR));
}

static void test_stated(void **state)
{
  g_autoptr(Article) article = article_new();
  article_add(article, FIELD_ACTOR, "Blue Hats", -1);
  article_add(article, FIELD_BODY, "Albanian police met the FMLN.", -1);
  scribe_describe(*state, article);
  g_autofree char *got = joined(article);
  assert_string_equal(got, "Blue Hats");
}

static void test_again(void **state)
{
  g_autoptr(Article) article = described(*state, "en", NULL, NULL, "Albanian police met.");
  scribe_describe(*state, article);
  g_autofree char *got = joined(article);
  assert_string_equal(got, "Police Forces of Albania");
}

/* A country that the source states is what the article is about. */
static void test_stated_country(void **state)
{
  g_autoptr(Article) article = article_new();
  article_add(article, FIELD_COUNTRY, "PE", -1);
  article_add(article, FIELD_LANG, "en", -1);
  article_add(article, FIELD_BODY, "The army said that the town was calm.", -1);
  scribe_describe(*state, article);
  g_autofree char *got = joined(article);
  assert_string_equal(got, "Military Forces of Peru");
}

/* ---- the user's own ---- */

static void ignore(void *context, guint line, const char *what)
{
  (void)context;
  fail_msg("line %u: %s", line, what);
}

static void test_own(void **state)
{
  static const char text[] = "Blue Hats\n"
                             "GP: Government Party\tcivilians\tAL\t\t\t?GP|Hamas\n"
                             "Hezbollah\t\t\t\t\tparty in yellow\n";
  (void)state;
  g_autoptr(ActorList) list = actor_list_new();
  actors_read(list, text, sizeof text - 1, ignore, NULL);
  g_autoptr(Scribe) scribe = scribe_new(actor_list_table(list));
  assert_actors(scribe, NULL, "The Blue Hats met the GP.", "Blue Hats");
  assert_actors(scribe, NULL, "The Blue Hats met the GP in Albania.",
                "Blue Hats|GP: Government Party");
  assert_actors(scribe, NULL, "Hamas met the FMLN.",
                "GP: Government Party|FMLN: Farabundo Marti National Liberation Front");
  assert_actors(scribe, NULL, "The party in yellow and Hizbullah met Fatah.", "Hezbollah|Fatah");
}

/* ---- odd texts ---- */

static void test_odd(void **state)
{
  assert_actors(*state, NULL, "(", "");
  assert_actors(*state, NULL, "police", "");
  assert_actors(*state, NULL, "Turkish", "");
  assert_actors(*state, NULL, "army of", "");
  assert_actors(*state, NULL, "FOO (", "");
  assert_actors(*state, NULL, "FOO (Front of", "");
  assert_actors(*state, NULL, "Front (FO", "");
  assert_actors(*state, NULL, ", or ANC,", "");
  assert_actors(*state, NULL, "and police and army of the", "");
  g_autoptr(GString) brackets = g_string_new(NULL);
  for (guint i = 0; i < 20000; i++) g_string_append(brackets, "(AB) ARMY, or AB, (OF ");
  g_autoptr(Article) article = described(*state, "en", NULL, brackets->str, brackets->str);
  g_autofree char *got = joined(article);
  assert_string_equal(got, "");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_names),
      cmocka_unit_test(test_support),
      cmocka_unit_test(test_several),
      cmocka_unit_test(test_capitals),
      cmocka_unit_test(test_cut_out),
      cmocka_unit_test(test_forces),
      cmocka_unit_test(test_no_forces),
      cmocka_unit_test(test_alone),
      cmocka_unit_test(test_security),
      cmocka_unit_test(test_languages),
      cmocka_unit_test(test_defined),
      cmocka_unit_test(test_not_defined),
      cmocka_unit_test(test_defined_otherwise),
      cmocka_unit_test(test_order_and_why),
      cmocka_unit_test(test_stated),
      cmocka_unit_test(test_again),
      cmocka_unit_test(test_stated_country),
      cmocka_unit_test(test_own),
      cmocka_unit_test(test_odd),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
