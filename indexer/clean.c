/* clean.c - see clean.h */
#include "clean.h"

#include <string.h>

#include "../corpus/fold.h"
#include "boilerplate.h"
#include "ends.h"
#include "learn.h"

enum {
  HEADLINE_WORDS = 20, /* of a headline in a list, at most */
  BYLINE_BYTES = 60,   /* of a line at the head that is passed over, at most */
  HEADLINES_MAX = 12,  /* in a list */
  INSIDE_BYTES = 160,  /* of a line inside that may be cut, at most */
  WRAPPED_BYTES = 40,  /* of a line that goes on in the next, at least */
  SPANS_MAX = 12       /* sentences that one pattern may cover */
};

typedef struct Held {
  Article *article;
  char *source;
  gsize bytes;
  Ends ends;
} Held;

struct Cleaner {
  Boilerplate *table;
  Learner *learner;
  GQueue held; /* of Held */
  gsize bytes; /* of the bodies of all */
  GArray *words, *title;
  GArray *found; /* Found of one article */
};

/* A stretch to cut, with the white space around it. */
typedef struct Found {
  gsize start, end;
  const char *why;
} Found;

/* One article's body while it is cleaned. */
typedef struct Cleaning {
  Cleaner *cleaner;
  const Held *held;
  const char *body;
  gsize head_end; /* the tail ends here at the latest */
} Cleaning;

static const char repeated[] = "repeats in the source", title_again[] = "title";

static void held_free(gpointer data)
{
  Held *held = data;
  article_free(held->article);
  g_free(held->source);
  g_free(held);
}

Cleaner *cleaner_new(const char *learnt, gsize len)
{
  Cleaner *cleaner = g_new0(Cleaner, 1);
  cleaner->table = boilerplate_new();
  cleaner->learner = learner_new(learnt, len);
  g_queue_init(&cleaner->held);
  cleaner->words = g_array_new(FALSE, TRUE, sizeof(PlainWord));
  cleaner->title = g_array_new(FALSE, TRUE, sizeof(PlainWord));
  cleaner->found = g_array_new(FALSE, TRUE, sizeof(Found));
  return cleaner;
}

void cleaner_free(Cleaner *cleaner)
{
  if (cleaner == NULL) return;
  boilerplate_free(cleaner->table);
  learner_free(cleaner->learner);
  g_queue_clear_full(&cleaner->held, held_free);
  g_array_unref(cleaner->words);
  g_array_unref(cleaner->title);
  g_array_unref(cleaner->found);
  g_free(cleaner);
}

GString *cleaner_learnt(const Cleaner *cleaner, gboolean *changed)
{
  return learner_store(cleaner->learner, changed);
}

/* ---- small things ---- */

static const PlainWord *word_at(const GArray *words, guint i)
{
  return &g_array_index(words, PlainWord, i);
}

static void add_found(Cleaning *cleaning, gsize start, gsize end, const char *why)
{
  const Found found = {start, end, why};
  g_array_append_val(cleaning->cleaner->found, found);
}

/* The words of a line; a long one is never boilerplate as a whole, and only its end is looked at:
 * *offset tells where it begins. */
static void read_words(Cleaning *cleaning, const EndLine *line, gsize *offset)
{
  *offset = line->end - line->start > ENDS_FLAT ? line->end - ENDS_FLAT : line->start;
  while (((guchar)cleaning->body[*offset] & 0xC0) == 0x80) ++*offset;
  boilerplate_words(cleaning->cleaner->table, cleaning->body + *offset, line->end - *offset,
                    cleaning->cleaner->words);
}

static gboolean is_learnt(const Cleaning *cleaning, gboolean head, const EndLine *line)
{
  return learner_knows(cleaning->cleaner->learner, cleaning->held->source, head, cleaning->body,
                       line);
}

/* A line that does not end a sentence: a headline, a name, a caption. */
static gboolean is_open(const Cleaning *cleaning, const EndLine *line)
{
  char last = cleaning->body[line->end - 1];
  return last != '.' && last != '!' && last != '"';
}

/* The line above, when none that is blank is between. */
static gboolean line_above(const Cleaning *cleaning, const EndLine *line, EndLine *above)
{
  const char *body = cleaning->body;
  gsize start = ends_line_start(body, line->start);
  if (start == 0) return FALSE;
  *above = (EndLine){ends_line_start(body, start - 1), start - 1, 0};
  while (above->end > above->start && g_ascii_isspace(body[above->end - 1])) above->end--;
  return above->end > above->start;
}

static gboolean has_small_letter(const char *text, gsize len)
{
  for (const char *at = text; at < text + len; at = g_utf8_next_char(at))
    if (g_unichar_islower(g_utf8_get_char(at))) return TRUE;
  return FALSE;
}

static gboolean has_capital(const char *text, gsize len)
{
  for (const char *at = text; at < text + len; at = g_utf8_next_char(at))
    if (g_unichar_isupper(g_utf8_get_char(at))) return TRUE;
  return FALSE;
}

/* TRUE when the line goes on with a sentence of the line above, as in text of old agencies, whose
 * lines are of one length: "net profit of 34 cts a" "share." */
static gboolean continues(const Cleaning *cleaning, const EndLine *line)
{
  EndLine above;
  const char *text = cleaning->body + line->start;
  gsize len = line->end - line->start;
  gboolean small = g_unichar_islower(g_utf8_get_char(text));
  if (small && (text[len - 1] == '.' || text[len - 1] == '"')) return TRUE;
  if (!line_above(cleaning, line, &above) || above.end - above.start < WRAPPED_BYTES) return FALSE;
  const char *upper = cleaning->body + above.start;
  gsize upper_len = above.end - above.start;
  if (strchr(".!?:\"", upper[upper_len - 1]) != NULL) return FALSE;
  if (small) return TRUE;
  return has_capital(text, len) && !has_small_letter(text, len) &&
         !has_small_letter(upper, upper_len);
}

/* ---- the head ---- */

/* The first letter or digit, 0 when that is not ASCII: a quick look before two lines are folded. */
static char first_letter(const char *text, gsize len)
{
  for (gsize i = 0; i < len && (guchar)text[i] < 0x80; i++)
    if (g_ascii_isalnum(text[i])) return g_ascii_tolower(text[i]);
  return 0;
}

static gboolean same_letters(const char *a, gsize a_len, const char *b, gsize b_len)
{
  char first = first_letter(a, a_len), other = first_letter(b, b_len);
  if (first != other && first != 0 && other != 0) return FALSE;
  g_autofree char *x = fold_name(a, (gssize)a_len);
  g_autofree char *y = fold_name(b, (gssize)b_len);
  return *x != '\0' && strcmp(x, y) == 0;
}

/* TRUE when the line says what the title says. */
static gboolean is_title(const Cleaning *cleaning, const EndLine *line)
{
  const char *title = article_first(cleaning->held->article, FIELD_TITLE);
  gsize len = line->end - line->start;
  if (title == NULL || len > 2 * strlen(title) || strlen(title) > 2 * len) return FALSE;
  return same_letters(cleaning->body + line->start, len, title, strlen(title));
}

/* Why each sentence of the line is boilerplate, NULL: one is not. */
static const char *why_head_sentences(Cleaning *cleaning, const EndLine *line)
{
  const GArray *words = cleaning->cleaner->words;
  const char *why = NULL;
  gsize offset;
  read_words(cleaning, line, &offset);
  if (offset != line->start) return NULL;
  for (guint from = 0, to; from < words->len; from = to) {
    for (to = from + 1; to < words->len && (word_at(words, to)->flags & PLAIN_SENTENCE) == 0;) to++;
    guint places = to - from == words->len ? PLACE_HEAD | PLACE_ALONE : PLACE_HEAD;
    const char *one = boilerplate_match(cleaning->cleaner->table, word_at(words, from), to - from,
                                        places, TRUE, NULL);
    if (one == NULL) return NULL;
    if (why == NULL) why = one;
  }
  return why;
}

static const char *why_head(Cleaning *cleaning, const EndLine *line)
{
  const char *text = cleaning->body + line->start;
  gsize len = line->end - line->start;
  if (is_title(cleaning, line)) return title_again;
  if (is_learnt(cleaning, TRUE, line)) return repeated;
  if (!boilerplate_may_begin(cleaning->cleaner->table, text, len, PLACE_HEAD | PLACE_ALONE) ||
      continues(cleaning, line))
    return NULL;
  return why_head_sentences(cleaning, line);
}

/* Dates and names of authors may stand between: they are left. */
static void clean_head(Cleaning *cleaning)
{
  const Ends *ends = &cleaning->held->ends;
  for (guint i = 0; i < ends->n_head; i++) {
    const EndLine *line = &ends->head[i];
    const char *why = why_head(cleaning, line);
    if (why != NULL) {
      add_found(cleaning, line->start, line->end, why);
      cleaning->head_end = line->end;
    } else if (line->end - line->start > BYLINE_BYTES || !is_open(cleaning, line)) {
      return;
    }
  }
}

/* ---- the tail ---- */

/* The sentence that begins at a byte of the body, as it was counted; NULL when it was not. */
static const EndLine *counted_sentence(const Cleaning *cleaning, gsize at)
{
  const Ends *ends = &cleaning->held->ends;
  for (guint i = 0; ends->flat && i < ends->n_tail; i++)
    if (ends->tail[i].start == at) return &ends->tail[i];
  return NULL;
}

/* Why the words from one sentence's beginning to `end` are boilerplate, NULL: they are not. */
static const char *why_sentences(const Cleaning *cleaning, guint from, guint end, gboolean single,
                                 gsize offset)
{
  const GArray *words = cleaning->cleaner->words;
  const char *why = boilerplate_match(cleaning->cleaner->table, word_at(words, from), end - from,
                                      PLACE_TAIL, single, NULL);
  if (why != NULL || !single) return why;
  const EndLine *counted = counted_sentence(cleaning, offset + word_at(words, from)->at);
  return counted != NULL && is_learnt(cleaning, FALSE, counted) ? repeated : NULL;
}

/* How many words of the line are left when sentences are taken off its end that are boilerplate. */
static guint trim_sentences(const Cleaning *cleaning, gsize offset, gboolean whole,
                            const char **why)
{
  const GArray *words = cleaning->cleaner->words;
  guint end = words->len, tried = 0;
  for (guint from = end; from > (whole ? 0 : 1) && tried < SPANS_MAX;) {
    if ((word_at(words, --from)->flags & PLAIN_SENTENCE) == 0) continue;
    const char *found = why_sentences(cleaning, from, end, tried++ == 0, offset);
    if (found == NULL) continue;
    *why = found;
    end = from;
    tried = 0;
  }
  return end;
}

/* Where the text ends whose last word ends at a byte: behind its full stop and closing quotes. */
static gsize end_of_text(const Cleaning *cleaning, gsize word_end, gsize limit)
{
  const char *end = cleaning->body + word_end;
  for (const char *at = end; at < cleaning->body + limit; at = g_utf8_next_char(at))
    if (g_utf8_strchr(".!?\"')]»”’…؟。۔", -1, g_utf8_get_char(at)) != NULL)
      end = g_utf8_next_char(at);
  return (gsize)(end - cleaning->body);
}

/* Cuts the line or its end. What is left of it ends the search: FALSE. */
static gboolean cut_sentences(Cleaning *cleaning, const EndLine *line, gsize offset,
                              gboolean *nothing)
{
  const GArray *words = cleaning->cleaner->words;
  const char *why = NULL;
  guint kept = trim_sentences(cleaning, offset, offset == line->start, &why);
  *nothing = kept == words->len;
  if (*nothing) return TRUE;
  gsize start = line->start;
  if (kept > 0)
    start = end_of_text(cleaning, offset + word_at(words, kept - 1)->end,
                        offset + word_at(words, kept)->at);
  add_found(cleaning, start, line->end, why);
  return kept == 0;
}

/* Why the line as a whole is boilerplate, NULL: it is not, or only by its sentences. */
static const char *why_tail(const Cleaning *cleaning, const EndLine *line, guint *places)
{
  const GArray *words = cleaning->cleaner->words;
  if (is_learnt(cleaning, FALSE, line)) return repeated;
  return boilerplate_match(cleaning->cleaner->table, word_at(words, 0), words->len,
                           PLACE_TAIL | PLACE_ALONE, FALSE, places);
}

/* Cuts the headlines below a line that begins a list of them. */
static void cut_list(Cleaning *cleaning, guint opener, guint n, const char *why)
{
  const EndLine *tail = cleaning->held->ends.tail;
  for (guint i = 1; i <= n; i++)
    add_found(cleaning, tail[opener - i].start, tail[opener - i].end, why);
}

/* A body without line breaks: sentences are taken off its end. */
static void clean_flat(Cleaning *cleaning)
{
  EndLine line = {0, strlen(cleaning->body), 0};
  gsize offset;
  gboolean nothing;
  read_words(cleaning, &line, &offset);
  cut_sentences(cleaning, &line, offset, &nothing);
}

static void clean_tail(Cleaning *cleaning)
{
  const Ends *ends = &cleaning->held->ends;
  guint headlines = 0; /* directly below the line that is looked at */
  for (guint i = 0; i < ends->n_tail && ends->tail[i].start >= cleaning->head_end; i++) {
    const EndLine *line = &ends->tail[i];
    guint places = 0;
    gsize offset;
    gboolean nothing = TRUE;
    read_words(cleaning, line, &offset);
    gboolean possible = cleaning->cleaner->words->len > 0 && !continues(cleaning, line);
    const char *why = possible && offset == line->start ? why_tail(cleaning, line, &places) : NULL;
    if (why != NULL) {
      add_found(cleaning, line->start, line->end, why);
      if ((places & PLACE_LIST) != 0) cut_list(cleaning, i, headlines, why);
    } else if (possible && !cut_sentences(cleaning, line, offset, &nothing)) {
      return;
    }
    gboolean boilerplate = why != NULL || !nothing;
    if (!boilerplate && (!is_open(cleaning, line) || headlines == HEADLINES_MAX ||
                         cleaning->cleaner->words->len > HEADLINE_WORDS))
      return;
    headlines = boilerplate ? 0 : headlines + 1;
  }
}

/* ---- between ---- */

/* The places between the last cut of the head and the first of the tail. */
static void clean_inside(Cleaning *cleaning, gsize from, gsize to)
{
  const Boilerplate *table = cleaning->cleaner->table;
  GArray *words = cleaning->cleaner->words;
  guint cuts = 0;
  for (gsize at = from; at < to && cuts < CLEAN_INSIDE;) {
    const char *newline = memchr(cleaning->body + at, '\n', to - at);
    EndLine line = {at, newline == NULL ? to : (gsize)(newline - cleaning->body), 0};
    at = line.end + 1;
    if (line.end - line.start > INSIDE_BYTES || !ends_trim(cleaning->body, &line)) continue;
    const char *text = cleaning->body + line.start;
    gsize len = line.end - line.start;
    if (g_ascii_islower(*text) || !boilerplate_may_begin(table, text, len, PLACE_INSIDE)) continue;
    boilerplate_words(table, text, len, words);
    if (words->len == 0 || continues(cleaning, &line)) continue;
    const char *why =
        boilerplate_match(table, word_at(words, 0), words->len, PLACE_INSIDE, FALSE, NULL);
    if (why == NULL) continue;
    add_found(cleaning, line.start, line.end, why);
    cuts++;
  }
}

static void clean_lines(Cleaning *cleaning)
{
  const GArray *found = cleaning->cleaner->found;
  clean_head(cleaning);
  guint head = found->len;
  clean_tail(cleaning);
  gsize to = strlen(cleaning->body);
  for (guint i = head; i < found->len; i++) to = MIN(to, g_array_index(found, Found, i).start);
  clean_inside(cleaning, cleaning->head_end, to);
}

/* ---- the article ---- */

static gint by_start(gconstpointer a, gconstpointer b)
{
  gsize x = ((const Found *)a)->start, y = ((const Found *)b)->start;
  return (x > y) - (x < y);
}

static gboolean has_text(const char *text, gsize len)
{
  for (gsize i = 0; i < len; i++)
    if (g_ascii_isalnum(text[i]) || (guchar)text[i] >= 0x80) return TRUE;
  return FALSE;
}

/* Each cut takes the white space behind it along. FALSE when nothing would be left of the body. */
static gboolean widen(GArray *found, const char *body)
{
  gboolean text = FALSE;
  gsize at = 0;
  for (guint i = 0; i < found->len; i++) {
    Found *one = &g_array_index(found, Found, i);
    text = text || has_text(body + at, one->start - at);
    if (!has_text(body + at, one->start - at) && at == 0) one->start = 0;
    while (g_ascii_isspace(body[one->end])) one->end++;
    at = one->end;
  }
  return text || has_text(body + at, strlen(body + at));
}

static void clean(Cleaner *cleaner, const Held *held)
{
  const char *body = article_first(held->article, FIELD_BODY);
  if (body == NULL) return;
  Cleaning cleaning = {.cleaner = cleaner, .held = held, .body = body};
  GArray *found = cleaner->found;
  g_array_set_size(found, 0);
  if (held->ends.flat)
    clean_flat(&cleaning);
  else
    clean_lines(&cleaning);
  g_array_sort(found, by_start);
  if (found->len == 0 || !widen(found, body)) return;
  for (guint i = 0; i < found->len; i++) {
    const Found *one = &g_array_index(found, Found, i);
    article_cut(held->article, one->start, one->end, one->why);
  }
}

/* ---- holding back ---- */

/* By what the lines of an article are counted: its source, or else the host of its URL. */
static char *source_of(const Article *article)
{
  const char *source = article_first(article, FIELD_SOURCE),
             *url = article_first(article, FIELD_URL);
  const char *host = url == NULL ? NULL : strstr(url, "://");
  if (source != NULL) return g_ascii_strdown(source, -1);
  if (host == NULL) return g_strdup("");
  host += strlen("://");
  return g_ascii_strdown(host, (gssize)strcspn(host, "/?#"));
}

void cleaner_put(Cleaner *cleaner, Article *article)
{
  const char *body = article_first(article, FIELD_BODY);
  Held *held = g_new0(Held, 1);
  held->article = article;
  held->source = source_of(article);
  held->bytes = body == NULL ? 0 : strlen(body);
  if (body != NULL) {
    ends_find(&held->ends, cleaner->table, held->source, body, cleaner->words);
    learner_count(cleaner->learner, held->source, &held->ends);
  }
  cleaner->bytes += held->bytes;
  g_queue_push_tail(&cleaner->held, held);
}

Article *cleaner_take(Cleaner *cleaner, gboolean rest)
{
  if (!rest && cleaner->held.length <= HOLD_ARTICLES && cleaner->bytes <= HOLD_BYTES) return NULL;
  Held *held = g_queue_pop_head(&cleaner->held);
  if (held == NULL) return NULL;
  cleaner->bytes -= held->bytes;
  clean(cleaner, held);
  Article *article = g_steal_pointer(&held->article);
  held_free(held);
  return article;
}
