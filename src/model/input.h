#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace budgetcheck {

/// How far an input could be used.
enum class InputState {
  kRead,        ///< fully understood
  kIncomplete,  ///< understood, but something that a verdict may need is missing
  kUnreadable,  ///< missing, broken, or of no known format
};

/// What rules look at. A format says which of these its inputs can hold, a rule which it needs.
enum class FactKind {
  kBuildErrors,   ///< whether the build failed
  kPackages,      ///< of a bundle, with their folders
  kRequestTimes,  ///< when a browser or a client sent each request
  kPageLoads,     ///< which page each request belongs to
  kBodySizes,     ///< of responses
  kWireSizes,     ///< of responses, as sent and decoded
  kResponseHeaders,
  kBodies,       ///< of JSON answers
  kStatements,   ///< of a database
  kSequences,    ///< statements one by one, in the order in which they ran
  kRequestIds,   ///< which request each statement belongs to
  kAccessPaths,  ///< how statements find rows: a schema with its indexes, or captured plans
  kTraces,       ///< spans, with their parents
  kCollector,    ///< the configuration of a collector of telemetry
  kLogRecords,   ///< of structured logs: whether they carry a trace's id
  kQueues,       ///< how many jobs wait in queues, over time
};

/// One input file and what became of it.
struct Input {
  std::string path;    ///< as the user would write it
  std::string format;  ///< "lighthouse", "webpack", …; empty when not recognised
  std::uint64_t bytes = 0;
  InputState state = InputState::kRead;
  /// Why it is not fully read, or a note on one that is ("3 of 900 lines are not valid JSON"); may be empty.
  std::string message;
  std::string hint;
  /// Metric families that this input would have supplied ("bundle."); empty with kUnreadable: any.
  std::vector<std::string> families;
  std::vector<FactKind> feeds = {};  ///< what an input of its format can hold
};

}  // namespace budgetcheck
