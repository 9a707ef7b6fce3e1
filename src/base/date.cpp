#include "base/date.h"

#include <array>
#include <chrono>
#include <cstddef>

namespace budgetcheck {

bool is_date(std::string_view text) {
  constexpr std::string_view kForm = "dddd-dd-dd";
  if (text.size() != kForm.size()) {
    return false;
  }
  std::array<int, 3> parts{};  // year, month, day
  std::size_t part = 0;
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    if (kForm[i] == '-') {
      ++part;
    }
    if (kForm[i] == '-' ? text[i] != '-' : text[i] < '0' || text[i] > '9') {
      return false;
    }
    if (kForm[i] == 'd') {
      parts[part] = parts[part] * 10 + (text[i] - '0');
    }
  }
  const std::chrono::year_month_day day{std::chrono::year(parts[0]),
                                        std::chrono::month(static_cast<unsigned>(parts[1])),
                                        std::chrono::day(static_cast<unsigned>(parts[2]))};
  return day.ok();
}

}  // namespace budgetcheck
