#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "collect/format.h"
#include "model/metric.h"
#include "model/rule.h"

namespace budgetcheck {

/// A page that is made from rules/ and committed, so that it can be read without the program.
struct GeneratedPage {
  std::string path;  ///< below the folder of the documentation: "rules/n-plus-one.md"
  std::string content;
};

/// Everything that the shipped data becomes: one page a rule, their index, the metrics; and the manual
/// page.
std::vector<GeneratedPage> generated_pages();

std::string render_rule_page(const Rule& rule);
std::string render_rules_index(const RuleSet& rules);
std::string render_metrics_page(const MetricCatalogue& metrics);
/// One section for each format that says how it is written.
std::string render_inputs_page(const std::vector<Format>& formats);

/// Writes the generated pages below `folder` (`explain --docs`). Returns 0, or 2 when one cannot be written.
int write_docs(const std::string& folder, std::ostream& out, std::ostream& err);

}  // namespace budgetcheck
