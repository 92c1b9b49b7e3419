/* span.c - see span.h */
#include "span.h"

#include "answer.h"

/* The date of the first article in an order, NULL when there is none. FALSE with an error. */
static gboolean date_at(ShimDb *db, SortOrder sort, char **date, GError **error)
{
  g_autoptr(Request) request = request_new();
  request->sort = sort;
  request->limit = 1;
  request->estimate = TRUE;
  *date = NULL;
  g_autoptr(Answer) answer = answer_new(request, db, error);
  if (answer == NULL) return FALSE;
  if (answer_size(answer) == 0) return TRUE;
  Hit hit;
  HitStatus status = answer_hit(answer, 0, &hit, error);
  if (status != HIT_OK) return status == HIT_GONE;
  *date = g_strdup(article_first(hit.article, FIELD_DATE));
  hit_clear(&hit);
  return TRUE;
}

gboolean index_span(ShimDb *db, char **first, char **last, GError **error)
{
  if (!date_at(db, SORT_OLDEST, first, error)) return FALSE;
  if (date_at(db, SORT_NEWEST, last, error)) return TRUE;
  g_clear_pointer(first, g_free);
  return FALSE;
}
