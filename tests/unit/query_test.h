/* query_test.h - what the tests of queries share: parsing, comparing trees, and what holds of each.
 */
#ifndef SITREP_QUERY_TEST_H
#define SITREP_QUERY_TEST_H

#include "../../corpus/error.h"
#include "../../searcher/query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The day that relative dates are counted from in tests. */
static const Date test_today = {2023, 6, 20};

/* Parses a copy that ends where the text does, so that a sanitizer sees reads beyond it. */
static inline Node *parse(const char *text, GError **error)
{
  g_autofree char *exact = g_strdup(text);
  return query_parse(exact, &test_today, error);
}

/* Two trees say the same: everything but the places. */
static inline gboolean same_tree(const Node *a, const Node *b)
{
  if (a->kind != b->kind || a->field != b->field || g_strcmp0(a->text, b->text) != 0 ||
      a->number != b->number || a->ordered != b->ordered || a->factor < b->factor ||
      a->factor > b->factor || date_compare(a->from, b->from) != 0 ||
      date_compare(a->to, b->to) != 0 || (a->children == NULL) != (b->children == NULL))
    return FALSE;
  if (a->children == NULL) return TRUE;
  if (a->children->len != b->children->len) return FALSE;
  for (guint i = 0; i < a->children->len; i++)
    if (!same_tree(a->children->pdata[i], b->children->pdata[i])) return FALSE;
  return TRUE;
}

/* What query_print() writes parses back to the same tree, and is written the same again. */
static inline void assert_prints_back(const Node *node, const char *text)
{
  g_autofree char *printed = query_print(node);
  g_autoptr(GError) error = NULL;
  g_autoptr(Node) again = parse(printed, &error);
  if (again == NULL)
    fail_msg("\"%s\" is printed as \"%s\", which is refused: %s", text, printed, error->message);
  g_autofree char *twice = query_print(again);
  if (strcmp(printed, twice) != 0)
    fail_msg("\"%s\" is printed as \"%s\", and that as \"%s\"", text, printed, twice);
  if (!same_tree(node, again)) fail_msg("\"%s\" is printed as another: \"%s\"", text, printed);
}

static inline gboolean is_leaf(const Node *node)
{
  return node->kind >= NODE_WORD && node->kind <= NODE_ACTOR;
}

/* What may stand in NEAR and ATLEAST. */
static inline void assert_operand(const Node *node, int field)
{
  for (guint i = 0; node->kind == NODE_OR && i < node->children->len; i++) {
    const Node *child = node->children->pdata[i];
    assert_true(child->kind != NODE_OR);
    assert_operand(child, field);
  }
  if (node->kind == NODE_OR) return;
  assert_true(is_leaf(node));
  assert_int_equal(node->field, field);
  assert_true(field == FIELD_ANY || field == FIELD_TITLE);
}

static inline int field_of(const Node *node)
{
  while (node->children != NULL) node = node->children->pdata[0];
  return node->field;
}

/* A word has no sign that means something. What is compared as a whole value may have any. */
static inline gboolean is_plain(const Node *node)
{
  FieldKind kind = node->field == FIELD_ANY ? KIND_TEXT : schema_field((FieldId)node->field)->kind;
  if (kind == KIND_EXACT || kind == KIND_COUNTRY || node->field == FIELD_LANG) return TRUE;
  return strpbrk(node->text, "*?~^[]{}|<>\\") == NULL && strchr("=@/-+!&", *node->text) == NULL;
}

/* What query.h says that every tree is. */
static inline void assert_kind(const Node *node)
{
  guint n = node->children == NULL ? 0 : node->children->len;
  assert_int_equal(node->text != NULL, is_leaf(node));
  switch (node->kind) {
  case NODE_AND:
  case NODE_OR: assert_true(n >= 2); break;
  case NODE_NOT: assert_int_equal(n, 1); break;
  case NODE_BOOST:
    assert_int_equal(n, 1);
    assert_true(node->factor >= BOOST_MIN && node->factor <= BOOST_MAX);
    assert_true(node->factor < 1 || node->factor > 1);
    break;
  case NODE_ATLEAST:
    assert_int_equal(n, 1);
    assert_true(node->number >= 1 && node->number <= ATLEAST_MAX);
    break;
  case NODE_NEAR: assert_true(n >= 2 && node->number >= 1 && node->number <= NEAR_MAX); break;
  case NODE_FUZZY: assert_true(node->number >= 1 && node->number <= FUZZY_MAX); break;
  case NODE_DATE: assert_int_equal(node->field, FIELD_DATE); break;
  case NODE_WORD: assert_true(is_plain(node)); break;
  case NODE_PATTERN: assert_null(strstr(node->text, "**")); break;
  default: assert_null(node->children);
  }
  if (node->kind == NODE_NEAR || node->kind == NODE_ATLEAST)
    for (guint i = 0; i < n; i++) assert_operand(node->children->pdata[i], field_of(node));
}

/* Of every tree of a well-formed text: what query.h says, and that places lie in the text, on
 * characters. */
static inline void assert_sane(const Node *node, const char *text, gsize len)
{
  assert_true(node->start <= node->end && node->end <= len);
  assert_true(((guchar)text[node->start] & 0xC0) != 0x80);
  assert_true(((guchar)text[node->end] & 0xC0) != 0x80);
  assert_kind(node);
  for (guint i = 0; node->children != NULL && i < node->children->len; i++) {
    const Node *child = node->children->pdata[i];
    assert_true(child->kind != NODE_ALL);
    assert_true(child->kind != node->kind || node->kind == NODE_NOT);
    assert_sane(child, text, len);
  }
}

/* The caret line of an error as "column+length"; "" when it has none. */
static inline char *place_of(char **lines)
{
  if (g_strv_length(lines) < 3 || !g_str_has_prefix(lines[2], "  ")) return g_strdup("");
  const char *line = lines[2] + 2;
  gsize column = strspn(line, " "), length = strspn(line + column, "^");
  if (line[column + length] != '\0' || length == 0) return g_strdup("");
  return g_strdup_printf("%zu+%zu", column, length);
}

/* Whether a text was refused in one sentence with `fragment` in it and a caret at `place`, "" for
 * no caret; says what is wrong. Takes over the node. */
static inline gboolean refused_well(Node *node, const GError *error, const char *text,
                                    const char *fragment, const char *place)
{
  if (node != NULL) {
    g_autofree char *printed = query_print(node);
    node_free(node);
    print_error("\"%s\" is understood as \"%s\"\n", text, printed);
    return FALSE;
  }
  assert_non_null(error);
  assert_int_equal(error->domain, SITREP_ERROR);
  assert_int_equal(error->code, SITREP_ERROR_USAGE);
  g_auto(GStrv) lines = g_strsplit(error->message, "\n", -1);
  assert_false(g_str_has_suffix(lines[0], "."));
  g_autofree char *got = place_of(lines);
  if (strstr(lines[0], fragment) != NULL && strcmp(got, place) == 0 &&
      g_strv_length(lines) == (*place == '\0' ? 1 : 3))
    return TRUE;
  print_error("\"%s\": caret %s\n%s\n", text, got, error->message);
  return FALSE;
}

#endif
