/* describe.c - see describe.h */
#include "describe.h"

#include "describe_step.h"

Scribe *scribe_new(const ActorTable *actors)
{
  Scribe *scribe = g_new0(Scribe, 1);
  scribe->analyzer = analyzer_new();
  scribe->words = text_words_new();
  scribe->matches = g_array_new(FALSE, FALSE, sizeof(NameMatch));
  scribe->places = places_scratch_new();
  scribe->actors = actors_scratch_new(actors);
  scribe->events = events_scratch_new();
  return scribe;
}

void scribe_free(Scribe *scribe)
{
  if (scribe == NULL) return;
  analyzer_free(scribe->analyzer);
  text_words_free(scribe->words);
  g_array_free(scribe->matches, TRUE);
  places_scratch_free(scribe->places);
  actors_scratch_free(scribe->actors);
  events_scratch_free(scribe->events);
  g_free(scribe);
}

const DescribeStep describe_steps[] = {{"language", describe_language}, {"date", describe_date},
                                       {"places", describe_places},     {"actors", describe_actors},
                                       {"events", describe_events},     {NULL, NULL}};

void scribe_read(Scribe *scribe, const Article *article)
{
  text_words_read(scribe->words, scribe->analyzer, article_first(article, FIELD_TITLE),
                  article_text(article));
}

void scribe_step(Scribe *scribe, const DescribeStep *step, Article *article)
{
  g_array_set_size(scribe->matches, 0);
  step->run(scribe, article);
}

void scribe_describe(Scribe *scribe, Article *article)
{
  scribe_read(scribe, article);
  for (const DescribeStep *step = describe_steps; step->name != NULL; step++)
    scribe_step(scribe, step, article);
}
