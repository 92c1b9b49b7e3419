/* describe_language.c - the language of an article, by CLD2; see describe.h */
#include <string.h>

#include "../shim/language.h"
#include "describe_step.h"

/* More text than this changes no verdict. */
enum { LANGUAGE_BYTES = 16384 };

void describe_language(Scribe *scribe, Article *article)
{
  (void)scribe;
  if (article_first(article, FIELD_LANG) != NULL) return;
  const char *title = article_first(article, FIELD_TITLE);
  const char *body = article_text(article);
  g_autofree char *text = g_strdup_printf("%s\n%.*s", title == NULL ? "" : title, LANGUAGE_BYTES,
                                          body == NULL ? "" : body);
  ShimLanguage language;
  gboolean known = shim_detect_language(text, strlen(text), &language) == SHIM_OK &&
                   language.reliable && strcmp(language.code, "und") != 0;
  article_derive(article, FIELD_LANG, known ? language.code : "und", NULL);
}
