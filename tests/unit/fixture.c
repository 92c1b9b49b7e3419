/* fixture.c - see fixture.h */
#include "fixture.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../corpus/index_info.h"
#include "../../indexer/index_writer.h"
#include "../../searcher/answer.h"
#include "reader_test.h"

static void article_destroy(gpointer article)
{
  article_free(article);
}

static GPtrArray *read_articles(void)
{
  char *data;
  gsize len;
  assert_true(g_file_get_contents("tests/fixtures/query/articles.jsonl", &data, &len, NULL));
  Memory memory = {.data = data, .len = len};
  TextStream *stream = text_stream_new(memory_read, &memory, NULL);
  void *reader = format_jsonl.open(stream, NULL);
  GPtrArray *articles = g_ptr_array_new_with_free_func(article_destroy);
  Article *article;
  Reject reject = {0};
  while (format_jsonl.next(reader, &article, &reject) == READ_ARTICLE)
    g_ptr_array_add(articles, article);
  assert_null(reject.reason);
  format_jsonl.close(reader);
  text_stream_free(stream);
  g_free(data);
  return articles;
}

ShimDb *fixture_index(const GPtrArray *articles, const char *folder)
{
  g_autofree char *path = g_build_filename(folder, "index", NULL);
  IndexWriter *writer = index_writer_open(path, NULL);
  assert_non_null(writer);
  for (guint i = 0; i < articles->len; i++) {
    PutResult result;
    assert_true(index_writer_put(writer, g_ptr_array_index(articles, i), &result, NULL));
    assert_int_equal(result, PUT_ADDED);
  }
  assert_true(index_writer_commit(writer, NULL));
  index_writer_close(writer);
  ShimDb *db = index_open(path, NULL);
  assert_non_null(db);
  return db;
}

/* ---- asking ---- */

static gint compare_ids(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char *fixture_join_ids(GPtrArray *ids)
{
  GString *out = g_string_new(NULL);
  g_ptr_array_sort(ids, compare_ids);
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf(out, "%s%s", i == 0 ? "" : " ", (char *)g_ptr_array_index(ids, i));
  return g_string_free(out, FALSE);
}

char *fixture_ask(const Fixture *fixture, const char *query, GError **error)
{
  g_autoptr(Request) request = request_new();
  g_free(request->query);
  request->query = g_strdup(query);
  request->limit = LIMIT_ALL;
  g_autoptr(Answer) answer = answer_new(request, fixture->db, error);
  if (answer == NULL) return NULL;
  assert_int_equal(answer->total.lower, answer->total.upper);
  assert_int_equal(answer->total.lower, answer_size(answer));
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
  for (guint32 i = 0; i < answer_size(answer); i++) {
    Hit hit = {0};
    assert_int_equal(answer_hit(answer, i, &hit, NULL), HIT_OK);
    g_ptr_array_add(ids, g_strdup(article_first(hit.article, FIELD_ID)));
    hit_clear(&hit);
  }
  return fixture_join_ids(ids);
}

/* ---- set up and tear down ---- */

char *fixture_folder(void)
{
  char *folder = g_dir_make_tmp("sitrep-fixture-XXXXXX", NULL);
  assert_non_null(folder);
  return folder;
}

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *at)
{
  (void)info, (void)type, (void)at;
  return remove(path);
}

void fixture_remove_folder(char *folder)
{
  assert_int_equal(nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS), 0);
  g_free(folder);
}

int fixture_set_up(void **state)
{
  Fixture *fixture = g_new0(Fixture, 1);
  fixture->folder = fixture_folder();
  fixture->articles = read_articles();
  fixture->brute = brute_new(fixture->articles);
  fixture->db = fixture_index(fixture->articles, fixture->folder);
  *state = fixture;
  return 0;
}

int fixture_tear_down(void **state)
{
  Fixture *fixture = *state;
  shim_db_free(fixture->db);
  brute_free(fixture->brute);
  g_ptr_array_free(fixture->articles, TRUE);
  fixture_remove_folder(fixture->folder);
  g_free(fixture);
  return 0;
}
