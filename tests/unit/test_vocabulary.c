/* test_vocabulary.c - corpus/vocabulary.h and searcher/expand.h: the words of an index */
#include "shim_test.h"

#include "../../corpus/vocabulary.h"
#include "../../searcher/expand.h"

/* A term and how many documents have it. */
static const struct {
  const char *term;
  guint32 count;
} terms[] = {
    {"1987", 2},      {"attack", 3},     {"attacked", 3}, {"attacks", 1}, {"oil", 5},
    {"oyl", 1},       {"zebra", 1},      {"нефть", 2},    {"Soil", 2},    {"Sattack", 1},
    {"Qoil", 1},      {"QReuters-1", 1}, {"XHASdate", 4}, {"Nir", 2},     {"D19870301", 2},
    {"Uhttp://a", 1}, {"Uhttp://b", 1},
};
enum { DOCUMENTS = 5 };

static ShimDb *make_index(void)
{
  ShimDb *db = NULL;
  const char *path = fresh("index");
  must(shim_db_open_writer(path, true, &db));
  for (guint32 i = 0; i < DOCUMENTS; i++) {
    ShimDoc *doc = NULL;
    must(shim_doc_new(&doc));
    for (gsize t = 0; t < COUNT(terms); t++)
      if (i < terms[t].count) must(shim_doc_add_term(doc, terms[t].term, strlen(terms[t].term), 1));
    must(shim_db_add(db, doc, NULL));
    shim_doc_free(doc);
  }
  must(shim_db_commit(db));
  shim_db_free(db);
  must(shim_db_open(path, &db));
  return db;
}

typedef struct List {
  GString *text;
  guint left; /* words until it ends the visit */
} List;

static gboolean add_word(void *context, const char *word, gsize len, guint32 count)
{
  List *list = context;
  assert_int_equal(strlen(word), len);
  g_string_append_printf(list->text, "%s%s %u", list->text->len == 0 ? "" : ", ", word, count);
  return --list->left > 0;
}

static void assert_lists(ShimDb *db, FieldId field, const char *start, guint most,
                         const char *wanted)
{
  g_autoptr(GString) read = g_string_new(NULL), visited = g_string_new(NULL);
  List list = {read, most}, again = {visited, most};
  assert_true(vocabulary_read(db, field, start, add_word, &list, NULL));
  assert_string_equal(read->str, wanted);
  Vocabulary *vocabulary = vocabulary_new(db, field, NULL);
  assert_non_null(vocabulary);
  vocabulary_visit(vocabulary, start, add_word, &again);
  assert_string_equal(visited->str, wanted);
  vocabulary_free(vocabulary);
}

static void test_words_are_listed(void **state)
{
  (void)state;
  ShimDb *db = make_index();
  assert_lists(db, FIELD_BODY, "", 99,
               "1987 2, attack 3, attacked 3, attacks 1, oil 5, oyl 1, zebra 1, нефть 2");
  assert_lists(db, FIELD_BODY, "attack", 99, "attack 3, attacked 3, attacks 1");
  assert_lists(db, FIELD_BODY, "attacke", 99, "attacked 3");
  assert_lists(db, FIELD_BODY, "o", 1, "oil 5");
  assert_lists(db, FIELD_BODY, "", 2, "1987 2, attack 3");
  assert_lists(db, FIELD_BODY, "нефть", 99, "нефть 2");
  assert_lists(db, FIELD_BODY, "x", 99, "");
  assert_lists(db, FIELD_BODY, "яя", 99, "");
  assert_lists(db, FIELD_TITLE, "", 99, "attack 1, oil 2");
  assert_lists(db, FIELD_TITLE, "o", 99, "oil 2");
  assert_lists(db, FIELD_ID, "", 99, "Reuters-1 1, oil 1"); /* as they stand */
  assert_lists(db, FIELD_URL, "http:", 99, "http://a 1, http://b 1");
  shim_db_free(db);
}

static void test_an_empty_index_has_no_words(void **state)
{
  (void)state;
  ShimDb *db = NULL;
  must(shim_db_open_writer(fresh("empty"), true, &db));
  assert_lists(db, FIELD_BODY, "", 99, "");
  assert_lists(db, FIELD_BODY, "a", 99, "");
  shim_db_free(db);
}

static void assert_expands(ShimDb *db, const char *pattern, guint32 limit, const char *wanted,
                           guint32 found)
{
  Expansion expansion;
  g_autoptr(GString) text = g_string_new(NULL);
  g_autoptr(WordTest) test = word_test_pattern(pattern);
  assert_true(expand_words(index_state(db), FIELD_BODY, test, limit, &expansion, NULL));
  for (guint i = 0; i < expansion.forms->len; i++) {
    const FormCount *form = g_ptr_array_index(expansion.forms, i);
    g_string_append_printf(text, "%s%s %u", i == 0 ? "" : ", ", form->form, form->count);
  }
  assert_string_equal(text->str, wanted);
  assert_int_equal(expansion.found, found);
  g_ptr_array_free(expansion.forms, TRUE);
}

/* Twice: from the index and, once all words were asked for, from memory. */
static void test_the_most_frequent_come_first(void **state)
{
  (void)state;
  ShimDb *db = make_index();
  for (int i = 0; i < 2; i++) {
    assert_expands(db, "attack*", 9, "attack 3, attacked 3, attacks 1", 3);
    assert_expands(db, "attack*", 3, "attack 3, attacked 3, attacks 1", 3);
    assert_expands(db, "attack*", 2, "attack 3, attacked 3", 3);
    assert_expands(db, "attack*", 1, "attack 3", 3);
    assert_expands(db, "o?l", 1, "oil 5", 2);
    assert_expands(db, "zz*", 1, "", 0);
    assert_expands(db, "*e*", 9, "attacked 3, zebra 1", 2);
    assert_expands(db, "*", 2, "oil 5, attack 3", 8);
  }
  shim_db_free(db);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_words_are_listed),
      cmocka_unit_test(test_an_empty_index_has_no_words),
      cmocka_unit_test(test_the_most_frequent_come_first),
  };
  return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
