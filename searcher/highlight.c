/* highlight.c - see highlight.h */
#include "highlight.h"

#include <string.h>

#include "../corpus/analysis.h"
#include "query_compile.h"

struct Highlighter {
  const GPtrArray *patterns;
  Analyzer *analyzer;
  GHashTable *forms;    /* every form of every step -> GArray * of guint: the patterns that begin
                           with it; other tokens cannot match */
  guint32 lengths[256]; /* by first byte: bit n when a form has n bytes, modulo 32 */
};

/* A token that may be part of a match. */
typedef struct Candidate {
  const char *form;    /* owned by the patterns */
  const GArray *begun; /* guint: patterns that begin with it */
  gsize start, end;
  guint32 position;
} Candidate;

typedef struct Match {
  Span span;
  guint pattern;
} Match;

static void unref_array(gpointer array)
{
  g_array_unref(array);
}

static void add_form(Highlighter *highlighter, char *form, guint pattern, guint step)
{
  GArray *begun = g_hash_table_lookup(highlighter->forms, form);
  if (begun == NULL) {
    begun = g_array_new(FALSE, FALSE, sizeof(guint));
    g_hash_table_insert(highlighter->forms, form, begun);
  }
  if (step == 0) g_array_append_val(begun, pattern);
  highlighter->lengths[(guchar)form[0]] |= 1u << strlen(form) % 32;
}

/* FALSE for most tokens that are no form of the query. */
static gboolean may_be_form(const Highlighter *highlighter, const Token *token)
{
  return (highlighter->lengths[(guchar)token->form[0]] >> token->form_len % 32 & 1u) != 0;
}

Highlighter *highlighter_new(const GPtrArray *patterns)
{
  Highlighter *highlighter = g_new0(Highlighter, 1);
  highlighter->patterns = patterns;
  highlighter->forms = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, unref_array);
  for (guint i = 0; i < patterns->len; i++) {
    const Pattern *pattern = g_ptr_array_index(patterns, i);
    for (guint s = 0; s < pattern->steps->len; s++) {
      GHashTableIter iter;
      gpointer form;
      g_hash_table_iter_init(&iter, g_ptr_array_index(pattern->steps, s));
      while (g_hash_table_iter_next(&iter, &form, NULL)) add_form(highlighter, form, i, s);
    }
  }
  return highlighter;
}

void highlighter_free(Highlighter *highlighter)
{
  if (highlighter == NULL) return;
  analyzer_free(highlighter->analyzer);
  g_hash_table_destroy(highlighter->forms);
  g_free(highlighter);
}

static GArray *find_candidates(Highlighter *highlighter, const char *text, gsize len)
{
  GArray *candidates = g_array_new(FALSE, FALSE, sizeof(Candidate));
  if (g_hash_table_size(highlighter->forms) == 0) return candidates;
  if (highlighter->analyzer == NULL) highlighter->analyzer = analyzer_new();
  Token token;
  analyzer_start(highlighter->analyzer, text, len);
  while (analyzer_next(highlighter->analyzer, &token)) {
    gpointer form, begun;
    if (!may_be_form(highlighter, &token) ||
        !g_hash_table_lookup_extended(highlighter->forms, token.form, &form, &begun))
      continue;
    Candidate candidate = {form, begun, token.start, token.end, token.position};
    g_array_append_val(candidates, candidate);
  }
  return candidates;
}

/* TRUE when the steps of a pattern stand one after the other from candidate `at` on. */
static gboolean pattern_at(const Pattern *pattern, const GArray *candidates, guint at)
{
  guint32 first = g_array_index(candidates, Candidate, at).position;
  for (guint s = 0; s < pattern->steps->len; s++) {
    if (at + s >= candidates->len) return FALSE;
    const Candidate *candidate = &g_array_index(candidates, Candidate, at + s);
    if (candidate->position != first + s ||
        !g_hash_table_contains(g_ptr_array_index(pattern->steps, s), candidate->form))
      return FALSE;
  }
  return TRUE;
}

static GArray *find_matches(Highlighter *highlighter, const char *text, gsize len,
                            gboolean is_title)
{
  GArray *matches = g_array_new(FALSE, FALSE, sizeof(Match));
  g_autoptr(GArray) candidates = find_candidates(highlighter, text, len);
  for (guint at = 0; at < candidates->len; at++) {
    const GArray *begun = g_array_index(candidates, Candidate, at).begun;
    for (guint i = 0; i < begun->len; i++) {
      guint p = g_array_index(begun, guint, i);
      const Pattern *pattern = g_ptr_array_index(highlighter->patterns, p);
      if ((pattern->title_only && !is_title) || !pattern_at(pattern, candidates, at)) continue;
      guint last = at + pattern->steps->len - 1;
      Match match = {{g_array_index(candidates, Candidate, at).start,
                      g_array_index(candidates, Candidate, last).end},
                     p};
      g_array_append_val(matches, match);
    }
  }
  return matches;
}

/* The spans of matches within [from, to), overlapping ones made one. */
static GArray *merge_spans(const GArray *matches, gsize from, gsize to)
{
  GArray *spans = g_array_new(FALSE, FALSE, sizeof(Span));
  for (guint i = 0; i < matches->len; i++) {
    Span span = g_array_index(matches, Match, i).span;
    if (span.start < from || span.end > to) continue;
    Span *last = spans->len == 0 ? NULL : &g_array_index(spans, Span, spans->len - 1);
    if (last != NULL && span.start < last->end)
      last->end = MAX(last->end, span.end);
    else
      g_array_append_val(spans, span);
  }
  return spans;
}

GArray *highlight(Highlighter *highlighter, const char *text, gsize len, gboolean is_title)
{
  g_autoptr(GArray) matches = find_matches(highlighter, text, len, is_title);
  return merge_spans(matches, 0, len);
}

/* ---- snippets ---- */

/* How good the matches are that start at `first` and end within `width` bytes: different words
 * count much, repetitions little. Sets the end of the last of them. */
static guint score_window(const GArray *matches, guint first, gsize width, guint n_patterns,
                          gsize *end)
{
  enum { NEW_WORD = 100 };
  g_autofree guint8 *seen = g_new0(guint8, n_patterns);
  gsize start = g_array_index(matches, Match, first).span.start;
  guint words = 0, repetitions = 0;
  for (guint i = first; i < matches->len; i++) {
    const Match *match = &g_array_index(matches, Match, i);
    if (match->span.end > start + width && i > first) break;
    if (seen[match->pattern])
      repetitions++;
    else
      words++;
    seen[match->pattern] = 1;
    *end = MAX(*end, match->span.end);
  }
  return words * NEW_WORD + MIN(repetitions, NEW_WORD - 1);
}

static gboolean ends_sentence(char c)
{
  return c == '.' || c == '!' || c == '?' || c == '\n';
}

/* Steps back over a byte's worth of continuation to the start of a character. */
static gsize character_start(const char *text, gsize at)
{
  while (at > 0 && ((guchar)text[at] & 0xC0) == 0x80) at--;
  return at;
}

/* The first space from `from` on, or `from` itself when there is none before `to`. */
static gsize space_after(const char *text, gsize from, gsize to)
{
  from = character_start(text, from);
  for (gsize i = from; i < to; i++)
    if (g_ascii_isspace(text[i])) return i;
  return from;
}

/* Where a passage around `at` should begin: after the end of a sentence when one is within `lead`
 * bytes, else at a space that leaves some words before the match. */
static gsize passage_start(const char *text, gsize at, gsize lead)
{
  if (at <= lead / 2) return 0;
  gsize limit = at > lead ? at - lead : 0;
  for (gsize i = at; i > limit; i--)
    if (i + 1 < at && ends_sentence(text[i - 1]) && g_ascii_isspace(text[i])) return i;
  if (limit == 0) return 0;
  return space_after(text, at - lead / 2, at);
}

/* A passage that begins later would be shorter than it may be. */
static gsize latest_start(const char *text, gsize len, gsize width)
{
  if (len <= width) return 0;
  gsize latest = len - MAX(width, 1);
  return space_after(text, latest, latest + width / 4);
}

static gsize passage_end(const char *text, gsize len, gsize start, gsize at_least, gsize width)
{
  gsize wanted = MAX(start + width, at_least);
  if (wanted >= len) return len;
  for (gsize i = wanted; i >= at_least && i > start + width / 2; i--)
    if (g_ascii_isspace(text[i])) return i;
  return MAX(at_least, character_start(text, wanted));
}

/* Copies [from, to) with white space made single spaces and carries the spans along. */
static Snippet cut(const char *text, gsize len, gsize from, gsize to, const GArray *matches)
{
  static const char ellipsis[] = "…";
  g_autoptr(GArray) spans = merge_spans(matches, from, to);
  Snippet snippet = {.spans = g_array_new(FALSE, FALSE, sizeof(Span))};
  GString *out = g_string_new(from > 0 ? ellipsis : "");
  gsize first = out->len;
  guint s = 0;
  Span span = {0, 0};
  for (gsize i = from; i < to; i++) {
    gboolean open = s < spans->len && g_array_index(spans, Span, s).start == i;
    gboolean space = g_ascii_isspace(text[i]);
    if (open) span.start = out->len;
    if (!space)
      g_string_append_c(out, text[i]);
    else if (out->len > first && out->str[out->len - 1] != ' ')
      g_string_append_c(out, ' ');
    if (s < spans->len && g_array_index(spans, Span, s).end == i + 1) {
      span.end = out->len;
      g_array_append_val(snippet.spans, span);
      s++;
    }
  }
  while (out->len > first && out->str[out->len - 1] == ' ') g_string_truncate(out, out->len - 1);
  if (to < len) g_string_append(out, ellipsis);
  snippet.text = g_string_free(out, FALSE);
  return snippet;
}

/* So many characters of that text in bytes, on average: enough for a width. */
static gsize width_in_bytes(const char *text, gsize len, gsize width)
{
  gsize characters = 0;
  for (gsize i = 0; i < len; i++) characters += ((guchar)text[i] & 0xC0) != 0x80;
  return characters == 0 ? width : width * len / characters;
}

static void trim(const char **text, gsize *len)
{
  for (; *len > 0 && g_ascii_isspace(**text); ++*text) --*len;
  while (*len > 0 && g_ascii_isspace((*text)[*len - 1])) --*len;
}

Snippet highlight_snippet(Highlighter *highlighter, const char *text, gsize len, gsize width)
{
  trim(&text, &len);
  width = width_in_bytes(text, len, width);
  g_autoptr(GArray) matches = find_matches(highlighter, text, len, FALSE);
  guint best = 0, best_score = 0;
  gsize best_end = 0;
  for (guint i = 0; i < matches->len; i++) {
    gsize end = 0;
    guint score = score_window(matches, i, width * 3 / 4, highlighter->patterns->len, &end);
    if (score <= best_score) continue;
    best = i;
    best_score = score;
    best_end = end;
  }
  gsize start = 0;
  if (matches->len > 0)
    start = passage_start(text, g_array_index(matches, Match, best).span.start, width / 3);
  start = MIN(start, latest_start(text, len, width));
  gsize end = passage_end(text, len, start, best_end, width);
  while (start < end && g_ascii_isspace(text[start])) start++;
  return cut(text, len, start, end, matches);
}

void snippet_clear(Snippet *snippet)
{
  g_free(snippet->text);
  if (snippet->spans != NULL) g_array_unref(snippet->spans);
  *snippet = (Snippet){0};
}
