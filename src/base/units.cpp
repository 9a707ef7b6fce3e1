#include "base/units.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/number.h"
#include "base/text.h"
#include "base/text/suggestion.h"

namespace budgetcheck {
namespace {

struct Row {
  std::string_view name;
  Unit unit;
  double scale;
};

constexpr double kKi = 1024;
constexpr std::array<Row, 24> kUnits{{{"B", Unit::kBytes, 1},
                                      {"byte", Unit::kBytes, 1},
                                      {"bytes", Unit::kBytes, 1},
                                      {"kB", Unit::kBytes, 1e3},
                                      {"KiB", Unit::kBytes, kKi},
                                      {"MB", Unit::kBytes, 1e6},
                                      {"MiB", Unit::kBytes, kKi* kKi},
                                      {"GB", Unit::kBytes, 1e9},
                                      {"GiB", Unit::kBytes, kKi* kKi* kKi},
                                      {"us", Unit::kMilliseconds, 1e-3},
                                      {"µs", Unit::kMilliseconds, 1e-3},
                                      {"ms", Unit::kMilliseconds, 1},
                                      {"millisecond", Unit::kMilliseconds, 1},
                                      {"milliseconds", Unit::kMilliseconds, 1},
                                      {"s", Unit::kMilliseconds, 1e3},
                                      {"min", Unit::kMilliseconds, 6e4},
                                      {"1", Unit::kCount, 1},
                                      {"count", Unit::kCount, 1},
                                      {"points", Unit::kPoints, 1},
                                      {"point", Unit::kPoints, 1},
                                      {"unitless", Unit::kNone, 1},
                                      {"ratio", Unit::kRatio, 1},
                                      {"%", Unit::kRatio, 0.01},
                                      {"percent", Unit::kRatio, 0.01}}};

const Row* find_unit(std::string_view name) {
  const auto* found = std::find_if(kUnits.begin(), kUnits.end(), [&](const Row& row) { return row.name == name; });
  return found == kUnits.end() ? nullptr : found;
}

bool needs_unit(Unit unit) { return unit == Unit::kBytes || unit == Unit::kMilliseconds; }

bool is_bare(Unit unit) { return unit == Unit::kNone || unit == Unit::kCount || unit == Unit::kPoints; }

std::vector<std::string> names_that_fit(Unit unit) {
  std::vector<std::string> names;
  for (const Row& row : kUnits) {
    if (row.unit == unit) {
      names.emplace_back(row.name);
    }
  }
  return names;
}

struct Scaled {
  double value;
  std::string_view symbol;
};

Scaled scaled(double value, Unit unit) {
  const double size = std::fabs(value);
  if (unit == Unit::kBytes) {
    if (size >= 1e6) {
      return {value / 1e6, " MB"};
    }
    return size >= 1e3 ? Scaled{value / 1e3, " kB"} : Scaled{value, " B"};
  }
  if (unit == Unit::kMilliseconds) {
    if (size >= 1e3) {
      return {value / 1e3, " s"};
    }
    return size >= 1 || value == 0 ? Scaled{value, " ms"} : Scaled{value * 1e3, " µs"};
  }
  if (unit == Unit::kRatio) {
    return {value * 100, "%"};
  }
  return {value, unit != Unit::kPoints ? "" : size == 1 ? " point" : " points"};
}

std::string render(double value, Unit unit, int digits) {
  const Scaled s = scaled(value, unit);
  return format_rounded(s.value, digits) + std::string(s.symbol);
}

int default_digits(double value, Unit unit) {
  const Scaled s = scaled(value, unit);
  if (s.symbol == " s" || s.symbol == " MB") {
    return 2;
  }
  if (unit == Unit::kNone) {
    return 3;
  }
  const bool is_fine = s.symbol == " B" || (s.symbol == " µs" && std::fabs(s.value) >= 10);
  return is_fine ? 0 : 1;
}

}  // namespace

std::string_view unit_symbol(Unit unit) {
  switch (unit) {
    case Unit::kBytes:
      return "B";
    case Unit::kMilliseconds:
      return "ms";
    case Unit::kRatio:
      return "ratio";
    case Unit::kPoints:
      return "points";
    case Unit::kCount:
      return "1";
    case Unit::kNone:
      return "unitless";
  }
  return "1";
}

Expected<UnitName> parse_unit(std::string_view name) {
  if (const Row* row = find_unit(name)) {
    return UnitName{row->unit, row->scale};
  }
  std::vector<std::string> names;
  for (const Row& row : kUnits) {
    names.emplace_back(row.name);
  }
  const std::string near = nearest(name, names);
  return fail(ErrorKind::kUsage, fmt::format("unknown unit '{}'", printable(name)), {},
              near.empty() ? "units are B, kB, KiB, MB, MiB, us, ms, s and %" : did_you_mean(name, near));
}

std::string units_that_fit(Unit unit) {
  switch (unit) {
    case Unit::kBytes:
      return "B, kB (1000), KiB (1024), MB or MiB";
    case Unit::kMilliseconds:
      return "us, ms or s";
    case Unit::kRatio:
      return "%";
    case Unit::kPoints:
      return "none: points from 0 to 100";
    case Unit::kCount:
      return "none: a bare count";
    case Unit::kNone:
      return "none: a bare number";
  }
  return {};
}

Expected<double> parse_quantity(std::string_view text, Unit unit) {
  const std::string_view whole = trim(text);
  const std::size_t end = whole.find_first_not_of("+-.0123456789_eE");
  std::size_t number_end = std::min(end, whole.size());
  // "1e" in "1 eB" is not an exponent: give trailing letters back to the unit.
  while (number_end > 0 && (whole[number_end - 1] == 'e' || whole[number_end - 1] == 'E')) {
    --number_end;
  }
  const auto number = parse_number(replace_all(std::string(whole.substr(0, number_end)), "_", ""));
  const std::string_view name = trim(whole.substr(number_end));
  const std::string quoted = "'" + printable(whole) + "'";
  if (!number) {
    return fail(ErrorKind::kUsage, quoted + " is not a quantity", {},
                "write a number and a unit; units that fit: " + units_that_fit(unit));
  }
  if (name.empty()) {
    if (needs_unit(unit) && *number != 0) {
      return fail(ErrorKind::kUsage, quoted + " needs a unit", {}, "units that fit: " + units_that_fit(unit));
    }
    if (*number < 0) {
      return fail(ErrorKind::kUsage, quoted + " is negative", {}, "a limit is zero or more");
    }
    return *number;
  }
  // "12 1" is a slip of the pen, not twelve of the unit "1".
  const Row* row = name == "1" ? nullptr : find_unit(name);
  if (row == nullptr) {
    const std::string near = nearest(name, names_that_fit(unit));
    return fail(ErrorKind::kUsage, fmt::format("unknown unit '{}' in {}", printable(name), quoted), {},
                fmt::format("{}units that fit: {}", (near.empty() ? "" : did_you_mean(name, near) + " "),
                            units_that_fit(unit)));
  }
  const bool fits = row->unit == unit || (is_bare(unit) && is_bare(row->unit));
  if (!fits) {
    return fail(ErrorKind::kUsage, quoted + " has a unit of another kind", {},
                "units that fit: " + units_that_fit(unit));
  }
  if (*number < 0) {
    return fail(ErrorKind::kUsage, quoted + " is negative", {}, "a limit is zero or more");
  }
  const double value = *number * row->scale;
  if (!std::isfinite(value)) {
    return fail(ErrorKind::kUsage, quoted + " is too big", {}, "write a limit that a measurement can reach");
  }
  return value;
}

std::string format_quantity(double value, Unit unit) { return render(value, unit, default_digits(value, unit)); }

std::string format_quantity(double value, Unit unit, double against) {
  int digits = default_digits(value, unit);
  constexpr int kMaxDigits = 6;
  while (value != against && digits < kMaxDigits && render(value, unit, digits) == render(against, unit, digits)) {
    ++digits;
  }
  return render(value, unit, digits);
}

std::string format_delta(double delta, Unit unit) { return (delta > 0 ? "+" : "") + format_quantity(delta, unit); }

}  // namespace budgetcheck
