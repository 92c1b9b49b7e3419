/* test_positions.c - positions.h and positions_find.h: what is packed is found again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "../../corpus/positions.h"
#include "../../corpus/positions_find.h"

/* ---- articles and phrases as text ----
 *
 * Words parted by blanks; "-" is a place without a term, "|" ends a section. In a phrase "a/b" is
 * either, and "!" before a term says that the article does not hold it. */

static guint64 hash_of(const char *word)
{
  return position_hash(word, strlen(word));
}

static void add_text(PositionWriter *writer, const char *text)
{
  g_auto(GStrv) words = g_strsplit(text, " ", -1);
  for (guint i = 0; words[i] != NULL; i++) {
    if (strcmp(words[i], "|") == 0)
      position_end_section(writer);
    else if (words[i][0] != '\0')
      position_add(writer, strcmp(words[i], "-") == 0 ? 0 : hash_of(words[i]));
  }
}

static GString *pack_text(const char *text)
{
  GString *packed = g_string_new(NULL);
  PositionWriter *writer = position_writer_new();
  add_text(writer, text);
  position_pack(writer, packed);
  position_writer_free(writer);
  return packed;
}

/* A place in a phrase: any of `n` terms may stand there. */
typedef struct PhraseStep {
  const guint64 *hashes;
  guint n;
} PhraseStep;

typedef struct Phrase {
  PhraseStep steps[64];
  guint64 hashes[64][4];
  gboolean held[64][4];
  guint n;
} Phrase;

static void read_step(Phrase *phrase, const char *text)
{
  g_auto(GStrv) words = g_strsplit(text, "/", -1);
  guint n = 0;
  for (; words[n] != NULL; n++) {
    gboolean held = words[n][0] != '!';
    phrase->hashes[phrase->n][n] = hash_of(words[n] + !held);
    phrase->held[phrase->n][n] = held;
  }
  phrase->steps[phrase->n] = (PhraseStep){phrase->hashes[phrase->n], n};
  phrase->n++;
}

static void read_phrase(Phrase *phrase, const char *text)
{
  g_auto(GStrv) steps = g_strsplit(text, " ", -1);
  phrase->n = 0;
  for (guint i = 0; steps[i] != NULL; i++) read_step(phrase, steps[i]);
}

/* The terms of a phrase, each once, and how often each was asked about. */
typedef struct Terms {
  const Phrase *phrase;
  GArray *hashes; /* guint64 */
  GArray *asked;  /* guint */
} Terms;

static guint term_of(const Terms *terms, guint64 hash)
{
  for (guint i = 0; i < terms->hashes->len; i++)
    if (g_array_index(terms->hashes, guint64, i) == hash) return i;
  return terms->hashes->len;
}

static Terms terms_of(const Phrase *phrase)
{
  const guint never = 0;
  Terms terms = {phrase, g_array_new(FALSE, FALSE, sizeof(guint64)),
                 g_array_new(FALSE, FALSE, sizeof(guint))};
  for (guint step = 0; step < phrase->n; step++)
    for (guint i = 0; i < phrase->steps[step].n; i++)
      if (term_of(&terms, phrase->hashes[step][i]) == terms.hashes->len) {
        g_array_append_val(terms.hashes, phrase->hashes[step][i]);
        g_array_append_val(terms.asked, never);
      }
  return terms;
}

static gboolean is_held(void *context, guint term)
{
  const Terms *terms = context;
  assert_true(term < terms->hashes->len);
  assert_int_equal(g_array_index(terms->asked, guint, term)++, 0);
  for (guint step = 0; step < terms->phrase->n; step++)
    for (guint i = 0; i < terms->phrase->steps[step].n; i++)
      if (terms->phrase->hashes[step][i] == g_array_index(terms->hashes, guint64, term))
        return terms->phrase->held[step][i];
  return FALSE;
}

static gboolean phrase_at(const Phrase *phrase, const Terms *terms, const GArray *found,
                          guint first)
{
  if (phrase->n > found->len - first) return FALSE;
  Position start = g_array_index(found, Position, first);
  for (guint step = 0; step < phrase->n; step++) {
    Position here = g_array_index(found, Position, first + step);
    gboolean taken = FALSE;
    for (guint i = 0; i < phrase->steps[step].n; i++)
      taken = taken || g_array_index(terms->hashes, guint64, here.term) == phrase->hashes[step][i];
    if (!taken || here.section != start.section || here.at != start.at + step) return FALSE;
  }
  return TRUE;
}

/* TRUE when the words of a phrase are found beside each other. */
static gboolean has_phrase(const char *packed, gsize len, const Phrase *phrase)
{
  Terms terms = terms_of(phrase);
  PositionFinder *finder =
      position_finder_new((const guint64 *)terms.hashes->data, terms.hashes->len);
  g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(Position));
  gboolean answer = FALSE;
  for (int round = 0; round < 2; round++) {
    for (guint i = 0; i < terms.asked->len; i++) g_array_index(terms.asked, guint, i) = 0;
    position_finder_find(finder, packed, len, is_held, &terms, found);
    gboolean again = FALSE;
    for (guint i = 0; i < found->len && phrase->n > 0; i++)
      again = again || phrase_at(phrase, &terms, found, i);
    assert_true(round == 0 || answer == again);
    answer = again;
  }
  position_finder_free(finder);
  g_array_unref(terms.hashes);
  g_array_unref(terms.asked);
  return answer;
}

static gboolean finds(const GString *packed, const char *text)
{
  Phrase phrase;
  read_phrase(&phrase, text);
  return has_phrase(packed->str, packed->len, &phrase);
}

typedef struct Row {
  const char *article, *phrase;
  gboolean found;
} Row;

static void assert_rows(const Row *rows, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    g_autoptr(GString) packed = pack_text(rows[i].article);
    if (finds(packed, rows[i].phrase) != rows[i].found)
      fail_msg("'%s' in '%s': %d", rows[i].phrase, rows[i].article, !rows[i].found);
  }
}

/* ---- what is found ---- */

static void test_places(void **state)
{
  static const Row rows[] = {
      {"a b c d", "a b", TRUE},
      {"a b c d", "b c", TRUE},
      {"a b c d", "c d", TRUE},
      {"a b c d", "a b c d", TRUE},
      {"a b c d", "b a", FALSE},
      {"a b c d", "a c", FALSE},
      {"a b c d", "d a", FALSE},
      {"a b c d", "a b c d a", FALSE}, /* longer than the article */
      {"a b c d", "a", TRUE},
      {"a b c d", "d", TRUE},
      {"a b c d", "x", FALSE},
      {"a", "a", TRUE},
      {"a", "a a", FALSE},
      /* the first try must not spoil the next */
      {"a a b", "a b", TRUE},
      {"a a b", "a a b", TRUE},
      {"a b a b c", "a b c", TRUE},
      {"a b a c a b c", "a b a b", FALSE},
      {"a a a a", "a a a", TRUE},
      {"a a", "a a a", FALSE},
  };
  (void)state;
  assert_rows(rows, G_N_ELEMENTS(rows));
}

static void test_holes_and_sections(void **state)
{
  static const Row rows[] = {
      /* a word that is too long for the index keeps its place */
      {"a - b", "a b", FALSE},
      {"a - b c", "b c", TRUE},
      {"- a b", "a b", TRUE},
      {"a b -", "a b", TRUE},
      {"a - - b a b", "a b", TRUE},
      {"a b | c d", "a b", TRUE},
      {"a b | c d", "c d", TRUE},
      {"a b | c d", "b c", FALSE},
      {"a b | c d", "d a", FALSE},
      {"a | b | c", "a b c", FALSE},
      {"a | b | c", "c", TRUE},
      {"a | a | a", "a a", FALSE},
      {"a | x y | a b", "a b", TRUE},
      /* a section shorter than the phrase is stepped over */
      {"a b | x | a b c", "a b c", TRUE},
      /* empty sections */
      {"| | a b | | c", "a b", TRUE},
      {"| | a b | | c", "b c", FALSE},
      {"a | |", "a", TRUE},
      {"- | - a b", "a b", TRUE},
  };
  (void)state;
  assert_rows(rows, G_N_ELEMENTS(rows));
}

static void test_alternatives(void **state)
{
  static const Row rows[] = {
      {"a b c", "a/x b", TRUE},
      {"a b c", "x/a b/y", TRUE},
      {"a b c", "x/y b", FALSE},
      {"a b c", "a x/y/b c", TRUE},
      {"a b c", "a/b", TRUE},
      {"a b c", "x/y", FALSE},
      {"a c b c", "a/b c", TRUE},
      {"a b c", "a/b a/b a/b", FALSE},
      {"a b a", "a/b a/b a/b", TRUE},
      {"x b | a b", "a/y b", TRUE},
      /* a cell that is equal says nothing of a term that the article does not hold */
      {"a b c", "!a/x b", FALSE},
      {"a b c", "a/!x b/!y", TRUE},
      {"a b a c", "a !b/c", TRUE},
      {"a b", "!a/!x b", FALSE},
  };
  (void)state;
  assert_rows(rows, G_N_ELEMENTS(rows));
}

/* More terms than are compared one by one. */
static void test_long_phrase(void **state)
{
  (void)state;
  g_autoptr(GString) article = g_string_new("w0"), phrase = g_string_new("w0");
  for (int i = 1; i < 60; i++) g_string_append_printf(article, " w%d", i);
  for (int i = 1; i < 60; i++) g_string_append_printf(phrase, " v%d/w%d/u%d", i, i, i);
  g_autoptr(GString) packed = pack_text(article->str);
  assert_true(finds(packed, phrase->str));
  assert_true(finds(packed, article->str));
  g_string_append(phrase, " w60");
  assert_false(finds(packed, phrase->str));
}

static void test_nothing_to_find(void **state)
{
  static const char *const empty[] = {"", "|", "| | |", "-", "- - | -"};
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(empty); i++) {
    g_autoptr(GString) packed = pack_text(empty[i]);
    assert_int_equal(packed->len, 0);
    assert_false(finds(packed, "a"));
  }
  const Phrase none = {.n = 0}, without_terms = {.n = 1};
  g_autoptr(GString) packed = pack_text("a b");
  assert_false(has_phrase(packed->str, packed->len, &none));
  assert_false(has_phrase(packed->str, packed->len, &without_terms));
}

static void test_hash(void **state)
{
  (void)state;
  /* FNV-1a's published values */
  assert_true(position_hash("", 0) == G_GUINT64_CONSTANT(0xCBF29CE484222325));
  assert_true(position_hash("a", 1) == G_GUINT64_CONSTANT(0xAF63DC4C8601EC8C));
  assert_true(position_hash("foobar", 6) == G_GUINT64_CONSTANT(0x85944171F73967E8));
  assert_true(position_hash("a\0b", 3) != position_hash("a\0c", 3));
  assert_true(position_hash("\xff", 1) != position_hash("\x7f", 1));
}

/* ---- against brute force ---- */

typedef struct Stream {
  GArray *places;   /* guint64, 0 for a hole */
  GArray *sections; /* guint: which section each place is in */
  guint64 *vocabulary;
  guint words;
} Stream;

/* Begins with each word once; all hashes are odd. */
static Stream *stream_new(GRand *random, guint words, guint places)
{
  Stream *stream = g_new0(Stream, 1);
  stream->places = g_array_new(FALSE, FALSE, sizeof(guint64));
  stream->sections = g_array_new(FALSE, FALSE, sizeof(guint));
  stream->vocabulary = g_new(guint64, words);
  stream->words = words;
  guint32 number = g_rand_int(random);
  for (guint i = 0; i < words; i++, number++)
    stream->vocabulary[i] = position_hash((const char *)&number, sizeof number) | 1;
  for (guint i = 0, section = 0; i < places; i++) {
    guint word = i < words ? i : (guint)g_rand_int_range(random, 0, (gint32)words);
    guint64 hash =
        i >= words && g_rand_int_range(random, 0, 20) == 0 ? 0 : stream->vocabulary[word];
    section += g_rand_int_range(random, 0, 30) == 0;
    g_array_append_val(stream->places, hash);
    g_array_append_val(stream->sections, section);
  }
  return stream;
}

static void stream_free(Stream *stream)
{
  g_array_free(stream->places, TRUE);
  g_array_free(stream->sections, TRUE);
  g_free(stream->vocabulary);
  g_free(stream);
}

static guint64 place(const Stream *stream, guint i)
{
  return g_array_index(stream->places, guint64, i);
}

static guint section(const Stream *stream, guint i)
{
  return g_array_index(stream->sections, guint, i);
}

static void write_stream(PositionWriter *writer, const Stream *stream)
{
  for (guint i = 0; i < stream->places->len; i++) {
    if (i > 0 && section(stream, i) != section(stream, i - 1)) position_end_section(writer);
    position_add(writer, place(stream, i));
  }
}

static gboolean step_takes(const PhraseStep *step, guint64 hash)
{
  for (guint i = 0; i < step->n; i++)
    if (step->hashes[i] == hash) return TRUE;
  return FALSE;
}

static gboolean stands_at(const Stream *stream, guint at, const Phrase *phrase)
{
  for (guint i = 0; i < phrase->n; i++)
    if (section(stream, at + i) != section(stream, at) ||
        !step_takes(&phrase->steps[i], place(stream, at + i)))
      return FALSE;
  return TRUE;
}

static gboolean stands(const Stream *stream, const Phrase *phrase)
{
  for (guint at = 0; at + phrase->n <= stream->places->len; at++)
    if (stands_at(stream, at, phrase)) return TRUE;
  return FALSE;
}

/* Mostly what stands somewhere, with a word changed at times; steps with words beside it, of which
 * some are not in the article. */
static void make_phrase(GRand *random, const Stream *stream, Phrase *phrase)
{
  phrase->n = (guint)g_rand_int_range(random, 1, 5);
  guint at = (guint)g_rand_int_range(random, 0, (gint32)(stream->places->len - phrase->n));
  for (guint i = 0; i < phrase->n; i++) {
    guint64 there = place(stream, at + i);
    gboolean other = there == 0 || g_rand_int_range(random, 0, 8) == 0;
    guint n = (guint)g_rand_int_range(random, 1, 5);
    for (guint k = 0; k < n; k++) {
      guint64 word = stream->vocabulary[g_rand_int_range(random, 0, (gint32)stream->words)];
      phrase->held[i][k] = n == 1 || g_rand_int_range(random, 0, 3) != 0;
      phrase->hashes[i][k] = phrase->held[i][k] ? word : word - 1; /* even: in no article */
    }
    if (!other) phrase->hashes[i][n - 1] = there;
    if (!other) phrase->held[i][n - 1] = TRUE;
    phrase->steps[i] = (PhraseStep){phrase->hashes[i], n};
  }
}

/* Packs the stream twice with the writer, which must give the same, and looks for phrases, of which
 * some must be there; the width of its cells. */
static guint check_stream(PositionWriter *writer, GRand *random, const Stream *stream,
                          guint phrases)
{
  g_autoptr(GString) packed = g_string_new("before"), again = g_string_new("before");
  write_stream(writer, stream);
  position_pack(writer, packed);
  write_stream(writer, stream);
  position_pack(writer, again);
  assert_true(g_string_equal(packed, again));
  g_string_erase(packed, 0, (gssize)strlen("before"));
  guint found = 0;
  for (guint i = 0; i < phrases; i++) {
    Phrase phrase;
    make_phrase(random, stream, &phrase);
    gboolean expected = stands(stream, &phrase);
    assert_int_equal(has_phrase(packed->str, packed->len, &phrase), expected);
    found += expected;
  }
  assert_true(found > phrases / 4);
  return (guint8)packed->str[0];
}

/* The more words, the wider the cells. One writer serves all, in any order of sizes. */
static void test_random_articles(void **state)
{
  static const struct {
    guint words, places, articles, phrases, narrowest, widest;
  } sizes[] = {
      {3, 60, 100, 50, 2, 2},     {10, 200, 50, 50, 2, 2},      {600, 1000, 20, 100, 2, 3},
      {3000, 5000, 3, 100, 3, 3}, {20000, 30000, 1, 100, 4, 4}, {300000, 310000, 1, 30, 8, 8},
      {10, 30, 50, 20, 2, 2},
  };
  (void)state;
  PositionWriter *writer = position_writer_new();
  GRand *random = g_rand_new_with_seed(4711);
  guint narrow = 0; /* articles of 600 words in two bytes */
  for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++)
    for (guint article = 0; article < sizes[i].articles; article++) {
      Stream *stream = stream_new(random, sizes[i].words, sizes[i].places);
      guint width = check_stream(writer, random, stream, sizes[i].phrases);
      assert_in_range(width, sizes[i].narrowest, sizes[i].widest);
      narrow += sizes[i].words == 600 && width == 2;
      stream_free(stream);
    }
  assert_in_range(narrow, 12, 20);
  g_rand_free(random);
  position_writer_free(writer);
}

/* What is kept in indexes must be read by later versions. */
static void test_layout(void **state)
{
  static const char expected[] = "\x02\x00\x02\x02\x02";
  (void)state;
  g_autoptr(GString) packed = pack_text("a b | - a");
  assert_int_equal(packed->len, 5 + 4 * 2);
  assert_memory_equal(packed->str, expected, 5);
  const char *cells = packed->str + 5;
  assert_memory_equal(cells + 4, "\0\0", 2);
  assert_memory_equal(cells, cells + 6, 2);
  assert_memory_not_equal(cells, cells + 2, 2);
}

/* ---- hostile strings ---- */

/* A copy of exactly these bytes, so that a sanitizer sees each read outside. */
static gboolean look_into(const char *bytes, gsize len, const char *text)
{
  Phrase phrase;
  char *copy = malloc(len == 0 ? 1 : len);
  assert_non_null(copy);
  memcpy(copy, bytes, len);
  read_phrase(&phrase, text);
  gboolean found = has_phrase(len == 0 ? NULL : copy, len, &phrase);
  free(copy);
  return found;
}

static void look_with_all(const char *bytes, gsize len)
{
  static const char *const phrases[] = {"a",     "a b",         "x/y z",
                                        "a/b/c", "a b c d e f", "a/!a b/!b c/!c"};
  for (gsize i = 0; i < G_N_ELEMENTS(phrases); i++) look_into(bytes, len, phrases[i]);
}

static void test_every_truncation(void **state)
{
  (void)state;
  g_autoptr(GString) packed = pack_text("a b c | d e | - a b c d e f | g");
  for (gsize len = 0; len < packed->len; len++) {
    look_with_all(packed->str, len);
    assert_false(look_into(packed->str, len, "g"));
  }
}

static void test_every_changed_byte(void **state)
{
  (void)state;
  g_autoptr(GString) packed = pack_text("a b c | d e | - a b c d e f | g");
  for (gsize at = 0; at < packed->len; at++)
    for (int byte = 0; byte < 256; byte++) {
      char kept = packed->str[at];
      packed->str[at] = (char)byte;
      look_with_all(packed->str, packed->len);
      packed->str[at] = kept;
    }
}

static void test_random_bytes(void **state)
{
  (void)state;
  GRand *random = g_rand_new_with_seed(99);
  for (int round = 0; round < 20000; round++) {
    char bytes[48];
    gsize len = (gsize)g_rand_int_range(random, 0, sizeof bytes + 1);
    for (gsize i = 0; i < len; i++) bytes[i] = (char)g_rand_int(random);
    if (len > 0) bytes[0] = (char)g_rand_int_range(random, 0, 10); /* mostly a width */
    if (len > 2) bytes[1] = bytes[2] = (char)g_rand_int_range(random, 0, 5);
    look_with_all(bytes, len);
  }
  g_rand_free(random);
}

static void test_damaged_strings_have_no_phrases(void **state)
{
#define A_CELL "\x34\x12"
  static const struct {
    const char *bytes;
    gsize len;
  } strings[] = {
#define BYTES(literal) {literal, sizeof literal - 1}
      BYTES(""),
      BYTES("\x00\x00\x01\x01"),           /* no width */
      BYTES("\x09\x00\x01\x01 123456789"), /* too wide */
      BYTES("\xff\x00\x01\x01" A_CELL),
      BYTES("\x02"),
      BYTES("\x02\x00"),
      BYTES("\x02\x00\x00"), /* no sections */
      BYTES("\x02\x00\x01"),
      BYTES("\x02\x00\x01\x01"),                            /* no cells */
      BYTES("\x02\x00\x01\x01\x34"),                        /* half a cell */
      BYTES("\x02\x80\x80\x80\x80\x80\x00\x01\x01" A_CELL), /* a number without end */
      BYTES("\x02\x00\xff\xff\xff\xff\x0f\x01" A_CELL),     /* 2^32-1 sections */
      BYTES("\x02\x00\x01\xff\xff\xff\xff\x0f" A_CELL),     /* and places */
      BYTES("\x08\x00\x01\xff\xff\xff\xff\x0f" A_CELL),
      BYTES("\x02\x00\x02\xff\xff\xff\xff\x0f\x01" A_CELL A_CELL),
      BYTES("\x02\x00\x01\x00" A_CELL), /* an empty section */
  };
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(strings); i++) {
    look_with_all(strings[i].bytes, strings[i].len);
    assert_false(look_into(strings[i].bytes, strings[i].len, "a"));
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_places),
      cmocka_unit_test(test_holes_and_sections),
      cmocka_unit_test(test_alternatives),
      cmocka_unit_test(test_long_phrase),
      cmocka_unit_test(test_nothing_to_find),
      cmocka_unit_test(test_hash),
      cmocka_unit_test(test_random_articles),
      cmocka_unit_test(test_layout),
      cmocka_unit_test(test_every_truncation),
      cmocka_unit_test(test_every_changed_byte),
      cmocka_unit_test(test_random_bytes),
      cmocka_unit_test(test_damaged_strings_have_no_phrases),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
