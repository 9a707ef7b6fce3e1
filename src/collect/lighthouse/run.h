#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.h"
#include "model/environment.h"
#include "model/labels.h"

namespace budgetcheck {

/// What a result says of itself: which Lighthouse, on which page, how. Views point into the document.
struct LighthouseRun {
  std::string version;    ///< printable: "13.5.0"; empty: not said
  int major = 0;          ///< 0: not understood
  std::string_view mode;  ///< gatherMode: "navigation", "timespan", "snapshot"
  std::vector<std::string> only_audits;
  std::vector<std::string> skip_audits;
  std::vector<std::string> only_categories;
  std::map<std::string_view, const json::Value*> audits;  ///< by id
  Labels labels;                                          ///< the label host is settled when all inputs are read
  std::string origin;  ///< of the page that answered (after redirects), as url_origin gives it; may be empty
  Environment env;     ///< versions, throttling, speed of the machine
  /// For Sample::source: origin, major version and throttling settings. Runs that differ in one of them are not runs of
  /// one thing, although page and device are the same.
  std::string source;
};

/// "mobile" or "desktop": what the settings say; PageSpeed Insights and older versions under another name; else what
/// was emulated. Empty: nothing tells.
std::string lighthouse_device(const json::Value& lhr);

/// `lhr` holds what select_lighthouse_result named, and outlives the run. `step` is empty outside a user flow.
LighthouseRun read_lighthouse_run(const json::Value& lhr, const std::string& step);

}  // namespace budgetcheck
