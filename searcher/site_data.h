/* site_data.h - answers of the page in other formats than HTML, by the outputs of the command line.
 * For site.c alone. */
#ifndef SITREP_SITE_DATA_H
#define SITREP_SITE_DATA_H

#include "cgi.h"
#include "output.h"
#include "site.h"
#include "view.h"

typedef struct DataRequest {
  const Exchange *exchange;
  const Site *site;
  const View *view;
  ShimDb *db;
  const char *etag;
  gint64 updated; /* when the index was last written, in seconds since 1970 */
} DataRequest;

/* Sends what view->format asks for. FALSE with an error, and nothing is sent then; what fails once
 * rows are on their way can only end them, and is told to standard error. */
gboolean data_send(const DataRequest *data, GError **error);

#endif
