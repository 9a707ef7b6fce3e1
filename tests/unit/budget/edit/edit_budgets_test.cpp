#include "budget/edit/edit_budgets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

using testing::HasSubstr;

const Raised kReason{"PERF-1", "@web", "2027-01-31"};

LimitEdit edit(std::string text, std::size_t budget = 0, std::string key = "max") {
  return {budget, std::move(key), "", std::move(text), kReason};
}

std::string edited(const std::string& text, const std::vector<LimitEdit>& edits, const std::string& path = "b.yml") {
  const Expected<std::string> out = edit_budgets(path, text, edits);
  return out ? *out : to_string(out.error());
}

std::string edited(const std::string& text, const std::string& limit = "26 kB") { return edited(text, {edit(limit)}); }

TEST(EditBudgets, ALineOfABlockGetsTheReasonBelow) {
  EXPECT_EQ(edited("# head\n"
                   "version: 1\n"
                   "budgets:\n"
                   "  # of the page\n"
                   "  - id: main-js   # odd   blanks\n"
                   "    max:   24 kB   # agreed with @web\n"
                   "    # and with @ops\n"
                   "    metric: bundle.gzip\n"
                   "\n"
                   "# tail\n"),
            "# head\n"
            "version: 1\n"
            "budgets:\n"
            "  # of the page\n"
            "  - id: main-js   # odd   blanks\n"
            "    max:   26 kB   # agreed with @web\n"
            "    raised: { reason: PERF-1, owner: \"@web\", expires: 2027-01-31 }\n"
            "    # and with @ops\n"
            "    metric: bundle.gzip\n"
            "\n"
            "# tail\n");
}

TEST(EditBudgets, TheFirstKeyOfAnItemAndTheEndOfTheFile) {
  EXPECT_EQ(edited("budgets:\n- max: 24 kB"),
            "budgets:\n- max: 26 kB\n  raised: { reason: PERF-1, owner: \"@web\", expires: 2027-01-31 }");
}

TEST(EditBudgets, InBracesTheReasonFollowsTheLimit) {
  EXPECT_EQ(
      edited("budgets:\n  - { id: a, max: 24 kB, level: error } # c\n"),
      "budgets:\n  - { id: a, max: 26 kB, raised: { reason: PERF-1, owner: \"@web\", expires: 2027-01-31 }, level: "
      "error } # c\n");
  EXPECT_EQ(edited("budgets: [{max: 24 kB}]\n"),
            "budgets: [{max: 26 kB, raised: { reason: PERF-1, owner: \"@web\", expires: 2027-01-31 }}]\n");
}

TEST(EditBudgets, InBracesOverLinesItGetsALine) {
  EXPECT_EQ(edited("budgets:\n"
                   "  - {\n"
                   "      id: a,\n"
                   "      max: 24 kB, # c\n"
                   "      level: error\n"
                   "    }\n"),
            "budgets:\n"
            "  - {\n"
            "      id: a,\n"
            "      max: 26 kB, # c\n"
            "      raised: { reason: PERF-1, owner: \"@web\", expires: 2027-01-31 },\n"
            "      level: error\n"
            "    }\n");
  EXPECT_EQ(
      edited("budgets:\n  - {\n      max: 24 kB # c\n    }\n"),
      "budgets:\n  - {\n      max: 26 kB, # c\n      raised: { reason: PERF-1, owner: \"@web\", expires: 2027-01-31 "
      "}\n    }\n");
}

TEST(EditBudgets, QuotesStay) {
  EXPECT_THAT(edited("budgets:\n- max: \"24 kB\" # c\n"), HasSubstr("- max: \"26 kB\" # c\n"));
  EXPECT_THAT(edited("budgets:\n- max: '24 kB'\n"), HasSubstr("- max: '26 kB'\n"));
  EXPECT_THAT(edited("budgets:\n- max: 12\n", "14"), HasSubstr("- max: 14\n"));
  EXPECT_THAT(edited("budgets:\n- max: 12\n", "10%"), HasSubstr("- max: 10%\n"));
}

TEST(EditBudgets, AReasonThatStandsThereIsReplacedWordByWord) {
  EXPECT_EQ(edited("budgets:\n"
                   "  - max: 24 kB\n"
                   "    raised:\n"
                   "      owner: '@web' # who\n"
                   "      reason: old   # why\n"
                   "      expires: 2026-01-01\n"
                   "    level: error\n"),
            "budgets:\n"
            "  - max: 26 kB\n"
            "    raised:\n"
            "      owner: '@web' # who\n"
            "      reason: PERF-1   # why\n"
            "      expires: 2027-01-31\n"
            "    level: error\n");
  EXPECT_EQ(edited("budgets: [{ max: 24 kB, raised: {reason: \"o, }\", owner: x, expires: 2026-01-01} }]\n"),
            "budgets: [{ max: 26 kB, raised: {reason: PERF-1, owner: \"@web\", expires: 2027-01-31} }]\n");
}

TEST(EditBudgets, AReasonOverLinesIsReplacedWhole) {
  EXPECT_EQ(edited("budgets:\n"
                   "  - raised:\n"
                   "      reason: >-\n"
                   "        # no comment\n"
                   "\n"
                   "        for a while\n"
                   "      owner: some\n"
                   "        body\n"
                   "      expires: 2026-01-01\n"
                   "    max: 24 kB\n"),
            "budgets:\n"
            "  - raised:\n"
            "      reason: PERF-1\n"
            "      owner: \"@web\"\n"
            "      expires: 2027-01-31\n"
            "    max: 26 kB\n");
}

TEST(EditBudgets, LineBreaksAndTheByteOrderMarkStay) {
  EXPECT_EQ(edited("\xEF\xBB\xBF"
                   "budgets:\r\n  - max: 24 kB # c\r\n    level: error\r\n"),
            "\xEF\xBB\xBF"
            "budgets:\r\n  - max: 26 kB # c\r\n    raised: { reason: PERF-1, owner: \"@web\", expires: "
            "2027-01-31 }\r\n    level: error\r\n");
  EXPECT_EQ(edited("\xEF\xBB\xBF{budgets: [{max: 24 kB}]}"),
            "\xEF\xBB\xBF{budgets: [{max: 26 kB, raised: { reason: PERF-1, owner: \"@web\", expires: 2027-01-31 }}]}");
}

TEST(EditBudgets, JsonStaysJson) {
  EXPECT_EQ(edited("{\n  \"budgets\": [\n    {\n      \"id\": \"a\",\n      \"max\": \"24 kB\"\n    }\n  ]\n}\n",
                   {edit("26 kB")}, "b.json"),
            "{\n  \"budgets\": [\n    {\n      \"id\": \"a\",\n      \"max\": \"26 kB\",\n      \"raised\": { "
            "\"reason\": \"PERF-1\", \"owner\": \"@web\", \"expires\": \"2027-01-31\" }\n    }\n  ]\n}\n");
  EXPECT_EQ(
      edited("{\n  \"budgets\": [\n    {\n      \"max\": 12, // twelve\n      /* all */ \"level\": \"error\",\n    "
             "},\n  ],\n}\n",
             {edit("14")}, "b.jsonc"),
      "{\n  \"budgets\": [\n    {\n      \"max\": 14, // twelve\n      \"raised\": { \"reason\": \"PERF-1\", "
      "\"owner\": \"@web\", \"expires\": \"2027-01-31\" },\n      /* all */ \"level\": \"error\",\n    },\n  ],\n}\n");
  EXPECT_EQ(
      edited("\xEF\xBB\xBF{\"budgets\":[{\"max\":\"24 kB\",\"level\":\"error\"}]}", {edit("26 kB")}, "b.json"),
      "\xEF\xBB\xBF{\"budgets\":[{\"max\":\"26 kB\",\"raised\":{\"reason\":\"PERF-1\",\"owner\":\"@web\",\"expires\":"
      "\"2027-01-31\"},\"level\":\"error\"}]}");
  EXPECT_THAT(edited("{\"budgets\":[{\"max\":12}]}", {edit("10%")}, "b.json"), HasSubstr("\"max\":\"10%\","));
}

TEST(EditBudgets, ACommentThatSpansLinesIsNotBroken) {
  EXPECT_EQ(edited("{\"budgets\": [{\n  \"max\": 12 /* a\n b */\n}]}", {edit("14")}, "b.json"),
            "{\"budgets\": [{\n  \"max\": 14, \"raised\": { \"reason\": \"PERF-1\", \"owner\": \"@web\", \"expires\": "
            "\"2027-01-31\" } /* a\n b */\n}]}");
}

TEST(EditBudgets, SeveralAtOnce) {
  EXPECT_EQ(
      edited("budgets:\n- max: 1 kB\n- min: 90\n- max: 3 kB\n", {edit("5 kB", 2), edit("80", 1, "min")}),
      "budgets:\n- max: 1 kB\n- min: 80\n  raised: { reason: PERF-1, owner: \"@web\", expires: 2027-01-31 }\n- max: "
      "5 kB\n  raised: { reason: PERF-1, owner: \"@web\", expires: 2027-01-31 }\n");
}

TEST(EditBudgets, AGrowthInAMapping) {
  LimitEdit growth{0, "max_increase", "percent", "12", kReason};
  EXPECT_EQ(edited("budgets:\n- max_increase: { percent: 5, absolute: 1 kB } # both\n", {growth}),
            "budgets:\n- max_increase: { percent: 12, absolute: 1 kB } # both\n  raised: { reason: PERF-1, owner: "
            "\"@web\", expires: 2027-01-31 }\n");
  EXPECT_EQ(edited("budgets:\n- max_increase:\n    percent: 5\n    absolute: 1 kB # b\n  level: error\n", {growth}),
            "budgets:\n- max_increase:\n    percent: 12\n    absolute: 1 kB # b\n  raised: { reason: PERF-1, owner: "
            "\"@web\", expires: 2027-01-31 }\n  level: error\n");
}

TEST(EditBudgets, WithoutAReasonOnlyTheLimitChanges) {
  LimitEdit tighter = edit("20 kB");
  tighter.raised.reset();
  EXPECT_EQ(edited("budgets:\n- max: 24 kB\n  raised: { reason: a, owner: b, expires: 2026-01-01 }\n", {tighter}),
            "budgets:\n- max: 20 kB\n  raised: { reason: a, owner: b, expires: 2026-01-01 }\n");
}

TEST(EditBudgets, AnAliasIsWrittenOut) {
  EXPECT_EQ(
      edited("x: &l 24 kB\nbudgets:\n- max: *l # c\n"),
      "x: &l 24 kB\nbudgets:\n- max: 26 kB # c\n  raised: { reason: PERF-1, owner: \"@web\", expires: 2027-01-31 }\n");
  EXPECT_EQ(edited("x: &r { reason: a, owner: b, expires: 2026-01-01 }\nbudgets:\n- max: 24 kB\n  raised: *r\n"),
            "x: &r { reason: a, owner: b, expires: 2026-01-01 }\nbudgets:\n- max: 26 kB\n  raised: { reason: PERF-1, "
            "owner: \"@web\", expires: 2027-01-31 }\n");
  EXPECT_THAT(edited("budgets:\n- max: &l 24 kB\n"), HasSubstr("- max: &l 26 kB\n"));
}

TEST(EditBudgets, WhatOthersShareIsLeftAlone) {
  const std::string shared = edited("budgets:\n- max: &l 24 kB\n- max: *l\n");
  EXPECT_THAT(shared, HasSubstr("b.yml:2:8: this limit cannot be changed without changing something else in the file"));
  EXPECT_THAT(shared, HasSubstr("max: 26 kB, raised: { reason: PERF-1, owner: \"@web\", expires: 2027-01-31 }"));
  EXPECT_THAT(edited("budgets:\n- &b { max: 24 kB }\n- *b\n", {edit("26 kB", 1)}), HasSubstr("cannot be changed"));
  EXPECT_THAT(edited("budgets:\n- &b { max: 24 kB }\n- *b\n", {edit("26 kB", 0)}), HasSubstr("cannot be changed"));
}

TEST(EditBudgets, OfSeveralTheOneThatCannotBeEditedIsNamed) {
  EXPECT_THAT(edited("budgets:\n- max: 1 kB\n- max: &l 24 kB\n- max: *l\n", {edit("2 kB", 0), edit("26 kB", 1)}),
              HasSubstr("b.yml:3:8: this limit"));
}

TEST(EditBudgets, AReasonMayHoldAnything) {
  LimitEdit odd = edit("26 kB");
  odd.raised->reason = "it's \"so\": # [x], {y}\\";
  odd.raised->owner = "yes";
  EXPECT_EQ(edited("budgets:\n- max: 24 kB\n", {odd}),
            "budgets:\n- max: 26 kB\n  raised: { reason: \"it's \\\"so\\\": # [x], {y}\\\\\", owner: yes, expires: "
            "2027-01-31 }\n");
}

TEST(EditBudgets, ABudgetWithoutSuchALimitIsRefused) {
  EXPECT_THAT(edited("budgets:\n- min: 24 kB\n"), HasSubstr("cannot be changed"));
  EXPECT_THAT(edited("budgets: []\n"), HasSubstr("cannot be changed"));
  EXPECT_THAT(edited("budgets: [\n"), HasSubstr("not valid YAML"));
}

}  // namespace
}  // namespace budgetcheck
