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

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_find),
      cmocka_unit_test(test_find_length),
      cmocka_unit_test(test_whole_table),
      cmocka_unit_test(test_facts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
