#include "base/glob.h"

#include <algorithm>

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxAlternatives = 256;

/// The patterns without braces that `pattern` stands for.
std::vector<std::string> expand_braces(std::string_view pattern) {
  std::vector<std::string> out{""};
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\' && i + 1 < pattern.size()) {
      for (std::string& one : out) {
        one += pattern.substr(i, 2);
      }
      ++i;
      continue;
    }
    const std::size_t close = pattern[i] == '{' ? pattern.find('}', i) : std::string_view::npos;
    const std::string_view inner =
        close == std::string_view::npos ? std::string_view() : pattern.substr(i + 1, close - i - 1);
    if (inner.find(',') == std::string_view::npos) {
      for (std::string& one : out) {
        one += pattern[i];
      }
      continue;
    }
    std::vector<std::string> next;
    for (const std::string& one : out) {
      for (std::size_t begin = 0; begin <= inner.size() && next.size() < kMaxAlternatives;) {
        const std::size_t comma = std::min(inner.find(',', begin), inner.size());
        next.push_back(one + std::string(inner.substr(begin, comma - begin)));
        begin = comma + 1;
      }
    }
    out = std::move(next);
    i = close;
  }
  return out;
}

/// Wildcards without braces. With `folders`, '*' and '?' stop at '/', and a double star crosses it.
bool matches(std::string_view pattern, std::string_view text, bool folders) {
  // Two resume points: the last single star and the last double star. A failed match resumes at the nearest one
  // that may still grow, so the work is at most pattern x text for each.
  struct Resume {
    std::size_t pattern = std::string_view::npos;
    std::size_t text = 0;
    bool whole_folders = false;  ///< stands for whole folders: goes on only where one begins
  };
  Resume star;
  Resume double_star;
  std::size_t p = 0;
  std::size_t t = 0;
  while (true) {
    if (p < pattern.size() && pattern[p] == '*') {
      if (folders && pattern.substr(p, 2) == "**") {
        // "**/" as a part of its own stands for any number of whole folders, none as well.
        const bool whole = (p == 0 || pattern[p - 1] == '/') && pattern.substr(p, 3) == "**/";
        p += whole ? 3 : 2;
        double_star = {p, t, whole};
        star = {};
      } else {
        star = {++p, t, false};
      }
      continue;
    }
    if (t == text.size() && p == pattern.size()) {
      return true;
    }
    if (t < text.size() && p < pattern.size()) {
      const bool escaped = pattern[p] == '\\' && p + 1 < pattern.size();
      const char want = escaped ? pattern[p + 1] : pattern[p];
      const bool any = !escaped && want == '?' && (!folders || text[t] != '/');
      if (any || (want == text[t] && (escaped || want != '?'))) {
        p += escaped ? 2 : 1;
        ++t;
        continue;
      }
    }
    if (star.pattern != std::string_view::npos && star.text < text.size() && (!folders || text[star.text] != '/')) {
      p = star.pattern;
      t = ++star.text;
    } else if (double_star.pattern != std::string_view::npos && double_star.text < text.size()) {
      p = double_star.pattern;
      ++double_star.text;
      if (double_star.whole_folders) {
        const std::size_t slash = text.find('/', double_star.text - 1);
        if (slash == std::string_view::npos) {
          return false;
        }
        double_star.text = slash + 1;
      }
      t = double_star.text;
      star = {};
    } else {
      return false;
    }
  }
}

bool any_alternative(std::string_view pattern, std::string_view text, bool folders) {
  const std::vector<std::string> all = expand_braces(pattern);
  return std::any_of(all.begin(), all.end(), [&](const std::string& one) { return matches(one, text, folders); });
}

class Walk {
 public:
  Walk(const FileSystem& files, std::string folder, const std::string& pattern, std::size_t limit)
      : files_(files), folder_(std::move(folder)), pattern_(pattern), limit_(limit) {}

  std::vector<std::string> run() {
    // The literal folders at the front are entered directly, not searched for.
    std::string prefix;
    std::size_t slash = 0;
    while ((slash = pattern_.find('/', prefix.size())) != std::string::npos &&
           pattern_.find_first_of("*?{\\") > slash) {
      prefix = pattern_.substr(0, slash + 1);
    }
    descend(prefix, 0);
    std::sort(found_.begin(), found_.end());
    return std::move(found_);
  }

 private:
  static constexpr int kMaxDepth = 64;

  void descend(const std::string& below, int depth) {
    if (depth > kMaxDepth) {
      return;
    }
    const bool recursive = pattern_.find("**") != std::string::npos;
    const auto levels = std::count(pattern_.begin(), pattern_.end(), '/');
    for (const DirEntry& entry : files_.list(join_path(folder_, below))) {
      if (found_.size() >= limit_) {
        return;
      }
      const std::string path = below + entry.name;
      if (entry.kind == FileKind::kRegular) {
        if (path_glob_matches(pattern_, path)) {
          found_.push_back(join_path(folder_, path));
        }
      } else if (entry.kind == FileKind::kDirectory) {
        const bool heavy = entry.name == ".git" || entry.name == "node_modules";
        const bool deep_enough = !recursive && std::count(path.begin(), path.end(), '/') >= levels;
        if (!deep_enough && (!heavy || pattern_.find(entry.name) != std::string::npos)) {
          descend(path + "/", depth + 1);
        }
      }
    }
  }

  const FileSystem& files_;
  std::string folder_;
  std::string pattern_;
  std::size_t limit_;
  std::vector<std::string> found_;
};

}  // namespace

bool label_glob_matches(std::string_view pattern, std::string_view text) {
  return any_alternative(pattern, text, false);
}

bool path_glob_matches(std::string_view pattern, std::string_view path) { return any_alternative(pattern, path, true); }

bool is_glob(std::string_view pattern) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\') {
      ++i;
    } else if (pattern[i] == '*' || pattern[i] == '?' || pattern[i] == '{') {
      return true;
    }
  }
  return false;
}

std::string escaped_glob(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += std::string_view("*?{}\\").find(c) != std::string_view::npos ? "\\" : "";
    out += c;
  }
  return out;
}

std::size_t literal_length(std::string_view pattern) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\') {
      ++i;
    } else if (pattern[i] == '*' || pattern[i] == '?' || pattern[i] == '{' || pattern[i] == '}') {
      continue;
    }
    ++length;
  }
  return length;
}

std::vector<std::string> expand_path_glob(const FileSystem& files, const std::string& folder,
                                          const std::string& pattern, std::size_t limit) {
  const std::string whole = join_path(folder, pattern);
  // A file that exists under exactly this name wins: Next.js writes names with brackets and braces.
  if (files.kind(whole) == FileKind::kRegular) {
    return {whole};
  }
  if (!is_glob(pattern)) {
    return {};
  }
  // Normalised so that "./a/*" and "../x/*" compare with what the walk finds.
  std::string clean = join_path(pattern, "");
  std::string from = folder;
  while (clean.starts_with("../")) {
    from = join_path(from, "..");
    clean = clean.substr(3);
  }
  if (clean.starts_with("/")) {
    from = "/";
    clean = clean.substr(1);
  }
  return Walk(files, from, clean, limit).run();
}

}  // namespace budgetcheck
