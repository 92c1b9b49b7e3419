/* actors_define.c - acronyms that the article explains; see describe_actors.h
 *
 * "Armed Islamic Front (AIF)", "AIF (Armed Islamic Front)" and "Armed Islamic Front, or AIF,". The
 * idea of looking before the
 * bracket for words that begin with the acronym's letters is that of Schwartz and Hearst, "A simple
 * algorithm for identifying abbreviation definitions in biomedical text" (2003). Here each letter
 * must begin a word, since names of organisations are shortened so; but the order may be another,
 * since papers translate the name and keep the acronym (FMLN). What it stands for must have a word
 * that organisations are called by (front, council; forces.tsv), and none of companies. */
#include "describe_actors.h"

#include <string.h>
#include <unicode/uchar.h>

#include "../corpus/fold.h"

enum {
  LETTERS_MIN = 2,
  LOOSE_MIN = 3, /* letters that may stand in another order */
  LETTERS_MAX = 8,
  WINDOW_WORDS = 14, /* words of what it stands for */
  SMALL_WORD = 3,    /* bytes of words that may have no letter in the acronym */
  SHARE = 2          /* one letter in so many must fit where the rest is another language's */
};

/* ---- words and letters ---- */

static const char *text_of(const Scribe *scribe, guint i)
{
  return i < scribe->words->n_title ? scribe->words->title : scribe->words->body;
}

static gboolean opens(const Scribe *scribe, guint i)
{
  guint32 start = scribe->words->list[i].start;
  return start > 0 && text_of(scribe, i)[start - 1] == '(';
}

static gboolean closes(const Scribe *scribe, guint i)
{
  return text_of(scribe, i)[scribe->words->list[i].end] == ')';
}

/* Small and grammatical words, which acronyms mostly leave out. */
static gboolean is_joiner(const Scribe *scribe, guint i)
{
  const TextWord *word = &scribe->words->list[i];
  if (text_words_case_known(scribe->words, i) && (word->flags & WORD_INITIAL) != 0 &&
      word->end - word->start > SMALL_WORD)
    return FALSE;
  return actor_word_is(scribe, i, FORCE_FUNCTION) || actor_word_is(scribe, i, FORCE_OF) ||
         actor_word_is(scribe, i, FORCE_ARTICLE) || actor_word_is(scribe, i, FORCE_AND) ||
         actor_word_is(scribe, i, FORCE_PREPOSITION);
}

static gunichar letter_at(const char *form, guint n)
{
  return g_utf8_get_char(g_utf8_offset_to_pointer(form, (glong)n));
}

static gunichar initial_of(const Scribe *scribe, guint i)
{
  return g_utf8_get_char(text_words_form(scribe->words, i));
}

/* Letters of one sound, which translation exchanges. */
static gboolean is_like(gunichar a, gunichar b)
{
  return a == b || (a == 'k' && b == 'c') || (a == 'c' && b == 'k');
}

/* ---- matching ---- */

/* The letters `from` on are the initials of the words from `i` to before `end`, each word one
 * letter, joiners one or none. */
static gboolean spells(const Scribe *scribe, const char *form, guint letters, guint from, guint i,
                       guint end)
{
  for (; i < end; i++) {
    gboolean fits = from < letters && letter_at(form, from) == initial_of(scribe, i);
    gboolean joiner = is_joiner(scribe, i);
    if (!fits && !joiner) return FALSE;
    if (fits && joiner && spells(scribe, form, letters, from, i + 1, end)) return TRUE;
    from += fits;
  }
  return from == letters;
}

/* How many letters of the acronym are initials of words, each word used once; *words is how many
 * words are no joiners. */
static guint shared_letters(const Scribe *scribe, const char *form, guint letters, guint first,
                            guint end, guint *words)
{
  gboolean used[WINDOW_WORDS] = {FALSE};
  guint shared = 0;
  *words = 0;
  for (guint i = first; i < end; i++) *words += !is_joiner(scribe, i);
  for (guint k = 0; k < letters; k++)
    for (guint i = first; i < end; i++) {
      if (used[i - first] || !is_like(letter_at(form, k), initial_of(scribe, i))) continue;
      used[i - first] = TRUE;
      shared++;
      break;
    }
  return shared;
}

static gboolean is_capitalised(const Scribe *scribe, guint first, guint end)
{
  for (guint i = first; i < end; i++)
    if ((scribe->words->list[i].flags & WORD_INITIAL) == 0 && !is_joiner(scribe, i)) return FALSE;
  return TRUE;
}

/* Whether the name may begin here: behind an article that is not inside a name ("of the"). */
static gboolean is_behind_article(const Scribe *scribe, guint first)
{
  return first > 0 && actor_word_is(scribe, first - 1, FORCE_ARTICLE) &&
         (first < 2 || !actor_word_is(scribe, first - 2, FORCE_PREPOSITION) ||
          !text_words_case_known(scribe->words, first));
}

/* In capitals nothing tells a name from the words around it: then it must stand behind an article
 * and be joined by nothing but "of" and "and"; elsewhere articles and prepositions may be in it. */
static gboolean is_one_phrase(const Scribe *scribe, guint first, guint end)
{
  gboolean cased = text_words_case_known(scribe->words, first);
  if (!cased && !is_behind_article(scribe, first)) return FALSE;
  for (guint i = first; i < end; i++) {
    gboolean joins = actor_word_is(scribe, i, FORCE_OF) || actor_word_is(scribe, i, FORCE_AND);
    if (cased)
      joins |=
          actor_word_is(scribe, i, FORCE_ARTICLE) || actor_word_is(scribe, i, FORCE_PREPOSITION);
    if (is_joiner(scribe, i) && !joins) return FALSE;
  }
  return TRUE;
}

typedef enum Fit { FITS_NOT, FITS_LOOSELY, FITS } Fit;

/* Whether the words can be what the acronym stands for. */
static Fit fit_of(const Scribe *scribe, guint acronym, guint first, guint end)
{
  const char *form = text_words_form(scribe->words, acronym);
  guint letters = (guint)g_utf8_strlen(form, -1), words = 0;
  gboolean cased = text_words_case_known(scribe->words, first);
  if (is_joiner(scribe, first) || is_joiner(scribe, end - 1)) return FITS_NOT;
  if (cased && (scribe->words->list[first].flags & WORD_INITIAL) == 0) return FITS_NOT;
  if (spells(scribe, form, letters, 0, first, end)) return FITS;
  guint shared = shared_letters(scribe, form, letters, first, end, &words);
  if (letters < LOOSE_MIN || (cased && !is_capitalised(scribe, first, end))) return FITS_NOT;
  if (shared == letters && words == letters) return FITS;
  return is_one_phrase(scribe, first, end) && words >= LOOSE_MIN && shared * SHARE >= letters &&
                 shared >= 2
             ? FITS_LOOSELY
             : FITS_NOT;
}

/* ---- organisations ---- */

static gboolean is_organisation(const Scribe *scribe, guint first, guint end)
{
  gboolean head = FALSE;
  for (guint i = first; i < end; i++) {
    if (actor_word_is(scribe, i, FORCE_BUSINESS)) return FALSE;
    head |= actor_word_is(scribe, i, FORCE_HEAD);
  }
  return head;
}

/* The number of the listed name that is most of the words; NO_MATCH when none is. */
static gint32 find_listed(const Scribe *scribe, guint first, guint end)
{
  for (guint i = first; i < end; i++) {
    guint32 number = word_facts(scribe->actors, i)->match;
    if (number == 0) continue;
    const NameMatch *match = &g_array_index(scribe->actors->matches, ActorMatch, number - 1).match;
    if ((MIN(match->first + match->n, end) - i) * 2 >= end - first) return (gint32)number - 1;
    i = match->first + match->n - 1;
  }
  return NO_MATCH;
}

/* ---- finding ---- */

static gboolean is_acronym(const Scribe *scribe, guint i)
{
  const TextWord *word = &scribe->words->list[i];
  const char *form = text_words_form(scribe->words, i);
  glong letters = g_utf8_strlen(form, -1);
  if (letters < LETTERS_MIN || letters > LETTERS_MAX) return FALSE;
  if (text_words_case_known(scribe->words, i) && (word->flags & WORD_UPPER) == 0) return FALSE;
  for (; *form != '\0'; form = g_utf8_next_char(form))
    if (!u_hasBinaryProperty((UChar32)g_utf8_get_char(form), UCHAR_CASED)) return FALSE;
  return TRUE;
}

/* The first explanation of an acronym counts. */
static void define(Scribe *scribe, guint acronym, guint first, guint end, gboolean exact)
{
  ActorsScratch *scratch = scribe->actors;
  char *form = (char *)(gsize)text_words_form(scribe->words, acronym);
  Definition definition = {.acronym = acronym,
                           .first = first,
                           .n = end - first,
                           .exact = exact,
                           .listed = find_listed(scribe, first, end)};
  if (g_hash_table_contains(scratch->defined, form)) return;
  g_array_append_val(scratch->definitions, definition);
  g_hash_table_insert(scratch->defined, form, GUINT_TO_POINTER(scratch->definitions->len));
}

/* Where the words that may belong together before word `end` begin. */
static guint find_window(const Scribe *scribe, guint end)
{
  guint first = end;
  while (end - first < WINDOW_WORDS && first > 0) {
    first--;
    guint8 flags = scribe->words->list[first].flags;
    if ((flags & (WORD_BREAK | WORD_COMMA | WORD_SENTENCE | WORD_OF_BEFORE)) != 0 ||
        first == scribe->words->n_title)
      break;
  }
  return first;
}

/* "... Long Form (LF)", with `end` the word behind the long form: the shortest that fits exactly,
 * else the longest that does about. */
static void define_before(Scribe *scribe, guint acronym, guint end, gboolean loosely)
{
  guint window = find_window(scribe, end), loose = end;
  for (guint first = end; first > window;) {
    first--;
    Fit fit = end - first < 2 ? FITS_NOT : fit_of(scribe, acronym, first, end);
    if (fit == FITS) {
      define(scribe, acronym, first, end, TRUE);
      return;
    }
    if (fit == FITS_LOOSELY) loose = first;
    if (fit == FITS_LOOSELY && is_behind_article(scribe, first)) break;
  }
  if (loose != end && loosely) define(scribe, acronym, loose, end, FALSE);
}

/* "... Long Form, LF, ..." and "Long Form, or LF, ...": commas are more often something else, so
 * there must be three letters and they must fit exactly. */
static void define_between_commas(Scribe *scribe, guint acronym)
{
  guint end = acronym;
  char behind = text_of(scribe, acronym)[scribe->words->list[acronym].end];
  if (scribe->words->list[acronym].form_len < LOOSE_MIN ||
      (behind != ',' && behind != '.' && behind != ';'))
    return;
  if (acronym > 1 && actor_follows(scribe, acronym) && actor_word_is(scribe, acronym - 1, FORCE_OR))
    end = acronym - 1;
  if (end > 1 && (scribe->words->list[end].flags & (WORD_COMMA | WORD_BREAK)) == WORD_COMMA)
    define_before(scribe, acronym, end, FALSE);
}

/* "LF (Long Form)" */
static void define_behind(Scribe *scribe, guint acronym)
{
  guint first = acronym + 1, last = first;
  if (first >= scribe->words->n || first == scribe->words->n_title || !opens(scribe, first)) return;
  while (!closes(scribe, last)) {
    if (++last >= scribe->words->n || last - first >= WINDOW_WORDS ||
        (scribe->words->list[last].flags & (WORD_BREAK | WORD_COMMA)) != 0)
      return;
  }
  Fit fit = last == first ? FITS_NOT : fit_of(scribe, acronym, first, last + 1);
  if (fit != FITS_NOT) define(scribe, acronym, first, last + 1, fit == FITS);
}

void actors_find_definitions(Scribe *scribe)
{
  g_array_set_size(scribe->actors->definitions, 0);
  g_hash_table_remove_all(scribe->actors->defined);
  for (guint i = 0; i < scribe->words->n; i++) {
    gboolean bracket = opens(scribe, i);
    if (!bracket && i > 0 && (scribe->words->list[i].flags & WORD_COMMA) == 0 &&
        (scribe->words->list[i - 1].flags & WORD_COMMA) == 0)
      continue;
    if (bracket && closes(scribe, i) && is_acronym(scribe, i)) define_before(scribe, i, i, TRUE);
    if (bracket && i > 0 && is_acronym(scribe, i - 1)) define_behind(scribe, i - 1);
    if (!bracket && is_acronym(scribe, i)) define_between_commas(scribe, i);
  }
}

/* ---- what follows from them ---- */

/* The definition of an acronym at word `i`; NULL when there is none. */
static Definition *definition_of(const Scribe *scribe, guint i)
{
  const ActorsScratch *scratch = scribe->actors;
  guint number =
      GPOINTER_TO_UINT(g_hash_table_lookup(scratch->defined, text_words_form(scribe->words, i)));
  return number == 0 ? NULL : &g_array_index(scratch->definitions, Definition, number - 1);
}

/* Half of the words stand in the names of the actor: it is called so, in other words. */
static gboolean resembles(const Scribe *scribe, const Definition *definition,
                          const ActorTable *table, guint32 actor)
{
  g_autoptr(GString) names = g_string_new(" ");
  guint words = 0, shared = 0;
  for (guint n = 0; n < table->actors[actor].n_aliases; n++) {
    g_autofree char *folded = fold_name(actor_alias(table, actor, n), -1);
    g_string_append_printf(names, "%s ", folded);
  }
  for (guint i = definition->first; i < definition->first + definition->n; i++) {
    g_autofree char *padded = g_strdup_printf(" %s ", text_words_form(scribe->words, i));
    if (is_joiner(scribe, i)) continue;
    words++;
    shared += strstr(names->str, padded) != NULL;
  }
  return shared * 2 >= words;
}

/* Whether the listed name that a definition is may mean the actor. */
static gboolean may_mean(const Scribe *scribe, const Definition *definition, guint32 actor)
{
  const ActorMatch *found = &g_array_index(scribe->actors->matches, ActorMatch, definition->listed);
  if (found->actor != NO_MATCH) return found->actor == (gint32)actor;
  for (guint32 s = found->match.sense; s != 0;
       s = names_next_sense(found->table->names, scribe->words, &found->match, s))
    if (found->table->names->senses[s].value == actor) return TRUE;
  return FALSE;
}

gboolean actors_defined_otherwise(const Scribe *scribe, const ActorMatch *match, guint32 actor)
{
  const Definition *definition =
      match->match.n == 1 ? definition_of(scribe, match->match.first) : NULL;
  if (definition == NULL) return FALSE;
  if (definition->listed != NO_MATCH) return !may_mean(scribe, definition, actor);
  return definition->exact && !resembles(scribe, definition, match->table, actor);
}

/* "FRONT OF THE POOR" -> "Front of the Poor", in text that has only capitals. */
static void append_title_case(const Scribe *scribe, GString *out, guint first, guint n)
{
  for (guint i = first; i < first + n; i++) {
    const TextWord *word = &scribe->words->list[i];
    const char *text = text_of(scribe, i) + word->start;
    g_autofree char *lower = g_utf8_strdown(text, (gssize)(word->end - word->start));
    const char *rest = g_utf8_next_char(lower);
    if (i > first) g_string_append_c(out, (word->flags & WORD_HYPHEN) != 0 ? '-' : ' ');
    if (i > first && is_joiner(scribe, i)) {
      g_string_append(out, lower);
      continue;
    }
    g_string_append_unichar(out, g_unichar_toupper(g_utf8_get_char(lower)));
    g_string_append(out, rest);
  }
}

static void append_as_written(const Scribe *scribe, GString *out, guint first, guint n)
{
  const TextWord *list = scribe->words->list;
  const char *text = text_of(scribe, first);
  g_autofree char *copy =
      g_strndup(text + list[first].start, list[first + n - 1].end - list[first].start);
  g_auto(GStrv) words = g_strsplit_set(copy, " \t\r\n", -1);
  gboolean any = FALSE;
  for (char **word = words; *word != NULL; word++) {
    if (**word == '\0') continue;
    g_string_append_printf(out, "%s%s", any ? " " : "", *word);
    any = TRUE;
  }
}

/* "SPAK: Special Structure Against Corruption and Organized Crime" */
static const char *name_of(Scribe *scribe, const Definition *definition)
{
  g_autoptr(GString) name = g_string_new(NULL);
  g_autofree char *letters = g_utf8_strup(text_words_form(scribe->words, definition->acronym), -1);
  g_string_append_printf(name, "%s: ", letters);
  if (text_words_case_known(scribe->words, definition->first))
    append_as_written(scribe, name, definition->first, definition->n);
  else
    append_title_case(scribe, name, definition->first, definition->n);
  return g_string_chunk_insert_const(scribe->actors->strings, name->str);
}

static gboolean is_counted(const Scribe *scribe, guint first, guint n)
{
  for (guint i = first; i < first + n; i++)
    if (word_facts(scribe->actors, i)->actor) return TRUE;
  return FALSE;
}

static const char support[] = "defined in the text";

/* The actor that a definition is of, NULL when it is of none. */
static const char *actor_of(Scribe *scribe, const Definition *definition)
{
  ActorsScratch *scratch = scribe->actors;
  const ActorMatch *listed = definition->listed == NO_MATCH
                                 ? NULL
                                 : &g_array_index(scratch->matches, ActorMatch, definition->listed);
  if (listed != NULL && listed->actor != NO_MATCH)
    return actor_name(listed->table, (guint32)listed->actor);
  guint end = definition->first + definition->n;
  return word_facts(scratch, definition->acronym)->actor ||
                 !is_organisation(scribe, definition->first, end)
             ? NULL
             : name_of(scribe, definition);
}

/* Where it is explained it is mentioned once. */
static void count_where_defined(Scribe *scribe, Definition *definition)
{
  definition->name = actor_of(scribe, definition);
  if (definition->name != NULL && !is_counted(scribe, definition->first, definition->n))
    actor_count(scribe, definition->name, definition->first, definition->n, support);
}

void actors_count_defined(Scribe *scribe)
{
  GArray *definitions = scribe->actors->definitions;
  for (guint i = 0; i < definitions->len; i++)
    count_where_defined(scribe, &g_array_index(definitions, Definition, i));
  for (guint i = 0; definitions->len > 0 && i < scribe->words->n; i++) {
    const Definition *definition = definition_of(scribe, i);
    if (definition != NULL && definition->name != NULL && i != definition->acronym &&
        !word_facts(scribe->actors, i)->actor && is_acronym(scribe, i))
      actor_count(scribe, definition->name, i, 1, support);
  }
}
