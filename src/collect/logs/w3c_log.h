#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "collect/http/request_fields.h"

namespace budgetcheck {

/// The W3C Extended Log File Format, whose "#Fields:" line names the columns: CloudFront's standard logs (separated by
/// tabs) and IIS. time-taken is in seconds as CloudFront writes it (x-edge-location is among the columns), in
/// milliseconds as IIS does (#Software names it); of others its unit is not known. sc-bytes has the headers in it.
/// Formats: docs.aws.amazon.com/AmazonCloudFront, "Standard logging reference"; w3.org/TR/WD-logfile.
class W3cLog {
 public:
  /// Lines in the order of the log. `is_comment`: one that begins with '#', which is no request's and not broken.
  AccessRecord read(std::string_view line, bool& is_comment);

 private:
  void read_directive(std::string_view line);

  std::vector<std::string> fields_;
  bool by_cloudfront_ = false;
  bool by_iis_ = false;
};

}  // namespace budgetcheck
