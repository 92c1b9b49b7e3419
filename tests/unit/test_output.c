/* test_output.c - searcher/output.h: what outputs write where there is a page with addresses */
#include "../../searcher/output.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "../../corpus/index_info.h"
#include "../../indexer/index_writer.h"

static char *folder;
static ShimDb *library;

static void put(IndexWriter *writer, const char *id, const char *url, const char *country)
{
  g_autoptr(Article) article = article_new();
  PutResult result;
  article_add(article, FIELD_ID, id, -1);
  article_add(article, FIELD_TITLE, "War & peace", -1);
  article_add(article, FIELD_BODY, "war", -1);
  article_add(article, FIELD_DATE, "2001-02-03", -1);
  article_add(article, FIELD_COUNTRY, country, -1);
  if (url != NULL) article_add(article, FIELD_URL, url, -1);
  assert_true(index_writer_put(writer, article, &result, NULL));
}

static int enter(void **state)
{
  (void)state;
  folder = g_dir_make_tmp("sitrep-output-XXXXXX", NULL);
  assert_non_null(folder);
  g_autofree char *path = g_build_filename(folder, "index", NULL);
  g_autoptr(IndexWriter) writer = index_writer_open(path, NULL);
  assert_non_null(writer);
  put(writer, "a&b", "https://example.org/?x=1&y=2", "IR");
  put(writer, "c", "ftp://example.org/", "IQ");
  assert_true(index_writer_commit(writer, NULL));
  library = index_open(path, NULL);
  assert_non_null(library);
  return 0;
}

static int remove_entry(const char *path, const struct stat *info, int kind, struct FTW *ftw)
{
  (void)info;
  (void)kind;
  (void)ftw;
  return remove(path);
}

static int leave(void **state)
{
  (void)state;
  shim_db_free(library);
  int result = nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
  g_free(folder);
  return result;
}

static char *article_url(gpointer data, const Article *article)
{
  return g_strdup_printf("%s?article=%s&q=war", (const char *)data,
                         article_first(article, FIELD_ID));
}

static char *toggle_url(gpointer data, FieldId field, const FacetValue *value)
{
  if (strcmp(value->value, "IQ") == 0) return NULL;
  return g_strdup_printf("%s?%s%s=%s", (const char *)data, value->selected ? "-" : "",
                         schema_field(field)->name, value->value);
}

static const OutputUrls urls = {.self = "http://localhost/?q=war&format=atom",
                                .search = "http://localhost/?q=war",
                                .article = article_url,
                                .toggle = toggle_url,
                                .data = "http://localhost/"};

/* What an output writes of an answer to "war" with countries; free() it. */
static char *write_answer(const char *format, const OutputUrls *addresses)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(Request) request = request_new();
  g_free(request->query);
  request->query = g_strdup("war");
  request->sort = SORT_OLDEST;
  request->facets[FIELD_COUNTRY] = TRUE;
  request_add_filter(request, FIELD_COUNTRY, "IR");
  request_add_filter(request, FIELD_COUNTRY, "IQ");
  g_autoptr(Answer) answer = answer_new(request, library, &error);
  assert_non_null(answer);
  char *text = NULL;
  size_t len = 0;
  OutputContext context = {.out = open_memstream(&text, &len),
                           .request = request,
                           .width = 80,
                           .urls = addresses,
                           .updated = 1000000000};
  assert_true(output_by_name(format)->search(answer, &context, &error));
  fclose(context.out);
  return text;
}

static void assert_holds(const char *text, const char *part)
{
  if (strstr(text, part) == NULL) fail_msg("%s is not in %s", part, text);
}

static void test_atom_of_a_page(void **state)
{
  (void)state;
  char *feed = write_answer("atom", &urls);
  assert_holds(feed, "<link rel=\"self\" type=\"application/atom+xml\" "
                     "href=\"http://localhost/?q=war&amp;format=atom\"/>");
  assert_holds(feed,
               "<link rel=\"alternate\" type=\"text/html\" href=\"http://localhost/?q=war\"/>");
  assert_holds(feed, "<updated>2001-09-09T01:46:40Z</updated>");
  assert_holds(feed, "<link rel=\"alternate\" type=\"text/html\" "
                     "href=\"http://localhost/?article=a&amp;b&amp;q=war\"/>");
  assert_holds(feed, "<link rel=\"via\" href=\"https://example.org/?x=1&amp;y=2\"/>");
  assert_null(strstr(feed, "ftp:"));
  assert_null(strstr(feed, "<content>"));
  free(feed);
}

static void test_atom_without_a_page(void **state)
{
  (void)state;
  char *feed = write_answer("atom", NULL);
  assert_null(strstr(feed, "localhost"));
  assert_holds(feed, "<link rel=\"alternate\" href=\"https://example.org/?x=1&amp;y=2\"/>");
  assert_null(strstr(feed, "ftp:"));
  assert_holds(feed, "<summary>"); /* of the one with a link */
  assert_holds(feed, "<content>"); /* of the other */
  free(feed);
}

static json_t *country_value(json_t *answer, size_t i)
{
  json_t *facet = json_object_get(json_object_get(answer, "facets"), "country");
  return json_array_get(json_object_get(facet, "values"), i);
}

static void test_facets_of_a_page(void **state)
{
  (void)state;
  char *text = write_answer("json", &urls);
  json_t *answer = json_loads(text, 0, NULL);
  assert_non_null(answer);
  json_t *first = country_value(answer, 0), *second = country_value(answer, 1);
  assert_string_equal(json_string_value(json_object_get(first, "value")), "IQ");
  assert_null(json_object_get(first, "toggle_url"));
  assert_string_equal(json_string_value(json_object_get(second, "toggle_url")),
                      "http://localhost/?-country=IR");
  json_decref(answer);
  free(text);
  text = write_answer("json", NULL);
  assert_null(strstr(text, "toggle_url"));
  free(text);
}

/* Names and what they can do: a command offers no more. */
static void test_table(void **state)
{
  (void)state;
  static const struct {
    const char *name;
    gboolean facets, timeline, article;
  } rows[] = {{"text", TRUE, TRUE, FALSE},    {"json", TRUE, TRUE, TRUE},
              {"jsonl", TRUE, TRUE, TRUE},    {"csv", TRUE, TRUE, FALSE},
              {"atom", FALSE, FALSE, FALSE},  {"ris", FALSE, FALSE, TRUE},
              {"bibtex", FALSE, FALSE, TRUE}, {"trec", FALSE, FALSE, FALSE}};
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    const Output *output = output_by_name(rows[i].name);
    assert_non_null(output);
    assert_non_null(output->search);
    assert_int_equal(output->facets != NULL, rows[i].facets);
    assert_int_equal(output->timeline != NULL, rows[i].timeline);
    assert_int_equal(output->article != NULL, rows[i].article);
  }
  assert_null(output_by_name("xml"));
  assert_null(output_by_name(""));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_atom_of_a_page),
      cmocka_unit_test(test_atom_without_a_page),
      cmocka_unit_test(test_facets_of_a_page),
      cmocka_unit_test(test_table),
  };
  return cmocka_run_group_tests(tests, enter, leave);
}
