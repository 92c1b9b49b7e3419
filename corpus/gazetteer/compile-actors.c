/* compile-actors.c - turns actors.tsv into the table that actors_builtin.c includes.
 *
 *   compile-actors corpus/gazetteer/actors.tsv build/actors.inc
 *
 * Runs at build time. Malformed rows are reported with file and line, nothing is written, and the
 * exit status is 1. tests/lint/actors.py checks more. */
#include <stdio.h>
#include <stdlib.h>

#include "../actor_files.h"
#include "inflect.h"

enum { INFLECTED_MIN = 4 /* letters of names that decline */ };

typedef struct Compiler {
  const char *path;
  guint errors;
} Compiler;

static void report(void *context, guint line, const char *what)
{
  Compiler *compiler = context;
  fprintf(stderr, "%s:%u: %s\n", compiler->path, line, what);
  compiler->errors++;
}

/* Russian names in all cases. */
static void inflect(const char *name, NameForm add, void *context)
{
  if (is_cyrillic(name) && g_utf8_strlen(name, -1) >= INFLECTED_MIN)
    decline_phrase(name, add, context);
}

int main(int argc, char **argv)
{
  if (argc != 3) {
    fprintf(stderr, "Usage: compile-actors ACTORS.TSV OUTPUT\n");
    return EXIT_FAILURE;
  }
  Compiler compiler = {.path = argv[1]};
  g_autoptr(ActorList) list = actor_list_new();
  g_autoptr(GError) error = NULL;
  actor_list_inflect(list, inflect);
  g_autoptr(GString) out = g_string_new("/* Written by compile-actors from actors.tsv. */\n");
  if (actors_read_file(list, argv[1], report, &compiler, &error) && compiler.errors == 0) {
    actor_list_write(list, "actor", out);
    if (g_file_set_contents(argv[2], out->str, (gssize)out->len, &error)) return EXIT_SUCCESS;
  }
  if (error != NULL) fprintf(stderr, "compile-actors: %s\n", error->message);
  return EXIT_FAILURE;
}
