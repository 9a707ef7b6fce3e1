#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/location.h"

namespace budgetcheck {

/// Records of one logger that lack what a requirement of the budgets file asks for.
struct LackingRecords {
  std::vector<std::string> attributes;  ///< all that are required
  double min_percent = 100;
  std::uint64_t count = 0;  ///< without one of them
  Location first;           ///< of these
};

/// What one logger wrote into one log.
struct LoggerRecords {
  std::string input;
  std::string service;  ///< printable; empty: not said
  std::string logger;
  std::string library;  ///< "pino", "winston", …: told by how its records look; empty: unknown
  std::uint64_t records = 0;
  std::uint64_t correlated = 0;         ///< that carry a trace's id
  std::vector<LackingRecords> lacking;  ///< one for each requirement on log records, in their order
};

struct LogFacts {
  std::vector<LoggerRecords> loggers;

  void append(LogFacts&& other);
};

}  // namespace budgetcheck
