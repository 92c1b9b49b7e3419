/* test_describe_events.c - indexer/describe_events.c, through describe.h, and corpus/events.h */
#include "../../corpus/events.h"
#include "../../indexer/describe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

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

static Article *described(Scribe *scribe, const char *lang, const char *title, const char *body)
{
  Article *article = article_new();
  article_add(article, FIELD_LANG, lang, -1);
  if (title != NULL) article_add(article, FIELD_TITLE, title, -1);
  article_add(article, FIELD_BODY, body, -1);
  scribe_describe(scribe, article);
  return article;
}

static char *joined(const Article *article, FieldId field)
{
  const GPtrArray *values = article_values(article, field);
  GString *out = g_string_new(NULL);
  for (guint i = 0; values != NULL && i < values->len; i++)
    g_string_append_printf(out, "%s%s", i > 0 ? "|" : "", (char *)values->pdata[i]);
  return g_string_free(out, FALSE);
}

typedef struct Case {
  const char *lang, *title, *body;
  const char *type, *sub_type; /* all of them */
} Case;

static void check(Scribe *scribe, const Case *cases, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    const Case *c = &cases[i];
    g_autoptr(Article) article = described(scribe, c->lang, c->title, c->body);
    g_autofree char *type = joined(article, FIELD_EVENT);
    g_autofree char *sub_type = joined(article, FIELD_SUB_EVENT);
    if (strcmp(type, c->type) != 0 || strcmp(sub_type, c->sub_type) != 0)
      fail_msg("\"%s\": %s / %s, not %s / %s", c->body, type, sub_type, c->type, c->sub_type);
  }
}

static const char battles[] = "Battles", explosions[] = "Explosions/Remote violence",
                  protests[] = "Protests", riots[] = "Riots",
                  violence[] = "Violence against civilians", strategic[] = "Strategic developments";

static void test_types(void **state)
{
  const Case cases[] = {
      {"en", NULL, "Soldiers clashed with rebels near the border; heavy fighting went on at night.",
       battles, "Armed clash"},
      {"en", "Army retakes town", "Government troops recaptured the town on Monday.", battles,
       "Government regains territory"},
      {"en", NULL, "Rebels seized the airport, and the Taliban took the province.", battles,
       "Non-state actor overtakes territory"},
      {"en", NULL, "A suicide bomber killed himself.", explosions, "Suicide bomb"},
      {"en", "Warplanes bombed villages", "Air strikes went on.", explosions, "Air/drone strike"},
      {"en", NULL, "Mortars fired from the hills hit a market. The shelling lasted an hour.",
       explosions, "Shelling/artillery/missile attack"},
      {"en", NULL, "A landmine exploded under a truck.", explosions,
       "Remote explosive/landmine/IED"},
      {"en", NULL, "They threw a grenade.", explosions, "Grenade"},
      {"en", NULL, "Mustard gas was used; it was a chemical attack.", explosions,
       "Chemical weapon"},
      {"en", NULL, "Thousands marched peacefully in a protest.", protests, "Peaceful protest"},
      {"en", NULL, "Police used tear gas to disperse the demonstration.", protests,
       "Protest with intervention"},
      {"en", NULL, "Police fired on demonstrators.", protests,
       "Excessive force against protesters"},
      {"en", NULL, "Troops opened fire on demonstrators.", "Protests|Violence against civilians",
       "Excessive force against protesters|Attack"},
      {"en", NULL, "Rioters threw stones and burned cars.", riots, "Violent demonstration"},
      {"en", NULL, "Two men were lynched.", riots, "Mob violence"},
      {"en", NULL, "Gunmen massacred forty villagers.", violence, "Attack"},
      {"en", NULL, "Two nuns were abducted, and the kidnappers fled.", violence,
       "Abduction/forced disappearance"},
      {"en", NULL, "Soldiers raped women.", violence, "Sexual violence"},
      {"en", NULL, "Both sides signed a ceasefire.", strategic, "Agreement"},
      {"en", NULL, "Hundreds were detained in mass arrests of dissidents.", strategic, "Arrests"},
      {"en", NULL, "The government declared a state of siege.", strategic,
       "Change to group/activity"},
      {"en", NULL, "Police defused a bomb and found an arms cache.", strategic,
       "Disrupted weapons use"},
      {"en", NULL, "Mobs looted shops.", strategic, "Looting/property destruction"},
      {"en", NULL, "Officers seized power in a coup.", strategic, "Other"},
  };
  check(*state, cases, G_N_ELEMENTS(cases));
}

/* News on trade, sport and accidents, and phrases that a word of war is part of. */
static void test_no_events(void **state)
{
  static const char *const texts[] = {
      "He died of a heart attack after the price war.",
      "The takeover battle for the company went on, analysts said; its shares rose 3 pct.",
      "A market battle is on, and the bank will fight inflation.",
      "The dock strike ended, and both sides hope to strike a deal.",
      "Engineers gave a demonstration of a new product in a demonstration plant.",
      "Royal Dutch Shell and Shell Oil said that a shell company was sold.",
      "It was a bombshell: an explosion of interest, said the publisher.",
      "The club fired coach Smith after six shots on goal; the striker scored twice in the match.",
      "The shop is built of bricks and mortar.",
      "The third season of Arrested Development was shown.",
      "The senator's attack on the proposal opened the battle of words in Congress.",
      "The trade war and the cold war are over, said a Vietnam veteran.",
      "A gas explosion killed two firefighters at the refinery.",
      "The earthquake killed forty people, and troops were sent.",
      "A protest was heard.",                          /* one plain word is not enough, */
      "The soldier, the policeman and the rebel met.", /* nor is what surrounds events */
      "",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    const Case none = {"en", "News", texts[i], "", ""};
    check(*state, &none, 1);
  }
}

static void test_languages(void **state)
{
  const Case cases[] = {
      {"fr", NULL, "Un attentat-suicide a frappé le marché.", explosions, "Suicide bomb"},
      {"fr", NULL, "Les rebelles se sont affrontés à l'armée; des combats violents ont éclaté.",
       battles, "Armed clash"},
      {"es", NULL, "Los secuestradores liberaron a los rehenes.", violence,
       "Abduction/forced disappearance"},
      {"es", NULL, "Ambos bandos firmaron un alto el fuego.", strategic, "Agreement"},
      {"ru", NULL, "Город подвергся артиллерийскому обстрелу.", explosions,
       "Shelling/artillery/missile attack"},
      {"ru", NULL, "Заложников похитили боевики.", violence, "Abduction/forced disappearance"},
      {"ar", NULL, "وأدت الاشتباكات العنيفة بين الجيش والمتمردين إلى قتلى", battles, "Armed clash"},
      {"ar", NULL, "استهدف انتحاري حاجزا بسيارة مفخخة", explosions,
       "Suicide bomb|Remote explosive/landmine/IED"},
      {"fr", NULL, "Il est mort d'une crise cardiaque pendant la guerre des prix.", "", ""},
      /* Words count in their own language, and in all where it is not known. */
      {"de", NULL, "A suicide bomber killed himself.", "", ""},
      {"ru", NULL, "A suicide bomber killed himself.", "", ""},
      {"und", NULL, "A suicide bomber killed himself.", explosions, "Suicide bomb"},
  };
  check(*state, cases, G_N_ELEMENTS(cases));
}

static void test_pairs(void **state)
{
  const Case cases[] = {
      /* in order: whom they killed, and who killed, */
      {"en", "Rebels", "They killed seven soldiers. They killed nine soldiers.", battles,
       "Armed clash"},
      {"en", "Rebels", "Seven soldiers killed a goat. Nine soldiers killed time.", "", ""},
      /* near each other and in one sentence */
      {"en", NULL,
       "Tear was seen. Gas was sold. They threw a stone, of which there were many others "
       "around the place, at a car.",
       "", ""},
      {"en", NULL, "The students sang. Police were near. Nobody fought.", "", ""},
  };
  check(*state, cases, G_N_ELEMENTS(cases));
}

/* One mention in a long article is not what it is about. */
static void test_length(void **state)
{
  GString *text = g_string_new("The committee met. ");
  for (int i = 0; i < 300; i++) g_string_append(text, "Members spoke about the weather today. ");
  g_string_append(text, "Once soldiers fell into an ambush.");
  const Case lone = {"en", NULL, text->str, "", ""};
  check(*state, &lone, 1);
  const Case brief = {"en", NULL, "Once soldiers fell into an ambush.", battles, "Armed clash"};
  check(*state, &brief, 1);
  g_string_free(text, TRUE);
}

static void test_why(void **state)
{
  g_autoptr(Article) article =
      described(*state, "en", "Gun battle in capital",
                "Clashes went on and on; clashes with rebels killed two soldiers, they said.");
  assert_string_equal(article_first(article, FIELD_EVENT), battles);
  const char *why = article_why(article, FIELD_EVENT, 0);
  assert_non_null(strstr(why, "gun battle in title"));
  assert_non_null(strstr(why, "clashes x2"));
  assert_non_null(strstr(why, "killed ... soldiers"));
  assert_true(g_regex_match_simple("; [0-9]+\\.[0-9]$", why, 0, 0));
  assert_true(article_is_derived(article, FIELD_SUB_EVENT));
}

/* However many words counted, the reason ends with the score. */
static void test_why_is_cut(void **state)
{
  g_autoptr(Article) article = described(
      *state, "en", NULL,
      "Heavy fighting, fierce battles, an exchange of gunfire, a gun battle, an armed clash, "
      "bloody "
      "clashes, house-to-house combat, firefights, skirmishes, ambushes and a counteroffensive.");
  const char *why = article_why(article, FIELD_EVENT, 0);
  assert_true(g_regex_match_simple(", [0-9]+ more; [0-9]+\\.[0-9]$", why, 0, 0));
  assert_true(strlen(why) < ARTICLE_WHY_MAX);
}

static void test_stated_stays(void **state)
{
  g_autoptr(Article) article = article_new();
  article_add(article, FIELD_LANG, "en", -1);
  article_add(article, FIELD_EVENT, "battles", -1);
  article_add(article, FIELD_BODY,
              "Soldiers clashed with rebels in an ambush. A suicide bomber killed two.", -1);
  scribe_describe(*state, article);
  g_autofree char *type = joined(article, FIELD_EVENT), *sub = joined(article, FIELD_SUB_EVENT);
  assert_string_equal(type, "battles");
  assert_false(article_is_derived(article, FIELD_EVENT));
  assert_string_equal(sub, "Armed clash"); /* only of the type that is stated */

  g_autoptr(Article) both = article_new();
  article_add(both, FIELD_EVENT, "Other things", -1);
  article_add(both, FIELD_SUB_EVENT, "Thing", -1);
  article_add(both, FIELD_BODY, "A suicide bomber killed two.", -1);
  scribe_describe(*state, both);
  assert_string_equal(article_first(both, FIELD_SUB_EVENT), "Thing");
  assert_string_equal(article_first(both, FIELD_EVENT), "Other things");
}

static void test_described_twice(void **state)
{
  g_autoptr(Article) article = described(*state, "en", "Ambush", "Rebels clashed with the army.");
  g_autofree char *once = article_dump(article);
  scribe_describe(*state, article);
  g_autofree char *twice = article_dump(article);
  assert_string_equal(once, twice);
}

/* Adds the languages of a name's senses to those seen of their kinds. */
static void note_senses(const NameTable *table, guint32 node, guint16 *seen)
{
  for (guint32 s = table->node_senses[node]; s != 0; s = table->senses[s].next)
    seen[events_row(table->senses[s].value / 2)->kind] |= table->senses[s].marks;
}

/* All of ACLED's types and sub-types have words in each language. */
static void test_lexicon(void **state)
{
  (void)state;
  static const char *const langs[] = {"en", "fr", "es", "ru", "ar"};
  g_autoptr(GHashTable) types = g_hash_table_new(g_str_hash, g_str_equal);
  guint sub_types = 0;
  const NameTable *table = events_names();
  for (guint k = EVENT_KINDS_FROM; k < events_kind_count(); k++) {
    const EventKind *kind = events_kind(k);
    assert_string_equal(events_kind(kind->first_of_type)->type, kind->type);
    g_hash_table_add(types, (gpointer)kind->type);
    if (*kind->sub_type == '\0') continue;
    sub_types++;
  }
  assert_int_equal(g_hash_table_size(types), 6);
  assert_int_equal(sub_types, 25);
  assert_null(events_kind(events_kind_count()));

  guint16 seen[G_MAXUINT8 + 1] = {0};
  for (guint32 i = 0; i <= table->word_mask; i++)
    if (table->word_slots[i] != 0)
      note_senses(table, table->word_nodes[(table->word_slots[i] & NAME_SLOT_WORD) - 1], seen);
  for (guint32 i = 0; i <= table->edge_mask; i++) note_senses(table, table->edges[i].to, seen);
  for (guint k = EVENT_KINDS_FROM; k < events_kind_count(); k++)
    for (gsize i = 0; i < G_N_ELEMENTS(langs); i++)
      if (*events_kind(k)->sub_type != '\0' && (seen[k] & events_lang_mark(langs[i])) == 0)
        fail_msg("no word in %s for %s", langs[i], events_kind(k)->sub_type);
}

static void test_odd_texts(void **state)
{
  static const char *const texts[] = {"clash",       "clash clash clash", "killed",
                                      "killed ... ", "-- killed > & |",   "soldiers\n\nkilled"};
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(Article) article = described(*state, "und", texts[i], texts[i]);
    assert_non_null(article);
  }
  g_autoptr(Article) empty = article_new();
  scribe_describe(*state, empty);
  assert_null(article_values(empty, FIELD_EVENT));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_types),           cmocka_unit_test(test_no_events),
      cmocka_unit_test(test_languages),       cmocka_unit_test(test_pairs),
      cmocka_unit_test(test_length),          cmocka_unit_test(test_why),
      cmocka_unit_test(test_why_is_cut),      cmocka_unit_test(test_stated_stays),
      cmocka_unit_test(test_described_twice), cmocka_unit_test(test_lexicon),
      cmocka_unit_test(test_odd_texts),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
