/* test_query_compile.c - searcher/query_compile.h and diagnose.h: what words match is reported, cut
 * and weighed as said, and why nothing matches. What is found, test_query_brute.c checks. */
#include "fixture.h"
#include "query_test.h"

#include "../../corpus/article.h"
#include "../../searcher/answer.h"
#include "../../shim/match.h"

enum { ARTICLES = 8 };

static const struct {
  const char *title, *body, *lang, *source, *actor;
} articles[ARTICLES] = {
    {"Tanker attacked", "The tanker was attacked in the Gulf. Attacks go on.", "en", "Reuters",
     "Military Forces of Iran"},
    {"Oil price", "The price of oil fell; oil prices fall.", "en", "Reuters", NULL},
    {"Attack", "Attackers attack. An attacker was an attacker.", "en", "Times",
     "MEK: Mujahedeen-e-Khalq"},
    {"Pétrole", "Le prix du pétrole. Les attaques.", "fr", "Le Monde", NULL},
    {"Organisation", "The organisation and the organization of oil.", "en", "Times", NULL},
    {"Exiles", "The People's Mojahedin said so. The MKO agreed.", "en", "Times",
     "MEK: Mujahedeen-e-Khalq"},
    {"Minister", "The prime minister met a prime number.", "en", "Times", NULL},
    {"Minister again", "The minister spoke of prime time.", "en", NULL, NULL},
};

typedef struct Index {
  char *folder;
  ShimDb *db;
} Index;

static void add(Article *article, FieldId field, const char *value)
{
  if (value != NULL) article_add(article, field, value, -1);
}

static void destroy(gpointer article)
{
  article_free(article);
}

static int set_up(void **state)
{
  Index *index = g_new0(Index, 1);
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(destroy);
  for (guint i = 0; i < ARTICLES; i++) {
    Article *article = article_new();
    g_autofree char *id = g_strdup_printf("%u", i + 1);
    add(article, FIELD_ID, id);
    add(article, FIELD_TITLE, articles[i].title);
    add(article, FIELD_BODY, articles[i].body);
    add(article, FIELD_LANG, articles[i].lang);
    add(article, FIELD_SOURCE, articles[i].source);
    add(article, FIELD_ACTOR, articles[i].actor);
    g_ptr_array_add(list, article);
  }
  index->folder = fixture_folder();
  index->db = fixture_index(list, index->folder);
  *state = index;
  return 0;
}

static int tear_down(void **state)
{
  Index *index = *state;
  shim_db_free(index->db);
  fixture_remove_folder(index->folder);
  g_free(index);
  return 0;
}

/* ---- asking ---- */

static Answer *answer_of(const Index *index, const char *query, guint32 expansion, GError **error)
{
  g_autoptr(Request) request = request_new();
  g_free(request->query);
  request->query = g_strdup(query);
  request->expansion = expansion;
  request->explain = TRUE;
  request->diagnose = TRUE;
  return answer_new(request, index->db, error);
}

static Answer *ask(const Index *index, const char *query, guint32 expansion)
{
  g_autoptr(GError) error = NULL;
  Answer *answer = answer_of(index, query, expansion, &error);
  if (answer == NULL) fail_msg("%s: %s", query, error->message);
  return answer;
}

static void assert_refused(const Index *index, const char *query, const char *fragment)
{
  g_autoptr(GError) error = NULL;
  assert_null(answer_of(index, query, 0, &error));
  if (strstr(error->message, fragment) == NULL) fail_msg("%s: %s", query, error->message);
}

/* ---- reports ---- */

/* "word: form count, form count; word: ...", with "/found" behind the forms of what was cut. */
static char *reports_of(const Answer *answer)
{
  GString *text = g_string_new(NULL);
  const GPtrArray *reports = answer->compiled->reports;
  for (guint i = 0; i < reports->len; i++) {
    const LeafReport *report = g_ptr_array_index(reports, i);
    g_string_append_printf(text, "%s%s:", i == 0 ? "" : "; ", report->word);
    for (guint f = 0; f < report->forms->len; f++) {
      const FormCount *form = g_ptr_array_index(report->forms, f);
      g_string_append_printf(text, "%s %s %u", f == 0 ? "" : ",", form->form, form->count);
    }
    if (report->found > report->forms->len) g_string_append_printf(text, "/%u", report->found);
  }
  return g_string_free(text, FALSE);
}

static void test_reports(void **state)
{
  static const struct {
    const char *query;
    guint32 expansion;
    const char *reports;
    guint32 cut;
  } rows[] = {
      {"attack", 0, "attack: attack 1, attacked 1, attacker 1, attackers 1, attacks 1", 0},
      {"=attack", 0, "attack: attack 1", 0},
      {"\"oil price\"", 0, "oil: oil 2; price: price 1", 0},
      {"title:attack", 0, "attack: attack 1, attacked 1", 0},
      {"nosuchword", 0, "nosuchword:", 0},
      {"-attack oil", 0,
       "attack: attack 1, attacked 1, attacker 1, attackers 1, attacks 1; oil: oil 2", 0},
      {"attack*", 0, "attack*: attack 1, attacked 1, attacker 1, attackers 1, attacks 1", 0},
      {"attack*", 2, "attack*: attack 1, attacked 1/5", 1},
      {"attack* OR *l", 2, "attack*: attack 1, attacked 1/5; *l: oil 2, fall 1/3", 2},
      {"organi?ation", 1, "organi?ation: organisation 1/2", 1},
      {"prixe~1", 0, "prixe: prime 2, price 1, prix 1", 0},
      {"/p(rice|rix)/", 0, "p(rice|rix): price 1, prix 1", 0},
      {"minister", 1, "minister: minister 2", 0}, /* stems are not cut */
      {"oil NEAR/3 pric*", 0, "oil: oil 2; pric*: price 1, prices 1", 0},
      {"atleast2:(attacker OR oil)", 0,
       "attacker: attack 1, attacked 1, attacker 1, attackers 1, attacks 1; oil: oil 2", 0},
      {"source:times", 0, "times: Times 4", 0},
      {"source:*e*", 1, "*e*: Times 4/3", 1},
      {"lang:en", 0, "en: en 7", 0},
      {"@mek", 0, "mek: mko 1, people mojahedin 1", 0},
      {"actor:mko", 0, "mko: MEK: Mujahedeen-e-Khalq 2", 0},
      {"actor:\"People's Mojahedin\"", 0, "People's Mojahedin: MEK: Mujahedeen-e-Khalq 2", 0},
      {"actor:iran", 0, "iran: Military Forces of Iran 1", 0},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(Answer) answer = ask(*state, rows[i].query, rows[i].expansion);
    g_autofree char *reports = reports_of(answer);
    if (strcmp(reports, rows[i].reports) != 0)
      fail_msg("%s: %s, not %s", rows[i].query, reports, rows[i].reports);
    assert_int_equal(answer->compiled->cut, rows[i].cut);
  }
}

/* A language beside words says whose stems they have. */
static void test_languages_narrow_stems(void **state)
{
  const Index *index = *state;
  g_autoptr(Answer) all = ask(index, "attackers", 0);
  g_autoptr(Answer) french = ask(index, "attackers lang:fr", 0);
  g_autofree char *all_reports = reports_of(all);
  g_autofree char *french_reports = reports_of(french);
  assert_string_equal(all_reports,
                      "attackers: attack 1, attacked 1, attacker 1, attackers 1, attacks 1");
  assert_string_equal(french_reports, "attackers: attackers 1; fr: fr 1");
}

/* ---- weights ---- */

static double score_of(const Index *index, const char *query)
{
  g_autoptr(Answer) answer = ask(index, query, 0);
  assert_non_null(answer->matches);
  assert_true(shim_matches_size(answer->matches) > 0);
  return shim_matches_hit(answer->matches, 0).weight;
}

static void assert_near_double(double got, double wanted)
{
  if (got < wanted * 0.999 || got > wanted * 1.001) fail_msg("%f, not %f", got, wanted);
}

static void test_boosts_weigh(void **state)
{
  const Index *index = *state;
  double oil = score_of(index, "oil");
  assert_true(oil > 0);
  assert_near_double(score_of(index, "oil^3"), 3 * oil);
  assert_near_double(score_of(index, "oil^0.5"), oil / 2);
  /* beside a filter, where only the weights are asked for */
  assert_near_double(score_of(index, "oil source:reuters"), oil);
  assert_near_double(score_of(index, "oil^3 source:reuters"), 3 * oil);
  assert_near_double(score_of(index, "(oil^2 AND source:reuters)^2 -nosuchword"), 4 * oil);
  assert_near_double(score_of(index, "(oil OR nosuchword)^2 source:reuters"),
                     2 * score_of(index, "(oil OR nosuchword) source:reuters"));
  double phrase = score_of(index, "\"oil prices\"");
  assert_near_double(score_of(index, "\"oil prices\"^3"), 3 * phrase);
  double near = score_of(index, "oil NEAR/4 fall");
  assert_near_double(score_of(index, "(oil NEAR/4 fall)^3"), 3 * near);
  assert_near_double(near, score_of(index, "oil fall"));
}

/* ---- what is highlighted ---- */

static char *highlights(const Index *index, const char *query, const char *text)
{
  g_autoptr(Answer) answer = ask(index, query, 0);
  g_autoptr(GArray) spans = highlight(answer->highlighter, text, strlen(text), FALSE);
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < spans->len; i++) {
    Span span = g_array_index(spans, Span, i);
    g_string_append_printf(out, "%s%.*s", i == 0 ? "" : "|", (int)(span.end - span.start),
                           text + span.start);
  }
  return g_string_free(out, FALSE);
}

static void test_highlights(void **state)
{
  static const char text[] = "Attackers attack; the attack on oil: the People's Mojahedin, MKO.";
  static const struct {
    const char *query, *spans;
  } rows[] = {
      {"=attack", "attack|attack"},
      {"attack*", "Attackers|attack|attack"},
      {"attackes~2", "Attackers|attack|attack"},
      {"/attack.*s/", "Attackers"},
      {"=attack NEAR/3 \"on oil\"", "attack|attack|on oil"},
      {"atleast2:=attack", "attack|attack"},
      {"@mek", "People's Mojahedin|MKO"},
      {"oil^2", "oil"},
      {"-oil", ""},
      {"title:oil", ""},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *spans = highlights(*state, rows[i].query, text);
    if (strcmp(spans, rows[i].spans) != 0)
      fail_msg("%s: %s, not %s", rows[i].query, spans, rows[i].spans);
  }
}

/* ---- what is refused ---- */

static void test_refused(void **state)
{
  const Index *index = *state;
  assert_refused(index, "@nosuchactor", "no actor is known by the name nosuchactor");
  assert_refused(index, "oil NEAR/3 @nosuchactor", "no actor");
  assert_refused(index, "near9:(a b c d e f g h i)", "at most 8");
}

/* ---- why nothing matches ---- */

/* "part alone/without; ...", " together N", " did you mean QUERY N". */
static char *diagnosis_of(const Index *index, const char *query)
{
  g_autoptr(Answer) answer = ask(index, query, 0);
  const Diagnosis *diagnosis = answer->diagnosis;
  GString *text = g_string_new(NULL);
  assert_int_equal(answer->total.upper, 0);
  assert_non_null(diagnosis);
  for (guint i = 0; i < diagnosis->parts->len; i++) {
    const QueryPart *part = g_ptr_array_index(diagnosis->parts, i);
    g_string_append_printf(text, "%s%s %u/%u", i == 0 ? "" : "; ", part->query, part->alone,
                           part->without);
  }
  if (diagnosis->left_out > 0) g_string_append_printf(text, " and %u", diagnosis->left_out);
  if (diagnosis->is_place && diagnosis->parts->len > 0)
    g_string_append_printf(text, " together %u", diagnosis->together);
  if (diagnosis->suggestion != NULL)
    g_string_append_printf(text, " did you mean %s %u", diagnosis->suggestion,
                           diagnosis->suggested);
  g_autofree char *printed = query_print(answer->tree);
  assert_string_equal(printed, answer->understood); /* the tree stands as it was */
  return g_string_free(text, FALSE);
}

static void test_diagnosis(void **state)
{
  static const struct {
    const char *query, *diagnosis;
  } rows[] = {
      {"oil tanker gulf", "oil 2/1; tanker 1/0; gulf 1/0"},
      {"oil -price -organisation", "oil 2/6; NOT price 7/1; NOT organisation 7/1"},
      {"oil source:monde", "oil 2/1; source:monde 1/2"},
      {"\"prime tanker\"", "=prime 2/1; =tanker 1/2 together 0"},
      {"\"minister prime\"", "=minister 2/2; =prime 2/2 together 2"},
      {"tanker NEAR/2 gulf", "tanker 1/1; gulf 1/1 together 1"},
      {"\"prime minster\"",
       "=prime 2/0; =minster 0/2 together 0 did you mean \"prime minister\" 1"},
      {"ministr", " did you mean minister 2"},
      {"ministr oyl", "ministr 0/0; oyl 0/0"}, /* they are never in one article */
      {"ministr tiem", "ministr 0/0; tiem 0/0 did you mean minister AND time 1"},
      {"ministr source:times", "ministr 0/4; source:times 4/0 did you mean minister AND "
                               "source:times 1"},
      {"title:tankr", " did you mean title:tanker 1"},
      {"-minister ministr", "NOT minister 6/0; ministr 0/6"},
      {"zzzzzz", ""},
      {"1988", ""},
      {"nosuch*", ""},
      {"(zzzzzz OR yyyyyy)^2", ""},
      {"w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 w12 w13 w14 w15 w16 w17 w18 w19 w20 w21 w22",
       "w1 0/0; w2 0/0; w3 0/0; w4 0/0; w5 0/0; w6 0/0; w7 0/0; w8 0/0; w9 0/0; w10 0/0; w11 0/0; "
       "w12 0/0; w13 0/0; w14 0/0; w15 0/0; w16 0/0; w17 0/0; w18 0/0; w19 0/0; w20 0/0 and 2"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *diagnosis = diagnosis_of(*state, rows[i].query);
    if (strcmp(diagnosis, rows[i].diagnosis) != 0)
      fail_msg("%s: '%s', not '%s'", rows[i].query, diagnosis, rows[i].diagnosis);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_reports),      cmocka_unit_test(test_languages_narrow_stems),
      cmocka_unit_test(test_boosts_weigh), cmocka_unit_test(test_highlights),
      cmocka_unit_test(test_refused),      cmocka_unit_test(test_diagnosis),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
