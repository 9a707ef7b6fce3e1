#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/environment.h"
#include "model/finding.h"
#include "model/labels.h"
#include "model/metric.h"
#include "model/part.h"
#include "model/sample.h"

namespace budgetcheck {

/// One of two things that are compared: results that were read back, or inputs that were measured.
struct ComparedSide {
  std::string label;        ///< as the user named it
  std::string commit;       ///< may be empty
  std::string measured_at;  ///< RFC 3339, UTC; may be empty
  bool stored = false;      ///< read from the records of commits, so surely of another job
  Environment env;
  std::vector<Sample> samples;
  std::vector<Part> parts;
  std::vector<Finding> findings;
  std::vector<std::string> notes;  ///< what should be known of its inputs
};

/// One measurement on both sides, or on one of them.
struct SampleChange {
  std::string metric;
  Labels where;
  Unit unit = Unit::kNone;
  Stat stat = Stat::kMedian;  ///< how runs became one number
  bool exact = false;         ///< bytes and counts; else there is noise, and a difference alone proves nothing
  bool higher_is_better = false;
  std::optional<double> base;
  std::optional<double> head;
  std::uint64_t base_runs = 0;
  std::uint64_t head_runs = 0;
  bool base_at_least = false;  ///< part of it could not be seen
  bool head_at_least = false;
};

/// What the parts of one metric and place differ by.
struct PartsChange {
  std::string metric;  ///< an id, or a family that ends in '.'
  Labels where;
  std::vector<Cause> causes;  ///< the biggest first
};

/// What differs between two sides, without any judgement.
struct ResultsComparison {
  std::string tool_version;
  std::string app;
  ComparedSide base;
  ComparedSide head;
  std::vector<SampleChange> changed;  ///< exact ones first; bytes, then counts, then the rest; the biggest first
  std::vector<SampleChange> added;    ///< only in the head
  std::vector<SampleChange> gone;     ///< only in the base
  std::size_t unchanged = 0;
  std::vector<PartsChange> parts;
  std::vector<Finding> findings_added;
  std::vector<Finding> findings_gone;
  std::size_t findings_same = 0;
  /// Measurements with runs on both sides: the head's runs, and the base's in base_runs. A document of these is what
  /// check reads as --rerun.
  std::vector<Sample> runs;
  std::vector<std::string> notes;
};

/// Findings are matched by their keys, measurements by metric and labels. A metric that the catalogue does not know
/// counts as noisy.
ResultsComparison compare_sides(ComparedSide base, ComparedSide head, const MetricCatalogue& catalogue);

}  // namespace budgetcheck
