/* trivial_cgi - the least that a CGI program can be: a page that never changes, as large as one of
 * ours. */
#include <stdio.h>

int main(void)
{
  enum { LINES = 200 };
  fputs("Content-Type: text/html; charset=utf-8\r\n\r\n<!doctype html><title>Trivial</title>\n",
        stdout);
  for (int i = 0; i < LINES; i++)
    fputs("<p>A line of a page that is the same whatever one asks for, and says nothing at all.\n",
          stdout);
  return 0;
}
