/* params.h - the parameters of a request, out of its query string.
 *
 * "q=cease+fire&country=IL&-country=US": names and values percent-decoded, "+" a space. Whatever
 * bytes come in, names and values are valid UTF-8 on one line: broken percent signs stand for
 * themselves, bytes that are not UTF-8 become U+FFFD, control characters spaces; white space at the
 * ends is cut. */
#ifndef SITREP_PARAMS_H
#define SITREP_PARAMS_H

#include <glib.h>

/* More parameters than that are refused. */
enum { PARAMS_MAX = 200 };

typedef struct Param {
  char *name, *value; /* never NULL */
} Param;

/* The parameters in order, as Param *; NULL with an error when there are more than PARAMS_MAX.
 * Nameless ones are passed over. Free with g_ptr_array_free(). */
GPtrArray *params_parse(const char *query_string, GError **error);

#endif
