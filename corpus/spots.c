/* spots.c - see spots.h */
#include "spots.h"

#include <string.h>

#include "positions.h"

/* A term may stand in that step of that sequence. */
typedef struct Use {
  guint32 sequence, step;
} Use;

typedef struct Term {
  GArray *uses;     /* Use */
  gboolean certain; /* every article that is asked about holds it */
} Term;

typedef struct Sequence {
  guint32 operand, steps;
} Sequence;

/* A place where an operand occurs: words [start, end) of a section. */
typedef struct Occurrence {
  guint32 operand, section, start, end;
} Occurrence;

/* A chain of occurrences of different operands that ends at `end`. */
typedef struct Chain {
  guint32 end, state;
  gint64 gaps; /* words between its occurrences, less `end` */
} Chain;

struct Spots {
  SpotsKind kind;
  guint number, operands;
  GPtrArray *terms;  /* char * */
  GHashTable *index; /* char * of terms -> its number */
  GArray *of_terms;  /* Term, by number */
  GArray *sequences; /* Sequence */
  PositionFinder *finder;
  /* of the article that is looked into: */
  GArray *positions, *occurrences;
  GArray *pending; /* Chain: those that end behind the place that was come to */
  gint64 *best;    /* by state: the least `gaps` of chains that end before it */
  PositionHas has;
  void *context;
};

#define NO_CHAIN G_MAXINT64

static void term_clear(gpointer data)
{
  g_array_unref(((Term *)data)->uses);
}

Spots *spots_new(SpotsKind kind, guint number)
{
  Spots *spots = g_new0(Spots, 1);
  spots->kind = kind;
  spots->number = number;
  spots->terms = g_ptr_array_new_with_free_func(g_free);
  spots->index = g_hash_table_new(g_str_hash, g_str_equal);
  spots->of_terms = g_array_new(FALSE, FALSE, sizeof(Term));
  g_array_set_clear_func(spots->of_terms, term_clear);
  spots->sequences = g_array_new(FALSE, FALSE, sizeof(Sequence));
  spots->positions = g_array_new(FALSE, FALSE, sizeof(Position));
  spots->occurrences = g_array_new(FALSE, FALSE, sizeof(Occurrence));
  spots->pending = g_array_new(FALSE, FALSE, sizeof(Chain));
  return spots;
}

void spots_free(Spots *spots)
{
  if (spots == NULL) return;
  position_finder_free(spots->finder);
  g_hash_table_destroy(spots->index);
  g_ptr_array_free(spots->terms, TRUE);
  g_array_unref(spots->of_terms);
  g_array_unref(spots->sequences);
  g_array_unref(spots->positions);
  g_array_unref(spots->occurrences);
  g_array_unref(spots->pending);
  g_free(spots->best);
  g_free(spots);
}

/* ---- the condition ---- */

void spots_add_operand(Spots *spots)
{
  spots->operands++;
}

void spots_add_sequence(Spots *spots)
{
  Sequence sequence = {spots->operands - 1, 0};
  g_array_append_val(spots->sequences, sequence);
}

void spots_add_step(Spots *spots)
{
  g_array_index(spots->sequences, Sequence, spots->sequences->len - 1).steps++;
}

static guint term_number(Spots *spots, const char *term)
{
  gpointer number;
  if (g_hash_table_lookup_extended(spots->index, term, NULL, &number))
    return GPOINTER_TO_UINT(number);
  char *kept = g_strdup(term);
  Term new_term = {.uses = g_array_new(FALSE, FALSE, sizeof(Use))};
  g_hash_table_insert(spots->index, kept, GUINT_TO_POINTER(spots->terms->len));
  g_ptr_array_add(spots->terms, kept);
  g_array_append_val(spots->of_terms, new_term);
  return spots->terms->len - 1;
}

void spots_add_term(Spots *spots, const char *term)
{
  guint sequence = spots->sequences->len - 1;
  Use use = {sequence, g_array_index(spots->sequences, Sequence, sequence).steps - 1};
  guint number = term_number(spots, term);
  g_array_append_val(g_array_index(spots->of_terms, Term, number).uses, use);
}

const GPtrArray *spots_terms(const Spots *spots)
{
  return spots->terms;
}

/* A term that stands alone in its step is held by every article, if there is no other sequence in
 * its operand. */
static void find_certain(Spots *spots)
{
  g_autoptr(GHashTable) terms_of_step =
      g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  g_autofree guint *sequences = g_new0(guint, spots->operands);
  for (guint i = 0; i < spots->sequences->len; i++)
    sequences[g_array_index(spots->sequences, Sequence, i).operand]++;
  for (guint pass = 0; pass < 2; pass++)
    for (guint t = 0; t < spots->of_terms->len; t++) {
      Term *term = &g_array_index(spots->of_terms, Term, t);
      for (guint u = 0; u < term->uses->len; u++) {
        Use use = g_array_index(term->uses, Use, u);
        gint64 step = (gint64)use.sequence << 32 | use.step;
        guint n = GPOINTER_TO_UINT(g_hash_table_lookup(terms_of_step, &step));
        guint operand = g_array_index(spots->sequences, Sequence, use.sequence).operand;
        if (pass == 0)
          g_hash_table_insert(terms_of_step, g_memdup2(&step, sizeof step),
                              GUINT_TO_POINTER(n + 1));
        else if (n == 1 && sequences[operand] == 1)
          term->certain = TRUE;
      }
    }
}

/* What is needed to look into articles. */
static void prepare(Spots *spots)
{
  g_autoptr(GArray) hashes = g_array_new(FALSE, FALSE, sizeof(guint64));
  for (guint i = 0; i < spots->terms->len; i++) {
    const char *term = g_ptr_array_index(spots->terms, i);
    guint64 hash = position_hash(term, strlen(term));
    g_array_append_val(hashes, hash);
  }
  find_certain(spots);
  spots->finder = position_finder_new((const guint64 *)hashes->data, hashes->len);
  gsize states = spots->kind == SPOTS_NEAR ? (gsize)1 << spots->operands : spots->operands + 1;
  spots->best = g_new(gint64, states);
}

/* ---- occurrences ---- */

static gboolean has_term(void *context, guint term)
{
  Spots *spots = context;
  return g_array_index(spots->of_terms, Term, term).certain || spots->has(spots->context, term);
}

static gboolean is_of_step(const Spots *spots, guint32 term, Use wanted)
{
  const GArray *uses = g_array_index(spots->of_terms, Term, term).uses;
  for (guint i = 0; i < uses->len; i++) {
    Use use = g_array_index(uses, Use, i);
    if (use.sequence == wanted.sequence && use.step == wanted.step) return TRUE;
  }
  return FALSE;
}

/* TRUE when the sequence goes on behind position `i`, which is of its first step. */
static gboolean sequence_at(const Spots *spots, guint i, guint32 sequence, guint32 steps)
{
  Position first = g_array_index(spots->positions, Position, i);
  if (steps > spots->positions->len - i) return FALSE;
  for (guint32 step = 1; step < steps; step++) {
    Position next = g_array_index(spots->positions, Position, i + step);
    if (next.section != first.section || next.at != first.at + step) return FALSE;
    if (!is_of_step(spots, next.term, (Use){sequence, step})) return FALSE;
  }
  return TRUE;
}

static gboolean is_known(const Spots *spots, const Occurrence *occurrence)
{
  for (guint i = spots->occurrences->len; i-- > 0;) {
    const Occurrence *known = &g_array_index(spots->occurrences, Occurrence, i);
    if (known->section != occurrence->section || known->start != occurrence->start) return FALSE;
    if (known->operand == occurrence->operand && known->end == occurrence->end) return TRUE;
  }
  return FALSE;
}

/* Adds what begins at position `i`. */
static void add_occurrences(Spots *spots, guint i)
{
  Position position = g_array_index(spots->positions, Position, i);
  const GArray *uses = g_array_index(spots->of_terms, Term, position.term).uses;
  for (guint u = 0; u < uses->len; u++) {
    Use use = g_array_index(uses, Use, u);
    if (use.step != 0) continue;
    Sequence sequence = g_array_index(spots->sequences, Sequence, use.sequence);
    Occurrence occurrence = {sequence.operand, position.section, position.at,
                             position.at + sequence.steps};
    if (sequence_at(spots, i, use.sequence, sequence.steps) && !is_known(spots, &occurrence))
      g_array_append_val(spots->occurrences, occurrence);
  }
}

/* ---- how often ---- */

static gboolean is_often(Spots *spots)
{
  guint times = 0;
  for (guint i = 0; i < spots->positions->len; i++) {
    g_array_set_size(spots->occurrences, 0);
    add_occurrences(spots, i);
    if (spots->occurrences->len > 0 && ++times >= spots->number) return TRUE;
  }
  return FALSE;
}

/* ---- how near ----
 *
 * Occurrences are gone through from left to right. A chain of them, none overlapping the next, has
 * a state: which operands are in it (in order: how many). Of all chains with a state that have
 * ended, only that matters which will have the fewest words in its gaps, and that is known without
 * knowing where the next occurrence begins: the least of its gaps so far less its end. */

static gsize states_of(const Spots *spots)
{
  return spots->kind == SPOTS_NEAR ? (gsize)1 << spots->operands : spots->operands + 1;
}

static void forget_chains(Spots *spots)
{
  for (gsize i = 0; i < states_of(spots); i++) spots->best[i] = NO_CHAIN;
  g_array_set_size(spots->pending, 0);
}

/* Chains that end before `start` may go on there. */
static void end_chains(Spots *spots, guint32 start)
{
  guint kept = 0;
  for (guint i = 0; i < spots->pending->len; i++) {
    Chain chain = g_array_index(spots->pending, Chain, i);
    if (chain.end > start)
      g_array_index(spots->pending, Chain, kept++) = chain;
    else if (chain.gaps < spots->best[chain.state])
      spots->best[chain.state] = chain.gaps;
  }
  g_array_set_size(spots->pending, kept);
}

/* Puts the occurrence behind the best chain of a state; TRUE when all operands are in it then. */
static gboolean extend_chain(Spots *spots, const Occurrence *occurrence, guint32 from, guint32 to)
{
  if (from != 0 && spots->best[from] == NO_CHAIN) return FALSE;
  gint64 gaps = from == 0 ? 0 : spots->best[from] + occurrence->start;
  if (gaps >= spots->number) return FALSE;
  if (to == states_of(spots) - 1) return TRUE;
  Chain chain = {occurrence->end, to, gaps - occurrence->end};
  g_array_append_val(spots->pending, chain);
  return FALSE;
}

/* TRUE when the occurrence makes a chain of all operands. */
static gboolean add_to_chains(Spots *spots, const Occurrence *occurrence)
{
  end_chains(spots, occurrence->start);
  if (spots->kind == SPOTS_ORDERED)
    return extend_chain(spots, occurrence, occurrence->operand, occurrence->operand + 1);
  guint32 bit = 1u << occurrence->operand;
  for (guint32 state = 0; state < states_of(spots); state++)
    if ((state & bit) == 0 && extend_chain(spots, occurrence, state, state | bit)) return TRUE;
  return FALSE;
}

static gboolean are_near(Spots *spots)
{
  guint32 section = G_MAXUINT32;
  g_array_set_size(spots->occurrences, 0);
  for (guint i = 0; i < spots->positions->len; i++) add_occurrences(spots, i);
  for (guint i = 0; i < spots->occurrences->len; i++) {
    Occurrence occurrence = g_array_index(spots->occurrences, Occurrence, i);
    if (occurrence.section != section) forget_chains(spots);
    section = occurrence.section;
    if (add_to_chains(spots, &occurrence)) return TRUE;
  }
  return FALSE;
}

gboolean spots_hold(Spots *spots, const char *packed, gsize len, PositionHas has, void *context)
{
  if (spots->finder == NULL) prepare(spots);
  spots->has = has;
  spots->context = context;
  position_finder_find(spots->finder, packed, len, has_term, spots, spots->positions);
  return spots->kind == SPOTS_TIMES ? is_often(spots) : are_near(spots);
}
