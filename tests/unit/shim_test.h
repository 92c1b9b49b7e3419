/* shim_test.h - what the tests of the shim share: folders, statuses, documents, queries as text. */
#ifndef SITREP_TESTS_SHIM_TEST_H
#define SITREP_TESTS_SHIM_TEST_H

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../shim/database.h"
#include "../../shim/document.h"
#include "../../shim/match.h"
#include "../../shim/query.h"
#include "../../shim/status.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
/* A string literal as bytes and length, its NULs included. */
#define BYTES(literal) literal, sizeof literal - 1

/* ---- statuses ---- */

static inline void expect_at(ShimStatus wanted, ShimStatus got, const char *call, const char *file,
                             int line)
{
  if (got == wanted) return;
  print_error("%s: %s instead of %s; message: %s\n", call, shim_status_name(got),
              shim_status_name(wanted), shim_message());
  _fail(file, line);
}
#define expect(wanted, call) expect_at(wanted, call, #call, __FILE__, __LINE__)
#define must(call) expect(SHIM_OK, call)

/* ---- a folder for each program, gone when it ends ---- */

static char shim_test_base[256];

static inline int enter_folder(void **state)
{
  (void)state;
  const char *tmp = getenv("TMPDIR");
  snprintf(shim_test_base, sizeof shim_test_base, "%s/sitrep-shim-XXXXXX",
           tmp != NULL ? tmp : P_tmpdir);
  return mkdtemp(shim_test_base) == NULL ? -1 : 0;
}

static inline int remove_entry(const char *path, const struct stat *st, int type, struct FTW *at)
{
  (void)st, (void)type, (void)at;
  return remove(path);
}

static inline int leave_folder(void **state)
{
  (void)state;
  return nftw(shim_test_base, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

/* A path where nothing is; the string stays valid for the next 15 calls. */
static inline const char *fresh(const char *name)
{
  static char paths[16][384];
  static unsigned turn;
  char *path = paths[turn % COUNT(paths)];
  snprintf(path, sizeof paths[0], "%s/%u-%s", shim_test_base, turn++, name);
  return path;
}

static inline void write_file(const char *path, const char *text)
{
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  assert_true(fputs(text, file) >= 0);
  assert_int_equal(fclose(file), 0);
}

/* ---- databases and documents ---- */

static inline ShimDb *open_writer(const char *path)
{
  ShimDb *db = NULL;
  must(shim_db_open_writer(path, true, &db));
  return db;
}

static inline ShimDb *open_reader(const char *path)
{
  ShimDb *db = NULL;
  must(shim_db_open(path, &db));
  return db;
}

/* A document of words parted by single blanks. */
static inline ShimDoc *doc_of(const char *words)
{
  ShimDoc *doc = NULL;
  must(shim_doc_new(&doc));
  while (*words != '\0') {
    size_t len = strcspn(words, " ");
    must(shim_doc_add_term(doc, words, len, 1));
    words += len + (words[len] == ' ');
  }
  return doc;
}

/* Adds such a document; its number. */
static inline uint32_t add_words(ShimDb *db, const char *words)
{
  ShimDoc *doc = doc_of(words);
  uint32_t docid = 0;
  must(shim_db_add(db, doc, &docid));
  shim_doc_free(doc);
  return docid;
}

static inline void set_value(ShimDoc *doc, unsigned slot, const char *value)
{
  must(shim_doc_set_value(doc, slot, value, strlen(value)));
}

/* Writes a database of one document for each line of words and commits it. */
static inline const char *make_db(const char *const *lines, size_t n)
{
  const char *path = fresh("db");
  ShimDb *db = open_writer(path);
  for (size_t i = 0; i < n; i++) add_words(db, lines[i]);
  must(shim_db_commit(db));
  shim_db_free(db);
  return path;
}

static inline uint32_t term_freq(ShimDb *db, const char *term)
{
  uint32_t freq = UINT32_MAX;
  must(shim_db_term_freq(db, term, strlen(term), &freq));
  return freq;
}

static inline uint32_t doc_count(ShimDb *db)
{
  ShimDbStats stats;
  must(shim_db_stats(db, &stats));
  return stats.documents;
}

static inline void assert_metadata(ShimDb *db, const char *key, const char *expected)
{
  char *value = NULL;
  size_t len = 0;
  must(shim_db_metadata(db, key, strlen(key), &value, &len));
  assert_string_equal(value, expected);
  assert_int_equal(len, strlen(expected));
  free(value);
}

/* Appends to a string of blank-parted words. */
static inline void append_word(char *text, size_t size, const char *word, size_t len)
{
  size_t used = strlen(text);
  assert_true(used + len + 2 <= size);
  snprintf(text + used, size - used, "%s%.*s", used == 0 ? "" : " ", (int)len, word);
}

/* Checks what is left of a list, joined by blanks, and frees it. */
static inline void assert_terms(ShimTerms *terms, const char *expected)
{
  char text[1024] = "";
  const char *term = NULL;
  size_t len = 0;
  ShimStatus status;
  while ((status = shim_terms_next(terms, &term, &len)) == SHIM_OK)
    append_word(text, sizeof text, term, len);
  expect(SHIM_END, status);
  assert_string_equal(text, expected);
  shim_terms_free(terms);
}

static inline void assert_terms_of(ShimDb *db, uint32_t docid, const char *expected)
{
  ShimTerms *terms = NULL;
  must(shim_terms_of_document(db, docid, &terms));
  assert_terms(terms, expected);
}

static inline void assert_synonyms(ShimDb *db, const char *term, const char *expected)
{
  ShimTerms *terms = NULL;
  must(shim_terms_synonyms(db, term, strlen(term), &terms));
  assert_terms(terms, expected);
}

/* ---- queries as text ----
 *
 * A term, "all" or "none"; "(OP PART...)" with OP as in `op_names`; "(range SLOT LOW HIGH)" with
 * "*" for an open end; "(prefix TERM LIMIT)"; "(scale/FACTOR PART)"; "(test SLOT TEXT PART)" for
 * those of PART whose value in SLOT contains TEXT.
 */

enum { QUERY_PARTS = 8, QUERY_WORD = 32 };

static inline void query_word(const char **at, char *word)
{
  *at += strspn(*at, " ");
  size_t len = strcspn(*at, " ()");
  assert_true(len > 0 && len < QUERY_WORD);
  memcpy(word, *at, len);
  word[len] = '\0';
  *at += len;
}

static inline ShimStatus query_leaf(const char *word, ShimQuery **query)
{
  if (strcmp(word, "all") == 0) return shim_query_all(query);
  if (strcmp(word, "none") == 0) return shim_query_nothing(query);
  return shim_query_term(word, strlen(word), query);
}

static inline ShimStatus query_range(const char **at, ShimQuery **query)
{
  char slot[QUERY_WORD], low[QUERY_WORD], high[QUERY_WORD];
  query_word(at, slot);
  query_word(at, low);
  query_word(at, high);
  return shim_query_range((unsigned)atoi(slot), low[0] == '*' ? NULL : low, strlen(low),
                          high[0] == '*' ? NULL : high, strlen(high), query);
}

static inline ShimStatus query_prefix(const char **at, ShimQuery **query)
{
  char prefix[QUERY_WORD], limit[QUERY_WORD];
  query_word(at, prefix);
  query_word(at, limit);
  return shim_query_prefix(prefix, strlen(prefix), (uint32_t)atoi(limit), query);
}

static inline ShimOp query_op(const char *word)
{
  static const char *const op_names[] = {"and",       "or",     "and-not", "xor",
                                         "and-maybe", "filter", "synonym", "max"};
  for (size_t i = 0; i < COUNT(op_names); i++)
    if (strcmp(word, op_names[i]) == 0) return (ShimOp)i;
  fail_msg("no operator %s", word);
  return SHIM_AND;
}

static inline ShimStatus query_parse(const char **at, ShimQuery **query);

static inline bool value_contains(void *text, const char *value, size_t len, ShimHas has,
                                  void *asked)
{
  (void)has, (void)asked;
  return memmem(value, len, text, strlen(text)) != NULL;
}

static inline ShimStatus query_test(const char **at, ShimQuery **query)
{
  char slot[QUERY_WORD], text[QUERY_WORD];
  query_word(at, slot);
  query_word(at, text);
  ShimQuery *part = NULL;
  ShimStatus status = query_parse(at, &part);
  if (status != SHIM_OK) return status;
  ShimTest test = {.slot = (unsigned)atoi(slot),
                   .passes = value_contains,
                   .context = strdup(text),
                   .free_context = free};
  status = shim_query_test(part, &test, query);
  shim_query_free(part);
  return status;
}

/* Reads the parts up to the closing parenthesis; how many are to be freed, even after a failure. */
static inline ShimStatus query_parts(const char **at, ShimQuery **parts, size_t *n)
{
  ShimStatus status = SHIM_OK;
  for (*n = 0; status == SHIM_OK && **at != ')'; *at += strspn(*at, " ")) {
    assert_true(*n < QUERY_PARTS);
    status = query_parse(at, &parts[*n]);
    if (status == SHIM_OK) ++*n;
  }
  return status;
}

static inline ShimStatus query_join(const char **at, const char *word, ShimQuery **query)
{
  ShimQuery *parts[QUERY_PARTS];
  size_t n = 0;
  ShimStatus status = query_parts(at, parts, &n);
  if (status == SHIM_OK && strncmp(word, "scale/", 6) == 0)
    status = shim_query_scale(parts[0], atof(word + 6), query);
  else if (status == SHIM_OK)
    status = shim_query_join(query_op(word), (const ShimQuery *const *)parts, n, query);
  while (n > 0) shim_query_free(parts[--n]);
  return status;
}

static inline ShimStatus query_parse(const char **at, ShimQuery **query)
{
  char word[QUERY_WORD];
  *at += strspn(*at, " ");
  bool leaf = **at != '(';
  *at += !leaf;
  query_word(at, word);
  if (leaf) return query_leaf(word, query);
  ShimStatus status;
  if (strcmp(word, "range") == 0)
    status = query_range(at, query);
  else if (strcmp(word, "prefix") == 0)
    status = query_prefix(at, query);
  else if (strcmp(word, "test") == 0)
    status = query_test(at, query);
  else
    status = query_join(at, word, query);
  *at += strcspn(*at, ")") + (status == SHIM_OK);
  return status;
}

static inline ShimStatus query_of(const char *text, ShimQuery **query)
{
  return query_parse(&text, query);
}

static inline ShimQuery *must_query(const char *text)
{
  ShimQuery *query = NULL;
  expect_at(SHIM_OK, query_of(text, &query), text, __FILE__, __LINE__);
  return query;
}

/* ---- matches ---- */

/* A specification that asks for everything there is, of a query that must outlive it. */
static inline ShimMatchSpec spec_of(const ShimQuery *query)
{
  ShimMatchSpec spec;
  shim_match_defaults(&spec);
  spec.query = query;
  spec.max = 1000;
  spec.check_all = true;
  return spec;
}

/* The documents found, in rank order, as "3 1 2". */
static inline void hits_text(const ShimMatches *matches, char *text, size_t size)
{
  text[0] = '\0';
  for (uint32_t i = 0; i < shim_matches_size(matches); i++) {
    char number[16];
    int len = snprintf(number, sizeof number, "%u", shim_matches_hit(matches, i).docid);
    append_word(text, size, number, (size_t)len);
  }
}

static inline void assert_hits_at(ShimDb *db, const ShimMatchSpec *spec, const char *expected,
                                  const char *file, int line)
{
  ShimMatches *matches = NULL;
  expect_at(SHIM_OK, shim_match(db, spec, &matches), "shim_match", file, line);
  char text[1024];
  hits_text(matches, text, sizeof text);
  shim_matches_free(matches);
  _assert_string_equal(text, expected, file, line);
}
#define assert_hits(db, spec, expected) assert_hits_at(db, spec, expected, __FILE__, __LINE__)

/* The same for a query as text, with Xapian's usual weights. */
static inline void assert_finds(ShimDb *db, const char *text, const char *expected)
{
  ShimQuery *query = must_query(text);
  ShimMatchSpec spec = spec_of(query);
  spec.weighting = SHIM_BOOL;
  assert_hits(db, &spec, expected);
  shim_query_free(query);
}

#endif
