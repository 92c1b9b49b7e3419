/* page_timeline.c - when the articles that match were published. See page.h. */
#include <string.h>

#include "page.h"
#include "timeline_svg.h"

/* A bar leads to its period; dates of a week or century are days from which to which. */
static void write_link(GString *out, const Period *period, const char *date, gpointer data)
{
  const Page *page = data;
  Link link = link_to_search(page->view);
  g_auto(GStrv) ends = g_strsplit(date, "..", 2);
  (void)period;
  link.view.by = NULL;
  link.view.since = ends[0];
  link.view.until = ends[1] == NULL ? ends[0] : ends[1];
  html_link(out, &link);
}

/* The scale can be chosen; what is too fine for so long a time is made coarser, and said so. */
static void write_scales(Page *page, const Timeline *timeline, gboolean share)
{
  GString *out = page->out;
  html(out, "<p class=\"options\" role=\"group\" aria-label=\"Periods\">Articles by");
  for (TimelineScale scale = TIMELINE_DAY; scale <= TIMELINE_DECADE; scale++) {
    Link link = link_to_search(page->view);
    link.view.by = timeline_scale_name(scale);
    html(out, " <a");
    html_link(out, &link);
    if (scale == timeline->scale) html(out, " aria-current=\"true\"");
    html(out, ">");
    html_text(out, timeline_scale_name(scale));
    html(out, "</a>");
  }
  if (share) html(out, "<span class=\"key\">share of all articles</span>");
  html(out, "</p>\n");
  TimelineScale asked = page->view->by == NULL ? TIMELINE_AUTO : timeline_scale(page->view->by);
  if (asked == TIMELINE_AUTO || asked == timeline->scale) return;
  html(out, "<p class=\"note\">By ");
  html_text(out, timeline_scale_name(asked));
  html(out, " there would be too many periods: narrow the dates first.</p>\n");
}

static void write_rest(Page *page, const Timeline *timeline)
{
  GString *out = page->out;
  if (timeline->coarse + timeline->undated == 0) return;
  html(out, "<p class=\"note\">Not drawn:");
  if (timeline->coarse > 0) {
    html(out, " ");
    html_number(out, timeline->coarse);
    html(out, " with a date less exact");
  }
  if (timeline->undated > 0) {
    html_text(out, timeline->coarse > 0 ? ", " : " ");
    html_number(out, timeline->undated);
    html(out, " without date");
  }
  html(out, "</p>\n");
}

void page_timeline(Page *page, const Answer *answer)
{
  enum { FEW = 2 };
  const Timeline *timeline = answer->timeline;
  if (timeline == NULL || timeline->periods->len < FEW) return;
  /* Of all articles all are a share of one. */
  gboolean share = answer->total.estimated < answer->articles;
  const TimelineSvg options = {.id = "t", .share = share, .link = write_link, .data = page};
  html(page->out, "<section class=\"when\" aria-label=\"When they were published\">\n");
  write_scales(page, timeline, share);
  timeline_svg(page->out, timeline, &options);
  write_rest(page, timeline);
  html(page->out, "</section>\n");
}
