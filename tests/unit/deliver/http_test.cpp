#include "deliver/http.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>

namespace budgetcheck {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;

/// Answers from a list, and a clock that only sleeping moves.
struct Script {
  std::deque<HttpResponse> answers;
  std::vector<long long> slept = {};
  std::chrono::steady_clock::time_point time{};

  HttpResponse run(bool repeatable, milliseconds total = milliseconds(60'000)) {
    HttpSession session(
        [this](const HttpRequest& /*request*/, milliseconds /*timeout*/) {
          HttpResponse next = answers.front();
          answers.pop_front();
          return next;
        },
        {[this] { return time; },
         [this](milliseconds t) {
           slept.push_back(t.count());
           time += t;
         }},
        total);
    return session.request({}, repeatable);
  }
};

HttpResponse answer(int status, std::vector<std::pair<std::string, std::string>> headers = {}, std::string body = {}) {
  HttpResponse out;
  out.status = status;
  out.headers = std::move(headers);
  out.body = std::move(body);
  return out;
}

TEST(Http, WaitsAsLongAsItIsAsked) {
  Script script{{answer(503, {{"retry-after", "7"}}), answer(429, {{"retry-after", "3"}}), answer(200)}};
  EXPECT_EQ(script.run(true).status, 200);
  EXPECT_EQ(script.slept, (std::vector<long long>{7000, 3000}));
}

TEST(Http, GrowingPausesWithoutBeingAsked) {
  Script script{{answer(500), answer(502), answer(500), answer(200)}};
  EXPECT_EQ(script.run(true).status, 200);
  EXPECT_EQ(script.slept, (std::vector<long long>{1000, 2000, 4000}));
}

TEST(Http, NeverBeyondItsTime) {
  Script long_wait{{answer(429, {{"retry-after", "3600"}})}};
  EXPECT_EQ(long_wait.run(true).status, 429);
  EXPECT_TRUE(long_wait.slept.empty());
  Script many{std::deque<HttpResponse>(50, answer(500))};
  EXPECT_EQ(many.run(true, milliseconds(10'000)).status, 500);
  EXPECT_LT(many.time.time_since_epoch(), milliseconds(10'000));
  Script zero{{answer(429, {{"retry-after", "0"}}), answer(429, {{"retry-after", "-5"}}), answer(200)}};
  EXPECT_EQ(zero.run(true).status, 200);
  EXPECT_EQ(zero.slept, (std::vector<long long>{200, 200}));
}

TEST(Http, WhatIsForGoodIsNotRepeated) {
  for (const int status : {200, 201, 301, 400, 401, 403, 404, 422}) {
    Script script{{answer(status)}};
    EXPECT_EQ(script.run(true).status, status);
  }
}

TEST(Http, ACreationIsRepeatedOnlyWhereNothingHappened) {
  Script unknown{{answer(502)}};
  EXPECT_EQ(unknown.run(false).status, 502);
  HttpResponse no_answer;
  no_answer.timed_out = true;
  Script timed_out{{no_answer}};
  EXPECT_TRUE(timed_out.run(false).timed_out);
  no_answer.timed_out = false;  // not connected
  Script refused{{no_answer, answer(429, {{"retry-after", "1"}}), answer(201)}};
  EXPECT_EQ(refused.run(false).status, 201);
}

TEST(Http, RateLimitsAreToldFromMissingRights) {
  EXPECT_TRUE(is_rate_limit(answer(429)));
  EXPECT_TRUE(is_rate_limit(answer(403, {{"x-ratelimit-remaining", "0"}})));
  EXPECT_TRUE(is_rate_limit(answer(403, {}, "You have exceeded a secondary rate limit")));
  EXPECT_FALSE(is_rate_limit(answer(403, {}, "Resource not accessible by integration")));
  EXPECT_FALSE(is_rate_limit(answer(500)));
  EXPECT_EQ(asked_to_wait(answer(403, {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", "1100"}}), 1090),
            milliseconds(10'000));
  EXPECT_EQ(asked_to_wait(answer(429, {{"retry-after", "Thu, 01 Jan 1970 00:20:00 GMT"}}), 1190), milliseconds(10'000));
  EXPECT_EQ(asked_to_wait(answer(200), 0), std::nullopt);
  EXPECT_EQ(asked_to_wait(answer(429, {{"retry-after", "soon"}}), 0), std::nullopt);
}

TEST(Http, TheConfigurationOfCurlHoldsEachValueOnOneLine) {
  HttpRequest request;
  request.method = "PATCH";
  request.url = "https://x.example/a\"b\\c\nd";
  request.headers = {{"Authorization", "Bearer t\r\noutput = \"/etc/passwd\""}};
  const std::string config = curl_config(request, "/tmp/body", milliseconds(1500));
  EXPECT_THAT(config, HasSubstr("url = \"https://x.example/a\\\"b\\\\c d\"\n"));
  EXPECT_THAT(config, HasSubstr("header = \"Authorization: Bearer t  output = \\\"/etc/passwd\\\"\"\n"));
  EXPECT_THAT(config, HasSubstr("request = \"PATCH\"\n"));
  EXPECT_THAT(config, HasSubstr("max-time = 1.500\n"));
  EXPECT_THAT(config, HasSubstr("data-binary = \"@/tmp/body\"\n"));
  EXPECT_THAT(curl_config({}, "", milliseconds(1)), Not(HasSubstr("data")));
}

TEST(Http, AnswersAreTakenApart) {
  const HttpResponse one =
      parse_http("HTTP/1.1 100 Continue\r\n\r\nHTTP/2 201 \r\nLink: <a>; rel=\"next\"\r\nX-A:  b \r\n\r\n{}\r\n\r\n");
  EXPECT_EQ(one.status, 201);
  EXPECT_EQ(one.header("link"), "<a>; rel=\"next\"");
  EXPECT_EQ(one.header("x-a"), "b");
  EXPECT_EQ(one.header("y"), "");
  EXPECT_EQ(one.body, "{}\r\n\r\n");
  EXPECT_EQ(parse_http("HTTP/1.1 204 No Content\r\nA: b\r\n\r\n").body, "");
  for (const char* odd :
       {"", "hello", "HTTP/", "HTTP/1.1", "HTTP/1.1 x\r\n\r\n", "HTTP/1.1 200", "HTTP/1.1 100 C\r\n\r\n"}) {
    const HttpResponse response = parse_http(odd);
    EXPECT_TRUE(response.status == 0 || response.status == 200 || response.status == 100) << odd;
  }
  EXPECT_FALSE(parse_http("").problem.empty());
}

}  // namespace
}  // namespace budgetcheck
