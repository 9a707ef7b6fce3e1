#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>

#include "base/platform/threads.h"

namespace budgetcheck {

void parallel_for(std::size_t count, const std::function<void(std::size_t)>& job, unsigned threads) {
  const unsigned cores = threads != 0 ? threads : count_cores();
  const std::size_t workers = std::min<std::size_t>(cores, count);
  std::atomic<std::size_t> next{0};
  std::exception_ptr first;
  std::mutex mutex;
  const auto work = [&] {
    for (std::size_t i = next.fetch_add(1); i < count; i = next.fetch_add(1)) {
      try {
        job(i);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!first) {
          first = std::current_exception();
        }
        next.store(count);
      }
    }
  };
  run_on_threads(static_cast<unsigned>(workers), [&](unsigned /*index*/) { work(); });
  if (first) {
    std::rethrow_exception(first);
  }
}

}  // namespace budgetcheck
