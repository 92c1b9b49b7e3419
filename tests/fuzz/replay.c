/* replay.c - a fuzz target without a fuzzer: it reads the files given as arguments. */
#include <glib.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int argc, char **argv)
{
  for (int i = 1; i < argc; i++) {
    g_autofree char *content = NULL;
    g_autoptr(GError) error = NULL;
    gsize len = 0;
    if (!g_file_get_contents(argv[i], &content, &len, &error)) {
      fprintf(stderr, "%s\n", error->message);
      return EXIT_FAILURE;
    }
    LLVMFuzzerTestOneInput((const uint8_t *)content, len);
  }
  return EXIT_SUCCESS;
}
