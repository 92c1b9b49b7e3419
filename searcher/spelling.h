/* spelling.h - words of an index that somebody who typed another word may have meant. */
#ifndef SITREP_SPELLING_H
#define SITREP_SPELLING_H

#include "../corpus/index_state.h"

/* At most three words of a field (see vocabulary_read()) one or two edits from `word` and at least
 * ten times as frequent, the likeliest first: an edit more has to be made up for by a hundred times
 * the frequency, another first letter by ten times. `known` receives the articles that hold a form
 * of the word, with `stem` all that share its stem; at most, for some may hold several. Words of
 * less than three characters, and those with digits, have none. NULL with an error; free with
 * g_ptr_array_free(). */
GPtrArray *spelling_corrections(ShimDb *db, FieldId field, const Token *word, gboolean stem,
                                guint32 *known, GError **error);

#endif
