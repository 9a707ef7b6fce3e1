#include "cli/terminal/clock.h"

#include <chrono>
#include <cstdlib>
#include <ctime>

#include "base/number.h"

namespace budgetcheck {

std::string utc_now() {
  std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
  if (const auto fixed = parse_number(epoch == nullptr ? "" : epoch); fixed && *fixed >= 0 && *fixed < 1e11) {
    now = static_cast<std::time_t>(*fixed);
  }
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  char text[32];
  const std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return {text, length};
}

std::string today_utc() {
  constexpr std::size_t kDateLength = 10;  // YYYY-MM-DD
  return utc_now().substr(0, kDateLength);
}

}  // namespace budgetcheck
