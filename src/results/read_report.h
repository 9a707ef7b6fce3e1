#pragma once

#include <string>

#include "base/error.h"
#include "base/file_system.h"
#include "model/report.h"

namespace budgetcheck {

/// A report that was written with --output json, read back for a comment. The file may come from anybody (the artifact
/// of a fork's job): it is held against the schema, lists and texts are bounded, commits that are none are left out,
/// and what it names is text and nothing else. Samples and parts are not read. Errors (kInput): not JSON, not a results
/// file of budgetcheck, of a newer version, a samples file, which holds no verdicts.
ExpectedAll<Report> read_report(const FileSystem& files, const std::string& path);

}  // namespace budgetcheck
