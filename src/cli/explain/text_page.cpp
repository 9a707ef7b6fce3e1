#include "cli/explain/text_page.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/number.h"
#include "base/text.h"
#include "budget/catalogue.h"

namespace budgetcheck {

void TextPage::line(std::string_view text) {
  out_ += printable(text);
  out_ += '\n';
}

void TextPage::heading(std::string_view text) {
  line();
  line(text);
}

void TextPage::text(std::string_view text, std::size_t indent) {
  const std::string margin(indent, ' ');
  for (const std::string_view one : split(text, '\n')) {
    const std::string safe = printable(one);
    const bool code = safe.starts_with("    ") || safe.starts_with("```");
    for (const std::string& part : code ? std::vector<std::string>{safe} : wrap(safe, kWidth - indent)) {
      out_ += part.empty() ? "\n" : margin + part + "\n";
    }
  }
}

void TextPage::field(std::string_view name, std::string_view text, std::size_t column, std::size_t indent) {
  std::string head = std::string(indent, ' ') + printable(name);
  const std::size_t from = indent + column;
  const std::size_t width = display_width(head);
  if (width + 1 > from) {
    out_ += head + "\n";
    head.assign(from, ' ');
  } else {
    head.append(from - width, ' ');
  }
  for (const std::string& part : wrap(printable(text), kWidth - from)) {
    out_ += head + part + "\n";
    head.assign(from, ' ');
  }
}

void TextPage::hang(std::string_view prefix, std::string_view text, std::size_t indent) {
  std::string head = printable(prefix);
  for (const std::string& part : wrap(printable(text), kWidth - std::max(indent, display_width(head)))) {
    out_ += head + part + "\n";
    head.assign(indent, ' ');
  }
}

std::string unit_text(Unit unit) {
  switch (unit) {
    case Unit::kBytes:
      return "bytes; a limit is written in " + units_that_fit(unit);
    case Unit::kMilliseconds:
      return "milliseconds; a limit is written in " + units_that_fit(unit);
    case Unit::kRatio:
      return "a share; a limit is written in " + units_that_fit(unit);
    case Unit::kPoints:
      return "points from 0 to 100; a limit is a bare number";
    case Unit::kCount:
      return "a count; a limit is a bare number";
    case Unit::kNone:
      return "none; a limit is a bare number";
  }
  return {};
}

std::string exact_quantity(double value, Unit unit) {
  std::string pretty = format_quantity(value, unit);
  const Expected<double> read = parse_quantity(pretty, unit);
  constexpr double kRounding = 1e-12;  // of a scale such as 0.01, not of digits
  if (read && std::fabs(*read - value) <= kRounding * std::fabs(value)) {
    return pretty;
  }
  const bool named = unit == Unit::kBytes || unit == Unit::kMilliseconds || unit == Unit::kRatio;
  return format_number(value) + (named ? " " + std::string(unit_symbol(unit)) : "");
}

std::string comparison_of(const Metric& metric) {
  std::vector<std::string> floors;
  if (metric.floor_absolute > 0) {
    floors.push_back("less than " + exact_quantity(metric.floor_absolute, metric.unit));
  }
  if (metric.floor_relative > 0) {
    floors.push_back("less than " + exact_quantity(metric.floor_relative, Unit::kRatio) + " of the base");
  }
  std::string text = class_defaults(metric.metric_class).compared;
  if (!floors.empty()) {
    const bool lower = metric.direction == Direction::kLowerIsBetter;
    text += (lower ? " Growth of " : " A loss of ") + join(floors, ", or of ") + (floors.size() > 1 ? "," : "") +
            " is never a regression.";
  }
  return text;
}

std::string example_settings(const Rule& rule) {
  std::string out = rule.id + ": { level: " + std::string(to_string(rule.level));
  for (const RuleParam& param : rule.params) {
    // Bare counts and points are written without a unit.
    const bool bare = param.unit == Unit::kCount || param.unit == Unit::kPoints || param.unit == Unit::kNone;
    out += ", " + param.name + ": " + (bare ? format_number(param.value) : exact_quantity(param.value, param.unit));
  }
  return out + ", ignore: [\"a name\", \"or-a-glob-*\"] }";
}

}  // namespace budgetcheck
