/* ends.c - see ends.h */
#include "ends.h"

#include <string.h>

/* FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), 64 bits. */
static guint64 hash_byte(guint64 hash, guchar byte)
{
  return (hash ^ byte) * 1099511628211u;
}

static guint64 hash_text(guint64 hash, const char *text)
{
  for (; *text != '\0'; text++) hash = hash_byte(hash, (guchar)g_ascii_tolower(*text));
  return hash;
}

guint64 ends_key(const char *source, gboolean head, const char *line, gsize len)
{
  if (len > ENDS_LINE_MAX) return 0;
  guint64 hash = hash_byte(hash_text(14695981039346656037u, source), head ? '\1' : '\2');
  gboolean letters = FALSE, gap = FALSE;
  for (gsize i = 0; i < len; i++) {
    guchar c = (guchar)line[i];
    if (c <= ' ') {
      gap = TRUE;
      continue;
    }
    if (gap) hash = hash_byte(hash, ' ');
    gap = FALSE;
    if (c >= 'A' && c <= 'Z') c |= 0x20;
    letters = letters || (c >= 'a' && c <= 'z') || c >= 0x80;
    hash = hash_byte(hash, c);
  }
  return letters ? MAX(hash, 1) : 0;
}

gboolean ends_trim(const char *body, EndLine *line)
{
  while (line->start < line->end && g_ascii_isspace(body[line->start])) line->start++;
  while (line->start < line->end && g_ascii_isspace(body[line->end - 1])) line->end--;
  return line->start < line->end;
}

gsize ends_line_start(const char *body, gsize at)
{
  while (at > 0 && body[at - 1] != '\n') at--;
  return at;
}

static void find_head(Ends *ends, const char *body, gsize len)
{
  for (gsize at = 0; at < len && ends->n_head < ENDS_HEAD;) {
    const char *newline = memchr(body + at, '\n', len - at);
    EndLine line = {at, newline == NULL ? len : (gsize)(newline - body), 0};
    at = line.end + 1;
    if (ends_trim(body, &line)) ends->head[ends->n_head++] = line;
  }
}

static void find_tail(Ends *ends, const char *body, gsize len)
{
  for (gsize end = len; end > 0 && ends->n_tail < ENDS_TAIL;) {
    EndLine line = {ends_line_start(body, end), end, 0};
    end = line.start == 0 ? 0 : line.start - 1;
    if (ends_trim(body, &line)) ends->tail[ends->n_tail++] = line;
  }
}

/* Sentences from the end on; the first one in sight may have begun before. */
static void find_sentences(Ends *ends, const Boilerplate *table, const char *body, gsize len,
                           GArray *words)
{
  gsize from = len > ENDS_FLAT ? len - ENDS_FLAT : 0;
  while (from > 0 && ((guchar)body[from] & 0xC0) == 0x80) from++;
  boilerplate_words(table, body + from, len - from, words);
  gsize end = len;
  for (guint i = words->len; i-- > 1 && ends->n_tail < ENDS_TAIL;) {
    const PlainWord *word = &g_array_index(words, PlainWord, i);
    if ((word->flags & PLAIN_SENTENCE) == 0) continue;
    EndLine line = {from + word->at, end, 0};
    end = line.start;
    if (ends_trim(body, &line)) ends->tail[ends->n_tail++] = line;
  }
}

void ends_find(Ends *ends, const Boilerplate *table, const char *source, const char *body,
               GArray *words)
{
  gsize len = strlen(body);
  *ends = (Ends){.flat = memchr(body, '\n', len) == NULL};
  if (ends->flat) {
    find_sentences(ends, table, body, len, words);
  } else {
    find_head(ends, body, len);
    find_tail(ends, body, len);
  }
  for (guint i = 0; i < ends->n_head; i++) {
    EndLine *line = &ends->head[i];
    line->key = ends_key(source, TRUE, body + line->start, line->end - line->start);
  }
  for (guint i = 0; i < MIN(ends->n_tail, ENDS_KNOWN); i++) {
    EndLine *line = &ends->tail[i];
    line->key = ends_key(source, FALSE, body + line->start, line->end - line->start);
  }
}
