/* describe.c - see describe.h */
#include "describe.h"

#include "describe_step.h"

Scribe *scribe_new(void)
{
  Scribe *scribe = g_new0(Scribe, 1);
  scribe->analyzer = analyzer_new();
  scribe->words = text_words_new();
  scribe->matches = g_array_new(FALSE, FALSE, sizeof(NameMatch));
  scribe->places = places_scratch_new();
  return scribe;
}

void scribe_free(Scribe *scribe)
{
  if (scribe == NULL) return;
  analyzer_free(scribe->analyzer);
  text_words_free(scribe->words);
  g_array_free(scribe->matches, TRUE);
  places_scratch_free(scribe->places);
  g_free(scribe);
}

void scribe_describe(Scribe *scribe, Article *article)
{
  static void (*const steps[])(Scribe *, Article *) = {describe_language, describe_places};
  text_words_read(scribe->words, scribe->analyzer, article_first(article, FIELD_TITLE),
                  article_text(article));
  for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
    g_array_set_size(scribe->matches, 0);
    steps[i](scribe, article);
  }
}
