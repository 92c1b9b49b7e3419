/* sitrep.cgi - the search page, by CGI or FastCGI. See sitrep.cgi(8). */
#include <fcgiapp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "site.h"

/* ---- the time limit ---- */

/* Whatever takes too long, at any place of the search, is ended by a signal: the process writes
 * this and is gone. A FastCGI server starts another one. */
static const char too_slow[] =
    "Status: 503 Service Unavailable\r\n"
    "Content-Type: text/html; charset=utf-8\r\n"
    "Content-Security-Policy: default-src 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Cache-Control: no-store\r\n"
    "Retry-After: 60\r\n\r\n"
    "<!doctype html><html lang=\"en\"><head><title>Too slow</title></head><body><h1>The search "
    "took "
    "too long</h1><p>It was given up at this server's time limit. Ask for less: more words, fewer "
    "years, no facets.</p></body></html>\n";

enum { RECORD_HEAD = 8, RECORD_MAX = 2048, RECORDS = 4 };
_Static_assert(sizeof(too_slow) + (size_t)RECORDS * RECORD_HEAD <= RECORD_MAX, "no room");

static struct {
  int fd;
  size_t size;
  unsigned char bytes[RECORD_MAX];
} last_words;

static void on_alarm(int signal_)
{
  (void)signal_;
  for (size_t at = 0; at < last_words.size;) {
    ssize_t n = write(last_words.fd, last_words.bytes + at, last_words.size - at);
    if (n <= 0) break;
    at += (size_t)n;
  }
  static const char note[] = "sitrep.cgi: a search was given up at the time limit\n";
  (void)!write(STDERR_FILENO, note, sizeof(note) - 1);
  _exit(0);
}

static void add_bytes(const void *bytes, size_t len)
{
  memcpy(last_words.bytes + last_words.size, bytes, len);
  last_words.size += len;
}

/* The head of a FastCGI record (specification 1.0, section 3.3). */
static void add_record(int type, int id, size_t len)
{
  const unsigned char head[RECORD_HEAD] = {1,
                                           (unsigned char)type,
                                           (unsigned char)(id >> 8),
                                           (unsigned char)id,
                                           (unsigned char)(len >> 8),
                                           (unsigned char)len};
  add_bytes(head, sizeof(head));
}

/* Starts the clock; `request` NULL: plain CGI. */
static void start_clock(unsigned seconds, const FCGX_Request *request)
{
  enum { END_REQUEST = 3, STDOUT = 6 };
  static const unsigned char complete[8] = {0};
  last_words.size = 0;
  last_words.fd = request == NULL ? STDOUT_FILENO : request->ipcFd;
  if (request != NULL) add_record(STDOUT, request->requestId, sizeof(too_slow) - 1);
  add_bytes(too_slow, sizeof(too_slow) - 1);
  if (request != NULL) {
    add_record(STDOUT, request->requestId, 0);
    add_record(END_REQUEST, request->requestId, sizeof(complete));
    add_bytes(complete, sizeof(complete));
  }
  signal(SIGALRM, on_alarm);
  alarm(seconds);
}

/* What is computed may take any time to be sent. */
static void stop_clock(void)
{
  alarm(0);
}

/* ---- the two protocols ---- */

static ssize_t write_stream(void *cookie, const char *bytes, size_t len)
{
  int written = FCGX_PutStr(bytes, (int)len, cookie);
  return written < 0 ? 0 : written;
}

static void answer_fastcgi(Site *site, FCGX_Request *request)
{
  FILE *out = fopencookie(request->out, "w", (cookie_io_functions_t){.write = write_stream});
  if (out == NULL) return;
  const Exchange exchange = {.environment = request->envp, .out = out, .begun = stop_clock};
  start_clock(site->time_limit, request);
  site_answer(site, &exchange);
  fclose(out);
}

static int serve_fastcgi(Site *site)
{
  FCGX_Request request;
  if (FCGX_Init() != 0 || FCGX_InitRequest(&request, 0, 0) != 0) return 1;
  while (FCGX_Accept_r(&request) >= 0) {
    answer_fastcgi(site, &request);
    FCGX_Finish_r(&request);
  }
  return 0;
}

static int serve_cgi(Site *site)
{
  const Exchange exchange = {.environment = environ, .out = stdout, .begun = stop_clock};
  start_clock(site->time_limit, NULL);
  site_answer(site, &exchange);
  return fclose(stdout) == 0 ? 0 : 1;
}

static int say_what_this_is(int argc, char **argv)
{
  if (argc > 1 && strcmp(argv[1], "--version") == 0) {
    printf("sitrep.cgi %s\n", SITREP_VERSION);
    return 0;
  }
  gboolean help = argc > 1 && strcmp(argv[1], "--help") == 0;
  fputs("Usage: a web server runs sitrep.cgi, by CGI or FastCGI; see sitrep.cgi(8).\n",
        help ? stdout : stderr);
  return help ? 0 : 2;
}

int main(int argc, char **argv)
{
  gboolean plain = FCGX_IsCGI();
  if (plain && g_getenv("REQUEST_METHOD") == NULL) return say_what_this_is(argc, argv);
  g_autoptr(GError) error = NULL;
  g_autoptr(Site) site = site_new(&error);
  if (site != NULL) return plain ? serve_cgi(site) : serve_fastcgi(site);
  fprintf(stderr, "sitrep.cgi: %s\n", error->message);
  if (plain)
    fputs("Status: 503 Service Unavailable\r\nContent-Type: text/plain\r\n\r\n"
          "The search page is not set up rightly; the server's log tells more.\n",
          stdout);
  return 1;
}
