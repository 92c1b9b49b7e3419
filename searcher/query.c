/* query.c - trees of queries and errors about them; see query.h. Parser: query_parse.c; printing:
 * query_print.c. */
#include "query.h"

#include <string.h>

#include "../corpus/error.h"
#include "text_layout.h"

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
  parent->end = MAX(parent->end, child->end);
  if (child->kind != parent->kind) {
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
  /* Joining on to what is joined already must not copy it: queries may have a million words. */
  if (left->kind == kind) {
    adopt(left, right);
    return left;
  }
  Node *node = g_new0(Node, 1);
  node->kind = kind;
  node->field = FIELD_ANY;
  node->children = g_ptr_array_new_with_free_func((GDestroyNotify)node_free);
  node->start = left->start;
  adopt(node, left);
  adopt(node, right);
  return node;
}

gboolean query_has_lower_operator(const Node *node)
{
  static const char *const words[] = {"and", "or", "not"};
  if (node->kind == NODE_WORD && node->field == FIELD_ANY)
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
      if (strcmp(node->text, words[i]) == 0) return TRUE;
  if (node->kind == NODE_NEAR || node->kind == NODE_ATLEAST) return FALSE;
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    if (query_has_lower_operator(g_ptr_array_index(node->children, i))) return TRUE;
  return FALSE;
}

/* ---- errors ---- */

/* A piece of text on one line, without what a terminal would take for a command. */
static char *one_line(const char *text, gsize len)
{
  GString *out = g_string_sized_new(len);
  for (const char *at = text; at < text + len; at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char(at);
    g_string_append_unichar(out, g_unichar_iscntrl(c) ? ' ' : c);
  }
  return g_string_free(out, FALSE);
}

/* The line of a query around [start, end) and a caret under it. */
static char *point_at(const char *text, gsize start, gsize end)
{
  enum { LINE_MAX_SHOWN = 100, LEFT_SHOWN = 60 };
  const char *from = text, *place = text + start;
  glong before = g_utf8_strlen(text, (gssize)start);
  if (before > LEFT_SHOWN && g_utf8_strlen(text, -1) > LINE_MAX_SHOWN)
    from = g_utf8_offset_to_pointer(text, before - LEFT_SHOWN);
  glong shown = MIN(g_utf8_strlen(from, -1), LINE_MAX_SHOWN);
  const char *to = g_utf8_offset_to_pointer(from, shown);
  g_autofree char *line = one_line(from, (gsize)(to - from));
  g_autofree char *left = one_line(from, (gsize)(place - from));
  g_autofree char *marked = one_line(place, (gsize)(MAX(place, MIN(text + end, to)) - place));
  g_autofree char *caret = g_strnfill((gsize)MAX(1, layout_columns(marked)), '^');
  return g_strdup_printf("  %s\n  %*s%s", line, layout_columns(left), "", caret);
}

void query_error(GError **error, const char *text, gsize start, gsize end, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *message = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_autofree char *sentence = one_line(message, strlen(message));
  if (end == 0) {
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE, "%s", sentence);
    return;
  }
  /* The parser's places are those of the valid form of what was typed. */
  g_autofree char *valid = g_utf8_make_valid(text, -1);
  gsize len = strlen(valid);
  g_autofree char *place = point_at(valid, MIN(start, len), MIN(MAX(start, end), len));
  g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE, "%s\n%s", sentence, place);
}
