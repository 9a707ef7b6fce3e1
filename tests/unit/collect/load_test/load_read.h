#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include "collect/format.h"
#include "model/load/known_quantiles.h"

namespace budgetcheck::testing {

/// What a reader of load tests made of a text.
struct LoadRead {
  Input input;
  Facts facts;
  Expected<void> result;

  /// The whole run without `route`, and what a budget without a status is on. Null: there is no such sample.
  const Sample* sample(const std::string& metric, const std::string& route = {}) const {
    const auto found = std::find_if(facts.samples.begin(), facts.samples.end(), [&](const Sample& one) {
      const std::string* of = one.where.find("route");
      const std::string* status = one.where.find("status");
      return one.metric == metric && (of == nullptr ? route.empty() : *of == route) &&
             (status == nullptr || *status != "all");
    });
    return found == facts.samples.end() ? nullptr : &*found;
  }
  /// Of one number, one run, or a rate's share; -1: there is none.
  double value(const std::string& metric, const std::string& route = {}) const {
    const Sample* found = sample(metric, route);
    return found == nullptr ? -1 : aggregate(*found, Stat::kMean);
  }
  Rate errors(const std::string& route = {}) const {
    const Sample* found = sample("load.errors", route);
    return found == nullptr ? Rate{} : std::get<Rate>(found->value);
  }
  /// A quantile of the durations; nothing: it is not told.
  std::optional<double> duration(double q, const std::string& route = {}) const {
    const Sample* found = sample("load.duration", route);
    if (found == nullptr) {
      return std::nullopt;
    }
    if (const auto* distribution = std::get_if<Distribution>(&found->value)) {
      return distribution->quantile(q);
    }
    return std::get<QuantileRuns>(found->value).at(0).at(q);
  }
  bool of_successes(const std::string& route = {}) const {
    const Sample* found = sample("load.duration", route);
    const std::string* status = found == nullptr ? nullptr : found->where.find("status");
    return status != nullptr && *status == "success";
  }
  const Unmeasured* gap(const std::string& metric, const std::string& route = {}) const {
    const auto found = std::find_if(facts.unmeasured.begin(), facts.unmeasured.end(), [&](const Unmeasured& one) {
      const std::string* of = one.where.find("route");
      return one.metric == metric && (of == nullptr ? route.empty() : *of == route);
    });
    return found == facts.unmeasured.end() ? nullptr : &*found;
  }
  bool says(const std::string& text) const { return input.message.find(text) != std::string::npos; }
};

inline LoadRead read_load(const Format& format, const std::string& text) {
  LoadRead out;
  const auto content = content_from_string(text);
  const RouteTable routes;
  CollectContext context;
  context.routes = &routes;
  Source source;
  source.path = "load.json";
  source.content = content.get();
  out.result = format.collect(source, context, out.input, out.facts);
  return out;
}

/// Which of all formats takes the text; empty: none.
inline std::string format_of(const std::string& text) {
  const auto content = content_from_string(text);
  for (const Format& format : formats()) {
    if (format.recognises != nullptr && format.recognises(sniff("load.json", *content, true))) {
      return std::string(format.name);
    }
  }
  return {};
}

}  // namespace budgetcheck::testing
