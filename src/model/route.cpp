#include "model/route.h"

#include <algorithm>

#include "base/date.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

bool is_variable(std::string_view segment) {
  return segment.starts_with(":") || (segment.starts_with("[") && segment.ends_with("]")) ||
         (segment.starts_with("{") && segment.ends_with("}"));
}

bool is_rest(std::string_view segment) {
  return segment == "*" || segment.starts_with("[...") || segment.starts_with("[[...");
}

bool all_of_class(std::string_view text, std::string_view allowed) {
  return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
}

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

bool has_any(std::string_view text, std::string_view of) { return text.find_first_of(of) != std::string_view::npos; }

/// "cus_9s6XKzkNRiz8i3": a short word for the kind, then what no one would name a thing.
bool is_prefixed_id(std::string_view segment) {
  constexpr std::size_t kLongestKind = 8;
  constexpr std::size_t kShortestId = 8;
  const std::size_t bar = segment.rfind('_');
  if (bar == std::string_view::npos || bar == 0 || bar > kLongestKind) {
    return false;
  }
  const std::string_view id = segment.substr(bar + 1);
  return all_of_class(segment.substr(0, bar), kLower) && id.size() >= kShortestId &&
         all_of_class(id, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") && has_any(id, kDigits) &&
         has_any(id, std::string(kLower) + std::string(kUpper));
}

/// Numbers and lists of them, dates, mail addresses, UUIDs, and long hexadecimal, ULID-like, cuid-like or nanoid-like
/// words: what no one would name a page.
bool looks_like_id(std::string_view segment) {
  constexpr std::string_view kHex = "0123456789abcdefABCDEF-";
  constexpr std::string_view kWord = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  constexpr std::string_view kWordOrDash = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
  constexpr std::size_t kLongHex = 16;
  constexpr std::size_t kLongWord = 20;
  const bool is_address =
      (segment.find('@', 1) != std::string_view::npos && segment.find('.') != std::string_view::npos) ||
      segment.find("%40") != std::string_view::npos;
  if (is_address || !has_any(segment, kDigits)) {
    return is_address;
  }
  if (all_of_class(segment, "0123456789,;") || is_date(segment)) {
    return true;
  }
  const bool mixed = has_any(segment, kLower) && has_any(segment, kUpper);
  return (segment.size() >= kLongHex && all_of_class(segment, kHex)) ||
         (segment.size() >= kLongWord && all_of_class(segment, kWord)) ||
         (segment.size() == kLongWord + 1 && mixed && all_of_class(segment, kWordOrDash)) || is_prefixed_id(segment);
}

std::vector<std::string> segments_of(std::string_view path) {
  std::vector<std::string> segments;
  for (const std::string_view segment : split(path, '/')) {
    if (!segment.empty()) {
      segments.emplace_back(segment);
    }
  }
  return segments;
}

}  // namespace

RouteTable::RouteTable(std::vector<std::string> templates) {
  for (std::string& text : templates) {
    Template entry{std::move(text), {}, 0, false};
    entry.segments = segments_of(entry.text);
    if (!entry.segments.empty() && is_rest(entry.segments.back())) {
      entry.open_ended = true;
      entry.segments.pop_back();
    }
    entry.literals = static_cast<std::size_t>(
        std::count_if(entry.segments.begin(), entry.segments.end(), [](const auto& s) { return !is_variable(s); }));
    templates_.push_back(std::move(entry));
  }
  std::stable_sort(templates_.begin(), templates_.end(), [](const Template& a, const Template& b) {
    return a.literals != b.literals ? a.literals > b.literals : a.open_ended < b.open_ended;
  });
}

RouteTable::Match RouteTable::match(std::string_view path) const {
  const std::vector<std::string> segments = segments_of(path);
  for (const Template& entry : templates_) {
    const bool size_fits =
        entry.open_ended ? segments.size() >= entry.segments.size() : segments.size() == entry.segments.size();
    const bool fits = size_fits && std::equal(entry.segments.begin(), entry.segments.end(), segments.begin(),
                                              [](const std::string& want, const std::string& have) {
                                                return is_variable(want) || want == have;
                                              });
    if (fits) {
      return {entry.text, false, true};
    }
  }
  std::string route;
  bool inferred = false;
  for (const std::string& segment : segments) {
    const bool id = looks_like_id(segment);
    inferred = inferred || id;
    route += "/" + (id ? ":id" : segment);
  }
  return {route.empty() ? "/" : route, inferred, false};
}

std::string path_of_url(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos && scheme < url.find_first_of("/?#")) {
    url.remove_prefix(scheme + 3);
    const std::size_t end = url.find_first_of("/?#");
    url = end == std::string_view::npos ? std::string_view() : url.substr(end);
  }
  const std::string_view path = url.substr(0, url.find_first_of("?#"));
  return path.empty() ? "/" : std::string(path);
}

std::string host_of_url(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos || scheme >= url.find_first_of("/?#")) {
    return {};
  }
  std::string_view host = url.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  const std::size_t user = host.rfind('@');
  if (user != std::string_view::npos) {
    host.remove_prefix(user + 1);
  }
  return lower(host);
}

}  // namespace budgetcheck
