#include "collect/logs/keys/keyed_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/keyed_requests.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Read {
  std::vector<std::string> keys;
  std::vector<std::string> plans;
  std::vector<double> seconds;
  std::vector<int> statuses;
  std::vector<std::uint64_t> lines;
  KeyedCounts counts;
  std::string error;
};

Read read(const std::string& text, const std::string& key, const std::string& plan = {},
          const std::string& path = "access.log") {
  MemoryFileSystem files;
  files.add(path, text);
  Read out;
  const auto counts = read_keyed_requests(files, path, key_place(key), key_place(plan), [&](const KeyedRequest& one) {
    out.keys.emplace_back(one.key);
    out.plans.emplace_back(one.plan);
    out.seconds.push_back(one.at_ms / 1000 - 1'795'946'400);
    out.statuses.push_back(one.status);
    out.lines.push_back(one.line);
  });
  out.error = counts ? "" : counts.error().message;
  out.counts = counts ? *counts : KeyedCounts();
  return out;
}

TEST(KeyedLines, JsonOfNginx) {
  const Read nginx = read(
      R"({"msec":"1795946400.250","request_method":"GET","request_uri":"/a","status":200,"request_time":0.001,"http_x_api_key":"k1","plan":"free"}
{"msec":"1795946401.000","request_method":"GET","request_uri":"/a","status":429,"request_time":0.000,"http_x_api_key":"","plan":""}
)",
      "$http_x_api_key", "plan");
  EXPECT_THAT(nginx.keys, ElementsAre("k1", ""));
  EXPECT_THAT(nginx.plans, ElementsAre("free", ""));
  EXPECT_THAT(nginx.seconds, ElementsAre(testing::DoubleNear(0.25, 1e-6), testing::DoubleNear(1, 1e-6)));
  EXPECT_THAT(nginx.statuses, ElementsAre(200, 429));
  EXPECT_THAT(nginx.lines, ElementsAre(1U, 2U));
}

TEST(KeyedLines, HeadersInsideObjects) {
  const Read pino = read(
      R"({"level":30,"time":1795946400500,"req":{"method":"GET","url":"/a","headers":{"x-api-key":"k\u0031"}},"res":{"statusCode":200},"responseTime":3,"msg":"request completed"}
)",
      "$http_x_api_key");
  EXPECT_THAT(pino.keys, ElementsAre("k1"));
  EXPECT_THAT(pino.seconds, ElementsAre(testing::DoubleNear(0.5, 1e-6)));
  const Read caddy = read(
      R"({"level":"info","ts":1795946400.5,"logger":"http.log.access","msg":"handled request","request":{"remote_ip":"10.0.0.1","method":"GET","uri":"/a","headers":{"X-Api-Key":["k2"]}},"duration":0.001,"size":5,"status":200}
)",
      "$http_x_api_key");
  EXPECT_THAT(caddy.keys, ElementsAre("k2"));
}

TEST(KeyedLines, LinesOfText) {
  const std::string line =
      "10.0.0.1 - anna [29/Nov/2026:10:00:00 +0000] \"GET /a?api_key=q HTTP/1.1\" 200 5 \"-\" \"curl \\\"x\\\" 8\" "
      "\"k 1\" tenant=\"t 1\"\n";
  EXPECT_THAT(read(line, "-2").keys, ElementsAre("k 1"));
  EXPECT_THAT(read(line, "tenant").keys, ElementsAre("t 1"));
  EXPECT_THAT(read(line, "$remote_addr").keys, ElementsAre("10.0.0.1"));
  EXPECT_THAT(read(line, "$remote_user").keys, ElementsAre("anna"));
  EXPECT_THAT(read(line, "$arg_api_key").keys, ElementsAre("q"));
  EXPECT_THAT(read(line, "$http_x_api_key").keys, ElementsAre(""));
  EXPECT_THAT(read(line, "99").keys, ElementsAre(""));
  EXPECT_THAT(read(line, "-1").seconds, ElementsAre(0));
  const Read broken = read(line + "something else\n", "-1");
  EXPECT_EQ(broken.counts.requests, 1U);
  EXPECT_EQ(broken.counts.not_understood, 1U);
}

TEST(KeyedLines, ColumnsOfTheW3cFormat) {
  const Read iis = read(
      "#Software: Microsoft Internet Information Services 10.0\n"
      "#Fields: date time cs-method cs-uri-stem c-ip sc-status time-taken cs(X-Api-Key)\n"
      "2026-11-29 10:00:01 GET /a 10.0.0.1 200 12 k1\n",
      "$http_x_api_key");
  EXPECT_THAT(iis.keys, ElementsAre("k1"));
  EXPECT_THAT(iis.seconds, ElementsAre(1));
}

TEST(KeyedLines, AHarHasHeaders) {
  const Read har = read(
      R"({"log":{"version":"1.2","creator":{"name":"x"},"entries":[
{"startedDateTime":"2026-11-29T10:00:00.250Z","request":{"method":"GET","url":"https://a/b?k=q","headers":[{"name":"X-Api-Key","value":"k1"}]},"response":{"status":429}},
{"startedDateTime":"2026-11-29T10:00:01.000Z","request":{"method":"GET","url":"https://a/b","headers":[]},"response":{"status":200}}]}})",
      "$http_x_api_key", {}, "a.har");
  EXPECT_THAT(har.keys, ElementsAre("k1", ""));
  EXPECT_THAT(har.statuses, ElementsAre(429, 200));
  EXPECT_THAT(har.seconds, ElementsAre(0.25, 1));
}

TEST(KeyedLines, WhatHoldsNoRequestsSaysSo) {
  EXPECT_EQ(read("hello\n", "-1").error, "it holds no requests");
  EXPECT_NE(read("", "-1").error, "");
}

}  // namespace
}  // namespace budgetcheck
