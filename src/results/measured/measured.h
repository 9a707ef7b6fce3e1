#pragma once

#include <string>

#include "base/error.h"
#include "base/file_system.h"
#include "model/measured.h"

namespace budgetcheck {

/// The results file of what was measured and not judged (schemas/results.v1.json, `measured`): what the inputs say
/// together, which is `facts`, and what each brought. The same inputs give the same bytes.
std::string write_measured(const Measured& measured, const Facts& facts);

/// Reads what write_measured wrote, with the inputs of a file. Errors: not JSON, nothing that was measured, of another
/// version of the program, members that this program does not write.
Expected<Measured> read_measured(const std::string& path, const FileContent& content);

}  // namespace budgetcheck
