/* text_layout.c - see text_layout.h */
#include "text_layout.h"

#include <string.h>

#include "highlight.h"

#define MATCH_STYLE "\033[1;31m"
#define BOLD "\033[1m"
#define DIM "\033[2m"
#define PLAIN "\033[0m"

typedef struct Writer {
  const Layout *layout;
  const char *text;
  const GArray *spans;
  guint span;      /* the next span to open or close */
  gboolean inside; /* of that span */
  int column;
} Writer;

static int columns_of(gunichar c)
{
  if (c < 0x80) return 1;
  if (g_unichar_iszerowidth(c)) return 0;
  return g_unichar_iswide(c) ? 2 : 1;
}

int layout_columns(const char *text)
{
  int columns = 0;
  for (; *text != '\0'; text = g_utf8_next_char(text)) columns += columns_of(g_utf8_get_char(text));
  return columns;
}

static void set_style(const Writer *writer)
{
  const Layout *layout = writer->layout;
  if (!layout->colour) return;
  fputs(PLAIN, layout->out);
  if (writer->inside)
    fputs(MATCH_STYLE, layout->out);
  else if (layout->bold)
    fputs(BOLD, layout->out);
  else if (layout->dim)
    fputs(DIM, layout->out);
}

static void follow_spans(Writer *writer, gsize at)
{
  while (writer->spans != NULL && writer->span < writer->spans->len) {
    Span span = g_array_index(writer->spans, Span, writer->span);
    if (!writer->inside && at >= span.start && at < span.end) {
      writer->inside = TRUE;
      set_style(writer);
    }
    if (at < span.end) return;
    if (writer->inside) {
      writer->inside = FALSE;
      set_style(writer);
    }
    writer->span++;
  }
}

static void new_line(Writer *writer)
{
  fprintf(writer->layout->out, "\n%*s", writer->layout->indent, "");
  writer->column = writer->layout->indent;
}

static void put_word(Writer *writer, gsize from, gsize to)
{
  for (gsize i = from; i < to;) {
    follow_spans(writer, i);
    const char *here = writer->text + i;
    const char *next = g_utf8_next_char(here);
    gunichar c = g_utf8_get_char(here);
    if (g_unichar_iscntrl(c))
      fputc(' ', writer->layout->out);
    else
      fwrite(here, 1, (gsize)(next - here), writer->layout->out);
    writer->column += columns_of(c);
    i += (gsize)(next - here);
  }
}

static int word_columns(const char *text, gsize from, gsize to)
{
  int columns = 0;
  for (const char *c = text + from; c < text + to; c = g_utf8_next_char(c))
    columns += columns_of(g_utf8_get_char(c));
  return columns;
}

void layout_text(const Layout *layout, const char *text, const GArray *spans)
{
  Writer writer = {.layout = layout, .text = text, .spans = spans, .column = layout->indent};
  set_style(&writer);
  gboolean first = TRUE;
  for (gsize i = 0; text[i] != '\0';) {
    if (text[i] == '\n') {
      new_line(&writer);
      first = TRUE;
      i++;
      continue;
    }
    gsize word = i + strspn(text + i, " \t\r");
    gsize end = word + strcspn(text + word, " \t\r\n");
    if (!first && writer.column + 1 + word_columns(text, word, end) > layout->width)
      new_line(&writer);
    else if (!first && end > word) {
      follow_spans(&writer, i);
      fputc(' ', layout->out);
      writer.column++;
    }
    put_word(&writer, word, end);
    first = first && end == word;
    i = end;
  }
  if (layout->colour) fputs(PLAIN, layout->out);
  fputc('\n', layout->out);
}
