#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "collect/format.h"
#include "collect/logs/pieces/log_pieces.h"
#include "model/input_spec.h"
#include "model/measured.h"

namespace budgetcheck {

struct MeasureOptions {
  SizeCache* sizes = nullptr;  ///< spares compressing what it knows, and learns the rest
  Wishes wishes = {};
  RouteNames route_names = {};  ///< names that routes have elsewhere
  std::string settings = {};    ///< see Measured; files that were measured with others are refused. Empty: none are
  bool checksums = false;       ///< of what is read
  PieceChoice piece = {};       ///< of the only input
  const Telemetry* telemetry = nullptr;  ///< lives as long as the measuring; null: nothing is required of telemetry
  const std::vector<QueueSetting>* queues = nullptr;  ///< likewise; what is declared of queues
  TraceTaker* traces = nullptr;                       ///< likewise; is shown each trace that is complete
};

/// Reads every input by itself: expands globs, recognises formats from content, collects. An input that is missing,
/// unreadable or of no known format is an Input with its state and message, never an error that stops the others. A
/// file that two specs name is read once (see plan.h). `table` is what can be read. Errors: the piece of a log that is
/// asked for cannot be read.
Expected<Measured> measure_inputs(const FileSystem& files, const std::vector<InputSpec>& inputs,
                                  const std::vector<std::string>& routes, const MeasureOptions& options,
                                  const std::vector<Format>& table = formats());

/// Whatever the parts are that were merged: what names no file comes first, what all read and groups come last, and
/// schemas are in the order of the inputs that name them.
void put_in_order(Measured& measured);

/// Puts together what inputs brought, in their order: what they say of one another, samples of the same metric and
/// labels (runs are concatenated), schemas that several name. Whoever measured them, and however they were shared out,
/// the result is the same.
Facts combine(Measured measured, const std::vector<Format>& table = formats());

}  // namespace budgetcheck
