#include "collect/personal_data/secret.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "collect/personal_data/characters.h"
#include "collect/personal_data/placeholder.h"

namespace budgetcheck::personal {
namespace {

using Secret = NameTraits::Secret;

/// Whether a value that has the name of a secret is one. `is_certain`: nothing but a value can stand there.
bool is_value_of(Secret secret, std::string_view value, bool is_certain) {
  constexpr std::size_t kShortest = 3;
  constexpr std::size_t kShortestToken = 12;
  value = trim(value);
  if (value.size() < kShortest || is_placeholder(value)) {
    return false;
  }
  const bool is_prose = value.find(' ') != std::string_view::npos;
  switch (secret) {
    case Secret::kNone:
      return false;
    case Secret::kPassword:
      return !is_prose && (is_certain || is_mixed(value) || any_of(value, is_upper));
    case Secret::kKey:
      return !is_prose && (is_mixed(value) || value.size() >= kShortestToken + 4);
    case Secret::kToken:
      return !is_prose && value.size() >= kShortestToken && is_mixed(value) && !all_of(value, is_digit);
  }
  return false;
}

bool ends_value(char c) {
  return is_blank(c) || c == '&' || c == ';' || c == ',' || c == '"' || c == '\'' || c == '`' || c == ')' || c == ']' ||
         c == '}' || c == '<' || c == '>' || c == '\\';
}

/// What follows the sign `at` that stands behind a name: "=x", ": \"x\"", " = 'x'".
void find_pair(const Text& text, std::size_t at, Matches& matches) {
  const std::string_view all = text.text;
  const std::string_view name = key_before(all, at + 1);
  if (name.empty()) {
    return;
  }
  const NameTraits traits = traits_of(name);
  if (traits.secret == Secret::kNone) {
    return;
  }
  std::size_t begin = end_of_run(all, at + 1, [](char c) { return c == ' '; });
  const bool spaced = begin > at + 1;
  begin = end_of_run(all, begin, [](char c) { return c == '\\'; });
  char quote = '\0';
  if (is_quote(char_at(all, begin))) {
    quote = all[begin++];
  }
  const std::size_t end = quote != '\0' ? std::min(all.find(quote, begin), all.size())
                                        : end_of_run(all, begin, [](char c) { return !ends_value(c); });
  std::string_view value = all.substr(begin, end - begin);
  while (value.ends_with('\\')) {
    value.remove_suffix(1);
  }
  const bool sentence = all[at] == ':' && spaced && quote == '\0';
  const char before = char_before(all, static_cast<std::size_t>(name.data() - all.data()));
  const bool is_certain =
      quote != '\0' || (all[at] == '=' && !spaced && (before == '?' || before == '&' || before == '\0'));
  if (value == name || (sentence && !is_mixed(value)) || !is_value_of(traits.secret, value, is_certain)) {
    return;
  }
  matches.add(PersonalKind::kSecretField, begin, begin + value.size());
}

/// "ALTER ROLE shop PASSWORD 'x'", "IDENTIFIED BY 'x'".
void find_passwords_of_roles(std::string_view text, Matches& matches) {
  static constexpr std::array<std::string_view, 2> kWords{"password", "identified by"};
  const std::string low = lower(text);
  for (const std::string_view word : kWords) {
    for (std::size_t at = low.find(word); at != std::string::npos; at = low.find(word, at + 1)) {
      std::size_t begin = end_of_run(text, at + word.size(), is_blank);
      if (begin == at + word.size() || char_at(text, begin) != '\'' || is_word_char(char_before(text, at))) {
        continue;
      }
      ++begin;
      const std::size_t end = std::min(text.find('\'', begin), text.size());
      if (is_value_of(Secret::kPassword, text.substr(begin, end - begin), true)) {
        matches.add(PersonalKind::kSecretField, begin, end);
      }
    }
  }
}

/// The word between ':' and '@' of "scheme://user:word@host".
void find_passwords_of_urls(std::string_view text, Matches& matches) {
  constexpr std::size_t kLongest = 512;
  for (std::size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 1)) {
    const std::size_t begin = at + 3;
    const std::string_view rest = text.substr(begin, kLongest);
    const std::size_t stop = std::min(rest.find_first_of("/ \t\n\"'<>?"), rest.size());
    const std::size_t host = rest.substr(0, stop).rfind('@');
    const std::size_t colon = rest.find(':');
    if (host == std::string_view::npos || colon == std::string_view::npos || colon >= host) {
      continue;
    }
    const std::string_view word = rest.substr(colon + 1, host - colon - 1);
    if (word.size() >= 3 && !is_placeholder(word)) {
      matches.add(PersonalKind::kSecretField, begin + colon + 1, begin + host);
    }
  }
}

/// Who has it is logged in.
void find_sessions(const Text& text, Matches& matches) {
  static constexpr std::array<std::string_view, 12> kNames{
      "sid",       "session",           "sessionid", "session_id", "connect.sid", "jsessionid",
      "phpsessid", "asp.net_sessionid", "auth",      "auth_token", "_session",    "sessid"};
  constexpr std::size_t kShortest = 16;
  const std::string_view all = text.text;
  for (std::size_t at = all.find('='); at != std::string_view::npos; at = all.find('=', at + 1)) {
    const std::string name = lower(key_before(all, at + 1));
    if (std::find(kNames.begin(), kNames.end(), name) == kNames.end()) {
      continue;
    }
    const std::size_t end = end_of_run(all, at + 1, [](char c) { return !ends_value(c); });
    const std::string_view value = all.substr(at + 1, end - at - 1);
    if (value.size() >= kShortest && is_mixed(value) && !is_placeholder(value)) {
      matches.add(PersonalKind::kSecretField, at + 1, end);
    }
  }
}

/// What a field's name says of all of its value. Of an authorization only what is behind the scheme counts.
void find_whole(const Text& text, Matches& matches) {
  std::string_view value = text.text;
  Secret secret = text.field.secret;
  std::size_t begin = 0;
  if (text.field.is_authorization) {
    const std::size_t blank = value.find(' ');
    begin = blank == std::string_view::npos ? 0 : blank + 1;
    value.remove_prefix(begin);
    secret = Secret::kToken;
    if (value.find("Signature=") != std::string_view::npos) {
      return;  // of one request, and no secret that opens another
    }
  }
  if (secret != Secret::kNone && is_value_of(secret, value, true) && !matches.overlaps(0, text.text.size())) {
    matches.add(PersonalKind::kSecretField, begin, text.text.size());
  }
}

}  // namespace

void find_named_secrets(const Text& text, Matches& matches) {
  find_whole(text, matches);
  const std::string_view all = text.text;
  find_passwords_of_urls(all, matches);
  for (std::size_t at = all.find_first_of("=:"); at != std::string_view::npos; at = all.find_first_of("=:", at + 1)) {
    find_pair(text, at, matches);
  }
  if (all.find('\'') != std::string_view::npos) {
    find_passwords_of_roles(all, matches);
  }
  if (text.field.is_cookie) {
    find_sessions(text, matches);
  }
}

}  // namespace budgetcheck::personal
