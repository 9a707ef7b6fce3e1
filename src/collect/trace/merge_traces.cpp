#include "collect/trace/merge_traces.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "collect/trace/request/name_survey.h"
#include "collect/trace/request/serial_calls.h"
#include "collect/trace/view/slow_traces.h"

namespace budgetcheck {
namespace {

/// Joins elements of equal keys with the first of them; the order stays that of the first ones.
template <class T, class KeyOf, class Add>
void join_equal(std::vector<T>& all, const KeyOf& key_of, const Add& add) {
  std::map<decltype(key_of(all.front())), std::size_t> places;
  std::vector<T> joined;
  for (T& one : all) {
    const auto [at, is_new] = places.try_emplace(key_of(one), joined.size());
    if (is_new) {
      joined.push_back(std::move(one));
    } else {
      add(joined[at->second], one);
    }
  }
  all = std::move(joined);
}

std::string chain_of(const SerialCalls& serial) {
  std::string chain;
  for (const SerialCalls::Call& call : serial.calls) {
    chain += call.name + '\n';
  }
  return chain;
}

void add_to(RepeatedCalls& repeated, const RepeatedCalls& more) {
  repeated.requests += more.requests;
  if (more.count > repeated.count) {
    repeated.count = more.count;
    repeated.serial = more.serial;
    repeated.at = more.at;
  }
}

void add_to(MissingAttribute& missing, const MissingAttribute& more) {
  if (missing.missing == 0) {
    missing.example = more.example;
  }
  missing.spans += more.spans;
  missing.missing += more.missing;
  missing.routes.insert(missing.routes.end(), more.routes.begin(), more.routes.end());
}

void add_to(OrphanSpans& orphans, const OrphanSpans& more) {
  if (orphans.spans == 0) {
    orphans.example = more.example;
  }
  orphans.spans += more.spans;
  orphans.all += more.all;
}

/// Of more names than are remembered it is not known how many are the same: then there are at least those of one part.
void add_to(UnboundedName& name, const UnboundedName& more) {
  const auto is_known = [](const UnboundedName& one) { return one.hashes.size() == one.names; };
  if (is_known(name) && is_known(more)) {
    std::vector<std::uint64_t> both;
    std::set_union(name.hashes.begin(), name.hashes.end(), more.hashes.begin(), more.hashes.end(),
                   std::back_inserter(both));
    name.names = both.size();
    name.hashes = std::move(both);
  } else {
    name.names = std::max(name.names, more.names);
    name.hashes.clear();
  }
  name.numbered = name.numbered && more.numbered;
  name.least = std::min(name.least, more.least);
  name.most = std::max(name.most, more.most);
  name.dense = is_dense(name);
}

class Merger {
 public:
  explicit Merger(TraceFacts& facts) : facts_(facts) {}

  void merge() {
    join_equal(
        facts_.routes, [](const TraceRoute& route) { return std::pair(route.service, route.route); },
        [](TraceRoute& route, const TraceRoute& more) { route.requests += more.requests; });
    for (std::size_t i = 0; i < facts_.routes.size(); ++i) {
      numbers_.emplace(std::pair(facts_.routes[i].service, facts_.routes[i].route), i);
    }
    join_equal(
        facts_.serial,
        [](const SerialCalls& serial) { return std::tuple(serial.at.service, serial.at.route, chain_of(serial)); },
        [](SerialCalls& serial, const SerialCalls& more) { budgetcheck::add_to(serial, more); });
    join_equal(
        facts_.repeated,
        [](const RepeatedCalls& repeated) { return std::tuple(repeated.at.service, repeated.at.route, repeated.call); },
        [](RepeatedCalls& repeated, const RepeatedCalls& more) { add_to(repeated, more); });
    for (SerialCalls& serial : facts_.serial) {
      serial.route_requests = std::max(serial.route_requests, requests_of(serial.at));
    }
    for (RepeatedCalls& repeated : facts_.repeated) {
      repeated.route_requests = std::max(repeated.route_requests, requests_of(repeated.at));
    }
    merge_missing();
    join_equal(
        facts_.orphans, [](const OrphanSpans& orphans) { return orphans.service; },
        [](OrphanSpans& orphans, const OrphanSpans& more) { add_to(orphans, more); });
    join_equal(
        facts_.names, [](const UnboundedName& name) { return std::tuple(name.what, name.service, name.form); },
        [](UnboundedName& name, const UnboundedName& more) { add_to(name, more); });
    merge_slowest();
  }

 private:
  std::uint64_t requests_of(const TracePlace& at) const {
    const auto found = numbers_.find(std::pair(at.service, at.route));
    return found == numbers_.end() ? 0 : facts_.routes[found->second].requests;
  }

  void merge_missing() {
    join_equal(
        facts_.missing,
        [](const MissingAttribute& one) { return std::tuple(one.requirement, one.attribute, one.service); },
        [](MissingAttribute& one, const MissingAttribute& more) { add_to(one, more); });
    for (MissingAttribute& missing : facts_.missing) {
      const auto number_of = [&](const MissingAttribute::Route& route) {
        const auto found = numbers_.find(std::pair(missing.service, route.route));
        return found == numbers_.end() ? numbers_.size() : found->second;
      };
      const std::size_t before = missing.routes.size();
      join_equal(
          missing.routes, [](const MissingAttribute::Route& route) { return route.route; },
          [](MissingAttribute::Route& route, const MissingAttribute::Route& more) {
            route.spans += more.spans;
            route.missing += more.missing;
          });
      if (missing.routes.size() < before) {
        std::stable_sort(missing.routes.begin(), missing.routes.end(), [&](const auto& a, const auto& b) {
          return std::pair(b.missing, number_of(a)) < std::pair(a.missing, number_of(b));
        });
      }
    }
  }

  /// Each route's slowest trace, of the slowest routes.
  void merge_slowest() {
    std::stable_sort(facts_.slowest.begin(), facts_.slowest.end(),
                     [](const TraceView& a, const TraceView& b) { return a.request_ms > b.request_ms; });
    join_equal(
        facts_.slowest, [](const TraceView& view) { return std::pair(view.service, view.route); },
        [](TraceView& /*slowest*/, const TraceView& /*other*/) {});
    if (facts_.slowest.size() > SlowTraces::kMostRoutes) {
      facts_.slowest.resize(SlowTraces::kMostRoutes);
    }
  }

  TraceFacts& facts_;
  std::map<std::pair<std::string, std::string>, std::size_t> numbers_;  ///< of routes, in the order they were seen
};

}  // namespace

void merge_traces(TraceFacts& facts) { Merger(facts).merge(); }

}  // namespace budgetcheck
