#include "cli/completion/values.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/append.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

/// How help calls arguments that are files, or may be.
constexpr std::array<std::string_view, 9> kFiles{"FILE", "INPUT", "PATH", "PART", "RESULTS", "BASE", "HEAD", "A", "B"};

bool is_word_of_value(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

/// The names in a usage: "[INPUT...]" has one, "BASE HEAD" two.
std::vector<std::string> names_in(std::string_view usage) {
  std::vector<std::string> names(1);
  for (const char c : usage) {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '-') {
      names.back() += c;
    } else if (!names.back().empty()) {
      names.emplace_back();
    }
  }
  return names;
}

CompletedValue with_words(CompletedValue value, const std::function<std::vector<std::string>()>& words) {
  if (words) {
    append_to(value.words, words());
  }
  return value;
}

}  // namespace

CompletedValue completed_value(std::string_view usage) {
  CompletedValue value;
  value.path_after = usage.ends_with("[=PATH]");
  if (value.path_after) {
    return value;
  }
  for (const std::string& name : names_in(usage)) {
    value.files = value.files || std::find(kFiles.begin(), kFiles.end(), name) != kFiles.end();
    value.folders = value.folders || name == "DIR";
  }
  for (const std::string_view part : split(usage, '|')) {
    if (is_word_of_value(part)) {
      value.words.emplace_back(part);
    }
  }
  return value;
}

CompletedValue completed_value(const Option& option) { return with_words(completed_value(option.value), option.words); }

CompletedValue completed_value(const Arguments& arguments) {
  return with_words(completed_value(arguments.usage), arguments.words);
}

}  // namespace budgetcheck
