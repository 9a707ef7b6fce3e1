#include "collect/capture/har_workers.h"

#include <algorithm>
#include <utility>

#include "model/exchange.h"

namespace budgetcheck {

bool WorkerPairs::is_pair(const HarEntry& page, const HarEntry& worker) {
  constexpr double kClocks = 50;  ///< two processes say when it began and ended
  // Without a word that the page's came through a worker (it may be from a cache), the other must be a worker's for
  // sure.
  if (page.url_key == 0 || page.url_key != worker.url_key || is_of_page(worker) || worker.by_test ||
      !(worker.by_worker || page.through_worker)) {
    return false;
  }
  if (!page.started_ms || !worker.started_ms || page.exchange.time_ms < 0) {
    return true;
  }
  return *worker.started_ms >= *page.started_ms - kClocks &&
         *worker.started_ms <= *page.started_ms + page.exchange.time_ms + kClocks;
}

void WorkerPairs::join(HarEntry& page, const HarEntry& worker) {
  Exchange& into = page.exchange;
  const Exchange& from = worker.exchange;
  if (failed(from)) {
    return;  // the worker had an answer of its own
  }
  into.transfer_bytes = from.transfer_bytes;
  into.body_bytes = from.body_bytes;
  into.from_cache = from.from_cache;
  into.decoded_bytes = into.decoded_bytes > 0 ? into.decoded_bytes : std::max(into.decoded_bytes, from.decoded_bytes);
  if (into.content_encoding.empty()) {
    into.content_encoding = from.content_encoding;
  }
  if (!into.headers_known) {
    into.cache_control = from.cache_control;
    into.has_validator = from.has_validator;
    into.headers_known = from.headers_known;
  }
}

bool WorkerPairs::add(HarEntry&& entry) {
  const bool of_page = is_of_page(entry);
  bool joined = false;
  if (of_page || of_pages_ > 0) {
    for (auto other = window_.rbegin(); other != window_.rend(); ++other) {
      if (other->joined || other->dropped) {
        continue;
      }
      if (of_page && is_pair(entry, other->entry)) {
        join(entry, other->entry);
        other->dropped = true;
        joined = true;
        break;
      }
      if (!of_page && is_of_page(other->entry) && is_pair(other->entry, entry)) {
        join(other->entry, entry);
        other->joined = true;
        --of_pages_;
        return false;
      }
    }
  }
  of_pages_ += of_page && !joined ? 1U : 0U;
  window_.push_back({std::move(entry), joined, false});
  if (window_.size() > kWindow) {
    send_first();
  }
  return true;
}

void WorkerPairs::send_first() {
  Waiting& first = window_.front();
  of_pages_ -= is_of_page(first.entry) && !first.joined ? 1U : 0U;
  if (!first.dropped) {
    sink_(std::move(first.entry));
  }
  window_.pop_front();
}

void WorkerPairs::flush() {
  while (!window_.empty()) {
    send_first();
  }
}

}  // namespace budgetcheck
