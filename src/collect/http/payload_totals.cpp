#include "collect/http/payload_totals.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "model/exchange.h"

namespace budgetcheck {

PayloadValues payload_values(const Exchange& exchange) {
  return {{exchange.transfer_bytes, exchange.body_bytes, exchange.decoded_bytes, exchange.time_ms},
          failed(exchange) ? 0 : exchange.status,
          exchange.closed};
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
    if (response.values[i] >= 0 || !response.closed) {
      values[i].add(std::max(response.values[i], 0.0));
    }
    coverage[i].count(response, i);
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
  out.reason = coverage.unknown() == 0 ? "a stream that the page closed has no size and no time"
               : gap.reason.empty() || coverage.unrecorded == 0 ? coverage.reason(measure.word)
                                                                : gap.reason;
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

void RoutePayloads::Route::merge(Route&& from) {
  given = given || from.given;
  inferred = inferred || from.inferred;
  errors += from.errors;
  server_errors += from.server_errors;
  all.add(from.all);
  for (auto& [status, totals] : from.by_status) {
    by_status[status].add(totals);
  }
}

RoutePayloads::Route* RoutePayloads::find_or_add(const std::string& name, std::string_view host) {
  key_ = name;
  key_.append(1, '\n').append(host);
  const auto found = index_.find(key_);
  if (found != index_.end()) {
    return &routes_[found->second];
  }
  if (routes_.size() >= kMaxPayloadGroups) {
    return nullptr;
  }
  index_.emplace(key_, routes_.size());
  if (!host.empty()) {
    own_host_ = own_host_.empty() ? host : own_host_;
    hosts_.emplace(host);
  }
  Route& route = routes_.emplace_back();
  route.name = name;
  route.host = host;
  return &route;
}

bool RoutePayloads::add(const std::string& route, const From& from, const PayloadValues& response,
                        const Location& location) {
  const bool may_differ = infers_ && !from.given;
  const bool unanswered = response.closed && response.status <= 0;
  if (!unanswered) {
    errors_.add(response.status, route);
  }
  Route* found = find_or_add(may_differ ? name_of(route) : route, from.host);
  if (found == nullptr && infers_ && !full_) {
    settle();  // names among the routes may take most of the room
    full_ = routes_.size() >= kMaxPayloadGroups;
    found = find_or_add(may_differ ? name_of(route) : route, from.host);
  }
  if (found == nullptr) {
    return false;
  }
  found->given = found->given || from.given;
  found->inferred = found->inferred || from.inferred;
  found->errors += !unanswered && is_error_answer(response.status) ? 1U : 0U;
  found->server_errors += !unanswered && is_server_error(response.status) ? 1U : 0U;
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

void RoutePayloads::settle() {
  if (!infers_) {
    return;
  }
  for (const Route& route : routes_) {
    if (!route.given) {
      slugs_.add(route.name);
    }
  }
  renames_ = slugs_.settle();
  if (!renames_) {
    return;
  }
  auto routes = std::exchange(routes_, {});
  index_.clear();
  for (Route& route : routes) {
    const std::string settled = route.given ? route.name : slugs_.name_of(route.name);
    if (settled != route.name) {
      inferred_ = settled;
      route.inferred = true;
    }
    Route& into = *find_or_add(settled, route.host);
    into.merge(std::move(route));
  }
  statuses_ = 0;
  for (const Route& route : routes_) {
    statuses_ += route.by_status.size();
  }
}

std::string RoutePayloads::host_label(std::string_view host) const {
  return hosts_.size() < 2 ? "" : host.empty() || host == own_host_ ? std::string(kOwnHost) : std::string(host);
}

std::vector<std::string> RoutePayloads::inferred_routes() const {
  std::vector<std::string> names;
  std::unordered_set<std::string_view> seen;
  for (const Route& route : routes_) {
    if (route.inferred && seen.insert(route.name).second) {
      names.push_back(route.name);
    }
  }
  return names;
}

void RoutePayloads::append(const Labels& where, const PayloadTotals& totals, const PayloadGaps& gaps,
                           const Skipped& skipped, Facts& facts) {
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
    sample.value = totals.values[i].distribution();
    note_coverage(sample, totals.coverage[i], measure.word);
  }
  add("payload.requests", Unit::kCount).value = static_cast<double>(totals.requests);
}

void RoutePayloads::append_errors(const Labels& where, const Route& route, const Skipped& skipped, Facts& facts) {
  std::vector<std::string> statuses;
  for (const auto& [status, totals] : route.by_status) {
    statuses.push_back(std::to_string(status));
  }
  const bool one = route.all.requests == 1;
  for (std::size_t i = 0; i < kPayloadMeasures.size(); ++i) {
    if (skipped[i]) {
      continue;
    }
    Unmeasured& gap = facts.unmeasured.emplace_back();
    gap.metric = kPayloadMeasures[i].metric;
    gap.where = where;
    gap.reason = fmt::format("{} is an error ({})",
                             one ? "its only response" : "each of " + counted(route.all.requests, "response"),
                             join(statuses, ", "));
    gap.hint = ErrorAnswers::kHint;
    gap.location = route.all.first;
    gap.only_when_named = route.server_errors == 0;
  }
}

void RoutePayloads::append_to(const PayloadGaps& gaps, Facts& facts) const {
  Skipped skipped{};
  for (std::size_t i = 0; gaps.once && i < kPayloadMeasures.size(); ++i) {
    PayloadCoverage all;
    for (const Route& route : routes_) {
      all.add(route.all.coverage[i]);
    }
    skipped[i] = all.known == 0 && all.unrecorded != 0;
    if (skipped[i]) {
      const Location file = Location::of(routes_.front().all.first.file);
      facts.unmeasured.push_back(payload_gap(kPayloadMeasures[i], {}, all, gaps.of[i], file));
    }
  }
  constexpr Skipped kAll{true, true, true, true};
  for (const Route& route : routes_) {
    Labels where{{"route", route.name}};
    if (std::string host = host_label(route.host); !host.empty()) {
      where.set("host", std::move(host));
    }
    const bool only_errors = route.only_errors();
    if (only_errors) {
      append_errors(where, route, skipped, facts);
    }
    append(where, route.all, gaps, only_errors ? kAll : skipped, facts);
    for (const auto& [status, totals] : route.by_status) {
      Labels finer = where;
      finer.set("status", std::to_string(status));
      append(finer, totals, gaps, only_errors ? kAll : skipped, facts);
    }
  }
}

}  // namespace budgetcheck
