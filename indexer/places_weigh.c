/* places_weigh.c - see describe_places.h */
#include <math.h>
#include <string.h>

#include "describe_places.h"

enum { LEAD_WORDS = 50 };

static Candidate *candidate_of(PlacesScratch *scratch, guint slot)
{
  if (scratch->candidate_of[slot] == 0) {
    Candidate fresh = {.slot = (guint16)slot, .first = G_MAXUINT};
    g_array_append_val(scratch->candidates, fresh);
    scratch->candidate_of[slot] = (guint16)scratch->candidates->len;
  }
  return &g_array_index(scratch->candidates, Candidate, scratch->candidate_of[slot] - 1);
}

static void count_mention(Scribe *scribe, const Mention *mention)
{
  PlacesScratch *scratch = scribe->places;
  const TextWords *words = scribe->words;
  Candidate *c = candidate_of(scratch, mention->slot);
  if (mention->word < words->n_title)
    c->title++;
  else if (mention->word < scratch->dateline_end)
    c->dateline++;
  else
    c->text++;
  c->names += mention->kind == BY_NAME;
  c->adjectives += mention->kind == BY_ADJECTIVE;
  c->institutions += mention->kind == BY_INSTITUTION;
  c->places += mention->kind == BY_PLACE;
  if (mention->word >= words->n_title && mention->word < scratch->dateline_end) return;
  c->locative += places_is_locative(scribe, mention->word);
  c->first = MIN(c->first, mention->word);
  if (mention->word < words->n_title) return;
  c->towns += mention->kind == BY_PLACE;
  c->lead += mention->word < scratch->dateline_end + LEAD_WORDS;
  c->tenths |=
      (guint16)(1u << ((mention->word - words->n_title) * 10 / (words->n - words->n_title)));
}

static guint mentions_of(const Candidate *c)
{
  return c->title + c->dateline + c->text;
}

typedef struct Totals {
  guint mentions, most, text, locative, first, n, words;
  gboolean dateline;
  guint lead;
} Totals;

static void weigh(Candidate *c, const Totals *totals)
{
  double *f = c->features, n = mentions_of(c);
  f[FEATURE_BIAS] = 1;
  f[FEATURE_SHARE] = n / totals->mentions;
  f[FEATURE_RATIO] = n / totals->most;
  f[FEATURE_LOG_COUNT] = log(n);
  f[FEATURE_ONCE] = c->title + c->text + c->dateline == 1;
  f[FEATURE_TITLE] = c->title > 0;
  f[FEATURE_DATELINE] = c->dateline > 0;
  f[FEATURE_ONLY_DATELINE] = c->dateline > 0 && c->title + c->text == 0;
  f[FEATURE_OTHER_DATELINE] = totals->dateline && c->dateline == 0;
  f[FEATURE_LEAD] = totals->lead == 0 ? 0 : (double)c->lead / totals->lead;
  f[FEATURE_IN_LEAD] = c->lead > 0;
  f[FEATURE_FIRST] = c->first == totals->first && c->first != G_MAXUINT;
  f[FEATURE_EARLY] = c->first == G_MAXUINT ? 0 : 1 - (double)c->first / totals->words;
  f[FEATURE_TOP] = mentions_of(c) == totals->most;
  f[FEATURE_ALONE] = totals->n == 1;
  f[FEATURE_LOG_OTHERS] = log(totals->n);
  f[FEATURE_LOG_WORDS] = log(1 + totals->words) / log(1001);
  f[FEATURE_ADJECTIVES] = c->adjectives / n;
  f[FEATURE_INSTITUTIONS] = c->institutions / n;
  f[FEATURE_PLACES] = c->places / n;
  f[FEATURE_NAMED] = c->names > 0;
  guint tenths = 0;
  for (guint16 bits = c->tenths; bits != 0; bits &= (guint16)(bits - 1)) tenths++;
  f[FEATURE_SPREAD] = tenths / 10.0;
  f[FEATURE_TEXT_SHARE] = totals->text == 0 ? 0 : (double)c->text / totals->text;
  f[FEATURE_SHARE_SQUARED] = f[FEATURE_SHARE] * f[FEATURE_SHARE];
  f[FEATURE_LOG_TOWNS] = log(1 + c->towns);
  f[FEATURE_DATELINE_SHARE] = f[FEATURE_DATELINE] * f[FEATURE_SHARE];
  f[FEATURE_DATELINE_WORDS] = f[FEATURE_DATELINE] * f[FEATURE_LOG_WORDS];
  f[FEATURE_DATELINE_RATIO] = f[FEATURE_DATELINE] * f[FEATURE_RATIO];
  f[FEATURE_LOCATIVE] = c->locative / n;
  f[FEATURE_LOCATIVE_SHARE] = totals->locative == 0 ? 0 : (double)c->locative / totals->locative;
  f[FEATURE_RATIO_WORDS] = f[FEATURE_RATIO] * f[FEATURE_LOG_WORDS];
}

/* Fitted by tests/eval/fit-places.py, which says how. */
static const double weights[FEATURE_COUNT] = {
#include "places_weights.inc"
};

/* Between the best of the two sets, see fit-places.py. */
static const double threshold = 0.45, low_threshold = 0.35;

static void judge(Candidate *c)
{
  double sum = 0;
  for (int i = 0; i < FEATURE_COUNT; i++) sum += weights[i] * c->features[i];
  c->score = 1 / (1 + exp(-sum));
  c->focus = c->score >= threshold;
}

/* Where nothing is over the threshold, the best stands when it is not far below. */
static void take_best(GArray *all)
{
  Candidate *best = NULL;
  for (guint i = 0; i < all->len; i++) {
    Candidate *c = &g_array_index(all, Candidate, i);
    if (c->focus) return;
    if (best == NULL || c->score > best->score) best = c;
  }
  if (best != NULL) best->focus = best->score >= low_threshold;
}

static void weigh_all(Scribe *scribe)
{
  GArray *all = scribe->places->candidates;
  Totals totals = {.n = all->len, .first = G_MAXUINT, .words = MAX(scribe->words->n, 1)};
  for (guint i = 0; i < all->len; i++) {
    const Candidate *c = &g_array_index(all, Candidate, i);
    totals.mentions += mentions_of(c);
    totals.most = MAX(totals.most, mentions_of(c));
    totals.first = MIN(totals.first, c->first);
    totals.lead += c->lead;
    totals.text += c->text;
    totals.locative += c->locative;
    totals.dateline |= c->dateline > 0;
  }
  for (guint i = 0; i < all->len; i++) {
    weigh(&g_array_index(all, Candidate, i), &totals);
    judge(&g_array_index(all, Candidate, i));
  }
  take_best(all);
}

const GArray *places_candidates(Scribe *scribe, int year, const char *lang)
{
  PlacesScratch *scratch = scribe->places;
  scratch->lang = lang;
  scratch->year = year;
  g_array_set_size(scratch->candidates, 0);
  memset(scratch->candidate_of, 0, sizeof scratch->candidate_of);
  places_find(scribe);
  for (guint i = 0; i < scratch->mentions->len; i++)
    count_mention(scribe, &g_array_index(scratch->mentions, Mention, i));
  weigh_all(scribe);
  return scratch->candidates;
}
