#include "model/route.h"

#include <algorithm>

#include "base/text.h"
#include "base/text/id_like.h"
#include "model/routes/id_segments.h"

namespace budgetcheck {
namespace {

bool is_variable(std::string_view segment) {
  return segment.starts_with(":") || (segment.starts_with("[") && segment.ends_with("]")) ||
         (segment.starts_with("{") && segment.ends_with("}"));
}

bool is_rest(std::string_view segment) {
  return segment == "*" || segment.starts_with("[...") || segment.starts_with("[[...");
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
  std::vector<std::string_view> views;
  for (const std::string& segment : segments) {
    views.push_back(without_parameters(segment));
  }
  std::string route;
  bool inferred = false;
  for (std::size_t i = 0; i < views.size(); ++i) {
    const SegmentForm form = form_of_segment(views, i);
    const bool id = form.kind == SegmentKind::kIdentifier;
    inferred = inferred || id || views[i] == kId;  // one that was private is written so before
    route += '/';
    if (id) {
      route.append(kId).append(form.ending);
    } else {
      route += without_private_segments(views[i]);
    }
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
