#pragma once

#include <string_view>

#include "collect/http/request_fields.h"
#include "collect/logs/w3c_log.h"

namespace budgetcheck {

/// Reads the lines of an access log that is text: the Common and Combined Log Format, the load balancers of AWS, and
/// the W3C Extended Log File Format. Lines in the order of the log.
class RequestText {
 public:
  /// `is_comment`: the line says something of those that follow, and is not broken.
  AccessRecord read(std::string_view line, bool& is_comment);

 private:
  W3cLog w3c_;
};

/// At least half of the first lines are such a log's.
bool has_text_requests(std::string_view head);

}  // namespace budgetcheck
