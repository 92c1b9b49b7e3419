/* query.c - trees: making, joining, printing; see query.h. The parser is in query_parse.c. */
#include "query.h"

#include <string.h>

#include "../corpus/country.h"
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

/* ---- printing ---- */

/* TRUE for an id or URL that the parser reads up to the next space. */
static gboolean is_bare(const char *text)
{
  int open = 0;
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c)) {
    if (*c == '(') open++;
    if (*c == ')' && --open < 0) return FALSE;
    if (g_unichar_isspace(g_utf8_get_char(c))) return FALSE;
  }
  return *text != '\0' && *text != '(' && query_quote(text) == 0 && open == 0;
}

/* Words are printed as they were typed: whatever needs quotes was typed in quotes. */
static void print_text(GString *out, const Node *node)
{
  gboolean exact =
      node->field != FIELD_ANY && schema_field((FieldId)node->field)->kind == KIND_EXACT;
  gboolean quoted = exact ? !is_bare(node->text) : node->kind == NODE_PHRASE;
  g_string_append_printf(out, quoted ? "\"%s\"" : "%s", node->text);
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
    print_text(out, node);
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
  case NODE_EXACT:
  case NODE_PATTERN:
  case NODE_FUZZY:
  case NODE_REGEX:
  case NODE_ACTOR:
  case NODE_HAS:
  case NODE_NEAR:
  case NODE_ATLEAST:
  case NODE_BOOST: return; /* not parsed yet */
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

gboolean query_has_lower_operator(const Node *node)
{
  static const char *const words[] = {"and", "or", "not"};
  if (node->kind == NODE_WORD && node->field == FIELD_ANY)
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
      if (strcmp(node->text, words[i]) == 0) return TRUE;
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
