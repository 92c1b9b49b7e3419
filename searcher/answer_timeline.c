/* answer_timeline.c - see answer_timeline.h */
#include "answer_timeline.h"

#include "../corpus/error.h"
#include "../corpus/index_info.h"
#include "../corpus/terms.h"

/* ---- what the query says of dates, and without its words ---- */

static gboolean has_words(const Node *node)
{
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    if (has_words(g_ptr_array_index(node->children, i))) return TRUE;
  if (node->children != NULL && node->children->len > 0) return FALSE;
  gboolean of_text = node->field == FIELD_ANY || node->field == FIELD_TITLE;
  return of_text && node->kind != NODE_ALL && node->kind != NODE_HAS;
}

/* What every match must meet, as Node * of the tree. */
static GPtrArray *conditions(const Node *tree)
{
  GPtrArray *all = g_ptr_array_new();
  if (tree->kind != NODE_AND) {
    g_ptr_array_add(all, (gpointer)tree);
    return all;
  }
  for (guint i = 0; i < tree->children->len; i++)
    g_ptr_array_add(all, g_ptr_array_index(tree->children, i));
  return all;
}

/* The days between which every match must lie; year 0 where that is open. */
static void find_limits(const GPtrArray *all, Date *from, Date *to)
{
  *from = *to = (Date){0};
  for (guint i = 0; i < all->len; i++) {
    const Node *node = g_ptr_array_index(all, i);
    if (node->kind != NODE_DATE) continue;
    Date first = node->from.year > 0 ? date_first_day(node->from) : (Date){0};
    Date last = node->to.year > 0 ? date_last_day(node->to) : (Date){0};
    if (date_compare(first, *from) > 0) *from = first;
    if (last.year > 0 && (to->year == 0 || date_compare(last, *to) < 0)) *to = last;
  }
}

/* ---- counting ---- */

static void add_date(void *context, guint32 docid, const char *value, size_t len)
{
  (void)docid;
  date_tally_add(context, value, len);
}

static DateTally *tally_of(ShimDb *db, const ShimSet *set, GError **error)
{
  int first, last;
  if (!index_years(db, &first, &last, error)) return NULL;
  g_autoptr(DateTally) tally = date_tally_new(first, last);
  if (!shim_ok(shim_values(db, SLOT_DATE, set, add_date, tally), error)) return NULL;
  return g_steal_pointer(&tally);
}

/* ---- the base ---- */

typedef struct Frequency {
  ShimDb *db;
  GString *term;
  guint32 sum;
} Frequency;

static ShimStatus add_frequency(Frequency *frequency, Date date)
{
  uint32_t freq;
  term_of_date(frequency->term, date);
  ShimStatus status =
      shim_db_term_freq(frequency->db, frequency->term->str, frequency->term->len, &freq);
  if (status == SHIM_OK) frequency->sum += freq;
  return status;
}

/* The number of articles in a period: the index knows it of each day, month and year. */
static ShimStatus count_period(Frequency *frequency, TimelineScale scale, Period *period)
{
  ShimStatus status = SHIM_OK;
  frequency->sum = 0;
  Date from = period->from;
  int days = (int)(date_number(period->to) - date_number(from)) + 1;
  if (scale == TIMELINE_DAY || scale == TIMELINE_WEEK)
    for (int i = 0; status == SHIM_OK && i < days; i++)
      status = add_frequency(frequency, date_add_days(from, i));
  else if (scale == TIMELINE_MONTH)
    status = add_frequency(frequency, (Date){from.year, from.month, 0});
  else
    for (int y = from.year; status == SHIM_OK && y <= period->to.year; y++)
      status = add_frequency(frequency, (Date){(gint16)y, 0, 0});
  period->of = frequency->sum;
  return status;
}

static gboolean measure_by_all(ShimDb *db, Timeline *timeline, GError **error)
{
  g_autoptr(GString) term = g_string_new(NULL);
  Frequency frequency = {.db = db, .term = term};
  ShimStatus status = SHIM_OK;
  for (guint i = 0; status == SHIM_OK && i < timeline->periods->len; i++)
    status =
        count_period(&frequency, timeline->scale, &g_array_index(timeline->periods, Period, i));
  return shim_ok(status, error);
}

static gboolean measure_by_query(const Answer *answer, const Request *request, const Node *node,
                                 GError **error)
{
  CompileOptions options = {.expansion = request->expansion};
  g_autoptr(CompiledQuery) compiled =
      query_compile(node, request->query, answer->db, &options, error);
  ShimSet *set = NULL;
  if (compiled == NULL || !shim_ok(shim_set_find(answer->db, compiled->query, &set), error))
    return FALSE;
  g_autoptr(DateTally) tally = tally_of(answer->db, set, error);
  shim_set_free(set);
  if (tally == NULL) return FALSE;
  timeline_measure(answer->timeline, tally);
  return TRUE;
}

/* Measures by what meets the conditions that are no words. */
static gboolean measure_by_filters(const Answer *answer, const Request *request,
                                   const GPtrArray *all, GError **error)
{
  g_autoptr(GPtrArray) filters = g_ptr_array_new();
  for (guint i = 0; i < all->len; i++)
    if (!has_words(g_ptr_array_index(all, i))) g_ptr_array_add(filters, g_ptr_array_index(all, i));
  if (filters->len == 0) return measure_by_all(answer->db, answer->timeline, error);
  Node node = {.kind = NODE_AND, .field = FIELD_ANY, .children = filters};
  return measure_by_query(answer, request, &node, error);
}

gboolean answer_count_timeline(Answer *answer, const Request *request, const Node *tree,
                               const ShimSet *set, GError **error)
{
  g_autoptr(GPtrArray) all = conditions(tree);
  g_autoptr(DateTally) tally = tally_of(answer->db, set, error);
  if (tally == NULL) return FALSE;
  Date from, to;
  find_limits(all, &from, &to);
  answer->timeline =
      timeline_new(tally, shim_set_size(set), request->timeline, request->timeline_max, from, to);
  answer->timeline->base = request->timeline_base;
  return request->timeline_base == TIMELINE_OF_ALL
             ? measure_by_all(answer->db, answer->timeline, error)
             : measure_by_filters(answer, request, all, error);
}
