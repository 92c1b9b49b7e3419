/* progress.c - see progress.h */
#include "progress.h"

#include <stdio.h>
#include <unistd.h>

enum { BAR_CELLS = 24, REDRAW_MICROSECONDS = 100000 };

struct Progress {
  gint64 start, last_drawn;
  guint64 total;
  gboolean shown, visible;
};

Progress *progress_new(guint64 total_bytes, gboolean quiet)
{
  Progress *progress = g_new0(Progress, 1);
  progress->start = g_get_monotonic_time();
  progress->total = total_bytes;
  progress->shown = !quiet && isatty(STDERR_FILENO);
  return progress;
}

double progress_seconds(const Progress *progress)
{
  return (double)(g_get_monotonic_time() - progress->start) / G_USEC_PER_SEC;
}

void progress_wipe(Progress *progress)
{
  if (!progress->visible) return;
  fputs("\r\033[K", stderr);
  progress->visible = FALSE;
}

static void draw_bar(double share)
{
  int full = (int)(share * BAR_CELLS + 0.5);
  fputc('[', stderr);
  for (int i = 0; i < BAR_CELLS; i++) fputc(i < full ? '#' : '-', stderr);
  fprintf(stderr, "] %3.0f%%  ", share * 100);
}

static void draw_time_left(double seconds)
{
  guint64 left = (guint64)(seconds + 0.5);
  if (left >= 3600)
    fprintf(stderr, "  %" G_GUINT64_FORMAT ":%02u:%02u left", left / 3600, (guint)(left / 60 % 60),
            (guint)(left % 60));
  else
    fprintf(stderr, "  %u:%02u left", (guint)(left / 60), (guint)(left % 60));
}

void progress_update(Progress *progress, guint64 bytes_done, guint64 articles)
{
  if (!progress->shown) return;
  gint64 now = g_get_monotonic_time();
  if (progress->visible && now - progress->last_drawn < REDRAW_MICROSECONDS) return;
  progress->last_drawn = now;
  double seconds = progress_seconds(progress);
  double share = progress->total == 0 ? 0 : MIN(1.0, (double)bytes_done / (double)progress->total);
  fputs("\r\033[K", stderr);
  if (progress->total > 0) draw_bar(share);
  fprintf(stderr, "%" G_GUINT64_FORMAT " articles", articles);
  if (seconds > 0.5) fprintf(stderr, "  %.0f/s", (double)articles / seconds);
  if (share > 0.01 && seconds > 1) draw_time_left(seconds / share - seconds);
  fflush(stderr);
  progress->visible = TRUE;
}

void progress_say(Progress *progress, const char *what)
{
  if (!progress->shown) return;
  fprintf(stderr, "\r\033[K%s", what);
  fflush(stderr);
  progress->visible = TRUE;
}

void progress_free(Progress *progress)
{
  if (progress == NULL) return;
  progress_wipe(progress);
  g_free(progress);
}
