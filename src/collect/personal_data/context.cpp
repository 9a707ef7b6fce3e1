#include "collect/personal_data/context.h"

#include <algorithm>
#include <string>

#include "collect/personal_data/characters.h"

namespace budgetcheck::personal {
namespace {

constexpr std::size_t kLongestKey = 64;
constexpr std::size_t kLooksBack = 48;  ///< for words
constexpr int kMostWordsBefore = 3;

bool is_between(char c) {
  return c == ' ' || is_quote(c) || c == '\\' || c == '(' || c == '[' || c == '<' || c == '{' || c == ')' || c == ']';
}

std::size_t back_over(std::string_view text, std::size_t at, std::size_t most) {
  while (at > 0 && most > 0 && is_between(text[at - 1])) {
    --at;
    --most;
  }
  return at;
}

bool is_key_char(char c) {
  return is_alnum(c) || c == '_' || c == '-' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
}

/// Up to three words that end at `at`, whatever is between them, in one sentence.
std::string_view words_before(std::string_view text, std::size_t at) {
  const std::size_t least = at > kLooksBack ? at - kLooksBack : 0;
  const auto is_letter_of_word = [](char c) { return is_letter(c) || static_cast<unsigned char>(c) >= 0x80; };
  const auto joins = [](char c) { return is_between(c) || c == '-' || c == '_' || c == '/' || c == '#' || c == ':'; };
  std::size_t end = at;
  while (end > least && joins(text[end - 1])) {
    --end;
  }
  std::size_t begin = end;
  for (int words = 0; words < kMostWordsBefore && begin > least; ++words) {
    std::size_t before = begin;
    while (before > least && joins(text[before - 1])) {
      --before;
    }
    std::size_t word = before;
    while (word > least && is_letter_of_word(text[word - 1])) {
      --word;
    }
    if (word == before) {
      break;
    }
    begin = word;
  }
  return text.substr(begin, end - begin);
}

NameTraits either(NameTraits a, const NameTraits& b) {
  a.is_cookie = a.is_cookie || b.is_cookie;
  a.is_digest = a.is_digest || b.is_digest;
  a.is_version = a.is_version || b.is_version;
  a.is_machine = a.is_machine || b.is_machine;
  a.is_message_id = a.is_message_id || b.is_message_id;
  a.is_card = a.is_card || b.is_card;
  a.is_phone = a.is_phone || b.is_phone;
  a.is_number_of = a.is_number_of || b.is_number_of;
  a.ids = static_cast<std::uint16_t>(a.ids | b.ids);
  return a;
}

/// The key of the object that the member at `at` stands in: "card" for "number" of `{"card": {"number": `.
std::string_view key_around(std::string_view text, std::size_t at) {
  constexpr std::size_t kLooksAround = 256;
  const std::size_t least = at > kLooksAround ? at - kLooksAround : 0;
  int closed = 0;
  for (std::size_t i = at; i > least; --i) {
    const char c = text[i - 1];
    if (c == '}' || c == ']') {
      ++closed;
    } else if ((c == '{' || c == '[') && --closed < 0) {
      return key_before(text, i - 1);
    }
  }
  return {};
}

}  // namespace

std::string_view key_before(std::string_view text, std::size_t at) {
  constexpr std::size_t kMostBetween = 6;
  at = std::min(at, text.size());
  std::size_t end = back_over(text, at, kMostBetween);
  if (end == 0 || (text[end - 1] != '=' && text[end - 1] != ':')) {
    return {};
  }
  end = back_over(text, end - 1, kMostBetween);
  std::size_t begin = end;
  while (begin > 0 && end - begin < kLongestKey && is_key_char(text[begin - 1])) {
    --begin;
  }
  const std::string_view key = text.substr(begin, end - begin);
  return any_of(key, is_letter) ? key : std::string_view();
}

NameTraits traits_at(const Text& text, std::size_t at) {
  if (const std::string_view key = key_before(text.text, at); !key.empty()) {
    const auto place = static_cast<std::size_t>(key.data() - text.text.data());
    const std::string_view around =
        is_quote(char_before(text.text, place)) ? key_around(text.text, place) : std::string_view();
    NameTraits own = around.empty() ? traits_of(key) : traits_of(std::string(around) + "." + std::string(key));
    own.is_card = own.is_card || text.field.is_card;
    own.is_phone = own.is_phone || text.field.is_phone;
    own.is_version = own.is_version || text.field.is_version;
    own.is_digest = own.is_digest || (text.field.is_digest && !own.is_card);
    own.ids = static_cast<std::uint16_t>(own.ids | text.field.ids);
    return own;
  }
  const std::string_view words = words_before(text.text, at);
  return words.empty() ? text.field : either(traits_of(words), text.field);
}

}  // namespace budgetcheck::personal
