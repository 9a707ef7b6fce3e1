#pragma once

#include <string>
#include <vector>

#include "detect/detect.h"

namespace budgetcheck {

/// A rule with one parameter, for detector tests.
inline Rule rule_with(const std::string& id, const std::string& param, double value) {
  Rule rule;
  rule.id = id;
  rule.level = Level::kWarning;
  RuleParam number;
  number.name = param;
  number.unit = Unit::kBytes;
  number.value = value;
  rule.params.push_back(number);
  return rule;
}

/// An answered JSON request of `bytes`, not compressed.
inline Exchange json_exchange(const std::string& route, double bytes) {
  Exchange exchange;
  exchange.method = "GET";
  exchange.path = route.substr(route.find(' ') + 1);
  exchange.host = "localhost:3000";
  exchange.route = route;
  exchange.type = "fetch";
  exchange.status = 200;
  exchange.transfer_bytes = bytes + 200;
  exchange.body_bytes = bytes;
  exchange.decoded_bytes = bytes;
  exchange.mime_type = "application/json";
  exchange.location = {"shop.har", 0, 0, "/log/entries/0"};
  return exchange;
}

using Detect = void (*)(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

inline std::vector<Finding> findings_of(Detect detect, const Rule& rule, std::vector<Exchange> exchanges) {
  Facts facts;
  facts.capture.exchanges = std::move(exchanges);
  std::vector<Finding> findings;
  detect(facts, rule, findings);
  return findings;
}

}  // namespace budgetcheck
