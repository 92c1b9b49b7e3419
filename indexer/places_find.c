/* places_find.c - see describe_places.h
 *
 * 1. All names of places are found in one pass (places.h). Persons who are called like a place are
 *    set aside, "Stamford, Conn." is joined.
 * 2. Names of countries, their adjectives and institutions are counted: firm evidence.
 * 3. Towns and provinces, of which many share a name, are resolved by that evidence, their
 *    neighbours and their size; what nothing supports is dropped.
 *
 * All countries are those of the article's date (1987: RU is SU). */
#include <math.h>
#include <string.h>

#include "../corpus/former_states.h"
#include "describe_places.h"

enum {
  DATELINE_WORDS = 16,
  BIG_CITY = 100000, /* people: needs no other evidence of its country */
  BIG_PROVINCE = 1000000,
  REGION_PEOPLE = 300000 /* what a region without number counts as */
};

/* ---- the text around a match ---- */

static const TextWord *word_at(const Scribe *scribe, guint i)
{
  return &scribe->words->list[i];
}

/* Whether word `i` follows the one before with nothing but space between. */
static gboolean follows(const Scribe *scribe, guint i)
{
  return i > 0 && i < scribe->words->n && i != scribe->words->n_title &&
         (word_at(scribe, i)->flags & (WORD_BREAK | WORD_COMMA | WORD_SENTENCE | WORD_OF_BEFORE)) ==
             0;
}

static gboolean is_one_of(const char *form, const char *const *list, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (*list[i] == *form && strcmp(list[i], form) == 0) return TRUE;
  return FALSE;
}

/* "in", "from" and the like before a name: it is a place. */
static gboolean behind_preposition(const Scribe *scribe, guint i)
{
  static const char *const list[] = {"in",     "at",    "from",  "near",  "to",    "outside",
                                     "around", "en",    "desde", "cerca", "hacia", "a",
                                     "dans",   "vers",  "pres",  "в",     "из",    "на",
                                     "под",    "около", "في",    "من",    "الي",   "قرب"};
  return follows(scribe, i) &&
         is_one_of(text_words_form(scribe->words, i - 1), list, G_N_ELEMENTS(list));
}

/* The same, of prepositions that tell where something is or happens. */
gboolean places_is_locative(const Scribe *scribe, guint i)
{
  static const char *const list[] = {"in",    "at",   "near", "outside", "around", "en",
                                     "cerca", "dans", "pres", "a",       "au",     "в",
                                     "во",    "на",   "под",  "около",   "في",     "قرب"};
  return follows(scribe, i) &&
         is_one_of(text_words_form(scribe->words, i - 1), list, G_N_ELEMENTS(list));
}

static gboolean behind_title(const Scribe *scribe, guint i)
{
  static const char *const list[] = {
      "mr",          "mrs",       "ms",      "dr",       "sir",        "general",     "gen",
      "colonel",     "col",       "captain", "capt",     "major",      "maj",         "lieutenant",
      "lt",          "sergeant",  "sgt",     "senator",  "sen",        "congressman", "rep",
      "judge",       "justice",   "father",  "bishop",   "archbishop", "secretary",   "spokesman",
      "spokeswoman", "professor", "prof",    "chairman", "lord",       "lady",        "don",
      "dona",        "señor",     "senor",   "sr",       "comandante", "commander",   "cardinal",
      "monsieur",    "mme",       "m",       "analyst",  "detective"};
  return follows(scribe, i) &&
         is_one_of(text_words_form(scribe->words, i - 1), list, G_N_ELEMENTS(list));
}

/* The dateline: "SAN SALVADOR, 3 Jan 90 -- ", "PARIS (AFP) - ": what stands before the first dash
 * with spaces, when that is near the body's start and begins with a capital. */
static guint find_dateline(const TextWords *words)
{
  guint first = words->n_title, n = MIN(words->n - first, DATELINE_WORDS);
  if (n == 0 || (words->list[first].flags & WORD_INITIAL) == 0) return first;
  for (guint i = first; i + 1 < first + n; i++) {
    const char *gap = words->body + words->list[i].end;
    gsize len = words->list[i + 1].start - words->list[i].end;
    const char *dash = g_strstr_len(gap, (gssize)len, "-");
    if (dash == NULL) dash = g_strstr_len(gap, (gssize)len, "—");
    if (dash == NULL) dash = g_strstr_len(gap, (gssize)len, "–");
    if (dash != NULL && len >= 2 && (dash > gap || dash[1] == '-' || dash[1] == ' ')) return i + 1;
    if (g_strstr_len(gap, (gssize)len, "\n\n") != NULL) return first;
  }
  return first;
}

/* ---- senses ---- */

static const NameMatch *match_at(const Scribe *scribe, guint i)
{
  return &g_array_index(scribe->matches, NameMatch, i);
}

static const NameSense *sense_at(guint32 sense)
{
  return &places_names()->senses[sense];
}

/* Whether the article's language lets a sense count. */
static gboolean speaks(const PlacesScratch *scratch, const NameSense *sense)
{
  gboolean french = (sense->marks & PLACE_ONLY_FRENCH) != 0;
  gboolean spanish = (sense->marks & PLACE_ONLY_SPANISH) != 0;
  return (!french || strcmp(scratch->lang, "fr") == 0) &&
         (!spanish || strcmp(scratch->lang, "es") == 0);
}

/* Towns and provinces of the east of Germany before 1991. */
static gboolean is_east_german(const PlacesScratch *scratch, const Place *place)
{
  static const char *const list[] = {"Saxony", "Saxony-Anhalt", "Free State of Thuringia",
                                     "Brandenburg", "Mecklenburg-Vorpommern"};
  if (scratch->year < FORMER_FROM || scratch->year > GERMANY_UNITED ||
      place->country != country_slot("DE"))
    return FALSE;
  const Place *province = places_at(place->province);
  return is_one_of(places_name(province != NULL ? province : place), list, G_N_ELEMENTS(list));
}

/* The country that a sense stands for, at the article's time. */
static guint slot_of(const PlacesScratch *scratch, guint32 sense)
{
  guint32 value = place_value(sense_at(sense)->value);
  PlaceSense kind = place_sense(sense_at(sense)->value);
  gboolean place = kind == SENSE_PLACE || kind == SENSE_SUFFIX;
  if (place && is_east_german(scratch, places_at(value))) return country_slot("DD");
  return former_state(place ? places_at(value)->country : value, scratch->year);
}

/* The first sense of a kind, from `from` on; 0: none. */
static guint32 next_of(const Scribe *scribe, const NameMatch *match, guint32 from, PlaceSense kind)
{
  for (; from != 0; from = names_next_sense(places_names(), scribe->words, match, from))
    if (place_sense(sense_at(from)->value) == kind && speaks(scribe->places, sense_at(from)))
      return from;
  return 0;
}

static guint32 first_of(const Scribe *scribe, const NameMatch *match, PlaceSense kind)
{
  return next_of(scribe, match, match->sense, kind);
}

static guint32 after_of(const Scribe *scribe, const NameMatch *match, guint32 sense,
                        PlaceSense kind)
{
  return next_of(scribe, match, names_next_sense(places_names(), scribe->words, match, sense),
                 kind);
}

static const Place *place_of(guint32 sense)
{
  return places_at(place_value(sense_at(sense)->value));
}

/* ---- mentions ---- */

static void add_mention(Scribe *scribe, guint slot, MentionKind kind, const NameMatch *match,
                        gint32 place)
{
  Mention mention = {(guint16)slot, kind, match->first, match->n, place};
  g_array_append_val(scribe->places->mentions, mention);
}

static void add_firm(Scribe *scribe, guint32 sense, MentionKind kind, const NameMatch *match)
{
  guint slot = slot_of(scribe->places, sense);
  scribe->places->firm[slot]++;
  scribe->places->firm_sum++;
  gint32 place = kind == BY_PLACE ? (gint32)place_value(sense_at(sense)->value) : NO_PLACE;
  add_mention(scribe, slot, kind, match, place);
}

/* How many firm mentions the country of a sense has. */
static guint firm_of(const PlacesScratch *scratch, guint32 sense)
{
  return scratch->firm[slot_of(scratch, sense)];
}

/* ---- persons ---- */

static gboolean is_person(const PlacesScratch *scratch, guint32 sense)
{
  for (guint i = 0; i < scratch->persons->len; i++)
    if (g_array_index(scratch->persons, guint32, i) == sense) return TRUE;
  return FALSE;
}

/* "Michael Jordan": a given name stands right before the match. */
static gboolean behind_given_name(const Scribe *scribe, guint number)
{
  const NameMatch *match = match_at(scribe, number);
  if (number == 0 || !follows(scribe, match->first)) return FALSE;
  const NameMatch *before = match_at(scribe, number - 1);
  return before->first + before->n == match->first && first_of(scribe, before, SENSE_GIVEN) != 0;
}

/* "Chad Smith": a name that is a given name too, and the next word is no name that we know. */
static gboolean before_surname(const Scribe *scribe, guint number)
{
  const NameMatch *match = match_at(scribe, number);
  guint end = match->first + match->n;
  if ((sense_at(match->sense)->marks & PLACE_IS_GIVEN) == 0 ||
      !text_words_case_known(scribe->words, match->first) || !follows(scribe, end))
    return FALSE;
  gboolean known = number + 1 < scribe->matches->len && match_at(scribe, number + 1)->first == end;
  guint8 flags = word_at(scribe, end)->flags;
  return !known && (flags & WORD_INITIAL) != 0 && (flags & WORD_HYPHEN) == 0 &&
         !behind_preposition(scribe, match->first);
}

static gboolean names_person(const Scribe *scribe, guint number)
{
  const NameMatch *match = match_at(scribe, number);
  if (match->n > 2) return FALSE;
  return behind_given_name(scribe, number) || behind_title(scribe, match->first) ||
         before_surname(scribe, number);
}

/* ---- first round: what is firm ---- */

static gboolean in_dateline(const Scribe *scribe, const NameMatch *match)
{
  return match->first >= scribe->words->n_title && match->first < scribe->places->dateline_end;
}

/* A match right behind a comma that may tell where the town before it lies; NULL without one. */
static const NameMatch *qualifier(const Scribe *scribe, guint number)
{
  if (number + 1 >= scribe->matches->len) return NULL;
  const NameMatch *match = match_at(scribe, number), *next = match_at(scribe, number + 1);
  guint end = match->first + match->n;
  guint8 parts = WORD_COMMA | WORD_BREAK;
  gboolean joined = next->first == end && end != scribe->words->n_title &&
                    (word_at(scribe, end)->flags & parts) == WORD_COMMA;
  return joined ? next : NULL;
}

/* TRUE when a sense of `where` is the country, or the province, of the place that `town` means. */
static gboolean lies_in(const Scribe *scribe, guint32 town, const NameMatch *where)
{
  const Place *place = place_of(town);
  guint slot = slot_of(scribe->places, town);
  for (guint32 s = where->sense; s != 0;
       s = names_next_sense(places_names(), scribe->words, where, s)) {
    PlaceSense kind = place_sense(sense_at(s)->value);
    guint32 value = place_value(sense_at(s)->value);
    if (kind == SENSE_COUNTRY && slot_of(scribe->places, s) == slot) return TRUE;
    if ((kind == SENSE_SUFFIX || kind == SENSE_PLACE) && places_at(value)->kind != PLACE_CITY &&
        (place->province == value ||
         (place->kind == PLACE_REGION && slot_of(scribe->places, s) == slot)))
      return TRUE;
  }
  return FALSE;
}

/* The town of a match that the qualifier behind it settles; 0: none. */
static guint32 qualified(const Scribe *scribe, const NameMatch *match, const NameMatch *where)
{
  guint32 s = where == NULL ? 0 : first_of(scribe, match, SENSE_PLACE);
  while (s != 0 && !lies_in(scribe, s, where)) s = after_of(scribe, match, s, SENSE_PLACE);
  return s;
}

/* "Conn." behind a comma and a capital counts; "Mass", "La" and "Pa" elsewhere are words. */
static guint32 suffix_of(const Scribe *scribe, const NameMatch *match)
{
  guint32 sense = first_of(scribe, match, SENSE_SUFFIX);
  guint first = match->first, last = first + match->n - 1;
  guint8 parts = WORD_COMMA | WORD_BREAK;
  if (sense == 0 || first == 0 || (word_at(scribe, first)->flags & parts) != WORD_COMMA ||
      (word_at(scribe, first - 1)->flags & WORD_INITIAL) == 0)
    return 0;
  const TextWords *words = scribe->words;
  const char *text = first < words->n_title ? words->title : words->body;
  char behind = text[word_at(scribe, last)->end];
  gboolean two_letters =
      (sense_at(sense)->marks & NAME_UPPER) != 0 && text_words_case_known(words, first);
  gboolean closed = behind == '.' || behind == ',' || word_at(scribe, last)->form_len > 4;
  return closed || two_letters || in_dateline(scribe, match) ? sense : 0;
}

/* Provinces of these are known by their names alone. */
static gboolean is_federal(guint slot)
{
  static const char *const codes[] = {"US", "CA", "AU", "DE", "IN", "RU", "SU", "CN", "GB"};
  for (gsize i = 0; i < G_N_ELEMENTS(codes); i++)
    if (country_slot(codes[i]) == slot) return TRUE;
  return FALSE;
}

/* "Santa Cruz, Calif.", "HAMILTON, Bermuda --": a town that we do not know, called like one that we
 * know. Elsewhere than in a dateline a country behind a comma may begin something else. */
static gboolean is_unknown_town(const Scribe *scribe, const NameMatch *match,
                                const NameMatch *where)
{
  guint32 town = first_of(scribe, match, SENSE_PLACE);
  guint32 province = where == NULL ? 0 : first_of(scribe, where, SENSE_PLACE);
  if (where == NULL || town == 0) return FALSE;
  if (suffix_of(scribe, where) != 0) return TRUE;
  if (province != 0 && place_of(province)->kind == PLACE_PROVINCE &&
      is_federal(slot_of(scribe->places, province)) &&
      slot_of(scribe->places, province) != slot_of(scribe->places, town))
    return TRUE;
  return in_dateline(scribe, match) && match->first == scribe->words->n_title &&
         first_of(scribe, match, SENSE_COUNTRY) == 0;
}

/* A name in the dateline that goes on with a word that we do not know: "NEWPORT BEACH, Calif.". */
static gboolean is_cut_short(const Scribe *scribe, const NameMatch *match)
{
  guint end = match->first + match->n;
  return in_dateline(scribe, match) && match->first == scribe->words->n_title &&
         end < scribe->places->dateline_end && follows(scribe, end) &&
         (word_at(scribe, end)->flags & WORD_UPPER) != 0;
}

/* "Turkey" that begins a sentence in an article that has "turkey" too. */
static gboolean is_small_elsewhere(const Scribe *scribe, const NameMatch *match)
{
  const TextWords *words = scribe->words;
  const TextWord *word = word_at(scribe, match->first);
  guint8 starts = WORD_SENTENCE | WORD_INITIAL;
  if (match->n != 1 || (word->flags & starts) != starts ||
      (sense_at(match->sense)->marks & NAME_INITIAL) == 0)
    return FALSE;
  for (guint i = 0; i < words->n; i++) {
    const TextWord *other = &words->list[i];
    if (other->hash == word->hash && (other->flags & WORD_INITIAL) == 0 &&
        strcmp(text_words_form(words, i), text_words_form(words, match->first)) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Counts a country's name, adjective or institution, or leaves the match for the second round. */
static void count_or_wait(Scribe *scribe, guint number)
{
  const NameMatch *match = match_at(scribe, number);
  guint32 country = first_of(scribe, match, SENSE_COUNTRY);
  guint32 adjective = first_of(scribe, match, SENSE_ADJECTIVE);
  guint32 institution = first_of(scribe, match, SENSE_INSTITUTION);
  gboolean place = first_of(scribe, match, SENSE_PLACE) != 0;
  guint32 firm = adjective != 0 ? adjective : place ? 0 : country != 0 ? country : institution;
  gboolean choice = first_of(scribe, match, SENSE_CHOICE) != 0;
  gboolean weak = firm != 0 && ((sense_at(firm)->marks & PLACE_WEAK) != 0 ||
                                is_person(scribe->places, match->sense));
  if (choice || weak || (place && adjective == 0)) {
    g_array_append_val(scribe->places->pending, number);
    return;
  }
  if (firm == 0) return;
  MentionKind kind = country != 0 ? BY_NAME : adjective != 0 ? BY_ADJECTIVE : BY_INSTITUTION;
  add_firm(scribe, firm, kind, match);
}

/* Decides a match at once where it can be; returns how many matches that used up. */
static guint first_round(Scribe *scribe, guint number)
{
  const NameMatch *match = match_at(scribe, number);
  if (first_of(scribe, match, SENSE_NOTHING) != 0) return 1;
  const NameMatch *where = qualifier(scribe, number);
  guint32 settled = qualified(scribe, match, where);
  guint used = settled != 0 ? 2 : 1;
  if (settled == 0) settled = suffix_of(scribe, match);
  if (settled != 0) {
    add_firm(scribe, settled, BY_PLACE, match);
    return used;
  }
  if (is_cut_short(scribe, match)) return 1;
  if (is_unknown_town(scribe, match, where)) {
    g_array_append_val(scribe->places->persons, match->sense);
    return 1;
  }
  if (!names_person(scribe, number) && !is_small_elsewhere(scribe, match))
    count_or_wait(scribe, number);
  return 1;
}

/* ---- second round: what needs support ---- */

static guint32 people_of(const Place *place)
{
  return place->people > 0 ? place->people : REGION_PEOPLE;
}

/* Evidence of the country against size: all the evidence there is weighs as much as a hundred times
 * the people, a capital as five times. */
static double place_score(const PlacesScratch *scratch, guint32 sense)
{
  const Place *place = place_of(sense);
  double firm = firm_of(scratch, sense);
  double share = scratch->firm_sum == 0 ? 0 : firm / scratch->firm_sum;
  return 2 * log10(people_of(place)) + 3 * share + (firm > 0 ? 1 : 0) + (place->capital ? 1.5 : 0) +
         (place->kind == PLACE_PROVINCE ? -1 : 0);
}

static guint32 best_place(const Scribe *scribe, const NameMatch *match)
{
  guint32 best = 0, s = first_of(scribe, match, SENSE_PLACE);
  double best_score = 0;
  for (; s != 0; s = after_of(scribe, match, s, SENSE_PLACE)) {
    double score = place_score(scribe->places, s);
    if (best != 0 && score <= best_score) continue;
    best = s;
    best_score = score;
  }
  return best;
}

static gboolean is_supported(const Scribe *scribe, const NameMatch *match, guint32 sense)
{
  const Place *place = place_of(sense);
  guint firm = firm_of(scribe->places, sense);
  gboolean preposition = behind_preposition(scribe, match->first);
  gboolean given = first_of(scribe, match, SENSE_GIVEN) != 0;
  if (given || (sense_at(sense)->marks & PLACE_WEAK) != 0) return firm > 0 && preposition;
  if (firm > 0 || in_dateline(scribe, match)) return TRUE;
  if (is_person(scribe->places, match->sense)) return FALSE;
  if (place->kind == PLACE_PROVINCE) return is_federal(slot_of(scribe->places, sense));
  return people_of(place) >= BIG_CITY || preposition;
}

/* "Georgia" in an article full of America, and less of the country: the state. */
static gboolean is_rather_place(const Scribe *scribe, guint32 country, guint32 sense)
{
  const Place *place = sense == 0 ? NULL : place_of(sense);
  return place != NULL && place->kind == PLACE_PROVINCE && place->people >= BIG_PROVINCE &&
         slot_of(scribe->places, sense) != slot_of(scribe->places, country) &&
         firm_of(scribe->places, sense) > firm_of(scribe->places, country);
}

/* "Korea": the country with the most evidence; the first in the table where they are even. */
static void decide_choice(Scribe *scribe, const NameMatch *match)
{
  guint32 best = first_of(scribe, match, SENSE_CHOICE);
  for (guint32 s = best; s != 0; s = after_of(scribe, match, s, SENSE_CHOICE))
    if (firm_of(scribe->places, s) > firm_of(scribe->places, best)) best = s;
  add_mention(scribe, slot_of(scribe->places, best), BY_NAME, match, NO_PLACE);
}

/* A country's name that needs support, or that is a place's name too. FALSE: it is the place. */
static gboolean decide_country(Scribe *scribe, const NameMatch *match, guint32 place)
{
  guint32 country = first_of(scribe, match, SENSE_COUNTRY);
  if (country == 0) country = first_of(scribe, match, SENSE_ADJECTIVE);
  if (country == 0 || is_rather_place(scribe, country, place)) return FALSE;
  gboolean weak =
      (sense_at(country)->marks & PLACE_WEAK) != 0 || is_person(scribe->places, match->sense);
  if (!weak || firm_of(scribe->places, country) > 0 || behind_preposition(scribe, match->first))
    add_mention(scribe, slot_of(scribe->places, country), BY_NAME, match, NO_PLACE);
  return TRUE;
}

/* Towns and institutions. */
static void decide_town(Scribe *scribe, const NameMatch *match)
{
  guint32 place = best_place(scribe, match);
  guint32 institution = first_of(scribe, match, SENSE_INSTITUTION);
  if (place != 0 && is_supported(scribe, match, place))
    add_mention(scribe, slot_of(scribe->places, place), BY_PLACE, match,
                (gint32)place_value(sense_at(place)->value));
  else if (institution != 0)
    add_mention(scribe, slot_of(scribe->places, institution), BY_INSTITUTION, match, NO_PLACE);
}

static gboolean may_be_country(const Scribe *scribe, const NameMatch *match)
{
  return first_of(scribe, match, SENSE_CHOICE) != 0 ||
         first_of(scribe, match, SENSE_COUNTRY) != 0 ||
         first_of(scribe, match, SENSE_ADJECTIVE) != 0;
}

/* First what can only be towns, which is evidence for the rest: "Congo" with Goma is the larger. */
static void second_round(Scribe *scribe)
{
  PlacesScratch *scratch = scribe->places;
  guint known = scratch->mentions->len;
  for (guint i = 0; i < scratch->pending->len; i++) {
    const NameMatch *match = match_at(scribe, g_array_index(scratch->pending, guint, i));
    if (!may_be_country(scribe, match)) decide_town(scribe, match);
  }
  scratch->firm_sum += scratch->mentions->len - known;
  for (guint i = known; i < scratch->mentions->len; i++)
    scratch->firm[g_array_index(scratch->mentions, Mention, i).slot]++;
  for (guint i = 0; i < scratch->pending->len; i++) {
    const NameMatch *match = match_at(scribe, g_array_index(scratch->pending, guint, i));
    if (!may_be_country(scribe, match)) continue;
    if (first_of(scribe, match, SENSE_CHOICE) != 0)
      decide_choice(scribe, match);
    else if (!decide_country(scribe, match, best_place(scribe, match)))
      decide_town(scribe, match);
  }
}

void places_find(Scribe *scribe)
{
  PlacesScratch *scratch = scribe->places;
  g_array_set_size(scratch->mentions, 0);
  g_array_set_size(scratch->pending, 0);
  g_array_set_size(scratch->persons, 0);
  memset(scratch->firm, 0, sizeof scratch->firm);
  scratch->firm_sum = 0;
  names_scan(places_names(), scribe->words, scribe->matches);
  scratch->dateline_end = find_dateline(scribe->words);
  for (guint i = 0; i < scribe->matches->len; i++)
    if (names_person(scribe, i)) g_array_append_val(scratch->persons, match_at(scribe, i)->sense);
  for (guint i = 0; i < scribe->matches->len;) i += first_round(scribe, i);
  second_round(scribe);
}
