/* date_chars.c - see date_chars.h */
#include "date_chars.h"

gunichar date_char_at(const char *at, const char *end, gsize *len)
{
  *len = 1;
  if ((signed char)*at >= 0) return (gunichar)*at;
  gunichar c = g_utf8_get_char_validated(at, end - at);
  if (c >= (gunichar)-2) return 0xFFFD;
  *len = (gsize)g_unichar_to_utf8(c, NULL);
  return c;
}

gunichar date_char_before(const char *at, const char *start, gsize *len)
{
  const char *from = at - 1;
  while (from > start && at - from < 4 && ((guchar)*from & 0xC0) == 0x80) from--;
  gunichar c = date_char_at(from, at, len);
  if (from + *len == at) return c;
  *len = 1;
  return 0xFFFD;
}

gboolean date_is_blank(gunichar c)
{
  if (c < 0x80) return g_ascii_isspace((char)c);
  return g_unichar_isspace(c) || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

gboolean date_is_letter(gunichar c)
{
  if (c < 0x80) return g_ascii_isalpha((char)c);
  return g_unichar_isalpha(c) || g_unichar_ismark(c);
}

gboolean date_is_digit(gunichar c)
{
  return c < 0x80 ? g_ascii_isdigit((char)c) : g_unichar_isdigit(c);
}

const char *date_skip(const char *at, const char *end, DateCharTest test)
{
  gsize len;
  while (at < end && test(date_char_at(at, end, &len))) at += len;
  return at;
}

static const char *skip_back(const char *at, const char *start, DateCharTest test)
{
  gsize len;
  while (at > start && test(date_char_before(at, start, &len))) at -= len;
  return at;
}

const char *date_skip_blanks(const char *at, const char *end)
{
  return date_skip(at, end, date_is_blank);
}

const char *date_skip_blanks_back(const char *at, const char *start)
{
  return skip_back(at, start, date_is_blank);
}

const char *date_word_end(const char *at, const char *end)
{
  return date_skip(at, end, date_is_letter);
}

const char *date_word_start(const char *at, const char *start)
{
  return skip_back(at, start, date_is_letter);
}
