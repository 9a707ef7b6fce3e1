#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/units.h"
#include "json/value.h"
#include "model/facts.h"

namespace budgetcheck {

/// A metric of a tool that loads a page in a browser, and where one run's value stands.
struct LabMetric {
  std::string_view metric;  ///< "wpt.lcp"
  /// Members of the run, keys joined by '/': the first that holds a number counts.
  std::vector<std::string_view> paths;
  Unit unit = Unit::kMilliseconds;
  /// A 0 says that nothing was captured (no paint was seen, no video was filmed), and not that it took no time.
  bool zero_is_none = true;
};

/// The value at `path` below `run`; null: there is none.
const json::Value* lab_value(const json::Value& run, std::string_view path);

/// One load of a page.
struct LabRun {
  std::string file;
  std::string pointer;  ///< JSON pointer of the run
  std::string source;   ///< see Sample::source
  Labels where;
};

/// Adds a sample of one run for each metric that `values` has a number for, and else why it has none. `hint` says how
/// the tool is made to measure it.
void add_lab_metrics(std::span<const LabMetric> metrics, const json::Value& values, const LabRun& run,
                     std::string_view hint, Facts& facts);
/// A single one.
void add_lab_sample(const std::string& metric, Unit unit, double value, const LabRun& run, Facts& facts);
/// The run gives no number at all: all metrics of `family` stay open.
void leave_lab_run_open(std::string_view family, const std::string& reason, std::string_view hint, const LabRun& run,
                        Facts& facts);

/// The labels page and host (settled when all inputs are read).
void set_page(Labels& labels, std::string_view url);

/// "mobile" or "desktop" by the browser's own name for itself; empty: it has none.
std::string device_of_agent(std::string_view user_agent);

}  // namespace budgetcheck
