// internal.hh - what the shim's own files share: the handles and the guard. Not for others.
#ifndef SITREP_SHIM_INTERNAL_HH
#define SITREP_SHIM_INTERNAL_HH

#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>
#include <xapian.h>

#include "status.h"

// Xapian accepts longer terms and then fails at commit, losing the whole batch. A NUL costs two
// bytes in a key (glass: MAX_SAFE_TERM_LENGTH).
constexpr size_t SHIM_TERM_MAX = 245;

struct ShimDb {
  Xapian::Database db;
  // Empty for a reader; shares its internals with `db` otherwise.
  std::optional<Xapian::WritableDatabase> writer;
  // Where a local reader came from, to open it afresh; empty for others.
  std::vector<std::string> paths;
  // What shim_db_keep() was given.
  std::unique_ptr<void, void (*)(void *)> kept{nullptr, [](void *) {}};
};

struct ShimDoc {
  Xapian::Document doc;
  std::string buffer; // what the last accessor handed out
};

struct ShimQuery {
  Xapian::Query query;
};

// The members of a set as a source of postings, which reads the set as long as it lives; NULL where
// document numbers of a set are not those that a matcher sees.
struct ShimSet;
std::unique_ptr<Xapian::PostingSource> shim_set_source(const Xapian::Database &db,
                                                       const ShimSet &set);

// Throws when the time of shim_time_limit() is over.
void shim_check_time();

// Keeps the sentence for shim_message() and hands the status back.
ShimStatus shim_fail(ShimStatus status, const char *message) noexcept;

// Must be called inside a catch block: turns the exception in flight into a status.
ShimStatus shim_status_of_exception() noexcept;

// Runs `body`, which returns a ShimStatus; whatever it throws becomes a status.
template <class Body> ShimStatus guard(Body &&body) noexcept
{
  try {
    return std::forward<Body>(body)();
  } catch (...) {
    return shim_status_of_exception();
  }
}

// How many bytes a term takes of SHIM_TERM_MAX.
size_t shim_term_cost(const std::string &term) noexcept;

// Refuses a term that a commit would choke on.
ShimStatus shim_check_term(const std::string &term) noexcept;

inline std::string bytes(const char *data, size_t len)
{
  return len == 0 ? std::string() : std::string(data, len);
}

// The revision of one local database; 0 where there is none: several databases, a remote one.
uint64_t shim_revision(const Xapian::Database &db);

// A malloc'd copy with a NUL after it; throws std::bad_alloc.
char *shim_copy(const std::string &from);

#endif
