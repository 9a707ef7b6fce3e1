#include "cli/command_line/option.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

/// "edit, delete or hide".
std::string alternatives(const std::vector<std::string_view>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool is_last = i + 1 == words.size();
    out += i == 0 ? "" : is_last ? " or " : ", ";
    out += words[i];
  }
  return out;
}

}  // namespace

Error wrong_value(std::string_view name, std::string_view takes, std::string_view value, std::string hint) {
  return {
      ErrorKind::kUsage, fmt::format("--{} takes {}, not '{}'", name, takes, printable(value)), {}, std::move(hint)};
}

Option text_option(std::string_view name, std::string_view value, std::string text, std::string& to) {
  return {name, value, std::move(text), false, [&to](const std::vector<std::string>& values) {
            to = values.back();
            return Errors();
          }};
}

Option list_option(std::string_view name, std::string_view value, std::string text, std::vector<std::string>& to) {
  return {name, value, std::move(text), true, [&to](const std::vector<std::string>& values) {
            to = values;
            return Errors();
          }};
}

Option switch_option(std::string_view name, std::string text, bool& to) {
  return {name, "", std::move(text), false, [&to](const std::vector<std::string>&) {
            to = true;
            return Errors();
          }};
}

Option choice_option(std::string_view name, std::string_view values, std::string text, std::string& to) {
  return {name, values, std::move(text), false, [name, values, &to](const std::vector<std::string>& given) {
            const std::vector<std::string_view> words = split(values, '|');
            if (std::find(words.begin(), words.end(), given.back()) == words.end()) {
              return Errors{wrong_value(name, alternatives(words), given.back())};
            }
            to = given.back();
            return Errors();
          }};
}

Option number_option(std::string_view name, std::string text, std::uint64_t& to, std::uint64_t most) {
  return {name, "N", std::move(text), false, [name, most, &to](const std::vector<std::string>& values) {
            const auto number = parse_number(values.back());
            if (!number || *number < 1 || *number > static_cast<double>(most) || *number != std::floor(*number)) {
              return Errors{wrong_value(name, fmt::format("a whole number from 1 to {}", most), values.back())};
            }
            to = static_cast<std::uint64_t>(*number);
            return Errors();
          }};
}

Option date_option(std::string_view name, std::string text, std::string& to) {
  return {name, "YYYY-MM-DD", std::move(text), false, [name, &to](const std::vector<std::string>& values) {
            if (!is_date(values.back())) {
              return Errors{wrong_value(name, "a date", values.back(), "write it as 2026-12-31")};
            }
            to = values.back();
            return Errors();
          }};
}

}  // namespace budgetcheck
