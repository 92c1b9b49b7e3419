/* test_facet_column.c - corpus/facet_column.h, against facet_count(). */
#include "../../corpus/facet_column.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../corpus/facets.h"

enum { ORDINALS = 500, DOCUMENTS = 1000 };

/* Sets random ordinals, some of them above the table, by document; absent documents are NULL. */
static GString *random_slot(GRand *random)
{
  if (g_rand_int_range(random, 0, 4) == 0) return NULL;
  GString *packed = g_string_new(NULL);
  for (gint left = g_rand_int_range(random, 0, 6); left > 0; left--) {
    guint32 number = (guint32)g_rand_int_range(random, 0, ORDINALS + 20);
    for (; number >= 0x80; number >>= 7) g_string_append_c(packed, (char)(0x80 | (number & 0x7F)));
    g_string_append_c(packed, (char)number);
  }
  return packed;
}

static void slot_free(gpointer slot)
{
  if (slot != NULL) g_string_free(slot, TRUE);
}

/* By document number; the first has none. */
static GPtrArray *random_slots(GRand *random)
{
  GPtrArray *slots = g_ptr_array_new_with_free_func(slot_free);
  guint32 n = (guint32)g_rand_int_range(random, 1, DOCUMENTS);
  for (guint32 i = 0; i < n; i++) g_ptr_array_add(slots, i == 0 ? NULL : random_slot(random));
  return slots;
}

static FacetColumn *column_of(const GPtrArray *slots)
{
  FacetColumn *column = facet_column_new(ORDINALS);
  for (guint32 i = 0; i < slots->len; i++) {
    const GString *slot = slots->pdata[i];
    if (slot != NULL && slot->len > 0) facet_column_add(column, i, slot->str, slot->len);
  }
  return column;
}

static void assert_counts(const FacetColumn *column, const GPtrArray *slots, const guint64 *words,
                          gsize n)
{
  guint32 wanted[ORDINALS] = {0}, got[ORDINALS];
  memset(got, 0x5A, sizeof got);
  for (guint32 i = 0; i < slots->len; i++) {
    const GString *slot = slots->pdata[i];
    if (slot == NULL || i / 64 >= n || (words[i / 64] >> (i % 64) & 1) == 0) continue;
    facet_count(slot->str, slot->len, wanted, ORDINALS);
  }
  facet_column_count(column, words, n, got);
  assert_memory_equal(got, wanted, sizeof got);
}

/* Each bit is set with a chance of `share` in 16. */
static void random_words(GRand *random, guint64 *words, gsize n, gint share)
{
  for (gsize i = 0; i < n * 64; i++) {
    if (i % 64 == 0) words[i / 64] = 0;
    if (g_rand_int_range(random, 0, 16) < share) words[i / 64] |= G_GUINT64_CONSTANT(1) << (i % 64);
  }
}

static void test_random(void **state)
{
  (void)state;
  GRand *random = g_rand_new_with_seed(5);
  for (int round = 0; round < 50; round++) {
    g_autoptr(GPtrArray) slots = random_slots(random);
    g_autoptr(FacetColumn) column = column_of(slots);
    for (gint share = 0; share <= 16; share++) {
      /* Bitmaps may end before the column, and after it. */
      gsize n = (gsize)g_rand_int_range(random, 0, DOCUMENTS / 64 + 4);
      g_autofree guint64 *words = g_new(guint64, n);
      random_words(random, words, n, share);
      assert_counts(column, slots, words, n);
    }
  }
  g_rand_free(random);
}

static void test_empty(void **state)
{
  (void)state;
  g_autoptr(FacetColumn) column = facet_column_new(1);
  guint32 counts[2] = {7, 7};
  guint64 words[] = {~G_GUINT64_CONSTANT(0)};
  facet_column_count(column, words, 1, counts);
  assert_int_equal(counts[0], 0);
  facet_column_count(column, NULL, 0, counts);
  assert_int_equal(counts[0], 0);
  assert_int_equal(counts[1], 7);
  facet_column_free(NULL);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_random), cmocka_unit_test(test_empty)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
