#include "collect/logs/request_pairs.h"

#include "unit/collect/logs/access_log_testing.h"

namespace budgetcheck {
namespace {

using namespace access_log_testing;

TEST(FastifyLog, BeginningsAndEndsAreJoinedByTheirId) {
  const Read read = access(kStart + begin("a", "/api/users/7?token=s3cr3t") + begin("b", "/api/users/8") +
                           end("b", 404, "2.5") + end("a", 200, "11.25"));
  EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
  EXPECT_EQ(read.requests("GET /api/users/:id"), 2);
  EXPECT_THAT(read.values("payload.time", "GET /api/users/:id"), ElementsAre(2.5, 11.25));
  const Sample* found = read.sample("payload.time", {{"route", "GET /api/users/:id"}, {"status", "404"}});
  ASSERT_NE(found, nullptr);
  EXPECT_FALSE(found->lower_bound);
  EXPECT_EQ(found->location.line, 4U);
  ASSERT_NE(read.gap("payload.body"), nullptr);
  EXPECT_TRUE(read.gap("payload.body")->input_at_fault);
  ASSERT_NE(read.gap("payload.decoded"), nullptr);
  EXPECT_FALSE(read.gap("payload.decoded")->input_at_fault);
  ASSERT_EQ(read.facts.notes.size(), 1U);
  EXPECT_THAT(read.facts.notes[0], HasSubstr("inferred (for example GET /api/users/:id)"));
}

TEST(FastifyLog, IdsBeginAnewWithEachProcess) {
  std::string other = begin("a", "/b") + end("a", 200, "2");
  for (std::size_t at = other.find("\"pid\":7"); at != std::string::npos; at = other.find("\"pid\":7", at + 1)) {
    other.replace(at, 7, "\"pid\":8");
  }
  const std::size_t half = other.find('\n') + 1;
  const Read read = access(begin("a", "/a") + other.substr(0, half) + end("a", 200, "1") + other.substr(half));
  EXPECT_THAT(read.values("payload.time", "GET /a"), ElementsAre(1));
  EXPECT_THAT(read.values("payload.time", "GET /b"), ElementsAre(2));
}

TEST(FastifyLog, ARequestThatNeverEndedMakesItsTimesALowerBound) {
  const Read read = access(begin("a", "/slow", "1000") + begin("b", "/slow", "1000") + end("b", 200, "5", "1005") +
                           begin("c", "/other", "9000") + end("c", 200, "1", "9001"));
  EXPECT_EQ(read.requests("GET /slow"), 2);
  const Sample* time = read.route("payload.time", "GET /slow");
  ASSERT_NE(time, nullptr);
  EXPECT_TRUE(time->lower_bound);
  EXPECT_THAT(read.input.message, HasSubstr("1 request without an end, so without a time"));
}

TEST(FastifyLog, ARequestThatRunsWhenTheLogEndsIsSaidOnly) {
  const auto running = [](const std::string& last) {
    return access(begin("a", "/slow", "1000") + begin("b", "/slow", "1000") + end("b", 200, "5", last));
  };
  EXPECT_FALSE(running("2000").route("payload.time", "GET /slow")->lower_bound);
  EXPECT_THAT(running("2000").input.message, HasSubstr("1 request still running when the log ends, not counted"));
  EXPECT_TRUE(running("2001").route("payload.time", "GET /slow")->lower_bound) << "one millisecond more";
}

TEST(FastifyLog, AnIdThatComesAgainClosesWhatWasOpen) {
  const Read read = access(begin("a", "/x") + begin("a", "/y") + end("a", 200, "1"));
  EXPECT_EQ(read.requests("GET /x"), 1);
  EXPECT_THAT(read.values("payload.time", "GET /y"), ElementsAre(1));
  EXPECT_NE(read.gap("payload.time", {{"route", "GET /x"}}), nullptr);
}

TEST(FastifyLog, TheNewestLinesMayComeFirst) {
  const Read read = access(end("b", 200, "21", "2021") + begin("b", "/x", "2000") + end("a", 201, "19", "1019") +
                           begin("a", "/x", "1000"));
  EXPECT_THAT(read.values("payload.time", "GET /x"), ElementsAre(21, 19));
  EXPECT_EQ(read.requests("GET /x"), 2);
  EXPECT_EQ(read.input.message, "");
  const Read again = access(end("a", 200, "21", "2021") + begin("a", "/x", "2000") + end("a", 200, "19", "1019") +
                            begin("a", "/y", "1000"));
  EXPECT_THAT(again.values("payload.time", "GET /x"), ElementsAre(21));
  EXPECT_THAT(again.values("payload.time", "GET /y"), ElementsAre(19));
  const Read restarted = access(end("a", 200, "9", "1000") + begin("a", "/x", "5000") + end("a", 200, "7", "5007"));
  EXPECT_THAT(restarted.values("payload.time", "GET /x"), ElementsAre(7)) << "what ended before it is another request";
}

TEST(FastifyLog, AnswersWithoutABeginningAreSaidAndTooManyAreIncomplete) {
  std::string text;
  for (int i = 0; i < 19; ++i) {
    text += begin("r" + std::to_string(i), "/a") + end("r" + std::to_string(i), 200, "1");
  }
  const Read few = access(text + end("lost", 200, "9"));
  EXPECT_EQ(few.input.state, InputState::kRead);
  EXPECT_THAT(few.input.message, HasSubstr("1 response to requests that began before the log did"));
  const Read many = access(text + end("lost", 200, "9") + end("gone", 200, "9"));
  EXPECT_EQ(many.input.state, InputState::kIncomplete);
  EXPECT_NE(many.gap("payload."), nullptr);
}

}  // namespace
}  // namespace budgetcheck
