/* params.c - see params.h */
#include "params.h"

#include <string.h>

#include "../corpus/error.h"

static void param_free(gpointer data)
{
  Param *param = data;
  g_free(param->name);
  g_free(param->value);
  g_free(param);
}

static gboolean is_percent(const char *text, const char *end)
{
  return end - text >= 3 && text[0] == '%' && g_ascii_isxdigit(text[1]) &&
         g_ascii_isxdigit(text[2]);
}

static void decode(GString *bytes, const char *text, const char *end)
{
  while (text < end) {
    if (is_percent(text, end)) {
      int byte = g_ascii_xdigit_value(text[1]) * 16 + g_ascii_xdigit_value(text[2]);
      g_string_append_c(bytes, (char)byte);
      text += 3;
      continue;
    }
    g_string_append_c(bytes, *text == '+' ? ' ' : *text);
    text++;
  }
}

/* A name or value decoded and made one line of valid text. */
static char *clean(const char *text, const char *end)
{
  g_autoptr(GString) bytes = g_string_sized_new((gsize)(end - text));
  decode(bytes, text, end);
  for (gsize i = 0; i < bytes->len; i++)
    if (bytes->str[i] == '\0') bytes->str[i] = ' ';
  g_autofree char *valid = g_utf8_make_valid(bytes->str, (gssize)bytes->len);
  GString *out = g_string_sized_new(bytes->len);
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char(at);
    g_string_append_unichar(out, g_unichar_iscntrl(c) ? ' ' : c);
  }
  return g_strstrip(g_string_free(out, FALSE));
}

static Param *read_param(const char *text, const char *end)
{
  const char *equals = memchr(text, '=', (gsize)(end - text));
  Param *param = g_new0(Param, 1);
  param->name = clean(text, equals == NULL ? end : equals);
  param->value = equals == NULL ? g_strdup("") : clean(equals + 1, end);
  return param;
}

GPtrArray *params_parse(const char *query_string, GError **error)
{
  g_autoptr(GPtrArray) params = g_ptr_array_new_with_free_func(param_free);
  while (*query_string != '\0') {
    gsize len = strcspn(query_string, "&");
    Param *param = read_param(query_string, query_string + len);
    if (*param->name != '\0')
      g_ptr_array_add(params, param);
    else
      param_free(param);
    query_string += len + (query_string[len] == '&' ? 1 : 0);
    if (params->len <= PARAMS_MAX) continue;
    g_set_error(error, SITREP_ERROR, SITREP_ERROR_USAGE,
                "the address has more than %d parameters; choose fewer values", PARAMS_MAX);
    return NULL;
  }
  return g_steal_pointer(&params);
}
