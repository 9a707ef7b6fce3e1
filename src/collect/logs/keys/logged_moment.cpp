#include "collect/logs/keys/logged_moment.h"

#include <string>

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr double kSecond = 1000;

std::optional<LoggedMoment> of_number(double number, bool is_whole) {
  const std::optional<double> ms = number > 0 ? since_1970_ms(number) : std::nullopt;
  return ms ? std::optional(LoggedMoment{*ms, is_whole && *ms > number}) : std::nullopt;  // of seconds alone
}

/// "29/Nov/2026:10:00:00 +0100".
std::optional<LoggedMoment> of_common_log(std::string_view text) {
  constexpr std::size_t kDay = 11;
  constexpr std::size_t kTime = 8;
  constexpr std::size_t kWhole = kDay + 1 + kTime;
  if (text.size() < kWhole || text[2] != '/' || text[6] != '/' || text[kDay] != ':') {
    return std::nullopt;
  }
  std::string as_header = "Sun, ";
  as_header += replace_all(std::string(text.substr(0, kDay)), "/", " ");
  as_header += " " + std::string(text.substr(kDay + 1, kTime)) + " GMT";
  const std::optional<double> local = http_time_ms(as_header);
  if (!local) {
    return std::nullopt;
  }
  double offset = 0;
  const std::string_view zone = trim(text.substr(kWhole));
  if (zone.size() == 5 && (zone[0] == '+' || zone[0] == '-')) {
    const std::optional<double> hours = parse_number(zone.substr(1, 2));
    const std::optional<double> minutes = parse_number(zone.substr(3, 2));
    constexpr double kMinute = 60 * kSecond;
    offset = (hours.value_or(0) * 60 + minutes.value_or(0)) * kMinute * (zone[0] == '-' ? -1 : 1);
  }
  return LoggedMoment{*local - offset, true};
}

}  // namespace

std::optional<LoggedMoment> moment_in(std::string_view text) {
  text = trim(text);
  if (text.starts_with('[') && text.ends_with(']')) {
    text = trim(text.substr(1, text.size() - 2));
  }
  if (const std::optional<double> number = parse_number(text)) {
    return of_number(*number, text.find('.') == std::string_view::npos);
  }
  if (const std::optional<LoggedMoment> common = of_common_log(text)) {
    return common;
  }
  const std::optional<double> ms = time_ms(text);
  return ms ? std::optional(LoggedMoment{*ms, text.find('.') == std::string_view::npos}) : std::nullopt;
}

}  // namespace budgetcheck
