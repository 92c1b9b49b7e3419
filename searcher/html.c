/* html.c - see html.h */
#include "html.h"

#include <string.h>

#include "highlight.h"
#include "output.h"

/* TRUE for what may stand in HTML and in XML 1.0. */
static gboolean is_allowed(gunichar c)
{
  if (c < 0x20) return c == '\n' || c == '\t';
  if (c >= 0x7F && c < 0xA0) return FALSE;
  if (c >= 0xFDD0 && c <= 0xFDEF) return FALSE;
  return (c & 0xFFFE) != 0xFFFE;
}

static const char *entity(gunichar c)
{
  switch (c) {
  case '&': return "&amp;";
  case '<': return "&lt;";
  case '>': return "&gt;";
  case '"': return "&quot;";
  case '\'': return "&#39;";
  default: return NULL;
  }
}

/* Bytes at the start of a text that are written as they are, looked at one by one: most are. */
static gsize plain_length(const char *text, gsize len)
{
  gsize n = 0;
  while (n < len && text[n] >= ' ' && text[n] < 0x7F && strchr("&<>\"'", text[n]) == NULL) n++;
  return n;
}

void html_text_len(GString *out, const char *text, gsize len)
{
  const char *end = text + len;
  while (text < end) {
    gsize plain = plain_length(text, (gsize)(end - text));
    g_string_append_len(out, text, (gssize)plain);
    text += plain;
    if (text == end) return;
    gunichar c = g_utf8_get_char_validated(text, end - text);
    if (c == (gunichar)-1 || c == (gunichar)-2) {
      g_string_append(out, "\xEF\xBF\xBD");
      text++;
      continue;
    }
    const char *escaped = entity(c);
    if (escaped != NULL)
      g_string_append(out, escaped);
    else if (is_allowed(c))
      g_string_append_unichar(out, c);
    else
      g_string_append_c(out, ' ');
    text = *text == '\0' ? text + 1 : g_utf8_next_char(text);
  }
}

void html_text(GString *out, const char *text)
{
  if (text != NULL) html_text_len(out, text, strlen(text));
}

void html_textf(GString *out, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *text = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  html_text(out, text);
}

void html_number(GString *out, guint64 number)
{
  g_autofree char *text = output_number(number);
  g_string_append(out, text);
}

void html_attr_(GString *out, const char *name, const char *value)
{
  g_string_append_printf(out, " %s=\"", name);
  html_text(out, value);
  g_string_append_c(out, '"');
}

void html_attr_number_(GString *out, const char *name, guint64 value)
{
  g_string_append_printf(out, " %s=\"%" G_GUINT64_FORMAT "\"", name, value);
}

gboolean html_href(GString *out, const char *url)
{
  if (url == NULL ||
      (g_ascii_strncasecmp(url, "http://", 7) != 0 && g_ascii_strncasecmp(url, "https://", 8) != 0))
    return FALSE;
  html_attr(out, "href", url);
  return TRUE;
}

void html_marked(GString *out, const char *text, const GArray *spans)
{
  gsize at = 0;
  for (guint i = 0; spans != NULL && i < spans->len; i++) {
    Span span = g_array_index(spans, Span, i);
    html_text_len(out, text + at, span.start - at);
    html(out, "<mark>");
    html_text_len(out, text + span.start, span.end - span.start);
    html(out, "</mark>");
    at = span.end;
  }
  html_text(out, text + at);
}

void html_url_arg(GString *out, const char *value)
{
  for (; *value != '\0'; value++) {
    if (g_ascii_isalnum(*value) || strchr("-._~:/,!*", *value) != NULL)
      g_string_append_c(out, *value);
    else if (*value == ' ')
      g_string_append_c(out, '+');
    else
      g_string_append_printf(out, "%%%02X", (guchar)*value);
  }
}
