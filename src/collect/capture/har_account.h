#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "collect/account.h"
#include "collect/capture/har_visits.h"
#include "collect/http/error_answers.h"
#include "model/facts.h"

namespace budgetcheck {

/// What is counted while a capture is read, for the sentences about it.
struct HarCounts {
  std::size_t seen = 0;  ///< entries
  std::size_t malformed = 0;
  std::size_t other_scheme = 0;
  std::size_t implausible = 0;
  std::size_t requests = 0;  ///< without those of repeat views
  std::size_t repeated = 0;  ///< of repeat views
  std::size_t left_out = 0;  ///< there are too many routes or pages
  std::size_t broken = 0;
  std::string first_broken;
  std::size_t cached = 0;
  std::size_t closed = 0;
  ErrorAnswers errors;         ///< of all requests, with static files
  std::size_t strays = 0;      ///< without a pageref
  std::size_t by_workers = 0;  ///< of these, by a service worker
  bool workers_paged = false;  ///< and they were counted for the only page
  std::size_t wrong_pages = 0;
  std::string wrong_page;  ///< what is wrong with the first
  std::string_view wrong_hint;
  std::size_t kept = 0;  ///< that rules look at
  std::size_t not_kept = 0;

  void add(const Exchange& exchange);
};

/// Says of the input what is missing and what is worth knowing.
void describe_har(const HarCounts& counts, const std::vector<HarVisits::Visit>& visits, const Location& location,
                  Account& account, Facts& facts);

}  // namespace budgetcheck
