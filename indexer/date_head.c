/* date_head.c - see date_head.h */
#include "date_head.h"

#include <string.h>

#include "../corpus/date_chars.h"
#include "../corpus/date_names.h"
#include "../corpus/fold.h"

enum {
  LINES_MAX = 12,       /* from the top that are looked at */
  PLACE_WORDS_MAX = 10, /* before the date of a dateline, brackets not counted */
  BARE_WORDS_MAX = 4,   /* the same where no mark stands between place and date */
  AGENCY_WORDS_MAX = 3,
  ZONE_WORDS_MAX = 2,    /* behind a time: "PM EST" */
  LABEL_BYTES_MAX = 200, /* of a line before a label in it: a byline, a title */
  LINE_WORDS_MAX = 10,   /* beside the date in a line that is there to tell it */
  LINE_BYTES_MAX = 200,
  FULL_LINE = 50, /* bytes: a shorter line is no line of a paragraph but its last */
  SHORT_WORD = 5, /* letters of a word before a full stop that ends no sentence: "Calif." */
  WORD_BYTES_MAX = 64
};

/* ---- words, folded, each ended by a comma ---- */

static const char published_words[] =
    "published,posted,issued,release,released,publication,date,dated,filed,"
    "publie,publiee,paru,parue,ligne,"
    "publicado,publicada,publicacion,fecha,"
    "опубликовано,опубликована,опубликован,публикации,размещено,дата,"
    "نشر,نشرت,النشر,تاريخ,التاريخ,بتاريخ,";
static const char updated_words[] = "updated,update,modified,revised,"
                                    "jour,maj,modifie,modifiee,"
                                    "actualizado,actualizada,actualizacion,modificado,"
                                    "обновлено,обновлена,обновления,изменено,"
                                    "تحديث,التحديث,";
/* What stands around those. */
static const char label_particles[] = "on,at,last,first,of,for,immediate,"
                                      "le,mis,mise,en,a,de,derniere,"
                                      "el,ultima,"
                                      "в,от,последнее,"
                                      "في,يوم,اخر,تم,";
/* Behind these a date is that of something told. */
static const char telling_words[] = "on,of,since,until,till,before,after,from,by,to,for,and,"
                                    "du,depuis,avant,apres,jusqu,et,"
                                    "del,desde,hasta,y,"
                                    "с,до,от,на,к,по,и,"
                                    "منذ,حتى,قبل,بعد,و,";
/* These stand between place and date and say nothing. */
static const char date_articles[] = "le,el,a,في,يوم,بتاريخ,";
/* Small words of names of places. */
static const char name_particles[] =
    "of,the,and,de,la,le,les,du,des,el,los,las,del,al,et,y,sur,sous,"
    "en,a,d,l,и,на,в,von,van,der,am,ar,as,ash,es,";

static gboolean in_list(const char *list, const char *from, const char *to)
{
  if (to == from || to - from > WORD_BYTES_MAX) return FALSE;
  g_autofree char *folded = fold_name(from, to - from);
  return date_list_has(list, folded, strlen(folded));
}

/* ---- text around a date ---- */

typedef struct Text {
  const char *at, *end;
} Text;

typedef struct Around {
  Text before, after; /* of the line that the date stands in */
  const DateSpan *span;
  gboolean inside; /* the line goes on with what the one before it began, as it seems */
  gboolean second; /* line: the one before may be a title, which ends without a full stop */
} Around;

static gboolean is_empty(Text text)
{
  return text.at == text.end;
}

static Text trimmed(Text text)
{
  text.at = date_skip_blanks(text.at, text.end);
  text.end = date_skip_blanks_back(text.end, text.at);
  return text;
}

static gunichar first_char(Text text)
{
  return is_empty(text) ? 0 : g_utf8_get_char(text.at);
}

static gunichar last_char(Text text)
{
  return is_empty(text) ? 0 : g_utf8_get_char(g_utf8_prev_char(text.end));
}

static gboolean is_dash(gunichar c)
{
  return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

/* What stands between the parts of a head: "Reuters | 20 June 2023 | 10:15". */
static gboolean is_parting(gunichar c)
{
  return is_dash(c) || c == '|' || c == '/' || c == '>' || c == 0xB7 /* · */ || c == 0x2022 /* • */;
}

static gboolean is_word_char(gunichar c)
{
  return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

/* ---- place: what stands before the date of a dateline ---- */

typedef struct Place {
  guint words, small; /* words that begin with a small letter and are no part of names */
  gboolean dashed;    /* the last thing in it is a dash between spaces */
  const char *last, *last_end;
} Place;

/* The end of a bracket that opens at `at`, or of the text. */
static const char *skip_bracket(const char *at, const char *end)
{
  char close = *at == '(' ? ')' : ']';
  const char *to = memchr(at, close, (gsize)(end - at));
  return to == NULL ? end : to + 1;
}

static void take_place_word(Text *text, Place *place)
{
  place->last = text->at;
  place->last_end = date_word_end(text->at, text->end);
  text->at = place->last_end;
  place->dashed = FALSE;
  place->words++;
  place->small += g_unichar_islower(g_utf8_get_char(place->last)) &&
                  !in_list(name_particles, place->last, place->last_end);
}

/* A full stop that ends no sentence: "Calif., ", "St. Petersburg", "N.Y." */
static gboolean is_abbreviated(const Place *place, Text rest)
{
  if (rest.at == rest.end || !date_is_blank(first_char(rest))) return TRUE;
  return place->words > 0 && g_utf8_pointer_to_offset(place->last, place->last_end) <= SHORT_WORD;
}

static gboolean take_place_mark(Text *text, Place *place)
{
  gunichar c = first_char(*text);
  const char *next = g_utf8_next_char(text->at);
  if (c == '(' || c == '[') {
    text->at = skip_bracket(text->at, text->end);
    return TRUE;
  }
  text->at = next;
  if (is_dash(c) &&
      (next == text->end || date_is_blank(first_char(*text)) || is_dash(first_char(*text)))) {
    place->dashed = TRUE;
    return TRUE;
  }
  if (c == '.') return is_abbreviated(place, *text);
  return strchr(";!?\"", (int)MIN(c, 127)) == NULL && !g_unichar_isdigit(c);
}

/* Whether the text can be a place, perhaps with an agency and brackets. */
static gboolean read_place(Text text, Place *place)
{
  *place = (Place){0};
  while (!is_empty(text = trimmed(text))) {
    gboolean word = date_word_end(text.at, text.end) > text.at;
    /* What follows a dash is the text already. */
    if (word && place->dashed) return FALSE;
    if (word)
      take_place_word(&text, place);
    else if (!take_place_mark(&text, place))
      return FALSE;
  }
  /* Agencies that lost their capitals have "New york", "San jose". */
  return place->words <= PLACE_WORDS_MAX &&
         (place->small == 0 || (place->small == 1 && place->words == 2));
}

/* Cuts a word off the end when it is in the list. */
static gboolean cut_last(Text *text, const char *list)
{
  const char *from = date_word_start(text->end, text->at);
  if (!in_list(list, from, text->end)) return FALSE;
  text->end = from;
  *text = trimmed(*text);
  return TRUE;
}

static gboolean is_place(Text before)
{
  Place place;
  Text text = trimmed(before);
  cut_last(&text, date_articles);
  if (!read_place(text, &place)) return FALSE;
  gunichar c = last_char(text);
  if (is_empty(text) || !is_word_char(c)) return is_dash(c) || !is_parting(c);
  return place.words <= BARE_WORDS_MAX && !in_list(telling_words, place.last, place.last_end);
}

/* ---- what stands behind the date of a dateline ---- */

static gsize count_digits(Text text)
{
  gsize n = 0;
  while (text.at + n < text.end && g_ascii_isdigit(text.at[n])) n++;
  return n;
}

/* " 10:15 GMT", " 2:07 PM EST", " 10h30", "T10:15:00Z"; FALSE when there is none. */
static gboolean skip_time(Text *text)
{
  Text next = trimmed(*text);
  if (!is_empty(next) && *next.at == 'T') next.at++;
  if (count_digits(next) == 0) return FALSE;
  next.at += count_digits(next);
  if (is_empty(next) || strchr(":.hH", *next.at) == NULL) return FALSE;
  while (!is_empty(next) && strchr(":.hH", *next.at) != NULL) {
    next.at++;
    next.at += count_digits(next);
  }
  text->at = next.at;
  for (int i = 0; i < ZONE_WORDS_MAX; i++) {
    next = trimmed((Text){text->at, text->end});
    const char *word = date_word_end(next.at, next.end);
    if (word == next.at || g_unichar_islower(first_char(next))) break;
    text->at = word;
  }
  return TRUE;
}

/* TRUE at a dash, a bracket or a slash: the text, or the agency, comes next. */
static gboolean at_mark(Text text)
{
  gunichar c = first_char(text);
  if (c == '-') {
    Text next = {text.at + 1, text.end};
    return is_empty(next) || !is_word_char(first_char(next)) || date_is_blank(text.at[-1]);
  }
  return c != 0 && (is_parting(c) || strchr("([:", (int)MIN(c, 127)) != NULL);
}

/* ", IRNA -", ", Reuter -" */
static gboolean agency_follows(Text text)
{
  for (int i = 0; i < AGENCY_WORDS_MAX; i++) {
    text = trimmed(text);
    const char *to = date_word_end(text.at, text.end);
    if (to == text.at || g_unichar_islower(first_char(text))) return FALSE;
    text.at = to;
    if (at_mark(trimmed(text))) return TRUE;
  }
  return FALSE;
}

/* " --", ". /", ".-", " (", the end of the line */
static gboolean ends_dateline(Text after)
{
  Text text = trimmed(after);
  if (is_empty(text) || at_mark(text)) return TRUE;
  gunichar c = first_char(text);
  if (c != ',' && c != '.' && c != 0x60C) return FALSE;
  text.at = g_utf8_next_char(text.at);
  text = trimmed(text);
  return is_empty(text) || at_mark(text) || (c != '.' && agency_follows(text));
}

static gboolean is_dateline(const Around *around)
{
  if (!is_place(around->before)) return FALSE;
  Text after = around->after;
  skip_time(&after);
  if (is_empty(trimmed(around->before)) && is_empty(trimmed(after))) return FALSE;
  if (ends_dateline(after)) return TRUE;
  /* "(Reuters) 12 June 2023 The army", "[Text] San Salvador, 3 Jan 90 The army" */
  Text before = trimmed(around->before);
  return (last_char(before) == ')' || last_char(before) == ']' || first_char(before) == '[') &&
         (around->span->date.year > 0 || around->span->short_year >= 0) &&
         !g_unichar_islower(first_char(trimmed(after)));
}

/* ---- labels ---- */

/* Steps back over the words of a label; the best kind among them. */
static HeadKind read_label(Text *before)
{
  HeadKind kind = HEAD_NONE;
  for (;;) {
    *before = trimmed(*before);
    while (!is_empty(*before) && before->end[-1] == ':')
      *before = trimmed((Text){before->at, before->end - 1});
    gboolean capital = g_unichar_isupper(
        first_char((Text){date_word_start(before->end, before->at), before->end}));
    if (cut_last(before, published_words))
      kind = HEAD_PUBLISHED;
    else if (cut_last(before, updated_words))
      kind = kind == HEAD_NONE ? HEAD_UPDATED : kind;
    else if (!cut_last(before, label_particles))
      return kind;
    if (capital && kind != HEAD_NONE && !is_empty(*before) && is_word_char(last_char(*before)))
      return kind;
  }
}

/* Whether the date ends what the label says: no sentence goes on. */
static gboolean ends_label(Text after)
{
  Text text = trimmed(after);
  if (first_char(text) == ',') {
    text.at++;
    text = trimmed(text);
  }
  return !g_unichar_islower(first_char(text)) ||
         in_list(label_particles, text.at, date_word_end(text.at, text.end));
}

static HeadKind label_kind(const Around *around)
{
  Text before = around->before;
  HeadKind kind = read_label(&before);
  if (kind == HEAD_NONE || !ends_label(around->after)) return HEAD_NONE;
  const char *label = date_skip_blanks(before.end, around->before.end);
  gboolean capital = g_unichar_isupper(g_utf8_get_char(label));
  if (is_empty(before) || is_parting(last_char(before)))
    return capital || !around->inside ? kind : HEAD_NONE;
  /* "By Ann Lee Published 20 June 2023", but not "the report, published on 20 June 2023". */
  if (label - around->before.at > LABEL_BYTES_MAX) return HEAD_NONE;
  return capital && (is_word_char(last_char(before)) || last_char(before) == '.') ? kind
                                                                                  : HEAD_NONE;
}

/* ---- lines that are there to tell the date ---- */

static guint count_words(Text text)
{
  guint n = 0;
  for (; !is_empty(text);
       text.at = MAX(g_utf8_next_char(text.at), date_word_end(text.at, text.end)))
    n += date_word_end(text.at, text.end) > text.at;
  return n;
}

static gboolean is_own_line(const Around *around)
{
  Text before = trimmed(around->before), after = around->after;
  Place place;
  if (around->inside && (!is_empty(before) || after.end[-1] == '.')) return FALSE;
  if (after.end - before.at > LINE_BYTES_MAX || !read_place(before, &place)) return FALSE;
  Text time = trimmed(after);
  if (first_char(time) == ',') time.at++;
  if (skip_time(&time)) after = time;
  after = trimmed(after);
  if (count_words(before) + count_words(after) > LINE_WORDS_MAX) return FALSE;
  gboolean parted = is_empty(before) || !is_word_char(last_char(before));
  gunichar c = first_char(after);
  return parted && (is_empty(after) || is_parting(c) || c == '|' || c == '(' ||
                    (c == ',' && read_place(after, &place)));
}

/* ---- finding ---- */

static HeadKind kind_of(const Around *around)
{
  const DateSpan *span = around->span;
  if (span->date.day == 0) return HEAD_NONE;
  gboolean whole = span->date.year > 0;
  HeadKind label = whole ? label_kind(around) : HEAD_NONE;
  if (label != HEAD_NONE) return label;
  gboolean fresh = !around->inside || around->second;
  if (fresh && (whole || span->named) && is_dateline(around)) return HEAD_DATELINE;
  return whole && is_own_line(around) ? HEAD_LINE : HEAD_NONE;
}

typedef struct Search {
  HeadDates *dates;
  gboolean heading[HEAD_KINDS]; /* the date of this kind begins a line that goes on with text */
  guint headed;                 /* lines that so begin */
} Search;

static void keep(Search *search, const Around *around)
{
  Text after = around->after;
  skip_time(&after);
  gboolean heading = is_empty(trimmed(around->before)) && !is_empty(trimmed(after));
  HeadKind kind = kind_of(around);
  search->headed += heading;
  if (kind == HEAD_NONE || search->dates->found[kind]) return;
  search->dates->found[kind] = TRUE;
  search->dates->spans[kind] = *around->span;
  search->heading[kind] = heading;
}

/* `line` is all but its dates. */
static void find_in_line(Search *search, const char *text, gsize start, gsize end, Around line)
{
  DateSpan span;
  for (gsize from = start; date_scan(text, end, from, &span); from = span.end) {
    line.before = (Text){text + start, text + span.start};
    line.after = (Text){text + span.end, text + end};
    line.span = &span;
    keep(search, &line);
  }
}

/* A list of events has a date before each: none of them is the article's. */
static void drop_chronology(Search *search)
{
  for (int kind = 0; kind < HEAD_KINDS && search->headed > 1; kind++)
    if (search->heading[kind]) search->dates->found[kind] = FALSE;
}

/* Whether a sentence goes on from this line to the next, in text that is cut into lines. */
static gboolean runs_on(Text line)
{
  line = trimmed(line);
  return line.end - line.at >= FULL_LINE &&
         (is_word_char(last_char(line)) || last_char(line) == ',');
}

void head_dates_find(HeadDates *dates, const char *text, gsize len)
{
  *dates = (HeadDates){0};
  Search search = {.dates = dates};
  Around line = {0};
  guint lines = 0;
  for (gsize start = 0; start < len && lines < LINES_MAX;) {
    const char *lf = memchr(text + start, '\n', len - start);
    gsize end = lf == NULL ? len : (gsize)(lf - text);
    line.second = lines == 1;
    if (date_skip_blanks(text + start, text + end) < text + end) {
      find_in_line(&search, text, start, end, line);
      lines++;
    }
    line.inside = runs_on((Text){text + start, text + end});
    start = end + 1;
  }
  drop_chronology(&search);
}
