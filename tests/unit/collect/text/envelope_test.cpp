#include "collect/text/envelope.h"

#include <gtest/gtest.h>

#include <string>

#include "base/file_system.h"

namespace budgetcheck {
namespace {

std::string message(std::string line) {
  const std::size_t size = line.size();
  line.append(FileContent::kGuard, '\0');
  std::vector<json::LineField> fields;
  EXPECT_TRUE(json::read_line_fields(std::string_view(line).substr(0, size), fields)) << line;
  const json::LineField* field = message_of(fields);
  return field == nullptr ? "-" : std::string(field->raw);
}

TEST(Envelope, FindsTheProgramsText) {
  for (const char* line :
       {R"({"insertId":"x","textPayload":"T","trace":"a"})", R"({"@timestamp":"1","@message":"T"})",
        R"({"jsonPayload":{"message":"T"}})", R"({"level":30,"msg":"T"})", R"({"message":"T","ingestionTime":1})",
        R"({"log":"T","stream":"stdout"})", R"({"event":"T","level":"info"})", R"({"result":{"_raw":"T"}})"}) {
    EXPECT_EQ(message(line), "T") << line;
  }
  EXPECT_EQ(message(R"({"message":"other","textPayload":"T"})"), "T");
  EXPECT_EQ(message(R"({"msg":5,"message":{"a":"b"},"log":""})"), "-");
}

TEST(Envelope, FindsAnEventThatLiesDeep) {
  EXPECT_EQ(inner_query_object(R"({"a":{"b":{"query":"SELECT \"x\" } ","p":{"c":1}}},"d":2})"),
            R"({"query":"SELECT \"x\" } ","p":{"c":1}})");
  EXPECT_EQ(inner_query_object(R"({"list":[{"sql" : "x"}]})"), R"({"sql" : "x"})");
  for (const char* line : {R"({"a":"query"})", R"({"a":{"b":"query\":"}})", "{\"query\":", "", "}}}]"}) {
    EXPECT_EQ(inner_query_object(line), std::nullopt) << line;
  }
}

}  // namespace
}  // namespace budgetcheck
