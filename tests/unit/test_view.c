/* Addresses of the page: parameters are read as they were meant, whatever bytes they hold, and what
 * the page writes is read back as the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../searcher/params.h"
#include "../../searcher/view.h"

/* ---- parameters ---- */

static const struct {
  const char *query_string, *read; /* name=value|... */
} params[] = {{"", ""},
              {"&&&", ""},
              {"=x", ""},
              {"q", "q="},
              {"q=", "q="},
              {"q=a+b%20c&-country=US", "q=a b c|-country=US"},
              {"q=a%3Db=c", "q=a=b=c"},
              {"%71=x", "q=x"},
              {"q=%", "q=%"},
              {"q=%4", "q=%4"},
              {"q=%zz%41%", "q=%zzA%"},
              {"q=+a+", "q=a"},
              {"q=a%00b%0d%0aSet-Cookie:x", "q=a b  Set-Cookie:x"},
              {"q=%C3%A9%FF%c3", "q=é\xef\xbf\xbd\xef\xbf\xbd"},
              {"q=%D8%A7", "q=ا"},
              {"q=%C2%85x", "q=x"},
              {"a;b=c", "a;b=c"}};

static void test_params(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(params); i++) {
    GPtrArray *list = params_parse(params[i].query_string, NULL);
    assert_non_null(list);
    g_autoptr(GString) read = g_string_new(NULL);
    for (guint p = 0; p < list->len; p++) {
      const Param *param = g_ptr_array_index(list, p);
      g_string_append_printf(read, "%s%s=%s", p > 0 ? "|" : "", param->name, param->value);
    }
    assert_string_equal(read->str, params[i].read);
    g_ptr_array_free(list, TRUE);
  }
}

static void test_too_many_params(void **state)
{
  (void)state;
  g_autoptr(GString) many = g_string_new(NULL);
  for (int i = 0; i < PARAMS_MAX; i++) g_string_append(many, "q=a&");
  GPtrArray *list = params_parse(many->str, NULL);
  assert_int_equal(list->len, PARAMS_MAX);
  g_ptr_array_free(list, TRUE);
  g_string_append(many, "q=a");
  g_autoptr(GError) error = NULL;
  assert_null(params_parse(many->str, &error));
  assert_non_null(strstr(error->message, "200"));
}

/* ---- views ---- */

static const struct {
  const char *query_string;
  ViewKind kind;
  const char *address; /* as the page writes it */
} views[] = {
    {"", VIEW_FRONT, "?"},
    {"q=", VIEW_RESULTS, "?q="},
    {"q=a+b&country=iran", VIEW_RESULTS, "?q=a+b&amp;country=IR"},
    {"country=IR&country=Irán&country=-", VIEW_RESULTS, "?country=IR&amp;country=-"},
    {"-country=us&q=x", VIEW_RESULTS, "?q=x&amp;-country=US"},
    {"countries=IL", VIEW_RESULTS, "?country=IL"},
    {"q=x&country=&since=&until=&index=", VIEW_RESULTS, "?q=x"},
    {"q=x&since=1987-3&until=1990", VIEW_RESULTS, "?q=x&amp;since=1987-3&amp;until=1990"},
    {"q=x&sort=newest&page=3&n=25", VIEW_RESULTS, "?q=x&amp;sort=newest&amp;page=3&amp;n=25"},
    {"q=x&sort=relevance&page=1&n=10", VIEW_RESULTS, "?q=x"},
    {"q=x&format=json&n=all", VIEW_RESULTS, "?q=x&amp;n=all&amp;format=json"},
    {"article=a/b%3Fc&q=x", VIEW_ARTICLE, "?article=a/b%3Fc&amp;q=x"},
    {"facet=actor&find=pal&q=x", VIEW_FACET, "?facet=actor&amp;find=pal&amp;q=x"},
    {"help", VIEW_HELP, "?help"},
    {"style=0123", VIEW_STYLE, NULL},
    {"opensearch", VIEW_OPENSEARCH, NULL},
    {"actor=\"%3E%3Cscript%3E&q=%26amp;", VIEW_RESULTS,
     "?q=%26amp%3B&amp;actor=%22%3E%3Cscript%3E"}};

static void test_views(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(views); i++) {
    g_autoptr(View) view = NULL;
    assert_true(view_parse(views[i].query_string, &view, NULL));
    assert_int_equal(view->kind, views[i].kind);
    assert_int_equal(view->unknown->len, 0);
    if (views[i].address == NULL) continue;
    g_autoptr(GString) address = g_string_new(NULL);
    Link link = {.view = *view};
    link_write(address, &link);
    assert_string_equal(address->str, views[i].address);
  }
}

static const struct {
  const char *query_string, *message;
} refused[] = {{"q=a&q=b", "q=b: write it once"},
               {"sort=best", "sort=best: write relevance, newest or oldest"},
               {"page=0", "page=0: write a number from 1"},
               {"page=-1", "page=-1"},
               {"page=99999999999999999999", "page="},
               {"page=1e3", "page=1e3"},
               {"n=x", "n=x"},
               {"n=101", "at most 100"},
               {"n=all", "at most 100"},
               {"facet=title", "facet=title: write the name of a facet"},
               {"facet=", "facet="},
               {"since=1987-13", "since=1987-13: write a year"},
               {"until=yesterday", "until=yesterday"}};

static void test_refused(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
    g_autoptr(View) view = NULL;
    g_autoptr(GError) error = NULL;
    assert_false(view_parse(refused[i].query_string, &view, &error));
    assert_non_null(view);
    assert_non_null(strstr(error->message, refused[i].message));
  }
}

/* An error is told in the format that the rest of the address asks for. */
static void test_error_keeps_the_rest(void **state)
{
  (void)state;
  g_autoptr(View) view = NULL;
  g_autoptr(GError) error = NULL;
  assert_false(view_parse("sort=best&page=x&q=kept&format=json", &view, &error));
  assert_non_null(strstr(error->message, "sort=best"));
  assert_string_equal(view->query, "kept");
  assert_string_equal(view->format, "json");
}

static void test_unknown(void **state)
{
  (void)state;
  g_autoptr(View) view = NULL;
  assert_true(view_parse("q=x&utm_source=mail&contry=IL&title=x", &view, NULL));
  assert_int_equal(view->unknown->len, 3);
  assert_string_equal(g_ptr_array_index(view->unknown, 1), "contry");
}

static void write_and_check(const Link *link, const char *expected)
{
  g_autoptr(GString) address = g_string_new(NULL);
  html_link(address, link);
  assert_string_equal(address->str, expected);
}

static void test_links(void **state)
{
  (void)state;
  g_autoptr(View) view = NULL;
  assert_true(view_parse("q=x&country=IL&-actor=a&page=4&sort=oldest", &view, NULL));
  const Choice *israel = view_choice(view, FIELD_COUNTRY, "IL");
  assert_non_null(israel);
  assert_null(view_choice(view, FIELD_SOURCE, "IL"));
  Link link = link_to_search(view);
  write_and_check(&link, " href=\"?q=x&amp;country=IL&amp;-actor=a&amp;sort=oldest\"");
  link.without = israel;
  write_and_check(&link, " href=\"?q=x&amp;-actor=a&amp;sort=oldest\"");
  link = link_to_search(view);
  link.with = (Choice){FIELD_COUNTRY, "LB", FALSE};
  link.view.page = 2;
  link.fragment = "narrow";
  write_and_check(&link, " href=\"?q=x&amp;country=IL&amp;-actor=a&amp;country=LB&amp;sort=oldest"
                         "&amp;page=2#narrow\"");
  link = link_to_front(view);
  write_and_check(&link, " href=\"?\"");
}

/* The last choice dropped leaves all articles, not the front page. */
static void test_dropping_the_last(void **state)
{
  (void)state;
  g_autoptr(View) view = NULL;
  assert_true(view_parse("topic=oil+%26+gas", &view, NULL));
  Link link = link_to_search(view);
  link.without = view_choice(view, FIELD_TOPIC, "Oil & Gas");
  assert_non_null(link.without);
  write_and_check(&link, " href=\"?q=\"");
}

static void test_hidden_fields(void **state)
{
  static const char *const except[] = {"q", NULL};
  (void)state;
  g_autoptr(View) view = NULL;
  assert_true(view_parse("q=x&topic=%22%3E&page=2&sort=newest", &view, NULL));
  g_autoptr(GString) out = g_string_new(NULL);
  view_hidden_fields(out, view, except);
  assert_string_equal(out->str, "<input type=\"hidden\" name=\"topic\" value=\"&quot;&gt;\">"
                                "<input type=\"hidden\" name=\"sort\" value=\"newest\">");
}

static void test_request(void **state)
{
  (void)state;
  g_autoptr(View) view = NULL;
  assert_true(view_parse("q=siege&country=IL&country=lebanon&-topic=war&since=1980&page=3&n=25",
                         &view, NULL));
  g_autoptr(Request) request = view_request(view, NULL);
  assert_non_null(request);
  assert_int_equal(request->offset, 50);
  assert_int_equal(request->limit, 25);
  g_autoptr(Node) tree = request_tree(request, NULL);
  g_autofree char *printed = query_print(tree);
  assert_string_equal(printed, "siege AND (country:IL OR country:LB) AND NOT topic:\"war\" AND "
                               "date:1980..");
  g_autoptr(Node) without = request_tree_without(request, FIELD_COUNTRY, NULL);
  g_autofree char *rest = query_print(without);
  assert_string_equal(rest, "siege AND NOT topic:\"war\" AND date:1980..");
}

static void test_request_of_data(void **state)
{
  (void)state;
  g_autoptr(View) view = NULL;
  assert_true(
      view_parse("q=siege&format=csv&page=7&facets=country,actor&facet_limit=all", &view, NULL));
  g_autoptr(Request) request = view_request(view, NULL);
  assert_int_equal(request->offset, 0);
  assert_int_equal(request->limit, LIMIT_ALL);
  assert_true(request->facets[FIELD_ACTOR] && request->facets[FIELD_COUNTRY]);
  assert_false(request->facets[FIELD_SOURCE]);
  assert_int_equal(request->facet_limit, LIMIT_ALL);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_params),
                                     cmocka_unit_test(test_too_many_params),
                                     cmocka_unit_test(test_views),
                                     cmocka_unit_test(test_refused),
                                     cmocka_unit_test(test_error_keeps_the_rest),
                                     cmocka_unit_test(test_unknown),
                                     cmocka_unit_test(test_links),
                                     cmocka_unit_test(test_dropping_the_last),
                                     cmocka_unit_test(test_hidden_fields),
                                     cmocka_unit_test(test_request),
                                     cmocka_unit_test(test_request_of_data)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
