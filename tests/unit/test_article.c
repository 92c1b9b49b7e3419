/* test_article.c - corpus/article.h */
#include "../../corpus/article.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void assert_values(const Article *article, FieldId field, const char *const *expected)
{
  const GPtrArray *list = article_values(article, field);
  guint n = 0;
  for (; expected[n] != NULL; n++) {
    assert_non_null(list);
    assert_true(n < list->len);
    assert_string_equal(list->pdata[n], expected[n]);
  }
  assert_int_equal(list == NULL ? 0 : list->len, n);
}

#define VALUES(...) ((const char *const[]){__VA_ARGS__, NULL})

static guint note_count(const Article *article)
{
  const GPtrArray *notes = article_notes(article);
  return notes == NULL ? 0 : notes->len;
}

/* Adds bytes from a copy that ends where they do, so that a sanitizer sees reads beyond it. */
static gboolean add_bytes(Article *article, FieldId field, const char *text, gsize len)
{
  g_autofree char *exact = g_memdup2(text, len);
  return article_add(article, field, exact != NULL ? exact : "", (gssize)len);
}

/* A value's way into an empty article; an empty `kept` means that none is kept. */
static void assert_kept(FieldId field, const char *text, gsize len, const char *kept,
                        gboolean understood)
{
  g_autoptr(Article) article = article_new();
  gboolean result = add_bytes(article, field, text, len);
  const char *value = article_first(article, field);
  if (g_strcmp0(value, *kept == '\0' ? NULL : kept) != 0)
    fail_msg("\"%s\" became \"%s\", not \"%s\"", text, value, kept);
  if (result != understood) fail_msg("\"%s\": understood is %d", text, result);
  assert_int_equal(note_count(article), understood ? 0 : 1);
  assert_int_equal(article_values(article, field) == NULL, *kept == '\0');
}

static void test_empty_article(void **state)
{
  (void)state;
  g_autoptr(Article) article = article_new();
  for (int i = 0; i < FIELD_COUNT; i++) {
    assert_null(article_values(article, (FieldId)i));
    assert_null(article_first(article, (FieldId)i));
    assert_false(article_is_derived(article, (FieldId)i));
  }
  assert_null(article_notes(article));
  g_autofree char *dump = article_dump(article);
  assert_string_equal(dump, "{}");
  article_free(NULL);
}

/* ---- text ---- */

static void test_text(void **state)
{
  (void)state;
  static const struct {
    FieldId field;
    const char *text;
    gsize len;
    const char *kept;
  } rows[] = {
#define ROW(field, text, kept) {field, text, sizeof(text) - 1, kept}
      ROW(FIELD_BODY, "Two words", "Two words"),
      /* white space is kept in text, folded elsewhere */
      ROW(FIELD_BODY, "  One\n\n\tTwo  three \n", "One\n\n\tTwo  three"),
      ROW(FIELD_TITLE, "One\nTwo", "One\nTwo"),
      ROW(FIELD_AUTHOR, "  Jane \t\n  Doe ", "Jane Doe"),
      ROW(FIELD_AUTHOR, "Jane\u00A0\u2003\u2028Doe", "Jane Doe"),
      ROW(FIELD_SOURCE, "Le  Monde", "Le Monde"),
      ROW(FIELD_ID, " a  b ", "a b"),
      ROW(FIELD_URL, "\nhttp://example.org/A?b=c\n", "http://example.org/A?b=c"),
      /* trimming knows Unicode */
      ROW(FIELD_BODY, "\u00A0\u3000\u2029x\u2003\u1680", "x"),
      ROW(FIELD_BODY, "\u200Fx", "\u200Fx"),
      /* ends of lines and control characters */
      ROW(FIELD_BODY, "a\r\nb\r\n\r\nc", "a\nb\n\nc"),
      ROW(FIELD_BODY, "a\rb\r", "a b"),
      ROW(FIELD_BODY, "a\r\r\nb", "a \nb"),
      ROW(FIELD_BODY,
          "a\x01\x02"
          "b\x1B[0mc\x7F"
          "d",
          "a  b [0mc d"),
      ROW(FIELD_BODY, "a\xC2\x80\xC2\x85\xC2\x9Fz\u00A0c", "a   z\u00A0c"),
      ROW(FIELD_AUTHOR, "a\x05\x05z", "a z"),
      ROW(FIELD_BODY, "\x1F\x03", ""),
      /* NUL */
      ROW(FIELD_BODY, "a\0b", "a b"),
      ROW(FIELD_BODY, "\0a\0", "a"),
      ROW(FIELD_AUTHOR, "Jane\0\0Doe", "Jane Doe"),
      ROW(FIELD_BODY, "\0", ""),
      /* ill-formed UTF-8: Latin-1, halves, overlong forms, surrogates, beyond Unicode */
      ROW(FIELD_BODY, "caf\xE9 x", "caf\uFFFD x"),
      ROW(FIELD_BODY, "\xFF\xFE", "\uFFFD\uFFFD"),
      ROW(FIELD_BODY, "x\xE2\x82", "x\uFFFD\uFFFD"),
      ROW(FIELD_BODY, "x\xC2", "x\uFFFD"),
      ROW(FIELD_BODY, "\xC0\x80y", "\uFFFD\uFFFDy"),
      ROW(FIELD_BODY, "\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"),
      ROW(FIELD_BODY, "\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"),
      ROW(FIELD_AUTHOR, "\xE9\0 \xE9\r\n", "\uFFFD \uFFFD"),
      /* well-formed and odd */
      ROW(FIELD_BODY, "\uFFFF\U0010FFFF\u202E", "\uFFFF\U0010FFFF\u202E"),
      ROW(FIELD_BODY, "</script>\"\\&", "</script>\"\\&"),
      /* nothing */
      ROW(FIELD_BODY, "", ""),
      ROW(FIELD_TITLE, " \n\t ", ""),
      ROW(FIELD_COUNTRY, " \u00A0", ""),
      ROW(FIELD_DATE, " ", ""),
      ROW(FIELD_LANG, "\n", ""),
#undef ROW
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
    assert_kept(rows[i].field, rows[i].text, rows[i].len, rows[i].kept, TRUE);
}

static void test_length(void **state)
{
  (void)state;
  g_autoptr(Article) article = article_new();
  assert_true(article_add(article, FIELD_TITLE, "Title and more", 5));
  assert_true(article_add(article, FIELD_BODY, "whole", -1));
  assert_true(article_add(article, FIELD_SOURCE, "none", 0));
  assert_string_equal(article_first(article, FIELD_TITLE), "Title");
  assert_string_equal(article_first(article, FIELD_BODY), "whole");
  assert_null(article_first(article, FIELD_SOURCE));
}

static void test_large_body(void **state)
{
  (void)state;
  enum { LARGE = 5 << 20 };
  static const char fillers[] = {'x', '\0', (char)0xFF, '\r', ' ', (char)0xE2};
  g_autofree char *text = g_malloc(LARGE);
  for (gsize i = 0; i < sizeof fillers; i++) {
    memset(text, fillers[i], LARGE);
    text[0] = 'a';
    text[LARGE - 1] = 'z';
    g_autoptr(Article) article = article_new();
    assert_true(article_add(article, FIELD_BODY, text, LARGE));
    const char *body = article_first(article, FIELD_BODY);
    assert_true(g_utf8_validate(body, -1, NULL));
    assert_true(body[0] == 'a' && g_str_has_suffix(body, "z"));
    assert_true(strlen(body) >= LARGE);

    g_autofree char *packed = article_pack(article);
    g_autoptr(Article) again = article_unpack(packed, strlen(packed));
    assert_non_null(again);
    assert_string_equal(article_first(again, FIELD_BODY), body);
  }
}

/* As large, where a short value is expected. */
static void test_large_elsewhere(void **state)
{
  (void)state;
  enum { LARGE = 5 << 20 };
  g_autofree char *text = g_strnfill(LARGE, 'x');
  g_autoptr(Article) article = article_new();
  assert_false(article_add(article, FIELD_DATE, text, LARGE));
  assert_false(article_add(article, FIELD_COUNTRY, text, LARGE));
  assert_false(article_add(article, FIELD_LANG, text, LARGE));
  assert_true(article_add(article, FIELD_AUTHOR, text, LARGE));
  assert_null(article_first(article, FIELD_DATE));
  assert_int_equal(strlen(article_first(article, FIELD_COUNTRY)), LARGE);
  const GPtrArray *notes = article_notes(article);
  assert_int_equal(notes->len, 3);
  for (guint i = 0; i < notes->len; i++) assert_true(strlen(notes->pdata[i]) < 200);
}

/* ---- one value and many ---- */

static void test_one_value(void **state)
{
  (void)state;
  g_autoptr(Article) article = article_new();
  assert_true(article_add(article, FIELD_TITLE, "", -1));
  assert_true(article_add(article, FIELD_TITLE, "First", -1));
  assert_true(article_add(article, FIELD_TITLE, "Second", -1));
  assert_values(article, FIELD_TITLE, VALUES("First"));
  /* What was not understood does not stand in the way. */
  assert_false(article_add(article, FIELD_DATE, "yesterday", -1));
  assert_true(article_add(article, FIELD_DATE, "1987", -1));
  assert_true(article_add(article, FIELD_DATE, "1988", -1));
  assert_values(article, FIELD_DATE, VALUES("1987"));
}

static void test_many_values(void **state)
{
  (void)state;
  g_autoptr(Article) article = article_new();
  static const char *const added[] = {"b", "a", "b", " a ", "A", "", "c", "a"};
  for (gsize i = 0; i < G_N_ELEMENTS(added); i++)
    assert_true(article_add(article, FIELD_TOPIC, added[i], -1));
  assert_values(article, FIELD_TOPIC, VALUES("b", "a", "A", "c"));

  static const char *const countries[] = {"Iran", "IR", "irn", "France",
                                          "Islamic Republic of Iran"};
  for (gsize i = 0; i < G_N_ELEMENTS(countries); i++)
    assert_true(article_add(article, FIELD_COUNTRY, countries[i], -1));
  assert_values(article, FIELD_COUNTRY, VALUES("IR", "FR"));
}

static void test_very_many_values(void **state)
{
  (void)state;
  enum { MANY = 200000 };
  g_autoptr(Article) article = article_new();
  for (int round = 0; round < 2; round++)
    for (int i = 0; i < MANY; i++) {
      char text[16];
      g_snprintf(text, sizeof text, "t%d", i);
      article_add(article, FIELD_TOPIC, text, -1);
    }
  assert_int_equal(article_values(article, FIELD_TOPIC)->len, MANY);
}

static void test_clear(void **state)
{
  (void)state;
  g_autoptr(Article) article = article_new();
  article_add(article, FIELD_TOPIC, "a", -1);
  article_add_derived(article, FIELD_ACTOR, "b", -1);
  article_clear(article, FIELD_TOPIC);
  article_clear(article, FIELD_ACTOR);
  article_clear(article, FIELD_BODY);
  assert_null(article_values(article, FIELD_TOPIC));
  assert_null(article_values(article, FIELD_ACTOR));
  assert_false(article_is_derived(article, FIELD_ACTOR));
  article_add(article, FIELD_TOPIC, "a", -1);
  article_add(article, FIELD_TOPIC, "a", -1);
  assert_values(article, FIELD_TOPIC, VALUES("a"));
}

/* ---- values with a written form ---- */

static void test_dates(void **state)
{
  (void)state;
  static const struct {
    const char *text, *kept;
    gboolean understood;
  } rows[] = {
      {"1987-02-26T15:01:01Z", "1987-02-26", TRUE},
      {" 1-APR-1987 04:46:45.15", "1987-04-01", TRUE},
      {"26-FEB-1987 15:01:01.79\x05\x05\x05V RM", "1987-02-26", TRUE},
      {"26\u00A0February 1987", "1987-02-26", TRUE},
      {"Feb. 1987", "1987-02", TRUE},
      {"1987", "1987", TRUE},
      {"1687248900", "2023-06-20", TRUE},
      {"2010-02-30", "", FALSE},
      {"12/10/1987", "", FALSE},
      {"yesterday", "", FALSE},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
    assert_kept(FIELD_DATE, rows[i].text, strlen(rows[i].text), rows[i].kept, rows[i].understood);
}

static void test_countries(void **state)
{
  (void)state;
  static const struct {
    const char *text, *kept;
    gboolean understood;
  } rows[] = {
      {"IR", "IR", TRUE},
      {"ir", "IR", TRUE},
      {"IRN", "IR", TRUE},
      {"Iran", "IR", TRUE},
      {" france ", "FR", TRUE},
      {"C\u00F4te d'Ivoire", "CI", TRUE},
      {"Atlantis", "Atlantis", FALSE},
      {" Middle \n East", "Middle East", FALSE},
  };
  static const FieldId fields[] = {FIELD_COUNTRY, FIELD_SOURCE_COUNTRY};
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
    for (gsize j = 0; j < G_N_ELEMENTS(fields); j++)
      assert_kept(fields[j], rows[i].text, strlen(rows[i].text), rows[i].kept, rows[i].understood);
}

static void test_languages(void **state)
{
  (void)state;
  static const struct {
    const char *text, *kept;
    gboolean understood;
  } rows[] = {
      /* codes */
      {"en", "en", TRUE},
      {"EN", "en", TRUE},
      {"pt-BR", "pt", TRUE},
      {"en_US.UTF-8", "en", TRUE},
      {"zh-Hant-TW", "zh", TRUE},
      {"und", "und", TRUE},
      {"UND", "und", TRUE},
      {"xx", "xx", TRUE},
      {"ceb", "ceb", TRUE},
      {"eng", "en", TRUE},
      {"deu-AT", "de", TRUE},
      {"ger", "de", TRUE},
      {"iw", "he", TRUE},
      /* names, in English and their own */
      {"English", "en", TRUE},
      {"ENGLISH", "en", TRUE},
      {"Arabic", "ar", TRUE},
      {"العربية", "ar", TRUE},
      {"বাংলা", "bn", TRUE},
      {"Čeština", "cs", TRUE},
      {"Deutsch", "de", TRUE},
      {"Ελληνικά", "el", TRUE},
      {"Español", "es", TRUE},
      {"espanol", "es", TRUE},
      {"Farsi", "fa", TRUE},
      {"فارسی", "fa", TRUE},
      {"Français", "fr", TRUE},
      {"Franc\u0327ais", "fr", TRUE},
      {"עברית", "he", TRUE},
      {"हिन्दी", "hi", TRUE},
      {"हिंदी", "hi", TRUE},
      {"Bahasa Indonesia", "id", TRUE},
      {"日本語", "ja", TRUE},
      {"한국어", "ko", TRUE},
      {"Kurdî", "ku", TRUE},
      {"ລາວ", "lo", TRUE},
      {"မြန်မာ", "my", TRUE},
      {"Português", "pt", TRUE},
      {"Română", "ro", TRUE},
      {"Русский", "ru", TRUE},
      {"Српски", "sr", TRUE},
      {"தமிழ்", "ta", TRUE},
      {"ไทย", "th", TRUE},
      {"Türkçe", "tr", TRUE},
      {"TÜRKÇE", "tr", TRUE},
      {"Українська", "uk", TRUE},
      {"اردو", "ur", TRUE},
      {"Oʻzbekcha", "uz", TRUE},
      {"Tiếng Việt", "vi", TRUE},
      {"中文", "zh", TRUE},
      {"Unknown", "und", TRUE},
      /* neither */
      {"Klingon", "klingon", FALSE},
      {"Élfique  Ancien", "élfique ancien", FALSE},
      {"e1", "e1", FALSE},
      {"E", "e", FALSE},
      {"-", "-", FALSE},
      {"日本", "日本", FALSE},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
    assert_kept(FIELD_LANG, rows[i].text, strlen(rows[i].text), rows[i].kept, rows[i].understood);
}

static void test_notes(void **state)
{
  (void)state;
  g_autoptr(Article) article = article_new();
  article_add(article, FIELD_DATE, "32 January 2001", -1);
  article_add(article, FIELD_COUNTRY, "Atlantis", -1);
  article_add(article, FIELD_LANG, "Klingon", -1);
  const GPtrArray *notes = article_notes(article);
  assert_int_equal(notes->len, 3);
  assert_string_equal(notes->pdata[0],
                      "The date \"32 January 2001\" was not understood and is left out");
  assert_string_equal(notes->pdata[1],
                      "The country \"Atlantis\" was not understood and is kept as it is");
  assert_string_equal(notes->pdata[2],
                      "The language \"Klingon\" was not understood and is kept as it is");
}

static void test_notes_are_bounded(void **state)
{
  (void)state;
  g_autoptr(Article) article = article_new();
  for (int i = 0; i < 1000; i++) {
    char text[32];
    g_snprintf(text, sizeof text, "Nowhere %d", i);
    assert_false(article_add(article, FIELD_COUNTRY, text, -1));
  }
  const GPtrArray *notes = article_notes(article);
  assert_int_equal(article_values(article, FIELD_COUNTRY)->len, 1000);
  assert_true(notes->len < 50);
  assert_string_equal(notes->pdata[notes->len - 1],
                      "More values of this article were not understood");
}

/* ---- stated and derived ---- */

static void test_derived(void **state)
{
  (void)state;
  g_autoptr(Article) article = article_new();
  assert_true(article_add_derived(article, FIELD_LANG, "English", -1));
  assert_true(article_is_derived(article, FIELD_LANG));
  assert_values(article, FIELD_LANG, VALUES("en"));
  assert_true(article_add_derived(article, FIELD_LANG, "fr", -1));
  assert_values(article, FIELD_LANG, VALUES("en"));

  assert_true(article_add_derived(article, FIELD_COUNTRY, "Iran", -1));
  assert_true(article_add_derived(article, FIELD_COUNTRY, "FR", -1));
  assert_true(article_add_derived(article, FIELD_COUNTRY, "IR", -1));
  assert_values(article, FIELD_COUNTRY, VALUES("IR", "FR"));
}

static void test_stated_stands(void **state)
{
  (void)state;
  g_autoptr(Article) article = article_new();
  article_add(article, FIELD_LANG, "en", -1);
  article_add(article, FIELD_COUNTRY, "IR", -1);
  /* Ignored, even where it could not have been understood. */
  assert_true(article_add_derived(article, FIELD_LANG, "Klingon", -1));
  assert_true(article_add_derived(article, FIELD_COUNTRY, "FR", -1));
  assert_values(article, FIELD_LANG, VALUES("en"));
  assert_values(article, FIELD_COUNTRY, VALUES("IR"));
  assert_false(article_is_derived(article, FIELD_LANG));
  assert_false(article_is_derived(article, FIELD_COUNTRY));
  assert_null(article_notes(article));
}

static void test_stated_replaces_derived(void **state)
{
  (void)state;
  g_autoptr(Article) article = article_new();
  article_add_derived(article, FIELD_DATE, "1987", -1);
  article_add_derived(article, FIELD_COUNTRY, "FR", -1);
  article_add_derived(article, FIELD_COUNTRY, "DE", -1);
  /* What says nothing replaces nothing. */
  assert_false(article_add(article, FIELD_DATE, "yesterday", -1));
  assert_true(article_add(article, FIELD_COUNTRY, "  ", -1));
  assert_true(article_is_derived(article, FIELD_DATE));
  assert_values(article, FIELD_DATE, VALUES("1987"));
  assert_values(article, FIELD_COUNTRY, VALUES("FR", "DE"));

  assert_true(article_add(article, FIELD_DATE, "1988-01-02", -1));
  assert_true(article_add(article, FIELD_COUNTRY, "FR", -1));
  assert_true(article_add(article, FIELD_COUNTRY, "IR", -1));
  assert_values(article, FIELD_DATE, VALUES("1988-01-02"));
  assert_values(article, FIELD_COUNTRY, VALUES("FR", "IR"));
  assert_false(article_is_derived(article, FIELD_DATE));
  assert_false(article_is_derived(article, FIELD_COUNTRY));
}

/* ---- JSON ---- */

static Article *full_article(void)
{
  Article *article = article_new();
  /* Not in the schema's order. */
  article_add(article, FIELD_TOPIC, "coup", -1);
  article_add(article, FIELD_BODY, "Line \"one\"\\\n\tline two: caf\u00E9 \U0001F4F0 </p>", -1);
  article_add(article, FIELD_DATE, "26-FEB-1987", -1);
  article_add(article, FIELD_TITLE, "A title", -1);
  article_add(article, FIELD_ID, "x/1", -1);
  article_add(article, FIELD_AUTHOR, "Jane Doe", -1);
  article_add(article, FIELD_AUTHOR, "John Doe", -1);
  article_add_derived(article, FIELD_COUNTRY, "Iran", -1);
  article_add_derived(article, FIELD_LANG, "English", -1);
  return article;
}

static const char full_dump[] =
    "{\"id\":\"x/1\",\"title\":\"A title\","
    "\"body\":\"Line \\\"one\\\"\\\\\\n\\tline two: caf\u00E9 \U0001F4F0 </p>\","
    "\"date\":\"1987-02-26\",\"author\":[\"Jane Doe\",\"John Doe\"],\"lang\":\"en\","
    "\"country\":[\"IR\"],\"topic\":[\"coup\"],\"derived\":[\"lang\",\"country\"]}";

static void test_dump(void **state)
{
  (void)state;
  g_autoptr(Article) article = full_article();
  g_autofree char *dump = article_dump(article);
  assert_string_equal(dump, full_dump);
  assert_null(strchr(dump, '\n'));
}

static void test_to_json(void **state)
{
  (void)state;
  g_autoptr(Article) article = full_article();
  json_t *object = article_to_json(article);
  assert_string_equal(json_string_value(json_object_get(object, "title")), "A title");
  assert_int_equal(json_array_size(json_object_get(object, "author")), 2);
  assert_int_equal(json_array_size(json_object_get(object, "topic")), 1);
  assert_int_equal(json_array_size(json_object_get(object, "derived")), 2);
  assert_null(json_object_get(object, "url"));
  /* It is the caller's own. */
  article_clear(article, FIELD_TITLE);
  assert_string_equal(json_string_value(json_object_get(object, "title")), "A title");
  json_decref(object);
}

/* A packed article; % stands for the end of a record, and ends the text, ~ parts units. */
static char *packed_as(const char *text)
{
  return g_strdelimit(g_strdelimit(g_strdup(text), "%", '\x1E'), "~", '\x1F');
}

static const char full_packed[] =
    "id=x/1%title=A title%body=Line \"one\"\\\n\tline two: caf\u00E9 \U0001F4F0 </p>%"
    "date=1987-02-26%author=Jane Doe%author=John Doe%lang=en%country=IR%topic=coup%"
    "derived=lang%derived=country%";

static void test_pack(void **state)
{
  (void)state;
  g_autoptr(Article) article = full_article();
  g_autofree char *packed = article_pack(article);
  g_autofree char *expected = packed_as(full_packed);
  assert_string_equal(packed, expected);
}

static void test_unpack(void **state)
{
  (void)state;
  /* No NUL follows the text. */
  g_autofree char *packed = packed_as(full_packed);
  gsize len = strlen(packed);
  g_autofree char *exact = g_memdup2(packed, len);
  g_autoptr(Article) article = article_unpack(exact, len);
  assert_non_null(article);
  assert_values(article, FIELD_ID, VALUES("x/1"));
  assert_values(article, FIELD_DATE, VALUES("1987-02-26"));
  assert_values(article, FIELD_AUTHOR, VALUES("Jane Doe", "John Doe"));
  assert_null(article_values(article, FIELD_URL));
  assert_null(article_notes(article));
  for (int i = 0; i < FIELD_COUNT; i++)
    assert_int_equal(article_is_derived(article, (FieldId)i),
                     i == FIELD_COUNTRY || i == FIELD_LANG);
  g_autofree char *dump = article_dump(article);
  assert_string_equal(dump, full_dump);

  /* An unpacked article is like any other. */
  assert_true(article_add(article, FIELD_AUTHOR, "Jane Doe", -1));
  assert_true(article_add(article, FIELD_AUTHOR, "Jim Doe", -1));
  assert_true(article_add(article, FIELD_COUNTRY, "FR", -1));
  assert_values(article, FIELD_AUTHOR, VALUES("Jane Doe", "John Doe", "Jim Doe"));
  assert_values(article, FIELD_COUNTRY, VALUES("FR"));
}

/* Values are taken as they are, and what a later schema adds is passed over. */
static void test_unpack_as_is(void **state)
{
  (void)state;
  g_autofree char *packed = packed_as("date= 26 Feb%country=iran%country=iran%mood=1%title=a=b%"
                                      "derived=mood%derived=source%derived=date%");
  g_autoptr(Article) article = article_unpack(packed, strlen(packed));
  assert_non_null(article);
  assert_values(article, FIELD_DATE, VALUES(" 26 Feb"));
  assert_values(article, FIELD_COUNTRY, VALUES("iran", "iran"));
  assert_values(article, FIELD_TITLE, VALUES("a=b"));
  assert_true(article_is_derived(article, FIELD_DATE));
  assert_false(article_is_derived(article, FIELD_SOURCE));
  assert_null(article_notes(article));
}

static void test_unpack_refuses(void **state)
{
  (void)state;
  static const char *const rows[] = {"",
                                     "%",
                                     "x",
                                     "title=x",
                                     "title%",
                                     "title=%",
                                     "=x",
                                     "title=x%y",
                                     "{}",
                                     "title=\xFF%",
                                     "title=\xED\xA0\x80%",
                                     "title=x%%",
                                     "derived=%",
                                     "derived%",
                                     "title=x%title=y%",
                                     "title=~why%",
                                     "place=~why~AF 0 0%",
                                     "place=x~~AF%",
                                     "place=x~~AF 1%",
                                     "place=x~~AF 1 %",
                                     "place=x~~AF  1%",
                                     "place=x~~AF 1 2 3%",
                                     "place=x~~AF 1 -%",
                                     "place=x~~AF 1 2x%",
                                     "place=x~~AF 9001 0%",
                                     "place=x~~AF 0 -18001%",
                                     "place=x~~AF 0 99999999999%",
                                     "place=x~~AFG 0 0%",
                                     "place=x~~af 0 0%",
                                     "place=x~~A\t 0 0%"};
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *packed = packed_as(rows[i]);
    gsize len = strlen(packed);
    g_autofree char *exact = g_memdup2(packed, len);
    g_autoptr(Article) article = article_unpack(exact != NULL ? exact : "", len);
    if (article != NULL) fail_msg("\"%s\" was unpacked", rows[i]);
  }
  static const char with_nul[] = "title=a\0b\x1E";
  assert_null(article_unpack(with_nul, sizeof with_nul - 1));
}

/* ---- reasons and places ---- */

static void assert_place(const Article *article, guint n, const char *alpha2, double latitude,
                         double longitude)
{
  const ArticlePlace *place = article_place(article, n);
  assert_non_null(place);
  assert_string_equal(place->alpha2, alpha2);
  assert_true(place->latitude == latitude && place->longitude == longitude);
}

static Article *located_article(void)
{
  Article *article = article_new();
  article_add(article, FIELD_TITLE, "A title", -1);
  article_derive(article, FIELD_LANG, "en", NULL);
  article_derive(article, FIELD_COUNTRY, "AF", NULL);
  article_derive(article, FIELD_COUNTRY, "CL", "2 in text");
  article_derive_place(article, "Kabul", "title; dateline", "AF", 34.5281, 69.1723);
  article_derive(article, FIELD_PLACE, "Somewhere", NULL);
  article_derive_place(article, "Punta Arenas", NULL, "CL", -53.157, -70.916);
  article_derive_place(article, "Kabul", "again", "PK", 1, 2);
  article_derive_place(article, "The Pole", "1 in text", "Nowhere", 90, 180);
  return article;
}

static const char located_packed[] =
    "title=A title%lang=en%country=AF%country=CL~2 in text%"
    "place=Kabul~title; dateline~AF 3453 6917%place=Somewhere%place=Punta Arenas~~CL -5316 -7092%"
    "place=The Pole~1 in text~ 9000 18000%derived=lang%derived=country%derived=place%";

static const char located_dump[] =
    "{\"title\":\"A title\",\"lang\":\"en\",\"country\":[\"AF\",\"CL\"],"
    "\"place\":[\"Kabul\",\"Somewhere\",\"Punta Arenas\",\"The Pole\"],"
    "\"derived\":[\"lang\",\"country\",\"place\"],"
    "\"why\":{\"country\":[\"\",\"2 in text\"],"
    "\"place\":[\"title; dateline\",\"\",\"\",\"1 in text\"]},"
    "\"geo\":[{\"place\":\"Kabul\",\"country\":\"AF\",\"lat\":34.53,\"lon\":69.17},"
    "{\"place\":\"Punta Arenas\",\"country\":\"CL\",\"lat\":-53.16,\"lon\":-70.92},"
    "{\"place\":\"The Pole\",\"country\":\"\",\"lat\":90.0,\"lon\":180.0}]}";

static void assert_located(const Article *article)
{
  assert_string_equal(article_why(article, FIELD_LANG, 0), "");
  assert_string_equal(article_why(article, FIELD_COUNTRY, 0), "");
  assert_string_equal(article_why(article, FIELD_COUNTRY, 1), "2 in text");
  assert_string_equal(article_why(article, FIELD_COUNTRY, 2), "");
  assert_string_equal(article_why(article, FIELD_PLACE, 0), "title; dateline");
  assert_place(article, 0, "AF", 34.53, 69.17);
  assert_null(article_place(article, 1));
  assert_place(article, 2, "CL", -53.16, -70.92);
  assert_place(article, 3, "", 90, 180);
  assert_null(article_place(article, 4));
  g_autofree char *dump = article_dump(article);
  g_autofree char *packed = article_pack(article);
  g_autofree char *expected = packed_as(located_packed);
  assert_string_equal(dump, located_dump);
  assert_string_equal(packed, expected);
}

static void test_located(void **state)
{
  (void)state;
  g_autoptr(Article) article = located_article();
  assert_located(article);
  g_autofree char *packed = article_pack(article);
  gsize len = strlen(packed);
  g_autofree char *exact = g_memdup2(packed, len);
  g_autoptr(Article) again = article_unpack(exact, len);
  assert_non_null(again);
  assert_located(again);

  /* What the source states has neither reason nor place. */
  article_add(again, FIELD_PLACE, "Lyon", -1);
  article_add(again, FIELD_COUNTRY, "FR", -1);
  assert_string_equal(article_why(again, FIELD_PLACE, 0), "");
  assert_null(article_place(again, 0));
  g_autofree char *stated = article_pack(again);
  g_autofree char *expected =
      packed_as("title=A title%lang=en%country=FR%place=Lyon%derived=lang%");
  assert_string_equal(stated, expected);
}

/* A reason is one line of valid text, and cut between characters. */
static void test_reasons_cleaned(void **state)
{
  (void)state;
  g_autoptr(Article) article = article_new();
  article_derive(article, FIELD_PLACE, "a", " x\x1E\x1F\n y\xFF ");
  article_derive(article, FIELD_PLACE, "b", "\n");
  g_autofree char *xs = g_strnfill(ARTICLE_WHY_MAX - 1, 'x');
  g_autofree char *endless = g_strconcat(xs, "\u00E9\u00E9", NULL);
  article_derive(article, FIELD_PLACE, "c", endless);
  assert_string_equal(article_why(article, FIELD_PLACE, 0), "x y\uFFFD");
  assert_string_equal(article_why(article, FIELD_PLACE, 1), "");
  assert_string_equal(article_why(article, FIELD_PLACE, 2), xs);
}

/* Units of a later schema are passed over, and such as say nothing are none. */
static void test_unpack_units(void **state)
{
  (void)state;
  g_autofree char *packed = packed_as("title=x~why~AF 1 2~more%country=AF~%country=CL~~not read%"
                                      "place=a~~ 0 0%place=b~~~%place=c~why~ -1 +2~more~%"
                                      "mood=~~%derived=title~%");
  g_autofree char *expected =
      packed_as("title=x~why%country=AF%country=CL%place=a%place=b%place=c~why~ -1 2%");
  g_autoptr(Article) article = article_unpack(packed, strlen(packed));
  assert_non_null(article);
  assert_null(article_place(article, 0));
  assert_null(article_place(article, 1));
  assert_place(article, 2, "", -0.01, 0.02);
  g_autofree char *again = article_pack(article);
  assert_string_equal(again, expected);
}

/* What is unpacked can be packed and unpacked again. */
static void check_bytes(const char *text, gsize len)
{
  g_autofree char *exact = g_memdup2(text, len);
  g_autoptr(Article) article = article_unpack(exact != NULL ? exact : "", len);
  if (article == NULL) return;
  g_autofree char *packed = article_pack(article);
  if (*packed == '\0') return; /* nothing but what a later schema adds */
  g_autoptr(Article) again = article_unpack(packed, strlen(packed));
  assert_non_null(again);
  g_autofree char *packed_again = article_pack(again);
  assert_string_equal(packed_again, packed);
}

static void check_damaged(const char *packed)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed(1987);
  gsize len = strlen(packed);
  for (gsize n = 0; n <= len; n++) check_bytes(packed, n);
  for (int round = 0; round < 50000; round++) {
    g_autofree char *text = g_strdup(packed);
    int changes = g_rand_int_range(rand, 1, 4);
    for (; changes > 0; changes--)
      text[g_rand_int_range(rand, 0, (gint32)len)] = (char)g_rand_int_range(rand, 0, 256);
    check_bytes(text, len);
  }
}

static void test_unpack_noise(void **state)
{
  (void)state;
  g_autofree char *full = packed_as(full_packed);
  check_damaged(full);
  g_autofree char *located = packed_as(located_packed);
  check_damaged(located);
}

/* Any bytes in any field can be dumped, and packed, and come back as they were. */
static void test_add_noise(void **state)
{
  (void)state;
  static const char pieces[] =
      "aZ1 \t\n\r\"\\/-_.\0\x01\x7F\xC2\x85\xA0\xE2\x80\xA8\xF0\x9F\xED\xFF";
  g_autoptr(GRand) rand = g_rand_new_with_seed(1987);
  for (int round = 0; round < 5000; round++) {
    g_autoptr(Article) article = article_new();
    for (int i = 0; i < 2 * FIELD_COUNT; i++) {
      char text[24];
      int len = g_rand_int_range(rand, 0, sizeof text);
      for (int j = 0; j < len; j++) text[j] = pieces[g_rand_int_range(rand, 0, sizeof pieces)];
      add_bytes(article, (FieldId)(i % FIELD_COUNT), text, (gsize)len);
    }
    g_autofree char *dump = article_dump(article);
    assert_true(g_utf8_validate(dump, -1, NULL));
    assert_null(strpbrk(dump, "\n\r\t\x01\x7F"));
    g_autofree char *packed = article_pack(article);
    if (*packed == '\0') continue;
    g_autoptr(Article) again = article_unpack(packed, strlen(packed));
    assert_non_null(again);
    g_autofree char *dumped_again = article_dump(again);
    assert_string_equal(dumped_again, dump);
  }
}

/* ---- ids ---- */

static char *id_of(const char *title, const char *body)
{
  g_autoptr(Article) article = article_new();
  if (title != NULL) article_add(article, FIELD_TITLE, title, -1);
  if (body != NULL) article_add(article, FIELD_BODY, body, -1);
  article_ensure_id(article);
  assert_true(article_is_derived(article, FIELD_ID));
  return g_strdup(article_first(article, FIELD_ID));
}

static void test_id_of_content(void **state)
{
  (void)state;
  g_autofree char *id = id_of("A", "b");
  g_autofree char *same = id_of(" A ", "b\r\n");
  g_autofree char *other_body = id_of("A", "c");
  g_autofree char *other_title = id_of("B", "b");
  g_autofree char *other_field = id_of("b", "A");
  g_autofree char *empty = id_of(NULL, NULL);
  /* printf '{"title":"A","body":"b"}' | sha256sum: ids must not change between versions */
  assert_string_equal(id, "sha256:763b82d17820d8c43a4803ce");
  assert_string_equal(same, id);
  assert_string_not_equal(other_body, id);
  assert_string_not_equal(other_title, id);
  assert_string_not_equal(other_field, id);
  assert_int_equal(strlen(empty), strlen("sha256:") + 24);
}

static void test_id_of_url(void **state)
{
  (void)state;
  g_autoptr(Article) article = article_new();
  article_add(article, FIELD_TITLE, "A", -1);
  article_add(article, FIELD_URL, "https://example.org/a?b=c#d", -1);
  article_ensure_id(article);
  assert_values(article, FIELD_ID, VALUES("https://example.org/a?b=c#d"));
  assert_true(article_is_derived(article, FIELD_ID));
}

static void test_id_stays(void **state)
{
  (void)state;
  g_autoptr(Article) article = article_new();
  article_add(article, FIELD_URL, "https://example.org/", -1);
  article_add(article, FIELD_ID, "mine", -1);
  article_ensure_id(article);
  assert_values(article, FIELD_ID, VALUES("mine"));
  assert_false(article_is_derived(article, FIELD_ID));

  g_autoptr(Article) twice = article_new();
  article_add(twice, FIELD_TITLE, "A", -1);
  article_ensure_id(twice);
  g_autofree char *id = g_strdup(article_first(twice, FIELD_ID));
  article_add(twice, FIELD_BODY, "b", -1);
  article_ensure_id(twice);
  assert_values(twice, FIELD_ID, VALUES(id));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_empty_article),
      cmocka_unit_test(test_text),
      cmocka_unit_test(test_length),
      cmocka_unit_test(test_large_body),
      cmocka_unit_test(test_large_elsewhere),
      cmocka_unit_test(test_one_value),
      cmocka_unit_test(test_many_values),
      cmocka_unit_test(test_very_many_values),
      cmocka_unit_test(test_clear),
      cmocka_unit_test(test_dates),
      cmocka_unit_test(test_countries),
      cmocka_unit_test(test_languages),
      cmocka_unit_test(test_notes),
      cmocka_unit_test(test_notes_are_bounded),
      cmocka_unit_test(test_derived),
      cmocka_unit_test(test_stated_stands),
      cmocka_unit_test(test_stated_replaces_derived),
      cmocka_unit_test(test_dump),
      cmocka_unit_test(test_to_json),
      cmocka_unit_test(test_pack),
      cmocka_unit_test(test_unpack),
      cmocka_unit_test(test_unpack_as_is),
      cmocka_unit_test(test_unpack_refuses),
      cmocka_unit_test(test_located),
      cmocka_unit_test(test_reasons_cleaned),
      cmocka_unit_test(test_unpack_units),
      cmocka_unit_test(test_unpack_noise),
      cmocka_unit_test(test_add_noise),
      cmocka_unit_test(test_id_of_content),
      cmocka_unit_test(test_id_of_url),
      cmocka_unit_test(test_id_stays),
  };
  return cmocka_run_group_tests_name("article", tests, NULL, NULL);
}
