#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "collect/format.h"

namespace budgetcheck::testing {

/// What a reader says of one text.
struct LoadText {
  Input input;
  Facts facts;
  Expected<void> result;

  const Sample* find(const std::string& metric, const std::string& route = "") const {
    const auto at = std::find_if(facts.samples.begin(), facts.samples.end(), [&](const Sample& sample) {
      const std::string* label = sample.where.find("route");
      const std::string* status = sample.where.find("status");
      return sample.metric == metric && (label == nullptr ? route.empty() : *label == route) &&
             (status == nullptr || *status != "all");
    });
    return at == facts.samples.end() ? nullptr : &*at;
  }
  double number(const std::string& metric, const std::string& route = "") const {
    const Sample* sample = find(metric, route);
    return sample == nullptr ? -1 : aggregate(*sample, Stat::kMedian);
  }
  Rate errors(const std::string& route = "") const {
    const Sample* sample = find("load.errors", route);
    return sample == nullptr ? Rate{} : std::get<Rate>(sample->value);
  }
  /// In milliseconds; nothing: the file does not tell it.
  std::optional<double> duration(Stat stat, const std::string& route = "") const {
    const Sample* sample = find("load.duration", route);
    return sample != nullptr && tells(*sample, stat) ? std::optional(aggregate(*sample, stat)) : std::nullopt;
  }
  bool is_of_successes(const std::string& route = "") const {
    const Sample* sample = find("load.duration", route);
    return sample != nullptr && sample->where.find("status") != nullptr;
  }
  /// Why there is no value; empty: nothing is said.
  std::string gap(const std::string& metric) const {
    const auto at = std::find_if(facts.unmeasured.begin(), facts.unmeasured.end(),
                                 [&](const Unmeasured& u) { return u.metric == metric; });
    return at == facts.unmeasured.end() ? "" : at->reason;
  }
  std::string error() const { return result ? "" : result.error().message; }
};

inline LoadText read_load_text(const Format& format, const std::string& text, const std::string& unit = "") {
  LoadText out;
  const auto content = content_from_string(text);
  Source source;
  source.path = "checkout.txt";
  source.content = content.get();
  if (!unit.empty()) {
    source.settings.set("unit", unit);
  }
  out.result = format.collect(source, {}, out.input, out.facts);
  return out;
}

inline bool recognises_load_text(const Format& format, const std::string& text) {
  const auto content = content_from_string(text);
  return format.recognises(sniff("checkout.txt", *content, true));
}

/// The first of all formats that reads such a file.
inline std::string load_text_is_read_by(const std::string& text) {
  const auto content = content_from_string(text);
  const Sniff seen = sniff("checkout.txt", *content, true);
  for (const Format& format : formats()) {
    if (format.recognises != nullptr && format.recognises(seen)) {
      return std::string(format.name);
    }
  }
  return "";
}

}  // namespace budgetcheck::testing
