#include "collect/personal_data/placeholder.h"

#include <array>
#include <string>

#include "base/text.h"
#include "collect/personal_data/characters.h"

namespace budgetcheck::personal {
namespace {

bool is_mask(char c) {
  return c == '*' || c == 'x' || c == 'X' || c == '.' || c == '#' || c == '-' || c == '_' || c == '?';
}

bool is_word_for_none(std::string_view word) {
  while (word.ends_with('.') || word.ends_with('!')) {
    word.remove_suffix(1);
  }
  static constexpr std::array<std::string_view, 58> kWords{
      "null",    "nil",      "none",      "undefined", "empty",    "missing",   "unset",    "set",      "true",
      "false",   "yes",      "no",        "required",  "optional", "invalid",   "valid",    "wrong",    "incorrect",
      "expired", "redacted", "filtered",  "masked",    "hidden",   "removed",   "secret",   "password", "token",
      "string",  "changeme", "unknown",   "present",   "absent",   "provided",  "ok",       "error",    "failed",
      "n/a",     "na",       "encrypted", "sensitive", "omitted",  "protected", "disabled", "enabled",  "default",
      "test",    "value",    "scrubbed",  "revoked",   "refused",  "accepted",  "rejected", "updated",  "is",
      "was",     "weak",     "short",     "mismatch"};
  for (const std::string_view one : kWords) {
    if (equals_ignoring_case(word, one)) {
      return true;
    }
  }
  return false;
}

bool is_reference(std::string_view value) {
  static constexpr std::array<std::string_view, 23> kBeginnings{
      "$2a$",  "$2b$",     "$2y$",       "$argon2", "$pbkdf2",  "$scrypt",         "{SSHA}",
      "${",    "$(",       "{{",         "%(",      "<%",       "process.env",     "env:",
      "env.",  "ENV[",     "os.environ", "vault:",  "arn:aws:", "secretsmanager:", "ref+",
      "op://", "projects/"};
  for (const std::string_view beginning : kBeginnings) {
    if (value.starts_with(beginning)) {
      return true;
    }
  }
  const bool bracketed =
      value.size() > 1 &&
      ((value.front() == '<' && value.back() == '>') || (value.front() == '[' && value.back() == ']') ||
       (value.front() == '{' && value.back() == '}') || (value.front() == '(' && value.back() == ')') ||
       (value.front() == '%' && value.back() == '%'));
  if (bracketed) {
    return true;
  }
  const std::string_view rest = value.substr(1);
  switch (value.front()) {
    case '$':  // $1, $password
      return all_of(rest, is_word_char) && rest.size() < 32 && (all_of(rest, is_digit) || !is_mixed(rest));
    case ':':
    case '@':
      return !rest.empty() && all_of(rest, is_word_char) && !is_mixed(rest);
    case '%':
      return rest == "s" || rest == "d" || rest == "v";
    default:
      return false;
  }
}

bool begins_like_example(std::string_view value) {
  static constexpr std::array<std::string_view, 7> kBeginnings{"your_",    "your-",     "your ",      "example",
                                                               "changeme", "change-me", "placeholder"};
  const std::string low = lower(value.substr(0, 16));
  for (const std::string_view beginning : kBeginnings) {
    if (low.starts_with(beginning)) {
      return true;
    }
  }
  return low.starts_with("redacted") || low.starts_with("[redacted") || low.starts_with("<redacted");
}

bool is_uuid(std::string_view value) {
  constexpr std::size_t kSize = 36;
  if (value.size() != kSize) {
    return false;
  }
  for (std::size_t i = 0; i < kSize; ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? value[i] != '-' : !is_hex(value[i])) {
      return false;
    }
  }
  return true;
}

}  // namespace

bool is_placeholder(std::string_view value) {
  value = trim(value);
  while (value.size() > 1 && is_quote(value.front()) && value.front() == value.back()) {
    value = trim(value.substr(1, value.size() - 2));
  }
  if (value.empty() || all_of(value, is_mask) || value.find("***") != std::string_view::npos ||
      value.find("\xE2\x80\xA2") != std::string_view::npos || value.find("\xE2\x80\xA6") != std::string_view::npos ||
      value.find("xxxx") != std::string_view::npos || value.find("XXXX") != std::string_view::npos ||
      value == "[object Object]") {
    return true;
  }
  return is_word_for_none(value) || is_reference(value) || begins_like_example(value) || is_uuid(value) ||
         all_of(value, [](char c) { return c == '0'; });
}

}  // namespace budgetcheck::personal
