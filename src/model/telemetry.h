#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/location.h"
#include "model/input_spec.h"

namespace budgetcheck {

/// What every request, call or log record of one kind has to carry.
struct TelemetryRequirement {
  enum class On : std::uint8_t { kServer, kConsumer, kClient, kDb, kLog };
  /// Where an attribute of a span may stand: on the span itself, or on any span of its trace.
  enum class Scope : std::uint8_t { kSpan, kTrace };

  On on = On::kServer;
  std::vector<std::string> attributes;  ///< names as written: "tenant.id"
  Scope scope = Scope::kTrace;
  double min_percent = 100;  ///< so many of them have to, in percent
  /// Globs of the routes that it is on; those with "!" in front are left out. Empty: all.
  std::vector<std::string> routes;
  Location location;
};

/// What is no personal data though it looks like it.
struct PersonalDataSettings {
  std::vector<std::string> allow;          ///< globs of values and ranges of addresses: "*@example.com", "10.0.0.0/8"
  std::vector<std::string> ignore_fields;  ///< globs of the fields that are not looked into
  Location location;
};

/// How long telemetry is kept, as agreed.
struct Retention {
  double traces_days = 0;  ///< 0: not said
  double logs_days = 0;
  std::string approved_by;
  std::string review_by;  ///< a date, "2027-03-31"; empty: none
  Location location;
  Location review_location;
};

/// Which traces a collector has to keep, as agreed.
struct Sampling {
  bool keep_errors = false;
  double keep_slower_than_ms = 0;              ///< 0: not said
  std::optional<double> baseline_min_percent;  ///< of all other traces
  std::optional<double> baseline_max_percent;
  Location location;
};

/// The section `telemetry` of the budgets file.
struct Telemetry {
  std::vector<TelemetryRequirement> required;
  std::optional<PersonalDataSettings> personal_data;  ///< nothing: it is not looked for
  std::optional<Retention> retention;
  std::optional<Sampling> sampling;
  std::optional<InputSpec> collector;  ///< the configuration that is compared with it
  Location location;
};

}  // namespace budgetcheck
