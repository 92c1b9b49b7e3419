/* test_facets.c - corpus/facets.h */
#include "../../corpus/facets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* ---- helpers ---- */

static void add(Article *article, FieldId field, const char *value)
{
  assert_true(article_add(article, field, value, -1));
}

/* An article with one value of one field. */
static Article *article_with(FieldId field, const char *value)
{
  Article *article = article_new();
  add(article, field, value);
  return article;
}

/* Packs and returns the ordinals as text: "0 3 128". */
static char *pack(FacetTable *table, const Article *article)
{
  g_autoptr(GString) packed = g_string_new(NULL);
  facet_table_pack(table, article, packed);
  guint32 n = facet_table_size(table);
  g_autofree guint32 *counts = g_new0(guint32, MAX(n, 1));
  g_autofree char *exact = g_memdup2(packed->str, packed->len);
  facet_count(exact, packed->len, counts, n);
  GString *out = g_string_new(NULL);
  for (guint32 i = 0; i < n; i++) {
    if (counts[i] == 0) continue;
    g_string_append_printf(out, "%s%u", out->len == 0 ? "" : " ", i);
    if (counts[i] > 1) g_string_append_printf(out, "x%u", counts[i]);
  }
  return g_string_free(out, FALSE);
}

static void assert_packs(FacetTable *table, const Article *article, const char *wanted)
{
  g_autofree char *got = pack(table, article);
  assert_string_equal(got, wanted);
}

static void assert_row(const FacetTable *table, guint32 ordinal, FieldId field, const char *value)
{
  assert_int_equal(facet_table_field(table, ordinal), field);
  g_autofree char *got = facet_table_value(table, ordinal);
  assert_string_equal(got, value);
}

/* The table as another process would read it. */
static FacetTable *reloaded(const FacetTable *table)
{
  GString *stored = facet_table_store(table);
  g_autofree char *exact = g_memdup2(stored->str, stored->len);
  FacetTable *again = facet_table_new(exact, stored->len);
  g_string_free(stored, TRUE);
  assert_non_null(again);
  return again;
}

/* ---- tables ---- */

static void test_empty(void **state)
{
  (void)state;
  g_autoptr(FacetTable) table = facet_table_new("", 0);
  assert_non_null(table);
  assert_int_equal(facet_table_size(table), 0);
  assert_int_equal(facet_table_field(table, 0), -1);
  g_autoptr(FacetTable) again = reloaded(table);
  assert_int_equal(facet_table_size(again), 0);
  g_autoptr(Article) article = article_new();
  assert_packs(table, article, "");
  facet_table_free(NULL);
}

static Article *example(void)
{
  Article *article = article_new();
  add(article, FIELD_ID, "a-1");
  add(article, FIELD_TITLE, "Not a facet");
  add(article, FIELD_DATE, "1987-03-01");
  add(article, FIELD_SOURCE, "Le Monde");
  add(article, FIELD_COUNTRY, "Iran");
  add(article, FIELD_COUNTRY, "Iraq");
  add(article, FIELD_LANG, "fr");
  add(article, FIELD_TOPIC, "war");
  return article;
}

static void test_round_trip(void **state)
{
  (void)state;
  g_autoptr(FacetTable) table = facet_table_new(NULL, 0);
  g_autoptr(Article) article = example();
  assert_packs(table, article, "0 1 2 3 4");
  g_autoptr(FacetTable) again = reloaded(table);
  assert_int_equal(facet_table_size(again), 5);
  assert_row(again, 0, FIELD_SOURCE, "Le Monde");
  assert_row(again, 1, FIELD_LANG, "fr");
  assert_row(again, 2, FIELD_COUNTRY, "IR");
  assert_row(again, 3, FIELD_COUNTRY, "IQ");
  assert_row(again, 4, FIELD_TOPIC, "war");
  assert_int_equal(facet_table_field(again, 5), -1);
  /* Known values keep their ordinals, a new one comes behind them. */
  assert_packs(again, article, "0 1 2 3 4");
  g_autoptr(Article) other = article_with(FIELD_COUNTRY, "Mali");
  assert_packs(again, other, "5");
  assert_row(again, 5, FIELD_COUNTRY, "ML");
  g_autoptr(FacetTable) third = reloaded(again);
  assert_int_equal(facet_table_size(third), 6);
  assert_row(third, 0, FIELD_SOURCE, "Le Monde");
  assert_row(third, 5, FIELD_COUNTRY, "ML");
}

/* One spelling of a name is shown, the first; but the same word in two fields is two values. */
static void test_folding(void **state)
{
  (void)state;
  g_autoptr(FacetTable) table = facet_table_new(NULL, 0);
  static const char *const spellings[] = {"Al-Qa'ida", "AL QAIDA", "al-qaida", "Ål-Qaʼida."};
  for (gsize i = 0; i < G_N_ELEMENTS(spellings); i++) {
    g_autoptr(Article) article = article_with(FIELD_ACTOR, spellings[i]);
    assert_packs(table, article, "0");
  }
  assert_row(table, 0, FIELD_ACTOR, "Al-Qa'ida");
  g_autoptr(Article) place = article_with(FIELD_PLACE, "al qaida");
  assert_packs(table, place, "1");
  g_autoptr(FacetTable) again = reloaded(table);
  g_autoptr(Article) later = article_with(FIELD_ACTOR, "AL QAIDA");
  assert_packs(again, later, "0");
}

/* Two spellings in one article count once; so do they beside others. */
static void test_duplicates(void **state)
{
  (void)state;
  g_autoptr(FacetTable) table = facet_table_new(NULL, 0);
  g_autoptr(Article) article = article_new();
  add(article, FIELD_ACTOR, "Taliban");
  add(article, FIELD_ACTOR, "ISAF");
  add(article, FIELD_ACTOR, "TALIBAN");
  add(article, FIELD_ACTOR, "I.S.A.F.");
  add(article, FIELD_TOPIC, "Taliban");
  assert_packs(table, article, "0 1 2");
}

static void fill(FacetTable *table, guint from, guint to)
{
  for (guint i = from; i < to; i++) {
    g_autofree char *name = g_strdup_printf("actor %u", i);
    g_autoptr(Article) article = article_with(FIELD_ACTOR, name);
    g_autoptr(GString) packed = g_string_new(NULL);
    facet_table_pack(table, article, packed);
  }
}

/* Ordinals of one, two and three bytes. */
static void test_many_values(void **state)
{
  (void)state;
  g_autoptr(FacetTable) table = facet_table_new(NULL, 0);
  static const struct {
    guint ordinal;
    gsize bytes;
  } rows[] = {{0, 1},   {1, 1},     {127, 1},   {128, 2},   {129, 2},
              {255, 2}, {16383, 2}, {16384, 3}, {16385, 3}, {20000, 3}};
  fill(table, 0, 20001);
  assert_int_equal(facet_table_size(table), 20001);
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *name = g_strdup_printf("Actor %u", rows[i].ordinal);
    g_autofree char *wanted = g_strdup_printf("%u", rows[i].ordinal);
    g_autoptr(Article) article = article_with(FIELD_ACTOR, name);
    assert_packs(table, article, wanted);
    g_autoptr(GString) packed = g_string_new(NULL);
    facet_table_pack(table, article, packed);
    assert_int_equal(packed->len, rows[i].bytes);
  }
  g_autoptr(FacetTable) again = reloaded(table);
  assert_int_equal(facet_table_size(again), 20001);
  assert_row(again, 20000, FIELD_ACTOR, "actor 20000");
}

/* The bytes of one ordinal may be the end of another's: 1 is "01", 129 is "81 01". Whatever the
 * order, none of them hides the other. */
static void test_ordinals_within_ordinals(void **state)
{
  (void)state;
  g_autoptr(FacetTable) table = facet_table_new(NULL, 0);
  fill(table, 0, 16600);
  static const guint pairs[][2] = {{1, 129},     {0, 128 * 128}, {1, 16385}, {2, 257},
                                   {129, 16513}, {1, 16513},     {5, 5}};
  for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++)
    for (guint turn = 0; turn < 2; turn++) {
      g_autoptr(Article) article = article_new();
      for (guint k = 0; k < 2; k++) {
        g_autofree char *name = g_strdup_printf("actor %u", pairs[i][(k + turn) % 2]);
        add(article, FIELD_ACTOR, name);
      }
      g_autofree char *wanted = pairs[i][0] == pairs[i][1]
                                    ? g_strdup_printf("%u", pairs[i][0])
                                    : g_strdup_printf("%u %u", pairs[i][0], pairs[i][1]);
      assert_packs(table, article, wanted);
    }
}

/* Packing appends: what the slot's text held before stays. */
static void test_pack_appends(void **state)
{
  (void)state;
  g_autoptr(FacetTable) table = facet_table_new(NULL, 0);
  g_autoptr(Article) article = article_with(FIELD_LANG, "en");
  g_autoptr(GString) packed = g_string_new("kept");
  facet_table_pack(table, article, packed);
  assert_int_equal(packed->len, 5);
  assert_memory_equal(packed->str, "kept\0", 5);
}

/* Random articles: every value counted once for each article that has it, by an own reckoning. */
static void test_random_articles(void **state)
{
  (void)state;
  enum { NAMES = 700, ARTICLES = 2000 };
  GRand *random = g_rand_new_with_seed(3);
  g_autoptr(FacetTable) table = facet_table_new(NULL, 0);
  g_autoptr(GHashTable) wanted = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) slots = g_ptr_array_new();
  for (guint a = 0; a < ARTICLES; a++) {
    g_autoptr(Article) article = article_new();
    for (gint left = g_rand_int_range(random, 0, 9); left > 0; left--) {
      g_autofree char *name = g_strdup_printf("Group %d", g_rand_int_range(random, 0, NAMES));
      add(article, g_rand_boolean(random) ? FIELD_ACTOR : FIELD_TOPIC, name);
    }
    static const FieldId fields[] = {FIELD_ACTOR, FIELD_TOPIC};
    for (gsize f = 0; f < G_N_ELEMENTS(fields); f++) {
      const GPtrArray *values = article_values(article, fields[f]);
      for (guint v = 0; values != NULL && v < values->len; v++) {
        char *key = g_strdup_printf("%u %s", fields[f], (char *)values->pdata[v]);
        guint n = GPOINTER_TO_UINT(g_hash_table_lookup(wanted, key));
        g_hash_table_insert(wanted, key, GUINT_TO_POINTER(n + 1));
      }
    }
    GString *packed = g_string_new(NULL);
    facet_table_pack(table, article, packed);
    g_ptr_array_add(slots, packed);
  }
  guint32 n = facet_table_size(table);
  assert_int_equal(n, g_hash_table_size(wanted));
  g_autofree guint32 *counts = g_new0(guint32, n);
  for (guint i = 0; i < slots->len; i++) {
    GString *packed = slots->pdata[i];
    facet_count(packed->str, packed->len, counts, n);
    g_string_free(packed, TRUE);
  }
  for (guint32 i = 0; i < n; i++) {
    g_autofree char *value = facet_table_value(table, i);
    g_autofree char *key = g_strdup_printf("%d %s", facet_table_field(table, i), value);
    assert_int_equal(counts[i], GPOINTER_TO_UINT(g_hash_table_lookup(wanted, key)));
  }
  g_rand_free(random);
}

/* ---- damage ---- */

/* A stored table: so many ordinals, names with NULs, a byte and an end for each, values. */
#define STORED(n, names_len, rest) n "\0\0\0" names_len "\0\0\0" rest
#define END(n) n "\0\0\0"

static void test_damaged_tables(void **state)
{
  (void)state;
  static const struct {
    const char *stored;
    gsize len;
    int size; /* -1: refused */
  } rows[] = {
#define ROW(stored, size) {stored, sizeof(stored) - 1, size}
      ROW(STORED("\0", "\0", ""), 0),
      ROW(STORED("\1", "\5",
                 "lang\0"
                 "\0" END("\2") "en"),
          1),
      ROW(STORED("\2", "\5",
                 "lang\0"
                 "\0\0" END("\2") END("\2") "en"),
          2), /* an empty value */
      ROW(STORED("\1", "\7",
                 "planet\0"
                 "\0" END("\4") "Mars"),
          1), /* of another version */
      ROW(STORED("\1", "\1",
                 "\0"
                 "\0" END("\2") "en"),
          1), /* a name that is empty */
      ROW(STORED("\1", "\5",
                 "lang\0"
                 "\0" END("\2") "e\0"),
          1), /* a NUL */
      ROW(STORED("\1", "\5",
                 "lang\0"
                 "\0" END("\2") "\xFF\xFE"),
          1),
      ROW("\1", -1), /* cut, ever later */
      ROW("\1\0\0\0\5\0\0", -1),
      ROW(STORED("\1", "\5", "lan"), -1),
      ROW(STORED("\1", "\5", "lang\0"), -1),
      ROW(STORED("\1", "\5",
                 "lang\0"
                 "\0"
                 "\2\0\0"),
          -1),
      ROW(STORED("\1", "\5",
                 "lang\0"
                 "\0" END("\2") "e"),
          -1),
      ROW(STORED("\1", "\5",
                 "lang\0"
                 "\0" END("\2") "en "),
          -1), /* too long */
      ROW(STORED("\1", "\4",
                 "lang"
                 "\0" END("\2") "en"),
          -1), /* a name without end */
      ROW(STORED("\1", "\5",
                 "lang\0"
                 "\1" END("\2") "en"),
          -1), /* a field without name */
      ROW(STORED("\1", "\0", "\0" END("\2") "en"), -1),
      ROW(STORED("\2", "\5",
                 "lang\0"
                 "\0\0" END("\2") END("\1") "en"),
          -1), /* ends go back */
      ROW(STORED("\1", "\5",
                 "lang\0"
                 "\0"
                 "\xFF\xFF\xFF\xFF"
                 "en"),
          -1),
      ROW("\xFF\xFF\xFF\xFF\0\0\0\0", -1),
      ROW("\0\0\0\0\xFF\xFF\xFF\xFF", -1),
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *exact = g_memdup2(rows[i].stored, rows[i].len);
    g_autoptr(FacetTable) table = facet_table_new(exact, rows[i].len);
    assert_int_equal(table == NULL ? -1 : (int)facet_table_size(table), rows[i].size);
    if (table == NULL) continue;
    for (guint32 o = 0; o < facet_table_size(table); o++) {
      facet_table_field(table, o);
      g_autofree char *value = facet_table_value(table, o);
      assert_non_null(value);
    }
    /* It still takes new values, behind all others. */
    g_autoptr(Article) article = article_with(FIELD_TOPIC, "new");
    g_autofree char *wanted = g_strdup_printf("%d", rows[i].size);
    assert_packs(table, article, wanted);
  }
}

/* Names that nobody knows cannot take the numbers that ours need. */
static void test_too_many_names(void **state)
{
  (void)state;
  for (guint n = 200; n < 300; n++) {
    GString *stored = g_string_new_len("\0\0\0\0", 4);
    const guint32 len = GUINT32_TO_LE(n * 2);
    g_string_append_len(stored, (const char *)&len, sizeof len);
    for (guint i = 0; i < n; i++) g_string_append_len(stored, "x", 2);
    g_autoptr(FacetTable) table = facet_table_new(stored->str, stored->len);
    g_string_free(stored, TRUE);
    assert_int_equal(table != NULL, n <= 256 - FIELD_COUNT);
    g_autoptr(Article) article = example();
    if (table != NULL) assert_packs(table, article, "0 1 2 3 4");
  }
}

/* What another version stored is kept under its name. */
static void test_unknown_names(void **state)
{
  (void)state;
  static const char stored[] = STORED("\3", "\14",
                                      "planet\0lang\0"
                                      "\0\1\0" END("\4") END("\6") END("\13") "MarsenVenus");
  g_autoptr(FacetTable) table = facet_table_new(stored, sizeof stored - 1);
  assert_int_equal(facet_table_field(table, 0), -1);
  assert_row(table, 1, FIELD_LANG, "en");
  assert_int_equal(facet_table_field(table, 2), -1);
  g_autofree char *value = facet_table_value(table, 2);
  assert_string_equal(value, "Venus");
  GString *again = facet_table_store(table);
  assert_int_equal(again->len, sizeof stored - 1);
  assert_memory_equal(again->str, stored, again->len);
  g_string_free(again, TRUE);
}

static void test_damaged_slots(void **state)
{
  (void)state;
  static const struct {
    const char *packed;
    gsize len;
    guint32 counts[3];
  } rows[] = {
#define SLOT(packed, ...)                                                                          \
  {                                                                                                \
    packed, sizeof(packed) - 1,                                                                    \
    {                                                                                              \
      __VA_ARGS__                                                                                  \
    }                                                                                              \
  }
      SLOT("", 0, 0, 0),
      SLOT("\x00\x01\x02", 1, 1, 1),
      SLOT("\x01\x01", 0, 2, 0),
      SLOT("\x03\x7F", 0, 0, 0), /* beyond the table */
      SLOT("\x82", 0, 0, 0),     /* cut in a number */
      SLOT("\x01\x82\x80", 0, 1, 0),
      SLOT("\x81\x00\x02", 0, 1, 1),             /* longer than needed */
      SLOT("\xFF\xFF\xFF\xFF\x0F\x02", 0, 0, 1), /* the greatest number */
      SLOT("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F\x02", 0, 0, 1),
      SLOT("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80", 0, 0, 0),
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    guint32 counts[4] = {0, 0, 0, 77};
    g_autofree char *exact = g_memdup2(rows[i].packed, rows[i].len);
    facet_count(exact, rows[i].len, counts, 3);
    assert_memory_equal(counts, rows[i].counts, sizeof rows[i].counts);
    assert_int_equal(counts[3], 77);
  }
}

static void test_random_slots(void **state)
{
  (void)state;
  GRand *random = g_rand_new_with_seed(4);
  for (guint i = 0; i < 20000; i++) {
    gsize len = (gsize)g_rand_int_range(random, 1, 40);
    g_autofree char *bytes = g_malloc(len);
    for (gsize b = 0; b < len; b++) bytes[b] = (char)g_rand_int_range(random, 0, 256);
    guint32 n = (guint32)g_rand_int_range(random, 0, 300);
    g_autofree guint32 *counts = g_new0(guint32, MAX(n, 1));
    facet_count(bytes, len, counts, n);
  }
  g_rand_free(random);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_empty),          cmocka_unit_test(test_round_trip),
      cmocka_unit_test(test_folding),        cmocka_unit_test(test_duplicates),
      cmocka_unit_test(test_many_values),    cmocka_unit_test(test_ordinals_within_ordinals),
      cmocka_unit_test(test_pack_appends),   cmocka_unit_test(test_random_articles),
      cmocka_unit_test(test_damaged_tables), cmocka_unit_test(test_unknown_names),
      cmocka_unit_test(test_too_many_names), cmocka_unit_test(test_damaged_slots),
      cmocka_unit_test(test_random_slots),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
