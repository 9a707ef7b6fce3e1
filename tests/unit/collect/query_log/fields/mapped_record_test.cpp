#include <gtest/gtest.h>

#include "collect/collect.h"
#include "collect/logs/json_lines.h"
#include "json/document.h"
#include "unit/collect/query_log/query_log_testing.h"

namespace budgetcheck {
namespace {

/// Settings with `fields:`.
InputSettings settings(const std::string& fields) {
  const auto value = json::read_json("fields", R"({"fields":)" + fields + "}");
  EXPECT_TRUE(value) << fields;
  return InputSettings(*value);
}

InputSettings named() {
  return settings(R"({"query":"ctx.db.stmt","params":"ctx.db.args","duration":{"field":"ctx.took_us","unit":"us"},
                      "request":"ctx.rid","route":"http.path"})");
}

std::string line(int i, const std::string& rid = "r1") {
  return R"({"msg":"query","query":"not this one","ctx":{"db":{"stmt":"SELECT a FROM t WHERE b = $1","args":[)" +
         std::to_string(i) + R"(]},"took_us":2500,"rid":")" + rid + R"("},"http":{"path":"/a"}})" + "\n";
}

LogRead read(const std::string& text, const InputSettings& s = named()) {
  return read_log(prisma_log_format(), text, s);
}

TEST(MappedLog, ReadsFieldsThatTheBudgetsFileNames) {
  std::string text;
  for (int i = 0; i < 6; ++i) {
    text += line(i) + "{\"msg\":\"other\"}\n";
  }
  const LogRead log = read(text + line(1, "r2"));
  EXPECT_EQ(log.input.message, "");
  EXPECT_EQ(log.log().form, "json-lines");
  EXPECT_EQ(log.log().requests, 2U);
  EXPECT_EQ(log.of("queries.count", "/a"), 6);
  EXPECT_EQ(log.of("queries.time", "/a"), 15);
  ASSERT_EQ(log.log().repeats.size(), 1U);
  EXPECT_EQ(log.log().repeats[0].distinct_params, 6U);
}

TEST(MappedLog, WhatIsNotNamedIsReadByItsUsualNames) {
  const InputSettings f = settings(R"({"query":"q.text"})");
  const LogRead log = read(R"({"q.text":"SELECT a FROM t","params":"[]","durationMs":3,"reqId":"r1","route":"/b"})"
                           "\n",
                           f);
  EXPECT_EQ(log.of("queries.time", "/b"), 3);
}

TEST(MappedLog, AFieldThatIsMissingInALineIsNotReplaced) {
  const LogRead log = read(line(1) + R"({"query":"SELECT z FROM z","ctx":{"rid":"r1"}})" + "\n");
  EXPECT_EQ(log.log().statements, 1U);
}

TEST(MappedLog, ATextWithAUnitKeepsIt) {
  const InputSettings f = settings(R"({"duration":{"field":"t","unit":"s"}})");
  const auto time = [&](const std::string& value) {
    return read(R"({"query":"SELECT a FROM t","reqId":"r","route":"/a","t":)" + value + "}", f)
        .of("queries.time", "/a");
  };
  EXPECT_EQ(time("2"), 2000);
  EXPECT_EQ(time("\"2\""), 2000);
  EXPECT_EQ(time("\"2ms\""), 2);
  EXPECT_EQ(time("\"2 us\""), 2e-3);
  EXPECT_EQ(time("\"2\xC2\xB5s\""), 2e-3);
  for (const std::string odd : {"-1", "1e999", "\"inf\"", "\"nan\"", "\"2 h\"", "\"\"", "null", "1e308"}) {
    EXPECT_EQ(time(odd), -1) << odd;
  }
}

TEST(MappedLog, AFieldThatNeverOccursIsSaid) {
  const LogRead log =
      read(line(1) + line(2), settings(R"({"query":"ctx.db.statement","request":"ctx.rdi","route":"http.path"})"));
  EXPECT_EQ(log.input.state, InputState::kIncomplete);
  EXPECT_NE(log.input.message.find("no line has the field 'ctx.db.statement' that is named for query"),
            std::string::npos)
      << log.input.message;
  EXPECT_NE(log.input.message.find("'ctx.rdi' that is named for request"), std::string::npos);
  EXPECT_NE(log.input.hint.find("'ctx.db.stmt' holds SQL"), std::string::npos) << log.input.hint;
  EXPECT_NE(log.input.hint.find("'http.path'"), std::string::npos);
  const LogRead route = read(line(1), settings(R"({"query":"ctx.db.stmt","route":"http.pth"})"));
  EXPECT_EQ(route.input.state, InputState::kIncomplete);
  EXPECT_NE(route.input.hint.find("did you mean 'http.path'"), std::string::npos) << route.input.hint;
}

TEST(MappedLog, FilesOfOtherKindsAreNoSilentPass) {
  for (const std::string text : {"", "plain\n", "[1,2]\n", "{\n\"a\": 1\n}\n", "{\"a\":1}\n"}) {
    EXPECT_EQ(read(text).input.state, InputState::kIncomplete) << text;
  }
}

TEST(MappedLog, NamesOfItsOwnNeedNoRecognition) {
  MemoryFileSystem files;
  files.add("app.log", line(1) + line(2));
  InputSpec spec;
  spec.path = "app.log";
  EXPECT_EQ(collect(files, {spec}, {}).queries.logs.size(), 0U);
  spec.settings = named();
  const Facts facts = collect(files, {spec}, {});
  ASSERT_EQ(facts.queries.logs.size(), 1U);
  EXPECT_EQ(facts.queries.logs[0].statements, 2U);
  EXPECT_EQ(facts.inputs[0].format, "query-log");
}

}  // namespace
}  // namespace budgetcheck
