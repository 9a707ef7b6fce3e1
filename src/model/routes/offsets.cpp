#include "model/routes/offsets.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <set>
#include <string>

#include "base/text.h"
#include "model/routes/id_segments.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kFewest = 3;

/// Up to 18 digits; negative: not a number.
std::int64_t number_of(std::string_view text) {
  constexpr std::size_t kMostDigits = 18;
  std::int64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9' || text.size() > kMostDigits) {
      return -1;
    }
    value = value * 10 + (c - '0');
  }
  return text.empty() ? -1 : value;
}

/// Equal steps of at least 2, or all multiples of a step that chance does not give.
bool have_steps(const std::set<std::int64_t>& numbers, Offsets which) {
  constexpr std::int64_t kNoChance = 5;
  std::int64_t step = 0;
  for (auto at = std::next(numbers.begin()); at != numbers.end(); ++at) {
    step = std::gcd(step, *at - *std::prev(at));
  }
  if (which == Offsets::kMultiples && step > 0 && *numbers.begin() % step != 0) {
    return false;
  }
  const std::int64_t steps = step == 0 ? 0 : (*numbers.rbegin() - *numbers.begin()) / step;
  return step >= kNoChance || (step >= 2 && steps == static_cast<std::int64_t>(numbers.size()) - 1);
}

bool are_counted(const std::set<std::string_view>& values, Offsets which) {
  if (std::all_of(values.begin(), values.end(), is_calendar_time)) {
    return true;
  }
  std::set<std::int64_t> numbers;
  for (const std::string_view value : values) {
    numbers.insert(number_of(value));
  }
  return values.size() >= kFewest && *numbers.begin() >= 0 && have_steps(numbers, which);
}

}  // namespace

bool differ_in_offsets(const std::vector<std::string_view>& paths, Offsets which) {
  std::vector<std::set<std::string_view>> values;
  for (const std::string_view path : paths) {
    const std::vector<std::string_view> segments = split(path, '/');
    values.resize(values.empty() ? segments.size() : values.size());
    if (segments.size() != values.size()) {
      return false;
    }
    for (std::size_t i = 0; i < segments.size(); ++i) {
      values[i].insert(segments[i]);
    }
  }
  const auto differs = [](const std::set<std::string_view>& place) { return place.size() > 1; };
  return std::set<std::string_view>(paths.begin(), paths.end()).size() >= kFewest &&
         std::all_of(values.begin(), values.end(),
                     [&](const auto& place) { return !differs(place) || are_counted(place, which); });
}

}  // namespace budgetcheck
