#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/capture/har.h"

namespace budgetcheck::har_writers_testing {

using testing::HasSubstr;

inline Facts read(const std::string& entries, const std::string& creator = "x",
                  std::vector<std::string> templates = {}) {
  const auto content = content_from_string(R"({"log":{"version":"1.2","creator":{"name":")" + creator +
                                           R"("},"entries":[)" + entries + "]}}");
  const RouteTable routes(std::move(templates));
  Facts facts;
  Input input;
  EXPECT_TRUE(har_format().collect({"shop.har", "shop.har", content.get()}, {nullptr, &routes}, input, facts));
  return facts;
}

/// One entry of parts of JSON: beside request and response, of the request, of the response.
inline std::string entry(const std::string& more, const std::string& request, const std::string& response) {
  return "{" + more + R"("time":5,"request":{)" + request + R"(},"response":{"status":200,)" + response + "}}";
}

inline const std::string kGet = R"("method":"GET","url":"http://h/api/x")";

inline Exchange only(const std::string& text, const std::string& creator = "x") {
  const Facts facts = read(text, creator);
  EXPECT_EQ(facts.capture.exchanges.size(), 1U);
  return facts.capture.exchanges.empty() ? Exchange{} : facts.capture.exchanges[0];
}

}  // namespace budgetcheck::har_writers_testing
