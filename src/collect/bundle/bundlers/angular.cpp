#include "collect/bundle/bundlers/angular.h"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <vector>

namespace budgetcheck {
namespace {

bool is_on_every_page(std::string_view entry) {
  constexpr std::array<std::string_view, 3> kGlobal{"angular:polyfills", "angular:styles/global",
                                                    "angular:scripts/global"};
  return std::any_of(kGlobal.begin(), kGlobal.end(), [&](std::string_view one) { return entry.starts_with(one); });
}

template <class T>
void append_new(std::vector<T>& list, const std::vector<T>& more) {
  list.insert(list.end(), more.begin(), more.end());
  std::unordered_set<T> seen;
  std::erase_if(list, [&](const T& one) { return !seen.insert(one).second; });
}

}  // namespace

bool is_mark_of_angular(std::string_view mark) { return mark == "ng-component" || mark == "ng-platform-server"; }

void load_on_every_page(Build& build) {
  std::vector<std::size_t> files;
  std::vector<std::uint32_t> chunks;
  for (const BuildEntry& entry : build.entries) {
    if (is_on_every_page(entry.name)) {
      files.insert(files.end(), entry.files.begin(), entry.files.end());
      chunks.insert(chunks.end(), entry.chunks.begin(), entry.chunks.end());
    }
  }
  if (files.empty()) {
    return;
  }
  const std::unordered_set<std::size_t> first(files.begin(), files.end());
  for (BuildEntry& entry : build.entries) {
    if (!is_on_every_page(entry.name)) {
      append_new(entry.files, files);
      append_new(entry.chunks, chunks);
      std::erase_if(entry.lazy, [&](std::size_t i) { return first.contains(i); });
    }
  }
}

}  // namespace budgetcheck
