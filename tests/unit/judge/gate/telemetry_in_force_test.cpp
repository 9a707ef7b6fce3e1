#include "judge/gate/telemetry_in_force.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "budget/load.h"
#include "judge/gate/gate.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

BudgetsFile file(const std::string& text) {
  MemoryFileSystem files;
  files.add("budgets.yml", "version: 1\n" + text);
  auto loaded = load_budgets(files, "budgets.yml");
  EXPECT_TRUE(loaded) << text << (loaded ? "" : to_string(loaded.error().front()));
  return loaded ? std::move(*loaded) : BudgetsFile{};
}

/// `base` and `head`: what stands in the mapping `telemetry`.
Gate gate(const std::string& base, const std::string& head, const std::string& more = {},
          const FileSystem& files = MemoryFileSystem()) {
  const BudgetsFile then = file("telemetry: { " + base + " }\n");
  return gate_in_force(files, file("telemetry: { " + head + " }\n" + more), {then, nullptr},
                       {false, false, "2026-11-23"});
}

std::string said(const Gate& of) {
  std::string out;
  for (const Verdict& verdict : of.verdicts) {
    out += verdict.budget + " " + verdict.code + ": " + verdict.message + "\n";
  }
  return out;
}

constexpr const char* kAll =
    "required: [{ on: server, attributes: [tenant.id, http.route], min: 99%, routes: [\"!/health\"] }, "
    "{ on: log, attributes: [trace_id] }], personal_data: { allow: [a], ignore_fields: [b] }, "
    "retention: { traces: 14d, logs: 30d, approved_by: x, review_by: 2027-03-31 }, "
    "sampling: { keep_errors: true, keep_slower_than: 2 s, baseline: { min: 1%, max: 10% } }";

TEST(TelemetryInForce, TheSameAgainIsNoChange) {
  const Gate same = gate(kAll, kAll);
  EXPECT_THAT(same.verdicts, IsEmpty());
  EXPECT_THAT(same.remarks, IsEmpty());
  EXPECT_EQ(same.telemetry.required.size(), 2U);
}

TEST(TelemetryInForce, MoreIsNoLoss) {
  EXPECT_THAT(gate("", kAll).verdicts, IsEmpty());
  EXPECT_THAT(gate("required: [{ on: server, attributes: [a, b], min: 90%, routes: [\"/a\", \"!/b\"] }]",
                   "required: [{ on: server, attributes: [a], min: 91%, scope: span, routes: [\"/a\", \"/c\"] }, { on: "
                   "server, attributes: [b] }]")
                  .verdicts,
              IsEmpty());
}

TEST(TelemetryInForce, WhatIsNoLongerRequiredIsRequiredAllTheSame) {
  const Gate held = gate(kAll,
                         "required: [{ on: server, attributes: [http.route], min: 98.9% }], personal_data: { "
                         "allow: [a], ignore_fields: [b] }, retention: { traces: 14d, logs: 30d, approved_by: x, "
                         "review_by: 2027-03-31 }, sampling: { keep_errors: true, keep_slower_than: 2 s, "
                         "baseline: { min: 1%, max: 10% } }");
  EXPECT_THAT(said(held), HasSubstr("telemetry.required GATE_LOOSENED_NO_REASON: this change no longer requires "
                                    "'tenant.id' on server, requires 'http.route' on server from 99% to 98.9% and "
                                    "gives no reason; the base's requirement holds"));
  EXPECT_THAT(said(held), HasSubstr("no longer requires 'trace_id' on log"));
  ASSERT_EQ(held.telemetry.required.size(), 2U + 1U) << "the change's own holds for /health";
  EXPECT_THAT(held.telemetry.required[1].attributes, ElementsAre("tenant.id", "http.route"));
  EXPECT_EQ(held.verdicts.front().status, Status::kFail);
  EXPECT_EQ(held.verdicts.front().location.line, 2U);
}

TEST(TelemetryInForce, FewerRoutesAndAWiderScopeAreLess) {
  const std::string then = "required: [{ on: server, attributes: [a], scope: span }]";
  EXPECT_THAT(said(gate(then, "required: [{ on: server, attributes: [a] }]")),
              HasSubstr("requires 'a' on server from each span to any span of a trace"));
  EXPECT_THAT(said(gate(then, "required: [{ on: server, attributes: [a], scope: span, routes: [\"!/health\"] }]")),
              HasSubstr("requires 'a' on server for fewer routes"));
  EXPECT_THAT(said(gate(then, "required: [{ on: server, attributes: [a], scope: span, routes: [\"/a\"] }]")),
              HasSubstr("for fewer routes"));
}

TEST(TelemetryInForce, WhatIsNoPersonalDataDoesNotGrow) {
  const Gate held =
      gate("personal_data: { allow: [a] }", "personal_data: { allow: [a, b, c, d, e], ignore_fields: [f] }");
  EXPECT_THAT(said(held), HasSubstr("telemetry.personal_data GATE_LOOSENED_NO_REASON: this change takes as no personal "
                                    "data 'b', 'c', 'd' and 1 more, looks for no personal data in 'f'"));
  EXPECT_THAT(held.telemetry.personal_data->allow, ElementsAre("a"));
  EXPECT_THAT(held.telemetry.personal_data->ignore_fields, IsEmpty());
  EXPECT_TRUE(gate("personal_data: {}", "").telemetry.personal_data);
  EXPECT_THAT(said(gate("personal_data: {}", "")), HasSubstr("no longer looks for personal data"));
  EXPECT_THAT(gate("personal_data: { allow: [a] }", "personal_data: {}").verdicts, IsEmpty());
}

TEST(TelemetryInForce, LongerRetentionNeedsAReasonAndAShorterOneIsSaid) {
  const std::string then = "retention: { traces: 14d, logs: 30d, approved_by: x, review_by: 2026-12-31 }";
  const Gate longer = gate(then, "retention: { traces: 15d, logs: 2w }");
  EXPECT_THAT(said(longer), HasSubstr("keeps traces for 15 days instead of 14, no longer says who agreed to the "
                                      "retention, no longer says when the retention is reviewed"));
  EXPECT_THAT(longer.remarks, ElementsAre("it keeps logs for 14 days instead of 30"));
  EXPECT_EQ(longer.telemetry.retention->traces_days, 14);
  const Gate reviewed = gate(then, "retention: { traces: 14d, logs: 30d, approved_by: y, review_by: 2027-12-31 }");
  EXPECT_THAT(reviewed.verdicts, IsEmpty());
  EXPECT_THAT(reviewed.remarks,
              ElementsAre("it moves the review of the retention from 2026-12-31 to 2027-12-31 (approved by y)"));
  EXPECT_EQ(reviewed.telemetry.retention->review_by, "2027-12-31");
  EXPECT_THAT(said(gate(then, "")), HasSubstr("no longer says how long telemetry is kept"));
}

TEST(TelemetryInForce, SamplingIsAsAgreedAtTheBase) {
  const std::string then = "sampling: { keep_errors: true, keep_slower_than: 2 s, baseline: { min: 1%, max: 10% } }";
  const Gate held = gate(then, "sampling: { keep_slower_than: 2001 ms, baseline: { min: 0.5%, max: 10.5% } }");
  EXPECT_THAT(said(held),
              HasSubstr("no longer keeps every trace with an error, keeps every trace above 2.001 s instead "
                        "of 2"));
  EXPECT_THAT(said(held), HasSubstr("keeps at least 0.5% of the other traces instead of 1%, keeps up to 10.5% of the "
                                    "other traces instead of 10%"));
  EXPECT_TRUE(held.telemetry.sampling->keep_errors);
  EXPECT_EQ(said(gate(then, "sampling: { keep_errors: true, keep_slower_than: 1 s, baseline: { min: 2%, max: 9% } }")),
            "");
  EXPECT_THAT(said(gate(then, "")), HasSubstr("no longer keeps every slow trace"));
}

TEST(TelemetryInForce, TheCollectorIsLookedAtWhereTheBaseNamesIt) {
  MemoryFileSystem files;
  files.add("a.yaml", "");
  const Gate dropped = gate("collector: a.yaml", "", "", files);
  EXPECT_THAT(said(dropped),
              HasSubstr("telemetry.collector GATE_LOOSENED_NO_REASON: this change no longer looks at the "
                        "collector's configuration 'a.yaml'"));
  ASSERT_EQ(dropped.more.size(), 1U);
  EXPECT_EQ(dropped.more.front().path, "a.yaml");
  EXPECT_TRUE(dropped.more.front().optional);
  const Gate moved = gate("collector: b.yaml", "collector: a.yaml", "", files);
  EXPECT_THAT(moved.verdicts, IsEmpty());
  EXPECT_THAT(moved.remarks, ElementsAre(HasSubstr("from 'a.yaml' instead of 'b.yaml', which is gone")));
  EXPECT_THAT(gate("collector: a.yaml", "collector: ./a.yaml", "", files).verdicts, IsEmpty());
}

TEST(TelemetryInForce, AReasonLetsTheChangeHaveItsWay) {
  const std::string entry = "owner: x, reason: y }]\n";
  for (const std::string setting : {"telemetry.sampling", "telemetry"}) {
    const Gate accepted =
        gate("sampling: { keep_errors: true }", "sampling: {}", "loosened: [{ setting: " + setting + ", " + entry);
    EXPECT_EQ(accepted.verdicts.front().code, "GATE_LOOSENED");
    EXPECT_FALSE(accepted.telemetry.sampling->keep_errors);
  }
}

}  // namespace
}  // namespace budgetcheck
