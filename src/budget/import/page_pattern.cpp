#include "budget/import/page_pattern.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace budgetcheck {
namespace {

bool is_letter_or_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Removes "https?://host:port" from the beginning. False: there is none.
bool drop_origin(std::string& text) {
  for (const std::string_view scheme : {"https?://", "http://", "https://", ".*://", ".+://"}) {
    if (!text.starts_with(scheme)) {
      continue;
    }
    std::size_t at = scheme.size();
    int in_class = 0;
    for (; at < text.size() && (in_class != 0 || text[at] != '/'); ++at) {
      in_class = text[at] == '[' ? 1 : text[at] == ']' ? 0 : in_class;
    }
    text.erase(0, at);
    return true;
  }
  return false;
}

void star(std::string& glob) {
  if (!glob.ends_with('*') || glob.ends_with("\\*")) {
    glob += '*';
  }
}

void literal(std::string& glob, char c) {
  glob += std::string_view("*?{}\\").find(c) != std::string_view::npos ? std::string("\\") + c : std::string(1, c);
}

/// How many characters of `rest` stand for any run of characters; 0: they do not.
std::size_t any_run(std::string_view rest) {
  for (const std::string_view any : {".*", ".+", "[^/]+", "[^/]*"}) {
    if (rest.starts_with(any)) {
      return any.size();
    }
  }
  return 0;
}

}  // namespace

tl::expected<std::string, std::string> page_of_pattern(std::string_view pattern) {
  std::string text = replace_all(std::string(pattern), "\\/", "/");
  const bool from_start = text.starts_with('^');
  text.erase(0, from_start ? 1 : 0);
  const bool to_end = text.ends_with('$') && !text.ends_with("\\$");
  text.erase(to_end ? text.size() - 1 : text.size());
  const bool has_origin = drop_origin(text);
  if (from_start && !has_origin && any_run(text) == 0 && !text.starts_with('(') && !text.starts_with('[')) {
    return tl::unexpected(std::string("it begins with '^' but not with 'http', so it matches no URL"));
  }
  std::string glob;
  if (!has_origin && !from_start) {
    star(glob);
  }
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = std::string_view(text).substr(at);
    const char c = rest.front();
    if (const std::size_t any = any_run(rest); any != 0) {
      star(glob);
      at += any;
    } else if (c == '\\') {
      const char next = rest.size() > 1 ? rest[1] : 'x';
      if (is_letter_or_digit(next) || next == '?' || next == '#') {
        return tl::unexpected(next == '?' || next == '#' ? std::string("pages differ by their paths only")
                                                         : fmt::format("'\\{}' has no counterpart", next));
      }
      literal(glob, next);
      at += 2;
    } else if (c == '.') {
      glob += '?';
      ++at;
    } else if (std::string_view("()[]{}|+*?^$#").find(c) != std::string_view::npos) {
      return tl::unexpected(fmt::format("'{}' has no counterpart", c));
    } else {
      literal(glob, c);
      ++at;
    }
  }
  if (!to_end) {
    star(glob);
  } else if (glob.empty()) {
    return tl::unexpected(std::string("it ends after the host, but every URL has a path"));
  }
  return glob == "*" || glob == "/*" ? std::string() : glob;
}

}  // namespace budgetcheck
