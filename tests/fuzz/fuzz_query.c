/* fuzz_query.c - queries: any text is refused or becomes a tree whose canonical form is read back
 * as the same, compiles against a small index or is refused, and is answered. A first byte below
 * '!' picks the parser of dates or of a field's values.
 */
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../corpus/index_info.h"
#include "../../indexer/index_writer.h"
#include "../../searcher/answer.h"
#include "../../searcher/query.h"
#include "../../searcher/query_compile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* ---- the index ---- */

static char folder[] = "/tmp/sitrep-fuzz-XXXXXX";

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *at)
{
  (void)info, (void)type, (void)at;
  return remove(path);
}

static void remove_folder(void)
{
  nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

static void put(IndexWriter *writer, const char *const *values)
{
  static const FieldId fields[] = {FIELD_ID,   FIELD_TITLE,   FIELD_BODY,  FIELD_LANG,
                                   FIELD_DATE, FIELD_COUNTRY, FIELD_ACTOR, FIELD_SOURCE};
  g_autoptr(Article) article = article_new();
  PutResult result;
  for (gsize i = 0; i < G_N_ELEMENTS(fields) && values[i] != NULL; i++)
    article_add(article, fields[i], values[i], -1);
  g_assert(index_writer_put(writer, article, &result, NULL));
}

static ShimDb *make_index(void)
{
  static const char *const articles[][9] = {
      {"1", "Car bomb kills prime minister",
       "A bomb in a car killed the prime minister. The bombs of the MEK, said U.S. police.", "en",
       "1987-03-01", "IR", "MEK: Mujahedeen-e-Khalq", "Daily Post"},
      {"2", "L'armée libère les otages", "Les otages ont été libérés. L'armée attaque.", "fr",
       "2020-02", "FR", "Army"},
      {"3", "Захват заложников", "Бомба! бомбы, 停戦 合意 1,000 aaa aab aba abb baa bab bba.",
       "ru"}};
  g_assert(mkdtemp(folder) != NULL);
  atexit(remove_folder);
  IndexWriter *writer = index_writer_open(folder, NULL);
  g_assert(writer != NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(articles); i++) put(writer, articles[i]);
  g_assert(index_writer_commit(writer, NULL));
  index_writer_close(writer);
  ShimDb *db = index_open(folder, NULL);
  g_assert(db != NULL);
  return db;
}

/* ---- what must hold ---- */

static void compile(const Node *node, const char *text)
{
  static ShimDb *db;
  const CompileOptions options = {.expansion = 5, .reports = TRUE};
  if (db == NULL) db = make_index();
  g_autoptr(GError) error = NULL;
  g_autoptr(CompiledQuery) compiled = query_compile(node, text, db, &options, &error);
  g_assert((compiled == NULL) == (error != NULL));
  if (compiled == NULL) return;
  g_autoptr(Request) request = request_new();
  g_free(request->query);
  request->query = query_print(node);
  g_autoptr(Answer) answer = answer_new(request, db, &error);
  if (answer == NULL) g_error("%s: %s", request->query, error->message);
}

static void check(Node *node, const char *text)
{
  if (node == NULL) return;
  g_autofree char *printed = query_print(node);
  g_autoptr(Node) again = query_parse(printed, NULL, NULL);
  g_assert_nonnull(again);
  g_autofree char *reprinted = query_print(again);
  g_assert_cmpstr(printed, ==, reprinted);
  compile(node, text);
  node_free(node);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static const Date today = {2023, 6, 20};
  g_autoptr(GError) error = NULL;
  guint8 pick = size > 0 && data[0] < '!' ? data[0] : '!';
  gsize skip = pick < '!' ? 1 : 0;
  g_autofree char *text = g_strndup((const char *)data + skip, size - skip);
  if (pick == 0)
    check(query_date(text, &today, &error), text);
  else if (pick < '!' && schema_field((FieldId)(pick % FIELD_COUNT))->facet) /* a filter */
    check(query_value((FieldId)(pick % FIELD_COUNT), text, &error), text);
  else
    check(query_parse(text, &today, &error), text);
  return 0;
}
