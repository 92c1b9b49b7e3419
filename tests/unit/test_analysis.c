/* test_analysis.c - corpus/analysis.h: words and stems */
#include "../../corpus/analysis.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../corpus/fold.h"

/* ---- words ---- */

/* All tokens as "form@start-end", separated by spaces; a token whose cased spelling is another is
 * "cased=form@start-end". The positions must count from 0. */
static char *tokens_of(Analyzer *analyzer, const char *text, gsize len)
{
  g_autofree char *exact = g_memdup2(text, len);
  GString *out = g_string_new(NULL);
  Token token;
  guint32 position = 0;
  analyzer_start(analyzer, exact == NULL ? "" : exact, len);
  while (analyzer_next(analyzer, &token)) {
    assert_int_equal(token.position, position++);
    assert_int_equal(strlen(token.cased), token.cased_len);
    assert_int_equal(strlen(token.form), token.form_len);
    if (out->len > 0) g_string_append_c(out, ' ');
    if (strcmp(token.cased, token.form) != 0) g_string_append_printf(out, "%s=", token.cased);
    g_string_append_printf(out, "%s@%zu-%zu", token.form, token.start, token.end);
  }
  assert_false(analyzer_next(analyzer, &token));
  return g_string_free(out, FALSE);
}

typedef struct Row {
  const char *text, *tokens;
} Row;

static void assert_rows(const Row *rows, gsize n)
{
  g_autoptr(Analyzer) analyzer = analyzer_new();
  for (gsize i = 0; i < n; i++) {
    g_autofree char *tokens = tokens_of(analyzer, rows[i].text, strlen(rows[i].text));
    if (strcmp(tokens, rows[i].tokens) != 0)
      fail_msg("\"%s\"\n  gives  %s\n  wanted %s", rows[i].text, tokens, rows[i].tokens);
  }
}

static void test_words(void **state)
{
  (void)state;
  static const Row rows[] = {
      {"", ""},
      {" \n\t ", ""},
      {"... -- !? ()", ""},
      {"Rebels attack Kabul", "rebels@0-6 attack@7-13 kabul@14-19"},
      {"a  b\nc\t\rd", "a@0-1 b@3-4 c@5-6 d@8-9"},
      {"(Kabul), \"Herat\"; Balkh!", "kabul@1-6 herat@10-15 balkh@18-23"},
      {"cease-fire", "cease@0-5 fire@6-10"},
      {"Israel/Palestine", "israel@0-6 palestine@7-16"},
      {"AK-47s and MiG-29", "ak@0-2 47s@3-6 and@7-10 mig@11-14 29@15-17"},
      {"snake_case", "snake_case@0-10"},
      {"état ÉTAT", "état=etat@0-5 état=etat@6-11"},
      {"Straße", "strasse@0-7"},
      {"Ｋａｂｕｌ", "kabul@0-15"},
      {"co\u00ADoperate", "cooperate@0-11"},
      {"Москва горит", "москва@0-12 горит@13-23"},
      {"Горбачёв", "горбачёв=горбачев@0-16"},
      {"الحَرْب", "الحَرْب=الحرب@0-14"},
      {"می\u200Cخواهم", "میخواهم=ميخواهم@0-17"},
      {"שָׁלוֹם", "שָׁלוֹם=שלום@0-14"},
      {"हिन्दी में", "हिन्दी@0-18 में@19-28"},
      {"서울 시민", "서울@0-6 시민@7-13"},
      {"war 😀 peace", "war@0-3 peace@9-14"},
  };
  assert_rows(rows, G_N_ELEMENTS(rows));
}

static void test_apostrophes(void **state)
{
  (void)state;
  static const Row rows[] = {
      /* elided articles are words of their own */
      {"l'armée", "l@0-1 armée=armee@2-8"},
      {"L’armée", "l@0-1 armée=armee@4-10"},
      {"coup d'état", "coup@0-4 d@5-6 état=etat@7-12"},
      {"qu'il jusqu'à", "qu@0-2 il@3-5 jusqu@6-11 à=a@12-14"},
      {"dell'esercito nell'area", "dell@0-4 esercito@5-13 nell@14-18 area@19-23"},
      {"D'ÉTAT", "d@0-1 état=etat@2-7"},
      {"N'Djamena", "n@0-1 djamena@2-9"},
      {"d'l'homme", "d@0-1 l@2-3 homme@4-9"},
      /* a word that no list knows keeps its apostrophe */
      {"O'Brien don't aujourd'hui", "o'brien@0-7 don't@8-13 aujourd'hui@14-25"},
      {"O’Brien", "o'brien@0-9"},
      {"Sana'a", "sana'a@0-6"},
      /* possessives */
      {"Iran's", "iran@0-4"},
      {"Iran’s", "iran@0-4"},
      {"IRAN'S IRAN’S", "iran@0-4 iran@7-11"},
      {"Iran's army", "iran@0-4 army@7-11"},
      {"O'Brien's", "o'brien@0-7"},
      {"rebels' and 'quoted'", "rebels@0-6 and@8-11 quoted@13-19"},
      {"it's d's", "it@0-2 d@5-6"},
      {"état's", "état=etat@0-5"},
      /* what only looks like one */
      {"s 's ''s", "s@0-1 s@3-4 s@7-8"},
      {"l' d'", "l@0-1 d@3-4"},
  };
  assert_rows(rows, G_N_ELEMENTS(rows));
}

static void test_full_stops(void **state)
{
  (void)state;
  static const Row rows[] = {
      {"U.N. troops", "un@0-3 troops@5-11"},
      {"the F.M.L.N. and U.N.", "the@0-3 fmln@4-11 and@13-16 un@17-20"},
      {"U.S.", "u.s@0-3"},
      {"u.s. U.S U.S.-led", "u.s@0-3 u.s@5-8 u.s@9-12 led@14-17"},
      {"US us", "us@0-2 us@3-5"},
      {"U.S.A. U.S.S.R.", "usa@0-5 ussr@7-14"},
      {"U.S.'s U.N.'s", "u.s@0-3 s@5-6 un@7-10 s@12-13"},
      {"i.e. e.g.", "ie@0-3 eg@5-8"},
      {"Э.К.", "эк@0-5"},
      {"É.T.", "ét=et@0-4"},
      /* other full stops part words */
      {"end.Next", "end@0-3 next@4-8"},
      {"www.example.com", "www@0-3 example@4-11 com@12-15"},
      {"a.bc.d", "a@0-1 bc@2-4 d@5-6"},
      {"J.Smith", "j@0-1 smith@2-7"},
      {"said.Iran's l'an.bc", "said@0-4 iran@5-9 l@12-13 an@14-16 bc@17-19"},
      {"l'O.N.U.", "l@0-1 onu@2-7"},
      {"end...Next", "end@0-3 next@6-10"},
      {"Mr. Smith.", "mr@0-2 smith@4-9"},
  };
  assert_rows(rows, G_N_ELEMENTS(rows));
}

static void test_digits(void **state)
{
  (void)state;
  static const Row rows[] = {
      {"1,000", "1000@0-5"},
      {"1,234,567 men", "1234567@0-9 men@10-13"},
      {"1987, 1988", "1987@0-4 1988@6-10"},
      {"3.5", "3.5@0-3"},
      {"1,000.5", "1000.5@0-7"},
      {"10:30", "10@0-2 30@3-5"},
      {"1987-03-01", "1987@0-4 03@5-7 01@8-10"},
      {"3rd 5km", "3rd@0-3 5km@4-7"},
      {"$50 7%", "50@1-3 7@4-5"},
      {"١٩٨٧", "١٩٨٧@0-8"},
      {"１９８７", "1987@0-12"},
  };
  assert_rows(rows, G_N_ELEMENTS(rows));
}

/* Scripts without spaces: dictionaries find words, several of them in a sentence. */
static void test_segmentation(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    guint at_least;
    const char *holds; /* tokens, each between spaces */
  } rows[] = {
      {"中国政府宣布停火协议", 4, "中国 政府 宣布 协议"},
      {"日本政府は停戦に合意しました", 5, "日本 政府 は 停戦"},
      {"รัฐบาลไทยประกาศหยุดยิง", 3, "รัฐบาล ไทย ประกาศ"},
      {"アフガニスタンで戦闘", 3, "アフガニスタン 戦闘"},
  };
  g_autoptr(Analyzer) analyzer = analyzer_new();
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GHashTable) found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Token token;
    guint n = 0;
    analyzer_start(analyzer, rows[i].text, strlen(rows[i].text));
    for (; analyzer_next(analyzer, &token); n++)
      g_hash_table_add(found, g_strndup(rows[i].text + token.start, token.end - token.start));
    if (n < rows[i].at_least) fail_msg("\"%s\" has only %u tokens", rows[i].text, n);
    g_auto(GStrv) wanted = g_strsplit(rows[i].holds, " ", -1);
    for (char **word = wanted; *word != NULL; word++)
      if (!g_hash_table_contains(found, *word))
        fail_msg("\"%s\": no token \"%s\"", rows[i].text, *word);
  }
}

/* Bytes that are no UTF-8 part words; a NUL is a character like any other. */
static void test_ill_formed(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    gsize len;
    const char *tokens;
  } rows[] = {
#define ROW(text, tokens) {text, sizeof(text) - 1, tokens}
      ROW("a\xFFz", "a@0-1 z@2-3"),   ROW("caf\xE9 x", "caf@0-3 x@5-6"), ROW("war\xC3", "war@0-3"),
      ROW("\xE2\x80 war", "war@3-6"), ROW("a\0z", "a@0-1 z@2-3"),        ROW("l'\xFF", "l@0-1"),
      ROW("U.\xFF", "u@0-1"),
  };
  g_autoptr(Analyzer) analyzer = analyzer_new();
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *tokens = tokens_of(analyzer, rows[i].text, rows[i].len);
    assert_string_equal(tokens, rows[i].tokens);
  }
}

/* `len` counts, not a NUL behind it. */
static void test_length(void **state)
{
  (void)state;
  g_autoptr(Analyzer) analyzer = analyzer_new();
  g_autofree char *tokens = tokens_of(analyzer, "attack on Kabul", 9);
  assert_string_equal(tokens, "attack@0-6 on@7-9");
  g_autofree char *cut = tokens_of(analyzer, "Iran's", 5);
  assert_string_equal(cut, "iran@0-4");
}

/* An analyzer left in the middle of a text starts anew on the next. */
static void test_restart(void **state)
{
  (void)state;
  g_autoptr(Analyzer) analyzer = analyzer_new();
  Token token;
  analyzer_start(analyzer, "l'armée de terre", 17);
  assert_true(analyzer_next(analyzer, &token));
  g_autofree char *tokens = tokens_of(analyzer, "Kabul", 5);
  assert_string_equal(tokens, "kabul@0-5");
}

static void test_long_words(void **state)
{
  (void)state;
  g_autoptr(Analyzer) analyzer = analyzer_new();
  static const gsize lengths[] = {ANALYSIS_WORD_MAX, ANALYSIS_WORD_MAX + 1, 300, 100000};
  for (gsize i = 0; i < G_N_ELEMENTS(lengths); i++) {
    g_autofree char *word = g_strnfill(lengths[i], 'X');
    g_autofree char *text = g_strconcat("a ", word, " b", NULL);
    Token token;
    analyzer_start(analyzer, text, strlen(text));
    assert_true(analyzer_next(analyzer, &token));
    assert_true(analyzer_next(analyzer, &token));
    assert_int_equal(token.form_len, lengths[i]);
    assert_int_equal(token.end - token.start, lengths[i]);
    assert_true(analyzer_next(analyzer, &token));
    assert_int_equal(token.position, 2);
    assert_string_equal(token.form, "b");
  }
}

/* ---- any text ---- */

static void append_random_piece(GRand *random, GString *text)
{
  static const char *const pieces[] = {
      "'",  "’", ".", ",", " ",  "l'", "d’", "'s",     "’S",   "U.", "S.",     "1,0",
      "3.", "é", "É", "ß", "я",  "ё",  "ا",  "\u064E", "中国", "は", "\u0301", "ไท",
      "ﷺ",  "a", "Z", "-", "\n", "😀",  "ÿ",  "qu’",    "9",    "_",  "\u200D"};
  if (g_rand_int_range(random, 0, 12) == 0)
    g_string_append_c(text, (char)g_rand_int_range(random, 0, 256));
  else
    g_string_append(text, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
}

static gboolean is_boundary(const char *text, gsize len, gsize at)
{
  return at == len || ((guchar)text[at] & 0xC0) != 0x80;
}

/* Tokens of a well-formed text lie on characters, follow each other and are never empty. */
static void assert_sane(Analyzer *analyzer, const char *text, gsize len)
{
  gboolean valid = g_utf8_validate_len(text, len, NULL);
  gsize before = 0;
  guint32 position = 0;
  Token token;
  analyzer_start(analyzer, text, len);
  while (analyzer_next(analyzer, &token)) {
    assert_true(token.start >= before && token.start < token.end && token.end <= len);
    before = token.end;
    assert_int_equal(token.position, position++);
    assert_true(token.form_len > 0 && token.cased_len > 0);
    assert_true(g_utf8_validate_len(token.form, token.form_len, NULL));
    assert_true(g_utf8_validate_len(token.cased, token.cased_len, NULL));
    if (!valid) continue;
    assert_true(is_boundary(text, len, token.start));
    assert_true(is_boundary(text, len, token.end));
  }
}

static void test_random_texts(void **state)
{
  (void)state;
  g_autoptr(Analyzer) analyzer = analyzer_new();
  GRand *random = g_rand_new_with_seed(27);
  for (guint i = 0; i < 30000; i++) {
    g_autoptr(GString) text = g_string_new(NULL);
    for (gint left = g_rand_int_range(random, 0, 20); left > 0; left--)
      append_random_piece(random, text);
    g_autofree char *exact = g_memdup2(text->str, text->len);
    assert_sane(analyzer, exact == NULL ? "" : exact, text->len);
  }
  g_rand_free(random);
}

static void test_random_bytes(void **state)
{
  (void)state;
  g_autoptr(Analyzer) analyzer = analyzer_new();
  GRand *random = g_rand_new_with_seed(28);
  for (guint i = 0; i < 20000; i++) {
    gsize len = (gsize)g_rand_int_range(random, 1, 64);
    g_autofree char *bytes = g_malloc(len);
    for (gsize b = 0; b < len; b++) bytes[b] = (char)g_rand_int_range(random, 0, 256);
    assert_sane(analyzer, bytes, len);
  }
  g_rand_free(random);
}

/* A word that was found is found again as itself: what is highlighted can be asked for. */
static void test_forms_are_words(void **state)
{
  (void)state;
  static const char text[] = "L'armée U.S. et l’O.N.U. : 1,000 hommes à N'Djamena. Iran's "
                             "O'Brien said 3.5 million; end.Next Горбачёв مُحَمَّد Straße";
  g_autoptr(Analyzer) analyzer = analyzer_new();
  g_autoptr(Analyzer) other = analyzer_new();
  Token token, again;
  analyzer_start(analyzer, text, strlen(text));
  while (analyzer_next(analyzer, &token)) {
    analyzer_start(other, token.form, token.form_len);
    assert_true(analyzer_next(other, &again));
    assert_string_equal(token.form, again.form);
    assert_false(analyzer_next(other, &again));
  }
}

/* ---- stems ---- */

static void collect_key(void *context, const char *key, gsize len)
{
  GString *keys = context;
  if (keys->len > 0) g_string_append_c(keys, ' ');
  g_string_append_len(keys, key, (gssize)len);
}

static char *keys_of(Stemmers *stemmers, const char *lang, const char *word)
{
  GString *keys = g_string_new(NULL);
  stem_keys(stemmers, lang, word, strlen(word), collect_key, keys);
  return g_string_free(keys, FALSE);
}

static void test_stems(void **state)
{
  (void)state;
  static const struct {
    const char *lang, *word, *keys;
  } rows[] = {
      {"en", "attack", "Zen:attack"},
      {"en", "attacks", "Zen:attack"},
      {"en", "attacked", "Zen:attack"},
      {"en", "attacking", "Zen:attack"},
      {"en", "militaries", "Zen:militari"},
      {"en", "usa", "Zen:usa"},
      {"en", "1987", "Zen:1987"},
      {"en", "o'brien", "Zen:o'brien"},
      {"en", "us", "Zen:us"},
      {"en", "u.s", "Zen:u. Zen:us"},
      {"fr", "u.s", "Zfr:u. Zfr:us"},
      {"en", "café", "Zen:cafe"},
      {"fr", "élections", "Zfr:elect"},
      {"fr", "elections", "Zfr:elect"},
      {"fr", "armées", "Zfr:arme"},
      {"fr", "état", "Zfr:etat"},
      {"fr", "attaqués", "Zfr:attaqu"},
      /* two keys where the accent changes the stem */
      {"fr", "réfugiées", "Zfr:refugi Zfr:refugie"},
      {"fr", "refugiees", "Zfr:refugie"},
      {"es", "murió", "Zes:mur Zes:muri"},
      {"es", "murio", "Zes:muri"},
      {"ar", "الأسلحة", "Zar:اسلح Zar:اسلحه"},
      {"ar", "الاسلحه", "Zar:اسلحه"},
      {"es", "guerrillero", "Zes:guerriller"},
      {"es", "guerrilleros", "Zes:guerriller"},
      {"es", "país", "Zes:pais"},
      {"es", "explosión", "Zes:explosion"},
      {"es", "explosiones", "Zes:explosion"},
      {"ar", "المسلحون", "Zar:مسلح"},
      {"ar", "مسلحين", "Zar:مسلح"},
      {"ru", "войны", "Zru:войн"},
      {"ru", "войной", "Zru:войн"},
      {"ru", "ребёнка", "Zru:ребенк"},
      {"ru", "ребенка", "Zru:ребенк"},
      /* no stemmer, no key */
      {"zh", "战争", ""},
      {"und", "attacks", ""},
      {"xx", "attacks", ""},
      {"", "attacks", ""},
      {"english", "attacks", ""},
      {"EN", "attacks", ""},
      {"en-GB", "attacks", ""},
  };
  g_autoptr(Stemmers) stemmers = stemmers_new();
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *keys = keys_of(stemmers, rows[i].lang, rows[i].word);
    if (strcmp(keys, rows[i].keys) != 0)
      fail_msg("%s %s: %s instead of %s", rows[i].lang, rows[i].word, keys, rows[i].keys);
    assert_int_equal(stemmers_know(stemmers, rows[i].lang), *rows[i].keys != '\0');
  }
}

/* Whoever leaves the accents out, or writes them, meets the word of the index. */
static void test_stems_without_accents(void **state)
{
  (void)state;
  static const struct {
    const char *lang, *word;
  } rows[] = {{"fr", "réfugiées"},  {"fr", "élevé"},  {"fr", "pénétré"},  {"es", "murió"},
              {"es", "habían"},     {"es", "aquí"},   {"pt", "nações"},   {"de", "kämpfe"},
              {"tr", "çatışmalar"}, {"it", "città"},  {"ru", "самолёты"}, {"ar", "الأسلحة"},
              {"ar", "مُحَمَّد"},       {"hu", "háború"}, {"ro", "țară"}};
  g_autoptr(Stemmers) stemmers = stemmers_new();
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GString) bare = g_string_new(NULL);
    fold_accents(bare, rows[i].word, strlen(rows[i].word));
    assert_string_not_equal(bare->str, rows[i].word);
    g_autofree char *stored = keys_of(stemmers, rows[i].lang, rows[i].word);
    g_autofree char *asked = keys_of(stemmers, rows[i].lang, bare->str);
    g_auto(GStrv) keys = g_strsplit(stored, " ", -1);
    if (!g_strv_contains((const char *const *)keys, asked))
      fail_msg("%s %s: %s is not among %s", rows[i].lang, rows[i].word, asked, stored);
  }
}

static void count_key(void *context, const char *key, gsize len)
{
  (void)key, (void)len;
  ++*(guint *)context;
}

/* Words of any length and bytes do no harm; those that are not indexed have no key. */
static void test_stems_of_anything(void **state)
{
  (void)state;
  static const char *const langs[] = {"en", "fr", "es", "ar", "ru", "de", "tr", "hu", "fi"};
  g_autoptr(Stemmers) stemmers = stemmers_new();
  GRand *random = g_rand_new_with_seed(29);
  for (guint i = 0; i < 20000; i++) {
    gsize len = (gsize)g_rand_int_range(random, 1, 2 * ANALYSIS_WORD_MAX);
    g_autofree char *word = g_malloc(len);
    for (gsize b = 0; b < len; b++) word[b] = (char)g_rand_int_range(random, 1, 256);
    guint n = 0;
    stem_keys(stemmers, langs[i % G_N_ELEMENTS(langs)], word, len, count_key, &n);
    assert_true(len > ANALYSIS_WORD_MAX ? n == 0 : n >= 1 && n <= 3);
  }
  g_rand_free(random);
}

static void test_stemmers_version(void **state)
{
  (void)state;
  assert_true(g_str_has_prefix(stemmers_version(), "libstemmer "));
  assert_true(g_ascii_isdigit(stemmers_version()[strlen("libstemmer ")]));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_words),
      cmocka_unit_test(test_apostrophes),
      cmocka_unit_test(test_full_stops),
      cmocka_unit_test(test_digits),
      cmocka_unit_test(test_segmentation),
      cmocka_unit_test(test_ill_formed),
      cmocka_unit_test(test_length),
      cmocka_unit_test(test_restart),
      cmocka_unit_test(test_long_words),
      cmocka_unit_test(test_random_texts),
      cmocka_unit_test(test_random_bytes),
      cmocka_unit_test(test_forms_are_words),
      cmocka_unit_test(test_stems),
      cmocka_unit_test(test_stems_without_accents),
      cmocka_unit_test(test_stems_of_anything),
      cmocka_unit_test(test_stemmers_version),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
