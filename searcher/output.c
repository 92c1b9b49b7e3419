/* output.c - what the outputs share; see output.h */
#include "output.h"

#include <string.h>

static const Output *const outputs[] = {&output_text, &output_json, &output_jsonl,  &output_csv,
                                        &output_atom, &output_ris,  &output_bibtex, &output_trec};

enum { BAR_MAX = 30, HEADING_MAX = 80 };

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

gboolean output_hits(Answer *answer, OutputHit write, gpointer data, GError **error)
{
  for (guint32 i = 0; i < answer_size(answer); i++) {
    Hit hit;
    HitStatus status = answer_hit(answer, i, &hit, error);
    if (status == HIT_FAILED) return FALSE;
    if (status == HIT_GONE) continue;
    write(answer, &hit, data);
    hit_clear(&hit);
  }
  return TRUE;
}

char *output_heading(const Article *article, gboolean *is_title)
{
  const char *title = article_first(article, FIELD_TITLE);
  *is_title = title != NULL;
  if (title != NULL) return g_strdup(title);
  const char *body = article_text(article);
  if (body == NULL) return g_strdup("(no title)");
  g_autofree char *start = g_utf8_substring(body, 0, MIN(HEADING_MAX, g_utf8_strlen(body, -1)));
  for (char *c = start; *c != '\0'; c++)
    if (*c == '\n') *c = ' ';
  return g_strconcat(start, strlen(start) < strlen(body) ? "…" : "", NULL);
}

char *output_line(const char *text)
{
  return g_strdelimit(output_printable(text), "\n", ' ');
}

char *output_note(const Answer *answer)
{
  g_autofree char *total = output_total(answer);
  g_autofree char *line = output_line(total);
  return g_strdup_printf("%s; sitrep index %s, revision %" G_GUINT64_FORMAT "%s%s", line,
                         answer->index_uuid, answer->revision,
                         answer->digest == NULL ? "" : ", sha256 of all ids ",
                         answer->digest == NULL ? "" : answer->digest);
}

char *output_total(const Answer *answer)
{
  const ShimCounts *total = &answer->total;
  g_autofree char *value = output_number(total->estimated);
  GString *text = g_string_new(NULL);
  gboolean exact = total->lower == total->upper;
  g_string_printf(text, "%s%s article%s", exact ? "" : "about ", value,
                  total->estimated == 1 ? "" : "s");
  if (!exact) {
    g_autofree char *lower = output_number(total->lower);
    g_autofree char *upper = output_number(total->upper);
    g_string_append_printf(text, " (%s to %s)", lower, upper);
  }
  g_autofree char *understood = output_printable(answer->understood);
  if (*understood != '\0') g_string_append_printf(text, " for %s", understood);
  return g_string_free(text, FALSE);
}

void output_bar(FILE *out, double part)
{
  guint cells = (guint)(CLAMP(part, 0, 1) * BAR_MAX + 0.5);
  for (guint i = 0; i < MAX(cells, 1); i++) fputs("█", out);
}

char *output_number(guint64 number)
{
  GString *text = g_string_new(NULL);
  g_string_printf(text, "%" G_GUINT64_FORMAT, number);
  for (gssize at = (gssize)text->len - 3; at > 0; at -= 3) g_string_insert_c(text, at, ',');
  return g_string_free(text, FALSE);
}

void output_cell(FILE *out, const char *text, gboolean first)
{
  if (!first) fputc(',', out);
  if (text == NULL) return;
  if (strpbrk(text, ",\"\r\n") == NULL) {
    fputs(text, out);
    return;
  }
  fputc('"', out);
  for (; *text != '\0'; text++) {
    if (*text == '"') fputc('"', out);
    fputc(*text, out);
  }
  fputc('"', out);
}

void output_end_row(FILE *out)
{
  fputs("\r\n", out);
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
