/* timeline_svg.c - see timeline_svg.h
 *
 * The bars stand in an SVG of their own, which is stretched to the width: there a period is 1 wide
 * and the highest bar 100 high. */
#include "timeline_svg.h"

#include "html.h"
#include "output.h"

enum { TOP = 100, TICKS_MAX = 4 };

static const Period *period_at(const Timeline *timeline, guint i)
{
  return &g_array_index(timeline->periods, Period, i);
}

/* The period with the most matches, or with the greatest share. */
static const Period *highest(const Timeline *timeline, gboolean share)
{
  const Period *best = period_at(timeline, 0);
  for (guint i = 1; i < timeline->periods->len; i++) {
    const Period *period = period_at(timeline, i);
    if (share ? period_share(period) > period_share(best) : period->count > best->count)
      best = period;
  }
  return best;
}

static void write_count(GString *out, const Timeline *timeline, const Period *period)
{
  g_autofree char *name = period_name(timeline, period);
  html_textf(out, "%s: ", name);
  html_number(out, period->count);
  html(out, " of ");
  html_number(out, period->of);
}

/* ---- what it is ---- */

static guint64 sum(const Timeline *timeline)
{
  guint64 all = 0;
  for (guint i = 0; i < timeline->periods->len; i++) all += period_at(timeline, i)->count;
  return all;
}

static void write_rest(GString *out, guint32 count, const char *what)
{
  if (count == 0) return;
  html(out, ", ");
  html_number(out, count);
  html_text(out, what);
}

static void write_description(GString *out, const Timeline *timeline)
{
  const Period *last = period_at(timeline, timeline->periods->len - 1);
  g_autofree char *from = period_name(timeline, period_at(timeline, 0));
  g_autofree char *to = period_name(timeline, last);
  html_number(out, sum(timeline));
  html_textf(out, " articles from %s to %s; most in ", from, to);
  write_count(out, timeline, highest(timeline, FALSE));
  write_rest(out, timeline->coarse, " more with a less exact date");
  write_rest(out, timeline->undated, " more without a date");
  html(out, ".");
}

static void write_head(GString *out, const Timeline *timeline, const TimelineSvg *options)
{
  g_autofree char *labels = g_strdup_printf("%s-title %s-desc", options->id, options->id);
  g_autofree char *title = g_strdup_printf("%s-title", options->id);
  g_autofree char *desc = g_strdup_printf("%s-desc", options->id);
  html(out, "<svg class=\"timeline\" width=\"100%\" height=\"130\"");
  html_attr(out, "role", options->link == NULL ? "img" : "group");
  html_attr(out, "aria-labelledby", labels);
  html(out, "><title");
  html_attr(out, "id", title);
  html(out, ">");
  if (options->title != NULL)
    html_text(out, options->title);
  else
    html_textf(out, "Articles by %s", timeline_scale_name(timeline->scale));
  html(out, "</title><desc");
  html_attr(out, "id", desc);
  html(out, ">");
  write_description(out, timeline);
  html(out, "</desc>\n");
}

static void write_scales(GString *out, const Timeline *timeline, gboolean share)
{
  html(out, "<text class=\"most\" x=\"0\" y=\"11\">");
  html_number(out, highest(timeline, FALSE)->count);
  html(out, "</text>");
  if (!share) return;
  html(out, "<text class=\"share\" x=\"100%\" y=\"11\" text-anchor=\"end\">");
  html_textf(out, "%.3g%%", 100 * period_share(highest(timeline, TRUE)));
  html(out, "</text>");
}

/* ---- bars ---- */

/* A bar, with a tenth of its place left free on either side, and behind it a line from bottom to
 * top for a wide invisible stroke. */
static void write_bar(GString *out, const Timeline *timeline, guint i, guint32 most)
{
  const Period *period = period_at(timeline, i);
  guint height = MAX((guint)((guint64)period->count * TOP / most), 1);
  html(out, "<title>");
  write_count(out, timeline, period);
  html_textf(out, ", %.3g%%", 100 * period_share(period));
  html(out, "</title><path d=\"");
  html_textf(out, "M%u.1 %dv-%uh.8v%uzM%u.5 0v%d", i, TOP, height, height, i, TOP);
  html(out, "\"/>");
}

static void write_bars(GString *out, const Timeline *timeline, const TimelineSvg *options)
{
  guint32 most = highest(timeline, FALSE)->count;
  for (guint i = 0; i < timeline->periods->len; i++) {
    if (period_at(timeline, i)->count == 0) continue;
    if (options->link == NULL) {
      html(out, "<g>");
      write_bar(out, timeline, i, most);
      html(out, "</g>\n");
      continue;
    }
    g_autofree char *date = period_date(timeline, period_at(timeline, i));
    html(out, "<a");
    options->link(out, period_at(timeline, i), date, options->data);
    html(out, ">");
    write_bar(out, timeline, i, most);
    html(out, "</a>\n");
  }
}

/* A line from period to period that is broken where the base has no articles. */
static void write_shares(GString *out, const Timeline *timeline)
{
  double most = period_share(highest(timeline, TRUE));
  gboolean drawing = FALSE;
  html(out, "<path class=\"share\" vector-effect=\"non-scaling-stroke\" d=\"");
  for (guint i = 0; most > 0 && i < timeline->periods->len; i++) {
    const Period *period = period_at(timeline, i);
    if (period->of > 0)
      html_textf(out, "%s%u.5 %.4g", drawing ? "L" : "M", i,
                 TOP - TOP * period_share(period) / most);
    if (period->of > 0 && !drawing) html(out, "h0");
    drawing = period->of > 0;
  }
  html(out, "\"/>\n");
}

static void write_plot(GString *out, const Timeline *timeline, const TimelineSvg *options)
{
  html(out, "<svg y=\"16\" width=\"100%\" height=\"92\" preserveAspectRatio=\"none\" viewBox=\"");
  html_textf(out, "0 0 %u %d", timeline->periods->len, TOP);
  html(out, "\">\n");
  write_bars(out, timeline, options);
  if (options->share) write_shares(out, timeline);
  html(out, "</svg>\n");
}

/* ---- axis ---- */

/* Every how many periods there is a tick, so that there are not too many. */
static int tick_step(const Timeline *timeline)
{
  static const int days[] = {1, 7, 14, 28}, months[] = {1, 3, 6, 12, 24, 60, 120},
                   others[] = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};
  const int *steps = others;
  gsize n = G_N_ELEMENTS(others);
  if (timeline->scale == TIMELINE_DAY) steps = days, n = G_N_ELEMENTS(days);
  if (timeline->scale == TIMELINE_MONTH) steps = months, n = G_N_ELEMENTS(months);
  int periods = (int)timeline->periods->len, step = steps[0];
  for (gsize i = 0; i < n && periods > step * TICKS_MAX; i++) step = steps[i];
  while (periods > step * TICKS_MAX) step *= 2;
  return step;
}

static void write_place(GString *out, const char *name, double percent)
{
  html(out, " ");
  html_textf(out, "%s=", name);
  html(out, "\"");
  html_textf(out, "%.4g%%", percent);
  html(out, "\"");
}

static void write_tick(GString *out, const Timeline *timeline, guint i)
{
  double place = 100 * (i + 0.5) / timeline->periods->len;
  g_autofree char *name = period_name(timeline, period_at(timeline, i));
  html(out, "<line class=\"tick\" y1=\"108\" y2=\"112\"");
  write_place(out, "x1", place);
  write_place(out, "x2", place);
  html(out, "/><text class=\"tick\" y=\"125\"");
  write_place(out, "x", place);
  html_attr(out, "text-anchor", place < 8 ? "start" : place > 92 ? "end" : "middle");
  html(out, ">");
  html_text(out, name);
  html(out, "</text>");
}

static void write_axis(GString *out, const Timeline *timeline)
{
  int step = tick_step(timeline);
  html(out, "<line class=\"axis\" x1=\"0\" x2=\"100%\" y1=\"108\" y2=\"108\"/>");
  for (guint i = 0; i < timeline->periods->len; i++)
    if (period_number(timeline, period_at(timeline, i)) % step == 0) write_tick(out, timeline, i);
}

void timeline_svg(GString *out, const Timeline *timeline, const TimelineSvg *options)
{
  if (timeline->periods->len == 0) return;
  write_head(out, timeline, options);
  write_scales(out, timeline, options->share);
  write_plot(out, timeline, options);
  write_axis(out, timeline);
  html(out, "</svg>\n");
}
