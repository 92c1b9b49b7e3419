/* output_trec.c - hits as a TREC run, to be scored by trec_eval: "query Q0 id rank score tag". */
#include <string.h>

#include "output.h"

typedef struct Run {
  FILE *out;
  const char *query_id;
} Run;

/* Columns are parted by spaces: those in an id are percent-encoded. */
static void write_id(const char *id, FILE *out)
{
  for (; *id != '\0'; id++) {
    if (g_ascii_isspace(*id) || g_ascii_iscntrl(*id))
      fprintf(out, "%%%02X", (guchar)*id);
    else
      fputc(*id, out);
  }
}

/* trec_eval orders by score and ignores the rank: without scores a falling number stands for one.
 */
static void write_hit(Answer *answer, const Hit *hit, gpointer data)
{
  const Run *run = data;
  gboolean scored = shim_matches_hit(answer->matches, 0).weight > 0;
  write_id(run->query_id == NULL ? "1" : run->query_id, run->out);
  fputs(" Q0 ", run->out);
  write_id(article_first(hit->article, FIELD_ID), run->out);
  fprintf(run->out, " %u %.9g sitrep\n", hit->rank, scored ? hit->score : -(double)hit->rank);
}

static gboolean trec_search(Answer *answer, const OutputContext *context, GError **error)
{
  Run run = {context->out, context->query_id};
  return output_hits(answer, write_hit, &run, error);
}

const Output output_trec = {"trec", trec_search, NULL, NULL, NULL};
