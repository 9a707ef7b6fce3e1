#include "collect/http/payload_totals.h"

#include <algorithm>

#include "base/text.h"
#include "model/exchange.h"

namespace budgetcheck {

PayloadValues payload_values(const Exchange& exchange) {
  return {{exchange.transfer_bytes, exchange.body_bytes, exchange.decoded_bytes, exchange.time_ms},
          failed(exchange) ? 0 : exchange.status};
}

void PayloadCoverage::add(const PayloadCoverage& other) {
  known += other.known;
  broken += other.broken;
  unrecorded += other.unrecorded;
}

std::string PayloadCoverage::reason(std::string_view word) const {
  std::vector<std::string> kinds;
  if (broken != 0) {
    kinds.push_back(std::to_string(broken) + " failed or blocked");
  }
  if (unrecorded != 0) {
    kinds.push_back(std::to_string(unrecorded) + " not recorded");
  }
  return std::to_string(unknown()) + " of " + counted(known + unknown(), "response") +
         (unknown() == 1 ? " has no " : " have no ") + std::string(word) + ": " + join(kinds, ", ");
}

void PayloadTotals::count(const PayloadValues& response, const Location& location) {
  if (requests == 0) {
    first = location;
  }
  ++requests;
  for (std::size_t i = 0; i < kPayloadMeasures.size(); ++i) {
    values[i].add(std::max(response.values[i], 0.0));
    coverage[i].count(response.status, response.values[i]);
  }
}

void PayloadTotals::add(const PayloadTotals& other) {
  if (requests == 0) {
    first = other.first;
  }
  requests += other.requests;
  for (std::size_t i = 0; i < kPayloadMeasures.size(); ++i) {
    values[i].merge(other.values[i]);
    coverage[i].add(other.coverage[i]);
  }
}

Unmeasured payload_gap(const PayloadMeasure& measure, const Labels& where, const PayloadCoverage& coverage,
                       const PayloadGaps::Gap& gap, const Location& location) {
  Unmeasured out;
  out.metric = measure.metric;
  out.where = where;
  out.reason = gap.reason.empty() || coverage.unrecorded == 0 ? coverage.reason(measure.word) : gap.reason;
  out.hint = coverage.unrecorded == 0 ? "Record the capture again where these requests are answered" : gap.hint;
  out.location = location;
  out.input_at_fault = coverage.unrecorded == 0 || gap.input_at_fault;
  return out;
}

void note_coverage(Sample& sample, const PayloadCoverage& coverage, std::string_view word) {
  if (coverage.unknown() != 0) {
    sample.lower_bound = true;
    sample.lower_bound_reason = coverage.reason(word);
  }
}

RoutePayloads::Route* RoutePayloads::find_or_add(const std::string& name) {
  const auto found = index_.find(name);
  if (found != index_.end()) {
    return &routes_[found->second].second;
  }
  if (routes_.size() >= kMaxPayloadGroups) {
    return nullptr;
  }
  index_.emplace(name, routes_.size());
  return &routes_.emplace_back(name, Route{}).second;
}

bool RoutePayloads::add(const std::string& route, bool given, const PayloadValues& response, const Location& location) {
  const bool may_differ = infers_ && !given;
  Route* found = find_or_add(may_differ && renames_ ? slugs_.name_of(route) : route);
  if (found == nullptr && infers_ && !full_) {
    settle();  // names among the routes may take most of the room
    full_ = routes_.size() >= kMaxPayloadGroups;
    found = find_or_add(may_differ && renames_ ? slugs_.name_of(route) : route);
  }
  if (found == nullptr) {
    return false;
  }
  found->given = found->given || given;
  found->all.count(response, location);
  if (response.status <= 0) {
    return true;
  }
  if (!found->by_status.contains(response.status) && statuses_++ >= kMaxPayloadGroups) {
    return false;
  }
  found->by_status[response.status].count(response, location);
  return true;
}

void RoutePayloads::merge(Route& into, Route&& from) {
  into.given = into.given || from.given;
  into.all.add(from.all);
  for (auto& [status, totals] : from.by_status) {
    into.by_status[status].add(totals);
  }
}

void RoutePayloads::settle() {
  if (!infers_) {
    return;
  }
  for (const auto& [name, route] : routes_) {
    if (!route.given) {
      slugs_.add(name);
    }
  }
  renames_ = slugs_.settle();
  if (!renames_) {
    return;
  }
  auto routes = std::exchange(routes_, {});
  index_.clear();
  for (auto& [name, route] : routes) {
    const std::string settled = route.given ? name : slugs_.name_of(name);
    if (settled != name) {
      inferred_ = settled;
    }
    merge(*find_or_add(settled), std::move(route));
  }
  statuses_ = 0;
  for (const auto& [name, route] : routes_) {
    statuses_ += route.by_status.size();
  }
}

void RoutePayloads::append(const Labels& where, const PayloadTotals& totals, const PayloadGaps& gaps,
                           const std::array<bool, kPayloadMeasures.size()>& skipped, Facts& facts) {
  const auto add = [&](std::string_view metric, Unit unit) -> Sample& {
    Sample& sample = facts.samples.emplace_back();
    sample.metric = metric;
    sample.where = where;
    sample.unit = unit;
    sample.location = totals.first;
    return sample;
  };
  for (std::size_t i = 0; i < kPayloadMeasures.size(); ++i) {
    const PayloadMeasure& measure = kPayloadMeasures[i];
    if (skipped[i]) {
      continue;
    }
    if (totals.coverage[i].known == 0) {
      facts.unmeasured.push_back(payload_gap(measure, where, totals.coverage[i], gaps.of[i], totals.first));
      continue;
    }
    Sample& sample = add(measure.metric, measure.unit);
    sample.value = totals.values[i];
    note_coverage(sample, totals.coverage[i], measure.word);
  }
  add("payload.requests", Unit::kCount).value = static_cast<double>(totals.requests);
}

void RoutePayloads::append_to(const PayloadGaps& gaps, Facts& facts) const {
  std::array<bool, kPayloadMeasures.size()> skipped{};
  for (std::size_t i = 0; gaps.once && i < kPayloadMeasures.size(); ++i) {
    PayloadCoverage all;
    for (const auto& [name, route] : routes_) {
      all.add(route.all.coverage[i]);
    }
    skipped[i] = all.known == 0 && all.unrecorded != 0;
    if (skipped[i]) {
      const Location file = Location::of(routes_.front().second.all.first.file);
      facts.unmeasured.push_back(payload_gap(kPayloadMeasures[i], {}, all, gaps.of[i], file));
    }
  }
  for (const auto& [name, route] : routes_) {
    const Labels where{{"route", name}};
    append(where, route.all, gaps, skipped, facts);
    for (const auto& [status, totals] : route.by_status) {
      Labels finer = where;
      finer.set("status", std::to_string(status));
      append(finer, totals, gaps, skipped, facts);
    }
  }
}

}  // namespace budgetcheck
