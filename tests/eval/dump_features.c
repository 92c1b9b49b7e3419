/* dump_features.c - the features by which countries are weighed, for fit-places.py.
 *
 *   dump_features <articles.jsonl >features.tsv
 *
 * A line of input is an object with id, title, body, date and lang, as sitrep-index
 * --describe-only writes it; a line of output is the id, an alpha-2 code and the features
 * (describe_places.h) in their order. With --names, the first line names them. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../corpus/places.h"
#include "../../indexer/describe_places.h"

static const char *const feature_names[] = {
#define X(name) #name,
    PLACE_FEATURES(X)
#undef X
};

static const char *text_of(const json_t *object, const char *key)
{
  const char *text = json_string_value(json_object_get(object, key));
  return text == NULL ? "" : text;
}

static void dump(Scribe *scribe, const json_t *object)
{
  text_words_read(scribe->words, scribe->analyzer, text_of(object, "title"),
                  text_of(object, "body"));
  g_array_set_size(scribe->matches, 0);
  int year = (int)strtol(text_of(object, "date"), NULL, 10);
  const GArray *all = places_candidates(scribe, year, text_of(object, "lang"));
  for (guint i = 0; i < all->len; i++) {
    const Candidate *c = &g_array_index(all, Candidate, i);
    char alpha2[3];
    country_code_of_slot(c->slot, alpha2);
    printf("%s\t%s", text_of(object, "id"), alpha2);
    for (int k = 0; k < FEATURE_COUNT; k++) printf("\t%.6g", c->features[k]);
    putchar('\n');
  }
}

int main(int argc, char **argv)
{
  g_autoptr(Scribe) scribe = scribe_new(NULL);
  if (argc > 1 && strcmp(argv[1], "--names") == 0) {
    printf("id\tcountry");
    for (gsize i = 0; i < G_N_ELEMENTS(feature_names); i++) printf("\t%s", feature_names[i]);
    putchar('\n');
  }
  char *line = NULL;
  size_t size = 0;
  while (getline(&line, &size, stdin) > 0) {
    json_t *object = json_loads(line, 0, NULL);
    if (object != NULL) dump(scribe, object);
    json_decref(object);
  }
  free(line);
  return 0;
}
