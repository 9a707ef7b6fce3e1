#pragma once

#include <cstddef>
#include <functional>

namespace budgetcheck {

/// Runs job(0) … job(count-1) on up to `threads` threads (0: as many as the machine has cores), taking indices in
/// rising order: put the biggest job first. Returns when all are done. A job that throws stops the hand-out of
/// other jobs, and the first exception is thrown again here.
void parallel_for(std::size_t count, const std::function<void(std::size_t)>& job, unsigned threads = 0);

}  // namespace budgetcheck
