/* database.h - open, read and write a Xapian database. See status.h for the rules of all calls. */
#ifndef SITREP_SHIM_DATABASE_H
#define SITREP_SHIM_DATABASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "document.h"
#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ShimDb ShimDb;
typedef struct ShimTerms ShimTerms;
typedef struct ShimPostings ShimPostings;

/* ---- opening ---- */

/* Opens a database for reading: a directory, a single-file database or a stub file. */
ShimStatus shim_db_open(const char *path, ShimDb **db);
/* Opens `n` (at least 1) databases as one. */
ShimStatus shim_db_open_many(const char *const *paths, size_t n, ShimDb **db);
/* Opens a database served by xapian-tcpsrv. `timeout_ms` bounds each answer, 0 for none. */
ShimStatus shim_db_open_remote(const char *host, unsigned port, unsigned timeout_ms, ShimDb **db);
/* Opens a database for reading and writing and takes its lock. It is created when `create` is
 * true and nothing is there; SHIM_LOCKED when another process writes. */
ShimStatus shim_db_open_writer(const char *path, bool create, ShimDb **db);
/* Creates a database in the place of whatever one, or remains of one, is there. */
ShimStatus shim_db_overwrite(const char *path, ShimDb **db);
/* Creates a database, replacing what is there, that is never synced to disk: a part that will be
 * merged with others, or thrown away when the machine stops. */
ShimStatus shim_db_create_scratch(const char *path, ShimDb **db);
/* Frees the handle; changes that were not committed are dropped. NULL is allowed. */
void shim_db_free(ShimDb *db);
/* Brings a reader to the newest commit; `changed` (may be NULL) tells whether it moved. */
ShimStatus shim_db_reopen(ShimDb *db, bool *changed);

/* Work on one state of a database. Returns SHIM_MODIFIED when a call of its own did. */
typedef ShimStatus (*ShimWork)(ShimDb *db, void *context);
/* Runs `work`; when a writer's commits overtake the reader (SHIM_MODIFIED) moves to the newest
 * commit and runs it again from the start, up to 100 times. `work` must be repeatable. */
ShimStatus shim_db_snapshot(ShimDb *db, ShimWork work, void *context);

/* Keeps `thing`, which the caller made from the present state of the database, until the handle is
 * freed, moves to another commit or writes, or something else is to be kept; then `destroy` is
 * called with it, which may not use the handle. */
void shim_db_keep(ShimDb *db, void *thing, void (*destroy)(void *thing));
/* What is kept, or NULL. */
void *shim_db_kept(const ShimDb *db);

/* ---- what it holds ---- */

typedef struct ShimDbStats {
  uint32_t documents;
  uint32_t last_docid;
  double average_length; /* in terms */
  uint64_t revision;     /* 0 when several databases are open as one */
} ShimDbStats;
ShimStatus shim_db_stats(ShimDb *db, ShimDbStats *stats);
/* Xapian's own identity of the database (compaction changes it); free() the string. */
ShimStatus shim_db_uuid(ShimDb *db, char **uuid);
/* In how many documents `term` is; 0 for an unknown term. */
ShimStatus shim_db_term_freq(ShimDb *db, const char *term, size_t len, uint32_t *freq);
/* The document of a unique term: the first in its posting list, or SHIM_NOT_FOUND. */
ShimStatus shim_db_find(ShimDb *db, const char *term, size_t len, uint32_t *docid);
/* A document by number; free with shim_doc_free(). */
ShimStatus shim_db_document(ShimDb *db, uint32_t docid, ShimDoc **doc);
/* Metadata; an absent key gives an empty value. free() the value. */
ShimStatus shim_db_metadata(ShimDb *db, const char *key, size_t key_len, char **value, size_t *len);
/* The lowest and the highest value of a slot (bounds: they may be of a deleted document); both
 * empty when no document has one. free() both. */
ShimStatus shim_db_value_bounds(ShimDb *db, unsigned slot, char **low, size_t *low_len, char **high,
                                size_t *high_len);
/* The best spelling correction from the database's dictionary, or SHIM_NOT_FOUND. free() it. */
ShimStatus shim_db_suggest(ShimDb *db, const char *word, size_t len, unsigned max_edits,
                           char **suggestion);

/* ---- lists: each opens an iterator that stands before its first entry ---- */

/* All terms that start with `prefix` (may be empty), in byte order. */
ShimStatus shim_terms_all(ShimDb *db, const char *prefix, size_t len, ShimTerms **terms);
/* The terms of one document; their frequency is in the database. */
ShimStatus shim_terms_of_document(ShimDb *db, uint32_t docid, ShimTerms **terms);
/* The synonyms of a term. */
ShimStatus shim_terms_synonyms(ShimDb *db, const char *term, size_t len, ShimTerms **terms);
/* The terms that have synonyms, those with a prefix. */
ShimStatus shim_terms_synonym_keys(ShimDb *db, const char *prefix, size_t len, ShimTerms **terms);
/* Metadata keys with a prefix. */
ShimStatus shim_terms_metadata_keys(ShimDb *db, const char *prefix, size_t len, ShimTerms **terms);
/* Words of the spelling dictionary; their frequency is the dictionary's. */
ShimStatus shim_terms_spellings(ShimDb *db, ShimTerms **terms);
/* Steps on: SHIM_OK with the term (valid until the next call), SHIM_END, or a failure. */
ShimStatus shim_terms_next(ShimTerms *terms, const char **term, size_t *len);
/* Steps to the first term that is not before `term`, otherwise as shim_terms_next(). */
ShimStatus shim_terms_seek(ShimTerms *terms, const char *term, size_t len, const char **found,
                           size_t *found_len);
/* In how many documents the term that the iterator stands on is. */
ShimStatus shim_terms_freq(ShimTerms *terms, uint32_t *freq);
void shim_terms_free(ShimTerms *terms);

/* The documents of a term, ascending; the empty term is in all documents. */
ShimStatus shim_postings_open(ShimDb *db, const char *term, size_t len, ShimPostings **postings);
/* Steps on: SHIM_OK with the document and the term's count in it, SHIM_END, or a failure. */
ShimStatus shim_postings_next(ShimPostings *postings, uint32_t *docid, uint32_t *wdf);
/* Steps to the first document not before `docid`, otherwise as shim_postings_next(). */
ShimStatus shim_postings_seek(ShimPostings *postings, uint32_t docid, uint32_t *found,
                              uint32_t *wdf);
void shim_postings_free(ShimPostings *postings);

/* ---- writing: SHIM_OPERATION on a reader ---- */

/* Makes all changes since the last commit visible at once. */
ShimStatus shim_db_commit(ShimDb *db);
/* Transactions: what is between begin and commit becomes visible together; cancel drops it. */
ShimStatus shim_db_begin(ShimDb *db);
ShimStatus shim_db_commit_transaction(ShimDb *db);
ShimStatus shim_db_cancel(ShimDb *db);
/* Adds a document; `docid` (may be NULL) receives its number. */
ShimStatus shim_db_add(ShimDb *db, const ShimDoc *doc, uint32_t *docid);
/* Replaces the document of that number, or makes it. */
ShimStatus shim_db_replace(ShimDb *db, uint32_t docid, const ShimDoc *doc);
/* Replaces all documents with a unique term by one, or adds it. */
ShimStatus shim_db_replace_term(ShimDb *db, const char *term, size_t len, const ShimDoc *doc,
                                uint32_t *docid);
ShimStatus shim_db_delete(ShimDb *db, uint32_t docid);
/* Deletes every document that has the term; none is no failure. */
ShimStatus shim_db_delete_term(ShimDb *db, const char *term, size_t len);
/* An empty value removes the key. */
ShimStatus shim_db_set_metadata(ShimDb *db, const char *key, size_t key_len, const char *value,
                                size_t len);
ShimStatus shim_db_add_synonym(ShimDb *db, const char *term, size_t term_len, const char *synonym,
                               size_t len);
ShimStatus shim_db_add_spelling(ShimDb *db, const char *word, size_t len, uint32_t count);

/* ---- whole databases ---- */

/* Merges `n` databases into a new compact one at `to`. Documents keep their numbers when there is
 * one source, else they are renumbered in the order of the sources. */
ShimStatus shim_compact(const char *const *from, size_t n, const char *to);
/* Checks a database's structure; `errors` receives the number of faults found. */
ShimStatus shim_check(const char *path, size_t *errors);
/* Xapian's version, as "1.4.22". Static. */
const char *shim_xapian_version(void);

#ifdef __cplusplus
}
#endif
#endif
