#include "collect/capture/curl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/collect/http/payload_testing.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string transfer(const std::string& url, int status = 200,
                     const std::string& more = R"("exitcode":0,"errormsg":null)", const std::string& end = "\n") {
  return R"({"certs":"","content_type":"application/json; charset=utf-8",)" + more + R"(,"http_code":)" +
         std::to_string(status) + R"(,"method":"GET","response_code":)" + std::to_string(status) +
         R"(,"size_download":6812,"size_header":215,"time_total":0.0025,"url":"x","url_effective":")" + url +
         R"(","urlnum":0})" + end;
}

Read curl(const std::string& text, std::vector<std::string> templates = {}) {
  return read_as("curl", text, std::move(templates));
}

TEST(Curl, MeasuresWhatCrossedTheWireAndTheTime) {
  const Read read = curl(transfer("http://h/api/users/3?token=s3cr3t") + transfer("http://h/api/users/4", 404));
  EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
  const std::string route = "GET /api/users/:id";
  EXPECT_EQ(read.requests(route), 2);
  EXPECT_THAT(read.values("payload.transfer", route), ElementsAre(7027, 7027));
  EXPECT_THAT(read.values("payload.body", route), ElementsAre(6812, 6812));
  EXPECT_THAT(read.values("payload.time", route), ElementsAre(2.5, 2.5));
  EXPECT_NE(read.sample("payload.time", {{"route", route}, {"status", "404"}}), nullptr);
  ASSERT_NE(read.gap("payload.decoded"), nullptr);
  EXPECT_FALSE(read.gap("payload.decoded")->input_at_fault);
  ASSERT_EQ(read.facts.capture.exchanges.size(), 2U);
  EXPECT_EQ(read.facts.capture.exchanges[0].path, "/api/users/3");
  EXPECT_EQ(read.facts.capture.exchanges[0].mime_type, "application/json");
  EXPECT_EQ(read.facts.capture.exchanges[1].location.line, 2U);
  EXPECT_THAT(read.facts.notes[0], HasSubstr("GET /api/users/:id"));
  EXPECT_TRUE(curl(transfer("http://h/api/users/3"), {"/api/users/:id"}).facts.notes.empty());
}

TEST(Curl, WhatFailedHasNoSizeWhateverTheNumbersSay) {
  for (const std::string& broken :
       {transfer("http://h/a", 200, R"("exitcode":18,"errormsg":"transfer closed")"), transfer("http://h/a", 0),
        transfer("http://h/a", 200, R"("errormsg":"timed out")"), transfer("http://h/a", 200, R"("exitcode":28)")}) {
    const Read read = curl(transfer("http://h/a") + broken);
    const Sample* body = read.route("payload.body", "GET /a");
    ASSERT_NE(body, nullptr);
    EXPECT_TRUE(body->lower_bound) << broken;
    EXPECT_EQ(body->lower_bound_reason, "1 of 2 responses has no size: 1 failed or blocked");
    EXPECT_THAT(read.input.message, HasSubstr("1 transfer failed ('GET /a'), of unknown size"));
    const Read alone = curl(broken);
    EXPECT_EQ(alone.route("payload.body", "GET /a"), nullptr);
    EXPECT_NE(alone.gap("payload.body", {{"route", "GET /a"}}), nullptr);
  }
}

TEST(Curl, ObjectsOnOneLineAreReadToo) {
  const std::string none;
  const Read read = curl(transfer("http://h/a}{\\\"", 200, R"("exitcode":0)", none) +
                         transfer("http://h/b", 200, R"("exitcode":0)", none));
  EXPECT_EQ(read.facts.capture.exchanges.size(), 2U);
  EXPECT_EQ(read.requests("GET /b"), 1);
  EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
}

TEST(Curl, WhatIsMissingOrCutOffIsIncomplete) {
  const std::string whole = transfer("http://h/a");
  const Read cut = curl(whole + whole.substr(0, 60));
  EXPECT_EQ(cut.input.state, InputState::kIncomplete);
  EXPECT_THAT(cut.input.message, HasSubstr("1 of 2 transfers is not what curl writes, the first in line 2"));
  EXPECT_EQ(curl("").input.state, InputState::kIncomplete);
  EXPECT_EQ(curl(transfer("ftp://h/a")).input.state, InputState::kIncomplete);
  EXPECT_THAT(curl(whole + transfer("file:///etc/passwd")).input.message,
              HasSubstr("1 transfer of URLs other than HTTP left out"));
}

TEST(Curl, BodiesAndProgressAreNotTransfers) {
  const std::string whole = transfer("http://h/a");
  for (const std::string& text :
       {"[{\"id\":1},{\"id\":2}]" + whole, "{\"a\":1}" + whole, "{\"a\":{\"b\":\"}\"}}\n" + whole,
        "<p>it's {\"broken</p>" + whole, "  % Total    % Received\n\r  0     0\n" + whole, whole + "{\"a\":1}\n",
        "curl: (6) no host\n" + whole}) {
    EXPECT_EQ(format_of(text), "curl") << text;
    const Read read = curl(text);
    EXPECT_EQ(read.requests("GET /a"), 1) << text;
    EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
    EXPECT_THAT(read.input.message, HasSubstr("with text that is not curl's numbers, passed over")) << text;
  }
  const Read cut = curl(whole.substr(whole.find("\"size_download\"")) + whole);
  EXPECT_EQ(cut.input.state, InputState::kIncomplete) << "the file lost its beginning";
}

TEST(Curl, WhenEveryTransferFailedNothingWasMeasured) {
  const std::string refused = transfer("http://h/a", 0, R"("exitcode":7,"errormsg":"refused")");
  const Read read = curl(refused + refused);
  EXPECT_EQ(read.input.state, InputState::kIncomplete);
  EXPECT_THAT(read.input.message, HasSubstr("each of its 2 requests failed; 2 transfers failed (first: 'GET /a')"));
  EXPECT_NE(read.gap("payload."), nullptr);
  EXPECT_EQ(curl(refused + transfer("http://h/a")).input.state, InputState::kRead);
}

std::string redirected(const std::string& asked, const std::string& reached, const std::string& more = "",
                       int status = 200) {
  std::string text = transfer(reached, status, R"("num_redirects":1,"exitcode":0)" + more);
  return text.replace(text.find(R"("url":"x")"), 9, R"("url":")" + asked + "\"");
}

TEST(Curl, ARedirectToAnotherPageIsNotMeasured) {
  const Read login = curl(redirected("http://h/account", "http://h/login?next=/account"));
  EXPECT_EQ(login.input.state, InputState::kIncomplete);
  EXPECT_THAT(login.input.message, HasSubstr("1 transfer led to another page ('/account' to '/login')"));
  EXPECT_NE(login.gap("payload."), nullptr);
  EXPECT_EQ(login.requests("GET /login"), -1);
  for (const auto& [asked, reached] :
       {std::pair("h/docs", "https://www.h/docs/"), std::pair("http://h/", "http://h/en/")}) {
    EXPECT_EQ(curl(redirected(asked, reached)).input.state, InputState::kRead) << asked;
  }
  std::string form = redirected("http://h/login", "http://h/home");
  EXPECT_EQ(curl(form.replace(form.find("GET"), 3, "POST")).input.state, InputState::kRead);
}

TEST(Curl, ARedirectThatWasNotFollowedIsSaid) {
  const auto answered = [](const std::string& to) {
    std::string text = transfer("http://h/docs", 302, R"("num_redirects":0,"redirect_url":")" + to + "\"");
    return curl(text.replace(text.find(R"("url":"x")"), 9, R"("url":"http://h/docs")"));
  };
  EXPECT_EQ(answered("http://h/login").input.state, InputState::kIncomplete);
  EXPECT_EQ(answered("http://h/docs/").input.state, InputState::kRead);
  EXPECT_THAT(answered("http://h/docs/").input.message, HasSubstr("1 transfer answered with a redirect"));
}

TEST(Curl, NumbersThatCannotBeAreUnknown) {
  std::string odd = transfer("http://h/a");
  odd.replace(odd.find("6812"), 4, "-5");
  const Read read = curl(odd);
  EXPECT_EQ(read.facts.capture.exchanges[0].body_bytes, -1);
  EXPECT_EQ(read.facts.capture.exchanges[0].transfer_bytes, -1);
  EXPECT_EQ(read.facts.capture.exchanges[0].time_ms, 2.5);
  EXPECT_NE(read.gap("payload.body"), nullptr);
}

TEST(Curl, IsRecognised) {
  EXPECT_EQ(format_of(transfer("http://h/a")), "curl");
  EXPECT_EQ(format_of(transfer("http://h/a") + transfer("http://h/b")), "curl");
  EXPECT_EQ(format_of(transfer("http://h/a", 200, R"("exitcode":0)", "") + transfer("http://h/b")), "curl");
  EXPECT_EQ(format_of(R"({"url_effective":"http://h/","http_code":200})"), "");
}

TEST(Curl, HostileNamesStaySafe) {
  const Read read = curl(transfer("HTTP://user:pw@h/\\u001b[31m\\u202e\\nx" + std::string(5000, 'y')));
  ASSERT_EQ(read.facts.capture.exchanges.size(), 1U);
  for (const std::string& text : {read.facts.capture.exchanges[0].path, read.facts.capture.exchanges[0].route,
                                  read.facts.capture.exchanges[0].host}) {
    EXPECT_EQ(text.find_first_of("\x1b\n"), std::string::npos);
    EXPECT_EQ(text.find("pw"), std::string::npos);
    EXPECT_LT(text.size(), 700U);
  }
}

}  // namespace
}  // namespace budgetcheck
