/* output_atom.c - hits as a feed: Atom (RFC 4287) with what OpenSearch 1.1 says of results.
 *
 * The identity of a feed follows from the index and the question, that of an entry from the index
 * and the article's id, so a reader knows them again: UUIDs of version 5 (RFC 9562), named in the
 * index's own. Dates are written as far as they are known: `published` is of a day, dc:date as the
 * article has it. An archive does not know when an entry was last changed; `updated` is the day of
 * publication, or else when the index was written. */
#include <string.h>

#include "html.h"
#include "output.h"

enum { UUID_BYTES = 16 };

static const char day_start[] = "T00:00:00Z";

/* ---- identities ---- */

static void uuid_bytes(const char *uuid, guint8 bytes[UUID_BYTES])
{
  memset(bytes, 0, UUID_BYTES);
  for (guint digits = 0; *uuid != '\0' && digits < 2 * UUID_BYTES; uuid++) {
    int value = g_ascii_xdigit_value(*uuid);
    if (value < 0) continue;
    bytes[digits / 2] = (guint8)(bytes[digits / 2] | (value << (digits % 2 == 0 ? 4 : 0)));
    digits++;
  }
}

/* "urn:uuid:...", which names `kind` and `name` in the index. */
static void write_id(GString *out, const char *index, const char *kind, const char *name)
{
  guint8 bytes[UUID_BYTES], sha1[20];
  gsize len = sizeof sha1;
  g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA1);
  uuid_bytes(index, bytes);
  g_checksum_update(sum, bytes, sizeof bytes);
  g_checksum_update(sum, (const guchar *)kind, (gssize)strlen(kind));
  g_checksum_update(sum, (const guchar *)name, (gssize)strlen(name));
  g_checksum_get_digest(sum, sha1, &len);
  sha1[6] = (guint8)((sha1[6] & 0x0F) | 0x50); /* version 5 */
  sha1[8] = (guint8)((sha1[8] & 0x3F) | 0x80); /* variant of RFC 9562 */
  html(out, "<id>urn:uuid:");
  for (guint i = 0; i < UUID_BYTES; i++)
    html_textf(out, "%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", sha1[i]);
  html(out, "</id>\n");
}

/* ---- elements ---- */

static void write_updated(GString *out, gint64 updated)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(updated);
  g_autofree char *text = g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");
  html(out, "<updated>");
  html_text(out, text);
  html(out, "</updated>\n");
}

static void write_link(GString *out, const char *rel, const char *type, const char *url)
{
  html(out, "<link");
  html_attr(out, "rel", rel);
  if (type != NULL) html_attr(out, "type", type);
  html_attr(out, "href", url);
  html(out, "/>\n");
}

static void write_date(GString *out, const Article *article, gint64 updated)
{
  const char *text = article_first(article, FIELD_DATE);
  Date date = {0};
  gboolean dated = text != NULL && date_parse_iso(text, strlen(text), &date);
  if (dated && date.day > 0) {
    html(out, "<published>");
    html_textf(out, "%s%s", text, day_start);
    html(out, "</published>\n<updated>");
    html_textf(out, "%s%s", text, day_start);
    html(out, "</updated>\n");
  } else {
    write_updated(out, updated);
  }
  if (!dated) return;
  html(out, "<dc:date>");
  html_text(out, text);
  html(out, "</dc:date>\n");
}

static void write_authors(GString *out, const Article *article)
{
  const GPtrArray *authors = article_values(article, FIELD_AUTHOR);
  for (guint i = 0; authors != NULL && i < authors->len; i++) {
    html(out, "<author><name>");
    html_text(out, g_ptr_array_index(authors, i));
    html(out, "</name></author>\n");
  }
  const char *source = article_first(article, FIELD_SOURCE);
  if (source == NULL) return;
  html(out, "<dc:publisher>");
  html_text(out, source);
  html(out, "</dc:publisher>\n");
}

/* A term says its field, as in a query: country:IR. */
static void write_categories(GString *out, const Article *article)
{
  for (int i = FIELD_COUNTRY; i < FIELD_COUNT; i++) {
    FieldId field = (FieldId)i;
    const GPtrArray *values = article_values(article, field);
    for (guint v = 0; values != NULL && v < values->len; v++) {
      const char *value = g_ptr_array_index(values, v);
      g_autofree char *term = g_strdup_printf("%s:%s", schema_field(field)->name, value);
      html(out, "<category");
      html_attr(out, "term", term);
      html_attr(out, "label", facet_label(field, value));
      html(out, "/>\n");
    }
  }
}

/* Links to the page's article and to the original. TRUE when there is any. */
static gboolean write_links(GString *out, const Article *article, const OutputUrls *urls)
{
  const char *original = article_first(article, FIELD_URL);
  if (original != NULL && !g_str_has_prefix(original, "http://") &&
      !g_str_has_prefix(original, "https://"))
    original = NULL;
  g_autofree char *page = urls == NULL ? NULL : urls->article(urls->data, article);
  if (page != NULL) write_link(out, "alternate", "text/html", page);
  if (original != NULL) write_link(out, page == NULL ? "alternate" : "via", NULL, original);
  return page != NULL || original != NULL;
}

/* ---- the feed ---- */

typedef struct Feed {
  const OutputContext *context;
  GString *out;
} Feed;

static void flush(const Feed *feed)
{
  fwrite(feed->out->str, 1, feed->out->len, feed->context->out);
  g_string_truncate(feed->out, 0);
}

static void write_entry(Answer *answer, const Hit *hit, gpointer data)
{
  const Feed *feed = data;
  GString *out = feed->out;
  const Article *article = hit->article;
  gboolean is_title;
  g_autofree char *title = output_heading(article, &is_title);
  const char *lang = article_first(article, FIELD_LANG);
  html(out, "<entry");
  if (lang != NULL) html_attr(out, "xml:lang", lang);
  html(out, ">\n");
  write_id(out, answer->index_uuid, "article:", article_first(article, FIELD_ID));
  html(out, "<title>");
  html_text(out, title);
  html(out, "</title>\n");
  gboolean linked = write_links(out, article, feed->context->urls);
  write_date(out, article, feed->context->updated);
  write_authors(out, article);
  write_categories(out, article);
  /* An entry without a link must have content. */
  Snippet snippet = output_snippet(answer, article);
  if (linked)
    html(out, "<summary>");
  else
    html(out, "<content>");
  html_text(out, snippet.text);
  if (linked)
    html(out, "</summary>\n");
  else
    html(out, "</content>\n");
  snippet_clear(&snippet);
  html(out, "</entry>\n");
  flush(feed);
}

static void write_counts(GString *out, const Answer *answer)
{
  html(out, "<opensearch:totalResults>");
  html_textf(out, "%u", answer->total.estimated);
  html(out, "</opensearch:totalResults>\n<opensearch:startIndex>");
  html_textf(out, "%u", answer->offset + 1);
  html(out, "</opensearch:startIndex>\n<opensearch:itemsPerPage>");
  html_textf(out, "%u", answer_size(answer));
  html(out, "</opensearch:itemsPerPage>\n<opensearch:Query role=\"request\"");
  html_attr(out, "searchTerms", answer->understood);
  html(out, "/>\n");
}

static void write_head(const Feed *feed, const Answer *answer)
{
  GString *out = feed->out;
  const OutputUrls *urls = feed->context->urls;
  g_autofree char *note = output_note(answer);
  html(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<feed xmlns=\"http://www.w3.org/2005/Atom\""
            " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
            " xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\">\n");
  write_id(out, answer->index_uuid, "query:", answer->understood);
  html(out, "<title>");
  html_text(out, *answer->understood == '\0' ? "all articles" : answer->understood);
  html(out, "</title>\n<subtitle>");
  html_text(out, note);
  html(out, "</subtitle>\n");
  write_updated(out, feed->context->updated);
  html(out, "<author><name>sitrep</name></author>\n<generator version=\"" SITREP_VERSION
            "\">sitrep</generator>\n");
  if (urls != NULL && urls->self != NULL)
    write_link(out, "self", "application/atom+xml", urls->self);
  if (urls != NULL && urls->search != NULL) write_link(out, "alternate", "text/html", urls->search);
  write_counts(out, answer);
}

static gboolean atom_search(Answer *answer, const OutputContext *context, GError **error)
{
  g_autoptr(GString) out = g_string_new(NULL);
  Feed feed = {context, out};
  write_head(&feed, answer);
  flush(&feed);
  if (!output_hits(answer, write_entry, &feed, error)) return FALSE;
  html(out, "</feed>\n");
  flush(&feed);
  return TRUE;
}

const Output output_atom = {"atom", atom_search, NULL, NULL, NULL};
