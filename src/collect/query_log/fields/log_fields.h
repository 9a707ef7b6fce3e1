#pragma once

#include <string>

#include "model/input_spec.h"

namespace budgetcheck {

/// Where a log of JSON lines keeps what it says, as dotted paths. Empty: by its usual names.
struct LogFields {
  std::string query;
  std::string params;
  std::string duration;
  double duration_ms = 1;  ///< what one unit of a duration is in milliseconds
  std::string request;
  std::string trace;
  std::string route;
  std::string service;

  bool any() const {
    return !(query.empty() && params.empty() && duration.empty() && request.empty() && trace.empty() && route.empty() &&
             service.empty());
  }
};

/// The setting `fields` of an input.
LogFields read_log_fields(const InputSettings& settings);

}  // namespace budgetcheck
