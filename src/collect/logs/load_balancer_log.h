#pragma once

#include <string_view>

#include "collect/http/request_fields.h"

namespace budgetcheck {

/// A line that AWS' Application or Classic Load Balancer writes for a request. Its time is the sum of the three that
/// the format has (seconds until the request was passed on, until the target began its answer, and until the balancer
/// began to pass it on); unknown where one is -1. An Application Load Balancer counts headers in the bytes that it
/// sent, a Classic one does not. WebSocket connections are kMalformed: they are no request. kNone when it is no such
/// line. Formats: docs.aws.amazon.com/elasticloadbalancing, "Access log entries".
AccessRecord read_load_balancer_log(std::string_view line);

}  // namespace budgetcheck
