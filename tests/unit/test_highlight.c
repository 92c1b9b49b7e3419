/* test_highlight.c - searcher/highlight.h */
#include "../../searcher/highlight.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../corpus/analysis.h"
#include "../../searcher/query_compile.h"

/* ---- patterns from a short notation ---- */

static void free_pattern(gpointer data)
{
  Pattern *pattern = data;
  g_ptr_array_free(pattern->steps, TRUE);
  g_free(pattern);
}

static GHashTable *step_of(const char *forms)
{
  GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_auto(GStrv) list = g_strsplit(forms, "|", -1);
  for (char **form = list; *form != NULL; form++) g_hash_table_add(set, g_strdup(*form));
  return set;
}

/* "attack|attacks; state of emergency; title:kabul": patterns, steps in them, forms in those. */
static GPtrArray *patterns_of(const char *notation)
{
  GPtrArray *patterns = g_ptr_array_new_with_free_func(free_pattern);
  g_auto(GStrv) list = g_strsplit(notation, ";", -1);
  for (char **one = list; *one != NULL; one++) {
    const char *text = g_strstrip(*one);
    if (*text == '\0') continue;
    Pattern *pattern = g_new0(Pattern, 1);
    pattern->title_only = g_str_has_prefix(text, "title:");
    pattern->steps = g_ptr_array_new_with_free_func((GDestroyNotify)g_hash_table_destroy);
    g_auto(GStrv) steps = g_strsplit(text + (pattern->title_only ? strlen("title:") : 0), " ", -1);
    for (char **step = steps; *step != NULL; step++)
      g_ptr_array_add(pattern->steps, step_of(*step));
    g_ptr_array_add(patterns, pattern);
  }
  return patterns;
}

/* ---- spans ---- */

static char *marked(const char *text, const GArray *spans)
{
  GString *out = g_string_new(NULL);
  gsize at = 0, len = strlen(text);
  for (guint i = 0; i < spans->len; i++) {
    Span span = g_array_index(spans, Span, i);
    assert_true(at <= span.start && span.start < span.end && span.end <= len);
    g_string_append_len(out, text + at, (gssize)(span.start - at));
    g_string_append_c(out, '[');
    g_string_append_len(out, text + span.start, (gssize)(span.end - span.start));
    g_string_append_c(out, ']');
    at = span.end;
  }
  g_string_append(out, text + at);
  return g_string_free(out, FALSE);
}

static char *highlighted(const char *notation, const char *text, gboolean is_title)
{
  g_autoptr(GPtrArray) patterns = patterns_of(notation);
  g_autoptr(Highlighter) highlighter = highlighter_new(patterns);
  /* A copy without NUL: a sanitizer sees reads beyond it. */
  gsize len = strlen(text);
  g_autofree char *exact = g_memdup2(text, len);
  g_autoptr(GArray) spans = highlight(highlighter, exact == NULL ? "" : exact, len, is_title);
  return marked(text, spans);
}

static void test_spans(void **state)
{
  (void)state;
  static const struct {
    const char *patterns, *text, *wanted;
  } rows[] = {
      {"", "rebels attack", "rebels attack"},
      {"attack", "", ""},
      {"attack", "rebels attack", "rebels [attack]"},
      {"attack", "Attack! attack, ATTACK", "[Attack]! [attack], [ATTACK]"},
      {"attack", "attacked counterattack", "attacked counterattack"},
      /* stems: every form of the set */
      {"attack|attacks|attacked", "attacks attacked attacking", "[attacks] [attacked] attacking"},
      {"attack; kabul", "kabul attack herat", "[kabul] [attack] herat"},
      /* what the analysis folds is marked as it is written */
      {"etat", "État d'état ETAT", "[État] d'[état] [ETAT]"},
      {"iran", "Iran's IRAN’S", "[Iran]'s [IRAN]’S"},
      {"un", "the U.N. said", "the [U.N]. said"},
      {"u.s", "U.S. troops, us", "[U.S]. troops, us"},
      {"1000", "some 1,000 men", "some [1,000] men"},
      {"ايران", "في إيران اليوم", "في [إيران] اليوم"},
      {"الحرب", "الحَرْب", "[الحَرْب]"},
      {"שלום", "שָׁלוֹם עולם", "[שָׁלוֹם] עולם"},
      {"война|войны", "О войны конце", "О [войны] конце"},
      {"停戦", "日本政府は停戦に合意", "日本政府は[停戦]に合意"},
      /* phrases only where they are phrases */
      {"state of emergency", "a state of emergency in state", "a [state of emergency] in state"},
      {"state of emergency", "state emergency of state of", "state emergency of state of"},
      {"state of emergency", "state of the emergency", "state of the emergency"},
      {"state of emergency", "State-of-emergency", "[State-of-emergency]"},
      {"state of emergency", "state of\n\n emergency", "[state of\n\n emergency]"},
      {"of of", "of of of", "[of of of]"},
      {"a b a", "a b a b a", "[a b a b a]"},
      {"a b; c d", "a b c d", "[a b] [c d]"},
      {"a b; b c", "a b c", "[a b c]"},
      {"a b; b", "a b b", "[a b] [b]"},
      {"a; a b", "a b a", "[a b] [a]"},
      {"coup d etat", "un coup d'État", "un [coup d'État]"},
      {"a|x b|y", "x y a y b", "[x y] [a y] b"},
      {"cease fire", "cease", "cease"},
      /* title: is for titles */
      {"title:kabul", "kabul", "kabul"},
      {"title:kabul; attack", "kabul attack", "kabul [attack]"},
      {"title:state of", "state of", "state of"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *got = highlighted(rows[i].patterns, rows[i].text, FALSE);
    if (strcmp(got, rows[i].wanted) != 0)
      fail_msg("%s: \"%s\" instead of \"%s\"", rows[i].patterns, got, rows[i].wanted);
  }
}

static void test_titles(void **state)
{
  (void)state;
  g_autofree char *both = highlighted("title:kabul; attack", "kabul attack", TRUE);
  assert_string_equal(both, "[kabul] [attack]");
  g_autofree char *phrase = highlighted("title:state of", "the state of", TRUE);
  assert_string_equal(phrase, "the [state of]");
}

/* ---- snippets ---- */

/* The snippet with its matches in brackets. */
static char *snippet_of(const char *notation, const char *text, gsize width)
{
  g_autoptr(GPtrArray) patterns = patterns_of(notation);
  g_autoptr(Highlighter) highlighter = highlighter_new(patterns);
  gsize len = strlen(text);
  g_autofree char *exact = g_memdup2(text, len);
  Snippet snippet = highlight_snippet(highlighter, exact == NULL ? "" : exact, len, width);
  char *out = marked(snippet.text, snippet.spans);
  snippet_clear(&snippet);
  assert_null(snippet.text);
  assert_null(snippet.spans);
  snippet_clear(&snippet);
  return out;
}

static void test_short_texts(void **state)
{
  (void)state;
  static const struct {
    const char *patterns, *text, *wanted;
  } rows[] = {
      {"attack", "", ""},
      {"attack", "   ", ""},
      {"", "Rebels attack Kabul.", "Rebels attack Kabul."},
      {"attack", "Rebels attack Kabul.", "Rebels [attack] Kabul."},
      {"attack", "Rebels\n\n  attack\tKabul.\n", "Rebels [attack] Kabul."},
      {"attack", "  Rebels attack  ", "Rebels [attack]"},
      {"state of", "A state\n of war", "A [state of] war"},
      {"title:attack", "Rebels attack", "Rebels attack"},
      {"ايران", "في إيران\n اليوم", "في [إيران] اليوم"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *got = snippet_of(rows[i].patterns, rows[i].text, 100);
    if (strcmp(got, rows[i].wanted) != 0) fail_msg("\"%s\" became \"%s\"", rows[i].text, got);
  }
}

static const char story[] =
    "The government spoke of calm on Monday. Nobody in the capital believed it for long, and the "
    "markets closed early. On Tuesday rebels took a bridge near the river. The army answered with "
    "artillery, officials told reporters, and a bridge fell. On Wednesday the rebels and the army "
    "met at the river, and the army lost a general. Families fled to the hills. Aid workers asked "
    "for a truce, which nobody gave them, and the radio played marches until the night was over.";

static void test_best_passage(void **state)
{
  (void)state;
  static const struct {
    const char *patterns;
    gsize width;
    const char *holds; /* in the marked snippet */
  } rows[] = {
      /* without a match the beginning */
      {"nothing", 60, "The government spoke"},
      /* the only one, wherever it is */
      {"calm", 60, "[calm] on Monday"},
      {"general", 60, "lost a [general]"},
      {"marches", 60, "[marches] until"},
      {"over", 60, "night was [over]."},
      /* the earliest of equals */
      {"bridge", 60, "took a [bridge] near"},
      /* more different words beat more of one */
      {"army; rebels; general; river", 120, "[general]"},
      {"bridge; fell", 80, "[bridge] [fell]"},
      {"rebels; river", 60, "[rebels] took a bridge near the [river]"},
      {"truce; artillery", 60, "[artillery]"},
      {"rebels; army", 50, "[rebels] and the [army]"},
      {"a bridge", 60, "took [a bridge]"},
      {"the army; general", 60, "[the army] lost a [general]"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *got = snippet_of(rows[i].patterns, story, rows[i].width);
    if (strstr(got, rows[i].holds) == NULL) fail_msg("%s: \"%s\"", rows[i].patterns, got);
  }
}

/* However often a word is repeated, two words are better. */
static void test_repetitions(void **state)
{
  (void)state;
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < 400; i++) g_string_append(text, "war ");
  for (guint i = 0; i < 400; i++) g_string_append(text, "no ");
  g_string_append(text, "war and peace");
  g_autofree char *got = snippet_of("war; peace", text->str, 600);
  assert_non_null(strstr(got, "[war] and [peace]"));
  g_string_free(text, TRUE);
}

static void test_ellipses(void **state)
{
  (void)state;
  static const struct {
    const char *patterns;
    gboolean before, after;
  } rows[] = {{"government", FALSE, TRUE}, {"general", TRUE, TRUE}, {"night", TRUE, FALSE}};
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *got = snippet_of(rows[i].patterns, story, 60);
    assert_int_equal(g_str_has_prefix(got, "…"), rows[i].before);
    assert_int_equal(g_str_has_suffix(got, "…"), rows[i].after);
    /* No space between an ellipsis and the text. */
    assert_null(strstr(got, "… "));
    assert_null(strstr(got, " …"));
  }
  /* All of it fits: there is nothing to hide. */
  g_autofree char *whole = snippet_of("general", story, sizeof story);
  assert_null(strstr(whole, "…"));
}

/* Passages start and end with whole words. */
static void test_whole_words(void **state)
{
  (void)state;
  static const char *const words[] = {
      "calm",         "bridge", "general",      "truce",
      "over",         "hills",  "rebels; army", "truce; radio; night",
      "fell; general"};
  for (gsize w = 0; w < G_N_ELEMENTS(words); w++)
    for (gsize width = 30; width < 200; width++) {
      g_autoptr(GString) got = g_string_new(NULL);
      g_autofree char *text = snippet_of(words[w], story, width);
      g_string_assign(got, text);
      g_string_replace(got, "[", "", 0);
      g_string_replace(got, "]", "", 0);
      g_string_replace(got, "…", "", 0);
      const char *at = strstr(story, got->str);
      assert_non_null(at);
      const char *end = at + got->len;
      assert_true(at == story || at[-1] == ' ');
      assert_true(*end == '\0' || *end == ' ');
    }
}

/* ---- width ---- */

static glong snippet_width(const char *notation, const char *text, gsize width)
{
  g_autofree char *got = snippet_of(notation, text, width);
  glong n = 0;
  for (const char *c = got; *c != '\0'; c = g_utf8_next_char(c))
    n += *c != '[' && *c != ']' && !g_str_has_prefix(c, "…");
  return n;
}

/* About as many characters as were asked for, in any script, wherever the match is. */
static void test_width(void **state)
{
  (void)state;
  static const struct {
    const char *filler, *match, *pattern;
  } scripts[] = {{"some words of English. ", "Kabul ", "kabul"},
                 {"несколько русских слов. ", "Кабул ", "кабул"},
                 {"بعض الكلمات العربية. ", "كابول ", "كابول"},
                 {"कुछ हिन्दी शब्द यहाँ। ", "काबुल ", "काबुल"},
                 {"日本政府は停戦に合意しました。", "カブール", "カブール"},
                 {"no-full-stops-nor-spaces-", " Kabul ", "kabul"}};
  static const gsize widths[] = {60, 160, 300}, places[] = {0, 5, 50, 95, 100};
  for (gsize s = 0; s < G_N_ELEMENTS(scripts); s++)
    for (gsize w = 0; w < G_N_ELEMENTS(widths); w++)
      for (gsize p = 0; p < G_N_ELEMENTS(places); p++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (gsize i = 0; i <= 100; i++)
          g_string_append(text, i == places[p] ? scripts[s].match : scripts[s].filler);
        glong n = snippet_width(scripts[s].pattern, text->str, widths[w]);
        if (n < (glong)widths[w] / 2 || n > (glong)widths[w] * 5 / 4)
          fail_msg("%s at %zu: %ld characters, not %zu", scripts[s].match, places[p], n, widths[w]);
      }
}

/* A phrase that is longer than the width is shown whole. */
static void test_long_match(void **state)
{
  (void)state;
  g_autofree char *got = snippet_of("officials told reporters", story, 10);
  assert_non_null(strstr(got, "[officials told reporters]"));
}

/* ---- any text ---- */

enum { WORDS = 6 };
static const char *const words[WORDS] = {"war", "état", "мир", "حرب", "a", "Iran's"};
static const char *const forms[WORDS] = {"war", "etat", "мир", "حرب", "a", "iran"};

static char *random_notation(GRand *random)
{
  GString *notation = g_string_new(NULL);
  for (gint left = g_rand_int_range(random, 0, 4); left > 0; left--) {
    if (notation->len > 0) g_string_append(notation, "; ");
    for (gint steps = g_rand_int_range(random, 1, 4); steps > 0; steps--) {
      g_string_append(notation, forms[g_rand_int_range(random, 0, WORDS)]);
      if (g_rand_int_range(random, 0, 3) == 0)
        g_string_append_printf(notation, "|%s", forms[g_rand_int_range(random, 0, WORDS)]);
      if (steps > 1) g_string_append_c(notation, ' ');
    }
  }
  return g_string_free(notation, FALSE);
}

static char *random_text(GRand *random)
{
  static const char *const gaps[] = {" ",  " ", " ", "  ",     "\n", ", ",
                                     ". ", "-", "…", " 停戦 ", "！"};
  GString *text = g_string_new(NULL);
  for (gint left = g_rand_int_range(random, 0, 60); left > 0; left--) {
    if (g_rand_int_range(random, 0, 3) > 0)
      g_string_append(text, words[g_rand_int_range(random, 0, WORDS)]);
    g_string_append(text, gaps[g_rand_int_range(random, 0, G_N_ELEMENTS(gaps))]);
  }
  return g_string_free(text, FALSE);
}

/* Which tokens of a text match, found in another way: every pattern tried at every token. */
static GArray *matching_tokens(const GPtrArray *patterns, const char *text)
{
  g_autoptr(GPtrArray) tokens = g_ptr_array_new_with_free_func(g_free);
  GArray *spans = g_array_new(FALSE, FALSE, sizeof(Span));
  g_autoptr(Analyzer) analyzer = analyzer_new();
  Token token;
  analyzer_start(analyzer, text, strlen(text));
  while (analyzer_next(analyzer, &token)) {
    Span span = {token.start, token.end};
    g_array_append_val(spans, span);
    g_ptr_array_add(tokens, g_strdup(token.form));
  }
  g_autofree gboolean *hit = g_new0(gboolean, tokens->len + 1);
  for (guint p = 0; p < patterns->len; p++) {
    const GPtrArray *steps = ((const Pattern *)patterns->pdata[p])->steps;
    for (guint at = 0; at + steps->len <= tokens->len; at++) {
      guint s = 0;
      while (s < steps->len && g_hash_table_contains(steps->pdata[s], tokens->pdata[at + s])) s++;
      for (guint t = 0; s == steps->len && t < s; t++) hit[at + t] = TRUE;
    }
  }
  for (guint i = tokens->len; i-- > 0;)
    if (!hit[i]) g_array_remove_index(spans, i);
  return spans;
}

/* Every token that matches lies in one span, and spans hold no other tokens at their ends. */
static void assert_covers(const GArray *spans, const GArray *tokens)
{
  guint s = 0;
  for (guint t = 0; t < tokens->len; t++) {
    Span token = g_array_index(tokens, Span, t);
    while (s < spans->len && g_array_index(spans, Span, s).end <= token.start) s++;
    assert_true(s < spans->len);
    Span span = g_array_index(spans, Span, s);
    assert_true(span.start <= token.start && token.end <= span.end);
  }
  for (guint i = 0, t = 0; i < spans->len; i++) {
    Span span = g_array_index(spans, Span, i);
    while (t < tokens->len && g_array_index(tokens, Span, t).start < span.start) t++;
    assert_true(t < tokens->len);
    assert_int_equal(g_array_index(tokens, Span, t).start, span.start);
    while (t < tokens->len && g_array_index(tokens, Span, t).end < span.end) t++;
    assert_true(t < tokens->len);
    assert_int_equal(g_array_index(tokens, Span, t).end, span.end);
  }
}

static char *squeezed(const char *text)
{
  GString *out = g_string_new(NULL);
  for (; *text != '\0'; text++)
    if (!g_ascii_isspace(*text))
      g_string_append_c(out, *text);
    else if (out->len > 0 && out->str[out->len - 1] != ' ')
      g_string_append_c(out, ' ');
  return g_string_free(out, FALSE);
}

/* A snippet is a piece of the text; what it marks would be marked in it again. */
static void assert_snippet(Highlighter *highlighter, const char *text, gsize width)
{
  Snippet snippet = highlight_snippet(highlighter, text, strlen(text), width);
  assert_true(g_utf8_validate(snippet.text, -1, NULL));
  assert_null(strpbrk(snippet.text, "\n\t\r"));
  g_autofree char *checked = marked(snippet.text, snippet.spans);
  g_autoptr(GString) bare = g_string_new(snippet.text);
  if (g_str_has_prefix(bare->str, "…")) g_string_erase(bare, 0, strlen("…"));
  if (g_str_has_suffix(bare->str, "…")) g_string_truncate(bare, bare->len - strlen("…"));
  g_autofree char *whole = squeezed(text);
  if (strstr(whole, bare->str) == NULL) fail_msg("\"%s\" is not in \"%s\"", bare->str, whole);
  g_autoptr(GArray) again = highlight(highlighter, snippet.text, strlen(snippet.text), FALSE);
  for (guint i = 0; i < snippet.spans->len; i++) {
    Span span = g_array_index(snippet.spans, Span, i);
    gboolean found = FALSE;
    for (guint a = 0; a < again->len; a++) {
      Span other = g_array_index(again, Span, a);
      found = found || (other.start <= span.start && span.end <= other.end);
    }
    if (!found) fail_msg("\"%s\" in \"%s\"", checked, text);
  }
  g_autoptr(GArray) all = highlight(highlighter, text, strlen(text), FALSE);
  assert_int_equal(snippet.spans->len == 0, all->len == 0);
  snippet_clear(&snippet);
}

static void test_random(void **state)
{
  (void)state;
  GRand *random = g_rand_new_with_seed(8);
  for (guint i = 0; i < 3000; i++) {
    g_autofree char *notation = random_notation(random);
    g_autoptr(GPtrArray) patterns = patterns_of(notation);
    g_autoptr(Highlighter) highlighter = highlighter_new(patterns);
    for (guint t = 0; t < 3; t++) {
      g_autofree char *text = random_text(random);
      g_autoptr(GArray) spans = highlight(highlighter, text, strlen(text), FALSE);
      g_autoptr(GArray) tokens = matching_tokens(patterns, text);
      g_free(marked(text, spans));
      assert_covers(spans, tokens);
      assert_snippet(highlighter, text, (gsize)g_rand_int_range(random, 0, 200));
    }
  }
  g_rand_free(random);
}

static void test_random_bytes(void **state)
{
  (void)state;
  GRand *random = g_rand_new_with_seed(9);
  g_autoptr(GPtrArray) patterns = patterns_of("a; b c; 1");
  g_autoptr(Highlighter) highlighter = highlighter_new(patterns);
  for (guint i = 0; i < 10000; i++) {
    gsize len = (gsize)g_rand_int_range(random, 1, 200);
    g_autofree char *bytes = g_malloc(len);
    for (gsize b = 0; b < len; b++)
      bytes[b] = g_rand_boolean(random) ? "abc 1."[g_rand_int_range(random, 0, 6)]
                                        : (char)g_rand_int_range(random, 0, 256);
    g_autoptr(GArray) spans = highlight(highlighter, bytes, len, FALSE);
    for (guint s = 0; s < spans->len; s++) assert_true(g_array_index(spans, Span, s).end <= len);
    Snippet snippet = highlight_snippet(highlighter, bytes, len, i % 100);
    snippet_clear(&snippet);
  }
  g_rand_free(random);
}

/* A megabyte full of matches is done in a moment. */
static void test_many_matches(void **state)
{
  (void)state;
  g_autoptr(GPtrArray) patterns = patterns_of("war; war war; war and peace");
  g_autoptr(Highlighter) highlighter = highlighter_new(patterns);
  g_autoptr(GString) text = g_string_new(NULL);
  while (text->len < 1 << 20) g_string_append(text, "war and peace ");
  gint64 start = g_get_monotonic_time();
  g_autoptr(GArray) spans = highlight(highlighter, text->str, text->len, FALSE);
  Snippet snippet = highlight_snippet(highlighter, text->str, text->len, 240);
  assert_true(g_get_monotonic_time() - start < 20 * G_USEC_PER_SEC);
  assert_int_equal(spans->len, text->len / strlen("war and peace "));
  snippet_clear(&snippet);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_spans),        cmocka_unit_test(test_titles),
      cmocka_unit_test(test_short_texts),  cmocka_unit_test(test_best_passage),
      cmocka_unit_test(test_repetitions),  cmocka_unit_test(test_ellipses),
      cmocka_unit_test(test_whole_words),  cmocka_unit_test(test_width),
      cmocka_unit_test(test_long_match),   cmocka_unit_test(test_random),
      cmocka_unit_test(test_random_bytes), cmocka_unit_test(test_many_matches),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
