#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "collect/collect.h"
#include "collect/format.h"

namespace budgetcheck {

/// What one format makes of a text.
struct Read {
  Facts facts;
  Input input;

  const Sample* sample(const std::string& metric, const Labels& where) const {
    for (const Sample& sample : facts.samples) {
      if (sample.metric == metric && sample.where == where) {
        return &sample;
      }
    }
    return nullptr;
  }
  const Sample* route(const std::string& metric, const std::string& name) const {
    return sample(metric, {{"route", name}});
  }
  /// How often a route was called; -1: never heard of it.
  double requests(const std::string& name) const {
    const Sample* found = route("payload.requests", name);
    return found == nullptr ? -1 : std::get<Single>(found->value);
  }
  std::vector<double> values(const std::string& metric, const std::string& name) const {
    const Sample* found = route(metric, name);
    return found == nullptr ? std::vector<double>() : std::get<Distribution>(found->value).values();
  }
  const Unmeasured* gap(const std::string& metric, const Labels& where = {}) const {
    for (const Unmeasured& gap : facts.unmeasured) {
      if (gap.metric == metric && gap.where == where) {
        return &gap;
      }
    }
    return nullptr;
  }
};

inline Read read_as(const std::string& format, const std::string& text, std::vector<std::string> templates = {}) {
  const auto content = content_from_string(text);
  const RouteTable routes(std::move(templates));
  Read read;
  for (const Format& known : formats()) {
    if (known.name == format) {
      EXPECT_TRUE(known.collect({"app.log", "app.log", content.get()}, {nullptr, &routes}, read.input, read.facts));
      return read;
    }
  }
  ADD_FAILURE() << "no format " << format;
  return read;
}

/// The name of the format that takes the text; empty when none does.
inline std::string format_of(const std::string& text) {
  const auto content = content_from_string(text);
  const std::string path = "x";  // the result views it
  const Sniff seen = sniff(path, *content, false);
  for (const Format& format : formats()) {
    if (format.recognises != nullptr && format.recognises(seen)) {
      return std::string(format.name);
    }
  }
  return {};
}

}  // namespace budgetcheck
