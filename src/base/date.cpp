#include "base/date.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>

namespace budgetcheck {

namespace {

constexpr std::string_view kForm = "dddd-dd-dd";

std::optional<std::chrono::year_month_day> parse(std::string_view text) {
  if (text.size() != kForm.size()) {
    return std::nullopt;
  }
  std::array<int, 3> parts{};  // year, month, day
  std::size_t part = 0;
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    if (kForm[i] == '-') {
      ++part;
    }
    if (kForm[i] == '-' ? text[i] != '-' : text[i] < '0' || text[i] > '9') {
      return std::nullopt;
    }
    if (kForm[i] == 'd') {
      parts[part] = parts[part] * 10 + (text[i] - '0');
    }
  }
  const std::chrono::year_month_day day{std::chrono::year(parts[0]),
                                        std::chrono::month(static_cast<unsigned>(parts[1])),
                                        std::chrono::day(static_cast<unsigned>(parts[2]))};
  return day.ok() ? std::optional(day) : std::nullopt;
}

}  // namespace

bool is_date(std::string_view text) { return parse(text).has_value(); }

std::optional<long> day_number(std::string_view text) {
  const bool is_time = text.size() > kForm.size() && text[kForm.size()] == 'T';
  const auto day = parse(is_time ? text.substr(0, kForm.size()) : text);
  return day ? std::optional<long>(std::chrono::sys_days(*day).time_since_epoch().count()) : std::nullopt;
}

std::string date_text(long day_number) {
  const std::chrono::year_month_day day{std::chrono::sys_days(std::chrono::days(day_number))};
  char text[32];
  const int length = std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()),
                                   static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return {text, static_cast<std::size_t>(length)};
}

}  // namespace budgetcheck
