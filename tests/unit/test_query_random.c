/* test_query_random.c - searcher/query.h: any text, and any tree */
#include "query_random.h"
#include "query_test.h"

/* ---- any text ---- */

static void append_random_piece(GRand *random, GString *text)
{
  static const char *const pieces[] = {"a",
                                       "b",
                                       "kabul",
                                       " ",
                                       " ",
                                       " ",
                                       "  ",
                                       "(",
                                       ")",
                                       "\"",
                                       "“",
                                       "”",
                                       "«",
                                       "AND",
                                       "OR",
                                       "NOT",
                                       " AND ",
                                       " OR ",
                                       "-",
                                       "+",
                                       "title:",
                                       "date:",
                                       "id:",
                                       "url:",
                                       "country:",
                                       "actor:",
                                       "body:",
                                       "1987",
                                       "1987-03",
                                       "..",
                                       "[1987 TO 1990]",
                                       "[",
                                       "]",
                                       " TO ",
                                       "NEAR",
                                       ":",
                                       "*",
                                       "~",
                                       "é",
                                       "中",
                                       "\n",
                                       ".",
                                       "'",
                                       "@",
                                       "/",
                                       "10:30",
                                       "x.y",
                                       "&",
                                       "1990",
                                       "title:(",
                                       "\u00A0",
                                       "=",
                                       "\t",
                                       "ADJ/2",
                                       "~5",
                                       "~1",
                                       "^2",
                                       "^1",
                                       "@mek",
                                       "/a.*b/",
                                       "near5:",
                                       "atleast3:",
                                       "repeat2:",
                                       "has:",
                                       " NEAR/5 ",
                                       " ADJ ",
                                       "w/5",
                                       "30d..",
                                       "today",
                                       "year:",
                                       "?",
                                       "\\",
                                       "–",
                                       "’",
                                       "(",
                                       " (",
                                       ")",
                                       ")",
                                       "\"",
                                       "\" ",
                                       "||",
                                       "lang:"};
  if (g_rand_int_range(random, 0, 60) == 0)
    g_string_append_c(text, (char)g_rand_int_range(random, 1, 256));
  else
    g_string_append(text, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
}

/* Understood, and then it prints back; or refused with a sentence. */
static void check_any(const char *text, guint *understood)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(Node) node = parse(text, &error);
  assert_int_equal(node == NULL, error != NULL);
  if (node == NULL) {
    assert_true(g_utf8_validate(error->message, -1, NULL));
    g_auto(GStrv) lines = g_strsplit(error->message, "\n", -1);
    if (g_strv_length(lines) != 3) fail_msg("\"%s\": %s", text, error->message);
    return;
  }
  ++*understood;
  g_autofree char *valid = g_utf8_make_valid(text, -1);
  assert_sane(node, valid, strlen(valid));
  assert_prints_back(node, text);
}

static void test_random_queries(void **state)
{
  (void)state;
  GRand *random = g_rand_new_with_seed(5);
  guint understood = 0;
  for (guint i = 0; i < 40000; i++) {
    g_autoptr(GString) text = g_string_new(NULL);
    for (gint left = g_rand_int_range(random, 1, 10); left > 0; left--)
      append_random_piece(random, text);
    check_any(text->str, &understood);
  }
  assert_true(understood > 4000);
  g_rand_free(random);
}

static void test_random_bytes(void **state)
{
  (void)state;
  GRand *random = g_rand_new_with_seed(6);
  guint understood = 0;
  for (guint i = 0; i < 20000; i++) {
    char text[64];
    gint len = g_rand_int_range(random, 0, (gint32)sizeof text);
    for (gint b = 0; b < len; b++) text[b] = (char)g_rand_int_range(random, 1, 256);
    text[len] = '\0';
    check_any(text, &understood);
    g_autoptr(Node) date = query_date(text, NULL, NULL);
    if (date != NULL) assert_prints_back(date, text);
    FieldId field = (FieldId)(i % FIELD_COUNT);
    if (!schema_field(field)->facet) continue;
    g_autoptr(Node) value = query_value(field, text, NULL);
    if (value != NULL) assert_prints_back(value, text);
  }
  g_rand_free(random);
}

/* ---- any tree ---- */

/* What is printed of any tree is read as that tree. */
static void test_random_trees(void **state)
{
  (void)state;
  static const char *const words[] = {
      "a",     "kabul", "Москва",  "停戦", "إيران", "l'armée", "U.S.",   "cease-fire", "AK-47",
      "1000",  "10:30", "#war",    "$50",  "50%",   "and/or",  "w/o",    "a@b.org",    "AT&T",
      "yes!",  "TO",    "rebels'", "and",  "near",  "Near",    "pre/x",  "ANDROID",    "9/11",
      "a.b.c", "bombs", "état",    "मुंबई",  "NEARx", "a+b-c",   "attack", "x"};
  g_autoptr(GPtrArray) list = g_ptr_array_new();
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) g_ptr_array_add(list, (gpointer)words[i]);
  GRand *random = g_rand_new_with_seed(7);
  for (guint i = 0; i < 50000; i++) {
    g_autoptr(Node) node = query_random(random, list);
    assert_kind(node);
    assert_prints_back(node, "a random tree");
  }
  g_rand_free(random);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_random_queries),
      cmocka_unit_test(test_random_bytes),
      cmocka_unit_test(test_random_trees),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
