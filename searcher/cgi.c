/* cgi.c - see cgi.h */
#include "cgi.h"

#include <string.h>

const char *exchange_variable(const Exchange *exchange, const char *name)
{
  gsize len = strlen(name);
  for (char *const *entry = exchange->environment; *entry != NULL; entry++)
    if (strncmp(*entry, name, len) == 0 && (*entry)[len] == '=') return *entry + len + 1;
  return NULL;
}

gboolean exchange_is_head(const Exchange *exchange)
{
  return g_strcmp0(exchange_variable(exchange, "REQUEST_METHOD"), "HEAD") == 0;
}

/* What a browser says is believed where it can only be the name of a host. */
static const char *host_of(const Exchange *exchange)
{
  static const char allowed[] =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]_";
  const char *said = exchange_variable(exchange, "HTTP_HOST");
  if (said != NULL && *said != '\0' && strspn(said, allowed) == strlen(said)) return said;
  const char *name = exchange_variable(exchange, "SERVER_NAME");
  return name == NULL ? "localhost" : name;
}

char *exchange_address(const Exchange *exchange)
{
  const char *https = exchange_variable(exchange, "HTTPS");
  const char *scheme = exchange_variable(exchange, "REQUEST_SCHEME");
  const char *script = exchange_variable(exchange, "SCRIPT_NAME");
  gboolean has_script = script != NULL && *script != '\0';
  gboolean secure = g_strcmp0(https, "on") == 0 || g_strcmp0(scheme, "https") == 0;
  g_autofree char *path = g_uri_escape_string(has_script ? script : "/", "/", FALSE);
  return g_strconcat(secure ? "https://" : "http://", host_of(exchange), path, NULL);
}

const char *status_words(int status)
{
  switch (status) {
  case 200: return "OK";
  case 304: return "Not Modified";
  case 400: return "Bad Request";
  case 404: return "Not Found";
  case 405: return "Method Not Allowed";
  case 414: return "URI Too Long";
  case 503: return "Service Unavailable";
  default: return "Internal Server Error";
  }
}

enum { RETRY_SECONDS = 10 };

void reply_head(const Exchange *exchange, const ReplyHead *head)
{
  FILE *out = exchange->out;
  if (exchange->begun != NULL) exchange->begun();
  fprintf(out, "Status: %d %s\r\n", head->status, status_words(head->status));
  if (head->type != NULL) fprintf(out, "Content-Type: %s\r\n", head->type);
  if (head->length >= 0) fprintf(out, "Content-Length: %" G_GSSIZE_FORMAT "\r\n", head->length);
  if (head->etag != NULL) fprintf(out, "ETag: %s\r\n", head->etag);
  if (head->file != NULL)
    fprintf(out, "Content-Disposition: attachment; filename=\"%s\"\r\n", head->file);
  if (head->status == 405) fputs("Allow: GET, HEAD\r\n", out);
  if (head->status == 503) fprintf(out, "Retry-After: %d\r\n", RETRY_SECONDS);
  fprintf(out, "Cache-Control: %s\r\n",
          head->forever        ? "public, max-age=31536000, immutable"
          : head->etag != NULL ? "no-cache"
                               : "no-store");
  fputs("Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self' data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'\r\n"
        "X-Content-Type-Options: nosniff\r\n"
        "Referrer-Policy: same-origin\r\n\r\n",
        out);
}

void reply(const Exchange *exchange, ReplyHead *head, const char *body, gsize len)
{
  head->length = (gssize)len;
  reply_head(exchange, head);
  if (!exchange_is_head(exchange)) fwrite(body, 1, len, exchange->out);
}

/* Servers that compress write something behind the tag, or make it weak: what it names counts. */
gboolean exchange_has(const Exchange *exchange, const char *etag)
{
  const char *known = exchange_variable(exchange, "HTTP_IF_NONE_MATCH");
  if (known == NULL) return FALSE;
  g_auto(GStrv) parts = g_strsplit(etag, "\"", -1);
  return strcmp(known, "*") == 0 || strstr(known, parts[1]) != NULL;
}
