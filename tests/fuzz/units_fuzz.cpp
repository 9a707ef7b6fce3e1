#include <cmath>

#include "base/number.h"
#include "base/units.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace budgetcheck;
  const std::string text = fuzz::text_of(data, size);
  for (const Unit unit : {Unit::kNone, Unit::kBytes, Unit::kMilliseconds, Unit::kCount, Unit::kPoints, Unit::kRatio}) {
    const auto value = parse_quantity(text, unit);
    if (!value) {
      fuzz::require_printable(value.error().message, "messages are printable");
      fuzz::require(!value.error().hint.empty(), "a refusal says what fits");
      continue;
    }
    fuzz::require(std::isfinite(*value) && *value >= 0, "quantities are finite and not negative");
    fuzz::require(!format_quantity(*value, unit, *value / 2).empty(), "quantities can be shown");
    const auto back = parse_number(format_number(*value));
    fuzz::require(back && *back == *value, "numbers read back");
  }
  return 0;
}
