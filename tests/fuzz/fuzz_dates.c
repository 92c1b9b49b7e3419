/* fuzz_dates.c - stated dates, addresses and heads of articles: any bytes give a date that exists,
 * within the text, or none. */
#include <stdint.h>
#include <string.h>

#include "../../indexer/date_head.h"
#include "../../indexer/date_url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void scan(const char *text, gsize len)
{
  DateSpan span;
  for (gsize from = 0; date_scan(text, len, from, &span); from = span.end) {
    g_assert_true(span.start >= from && span.start < span.end && span.end <= len);
    if (span.date.year > 0) g_assert_true(date_valid(span.date));
  }
}

static void find_head(const char *text, gsize len)
{
  HeadDates dates;
  head_dates_find(&dates, text, len);
  for (int kind = 0; kind < HEAD_KINDS; kind++)
    if (dates.found[kind]) g_assert_true(dates.spans[kind].end <= len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  Date date;
  g_autofree char *text = g_strndup((const char *)data, size);
  gsize len = strlen(text);
  if (date_parse(text, (gssize)len, &date)) g_assert_true(date_valid(date));
  if (date_of_url(text, &date)) g_assert_true(date_valid(date));
  scan(text, len);
  if (g_utf8_validate(text, (gssize)len, NULL)) find_head(text, len);
  return 0;
}
