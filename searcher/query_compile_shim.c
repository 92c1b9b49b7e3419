/* query_compile_shim.c - building the shim's queries; see query_compiler.h. NULL operands stand for
 * an error that is already set. */
#include <string.h>

#include "../corpus/error.h"
#include "query_compiler.h"

ShimQuery *compiler_checked(Compiler *compiler, ShimStatus status, ShimQuery *const *query)
{
  return shim_ok(status, compiler->error) ? *query : NULL;
}

static ShimQuery *term_query(Compiler *compiler, const char *term, gsize len)
{
  ShimQuery *query = NULL;
  return compiler_checked(compiler, shim_query_term(term, len, &query), &query);
}

GPtrArray *compiler_parts(void)
{
  return g_ptr_array_new_with_free_func((GDestroyNotify)shim_query_free);
}

gboolean compiler_add(GPtrArray *parts, ShimQuery *part)
{
  if (part == NULL) return FALSE;
  g_ptr_array_add(parts, part);
  return TRUE;
}

ShimQuery *compiler_join(Compiler *compiler, ShimOp op, GPtrArray *parts)
{
  ShimQuery *query = NULL;
  ShimStatus status =
      shim_query_join(op, (const ShimQuery *const *)parts->pdata, parts->len, &query);
  return compiler_checked(compiler, status, &query);
}

ShimQuery *compiler_as_filter(Compiler *compiler, ShimQuery *part)
{
  if (part == NULL) return NULL;
  ShimQuery *query = NULL;
  ShimStatus status = shim_query_scale(part, 0, &query);
  shim_query_free(part);
  return compiler_checked(compiler, status, &query);
}

ShimQuery *compiler_all(Compiler *compiler)
{
  ShimQuery *query = NULL;
  return compiler_as_filter(compiler, compiler_checked(compiler, shim_query_all(&query), &query));
}

/* ---- a fault of Xapian 1.4 ----
 *
 * For a term that is in every document, where its weight does not matter, Xapian
 * 1.4.22 reads the list of all documents under the term's name (LocalSubMatch::open_post_list), and
 * when document numbers have gaps takes the end of that list's first chunk for damage
 * ("Unexpected end of posting list"). Such a term is everything anyway: only its weight is left. */

/* TRUE when that would happen to a term. FALSE also with an error, which later calls meet again. */
static gboolean is_in_all(const Compiler *compiler, const char *term, gsize len)
{
  uint32_t freq = 0;
  return compiler->whole > 0 && shim_db_term_freq(compiler->db, term, len, &freq) == SHIM_OK &&
         freq == compiler->whole;
}

/* Everything, weighted by `part`, which is known to match everything; frees it. */
static ShimQuery *without_bug(Compiler *compiler, ShimQuery *part)
{
  if (part == NULL) return NULL;
  ShimQuery *all = NULL, *query = NULL;
  ShimStatus status = shim_query_all(&all);
  const ShimQuery *parts[] = {all, part};
  if (status == SHIM_OK) status = shim_query_join(SHIM_AND_MAYBE, parts, 2, &query);
  shim_query_free(all);
  shim_query_free(part);
  return compiler_checked(compiler, status, &query);
}

ShimQuery *compiler_filter_term(Compiler *compiler, const GString *term)
{
  ShimQuery *query = term_query(compiler, term->str, term->len);
  return is_in_all(compiler, term->str, term->len) ? without_bug(compiler, query) : query;
}

/* ---- words ---- */

static gint by_bytes(gconstpointer a, gconstpointer b)
{
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static GPtrArray *sorted_keys(GHashTable *set)
{
  GPtrArray *keys = g_ptr_array_sized_new(g_hash_table_size(set));
  GHashTableIter iter;
  gpointer key;
  g_hash_table_iter_init(&iter, set);
  while (g_hash_table_iter_next(&iter, &key, NULL)) g_ptr_array_add(keys, key);
  g_ptr_array_sort(keys, by_bytes);
  return keys;
}

ShimQuery *compiler_synonym(Compiler *compiler, GHashTable *forms, const char *prefix)
{
  g_autoptr(GPtrArray) parts = compiler_parts();
  g_autoptr(GPtrArray) sorted = sorted_keys(forms);
  g_autoptr(GString) term = g_string_new(prefix);
  gsize prefix_len = term->len;
  gboolean in_all = FALSE;
  for (guint i = 0; i < sorted->len; i++) {
    g_string_truncate(term, prefix_len);
    g_string_append(term, g_ptr_array_index(sorted, i));
    in_all = in_all || is_in_all(compiler, term->str, term->len);
    if (!compiler_add(parts, term_query(compiler, term->str, term->len))) return NULL;
  }
  ShimQuery *query = compiler_join(compiler, SHIM_SYNONYM, parts);
  return in_all ? without_bug(compiler, query) : query;
}

gboolean compiler_weigh(Compiler *compiler, const ShimQuery *part)
{
  if (!compiler->must) return TRUE;
  ShimQuery *copy = NULL;
  if (!shim_ok(shim_query_scale(part, compiler->factor, &copy), compiler->error)) return FALSE;
  g_ptr_array_add(compiler->weights, copy);
  return TRUE;
}
