// throw_test.cc - see throw_test.h
#include "throw_test.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <new>
#include <stdexcept>

#include "internal.hh"

namespace
{
struct Kind {
  const char *name;
  void (*raise)(const char *name);
};

template <class Error> void raise(const char *name)
{
  throw Error("thrown: " + std::string(name));
}

// Error, LogicError and RuntimeError are abstract: nothing throws them.
const Kind kinds[] = {
    {"AssertionError", raise<Xapian::AssertionError>},
    {"InvalidArgumentError", raise<Xapian::InvalidArgumentError>},
    {"InvalidOperationError", raise<Xapian::InvalidOperationError>},
    {"UnimplementedError", raise<Xapian::UnimplementedError>},
    {"DatabaseError", raise<Xapian::DatabaseError>},
    {"DatabaseCorruptError", raise<Xapian::DatabaseCorruptError>},
    {"DatabaseCreateError", raise<Xapian::DatabaseCreateError>},
    {"DatabaseLockError", raise<Xapian::DatabaseLockError>},
    {"DatabaseModifiedError", raise<Xapian::DatabaseModifiedError>},
    {"DatabaseOpeningError", raise<Xapian::DatabaseOpeningError>},
    {"DatabaseVersionError", raise<Xapian::DatabaseVersionError>},
    {"DocNotFoundError", raise<Xapian::DocNotFoundError>},
    {"FeatureUnavailableError", raise<Xapian::FeatureUnavailableError>},
    {"InternalError", raise<Xapian::InternalError>},
    {"NetworkError", raise<Xapian::NetworkError>},
    {"NetworkTimeoutError", raise<Xapian::NetworkTimeoutError>},
    {"QueryParserError", raise<Xapian::QueryParserError>},
    {"SerialisationError", raise<Xapian::SerialisationError>},
    {"RangeError", raise<Xapian::RangeError>},
    {"WildcardError", raise<Xapian::WildcardError>},
    {"DatabaseNotFoundError", raise<Xapian::DatabaseNotFoundError>},
    {"DatabaseClosedError", raise<Xapian::DatabaseClosedError>},
    {"std::bad_alloc", [](const char *) { throw std::bad_alloc(); }},
    {"std::runtime_error",
     [](const char *) { throw std::runtime_error("thrown: std::runtime_error"); }},
    {"int", [](const char *) { throw 1; }},
    {"errno", [](const char *) { throw Xapian::DatabaseError("thrown: errno", ENOSPC); }},
};

thread_local long spare = -1;
thread_local bool failed = false;

void *allocate(std::size_t size) noexcept
{
  if (spare >= 0 && spare-- == 0) {
    failed = true;
    return nullptr;
  }
  return std::malloc(size == 0 ? 1 : size);
}
} // namespace

// new[] and the other forms of the library end here; delete must fit new. Not inlined: valgrind
// replaces them, and must replace all or none.
__attribute__((noinline)) void *operator new(std::size_t size)
{
  void *memory = allocate(size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

__attribute__((noinline)) void *operator new(std::size_t size, const std::nothrow_t &) noexcept
{
  return allocate(size);
}

__attribute__((noinline)) void operator delete(void *memory) noexcept
{
  std::free(memory);
}

__attribute__((noinline)) void operator delete(void *memory, std::size_t) noexcept
{
  std::free(memory);
}

extern "C" {

ShimStatus shim_throw(const char *kind)
{
  return guard([&] {
    for (const Kind &known : kinds)
      if (std::strcmp(known.name, kind) == 0) known.raise(kind);
    return SHIM_OK;
  });
}

ShimStatus shim_throw_message(const char *message)
{
  return guard([&]() -> ShimStatus { throw Xapian::InvalidArgumentError(message); });
}

void shim_fail_allocation(long after)
{
  spare = after;
  failed = false;
}

bool shim_allocation_failed(void)
{
  return failed;
}
}
