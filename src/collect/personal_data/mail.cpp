#include "collect/personal_data/mail.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.h"
#include "collect/personal_data/characters.h"

namespace budgetcheck::personal {
namespace {

constexpr std::size_t kLongestLocal = 64;
constexpr std::size_t kLongestDomain = 253;

bool is_local_char(char c) { return is_alnum(c) || c == '.' || c == '_' || c == '+' || c == '-' || c == '\''; }
bool is_domain_char(char c) { return is_alnum(c) || c == '.' || c == '-'; }

template <std::size_t n>
bool contains(const std::array<std::string_view, n>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Endings of files that are no country's or other known domain.
bool is_file_ending(std::string_view ending) {
  static constexpr std::array<std::string_view, 34> kEndings{
      "js",   "mjs", "cjs", "jsx",  "ts",    "tsx", "css", "scss", "json", "map", "png", "jpg",
      "jpeg", "gif", "svg", "webp", "avif",  "ico", "bmp", "html", "htm",  "xml", "yml", "yaml",
      "txt",  "tgz", "gz",  "woff", "woff2", "ttf", "php", "lock", "log",  "pdf"};
  return contains(kEndings, ending);
}

/// Names that are reserved, or never leave a network of one's own.
bool is_reserved(std::string_view ending) {
  static constexpr std::array<std::string_view, 14> kEndings{"example",     "test", "invalid", "localhost", "local",
                                                             "internal",    "lan",  "corp",    "home",      "intranet",
                                                             "localdomain", "arpa", "svc",     "private"};
  return contains(kEndings, ending);
}

bool is_nobody(std::string_view local) {
  static constexpr std::array<std::string_view, 11> kNames{"noreply",      "no-reply",      "no_reply",   "donotreply",
                                                           "do-not-reply", "mailer-daemon", "postmaster", "hostmaster",
                                                           "webmaster",    "abuse",         "bounce"};
  const std::string name = lower(local.substr(0, std::min(local.find('+'), local.size())));
  return contains(kNames, name) || name.starts_with("noreply") || name.starts_with("no-reply") ||
         all_of(name, [](char c) { return c == 'x' || c == '.' || c == '-' || c == '_'; });
}

bool is_persons_domain(std::string_view domain) {
  const std::string name = lower(domain);
  const std::vector<std::string_view> labels = split(name, '.');
  if (labels.size() < 2 || std::any_of(labels.begin(), labels.end(), [](std::string_view label) {
        return label.empty() || label.front() == '-' || label.back() == '-';
      })) {
    return false;
  }
  const std::string_view ending = labels.back();
  const std::string_view above = labels[labels.size() - 2];
  const bool is_name = ending.size() > 1 && (all_of(ending, is_letter) || ending.starts_with("xn--"));
  const bool is_example =
      (above == "example" && (ending == "com" || ending == "org" || ending == "net" || ending == "edu")) ||
      above == "yourdomain" || above == "yourcompany";
  const bool is_version = all_of(labels[0], is_digit) && all_of(labels[1], is_digit);
  const bool is_scaled = labels[0].size() == 2 && is_digit(labels[0][0]) && labels[0][1] == 'x';  // logo@2x.png
  return is_name && !is_example && !is_version && !is_scaled && !is_reserved(ending) && !is_file_ending(ending);
}

/// "//user@host", "//user:word@host": who logs in somewhere.
bool is_in_url(std::string_view text, std::size_t begin) {
  std::size_t at = begin;
  while (at > 0 && begin - at < kLongestLocal && !is_blank(text[at - 1]) && !is_quote(text[at - 1]) &&
         text[at - 1] != '/' && text[at - 1] != '?' && text[at - 1] != '=' && text[at - 1] != ',') {
    --at;
  }
  return at > 1 && text[at - 1] == '/' && text[at - 2] == '/';
}

/// "git@host:folder/file".
bool is_remote(std::string_view text, std::size_t end) {
  if (char_at(text, end) != ':') {
    return false;
  }
  const std::size_t behind = end_of_run(
      text, end + 1, [](char c) { return is_alnum(c) || c == '.' || c == '/' || c == '_' || c == '-' || c == '~'; });
  return text.substr(end, behind - end).find('/') != std::string_view::npos;
}

}  // namespace

void find_addresses_of_mail(const Text& text, Matches& matches) {
  const std::string_view all = text.text;
  for (std::size_t at = all.find('@'); at != std::string_view::npos; at = all.find('@', at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && at - begin < kLongestLocal && is_local_char(all[begin - 1])) {
      --begin;
    }
    const char before = char_before(all, begin);
    while (begin < at && !is_alnum(all[begin]) && all[begin] != '_') {
      ++begin;
    }
    std::size_t end = end_of_run(all.substr(0, std::min(all.size(), at + 1 + kLongestDomain)), at + 1, is_domain_char);
    while (end > at && (all[end - 1] == '.' || all[end - 1] == '-')) {
      --end;
    }
    const bool masked =
        before == '*' || char_at(all, end) == '*' || before == '@' || before == '}' || char_at(all, end) == '@';
    if (begin == at || all[at - 1] == '.' || all[at - 1] == '\'' || masked ||
        !is_persons_domain(all.substr(at + 1, end - at - 1)) || is_nobody(all.substr(begin, at - begin)) ||
        is_in_url(all, begin) || is_remote(all, end) || traits_at(text, begin).is_message_id) {
      continue;
    }
    matches.add(PersonalKind::kEmail, begin, end);
  }
}

}  // namespace budgetcheck::personal
