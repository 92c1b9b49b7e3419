/* html.h - HTML (and XML) onto a buffer, through functions named for the place that text goes to.
 *
 * Markup itself can only be a string literal: html() does not compile with anything else. All other
 * text is escaped by the function that writes it, so no text of an archive or of a request can
 * become markup. What these functions are given need not be valid: bytes that are not UTF-8 become
 * U+FFFD, and control characters (but newline and tab), noncharacters and lone surrogates never get
 * out, so the result is well-formed HTML and XML 1.0 alike. */
#ifndef SITREP_HTML_H
#define SITREP_HTML_H

#include <glib.h>

/* Appends markup: a string literal, nothing else. */
#define html(out, literal) g_string_append_len((out), "" literal "", sizeof(literal) - 1)

/* Text between tags. NULL writes nothing. */
void html_text(GString *out, const char *text);
/* The same for `len` bytes. */
void html_text_len(GString *out, const char *text, gsize len);
/* Text made by printf, escaped as a whole. */
void html_textf(GString *out, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* A number with thousands commas. */
void html_number(GString *out, guint64 number);

/* An attribute with its value, and a space before it: ` name="value"`. */
#define html_attr(out, name, value) html_attr_((out), "" name "", (value))
void html_attr_(GString *out, const char *name, const char *value);
#define html_attr_number(out, name, value) html_attr_number_((out), "" name "", (value))
void html_attr_number_(GString *out, const char *name, guint64 value);

/* ` href="URL"` to another site, for absolute http and https URLs alone; for anything else, such as
 * javascript:, nothing is written and FALSE returned. */
gboolean html_href(GString *out, const char *url);

/* Text with the matches in it (an array of Span, see highlight.h; NULL for none) in <mark>. */
void html_marked(GString *out, const char *text, const GArray *spans);

/* One value of a query string, percent-encoded so that it can stand in an attribute as it is: what
 * is not a letter, digit or one of "-._~:/,!*" is encoded, a space as "+". */
void html_url_arg(GString *out, const char *value);

#endif
