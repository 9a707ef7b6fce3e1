#include "query/prisma/prisma_errors.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/text.h"

namespace budgetcheck::prisma {

void ErrorList::add(Location location, std::string message, std::string hint) {
  if (errors_.size() == kKept) {
    ++dropped_;
    return;
  }
  errors_.push_back({ErrorKind::kInput, std::move(message), std::move(location), std::move(hint)});
}

void ErrorList::move_since(std::size_t size, ErrorList& to) {
  for (std::size_t i = size; i < errors_.size(); ++i) {
    to.add(std::move(errors_[i].location), std::move(errors_[i].message), std::move(errors_[i].hint));
  }
  errors_.resize(std::min(size, errors_.size()));
}

std::string ErrorList::summary() {
  const std::size_t more = errors_.size() + dropped_;
  Errors all = take();
  if (all.empty()) {
    return {};
  }
  return to_string(all.front()) + (more > 1 ? fmt::format("; and {} more", more - 1) : std::string());
}

std::string ErrorList::nearest_of(std::string_view name, const std::vector<std::string>& candidates) {
  std::vector<std::string> alike;
  for (const std::string& candidate : candidates) {
    // Cheap: what differs too much in length is never near, and costs most to compare.
    const std::size_t longer = std::max(name.size(), candidate.size());
    const std::size_t shorter = std::min(name.size(), candidate.size());
    work_left_ -= 8;
    if (longer - shorter > std::max<std::size_t>(longer / 3, 1)) {
      continue;
    }
    work_left_ -= static_cast<std::ptrdiff_t>(longer * shorter);
    if (work_left_ <= 0) {
      break;
    }
    alike.push_back(candidate);
  }
  return nearest(name, alike);
}

std::string ErrorList::did_you_mean(std::string_view name, const std::vector<std::string>& candidates) {
  const std::string meant = nearest_of(name, candidates);
  return meant.empty() ? std::string() : fmt::format("did you mean {}?", shown(meant));
}

Errors ErrorList::take() {
  std::stable_sort(errors_.begin(), errors_.end(), [](const Error& a, const Error& b) {
    return std::tie(a.location.file, a.location.line, a.location.column) <
           std::tie(b.location.file, b.location.line, b.location.column);
  });
  if (errors_.size() > kShown) {
    const std::size_t more = errors_.size() - kShown + dropped_;
    Location where = Location::of(errors_[kShown].location.file);
    errors_.resize(kShown);
    errors_.push_back({ErrorKind::kInput, "and " + counted(more, "more error"), std::move(where), {}});
  }
  return std::exchange(errors_, {});
}

std::string shown(std::string_view text) {
  constexpr std::size_t kWidth = 60;
  // Cut before it is made printable: a name may be as long as its file.
  return "'" + shorten_middle(printable(text.size() > 4096 ? text.substr(0, 4096) : text), kWidth) + "'";
}

}  // namespace budgetcheck::prisma
