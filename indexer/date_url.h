/* date_url.h - the date that an address tells: /2023/06/20/, -2023-06-20/, /20230620/,
 * /2023/jun/20/. For describe_date.c only. */
#ifndef SITREP_DATE_URL_H
#define SITREP_DATE_URL_H

#include "../corpus/date.h"

/* Looks at the path of a URL; of an archive's copy, at the path of what was copied. `date` is a
 * day, else a month, else a year that stands alone between two slashes, which may as well be the
 * name of an event; FALSE when there is none. Numbers that may be the id of an article are no date,
 * nor are those that can be read day first and month first. */
gboolean date_of_url(const char *url, Date *date);

#endif
