#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "budget/load.h"

namespace budgetcheck {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using On = TelemetryRequirement::On;
using Scope = TelemetryRequirement::Scope;

ExpectedAll<BudgetsFile> loaded(const std::string& telemetry) {
  MemoryFileSystem files;
  files.add("budgets.yml", "version: 1\n" + telemetry);
  return load_budgets(files, "budgets.yml");
}

Telemetry telemetry_of(const std::string& telemetry) {
  const auto file = loaded(telemetry);
  EXPECT_TRUE(file) << (file ? "" : to_string(file.error().front()));
  return file ? file->telemetry : Telemetry();
}

/// All errors, one a line.
std::string refused(const std::string& telemetry) {
  const auto file = loaded(telemetry);
  std::string out;
  if (!file) {
    for (const Error& error : file.error()) {
      EXPECT_EQ(error.kind, ErrorKind::kUsage);
      out += to_string(error) + "\n";
    }
  }
  return out;
}

TEST(TelemetrySection, ReadsEveryKey) {
  const Telemetry telemetry = telemetry_of(R"(telemetry:
  required:
    - { on: server, attributes: [http.route, tenant.id], routes: ["/api/**", "!/health"], scope: span }
    - { on: log, attributes: [trace_id, span_id], min: 99% }
    - { on: db, attributes: [db.system], min: 0.07 }
  personal_data: { allow: ["*@example.com", 10.0.0.0/8], ignore_fields: [user.display_name] }
  retention: { traces: 14d, logs: 4w, approved_by: "@security", review_by: 2027-03-31 }
  sampling: { keep_errors: true, keep_slower_than: 2 s, baseline: { min: 1%, max: 10% } }
  collector: ops/otel-collector.yaml
)");
  ASSERT_EQ(telemetry.required.size(), 3U);
  EXPECT_EQ(telemetry.required[0].on, On::kServer);
  EXPECT_THAT(telemetry.required[0].attributes, ElementsAre("http.route", "tenant.id"));
  EXPECT_THAT(telemetry.required[0].routes, ElementsAre("/api/**", "!/health"));
  EXPECT_EQ(telemetry.required[0].scope, Scope::kSpan);
  EXPECT_EQ(telemetry.required[0].min_percent, 100);
  EXPECT_EQ(telemetry.required[0].location.line, 4U);
  EXPECT_EQ(telemetry.required[1].on, On::kLog);
  EXPECT_EQ(telemetry.required[1].scope, Scope::kTrace);
  EXPECT_EQ(telemetry.required[1].min_percent, 99);
  EXPECT_EQ(telemetry.required[2].on, On::kDb);
  EXPECT_EQ(telemetry.required[2].min_percent, 7) << "exactly";
  ASSERT_TRUE(telemetry.personal_data);
  EXPECT_THAT(telemetry.personal_data->allow, ElementsAre("*@example.com", "10.0.0.0/8"));
  EXPECT_THAT(telemetry.personal_data->ignore_fields, ElementsAre("user.display_name"));
  ASSERT_TRUE(telemetry.retention);
  EXPECT_EQ(telemetry.retention->traces_days, 14);
  EXPECT_EQ(telemetry.retention->logs_days, 28);
  EXPECT_EQ(telemetry.retention->approved_by, "@security");
  EXPECT_EQ(telemetry.retention->review_by, "2027-03-31");
  EXPECT_EQ(telemetry.retention->review_location.line, 8U);
  ASSERT_TRUE(telemetry.sampling);
  EXPECT_TRUE(telemetry.sampling->keep_errors);
  EXPECT_EQ(telemetry.sampling->keep_slower_than_ms, 2000);
  EXPECT_EQ(telemetry.sampling->baseline_min_percent, 1);
  EXPECT_EQ(telemetry.sampling->baseline_max_percent, 10);
  ASSERT_TRUE(telemetry.collector);
  EXPECT_EQ(telemetry.collector->path, "ops/otel-collector.yaml");
  EXPECT_TRUE(telemetry.collector->settings.is_true("collector"));
  EXPECT_EQ(telemetry.collector->location.line, 10U);
}

TEST(TelemetrySection, WhatIsNotSaidIsNotThere) {
  const Telemetry none = telemetry_of("");
  EXPECT_TRUE(none.required.empty());
  EXPECT_FALSE(none.personal_data);
  EXPECT_FALSE(none.retention);
  EXPECT_FALSE(none.sampling);
  EXPECT_FALSE(none.collector);
  const Telemetry empty = telemetry_of("telemetry: { personal_data: {}, retention: {}, sampling: { baseline: {} } }\n");
  EXPECT_TRUE(empty.personal_data) << "it is looked for";
  ASSERT_TRUE(empty.retention);
  EXPECT_EQ(empty.retention->traces_days, 0);
  ASSERT_TRUE(empty.sampling);
  EXPECT_FALSE(empty.sampling->keep_errors);
  EXPECT_FALSE(empty.sampling->baseline_min_percent);
}

TEST(TelemetrySection, HoursAreDaysToo) {
  EXPECT_EQ(telemetry_of("telemetry: { retention: { traces: 36 h } }\n").retention->traces_days, 1.5);
}

TEST(TelemetrySection, EveryErrorIsReportedAtItsPlace) {
  const std::string errors = refused(R"(telemetry:
  requierd: []
  required:
    - { on: sever, attributes: [a] }
    - { on: log, attributes: [a, a], scope: span, routes: ["/a"], min: 99 }
    - { on: server, attributes: [a], routes: ["!"], min: 120% }
  personal_data: { allow: ["*"], ignore_field: [a] }
  retention: { traces: 14 days, review_by: 2027-02-30 }
  sampling: { keep_slower_than: 2, baseline: { min: 20%, max: 10% } }
)");
  EXPECT_THAT(errors, HasSubstr("budgets.yml:3:3: unknown key 'requierd'"));
  EXPECT_THAT(errors, HasSubstr("did you mean 'required'?"));
  EXPECT_THAT(errors, HasSubstr("budgets.yml:5:13: 'on' is 'sever'"));
  EXPECT_THAT(errors, HasSubstr("did you mean 'server'?"));
  EXPECT_THAT(errors, HasSubstr("budgets.yml:6:34: 'attributes' lists 'a' twice"));
  EXPECT_THAT(errors, HasSubstr("'scope' says nothing of log records"));
  EXPECT_THAT(errors, HasSubstr("'routes' says nothing of log records"));
  EXPECT_THAT(errors, HasSubstr("'min' is 99, which is more than all (write it with its sign: 99%)"));
  EXPECT_THAT(errors, HasSubstr("'!' leaves out no route"));
  EXPECT_THAT(errors, HasSubstr("'min' is '120%', which is not between 0% and 100%"));
  EXPECT_THAT(errors, HasSubstr("'*' in 'allow' takes in everything"));
  EXPECT_THAT(errors, HasSubstr("did you mean 'ignore_fields'?"));
  EXPECT_THAT(errors, HasSubstr("budgets.yml:9:24: 'traces' is '14 days' but must be a time such as 14d"));
  EXPECT_THAT(errors, HasSubstr("'review_by' is '2027-02-30', a day that does not exist"));
  EXPECT_THAT(errors, HasSubstr("'keep_slower_than'"));
  EXPECT_THAT(errors, HasSubstr("'min' is 20%, above 'max', which is 10%"));
}

TEST(TelemetrySection, SharesOnTheBoundsAreShares) {
  const Telemetry telemetry = telemetry_of(
      "telemetry: { required: [{ on: log, attributes: [a], min: 100% }, { on: log, attributes: [a], min: 1 }], "
      "sampling: { baseline: { min: 10%, max: 10% } } }\n");
  EXPECT_EQ(telemetry.required[0].min_percent, 100);
  EXPECT_EQ(telemetry.required[1].min_percent, 100);
  EXPECT_EQ(telemetry.sampling->baseline_max_percent, 10);
}

}  // namespace
}  // namespace budgetcheck
