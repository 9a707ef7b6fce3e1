#include "base/text/id_like.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "base/text/randomness.h"

namespace budgetcheck {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) { return is_lower(c) || is_upper(c); }
bool is_alnum(char c) { return is_digit(c) || is_letter(c); }
bool is_dash(char c) { return c == '-' || c == '_'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

template <class Test>
bool all(std::string_view text, const Test& test) {
  return !text.empty() && std::all_of(text.begin(), text.end(), test);
}
template <class Test>
bool any(std::string_view text, const Test& test) {
  return std::any_of(text.begin(), text.end(), test);
}
template <class Test>
std::size_t count(std::string_view text, const Test& test) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), test));
}

int hex_value(char c) { return is_digit(c) ? c - '0' : (is_lower(c) ? c - 'a' : c - 'A') + 10; }

/// Not "react@18.2.0", "lodash@4.17.21.min.js", "openssl@3.json".
bool is_mail_address(std::string_view word) {
  const std::size_t at = word.rfind('@');
  if (at == std::string_view::npos || !any(word.substr(0, at), is_alnum)) {
    return false;
  }
  const std::vector<std::string_view> labels = split(word.substr(at + 1), '.');
  static constexpr std::array<std::string_view, 9> kFiles{"json", "js",  "mjs", "css", "map",
                                                          "tgz",  "zip", "xml", "html"};
  const bool version = all(labels[0], is_digit) && labels.size() > 1 &&
                       (all(labels[1], is_digit) || std::find(kFiles.begin(), kFiles.end(), labels[1]) != kFiles.end());
  return labels.size() > 1 && !version && labels.back().size() > 1 && all(labels.back(), is_letter);
}

/// "+49-170-1234567".
bool is_phone_number(std::string_view word) {
  constexpr std::size_t kFewestDigits = 7;
  return word.starts_with('+') && count(word, is_digit) >= kFewestDigits && all(word.substr(1), [](char c) {
           return is_digit(c) || std::string_view("-. ()/").find(c) != std::string_view::npos;
         });
}

/// "192.168.1.10", "2001:db8::1".
bool is_machine_address(std::string_view word) {
  if (word.find(':') != std::string_view::npos) {
    return count(word, [](char c) { return c == ':'; }) >= 2 && any(word, is_hex) &&
           all(word, [](char c) { return is_hex(c) || c == ':' || c == '.' || c == '[' || c == ']'; });
  }
  const std::vector<std::string_view> parts = split(word, '.');
  constexpr std::size_t kParts = 4;
  return parts.size() == kParts && std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
           return part.size() <= 3 && all(part, is_digit);
         });
}

/// "DE89370400440532013000": a country, two check digits, and mostly digits.
bool is_account_number(std::string_view word) {
  constexpr std::size_t kShortest = 15;
  constexpr std::size_t kHead = 4;
  return word.size() >= kShortest && is_upper(word[0]) && is_upper(word[1]) && is_digit(word[2]) && is_digit(word[3]) &&
         all(word, [](char c) { return is_digit(c) || is_upper(c); }) &&
         2 * count(word.substr(kHead), is_digit) > word.size() - kHead;
}

/// Tokens by how their makers let them begin, so that a leak is found.
bool has_known_beginning(std::string_view word) {
  static constexpr std::array<std::string_view, 41> kBeginnings{
      "ghp_",     "gho_",   "ghu_",    "ghs_",  "ghr_",           "github_pat_", "glpat-",   "gldt-",    "glrt-",
      "glcbt-",   "glptt-", "glsoat-", "glft-", "sk_live_",       "sk_test_",    "pk_live_", "pk_test_", "rk_live_",
      "rk_test_", "whsec_", "xoxb-",   "xoxp-", "xoxa-",          "xoxr-",       "xoxs-",    "xapp-",    "AKIA",
      "ASIA",     "AIza",   "ya29.",   "npm_",  "pypi-",          "dop_v1_",     "shpat_",   "shpss_",   "SG.",
      "sk-",      "hf_",    "eyJ",     "hvs.",  "AGE-SECRET-KEY-"};
  constexpr std::size_t kShortestRest = 12;
  return std::any_of(kBeginnings.begin(), kBeginnings.end(), [&](std::string_view beginning) {
    const std::string_view rest = word.substr(std::min(word.size(), beginning.size()));
    return word.starts_with(beginning) && rest.size() >= kShortestRest &&
           all(rest, [](char c) { return is_alnum(c) || is_dash(c) || c == '.' || c == '='; }) &&
           (any(rest, is_digit) || any(rest, is_upper));
  });
}

/// Letters of both cases and digits, whose kind changes more often than in "getProductV2_byCategoryId": every third
/// character or so, and in what is random every second.
bool is_mixture(std::string_view word) {
  constexpr std::size_t kShortest = 20;
  constexpr std::size_t kOften = 7;  // of twice as many
  while (word.ends_with('=')) {
    word.remove_suffix(1);
  }
  if (word.size() < kShortest || !any(word, is_digit) || !any(word, is_lower) || !any(word, is_upper) ||
      !all(word, [](char c) { return is_alnum(c) || is_dash(c) || c == '+' || c == '~'; })) {
    return false;
  }
  std::size_t changes = 0;
  for (std::size_t i = 1; i < word.size(); ++i) {
    const char a = word[i - 1];
    const char b = word[i];
    changes +=
        (is_lower(a) && (is_upper(b) || is_digit(b))) || (is_upper(a) && is_digit(b)) || (is_digit(a) && is_letter(b))
            ? 1U
            : 0U;
  }
  return changes * kOften > word.size() * 2 && randomness_of(replace_all(std::string(word), "_", "-")) >= 0;
}

/// One, or with dots in it: "v1.30Hol_LeVwVb9koo2LFIYf48XVZ9kalc". A file's name is none.
bool is_long_mixture(std::string_view word) {
  constexpr std::size_t kLongestEnding = 6;
  const std::vector<std::string_view> parts = split(word, '.');
  const bool file = parts.size() > 1 && parts.back().size() <= kLongestEnding;
  return !file && std::any_of(parts.begin(), parts.end(), is_mixture);
}

/// UUIDs, digests, ULIDs, cuids. Not "getCustomerOrderHistoryV2".
bool is_long_id(std::string_view word) {
  constexpr std::size_t kLongHex = 16;
  constexpr std::size_t kLongWord = 20;
  return any(word, is_digit) && ((word.size() >= kLongHex && all(word, [](char c) { return is_hex(c) || c == '-'; })) ||
                                 (word.size() >= kLongWord && all(word, is_alnum) && randomness_of(word) >= 0));
}

}  // namespace

std::string percent_decoded(std::string_view word) {
  std::string out;
  out.reserve(word.size());
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (word[i] == '%' && i + 2 < word.size() && is_hex(word[i + 1]) && is_hex(word[i + 2])) {
      out += static_cast<char>(hex_value(word[i + 1]) * 16 + hex_value(word[i + 2]));
      i += 2;
    } else {
      out += word[i];
    }
  }
  return out;
}

bool looks_like_secret(std::string_view raw) {
  const std::string word = raw.find('%') == std::string_view::npos ? std::string(raw) : percent_decoded(raw);
  return is_mail_address(word) || is_phone_number(word) || is_account_number(word) || has_known_beginning(word);
}

bool looks_private(std::string_view raw) {
  const std::string word = raw.find('%') == std::string_view::npos ? std::string(raw) : percent_decoded(raw);
  return looks_like_secret(word) || is_machine_address(word) || is_long_id(word) || is_long_mixture(word);
}

bool looks_like_name(std::string_view word) {
  constexpr std::size_t kLongest = 80;
  return !word.empty() && word.size() <= kLongest && !is_digit(word.front()) &&
         all(word,
             [](char c) {
               return is_alnum(c) || is_dash(c) || c == '.' || c == '$' || static_cast<unsigned char>(c) >= 0x80;
             }) &&
         !looks_private(word) && !is_mixture(replace_all(std::string(word), ".", "-"));  // no file is meant
}

std::string quoted_name(std::string_view word) {
  constexpr std::size_t kWidth = 60;
  return "'" + (looks_like_name(word) ? shorten(printable(word), kWidth) : std::string("…")) + "'";
}

std::string without_private_words(std::string_view text) {
  constexpr std::string_view kBetween = " \t\r\n\"'`()<>[]{},;=|?#&";
  std::string out;
  while (!text.empty()) {
    const std::size_t length = std::min(text.find_first_of(kBetween), text.size());
    std::string_view word = text.substr(0, length);
    std::string_view stop;
    while (!word.empty() && (word.back() == '.' || word.back() == ':' || word.back() == '!')) {
      stop = text.substr(word.size() - 1, length - word.size() + 1);
      word.remove_suffix(1);
    }
    const bool path = word.find('/') != std::string_view::npos;
    out += path ? without_private_segments(word) : looks_private(word) ? std::string("…") : std::string(word);
    out += stop;
    text.remove_prefix(length);
    if (!text.empty()) {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  return out;
}

std::string_view without_parameters(std::string_view segment) {
  const std::size_t parameters = segment.find(';');
  return parameters != std::string_view::npos && segment.find('=', parameters) != std::string_view::npos
             ? segment.substr(0, parameters)
             : segment;
}

std::string without_private_segments(std::string_view path) {
  std::string out;
  bool first = true;
  for (std::string_view segment : split(path, '/')) {
    out += first ? "" : "/";
    first = false;
    segment = without_parameters(segment);
    out += looks_private(segment) ? kId : segment;
  }
  return out;
}

}  // namespace budgetcheck
