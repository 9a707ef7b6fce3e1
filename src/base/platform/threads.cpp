#include "base/platform/threads.h"

#include <algorithm>
#include <system_error>
#include <thread>
#include <vector>

namespace budgetcheck {

unsigned count_cores() { return std::max(1U, std::thread::hardware_concurrency()); }

void run_on_threads(unsigned count, const std::function<void(unsigned)>& work) {
  unsigned begun = 1;
  {
    std::vector<std::jthread> pool;
    pool.reserve(count);
    try {
      for (; begun < count; ++begun) {
        pool.emplace_back(work, begun);
      }
    } catch (const std::system_error&) {
      // A container's limit of processes, or a filter of system calls that knows no threads: what is left over is
      // done here.
    }
    work(0);
  }
  for (; begun < count; ++begun) {
    work(begun);
  }
}

}  // namespace budgetcheck
