#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <map>
#include <mutex>
#include <utility>

#include "base/platform/threads.h"

namespace budgetcheck {

/// Makes the pieces 0 … count-1 by `make(worker, index)` on `workers` threads, and hands them to `take(Piece&&)` one
/// after the other and in order; `take` runs on whichever thread comes by. At most two pieces a worker are made ahead
/// of what was taken, so memory stays bounded. What either throws is thrown again here.
template <class Piece, class Make, class Take>
void ordered_pipeline(std::size_t count, unsigned workers, const Make& make, const Take& take) {
  std::mutex mutex;
  std::condition_variable changed;
  std::map<std::size_t, Piece> made;
  std::size_t next = 0;
  std::size_t taken = 0;
  bool taking = false;
  std::exception_ptr failure;
  const std::size_t ahead = std::size_t{2} * workers;
  const auto work = [&](unsigned worker) {
    std::unique_lock lock(mutex);
    while (taken < count && !failure) {
      try {
        const auto ready = made.find(taken);
        if (!taking && ready != made.end()) {
          Piece piece = std::move(ready->second);
          made.erase(ready);
          taking = true;
          lock.unlock();
          take(std::move(piece));
          lock.lock();
          taking = false;
          ++taken;
          changed.notify_all();
        } else if (next < count && next < taken + ahead) {
          const std::size_t index = next++;
          lock.unlock();
          Piece piece = make(worker, index);
          lock.lock();
          made.emplace(index, std::move(piece));
          changed.notify_all();
        } else {
          changed.wait(lock);
        }
      } catch (...) {
        if (!lock.owns_lock()) {
          lock.lock();
        }
        failure = failure ? failure : std::current_exception();
        changed.notify_all();
      }
    }
  };
  run_on_threads(workers, work);
  if (failure) {
    std::rethrow_exception(failure);
  }
}

}  // namespace budgetcheck
