#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/budget.h"

namespace budgetcheck {

/// A file as it has to be.
struct GeneratedFile {
  std::string target;
  std::string path;  ///< as seen from where the path of the budgets file is relative to
  std::string text;
  Location location;  ///< of its entry in the budgets file
};

/// One kind of file that is written from the budgets file: a pure function of it, so that the same file always comes
/// out. Errors (kUsage): what the budgets file does not say, or the format cannot.
struct Generator {
  std::string_view target;
  std::string_view about;  ///< for help: what it is
  ExpectedAll<std::string> (*write)(const BudgetsFile& budgets, const GeneratedTarget& target);
};

/// One row per target, in the order of kGeneratedTargets.
const std::vector<Generator>& generators();

/// All files that the section `generate` names. Errors: those of all generators.
ExpectedAll<std::vector<GeneratedFile>> generate_files(const BudgetsFile& budgets);

/// In the first line of each generated file, behind the characters of a comment; a file without it is somebody's own.
inline constexpr std::string_view kGeneratedMark = "Written by budgetcheck generate";

/// "budgets.yml": what headers of generated files name, wherever the program was started.
std::string file_name_of(const BudgetsFile& budgets);

}  // namespace budgetcheck
