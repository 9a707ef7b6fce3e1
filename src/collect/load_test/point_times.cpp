#include "collect/load_test/point_times.h"

#include "base/date.h"

namespace budgetcheck {
namespace {

constexpr double kMs = 1000;
constexpr std::size_t kMinute = 17;  // "2026-11-29T00:32:"
constexpr std::size_t kSecond = kMinute + 2;

int digit(char c) { return c >= '0' && c <= '9' ? c - '0' : -1; }

}  // namespace

double PointTimes::of_text(std::string_view text) {
  if (text.size() <= kSecond) {
    return -1;
  }
  const int tens = digit(text[kMinute]);
  const int ones = digit(text[kMinute + 1]);
  if (tens < 0 || ones < 0) {
    return -1;
  }
  double seconds = tens * 10 + ones;
  std::size_t at = kSecond;
  if (text[at] == '.') {
    double digits = 0;
    double scale = 1;
    for (++at; at < text.size() && digit(text[at]) >= 0; ++at) {
      digits = digits * 10 + digit(text[at]);
      scale *= 10;
    }
    seconds += digits / scale;
  }
  const std::string_view minute = text.substr(0, kMinute);
  const std::string_view zone = text.substr(at);
  if (minute != minute_ || zone != zone_) {
    minute_.assign(minute);
    zone_.assign(zone);
    minute_ms_ = time_ms(minute_ + "00" + zone_).value_or(-1);
  }
  return minute_ms_ < 0 ? -1 : minute_ms_ + seconds * kMs;
}

double PointTimes::of_number(double value) { return value > 0 ? since_1970_ms(value).value_or(-1) : -1; }

}  // namespace budgetcheck
