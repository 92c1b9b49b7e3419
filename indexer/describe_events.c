/* describe_events.c - the types of events that an article tells of; see describe.h.
 *
 * A linear score. Each row of the lexicon (corpus/events.h) adds its weight for its first word in
 * the text, half of it for the second, a third for the third ...: a word that is repeated is not
 * much more evidence. Words in title and lead weigh more. What surrounds events ("rebels",
 * "wounded") adds to every type that has words of its own, and its absence takes away; so does what
 * surrounds other news ("shares", "coach"). Long articles mention more, so they need more. */
#include <math.h>
#include <string.h>

#include "../corpus/events.h"
#include "describe_step.h"

enum { PAIR_GAP = 6, LEAD_WORDS = 60, USUAL_WORDS = 200, WHY_WORDS = 6, WHY_TAIL = 40 };

/* Set by hand on every other report of corpus/sample and half of the wire; tests/eval/events.py
 * measures the rest. */
static const double title_factor = 2, lead_factor = 1.5;
static const double conflict_base = -1, conflict_most = 1.5, other_most = 6;
static const double own_least = 1.4; /* of own words, whatever surrounds them */
static const double threshold = 1.8; /* of a type */

/* A term in the text. */
typedef struct Hit {
  guint32 row;
  guint8 list;            /* 1: of the row's second */
  guint32 first, n;       /* words */
  guint32 other, other_n; /* of the term that it is paired with; 0 words: none */
} Hit;

/* A phrase as it will be shown. */
typedef struct Phrase {
  char *text;
  guint count;
  gboolean title;
} Phrase;

struct EventsScratch {
  GArray *hits;    /* Hit, by row and place */
  GArray *phrases; /* Phrase */
  double *sums;    /* of each kind */
};

static void clear_phrase(gpointer data)
{
  g_free(((Phrase *)data)->text);
}

EventsScratch *events_scratch_new(void)
{
  EventsScratch *scratch = g_new0(EventsScratch, 1);
  scratch->hits = g_array_new(FALSE, FALSE, sizeof(Hit));
  scratch->phrases = g_array_new(FALSE, FALSE, sizeof(Phrase));
  g_array_set_clear_func(scratch->phrases, clear_phrase);
  scratch->sums = g_new0(double, events_kind_count());
  return scratch;
}

void events_scratch_free(EventsScratch *scratch)
{
  if (scratch == NULL) return;
  g_array_free(scratch->hits, TRUE);
  g_array_free(scratch->phrases, TRUE);
  g_free(scratch->sums);
  g_free(scratch);
}

/* ---- finding ---- */

static void add_hits(Scribe *scribe, const NameMatch *match, guint16 langs)
{
  const NameTable *table = events_names();
  guint before = scribe->events->hits->len;
  for (guint32 s = match->sense; s != 0; s = names_next_sense(table, scribe->words, match, s)) {
    const NameSense *sense = &table->senses[s];
    if ((sense->marks & langs) == 0) continue;
    Hit hit = {sense->value / 2, sense->value % 2, match->first, match->n, 0, 0};
    if (events_row(hit.row)->kind == EVENT_NOTHING) {
      g_array_set_size(scribe->events->hits, before);
      return;
    }
    g_array_append_val(scribe->events->hits, hit);
  }
}

static gint by_row(gconstpointer a, gconstpointer b)
{
  const Hit *left = a, *right = b;
  if (left->row != right->row) return left->row < right->row ? -1 : 1;
  return (left->first > right->first) - (left->first < right->first);
}

/* Whether two terms of a row make a pair. */
static gboolean are_pair(const TextWords *words, const Hit *left, const Hit *right)
{
  guint32 end = left->first + left->n;
  if (left->row != right->row || left->list == right->list || right->first > end + PAIR_GAP)
    return FALSE;
  if (left->list == 1 && events_row(left->row)->pairing == PAIRING_IN_ORDER) return FALSE;
  for (guint i = end; i <= right->first; i++)
    if ((words->list[i].flags & WORD_SENTENCE) != 0) return FALSE;
  return TRUE;
}

/* Joins terms that need each other to one hit, and drops those that are alone. */
static void join_pairs(const TextWords *words, GArray *hits)
{
  guint kept = 0;
  for (guint i = 0; i < hits->len; i++) {
    Hit hit = g_array_index(hits, Hit, i);
    if (events_row(hit.row)->pairing != PAIRING_NONE) {
      const Hit *next = &g_array_index(hits, Hit, i + 1);
      if (i + 1 == hits->len || !are_pair(words, &hit, next)) continue;
      hit.other = next->first;
      hit.other_n = next->n;
      i++;
    }
    g_array_index(hits, Hit, kept++) = hit;
  }
  g_array_set_size(hits, kept);
}

/* Words of the article's language; where that is not known, of all. */
static void find_hits(Scribe *scribe, const char *lang)
{
  GArray *hits = scribe->events->hits;
  guint16 langs = lang == NULL || strcmp(lang, "und") == 0 ? G_MAXUINT16 : events_lang_mark(lang);
  g_array_set_size(hits, 0);
  if (langs == 0) return;
  names_scan(events_names(), scribe->words, scribe->matches);
  for (guint i = 0; i < scribe->matches->len; i++)
    add_hits(scribe, &g_array_index(scribe->matches, NameMatch, i), langs);
  g_array_sort(hits, by_row);
  join_pairs(scribe->words, hits);
}

/* ---- weighing ---- */

static double place_factor(const TextWords *words, guint word)
{
  if (word < words->n_title) return title_factor;
  return word < words->n_title + LEAD_WORDS ? lead_factor : 1;
}

/* A row's words stand in order: the weightiest place first. */
static void sum_up(const TextWords *words, EventsScratch *scratch)
{
  memset(scratch->sums, 0, events_kind_count() * sizeof *scratch->sums);
  guint nth = 0;
  for (guint i = 0; i < scratch->hits->len; i++) {
    const Hit *hit = &g_array_index(scratch->hits, Hit, i);
    const EventRow *row = events_row(hit->row);
    nth = i > 0 && hit[-1].row == hit->row ? nth + 1 : 1;
    scratch->sums[row->kind] += row->weight / 100.0 * place_factor(words, hit->first) / nth;
  }
}

static double sum_of_type(const EventsScratch *scratch, guint first)
{
  double sum = 0;
  for (guint kind = first; kind < events_kind_count(); kind++)
    if (events_kind(kind)->first_of_type == first) sum += scratch->sums[kind];
  return sum;
}

/* Long articles mention more. */
static double by_length(const Scribe *scribe, double sum)
{
  return sum / sqrt(MAX(scribe->words->n, USUAL_WORDS) / (double)USUAL_WORDS);
}

/* What a type's own words and those around them come to; 0 when it is too little. */
static double score_type(const Scribe *scribe, double own)
{
  const double *sums = scribe->events->sums;
  double around = MIN(conflict_base + sums[EVENT_CONFLICT], conflict_most) +
                  MAX(sums[EVENT_OTHER_NEWS], -other_most);
  double score = by_length(scribe, own + around);
  return own < own_least || score < threshold ? 0 : score;
}

/* ---- telling ---- */

static void append_words(GString *text, const TextWords *words, guint first, guint n)
{
  for (guint i = first; i < first + n; i++)
    g_string_append_printf(text, "%s%s", i > first ? " " : "", text_words_form(words, i));
}

/* FALSE when it is one phrase more than are shown. */
static gboolean tell_hit(const TextWords *words, GArray *phrases, const Hit *hit)
{
  g_autoptr(GString) text = g_string_new(NULL);
  append_words(text, words, hit->first, hit->n);
  if (hit->other_n > 0) g_string_append(text, " ... ");
  append_words(text, words, hit->other, hit->other_n);
  gboolean title = hit->first < words->n_title;
  for (guint i = 0; i < phrases->len; i++) {
    Phrase *phrase = &g_array_index(phrases, Phrase, i);
    if (strcmp(phrase->text, text->str) != 0) continue;
    phrase->count++;
    phrase->title |= title;
    return TRUE;
  }
  if (phrases->len == WHY_WORDS) return FALSE;
  Phrase phrase = {g_strdup(text->str), 1, title};
  g_array_append_val(phrases, phrase);
  return TRUE;
}

/* "clashes x3, gun battle in title; 2.4": the words of a type, or of one sub-type, and the score.
 */
static char *tell_why(const Scribe *scribe, guint kind, gboolean whole_type, double score)
{
  GArray *phrases = scribe->events->phrases;
  guint more = 0;
  g_array_set_size(phrases, 0);
  for (guint i = 0; i < scribe->events->hits->len; i++) {
    const Hit *hit = &g_array_index(scribe->events->hits, Hit, i);
    guint8 of = events_row(hit->row)->kind;
    if (whole_type ? events_kind(of)->first_of_type == kind : of == kind)
      more += !tell_hit(scribe->words, phrases, hit);
  }
  GString *why = g_string_new(NULL);
  for (guint i = 0; i < phrases->len; i++) {
    const Phrase *phrase = &g_array_index(phrases, Phrase, i);
    if (why->len + strlen(phrase->text) + WHY_TAIL > ARTICLE_WHY_MAX) {
      more += phrase->count;
      continue;
    }
    g_string_append_printf(why, "%s%s", why->len > 0 ? ", " : "", phrase->text);
    if (phrase->count > 1) g_string_append_printf(why, " x%u", phrase->count);
    if (phrase->title) g_string_append(why, " in title");
  }
  if (more > 0) g_string_append_printf(why, ", %u more", more);
  g_string_append_printf(why, "; %.1f", score);
  return g_string_free(why, FALSE);
}

static gboolean holds(const GPtrArray *values, const char *value)
{
  for (guint i = 0; values != NULL && i < values->len; i++)
    if (g_ascii_strcasecmp(values->pdata[i], value) == 0) return TRUE;
  return FALSE;
}

static void derive_type(const Scribe *scribe, Article *article, guint number)
{
  double score = score_type(scribe, sum_of_type(scribe->events, number));
  if (score == 0) return;
  g_autofree char *why = tell_why(scribe, number, TRUE, score);
  article_derive(article, FIELD_EVENT, events_kind(number)->type, why);
}

/* A sub-type goes with its type, and what surrounds it has been weighed there. */
static void derive_sub_type(const Scribe *scribe, Article *article, guint number)
{
  const EventKind *kind = events_kind(number);
  double score = by_length(scribe, scribe->events->sums[number]);
  if (*kind->sub_type == '\0' || score < own_least ||
      !holds(article_values(article, FIELD_EVENT), kind->type))
    return;
  g_autofree char *why = tell_why(scribe, number, FALSE, score);
  article_derive(article, FIELD_SUB_EVENT, kind->sub_type, why);
}

void describe_events(Scribe *scribe, Article *article)
{
  /* What an earlier run derived is derived anew. */
  if (article_is_derived(article, FIELD_EVENT)) article_clear(article, FIELD_EVENT);
  if (article_is_derived(article, FIELD_SUB_EVENT)) article_clear(article, FIELD_SUB_EVENT);
  find_hits(scribe, article_first(article, FIELD_LANG));
  if (scribe->events->hits->len == 0) return;
  sum_up(scribe->words, scribe->events);
  for (guint i = EVENT_KINDS_FROM; i < events_kind_count(); i++)
    if (events_kind(i)->first_of_type == i) derive_type(scribe, article, i);
  for (guint i = EVENT_KINDS_FROM; i < events_kind_count(); i++)
    derive_sub_type(scribe, article, i);
}
