/* test_fold.c - corpus/fold.h */
#include "../../corpus/fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef void (*Fold)(GString *out, const char *text, gsize len);

/* Folds a copy that ends where the text does, so that a sanitizer sees reads beyond it. */
static char *folded(Fold fold, const char *text, gsize len)
{
  g_autofree char *exact = g_memdup2(text, len);
  GString *out = g_string_new("<");
  fold(out, exact == NULL ? "" : exact, len);
  /* What was there before must still be. */
  assert_true(g_str_has_prefix(out->str, "<"));
  assert_int_equal(strlen(out->str), out->len);
  g_string_erase(out, 0, 1);
  return g_string_free(out, FALSE);
}

static void fold_both(GString *out, const char *text, gsize len)
{
  g_autofree char *cased = folded(fold_case, text, len);
  fold_accents(out, cased, strlen(cased));
}

typedef struct Row {
  const char *text, *cased, *bare;
} Row;

static const Row rows[] = {
    {"", "", ""},
    {"Kabul", "kabul", "kabul"},
    {"F-16 @ 3.5%", "f-16 @ 3.5%", "f-16 @ 3.5%"},
    /* Latin */
    {"Çuçi", "çuçi", "cuci"},
    {"ÉTAT", "état", "etat"},
    {"E\u0301tat", "état", "etat"},
    {"q\u0303", "q\u0303", "q"},
    {"Straße", "strasse", "strasse"},
    {"STRAẞE", "strasse", "strasse"},
    {"Ｔｏｋｙｏ １９８７", "tokyo 1987", "tokyo 1987"},
    {"ﬁre", "fire", "fire"},
    {"Łódź", "łódź", "lodz"},
    {"Øresund", "øresund", "oresund"},
    {"Ǿ", "ǿ", "o"},
    {"Ærø", "ærø", "aero"},
    {"œuvre", "œuvre", "oeuvre"},
    {"Đà Nẵng", "đà nẵng", "da nang"},
    {"Hòa Bình thượng đỉnh", "hòa bình thượng đỉnh", "hoa binh thuong dinh"},
    {"Reykjavík, Ísafjörður, Þór", "reykjavík, ísafjörður, þór", "reykjavik, isafjordur, thor"},
    {"Ħal Tarxien", "ħal tarxien", "hal tarxien"},
    {"ŋuŧa", "ŋuŧa", "nuta"},
    {"İstanbul", "i\u0307stanbul", "istanbul"},
    {"Diyarbakır", "diyarbakır", "diyarbakir"},
    {"Heydər Əliyev", "heydər əliyev", "heydar aliyev"},
    {"Srebrenicë, Žepa, Đinđić", "srebrenicë, žepa, đinđić", "srebrenice, zepa, dindic"},
    {"co\u00ADopera\u200Btion", "cooperation", "cooperation"}, /* soft hyphen, zero width space */
    {"½", "1⁄2", "1⁄2"},
    /* Greek */
    {"Αθήνα", "αθήνα", "αθηνα"},
    {"ΟΔΥΣΣΕΥΣ", "οδυσσευσ", "οδυσσευσ"},
    {"Ὀδυσσεύς", "ὀδυσσεύσ", "οδυσσευσ"},
    {"ΐ", "ΐ", "ι"},
    {"ᾳ", "αι", "αι"},
    /* Cyrillic: ё is written as е, but й, ї and ў are letters of their own */
    {"Горбачёв", "горбачёв", "горбачев"},
    {"Йошкар", "йошкар", "йошкар"},
    {"И\u0306ошкар", "йошкар", "йошкар"},
    {"Київ", "київ", "київ"},
    {"Быкаў", "быкаў", "быкаў"},
    {"за\u0301мок", "за\u0301мок", "замок"},
    {"ЂУРАЂ", "ђурађ", "ђурађ"},
    /* Arabic: hamza and madda, tatweel, short vowels, alef maqsura, teh marbuta */
    {"أحمد", "أحمد", "احمد"},
    {"إيران", "إيران", "ايران"},
    {"آية", "آية", "ايه"},
    {"ٱلله", "ٱلله", "الله"},
    {"محـــمد", "محـــمد", "محمد"},
    {"مُحَمَّدٌ", "مُحَمَّدٌ", "محمد"},
    {"رحمٰن", "رحمٰن", "رحمن"},
    {"مصطفى", "مصطفى", "مصطفي"},
    {"مسؤول رئيس", "مسؤول رئيس", "مسوول رييس"},
    {"ﻻ", "لا", "لا"},
    {"١٩٨٧", "١٩٨٧", "١٩٨٧"},
    /* Persian: its own yeh and kaf, and the zero width non-joiner */
    {"خامنه\u200Cای", "خامنهای", "خامنهاي"},
    {"کردستان", "کردستان", "كردستان"},
    {"علی", "علی", "علي"},
    /* Hebrew: points go, letters stay */
    {"שָׁלוֹם", "שָׁלוֹם", "שלום"},
    {"ירושלים", "ירושלים", "ירושלים"},
    /* scripts whose marks spell */
    {"हिन्दी", "हिन्दी", "हिन्दी"},
    {"संघर्ष", "संघर्ष", "संघर्ष"},
    {"ก้าวหน้าที่", "ก้าวหน้าที่", "ก้าวหน้าที่"},
    {"がぎぐ パリ", "がぎぐ パリ", "がぎぐ パリ"},
    {"ｶﾞｻﾞ", "ガザ", "ガザ"},
    {"か\u3099", "が", "が"},
    {"서울", "서울", "서울"},
    {"\u1109\u1165\u110B\u116E\u11AF", "서울", "서울"},
    {"北京", "北京", "北京"},
    {"বাংলা தமிழ் မြန်မာ ខ្មែរ", "বাংলা தமிழ் မြန်မာ ខ្មែរ", "বাংলা தமிழ் မြန်မာ ខ្មែរ"},
    {"አዲስ አበባ", "አዲስ አበባ", "አዲስ አበባ"},
    {"Հայաստան", "հայաստան", "հայաստան"},
    {"𐐀", "𐐨", "𐐨"}, /* beyond 16 bits */
    {"😀 war", "😀 war", "😀 war"},
};

static void test_table(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    gsize len = strlen(rows[i].text);
    g_autofree char *cased = folded(fold_case, rows[i].text, len);
    assert_string_equal(cased, rows[i].cased);
    g_autofree char *bare = folded(fold_accents, cased, strlen(cased));
    assert_string_equal(bare, rows[i].bare);
  }
}

static void test_ill_formed(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    gsize len;
    const char *cased;
  } bad[] = {
#define BAD(text, cased) {text, sizeof(text) - 1, cased}
      BAD("\xFF", "\uFFFD"),
      BAD("CAF\xE9", "caf\uFFFD"),
      BAD("A\x80Z", "a\uFFFDz"),
      BAD("\xC3", "\uFFFD"),
      BAD("É\xC3", "é\uFFFD"),
      BAD("\xE2\x82", "\uFFFD"),
      BAD("\xF0\x9F\x98", "\uFFFD"),
      BAD("\xC0\xAF", "\uFFFD\uFFFD"),
      BAD("\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"),
      BAD("\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"),
  };
  for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
    g_autofree char *cased = folded(fold_case, bad[i].text, bad[i].len);
    assert_string_equal(cased, bad[i].cased);
    g_autofree char *bare = folded(fold_accents, bad[i].text, bad[i].len);
    assert_true(g_utf8_validate(bare, -1, NULL));
  }
}

/* A NUL byte is a character as any other, not an end. */
static void test_nul(void **state)
{
  (void)state;
  g_autoptr(GString) out = g_string_new(NULL);
  fold_case(out, "A\0É", 4);
  assert_memory_equal(out->str, "a\0é", 5);
  assert_int_equal(out->len, 4);
  g_autoptr(GString) bare = g_string_new(NULL);
  fold_accents(bare, out->str, out->len);
  assert_int_equal(bare->len, 3);
  assert_memory_equal(bare->str, "a\0e", 4);
}

/* Texts longer than the buffers on the stack, around their size, and growing by folding. */
static void test_long(void **state)
{
  (void)state;
  for (guint n = 1; n < 700; n += n < 240 || n > 260 ? 37 : 1) {
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GString) expected = g_string_new(NULL);
    for (guint i = 0; i < n; i++) {
      g_string_append(text, i % 3 == 0 ? "ﷺ" : i % 3 == 1 ? "ẞ" : "É");
      g_string_append(expected, i % 3 == 0 ? "صلى الله عليه وسلم" : i % 3 == 1 ? "ss" : "é");
    }
    g_autofree char *cased = folded(fold_case, text->str, text->len);
    assert_string_equal(cased, expected->str);
  }
}

/* ---- names ---- */

static void test_names(void **state)
{
  (void)state;
  static const struct {
    const char *name, *key;
  } names[] = {
      {"", ""},
      {"Iran", "iran"},
      {"Côte d'Ivoire", "cote divoire"},
      {"Côte d’Ivoire", "cote divoire"},
      {"U.S.A.", "usa"},
      {"u. s. a.", "u s a"},
      {"el-salvador", "el salvador"},
      {"  El   Salvador \n", "el salvador"},
      {"--El--Salvador--", "el salvador"},
      {"Al-Qa`ida", "al qaida"},
      {"Qurʼan, Oʻzbekiston, ‘Ali", "quran ozbekiston ali"},
      {"Farabundo Martí (FMLN)", "farabundo marti fmln"},
      {"Médecins sans frontières", "medecins sans frontieres"},
      {"AT&T", "at t"},
      {"a_b/c:d", "a b c d"},
      {"...", ""},
      {"!?", ""},
      {"3,5", "3 5"},
      {"ÅLAND", "aland"},
      {"إيران", "ايران"},
      {"हिन्दी संघर्ष", "हिन्दी संघर्ष"},
      {"中华人民共和国", "中华人民共和国"},
      {"Brazzaville\u00A0(Congo)", "brazzaville congo"},
      {"Ill\xFF-formed", "ill formed"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *key = fold_name(names[i].name, -1);
    assert_string_equal(key, names[i].key);
    g_autofree char *counted = g_strconcat(names[i].name, "beyond", NULL);
    g_autofree char *same = fold_name(counted, (gssize)strlen(names[i].name));
    assert_string_equal(same, names[i].key);
  }
}

/* ---- folding what is folded ---- */

static void assert_stable(const char *text, gsize len)
{
  static const Fold folds[] = {fold_case, fold_both};
  for (gsize f = 0; f < G_N_ELEMENTS(folds); f++) {
    g_autofree char *once = folded(folds[f], text, len);
    g_autofree char *twice = folded(folds[f], once, strlen(once));
    assert_string_equal(once, twice);
    assert_true(g_utf8_validate(once, -1, NULL));
  }
  g_autofree char *name = fold_name(text, (gssize)len);
  g_autofree char *again = fold_name(name, -1);
  assert_string_equal(name, again);
  assert_null(strstr(name, "  "));
  assert_false(g_str_has_prefix(name, " ") || g_str_has_suffix(name, " "));
}

static void test_stable_table(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    assert_stable(rows[i].text, strlen(rows[i].text));
    assert_stable(rows[i].cased, strlen(rows[i].cased));
    assert_stable(rows[i].bare, strlen(rows[i].bare));
  }
}

/* Every letter alone, and every letter behind and before another. */
static void test_stable_letters(void **state)
{
  (void)state;
  for (gunichar c = 1; c < 0x20000; c++) {
    if (c >= 0xD800 && c < 0xE000) continue;
    char text[16];
    gint n = g_unichar_to_utf8(c, text);
    assert_stable(text, (gsize)n);
    text[n] = 'A';
    n += g_unichar_to_utf8(c, text + n + 1) + 1;
    assert_stable(text, (gsize)n);
  }
}

/* Strings of the alphabets that the archives hold, marks in any place, and stray bytes. */
static gsize random_text(GRand *random, char *text, gsize size)
{
  static const struct {
    gunichar first, last;
  } blocks[] = {{0x20, 0x7E},     {0x41, 0x5A},     {0xA0, 0x24F},    {0x300, 0x345},
                {0x370, 0x3FF},   {0x400, 0x4FF},   {0x5D0, 0x5EA},   {0x5B0, 0x5C7},
                {0x621, 0x65F},   {0x66E, 0x6D3},   {0x904, 0x94D},   {0xE01, 0xE3A},
                {0x1E00, 0x1FFF}, {0x2010, 0x203A}, {0x3041, 0x30FE}, {0x4E00, 0x4FFF},
                {0xAC00, 0xAD00}, {0xFB50, 0xFDC7}, {0xFE70, 0xFEFC}, {0xFF01, 0xFF9F}};
  gsize len = 0;
  for (gint left = g_rand_int_range(random, 0, 24); left > 0 && len + 8 < size; left--) {
    if (g_rand_int_range(random, 0, 20) == 0) {
      text[len++] = (char)g_rand_int_range(random, 1, 256);
      continue;
    }
    guint b = (guint)g_rand_int_range(random, 0, G_N_ELEMENTS(blocks));
    gint32 c = g_rand_int_range(random, (gint32)blocks[b].first, (gint32)blocks[b].last + 1);
    len += (gsize)g_unichar_to_utf8((gunichar)c, text + len);
  }
  return len;
}

static void test_stable_random(void **state)
{
  (void)state;
  GRand *random = g_rand_new_with_seed(1987);
  for (guint i = 0; i < 20000; i++) {
    char text[256];
    gsize len = random_text(random, text, sizeof text);
    assert_stable(text, len);
  }
  g_rand_free(random);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_table),
      cmocka_unit_test(test_ill_formed),
      cmocka_unit_test(test_nul),
      cmocka_unit_test(test_long),
      cmocka_unit_test(test_names),
      cmocka_unit_test(test_stable_table),
      cmocka_unit_test(test_stable_letters),
      cmocka_unit_test(test_stable_random),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
