#include "collect/personal_data/filter/secret_name.h"

#include <array>

#include "collect/personal_data/characters.h"
#include "collect/personal_data/field_name.h"

namespace budgetcheck::personal {
namespace {

/// The names of secrets end like this: the rest need not be looked at.
bool may_end_secret(char before_last, char last) {
  const char a = to_lower(before_last);
  switch (to_lower(last)) {
    case 'd':
      return a == 'r' || a == 'w';  // password, passwd, pwd
    case 't':
      return a == 'e' || a == 'r';  // secret, kennwort
    case 'n':
      return a == 'e' || a == 'o';  // token, authorization
    case 'y':
      return a == 'e';  // key
    case 's':
      return a == 's' || a == 'l';  // pass, credentials
    case 'e':
      return a == 's' || a == 'd' || a == 'i';  // passphrase, passcode, cookie
    case 'l':
      return a == 'a';  // credential
    default:
      return false;
  }
}

/// Whether the letters and digits of the name hold one of the words that name a secret: traits_of joins what it splits.
bool holds_secrets_word(std::string_view name) {
  constexpr std::size_t kLongest = 64;
  std::array<char, kLongest> plain{};
  std::size_t size = 0;
  for (const char c : name) {
    plain.at(size) = to_lower(c);
    size += is_alnum(c) ? 1U : 0U;
  }
  const std::string_view all(plain.data(), size);
  for (std::size_t at = 0; at + 3 <= size; ++at) {
    const std::string_view rest = all.substr(at);
    switch (rest.front()) {
      case 'p':
        if (rest.starts_with("pass") || rest.starts_with("pwd")) {
          return true;
        }
        break;
      case 'k':
        if (rest.starts_with("key") || rest.starts_with("kennwort")) {
          return true;
        }
        break;
      case 's':
        if (rest.starts_with("secret")) {
          return true;
        }
        break;
      case 't':
        if (rest.starts_with("token")) {
          return true;
        }
        break;
      case 'j':
        if (rest.starts_with("jwt")) {
          return true;
        }
        break;
      case 'c':
        if (rest.starts_with("cookie") || rest.starts_with("credential")) {
          return true;
        }
        break;
      case 'a':
        if (rest.starts_with("authorization")) {
          return true;
        }
        break;
      default:
        break;
    }
  }
  return false;
}

}  // namespace

bool is_secrets_name(std::string_view line, std::size_t end) {
  constexpr std::size_t kLongest = 64;
  if (end < 3 || !may_end_secret(line[end - 2], line[end - 1])) {
    return false;
  }
  std::size_t begin = end;
  while (begin > 0 && end - begin < kLongest && (is_token_char(line[begin - 1]) || line[begin - 1] == '.')) {
    --begin;
  }
  const std::string_view name = line.substr(begin, end - begin);
  if (name.size() < 3 || !holds_secrets_word(name)) {
    return false;
  }
  const NameTraits traits = traits_of(name);
  return traits.secret != NameTraits::Secret::kNone || traits.is_authorization || traits.is_cookie;
}

}  // namespace budgetcheck::personal
