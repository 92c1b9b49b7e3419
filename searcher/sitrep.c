/* sitrep - asks an index. See sitrep(1). One file a subcommand: cmd_*.c. */
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"

typedef struct Subcommand {
  const char *name;
  Command run;
  const char *summary;
} Subcommand;

static const Subcommand subcommands[] = {
    {"search", cmd_search, "find articles"},
    {"facets", cmd_facets, "count countries, actors, sources ... in what matches"},
    {"timeline", cmd_timeline, "count what matches by day, week, month, year"},
    {"show", cmd_show, "print whole articles"},
    {"similar", cmd_similar, "find articles like one"},
    {"copies", cmd_copies, "print the copies of an article, the earliest first"},
    {"neighbours", cmd_neighbours, "print what was published before and after an article"},
    {"terms", cmd_terms, "list words of an index with their frequencies"},
    {"batch", cmd_batch, "count what each query of a list matches"},
    {"info", cmd_info, "print what an index holds"}};

static int usage(FILE *out, int status)
{
  fputs("Usage: sitrep COMMAND [OPTION...] ...\n\nSearches an index that sitrep-index made.\n\n",
        out);
  for (gsize i = 0; i < G_N_ELEMENTS(subcommands); i++)
    fprintf(out, "  sitrep %-10s %s\n", subcommands[i].name, subcommands[i].summary);
  fputs("\nsitrep COMMAND --help tells more; so do sitrep(1) and sitrep-query(7).\n", out);
  return status;
}

int main(int argc, char **argv)
{
  setlocale(LC_CTYPE, ""); /* the rest stays C: it is all English, with decimal points */
  if (argc < 2) return usage(stderr, EXIT_FAILED);
  const char *name = argv[1];
  if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0)
    return usage(stdout, EXIT_FOUND);
  if (strcmp(name, "--version") == 0) {
    printf("sitrep %s\n", SITREP_VERSION);
    return EXIT_FOUND;
  }
  for (gsize i = 0; i < G_N_ELEMENTS(subcommands); i++)
    if (strcmp(name, subcommands[i].name) == 0) return subcommands[i].run(argc - 1, argv + 1);
  fprintf(stderr, "sitrep: there is no command '%s'; see sitrep --help\n", name);
  return EXIT_FAILED;
}
