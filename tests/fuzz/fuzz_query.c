/* fuzz_query.c - the query parser: any text is refused or becomes a tree whose canonical form is
 * read back as the same. A first byte below '!' picks the parser of dates or of a field's values.
 */
#include <stdint.h>
#include <string.h>

#include "../../searcher/query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(Node *node)
{
  if (node == NULL) return;
  g_autofree char *printed = query_print(node);
  Node *again = query_parse(printed, NULL, NULL);
  g_assert_nonnull(again);
  g_autofree char *reprinted = query_print(again);
  g_assert_cmpstr(printed, ==, reprinted);
  node_free(again);
  node_free(node);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  g_autoptr(GError) error = NULL;
  guint8 pick = size > 0 && data[0] < '!' ? data[0] : '!';
  gsize skip = pick < '!' ? 1 : 0;
  g_autofree char *text = g_strndup((const char *)data + skip, size - skip);
  if (pick == 0)
    check(query_date(text, NULL, &error));
  else if (pick < '!' && schema_field((FieldId)(pick % FIELD_COUNT))->facet) /* a filter */
    check(query_value((FieldId)(pick % FIELD_COUNT), text, &error));
  else
    check(query_parse(text, NULL, &error));
  return 0;
}

#ifdef FUZZ_MAIN
int main(int argc, char **argv)
{
  for (int i = 1; i < argc; i++) {
    g_autofree char *content = NULL;
    gsize len = 0;
    if (!g_file_get_contents(argv[i], &content, &len, NULL)) return 1;
    LLVMFuzzerTestOneInput((const uint8_t *)content, len);
  }
  return 0;
}
#endif
