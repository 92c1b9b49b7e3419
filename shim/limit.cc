// limit.cc - see limit.h
#include "limit.h"

#include <algorithm>
#include <chrono>

#include "internal.hh"

namespace
{
using Clock = std::chrono::steady_clock;

struct Limit {
  bool set = false;
  Clock::time_point end;
};

thread_local Limit limit;
} // namespace

void shim_check_time()
{
  if (limit.set && Clock::now() > limit.end)
    throw Xapian::NetworkTimeoutError("the search takes longer than it may");
}

extern "C" void shim_time_limit(double seconds)
{
  limit.set = seconds > 0;
  if (!limit.set) return;
  std::chrono::duration<double> length(std::min(seconds, 1e6));
  limit.end = Clock::now() + std::chrono::duration_cast<Clock::duration>(length);
}

extern "C" ShimStatus shim_check_limit(void)
{
  return guard([] {
    shim_check_time();
    return SHIM_OK;
  });
}
