/* output_bibtex.c - citations for BibTeX and biber: UTF-8, with what is special to LaTeX escaped.
 */
#include <string.h>

#include "output.h"

/* ---- text ---- */

/* What stands for a character that LaTeX or BibTeX would take for a command; NULL for others.
 * Braces are written as commands: BibTeX counts them, a backslash before them or not. */
static const char *command_of(char c)
{
  switch (c) {
  case '\\': return "\\textbackslash{}";
  case '{': return "\\textbraceleft{}";
  case '}': return "\\textbraceright{}";
  case '~': return "\\textasciitilde{}";
  case '^': return "\\textasciicircum{}";
  case '<': return "\\textless{}";
  case '>': return "\\textgreater{}";
  case '|': return "\\textbar{}";
  case '"': return "\\symbol{34}";
  case '$': return "\\$";
  case '&': return "\\&";
  case '#': return "\\#";
  case '_': return "\\_";
  case '%': return "\\%";
  case '@': return "\\symbol{64}"; /* a comment with one would start an entry */
  default: return NULL;
  }
}

static char *escape(const char *text)
{
  g_autofree char *line = output_line(text);
  GString *out = g_string_sized_new(strlen(line));
  for (const char *at = line; *at != '\0'; at++) {
    const char *command = command_of(*at);
    if (command != NULL)
      g_string_append(out, command);
    else
      g_string_append_c(out, *at);
  }
  return g_string_free(out, FALSE);
}

static void write_field(FILE *out, const char *name, const char *text)
{
  g_autofree char *escaped = escape(text);
  fprintf(out, ",\n  %s = {%s}", name, escaped);
}

/* ---- names ---- */

static gboolean is_name_of_one(const char *name)
{
  const char *comma = strchr(name, ',');
  return (comma == NULL || strchr(comma + 1, ',') == NULL) && strstr(name, " and ") == NULL;
}

/* Names are joined by "and"; one that BibTeX would read as several is kept together by braces. */
static void write_authors(FILE *out, const Article *article)
{
  const GPtrArray *authors = article_values(article, FIELD_AUTHOR);
  if (authors == NULL) return;
  fputs(",\n  author = {", out);
  for (guint i = 0; i < authors->len; i++) {
    const char *name = g_ptr_array_index(authors, i);
    g_autofree char *escaped = escape(name);
    gboolean one = is_name_of_one(name);
    fprintf(out, "%s%s%s%s", i == 0 ? "" : " and ", one ? "" : "{", escaped, one ? "" : "}");
  }
  fputc('}', out);
}

/* ---- other fields ---- */

/* URLs are read verbatim: only what would end the field is percent-encoded. */
static void write_url(FILE *out, const char *url)
{
  g_autofree char *line = output_line(url);
  fputs(",\n  url = {", out);
  for (const char *at = line; *at != '\0'; at++) {
    if (strchr("{}\\ \"<>@", *at) != NULL)
      fprintf(out, "%%%02X", (guchar)*at);
    else
      fputc(*at, out);
  }
  fputc('}', out);
}

static void write_date(FILE *out, const Article *article)
{
  static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                       "jul", "aug", "sep", "oct", "nov", "dec"};
  const char *text = article_first(article, FIELD_DATE);
  Date date;
  if (text == NULL || !date_parse_iso(text, strlen(text), &date)) return;
  fprintf(out, ",\n  year = {%04d}", date.year);
  if (date.month > 0) fprintf(out, ",\n  month = %s", months[date.month - 1]);
  if (date.day > 0) fprintf(out, ",\n  day = {%d}", date.day);
}

static void write_keywords(FILE *out, const Article *article)
{
  g_autoptr(GString) all = g_string_new(NULL);
  for (int field = FIELD_COUNTRY; field < FIELD_COUNT; field++) {
    if (field == FIELD_MENTIONS_COUNTRY) continue;
    g_autofree char *values = output_values(article, (FieldId)field, ", ");
    if (values == NULL) continue;
    if (all->len > 0) g_string_append(all, ", ");
    g_string_append(all, values);
  }
  if (all->len > 0) write_field(out, "keywords", all->str);
}

/* ---- entries ---- */

/* The id where it can be a key (small letters only: BibTeX takes keys that differ in case for the
 * same), else a digest of it, which is the same in every export. g_free() it. */
static char *key_of(const char *id)
{
  enum { KEY_MAX = 64, DIGITS = 16 };
  gsize len = strlen(id);
  if (len <= KEY_MAX && strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-.:_/+") == len)
    return g_strdup(id);
  g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, id, -1);
  return g_strdup_printf("sitrep:%.*s", DIGITS, digest);
}

static void write_entry(const Article *article, FILE *out)
{
  gboolean is_title;
  g_autofree char *title = output_heading(article, &is_title);
  g_autofree char *escaped = escape(title);
  const char *id = article_first(article, FIELD_ID);
  g_autofree char *key = key_of(id);
  const char *source = article_first(article, FIELD_SOURCE);
  const char *url = article_first(article, FIELD_URL);
  const char *lang = article_first(article, FIELD_LANG);
  /* Double braces keep the capitals of the title. An @article must have a journal. */
  fprintf(out, "@%s{%s,\n  title = {{%s}}", source == NULL ? "misc" : "article", key, escaped);
  write_authors(out, article);
  if (source != NULL) write_field(out, "journal", source);
  write_date(out, article);
  if (url != NULL) write_url(out, url);
  if (lang != NULL) write_field(out, "language", lang);
  write_keywords(out, article);
  write_field(out, "eprint", id);
  write_field(out, "eprinttype", "sitrep");
  fputs("\n}\n\n", out);
}

static void write_hit(Answer *answer, const Hit *hit, gpointer data)
{
  (void)answer;
  write_entry(hit->article, data);
}

static gboolean bibtex_search(Answer *answer, const OutputContext *context, GError **error)
{
  g_autofree char *note = output_note(answer);
  g_autofree char *escaped = escape(note);
  fprintf(context->out, "@comment{%s}\n\n", escaped);
  return output_hits(answer, write_hit, context->out, error);
}

static gboolean bibtex_article(const Article *article, const OutputContext *context, GError **error)
{
  (void)error;
  write_entry(article, context->out);
  return TRUE;
}

const Output output_bibtex = {"bibtex", bibtex_search, NULL, NULL, bibtex_article};
