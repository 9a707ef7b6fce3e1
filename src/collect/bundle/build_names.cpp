#include "collect/bundle/build_names.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "collect/bundle/hashed_name.h"
#include "collect/bundle/name_parts.h"
#include "model/asset_name.h"

namespace budgetcheck {
namespace {

/// Kinds of hashes, by alphabet. A file's tail may fit several.
enum class Kind { kMixed, kUpper, kLower, kHex };

/// Letters and digits that alternate more often than in words: "w5wzk8t2".
bool alternates(std::string_view text) {
  constexpr std::size_t kRuns = 4;
  std::size_t runs = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool goes_on = i != 0 && has_digit(text.substr(i, 1)) == has_digit(text.substr(i - 1, 1));
    runs += goes_on ? 0U : 1U;
  }
  return runs >= kRuns;
}

bool is_hex_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

/// It could be a hash of the kind.
bool fits(std::string_view tail, Kind kind) {
  switch (kind) {
    case Kind::kMixed:
      // Of 100 hashes one looks like two words: "Bachn_im".
      return is_base64url_text(tail) && (!is_words(tail) || (has_lower(tail) && has_upper(tail)));
    case Kind::kUpper:
      return is_base32_text(tail);
    case Kind::kLower:
      return is_bun_text(tail) && has_digit(tail);
    case Kind::kHex:
      return is_hex_text(tail);
  }
  return false;
}

/// Words joined by capitals have few beginnings of words in them, for their length.
bool is_joined_words(std::string_view tail) {
  constexpr std::size_t kLettersOfWord = 3;
  std::size_t words = 0;
  for (std::size_t i = 0; i < tail.size(); ++i) {
    const std::string_view now = tail.substr(i, 1);
    const std::string_view before = tail.substr(i == 0 ? 0 : i - 1, i == 0 ? 0 : 1);
    const bool goes_on = (has_digit(now) && has_digit(before)) || (has_upper(now) && has_upper(before)) ||
                         (has_lower(now) && (has_lower(before) || has_upper(before)));
    words += goes_on ? 0U : 1U;
  }
  return words * kLettersOfWord <= tail.size();
}

/// It can hardly be anything else.
bool is_clear(std::string_view tail, Kind kind) {
  switch (kind) {
    case Kind::kMixed:
      return fits(tail, kind) && has_lower(tail) && has_upper(tail) && !is_words(tail) &&
             (tail.size() == kShortHash || !is_joined_words(tail));
    case Kind::kUpper:
      return fits(tail, kind) && has_upper(tail) && has_digit(tail) && !is_words(tail);
    case Kind::kLower:
      return fits(tail, kind) && alternates(tail);
    case Kind::kHex:
      return stable_asset_name(tail, {}) == kHashMark;
  }
  return false;
}

/// A place at the end of a stem where a hash may stand.
struct Tail {
  Kind kind;
  char separator;  ///< before it; NUL: it is the whole stem
  std::size_t length;

  auto operator<=>(const Tail&) const = default;
};

/// One kind of tail in one folder.
struct Scheme {
  std::size_t clear = 0;
  std::size_t possible = 0;                                        ///< those that fit, without the clear ones
  std::set<std::pair<std::string_view, std::string_view>> around;  ///< what stands before and behind a clear one
};

struct Folder {
  std::map<Tail, Scheme> schemes;
  std::size_t code = 0;         ///< scripts and styles
  std::size_t clear_files = 0;  ///< those of them that have a clear tail of any kind
};

class BuildNames {
 public:
  explicit BuildNames(const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      const std::string_view file = without_query(name);
      const NameParts parts = split_name(file);
      files_.push_back({file, parts});
      has_turbopack_ = has_turbopack_ || (parts.stem.starts_with("turbopack-") && ends_in_turbopack_hash(parts.stem));
      note_build_id(file);
    }
  }

  std::vector<std::string> take() {
    for (const File& file : files_) {
      note(file);
    }
    std::vector<std::string> names;
    for (const File& file : files_) {
      std::string name = with_build_id(named(file));
      names.push_back(std::move(name));
    }
    return names;
  }

 private:
  struct File {
    std::string_view name;
    NameParts parts;
  };

  /// "_next/static/ID/_buildManifest.js"
  void note_build_id(std::string_view file) {
    constexpr std::string_view kStatic = "static/";
    const NameParts parts = split_name(file);
    if ((parts.stem != "_buildManifest" && parts.stem != "_ssgManifest") || parts.folder.size() < 2) {
      return;
    }
    const std::string_view folder = parts.folder.substr(0, parts.folder.size() - 1);
    const std::size_t slash = folder.rfind('/');
    const std::size_t begin = slash == std::string_view::npos ? 0 : slash + 1;
    if (folder.substr(0, begin).ends_with(kStatic)) {
      build_ids_.emplace(printable(folder.substr(0, begin)), printable(folder.substr(begin)));
    }
  }

  std::string with_build_id(std::string label) const {
    for (const auto& [before, id] : build_ids_) {
      if (label.starts_with(before) && label.substr(before.size()).starts_with(id + "/")) {
        return before + std::string(kHashMark) + label.substr(before.size() + id.size());
      }
    }
    return label;
  }

  /// Calls `use` with each tail of the stem that a hash may be. Of Rollup's alphabet, longer ones than usual are told
  /// from words only where there are several.
  template <class Use>
  static void each_tail(std::string_view stem, const Use& use) {
    constexpr std::size_t kLongest = 24;
    const auto tail = [&](std::size_t length, Kind kind) {
      const char before = length == stem.size() ? '\0' : stem[stem.size() - length - 1];
      if (before == '\0' || before == '-' || before == '.') {
        use(Tail{kind, before, length}, stem.substr(stem.size() - length));
      }
    };
    if (stem.size() >= kShortHash) {
      for (const Kind kind : {Kind::kMixed, Kind::kUpper, Kind::kLower}) {
        tail(kShortHash, kind);
      }
    }
    const std::size_t separator = stem.find_last_of("-.");
    const std::size_t length = separator == std::string_view::npos ? stem.size() : stem.size() - separator - 1;
    if (length >= kShortHash && length <= kLongest) {
      tail(length, Kind::kHex);
      if (length > kShortHash) {
        tail(length, Kind::kMixed);
      }
    }
  }

  static bool is_code(std::string_view name) {
    const std::string_view type = asset_type(name);
    return type == "js" || type == "css";
  }

  void note(const File& file) {
    Folder& folder = folders_[file.parts.folder];
    bool any = false;
    each_tail(file.parts.stem, [&](const Tail& tail, std::string_view text) {
      if (is_clear(text, tail.kind)) {
        Scheme& scheme = folder.schemes[tail];
        ++scheme.clear;
        any = true;
        const std::size_t before = file.parts.stem.size() - tail.length;
        scheme.around.emplace(file.parts.stem.substr(0, before), file.parts.ending);
      } else if (fits(text, tail.kind)) {
        ++folder.schemes[tail].possible;
      }
    });
    if (is_code(file.name)) {
      ++folder.code;
      folder.clear_files += any ? 1 : 0;
    }
  }

  /// The names beside it show that this is a hash.
  static bool is_shown(const Folder& folder, const Tail& tail, const File& file) {
    constexpr std::size_t kMostly = 3;
    const Scheme& scheme = folder.schemes.at(tail);
    const bool whole = tail.separator == '\0';
    const bool few_alike = scheme.clear >= 2 && scheme.clear >= kMostly * scheme.possible;
    if (whole) {
      return few_alike;
    }
    const std::size_t others =
        folder.code > folder.clear_files + scheme.possible ? folder.code - folder.clear_files - scheme.possible : 0;
    if (tail.kind == Kind::kMixed) {
      return few_alike && scheme.clear >= kMostly * (scheme.possible + others);
    }
    const std::string_view before = file.parts.stem.substr(0, file.parts.stem.size() - tail.length);
    if (scheme.around.contains({before, file.parts.ending})) {
      return true;  // they differ there only
    }
    return tail.kind == Kind::kHex ? few_alike && others == 0 : scheme.clear >= 1 && others == 0;
  }

  std::string named(const File& file) const {
    const auto without = [&](std::size_t length) {
      const std::string_view stem = file.parts.stem;
      return printable(std::string(file.parts.folder) + std::string(stem.substr(0, stem.size() - length)) +
                       std::string(kHashMark) + std::string(file.parts.ending));
    };
    if (has_turbopack_ && ends_in_turbopack_hash(file.parts.stem)) {
      return without(kTurbopackHash);
    }
    const Folder& folder = folders_.at(file.parts.folder);
    std::size_t length = 0;
    each_tail(file.parts.stem, [&](const Tail& tail, std::string_view text) {
      if (length != 0 || tail.kind == Kind::kHex || !is_clear(text, tail.kind)) {
        return;
      }
      const bool alone_tells = tail.separator != '\0' && tail.length == kShortHash;
      length = alone_tells || folder.schemes.at(tail).clear > 1 ? tail.length : 0;
    });
    if (length != 0) {
      return without(length);
    }
    std::string words = stable_asset_name(file.name, {});
    if (words.find(kHashMark) != std::string::npos) {
      return words;
    }
    each_tail(file.parts.stem, [&](const Tail& tail, std::string_view text) {
      if (length == 0 && fits(text, tail.kind) && !is_clear(text, tail.kind) && is_shown(folder, tail, file)) {
        length = tail.length;
      }
    });
    return length != 0 ? without(length) : words;
  }

  std::vector<File> files_;
  std::map<std::string_view, Folder> folders_;
  std::map<std::string, std::string> build_ids_;  ///< what stands before it, itself
  bool has_turbopack_ = false;
};

}  // namespace

std::vector<std::string> stable_names_of_build(const std::vector<std::string>& names) {
  return BuildNames(names).take();
}

}  // namespace budgetcheck
