#include "collect/logs/common_log.h"

#include "unit/collect/logs/access_log_testing.h"

namespace budgetcheck {
namespace {

using namespace access_log_testing;

TEST(CommonLog, IsReadWithAndWithoutWhatFollows) {
  const std::string combined = kCommon + R"x( "https://shop.example/\"x" "Mozilla/5.0 (X11)")x";
  for (const std::string& line : {kCommon, combined, combined + " -"}) {
    const Read read = access(line + "\n");
    EXPECT_EQ(read.input.state, InputState::kRead) << line;
    EXPECT_THAT(read.values("payload.body", "GET /api/users/:id"), ElementsAre(512)) << line;
    EXPECT_EQ(read.route("payload.time", "GET /api/users/:id"), nullptr) << line;
    EXPECT_NE(read.gap("payload.time"), nullptr) << line;
  }
}

TEST(CommonLog, TimesBehindItKeepTheirUnit) {
  const auto time = [](const std::string& behind) {
    const Read read = access(kCommon + R"( "-" "curl/8" )" + behind + "\n");
    const auto values = read.values("payload.time", "GET /api/users/:id");
    return values.empty() ? -1 : values[0];
  };
  EXPECT_EQ(time("0.125"), 125);
  EXPECT_EQ(time("0.125 0.120"), 125);
  EXPECT_EQ(time("rt=0.125 uct=0.001"), 125);
  EXPECT_EQ(time("12.5 ms"), 12.5);
  EXPECT_EQ(time("12.5ms"), 12.5);
  EXPECT_EQ(time("125"), -1) << "seconds or microseconds, nobody knows";
  EXPECT_EQ(time("-"), -1);
  EXPECT_EQ(time("-0.5"), -1);
  EXPECT_THAT(access(kCommon + " 0.125\n").input.message, HasSubstr("times are taken as seconds"));
  EXPECT_THAT(access(kCommon + " rt=0.125\n").input.message, testing::Not(HasSubstr("seconds")));
}

TEST(CommonLog, ADashIsNoSizeButWhereThereIsNoBody) {
  const auto body = [](const std::string& request, const std::string& status) {
    return access(R"(::1 - jo [23/Nov/2026:06:45:42 +0000] ")" + request + R"( HTTP/2" )" + status + " -\n")
        .values("payload.body", request);
  };
  EXPECT_THAT(body("GET /a", "304"), ElementsAre(0));
  EXPECT_THAT(body("HEAD /a", "200"), ElementsAre(0));
  EXPECT_THAT(body("GET /a", "200"), ElementsAre());
}

TEST(CommonLog, StaticFilesBotsAndNoiseAreSaid) {
  const auto line = [](const std::string& request, int status) {
    return R"(h - - [d] ")" + request + "\" " + std::to_string(status) + " 10\n";
  };
  std::string text = line("GET /a HTTP/1.1", 200) + line("GET /assets/x-1.js HTTP/1.1", 200) +
                     line("\\x16\\x03\\x01", 400) + line("", 400);
  for (int i = 0; i < 6; ++i) {
    text += line("GET /a HTTP/1.1", 200);
  }
  const Read read = access(text + "2026/11/23 [error] upstream timed out\n\n");
  EXPECT_EQ(read.requests("GET /a"), 7);
  EXPECT_EQ(read.requests("GET /assets/x-1.js"), -1);
  EXPECT_EQ(read.input.state, InputState::kRead) << "one of eleven lines";
  EXPECT_THAT(read.input.message, HasSubstr("1 of 11 lines is not a request, the first in line 11"));
  EXPECT_THAT(read.input.message, HasSubstr("1 request for static files, which have no route"));
  EXPECT_THAT(read.input.message, HasSubstr("2 lines not about an HTTP request, not counted"));
}

TEST(CommonLog, MostlyBrokenOrWithoutARequestIsIncomplete) {
  const Read broken = access(kCommon + "\nnothing\n");
  EXPECT_EQ(broken.input.state, InputState::kIncomplete);
  const Read none = access("nothing\n");
  EXPECT_EQ(none.input.state, InputState::kIncomplete);
  EXPECT_THAT(none.input.message, HasSubstr("none of its 1 line is a request"));
  EXPECT_EQ(access("").input.state, InputState::kIncomplete);
  EXPECT_EQ(access(begin("a", "/x") + R"({"res":{)").input.state, InputState::kIncomplete);
}

TEST(CommonLog, TheHostMayStandBeforeTheRequest) {
  for (const std::string& line :
       {std::string(R"(h - - [2025-07-31T06:33:06+00:00] "localhost" "GET /a HTTP/1.1" 200 123 "-" "curl" rt=0.038)"),
        std::string(R"(www.example.com:443 h - - [d] "GET /a HTTP/1.1" 200 123 "-" "curl" rt=0.038)"),
        std::string(R"(h - - [d] www.example.com "GET /a HTTP/1.1" 200 123 "-" "curl" rt=0.038)"),
        std::string(R"(web-1  | h - - [d] "GET /a HTTP/1.1" 200 123 "-" "curl" rt=0.038)")}) {
    const Read read = access(line + "\n");
    EXPECT_THAT(read.values("payload.time", "GET /a"), ElementsAre(38)) << line;
    EXPECT_THAT(read.values("payload.body", "GET /a"), ElementsAre(123)) << line;
    EXPECT_EQ(format_of(line + "\n"), "access-log") << line;
  }
}

TEST(CommonLog, KnownWritersHaveTheirPlaces) {
  const auto time = [](const std::string& behind) {
    const Read read = access(R"(h - - [d] "GET /a HTTP/1.1" 200 123)" + behind + "\n");
    const auto values = read.values("payload.time", "GET /a");
    return values.empty() ? -1 : values[0];
  };
  EXPECT_EQ(time(R"( "-" "curl" 342 2.120 [default-web-80] [] 10.1.1.1:3000 123 2.119 200 8f3b)"), 2120);
  EXPECT_EQ(time(R"( "-" "curl" 12 "web@docker" "http://172.18.0.3:80" 125ms)"), 125) << "Traefik";
  EXPECT_EQ(time(" 2.5000"), 2500) << "Rack";
  EXPECT_EQ(time(R"( "-" "curl" 2.5000)"), -1);
  EXPECT_EQ(time(R"( "-" "curl" "203.0.113.7" rt=2.125 uct="0.001" urt="2.124")"), 2125);
  EXPECT_EQ(time(R"( "-" "curl" urt=2.124)"), -1) << "an upstream's";
  EXPECT_EQ(time(R"( "-" "curl" rt=2)"), -1);
}

}  // namespace
}  // namespace budgetcheck
