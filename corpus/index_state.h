/* index_state.h - what is read once from one state of an index and kept with its handle.
 *
 * A state belongs to the handle (shim_db_keep): it is freed with it, and as soon as the handle
 * moves to another commit, so nobody keeps a pointer to it across shim_db_snapshot(). Each part is
 * loaded when it is first asked for. Like the handle, it belongs to one thread. */
#ifndef SITREP_INDEX_STATE_H
#define SITREP_INDEX_STATE_H

#include "../shim/database.h"
#include "../shim/set.h"
#include "analysis.h"
#include "facets.h"
#include "vocabulary.h"
#include <glib.h>

typedef struct IndexState IndexState;

/* The state of the index that the handle is at. */
IndexState *index_state(ShimDb *db);

/* Its facet table; NULL with an error. Owned by the state. */
const FacetTable *index_state_facets(IndexState *state, GError **error);

/* The languages of its articles, as in terms: GPtrArray of char *. NULL with an error. Owned by the
 * state. */
const GPtrArray *index_state_languages(IndexState *state, GError **error);

/* What reads and stems the words of queries. They do not depend on the index, but setting them up
 * takes as long as a search for a rare word: they are kept along with the rest. Owned by the state,
 * one use at a time. */
Analyzer *index_state_analyzer(IndexState *state);
Stemmers *index_state_stemmers(IndexState *state);

/* The forms that share a stem with a word in a language of `langs` (char *; NULL: of every language
 * the index holds), and its own form: a set of char *. Kept for the next time. NULL with an error;
 * g_hash_table_unref() it. */
GHashTable *index_state_forms(IndexState *state, const Token *word, const GPtrArray *langs,
                              GError **error);

/* Visits the words that begin with `start`, as vocabulary_read(). Those with an empty `start` are
 * loaded the first time. */
gboolean index_state_words(IndexState *state, FieldId field, const char *start, VocabularySink sink,
                           void *context, GError **error);

/* Counters, one for each ordinal of the facet table: how many documents of a set have it. NULL with
 * an error; g_free() it. The values are read from the index one by one, and once as many have been
 * read as the index has documents, from memory, where all of them are loaded then: never more than
 * twice the reading that the better of the two would have needed (the "ski rental" rule; Karlin et
 * al., Competitive snoopy caching, 1988). */
guint32 *index_state_count(IndexState *state, const ShimSet *set, GError **error);

#endif
