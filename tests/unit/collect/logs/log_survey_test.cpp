#include "collect/logs/log_survey.h"

#include <gtest/gtest.h>

#include "unit/collect/database/database_log_testing.h"

namespace budgetcheck {
namespace {

using testing::read_text;
using testing::ReadText;

const std::string kText = "prisma:query SELECT a FROM t WHERE b = $1\n";
const std::string kEvent = R"({"reqId":"r1","query":"SELECT c FROM t WHERE b = $1","params":"[1]"})"
                           "\n";
const std::string kMessage =
    R"({"level":"info","requestId":"r1","message":"Query: SELECT a FROM t WHERE b = $1 | Params: [1]"})"
    "\n";

TEST(LogSurvey, MostStatementsDecideHowALogIsRead) {
  const auto survey = [](const std::string& text) {
    Sniff sniff;
    sniff.head = text;
    return survey_log(sniff);
  };
  EXPECT_TRUE(survey(kText + kText + kEvent).is_text());
  EXPECT_TRUE(survey(kText + kEvent + kEvent).is_objects());
  EXPECT_TRUE(survey(kText + kMessage + kMessage).is_objects());
  EXPECT_TRUE(survey(kMessage).is_objects());
  EXPECT_FALSE(survey("started\n{\"a\":1}\n").is_text());
  EXPECT_FALSE(survey("started\n{\"a\":1}\n").is_objects());
}

TEST(LogSurvey, ObjectsAmongTextAreReadToo) {
  const ReadText read = read_text("> start\n" + kText + "GET /a\n" + kText + kEvent);
  EXPECT_EQ(read.input.format, "console-log");
  EXPECT_EQ(read.log().statements, 3U);
}

TEST(LogSurvey, TextInObjectsKeepsWhatTheObjectsSay) {
  std::string text;
  for (int i = 0; i < 6; ++i) {
    text += R"({"level":"debug","message":"Prisma Query: SELECT a FROM t WHERE b = $1 | Params: [)" +
            std::to_string(i) +
            R"(] | Duration: 3ms","requestId":"r1","route":"/u"})"
            "\n";
  }
  const ReadText read = read_text(text);
  EXPECT_EQ(read.input.format, "query-log");
  EXPECT_EQ(read.input.message, "");
  EXPECT_EQ(read.worst("queries.count", Labels{{"route", "/u"}}), 6);
  EXPECT_EQ(read.worst("queries.time", Labels{{"route", "/u"}}), 18);
  EXPECT_EQ(read.log().repeats.at(0).distinct_params, 6U);
}

TEST(LogSurvey, AStatementInThreeMessages) {
  std::string text;
  for (int i = 0; i < 6; ++i) {
    for (const std::string& message : {std::string("Query: SELECT a FROM t WHERE b = $1"),
                                       "Params: [" + std::to_string(i) + "]", std::string("Duration: 3ms")}) {
      text += R"({"level":"info","message":")" + message +
              R"(","requestId":"r1"})"
              "\n";
    }
  }
  const ReadText read = read_text(text);
  EXPECT_EQ(read.log().statements, 6U);
  EXPECT_EQ(read.log().repeats.at(0).distinct_params, 6U);
}

TEST(LogSurvey, WhatIsNoLogOfStatements) {
  EXPECT_EQ(read_text(R"({"level":"error","message":"Query failed: SELECT a FROM \"t\""})"
                      "\n")
                .input.format,
            "structured-log");
  const ReadText mongo = read_text("prisma:query db.Post.aggregate([ { $match: {} } ])\n");
  EXPECT_EQ(mongo.input.state, InputState::kIncomplete);
}

}  // namespace
}  // namespace budgetcheck
