/* answer.c - see answer.h */
#include "answer.h"

#include <stdlib.h>
#include <string.h>

#include "../corpus/country.h"
#include "../corpus/error.h"
#include "../corpus/facets.h"
#include "../corpus/index_info.h"
#include "../corpus/terms.h"

static void facet_value_free(gpointer data)
{
  FacetValue *value = data;
  g_free(value->value);
  g_free(value);
}

static void facet_free(gpointer data)
{
  Facet *facet = data;
  g_ptr_array_free(facet->values, TRUE);
  g_free(facet);
}

void answer_free(Answer *answer)
{
  if (answer == NULL) return;
  g_free(answer->understood);
  g_free(answer->index_uuid);
  if (answer->facets != NULL) g_ptr_array_free(answer->facets, TRUE);
  highlighter_free(answer->highlighter);
  compiled_query_free(answer->compiled);
  shim_matches_free(answer->matches);
  g_free(answer);
}

const char *facet_label(FieldId field, const char *value)
{
  if (schema_field(field)->kind != KIND_COUNTRY) return value;
  const Country *country = country_by_alpha2(value);
  return country == NULL ? value : country->name;
}

/* ---- counting ---- */

typedef struct Counters {
  guint32 *counts;
  guint32 n;
} Counters;

static void count_match(void *context, const char *packed, size_t len)
{
  const Counters *counters = context;
  facet_count(packed, len, counters->counts, counters->n);
}

/* One value's counter, before it is known whether the value will be shown. */
typedef struct Tally {
  guint32 ordinal, count;
} Tally;

static gint by_count(gconstpointer a, gconstpointer b, gpointer table)
{
  const Tally *left = a, *right = b;
  if (left->count != right->count) return left->count > right->count ? -1 : 1;
  return facet_table_compare(table, left->ordinal, right->ordinal);
}

static gboolean is_selected(const Answer *answer, FieldId field, const char *value)
{
  if (!answer->compiled->has_chosen[field]) return FALSE;
  g_autoptr(GString) term = g_string_new(NULL);
  term_of_value(term, field, value);
  return g_hash_table_contains(answer->compiled->chosen, term->str);
}

static FacetValue *new_value(const Answer *answer, FieldId field, const FacetTable *table,
                             const Tally *tally)
{
  FacetValue *value = g_new0(FacetValue, 1);
  value->value = facet_table_value(table, tally->ordinal);
  value->label = facet_label(field, value->value);
  value->count = tally->count;
  value->selected = is_selected(answer, field, value->value);
  return value;
}

/* Makes values of the first `limit` tallies; what was chosen stays, however rare. */
static void take_values(const Answer *answer, Facet *facet, const FacetTable *table,
                        const GArray *tallies, guint32 limit)
{
  gboolean may_be_chosen = answer->compiled->has_chosen[facet->field];
  for (guint i = 0; i < tallies->len && (i < limit || may_be_chosen); i++) {
    FacetValue *value = new_value(answer, facet->field, table, &g_array_index(tallies, Tally, i));
    if (i < limit || value->selected)
      g_ptr_array_add(facet->values, value);
    else
      facet_value_free(value);
  }
}

static Facet *new_facet(const Answer *answer, FieldId field, FacetTable *table, GArray *tallies,
                        guint32 limit)
{
  Facet *facet = g_new0(Facet, 1);
  facet->field = field;
  facet->distinct = tallies->len;
  facet->values = g_ptr_array_new_with_free_func(facet_value_free);
  g_array_sort_with_data(tallies, by_count, table);
  take_values(answer, facet, table, tallies, limit);
  return facet;
}

static void build_facets(Answer *answer, const Request *request, FacetTable *table,
                         const Counters *counters)
{
  GArray *tallies[FIELD_COUNT] = {NULL};
  for (int field = 0; field < FIELD_COUNT; field++)
    if (request->facets[field]) tallies[field] = g_array_new(FALSE, FALSE, sizeof(Tally));
  for (guint32 ordinal = 0; ordinal < counters->n; ordinal++) {
    if (counters->counts[ordinal] == 0) continue;
    int field = facet_table_field(table, ordinal);
    Tally tally = {ordinal, counters->counts[ordinal]};
    if (field >= 0 && tallies[field] != NULL) g_array_append_val(tallies[field], tally);
  }
  for (int field = 0; field < FIELD_COUNT; field++) {
    if (tallies[field] == NULL) continue;
    g_ptr_array_add(answer->facets,
                    new_facet(answer, (FieldId)field, table, tallies[field], request->facet_limit));
    g_array_unref(tallies[field]);
  }
}

static gboolean wants_facets(const Request *request)
{
  for (int field = 0; field < FIELD_COUNT; field++)
    if (request->facets[field]) return TRUE;
  return FALSE;
}

/* A pass of its own without weights: exact count, and all facets at once. */
static gboolean count_all(Answer *answer, const Request *request, GError **error)
{
  g_autoptr(FacetTable) table = NULL;
  Counters counters = {0};
  ShimMatchSpec spec;
  shim_match_defaults(&spec);
  spec.query = answer->compiled->query;
  spec.weighting = SHIM_BOOL;
  spec.check_all = TRUE;
  if (wants_facets(request)) {
    table = index_facet_table(answer->db, error);
    if (table == NULL) return FALSE;
    counters.n = facet_table_size(table);
    counters.counts = g_new0(guint32, counters.n);
    spec.spy = count_match;
    spec.spy_slot = SLOT_FACETS;
    spec.spy_context = &counters;
  }
  ShimMatches *matches = NULL;
  gboolean ok = shim_ok(shim_match(answer->db, &spec, &matches), error);
  if (ok) {
    answer->total = shim_matches_counts(matches);
    if (table != NULL) build_facets(answer, request, table, &counters);
  }
  shim_matches_free(matches);
  g_free(counters.counts);
  return ok;
}

/* ---- matching ---- */

static void set_order(ShimMatchSpec *spec, const Request *request, const CompiledQuery *compiled)
{
  SortOrder sort = request->sort;
  /* Filters alone have no relevance: the newest come first then. */
  if (sort == SORT_RELEVANCE && compiled->is_ranked) return;
  spec->weighting = SHIM_BOOL;
  spec->sort = sort == SORT_OLDEST ? SHIM_SORT_VALUE_UP : SHIM_SORT_VALUE_DOWN;
  spec->sort_slot = SLOT_DATE;
}

static gboolean match(Answer *answer, const Request *request, GError **error)
{
  ShimMatchSpec spec;
  shim_match_defaults(&spec);
  spec.query = answer->compiled->query;
  spec.first = request->offset;
  spec.max = request->limit == LIMIT_ALL ? answer->articles : request->limit;
  set_order(&spec, request, answer->compiled);
  if (!shim_ok(shim_match(answer->db, &spec, &answer->matches), error)) return FALSE;
  answer->total = shim_matches_counts(answer->matches);
  gboolean exact = answer->total.lower == answer->total.upper;
  if (!wants_facets(request) && (exact || request->estimate)) return TRUE;
  return count_all(answer, request, error);
}

typedef struct Job {
  const Request *request;
  Node *tree;
  Answer *answer;
  GError *error;
} Job;

static gboolean fill(Answer *answer, const Job *job, GError **error)
{
  ShimDbStats stats;
  if (!shim_ok(shim_db_stats(answer->db, &stats), error)) return FALSE;
  answer->articles = stats.documents;
  if (!index_revision(answer->db, &answer->revision, error)) return FALSE;
  answer->index_uuid = index_uuid(answer->db, error);
  if (answer->index_uuid == NULL) return FALSE;
  answer->compiled = query_compile(job->tree, job->request->query, answer->db, error);
  if (answer->compiled == NULL) return FALSE;
  answer->highlighter = highlighter_new(answer->compiled->patterns);
  return match(answer, job->request, error);
}

/* Runs on one state of the database; called again on a newer one when that state is gone. */
static ShimStatus work(ShimDb *db, void *context)
{
  Job *job = context;
  answer_free(job->answer);
  g_clear_error(&job->error);
  job->answer = g_new0(Answer, 1);
  job->answer->db = db;
  job->answer->facets = g_ptr_array_new_with_free_func(facet_free);
  job->answer->offset = job->request->offset;
  if (fill(job->answer, job, &job->error)) return SHIM_OK;
  g_assert(job->error != NULL);
  return error_shim_status(job->error);
}

Answer *answer_new(const Request *request, ShimDb *db, GError **error)
{
  g_autoptr(Node) tree = request_tree(request, error);
  if (tree == NULL) return NULL;
  Job job = {.request = request, .tree = tree};
  ShimStatus status = shim_db_snapshot(db, work, &job);
  if (status == SHIM_OK) {
    job.answer->understood = query_print(tree);
    if (query_has_lower_operator(tree))
      job.answer->hint = "and, or, not in small letters are words to look for; AND, OR, NOT join";
    return job.answer;
  }
  answer_free(job.answer);
  if (job.error != NULL)
    g_propagate_error(error, job.error);
  else
    shim_ok(status, error);
  return NULL;
}

/* ---- hits ---- */

guint32 answer_size(const Answer *answer)
{
  return shim_matches_size(answer->matches);
}

typedef struct Load {
  guint32 docid;
  Article *article;
} Load;

static ShimStatus load_article(ShimDb *db, void *context)
{
  Load *load = context;
  ShimDoc *doc = NULL;
  ShimStatus status = shim_db_document(db, load->docid, &doc);
  if (status != SHIM_OK) return status;
  const char *data = NULL;
  size_t len = 0;
  status = shim_doc_data(doc, &data, &len);
  if (status == SHIM_OK) load->article = article_unpack(data, len);
  shim_doc_free(doc);
  return status;
}

HitStatus answer_hit(Answer *answer, guint32 i, Hit *hit, GError **error)
{
  ShimHit match_ = shim_matches_hit(answer->matches, i);
  Load load = {.docid = match_.docid};
  ShimStatus status = shim_db_snapshot(answer->db, load_article, &load);
  if (status == SHIM_NOT_FOUND) return HIT_GONE;
  if (!shim_ok(status, error)) return HIT_FAILED;
  if (load.article == NULL) {
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_INDEX,
                "document %u of the index is damaged; build the index anew", match_.docid);
    return HIT_FAILED;
  }
  *hit = (Hit){.rank = answer->offset + i + 1, .score = match_.weight, .article = load.article};
  return HIT_OK;
}

void hit_clear(Hit *hit)
{
  article_free(hit->article);
  *hit = (Hit){0};
}

typedef struct IdLoad {
  const GString *term;
  Load load;
} IdLoad;

static ShimStatus load_by_id(ShimDb *db, void *context)
{
  IdLoad *by_id = context;
  ShimStatus status = shim_db_find(db, by_id->term->str, by_id->term->len, &by_id->load.docid);
  return status == SHIM_OK ? load_article(db, &by_id->load) : status;
}

Article *answer_article(ShimDb *db, const char *id, GError **error)
{
  g_autoptr(GString) term = g_string_new(NULL);
  term_of_value(term, FIELD_ID, id);
  IdLoad by_id = {.term = term};
  ShimStatus status = shim_db_snapshot(db, load_by_id, &by_id);
  if (status == SHIM_NOT_FOUND) {
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE, "the index holds no article with id %s",
                id);
    return NULL;
  }
  if (!shim_ok(status, error)) return NULL;
  if (by_id.load.article == NULL)
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_INDEX,
                "the article %s is damaged in the index; build the index anew", id);
  return by_id.load.article;
}
