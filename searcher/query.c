/* query.c - trees: making, joining, printing; see query.h. The parser is in query_parse.c. */
#include "query.h"

#include <string.h>

#include "../corpus/country.h"
#include "../corpus/error.h"

void node_free(Node *node)
{
  if (node == NULL) return;
  g_free(node->text);
  if (node->children != NULL) g_ptr_array_free(node->children, TRUE);
  g_free(node);
}

/* Moves a child into `parent`; a child of the same kind gives its own children instead. */
static void adopt(Node *parent, Node *child)
{
  if (child->kind != parent->kind || child->kind == NODE_NOT) {
    g_ptr_array_add(parent->children, child);
    return;
  }
  g_ptr_array_extend_and_steal(parent->children, g_steal_pointer(&child->children));
  node_free(child);
}

Node *node_join(NodeKind kind, Node *left, Node *right)
{
  if (left == NULL) return right;
  if (right == NULL) return left;
  if (kind == NODE_AND && (left->kind == NODE_ALL || right->kind == NODE_ALL)) {
    Node *kept = left->kind == NODE_ALL ? right : left;
    node_free(kept == left ? right : left);
    return kept;
  }
  Node *node = g_new0(Node, 1);
  node->kind = kind;
  node->field = FIELD_ANY;
  node->children = g_ptr_array_new_with_free_func((GDestroyNotify)node_free);
  node->start = left->start;
  node->end = MAX(left->end, right->end);
  adopt(node, left);
  adopt(node, right);
  return node;
}

/* ---- printing ---- */

static gboolean needs_quotes(const char *text)
{
  static const char *const operators[] = {"AND", "OR", "NOT"};
  for (gsize i = 0; i < G_N_ELEMENTS(operators); i++)
    if (strcmp(text, operators[i]) == 0) return TRUE;
  return *text == '\0' || strchr("-+@=/", *text) != NULL || strpbrk(text, " \t\n\"():[]*?~^") != NULL;
}

static void print_text(GString *out, const char *text, gboolean quoted)
{
  if (quoted)
    g_string_append_printf(out, "\"%s\"", text);
  else
    g_string_append(out, text);
}

/* A value as the index holds it where that is known without one: countries by their code. */
static void print_value(GString *out, const Node *node)
{
  const Country *country = NULL;
  if (node->field != FIELD_ANY && schema_field((FieldId)node->field)->kind == KIND_COUNTRY)
    country = country_find(node->text, -1);
  if (country != NULL)
    g_string_append(out, country->alpha2);
  else
    print_text(out, node->text, node->kind == NODE_PHRASE || needs_quotes(node->text));
}

static void print_date(GString *out, const Node *node)
{
  char from[DATE_TEXT_SIZE] = "", to[DATE_TEXT_SIZE] = "";
  if (node->from.year > 0) date_format(node->from, from);
  if (node->to.year > 0) date_format(node->to, to);
  gboolean single = strcmp(from, to) == 0;
  g_string_append_printf(out, "date:%s%s%s", from, single ? "" : "..", single ? "" : to);
}

static void print(GString *out, const Node *node, NodeKind above);

static void print_children(GString *out, const Node *node, const char *operator, NodeKind above)
{
  /* AND inside OR needs no parentheses, but few readers know that. */
  gboolean group = above != NODE_ALL;
  if (group) g_string_append_c(out, '(');
  for (guint i = 0; i < node->children->len; i++) {
    if (i > 0) g_string_append(out, operator);
    print(out, g_ptr_array_index(node->children, i), node->kind);
  }
  if (group) g_string_append_c(out, ')');
}

static void print(GString *out, const Node *node, NodeKind above)
{
  switch (node->kind) {
  case NODE_ALL: return;
  case NODE_WORD:
  case NODE_PHRASE:
    if (node->field != FIELD_ANY)
      g_string_append_printf(out, "%s:", schema_field((FieldId)node->field)->name);
    print_value(out, node);
    return;
  case NODE_DATE: print_date(out, node); return;
  case NODE_AND: print_children(out, node, " AND ", above); return;
  case NODE_OR: print_children(out, node, " OR ", above); return;
  case NODE_NOT:
    g_string_append(out, "NOT ");
    print(out, g_ptr_array_index(node->children, 0), NODE_NOT);
    return;
  }
}

char *query_print(const Node *node)
{
  GString *out = g_string_new(NULL);
  print(out, node, NODE_ALL);
  return g_string_free(out, FALSE);
}

/* ---- errors ---- */

void query_error(GError **error, const char *text, gsize start, gsize end, const char *format, ...)
{
  enum { LINE_MAX_SHOWN = 100, LEFT_SHOWN = 60 };
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *sentence = g_strdup_vprintf(format, arguments);
  va_end(arguments);

  /* Of a long query only the surroundings are shown. */
  const char *from = text;
  glong column = g_utf8_strlen(text, (gssize)start);
  if (column > LEFT_SHOWN && strlen(text) > LINE_MAX_SHOWN)
    from = g_utf8_offset_to_pointer(text, column - LEFT_SHOWN);
  column = g_utf8_strlen(from, (gssize)(text + start - from));
  glong shown = MIN(g_utf8_strlen(from, -1), LINE_MAX_SHOWN);
  g_autofree char *line = g_utf8_substring(from, 0, shown);
  for (char *c = line; *c != '\0'; c++)
    if (*c == '\n' || *c == '\t') *c = ' ';
  glong marks = MAX(1, g_utf8_strlen(text + start, (gssize)(end - start)));
  g_autofree char *caret = g_strnfill((gsize)MIN(marks, MAX(1, shown - column)), '^');
  g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE, "%s\n  %s\n  %*s%s", sentence, line,
              (int)column, "", caret);
}
