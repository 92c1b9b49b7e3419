/* test_layout.c - searcher/text_layout.h */
#include "../../searcher/text_layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../searcher/highlight.h"

/* ---- helpers ---- */

/* What layout_text() writes, with `layout`'s stream set to a buffer. */
static char *laid_out(Layout layout, const char *text, const GArray *spans)
{
  char *out = NULL;
  size_t len = 0;
  g_autofree char *exact = g_strdup(text);
  layout.out = open_memstream(&out, &len);
  assert_non_null(layout.out);
  layout_text(&layout, exact, spans);
  assert_int_equal(fclose(layout.out), 0);
  assert_int_equal(strlen(out), len);
  char *copy = g_strdup(out);
  free(out);
  return copy;
}

static GArray *spans_of(const Span *list, gsize n)
{
  GArray *spans = g_array_new(FALSE, FALSE, sizeof(Span));
  g_array_append_vals(spans, list, (guint)n);
  return spans;
}

/* Escapes with short names: <b> bold, <d> dim, <m> a match, <> plain. */
static char *named_escapes(const char *text)
{
  static const char *const names[][2] = {
      {"\033[1;31m", "<m>"}, {"\033[1m", "<b>"}, {"\033[2m", "<d>"}, {"\033[0m", "<>"}};
  GString *out = g_string_new(text);
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
    g_string_replace(out, names[i][0], names[i][1], 0);
  assert_null(strchr(out->str, '\033'));
  return g_string_free(out, FALSE);
}

/* ---- columns ---- */

static void test_columns(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    int columns;
  } rows[] = {
      {"", 0},       {"kabul", 5}, {"été", 3},    {"e\u0301te\u0301", 3},
      {"Москва", 6}, {"停戦", 4},  {"서울", 4},   {"ｋ", 2},
      {"ｶﾞ", 2},     {"هُجُوم", 4},  {"שָׁלוֹם", 4},   {"a\u200Bb", 2},
      {"हिन्दी", 5},  {"ไท่", 2},    {"\u00A0", 1}, {"a\tb", 3},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
    if (layout_columns(rows[i].text) != rows[i].columns)
      fail_msg("\"%s\" takes %d columns", rows[i].text, layout_columns(rows[i].text));
}

/* ---- wrapping ---- */

static void test_wrapping(void **state)
{
  (void)state;
  static const struct {
    int width, indent;
    const char *text, *wanted;
  } rows[] = {
      {20, 0, "", "\n"},
      {20, 0, "kabul", "kabul\n"},
      {20, 0, "rebels attack kabul", "rebels attack kabul\n"},
      {19, 0, "rebels attack kabul", "rebels attack kabul\n"},
      {18, 0, "rebels attack kabul", "rebels attack\nkabul\n"},
      {6, 0, "rebels attack kabul", "rebels\nattack\nkabul\n"},
      {1, 0, "rebels attack", "rebels\nattack\n"},
      {0, 0, "a b", "a\nb\n"},
      /* a word longer than a line is not cut */
      {5, 0, "to Ouagadougou now", "to\nOuagadougou\nnow\n"},
      {5, 0, "Ouagadougou", "Ouagadougou\n"},
      /* every line but the first is indented; the first has begun there */
      {10, 4, "rebels attack", "rebels\n    attack\n"},
      {10, 4, "a b c d e f", "a b c\n    d e f\n"},
      {10, 4, "a b c d e f g h", "a b c\n    d e f\n    g h\n"},
      {17, 4, "rebels attack", "rebels attack\n"},
      {16, 4, "rebels attack", "rebels\n    attack\n"},
      /* white space: one space between words, newlines kept */
      {20, 0, "a  b\t\tc", "a b c\n"},
      {20, 0, "  a", "a\n"},
      {20, 0, "a  ", "a\n"},
      {20, 0, "a\nb", "a\nb\n"},
      {20, 0, "a \n b", "a\nb\n"},
      {20, 0, "a\n\nb", "a\n\nb\n"},
      {20, 0, "a\r\nb", "a\nb\n"},
      {20, 0, "\na", "\na\n"},
      {20, 2, "a\nb", "a\n  b\n"},
      /* wide characters count two, marks none */
      {9, 0, "停戦 合意", "停戦 合意\n"},
      {8, 0, "停戦 合意", "停戦\n合意\n"},
      {3, 0, "e\u0301 e\u0301", "e\u0301 e\u0301\n"},
      {9, 0, "هُجُوم كبير", "هُجُوم كبير\n"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    Layout layout = {.width = rows[i].width, .indent = rows[i].indent};
    g_autofree char *out = laid_out(layout, rows[i].text, NULL);
    if (strcmp(out, rows[i].wanted) != 0) fail_msg("\"%s\" became \"%s\"", rows[i].text, out);
  }
}

/* ---- harm ---- */

/* No control character of a text reaches the terminal: neither escapes nor their 8-bit forms. */
static void test_controls(void **state)
{
  (void)state;
  static const struct {
    const char *text, *wanted;
  } rows[] = {
      {"a\033[31mb", "a [31mb\n"},
      {"\033]0;title\007x", " ]0;title x\n"},
      {"a\bb\x7F", "a b \n"},
      {"a\xC2\x9B"
       "31mb",
       "a 31mb\n"},
      {"a\xC2\x85"
       "b",
       "a b\n"},
      {"a\vb\fc", "a b c\n"},
      {"\x01", " \n"},
      {"a\rb", "a b\n"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
    for (int colour = 0; colour < 2; colour++) {
      Layout layout = {.width = 80, .colour = colour};
      g_autofree char *out = laid_out(layout, rows[i].text, NULL);
      g_autofree char *named = named_escapes(out);
      g_autofree char *wanted =
          colour ? g_strdup_printf("<>%.*s<>\n", (int)strlen(rows[i].wanted) - 1, rows[i].wanted)
                 : g_strdup(rows[i].wanted);
      assert_string_equal(named, wanted);
    }
}

/* ---- colour ---- */

static void test_styles(void **state)
{
  (void)state;
  static const Span one[] = {{7, 13}}, two[] = {{0, 6}, {14, 19}}, long_one[] = {{0, 13}},
                    touching[] = {{0, 3}, {3, 6}};
  const struct {
    gboolean bold, dim;
    int width;
    const Span *spans;
    gsize n;
    const char *wanted;
  } rows[] = {
      {FALSE, FALSE, 80, NULL, 0, "<>rebels attack kabul<>\n"},
      {TRUE, FALSE, 80, NULL, 0, "<><b>rebels attack kabul<>\n"},
      {FALSE, TRUE, 80, NULL, 0, "<><d>rebels attack kabul<>\n"},
      {FALSE, FALSE, 80, one, 1, "<>rebels <><m>attack<> kabul<>\n"},
      {TRUE, FALSE, 80, one, 1, "<><b>rebels <><m>attack<><b> kabul<>\n"},
      {FALSE, TRUE, 80, one, 1, "<><d>rebels <><m>attack<><d> kabul<>\n"},
      {FALSE, FALSE, 80, two, 2, "<><><m>rebels<> attack <><m>kabul<>\n"},
      {FALSE, FALSE, 80, long_one, 1, "<><><m>rebels attack<> kabul<>\n"},
      {FALSE, FALSE, 6, long_one, 1, "<><><m>rebels\nattack\n<>kabul<>\n"},
      {FALSE, FALSE, 80, touching, 2, "<><><m>reb<><><m>els<> attack kabul<>\n"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GArray) spans = spans_of(rows[i].spans, rows[i].n);
    Layout layout = {
        .colour = TRUE, .bold = rows[i].bold, .dim = rows[i].dim, .width = rows[i].width};
    g_autofree char *out = laid_out(layout, "rebels attack kabul", spans);
    g_autofree char *named = named_escapes(out);
    if (strcmp(named, rows[i].wanted) != 0) fail_msg("row %zu: \"%s\"", i, named);
  }
}

/* Colours off: the text is what it would be without spans. */
static void test_no_colour(void **state)
{
  (void)state;
  static const Span list[] = {{0, 6}, {7, 13}};
  g_autoptr(GArray) spans = spans_of(list, 2);
  Layout layout = {.width = 10, .bold = TRUE, .dim = TRUE};
  g_autofree char *marked = laid_out(layout, "rebels attack kabul", spans);
  assert_string_equal(marked, "rebels\nattack\nkabul\n");
}

/* ---- any text ---- */

static char *without_space(const char *text)
{
  GString *out = g_string_new(NULL);
  for (; *text != '\0'; text = g_utf8_next_char(text)) {
    gunichar c = g_utf8_get_char(text);
    if (!g_unichar_iscntrl(c) && c != ' ') g_string_append_unichar(out, c);
  }
  return g_string_free(out, FALSE);
}

/* Lines keep to the width unless one word is longer. */
static void assert_width(const char *out, int width)
{
  g_auto(GStrv) lines = g_strsplit(out, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    if (layout_columns(*line) > width && strchr(g_strstrip(*line), ' ') != NULL)
      fail_msg("a line of %d columns, not %d: \"%s\"", layout_columns(*line), width, *line);
}

static GArray *random_spans(GRand *random, gsize len)
{
  GArray *spans = g_array_new(FALSE, FALSE, sizeof(Span));
  for (gsize at = 0; at < len;) {
    Span span;
    span.start = at + (gsize)g_rand_int_range(random, 0, 9);
    span.end = span.start + (gsize)g_rand_int_range(random, 1, 9);
    if (span.end > len) break;
    g_array_append_val(spans, span);
    at = span.end;
  }
  return spans;
}

/* No word is lost, and after colours are taken away the lines are those without them. */
static void test_random(void **state)
{
  (void)state;
  static const char *const pieces[] = {"a", "bc",     "def", " ",    "  ", "\n",       "\t", "停戦",
                                       "é", "\u0301", "я",   "\033", "ا",  "\xC2\x9B", "-",  "\r"};
  GRand *random = g_rand_new_with_seed(7);
  for (guint i = 0; i < 20000; i++) {
    g_autoptr(GString) text = g_string_new(NULL);
    for (gint left = g_rand_int_range(random, 0, 40); left > 0; left--)
      g_string_append(text, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
    Layout layout = {.width = g_rand_int_range(random, 1, 30)};
    g_autofree char *out = laid_out(layout, text->str, NULL);
    assert_true(g_utf8_validate(out, -1, NULL));
    assert_null(strchr(out, '\033'));
    g_autofree char *before = without_space(text->str);
    g_autofree char *after = without_space(out);
    assert_string_equal(before, after);
    /* The space for a control character is no place to break a line at. */
    gboolean controls = strpbrk(text->str, "\033\xC2") != NULL;
    if (!controls) assert_width(out, layout.width);
    layout.colour = TRUE;
    g_autoptr(GArray) spans = random_spans(random, text->len);
    g_autofree char *coloured = laid_out(layout, text->str, spans);
    g_autofree char *named = named_escapes(coloured);
    g_autoptr(GString) bare = g_string_new(named);
    g_string_replace(bare, "<m>", "", 0);
    g_string_replace(bare, "<>", "", 0);
    assert_string_equal(bare->str, out);
  }
  g_rand_free(random);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_columns),   cmocka_unit_test(test_wrapping),
      cmocka_unit_test(test_controls),  cmocka_unit_test(test_styles),
      cmocka_unit_test(test_no_colour), cmocka_unit_test(test_random),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
