/* test_terms.c - corpus/terms.h and corpus/schema.h */
#include "../../corpus/terms.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Xapian's limit for a term, in bytes. */
enum { TERM_MAX = 245 };

static char *term_of(FieldId field, const char *value)
{
  GString *term = g_string_new("left over");
  term_of_value(term, field, value);
  return g_string_free(term, FALSE);
}

static void test_values(void **state)
{
  (void)state;
  static const struct {
    FieldId field;
    const char *value, *term;
  } rows[] = {
      /* keywords are folded */
      {FIELD_SOURCE, "Reuters", "XSOURCEreuters"},
      {FIELD_SOURCE, "Le Monde", "XSOURCEle monde"},
      {FIELD_SOURCE, "LE MONDE.", "XSOURCEle monde"},
      {FIELD_AUTHOR, "José Martí", "Ajose marti"},
      {FIELD_LANG, "en", "Len"},
      {FIELD_ACTOR, "Al-Qa'ida", "XACTORal qaida"},
      {FIELD_ACTOR, "طالبان", "XACTORطالبان"},
      {FIELD_PLACE, "Kandahār", "XPLACEkandahar"},
      {FIELD_EVENT, "Cease-fire", "XEVENTcease fire"},
      {FIELD_TOPIC, "War & Peace", "Kwar peace"},
      /* so are countries, their codes too */
      {FIELD_COUNTRY, "IR", "Nir"},
      {FIELD_SOURCE_COUNTRY, "FR", "XSCfr"},
      {FIELD_COUNTRY, "Neverland", "Nneverland"},
      /* ids and URLs stand as they are */
      {FIELD_ID, "Reuters-17", "QReuters-17"},
      {FIELD_ID, "É 'x' ", "QÉ 'x' "},
      {FIELD_URL, "http://Example.org/A?b=c", "Uhttp://Example.org/A?b=c"},
      {FIELD_ID, "", "Q"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *term = term_of(rows[i].field, rows[i].value);
    assert_string_equal(term, rows[i].term);
  }
}

/* Every field with terms of its own: values differ when fields do. */
static void test_fields_apart(void **state)
{
  (void)state;
  g_autoptr(GHashTable) terms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (int field = 0; field < FIELD_COUNT; field++)
    assert_true(g_hash_table_add(terms, term_of((FieldId)field, "war")));
}

/* ---- long values ---- */

static char *long_value(gsize len, const char *end)
{
  g_autofree char *body = g_strnfill(len - strlen(end), 'a');
  return g_strconcat(body, end, NULL);
}

static void test_long_values(void **state)
{
  (void)state;
  static const FieldId fields[] = {FIELD_ID, FIELD_SOURCE, FIELD_URL, FIELD_TOPIC};
  static const gsize lengths[] = {199, 200, 201, 245, 5000};
  for (gsize f = 0; f < G_N_ELEMENTS(fields); f++)
    for (gsize i = 0; i < G_N_ELEMENTS(lengths); i++) {
      g_autofree char *one = long_value(lengths[i], "b");
      g_autofree char *two = long_value(lengths[i], "c");
      g_autofree char *first = term_of(fields[f], one);
      g_autofree char *again = term_of(fields[f], one);
      g_autofree char *second = term_of(fields[f], two);
      assert_true(strlen(first) <= TERM_MAX);
      assert_string_equal(first, again);
      assert_string_not_equal(first, second);
      /* Whole while it fits, else with a digest. */
      assert_int_equal(g_str_has_suffix(first, "ab"), lengths[i] <= 200);
      assert_int_equal(strchr(first, '#') == NULL, lengths[i] <= 200);
    }
}

/* The digest is of the folded value: spelling a long name in another way finds it. */
static void test_long_values_fold(void **state)
{
  (void)state;
  GString *name = g_string_new(NULL), *same = g_string_new(NULL);
  for (guint i = 0; i < 60; i++) {
    g_string_append(name, "Fédération ");
    g_string_append(same, "FEDERATION, ");
  }
  g_autofree char *one = term_of(FIELD_SOURCE, name->str);
  g_autofree char *two = term_of(FIELD_SOURCE, same->str);
  assert_string_equal(one, two);
  assert_true(strlen(one) <= TERM_MAX);
  g_string_free(name, TRUE);
  g_string_free(same, TRUE);
}

/* A value is cut between characters, wherever the limit falls. */
static void test_long_values_are_utf8(void **state)
{
  (void)state;
  static const char *const letters[] = {"я", "中", "𐐀"};
  for (gsize l = 0; l < G_N_ELEMENTS(letters); l++)
    for (gsize lead = 0; lead < 4; lead++) {
      g_autoptr(GString) value = g_string_new(NULL);
      for (gsize i = 0; i < lead; i++) g_string_append_c(value, 'x');
      while (value->len < 400) g_string_append(value, letters[l]);
      for (int kind = 0; kind < 2; kind++) {
        g_autofree char *term = term_of(kind == 0 ? FIELD_ID : FIELD_ACTOR, value->str);
        assert_true(g_utf8_validate(term, -1, NULL));
        assert_true(strlen(term) <= TERM_MAX);
        assert_true(strlen(term) > 200);
      }
    }
}

/* ---- dates ---- */

static void test_dates(void **state)
{
  (void)state;
  static const struct {
    Date date;
    const char *term;
  } rows[] = {
      {{1987, 3, 1}, "D19870301"}, {{1987, 12, 31}, "D19871231"}, {{1987, 3, 0}, "M198703"},
      {{1987, 0, 0}, "Y1987"},     {{1, 1, 1}, "D00010101"},      {{987, 0, 0}, "Y0987"},
      {{9999, 12, 0}, "M999912"},
  };
  g_autoptr(GString) term = g_string_new("left over");
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    term_of_date(term, rows[i].date);
    assert_string_equal(term->str, rows[i].term);
    assert_int_equal(term->len, strlen(rows[i].term));
  }
}

/* ---- the schema ---- */

static void test_schema_names(void **state)
{
  (void)state;
  static const struct {
    const char *name;
    int field;
  } rows[] = {
      {"id", FIELD_ID},
      {"_id", FIELD_ID},
      {"title", FIELD_TITLE},
      {"TITLE", FIELD_TITLE},
      {"Headline", FIELD_TITLE},
      {"body", FIELD_BODY},
      {"text", FIELD_BODY},
      {"date", FIELD_DATE},
      {"publishedAt", FIELD_DATE},
      {"country", FIELD_COUNTRY},
      {"countries", FIELD_COUNTRY},
      {"actors", FIELD_ACTOR},
      {"language", FIELD_LANG},
      {"publisher", FIELD_SOURCE},
      {"tags", FIELD_TOPIC},
      {"section", FIELD_TOPIC},
      {"link", FIELD_URL},
      {"event", FIELD_EVENT},
      {"source_country", FIELD_SOURCE_COUNTRY},
      {"city", FIELD_PLACE},
      {"", -1},
      {"coun", -1},
      {"countryx", -1},
      {"tag tags", -1},
      {" ", -1},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *counted = g_strconcat(rows[i].name, ":value", NULL);
    assert_int_equal(schema_find(counted, strlen(rows[i].name)), rows[i].field);
  }
}

/* No name means two fields, and every row says enough of itself. */
static void test_schema_rows(void **state)
{
  (void)state;
  for (int i = 0; i < FIELD_COUNT; i++) {
    const Field *row = schema_field((FieldId)i);
    assert_int_equal(schema_find(row->name, strlen(row->name)), i);
    g_auto(GStrv) aliases = g_strsplit(row->aliases, " ", -1);
    for (char **alias = aliases; *alias != NULL; alias++)
      assert_int_equal(schema_find(*alias, strlen(*alias)), i);
    assert_true(*row->label != '\0');
    for (int other = 0; other < i; other++)
      assert_string_not_equal(row->prefix, schema_field((FieldId)other)->prefix);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_values),
      cmocka_unit_test(test_fields_apart),
      cmocka_unit_test(test_long_values),
      cmocka_unit_test(test_long_values_fold),
      cmocka_unit_test(test_long_values_are_utf8),
      cmocka_unit_test(test_dates),
      cmocka_unit_test(test_schema_names),
      cmocka_unit_test(test_schema_rows),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
