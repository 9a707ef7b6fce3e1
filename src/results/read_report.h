#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "base/file_system.h"
#include "model/metric.h"
#include "model/report.h"

namespace budgetcheck {

/// A report that was written with --output json, read back for a comment. The file may come from anybody (the artifact
/// of a fork's job): it is checked against the schema, lists and texts are bounded, commit ids that are malformed are
/// left out, and names in it are text and nothing else. Its outcome and exit code are what it says of itself
/// (cli/claims.h judges again). `metrics` says which direction is better. Samples, parts and rules are not read, and of
/// problems the kind is not known: kInput. Errors (kInput): not JSON, not a results file of budgetcheck, of a newer
/// version, a samples file, which has no verdicts.
/// A file of several apps gives the report of each, in its order; `name` of it is that of the whole.
struct ReadReports {
  std::string name;  ///< of the app, or of the project that has several; may be empty
  std::vector<Report> reports;
};
ExpectedAll<ReadReports> read_reports(const FileSystem& files, const std::string& path, const MetricCatalogue& metrics);

}  // namespace budgetcheck
