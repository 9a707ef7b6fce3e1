#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/units.h"
#include "model/metric.h"
#include "model/rule.h"

namespace budgetcheck {

/// Plain text for a terminal, wrapped at 80 columns. Everything that is added is made safe to print.
class TextPage {
 public:
  static constexpr std::size_t kWidth = 80;

  void line(std::string_view text = {});
  /// A heading of its own, after an empty line.
  void heading(std::string_view text);
  /// Line by line, so that lists and code of a Markdown text keep their shape.
  void text(std::string_view text, std::size_t indent = 0);
  /// "Name      text": the text hangs at a fixed column.
  void field(std::string_view name, std::string_view text, std::size_t column = 14, std::size_t indent = 0);

  /// `text` behind `prefix`, wrapped; further lines are indented by `indent`. For one item of flow YAML, which may be
  /// broken at spaces.
  void hang(std::string_view prefix, std::string_view text, std::size_t indent);

  const std::string& str() const { return out_; }

 private:
  std::string out_;
};

/// A quantity as a file would say it, without rounding: "10 kB", "2.5 s", "10%", "5".
std::string exact_quantity(double value, Unit unit);

/// The unit of a metric and how a limit on it is written, for people: "bytes; a limit is written in B, kB, …".
std::string unit_text(Unit unit);

/// How a metric is compared with the base, and from which growth on: one or two sentences.
std::string comparison_of(const Metric& metric);

/// How a budgets file sets the rule, in flow YAML: "n-plus-one: { level: error, min_repeats: 5, ignore: [...] }".
std::string example_settings(const Rule& rule);

}  // namespace budgetcheck
