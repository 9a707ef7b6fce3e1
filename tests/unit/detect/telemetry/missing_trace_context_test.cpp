#include "detect/telemetry/missing_trace_context.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

LoggerRecords logger(std::uint64_t records, std::uint64_t lacking, double min = 99,
                     const std::string& library = "pino") {
  LoggerRecords made{"app.log", "shop", "cron", library, records, records - lacking, {}};
  made.lacking.push_back({{"trace_id", "span_id"}, min, lacking, {"app.log", lacking == 0 ? 0U : 7U, 0, {}}});
  return made;
}

std::vector<Finding> found(std::vector<LoggerRecords> loggers) {
  Facts facts;
  facts.logs.loggers = std::move(loggers);
  Rule rule;
  rule.id = "missing-trace-context";
  rule.level = Level::kWarning;
  std::vector<Finding> findings;
  detect_missing_trace_context(facts, rule, findings);
  return findings;
}

TEST(MissingTraceContext, FiresBelowTheMinimum) {
  const auto findings = found({logger(100, 2)});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].message,
            "2 of 100 records (2%) of 'cron' of 'shop' lack trace_id or span_id, where 99% have to carry them");
  EXPECT_EQ(findings[0].subject, "shop cron");
  EXPECT_EQ(findings[0].location.line, 7U);
  EXPECT_EQ(findings[0].evidence.count, 2U);
  EXPECT_THAT(findings[0].fix.text, HasSubstr("outside of a span"));
}

TEST(MissingTraceContext, AtTheMinimumAndWithoutARequirementItIsSilent) {
  EXPECT_THAT(found({logger(100, 1)}), IsEmpty());
  EXPECT_THAT(found({logger(100, 0, 100)}), IsEmpty());
  EXPECT_EQ(found({logger(1000, 1, 100)}).size(), 1U);
  LoggerRecords nothing = logger(5, 5);
  nothing.lacking.clear();
  EXPECT_THAT(found({nothing}), IsEmpty());
}

TEST(MissingTraceContext, SaysWhatToInstall) {
  EXPECT_THAT(found({logger(5, 5)}).at(0).fix.text, HasSubstr("@opentelemetry/instrumentation-pino"));
  EXPECT_THAT(found({logger(5, 5, 99, "bunyan")}).at(0).fix.text, HasSubstr("bunyan 1 only"));
  EXPECT_THAT(found({logger(5, 5, 99, "")}).at(0).fix.text, HasSubstr("trace_id and span_id of the active span"));
  LoggerRecords other = logger(5, 0);
  other.logger = "http";
  EXPECT_THAT(found({logger(5, 5), other}).at(0).fix.text, HasSubstr("outside of a span"))
      << "the program is instrumented";
}

}  // namespace
}  // namespace budgetcheck
