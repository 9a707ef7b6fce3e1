#include "base/platform/threads.h"

#include <algorithm>
#include <thread>
#include <vector>

namespace budgetcheck {

unsigned count_cores() { return std::max(1U, std::thread::hardware_concurrency()); }

void run_on_threads(unsigned count, const std::function<void(unsigned)>& work) {
  std::vector<std::jthread> pool;
  for (unsigned index = 1; index < count; ++index) {
    pool.emplace_back(work, index);
  }
  work(0);
}

}  // namespace budgetcheck
