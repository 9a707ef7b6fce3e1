#include "budget/edit/limit_steps.h"

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr int kMostDecimals = 6;
constexpr double kCoarsest = 0.1;        // of the value
constexpr int kDigitsOfWholeNumber = 3;  // more of them read as if they meant something
constexpr double kMostSteps = 1e15;
/// 26 kB is 26000 bytes however the product was rounded.
constexpr double kRounding = 1e-9;

int decimals_of(std::string_view number) {
  const std::size_t point = number.find('.');
  if (point == std::string_view::npos || number.find_first_of("eE") != std::string_view::npos) {
    return 0;
  }
  return std::min(static_cast<int>(number.size() - point - 1), kMostDecimals);
}

std::string grouped(const std::string& digits) {
  constexpr std::size_t kGroup = 3;
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    out += i != 0 && (digits.size() - i) % kGroup == 0 ? "_" : "";
    out += digits[i];
  }
  return out;
}

}  // namespace

std::optional<LimitSteps> LimitSteps::like(std::string_view written, Unit unit, double near) {
  const std::string_view text = trim(written);
  if (!parse_quantity(text, unit) || !std::isfinite(near)) {
    return std::nullopt;
  }
  std::size_t end = std::min(text.find_first_not_of("+-.0123456789_eE"), text.size());
  while (end > 0 && (text[end - 1] == 'e' || text[end - 1] == 'E')) {
    --end;
  }
  const std::string_view number = text.substr(0, end);
  LimitSteps steps;
  steps.unit_ = unit;
  steps.ending_ = text.substr(end);
  steps.groups_ = number.find('_') != std::string_view::npos;
  const Expected<UnitName> name = parse_unit(trim(steps.ending_));
  steps.scale_ = name ? name->scale : 1;
  const double size = std::fabs(near) / steps.scale_;
  int decimals = decimals_of(replace_all(std::string(number), "_", ""));
  const bool is_whole = unit == Unit::kCount || (unit == Unit::kBytes && steps.scale_ == 1);
  while (!is_whole && decimals < kMostDecimals && size > 0 && std::pow(10.0, -decimals) > kCoarsest * size) {
    ++decimals;
  }
  steps.exponent_ = is_whole ? 0 : -decimals;
  if (steps.exponent_ == 0 && unit != Unit::kCount && size > 1) {
    const int digits = static_cast<int>(std::floor(std::log10(size))) + 1;
    steps.exponent_ = std::max(0, digits - kDigitsOfWholeNumber);
  }
  if (size > kMostSteps || size / std::pow(10.0, steps.exponent_) > kMostSteps) {
    return std::nullopt;
  }
  return steps;
}

double LimitSteps::step() const { return std::pow(10.0, exponent_) * scale_; }

std::int64_t LimitSteps::at_least(double value) const {
  auto number = static_cast<std::int64_t>(std::ceil(value / step() - kRounding));
  while (this->value(number) < value) {
    ++number;
  }
  return number;
}

std::int64_t LimitSteps::at_most(double value) const {
  auto number = static_cast<std::int64_t>(std::floor(value / step() + kRounding));
  while (number > 0 && this->value(number) > value) {
    --number;
  }
  return std::max<std::int64_t>(number, 0);
}

std::string LimitSteps::text(std::int64_t number) const {
  std::string digits = std::to_string(std::max<std::int64_t>(number, 0));
  std::string fraction;
  if (exponent_ > 0 && number != 0) {
    digits.append(static_cast<std::size_t>(exponent_), '0');
  } else if (exponent_ < 0) {
    const auto decimals = static_cast<std::size_t>(-exponent_);
    if (digits.size() <= decimals) {
      digits.insert(0, decimals + 1 - digits.size(), '0');
    }
    fraction = digits.substr(digits.size() - decimals);
    digits.resize(digits.size() - decimals);
    fraction.resize(fraction.find_last_not_of('0') + 1);  // npos + 1 is 0
  }
  return (groups_ ? grouped(digits) : digits) + (fraction.empty() ? "" : "." + fraction) + ending_;
}

double LimitSteps::value(std::int64_t number) const {
  return parse_quantity(text(number), unit_).value_or(static_cast<double>(number) * step());
}

}  // namespace budgetcheck
