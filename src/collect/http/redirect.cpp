#include "collect/http/redirect.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.h"
#include "model/route.h"

namespace budgetcheck {
namespace {

using Segments = std::vector<std::string>;

int digit_of(char c) {
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : -1;
}

std::string decoded(std::string_view text) {
  constexpr int kBase = 16;
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape =
        text[i] == '%' && i + 2 < text.size() && digit_of(text[i + 1]) >= 0 && digit_of(text[i + 2]) >= 0;
    out += escape ? static_cast<char>(digit_of(text[i + 1]) * kBase + digit_of(text[i + 2])) : text[i];
    i += escape ? 2U : 0U;
  }
  return out;
}

void append(std::string_view path, Segments& segments) {
  for (const std::string_view segment : split(path, '/')) {
    if (!segment.empty()) {
      segments.push_back(lower(decoded(segment)));
    }
  }
}

/// "/about.html", "/blog/index.php" and "/Default.aspx" are "/about", "/blog" and "/" to servers with clean URLs.
void drop_file_name(Segments& segments) {
  static constexpr std::array<std::string_view, 9> kEndings{".html", ".htm", ".xhtml", ".shtml", ".php",
                                                            ".jsp",  ".asp", ".aspx",  ".do"};
  if (segments.empty()) {
    return;
  }
  for (const std::string_view ending : kEndings) {
    if (segments.back().size() > ending.size() && segments.back().ends_with(ending)) {
      segments.back().resize(segments.back().size() - ending.size());
      if (segments.back() == "default") {
        segments.pop_back();
        return;
      }
    }
  }
  if (segments.back() == "index") {
    segments.pop_back();
  }
}

Segments segments_of(std::string_view url) {
  Segments segments;
  append(path_of_url(url), segments);
  drop_file_name(segments);
  const std::size_t hash = url.find('#');
  std::string_view fragment = hash == std::string_view::npos ? std::string_view() : url.substr(hash + 1);
  fragment.remove_prefix(fragment.starts_with('!') ? 1 : 0);
  if (fragment.starts_with('/')) {  // a router that keeps the page's path behind the '#'
    append(fragment.substr(0, fragment.find('?')), segments);
  }
  return segments;
}

bool are_letters(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// Two letters are a language or a country, but for words that name pages.
bool is_code(std::string_view text) {
  static constexpr std::array<std::string_view, 5> kWords{"me", "my", "go", "to", "ui"};
  return text.size() == 2 && are_letters(text) && std::find(kWords.begin(), kWords.end(), text) == kWords.end();
}

/// What follows the language in its tag: a country ("gb", "419") or a way of writing.
bool is_subtag(std::string_view text) {
  static constexpr std::array<std::string_view, 5> kScripts{"hans", "hant", "latn", "cyrl", "arab"};
  constexpr std::size_t kArea = 3;
  return is_code(text) || (text.size() == kArea && text.find_first_not_of("0123456789") == std::string_view::npos) ||
         std::find(kScripts.begin(), kScripts.end(), text) != kScripts.end();
}

/// "de", "us", "en-gb", "pt_br", "zh-hant-tw", "es-419". "log-in" and "my-account" are none.
bool is_locale(std::string_view segment) {
  constexpr std::size_t kMostParts = 3;
  const std::string tag = replace_all(std::string(segment), "_", "-");
  const std::vector<std::string_view> parts = split(tag, '-');
  return parts.size() <= kMostParts && (is_code(parts.front()) || parts.front() == "fil") &&
         std::all_of(parts.begin() + 1, parts.end(), is_subtag);
}

/// Without the locales at its beginning (a country and a language at most), of which a page's own first segment is
/// none.
Segments without_locale(const Segments& segments) {
  constexpr std::size_t kMost = 2;
  std::size_t begin = 0;
  while (begin < std::min(kMost, segments.size()) && is_locale(segments[begin])) {
    ++begin;
  }
  return {segments.begin() + static_cast<std::ptrdiff_t>(begin), segments.end()};
}

}  // namespace

bool is_other_page(std::string_view asked_url, std::string_view reached_url) {
  const Segments asked = segments_of(asked_url);
  const Segments reached = segments_of(reached_url);
  return asked != reached && without_locale(asked) != without_locale(reached);
}

}  // namespace budgetcheck
