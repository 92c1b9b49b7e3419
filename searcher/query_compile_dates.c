/* query_compile_dates.c - ranges of dates; see query_compiler.h */
#include "../corpus/index_info.h"
#include "../corpus/terms.h"
#include "query_compiler.h"

typedef struct DateCover {
  Compiler *compiler;
  GPtrArray *parts;
  GString *term;
  gboolean ok;
} DateCover;

static void cover(DateCover *cover_, Date date)
{
  if (!cover_->ok) return;
  term_of_date(cover_->term, date);
  cover_->ok = compiler_add(cover_->parts, compiler_filter_term(cover_->compiler, cover_->term));
}

static gboolean covers(Date from, Date to, Date span)
{
  return date_compare(from, date_first_day(span)) <= 0 &&
         date_compare(date_last_day(span), to) <= 0;
}

static gboolean meets(Date from, Date to, Date span)
{
  return date_compare(from, date_last_day(span)) <= 0 &&
         date_compare(date_first_day(span), to) <= 0;
}

static void cover_month(DateCover *cover_, Date from, Date to, Date month)
{
  guint8 last = date_last_day(month).day;
  for (guint8 day = 1; day <= last; day++) {
    Date date = {month.year, month.month, day};
    if (meets(from, to, date)) cover(cover_, date);
  }
}

static void cover_year(DateCover *cover_, Date from, Date to, Date year)
{
  for (guint8 m = 1; m <= 12; m++) {
    Date month = {year.year, m, 0};
    if (covers(from, to, month))
      cover(cover_, month);
    else if (meets(from, to, month))
      cover_month(cover_, from, to, month);
  }
}

/* A range is an OR of the years, months and days it is made of. An article dated to a month only is
 * found when the whole month is in the range. */
ShimQuery *compile_date(Compiler *compiler, const Node *node)
{
  int first_year, last_year;
  if (!index_years(compiler->db, &first_year, &last_year, compiler->error)) return NULL;
  Date from = node->from.year > 0 ? date_first_day(node->from) : (Date){1, 1, 1};
  Date to = node->to.year > 0 ? date_last_day(node->to) : (Date){9999, 12, 31};
  g_autoptr(GPtrArray) parts = compiler_parts();
  g_autoptr(GString) term = g_string_new(NULL);
  DateCover cover_ = {.compiler = compiler, .parts = parts, .term = term, .ok = TRUE};
  for (int y = MAX(first_year, from.year); y <= MIN(last_year, to.year); y++) {
    Date year = {(gint16)y, 0, 0};
    if (covers(from, to, year))
      cover(&cover_, year);
    else
      cover_year(&cover_, from, to, year);
  }
  if (!cover_.ok) return NULL;
  return compiler_as_filter(compiler, compiler_join(compiler, SHIM_OR, parts));
}
