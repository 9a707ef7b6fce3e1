#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "collect/http/payload_totals.h"
#include "model/facts.h"

namespace budgetcheck {

/// The exchanges of one capture and the page loads that they belong to.
struct Capture {
  static constexpr std::uint32_t kNoVisit = 0xFFFFFFFF;

  std::string input;  ///< path of the capture, for messages
  std::vector<Exchange> exchanges;
  std::vector<std::uint32_t> visits;  ///< for each exchange the index of its page load, or kNoVisit
  std::vector<std::string> pages;     ///< for each page load the path of its page; empty: not known
  std::string full_hint;              ///< what to do when the capture left sizes out
};

/// Sums and counts them into samples of the family "payload.":
/// - {page} and {page, type}: transfer, body and decoded bytes and requests of one page load; when the capture loads a
///   page several times, one run for each load. Every type of Exchange::type has its sample, 0 when the page asked for
///   none.
/// - {route} and {route, status} for routed exchanges (see is_routed): transfer, body, decoded and time as
///   distributions over the exchanges, and the number of requests.
/// An exchange without a size counts 0 and makes the sample a lower bound, with the reason; where no exchange at all
/// has one, there is an Unmeasured in place of the samples.
/// Returns how many exchanges are left out of them because of kMaxPayloadGroups.
std::size_t append_payload_samples(const Capture& capture, Facts& facts);

}  // namespace budgetcheck
