/* answer_facets.c - see answer_facets.h */
#include "answer_facets.h"

#include <string.h>

#include "../corpus/error.h"
#include "../corpus/index_state.h"
#include "../corpus/terms.h"
#include "../corpus/varint.h"

/* One value's counter, before it is known whether the value will be shown. */
typedef struct Tally {
  guint32 ordinal, count;
} Tally;

/* What the facets of one answer are made from. */
typedef struct Count {
  Answer *answer;
  const FacetTable *table;
  const guint32 *counts; /* by ordinal */
  GHashTable *chosen;    /* set of GUINT_TO_POINTER(ordinal): the request asks for these */
} Count;

gboolean wants_facets(const Request *request)
{
  for (int field = 0; field < FIELD_COUNT; field++)
    if (request->facets[field]) return TRUE;
  return FALSE;
}

static void facet_value_free(gpointer data)
{
  FacetValue *value = data;
  g_free(value->value);
  g_free(value);
}

void facet_free(gpointer data)
{
  Facet *facet = data;
  g_ptr_array_free(facet->values, TRUE);
  g_free(facet);
}

/* ---- what was chosen ---- */

static gboolean is_chosen(const Answer *answer, const FacetTable *table, guint32 ordinal)
{
  int field = facet_table_field(table, ordinal);
  if (field < 0 || !answer->compiled->has_chosen[field]) return FALSE;
  g_autofree char *value = facet_table_value(table, ordinal);
  g_autoptr(GString) term = g_string_new(NULL);
  term_of_value(term, (FieldId)field, value);
  return g_hash_table_contains(answer->compiled->chosen, term->str);
}

/* Adds the ordinals of a document that are chosen. */
static ShimStatus choose_from(const Count *count, guint32 docid)
{
  ShimDoc *doc = NULL;
  const char *packed;
  gsize len;
  guint32 ordinal;
  ShimStatus status = shim_db_document(count->answer->db, docid, &doc);
  if (status != SHIM_OK) return status;
  status = shim_doc_value(doc, SLOT_FACETS, &packed, &len);
  for (const char *at = packed, *end = packed + len;
       status == SHIM_OK && varint_next(&at, end, &ordinal);)
    if (ordinal < facet_table_size(count->table) && is_chosen(count->answer, count->table, ordinal))
      g_hash_table_add(count->chosen, GUINT_TO_POINTER(ordinal));
  shim_doc_free(doc);
  return status;
}

/* Finds the ordinals of what was chosen. The index has no list from a value to its ordinal: any
 * document that has the value tells it, which is faster than to fold all values. */
static gboolean find_chosen(const Count *count, GError **error)
{
  GHashTableIter terms;
  gpointer term;
  g_hash_table_iter_init(&terms, count->answer->compiled->chosen);
  while (g_hash_table_iter_next(&terms, &term, NULL)) {
    guint32 docid;
    ShimStatus status = shim_db_find(count->answer->db, term, strlen(term), &docid);
    if (status == SHIM_OK) status = choose_from(count, docid);
    if (status != SHIM_NOT_FOUND && !shim_ok(status, error)) return FALSE;
  }
  return TRUE;
}

/* ---- the most frequent ---- */

/* Order in which values are shown. */
static gint by_count(gconstpointer a, gconstpointer b, gpointer table)
{
  const Tally *left = a, *right = b;
  if (left->count != right->count) return left->count > right->count ? -1 : 1;
  return facet_table_compare(table, left->ordinal, right->ordinal);
}

static gint compare(const Count *count, const Tally *a, const Tally *b)
{
  return by_count(a, b, (gpointer)count->table);
}

/* Lets member `at` of a heap, on whose top is what is shown last, sink to its place. */
static void sink(const Count *count, Tally *heap, guint n, guint at)
{
  for (guint child; (child = 2 * at + 1) < n; at = child) {
    if (child + 1 < n && compare(count, &heap[child + 1], &heap[child]) > 0) child++;
    if (compare(count, &heap[at], &heap[child]) >= 0) return;
    Tally moved = heap[at];
    heap[at] = heap[child];
    heap[child] = moved;
  }
}

/* The most frequent values of one field. */
typedef struct Top {
  GArray *shown; /* Tally: a heap once `limit` are in it */
  guint32 distinct;
} Top;

static void offer(const Count *count, Top *top, Tally tally, guint32 limit)
{
  top->distinct++;
  if (top->shown->len < limit) {
    g_array_append_val(top->shown, tally);
    if (top->shown->len < limit) return;
    for (guint at = limit / 2; at-- > 0;) sink(count, (Tally *)top->shown->data, limit, at);
  } else if (limit > 0 && compare(count, &tally, (Tally *)top->shown->data) < 0) {
    g_array_index(top->shown, Tally, 0) = tally;
    sink(count, (Tally *)top->shown->data, limit, 0);
  }
}

static gboolean is_shown(const Top *top, guint32 ordinal)
{
  for (guint i = 0; i < top->shown->len; i++)
    if (g_array_index(top->shown, Tally, i).ordinal == ordinal) return TRUE;
  return FALSE;
}

/* What was chosen is shown, however rare. */
static void add_chosen(const Count *count, Top *tops)
{
  GHashTableIter ordinals;
  gpointer key;
  g_hash_table_iter_init(&ordinals, count->chosen);
  while (g_hash_table_iter_next(&ordinals, &key, NULL)) {
    Tally tally = {GPOINTER_TO_UINT(key), count->counts[GPOINTER_TO_UINT(key)]};
    Top *top = &tops[facet_table_field(count->table, tally.ordinal)];
    if (top->shown == NULL || tally.count == 0 || is_shown(top, tally.ordinal)) continue;
    g_array_append_val(top->shown, tally);
  }
}

/* ---- facets ---- */

static void add_value(const Count *count, Facet *facet, const Tally *tally)
{
  FacetValue *value = g_new0(FacetValue, 1);
  value->value = facet_table_value(count->table, tally->ordinal);
  value->label = facet_label(facet->field, value->value);
  value->count = tally->count;
  value->selected = g_hash_table_contains(count->chosen, GUINT_TO_POINTER(tally->ordinal));
  g_ptr_array_add(facet->values, value);
}

static Facet *new_facet(const Count *count, FieldId field, const Top *top)
{
  Facet *facet = g_new0(Facet, 1);
  facet->field = field;
  facet->distinct = top->distinct;
  facet->values = g_ptr_array_new_with_free_func(facet_value_free);
  g_array_sort_with_data(top->shown, by_count, (gpointer)count->table);
  for (guint i = 0; i < top->shown->len; i++)
    add_value(count, facet, &g_array_index(top->shown, Tally, i));
  return facet;
}

static void offer_all(const Count *count, Top *tops, guint32 limit)
{
  guint32 n = facet_table_size(count->table);
  for (guint32 ordinal = 0; ordinal < n; ordinal++) {
    if (count->counts[ordinal] == 0) continue;
    int field = facet_table_field(count->table, ordinal);
    if (field < 0 || tops[field].shown == NULL) continue;
    offer(count, &tops[field], (Tally){ordinal, count->counts[ordinal]}, limit);
  }
}

/* Adds to the answer those facets that are `wanted`, an array by field. */
static void build_facets(const Count *count, const gboolean *wanted, guint32 limit)
{
  Top tops[FIELD_COUNT] = {0};
  for (int field = 0; field < FIELD_COUNT; field++)
    if (wanted[field]) tops[field].shown = g_array_new(FALSE, FALSE, sizeof(Tally));
  offer_all(count, tops, limit);
  add_chosen(count, tops);
  for (int field = 0; field < FIELD_COUNT; field++) {
    if (tops[field].shown == NULL) continue;
    g_ptr_array_add(count->answer->facets, new_facet(count, (FieldId)field, &tops[field]));
    g_array_unref(tops[field].shown);
  }
}

static gboolean count_set(Count *count, const ShimSet *set, const gboolean *wanted, guint32 limit,
                          GError **error)
{
  g_autofree guint32 *counts = index_state_count(index_state(count->answer->db), set, error);
  if (counts == NULL) return FALSE;
  count->counts = counts;
  build_facets(count, wanted, limit);
  count->counts = NULL;
  return TRUE;
}

/* Counts one facet in what would match without the request's own choice of its values. */
static gboolean count_apart(Count *count, const Request *request, FieldId field, GError **error)
{
  gboolean wanted[FIELD_COUNT] = {0};
  wanted[field] = TRUE;
  g_autoptr(Node) tree = request_tree_without(request, field, error);
  if (tree == NULL) return FALSE;
  ShimDb *db = count->answer->db;
  CompileOptions options = {.expansion = request->expansion};
  g_autoptr(CompiledQuery) compiled = query_compile(tree, request->query, db, &options, error);
  ShimSet *set = NULL;
  if (compiled == NULL || !shim_ok(shim_set_find(db, compiled->query, &set), error)) return FALSE;
  gboolean ok = count_set(count, set, wanted, request->facet_limit, error);
  shim_set_free(set);
  return ok;
}

static gint by_field(gconstpointer a, gconstpointer b)
{
  const Facet *const *left = a, *const *right = b;
  return (int)(*left)->field - (int)(*right)->field;
}

static gboolean count_facets(Count *count, const Request *request, const ShimSet *set,
                             GError **error)
{
  gboolean together[FIELD_COUNT];
  count->table = index_state_facets(index_state(count->answer->db), error);
  if (count->table == NULL || !find_chosen(count, error)) return FALSE;
  for (int field = 0; field < FIELD_COUNT; field++) {
    gboolean apart = request->facets_apart && request_has_filter(request, (FieldId)field);
    together[field] = request->facets[field] && !apart;
    if (request->facets[field] && apart && !count_apart(count, request, (FieldId)field, error))
      return FALSE;
  }
  if (!count_set(count, set, together, request->facet_limit, error)) return FALSE;
  g_ptr_array_sort(count->answer->facets, by_field);
  return TRUE;
}

gboolean answer_count_facets(Answer *answer, const Request *request, const ShimSet *set,
                             GError **error)
{
  g_autoptr(GHashTable) chosen = g_hash_table_new(NULL, NULL);
  Count count = {.answer = answer, .chosen = chosen};
  return count_facets(&count, request, set, error);
}
