#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/capture/har.h"
#include "collect/http/payload_samples.h"

namespace budgetcheck::har_testing {

using testing::HasSubstr;

struct Outcome {
  Facts facts;
  Input input;
  Expected<void> result;

  const Sample* sample(const std::string& metric, const Labels& where) const {
    for (const Sample& sample : facts.samples) {
      if (sample.metric == metric && sample.where == where) {
        return &sample;
      }
    }
    return nullptr;
  }
  const Unmeasured* gap(const std::string& metric, const Labels& where) const {
    for (const Unmeasured& gap : facts.unmeasured) {
      if (gap.metric == metric && gap.where == where) {
        return &gap;
      }
    }
    return nullptr;
  }
};

inline Outcome collect_text(const std::string& text, std::vector<std::string> templates = {}) {
  const auto content = content_from_string(text);
  const RouteTable routes(std::move(templates));
  Outcome outcome;
  outcome.result =
      har_format().collect({"shop.har", "shop.har", content.get()}, {nullptr, &routes}, outcome.input, outcome.facts);
  return outcome;
}

inline std::string har(const std::string& entries, const std::string& pages = "") {
  return R"({"log":{"version":"1.2","creator":{"name":"Playwright"},)" + pages + R"("entries":[)" + entries + "]}}";
}

inline Outcome collect(const std::string& entries, std::vector<std::string> templates = {}) {
  return collect_text(har(entries), std::move(templates));
}

/// One entry; `response` is what stands in the response beside the status.
inline std::string entry(const std::string& url, const std::string& response,
                         const std::string& more = R"("pageref":"p")") {
  return R"({)" + more + R"(,"time":5,"request":{"method":"GET","url":")" + url + R"("},"response":{"status":200,)" +
         response + "}}";
}

inline const std::string kSized =
    R"("_transferSize":1200,"headersSize":200,"bodySize":1000,"content":{"size":4000,"mimeType":"application/json"})";
inline const std::string kHtml =
    R"("_transferSize":1200,"headersSize":200,"bodySize":1000,"content":{"size":4000,"mimeType":"text/html; charset=utf-8"})";

inline Exchange only_exchange(const std::string& response, const std::string& more = R"("pageref":"p")") {
  const Outcome outcome = collect(entry("http://h/api/x", response, more));
  EXPECT_EQ(outcome.facts.capture.exchanges.size(), 1U);
  return outcome.facts.capture.exchanges.empty() ? Exchange{} : outcome.facts.capture.exchanges[0];
}

inline double single(const Sample* sample) { return sample == nullptr ? -1 : std::get<Single>(sample->value); }

// --- sizes of one entry

}  // namespace budgetcheck::har_testing
