/* test_spots.c - corpus/spots.h: words beside, near and often, also against brute force. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "../../corpus/positions.h"
#include "../../corpus/spots.h"

/* ---- articles and conditions as text ----
 *
 * An article: words parted by blanks; "-" is a place without a term, "|" ends a section. A
 * condition: operands parted by " ; ", their sequences by " , ", their steps by blanks, terms by
 * "/". */

typedef struct Condition {
  SpotsKind kind;
  guint number;
  GPtrArray *operands; /* GPtrArray * of GPtrArray * of char ** */
} Condition;

static void free_array(gpointer array)
{
  g_ptr_array_free(array, TRUE);
}

static void free_terms(gpointer terms)
{
  g_strfreev(terms);
}

static GPtrArray *read_sequence(const char *text)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func(free_terms);
  g_auto(GStrv) words = g_strsplit(text, " ", -1);
  for (guint i = 0; words[i] != NULL; i++) g_ptr_array_add(steps, g_strsplit(words[i], "/", -1));
  return steps;
}

static Condition read_condition(SpotsKind kind, guint number, const char *text)
{
  Condition condition = {kind, number, g_ptr_array_new_with_free_func(free_array)};
  g_auto(GStrv) operands = g_strsplit(text, " ; ", -1);
  for (guint o = 0; operands[o] != NULL; o++) {
    GPtrArray *sequences = g_ptr_array_new_with_free_func(free_array);
    g_auto(GStrv) texts = g_strsplit(operands[o], " , ", -1);
    for (guint s = 0; texts[s] != NULL; s++) g_ptr_array_add(sequences, read_sequence(texts[s]));
    g_ptr_array_add(condition.operands, sequences);
  }
  return condition;
}

static Spots *spots_of(const Condition *condition)
{
  Spots *spots = spots_new(condition->kind, condition->number);
  for (guint o = 0; o < condition->operands->len; o++) {
    const GPtrArray *sequences = g_ptr_array_index(condition->operands, o);
    spots_add_operand(spots);
    for (guint s = 0; s < sequences->len; s++) {
      const GPtrArray *steps = g_ptr_array_index(sequences, s);
      spots_add_sequence(spots);
      for (guint i = 0; i < steps->len; i++) {
        spots_add_step(spots);
        for (char **term = g_ptr_array_index(steps, i); *term != NULL; term++)
          spots_add_term(spots, *term);
      }
    }
  }
  return spots;
}

static GString *pack(char *const *words)
{
  GString *packed = g_string_new(NULL);
  PositionWriter *writer = position_writer_new();
  for (guint i = 0; words[i] != NULL; i++) {
    if (strcmp(words[i], "|") == 0)
      position_end_section(writer);
    else
      position_add(writer,
                   strcmp(words[i], "-") == 0 ? 0 : position_hash(words[i], strlen(words[i])));
  }
  position_pack(writer, packed);
  position_writer_free(writer);
  return packed;
}

typedef struct Held {
  const Spots *spots;
  char *const *words;
} Held;

static gboolean is_held(void *context, guint term)
{
  const Held *held = context;
  return g_strv_contains((const char *const *)held->words,
                         g_ptr_array_index(spots_terms(held->spots), term));
}

/* ---- brute force ---- */

typedef struct Place {
  guint start, end; /* in the words, marks of sections counted */
} Place;

static gboolean step_at(char *const *terms, const char *word)
{
  return word != NULL && g_strv_contains((const char *const *)terms, word);
}

static GArray *places_of(const GPtrArray *sequences, char *const *words)
{
  GArray *places = g_array_new(FALSE, FALSE, sizeof(Place));
  guint n = g_strv_length((char **)words);
  for (guint at = 0; at < n; at++)
    for (guint s = 0; s < sequences->len; s++) {
      const GPtrArray *steps = g_ptr_array_index(sequences, s);
      guint i = 0;
      while (i < steps->len && at + i < n && step_at(g_ptr_array_index(steps, i), words[at + i]))
        i++;
      Place place = {at, at + steps->len};
      if (i == steps->len) g_array_append_val(places, place);
    }
  return places;
}

static gboolean overlap(Place a, Place b)
{
  return a.start < b.end && b.start < a.end;
}

/* Words between the first and the last chosen place that are in none; G_MAXUINT across sections. */
static guint gaps(const Place *chosen, guint n, char *const *words)
{
  guint start = G_MAXUINT, end = 0, inside = 0;
  for (guint i = 0; i < n; i++) {
    start = MIN(start, chosen[i].start);
    end = MAX(end, chosen[i].end);
    inside += chosen[i].end - chosen[i].start;
  }
  for (guint i = start; i < end; i++)
    if (strcmp(words[i], "|") == 0) return G_MAXUINT;
  return end - start - inside;
}

/* Tries all places of operand `n` and those after it. */
static gboolean any_choice(const Condition *condition, GArray *const *places, char *const *words,
                           Place *chosen, guint n)
{
  if (n == condition->operands->len) return gaps(chosen, n, words) < condition->number;
  for (guint i = 0; i < places[n]->len; i++) {
    chosen[n] = g_array_index(places[n], Place, i);
    gboolean fits = TRUE;
    for (guint before = 0; before < n; before++)
      fits = fits && !overlap(chosen[before], chosen[n]) &&
             (condition->kind != SPOTS_ORDERED || chosen[before].end <= chosen[n].start);
    if (fits && any_choice(condition, places, words, chosen, n + 1)) return TRUE;
  }
  return FALSE;
}

static gboolean times(const GArray *places, guint number)
{
  g_autoptr(GHashTable) starts = g_hash_table_new(NULL, NULL);
  for (guint i = 0; i < places->len; i++)
    g_hash_table_add(starts, GUINT_TO_POINTER(g_array_index(places, Place, i).start + 1));
  return g_hash_table_size(starts) >= number;
}

static gboolean brute_force(const Condition *condition, char *const *words, gboolean *all_there)
{
  enum { MOST = 8 };
  GArray *places[MOST];
  Place chosen[MOST];
  guint n = condition->operands->len;
  *all_there = TRUE;
  for (guint i = 0; i < n; i++) {
    places[i] = places_of(g_ptr_array_index(condition->operands, i), words);
    *all_there = *all_there && places[i]->len > 0;
  }
  gboolean found = condition->kind == SPOTS_TIMES ? times(places[0], condition->number)
                                                  : any_choice(condition, places, words, chosen, 0);
  for (guint i = 0; i < n; i++) g_array_unref(places[i]);
  return found;
}

/* ---- tests ---- */

static gboolean hold(Spots *spots, char *const *words)
{
  g_autoptr(GString) packed = pack(words);
  Held held = {spots, words};
  return spots_hold(spots, packed->str, packed->len, is_held, &held);
}

typedef struct Row {
  SpotsKind kind;
  guint number;
  const char *condition, *article;
  gboolean expected;
} Row;

static void test_conditions(void **state)
{
  static const Row rows[] = {
      {SPOTS_NEAR, 1, "a ; b", "x a b", TRUE},
      {SPOTS_NEAR, 1, "a ; b", "b a x", TRUE},
      {SPOTS_NEAR, 1, "a ; b", "a x b", FALSE},
      {SPOTS_NEAR, 2, "a ; b", "a x b", TRUE},
      {SPOTS_NEAR, 2, "a ; b", "a - b", TRUE},
      {SPOTS_NEAR, 2, "a ; b", "a - - b", FALSE},
      {SPOTS_NEAR, 9, "a ; b", "a | b", FALSE},
      {SPOTS_NEAR, 9, "a ; b", "a | b x x a", TRUE},
      {SPOTS_ORDERED, 2, "a ; b", "b x a", FALSE},
      {SPOTS_ORDERED, 2, "a ; b", "b x a x b", TRUE},
      /* a word is used once */
      {SPOTS_NEAR, 9, "a ; a", "a x b", FALSE},
      {SPOTS_NEAR, 9, "a ; a", "a x a", TRUE},
      {SPOTS_NEAR, 9, "a/b ; a", "a x x", FALSE},
      {SPOTS_NEAR, 9, "a/b ; b/a", "a x b", TRUE},
      /* words of the operands do not count as between */
      {SPOTS_NEAR, 1, "a b ; c d ; e", "c d e a b", TRUE},
      {SPOTS_NEAR, 1, "a b ; e", "a b x e", FALSE},
      {SPOTS_ORDERED, 1, "a b ; c d", "a b c d", TRUE},
      /* overlapping phrases are not beside each other */
      {SPOTS_NEAR, 9, "a b ; b c", "a b c", FALSE},
      {SPOTS_NEAR, 9, "a b ; b c", "a b c b c", TRUE},
      {SPOTS_NEAR, 1, "a b , a ; b", "a b", TRUE},
      /* the gaps of all together count */
      {SPOTS_NEAR, 3, "a ; b ; c", "a x b x c", TRUE},
      {SPOTS_NEAR, 2, "a ; b ; c", "a x b x c", FALSE},
      {SPOTS_NEAR, 2, "a ; b ; c", "a x b x c c b a", TRUE},
      {SPOTS_TIMES, 3, "a", "a x a", FALSE},
      {SPOTS_TIMES, 3, "a", "a x a | a", TRUE},
      {SPOTS_TIMES, 2, "a b", "a b a b", TRUE},
      {SPOTS_TIMES, 2, "a a", "a a a", TRUE},
      {SPOTS_TIMES, 2, "a b , a", "a b x x", FALSE}, /* two, but at one place */
      {SPOTS_TIMES, 1, "x , b c", "a b c", TRUE},
  };
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    Condition condition = read_condition(rows[i].kind, rows[i].number, rows[i].condition);
    g_auto(GStrv) words = g_strsplit(rows[i].article, " ", -1);
    Spots *spots = spots_of(&condition);
    if (hold(spots, words) != rows[i].expected)
      fail_msg("row %zu: '%s' in '%s'", i, rows[i].condition, rows[i].article);
    spots_free(spots);
    g_ptr_array_free(condition.operands, TRUE);
  }
}

static void append_random(GRand *random, GString *text, guint words, const char *separator,
                          guint most)
{
  guint n = (guint)g_rand_int_range(random, 1, (gint32)most + 1);
  for (guint i = 0; i < n; i++)
    g_string_append_printf(text, "%sw%d", i == 0 ? "" : separator,
                           g_rand_int_range(random, 0, (gint32)words));
}

static char *random_condition(GRand *random, guint words, guint operands)
{
  GString *text = g_string_new(NULL);
  for (guint o = 0; o < operands; o++) {
    guint sequences = (guint)g_rand_int_range(random, 1, 4);
    if (o > 0) g_string_append(text, " ; ");
    for (guint s = 0; s < sequences; s++) {
      guint steps = g_rand_boolean(random) ? 1 : (guint)g_rand_int_range(random, 1, 4);
      if (s > 0) g_string_append(text, " , ");
      for (guint i = 0; i < steps; i++) {
        if (i > 0) g_string_append_c(text, ' ');
        append_random(random, text, words, "/", 3);
      }
    }
  }
  return g_string_free(text, FALSE);
}

static char **random_article(GRand *random, guint words)
{
  GPtrArray *article = g_ptr_array_new();
  guint n = (guint)g_rand_int_range(random, 1, 40);
  for (guint i = 0; i < n; i++) {
    gint32 dice = g_rand_int_range(random, 0, 30);
    g_ptr_array_add(
        article, dice == 0   ? g_strdup("|")
                 : dice == 1 ? g_strdup("-")
                             : g_strdup_printf("w%d", g_rand_int_range(random, 0, (gint32)words)));
  }
  g_ptr_array_add(article, NULL);
  return (char **)g_ptr_array_free(article, FALSE);
}

/* One condition on several articles, as in a search. Articles that lack an operand are not asked
 * about, unless nothing of it is certain. */
static guint compare(GRand *random, guint words, guint *held)
{
  static const SpotsKind kinds[] = {SPOTS_TIMES, SPOTS_NEAR, SPOTS_ORDERED};
  enum { ARTICLES = 20 };
  SpotsKind kind = kinds[g_rand_int_range(random, 0, 3)];
  guint operands = kind == SPOTS_TIMES ? 1 : (guint)g_rand_int_range(random, 2, 5), asked = 0;
  g_autofree char *text = random_condition(random, words, operands);
  Condition condition = read_condition(kind, (guint)g_rand_int_range(random, 1, 6), text);
  Spots *spots = spots_of(&condition);
  for (guint i = 0; i < ARTICLES; i++) {
    g_auto(GStrv) article = random_article(random, words);
    gboolean all_there, expected = brute_force(&condition, article, &all_there);
    if (!all_there) continue;
    asked++;
    *held += expected;
    if (hold(spots, article) == expected) continue;
    g_autofree char *joined = g_strjoinv(" ", article);
    fail_msg("kind %d number %u '%s' in '%s': not %d", (int)kind, condition.number, text, joined,
             expected);
  }
  spots_free(spots);
  g_ptr_array_free(condition.operands, TRUE);
  return asked;
}

static void test_against_brute_force(void **state)
{
  static const guint words[] = {3, 5, 8, 14};
  (void)state;
  GRand *random = g_rand_new_with_seed(1987);
  guint asked = 0, held = 0;
  for (guint i = 0; i < 1500; i++) asked += compare(random, words[i % G_N_ELEMENTS(words)], &held);
  g_rand_free(random);
  assert_true(asked > 5000);
  assert_in_range(held, asked / 10, asked * 9 / 10);
}

/* As many operands as there may be, in a long article that has all but one. */
static void test_many_operands_are_bounded(void **state)
{
  (void)state;
  Spots *spots = spots_new(SPOTS_NEAR, 5);
  g_autoptr(GString) text = g_string_new("w7");
  for (guint i = 0; i < SPOTS_OPERANDS_MAX; i++) {
    g_autofree char *term = g_strdup_printf("w%u", i);
    spots_add_operand(spots);
    spots_add_sequence(spots);
    spots_add_step(spots);
    spots_add_term(spots, term);
  }
  for (guint i = 0; i < 5000; i++) g_string_append_printf(text, " w%u", i % 7);
  g_auto(GStrv) words = g_strsplit(text->str, " ", -1);
  assert_true(hold(spots, words)); /* w7 w0 ... w6 at its beginning */
  g_free(words[0]);
  words[0] = g_strdup("x");
  assert_false(hold(spots, words));
  spots_free(spots);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_conditions),
      cmocka_unit_test(test_against_brute_force),
      cmocka_unit_test(test_many_operands_are_bounded),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
