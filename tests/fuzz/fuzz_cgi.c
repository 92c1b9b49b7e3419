/* fuzz_cgi.c - addresses of the page: any query string is refused or becomes a view that is written
 * as an address which is read back as the same, and a request or an error. Without index: no search
 * is made. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../searcher/page.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(gboolean holds)
{
  if (!holds) abort();
}

/* Nothing in an address may end the attribute that it stands in. */
static char *address_of(const View *view)
{
  GString *address = g_string_new(NULL);
  const Link link = {.view = *view};
  link_write(address, &link);
  require(strpbrk(address->str, "<>\"' \n") == NULL);
  char *plain = g_string_free(address, FALSE);
  char *to = plain;
  for (const char *from = plain; *from != '\0'; from += g_str_has_prefix(from, "&amp;") ? 5 : 1)
    *to++ = *from;
  *to = '\0';
  return plain;
}

static void check_address(const View *view)
{
  g_autofree char *address = address_of(view);
  g_autoptr(View) again = NULL;
  require(view_parse(address + 1, &again, NULL));
  g_autofree char *same = address_of(again);
  require(strcmp(address, same) == 0);
}

static void check_pages(const View *view)
{
  Site site = {.title = (char *)"fuzz", .indexes = g_ptr_array_new()};
  Page page = {.out = g_string_new(NULL), .site = &site, .view = view, .status = 400};
  page_error(&page, view->query == NULL ? "wrong" : view->query);
  require(g_utf8_validate(page.out->str, (gssize)page.out->len, NULL));
  require(strstr(page.out->str, "<script") == NULL);
  g_string_free(page.out, TRUE);
  g_ptr_array_free(site.indexes, TRUE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup((const char *)data, size);
  g_autoptr(View) view = NULL;
  if (view_parse(text, &view, NULL)) {
    check_address(view);
    g_autoptr(Request) request = view_request(view, NULL);
    if (request != NULL) node_free(request_tree(request, NULL));
  }
  check_pages(view);
  return 0;
}
