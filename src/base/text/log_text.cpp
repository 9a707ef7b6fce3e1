#include "base/text/log_text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text/character.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr char kEscape = '\x1b';

/// The length of a colour of ours at the beginning of the text; 0: it is none. Not every colour: Jenkins reads what
/// stands between "\x1b[8m" and "\x1b[0m".
std::size_t colour_length(std::string_view text) {
  static constexpr std::array<std::string_view, 7> kColours{"\x1b[0m",  "\x1b[1m",  "\x1b[2m", "\x1b[1;31m",
                                                            "\x1b[32m", "\x1b[33m", "\x1b[36m"};
  const auto* const found =
      std::find_if(kColours.begin(), kColours.end(), [&](std::string_view colour) { return text.starts_with(colour); });
  return found == kColours.end() ? 0 : found->size();
}

/// What .NET's TrimStart takes away before a runner looks at a line.
bool is_blank(char32_t c) {
  return c == ' ' || c == '\t' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
         c == 0x205F || c == 0x3000;
}

/// The length of a character that a comparison which knows languages overlooks, at `at`; 0: it is not one.
std::size_t overlooked_length(std::string_view text, std::size_t at) {
  constexpr char32_t kReplacementCharacter = 0xFFFD;
  const std::size_t begin = at;
  const char32_t c = at < text.size() && text[at] != '\n' ? next_character(text, at) : U' ';
  return c == kReplacementCharacter || is_hidden(c, 0) ? at - begin : 0;
}

/// How much of the text reads as "::" or "##" to such a comparison; 0: it does not begin with that.
std::size_t doubled_length(std::string_view text, char sign) {
  if (text.empty() || text.front() != sign) {
    return 0;
  }
  std::size_t at = 1;
  while (const std::size_t length = overlooked_length(text, at)) {
    at += length;
  }
  return at < text.size() && text[at] == sign ? at + 1 : 0;
}

/// The same of "##" before "[" or "vso[".
std::size_t command_length(std::string_view text) {
  const std::size_t signs = doubled_length(text, '#');
  if (signs == 0) {
    return 0;
  }
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  std::size_t at = signs;
  while (at < text.size() && text[at] != '[' && text[at] != kEscape) {
    const std::size_t length = is_letter(text[at]) ? 1 : overlooked_length(text, at);
    if (length == 0) {
      return 0;
    }
    at += length;
  }
  return at < text.size() ? signs : 0;
}

/// "--- name" and its like at the beginning of the text.
bool begins_group(std::string_view text) {
  const bool is_mark =
      text.starts_with("---") || text.starts_with("+++") || text.starts_with("~~~") || text.starts_with("^^^");
  return is_mark && text.size() > 3 && (text[3] == ' ' || text[3] == '\t' || text[3] == kEscape);
}

}  // namespace

bool may_begin_command(std::string_view text, std::size_t at) {
  constexpr unsigned char kLastVisible = '~';
  return text[at] == '#' && at + 1 < text.size() &&
         (text[at + 1] == '#' || static_cast<unsigned char>(text[at + 1]) > kLastVisible);
}

std::string escape_commands(std::string text, std::string_view escape) {
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = text.find('#'); at != std::string::npos; at = text.find('#', at + 1)) {
    if (may_begin_command(text, at)) {
      out.append(text, done, at - done).append(escape);
      done = at + 1;
    }
  }
  return done == 0 ? std::move(text) : out.append(text, done);
}

std::string log_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool at_start = true;
  char32_t before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    if (rest.front() == '\n' || rest.starts_with("\r\n")) {
      out += '\n';
      at += rest.front() == '\n' ? 1U : 2U;
      at_start = true;
    } else if (const std::size_t colour = colour_length(rest); colour > 0) {
      out += rest.substr(0, colour);
      at += colour;
    } else if (const std::size_t signs = at_start ? doubled_length(rest, ':') : 0; signs > 0) {
      out += ": ";
      at += signs;
      at_start = false;
    } else if (at_start && begins_group(rest)) {
      out += rest.substr(0, 2);
      out += ' ';
      at += 3;
      at_start = false;
    } else if (const std::size_t hashes = command_length(rest); hashes > 0) {
      out += "# ";
      at += hashes;
      at_start = false;
    } else {
      const std::size_t begin = at;
      const char32_t c = next_character(text, at);
      const bool shown = c == '\t' || !(c == kNoCharacter || is_hidden(c, before));
      out += shown ? text.substr(begin, at - begin) : kReplacement;
      at_start = at_start && (is_blank(c) || overlooked_length(text, begin) > 0);
      before = c;
    }
  }
  return out;
}

}  // namespace budgetcheck
