/* describe_places.c - the countries that an article is about, those it mentions, and its places;
 * see describe.h. places_find.c finds them, places_weigh.c tells subject from mention, here they
 * become values. */
#include "describe_places.h"

#include <stdlib.h>
#include <string.h>

#include "../corpus/country.h"

PlacesScratch *places_scratch_new(void)
{
  PlacesScratch *scratch = g_new0(PlacesScratch, 1);
  scratch->mentions = g_array_new(FALSE, FALSE, sizeof(Mention));
  scratch->pending = g_array_new(FALSE, FALSE, sizeof(guint));
  scratch->persons = g_array_new(FALSE, FALSE, sizeof(guint32));
  scratch->candidates = g_array_new(FALSE, TRUE, sizeof(Candidate));
  return scratch;
}

void places_scratch_free(PlacesScratch *scratch)
{
  if (scratch == NULL) return;
  g_array_free(scratch->mentions, TRUE);
  g_array_free(scratch->pending, TRUE);
  g_array_free(scratch->persons, TRUE);
  g_array_free(scratch->candidates, TRUE);
  g_free(scratch);
}

static int by_score(gconstpointer a, gconstpointer b)
{
  const Candidate *left = a, *right = b;
  if (left->score != right->score) return left->score > right->score ? -1 : 1;
  return (int)left->slot - (int)right->slot;
}

/* "title; dateline; 5 in text; 0.93" */
static void tell_why(const Candidate *c, GString *why)
{
  g_string_truncate(why, 0);
  if (c->title > 0) g_string_append(why, "title; ");
  if (c->dateline > 0) g_string_append(why, "dateline; ");
  if (c->text > 0) g_string_append_printf(why, "%u in text; ", c->text);
  g_string_append_printf(why, "%.2f", c->score);
}

/* TRUE when a list holds the value; NULL holds none. */
static gboolean holds(const GPtrArray *values, const char *value)
{
  for (guint i = 0; values != NULL && i < values->len; i++)
    if (strcmp(values->pdata[i], value) == 0) return TRUE;
  return FALSE;
}

/* Where the source states what the article is about, all others are mentions. */
static void derive_countries(PlacesScratch *scratch, Article *article)
{
  g_autoptr(GString) why = g_string_new(NULL);
  const GPtrArray *stated = article_values(article, FIELD_COUNTRY);
  g_array_sort(scratch->candidates, by_score);
  for (guint i = 0; i < scratch->candidates->len; i++) {
    const Candidate *c = &g_array_index(scratch->candidates, Candidate, i);
    char alpha2[3];
    country_code_of_slot(c->slot, alpha2);
    if (holds(stated, alpha2)) continue;
    tell_why(c, why);
    FieldId field = c->focus && stated == NULL ? FIELD_COUNTRY : FIELD_MENTIONS_COUNTRY;
    article_derive(article, field, alpha2, why->str);
  }
}

static int by_place(gconstpointer a, gconstpointer b)
{
  const Mention *left = a, *right = b;
  if (left->place != right->place) return left->place < right->place ? -1 : 1;
  return (left->word > right->word) - (left->word < right->word);
}

/* The name, with the country's when another country has a place of the same. */
static char *full_name(const Place *place, const char *alpha2)
{
  const Country *country = country_by_alpha2(alpha2);
  const char *name = places_name(place);
  return place->shared && country != NULL ? g_strdup_printf("%s, %s", name, country->name)
                                          : g_strdup(name);
}

static void derive_place(Scribe *scribe, Article *article, const Mention *first, guint n)
{
  const PlacesScratch *scratch = scribe->places;
  const Place *place = places_at((guint32)first->place);
  guint title = 0, dateline = 0;
  for (guint i = 0; i < n; i++) {
    title += first[i].word < scribe->words->n_title;
    dateline += first[i].word >= scribe->words->n_title && first[i].word < scratch->dateline_end;
  }
  g_autoptr(GString) why = g_string_new(NULL);
  if (title > 0) g_string_append(why, "title; ");
  if (dateline > 0) g_string_append(why, "dateline; ");
  if (n > title + dateline) g_string_append_printf(why, "%u in text; ", n - title - dateline);
  g_string_truncate(why, why->len - 2);
  char alpha2[3];
  country_code_of_slot(first->slot, alpha2);
  g_autofree char *name = full_name(place, alpha2);
  article_derive_place(article, name, why->str, alpha2, place->latitude / 100.0,
                       place->longitude / 100.0);
}

static void derive_places(Scribe *scribe, Article *article)
{
  GArray *mentions = scribe->places->mentions;
  g_array_sort(mentions, by_place);
  for (guint i = 0, n = 0; i < mentions->len; i += n) {
    const Mention *first = &g_array_index(mentions, Mention, i);
    for (n = 1; i + n < mentions->len && first[n].place == first->place;) n++;
    if (first->place != NO_PLACE) derive_place(scribe, article, first, n);
  }
}

static void clear_derived(Article *article, FieldId field)
{
  if (article_is_derived(article, field)) article_clear(article, field);
}

void describe_places(Scribe *scribe, Article *article)
{
  const char *date = article_first(article, FIELD_DATE);
  const char *lang = article_first(article, FIELD_LANG);
  int year = date == NULL ? 0 : (int)strtol(date, NULL, 10);
  /* What an earlier run derived is derived anew. */
  clear_derived(article, FIELD_COUNTRY);
  clear_derived(article, FIELD_MENTIONS_COUNTRY);
  clear_derived(article, FIELD_PLACE);
  places_candidates(scribe, year, lang == NULL ? "und" : lang);
  derive_countries(scribe->places, article);
  derive_places(scribe, article);
}
