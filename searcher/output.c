/* output.c - what the outputs share; see output.h */
#include "output.h"

#include <string.h>

static const Output *const outputs[] = {&output_text, &output_json, &output_jsonl, &output_csv};

const Output *output_by_name(const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS(outputs); i++)
    if (strcmp(outputs[i]->name, name) == 0) return outputs[i];
  return NULL;
}

Snippet output_snippet(Answer *answer, const Article *article)
{
  const char *body = article_text(article);
  if (body == NULL) body = "";
  return highlight_snippet(answer->highlighter, body, strlen(body), SNIPPET_WIDTH);
}

char *output_values(const Article *article, FieldId field, const char *separator)
{
  const GPtrArray *values = article_values(article, field);
  if (values == NULL) return NULL;
  GString *joined = g_string_new(NULL);
  for (guint i = 0; i < values->len; i++) {
    if (i > 0) g_string_append(joined, separator);
    g_string_append(joined, facet_label(field, g_ptr_array_index(values, i)));
  }
  return g_string_free(joined, FALSE);
}

char *output_number(guint64 number)
{
  GString *text = g_string_new(NULL);
  g_string_printf(text, "%" G_GUINT64_FORMAT, number);
  for (gssize at = (gssize)text->len - 3; at > 0; at -= 3) g_string_insert_c(text, at, ',');
  return g_string_free(text, FALSE);
}

char *output_printable(const char *text)
{
  GString *out = g_string_sized_new(strlen(text));
  for (; *text != '\0'; text = g_utf8_next_char(text)) {
    gunichar c = g_utf8_get_char(text);
    gboolean control = g_unichar_iscntrl(c) && c != '\n';
    g_string_append_unichar(out, control ? ' ' : c);
  }
  return g_string_free(out, FALSE);
}
