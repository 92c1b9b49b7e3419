/* describe_places.c - see describe.h */
#include "describe_step.h"

struct PlacesScratch {
  char unused;
};

PlacesScratch *places_scratch_new(void)
{
  return g_new0(PlacesScratch, 1);
}

void places_scratch_free(PlacesScratch *scratch)
{
  g_free(scratch);
}

void describe_places(Scribe *scribe, Article *article)
{
  (void)scribe;
  (void)article;
}
