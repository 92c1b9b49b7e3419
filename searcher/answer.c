/* answer.c - see answer.h */
#include "answer.h"

#include <stdlib.h>
#include <string.h>

#include "../corpus/country.h"
#include "../corpus/error.h"
#include "../corpus/index_info.h"
#include "../corpus/terms.h"
#include "../shim/limit.h"
#include "../shim/set.h"
#include "answer_facets.h"
#include "answer_timeline.h"
#include "digest.h"

void answer_free(Answer *answer)
{
  if (answer == NULL) return;
  g_free(answer->understood);
  g_free(answer->index_uuid);
  if (answer->facets != NULL) g_ptr_array_free(answer->facets, TRUE);
  g_free(answer->first_date);
  g_free(answer->last_date);
  node_free(answer->tree);
  diagnosis_free(answer->diagnosis);
  timeline_free(answer->timeline);
  g_free(answer->digest);
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

/* The best of those that match; `found` is the set of them, NULL when it is not known. */
static gboolean rank(Answer *answer, const Request *request, const ShimSet *found, GError **error)
{
  const CompiledQuery *compiled = answer->compiled;
  ShimMatchSpec spec;
  shim_match_defaults(&spec);
  spec.query = compiled->query;
  spec.found = found;
  spec.weights = compiled->weights != NULL ? compiled->weights : compiled->query;
  spec.first = request->offset;
  spec.max = request->limit == LIMIT_ALL ? answer->articles : request->limit;
  set_order(&spec, request, compiled);
  return shim_ok(shim_match(answer->db, &spec, &answer->matches), error);
}

/* Dates of less than a day stand before the days in them, so the first is right, and the last one
 * as precise as what has it. */
static void widen_span(void *context, guint32 docid, const char *date, size_t len)
{
  Answer *answer = context;
  (void)docid;
  g_autofree char *copy = g_strndup(date, len);
  if (answer->first_date == NULL || strcmp(copy, answer->first_date) < 0) {
    g_free(answer->first_date);
    answer->first_date = g_strdup(copy);
  }
  if (answer->last_date != NULL && strcmp(copy, answer->last_date) <= 0) return;
  g_free(answer->last_date);
  answer->last_date = g_steal_pointer(&copy);
}

static gboolean find_span(Answer *answer, const ShimSet *found, GError **error)
{
  return shim_ok(shim_values(answer->db, SLOT_DATE, found, widen_span, answer), error);
}

/* TRUE when all that match are needed for what the request wants. */
static gboolean wants_all(const Request *request)
{
  return wants_facets(request) || request->span || request->timeline != TIMELINE_NONE ||
         request->digest;
}

/* What is made of all that match. */
static gboolean tell_all(Answer *answer, const Request *request, const Node *tree,
                         const ShimSet *found, GError **error)
{
  if (request->span && !find_span(answer, found, error)) return FALSE;
  if (wants_facets(request) && !answer_count_facets(answer, request, found, error)) return FALSE;
  if (request->timeline != TIMELINE_NONE &&
      !answer_count_timeline(answer, request, tree, found, error))
    return FALSE;
  if (request->digest) answer->digest = digest_of_ids(answer->db, found, error);
  return !request->digest || answer->digest != NULL;
}

/* All that match are found first, without weights, and only then ranked: for facets they are
 * needed, and what filters need not be asked again. */
static gboolean find_and_rank(Answer *answer, const Request *request, const Node *tree,
                              GError **error)
{
  ShimSet *found = NULL;
  if (!shim_ok(shim_set_find(answer->db, answer->compiled->query, &found), error)) return FALSE;
  uint32_t total = shim_set_size(found);
  answer->total = (ShimCounts){total, total, total};
  gboolean ok = (request->limit == 0 || rank(answer, request, found, error)) &&
                tell_all(answer, request, tree, found, error);
  shim_set_free(found);
  return ok;
}

/* The exact total, unless it is known or an estimate is enough. */
static gboolean count(Answer *answer, const Request *request, GError **error)
{
  if (answer->matches != NULL) {
    answer->total = shim_matches_counts(answer->matches);
    if (request->estimate || answer->total.lower == answer->total.upper) return TRUE;
  }
  uint32_t total;
  if (!shim_ok(shim_set_count(answer->db, answer->compiled->query, &total), error)) return FALSE;
  answer->total = (ShimCounts){total, total, total};
  return TRUE;
}

static gboolean match(Answer *answer, const Request *request, const Node *tree, GError **error)
{
  gboolean ranked = request->limit > 0 || request->estimate;
  if (wants_all(request) || (ranked && answer->compiled->weights != NULL))
    return find_and_rank(answer, request, tree, error);
  return (!ranked || rank(answer, request, NULL, error)) && count(answer, request, error);
}

typedef struct Job {
  const Request *request;
  Node *tree;
  Answer *answer;
  GError *error;
} Job;

/* Fills in the diagnosis. The answer is known by then: without the time for more it is one too. */
static gboolean find_causes(Answer *answer, const Job *job, const CompileOptions *options,
                            GError **error)
{
  GError *failed = NULL;
  answer->diagnosis = diagnose(job->tree, job->request->query, answer->db, options, &failed);
  if (answer->diagnosis != NULL) return TRUE;
  if (error_shim_status(failed) != SHIM_TIMEOUT) {
    g_propagate_error(error, failed);
    return FALSE;
  }
  g_error_free(failed);
  return TRUE;
}

static gboolean fill(Answer *answer, const Job *job, GError **error)
{
  ShimDbStats stats;
  if (!shim_ok(shim_db_stats(answer->db, &stats), error)) return FALSE;
  answer->articles = stats.documents;
  if (!index_revision(answer->db, &answer->revision, error)) return FALSE;
  answer->index_uuid = index_uuid(answer->db, error);
  if (answer->index_uuid == NULL) return FALSE;
  CompileOptions options = {job->request->expansion, job->request->explain};
  answer->compiled = query_compile(job->tree, job->request->query, answer->db, &options, error);
  if (answer->compiled == NULL) return FALSE;
  answer->highlighter = highlighter_new(answer->compiled->patterns);
  if (!match(answer, job->request, job->tree, error)) return FALSE;
  if (!job->request->diagnose || answer->total.upper > 0) return TRUE;
  return find_causes(answer, job, &options, error);
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
  shim_time_limit(request->time_limit);
  ShimStatus status = shim_db_snapshot(db, work, &job);
  shim_time_limit(0);
  if (status == SHIM_OK) {
    job.answer->understood = query_print(tree);
    if (query_has_lower_operator(tree))
      job.answer->hint = "and, or, not in small letters are words to look for; AND, OR, NOT join";
    job.answer->tree = g_steal_pointer(&tree);
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
  return answer->matches == NULL ? 0 : shim_matches_size(answer->matches);
}

ShimStatus answer_load(ShimDb *db, guint32 docid, Article **article)
{
  ShimDoc *doc = NULL;
  ShimStatus status = shim_db_document(db, docid, &doc);
  if (status != SHIM_OK) return status;
  const char *data = NULL;
  size_t len = 0;
  status = shim_doc_data(doc, &data, &len);
  if (status == SHIM_OK) *article = article_unpack(data, len);
  shim_doc_free(doc);
  return status;
}

typedef struct Load {
  guint32 docid;
  Article *article;
} Load;

static ShimStatus load_article(ShimDb *db, void *context)
{
  Load *load = context;
  return answer_load(db, load->docid, &load->article);
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
  if (!answer->with_copies) return HIT_OK;
  if (copies_find(answer->db, article_first(hit->article, FIELD_ID), &hit->copies, error))
    return HIT_OK;
  hit_clear(hit);
  return HIT_FAILED;
}

void hit_clear(Hit *hit)
{
  article_free(hit->article);
  copies_clear(&hit->copies);
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
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_NO_ARTICLE,
                "the index holds no article with id %s", id);
    return NULL;
  }
  if (!shim_ok(status, error)) return NULL;
  if (by_id.load.article == NULL)
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_INDEX,
                "the article %s is damaged in the index; build the index anew", id);
  return by_id.load.article;
}
