#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>

#include "collect/capture/har_entry.h"

namespace budgetcheck {

/// Joins the two entries that a capture holds of one request behind a service worker: the page's, which crossed no
/// wire, and that of the worker, which did, in whichever order they come. The page's entry gets the worker's sizes and
/// stands for both. A pair is found among the last kWindow entries.
class WorkerPairs {
 public:
  static constexpr std::size_t kWindow = 512;
  using Sink = std::function<void(HarEntry&& entry)>;

  /// Entries leave for `sink` in the order in which they came.
  explicit WorkerPairs(Sink sink) : sink_(std::move(sink)) {}

  /// False: the entry is the worker's and was joined with an earlier one, so there is nothing more to read of it.
  bool add(HarEntry&& entry);
  void flush();

 private:
  struct Waiting {
    HarEntry entry;
    bool joined = false;  ///< found its other half
    bool dropped = false;
  };
  static bool is_of_page(const HarEntry& entry) { return entry.through_worker || entry.may_be_through_worker; }
  static bool is_pair(const HarEntry& page, const HarEntry& worker);
  static void join(HarEntry& page, const HarEntry& worker);
  void send_first();

  Sink sink_;
  std::deque<Waiting> window_;
  std::size_t of_pages_ = 0;  ///< in the window, not joined yet
};

}  // namespace budgetcheck
