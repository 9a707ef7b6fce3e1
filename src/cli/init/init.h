#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "budget/import/write_budgets.h"

namespace budgetcheck {

/// A file to write.
struct DraftedFile {
  std::string path;
  std::string text;
};

/// What was found in a folder, one thing a line.
struct InitLines {
  std::vector<std::string> found;
  std::vector<std::string> left_out;
  std::vector<std::string> notes;
  std::vector<std::string> missing;  ///< what is not measured yet, and the first command for it
};

/// What `init` is about to do.
struct InitPlan {
  int code = 0;                        ///< exit code
  std::string path = "budgets.yml";    ///< where it is written to
  std::string text;                    ///< of that file; empty: nothing is written
  std::string schema;                  ///< of a new file, for editors: written to kEditorSchema; empty: none
  std::string out;                     ///< for standard output
  std::string err;                     ///< for standard error
  std::vector<DraftedFile> more = {};  ///< of a workspace's packages: written before it
  InitLines lines = {};                ///< of a folder alone
};

/// Without `from`: looks at the folder, and at the root of a workspace at each of its packages, measures what it finds
/// and sets limits from today's numbers. Nothing measured: nothing written, and exit code 3. With `from`: imports these
/// configurations; exit code 2 when there is nothing in them to carry over. A budgets file in the folder is never
/// overwritten (exit code 2).
InitPlan plan_init(const FileSystem& files, const std::vector<std::string>& from);

/// The same for a folder alone, without `from`, whatever budgets file is there. `apps`: what the file names beside what
/// it limits itself; with any there is a text even when nothing here was measured.
InitPlan plan_folder(const FileSystem& files, const std::vector<DraftApp>& apps);

/// What the folder's own budgets file lacks: inputs that it does not name and budgets on what it does not limit, added
/// at the ends of its lists. InitPlan::text is the whole file, and everything that stood in it is there byte for byte.
/// Exit code 2 when there is no such file, or lines cannot be added to it; 0 with an empty text when nothing is
/// missing.
InitPlan plan_addition(const FileSystem& files);

/// Writes what is planned into the working directory, and says so. `add`: plan_addition.
int run_init(const FileSystem& files, const std::vector<std::string>& from, bool add);

}  // namespace budgetcheck
