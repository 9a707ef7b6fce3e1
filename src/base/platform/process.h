#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"

namespace budgetcheck {

/// A program to run, without a shell. Secrets go to its standard input, never into an argument: arguments are seen by
/// everybody on the machine.
struct ProcessRequest {
  std::vector<std::string> arguments;  ///< the program first; looked for on PATH
  std::string input;                   ///< for its standard input
  /// Names of this process's variables that the program gets too, "LC_*" for all that begin so. Beside them it gets
  /// what every program needs (kForEveryProgram in process_environment.cpp) and nothing else: a job's tokens are not
  /// its.
  std::vector<std::string> inherited;
  /// Set for the program, whatever was inherited; nothing as a value leaves the variable out.
  std::vector<std::pair<std::string, std::optional<std::string>>> environment;
  std::chrono::milliseconds timeout{30'000};
  std::size_t max_output = std::size_t{4} << 20;  ///< of each stream; more is read and thrown away
};

struct ProcessResult {
  int status = 0;  ///< exit status; 128 + signal when a signal ended it
  bool timed_out = false;
  bool cut = false;  ///< more than max_output was written
  std::string output;
  std::string errors;

  bool succeeded() const { return status == 0 && !timed_out && !cut; }
};

/// Runs the program to its end. It has a session of its own, so that it cannot ask on the terminal and so that all it
/// started ends with it at the timeout, or when SIGINT, SIGTERM or SIGHUP ends this process. Errors: kInput, when it
/// cannot be started at all.
Expected<ProcessResult> run_process(const ProcessRequest& request);

}  // namespace budgetcheck
