#include <gtest/gtest.h>

#include "collect/measure.h"

namespace budgetcheck {
namespace {

class MeasurePersonalData : public ::testing::Test {
 protected:
  Expected<Measured> measure(const std::string& text, bool is_asked_for = true, std::uint32_t parts = 0) {
    MemoryFileSystem files;
    files.add("in.log", text);
    InputSpec spec;
    spec.path = "in.log";
    if (is_asked_for) {
      telemetry_.personal_data.emplace();
    }
    MeasureOptions options;
    options.telemetry = &telemetry_;
    options.piece.number = parts == 0 ? 0 : 1;
    options.piece.count = parts;
    return measure_inputs(files, {spec}, {}, options);
  }
  Facts one(const std::string& text, bool is_asked_for = true) {
    Expected<Measured> measured = measure(text, is_asked_for);
    return measured && measured->inputs.size() == 1 ? std::move(measured->inputs[0].facts) : Facts();
  }

  Telemetry telemetry_;
};

constexpr const char* kText = "a line\nsent to ann@firma.de\n";

TEST_F(MeasurePersonalData, ALogThatNothingIsMeasuredOfIsAnInputAllTheSame) {
  const Facts facts = one(kText);
  ASSERT_EQ(facts.inputs.size(), 1U);
  EXPECT_EQ(facts.inputs[0].state, InputState::kRead);
  EXPECT_EQ(facts.inputs[0].message, "looked through for personal data alone: text that is not JSON");
  ASSERT_EQ(facts.personal.values.size(), 1U);
  EXPECT_EQ(facts.personal.values[0].location.line, 2U);
}

TEST_F(MeasurePersonalData, NothingIsLookedForUnlessTheBudgetsFileAsks) {
  const Facts facts = one(kText, false);
  ASSERT_EQ(facts.inputs.size(), 1U);
  EXPECT_EQ(facts.inputs[0].state, InputState::kUnreadable);
  EXPECT_TRUE(facts.personal.values.empty());
  EXPECT_TRUE(facts.personal.searched.empty());
}

TEST_F(MeasurePersonalData, WhatIsCutOffOrEmptyStaysUnreadable) {
  EXPECT_EQ(one("{\"log\":{\"entries\":[").inputs.at(0).state, InputState::kUnreadable);
  EXPECT_EQ(one("").inputs.at(0).state, InputState::kUnreadable);
}

TEST_F(MeasurePersonalData, LogsAreSearchedWhileTheyAreRead) {
  std::string log;
  for (int i = 0; i < 30; ++i) {
    log += R"({"time":1795942254443,"query":"SELECT id FROM a WHERE b = $1","params":"[1]","duration":1,"user":")" +
           std::string(i == 20 ? "ann@firma.de" : "u1") + "\"}\n";
  }
  const Facts facts = one(log);
  EXPECT_EQ(facts.inputs.at(0).format, "query-log");
  ASSERT_EQ(facts.personal.values.size(), 1U);
  EXPECT_EQ(facts.personal.values[0].field, "user");
  EXPECT_EQ(facts.personal.values[0].location.line, 21U);
  EXPECT_EQ(facts.personal.searched, std::vector<std::string>{"in.log"});
}

TEST_F(MeasurePersonalData, PartsOfALogAreRefused) {
  const Expected<Measured> measured = measure("{\"query\":\"SELECT 1\"}\n", true, 2);
  ASSERT_FALSE(measured);
  EXPECT_EQ(measured.error().kind, ErrorKind::kUsage);
  EXPECT_NE(measured.error().message.find("personal data"), std::string::npos);
}

}  // namespace
}  // namespace budgetcheck
