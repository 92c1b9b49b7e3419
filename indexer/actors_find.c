/* actors_find.c - see describe_actors.h
 *
 * 1. All listed names are found in one pass over the words, those of the user's file first.
 * 2. A name without marks counts at once.
 * 3. An ambiguous one counts when another name of the actor does, or when the article names one of
 *    the actor's countries; of several actors the country in focus, a country next to the name, and
 *    the article's year decide. */
#include "describe_actors.h"

#include <stdlib.h>
#include <string.h>

#include "../corpus/country.h"
#include "../corpus/former_states.h"

enum {
  NEAR_WORDS = 40, /* a country so near supports a name that is made of common words */
  YEARS_SLACK = 1, /* of the gazetteer */
  NEAR_YEARS = 3,  /* papers speak of actors that are no more, or hardly are */
  FAR_YEARS = 15,
  SHORT_ACRONYM = 2 /* letters that mean too much */
};

/* What speaks for an actor, against others of the same name. */
enum {
  SCORE_NAMED = 100,
  SCORE_BESIDE = 50,
  SCORE_FOCUS = 20,
  SCORE_MENTIONED = 5,
  SCORE_NEAR = 4,
  SCORE_MAIN = 3,
  SCORE_YEARS = 6,
  SCORE_FAR_YEARS = 15
};

/* ---- finding ---- */

static void add_matches(Scribe *scribe, const ActorTable *table, gboolean beside_own)
{
  ActorsScratch *scratch = scribe->actors;
  g_array_set_size(scribe->matches, 0);
  names_scan(table->names, scribe->words, scribe->matches);
  for (guint i = 0; i < scribe->matches->len; i++) {
    ActorMatch found = {
        .match = g_array_index(scribe->matches, NameMatch, i), .table = table, .actor = NO_MATCH};
    gboolean taken = FALSE;
    for (guint k = 0; beside_own && k < found.match.n; k++)
      taken |= word_facts(scratch, found.match.first + k)->actor;
    if (!taken) g_array_append_val(scratch->matches, found);
  }
}

static int by_word(gconstpointer a, gconstpointer b)
{
  const ActorMatch *left = a, *right = b;
  return (left->match.first > right->match.first) - (left->match.first < right->match.first);
}

/* Where the user's file has a name, what is built in is not asked. */
static void add_own(Scribe *scribe)
{
  ActorsScratch *scratch = scribe->actors;
  add_matches(scribe, scratch->own, FALSE);
  for (guint i = 0; i < scratch->matches->len; i++) {
    const NameMatch *match = &g_array_index(scratch->matches, ActorMatch, i).match;
    for (guint k = 0; k < match->n; k++) word_facts(scratch, match->first + k)->actor = TRUE;
  }
  add_matches(scribe, actors_builtin(), TRUE);
  for (guint i = 0; i < scribe->words->n; i++) word_facts(scratch, i)->actor = FALSE;
  g_array_sort(scratch->matches, by_word);
}

void actors_match(Scribe *scribe)
{
  g_array_set_size(scribe->actors->matches, 0);
  if (scribe->actors->own != NULL)
    add_own(scribe);
  else
    add_matches(scribe, actors_builtin(), FALSE);
}

/* ---- senses ---- */

static guint32 next_sense(const Scribe *scribe, const ActorMatch *found, guint32 sense)
{
  return names_next_sense(found->table->names, scribe->words, &found->match, sense);
}

static const NameSense *sense_at(const ActorMatch *found, guint32 sense)
{
  return &found->table->names->senses[sense];
}

/* A name that is only capitals tells nothing where all are capitals. */
static gboolean is_weak_capitals(const Scribe *scribe, const ActorMatch *found, guint32 sense)
{
  return (sense_at(found, sense)->marks & ACTOR_CAPITALS) != 0 &&
         !text_words_case_known(scribe->words, found->match.first);
}

/* Whether letters that must be capitals are: two of them are enough. */
static gboolean has_capitals(const Scribe *scribe, const ActorMatch *found, guint32 sense)
{
  const TextWord *word = &scribe->words->list[found->match.first];
  if ((sense_at(found, sense)->marks & ACTOR_LETTERS) == 0 ||
      !text_words_case_known(scribe->words, found->match.first) || (word->flags & WORD_UPPER) != 0)
    return TRUE;
  const char *text =
      found->match.first < scribe->words->n_title ? scribe->words->title : scribe->words->body;
  guint capitals = 0;
  for (guint32 i = word->start; i < word->end; i++) capitals += g_ascii_isupper(text[i]);
  return capitals > 1;
}

static gboolean is_firm(const Scribe *scribe, const ActorMatch *found, guint32 sense)
{
  return (sense_at(found, sense)->marks & ACTOR_AMBIGUOUS) == 0 &&
         !is_weak_capitals(scribe, found, sense) && has_capitals(scribe, found, sense);
}

static void settle(Scribe *scribe, ActorMatch *found, guint32 actor, const char *support)
{
  found->actor = (gint32)actor;
  actor_count(scribe, actor_name(found->table, actor), found->match.first, found->match.n, support);
}

/* TRUE when the article is older than the actor, whose first year may be some years off. */
static gboolean is_before(const ActorsScratch *scratch, const Actor *actor, int slack)
{
  return scratch->year != 0 && actor->first_year > scratch->year + slack;
}

static void count_firm(Scribe *scribe, ActorMatch *found)
{
  for (guint32 s = found->match.sense; s != 0; s = next_sense(scribe, found, s)) {
    guint32 actor = sense_at(found, s)->value;
    if (!is_firm(scribe, found, s) ||
        is_before(scribe->actors, &found->table->actors[actor], NEAR_YEARS))
      continue;
    settle(scribe, found, actor, NULL);
    return;
  }
}

/* ---- what supports a sense ---- */

/* The evidence for one actor. */
typedef struct Evidence {
  gboolean named;     /* another name of it counts */
  gboolean beside;    /* one of its countries stands next to the name */
  gboolean otherwise; /* another country does */
  gboolean near, main;
  Standing standing; /* of its countries, the best */
  guint slot;        /* the country */
} Evidence;

/* Whether a country of the article is the actor's, by its code: as it is called now, or what it was
 * part of in the article's year. */
static gboolean is_country(const ActorsScratch *scratch, const char *code, guint slot)
{
  guint own = country_slot(code);
  return own == slot || former_state(own, scratch->year) == slot;
}

static gboolean has_country(const ActorsScratch *scratch, const char *codes, guint slot)
{
  for (; *codes != '\0'; codes += codes[2] == '|' ? 3 : 2)
    if (is_country(scratch, codes, slot)) return TRUE;
  return FALSE;
}

/* "Colombian ELN", "ELN of Colombia". */
static const Mention *country_beside(const Scribe *scribe, const NameMatch *match)
{
  const Mention *before = actor_country_before(scribe, match->first);
  guint end = match->first + match->n;
  if (before != NULL && before->kind != BY_PLACE && before->kind != BY_INSTITUTION) return before;
  if (!actor_word_is(scribe, end, FORCE_OF) || !actor_follows(scribe, end)) return NULL;
  end += actor_word_is(scribe, end + 1, FORCE_ARTICLE) ? 2 : 1;
  return actor_country_at(scribe, end);
}

/* Whether the country of the mention that word `i` is part of is the actor's. */
static gboolean is_named_at(const Scribe *scribe, guint i, const char *codes)
{
  guint32 number = word_facts(scribe->actors, i)->country;
  return number != 0 &&
         has_country(scribe->actors, codes,
                     g_array_index(scribe->places->mentions, Mention, number - 1).slot);
}

/* A country is near when a mention of it is; the name itself does not count. */
static gboolean is_near(const Scribe *scribe, const NameMatch *match, const char *codes)
{
  guint from = match->first > NEAR_WORDS ? match->first - NEAR_WORDS : 0;
  guint end = match->first + match->n, to = MIN(end + NEAR_WORDS, scribe->words->n);
  for (guint i = from; i < to; i++)
    if ((i < match->first || i >= end) && is_named_at(scribe, i, codes)) return TRUE;
  return FALSE;
}

static void find_standing(const ActorsScratch *scratch, const char *codes, Evidence *evidence)
{
  for (const char *code = codes; *code != '\0'; code += code[2] == '|' ? 3 : 2) {
    guint slots[] = {country_slot(code), former_state(country_slot(code), scratch->year)};
    for (gsize i = 0; i < G_N_ELEMENTS(slots); i++) {
      Standing standing = (Standing)scratch->standing[slots[i]];
      if (standing <= evidence->standing) continue;
      evidence->standing = standing;
      evidence->slot = slots[i];
      evidence->main = code == codes;
    }
  }
}

static Evidence evidence_of(const Scribe *scribe, const ActorMatch *found, guint32 actor)
{
  const ActorsScratch *scratch = scribe->actors;
  const char *codes = actor_countries(found->table, actor);
  const Mention *beside = country_beside(scribe, &found->match);
  Evidence evidence = {.named =
                           g_hash_table_contains(scratch->by_name, actor_name(found->table, actor)),
                       .near = is_near(scribe, &found->match, codes)};
  find_standing(scratch, codes, &evidence);
  if (beside != NULL && *codes != '\0') {
    evidence.beside = has_country(scratch, codes, beside->slot);
    evidence.otherwise = !evidence.beside;
    if (evidence.beside) evidence.slot = beside->slot;
  }
  return evidence;
}

/* How well the article's year fits the actor's. */
static int score_years(const ActorsScratch *scratch, const Actor *actor)
{
  int year = scratch->year;
  if (year == 0) return 0;
  int before = actor->first_year == 0 ? 0 : actor->first_year - year;
  int after = actor->last_year == 0 ? 0 : year - actor->last_year;
  int outside = MAX(before, after);
  if (outside <= 0) return SCORE_YEARS;
  return outside <= NEAR_YEARS ? 0 : outside <= FAR_YEARS ? -SCORE_YEARS : -SCORE_FAR_YEARS;
}

static int score_of(const ActorsScratch *scratch, const Evidence *evidence, const Actor *actor)
{
  int score = score_years(scratch, actor);
  if (evidence->named) score += SCORE_NAMED;
  if (evidence->beside) score += SCORE_BESIDE;
  if (evidence->standing == IN_FOCUS) score += SCORE_FOCUS;
  if (evidence->standing == MENTIONED) score += SCORE_MENTIONED;
  if (evidence->near) score += SCORE_NEAR;
  if (evidence->main) score += SCORE_MAIN;
  return score;
}

/* "ELN", or words that mean much besides, "National Guard". */
static gboolean is_acronym(const Scribe *scribe, const NameMatch *match)
{
  const TextWord *word = &scribe->words->list[match->first];
  return match->n == 1 &&
         (!text_words_case_known(scribe->words, match->first) ? word->end - word->start <= 5
                                                              : (word->flags & WORD_UPPER) != 0);
}

/* "CrossLand Savings FSB", "PT Tambang": a part of some other name. */
static gboolean is_cut_out(const Scribe *scribe, const NameMatch *match)
{
  const TextWord *list = scribe->words->list;
  guint first = match->first, end = first + match->n;
  if (!text_words_case_known(scribe->words, first)) return FALSE;
  if (actor_follows(scribe, first) && (list[first - 1].flags & WORD_INITIAL) != 0 &&
      (list[first].flags & WORD_OF_BEFORE) == 0 &&
      !actor_word_is(scribe, first - 1, FORCE_FUNCTION) &&
      word_facts(scribe->actors, first - 1)->country == 0)
    return TRUE;
  return match->n == 1 && list[first].form_len <= SHORT_ACRONYM && actor_follows(scribe, end) &&
         (list[end].flags & WORD_INITIAL) != 0;
}

/* "UNC Inc", "SNP Ltd", "Printers Ltd (SNP)", "<UNC>": a company. Two letters with full stops are
 * somebody's initials. */
static gboolean is_company(const Scribe *scribe, const NameMatch *match)
{
  const TextWord *first = &scribe->words->list[match->first];
  guint end = match->first + match->n;
  const char *text =
      match->first < scribe->words->n_title ? scribe->words->title : scribe->words->body;
  const char *before = first->start > 0 ? text + first->start - 1 : "";
  gboolean initials =
      match->n == 1 && first->form_len == SHORT_ACRONYM && text[first->start + 1] == '.';
  if (*before == '<' || initials) return TRUE;
  if (*before == '(' && match->first > 0 && actor_word_is(scribe, match->first - 1, FORCE_BUSINESS))
    return TRUE;
  return actor_follows(scribe, end) && actor_word_is(scribe, end, FORCE_BUSINESS);
}

/* Finds the names of which any mention in the article is of a company. */
static void find_companies(Scribe *scribe)
{
  ActorsScratch *scratch = scribe->actors;
  g_hash_table_remove_all(scratch->companies);
  for (guint i = 0; i < scratch->matches->len; i++) {
    const ActorMatch *found = &g_array_index(scratch->matches, ActorMatch, i);
    if (is_company(scribe, &found->match))
      g_hash_table_add(scratch->companies, (gpointer)(gsize)sense_at(found, found->match.sense));
  }
}

static gboolean names_company(const Scribe *scribe, const ActorMatch *found)
{
  return g_hash_table_contains(scribe->actors->companies, sense_at(found, found->match.sense));
}

/* TRUE when the actor had long been gone when the article was written. */
static gboolean is_long_gone(const ActorsScratch *scratch, const Actor *actor)
{
  return actor->last_year != 0 && scratch->year > actor->last_year + FAR_YEARS;
}

static gboolean is_supported(const Scribe *scribe, const ActorMatch *found, guint32 sense,
                             const Evidence *evidence)
{
  const Actor *actor = &found->table->actors[sense_at(found, sense)->value];
  gboolean acronym = is_acronym(scribe, &found->match);
  if (!has_capitals(scribe, found, sense)) return FALSE;
  if (evidence->named) return TRUE;
  if (evidence->otherwise || is_weak_capitals(scribe, found, sense)) return FALSE;
  if (evidence->beside) return TRUE;
  if (is_cut_out(scribe, &found->match) || names_company(scribe, found) ||
      is_before(scribe->actors, actor, YEARS_SLACK))
    return FALSE;
  if (evidence->standing == IN_FOCUS) return TRUE;
  gboolean tells = acronym && scribe->words->list[found->match.first].form_len > SHORT_ACRONYM;
  return evidence->standing == MENTIONED && (tells || evidence->near) &&
         !is_long_gone(scribe->actors, actor);
}

/* What is told of the support; kept with the article. */
static const char *tell_support(Scribe *scribe, const Evidence *evidence)
{
  ActorsScratch *scratch = scribe->actors;
  char alpha2[3];
  if (evidence->named) return "with another name";
  country_code_of_slot(evidence->slot, alpha2);
  const Country *country = country_by_alpha2(alpha2);
  g_autofree char *text = g_strdup_printf("with %s", country == NULL ? alpha2 : country->name);
  return g_string_chunk_insert(scratch->strings, text);
}

static void decide(Scribe *scribe, ActorMatch *found)
{
  guint32 best = 0;
  int best_score = 0;
  Evidence best_evidence = {0};
  for (guint32 s = found->match.sense; s != 0; s = next_sense(scribe, found, s)) {
    guint32 actor = sense_at(found, s)->value;
    Evidence evidence = evidence_of(scribe, found, actor);
    if (!is_supported(scribe, found, s, &evidence) ||
        actors_defined_otherwise(scribe, found, actor))
      continue;
    int score = score_of(scribe->actors, &evidence, &found->table->actors[actor]);
    if (best != 0 && score <= best_score) continue;
    best = s;
    best_score = score;
    best_evidence = evidence;
  }
  if (best != 0)
    settle(scribe, found, sense_at(found, best)->value, tell_support(scribe, &best_evidence));
}

void actors_resolve(Scribe *scribe)
{
  GArray *matches = scribe->actors->matches;
  find_companies(scribe);
  for (guint i = 0; i < matches->len; i++)
    count_firm(scribe, &g_array_index(matches, ActorMatch, i));
  for (guint i = 0; i < matches->len; i++) {
    ActorMatch *found = &g_array_index(matches, ActorMatch, i);
    if (found->actor == NO_MATCH) decide(scribe, found);
  }
}
