/* cuts.c - see cuts.h */
#include "cuts.h"

#include <string.h>

struct Cuts {
  GArray *list; /* of Cut */
  char *text;   /* NULL until it is asked for */
};

Cuts *cuts_new(void)
{
  Cuts *cuts = g_new0(Cuts, 1);
  cuts->list = g_array_new(FALSE, FALSE, sizeof(Cut));
  return cuts;
}

void cuts_free(Cuts *cuts)
{
  if (cuts == NULL) return;
  g_array_unref(cuts->list);
  g_free(cuts->text);
  g_free(cuts);
}

static gboolean is_boundary(const char *text, gsize at)
{
  return ((guchar)text[at] & 0xC0) != 0x80;
}

/* A reason too is cut between two characters. */
static void copy_why(Cut *cut, const char *why)
{
  gsize len = MIN(strlen(why), (gsize)CUT_WHY_MAX - 1);
  while (len > 0 && !is_boundary(why, len)) len--;
  memcpy(cut->why, why, len);
  cut->why[len] = '\0';
}

gboolean cuts_add(Cuts *cuts, const char *text, gsize start, gsize end, const char *why)
{
  guint n = cuts->list->len;
  Cut *last = n == 0 ? NULL : &g_array_index(cuts->list, Cut, n - 1);
  if (start >= end || end > strlen(text) || (last != NULL && start < last->end)) return FALSE;
  if (!is_boundary(text, start) || !is_boundary(text, end)) return FALSE;
  g_clear_pointer(&cuts->text, g_free);
  Cut cut = {.start = start, .end = end};
  copy_why(&cut, why);
  if (last != NULL && last->end == start && strcmp(last->why, cut.why) == 0)
    last->end = end;
  else
    g_array_append_val(cuts->list, cut);
  return TRUE;
}

const GArray *cuts_list(const Cuts *cuts)
{
  return cuts->list;
}

static char *apply(const GArray *list, const char *text)
{
  GString *kept = g_string_sized_new(strlen(text));
  gsize at = 0;
  for (guint i = 0; i < list->len; i++) {
    const Cut *cut = &g_array_index(list, Cut, i);
    g_string_append_len(kept, text + at, (gssize)(cut->start - at));
    at = cut->end;
  }
  g_string_append(kept, text + at);
  const char *end = kept->str + kept->len;
  while (end > kept->str && g_unichar_isspace(g_utf8_get_char(g_utf8_prev_char(end))))
    end = g_utf8_prev_char(end);
  g_string_truncate(kept, (gsize)(end - kept->str));
  return g_string_free(kept, FALSE);
}

const char *cuts_text(Cuts *cuts, const char *text)
{
  if (cuts->text == NULL) cuts->text = apply(cuts->list, text);
  return cuts->text;
}

json_t *cuts_to_json(const Cuts *cuts, const char *text)
{
  json_t *array = json_array();
  glong characters = 0;
  gsize at = 0;
  for (guint i = 0; i < cuts->list->len; i++) {
    const Cut *cut = &g_array_index(cuts->list, Cut, i);
    glong start = characters + g_utf8_strlen(text + at, (gssize)(cut->start - at));
    characters = start + g_utf8_strlen(text + cut->start, (gssize)(cut->end - cut->start));
    at = cut->end;
    json_array_append_new(array, json_pack("{s:I, s:I, s:s}", "start", (json_int_t)start, "end",
                                           (json_int_t)characters, "why", cut->why));
  }
  return array;
}
