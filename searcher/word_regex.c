/* word_regex.c - see word_regex.h */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "word_regex.h"

#include <pcre2.h>
#include <string.h>

#include "../corpus/error.h"
#include "../corpus/fold.h"

/* Steps of one match: the default of PCRE2 is ten million, seconds for some words. */
enum { STEPS_MAX = 20000 };

struct WordRegex {
  pcre2_code *code;
  pcre2_match_data *data;
  pcre2_match_context *context;
};

/* The expression with its letters beyond ASCII folded as those of words are; the ASCII ones stay,
 * because \W is not \w. */
static char *fold_letters(const char *text)
{
  GString *out = g_string_new(NULL);
  while (*text != '\0') {
    gsize plain = 0, other = 0;
    while (text[plain] != '\0' && (guchar)text[plain] < 0x80) plain++;
    g_string_append_len(out, text, (gssize)plain);
    text += plain;
    while ((guchar)text[other] >= 0x80) other++;
    g_autoptr(GString) cased = g_string_new(NULL);
    fold_case(cased, text, other);
    fold_accents(out, cased->str, cased->len);
    text += other;
  }
  return g_string_free(out, FALSE);
}

WordRegex *word_regex_new(const char *text, GError **error)
{
  enum { MESSAGE_SIZE = 256 };
  const guint32 options = PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_ANCHORED |
                          PCRE2_ENDANCHORED | PCRE2_NEVER_BACKSLASH_C;
  if (strlen(text) > WORD_REGEX_MAX) {
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE,
                "a regular expression has at most %d bytes", WORD_REGEX_MAX);
    return NULL;
  }
  g_autofree char *folded = fold_letters(text);
  int code;
  PCRE2_SIZE offset;
  g_autoptr(WordRegex) regex = g_new0(WordRegex, 1);
  regex->code =
      pcre2_compile((PCRE2_SPTR)folded, PCRE2_ZERO_TERMINATED, options, &code, &offset, NULL);
  if (regex->code == NULL) {
    PCRE2_UCHAR message[MESSAGE_SIZE];
    pcre2_get_error_message(code, message, sizeof message);
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE, "this is no regular expression: %s",
                (const char *)message);
    return NULL;
  }
  regex->data = pcre2_match_data_create(1, NULL);
  regex->context = pcre2_match_context_create(NULL);
  if (regex->data == NULL || regex->context == NULL) g_error("out of memory");
  pcre2_set_match_limit(regex->context, STEPS_MAX);
  pcre2_set_depth_limit(regex->context, STEPS_MAX);
  return g_steal_pointer(&regex);
}

void word_regex_free(WordRegex *regex)
{
  if (regex == NULL) return;
  pcre2_code_free(regex->code);
  pcre2_match_data_free(regex->data);
  pcre2_match_context_free(regex->context);
  g_free(regex);
}

WordMatch word_regex_match(WordRegex *regex, const char *form, gsize len)
{
  int found = pcre2_match(regex->code, (PCRE2_SPTR)form, len, 0, PCRE2_NO_UTF_CHECK, regex->data,
                          regex->context);
  if (found >= 0) return WORD_MATCH_YES;
  return found == PCRE2_ERROR_NOMATCH ? WORD_MATCH_NO : WORD_MATCH_COSTLY;
}
