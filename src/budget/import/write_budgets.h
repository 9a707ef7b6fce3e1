#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/location.h"

namespace budgetcheck {

/// One line of `inputs:` to write. Empty texts are left out.
struct DraftInput {
  std::string path;
  std::string root;
  std::string schema;
  std::vector<std::string> comments;  ///< lines above it
  std::string app = {};

  bool operator==(const DraftInput&) const = default;
};

/// One budget to write, in the words of the file. Empty texts are left out.
struct DraftBudget {
  std::string id;
  std::string metric;
  std::vector<std::pair<std::string, std::string>> where;  ///< globs, in the order of writing
  std::string stat;
  std::string min;  ///< with its unit: "150 KiB"
  std::string max;
  std::string max_increase;
  std::string level;
  std::vector<std::string> comments;  ///< lines above it
  Location source;                    ///< what it was made from
};

/// A rule's level to write.
struct DraftRule {
  std::string rule;
  std::string level;
  std::vector<std::string> comments;
};

/// One app of `apps:` to write.
struct DraftApp {
  std::string name;
  std::string folder;
};

/// A budgets file before it is written.
struct DraftFile {
  std::vector<std::string> comments;  ///< at the top
  std::string project;
  std::vector<DraftApp> apps = {};
  std::vector<DraftInput> inputs;
  std::vector<DraftBudget> budgets;
  std::vector<DraftRule> rules;
  std::vector<std::string> closing;  ///< comments at the end
  std::vector<std::string> to_copy;  ///< below those, one line each whatever its length: they hold commands
};

/// Where the first line of a written file says that its schema is, for editors: beside the file, so that completion
/// needs no network and knows what this program knows.
inline constexpr std::string_view kEditorSchema = ".budgetcheck/schema.json";

/// The file as YAML. Whatever the names hold, it reads back as them; comments are one line each and printable.
std::string write_budgets(const DraftFile& file);

/// One line of `inputs:` and one of `budgets:` with the comments above it, each line with the indent.
std::string input_lines(const DraftInput& input, std::string_view indent);
std::string budget_lines(const DraftBudget& budget, std::string_view indent);

/// `text` as a YAML scalar that reads back as this string, also inside [ ] and { }: plain where that is safe, else in
/// double quotes. Malformed UTF-8 becomes U+FFFD.
std::string yaml_text(std::string_view text);

/// A budget in one line, for people: "bundle.gzip { entry: main } max 150 KiB".
std::string summary_of(const DraftBudget& budget);

}  // namespace budgetcheck
