/* error.c - see error.h */
#include "error.h"

GQuark sitrep_error_quark(void)
{
  return g_quark_from_static_string("sitrep-error");
}

gboolean shim_ok(ShimStatus status, GError **error)
{
  if (status == SHIM_OK) return TRUE;
  g_set_error(error, SITREP_ERROR, SITREP_ERROR_SHIM + (int)status, "%s", shim_message());
  return FALSE;
}

ShimStatus error_shim_status(const GError *error)
{
  if (error == NULL) return SHIM_OK;
  if (error->domain != SITREP_ERROR || error->code < SITREP_ERROR_SHIM) return SHIM_INTERNAL;
  return (ShimStatus)(error->code - SITREP_ERROR_SHIM);
}
