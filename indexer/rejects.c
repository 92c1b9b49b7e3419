/* rejects.c - see rejects.h */
#include "rejects.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>

#include "../corpus/error.h"

enum { SHOWN_MAX = 20 };

struct Rejects {
  char *path;
  FILE *file; /* NULL when nobody asked for one */
  guint64 count;
};

Rejects *rejects_new(const char *path, GError **error)
{
  FILE *file = NULL;
  if (path != NULL && (file = fopen(path, "w")) == NULL) {
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_OUTPUT, "%s cannot be written: %s", path,
                g_strerror(errno));
    return NULL;
  }
  Rejects *rejects = g_new0(Rejects, 1);
  rejects->path = g_strdup(path);
  rejects->file = file;
  return rejects;
}

static void show(const Rejects *rejects, const char *input, const Reject *reject)
{
  if (rejects->count == SHOWN_MAX)
    fprintf(stderr, "sitrep-index: further rejects are counted and not shown%s\n",
            rejects->file == NULL ? "; --rejects FILE keeps them all" : "");
  if (rejects->count >= SHOWN_MAX) return;
  fprintf(stderr, "sitrep-index: %s", input);
  if (reject->record > 0) fprintf(stderr, ", record %" G_GUINT64_FORMAT, reject->record);
  if (reject->line > 0) fprintf(stderr, ", line %" G_GUINT64_FORMAT, reject->line);
  fprintf(stderr, ": %s\n", reject->reason);
}

static void write_line(FILE *file, const char *input, const Reject *reject)
{
  g_autofree char *name = g_utf8_make_valid(input, -1);
  json_t *line = json_pack("{s:s}", "input", name);
  if (reject->record > 0)
    json_object_set_new(line, "record", json_integer((json_int_t)reject->record));
  if (reject->line > 0) json_object_set_new(line, "line", json_integer((json_int_t)reject->line));
  json_object_set_new(line, "reason", json_string(reject->reason));
  json_dumpf(line, file, JSON_COMPACT);
  fputc('\n', file);
  json_decref(line);
}

void rejects_add(Rejects *rejects, const char *input, const Reject *reject)
{
  show(rejects, input, reject);
  rejects->count++;
  if (rejects->file != NULL) write_line(rejects->file, input, reject);
}

guint64 rejects_count(const Rejects *rejects)
{
  return rejects->count;
}

gboolean rejects_close(Rejects *rejects, GError **error)
{
  gboolean ok = TRUE;
  if (rejects->file != NULL) {
    gboolean failed = ferror(rejects->file) != 0;
    if (fclose(rejects->file) != 0 || failed) {
      g_set_error(error, SITREP_ERROR, SITREP_ERROR_OUTPUT,
                  "the rejects could not all be written to %s: %s", rejects->path,
                  g_strerror(errno));
      ok = FALSE;
    }
  }
  g_free(rejects->path);
  g_free(rejects);
  return ok;
}
