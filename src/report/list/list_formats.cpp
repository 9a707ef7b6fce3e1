#include <fmt/format.h>

#include "report/list/list.h"

namespace budgetcheck {

std::string runs_words(const ListedMeasurement& m) {
  if (m.runs <= 1) {
    return {};
  }
  return m.unit == Unit::kRatio ? fmt::format("of {}", m.runs) : fmt::format("{} of {}", to_string(m.stat), m.runs);
}

const std::vector<ListFormat>& list_formats() {
  static const std::vector<ListFormat> kFormats{
      {"text", render_list_text}, {"json", render_list_json}, {"budgets", render_list_budgets}};
  return kFormats;
}

}  // namespace budgetcheck
