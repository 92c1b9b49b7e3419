/* cgi.h - one request to a web server and the reply to it, by CGI/1.1 (RFC 3875) or FastCGI. */
#ifndef SITREP_CGI_H
#define SITREP_CGI_H

#include <glib.h>
#include <stdio.h>

typedef struct Exchange {
  char *const *environment; /* "NAME=value" of the request, ended by NULL */
  FILE *out;                /* the reply: head, empty line, body */
  /* Called once, before the first byte of the reply; NULL for nothing. */
  void (*begun)(void);
} Exchange;

/* A variable of the request, NULL when it is not there. */
const char *exchange_variable(const Exchange *exchange, const char *name);

/* TRUE for HEAD: the reply has no body. */
gboolean exchange_is_head(const Exchange *exchange);

/* The address of the program without a query string, as "https://example.org/cgi-bin/sitrep.cgi",
 * from what the server and the browser say; g_free() it. */
char *exchange_address(const Exchange *exchange);

typedef struct ReplyHead {
  int status;       /* of HTTP: 200, 404 ... */
  const char *type; /* the media type, with charset */
  const char *etag; /* with its quotation marks; NULL: none */
  const char *file; /* the name under which a browser saves it; NULL: it is shown */
  gboolean forever; /* never changes under this address */
  gssize length;    /* of the body in bytes; -1: not known */
} ReplyHead;

/* Writes status, headers and the empty line. No text of the request gets into it. */
void reply_head(const Exchange *exchange, const ReplyHead *head);

/* The same and the body, which HEAD leaves out; `head->length` is filled in. */
void reply(const Exchange *exchange, ReplyHead *head, const char *body, gsize len);

/* TRUE when the client has that state already (If-None-Match). */
gboolean exchange_has(const Exchange *exchange, const char *etag);

/* What a status is called: "Not Found". Static. */
const char *status_words(int status);

#endif
