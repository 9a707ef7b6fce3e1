#include "collect/lighthouse/select.h"

#include <string_view>

namespace budgetcheck {

json::SelectLimits lighthouse_limits() {
  constexpr std::size_t kMaxKept = 200'000;
  json::SelectLimits out;
  out.max_kept = kMaxKept;
  return out;
}

void select_lighthouse_result(json::Selector& wanted, const std::string& prefix, LighthouseTables& tables) {
  for (const std::string_view path : {"lighthouseVersion",
                                      "requestedUrl",
                                      "mainDocumentUrl",
                                      "finalDisplayedUrl",
                                      "finalUrl",
                                      "gatherMode",
                                      "runWarnings/*",
                                      "runtimeError/code",
                                      "runtimeError/message",
                                      "environment/benchmarkIndex",
                                      "environment/hostUserAgent",
                                      "environment/networkUserAgent",
                                      "configSettings/formFactor",
                                      "configSettings/emulatedFormFactor",
                                      "configSettings/screenEmulation/mobile",
                                      "configSettings/throttlingMethod",
                                      "configSettings/throttling/*",
                                      "configSettings/onlyCategories/*",
                                      "configSettings/onlyAudits/*",
                                      "configSettings/skipAudits/*",
                                      "categories/*/score",
                                      "categories/*/auditRefs/*/id",
                                      "categories/*/auditRefs/*/weight",
                                      "audits/http-status-code/score",
                                      "audits/http-status-code/displayValue",
                                      "audits/resource-summary/details/items/*/resourceType",
                                      "audits/resource-summary/details/items/*/transferSize",
                                      "audits/resource-summary/details/items/*/size",
                                      "audits/resource-summary/details/items/*/requestCount"}) {
    wanted.keep(prefix + std::string(path));
  }
  // A key that is spelled hides the star, so the audits whose details are wanted are named for all the rest too.
  for (const std::string_view audit :
       {"*", "resource-summary", "user-timings", "network-requests", "http-status-code"}) {
    for (const std::string_view key : {"scoreDisplayMode", "numericValue", "numericUnit", "errorMessage"}) {
      wanted.keep(prefix + "audits/" + std::string(audit) + "/" + std::string(key));
    }
  }
  const std::string timing = prefix + "audits/user-timings/details/items/*";
  for (const std::string_view key : {"name", "timingType", "startTime", "duration"}) {
    wanted.keep(timing + "/" + std::string(key));
  }
  wanted.each(timing, [&tables](std::string_view /*key*/, json::Value&& item) {
    tables.timings.add(item);
    return true;
  });
  const std::string request = prefix + "audits/network-requests/details/items/*";
  for (const std::string_view key : {"url", "resourceType", "statusCode", "transferSize", "entity"}) {
    wanted.keep(request + "/" + std::string(key));
  }
  wanted.each(request, [&tables](std::string_view /*key*/, json::Value&& item) {
    tables.requests.add(item);
    return true;
  });
  for (const std::string_view key : {"metricSavings/*", "details/debugData/wastedBytes"}) {
    wanted.keep(prefix + "audits/*/" + std::string(key));
  }
}

}  // namespace budgetcheck
