// status.cc - exceptions into statuses, and the sentence that goes with them.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

#include "internal.hh"

namespace
{
thread_local char message[1024];

// Keeps "TEXT" or "TEXT (CAUSE)"; what is too long is cut, but not inside a character.
void keep(const char *text, const char *cause) noexcept
{
  int len = cause == nullptr ? std::snprintf(message, sizeof message, "%s", text)
                             : std::snprintf(message, sizeof message, "%s (%s)", text, cause);
  if (len < static_cast<int>(sizeof message)) return;
  size_t end = sizeof message - 1;
  while (end > 0 && (message[end - 1] & 0xc0) == 0x80) end--;
  size_t tail = sizeof message - 1 - end; // continuation bytes at the end
  unsigned char lead = end == 0 ? 0 : static_cast<unsigned char>(message[end - 1]);
  size_t wanted = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
  if (tail < wanted) message[end - 1] = '\0';
}
} // namespace

extern "C" const char *shim_message(void)
{
  return message;
}

extern "C" const char *shim_status_name(ShimStatus status)
{
  switch (status) {
  case SHIM_OK: return "ok";
  case SHIM_END: return "end";
  case SHIM_NOT_FOUND: return "not found";
  case SHIM_LOCKED: return "locked";
  case SHIM_CORRUPT: return "corrupt";
  case SHIM_VERSION: return "version";
  case SHIM_CREATE: return "create";
  case SHIM_OPENING: return "opening";
  case SHIM_MODIFIED: return "modified";
  case SHIM_CLOSED: return "closed";
  case SHIM_DATABASE: return "database";
  case SHIM_NETWORK: return "network";
  case SHIM_TIMEOUT: return "timeout";
  case SHIM_INVALID: return "invalid";
  case SHIM_OPERATION: return "operation";
  case SHIM_RANGE: return "range";
  case SHIM_UNIMPLEMENTED: return "unimplemented";
  case SHIM_EXPANSION: return "expansion";
  case SHIM_NO_MEMORY: return "no memory";
  case SHIM_INTERNAL: return "internal";
  }
  return "unknown";
}

ShimStatus shim_fail(ShimStatus status, const char *text) noexcept
{
  keep(text, nullptr);
  return status;
}

namespace
{
// The exception's own text must be copied before its catch block ends.
ShimStatus fail_with(ShimStatus status, const Xapian::Error &error) noexcept
{
  const char *cause = error.get_error_string();
  // No std::string here: the exception may be about memory. get_msg() returns a reference.
  const char *text = error.get_msg().c_str();
  if (cause != nullptr && std::strstr(text, cause) != nullptr) cause = nullptr;
  keep(text, cause);
  return status;
}
} // namespace

ShimStatus shim_status_of_exception() noexcept
{
  try {
    throw;
  } catch (const Xapian::DocNotFoundError &e) {
    return fail_with(SHIM_NOT_FOUND, e);
  } catch (const Xapian::DatabaseNotFoundError &e) {
    return fail_with(SHIM_NOT_FOUND, e);
  } catch (const Xapian::DatabaseLockError &e) {
    return fail_with(SHIM_LOCKED, e);
  } catch (const Xapian::DatabaseCorruptError &e) {
    return fail_with(SHIM_CORRUPT, e);
  } catch (const Xapian::DatabaseVersionError &e) {
    return fail_with(SHIM_VERSION, e);
  } catch (const Xapian::DatabaseCreateError &e) {
    return fail_with(SHIM_CREATE, e);
  } catch (const Xapian::DatabaseOpeningError &e) {
    return fail_with(SHIM_OPENING, e);
  } catch (const Xapian::DatabaseModifiedError &e) {
    return fail_with(SHIM_MODIFIED, e);
  } catch (const Xapian::DatabaseClosedError &e) {
    return fail_with(SHIM_CLOSED, e);
  } catch (const Xapian::DatabaseError &e) {
    return fail_with(SHIM_DATABASE, e);
  } catch (const Xapian::NetworkTimeoutError &e) {
    return fail_with(SHIM_TIMEOUT, e);
  } catch (const Xapian::NetworkError &e) {
    return fail_with(SHIM_NETWORK, e);
  } catch (const Xapian::InvalidArgumentError &e) {
    return fail_with(SHIM_INVALID, e);
  } catch (const Xapian::QueryParserError &e) {
    return fail_with(SHIM_INVALID, e);
  } catch (const Xapian::InvalidOperationError &e) {
    return fail_with(SHIM_OPERATION, e);
  } catch (const Xapian::RangeError &e) {
    return fail_with(SHIM_RANGE, e);
  } catch (const Xapian::UnimplementedError &e) {
    return fail_with(SHIM_UNIMPLEMENTED, e);
  } catch (const Xapian::FeatureUnavailableError &e) {
    return fail_with(SHIM_UNIMPLEMENTED, e);
  } catch (const Xapian::WildcardError &e) {
    return fail_with(SHIM_EXPANSION, e);
  } catch (const Xapian::Error &e) { // Assertion, Internal, Serialisation and future kinds
    return fail_with(SHIM_INTERNAL, e);
  } catch (const std::bad_alloc &) {
    return shim_fail(SHIM_NO_MEMORY, "out of memory");
  } catch (const std::exception &e) {
    return shim_fail(SHIM_INTERNAL, e.what());
  } catch (...) {
    return shim_fail(SHIM_INTERNAL, "an unknown exception");
  }
}

size_t shim_term_cost(const std::string &term) noexcept
{
  size_t cost = term.size();
  for (char c : term) cost += c == '\0';
  return cost;
}

ShimStatus shim_check_term(const std::string &term) noexcept
{
  size_t cost = shim_term_cost(term);
  if (cost == 0) return shim_fail(SHIM_INVALID, "an empty term");
  if (cost <= SHIM_TERM_MAX) return SHIM_OK;
  char text[96];
  std::snprintf(text, sizeof text, "a term of %zu bytes; the longest that can be stored has %zu",
                cost, SHIM_TERM_MAX);
  return shim_fail(SHIM_INVALID, text);
}

char *shim_copy(const std::string &from)
{
  char *copy = static_cast<char *>(std::malloc(from.size() + 1));
  if (copy == nullptr) throw std::bad_alloc();
  std::memcpy(copy, from.c_str(), from.size() + 1);
  return copy;
}
