/* status.h - what every call of the shim answers.
 *
 * The shim is Xapian 1.4 and CLD2 behind a C interface, shaped by what a search program does, not
 * by Xapian's classes. It knows nothing of articles. Its rules:
 *
 *  - Every call that can fail returns a ShimStatus. SHIM_OK is zero.
 *  - The sentence that belongs to the last failure on this thread is shim_message(). It was copied
 *    out of the exception, so it stays valid until the next failure on this thread.
 *  - No C++ exception leaves the shim: neither Xapian's, nor std::bad_alloc, nor any other.
 *  - Terms, values, data, keys and metadata are bytes: pointer and length, NUL allowed.
 *  - Output arguments are untouched when a call fails.
 *  - Handles are not shared between threads: one ShimDb a thread.
 *  - A callback must return normally: no longjmp, no exit, no call on the same handle.
 */
#ifndef SITREP_SHIM_STATUS_H
#define SITREP_SHIM_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ShimStatus {
  SHIM_OK = 0,
  SHIM_END,           /* an iterator is exhausted: not a failure, no message */
  SHIM_NOT_FOUND,     /* no such document, term or database */
  SHIM_LOCKED,        /* another writer holds the database */
  SHIM_CORRUPT,       /* the database is damaged */
  SHIM_VERSION,       /* written by another version of Xapian */
  SHIM_CREATE,        /* cannot be created: permissions, a file in the way */
  SHIM_OPENING,       /* exists but cannot be opened */
  SHIM_MODIFIED,      /* changed under a reader: shim_db_snapshot() deals with it */
  SHIM_CLOSED,        /* the handle was closed */
  SHIM_DATABASE,      /* any other failure of the database: read error, full disk */
  SHIM_NETWORK,       /* a remote database cannot be reached */
  SHIM_TIMEOUT,       /* a remote database did not answer in time, or shim_time_limit() */
  SHIM_INVALID,       /* an argument that Xapian or the shim refuses, a term over 245 bytes */
  SHIM_OPERATION,     /* not allowed in this state: writing to a reader, nested transactions */
  SHIM_RANGE,         /* a number out of range */
  SHIM_UNIMPLEMENTED, /* Xapian cannot do it, or was built without it */
  SHIM_EXPANSION,     /* a wildcard matches more terms than its limit */
  SHIM_NO_MEMORY,     /* std::bad_alloc */
  SHIM_INTERNAL       /* anything else */
} ShimStatus;

/* The message of the last failure on this thread, UTF-8, never NULL, empty when there was none.
 * Owned by the shim. */
const char *shim_message(void);

/* The name of a status ("locked", "not found"), for messages and tests; never NULL. */
const char *shim_status_name(ShimStatus status);

#ifdef __cplusplus
}
#endif
#endif
