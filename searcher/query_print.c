/* query_print.c - trees in canonical syntax; see query.h */
#include <string.h>

#include "query.h"

static gboolean has_kind(const Node *node, FieldKind kind)
{
  return node->field != FIELD_ANY && schema_field((FieldId)node->field)->kind == kind;
}

/* TRUE for an id or URL that the parser reads up to the next space. */
static gboolean is_bare_whole(const char *text)
{
  int open = 0;
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c)) {
    if (*c == '(') open++;
    if (*c == ')' && --open < 0) return FALSE;
    if (*c == '*' || g_unichar_isspace(g_utf8_get_char(c))) return FALSE;
  }
  return *text != '\0' && *text != '(' && query_quote(text) == 0 && open == 0;
}

/* TRUE for a name or code that no sign in it needs quotes. */
static gboolean is_bare_name(const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c)) {
    gunichar letter = g_utf8_get_char(c);
    gboolean inner = c > text && (*c == '-' || *c == '\'' || *c == '.');
    if (!g_unichar_isalnum(letter) && !g_unichar_ismark(letter) && !inner) return FALSE;
  }
  return *text != '\0';
}

/* Words are printed as they were typed; names and ids only where they must be in quotes. */
static gboolean is_quoted(const Node *node)
{
  if (node->kind == NODE_PHRASE) return TRUE;
  if (node->kind == NODE_WORD && has_kind(node, KIND_EXACT)) return !is_bare_whole(node->text);
  if (node->kind == NODE_ACTOR || node->field == FIELD_LANG || has_kind(node, KIND_COUNTRY))
    return !is_bare_name(node->text);
  return FALSE;
}

static void print_leaf(GString *out, const Node *node)
{
  if (node->field != FIELD_ANY)
    g_string_append_printf(out, "%s:", schema_field((FieldId)node->field)->name);
  if (node->kind == NODE_EXACT) g_string_append_c(out, '=');
  if (node->kind == NODE_ACTOR) g_string_append_c(out, '@');
  const char *quote = is_quoted(node) ? "\"" : node->kind == NODE_REGEX ? "/" : "";
  g_string_append_printf(out, "%s%s%s", quote, node->text, quote);
  if (node->kind == NODE_FUZZY) g_string_append_printf(out, "~%u", node->number);
}

static void print_date(GString *out, const Node *node)
{
  char from[DATE_TEXT_SIZE] = "", to[DATE_TEXT_SIZE] = "";
  if (node->from.year > 0) date_format(node->from, from);
  if (node->to.year > 0) date_format(node->to, to);
  gboolean single = strcmp(from, to) == 0;
  g_string_append_printf(out, "date:%s%s%s", from, single ? "" : "..", single ? "" : to);
}

/* The fewest digits that are read back as the same number. */
static void print_factor(GString *out, double factor)
{
  enum { DIGITS_MAX = 17 };
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  for (int digits = 1; digits <= DIGITS_MAX; digits++) {
    char format[8];
    g_snprintf(format, sizeof format, "%%.%dg", digits);
    g_ascii_formatd(text, sizeof text, format, factor);
    double read = g_ascii_strtod(text, NULL);
    if (strchr(text, 'e') == NULL && read <= factor && read >= factor) break;
  }
  g_string_append_printf(out, "^%s", text);
}

/* ---- trees ---- */

typedef struct Printer {
  GString *out;
  gboolean minimal; /* only parentheses that must be */
} Printer;

static void print(Printer *printer, const Node *node, NodeKind above);

static guint depth_of(const Node *node)
{
  guint deepest = 0;
  if (node->children == NULL) return 0;
  for (guint i = 0; i < node->children->len; i++) {
    guint depth = depth_of(g_ptr_array_index(node->children, i));
    deepest = MAX(deepest, depth);
  }
  return deepest + 1;
}

/* AND in OR and NEAR in AND need no parentheses, but few readers know that. Only a tree that would
 * not be read back with them, since the parser counts levels, goes without. */
static gboolean needs_group(const Printer *printer, NodeKind kind, NodeKind above)
{
  if (above == NODE_ALL || !printer->minimal) return above != NODE_ALL;
  if (kind == NODE_AND) return above != NODE_OR;
  return kind == NODE_OR || above == NODE_BOOST;
}

static void print_children(Printer *printer, const Node *node, const char *between, NodeKind above)
{
  gboolean group = needs_group(printer, node->kind, above);
  if (group) g_string_append_c(printer->out, '(');
  for (guint i = 0; i < node->children->len; i++) {
    if (i > 0) g_string_append(printer->out, between);
    print(printer, g_ptr_array_index(node->children, i), node->kind);
  }
  if (group) g_string_append_c(printer->out, ')');
}

static void print_near(Printer *printer, const Node *node, NodeKind above)
{
  char between[32];
  g_snprintf(between, sizeof between, " %s/%u ", node->ordered ? "ADJ" : "NEAR", node->number);
  print_children(printer, node, between, above);
}

static void print_only_child(Printer *printer, const Node *node)
{
  print(printer, g_ptr_array_index(node->children, 0), node->kind);
}

static void print(Printer *printer, const Node *node, NodeKind above)
{
  GString *out = printer->out;
  switch (node->kind) {
  case NODE_ALL: return;
  case NODE_WORD:
  case NODE_EXACT:
  case NODE_PHRASE:
  case NODE_PATTERN:
  case NODE_FUZZY:
  case NODE_REGEX:
  case NODE_ACTOR: print_leaf(out, node); return;
  case NODE_HAS:
    g_string_append_printf(out, "has:%s", schema_field((FieldId)node->field)->name);
    return;
  case NODE_DATE: print_date(out, node); return;
  case NODE_NEAR: print_near(printer, node, above); return;
  case NODE_ATLEAST:
    g_string_append_printf(out, "atleast%u:", node->number);
    print_only_child(printer, node);
    return;
  case NODE_BOOST:
    print_only_child(printer, node);
    print_factor(out, node->factor);
    return;
  case NODE_AND: print_children(printer, node, " AND ", above); return;
  case NODE_OR: print_children(printer, node, " OR ", above); return;
  case NODE_NOT:
    g_string_append(out, "NOT ");
    print_only_child(printer, node);
    return;
  }
}

char *query_print(const Node *node)
{
  Printer printer = {g_string_new(NULL), depth_of(node) >= QUERY_DEPTH_MAX};
  print(&printer, node, NODE_ALL);
  return g_string_free(printer.out, FALSE);
}
