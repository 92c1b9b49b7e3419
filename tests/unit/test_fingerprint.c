/* test_fingerprint.c - corpus/fingerprint.h, and what document.c makes of it */
#include "../../corpus/fingerprint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../corpus/positions.h"
#include "../../indexer/document.h"

typedef struct Print {
  guint8 bytes[FINGERPRINT_SIZE];
  char terms[FINGERPRINT_BANDS][32];
} Print;

/* FALSE when the words are too few. */
static gboolean print_of(char **words, guint n, Print *print)
{
  Sketch sketch;
  g_autoptr(GString) term = g_string_new(NULL);
  sketch_start(&sketch);
  for (guint i = 0; i < n; i++) sketch_add(&sketch, position_hash(words[i], strlen(words[i])));
  if (!sketch_end(&sketch, print->bytes)) return FALSE;
  for (guint band = 0; band < FINGERPRINT_BANDS; band++) {
    sketch_term(&sketch, band, term);
    g_strlcpy(print->terms[band], term->str, sizeof(print->terms[band]));
  }
  return TRUE;
}

static guint common_terms(const Print *a, const Print *b)
{
  guint n = 0;
  for (guint i = 0; i < FINGERPRINT_BANDS; i++) n += strcmp(a->terms[i], b->terms[i]) == 0;
  return n;
}

/* `n` words, "w0 w1 ..." with numbers from `from` on. */
static char **count_words(guint from, guint n)
{
  char **words = g_new0(char *, n + 1);
  for (guint i = 0; i < n; i++) words[i] = g_strdup_printf("w%u", from + i);
  return words;
}

static void replace(char **words, guint at, const char *word)
{
  g_free(words[at]);
  words[at] = g_strdup(word);
}

static void same_text_has_the_same_print(void **state)
{
  (void)state;
  g_auto(GStrv) a = count_words(0, 200);
  g_auto(GStrv) b = count_words(0, 200);
  Print left, right;
  assert_true(print_of(a, 200, &left));
  assert_true(print_of(b, 200, &right));
  assert_int_equal(fingerprint_agreement(left.bytes, right.bytes), FINGERPRINT_SIZE);
  assert_int_equal(common_terms(&left, &right), FINGERPRINT_BANDS);
  assert_true(fingerprint_is_copy(left.bytes, right.bytes));
}

static void terms_have_the_prefix(void **state)
{
  (void)state;
  g_auto(GStrv) words = count_words(0, 50);
  Print print;
  assert_true(print_of(words, 50, &print));
  for (guint band = 0; band < FINGERPRINT_BANDS; band++) {
    assert_true(g_str_has_prefix(print.terms[band], FINGERPRINT_PREFIX));
    assert_int_equal(print.terms[band][strlen(FINGERPRINT_PREFIX)], '0' + (int)band);
    assert_int_equal(strlen(print.terms[band]), strlen(FINGERPRINT_PREFIX) + 5);
  }
}

/* A word changes 5 of 196 shingles, so 0.95 are shared: nearly all such pairs must be found. */
static void a_changed_word_leaves_a_copy(void **state)
{
  (void)state;
  guint copies = 0, found = 0;
  for (guint i = 0; i < 200; i++) {
    g_auto(GStrv) words = count_words(i * 1000, 200);
    Print before, after;
    assert_true(print_of(words, 200, &before));
    replace(words, i, "changed");
    assert_true(print_of(words, 200, &after));
    copies += fingerprint_is_copy(before.bytes, after.bytes);
    found += common_terms(&before, &after) > 0;
  }
  assert_int_equal(copies, 200);
  assert_true(found >= 197); /* 0.999 each */
}

/* Moved paragraphs change the few shingles across their edges alone. */
static void moved_paragraphs_leave_a_copy(void **state)
{
  (void)state;
  g_auto(GStrv) words = count_words(0, 300);
  char *moved[300];
  Print before, after;
  for (guint i = 0; i < 300; i++) moved[i] = words[(i / 100 + 1) % 3 * 100 + i % 100];
  assert_true(print_of(words, 300, &before));
  assert_true(print_of(moved, 300, &after));
  assert_true(fingerprint_is_copy(before.bytes, after.bytes));
  assert_true(common_terms(&before, &after) > 0);
}

/* The words are the same, but none of the shingles. */
static void order_of_words_counts(void **state)
{
  (void)state;
  g_auto(GStrv) words = count_words(0, 200);
  char *backward[200];
  Print before, after;
  for (guint i = 0; i < 200; i++) backward[i] = words[199 - i];
  assert_true(print_of(words, 200, &before));
  assert_true(print_of(backward, 200, &after));
  assert_false(fingerprint_is_copy(before.bytes, after.bytes));
  assert_int_equal(common_terms(&before, &after), 0);
}

/* The share of bytes that agree is the share of shingles: of texts of `n` words that have the first
 * `same` in common. */
static double mean_agreement(guint n, guint same)
{
  enum { PAIRS = 300 };
  guint sum = 0;
  for (guint i = 0; i < PAIRS; i++) {
    g_auto(GStrv) a = count_words(i * 10000, n);
    g_auto(GStrv) b = count_words(i * 10000, n);
    Print left, right;
    for (guint w = same; w < n; w++) {
      g_autofree char *word = g_strdup_printf("other%u", i * 10000 + w);
      replace(b, w, word);
    }
    assert_true(print_of(a, n, &left));
    assert_true(print_of(b, n, &right));
    sum += fingerprint_agreement(left.bytes, right.bytes);
  }
  return (double)sum / (PAIRS * FINGERPRINT_SIZE);
}

static void agreement_is_the_share_of_shingles(void **state)
{
  (void)state;
  static const guint cases[][2] = {{200, 0}, {200, 100}, {200, 180}, {40, 20}, {40, 36}, {30, 0}};
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    guint n = cases[i][0], same = cases[i][1];
    double shared = same < FINGERPRINT_SHINGLE ? 0 : same - FINGERPRINT_SHINGLE + 1;
    double share = shared / (2 * (n - FINGERPRINT_SHINGLE + 1) - shared);
    double got = mean_agreement(n, same);
    assert_true(got > share - 0.03 && got < share + 0.03);
  }
}

static void short_texts_have_none(void **state)
{
  (void)state;
  g_auto(GStrv) words = count_words(0, FINGERPRINT_WORDS_MIN);
  Print print;
  assert_false(print_of(words, 0, &print));
  assert_false(print_of(words, FINGERPRINT_SHINGLE, &print));
  assert_false(print_of(words, FINGERPRINT_WORDS_MIN - 1, &print));
  assert_true(print_of(words, FINGERPRINT_WORDS_MIN, &print));
}

/* One shingle, a million times; and hashes of all bits 0 or 1. */
static void monotonous_texts_do_no_harm(void **state)
{
  (void)state;
  static const guint64 hashes[] = {0, G_MAXUINT64, 1};
  guint8 prints[G_N_ELEMENTS(hashes)][FINGERPRINT_SIZE];
  for (gsize i = 0; i < G_N_ELEMENTS(hashes); i++) {
    Sketch sketch;
    sketch_start(&sketch);
    for (guint n = 0; n < 1000000; n++) sketch_add(&sketch, hashes[i]);
    assert_true(sketch_end(&sketch, prints[i]));
  }
  assert_false(fingerprint_is_copy(prints[0], prints[1]));
  assert_false(fingerprint_is_copy(prints[1], prints[2]));
}

/* ---- in a document ---- */

static gboolean has_print(const char *title, const char *body, guint8 *print)
{
  g_autoptr(Article) article = article_new();
  g_autoptr(GString) facets = g_string_new(NULL);
  DocumentBuilder *builder = document_builder_new();
  const char *value = NULL;
  size_t len = 0;
  article_add(article, FIELD_ID, "a", -1);
  if (title != NULL) article_add(article, FIELD_TITLE, title, -1);
  if (body != NULL) article_add(article, FIELD_BODY, body, -1);
  ShimDoc *doc = document_build(builder, article, "", facets, NULL, NULL, NULL);
  assert_non_null(doc);
  assert_int_equal(shim_doc_value(doc, SLOT_COPY, &value, &len), SHIM_OK);
  assert_true(len == 0 || len == FINGERPRINT_SIZE);
  if (len > 0) memcpy(print, value, len);
  shim_doc_free(doc);
  document_builder_free(builder);
  return len > 0;
}

/* Neither title nor case, accents and punctuation make another text. */
static void a_document_has_that_of_its_body(void **state)
{
  (void)state;
  g_auto(GStrv) words = count_words(0, 60);
  g_autofree char *body = g_strjoinv(" ", words);
  g_autofree char *loud = g_ascii_strup(body, -1);
  replace(words, 30, "l'armée");
  g_autofree char *accents = g_strjoinv(", ", words);
  replace(words, 30, "L’ARMEE");
  g_autofree char *plain = g_strjoinv("\n\n", words);
  guint8 a[FINGERPRINT_SIZE], b[FINGERPRINT_SIZE];
  assert_true(has_print("One headline", body, a));
  assert_true(has_print("Another one for the same report", loud, b));
  assert_memory_equal(a, b, FINGERPRINT_SIZE);
  assert_true(has_print(NULL, accents, a));
  assert_true(has_print(NULL, plain, b));
  assert_memory_equal(a, b, FINGERPRINT_SIZE);
  assert_false(has_print(body, "Short.", a));
  assert_false(has_print(body, NULL, a));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(same_text_has_the_same_print),
      cmocka_unit_test(terms_have_the_prefix),
      cmocka_unit_test(a_changed_word_leaves_a_copy),
      cmocka_unit_test(moved_paragraphs_leave_a_copy),
      cmocka_unit_test(order_of_words_counts),
      cmocka_unit_test(agreement_is_the_share_of_shingles),
      cmocka_unit_test(short_texts_have_none),
      cmocka_unit_test(monotonous_texts_do_no_harm),
      cmocka_unit_test(a_document_has_that_of_its_body),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
