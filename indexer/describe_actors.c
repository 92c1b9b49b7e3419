/* describe_actors.c - the actors that an article names; see describe.h.
 *
 * actors_find.c finds those of the gazetteer and of the user's file, actors_define.c acronyms that
 * the article itself explains, actors_forces.c makes actors of countries and words such as
 * "police"; here they become values, the weightiest first. */
#include "describe_actors.h"

#include <stdlib.h>
#include <string.h>

#include "../corpus/country.h"

enum { LEAD_WORDS = 60, SHOWN_BYTES = 60, TITLE_WEIGHT = 3, LEAD_WEIGHT = 1 };

/* A country above this score is hardly mistaken for the article's subject. */
static const double sure_score = 0.6;

ActorsScratch *actors_scratch_new(const ActorTable *own)
{
  ActorsScratch *scratch = g_new0(ActorsScratch, 1);
  scratch->own = own;
  scratch->matches = g_array_new(FALSE, FALSE, sizeof(ActorMatch));
  scratch->forces = g_array_new(FALSE, FALSE, sizeof(NameMatch));
  scratch->definitions = g_array_new(FALSE, FALSE, sizeof(Definition));
  scratch->defined = g_hash_table_new(g_str_hash, g_str_equal);
  scratch->companies = g_hash_table_new(NULL, NULL);
  scratch->qualified = g_array_new(FALSE, FALSE, sizeof(Force));
  scratch->candidates = g_array_new(FALSE, FALSE, sizeof(ActorCandidate));
  scratch->by_name = g_hash_table_new(g_str_hash, g_str_equal);
  scratch->strings = g_string_chunk_new(1024);
  scratch->facts = g_array_new(FALSE, TRUE, sizeof(WordFacts));
  return scratch;
}

void actors_scratch_free(ActorsScratch *scratch)
{
  if (scratch == NULL) return;
  g_array_free(scratch->matches, TRUE);
  g_array_free(scratch->forces, TRUE);
  g_array_free(scratch->definitions, TRUE);
  g_hash_table_destroy(scratch->defined);
  g_hash_table_destroy(scratch->companies);
  g_array_free(scratch->qualified, TRUE);
  g_array_free(scratch->candidates, TRUE);
  g_hash_table_destroy(scratch->by_name);
  g_string_chunk_free(scratch->strings);
  g_array_free(scratch->facts, TRUE);
  g_free(scratch);
}

/* ---- the words around ---- */

gboolean actor_follows(const Scribe *scribe, guint i)
{
  return i > 0 && i < scribe->words->n && i != scribe->words->n_title &&
         (scribe->words->list[i].flags & (WORD_BREAK | WORD_COMMA | WORD_SENTENCE)) == 0;
}

static const Mention *mention_of(const Scribe *scribe, guint i)
{
  guint32 number = i < scribe->words->n ? word_facts(scribe->actors, i)->country : 0;
  return number == 0 ? NULL : &g_array_index(scribe->places->mentions, Mention, number - 1);
}

const Mention *actor_country_before(const Scribe *scribe, guint i)
{
  if (!actor_follows(scribe, i)) return NULL;
  const Mention *mention = mention_of(scribe, i - 1);
  if (mention == NULL || mention->word + mention->n != i) return NULL;
  return (scribe->words->list[mention->word].flags & WORD_HYPHEN) != 0 ? NULL : mention;
}

const Mention *actor_country_at(const Scribe *scribe, guint i)
{
  if (!actor_follows(scribe, i)) return NULL;
  const Mention *mention = mention_of(scribe, i);
  return mention == NULL || mention->word != i ? NULL : mention;
}

gboolean actor_word_is(const Scribe *scribe, guint i, ForceClass class)
{
  guint32 number = i < scribe->words->n ? word_facts(scribe->actors, i)->force : 0;
  if (number == 0) return FALSE;
  const NameTable *table = forces_names();
  const NameMatch *match = &g_array_index(scribe->actors->forces, NameMatch, number - 1);
  for (guint32 s = match->sense; s != 0; s = names_next_sense(table, scribe->words, match, s))
    if (force_class(table->senses[s].value) == class) return TRUE;
  return FALSE;
}

/* ---- what the article is about ---- */

static void set_focus(ActorsScratch *scratch, guint slot)
{
  scratch->standing[slot] = IN_FOCUS;
  scratch->focus = slot;
  scratch->n_focus++;
}

static void read_stated(ActorsScratch *scratch, const GPtrArray *values)
{
  for (guint i = 0; i < values->len; i++) {
    guint slot = country_slot(values->pdata[i]);
    if (strlen(values->pdata[i]) == 2 && slot < COUNTRY_SLOTS) set_focus(scratch, slot);
  }
  scratch->sure_focus = TRUE;
}

static void read_countries(Scribe *scribe, const Article *article)
{
  ActorsScratch *scratch = scribe->actors;
  const GArray *all = scribe->places->candidates;
  gboolean stated =
      article_first(article, FIELD_COUNTRY) != NULL && !article_is_derived(article, FIELD_COUNTRY);
  memset(scratch->standing, 0, sizeof scratch->standing);
  scratch->n_focus = 0;
  scratch->sure_focus = FALSE;
  for (guint i = 0; i < all->len; i++) {
    const Candidate *c = &g_array_index(all, Candidate, i);
    if (!c->focus || stated) continue;
    set_focus(scratch, c->slot);
    scratch->sure_focus = c->score >= sure_score;
  }
  if (stated) read_stated(scratch, article_values(article, FIELD_COUNTRY));
}

/* Countries that are named, other than by what is the name of an actor: "FSB" is no evidence that
 * the article is about Russia, and the FSB its. */
static void read_mentions(Scribe *scribe)
{
  ActorsScratch *scratch = scribe->actors;
  const GArray *mentions = scribe->places->mentions;
  for (guint i = 0; i < scratch->matches->len; i++) {
    const NameMatch *match = &g_array_index(scratch->matches, ActorMatch, i).match;
    for (guint k = 0; k < match->n; k++) word_facts(scratch, match->first + k)->match = i + 1;
  }
  for (guint i = 0; i < mentions->len; i++) {
    const Mention *mention = &g_array_index(mentions, Mention, i);
    gboolean counts =
        mention->kind != BY_INSTITUTION || word_facts(scratch, mention->word)->match == 0;
    if (counts && scratch->standing[mention->slot] == NOT_NAMED)
      scratch->standing[mention->slot] = MENTIONED;
  }
}

static void read_facts(Scribe *scribe)
{
  ActorsScratch *scratch = scribe->actors;
  const GArray *mentions = scribe->places->mentions;
  g_array_set_size(scratch->facts, 0);
  g_array_set_size(scratch->facts, scribe->words->n);
  for (guint i = 0; i < mentions->len; i++) {
    const Mention *mention = &g_array_index(mentions, Mention, i);
    for (guint k = 0; k < mention->n; k++) word_facts(scratch, mention->word + k)->country = i + 1;
  }
  for (guint i = 0; i < scratch->forces->len; i++) {
    const NameMatch *match = &g_array_index(scratch->forces, NameMatch, i);
    for (guint k = 0; k < match->n; k++) word_facts(scratch, match->first + k)->force = i + 1;
  }
}

/* ---- counting ---- */

static ActorCandidate *candidate_called(ActorsScratch *scratch, const char *name)
{
  guint number = GPOINTER_TO_UINT(g_hash_table_lookup(scratch->by_name, name));
  if (number == 0) {
    ActorCandidate fresh = {.name = name, .first = G_MAXUINT};
    g_array_append_val(scratch->candidates, fresh);
    number = scratch->candidates->len;
    g_hash_table_insert(scratch->by_name, (gpointer)(gsize)name, GUINT_TO_POINTER(number));
  }
  return &g_array_index(scratch->candidates, ActorCandidate, number - 1);
}

void actor_count(Scribe *scribe, const char *name, guint first, guint n, const char *support)
{
  ActorCandidate *c = candidate_called(scribe->actors, name);
  guint n_title = scribe->words->n_title, dateline_end = scribe->places->dateline_end;
  if (first < n_title)
    c->title++;
  else if (first < dateline_end)
    c->dateline++;
  else
    c->text++;
  c->lead += first >= n_title && first < dateline_end + LEAD_WORDS;
  for (guint i = first; i < first + n; i++) word_facts(scribe->actors, i)->actor = TRUE;
  if (first >= c->first) return;
  c->first = first;
  c->n = n;
  c->support = support;
}

/* ---- values ---- */

static guint weight_of(const ActorCandidate *c)
{
  return c->title * TITLE_WEIGHT + c->dateline + c->text + (c->lead > 0 ? LEAD_WEIGHT : 0);
}

static int by_weight(gconstpointer a, gconstpointer b)
{
  const ActorCandidate *left = a, *right = b;
  guint left_weight = weight_of(left), right_weight = weight_of(right);
  if (left_weight != right_weight) return left_weight > right_weight ? -1 : 1;
  return (left->first > right->first) - (left->first < right->first);
}

/* The first mention as it is written, cut where it is long. */
static void append_words(GString *out, const TextWords *words, guint first, guint n)
{
  const char *text = first < words->n_title ? words->title : words->body;
  const char *start = text + words->list[first].start;
  gsize len = words->list[first + n - 1].end - words->list[first].start;
  gsize shown = MIN(len, SHOWN_BYTES);
  while (shown < len && (start[shown] & 0xC0) == 0x80) shown--;
  gsize at = out->len;
  g_string_append_len(out, start, (gssize)shown);
  for (; at < out->len; at++)
    if (g_ascii_isspace(out->str[at])) out->str[at] = ' ';
}

/* "title; 3 in text; as MKO; with Iran" */
static void tell_why(const Scribe *scribe, const ActorCandidate *c, GString *why)
{
  g_string_truncate(why, 0);
  if (c->title > 0) g_string_append(why, "title; ");
  if (c->dateline > 0) g_string_append(why, "dateline; ");
  if (c->text > 0) g_string_append_printf(why, "%u in text; ", c->text);
  g_string_append(why, "as ");
  append_words(why, scribe->words, c->first, c->n);
  if (c->support != NULL) g_string_append_printf(why, "; %s", c->support);
}

static void derive_all(Scribe *scribe, Article *article)
{
  GArray *all = scribe->actors->candidates;
  g_autoptr(GString) why = g_string_new(NULL);
  g_array_sort(all, by_weight);
  for (guint i = 0; i < all->len; i++) {
    const ActorCandidate *c = &g_array_index(all, ActorCandidate, i);
    tell_why(scribe, c, why);
    article_derive(article, FIELD_ACTOR, c->name, why->str);
  }
}

void describe_actors(Scribe *scribe, Article *article)
{
  ActorsScratch *scratch = scribe->actors;
  const char *date = article_first(article, FIELD_DATE);
  const char *lang = article_first(article, FIELD_LANG);
  if (article_is_derived(article, FIELD_ACTOR)) article_clear(article, FIELD_ACTOR);
  if (article_first(article, FIELD_ACTOR) != NULL) return;
  scratch->year = date == NULL ? 0 : (int)strtol(date, NULL, 10);
  scratch->lang = lang == NULL ? "und" : lang;
  g_array_set_size(scratch->candidates, 0);
  g_hash_table_remove_all(scratch->by_name);
  g_string_chunk_clear(scratch->strings);
  g_array_set_size(scratch->forces, 0);
  names_scan(forces_names(), scribe->words, scratch->forces);
  read_countries(scribe, article);
  read_facts(scribe);
  actors_match(scribe);
  read_mentions(scribe);
  actors_find_definitions(scribe);
  actors_resolve(scribe);
  actors_count_defined(scribe);
  actors_count_forces(scribe);
  derive_all(scribe, article);
}
