#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "cli/command_line/command.h"
#include "collect/logs/pieces/log_pieces.h"

namespace budgetcheck {

/// What `budgetcheck measure` takes.
struct MeasureCommand {
  std::vector<std::string> arguments;  ///< INPUTs; empty: those of the budgets file
  std::string budgets;
  std::string schema;
  std::string table_rows;
  std::string output;    ///< empty: standard output
  PieceChoice part;      ///< --part K/N
  PieceChoice piece;     ///< --piece K/N
  std::string of;        ///< --of NAME
  std::string order;     ///< --order time|number
  bool timings = false;  ///< say where the time went
};

/// Reads the inputs, and writes what they say without judging it. Returns the exit code.
int run_measure(const FileSystem& files, const MeasureCommand& options);

/// `budgetcheck measure [INPUT...]`.
Command measure_command(const std::shared_ptr<MeasureCommand>& options);

}  // namespace budgetcheck
