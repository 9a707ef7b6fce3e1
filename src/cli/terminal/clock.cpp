#include "cli/terminal/clock.h"

#include <fmt/format.h>

#include <chrono>

#include "base/date.h"
#include "base/number.h"
#include "base/variables.h"

namespace budgetcheck {

std::string utc_now() {
  using std::chrono::seconds;
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  long now = std::chrono::duration_cast<seconds>(since_1970).count();
  const char* epoch = process_variables()("SOURCE_DATE_EPOCH");
  if (const auto fixed = parse_number(epoch == nullptr ? "" : epoch); fixed && *fixed >= 0 && *fixed < 1e11) {
    now = static_cast<long>(*fixed);
  }
  constexpr long kDay = 24 * 60 * 60;
  const long second = now % kDay;
  return fmt::format("{}T{:02}:{:02}:{:02}Z", date_text(now / kDay), second / 3600, second / 60 % 60, second % 60);
}

std::string today_utc() {
  constexpr std::size_t kDateLength = 10;  // YYYY-MM-DD
  return utc_now().substr(0, kDateLength);
}

}  // namespace budgetcheck
