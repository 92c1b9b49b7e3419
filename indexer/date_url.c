/* date_url.c - see date_url.h */
#include "date_url.h"

#include <string.h>

#include "../corpus/date_scan.h"

/* How papers write dates in addresses, and what must follow: "$" is the end. Eight digits at the
 * end are as likely the number of the article. */
typedef struct Form {
  const char *patterns[5];
  const char *followers;
} Form;

static const Form segments[] = {
    {{"Y/m/d", "Y/M/d"}, "/.$"},
    {{"Y-m/d", "Y/b", "Y-b"}, "/"},
    {{"Y-m-d", "Y_m_d", "d-m-Y"}, "/.-_$"},
    {{"B"}, "/-_"},
    {{"Y/m", "Y-m", "Y/M"}, "/"},
    {{"Y"}, "/"},
};
static const Form inner[] = {{{"Y-m-d"}, "/.$"}};

static gboolean is_followed(const Form *form, const char *at, const char *end)
{
  return strchr(form->followers, at == end ? '$' : *at) != NULL;
}

static guint precision(Date date)
{
  return date.day > 0 ? 3 : date.month > 0 ? 2 : date.year > 0;
}

/* Takes what a form finds at `at` when that is more exact. */
static void improve(const Form *form, const char *at, const char *end, Date *best)
{
  const DateForms forms = {form->patterns, DATE_SCAN_YEAR_MIN, NULL};
  DateSpan span;
  if (!date_match(&forms, at, (gsize)(end - at), &span)) return;
  if (span.swappable || span.weekday > 0 || !is_followed(form, at + span.end, end)) return;
  if (precision(span.date) > precision(*best)) *best = span.date;
}

/* The last address in it: an archive's has that of what it copied at its end. */
static const char *path_of(const char *url)
{
  const char *address = url;
  for (const char *at = url; (at = strstr(at, "://")) != NULL; at += 3) address = at + 3;
  return address + strcspn(address, "/?#");
}

gboolean date_of_url(const char *url, Date *date)
{
  const char *path = path_of(url);
  const char *end = path + strcspn(path, "?#");
  *date = (Date){0};
  for (const char *at = path; at < end; at++) {
    if (!g_ascii_isdigit(at[1])) continue;
    if (*at == '/')
      for (gsize i = 0; i < G_N_ELEMENTS(segments); i++) improve(&segments[i], at + 1, end, date);
    else if (*at == '-' || *at == '_')
      improve(&inner[0], at + 1, end, date);
  }
  return date->year > 0;
}
