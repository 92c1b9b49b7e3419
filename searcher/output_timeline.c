/* output_timeline.c - see output_timeline.h */
#include "output_timeline.h"

#include <string.h>

static const char *base_name(TimelineBase base)
{
  return base == TIMELINE_OF_ALL ? "all" : "filters";
}

/* ---- for people ---- */

static double size_of(const Period *period, const OutputContext *context)
{
  return context->share ? period_share(period) : period->count;
}

static double largest(const Timeline *timeline, const OutputContext *context)
{
  double most = 0;
  for (guint i = 0; i < timeline->periods->len; i++)
    most = MAX(most, size_of(&g_array_index(timeline->periods, Period, i), context));
  return most;
}

static void write_period(const Timeline *timeline, const Period *period, double most,
                         const OutputContext *context)
{
  g_autofree char *name = period_name(timeline, period);
  g_autofree char *count = output_number(period->count);
  g_autofree char *of = output_number(period->of);
  fprintf(context->out, "%-10s %9s %9s", name, count, of);
  if (period->of > 0) fprintf(context->out, " %7.3f%%", 100 * period_share(period));
  if (period->count > 0) {
    fputs("  ", context->out);
    output_bar(context->out, size_of(period, context) / most);
  }
  fputc('\n', context->out);
}

static void write_rest(guint32 count, const char *what, const OutputContext *context)
{
  if (count == 0) return;
  g_autofree char *number = output_number(count);
  fprintf(context->out, "%-10s %9s\n", what, number);
}

gboolean timeline_text(Answer *answer, const OutputContext *context, GError **error)
{
  (void)error;
  const Timeline *timeline = answer->timeline;
  g_autofree char *total = output_total(answer);
  const char *base = timeline->base == TIMELINE_OF_ALL ? "all" : "filtered";
  fprintf(context->out, "%s, by %s\n", total, timeline_scale_name(timeline->scale));
  if (timeline->periods->len > 0)
    fprintf(context->out, "\n%s%-10s %9s %9s %8s  %s%s\n", context->colour ? "\033[1m" : "",
            timeline_scale_name(timeline->scale), "articles", base, "share",
            context->share ? "bar: share" : "bar: articles", context->colour ? "\033[0m" : "");
  double most = largest(timeline, context);
  for (guint i = 0; i < timeline->periods->len; i++)
    write_period(timeline, &g_array_index(timeline->periods, Period, i), most, context);
  write_rest(timeline->coarse, "less exact", context);
  write_rest(timeline->undated, "undated", context);
  return TRUE;
}

/* ---- for programs ---- */

static json_t *period_json(const Timeline *timeline, const Period *period)
{
  char from[DATE_TEXT_SIZE], to[DATE_TEXT_SIZE];
  date_format(period->from, from);
  date_format(period->to, to);
  g_autofree char *name = period_name(timeline, period);
  return json_pack("{s:s, s:s, s:s, s:I, s:I, s:f}", "period", name, "from", from, "to", to,
                   "count", (json_int_t)period->count, "of", (json_int_t)period->of, "share",
                   period_share(period));
}

json_t *timeline_json(const Timeline *timeline)
{
  json_t *periods = json_array();
  for (guint i = 0; i < timeline->periods->len; i++)
    json_array_append_new(periods,
                          period_json(timeline, &g_array_index(timeline->periods, Period, i)));
  return json_pack("{s:s, s:s, s:o, s:I, s:I}", "by", timeline_scale_name(timeline->scale), "of",
                   base_name(timeline->base), "periods", periods, "coarse",
                   (json_int_t)timeline->coarse, "undated", (json_int_t)timeline->undated);
}

static void write_line(json_t *object, const OutputContext *context)
{
  json_dumpf(object, context->out, JSON_COMPACT | JSON_REAL_PRECISION(6));
  fputc('\n', context->out);
  json_decref(object);
}

static void write_rest_line(const char *what, guint32 count, const OutputContext *context)
{
  if (count > 0)
    write_line(json_pack("{s:s, s:I}", "period", what, "count", (json_int_t)count), context);
}

gboolean timeline_jsonl(Answer *answer, const OutputContext *context, GError **error)
{
  (void)error;
  const Timeline *timeline = answer->timeline;
  for (guint i = 0; i < timeline->periods->len; i++)
    write_line(period_json(timeline, &g_array_index(timeline->periods, Period, i)), context);
  write_rest_line("coarse", timeline->coarse, context);
  write_rest_line("undated", timeline->undated, context);
  return TRUE;
}

static void write_rest_row(const char *what, guint32 count, FILE *out)
{
  if (count > 0) fprintf(out, "%s,,,%u,,\r\n", what, count);
}

gboolean timeline_csv(Answer *answer, const OutputContext *context, GError **error)
{
  (void)error;
  const Timeline *timeline = answer->timeline;
  fputs("period,from,to,count,of,share\r\n", context->out);
  for (guint i = 0; i < timeline->periods->len; i++) {
    const Period *period = &g_array_index(timeline->periods, Period, i);
    char from[DATE_TEXT_SIZE], to[DATE_TEXT_SIZE];
    date_format(period->from, from);
    date_format(period->to, to);
    g_autofree char *name = period_name(timeline, period);
    fprintf(context->out, "%s,%s,%s,%u,%u,%.6g\r\n", name, from, to, period->count, period->of,
            period_share(period));
  }
  write_rest_row("coarse", timeline->coarse, context->out);
  write_rest_row("undated", timeline->undated, context->out);
  return TRUE;
}
