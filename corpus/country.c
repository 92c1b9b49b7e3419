/* country.c - countries by name or code; see country.h. */
#include "country.h"

#include "fold.h"

#include <stdlib.h>
#include <string.h>

/* Written by compile-countries from countries.tsv:
 *   countries[]    the rows, in order of alpha2
 *   key_pool[]     every name and code as fold_name() returns it, NUL-terminated, in order of bytes
 *   key_offset[]   where in key_pool the n-th key begins
 *   key_country[]  the row in countries[] that the n-th key means
 * Offsets rather than pointers: thousands of pointers would have to be relocated at start-up. */
#include "countries.inc"

/* Several times the longest name; longer text is not worth folding. */
enum { LONGEST_TEXT = 1024 };

static int compare_key(const void *key, const void *offset)
{
  return strcmp(key, key_pool + *(const guint32 *)offset);
}

static const Country *find_key(const char *key)
{
  const guint32 *found =
      bsearch(key, key_offset, G_N_ELEMENTS(key_offset), sizeof key_offset[0], compare_key);
  return found == NULL ? NULL : &countries[key_country[found - key_offset]];
}

/* Folding makes "840" of "8.40" too, which is no code: its digits must stand side by side. */
static gboolean is_scattered_number(const char *key, const char *text, gsize len)
{
  return g_ascii_isdigit(key[0]) && g_strstr_len(text, (gssize)len, key) == NULL;
}

const Country *country_find(const char *text, gssize len)
{
  gsize bytes = len < 0 ? strlen(text) : (gsize)len;
  if (bytes == 0 || bytes > LONGEST_TEXT) return NULL;
  /* Folding would take ill-formed bytes for punctuation and find IR in a truncated "Irã". */
  if (!g_utf8_validate(text, (gssize)bytes, NULL)) return NULL;

  char *key = fold_name(text, (gssize)bytes);
  const Country *country = is_scattered_number(key, text, bytes) ? NULL : find_key(key);
  g_free(key);
  return country;
}

static int compare_alpha2(const void *alpha2, const void *country)
{
  return strcmp(alpha2, ((const Country *)country)->alpha2);
}

const Country *country_by_alpha2(const char *alpha2)
{
  return bsearch(alpha2, countries, G_N_ELEMENTS(countries), sizeof countries[0], compare_alpha2);
}

const Country *country_at(gsize index)
{
  return index < G_N_ELEMENTS(countries) ? &countries[index] : NULL;
}

gsize country_count(void)
{
  return G_N_ELEMENTS(countries);
}
