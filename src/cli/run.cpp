#include "cli/run.h"

#include <chrono>

#include "base/file_system.h"
#include "base/platform/read_files.h"
#include "base/variables.h"
#include "cli/command_line/parse.h"
#include "cli/commands.h"
#include "cli/help.h"
#include "cli/terminal/console.h"
#include "cli/terminal/progress.h"
#include "cli/terminal/refuse.h"
#include "cli/terminal/terminal.h"
#include "cli/version.h"

namespace budgetcheck {
namespace {

/// Files whose long reading is shown on a terminal.
struct Files {
  DiskFileSystem disk;
  Progress progress;
  WatchedFiles watched;
  bool is_watched;

  Files()
      : progress(draw_aside, std::chrono::steady_clock::now, rendering_for(kStandardError, process_variables()).width,
                 rendering_for(kStandardError, process_variables()).unicode),
        watched(disk, progress),
        is_watched(wants_progress(look_at(kStandardError), process_variables())) {}

  const FileSystem& get() const { return is_watched ? static_cast<const FileSystem&>(watched) : disk; }
};

}  // namespace

int run(const std::vector<std::string>& arguments) {
  const ExpectedAll<CommandLine> line = parse_command_line(all_commands(), arguments);
  if (!line) {
    return refuse(line.error());
  }
  if (line->help) {
    ConsoleStreams console;
    return run_help({line->is_named ? std::string(line->command.name) : "", false}, console.out, console.err);
  }
  if (line->version) {
    return run_version();
  }
  forget_read_files();
  const Files files;
  if (const Errors errors = misspelt_command(files.get(), line->first_word, command_names()); !errors.empty()) {
    return refuse(errors);
  }
  return line->command.run(files.get());
}

}  // namespace budgetcheck
