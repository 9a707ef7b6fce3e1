#include "base/text/suggestion.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "base/text.h"
#include "base/text/character.h"

namespace budgetcheck {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// The one character beyond ASCII that `name` has in place of one of `near`, or that is too many; kNoCharacter: they
/// differ in more than that.
char32_t strange_character(std::string_view name, std::string_view near) {
  std::size_t begin = 0;
  while (begin < std::min(name.size(), near.size()) && name[begin] == near[begin]) {
    ++begin;
  }
  std::size_t end = 0;
  while (end < std::min(name.size(), near.size()) - begin &&
         name[name.size() - 1 - end] == near[near.size() - 1 - end]) {
    ++end;
  }
  const std::string_view only = name.substr(begin, name.size() - begin - end);
  const std::size_t instead = near.size() - begin - end;
  std::size_t at = 0;
  const char32_t character = only.empty() || is_ascii(only) ? kNoCharacter : next_character(only, at);
  return at == only.size() && instead <= 1 ? character : kNoCharacter;
}

/// What a reader may not see between two names; empty: they differ for everybody to see.
std::string hidden_difference(std::string_view name, std::string_view near) {
  if (equals_ignoring_case(name, near)) {
    return "capital and small letters differ";
  }
  if (const char32_t strange = strange_character(name, near); strange != kNoCharacter) {
    return fmt::format("U+{:04X} in it is another character", static_cast<std::uint32_t>(strange));
  }
  if (!is_ascii(name) && valid_utf8(name) != name) {
    return "it is not valid UTF-8";
  }
  const auto without_blanks = [](std::string_view text) { return replace_all(std::string(text), " ", ""); };
  return without_blanks(name) == without_blanks(near) ? "a blank differs" : "";
}

}  // namespace

std::string did_you_mean(std::string_view name, std::string_view near) {
  if (near.empty() || near == name) {
    return {};
  }
  const std::string difference = hidden_difference(name, near);
  return fmt::format("did you mean '{}'?{}", printable(near), difference.empty() ? "" : " (" + difference + ")");
}

}  // namespace budgetcheck
