/* test_text_stream.c - corpus/text_stream.h */
#include "reader_test.h"

/* All lines of a text, each followed by '\n'; "!" stands for one that is too long, "#" for a
 * failure. */
static char *lines_from(Memory *memory, const char *encoding, const char **converted, guint64 *n)
{
  GString *out = g_string_new(NULL);
  TextStream *stream = text_stream_new(memory_read, memory, encoding);
  for (guint64 number = 1;; number++) {
    const char *line;
    gsize len;
    LineStatus status = text_stream_line(stream, &line, &len);
    if (status == LINE_END) break;
    if (status == LINE_FAILED) {
      assert_non_null(text_stream_error(stream));
      g_string_append_c(out, '#');
      break;
    }
    assert_int_equal(text_stream_line_number(stream), number);
    assert_int_equal(strlen(line), len);
    assert_true(g_utf8_validate_len(line, len, NULL));
    g_string_append(out, status == LINE_TOO_LONG ? "!" : line);
    g_string_append_c(out, '\n');
  }
  const char *name;
  guint64 count = text_stream_converted(stream, &name);
  if (n != NULL) *n = count;
  if (converted != NULL) *converted = g_intern_string(name);
  if (text_stream_error(stream) == NULL) {
    assert_int_equal(text_stream_bytes(stream), memory->len);
    const char *line;
    gsize len;
    assert_int_equal(text_stream_line(stream, &line, &len), LINE_END);
  }
  text_stream_free(stream);
  return g_string_free(out, FALSE);
}

/* The same whether bytes come at once, singly or in threes. */
static void assert_lines(const char *data, gsize len, const char *expected)
{
  for (gsize step = 0; step <= 3; step += step + 1) {
    g_autofree char *exact = g_memdup2(data, len);
    Memory memory = {.data = exact, .len = len, .step = step};
    g_autofree char *lines = lines_from(&memory, NULL, NULL, NULL);
    assert_string_equal(lines, expected);
  }
}

static void test_line_ends(void **state)
{
  (void)state;
  assert_lines(BYTES(""), "");
  assert_lines(BYTES("\n"), "\n");
  assert_lines(BYTES("a"), "a\n");
  assert_lines(BYTES("a\nb\n"), "a\nb\n");
  assert_lines(BYTES("a\r\nb\r\n\r\n"), "a\nb\n\n");
  assert_lines(BYTES("a\r\r\nb\rc\r"), "a\nb\rc\n");
  assert_lines(BYTES("\n\n\nx"), "\n\n\nx\n");
}

static void test_unicode(void **state)
{
  (void)state;
  assert_lines(BYTES("\xEF\xBB\xBF"), "");
  assert_lines(BYTES("\xEF\xBB\xBF"
                     "one\ntwo"),
               "one\ntwo\n");
  assert_lines(BYTES("caf\xC3\xA9\nмосква\n"), "café\nмосква\n");
  /* Noncharacters and private characters are somebody's text. */
  assert_lines(BYTES("\xEF\xBF\xBE \xEF\xB7\x90 \xEE\x80\x80 \xF4\x8F\xBF\xBF\n"),
               "\xEF\xBF\xBE \xEF\xB7\x90 \xEE\x80\x80 \xF4\x8F\xBF\xBF\n");
  /* A mark in the middle is kept. */
  assert_lines(BYTES("a\n\xEF\xBB\xBF"
                     "b\n"),
               "a\n\xEF\xBB\xBF"
               "b\n");
}

static void test_wide(void **state)
{
  (void)state;
  assert_lines(BYTES("\xFF\xFE"), "");
  assert_lines(BYTES("\xFF\xFE\x61\0\x0D\0\x0A\0\xE9\0"), "a\né\n");
  assert_lines(BYTES("\xFE\xFF\0\x61\0\x0A\x04\x16\xD8\x3D\xDE\x00"), "a\nЖ😀\n");
  assert_lines(BYTES("\xFF\xFE\0\0\x61\0\0\0\x0A\0\0\0\x00\xF6\x01\0"), "a\n😀\n");
  assert_lines(BYTES("\0\0\xFE\xFF\0\0\0\x61\0\0\0\x0A\0\0\0\x62"), "a\nb\n");
  /* Lone surrogates, NUL, half a unit at the end. */
  assert_lines(BYTES("\xFF\xFE\x00\xD8\x61\0\0\0\x62\0\x63"), "\uFFFDa\uFFFDb\uFFFD\n");
  assert_lines(BYTES("\0\0\xFE\xFF\x7F\xFF\xFF\xFF\0\0\0\x61"), "\uFFFDa\n");
}

static void test_nul(void **state)
{
  (void)state;
  assert_lines(BYTES("a\0b\n\0\n"), "a\uFFFDb\n\uFFFD\n");
  assert_lines(BYTES("\0"), "\uFFFD\n");
  assert_lines(BYTES("\0caf\xE9\0\n"), "\uFFFDcafé\uFFFD\n");
}

static void assert_converts(const char *text, gsize len, const char *encoding, const char *expected,
                            const char *name, guint64 count)
{
  Memory memory = {.data = text, .len = len};
  const char *converted;
  guint64 n;
  g_autofree char *lines = lines_from(&memory, encoding, &converted, &n);
  assert_string_equal(lines, expected);
  assert_int_equal(n, count);
  if (name == NULL)
    assert_null(converted);
  else
    assert_string_equal(converted, name);
}

static void test_latin(void **state)
{
  (void)state;
  assert_converts(BYTES("plain\n"), NULL, "plain\n", NULL, 0);
  assert_converts(BYTES("plain\nEl Ni\xF1o in Bogot\xE1\nplain\n"), NULL,
                  "plain\nEl Niño in Bogotá\nplain\n", "windows-1252", 1);
  assert_converts(BYTES("\x93quoted\x94 \x96 \x80 5\n"), NULL, "“quoted” – € 5\n", "windows-1252",
                  1);
  assert_converts(BYTES("\xE9"), NULL, "é\n", "windows-1252", 1);
  /* UTF-8 and Latin-1 lines in one file. */
  assert_converts(BYTES("na\xC3\xAFve\nna\xEFve\n"), NULL, "naïve\nnaïve\n", "windows-1252", 1);
}

static void test_damaged_utf8(void **state)
{
  (void)state;
  assert_converts(BYTES("Правительство\xD0\n"), NULL, "Правительство\uFFFD\n", "damaged UTF-8", 1);
  assert_converts(BYTES("déjà vu à l'été \xC3\n"), NULL, "déjà vu à l'été \uFFFD\n",
                  "damaged UTF-8", 1);
  /* What the user says holds. */
  assert_converts(BYTES("éé\xE9\n"), "windows-1252", "Ã©Ã©é\n", "windows-1252", 1);
}

/* A text in `encoding` must come back, whatever is found out about it. */
static void assert_recognised(const char *text, const char *encoding, const char *found)
{
  gsize len;
  g_autofree char *bytes = g_convert(text, -1, encoding, "UTF-8", NULL, &len, NULL);
  assert_non_null(bytes);
  assert_converts(bytes, len, NULL, text, found, 1);
}

static void test_encodings(void **state)
{
  (void)state;
  const char *russian = "Колонна военной техники вошла в город на рассвете. По словам очевидцев, "
                        "стрельба продолжалась около двух часов, после чего мост был перекрыт. "
                        "Представитель администрации заявил, что пострадавших среди жителей нет.\n";
  const char *arabic = "دخلت قافلة عسكرية المدينة فجر اليوم. وقال شهود عيان إن إطلاق النار استمر "
                       "نحو ساعتين ثم أغلق الجسر. وأعلن المتحدث باسم المحافظة أنه لا توجد إصابات "
                       "بين السكان وأن المدارس ستبقى مغلقة حتى إشعار آخر.\n";
  const char *polish = "Kolumna wojskowa wjechała o świcie do miasta. Według świadków strzelanina "
                       "trwała około dwóch godzin, później zamknięto most. Rzecznik województwa "
                       "oświadczył, że wśród mieszkańców nie ma rannych.\n";
  const char *chinese = "今天黎明，一支军车队进入该市。目击者说，枪声持续了大约两个小时，"
                        "随后大桥被封锁。省政府发言人表示，居民中没有人员伤亡。\n";
  assert_recognised(russian, "WINDOWS-1251", "windows-1251");
  assert_recognised(russian, "KOI8-R", "KOI8-U");
  assert_recognised(arabic, "WINDOWS-1256", "windows-1256");
  assert_recognised(polish, "WINDOWS-1250", "windows-1250");
  assert_recognised(chinese, "GB18030", "GB18030");
}

/* The sample of the detector is what is not ASCII, wherever it is. */
static void test_sample_behind_markup(void **state)
{
  (void)state;
  g_autoptr(GString) line = long_text("{\"html\":\"", 20000, "\",\"text\":\"");
  const char *russian = "Колонна военной техники вошла в город на рассвете, стрельба продолжалась "
                        "около двух часов, после чего мост был перекрыт.";
  gsize len;
  g_autofree char *bytes = g_convert(russian, -1, "WINDOWS-1251", "UTF-8", NULL, &len, NULL);
  g_string_append_len(line, bytes, (gssize)len);
  Memory memory = {.data = line->str, .len = line->len};
  const char *converted;
  g_autofree char *lines = lines_from(&memory, NULL, &converted, NULL);
  assert_string_equal(converted, "windows-1251");
  assert_non_null(strstr(lines, russian));
}

static void test_named_encoding(void **state)
{
  (void)state;
  assert_converts(BYTES("\xCC\xEE\xF1\xEA\xE2\xE0\nascii\nМосква\n"), "windows-1251",
                  "Москва\nascii\nМосква\n", "windows-1251", 1);
  assert_converts(BYTES("a\0\n\0b\0"), "UTF-16LE", "a\nb\n", NULL, 0);
  assert_converts(BYTES("\x8C\nab\x8C"), "Shift_JIS", "\uFFFD\nab\uFFFD\n", "Shift_JIS", 2);
  /* A byte order mark knows better. */
  assert_converts(BYTES("\xFE\xFF\0a\0\n\0b"), "windows-1251", "a\nb\n", NULL, 0);
  assert_converts(BYTES("a"), "", "a\n", NULL, 0);

  Memory memory = {.data = "a\n", .len = 2};
  TextStream *stream = text_stream_new(memory_read, &memory, "klingon");
  const char *line;
  gsize len;
  assert_int_equal(text_stream_line(stream, &line, &len), LINE_FAILED);
  assert_non_null(strstr(text_stream_error(stream), "klingon"));
  assert_int_equal(text_stream_line(stream, &line, &len), LINE_FAILED);
  text_stream_free(stream);
}

static void test_failure(void **state)
{
  (void)state;
  for (gsize step = 0; step <= 1; step++) {
    Memory memory = {.data = "one\ntwo\nthr", .len = 11, .step = step, .fails = TRUE};
    g_autofree char *lines = lines_from(&memory, NULL, NULL, NULL);
    assert_string_equal(lines, "one\ntwo\n#");
  }
  Memory nothing = {.data = "", .fails = TRUE};
  g_autofree char *lines = lines_from(&nothing, NULL, NULL, NULL);
  assert_string_equal(lines, "#");
  Memory wide = {.data = "\xFF\xFE\x61\0\x0A\0\x62\0", .len = 8, .fails = TRUE};
  g_autofree char *wide_lines = lines_from(&wide, NULL, NULL, NULL);
  assert_string_equal(wide_lines, "a\n#");
}

/* A line without end, made as it is read: never in memory at once. */
typedef struct Endless {
  gsize left;
  const char *after;
} Endless;

static gssize endless_read(void *context, char *buffer, gsize size, GError **error)
{
  (void)error;
  Endless *endless = context;
  gsize n = MIN(size, endless->left);
  if (n > 0) {
    memset(buffer, 'x', n);
    endless->left -= n;
    return (gssize)n;
  }
  n = MIN(size, strlen(endless->after));
  memcpy(buffer, endless->after, n);
  endless->after += n;
  return (gssize)n;
}

static void test_long_lines(void **state)
{
  (void)state;
  Endless endless = {.left = 200u << 20, .after = "\nshort\n"};
  TextStream *stream = text_stream_new(endless_read, &endless, NULL);
  const char *line;
  gsize len;
  assert_int_equal(text_stream_line(stream, &line, &len), LINE_TOO_LONG);
  assert_int_equal(len, 256);
  assert_int_equal(strspn(line, "x"), 256);
  assert_int_equal(text_stream_line(stream, &line, &len), LINE_OK);
  assert_string_equal(line, "short");
  assert_int_equal(text_stream_line_number(stream), 2);
  assert_int_equal(text_stream_line(stream, &line, &len), LINE_END);
  text_stream_free(stream);
}

static void test_longest_line(void **state)
{
  (void)state;
  g_autoptr(GString) fits = long_text("", TEXT_RECORD_MAX, "\nb\n");
  Memory memory = {.data = fits->str, .len = fits->len};
  TextStream *stream = text_stream_new(memory_read, &memory, NULL);
  const char *line;
  gsize len;
  assert_int_equal(text_stream_line(stream, &line, &len), LINE_OK);
  assert_int_equal(len, TEXT_RECORD_MAX);
  assert_int_equal(text_stream_line(stream, &line, &len), LINE_OK);
  assert_string_equal(line, "b");
  text_stream_free(stream);

  /* One byte more, and one that only grows too long when it is converted. */
  g_autoptr(GString) longer = long_text("x", TEXT_RECORD_MAX, "\nb\n");
  Memory too_long = {.data = longer->str, .len = longer->len};
  g_autofree char *lines = lines_from(&too_long, NULL, NULL, NULL);
  assert_string_equal(lines, "!\nb\n");
  memset(fits->str, 0xE9, TEXT_RECORD_MAX);
  Memory grows = {.data = fits->str, .len = fits->len};
  g_autofree char *grown = lines_from(&grows, NULL, NULL, NULL);
  assert_string_equal(grown, "!\nb\n");
}

static void assert_head(const char *data, gsize len, const char *expected, gboolean whole,
                        gboolean binary)
{
  Memory memory = {.data = data, .len = len, .step = 3};
  TextStream *stream = text_stream_new(memory_read, &memory, NULL);
  gsize head_len;
  gboolean is_whole, is_binary;
  const char *head = text_stream_head(stream, &head_len, &is_whole, &is_binary);
  if (expected != NULL) assert_string_equal(head, expected);
  assert_true(g_utf8_validate_len(head, head_len, NULL));
  assert_true(head_len <= 64 << 10);
  assert_int_equal(is_whole, whole);
  assert_int_equal(is_binary, binary);
  assert_int_equal(text_stream_converted(stream, NULL), 0);
  text_stream_free(stream);
}

static void test_head(void **state)
{
  (void)state;
  assert_head(BYTES(""), "", TRUE, FALSE);
  assert_head(BYTES("\xEF\xBB\xBF"), "", TRUE, FALSE);
  assert_head(BYTES("a\r\nb"), "a\r\nb", TRUE, FALSE);
  assert_head(BYTES("\xFF\xFE\x61\0\x0A\0"), "a\n", TRUE, FALSE);
  assert_head(BYTES("caf\xE9\ncaf\xC3\xA9\n"), "café\ncafé\n", TRUE, FALSE);
  assert_head(BYTES("a\0b"), "a\uFFFDb", TRUE, TRUE);
  assert_head(BYTES("\x7F\x45\x4C\x46\x02\x01\x01\x03\0\0\0\0"), NULL, TRUE, TRUE);

  /* Cut between characters, not within one; one NUL in a long text is no binary. */
  g_autoptr(GString) text = long_text("", (64 << 10) - 1, "éé\n");
  text->str[1000] = '\0';
  assert_head(text->str, text->len, NULL, FALSE, FALSE);
}

static void test_head_consumes_nothing(void **state)
{
  (void)state;
  Memory memory = {.data = "caf\xE9\nb\n", .len = 7, .step = 1};
  TextStream *stream = text_stream_new(memory_read, &memory, NULL);
  gsize len;
  gboolean whole, binary;
  text_stream_head(stream, &len, &whole, &binary);
  assert_string_equal(text_stream_head(stream, &len, &whole, &binary), "café\nb\n");
  assert_int_equal(text_stream_bytes(stream), 0);
  assert_int_equal(text_stream_line_number(stream), 0);
  const char *line;
  assert_int_equal(text_stream_line(stream, &line, &len), LINE_OK);
  assert_string_equal(line, "café");
  assert_int_equal(text_stream_bytes(stream), 5);
  assert_int_equal(text_stream_converted(stream, NULL), 1);
  text_stream_free(stream);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_line_ends),      cmocka_unit_test(test_unicode),
      cmocka_unit_test(test_wide),           cmocka_unit_test(test_nul),
      cmocka_unit_test(test_latin),          cmocka_unit_test(test_damaged_utf8),
      cmocka_unit_test(test_encodings),      cmocka_unit_test(test_sample_behind_markup),
      cmocka_unit_test(test_named_encoding), cmocka_unit_test(test_failure),
      cmocka_unit_test(test_long_lines),     cmocka_unit_test(test_longest_line),
      cmocka_unit_test(test_head),           cmocka_unit_test(test_head_consumes_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
