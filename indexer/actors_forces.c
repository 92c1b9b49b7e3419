/* actors_forces.c - actors that words for forces and a country make; see describe_actors.h
 *
 * "Turkish troops", "Iran's police", "army of Chad", "the Kabul government": the country stands
 * next to the word. "The army" alone is the country's that the article is about, when there is one
 * and the article does not speak of other armies. The words are those of forces.tsv. */
#include "describe_actors.h"

#include <string.h>

#include "../corpus/country.h"
#include "../corpus/former_states.h"

enum { MODIFIERS_MAX = 3, JOINED_MAX = 3 };

/* ---- words ---- */

static const NameMatch *match_at(const Scribe *scribe, guint32 number)
{
  return &g_array_index(scribe->actors->forces, NameMatch, number);
}

/* The sense that makes actors, 0 when there is none. What means nothing means nothing. */
static guint32 actor_sense(const Scribe *scribe, const NameMatch *match)
{
  const NameTable *table = forces_names();
  guint32 best = 0;
  for (guint32 s = match->sense; s != 0; s = names_next_sense(table, scribe->words, match, s)) {
    ForceClass class = force_class(table->senses[s].value);
    if (class == FORCE_NOTHING) return 0;
    if (best == 0 && class <= FORCE_RIOTERS) best = s;
  }
  return best;
}

/* "Iran's" */
static gboolean is_possessive(const Scribe *scribe, guint i)
{
  return i + 1 < scribe->words->n && (scribe->words->list[i + 1].flags & WORD_OF_BEFORE) != 0;
}

static gboolean is_capital(const Mention *mention)
{
  return mention->place != NO_PLACE && places_at((guint32)mention->place)->capital;
}

/* ---- a country in front ---- */

/* Whether a country in front of the word owns it. A country's name does when it is "Iran's" or
 * stands like an adjective ("US troops"), not behind a preposition ("in Iraq troops ..."). */
static gboolean may_own(const Scribe *scribe, const Mention *mention, ForceClass class)
{
  if (mention->kind == BY_ADJECTIVE) return TRUE;
  if (mention->kind == BY_INSTITUTION) return FALSE;
  if (mention->kind == BY_PLACE && class != FORCE_POLICE &&
      !(class == FORCE_GOVERNMENT && is_capital(mention)))
    return FALSE;
  return is_possessive(scribe, mention->word + mention->n - 1) || mention->word == 0 ||
         !actor_word_is(scribe, mention->word - 1, FORCE_PREPOSITION);
}

/* The word where modifiers in front of word `i` begin: "Turkish [riot] police". */
static guint before_modifiers(const Scribe *scribe, guint i)
{
  for (guint n = 0; n < MODIFIERS_MAX && actor_follows(scribe, i); n++) {
    if (!actor_word_is(scribe, i - 1, FORCE_MODIFIER) ||
        word_facts(scribe->actors, i - 1)->country != 0)
      break;
    i = match_at(scribe, word_facts(scribe->actors, i - 1)->force - 1)->first;
  }
  return i;
}

static gboolean is_other(const Scribe *scribe, guint i)
{
  return actor_follows(scribe, i) && actor_word_is(scribe, i - 1, FORCE_NOT);
}

static void add_force(Scribe *scribe, Force force)
{
  g_array_append_val(scribe->actors->qualified, force);
}

/* "Turkish and Syrian troops": countries joined to the one at word `i`. */
static void add_joined(Scribe *scribe, Force force, guint i)
{
  for (guint n = 0; n < JOINED_MAX && i >= 2; n++) {
    guint end = i;
    if (actor_word_is(scribe, i - 1, FORCE_AND))
      end = i - 1;
    else if ((scribe->words->list[i].flags & WORD_COMMA) == 0)
      return;
    guint32 number = word_facts(scribe->actors, end - 1)->country;
    if (number == 0) return;
    const Mention *mention = &g_array_index(scribe->places->mentions, Mention, number - 1);
    if (mention->kind != BY_ADJECTIVE || mention->word + mention->n != end) return;
    force.slot = mention->slot;
    force.first = mention->word;
    force.n = mention->n;
    add_force(scribe, force);
    i = mention->word;
  }
}

/* "Bosnian Serb army": two peoples are one people, of neither country. */
static gboolean is_people(const Scribe *scribe, const Mention *mention)
{
  const Mention *before = actor_country_before(scribe, mention->word);
  return mention->kind == BY_ADJECTIVE && before != NULL && before->kind == BY_ADJECTIVE;
}

static gboolean qualify_in_front(Scribe *scribe, Force force)
{
  guint start = before_modifiers(scribe, force.first);
  const Mention *mention = actor_country_before(scribe, start);
  if (is_other(scribe, start)) return TRUE;
  if (mention == NULL || !may_own(scribe, mention, force.class)) return FALSE;
  if (is_other(scribe, mention->word) || is_people(scribe, mention)) return TRUE;
  force.slot = mention->slot;
  force.n += force.first - mention->word;
  force.first = mention->word;
  add_force(scribe, force);
  if (mention->kind == BY_ADJECTIVE) add_joined(scribe, force, mention->word);
  return TRUE;
}

/* ---- a country behind ---- */

static guint behind_modifiers(const Scribe *scribe, guint i)
{
  for (guint n = 0; n < MODIFIERS_MAX && actor_follows(scribe, i); n++) {
    if (!actor_word_is(scribe, i, FORCE_MODIFIER) || word_facts(scribe->actors, i)->country != 0)
      break;
    const NameMatch *match = match_at(scribe, word_facts(scribe->actors, i)->force - 1);
    i = match->first + match->n;
  }
  return i;
}

static gboolean is_one_of(const char *lang, const char *const *list)
{
  for (; *list != NULL; list++)
    if (strcmp(*list, lang) == 0) return TRUE;
  return FALSE;
}

/* "policía albanesa", "полиция Албании", "حكومة لبنان": right behind the word. */
static gboolean owns_behind(const Scribe *scribe, const Mention *mention, ForceClass class)
{
  static const char *const adjectives[] = {"fr", "es", "pt", "it", "ca", "ar", "fa", NULL};
  static const char *const names[] = {"ru", "uk", "ar", NULL};
  const char *lang = scribe->actors->lang;
  if (mention->kind == BY_ADJECTIVE) return is_one_of(lang, adjectives);
  if (mention->kind == BY_NAME) return is_one_of(lang, names);
  return mention->kind == BY_PLACE && is_one_of(lang, names) &&
         (class == FORCE_POLICE || (class == FORCE_GOVERNMENT && is_capital(mention)));
}

/* "army of Chad", "police in Tirana", "government in Kabul". */
static gboolean owns_behind_preposition(const Mention *mention, ForceClass class, gboolean in)
{
  gboolean people = class == FORCE_PROTESTERS || class == FORCE_RIOTERS;
  if (mention->kind == BY_PLACE)
    return class == FORCE_POLICE || people || (class == FORCE_GOVERNMENT && is_capital(mention));
  return mention->kind == BY_NAME && (!in || class == FORCE_POLICE || people);
}

/* The country at word `i`, unless it is part of an actor's name: "president of the Kenya African
 * Union". */
static const Mention *country_behind(const Scribe *scribe, guint i)
{
  const Mention *mention = actor_country_at(scribe, i);
  return mention == NULL || word_facts(scribe->actors, i)->actor ? NULL : mention;
}

static gboolean qualify_behind(Scribe *scribe, Force force)
{
  guint end = behind_modifiers(scribe, force.first + force.n);
  const Mention *mention = country_behind(scribe, end);
  if (mention == NULL || !owns_behind(scribe, mention, force.class)) {
    gboolean in = actor_word_is(scribe, end, FORCE_IN);
    if (!actor_follows(scribe, end) || (!in && !actor_word_is(scribe, end, FORCE_OF))) return FALSE;
    end += actor_word_is(scribe, end + 1, FORCE_ARTICLE) ? 2 : 1;
    mention = country_behind(scribe, end);
    if (mention == NULL || !owns_behind_preposition(mention, force.class, in)) return FALSE;
  }
  force.slot = mention->slot;
  force.n = mention->word + mention->n - force.first;
  add_force(scribe, force);
  return TRUE;
}

/* ---- a country with neither ---- */

/* "the Salvadoran army and police": the word before is another force, whose country this is too. */
static gboolean qualify_by_neighbour(Scribe *scribe, Force force)
{
  const GArray *all = scribe->actors->qualified;
  if (all->len == 0 || force.first < 2 || !actor_follows(scribe, force.first) ||
      !actor_word_is(scribe, force.first - 1, FORCE_AND))
    return FALSE;
  const Force *before = &g_array_index(all, Force, all->len - 1);
  const NameMatch *match = match_at(scribe, before->match);
  if (match->first + match->n != force.first - 1 || before->slot == COUNTRY_SLOTS) return FALSE;
  force.slot = before->slot;
  add_force(scribe, force);
  return TRUE;
}

/* Russian adjectives in front, Arabic ones behind: it is some other army. */
static gboolean is_described(const Scribe *scribe, const Force *force)
{
  static const char *const endings[] = {"ая", "ую", "ой",  "ые",  "ых",  "ие", "их",
                                        "ий", "ый", "ого", "ыми", "ими", "ое"};
  guint end = force->first + force->n;
  if (strcmp(scribe->actors->lang, "ar") == 0)
    return actor_follows(scribe, end) &&
           g_str_has_prefix(text_words_form(scribe->words, end), "ال") &&
           !actor_word_is(scribe, end, FORCE_FUNCTION);
  if (!actor_follows(scribe, force->first) ||
      actor_word_is(scribe, force->first - 1, FORCE_FUNCTION))
    return FALSE;
  if (strcmp(scribe->actors->lang, "ru") != 0) return TRUE;
  const char *before = text_words_form(scribe->words, force->first - 1);
  for (gsize i = 0; i < G_N_ELEMENTS(endings); i++)
    if (g_str_has_suffix(before, endings[i])) return TRUE;
  return FALSE;
}

/* Nothing behind makes it part of another name: "the military [aid]". */
static gboolean is_noun(const Scribe *scribe, guint end)
{
  return !actor_follows(scribe, end) || actor_word_is(scribe, end, FORCE_FUNCTION) ||
         actor_word_is(scribe, end, FORCE_AND);
}

/* "The government fell", not "government bonds" nor "branches of government". */
static gboolean is_phrase(const Scribe *scribe, const NameMatch *match)
{
  return is_noun(scribe, match->first + match->n) &&
         !(actor_follows(scribe, match->first) &&
           actor_word_is(scribe, match->first - 1, FORCE_BARE));
}

static gboolean has_hyphen(const Scribe *scribe, guint i)
{
  return i < scribe->words->n && i != scribe->words->n_title &&
         (scribe->words->list[i].flags & WORD_HYPHEN) != 0;
}

static void leave_alone(Scribe *scribe, Force force)
{
  guint end = force.first + force.n;
  if (is_described(scribe, &force)) return;
  if (force.class != FORCE_GOVERNMENT && actor_word_is(scribe, end, FORCE_OF) &&
      actor_follows(scribe, end))
    return;
  force.alone = TRUE;
  add_force(scribe, force);
}

/* ---- one word ---- */

static gboolean covers_actor(const Scribe *scribe, const NameMatch *match)
{
  for (guint i = match->first; i < match->first + match->n; i++)
    if (word_facts(scribe->actors, i)->actor) return TRUE;
  return FALSE;
}

/* "near the White House", "outside US White House": the building. */
static gboolean is_location(const Scribe *scribe, guint i)
{
  const Mention *country = actor_country_before(scribe, i);
  if (country != NULL) i = country->word;
  if (actor_follows(scribe, i) && actor_word_is(scribe, i - 1, FORCE_ARTICLE)) i--;
  return places_is_locative(scribe, i);
}

static void qualify(Scribe *scribe, guint32 number)
{
  const NameMatch *match = match_at(scribe, number);
  guint32 sense = actor_sense(scribe, match);
  if (sense == 0 || covers_actor(scribe, match)) return;
  guint16 marks = forces_names()->senses[sense].marks;
  guint32 value = forces_names()->senses[sense].value;
  Force force = {.match = number,
                 .class = force_class(value),
                 .slot = force_slot(value),
                 .first = match->first,
                 .n = match->n};
  if (force.slot != COUNTRY_SLOTS) {
    force.slot = former_state(force.slot, scribe->actors->year);
    if (!is_location(scribe, force.first) && !is_other(scribe, force.first))
      add_force(scribe, force);
    return;
  }
  if (has_hyphen(scribe, match->first) || has_hyphen(scribe, match->first + match->n)) return;
  if ((marks & FORCE_NOUN) != 0 && !is_noun(scribe, match->first + match->n)) return;
  if (qualify_in_front(scribe, force) || qualify_behind(scribe, force) ||
      qualify_by_neighbour(scribe, force))
    return;
  if ((marks & FORCE_PHRASE) != 0 && !is_phrase(scribe, match)) return;
  if ((marks & FORCE_ALONE) != 0) leave_alone(scribe, force);
}

/* ---- all of them ---- */

/* What the article says of forces as a whole. */
typedef struct Told {
  gboolean any[FORCE_CLASSES];             /* of some country */
  guint8 of[FORCE_CLASSES][COUNTRY_SLOTS]; /* of that country */
  gboolean alone[FORCE_CLASSES];
} Told;

static void read_told(const Scribe *scribe, Told *told)
{
  const GArray *all = scribe->actors->qualified;
  memset(told, 0, sizeof *told);
  for (guint i = 0; i < all->len; i++) {
    const Force *force = &g_array_index(all, Force, i);
    if (force->alone) {
      told->alone[force->class] = TRUE;
    } else {
      told->any[force->class] = TRUE;
      told->of[force->class][force->slot] = TRUE;
    }
  }
}

/* Whose a force without a country is: that of the country in focus, unless the article names such
 * forces of others alone; COUNTRY_SLOTS: not told. */
static guint owner_of_alone(const Scribe *scribe, const Told *told, ForceClass class)
{
  const ActorsScratch *scratch = scribe->actors;
  if (scratch->n_focus != 1) return COUNTRY_SLOTS;
  if (told->of[class][scratch->focus]) return scratch->focus;
  return told->any[class] || !scratch->sure_focus ? COUNTRY_SLOTS : scratch->focus;
}

static gboolean is_there(const Told *told, ForceClass class, guint slot)
{
  return told->of[class][slot] || told->alone[class];
}

/* "Security forces" are police where there are police or protests, and no soldiers. */
static ForceClass class_of_security(const Told *told, guint slot)
{
  gboolean streets = is_there(told, FORCE_POLICE, slot) || is_there(told, FORCE_PROTESTERS, slot) ||
                     is_there(told, FORCE_RIOTERS, slot);
  return streets && !is_there(told, FORCE_MILITARY, slot) ? FORCE_POLICE : FORCE_MILITARY;
}

static void count_force(Scribe *scribe, const Told *told, const Force *force, guint slot)
{
  ActorsScratch *scratch = scribe->actors;
  ForceClass class = force->class == FORCE_SECURITY ? class_of_security(told, slot) : force->class;
  g_autofree char *name = forces_actor(class, slot);
  if (name == NULL) return;
  char alpha2[3];
  country_code_of_slot(slot, alpha2);
  const Country *country = country_by_alpha2(alpha2);
  g_autofree char *support =
      force->alone && country != NULL ? g_strdup_printf("about %s", country->name) : NULL;
  actor_count(scribe, g_string_chunk_insert_const(scratch->strings, name), force->first, force->n,
              support == NULL ? NULL : g_string_chunk_insert_const(scratch->strings, support));
}

void actors_count_forces(Scribe *scribe)
{
  ActorsScratch *scratch = scribe->actors;
  g_array_set_size(scratch->qualified, 0);
  for (guint32 i = 0; i < scratch->forces->len; i++) qualify(scribe, i);
  if (scratch->qualified->len == 0) return;
  Told told;
  read_told(scribe, &told);
  for (guint i = 0; i < scratch->qualified->len; i++) {
    const Force *force = &g_array_index(scratch->qualified, Force, i);
    guint slot = force->alone ? owner_of_alone(scribe, &told, force->class) : force->slot;
    if (slot != COUNTRY_SLOTS) count_force(scribe, &told, force, slot);
  }
}
