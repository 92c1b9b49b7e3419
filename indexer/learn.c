/* learn.c - see learn.h */
#include "learn.h"

#include <string.h>

enum {
  COUNTED_HEAD = ENDS_HEAD - 1, /* the one more is only looked at as a neighbour */
  COUNTED_TAIL = ENDS_KNOWN - 1,
  SENTENCE_WORDS = 8 /* so many, and a full stop: it may be a sentence of the text */
};

typedef struct Seen {
  guint64 key;
  guint32 count;
  guint32 article; /* the last that had it: one article counts once */
  guint8 n_inner;
  guint32 inner[LEARN_TIMES]; /* hashes of different lines that stood further in */
} Seen;

typedef struct Source {
  guint64 key;
  guint32 count; /* articles */
} Source;

struct Learner {
  GHashTable *lines;   /* Seen by its key */
  GHashTable *sources; /* Source by its key */
  GHashTable *learnt;  /* guint64 -> what is stored of it */
  guint given;         /* of them, by learner_new() */
  guint32 articles;
};

static void learn(Learner *learner, guint64 key, char *record)
{
  g_hash_table_insert(learner->learnt, g_memdup2(&key, sizeof key), record);
}

/* Takes "tail", tab, source, tab, line. */
static void restore(Learner *learner, const char *record)
{
  g_auto(GStrv) columns = g_strsplit(record, "\t", 3);
  if (g_strv_length(columns) != 3) return;
  gboolean head = strcmp(columns[0], "head") == 0;
  guint64 key = ends_key(columns[1], head, columns[2], strlen(columns[2]));
  if (key != 0) learn(learner, key, g_strdup(record));
}

Learner *learner_new(const char *stored, gsize len)
{
  Learner *learner = g_new0(Learner, 1);
  learner->lines = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
  learner->sources = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
  learner->learnt = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
  g_autofree char *text = g_strndup(len == 0 ? "" : stored, len);
  g_auto(GStrv) records = g_strsplit(text, "\n", -1);
  for (gsize i = 0; records[i] != NULL; i++) restore(learner, records[i]);
  learner->given = g_hash_table_size(learner->learnt);
  return learner;
}

void learner_free(Learner *learner)
{
  if (learner == NULL) return;
  g_hash_table_unref(learner->lines);
  g_hash_table_unref(learner->sources);
  g_hash_table_unref(learner->learnt);
  g_free(learner);
}

/* ---- counting ---- */

static gboolean halve_seen(G_GNUC_UNUSED gpointer key, gpointer value, G_GNUC_UNUSED gpointer data)
{
  return (((Seen *)value)->count /= 2) == 0;
}

static gboolean halve_source(G_GNUC_UNUSED gpointer key, gpointer value,
                             G_GNUC_UNUSED gpointer data)
{
  return (((Source *)value)->count /= 2) == 0;
}

static void forget(Learner *learner)
{
  g_hash_table_foreach_remove(learner->lines, halve_seen, NULL);
  g_hash_table_foreach_remove(learner->sources, halve_source, NULL);
}

static void add_inner(Seen *seen, guint32 inner)
{
  for (guint i = 0; i < seen->n_inner; i++)
    if (seen->inner[i] == inner) return;
  if (seen->n_inner < LEARN_TIMES) seen->inner[seen->n_inner++] = inner;
}

/* Counts the lines of one end, the innermost first. `inner` is the line further in than all. A line
 * that nobody has had before is text: it tells the article from others. */
static void count_end(Learner *learner, const EndLine *lines, guint n, guint64 inner)
{
  for (guint i = n; i-- > 0;) {
    guint64 key = lines[i].key;
    if (key == 0) continue;
    Seen *seen = g_hash_table_lookup(learner->lines, &key);
    gboolean is_new = seen == NULL;
    if (is_new && g_hash_table_contains(learner->learnt, &key)) continue;
    if (is_new) {
      seen = g_new0(Seen, 1);
      seen->key = key;
      g_hash_table_insert(learner->lines, &seen->key, seen);
    }
    if (is_new || seen->article != learner->articles) seen->count++;
    seen->article = learner->articles;
    if (inner != 0) add_inner(seen, (guint32)inner);
    if (is_new) inner = key;
  }
}

static guint64 source_key(const char *source)
{
  return ends_key(source, FALSE, "a", 1);
}

void learner_count(Learner *learner, const char *source, const Ends *ends)
{
  guint64 key = source_key(source);
  Source *count = g_hash_table_lookup(learner->sources, &key);
  if (count == NULL) {
    count = g_new0(Source, 1);
    count->key = key;
    g_hash_table_insert(learner->sources, &count->key, count);
  }
  count->count++;
  learner->articles++;
  guint head = MIN(ends->n_head, COUNTED_HEAD), tail = MIN(ends->n_tail, COUNTED_TAIL);
  count_end(learner, ends->head, head, ends->n_head > head ? ends->head[head].key : 0);
  count_end(learner, ends->tail, tail, ends->n_tail > tail ? ends->tail[tail].key : 0);
  if (g_hash_table_size(learner->lines) > LEARN_LINES) forget(learner);
}

/* ---- knowing ---- */

static gboolean may_be_text(const char *line, gsize len)
{
  guint words = 1;
  for (gsize i = 0; i < len; i++) words += line[i] == ' ';
  return words >= SENTENCE_WORDS && (strchr(".!?\"", line[len - 1]) != NULL ||
                                     (len > 2 && memcmp(line + len - 2, "؟", 2) == 0));
}

/* White space squeezed, ASCII letters small: as ends_key() takes it. */
static char *record(const char *source, gboolean head, const char *line, gsize len)
{
  g_autofree char *copy = g_strndup(line, len);
  g_auto(GStrv) words = g_strsplit_set(copy, " \t\n\v\f\r", -1);
  GString *out = g_string_new(head ? "head\t" : "tail\t");
  g_string_append(out, source);
  for (gsize i = 0, n = 0; words[i] != NULL; i++) {
    if (*words[i] == '\0') continue;
    g_autofree char *small = g_ascii_strdown(words[i], -1);
    g_string_append_printf(out, "%c%s", n++ == 0 ? '\t' : ' ', small);
  }
  return g_string_free(out, FALSE);
}

gboolean learner_knows(Learner *learner, const char *source, gboolean head, const char *body,
                       const EndLine *line)
{
  if (line->key == 0) return FALSE;
  if (g_hash_table_contains(learner->learnt, &line->key)) return TRUE;
  const Seen *seen = g_hash_table_lookup(learner->lines, &line->key);
  if (seen == NULL || seen->n_inner < LEARN_TIMES) return FALSE;
  guint64 key = source_key(source);
  const Source *articles = g_hash_table_lookup(learner->sources, &key);
  const char *text = body + line->start;
  gsize len = line->end - line->start;
  guint64 count = seen->count, all = articles == NULL ? 0 : articles->count;
  if (may_be_text(text, len) ? count * 5 < all * 4 : count * 2 < all) return FALSE;
  learn(learner, line->key, record(source, head, text, len));
  return TRUE;
}

static gint compare(gconstpointer a, gconstpointer b)
{
  return strcmp(a, b);
}

GString *learner_store(const Learner *learner, gboolean *changed)
{
  GList *records = g_list_sort(g_hash_table_get_values(learner->learnt), compare);
  GString *out = g_string_new(NULL);
  for (const GList *at = records; at != NULL; at = at->next)
    g_string_append_printf(out, "%s\n", (const char *)at->data);
  g_list_free(records);
  *changed = g_hash_table_size(learner->learnt) != learner->given;
  return out;
}
