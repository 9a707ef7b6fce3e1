#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "collect/account.h"
#include "collect/format.h"
#include "collect/logs/records/record_fields.h"
#include "model/telemetry/log_facts.h"

namespace budgetcheck {

/// What the budgets file requires of log records.
class RecordRequirements {
 public:
  /// `telemetry` may be null: nothing is required.
  explicit RecordRequirements(const Telemetry* telemetry);

  struct One {
    const TelemetryRequirement* requirement = nullptr;
    std::uint64_t attributes = 0;  ///< bits
  };
  const std::vector<One>& all() const { return all_; }
  const WantedAttributes& wanted() const { return wanted_; }
  bool too_many() const { return too_many_; }

 private:
  WantedAttributes wanted_;
  std::vector<One> all_;
  bool too_many_ = false;
};

/// Counts the records of each service and logger.
class RecordCounts {
 public:
  struct Lacking {
    std::uint64_t count = 0;
    std::uint32_t first_line = 0;
  };
  struct Counter {
    std::string service;  ///< still escaped
    std::string logger;
    std::string_view library;
    std::uint64_t records = 0;
    std::uint64_t correlated = 0;
    std::vector<Lacking> lacking;  ///< by requirement
  };

  /// `requirements` lives as long as this.
  explicit RecordCounts(const RecordRequirements& requirements) : requirements_(requirements) {}

  /// `times` records of which the first stands in `line`.
  void add(const SeenRecord& record, std::uint32_t line, std::uint64_t times = 1);
  /// Those of the next piece; `lines_before` lines precede it.
  void add(const RecordCounts& next, std::uint32_t lines_before);
  void clear();

  bool empty() const { return counters_.empty(); }
  /// Samples of logs.correlated and facts of each logger; says of the input what could not be told apart.
  void report(const std::string& path, Account& account, Facts& facts) const;

 private:
  Counter& counter_of(std::string_view service, std::string_view logger, std::string_view library);

  const RecordRequirements& requirements_;
  std::vector<Counter> counters_;
  std::unordered_map<std::string, std::size_t> numbers_;
  std::string key_;
  std::size_t last_ = 0;
  bool too_many_ = false;
};

}  // namespace budgetcheck
