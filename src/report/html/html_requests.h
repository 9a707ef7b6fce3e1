#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/capture_facts.h"

namespace budgetcheck {

/// The requests of one page, or of one capture that knows no pages.
struct RequestGroup {
  std::string title;  ///< "/checkout in captures/home.har"; printable
  std::string page;   ///< its path; may be empty
  std::vector<const Exchange*> requests;
  bool timed = false;     ///< at least one says when it was sent
  std::string host;       ///< that most were sent to; only others are named in the rows
  std::size_t shown = 0;  ///< how many of `requests` are in the page
};

/// In the order of the exchanges, which the groups point into; the requests of each in the order they were sent.
std::vector<RequestGroup> request_groups(const std::vector<Exchange>& exchanges);

/// Only so many groups are in the page.
inline constexpr std::size_t kMostRequestGroups = 40;

}  // namespace budgetcheck
