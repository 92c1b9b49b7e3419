/* throw_test.h - makes the shim fail on purpose. Linked to the unit tests, not in the library: it
 * also replaces the program's operator new. */
#ifndef SITREP_SHIM_THROW_TEST_H
#define SITREP_SHIM_THROW_TEST_H

#include <stdbool.h>

#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Throws inside the shim's guard what `kind` names: a class of xapian/error.h without its
 * namespace, "std::bad_alloc", "std::runtime_error", "int" or "errno" (a DatabaseError with ENOSPC
 * as its cause). Its message is "thrown: KIND" where it has one. SHIM_OK for any other name. */
ShimStatus shim_throw(const char *kind);

/* Throws an InvalidArgumentError with this message. */
ShimStatus shim_throw_message(const char *message);

/* Lets `spare` more allocations of C++ on this thread succeed; the next one fails, and then all
 * succeed again. A negative number calls it off. */
void shim_fail_allocation(long spare);
/* Whether that failure has happened. */
bool shim_allocation_failed(void);

#ifdef __cplusplus
}
#endif
#endif
