/* reader.c - the table of formats, how an input's format is recognised, and what readers share. */
#include "reader.h"

#include <stdarg.h>
#include <string.h>

static const Format *const formats[] = {&format_reuters, &format_muc, &format_jsonl, &format_text,
                                        NULL};

const Format *const *formats_all(void)
{
  return formats;
}

const Format *format_by_name(const char *name)
{
  for (gsize i = 0; formats[i] != NULL; i++)
    if (strcmp(formats[i]->name, name) == 0) return formats[i];
  return NULL;
}

/* ---- for readers ---------------------------------------------------------------------------- */

void reject_clear(Reject *reject)
{
  g_free(reject->reason);
  *reject = (Reject){0};
}

void reject_set(Reject *reject, guint64 record, guint64 line, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *text = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  reject_clear(reject);
  reject->record = record;
  reject->line = line;
  reject->reason = g_utf8_make_valid(text, -1);
  for (char *p = reject->reason; *p != '\0'; p++)
    if (g_ascii_iscntrl(*p)) *p = '?';
}

ReadStatus reader_failed(Reject *reject, guint64 record, const TextStream *stream)
{
  reject_set(reject, record, text_stream_line_number(stream), "%s", text_stream_error(stream));
  reject->fatal = TRUE;
  return READ_REJECTED;
}

gboolean reader_is_blank(const char *text, gsize len)
{
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isspace(text[i]) && text[i] != '\v') return FALSE;
  return TRUE;
}

void reader_append_line(GString *text, const char *line, gsize len, gboolean begins)
{
  while (len > 0 && g_ascii_isspace(line[len - 1])) len--;
  if ((begins || len == 0) && text->len > 0 && !g_str_has_suffix(text->str, "\n\n"))
    g_string_append_c(text, '\n');
  if (len == 0) return;
  g_string_append_len(text, line, (gssize)len);
  g_string_append_c(text, '\n');
}

/* ---- what an input looks like --------------------------------------------------------------- */

/* The beginning of an input, without white space before it. */
typedef struct Head {
  const char *text;
  gsize len;
  gboolean whole, binary;
} Head;

static gboolean starts_with(const Head *head, const char *prefix)
{
  gsize len = strlen(prefix);
  return head->len >= len && g_ascii_strncasecmp(head->text, prefix, len) == 0;
}

/* TRUE when the first 4 KiB hold `word`, whatever its case. */
static gboolean mentions(const Head *head, const char *word)
{
  gsize len = strlen(word), end = MIN(head->len, 4096);
  for (gsize i = 0; i + len <= end; i++)
    if (g_ascii_strncasecmp(head->text + i, word, len) == 0) return TRUE;
  return FALSE;
}

/* TRUE for "<" and a name or a declaration, as markup begins. */
static gboolean is_markup(const Head *head)
{
  return head->len > 2 && head->text[0] == '<' &&
         (g_ascii_isalpha(head->text[1]) || strchr("!?/", head->text[1]) != NULL) &&
         memchr(head->text, '>', MIN(head->len, 4096)) != NULL;
}

static const char *name_markup(const Head *head, gboolean *is_table)
{
  static const char *const html[] = {"<!doctype html", "<html", "<head", "<body"};
  static const char *const dtd[] = {"<!ELEMENT", "<!ATTLIST", "<!ENTITY"};
  if (!is_markup(head)) return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(html); i++)
    if (mentions(head, html[i]))
      return "it looks like an HTML page, which this version does not read; save the article's "
             "text";
  if (starts_with(head, "<?xml") || starts_with(head, "<rss") || starts_with(head, "<feed"))
    return "it looks like XML, which this version does not read; convert it to JSON Lines";
  for (gsize i = 0; i < G_N_ELEMENTS(dtd); i++) {
    if (!mentions(head, dtd[i])) continue;
    *is_table = TRUE;
    return "it looks like a DTD, which describes documents and is none";
  }
  return "it looks like SGML or XML of an unknown kind; convert it to JSON Lines, or say "
         "--format text to read it as one text";
}

static const char *name_document(const Head *head)
{
  if (starts_with(head, "{\\rtf"))
    return "it looks like RTF, which this version does not read; save it as plain text";
  if (starts_with(head, "%PDF-"))
    return "it looks like a PDF, which this version does not read; extract its text, for "
           "instance: pdftotext FILE";
  if (starts_with(head, "%!PS"))
    return "it looks like PostScript, which this version does not read; extract its text, for "
           "instance: ps2ascii FILE";
  return NULL;
}

static const char *name_binary(const Head *head)
{
  static const char *const archives[] = {"PK\x03\x04", "Rar!", "7z\xC2\xBC",
                                         "\x1F",       "BZh",  "!<arch>"};
  if (!head->binary) return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(archives); i++)
    if (starts_with(head, archives[i]))
      return "it looks like an archive of a kind that is not read here; unpack it first";
  return "it holds binary data, no text; save its text, and if it is text in UTF-16 name the "
         "encoding";
}

/* One line of the head, without its end; FALSE when there is no complete one left. */
static gboolean next_line(const Head *head, gsize *at, const char **line, gsize *len)
{
  if (*at >= head->len) return FALSE;
  *line = head->text + *at;
  const char *lf = memchr(*line, '\n', head->len - *at);
  if (lf == NULL && !head->whole) return FALSE;
  *len = lf != NULL ? (gsize)(lf - *line) : head->len - *at;
  *at += *len + 1;
  return TRUE;
}

static gsize count(const char *line, gsize len, char separator)
{
  gsize n = 0;
  for (gsize i = 0; i < len; i++) n += line[i] == separator;
  return n;
}

/* TRUE when all of the first lines have tabs inside: as many in each, or in no fewer than five.
 * Lines that begin with '#' are comments. */
static gboolean is_tab_separated(const Head *head)
{
  enum { LINES_MAX = 10, LINES_ENOUGH = 5 };
  gsize at = 0, first_tabs = 0, n = 0, len;
  const char *line;
  gboolean regular = TRUE;
  while (n < LINES_MAX && next_line(head, &at, &line, &len)) {
    if (reader_is_blank(line, len) || line[0] == '#') continue;
    gsize tabs = count(line, len, '\t');
    if (tabs == 0 || line[0] == '\t') return FALSE;
    if (n++ == 0) first_tabs = tabs;
    if (tabs != first_tabs) regular = FALSE;
  }
  return n >= LINES_ENOUGH || (n >= 2 && regular);
}

/* The end of a cell of a heading. */
static gsize cell_end(const char *line, gsize len, char separator)
{
  const char *end = memchr(line, separator, len);
  return end != NULL ? (gsize)(end - line) : len;
}

/* TRUE for what names a column: short, and no space where a comma of prose has one. */
static gboolean is_column_name(const char *cell, gsize len)
{
  if (len > 40 || (len > 0 && cell[0] == ' ')) return FALSE;
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isalnum(cell[i]) && strchr("_- \"'\r", cell[i]) == NULL) return FALSE;
  return TRUE;
}

/* TRUE when a column of the first line is called as the title or the text of articles. */
static gboolean has_article_column(const Head *head, char separator)
{
  gsize at = 0, len;
  const char *line;
  if (!next_line(head, &at, &line, &len)) return FALSE;
  for (gsize i = 0; i <= len;) {
    gsize n = cell_end(line + i, len - i, separator);
    g_autofree char *cell = g_strndup(line + i, n);
    g_strdelimit(cell, "\"'\r", ' ');
    g_strstrip(cell);
    int field = schema_find(cell, strlen(cell));
    if (field == FIELD_TITLE || field == FIELD_BODY) return TRUE;
    i += n + 1;
  }
  return FALSE;
}

/* TRUE when the first line is the heading of a comma-separated table. */
static gboolean is_comma_separated(const Head *head, char separator)
{
  gsize at = 0, len, second_len;
  const char *line, *second;
  if (!next_line(head, &at, &line, &len)) return FALSE;
  if (count(line, len, separator) < (has_article_column(head, separator) ? 1 : 2)) return FALSE;
  if (!next_line(head, &at, &second, &second_len) || count(second, second_len, separator) < 1)
    return FALSE;
  for (gsize i = 0; i <= len;) {
    gsize n = cell_end(line + i, len - i, separator);
    if (!is_column_name(line + i, n)) return FALSE;
    i += n + 1;
  }
  return TRUE;
}

static const char *name_table(const Head *head, gboolean *is_table)
{
  static const char separators[] = {',', ';'};
  if (is_tab_separated(head)) {
    *is_table = !has_article_column(head, '\t');
    return "it looks like a table with tabs, which this version does not read; convert it to JSON "
           "Lines";
  }
  for (gsize i = 0; i < G_N_ELEMENTS(separators); i++) {
    if (!is_comma_separated(head, separators[i])) continue;
    *is_table = !has_article_column(head, separators[i]);
    return "it looks like a table in CSV, which this version does not read; convert it to JSON "
           "Lines";
  }
  return NULL;
}

static const char *name_json(const Head *head)
{
  gsize at = 1;
  while (at < head->len && g_ascii_isspace(head->text[at])) at++;
  if (at >= head->len) return NULL;
  char next = head->text[at];
  if (starts_with(head, "[") && (next == '{' || next == '[' || next == '"'))
    return "it looks like a JSON array; write one object a line, for instance: jq -c '.[]' FILE";
  if (starts_with(head, "{") && (next == '"' || next == '}'))
    return "it looks like a JSON object over several lines; write one object a line, for "
           "instance: jq -c . FILE, or jq -c '.articles[]' FILE when it holds a list of them";
  return NULL;
}

static const char *name_unreadable(const Head *head, gboolean *is_table)
{
  const char *why = name_document(head);
  if (why == NULL) why = name_binary(head);
  if (why == NULL) why = name_markup(head, is_table);
  if (why == NULL) why = name_json(head);
  if (why == NULL) why = name_table(head, is_table);
  return why;
}

const Format *format_recognise(TextStream *stream, const char **why, gboolean *is_table)
{
  Head head;
  head.text = text_stream_head(stream, &head.len, &head.whole, &head.binary);
  *is_table = FALSE;
  *why = text_stream_error(stream);
  if (head.len == 0 && *why != NULL) return NULL;
  while (head.len > 0 && g_ascii_isspace(*head.text)) {
    head.text++;
    head.len--;
  }
  *why = "it is empty";
  if (head.len == 0 && head.whole) return NULL;
  for (gsize i = 0; formats[i] != NULL; i++) {
    if (formats[i] == &format_text) {
      *why = name_unreadable(&head, is_table);
      if (*why != NULL) return NULL;
    }
    if (formats[i]->matches(head.text, head.len, head.whole)) return formats[i];
  }
  *why = "it begins with more than 64 KiB of white space; say --format to read it all the same";
  return NULL;
}
