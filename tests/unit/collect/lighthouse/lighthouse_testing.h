#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "collect/lighthouse/crux.h"
#include "collect/lighthouse/flow.h"
#include "collect/lighthouse/lighthouse.h"

namespace budgetcheck::testing {

struct Collected {
  Input input;
  Facts facts;
  Expected<void> result;

  const Sample* find(const std::string& metric, const Labels& where) const {
    const auto at = std::find_if(facts.samples.begin(), facts.samples.end(),
                                 [&](const Sample& s) { return s.metric == metric && s.where == where; });
    return at == facts.samples.end() ? nullptr : &*at;
  }
  /// The only run's value; a test failure when there is no such sample, or it is not one run.
  double value(const std::string& metric, const Labels& where) const {
    const Sample* sample = find(metric, where);
    const Runs* runs = sample == nullptr ? nullptr : std::get_if<Runs>(&sample->value);
    if (runs == nullptr || runs->size() != 1) {
      ADD_FAILURE() << metric << " {" << to_string(where) << "} is not measured once";
      return -1;
    }
    return runs->front();
  }
  const Sample* first(const std::string& metric) const {
    const auto at =
        std::find_if(facts.samples.begin(), facts.samples.end(), [&](const Sample& s) { return s.metric == metric; });
    return at == facts.samples.end() ? nullptr : &*at;
  }
  const Unmeasured* gap(const std::string& metric) const {
    const auto at = std::find_if(facts.unmeasured.begin(), facts.unmeasured.end(),
                                 [&](const Unmeasured& u) { return u.metric == metric; });
    return at == facts.unmeasured.end() ? nullptr : &*at;
  }
  /// "reason | hint | at fault", or "measured" or "unknown": one text that a test can compare.
  std::string answer(const std::string& metric) const {
    if (first(metric) != nullptr) {
      return "measured";
    }
    const Unmeasured* found = gap(metric);
    return found == nullptr ? "unknown"
                            : found->reason + " | " + found->hint + (found->input_at_fault ? " | input" : " | budget");
  }
};

inline Collected collect_text(const std::string& text, const Format& format = lighthouse_format()) {
  Collected out;
  const auto content = content_from_string(text);
  Source source;
  source.path = "lhr.json";
  source.content = content.get();
  out.result = format.collect(source, {}, out.input, out.facts);
  for (const Format& one : {lighthouse_format(), crux_format()}) {
    one.finish(out.facts);
  }
  return out;
}

inline std::string fixture(const std::string& name) {
  std::ifstream file(std::string(BUDGETCHECK_SOURCE_DIR) + "/fixtures/lighthouse/" + name + ".json");
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_FALSE(text.str().empty()) << name;
  return text.str();
}

inline Collected collect_fixture(const std::string& name, const Format& format = lighthouse_format()) {
  return collect_text(fixture(name), format);
}

/// A small result: `audits` and `more` are members of the document.
inline std::string lhr(const std::string& audits, const std::string& more = "", const std::string& version = "13.5.0") {
  return R"({"lighthouseVersion":")" + version +
         R"(","requestedUrl":"https://shop.example/","gatherMode":"navigation",)" +
         R"("configSettings":{"formFactor":"mobile","throttlingMethod":"simulate"},)" + more + R"("audits":{)" +
         audits + "}}";
}

inline std::string numeric(const std::string& id, const std::string& value, const std::string& unit = "millisecond",
                           const std::string& mode = "numeric") {
  return "\"" + id + R"(":{"scoreDisplayMode":")" + mode + R"(","numericValue":)" + value + R"(,"numericUnit":")" +
         unit + "\"}";
}

inline const Labels kHomeMobile{{"page", "/"}, {"device", "mobile"}};

}  // namespace budgetcheck::testing
