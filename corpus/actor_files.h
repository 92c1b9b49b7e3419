/* actor_files.h - reads actors from files: actors.tsv at build time, a user's at run time.
 *
 * Two formats, told apart by their shape:
 *
 *   TSV       the columns of corpus/gazetteer/actors.tsv, whose head tells about them and about the
 *             marks ? and =; those behind the name may be left out. A first line that begins
 *             "name" is a heading.
 *   PETRARCH  actor dictionaries of TABARI and PETRARCH, as the Phoenix ones (https://github.com/
 *             openeventdata/Dictionaries): NAMES_WITH_UNDERSCORES, "+SYNONYM_" lines below, codes
 *             "[YEMREB 980101-]" behind or below, comments from '#' or ';' on. The first three
 *             letters of a code are the country's, what follows tells the kind of actor. Names
 *             match whole words, whether or not they end in '_'. */
#ifndef SITREP_ACTOR_FILES_H
#define SITREP_ACTOR_FILES_H

#include "actor_list.h"

/* Called with what is wrong in a line, counted from 1: a sentence without full stop. What is wrong
 * is left out, the rest is read. */
typedef void (*ActorReport)(void *context, guint line, const char *what);

/* Adds the actors that a text (`len` bytes) in either format names. */
void actors_read(ActorList *list, const char *text, gsize len, ActorReport report, void *context);

/* The same of a file, of at most ACTOR_FILE_MAX bytes. FALSE with an error, of the domain
 * G_FILE_ERROR, when it cannot be read. */
enum { ACTOR_FILE_MAX = 64 << 20 };
gboolean actors_read_file(ActorList *list, const char *path, ActorReport report, void *context,
                          GError **error);

/* What the two formats share; for actor_files.c and actor_petrarch.c. */
typedef struct ActorReading {
  ActorList *list;
  guint line;
  ActorReport report;
  void *context;
} ActorReading;

/* Reports what is wrong in the line. */
void actor_complain(const ActorReading *reading, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* TRUE when lines have the shape of a PETRARCH dictionary. */
gboolean petrarch_recognise(char **lines);
/* Reads the lines, which it changes. */
void petrarch_read(ActorReading *reading, char **lines);

#endif
