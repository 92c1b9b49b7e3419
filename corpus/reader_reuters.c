/* reader_reuters.c - Reuters-21578: <REUTERS ...> ... </REUTERS>, many in a file.
 *
 * It is SGML that no XML parser takes (references to control characters, a document without root),
 * so records are cut out line by line and elements are looked up by name within one:
 *
 *   NEWID     id                          PLACES         country, as written ("el-salvador")
 *   DATE      date                        TOPICS         topic
 *   TITLE     title                       PEOPLE, ORGS   actor, as written ("de-clercq")
 *   AUTHOR    author                      DATELINE, BODY body; without BODY the bare text of TEXT
 *
 * The source is Reuters, the language English. EXCHANGES, COMPANIES, UNKNOWN and MKNOTE are not
 * read: stock exchanges, a list that is always empty, and codes of the wire. */
#include "reader.h"

#include <string.h>

enum { INDENT = 4 /* spaces with which a paragraph begins */ };

typedef struct ReutersReader {
  TextStream *stream;
  const char *rest; /* of the current line; NULL: a new one is due */
  gsize rest_len;
  GString *text; /* of the record being read */
  guint64 record, record_line;
  gboolean inside;   /* a record */
  gboolean skipping; /* what is left of a record that was rejected */
  gboolean ended;
} ReutersReader;

/* ---- markup --------------------------------------------------------------------------------- */

/* A piece of the record; text NULL: there is none. */
typedef struct Slice {
  const char *text;
  gsize len;
} Slice;

static const Slice no_slice = {NULL, 0};

static Slice slice_from(Slice slice, const char *at)
{
  return (Slice){at, (gsize)(slice.text + slice.len - at)};
}

static Slice slice_until(Slice slice, const char *at)
{
  return (Slice){slice.text, (gsize)(at - slice.text)};
}

static const char *find_char(Slice slice, char c)
{
  return slice.len > 0 ? memchr(slice.text, c, slice.len) : NULL;
}

/* TRUE when `slice` begins with a tag: "<NAME" and no letter after it. */
static gboolean is_tag(Slice slice, const char *tag)
{
  gsize len = strlen(tag);
  return slice.len >= len && g_ascii_strncasecmp(slice.text, tag, len) == 0 &&
         (slice.len == len || !g_ascii_isalnum(slice.text[len]));
}

/* The first place where `tag` ("<NAME" or "</NAME") begins, or NULL. */
static const char *find_tag(Slice slice, const char *tag)
{
  const char *at;
  while ((at = find_char(slice, '<')) != NULL) {
    if (is_tag(slice_from(slice, at), tag)) return at;
    slice = slice_from(slice, at + 1);
  }
  return NULL;
}

/* What follows the tag at `at`; one that is not closed ends where the next begins. */
static Slice after_tag(Slice slice, const char *at)
{
  Slice rest = slice_from(slice, at + 1);
  gsize i = 0;
  while (i < rest.len && rest.text[i] != '<' && rest.text[i] != '>') i++;
  if (i < rest.len && rest.text[i] == '>') i++;
  return slice_from(rest, rest.text + i);
}

/* The content of the first element of this name; one that is not closed goes to the end. */
static Slice element(Slice slice, const char *open, const char *close)
{
  const char *at = find_tag(slice, open);
  if (at == NULL) return no_slice;
  Slice content = after_tag(slice, at);
  const char *end = find_tag(content, close);
  return end != NULL ? slice_until(content, end) : content;
}

/* The same for elements that hold nothing but text, which ends at the next tag. */
static Slice leaf(Slice slice, const char *open)
{
  const char *at = find_tag(slice, open);
  if (at == NULL) return no_slice;
  Slice content = after_tag(slice, at);
  const char *end = find_char(content, '<');
  return end != NULL ? slice_until(content, end) : content;
}

/* The value of an attribute of the tag that the slice begins with. */
static Slice attribute(Slice slice, const char *name)
{
  const char *end = find_char(slice, '>');
  if (end != NULL) slice = slice_until(slice, end);
  gsize len = strlen(name);
  for (gsize i = 1; i + len + 2 < slice.len; i++) {
    const char *at = slice.text + i;
    if (!g_ascii_isspace(at[-1]) || g_ascii_strncasecmp(at, name, len) != 0) continue;
    if (at[len] != '=' || at[len + 1] != '"') continue;
    Slice value = slice_from(slice, at + len + 2);
    const char *quote = find_char(value, '"');
    return quote != NULL ? slice_until(value, quote) : no_slice;
  }
  return no_slice;
}

static void append_character(GString *out, guint64 c)
{
  /* The wire's marks (&#2; &#3; &#5; ...) are no text. DEL stands where a character was lost. */
  if (c == 0x7F)
    g_string_append_c(out, ' ');
  else if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
    g_string_append_unichar(out, 0xFFFD);
  else if (c == '\n' || c == '\t' || !g_unichar_iscntrl((gunichar)c))
    g_string_append_unichar(out, (gunichar)c);
}

/* Appends what the reference at the slice's '&' stands for; its length, 0 when it is none. */
static gsize append_reference(GString *out, Slice slice)
{
  static const struct {
    const char *name;
    char c;
  } named[] = {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}};
  for (gsize i = 0; i < G_N_ELEMENTS(named); i++) {
    gsize len = strlen(named[i].name);
    if (slice.len < len || strncmp(slice.text, named[i].name, len) != 0) continue;
    g_string_append_c(out, named[i].c);
    return len;
  }
  gsize at = 2;
  guint64 c = 0;
  if (slice.len < 4 || slice.text[1] != '#') return 0;
  for (; at < slice.len && at < 10 && g_ascii_isdigit(slice.text[at]); at++)
    c = c * 10 + (guint64)g_ascii_digit_value(slice.text[at]);
  if (at == 2 || at == slice.len || slice.text[at] != ';') return 0;
  append_character(out, c);
  return at + 1;
}

/* The text of a slice: references decoded, control characters dropped. Never NULL. */
static GString *decode(Slice slice)
{
  GString *out = g_string_sized_new(slice.len);
  const char *amp;
  while ((amp = find_char(slice, '&')) != NULL) {
    g_string_append_len(out, slice.text, amp - slice.text);
    slice = slice_from(slice, amp);
    gsize len = append_reference(out, slice);
    if (len == 0) g_string_append_c(out, '&');
    slice = slice_from(slice, slice.text + MAX(len, 1));
  }
  if (slice.len > 0) g_string_append_len(out, slice.text, (gssize)slice.len);
  return out;
}

/* ---- fields --------------------------------------------------------------------------------- */

static void fold_space(GString *text)
{
  gsize to = 0;
  for (gsize i = 0; i < text->len; i++) {
    if (!g_ascii_isspace(text->str[i]))
      text->str[to++] = text->str[i];
    else if (to > 0 && text->str[to - 1] != ' ')
      text->str[to++] = ' ';
  }
  if (to > 0 && text->str[to - 1] == ' ') to--;
  g_string_truncate(text, to);
}

static void add_folded(Article *article, FieldId field, Slice slice)
{
  g_autoptr(GString) text = decode(slice);
  fold_space(text);
  article_add(article, field, text->str, (gssize)text->len);
}

/* "26-FEB-1987 15:01:01.79&#5;&#5;&#5;RM": the day, which is all that is kept; some times are
 * broken. */
static void add_date(Article *article, Slice record)
{
  g_autoptr(GString) text = decode(leaf(record, "<DATE"));
  fold_space(text);
  article_add(article, FIELD_DATE, text->str, (gssize)strcspn(text->str, " "));
}

/* <TOPICS><D>cocoa</D><D>coffee</D></TOPICS> */
static void add_list(Article *article, FieldId field, Slice record, const char *open,
                     const char *close)
{
  Slice list = element(record, open, close);
  const char *at;
  while ((at = find_tag(list, "<D")) != NULL) {
    list = slice_from(list, at);
    add_folded(article, field, leaf(list, "<D"));
    list = slice_from(list, at + 1);
  }
}

/* "    By Jane Doe, Reuters": the name. */
static void add_author(Article *article, Slice text)
{
  g_autoptr(GString) author = decode(leaf(text, "<AUTHOR"));
  fold_space(author);
  if (g_ascii_strncasecmp(author->str, "by ", 3) == 0) g_string_erase(author, 0, 3);
  char *comma = strrchr(author->str, ',');
  if (comma != NULL && g_ascii_strncasecmp(comma, ", reuter", 8) == 0)
    g_string_truncate(author, (gsize)(comma - author->str));
  article_add(article, FIELD_AUTHOR, author->str, (gssize)author->len);
}

/* TRUE for the line that ends a story: "Reuter", "REUTERS...", or "More" when another follows. */
static gboolean is_end_mark(const char *line, gsize len)
{
  static const char *const marks[] = {"reuter", "reuters", "more"};
  while (len > 0 && g_ascii_isspace(*line)) {
    line++;
    len--;
  }
  /* "^M" is how a carriage return came out in some. */
  if (len > 2 && memcmp(line + len - 2, "^M", 2) == 0) len -= 2;
  while (len > 0 && line[len - 1] == '.') len--;
  for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
    if (strlen(marks[i]) == len && g_ascii_strncasecmp(line, marks[i], len) == 0) return TRUE;
  return FALSE;
}

static void chomp(GString *text)
{
  while (text->len > 0 && g_ascii_isspace(text->str[text->len - 1]))
    g_string_truncate(text, text->len - 1);
}

static void drop_end_mark(GString *text)
{
  chomp(text);
  const char *lf = strrchr(text->str, '\n');
  const char *last = lf != NULL ? lf + 1 : text->str;
  gsize len = text->len - (gsize)(last - text->str);
  if (is_end_mark(last, len)) g_string_truncate(text, text->len - len);
}

/* Exactly four spaces begin a paragraph; other indentation is that of tables. */
static gboolean begins_paragraph(const char *line, gsize len)
{
  return len > INDENT && strncmp(line, "    ", INDENT) == 0 && line[INDENT] != ' ';
}

/* `text` with its paragraphs separated by blank lines, appended to `out`. */
static void append_paragraphs(GString *out, const GString *text)
{
  const char *at = text->str, *end = text->str + text->len;
  while (at < end) {
    const char *lf = memchr(at, '\n', (gsize)(end - at));
    gsize len = (gsize)((lf != NULL ? lf : end) - at);
    gboolean begins = begins_paragraph(at, len);
    gsize indent = begins ? INDENT : 0;
    reader_append_line(out, at + indent, len - indent, begins);
    at += MIN(len + 1, (gsize)(end - at));
  }
}

/* Where the element that begins at the slice's '<' ends, when it is one that TEXT may hold. */
static const char *find_end(Slice text)
{
  static const char *const elements[][2] = {
      {"<TITLE", "</TITLE"}, {"<AUTHOR", "</AUTHOR"}, {"<DATELINE", "</DATELINE"}};
  for (gsize i = 0; i < G_N_ELEMENTS(elements); i++)
    if (is_tag(text, elements[i][0])) return find_tag(text, elements[i][1]);
  return NULL;
}

/* The content of TEXT that is in no element of its own, for stories of TYPE="UNPROC". */
static GString *bare_text(Slice text)
{
  enum { ELEMENTS_MAX = 16 }; /* looked for; of a sound record there are three */
  GString *out = g_string_new(NULL);
  const char *at;
  for (guint n = 0; (at = find_char(text, '<')) != NULL; n++) {
    g_string_append_len(out, text.text, at - text.text);
    text = slice_from(text, at);
    const char *close = n < ELEMENTS_MAX ? find_end(text) : NULL;
    text = after_tag(text, close != NULL ? close : at);
  }
  if (text.len > 0) g_string_append_len(out, text.text, (gssize)text.len);
  return out;
}

/* "Blah blah blah." is what the collection's makers put where a story had no text. */
static gboolean is_placeholder(const GString *text)
{
  g_autofree char *copy = g_strdup(text->str);
  return strcmp(g_strstrip(copy), "Blah blah blah.") == 0;
}

/* The text of the story; of TYPE="BRIEF" there is none but the title. Never NULL. */
static GString *story(Slice text, gboolean brief)
{
  Slice body = element(text, "<BODY", "</BODY");
  if (body.text != NULL) return decode(body);
  g_autoptr(GString) bare = bare_text(text);
  GString *out = decode((Slice){bare->str, bare->len});
  if (brief || is_placeholder(out)) g_string_truncate(out, 0);
  return out;
}

static void add_body(Article *article, Slice text, gboolean brief)
{
  g_autoptr(GString) body = g_string_new(NULL);
  g_autoptr(GString) rest = story(text, brief);
  drop_end_mark(rest);
  g_autoptr(GString) dateline = decode(leaf(text, "<DATELINE"));
  fold_space(dateline);
  if (dateline->len > 0 && rest->len > 0) {
    gsize blank = strspn(rest->str, " \t\n");
    g_string_erase(rest, 0, (gssize)blank);
    g_string_append_c(dateline, ' ');
    g_string_prepend_len(rest, dateline->str, (gssize)dateline->len);
  }
  append_paragraphs(body, rest);
  article_add(article, FIELD_BODY, body->str, (gssize)body->len);
}

/* The article of a record that begins with its <REUTERS ...> tag; NULL when it has no text. */
static Article *make_article(Slice record)
{
  const char *tag = find_tag(record, "<TEXT");
  Slice before = tag != NULL ? slice_until(record, tag) : record;
  Slice text = tag != NULL ? slice_from(record, tag) : record;
  Slice type = attribute(text, "TYPE");
  gboolean brief = type.len == 5 && g_ascii_strncasecmp(type.text, "BRIEF", 5) == 0;
  Slice content = tag != NULL ? element(text, "<TEXT", "</TEXT") : text;

  g_autoptr(Article) article = article_new();
  add_folded(article, FIELD_TITLE, element(content, "<TITLE", "</TITLE"));
  add_body(article, content, brief || tag == NULL);
  if (article_first(article, FIELD_TITLE) == NULL && article_first(article, FIELD_BODY) == NULL)
    return NULL;
  add_folded(article, FIELD_ID, attribute(record, "NEWID"));
  add_date(article, before);
  add_author(article, content);
  add_list(article, FIELD_TOPIC, before, "<TOPICS", "</TOPICS");
  add_list(article, FIELD_COUNTRY, before, "<PLACES", "</PLACES");
  add_list(article, FIELD_ACTOR, before, "<PEOPLE", "</PEOPLE");
  add_list(article, FIELD_ACTOR, before, "<ORGS", "</ORGS");
  article_add(article, FIELD_SOURCE, "Reuters", -1);
  article_add(article, FIELD_LANG, "en", -1);
  return g_steal_pointer(&article);
}

/* ---- records -------------------------------------------------------------------------------- */

/* What one step gave. */
typedef struct Step {
  gboolean done;
  ReadStatus status;
} Step;

static const Step go_on = {FALSE, READ_END};

static Step reject_record(ReutersReader *reader, Reject *reject, const char *reason)
{
  reject_set(reject, reader->record, reader->record_line, "%s", reason);
  reader->inside = FALSE;
  reader->skipping = TRUE;
  return (Step){TRUE, READ_REJECTED};
}

static void begin_record(ReutersReader *reader)
{
  reader->inside = TRUE;
  reader->skipping = FALSE;
  reader->record++;
  reader->record_line = text_stream_line_number(reader->stream);
  g_string_truncate(reader->text, 0);
}

static Step end_record(ReutersReader *reader, Article **article, Reject *reject)
{
  reader->inside = FALSE;
  *article = make_article((Slice){reader->text->str, reader->text->len});
  if (*article != NULL) return (Step){TRUE, READ_ARTICLE};
  reject_set(reject, reader->record, reader->record_line, "it has neither title nor text");
  return (Step){TRUE, READ_REJECTED};
}

/* Something is wrong outside of records: it counts as one. */
static Step reject_between(ReutersReader *reader, Reject *reject, const char *reason)
{
  begin_record(reader);
  return reject_record(reader, reject, reason);
}

static Step too_long(ReutersReader *reader, Reject *reject)
{
  const char *reason = "it is too long for one article";
  if (reader->inside) return reject_record(reader, reject, reason);
  return reader->skipping ? go_on : reject_between(reader, reject, reason);
}

static void advance(ReutersReader *reader, const char *to)
{
  reader->rest_len -= (gsize)(to - reader->rest);
  reader->rest = to;
}

/* Where the next tag that begins or ends a record is in the rest of the line, or NULL. */
static const char *find_boundary(const ReutersReader *reader, gboolean *closes)
{
  Slice rest = {reader->rest, reader->rest_len};
  const char *at;
  while ((at = find_char(rest, '<')) != NULL) {
    rest = slice_from(rest, at);
    *closes = is_tag(rest, "</REUTERS");
    if (*closes || is_tag(rest, "<REUTERS")) return at;
    rest = slice_from(rest, at + 1);
  }
  return NULL;
}

static Step scan_between(ReutersReader *reader, Reject *reject)
{
  gboolean closes;
  const char *at = find_boundary(reader, &closes);
  if (at == NULL) {
    reader->rest = NULL;
    return go_on;
  }
  advance(reader, at + 1);
  if (!closes) {
    begin_record(reader);
    g_string_append_c(reader->text, '<');
    return go_on;
  }
  if (!reader->skipping) return reject_between(reader, reject, "it ends but never began");
  reader->skipping = FALSE;
  return go_on;
}

static Step scan_record(ReutersReader *reader, Article **article, Reject *reject)
{
  if (reader->text->len + reader->rest_len >= TEXT_RECORD_MAX) return too_long(reader, reject);
  gboolean closes;
  const char *at = find_boundary(reader, &closes);
  if (at == NULL) {
    g_string_append_len(reader->text, reader->rest, (gssize)reader->rest_len);
    g_string_append_c(reader->text, '\n');
    reader->rest = NULL;
    return go_on;
  }
  if (!closes) {
    advance(reader, at);
    return reject_record(reader, reject, "the next record begins before it ends");
  }
  g_string_append_len(reader->text, reader->rest, at - reader->rest);
  advance(reader, at + 1);
  return end_record(reader, article, reject);
}

static Step read_line(ReutersReader *reader, Reject *reject)
{
  switch (text_stream_line(reader->stream, &reader->rest, &reader->rest_len)) {
  case LINE_OK: return go_on;
  case LINE_TOO_LONG: reader->rest = NULL; return too_long(reader, reject);
  case LINE_FAILED:
    reader->ended = TRUE;
    return (Step){TRUE, reader_failed(reject, reader->record, reader->stream)};
  case LINE_END: break;
  }
  reader->ended = TRUE;
  if (!reader->inside) return (Step){TRUE, READ_END};
  Step step = reject_record(reader, reject, "the input ends inside a record; it may be cut off");
  reject->fatal = TRUE;
  return step;
}

static ReadStatus reuters_next(void *data, Article **article, Reject *reject)
{
  ReutersReader *reader = data;
  Step step = go_on;
  while (!step.done) {
    if (reader->ended) return READ_END;
    if (reader->rest == NULL)
      step = read_line(reader, reject);
    else if (reader->inside)
      step = scan_record(reader, article, reject);
    else
      step = scan_between(reader, reject);
  }
  return step.status;
}

static void *reuters_open(TextStream *stream, G_GNUC_UNUSED const ReadOptions *options)
{
  ReutersReader *reader = g_new0(ReutersReader, 1);
  reader->stream = stream;
  reader->text = g_string_new(NULL);
  return reader;
}

static void reuters_close(void *data)
{
  ReutersReader *reader = data;
  g_string_free(reader->text, TRUE);
  g_free(reader);
}

static gboolean reuters_matches(const char *head, gsize len, G_GNUC_UNUSED gboolean whole)
{
  Slice text = {head, len};
  while (text.len > 0 && g_ascii_isspace(*text.text)) text = slice_from(text, text.text + 1);
  if (is_tag(text, "<!DOCTYPE")) text = after_tag(text, text.text);
  while (text.len > 0 && g_ascii_isspace(*text.text)) text = slice_from(text, text.text + 1);
  return is_tag(text, "<REUTERS");
}

const Format format_reuters = {
    .name = "reuters",
    .description = "Reuters-21578, SGML as distributed",
    .matches = reuters_matches,
    .open = reuters_open,
    .next = reuters_next,
    .close = reuters_close,
};
