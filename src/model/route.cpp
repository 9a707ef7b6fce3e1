#include "model/route.h"

#include <algorithm>

#include "base/glob.h"
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

RouteTable::RouteTable(std::vector<std::string> templates, RouteNames names)
    : names_(std::move(names)), measured_(names_.measured.begin(), names_.measured.end()) {
  for (const std::string& route : names_.selected) {
    if (is_glob(route)) {
      globs_.push_back(route);
    } else {
      plain_.insert(route);
    }
  }
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

RouteTable::Match RouteTable::match(std::string_view path, std::string_view method) const {
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
  return infer(segments, method);
}

RouteTable::Match RouteTable::infer(const std::vector<std::string>& segments, std::string_view method) const {
  std::vector<std::string_view> views;
  for (const std::string& segment : segments) {
    views.push_back(without_parameters(segment));
  }
  std::vector<SegmentForm> forms;
  bool inferred = false;
  bool doubts = false;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    forms.push_back(form_of_segment(views, i));
    inferred = inferred || forms[i].kind == SegmentKind::kIdentifier || views[i] == kId;  // one that was private
    doubts = doubts || forms[i].kind == SegmentKind::kDoubtful;
  }
  // With ":id" for what is at least so much like an id.
  const auto written = [&](SegmentKind least) {
    std::string route;
    for (std::size_t i = 0; i < segments.size(); ++i) {
      route += '/';
      if (forms[i].kind >= least && forms[i].kind != SegmentKind::kWord) {
        route.append(kId).append(forms[i].ending);
      } else {
        route += views[i];  // what is private is an id
      }
    }
    return route.empty() ? std::string("/") : route;
  };
  const std::string before = method.empty() ? std::string() : std::string(method) + " ";
  std::string route = written(SegmentKind::kIdentifier);
  if (names_.selected.empty()) {
    return {std::move(route), inferred, false};
  }
  if (inferred) {
    std::string literal;
    for (const std::string_view segment : views) {
      literal.append("/").append(without_private_segments(segment));
    }
    if (literal != route && prefers(before + literal, before + route)) {
      return {std::move(literal), false, true};
    }
  }
  if (doubts) {
    std::string doubtful = written(SegmentKind::kDoubtful);
    if (prefers(before + doubtful, before + route)) {
      const bool given = plain_.contains(before + doubtful);
      return {std::move(doubtful), true, given};
    }
  }
  const bool given = plain_.contains(before + route);
  return {std::move(route), inferred, given};
}

bool RouteTable::prefers(const std::string& route, const std::string& other) const {
  return plain_.contains(route) || std::any_of(globs_.begin(), globs_.end(), [&](const std::string& glob) {
           return label_glob_matches(glob, route) && !label_glob_matches(glob, other);
         });
}

bool RouteTable::keeps(const std::string& route, const std::string& other) const {
  return was_measured(route) || prefers(route, other);
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
