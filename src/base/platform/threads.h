#pragma once

#include <functional>

namespace budgetcheck {

/// How many threads the machine runs at the same time; at least 1.
unsigned count_cores();

/// Runs work(0) … work(count-1), each on a thread of its own, the first on the caller's. Returns when all have ended.
/// `work` must not throw. Where no more threads are allowed the others run one after another on the caller's, so none
/// may wait for another.
void run_on_threads(unsigned count, const std::function<void(unsigned)>& work);

}  // namespace budgetcheck
