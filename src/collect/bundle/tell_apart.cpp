#include "collect/bundle/tell_apart.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "collect/bundle/hashed_name.h"
#include "collect/bundle/name_parts.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kOriginWidth = 120;

/// The last folder and the name of a source: pages are often "Home/index.tsx".
std::string short_origin(const std::string& origin) {
  const std::size_t slash = origin.rfind('/');
  const std::size_t before =
      slash == std::string::npos || slash == 0 ? std::string::npos : origin.rfind('/', slash - 1);
  return before == std::string::npos ? origin : origin.substr(before + 1);
}

std::string with_mark(const std::string& label, const std::string& mark) {
  const std::size_t at = label.rfind(kHashMark);
  if (at != std::string::npos) {
    return label.substr(0, at) + "[hash:" + mark + "]" + label.substr(at + kHashMark.size());
  }
  const std::size_t ending = label.size() - split_name(label).ending.size();
  return label.substr(0, ending) + "[" + mark + "]" + label.substr(ending);
}

class UniqueLabels {
 public:
  UniqueLabels(Build& build, const std::vector<FileSizes>& sizes)
      : build_(build), sizes_(sizes), begins_entry_(build.files.size()) {
    for (const BuildEntry& entry : build.entries) {
      if (!entry.files.empty()) {
        begins_entry_[entry.files.front()] = true;
      }
    }
    for (const BuildFile& file : build.files) {
      taken_.insert(file.label);
    }
  }

  void tell_apart() {
    std::map<std::string, std::vector<std::size_t>> alike;
    for (std::size_t i = 0; i < build_.files.size(); ++i) {
      alike[build_.files[i].label].push_back(i);
    }
    for (auto& [label, files] : alike) {
      if (files.size() > 1) {
        tell_apart(label, std::move(files));
      }
    }
  }

 private:
  void tell_apart(const std::string& label, std::vector<std::size_t> files) {
    const auto entry = [&](std::size_t i) { return static_cast<bool>(begins_entry_[i]); };
    bool plain_is_free = true;
    if (std::count_if(files.begin(), files.end(), entry) == 1) {
      std::erase_if(files, entry);
      plain_is_free = false;
    }
    name_by_origin(label, files);
    std::sort(files.begin(), files.end(), [&](std::size_t a, std::size_t b) {
      const double left = size_of(a);
      const double right = size_of(b);
      return left != right ? left > right : build_.files[a].name < build_.files[b].name;
    });
    std::size_t number = 2;
    for (const std::size_t i : files) {
      if (std::exchange(plain_is_free, false)) {
        continue;
      }
      std::string name;
      do {
        name = with_mark(label, std::to_string(number++));
      } while (!taken_.insert(name).second);
      build_.files[i].label = std::move(name);
    }
  }

  /// Takes those out of `files` whose origin no other has.
  void name_by_origin(const std::string& label, std::vector<std::size_t>& files) {
    std::map<std::string, std::size_t> shorts;
    std::map<std::string, std::size_t> whole;
    for (const std::size_t i : files) {
      ++shorts[short_origin(build_.files[i].origin)];
      ++whole[build_.files[i].origin];
    }
    std::erase_if(files, [&](std::size_t i) {
      const std::string& origin = build_.files[i].origin;
      if (origin.empty() || whole[origin] > 1) {
        return false;
      }
      const std::string& mark = shorts[short_origin(origin)] > 1 ? origin : short_origin(origin);
      std::string name = with_mark(label, shorten_middle(printable(mark), kOriginWidth));
      if (!taken_.insert(name).second) {
        return false;
      }
      build_.files[i].label = std::move(name);
      return true;
    });
  }

  double size_of(std::size_t i) const {
    if (!sizes_.empty() && sizes_[i].state == FileSizes::State::kMeasured) {
      return static_cast<double>(sizes_[i].raw);
    }
    return build_.files[i].size.value_or(-1);
  }

  Build& build_;
  const std::vector<FileSizes>& sizes_;
  std::vector<bool> begins_entry_;
  std::set<std::string> taken_;
};

/// Each once, in their order, and none of `without`.
void keep_first(std::vector<std::size_t>& files, const std::vector<std::size_t>& without) {
  std::unordered_set<std::size_t> seen(without.begin(), without.end());
  std::erase_if(files, [&](std::size_t i) { return !seen.insert(i).second; });
}

void unite(BuildEntry& with, BuildEntry& other) {
  with.files.insert(with.files.end(), other.files.begin(), other.files.end());
  with.lazy.insert(with.lazy.end(), other.lazy.begin(), other.lazy.end());
  with.bytes.reset();  // it would count what both of them have twice
  with.hidden += other.hidden;
  with.unwritten += other.unwritten;
  with.chunks.insert(with.chunks.end(), other.chunks.begin(), other.chunks.end());
  if (with.lazy_reason.empty()) {
    with.lazy_reason = std::move(other.lazy_reason);
  }
}

}  // namespace

void tell_files_apart(Build& build, const std::vector<FileSizes>& sizes) { UniqueLabels(build, sizes).tell_apart(); }

void unite_entries(Build& build) {
  std::unordered_map<std::string, std::size_t> numbers;
  std::vector<BuildEntry> entries;
  for (BuildEntry& entry : build.entries) {
    const auto [at, is_new] = numbers.try_emplace(entry.name, entries.size());
    if (is_new) {
      entries.push_back(std::move(entry));
    } else {
      unite(entries[at->second], entry);
    }
  }
  if (entries.size() != build.entries.size()) {
    for (BuildEntry& entry : entries) {
      keep_first(entry.files, {});
      keep_first(entry.lazy, entry.files);
    }
  }
  build.entries = std::move(entries);
}

}  // namespace budgetcheck
