/* timeline_svg.h - a timeline drawn, as inline SVG for a page.
 *
 * It is as wide as what it stands in and 130 CSS pixels high; its text has the size that the style
 * sheet says, whatever the width. It holds no style and no script. What a style sheet finds:
 *   svg.timeline            the whole; in it text.most and text.share (the tops of the two scales),
 *                           text.tick, line.tick, line.axis, and an svg with the bars
 *   svg.timeline a          a period with articles, or g where there are no links; its path is the
 *                           bar, and a line that a style such as "stroke: transparent;
 * stroke-width: 1; pointer-events: all" makes all of its place to be hovered and clicked
 *   svg.timeline path.share the line of shares
 * Bars of links keep the SVG from being one image: its role is "group" then, otherwise "img". */
#ifndef SITREP_TIMELINE_SVG_H
#define SITREP_TIMELINE_SVG_H

#include "timeline.h"
#include <glib.h>

typedef struct TimelineSvg {
  const char *id;    /* unlike any other of the page: a word of ASCII letters */
  const char *title; /* NULL: "Articles by month" and so on */
  gboolean share;    /* draw also what part of the base each period's matches are */
  /* Writes ` href="..."` for a period, also given as a value of date:; NULL: bars are no links. */
  void (*link)(GString *out, const Period *period, const char *date, gpointer data);
  gpointer data;
} TimelineSvg;

/* Draws a timeline; nothing when it has no periods. */
void timeline_svg(GString *out, const Timeline *timeline, const TimelineSvg *options);

#endif
