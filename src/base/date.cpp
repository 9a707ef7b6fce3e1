#include "base/date.h"

#include <array>
#include <chrono>
#include <cmath>
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

constexpr double kDayMs = 86'400'000;

/// The number that `digits` characters of `text` from `at` are; nothing when they are not digits.
std::optional<int> number_at(std::string_view text, std::size_t at, std::size_t digits) {
  if (at + digits > text.size()) {
    return std::nullopt;
  }
  int number = 0;
  for (const char c : text.substr(at, digits)) {
    if (c < '0' || c > '9') {
      return std::nullopt;
    }
    number = number * 10 + (c - '0');
  }
  return number;
}

/// "hh:mm:ss" at `at`, in milliseconds; a leap second is allowed.
std::optional<double> clock_ms(std::string_view text, std::size_t at) {
  constexpr std::size_t kLength = 8;
  if (at + kLength > text.size() || text[at + 2] != ':' || text[at + 5] != ':') {
    return std::nullopt;
  }
  const auto hours = number_at(text, at, 2);
  const auto minutes = number_at(text, at + 3, 2);
  const auto seconds = number_at(text, at + 6, 2);
  if (!hours || !minutes || !seconds || *hours > 23 || *minutes > 59 || *seconds > 60) {
    return std::nullopt;
  }
  return ((*hours * 60.0 + *minutes) * 60.0 + *seconds) * 1000.0;
}

/// "Z", "+01:00", "-0530" or nothing, in milliseconds to take away.
std::optional<double> offset_ms(std::string_view text) {
  if (text.empty() || text == "Z" || text == "z") {
    return 0;
  }
  const bool colon = text.size() == 6 && text[3] == ':';
  const bool hours_alone = text.size() == 3;
  const auto hours = number_at(text, 1, 2);
  const auto minutes = hours_alone ? std::optional(0) : number_at(text, colon ? 4 : 3, 2);
  if ((text[0] != '+' && text[0] != '-') || (!colon && !hours_alone && text.size() != 5) || !hours || !minutes) {
    return std::nullopt;
  }
  return (text[0] == '-' ? -1 : 1) * (*hours * 60.0 + *minutes) * 60'000.0;
}

}  // namespace

bool is_date(std::string_view text) { return parse(text).has_value(); }

std::optional<long> day_number(std::string_view text) {
  const bool is_time = text.size() > kForm.size() && text[kForm.size()] == 'T';
  const auto day = parse(is_time ? text.substr(0, kForm.size()) : text);
  return day ? std::optional<long>(std::chrono::sys_days(*day).time_since_epoch().count()) : std::nullopt;
}

std::optional<double> time_ms(std::string_view text) {
  constexpr std::size_t kClockEnd = 19;  // of "dddd-dd-ddThh:mm:ss"
  const std::optional<long> day = day_number(text);
  const auto clock = clock_ms(text, kForm.size() + 1);
  if (!day || !clock) {
    return std::nullopt;
  }
  double ms = static_cast<double>(*day) * kDayMs + *clock;
  std::size_t at = kClockEnd;
  if (at < text.size() && (text[at] == '.' || text[at] == ',')) {
    double unit = 1000;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
      unit /= 10;
      ms += unit * (text[at] - '0');
    }
  }
  const auto offset = offset_ms(text.substr(at));
  return offset ? std::optional(ms - *offset) : std::nullopt;
}

std::optional<double> http_time_ms(std::string_view text) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const std::size_t comma = text.find(", ");
  if (comma == std::string_view::npos) {
    return std::nullopt;
  }
  text.remove_prefix(comma + 2);  // "06 Nov 1994 08:49:37 GMT"
  constexpr std::size_t kMonthAt = 3;
  constexpr std::size_t kYearAt = 7;
  constexpr std::size_t kClockAt = 12;
  const auto day = number_at(text, 0, 2);
  const auto year = number_at(text, kYearAt, 4);
  const auto clock = clock_ms(text, kClockAt);
  const std::size_t month = day && year && clock ? kMonths.find(text.substr(kMonthAt, 3)) : std::string_view::npos;
  if (month == std::string_view::npos || month % 3 != 0) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(month / 3 + 1)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) {
    return std::nullopt;
  }
  return static_cast<double>(std::chrono::sys_days(date).time_since_epoch().count()) * kDayMs + *clock;
}

std::optional<double> since_1970_ms(double number) {
  constexpr double kMostSeconds = 1e11;
  constexpr double kStep = 1000;
  if (!std::isfinite(number) || number < 0) {
    return std::nullopt;
  }
  double ms = number < kMostSeconds ? number * kStep : number;
  while (ms >= kMostSeconds * kStep) {
    ms /= kStep;
  }
  return ms;
}

std::string date_text(long day_number) {
  const std::chrono::year_month_day day{std::chrono::sys_days(std::chrono::days(day_number))};
  char text[32];
  const int length = std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()),
                                   static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return {text, static_cast<std::size_t>(length)};
}

}  // namespace budgetcheck
