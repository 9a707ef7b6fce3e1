#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "collect/format.h"

namespace budgetcheck::testing {

struct LabRead {
  Input input;
  Facts facts;
  Expected<void> result;

  /// The runs of all samples of these labels, in their order.
  std::vector<double> runs(const std::string& metric, const Labels& where) const {
    std::vector<double> out;
    for (const Sample& sample : facts.samples) {
      if (sample.metric == metric && sample.where == where) {
        const Runs& values = std::get<Runs>(sample.value);
        out.insert(out.end(), values.begin(), values.end());
      }
    }
    return out;
  }
  const Unmeasured* gap(const std::string& metric) const {
    const auto at = std::find_if(facts.unmeasured.begin(), facts.unmeasured.end(),
                                 [&](const Unmeasured& u) { return u.metric == metric; });
    return at == facts.unmeasured.end() ? nullptr : &*at;
  }
};

inline LabRead read_lab(const Format& format, const std::string& text) {
  LabRead out;
  const auto content = content_from_string(text);
  Source source;
  source.path = "lab.json";
  source.content = content.get();
  out.result = format.collect(source, {}, out.input, out.facts);
  format.finish(out.facts);
  return out;
}

inline bool is_recognised(const Format& format, const std::string& text) {
  const auto content = content_from_string(text);
  return format.recognises(sniff("lab.json", *content, true));
}

}  // namespace budgetcheck::testing
