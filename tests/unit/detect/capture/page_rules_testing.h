#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "unit/detect/capture/exchange_rule_testing.h"

namespace budgetcheck {

/// A page load as a capture tells it: exchanges are added in the order in which they are sent.
class Load {
 public:
  explicit Load(std::string page = "/users", std::uint32_t visit = 1) : page_(std::move(page)), visit_(visit) {}

  /// A JSON answer to a GET that began at `start` and took `ms`.
  Exchange& get(const std::string& path, const std::string& route, double start, double ms = 10) {
    Exchange exchange = json_exchange("GET " + route, 1000);
    exchange.path = path;
    exchange.page = page_;
    exchange.visit = visit_;
    exchange.start_ms = start;
    exchange.time_ms = ms;
    exchange.request_key = hash64(path) | 1;
    exchange.location.pointer = "/log/entries/" + std::to_string(exchanges.size());
    exchanges.push_back(std::move(exchange));
    return exchanges.back();
  }
  Exchange& document(double start, double ms = 10) {
    Exchange& exchange = get(page_, page_, start, ms);
    exchange.type = "document";
    exchange.mime_type = "text/html";
    return exchange;
  }
  /// `count` requests for things of one list, `step` apart.
  void things(int count, double start, double step, double ms = 10) {
    for (int i = 0; i < count; ++i) {
      get("/api/users/" + std::to_string(i), "/api/users/:id", start + i * step, ms);
    }
  }

  std::vector<Exchange> exchanges;

 private:
  std::string page_;
  std::uint32_t visit_;
};

inline std::vector<Exchange> together(std::vector<Exchange> a, const std::vector<Exchange>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

inline void add_param(Rule& rule, const std::string& name, double value) {
  RuleParam number;
  number.name = name;
  number.value = value;
  rule.params.push_back(number);
}

}  // namespace budgetcheck
