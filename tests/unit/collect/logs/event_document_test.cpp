#include "collect/logs/event_document.h"

#include <gtest/gtest.h>

#include "unit/collect/database/database_log_testing.h"

namespace budgetcheck {
namespace {

using testing::read_text;
using testing::ReadText;

std::string event(int i) {
  return "{\n  \"timestamp\": \"2026-11-20T10:00:00Z\",\n  \"reqId\": \"r1\",\n  \"query\": \"SELECT a FROM t WHERE b "
         "= $1\",\n"
         "  \"params\": \"[" +
         std::to_string(i) + "]\", \"duration\": 3\n}";
}

std::string events(int count, const std::string& between) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    text += (i > 0 ? between : "") + event(i);
  }
  return text;
}

TEST(EventDocument, AListOfEventsIsALog) {
  std::string on_one_line = "[" + events(6, ", ") + "]\n";
  std::erase(on_one_line, '\n');
  for (const std::string& text :
       {"[\n" + events(6, ",\n") + "\n]\n", on_one_line, "\xEF\xBB\xBF[\n" + events(6, ",\n") + "]"}) {
    const ReadText read = read_text(text);
    EXPECT_EQ(read.input.format, "query-log");
    EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
    EXPECT_EQ(read.log().statements, 6U);
    ASSERT_EQ(read.log().repeats.size(), 1U);
    EXPECT_EQ(read.log().repeats[0].distinct_params, 6U);
    EXPECT_EQ(read.log().repeats[0].scope, "r1");
  }
  EXPECT_EQ(read_text("[\n" + events(6, ",\n") + "\n]\n").log().shapes[0].first.line, 2U);
}

TEST(EventDocument, PrintedEventsOneAfterAnotherAreALogToo) {
  const ReadText read = read_text(events(6, "\n") + "\n");
  EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
  EXPECT_EQ(read.log().statements, 6U);
  EXPECT_EQ(read.log().repeats.at(0).distinct_params, 6U);
}

TEST(EventDocument, APlatformsExportHoldsItsEventsInAMember) {
  for (const std::string head : {"{\n  \"events\": [\n", "{\"events\":["}) {
    std::string text = head;
    for (int i = 0; i < 6; ++i) {
      text +=
          std::string(i > 0 ? "," : "") + R"({"timestamp":1,"message":"prisma:query SELECT a FROM t WHERE b = $1"})";
    }
    const ReadText read = read_text(text + "],\"searchedLogStreams\":[]}\n");
    EXPECT_EQ(read.input.format, "query-log") << head;
    EXPECT_EQ(read.log().statements, 6U);
  }
}

TEST(EventDocument, OneThatBreaksOffIsNotUsed) {
  const ReadText read = read_text("[\n" + events(6, ",\n") + ",\n{ \"query\": \"SEL");
  EXPECT_EQ(read.input.state, InputState::kUnreadable);
  EXPECT_TRUE(read.facts.queries.logs.empty());
}

TEST(EventDocument, OtherDocumentsAreNone) {
  for (const std::string text : {"[]", "{}", "[1, 2]", "[{\"query\": 1}]",
                                 "{\"a\": [{\"query\": \"SELECT a FROM t\"}]}", "[{\"name\":\"select\"}]"}) {
    EXPECT_FALSE(may_be_document(text) && [&] {
      Sniff sniff;
      sniff.head = text;
      return is_event_document(sniff);
    }()) << text;
  }
}

}  // namespace
}  // namespace budgetcheck
