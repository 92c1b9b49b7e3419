/* test_actors.c - corpus/actors.h, corpus/actor_list.h and corpus/actor_files.h */
#include "../../corpus/actors.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../corpus/actor_files.h"
#include "../../corpus/country.h"

/* ---- the actors that are compiled in ---- */

/* The canonical names that a name means, joined by '|'. */
static char *meant(const ActorTable *table, const char *name)
{
  g_autoptr(Analyzer) analyzer = analyzer_new();
  g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(guint32));
  GString *out = g_string_new(NULL);
  actors_find(table, analyzer, name, -1, numbers);
  for (guint i = 0; i < numbers->len; i++)
    g_string_append_printf(out, "%s%s", i > 0 ? "|" : "",
                           actor_name(table, g_array_index(numbers, guint32, i)));
  return g_string_free(out, FALSE);
}

static void assert_meant(const ActorTable *table, const char *name, const char *expected)
{
  g_autofree char *got = meant(table, name);
  if (strcmp(got, expected) != 0) fail_msg("%s means %s, not %s", name, got, expected);
}

static void test_find(void **state)
{
  (void)state;
  const ActorTable *table = actors_builtin();
  assert_meant(table, "mko", "MEK: Mujahedeen-e-Khalq");
  assert_meant(table, "MEK", "MEK: Mujahedeen-e-Khalq");
  assert_meant(table, "F.M.L.N.", "FMLN: Farabundo Marti National Liberation Front");
  assert_meant(table, "FMLN: Farabundo Marti National Liberation Front",
               "FMLN: Farabundo Marti National Liberation Front");
  assert_meant(table, "farabundo martí", "FMLN: Farabundo Marti National Liberation Front");
  assert_meant(table, "حزب الله", "Hezbollah");
  assert_meant(table, "хезболла", "Hezbollah");
  assert_meant(table, "Death Squads (El Salvador)", "Death Squads (El Salvador)");
  assert_meant(table, "Farabundo", "");
  assert_meant(table, "nobody is called so", "");
  assert_meant(table, "", "");
  assert_meant(table, "\xFF\xFE", "");
  g_autofree char *eln = meant(table, "eln");
  assert_non_null(strstr(eln, "ELN: National Liberation Army (Colombia)"));
  assert_non_null(strchr(eln, '|')); /* several actors of that acronym */
}

/* Of a length that ends inside a longer text. */
static void test_find_length(void **state)
{
  (void)state;
  g_autoptr(Analyzer) analyzer = analyzer_new();
  g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(guint32));
  actors_find(actors_builtin(), analyzer, "hamas said", 5, numbers);
  assert_int_equal(numbers->len, 1);
  assert_string_equal(actor_name(actors_builtin(), g_array_index(numbers, guint32, 0)), "Hamas");
}

/* Every actor has what the header promises, and is found by all its names. */
static void test_whole_table(void **state)
{
  (void)state;
  const ActorTable *table = actors_builtin();
  g_autoptr(Analyzer) analyzer = analyzer_new();
  g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(guint32));
  assert_true(table->n > 2000);
  for (guint32 i = 0; i < table->n; i++) {
    const Actor *actor = &table->actors[i];
    assert_true(actor->kind < ACTOR_KINDS);
    assert_int_equal(actor_kind_find(actor_kind_name(actor->kind)), actor->kind);
    const char *codes = actor_countries(table, i);
    for (gsize at = 0; at < strlen(codes); at += 3) {
      char code[3] = {codes[at], codes[at + 1], '\0'};
      assert_non_null(country_by_alpha2(code));
    }
    for (guint n = 0; n <= actor->n_aliases; n++) {
      const char *name = n < actor->n_aliases ? actor_alias(table, i, n) : actor_name(table, i);
      gboolean found = FALSE;
      g_array_set_size(numbers, 0);
      actors_find(table, analyzer, name, -1, numbers);
      for (guint k = 0; k < numbers->len; k++) found |= g_array_index(numbers, guint32, k) == i;
      if (!found) fail_msg("%s is not found by %s", actor_name(table, i), name);
    }
  }
}

static void test_facts(void **state)
{
  (void)state;
  const ActorTable *table = actors_builtin();
  g_autoptr(Analyzer) analyzer = analyzer_new();
  g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(guint32));
  actors_find(table, analyzer, "FMLN", -1, numbers);
  assert_int_equal(numbers->len, 1);
  guint32 fmln = g_array_index(numbers, guint32, 0);
  assert_string_equal(actor_countries(table, fmln), "SV");
  assert_string_equal(actor_kind_name(table->actors[fmln].kind), "rebel-group");
  assert_int_equal(table->actors[fmln].first_year, 1980);
  assert_int_equal(table->actors[fmln].last_year, 0);
  assert_string_equal(actor_alias(table, fmln, 0), "FMLN");
  assert_string_equal(actor_alias(table, fmln, 1), "Farabundo Marti National Liberation Front");
}

/* ---- files ---- */

/* What was reported: "line: what" joined by newlines. */
static void collect(void *context, guint line, const char *what)
{
  g_string_append_printf(context, "%u: %s\n", line, what);
}

static ActorList *read_text(const char *text, gsize len, GString *reports)
{
  ActorList *list = actor_list_new();
  actors_read(list, text, len, collect, reports);
  return list;
}

/* The table as lines "name/kind/countries/first-last/alias,alias". */
static char *listed(ActorList *list)
{
  const ActorTable *table = actor_list_table(list);
  GString *out = g_string_new(NULL);
  for (guint32 i = 0; i < table->n; i++) {
    const Actor *actor = &table->actors[i];
    g_string_append_printf(out, "%s/%s/%s/%d-%d/", actor_name(table, i),
                           actor_kind_name(actor->kind), actor_countries(table, i),
                           actor->first_year, actor->last_year);
    for (guint n = 0; n < actor->n_aliases; n++) {
      guint32 marks = actor_alias_marks(table, i, n);
      g_string_append_printf(out, "%s%s%s%s", n > 0 ? "," : "",
                             (marks & ACTOR_CAPITALS) != 0 ? "=" : "",
                             (marks & ACTOR_AMBIGUOUS) != 0 ? "?" : "", actor_alias(table, i, n));
    }
    g_string_append_c(out, '\n');
  }
  return g_string_free(out, FALSE);
}

static void assert_read(const char *text, const char *expected, const char *reported)
{
  g_autoptr(GString) reports = g_string_new(NULL);
  g_autoptr(ActorList) list = read_text(text, strlen(text), reports);
  g_autofree char *got = listed(list);
  assert_string_equal(got, expected);
  assert_string_equal(reports->str, reported);
}

static void test_tsv(void **state)
{
  (void)state;
  assert_read("name\tkind\tcountries\tfrom\tto\taliases\n"
              "# a comment\n"
              "\n"
              "Blue Hats\n"
              "GLF: Green Land Front\trebel-group\tSV|honduras\t1980\t1992\t"
              "?GLF|=?GL|Frente Tierra Verde|frente tierra verde\r\n",
              "Blue Hats/external-other//0-0/Blue Hats\n"
              "GLF: Green Land Front/rebel-group/SV|HN/1980-1992/"
              "?GLF,Green Land Front,=?GL,Frente Tierra Verde\n",
              "");
}

static void test_tsv_byte_order_mark(void **state)
{
  (void)state;
  assert_read("\xEF\xBB\xBF"
              "Blue Hats (Narnia)\tprotesters\t\t\t\t?Blue Hats\n",
              "Blue Hats (Narnia)/protesters//0-0/?Blue Hats\n", "");
}

static void test_tsv_errors(void **state)
{
  (void)state;
  assert_read("A One\tarmy\n"
              "B Two\trebel-group\tNarnia\n"
              "C Three\trebel-group\tSV\t80\n"
              "\trebel-group\tSV\n"
              "E Five\trebel-group\tSV\t1980\t\tFive\tmore\n"
              "F Six\trebel-group\tSV\t1980\t1990\t--|Six Six\n",
              "F Six/rebel-group/SV/1980-1990/F Six,Six Six\n",
              "1: 'army' is no kind of actor; write state-forces, rebel-group, political-militia, "
              "identity-militia, rioters, protesters, civilians, external-other or nothing (the "
              "line is ignored)\n"
              "2: 'Narnia' is no country; write codes as SV|HN, or nothing (the line is ignored)\n"
              "3: '80' is no year; write one as 1987, or nothing (the line is ignored)\n"
              "4: the first column, the actor's name, is empty (the line is ignored)\n"
              "5: has 7 columns, not 6: name, kind, countries, from, to, aliases (the line is "
              "ignored)\n"
              "6: '--' is no name: it has no word, or more than 16\n");
}

/* Bytes that are no text, endless words and lines: reported, and the rest is read. */
static void test_hostile(void **state)
{
  (void)state;
  static const char bytes[] = "Good Group\n\xFF\xFE\x80\nNul\0Group\n\t\t\tx\t\t\n||||\nLast Group";
  g_autoptr(GString) reports = g_string_new(NULL);
  g_autoptr(ActorList) list = read_text(bytes, sizeof bytes - 1, reports);
  assert_meant(actor_list_table(list), "good group", "Good Group");
  assert_meant(actor_list_table(list), "last group", "Last Group");
  assert_non_null(strstr(reports->str, "2: is not UTF-8"));
  assert_non_null(strstr(reports->str, "3: is not UTF-8"));
  assert_null(strstr(reports->str, "1: "));
  assert_null(strstr(reports->str, "6: "));

  g_autoptr(GString) endless = g_string_new("A Group\t\t\t\t\t");
  for (guint i = 0; i < 70000; i++) g_string_append_printf(endless, "alias %u|", i);
  g_string_append(endless, "\nB Group\n");
  for (guint i = 0; i < 5000; i++) g_string_append(endless, "x");
  g_string_truncate(reports, 0);
  g_autoptr(ActorList) many = read_text(endless->str, endless->len, reports);
  assert_meant(actor_list_table(many), "alias 65000", "A Group");
  assert_meant(actor_list_table(many), "b group", "B Group");
  assert_true(reports->len > 0); /* there is no room for all, and the endless word is none */
}

static void test_petrarch(void **state)
{
  (void)state;
  assert_read("# a dictionary\n"
              "ISLAMIC_ARMY_OF_ADEN_(IAA)_\n"
              "+JAYSH_ADAN_\n"
              "\t [YEMREB 980101-20021231]\n"
              "\n"
              "AFGHAN_NATIONAL_ARMY [AFGMIL >011222] ; a comment\n"
              "FLEMISH_BLOC_ [BELOPP <19900101]\n"
              "RELIEF_INTERNATIONAL_\n"
              "\t[NGOUSA]\n"
              "AFGHANISTAN_  [AFG]\n"
              "+KABUL_\n"
              "NOBODY_ [---]\n"
              "ETA_ [ESPREB 610101-]\n",
              "Islamic Army of Aden/rebel-group/YE/1998-2002/Islamic Army of Aden,=IAA,Jaysh Adan\n"
              "Afghan National Army/state-forces/AF/2001-0/Afghan National Army\n"
              "Flemish Bloc/civilians/BE/0-1990/Flemish Bloc\n"
              "Relief International/external-other//0-0/Relief International\n"
              "ETA/rebel-group/ES/1961-0/=ETA\n",
              "");
}

static void test_petrarch_errors(void **state)
{
  (void)state;
  assert_read("GOOD_GROUP_ [ESPREB]\n"
              "BAD_CODE_ [espreb]\n"
              "OPEN_CODE_\n"
              "\t[FRAREB\n"
              "BAD_DATE_ [FRAREB sometimes]\n"
              "NO_CODE_\n"
              "\t[\n"
              "+_ [FRAREB]\n",
              "Good Group/rebel-group/ES/0-0/Good Group\n"
              "Open Code/external-other//0-0/Open Code\n"
              "Bad Date/rebel-group/FR/0-0/Bad Date\n"
              "No Code/rebel-group/FR/0-0/No Code\n",
              "2: '[espreb]' is no code of an actor, which has capitals and digits alone as "
              "[YEMREB] (dictionaries of agents and verbs name no actors)\n"
              "4: the code has no ']'; write it as [YEMREB 980101-991231]\n"
              "5: 'sometimes' are no dates; write them as 980101-991231\n"
              "7: the code has no ']'; write it as [YEMREB 980101-991231]\n");
}

static void test_no_file(void **state)
{
  (void)state;
  g_autoptr(GString) reports = g_string_new(NULL);
  g_autoptr(ActorList) list = actor_list_new();
  g_autoptr(GError) error = NULL;
  assert_false(actors_read_file(list, "/nowhere/actors.tsv", collect, reports, &error));
  assert_non_null(strstr(error->message, "/nowhere/actors.tsv cannot be read"));
  g_clear_error(&error);
  assert_false(actors_read_file(list, "/", collect, reports, &error));
  assert_non_null(strstr(error->message, "/ cannot be read"));
  g_clear_error(&error);
  if (!g_file_test("/dev/zero", G_FILE_TEST_EXISTS)) return;
  assert_false(actors_read_file(list, "/dev/zero", collect, reports, &error));
  assert_non_null(strstr(error->message, "has more than 64 MB"));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_find),        cmocka_unit_test(test_find_length),
      cmocka_unit_test(test_whole_table), cmocka_unit_test(test_facts),
      cmocka_unit_test(test_tsv),         cmocka_unit_test(test_tsv_byte_order_mark),
      cmocka_unit_test(test_tsv_errors),  cmocka_unit_test(test_hostile),
      cmocka_unit_test(test_petrarch),    cmocka_unit_test(test_petrarch_errors),
      cmocka_unit_test(test_no_file),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
