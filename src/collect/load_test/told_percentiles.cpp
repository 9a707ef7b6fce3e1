#include "collect/load_test/told_percentiles.h"

#include "base/number.h"

namespace budgetcheck {

std::optional<double> quantile_of_percent(std::string_view text) {
  const std::optional<double> percent = parse_number(text);
  return percent && *percent > 0 && *percent < 100 ? std::optional<double>(*percent / 100) : std::nullopt;
}

std::optional<double> scaled(std::optional<double> value, double scale) {
  return value ? std::optional<double>(*value * scale) : std::nullopt;
}

void add_told(const json::Value* object, std::string_view pointer, double scale,
              const std::function<std::optional<double>(std::string_view key)>& quantile_of, ResultNumbers& numbers,
              KnownQuantiles& told) {
  if (object == nullptr || object->object() == nullptr) {
    return;
  }
  for (const json::Member& member : *object->object()) {
    if (const std::optional<double> q = quantile_of(member.key)) {
      if (const std::optional<double> value = numbers.number(&member.value, below(pointer, member.key))) {
        told.add(*q, *value * scale);
      }
    }
  }
}

KnownQuantiles told_durations(const json::Value* object, std::string_view pointer, double scale,
                              const std::function<std::optional<double>(std::string_view key)>& quantile_of,
                              ResultNumbers& numbers, std::string_view mean) {
  KnownQuantiles told;
  add_told(object, pointer, scale, quantile_of, numbers, told);
  told.mean = scaled(numbers.number(object, mean, pointer), scale);
  told.min = scaled(numbers.number(object, "min", pointer), scale);
  told.max = scaled(numbers.number(object, "max", pointer), scale);
  return told;
}

}  // namespace budgetcheck
