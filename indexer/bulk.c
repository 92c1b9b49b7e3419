/* bulk.c - see bulk.h */
#include "bulk.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "../corpus/error.h"
#include "../corpus/index_info.h"
#include "../corpus/terms.h"
#include "dictionary.h"
#include "document.h"
#include "doubles.h"
#include "scratch.h"

enum {
  /* A part has a chunk of its own for each of its terms, and merging keeps the chunks: the larger
   * the parts, the smaller the index and the faster it is read. But large ones are slow to make
   * (measured: parts of 4 MB 10 % slower than parts of 1 MB), and the last ones must not keep one
   * worker busy while the others have nothing to do. So they grow with the archive. */
  FIRST_BATCH = 512 << 10, /* bytes of text; twice as many after 64, 320 and 576 batches */
  DOUBLINGS = 3,
  FAN_IN = 128,        /* parts that one merge makes into one, when so many files can be open */
  FILES_A_PART = 6,    /* open while it is read or written */
  ARTICLE_BYTES = 512, /* of memory for an article without text, about */
  LEVELS = 8,          /* of merging: few open files make many */
  WORD_BYTES = 48,     /* of memory for each word that a worker remembers */
  WORDS_MIN = 10000,
  DELETIONS_MAX = 100 /* one document in so many deleted: the result is compacted again */
};

typedef struct Batch {
  guint number; /* from 0, in the order of the articles */
  GPtrArray *articles;
  GByteArray *again; /* of each article: 1 when its id was given before in this run */
  gsize bytes;
} Batch;

typedef struct Merge {
  guint level, group; /* makes part `group` of level + 1 */
  guint n;            /* of so many parts, fan_in but at the end */
} Merge;

/* Parts of one level, in order; a part of level n + 1 stands for fan_in parts of level n. */
typedef struct Level {
  GArray *ready; /* gboolean: part is written */
  guint merged;  /* how many groups have been handed to a merge */
} Level;

typedef struct Worker {
  Bulk *bulk;
  GThread *thread;
  Scribe *scribe;
  DocumentBuilder *builder;
  Dictionary *dictionary;
  ShimDb *live; /* reader of the index as it was; NULL when it was empty */
} Worker;

struct Bulk {
  char *index, *scratch, *build; /* build: beside the index, where the result is made */
  ShimDb *lock;                  /* a writer on the index, which only holds its lock */
  ShimDb *result;                /* the same on the new index, which moves into its place */
  gboolean had_articles;
  FacetTable *facets;
  GHashTable *seen; /* hashes of the ids given in this run; NULL when the index was empty */
  Batch *filling;
  guint n_batches;
  guint64 deleted;   /* documents of the merged database, because others have their ids */
  guint fan_in;      /* parts that are merged into one */
  gsize batch_bytes; /* of text, that no batch may exceed by more than an article */
  GPtrArray *workers;

  GMutex mutex; /* guards all below */
  GCond changed;
  GQueue batches, merges; /* work to do */
  guint busy;             /* workers that work */
  guint interned;         /* batches whose facet values have ordinals */
  Level levels[LEVELS];
  guint64 unchanged, written;
  gboolean merging;   /* one merge at a time: it has many files open */
  gboolean finishing; /* all batches are handed over */
  gboolean stopping;
  GError *error; /* the first failure */
};

/* ---- small things ---- */

static void batch_free(Batch *batch)
{
  if (batch == NULL) return;
  g_ptr_array_free(batch->articles, TRUE);
  g_byte_array_free(batch->again, TRUE);
  g_free(batch);
}

static char *part_path(const Bulk *bulk, guint level, guint number)
{
  return g_strdup_printf("%s/%u-%u", bulk->scratch, level, number);
}

static void fail(Bulk *bulk, GError *error)
{
  g_mutex_lock(&bulk->mutex);
  if (bulk->error == NULL)
    bulk->error = error;
  else
    g_error_free(error);
  bulk->stopping = TRUE;
  g_cond_broadcast(&bulk->changed);
  g_mutex_unlock(&bulk->mutex);
}

static gboolean is_complete(const Bulk *bulk, const Level *parts, guint group)
{
  guint first = group * bulk->fan_in;
  if (parts->ready->len < first + bulk->fan_in) return FALSE;
  for (guint i = first; i < first + bulk->fan_in; i++)
    if (!g_array_index(parts->ready, gboolean, i)) return FALSE;
  return TRUE;
}

/* With the mutex held: a part is written. The first of two groups that are complete is handed to a
 * merge; at the end no more, because what is left, two groups at most, is merged at once. */
static void part_ready(Bulk *bulk, guint level, guint number)
{
  Level *parts = &bulk->levels[level];
  if (parts->ready->len <= number) g_array_set_size(parts->ready, number + 1);
  g_array_index(parts->ready, gboolean, number) = TRUE;
  if (level + 1 >= LEVELS || bulk->finishing) return;
  while (is_complete(bulk, parts, parts->merged) && is_complete(bulk, parts, parts->merged + 1)) {
    Merge *merge = g_new(Merge, 1);
    *merge = (Merge){level, parts->merged++, bulk->fan_in};
    g_queue_push_tail(&bulk->merges, merge);
  }
  g_cond_broadcast(&bulk->changed);
}

/* ---- what a worker does ---- */

/* Waits until all earlier batches have numbered their facet values, so that the numbers depend on
 * the order of articles only. FALSE when the run is stopping. */
static gboolean await_turn(Bulk *bulk, guint number)
{
  g_mutex_lock(&bulk->mutex);
  while (bulk->interned != number && !bulk->stopping) g_cond_wait(&bulk->changed, &bulk->mutex);
  gboolean go_on = !bulk->stopping;
  g_mutex_unlock(&bulk->mutex);
  return go_on;
}

static void end_turn(Bulk *bulk)
{
  g_mutex_lock(&bulk->mutex);
  bulk->interned++;
  g_cond_broadcast(&bulk->changed);
  g_mutex_unlock(&bulk->mutex);
}

static void free_string(gpointer string)
{
  g_string_free(string, TRUE);
}

/* The packed facets (GString) of each article of a batch; NULL when the run is stopping. */
static GPtrArray *number_facets(Bulk *bulk, const Batch *batch)
{
  if (!await_turn(bulk, batch->number)) return NULL;
  GPtrArray *packed = g_ptr_array_new_with_free_func(free_string);
  for (guint i = 0; i < batch->articles->len; i++) {
    GString *slot = g_string_new(NULL);
    facet_table_pack(bulk->facets, g_ptr_array_index(batch->articles, i), slot);
    g_ptr_array_add(packed, slot);
  }
  end_turn(bulk);
  return packed;
}

/* TRUE when the index as it was holds exactly this article. */
static gboolean is_unchanged(const Worker *worker, const Article *article, const char *data)
{
  if (worker->live == NULL) return FALSE;
  g_autoptr(GString) term = g_string_new(NULL);
  term_of_value(term, FIELD_ID, article_first(article, FIELD_ID));
  uint32_t docid;
  ShimDoc *doc = NULL;
  if (shim_db_find(worker->live, term->str, term->len, &docid) != SHIM_OK ||
      shim_db_document(worker->live, docid, &doc) != SHIM_OK)
    return FALSE;
  const char *stored;
  size_t len;
  gboolean same = shim_doc_data(doc, &stored, &len) == SHIM_OK && len == strlen(data) &&
                  memcmp(stored, data, len) == 0;
  shim_doc_free(doc);
  return same;
}

static gboolean write_article(Worker *worker, ShimDb *part, const Article *article,
                              const char *data, const GString *packed, GError **error)
{
  dictionary_begin(worker->dictionary, part, article_first(article, FIELD_LANG));
  ShimDoc *doc = document_build(worker->builder, article, data, packed, dictionary_learn,
                                worker->dictionary, error);
  if (doc == NULL) return FALSE;
  ShimStatus status = dictionary_status(worker->dictionary);
  if (status == SHIM_OK) status = shim_db_add(part, doc, NULL);
  shim_doc_free(doc);
  return shim_ok(status, error);
}

static gboolean write_articles(Worker *worker, ShimDb *part, const Batch *batch,
                               const GPtrArray *packed, GError **error)
{
  guint64 unchanged = 0;
  for (guint i = 0; i < batch->articles->len; i++) {
    const Article *article = g_ptr_array_index(batch->articles, i);
    g_autofree char *data = article_pack(article);
    /* What comes again may have been another version before: the last one must be there. */
    if (batch->again->data[i] == 0 && is_unchanged(worker, article, data))
      unchanged++;
    else if (!write_article(worker, part, article, data, g_ptr_array_index(packed, i), error))
      return FALSE;
  }
  g_mutex_lock(&worker->bulk->mutex);
  worker->bulk->unchanged += unchanged;
  worker->bulk->written += batch->articles->len - unchanged;
  g_mutex_unlock(&worker->bulk->mutex);
  return shim_ok(shim_db_commit(part), error);
}

/* Writes a batch as a part of level 0. FALSE with an error, or without one when the run stops. */
static gboolean write_part(Worker *worker, const Batch *batch, GError **error)
{
  Bulk *bulk = worker->bulk;
  for (guint i = 0; i < batch->articles->len; i++)
    scribe_describe(worker->scribe, g_ptr_array_index(batch->articles, i));
  g_autoptr(GPtrArray) packed = number_facets(bulk, batch);
  if (packed == NULL) return FALSE;
  g_autofree char *path = part_path(bulk, 0, batch->number);
  ShimDb *part = NULL;
  if (!shim_ok(shim_db_create_scratch(path, &part), error)) return FALSE;
  gboolean ok = write_articles(worker, part, batch, packed, error);
  shim_db_free(part);
  return ok;
}

static gboolean merge_parts(const Bulk *bulk, const Merge *merge, GError **error)
{
  char *paths[FAN_IN];
  for (guint i = 0; i < merge->n; i++)
    paths[i] = part_path(bulk, merge->level, merge->group * bulk->fan_in + i);
  g_autofree char *to = part_path(bulk, merge->level + 1, merge->group);
  gboolean ok = shim_ok(shim_compact((const char *const *)paths, merge->n, to), error);
  for (guint i = 0; i < merge->n; i++) {
    scratch_remove(paths[i]);
    g_free(paths[i]);
  }
  return ok;
}

/* The next piece of work, merges first: they free disk and file names. NULL for both: the run is
 * over. */
static void take_work(Bulk *bulk, Batch **batch, Merge **merge)
{
  g_mutex_lock(&bulk->mutex);
  *merge = NULL;
  *batch = NULL;
  while (!bulk->stopping) {
    if (!bulk->merging) *merge = g_queue_pop_head(&bulk->merges);
    if (*merge == NULL) *batch = g_queue_pop_head(&bulk->batches);
    if (*merge != NULL || *batch != NULL) break;
    g_cond_wait(&bulk->changed, &bulk->mutex);
  }
  if (*merge != NULL || *batch != NULL) bulk->busy++;
  if (*merge != NULL) bulk->merging = TRUE;
  g_cond_broadcast(&bulk->changed);
  g_mutex_unlock(&bulk->mutex);
}

static void end_work(Bulk *bulk, const Batch *batch, const Merge *merge, gboolean ok)
{
  g_mutex_lock(&bulk->mutex);
  bulk->busy--;
  if (merge != NULL) bulk->merging = FALSE;
  if (ok && merge != NULL) part_ready(bulk, merge->level + 1, merge->group);
  if (ok && batch != NULL) part_ready(bulk, 0, batch->number);
  g_cond_broadcast(&bulk->changed);
  g_mutex_unlock(&bulk->mutex);
}

static gpointer work(gpointer data)
{
  Worker *worker = data;
  Bulk *bulk = worker->bulk;
  for (;;) {
    Batch *batch;
    Merge *merge;
    take_work(bulk, &batch, &merge);
    if (batch == NULL && merge == NULL) return NULL;
    GError *error = NULL;
    gboolean ok =
        merge != NULL ? merge_parts(bulk, merge, &error) : write_part(worker, batch, &error);
    if (error != NULL) fail(bulk, error);
    end_work(bulk, batch, merge, ok);
    batch_free(batch);
    g_free(merge);
  }
}

/* ---- starting ---- */

static gboolean start_worker(Bulk *bulk, const ActorTable *actors, guint words, GError **error)
{
  Worker *worker = g_new0(Worker, 1);
  worker->bulk = bulk;
  worker->scribe = scribe_new(actors);
  worker->builder = document_builder_new();
  worker->dictionary = dictionary_new(words);
  g_ptr_array_add(bulk->workers, worker);
  if (bulk->had_articles && (worker->live = index_open(bulk->index, error)) == NULL) return FALSE;
  worker->thread = g_thread_new("sitrep-bulk", work, worker);
  return TRUE;
}

static void worker_free(gpointer data)
{
  Worker *worker = data;
  if (worker->thread != NULL) g_thread_join(worker->thread);
  scribe_free(worker->scribe);
  document_builder_free(worker->builder);
  dictionary_free(worker->dictionary);
  shim_db_free(worker->live);
  g_free(worker);
}

static gboolean make_folder(const char *path, GError **error)
{
  scratch_remove(path);
  if (g_mkdir_with_parents(path, 0777) == 0) return TRUE;
  g_set_error(error, SITREP_ERROR, SITREP_ERROR_INDEX, "the folder %s cannot be made: %s", path,
              g_strerror(errno));
  return FALSE;
}

static gboolean open_index(Bulk *bulk, GError **error)
{
  ShimDbStats stats;
  bulk->lock = index_open_writer(bulk->index, error);
  if (bulk->lock == NULL || !shim_ok(shim_db_stats(bulk->lock, &stats), error)) return FALSE;
  bulk->had_articles = stats.documents > 0;
  if (bulk->had_articles) bulk->seen = g_hash_table_new(NULL, NULL);
  bulk->facets = index_facet_table(bulk->lock, error);
  return bulk->facets != NULL;
}

/* How many parts one merge may have: the last one has two groups open, and may ask the system for
 * more files than programs are given as a rule. */
static guint fan_in_of(guint jobs)
{
  struct rlimit limit;
  rlim_t others = (rlim_t)2 * FILES_A_PART * jobs + 64,
         wanted = (rlim_t)2 * FAN_IN * FILES_A_PART + others;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return FAN_IN / 4;
  if (limit.rlim_cur < wanted) {
    limit.rlim_cur = MIN(wanted, limit.rlim_max);
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0) getrlimit(RLIMIT_NOFILE, &limit);
  }
  rlim_t left = limit.rlim_cur > others ? limit.rlim_cur - others : 0;
  return (guint)CLAMP(left / 2 / FILES_A_PART, 4, FAN_IN);
}

static gboolean start(Bulk *bulk, const BulkOptions *options, GError **error)
{
  bulk->fan_in = fan_in_of(options->jobs);
  if (!open_index(bulk, error)) return FALSE;
  /* Where a link leads is what changes places, not the link. */
  char *real = realpath(bulk->index, NULL);
  if (real != NULL) {
    g_free(bulk->index);
    bulk->index = g_strdup(real);
    free(real);
  }
  bulk->build = scratch_beside(bulk->index);
  bulk->scratch = options->scratch == NULL
                      ? g_build_filename(bulk->build, "parts", NULL)
                      : g_strdup_printf("%s/sitrep-%d", options->scratch, (int)getpid());
  if (!make_folder(bulk->build, error) || !make_folder(bulk->scratch, error)) return FALSE;
  /* Half for words, half for batches: each of those takes some thirty times its text. */
  gsize share = options->memory / 2 / options->jobs;
  bulk->batch_bytes = CLAMP(share / 24, FIRST_BATCH / 8, FIRST_BATCH << DOUBLINGS);
  guint words = (guint)MAX(share / WORD_BYTES, WORDS_MIN);
  for (guint i = 0; i < options->jobs; i++)
    if (!start_worker(bulk, options->actors, words, error)) return FALSE;
  return TRUE;
}

Bulk *bulk_new(const BulkOptions *options, GError **error)
{
  Bulk *bulk = g_new0(Bulk, 1);
  g_mutex_init(&bulk->mutex);
  g_cond_init(&bulk->changed);
  g_queue_init(&bulk->batches);
  g_queue_init(&bulk->merges);
  for (guint i = 0; i < LEVELS; i++)
    bulk->levels[i].ready = g_array_new(FALSE, TRUE, sizeof(gboolean));
  bulk->workers = g_ptr_array_new_with_free_func(worker_free);
  bulk->index = g_strdup(options->index);
  if (start(bulk, options, error)) return bulk;
  bulk_free(bulk);
  return NULL;
}

void bulk_free(Bulk *bulk)
{
  if (bulk == NULL) return;
  g_mutex_lock(&bulk->mutex);
  bulk->stopping = TRUE;
  g_cond_broadcast(&bulk->changed);
  g_mutex_unlock(&bulk->mutex);
  g_ptr_array_free(bulk->workers, TRUE);
  /* With the locks still held: the next writer makes a folder of the same name. */
  if (bulk->scratch != NULL) scratch_remove(bulk->scratch);
  if (bulk->build != NULL) scratch_remove(bulk->build);
  shim_db_free(bulk->result);
  shim_db_free(bulk->lock);
  facet_table_free(bulk->facets);
  if (bulk->seen != NULL) g_hash_table_destroy(bulk->seen);
  batch_free(bulk->filling);
  g_queue_clear_full(&bulk->batches, (GDestroyNotify)batch_free);
  g_queue_clear_full(&bulk->merges, g_free);
  for (guint i = 0; i < LEVELS; i++) g_array_free(bulk->levels[i].ready, TRUE);
  g_clear_error(&bulk->error);
  g_mutex_clear(&bulk->mutex);
  g_cond_clear(&bulk->changed);
  g_free(bulk->index);
  g_free(bulk->scratch);
  g_free(bulk->build);
  g_free(bulk);
}

/* ---- articles ---- */

/* Gives the batch that is being filled to the workers; waits while two a worker are waiting. FALSE
 * with an error. */
static gboolean hand_over(Bulk *bulk, GError **error)
{
  if (bulk->filling == NULL) return TRUE;
  g_mutex_lock(&bulk->mutex);
  while (bulk->batches.length >= 2 * bulk->workers->len && bulk->error == NULL)
    g_cond_wait(&bulk->changed, &bulk->mutex);
  if (bulk->error != NULL) g_propagate_error(error, g_error_copy(bulk->error));
  gboolean ok = bulk->error == NULL;
  if (ok) g_queue_push_tail(&bulk->batches, g_steal_pointer(&bulk->filling));
  g_cond_broadcast(&bulk->changed);
  g_mutex_unlock(&bulk->mutex);
  return ok;
}

/* Bytes of text that fill batch `number`. */
static gsize batch_limit(const Bulk *bulk, guint number)
{
  guint doublings = MIN((number + 192) / 256, DOUBLINGS);
  return MIN((gsize)FIRST_BATCH << doublings, bulk->batch_bytes);
}

gboolean bulk_put(Bulk *bulk, Article *article, GError **error)
{
  if (bulk->filling == NULL) {
    bulk->filling = g_new0(Batch, 1);
    bulk->filling->number = bulk->n_batches++;
    bulk->filling->articles = g_ptr_array_new_with_free_func((GDestroyNotify)article_free);
    bulk->filling->again = g_byte_array_new();
  }
  /* Two ids with one hash cost a comparison in the end, no more. */
  guint hash = g_str_hash(article_first(article, FIELD_ID));
  guint8 again = bulk->seen != NULL && !g_hash_table_add(bulk->seen, GUINT_TO_POINTER(hash));
  g_byte_array_append(bulk->filling->again, &again, 1);
  const char *body = article_first(article, FIELD_BODY);
  g_ptr_array_add(bulk->filling->articles, article);
  bulk->filling->bytes += ARTICLE_BYTES + (body == NULL ? 0 : strlen(body));
  gboolean full = bulk->filling->bytes >= batch_limit(bulk, bulk->filling->number);
  return full ? hand_over(bulk, error) : TRUE;
}

/* ---- the end ---- */

/* Waits until nothing is left to do. FALSE with an error. */
static gboolean await_workers(Bulk *bulk, GError **error)
{
  g_mutex_lock(&bulk->mutex);
  bulk->finishing = TRUE;
  while (bulk->error == NULL &&
         (bulk->busy > 0 || bulk->batches.length > 0 || bulk->merges.length > 0))
    g_cond_wait(&bulk->changed, &bulk->mutex);
  if (bulk->error != NULL) g_propagate_error(error, g_error_copy(bulk->error));
  gboolean ok = bulk->error == NULL;
  g_mutex_unlock(&bulk->mutex);
  return ok;
}

static guint parts_left(const Bulk *bulk, const Level *parts)
{
  return parts->ready->len - parts->merged * bulk->fan_in;
}

/* Merges until no more parts are left than can be open at a time. The workers are idle. */
static gboolean merge_surplus(Bulk *bulk, GError **error)
{
  guint left = 0;
  for (guint level = 0; level < LEVELS; level++) left += parts_left(bulk, &bulk->levels[level]);
  for (guint level = 0; left > 2 * bulk->fan_in && level + 1 < LEVELS; level++) {
    Level *parts = &bulk->levels[level];
    while (left > 2 * bulk->fan_in && parts_left(bulk, parts) > 1) {
      const Merge merge = {level, parts->merged, MIN(parts_left(bulk, parts), bulk->fan_in)};
      if (!merge_parts(bulk, &merge, error)) return FALSE;
      parts->merged++;
      g_array_set_size(parts->ready, MAX(parts->ready->len, parts->merged * bulk->fan_in));
      part_ready(bulk, level + 1, merge.group);
      left -= merge.n - 1;
    }
  }
  return TRUE;
}

/* All that makes up the new index, in the order of the articles: the index as it was, then parts,
 * those of the highest level first, because they are the earliest. */
static GPtrArray *final_parts(const Bulk *bulk)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
  if (bulk->had_articles) g_ptr_array_add(paths, g_strdup(bulk->index));
  for (guint level = LEVELS; level-- > 0;) {
    const Level *parts = &bulk->levels[level];
    for (guint i = parts->merged * bulk->fan_in; i < parts->ready->len; i++)
      g_ptr_array_add(paths, part_path(bulk, level, i));
  }
  return paths;
}

/* Makes a sitrep index of the merged database: metadata, and one article an id. */
static gboolean finish_database(Bulk *bulk, const char *path, const GString *learnt,
                                BulkCounts *counts, GError **error)
{
  ShimDbStats before, merged;
  if (!shim_ok(shim_db_stats(bulk->lock, &before), error) ||
      !shim_ok(shim_db_open_writer(path, FALSE, &bulk->result), error))
    return FALSE;
  ShimDb *db = bulk->result;
  gboolean ok = shim_ok(shim_db_stats(db, &merged), error) &&
                index_copy_identity(bulk->lock, db, error) && index_raise_revision(db, error) &&
                index_set_facet_table(db, bulk->facets, error) &&
                index_set_learnt(db, learnt, error);
  counts->added = ok ? merged.documents - before.documents : 0;
  /* Merging closes gaps before the first document only: what was there keeps the lowest numbers. */
  guint32 old = ok && bulk->had_articles ? merged.last_docid - (guint32)counts->added : 0;
  ok = ok && doubles_remove(db, old, counts, error) && shim_ok(shim_db_commit(db), error);
  /* So far those are unchanged that came again and were written. */
  bulk->deleted = ok ? counts->changed + counts->repeated + counts->unchanged : 0;
  counts->added -= bulk->deleted;
  counts->unchanged += bulk->unchanged;
  counts->articles = merged.documents - (guint32)bulk->deleted;
  return ok;
}

/* Deleting from a compact database leaves it full of holes: when that was much, makes a compact one
 * of it again and moves `result` there. FALSE with an error. */
static gboolean close_holes(Bulk *bulk, const BulkCounts *counts, char **result, GError **error)
{
  if (bulk->deleted * DELETIONS_MAX <= counts->articles) return TRUE;
  g_autofree char *dense = g_build_filename(bulk->build, "dense", NULL);
  if (!shim_ok(shim_compact((const char *const *)result, 1, dense), error)) return FALSE;
  shim_db_free(bulk->result);
  bulk->result = NULL;
  g_free(*result);
  *result = g_steal_pointer(&dense);
  return shim_ok(shim_db_open_writer(*result, FALSE, &bulk->result), error);
}

gboolean bulk_finish(Bulk *bulk, const GString *learnt, BulkCounts *counts, GError **error)
{
  *counts = (BulkCounts){0};
  if (!hand_over(bulk, error) || !await_workers(bulk, error)) return FALSE;
  if (bulk->written == 0) {
    ShimDbStats stats;
    if (!shim_ok(shim_db_stats(bulk->lock, &stats), error)) return FALSE;
    counts->unchanged = bulk->unchanged;
    counts->articles = stats.documents;
    return TRUE;
  }
  if (!merge_surplus(bulk, error)) return FALSE;
  g_autoptr(GPtrArray) parts = final_parts(bulk);
  g_autofree char *result = g_build_filename(bulk->build, "index", NULL);
  return shim_ok(shim_compact((const char *const *)parts->pdata, parts->len, result), error) &&
         finish_database(bulk, result, learnt, counts, error) &&
         close_holes(bulk, counts, &result, error) && scratch_exchange(result, bulk->index, error);
}
