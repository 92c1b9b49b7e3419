/* error.h - how corpus/, indexer/ and searcher/ say that something failed.
 *
 * Functions that can fail take a GError ** last and return FALSE or NULL. Messages are whole
 * sentences without a full stop that say what, where and what to do; the program that prints them
 * adds its name. */
#ifndef SITREP_ERROR_H
#define SITREP_ERROR_H

#include "../shim/status.h"
#include <glib.h>

/* The error domain; codes are SitrepErrorCode, or a ShimStatus plus SITREP_ERROR_SHIM. */
#define SITREP_ERROR sitrep_error_quark()
GQuark sitrep_error_quark(void);

typedef enum SitrepErrorCode {
  SITREP_ERROR_USAGE, /* the user's words are off */
  SITREP_ERROR_INPUT, /* an input cannot be read */
  SITREP_ERROR_INDEX, /* the index is missing, foreign, busy or damaged */
  SITREP_ERROR_OUTPUT,
  SITREP_ERROR_NO_ARTICLE, /* the index does not hold an article of that id */
  SITREP_ERROR_SHIM = 100
} SitrepErrorCode;

/* TRUE when `status` is SHIM_OK; otherwise sets `error` with the shim's message. */
gboolean shim_ok(ShimStatus status, GError **error);

/* The ShimStatus that an error of shim_ok() carries, SHIM_INTERNAL for any other, SHIM_OK for
 * NULL. */
ShimStatus error_shim_status(const GError *error);

#endif
