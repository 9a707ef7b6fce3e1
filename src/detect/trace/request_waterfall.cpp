#include "detect/trace/request_waterfall.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/units.h"
#include "detect/rule_findings.h"
#include "detect/trace/trace_finding.h"

namespace budgetcheck {
namespace {

constexpr std::ptrdiff_t kLeastCalls = 3;

std::string percent(double share) { return fmt::format("{:.0f}%", share * 100); }

Finding finding_of(const SerialCalls& serial, bool is_independent) {
  std::vector<std::string> calls;
  std::string chain;
  for (const SerialCalls::Call& call : serial.calls) {
    chain += call.name + '\n';
    if (!is_independent || call.independent) {
      calls.push_back(call.name);
    }
  }
  Finding finding = trace_finding(serial.at);
  const std::string often =
      serial.requests == serial.route_requests
          ? fmt::format("in {}",
                        serial.requests == 1 ? "its one request" : fmt::format("all {} requests", serial.requests))
          : fmt::format("in {} of {} requests", serial.requests, serial.route_requests);
  if (is_independent) {
    finding.message = fmt::format(
        "{} makes {} one after the other {}, though none needs what the others answer as far as "
        "their URLs show: {} of a request ({}) could be saved",
        route_words(serial.at), counted(calls.size(), "call"), often,
        format_quantity(serial.saved_ms, Unit::kMilliseconds), percent(serial.saved_share));
    finding.fix.text =
        fmt::format("Start them together and wait once: await Promise.all([…]) around {}.", join(calls, ", "));
  } else {
    finding.level = Level::kNote;
    finding.message = fmt::format("{} makes {} one after the other {}, each for what the one before answered",
                                  route_words(serial.at), counted(calls.size(), "call"), often);
    finding.fix.text = "Let one of the services answer for all of them, or keep what does not change between requests.";
  }
  finding.evidence.count = calls.size();
  finding.evidence.details.emplace_back("calls", join(calls, ", "));
  finding.magnitude = serial.saved_ms;
  finding.key = finding_key("request-waterfall", {serial.at.service, serial.at.route, chain});
  return finding;
}

}  // namespace

void detect_request_waterfall(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  std::vector<Finding> found;
  for (const SerialCalls& serial : facts.traces.serial) {
    const double often =
        static_cast<double>(serial.requests) / static_cast<double>(std::max<std::uint64_t>(serial.route_requests, 1));
    if (often < rule.param("min_requests")) {
      continue;
    }
    const auto independent = std::count_if(serial.calls.begin(), serial.calls.end(),
                                           [](const SerialCalls::Call& call) { return call.independent; });
    if (independent >= kLeastCalls && serial.saved_share >= rule.param("min_saving")) {
      found.push_back(finding_of(serial, true));
    } else if (independent < kLeastCalls) {
      found.push_back(finding_of(serial, false));
    }
  }
  for (Finding& finding : found) {
    finding.level = finding.level == Level::kNote ? Level::kNote : rule.level;
  }
  keep_findings(rule, std::move(found), findings);
}

}  // namespace budgetcheck
