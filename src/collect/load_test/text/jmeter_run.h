#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "collect/format.h"
#include "collect/load_test/raw_run.h"

namespace budgetcheck {

/// One sample of a JTL, whatever its form. What is empty or nothing is not told.
struct JmeterSample {
  std::string_view label;
  std::string_view code;     ///< "200", "Non HTTP response code: java.net.SocketException"
  std::string_view message;  ///< "OK", "Number of samples in transaction : 3, …"
  std::string_view success;  ///< "true"
  std::optional<double> begin_ms;
  double ms = 0;

  /// A transaction controller's sum over requests that have samples of their own.
  bool is_transaction() const { return message.starts_with("Number of samples in transaction"); }
};

/// What the readers of both forms of a JTL sum up.
class JmeterRun {
 public:
  /// Transactions are counted, and are not requests.
  void add(const JmeterSample& sample);
  void add_broken() { ++broken_; }

  void report(const Source& source, Input& input, Facts& facts) const;

 private:
  RawRun run_;
  std::uint64_t transactions_ = 0;
  std::uint64_t broken_ = 0;
  std::uint64_t accepted_errors_ = 0;  ///< of status 400 and above, which the plan calls a success
};

/// A JTL as CSV, with its columns in any order. Errors: columns that are needed are missing.
Expected<void> read_jmeter_csv(const Source& source, JmeterRun& run);
/// A JTL as XML, record by record. Errors: it breaks off.
Expected<void> read_jmeter_xml(const Source& source, JmeterRun& run);

}  // namespace budgetcheck
