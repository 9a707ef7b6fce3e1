#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "budget/import/write_budgets.h"
#include "cli/init/project/project.h"
#include "model/facts.h"

namespace budgetcheck {

/// Something that nothing in the folder measures, and what to do about it.
struct NotMeasured {
  std::string what;                ///< "what visitors feel (Lighthouse)"
  std::string meanwhile;           ///< a clause: "while npx vite preview runs"; may be empty
  std::vector<std::string> steps;  ///< at least one; a command stands alone, so that it can be copied
};

/// What a folder holds that can be measured.
struct Survey {
  std::string project;                ///< package.json's name; may be empty
  std::vector<DraftInput> inputs;     ///< all of whose files are wholly readable
  std::vector<std::string> found;     ///< one line each: an input, or what kind of project this is
  std::vector<std::string> left_out;  ///< a file that looks like an input, and why it is none
  std::vector<NotMeasured> missing;   ///< the most useful first
  std::vector<std::string> remarks;   ///< on the folder itself
  Facts facts;                        ///< of `inputs`
  std::vector<Project> projects;      ///< this one, or those of the workspace; all have a framework
  std::set<std::string> libraries;    ///< labels `app` of builds that no page loads; "": the only build
  bool depends_on_prisma = false;
  std::string tracing_package;  ///< one that package.json names; empty: none
};

/// Reads what the project's configuration says, then looks where tools usually leave their results, a few folders deep,
/// and reads what it finds.
Survey survey_folder(const FileSystem& files);

}  // namespace budgetcheck
