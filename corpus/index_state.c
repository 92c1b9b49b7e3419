/* index_state.c - see index_state.h */
#include "index_state.h"

#include <string.h>

#include "error.h"
#include "facet_column.h"
#include "index_info.h"

struct IndexState {
  ShimDb *db;
  FacetTable *facets; /* NULL before first use, and so on */
  GPtrArray *languages;
  Analyzer *analyzer;
  Stemmers *stemmers;
  GHashTable *forms; /* char *, see forms_key() -> GHashTable *, a set of char * */
  Vocabulary *words[FIELD_COUNT];
  FacetColumn *column;
  guint64 values_read; /* one by one, without the column */
};

static void state_free(void *data)
{
  IndexState *state = data;
  facet_table_free(state->facets);
  facet_column_free(state->column);
  g_clear_pointer(&state->analyzer, analyzer_free);
  g_clear_pointer(&state->stemmers, stemmers_free);
  if (state->languages != NULL) g_ptr_array_free(state->languages, TRUE);
  g_hash_table_destroy(state->forms);
  for (int i = 0; i < FIELD_COUNT; i++) vocabulary_free(state->words[i]);
  g_free(state);
}

static void unref_forms(gpointer forms)
{
  g_hash_table_unref(forms);
}

IndexState *index_state(ShimDb *db)
{
  IndexState *state = shim_db_kept(db);
  if (state != NULL) return state;
  state = g_new0(IndexState, 1);
  state->db = db;
  state->forms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, unref_forms);
  shim_db_keep(db, state, state_free);
  return state;
}

const FacetTable *index_state_facets(IndexState *state, GError **error)
{
  if (state->facets == NULL) state->facets = index_facet_table(state->db, error);
  return state->facets;
}

/* ---- languages ---- */

static gboolean load_languages(ShimDb *db, GPtrArray *languages, GError **error)
{
  const char *prefix = schema_field(FIELD_LANG)->prefix;
  gsize prefix_len = strlen(prefix);
  ShimTerms *terms = NULL;
  if (!shim_ok(shim_terms_all(db, prefix, prefix_len, &terms), error)) return FALSE;
  g_autoptr(GString) from = g_string_new(prefix);
  const char *term;
  gsize len;
  ShimStatus status;
  /* Seeking: the next term alone would be found by reading all that is between, the whole list of
   * articles in a language. */
  while ((status = shim_terms_seek(terms, from->str, from->len, &term, &len)) == SHIM_OK) {
    g_ptr_array_add(languages, g_strdup(term + prefix_len));
    g_string_truncate(from, 0);
    g_string_append_len(from, term, (gssize)len + 1); /* with its NUL: what comes after it */
  }
  shim_terms_free(terms);
  return status == SHIM_END || shim_ok(status, error);
}

const GPtrArray *index_state_languages(IndexState *state, GError **error)
{
  if (state->languages != NULL) return state->languages;
  GPtrArray *languages = g_ptr_array_new_with_free_func(g_free);
  if (load_languages(state->db, languages, error)) return state->languages = languages;
  g_ptr_array_free(languages, TRUE);
  return NULL;
}

/* ---- words ---- */

Analyzer *index_state_analyzer(IndexState *state)
{
  if (state->analyzer == NULL) state->analyzer = analyzer_new();
  return state->analyzer;
}

Stemmers *index_state_stemmers(IndexState *state)
{
  if (state->stemmers == NULL) state->stemmers = stemmers_new();
  return state->stemmers;
}

/* How many sets of forms are kept, so that no list of queries fills the memory. */
enum { FORMS_MAX = 20000 };

/* A word and its languages, parted by a character that is in neither. */
static GString *forms_key(const Token *word, const GPtrArray *langs)
{
  GString *key = g_string_new_len(word->cased, (gssize)word->cased_len);
  for (guint i = 0; langs != NULL && i < langs->len; i++)
    g_string_append_printf(key, "\n%s", (const char *)g_ptr_array_index(langs, i));
  return key;
}

typedef struct FormSet {
  ShimDb *db;
  GHashTable *forms;
  ShimStatus status;
} FormSet;

static void add_forms(void *context, const char *key, gsize len)
{
  FormSet *set = context;
  ShimTerms *forms = NULL;
  if (set->status != SHIM_OK) return;
  set->status = shim_terms_synonyms(set->db, key, len, &forms);
  if (set->status != SHIM_OK) return;
  const char *form;
  gsize form_len;
  ShimStatus status;
  while ((status = shim_terms_next(forms, &form, &form_len)) == SHIM_OK)
    g_hash_table_add(set->forms, g_strndup(form, form_len));
  shim_terms_free(forms);
  if (status != SHIM_END) set->status = status;
}

static GHashTable *find_forms(IndexState *state, const Token *word, const GPtrArray *langs,
                              GError **error)
{
  if (langs == NULL) langs = index_state_languages(state, error);
  if (langs == NULL) return NULL;
  FormSet set = {.db = state->db};
  set.forms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add(set.forms, g_strndup(word->form, word->form_len));
  for (guint i = 0; i < langs->len; i++)
    stem_keys(index_state_stemmers(state), g_ptr_array_index(langs, i), word->cased,
              word->cased_len, add_forms, &set);
  if (shim_ok(set.status, error)) return set.forms;
  g_hash_table_destroy(set.forms);
  return NULL;
}

GHashTable *index_state_forms(IndexState *state, const Token *word, const GPtrArray *langs,
                              GError **error)
{
  g_autoptr(GString) key = forms_key(word, langs);
  GHashTable *forms = g_hash_table_lookup(state->forms, key->str);
  if (forms != NULL) return g_hash_table_ref(forms);
  forms = find_forms(state, word, langs, error);
  if (forms == NULL) return NULL;
  if (g_hash_table_size(state->forms) >= FORMS_MAX) g_hash_table_remove_all(state->forms);
  g_hash_table_insert(state->forms, g_strdup(key->str), g_hash_table_ref(forms));
  return forms;
}

gboolean index_state_words(IndexState *state, FieldId field, const char *start, VocabularySink sink,
                           void *context, GError **error)
{
  if (state->words[field] == NULL && *start != '\0')
    return vocabulary_read(state->db, field, start, sink, context, error);
  if (state->words[field] == NULL) state->words[field] = vocabulary_new(state->db, field, error);
  if (state->words[field] == NULL) return FALSE;
  vocabulary_visit(state->words[field], start, sink, context);
  return TRUE;
}

/* ---- counting ---- */

typedef struct Counters {
  guint32 *counts;
  guint32 n;
} Counters;

static void count_value(void *context, guint32 docid, const char *packed, size_t len)
{
  (void)docid;
  const Counters *counters = context;
  facet_count(packed, len, counters->counts, counters->n);
}

static gboolean count_one_by_one(IndexState *state, const ShimSet *set, Counters *counters,
                                 GError **error)
{
  state->values_read += shim_set_size(set);
  return shim_ok(shim_values(state->db, SLOT_FACETS, set, count_value, counters), error);
}

static void add_value(void *context, guint32 docid, const char *packed, size_t len)
{
  facet_column_add(context, docid, packed, len);
}

static gboolean load_column(IndexState *state, guint32 ordinals, GError **error)
{
  if (state->column != NULL) return TRUE;
  g_autoptr(FacetColumn) column = facet_column_new(ordinals);
  if (!shim_ok(shim_values(state->db, SLOT_FACETS, NULL, add_value, column), error)) return FALSE;
  state->column = g_steal_pointer(&column);
  return TRUE;
}

static gboolean count_in_column(IndexState *state, const ShimSet *set, Counters *counters,
                                GError **error)
{
  if (!load_column(state, counters->n, error)) return FALSE;
  gsize n;
  const guint64 *words = shim_set_words(set, &n);
  facet_column_count(state->column, words, n, counters->counts);
  return TRUE;
}

/* TRUE when so many documents more, read one by one, would be more than there are. */
static gboolean is_column_worth(const IndexState *state, guint32 documents, const ShimSet *set)
{
  return state->column != NULL || state->values_read + shim_set_size(set) > documents;
}

guint32 *index_state_count(IndexState *state, const ShimSet *set, GError **error)
{
  ShimDbStats stats;
  const FacetTable *facets = index_state_facets(state, error);
  if (facets == NULL || !shim_ok(shim_db_stats(state->db, &stats), error)) return NULL;
  Counters counters = {.n = facet_table_size(facets)};
  counters.counts = g_new0(guint32, MAX(counters.n, 1));
  gboolean ok = is_column_worth(state, stats.documents, set)
                    ? count_in_column(state, set, &counters, error)
                    : count_one_by_one(state, set, &counters, error);
  if (ok) return counters.counts;
  g_free(counters.counts);
  return NULL;
}
