#include "collect/bundle/bundlers/next_segments.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxDepth = 64;  ///< folders of one route
/// No build has more than one page for a URL and a slot; a file that says so must not cost time.
constexpr std::size_t kMaxCatchAlls = 64;
constexpr std::string_view kNotFoundRoute = "/_not-found";

/// What wraps a page, in its folder and in those above.
struct Wrapper {
  std::string_view name;
  bool styles;  ///< they are loaded with it at once
};
constexpr std::array<Wrapper, 7> kWrappers{{{"layout", true},
                                            {"template", true},
                                            {"loading", true},
                                            {"error", false},
                                            {"not-found", false},
                                            {"forbidden", false},
                                            {"unauthorized", false}}};

std::string folder_of_key(std::string_view key) { return std::string(key.substr(0, key.rfind('/'))); }

/// The folders around a key, the innermost first; the last is "".
std::vector<std::string> folders_around(std::string_view key) {
  std::vector<std::string> folders;
  for (std::size_t at = key.rfind('/'); at != std::string_view::npos && folders.size() < kMaxDepth;
       at = key.rfind('/')) {
    key = key.substr(0, at);
    folders.emplace_back(key);
  }
  return folders;
}

bool is_slot(std::string_view segment) { return segment.starts_with('@') && segment != "@children"; }

std::vector<std::string_view> slots_in(std::string_view key) {
  std::vector<std::string_view> slots = split(key, '/');
  std::erase_if(slots, [](std::string_view segment) { return !is_slot(segment); });
  return slots;
}

/// "(.)photo" is shown in place of a page that the user leaves, never when a page is opened.
bool intercepts(std::string_view route) { return route.find("/(.") != std::string_view::npos; }

/// What follows `folder` in `key`, a slot or a child: "/dashboard", "/dashboard/@team/page" → "@team".
std::string_view next_segment(std::string_view folder, std::string_view key) {
  const std::string_view rest = key.substr(folder.size() + 1);
  return rest.substr(0, rest.find('/'));
}

bool is_below(std::string_view folder, std::string_view key) {
  return key.size() > folder.size() && key.starts_with(folder) && key[folder.size()] == '/';
}

}  // namespace

NextSegments::NextSegments(const std::vector<std::string>& keys) : keys_(keys.begin(), keys.end()) {
  since_14_ = keys_.contains("/_not-found/page") || keys_.contains("/_not-found");
  for (const std::string& key : keys_) {
    for (const std::string& folder : folders_around(key)) {
      const std::string name = folder.substr(folder.rfind('/') == std::string::npos ? 0 : folder.rfind('/') + 1);
      if (is_slot(name)) {
        slots_[folder_of_key(folder)].insert(name);
      }
    }
    const std::string route = app_route(key);
    if (route.empty()) {
      only_pages_ = only_pages_ && key.ends_with("/route");
      continue;
    }
    pages_[route].push_back(key);
    const std::size_t open = route.find("[...");
    const bool optional = open != std::string::npos && open > 0 && route[open - 1] == '[';
    if (open != std::string::npos && !optional && !intercepts(route)) {
      std::vector<std::string>& same = catch_alls_[route.substr(0, open)];
      if (same.size() < kMaxCatchAlls) {
        same.push_back(key);
      }
    }
  }
}

/// A catch-all page of a slot is shown on every route below it for which the slot has no page of its own.
std::vector<std::string> NextSegments::matched_pages(const std::string& route) const {
  std::vector<std::string> pages = pages_.at(route);
  if (only_pages_ || !since_14_ || intercepts(route) || route == kNotFoundRoute) {
    return pages;
  }
  std::vector<std::string> candidates;
  std::size_t depth = 0;
  for (std::size_t slash = route.find('/'); slash != std::string::npos && slash + 1 < route.size() && depth < kMaxDepth;
       slash = route.find('/', slash + 1), ++depth) {
    if (const auto found = catch_alls_.find(route.substr(0, slash + 1)); found != catch_alls_.end()) {
      candidates.insert(candidates.end(), found->second.begin(), found->second.end());
    }
  }
  std::stable_sort(candidates.begin(), candidates.end(), [](const std::string& a, const std::string& b) {
    return std::count(a.begin(), a.end(), '/') > std::count(b.begin(), b.end(), '/');
  });
  for (const std::string& candidate : candidates) {
    const bool taken = std::any_of(pages.begin(), pages.end(),
                                   [&](const std::string& page) { return slots_in(page) == slots_in(candidate); });
    if (!taken) {
      pages.push_back(candidate);
    }
  }
  return pages;
}

/// Next.js 13 takes the file beside the innermost layout, later versions the one of the root.
std::string NextSegments::global_error(const std::vector<std::string>& pages) const {
  if (since_14_) {
    return "/global-error";
  }
  const auto plain =
      std::find_if(pages.begin(), pages.end(), [](const std::string& page) { return slots_in(page).empty(); });
  for (const std::string& folder : folders_around(plain == pages.end() ? pages.front() : *plain)) {
    if (keys_.contains(folder + "/layout")) {
      return folder + "/global-error";
    }
  }
  return "/global-error";
}

void NextSegments::add_slots(const std::vector<std::string>& pages, const std::set<std::string>& folders,
                             std::map<std::string, bool>& out) const {
  const auto stand_in = [&](const std::string& key) {
    if (keys_.contains(key)) {
      out.emplace(key, true);
    }
  };
  for (const std::string& folder : folders) {
    std::set<std::string, std::less<>> shown;
    bool child = false;
    for (const std::string& page : pages) {
      if (is_below(folder, page)) {
        const std::string_view segment = next_segment(folder, page);
        is_slot(segment) ? static_cast<void>(shown.emplace(segment)) : static_cast<void>(child = true);
      }
    }
    if (const auto slots = slots_.find(folder); slots != slots_.end()) {
      for (const std::string& slot : slots->second) {
        if (!shown.contains(slot)) {
          stand_in(folder + "/" + slot + "/default");
        }
      }
    }
    if (!child) {
      stand_in(folder + "/default");
    }
  }
}

std::map<std::string, bool> NextSegments::of_route(const std::string& route) const {
  const std::vector<std::string> pages = matched_pages(route);
  std::map<std::string, bool> out;
  std::set<std::string> folders;
  for (const std::string& page : pages) {
    for (std::string& folder : folders_around(page)) {
      for (const Wrapper& wrapper : kWrappers) {
        if (std::string key = folder + "/" + std::string(wrapper.name); keys_.contains(key)) {
          out.emplace(std::move(key), wrapper.styles);
        }
      }
      folders.insert(std::move(folder));
    }
  }
  if (std::string key = global_error(pages); keys_.contains(key)) {
    out.emplace(std::move(key), false);
  }
  if (route == kNotFoundRoute && keys_.contains("/not-found")) {
    out["/not-found"] = true;  // is the page
  } else {
    for (const std::string& page : pages) {
      out.emplace(page, true);
    }
  }
  if (route != kNotFoundRoute) {
    add_slots(pages, folders, out);
  }
  return out;
}

std::string app_route(std::string_view key) {
  if (!key.starts_with("/") || !(key == "/page" || key.ends_with("/page"))) {
    return {};
  }
  std::string route;
  std::string_view rest = key.substr(1, key.size() - std::string_view("/page").size());
  while (!rest.empty()) {
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const std::string_view segment = rest.substr(0, slash);
    const bool group = segment.starts_with("(") && segment.ends_with(")");
    if (!segment.empty() && !group && !segment.starts_with("@")) {
      route += "/" + std::string(segment);
    }
    rest.remove_prefix(std::min(slash + 1, rest.size()));
  }
  return route.empty() ? "/" : route;
}

}  // namespace budgetcheck
