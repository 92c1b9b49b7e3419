/* HTML: what goes in never comes out as markup, and what comes out is well-formed text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../searcher/highlight.h"
#include "../../searcher/html.h"

static const struct {
  const char *in, *text;
} texts[] = {{"", ""},
             {"plain", "plain"},
             {"a<b>&c\"d'e", "a&lt;b&gt;&amp;c&quot;d&#39;e"},
             {"\"><script>alert(1)</script>", "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"},
             {"&amp;", "&amp;amp;"},
             {"القاهرة", "القاهرة"},
             {"a\tb\nc", "a\tb\nc"},
             {"a\rb\x01\x1b[31mc\x7f"
              "d",
              "a b  [31mc d"},
             {"\xc2\x85\xc2\x9b", "  "},                               /* C1: next line, CSI */
             {"\xef\xbf\xbe|\xef\xbf\xbf|\xef\xb7\x90", " | | "},      /* U+FFFE, U+FFFF, U+FDD0 */
             {"\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"}, /* a surrogate */
             {"\xff<\xc3", "\xef\xbf\xbd&lt;\xef\xbf\xbd"},
             {"\xc0\xbcscript\xc0\xbe",
              "\xef\xbf\xbd\xef\xbf\xbdscript\xef\xbf\xbd\xef\xbf\xbd"}, /* overlong < > */
             {"\xf0\x9f\x95\x8a", "\xf0\x9f\x95\x8a"}};

static void test_text(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(GString) out = g_string_new(NULL);
    html_text(out, texts[i].in);
    assert_string_equal(out->str, texts[i].text);
    g_string_truncate(out, 0);
    html_attr(out, "title", texts[i].in);
    g_autofree char *attribute = g_strdup_printf(" title=\"%s\"", texts[i].text);
    assert_string_equal(out->str, attribute);
  }
}

static void test_nul_and_null(void **state)
{
  (void)state;
  g_autoptr(GString) out = g_string_new(NULL);
  html_text_len(out, "a\0<b", 4);
  html_text(out, NULL);
  html_attr(out, "value", NULL);
  static const char expected[] = "a\xef\xbf\xbd&lt;b value=\"\"";
  assert_int_equal(out->len, strlen(expected));
  assert_string_equal(out->str, expected);
}

static void test_formatted(void **state)
{
  (void)state;
  g_autoptr(GString) out = g_string_new(NULL);
  html_textf(out, "%s & %d", "<i>", 3);
  html_number(out, 1234567);
  html(out, "<br>");
  assert_string_equal(out->str, "&lt;i&gt; &amp; 31,234,567<br>");
}

static const struct {
  const char *url, *written;
} urls[] = {
    {"https://example.org/?a=1&b=<2>", " href=\"https://example.org/?a=1&amp;b=&lt;2&gt;\""},
    {"HTTP://example.org", " href=\"HTTP://example.org\""},
    {"http://a/\"onclick=x", " href=\"http://a/&quot;onclick=x\""},
    {"javascript:alert(1)", NULL},
    {" http://a", NULL},
    {"data:text/html,x", NULL},
    {"//example.org", NULL},
    {"/local", NULL},
    {"ftp://example.org", NULL},
    {"http:example.org", NULL},
    {"", NULL},
    {NULL, NULL}};

static void test_links_to_originals(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(urls); i++) {
    g_autoptr(GString) out = g_string_new(NULL);
    assert_int_equal(html_href(out, urls[i].url), urls[i].written != NULL);
    assert_string_equal(out->str, urls[i].written == NULL ? "" : urls[i].written);
  }
}

/* All bytes there are: decoded, they are the same again; undecoded, nothing can end an attribute.
 */
static void test_url_arguments(void **state)
{
  (void)state;
  char all[256];
  for (int i = 1; i < 256; i++) all[i - 1] = (char)i;
  all[255] = '\0';
  g_autoptr(GString) out = g_string_new(NULL);
  html_url_arg(out, all);
  assert_null(strpbrk(out->str, "&<>\"'#?= \n"));
  g_autoptr(GString) back = g_string_new(NULL);
  for (const char *c = out->str; *c != '\0'; c++) {
    if (*c == '%') {
      g_string_append_c(back, (char)(g_ascii_xdigit_value(c[1]) * 16 + g_ascii_xdigit_value(c[2])));
      c += 2;
    } else {
      g_string_append_c(back, *c == '+' ? ' ' : *c);
    }
  }
  assert_string_equal(back->str, all);
}

static void test_marks(void **state)
{
  (void)state;
  g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(Span));
  const Span some[] = {{0, 3}, {4, 7}};
  g_array_append_vals(spans, some, 2);
  g_autoptr(GString) out = g_string_new(NULL);
  html_marked(out, "<b> a&b <i>", spans);
  html_marked(out, "<", NULL);
  assert_string_equal(out->str, "<mark>&lt;b&gt;</mark> <mark>a&amp;b</mark> &lt;i&gt;&lt;");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_text),          cmocka_unit_test(test_nul_and_null),
      cmocka_unit_test(test_formatted),     cmocka_unit_test(test_links_to_originals),
      cmocka_unit_test(test_url_arguments), cmocka_unit_test(test_marks)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
