#include "baseline/record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "json/writer.h"
#include "results/trim.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

const std::string kCommit(40, 'a');
const std::string kParent(40, 'b');

Results results() {
  Results out;
  out.app = "shop";
  out.measured_at = "2026-11-23T10:00:00Z";
  out.env.key = "runner-a";
  Sample size;
  size.metric = "bundle.gzip";
  size.where = {{"entry", "main"}};
  size.unit = Unit::kBytes;
  size.value = 170001.0;
  size.location = {"dist/stats.json", 3, 1, {}};
  size.history = SampleHistory{7, 0.01234567, std::nullopt, 170000.0, {1.0, 2.0}};
  out.samples.push_back(size);
  Finding finding;
  finding.rule = "n-plus-one";
  finding.level = Level::kError;
  finding.key = "k1";
  finding.message = "not stored";
  finding.magnitude = 30;
  finding.location = {"app.log", 2, 0, {}};
  out.findings.push_back(finding);
  Part part;
  part.metric = "bundle.";
  part.kind = "package";
  part.name = "lodash";
  part.unit = Unit::kBytes;
  part.size = 72000;
  part.importers = {"src/a.js"};
  out.parts.push_back(part);
  return out;
}

Record record() {
  Record out;
  out.commit = kCommit;
  out.parents = {kParent};
  out.time = "2026-11-23T10:00:00Z";
  out.branch = "main";
  out.tool_version = "0.1.0";
  out.set("shop",
          trim_results(results(), "fail", {{"home", "bundle.gzip", {{"entry", "main"}}, "fail", "LIMIT_EXCEEDED"}}));
  return out;
}

RecordFault::Kind fault_of(const std::string& text) {
  const auto read = read_record(text, kCommit);
  EXPECT_FALSE(read) << text;
  return read ? RecordFault::Kind::kAbsent : read.error().kind;
}

std::string message_of(const std::string& text) {
  const auto read = read_record(text, kCommit);
  return read ? "no fault" : read.error().message;
}

TEST(Record, ReadsBackWhatWasWritten) {
  const std::string text = write_record(record());
  EXPECT_EQ(text.find('\n'), text.size() - 1) << "one line";
  const auto read = read_record(text, kCommit);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->parents, std::vector<std::string>{kParent});
  EXPECT_EQ(read->branch, "main");
  EXPECT_EQ(read->tool_version, "0.1.0");
  EXPECT_EQ(write_record(*read), text);

  const auto stored = read_stored(*read, "shop");
  ASSERT_TRUE(stored) << stored.error();
  EXPECT_EQ(stored->outcome, "fail");
  ASSERT_EQ(stored->verdicts.size(), 1U);
  EXPECT_EQ(stored->verdicts[0].code, "LIMIT_EXCEEDED");
  EXPECT_EQ(stored->results.commit, kCommit);
  EXPECT_EQ(stored->results.env.key, "runner-a");
  ASSERT_EQ(stored->results.samples.size(), 1U);
  EXPECT_EQ(std::get<Single>(stored->results.samples[0].value), 170001.0);
  ASSERT_TRUE(stored->results.samples[0].history);
  EXPECT_EQ(stored->results.samples[0].history->records, 7U);
  EXPECT_EQ(stored->results.samples[0].history->last, (std::vector<double>{1, 2}));
  ASSERT_EQ(stored->results.findings.size(), 1U);
  EXPECT_EQ(stored->results.findings[0].magnitude, 30);
  ASSERT_EQ(stored->results.parts.size(), 1U);
  EXPECT_EQ(stored->results.parts[0].size, 72000);
}

TEST(Record, KeepsNoTextsThatAReaderDoesNotNeed) {
  const std::string text = write_record(record());
  EXPECT_EQ(text.find("not stored"), std::string::npos);
  EXPECT_EQ(text.find("stats.json"), std::string::npos);
  EXPECT_EQ(text.find("src/a.js"), std::string::npos);
}

TEST(Record, OtherApplicationsPassThroughUnchanged) {
  const std::string other = R"({"v":1,"commit":")" + kCommit +
                            R"(","parents":[],"time":"t","tool":{"name":"budgetcheck","version":"0"},)" +
                            R"("apps":{"web":{"version":1,"samples":[],"of_a_later_program":[1,{"x":2.5}]}}})";
  auto read = read_record(other, kCommit);
  ASSERT_TRUE(read) << read.error().message;
  read->set("shop", trim_results(results(), "pass", {}));
  const std::string text = write_record(*read);
  EXPECT_THAT(text, HasSubstr(R"("web":{"version":1,"samples":[],"of_a_later_program":[1,{"x":2.5}]})"));
  EXPECT_LT(text.find("\"shop\""), text.find("\"web\"")) << "in the order of their names";
}

TEST(Record, WhatIsNotOursIsNoRecord) {
  EXPECT_EQ(fault_of(""), RecordFault::Kind::kNotOurs);
  EXPECT_EQ(fault_of("Signed-off-by: Ann"), RecordFault::Kind::kNotOurs);
  EXPECT_EQ(fault_of("[1]"), RecordFault::Kind::kNotOurs);
  EXPECT_EQ(fault_of("{}"), RecordFault::Kind::kNotOurs);
  EXPECT_EQ(fault_of(R"({"apps":{}})"), RecordFault::Kind::kNotOurs);
}

TEST(Record, ANewerVersionIsToldFromDamage) {
  EXPECT_EQ(fault_of(R"({"v":2,"apps":[]})"), RecordFault::Kind::kNewer);
  EXPECT_EQ(fault_of(R"({"v":0,"apps":{}})"), RecordFault::Kind::kDamaged);
  EXPECT_EQ(fault_of(R"({"v":"1","apps":{}})"), RecordFault::Kind::kDamaged);
}

TEST(Record, ItsTimeIsToldWithoutTheRest) {
  const std::string text = write_record(record());
  EXPECT_EQ(read_record_time(text, kCommit), "2026-11-23T10:00:00Z");
  EXPECT_EQ(read_record_time(text, kParent), std::nullopt);
  EXPECT_EQ(read_record_time(text.substr(0, text.size() - 2), kCommit), std::nullopt);
  EXPECT_EQ(read_record_time(R"({"v":2,"commit":")" + kCommit + R"(","time":"t","apps":{}})", kCommit), std::nullopt);
  EXPECT_EQ(read_record_time("Reviewed-by: Ann", kCommit), std::nullopt);
}

TEST(Record, EveryTruncationIsAFault) {
  const std::string text = write_record(record());
  for (std::size_t length = 0; length + 2 < text.size(); ++length) {
    ASSERT_FALSE(read_record(text.substr(0, length), kCommit)) << length;
  }
}

TEST(Record, AnotherCommitInsideIsNeverTrusted) {
  const std::string text = write_record(record());
  EXPECT_FALSE(read_record(text, kParent));
  EXPECT_THAT(message_of(R"({"v":1,"apps":{}})"), HasSubstr("says that it is of no commit"));
}

TEST(Record, WrongTypesAreFaults) {
  const std::string head = R"({"v":1,"commit":")" + kCommit + "\",";
  for (const char* rest : {R"("apps":1})", R"("apps":[]})", R"("apps":{"shop":[]}})", R"("apps":{},"parents":{}})",
                           R"("apps":{},"parents":["x"]})", R"("apps":{},"time":1})", R"("apps":{},"branch":[]})",
                           R"("apps":{},"previous":"HEAD"})"}) {
    EXPECT_THAT(message_of(head + rest), HasSubstr("has the wrong type")) << rest;
  }
  EXPECT_THAT(message_of(R"({"v":1,"commit":7,"apps":{}})"), HasSubstr("'commit' has the wrong type"));
}

TEST(Record, HostileNestingAndSizeAreFaults) {
  EXPECT_EQ(fault_of("{\"v\":1,\"apps\":" + std::string(200'000, '[')), RecordFault::Kind::kDamaged);
  EXPECT_EQ(fault_of("{\"v\":1,\"apps\":{},\"x\":\"" + std::string(kMaxRecordBytes, 'x') + "\"}"),
            RecordFault::Kind::kDamaged);
}

TEST(Record, SamplesThatWereEditedAreAnErrorOfThatApplicationOnly) {
  Record one = record();
  json::Object broken;
  broken.push_back({"version", json::Value(1.0)});
  one.set("web", json::Value(std::move(broken)));
  EXPECT_THAT(read_stored(one, "web").error(), HasSubstr("are damaged: the key 'samples' is missing"));
  EXPECT_TRUE(read_stored(one, "shop"));
  EXPECT_THAT(read_stored(one, "admin").error(), HasSubstr("nothing of the application 'admin'"));
}

}  // namespace
}  // namespace budgetcheck
