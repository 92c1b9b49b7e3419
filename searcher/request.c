/* request.c - see request.h */
#include "request.h"

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

void request_add_filter(Request *request, FieldId field, const char *value)
{
  Filter *filter = g_new0(Filter, 1);
  filter->field = field;
  filter->value = g_strdup(value);
  g_ptr_array_add(request->filters, filter);
}

/* All filters of one field as alternatives, joined to `tree`. NULL with an error. */
static Node *with_filters(const Request *request, FieldId field, Node *tree, GError **error)
{
  Node *choices = NULL;
  for (guint i = 0; i < request->filters->len; i++) {
    const Filter *filter = g_ptr_array_index(request->filters, i);
    if (filter->field != field) continue;
    Node *value = query_value(field, filter->value, error);
    if (value == NULL) {
      node_free(choices);
      node_free(tree);
      return NULL;
    }
    choices = node_join(NODE_OR, choices, value);
  }
  return node_join(NODE_AND, tree, choices);
}

static Node *with_dates(const Request *request, Node *tree, GError **error)
{
  if (request->since == NULL && request->until == NULL) return tree;
  g_autofree char *range = g_strdup_printf("%s..%s", request->since == NULL ? "" : request->since,
                                           request->until == NULL ? "" : request->until);
  Node *date = query_date(range, error);
  if (date != NULL) return node_join(NODE_AND, tree, date);
  node_free(tree);
  return NULL;
}

Node *request_tree(const Request *request, GError **error)
{
  Node *tree = query_parse(request->query, error);
  for (int field = 0; field < FIELD_COUNT && tree != NULL; field++)
    tree = with_filters(request, (FieldId)field, tree, error);
  return tree == NULL ? NULL : with_dates(request, tree, error);
}
