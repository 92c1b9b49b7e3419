/* request.c - see request.h */
#include "request.h"

#include <string.h>

#include "../corpus/error.h"

enum { DEFAULT_LIMIT = 10 };

static void filter_free(gpointer data)
{
  Filter *filter = data;
  g_free(filter->value);
  g_free(filter);
}

Request *request_new(void)
{
  Request *request = g_new0(Request, 1);
  request->query = g_strdup("");
  request->filters = g_ptr_array_new_with_free_func(filter_free);
  request->limit = DEFAULT_LIMIT;
  request->facet_limit = DEFAULT_LIMIT;
  request->timeline_max = TIMELINE_AUTO_MAX;
  return request;
}

void request_free(Request *request)
{
  if (request == NULL) return;
  g_free(request->query);
  g_free(request->since);
  g_free(request->until);
  g_ptr_array_free(request->filters, TRUE);
  g_free(request);
}

static void add_filter(Request *request, FieldId field, const char *value, gboolean excluded)
{
  Filter *filter = g_new0(Filter, 1);
  filter->field = field;
  filter->value = g_strdup(value);
  filter->excluded = excluded;
  g_ptr_array_add(request->filters, filter);
}

void request_add_filter(Request *request, FieldId field, const char *value)
{
  add_filter(request, field, value, FALSE);
}

void request_exclude(Request *request, FieldId field, const char *value)
{
  add_filter(request, field, value, TRUE);
}

/* ---- what options and parameters say ---- */

static char *facet_names(void)
{
  GString *names = g_string_new(NULL);
  for (int i = 0; i < FIELD_COUNT; i++) {
    const Field *field = schema_field((FieldId)i);
    if (field->facet) g_string_append_printf(names, "%s%s", names->len > 0 ? "," : "", field->name);
  }
  return g_string_free(names, FALSE);
}

gboolean request_set_facets(Request *request, const char *names, GError **error)
{
  g_auto(GStrv) list = g_strsplit(names == NULL ? "" : names, ",", -1);
  for (gsize n = 0; list[n] != NULL; n++) {
    const char *name = g_strstrip(list[n]);
    gboolean all = strcmp(name, "all") == 0;
    int found = schema_find(name, strlen(name));
    if (!all && (found < 0 || !schema_field((FieldId)found)->facet)) {
      g_autofree char *expected = facet_names();
      g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE, "%s: write all, or some of %s", name,
                  expected);
      return FALSE;
    }
    for (int i = 0; i < FIELD_COUNT; i++)
      if (all ? schema_field((FieldId)i)->facet : i == found) request->facets[i] = TRUE;
  }
  return TRUE;
}

gboolean number_or_all(const char *text, guint32 *number)
{
  guint64 read = 0;
  if (text == NULL) return TRUE;
  if (strcmp(text, "all") == 0)
    read = LIMIT_ALL;
  else if (!g_ascii_string_to_unsigned(text, 10, 0, LIMIT_ALL - 1, &read, NULL))
    return FALSE;
  *number = (guint32)read;
  return TRUE;
}

static const char *const sort_names[] = {
    [SORT_RELEVANCE] = "relevance", [SORT_NEWEST] = "newest", [SORT_OLDEST] = "oldest"};

const char *sort_name(SortOrder sort)
{
  return sort_names[sort];
}

gboolean sort_parse(const char *name, SortOrder *sort)
{
  for (gsize i = 0; i < G_N_ELEMENTS(sort_names); i++)
    if (strcmp(sort_names[i], name) == 0) {
      *sort = (SortOrder)i;
      return TRUE;
    }
  return FALSE;
}

/* ---- the tree ---- */

static gboolean must_have(const Filter *filter, FieldId field)
{
  return filter->field == field && !filter->excluded;
}

gboolean request_has_filter(const Request *request, FieldId field)
{
  for (guint i = 0; i < request->filters->len; i++)
    if (must_have(g_ptr_array_index(request->filters, i), field)) return TRUE;
  return FALSE;
}

static Node *negate(Node *node)
{
  Node *not = g_new0(Node, 1);
  not ->kind = NODE_NOT;
  not ->field = FIELD_ANY;
  not ->children = g_ptr_array_new_with_free_func((GDestroyNotify)node_free);
  g_ptr_array_add(not ->children, node);
  return not ;
}

/* The value of a filter joined to `tree`, which it takes over. NULL with an error. */
static Node *with_filter(const Filter *filter, NodeKind kind, Node *tree, GError **error)
{
  Node *value = query_value(filter->field, filter->value, error);
  if (value != NULL) return node_join(kind, tree, filter->excluded ? negate(value) : value);
  node_free(tree);
  return NULL;
}

/* All filters of one field that articles must have as alternatives, joined to `tree`. NULL with an
 * error. */
static Node *with_alternatives(const Request *request, FieldId field, Node *tree, GError **error)
{
  Node *choices = NULL;
  for (guint i = 0; i < request->filters->len; i++) {
    const Filter *filter = g_ptr_array_index(request->filters, i);
    if (!must_have(filter, field)) continue;
    choices = with_filter(filter, NODE_OR, choices, error);
    if (choices != NULL) continue;
    node_free(tree);
    return NULL;
  }
  return node_join(NODE_AND, tree, choices);
}

static Node *with_excluded(const Request *request, Node *tree, GError **error)
{
  for (guint i = 0; i < request->filters->len && tree != NULL; i++) {
    const Filter *filter = g_ptr_array_index(request->filters, i);
    if (filter->excluded) tree = with_filter(filter, NODE_AND, tree, error);
  }
  return tree;
}

static Node *with_dates(const Request *request, Node *tree, GError **error)
{
  if (request->since == NULL && request->until == NULL) return tree;
  g_autofree char *range = g_strdup_printf("%s..%s", request->since == NULL ? "" : request->since,
                                           request->until == NULL ? "" : request->until);
  Node *date = query_date(range, NULL, error);
  if (date != NULL) return node_join(NODE_AND, tree, date);
  node_free(tree);
  return NULL;
}

/* `left_out` is a FieldId, or -1. */
static Node *make_tree(const Request *request, int left_out, GError **error)
{
  Node *tree = query_parse(request->query, NULL, error);
  for (int field = 0; field < FIELD_COUNT && tree != NULL; field++)
    if (field != left_out) tree = with_alternatives(request, (FieldId)field, tree, error);
  if (tree != NULL) tree = with_excluded(request, tree, error);
  return tree == NULL ? NULL : with_dates(request, tree, error);
}

Node *request_tree(const Request *request, GError **error)
{
  return make_tree(request, -1, error);
}

Node *request_tree_without(const Request *request, FieldId field, GError **error)
{
  return make_tree(request, (int)field, error);
}
