#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/platform/output_file.h"
#include "cli/command_line/output_spec.h"
#include "cli/terminal/sweep.h"
#include "model/report.h"
#include "report/format.h"

namespace budgetcheck {

/// What the report format of this name, which is one of report_formats(), makes of the report.
std::string render_report(const std::string& format, const Report& report, const Rendering& rendering);

/// The files that reports go to. They are opened before anything is read, so that a wrong path costs no
/// measurement; what stood in them goes when the report is written. What was read (base/platform/read_files.h) is never
/// written to, whatever its name.
class Outputs {
 public:
  /// Opens every file. Errors: kOutput, one for each that cannot be written, or is the file of another output. The
  /// others stay open.
  Errors open(const std::vector<OutputSpec>& specs);

  /// Every report passes through it before it is written; empty: they are written as they are.
  void sweep_with(Sweep sweep) { sweep_ = std::move(sweep); }

  /// What a format makes of the thing that is reported.
  using Render = std::function<std::string(const std::string& format, const Rendering& rendering)>;

  /// Renders and writes each report; text goes to standard output when no other output does. Errors: kOutput (a
  /// full disk), or a file that was read: then nothing is written at all. A closed pipe is no error.
  Errors write(const Render& render, const Rendering& on_stdout);

 private:
  struct Output {
    OutputSpec spec;
    std::optional<OutputFile> file;  ///< nothing: standard output
  };
  Errors overwriting() const;

  std::vector<Output> outputs_;
  Sweep sweep_;
};

}  // namespace budgetcheck
