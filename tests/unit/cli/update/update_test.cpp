#include "cli/update/update.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/update/command.h"
#include "unit/cli/parsed.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kSamples = R"({"version": 1, "samples": [
{"metric": "bundle.gzip", "where": {"entry": "main", "type": "js"}, "unit": "B", "value": 25930},
{"metric": "bundle.gzip", "where": {"entry": "admin", "type": "js"}, "unit": "B", "value": 24000},
{"metric": "lighthouse.lcp", "where": {"page": "/"}, "unit": "ms", "runs": [2800, 2810, 2820]}
]})";

struct Tried {
  UpdatePlan plan;
  std::string text;  ///< of the file afterwards
};

Tried update(const std::string& budgets, UpdateOptions options, const std::string& base = "") {
  MemoryFileSystem files;
  const std::string before = "version: 1\ninputs: [ s.json ]\nbudgets:\n" + budgets;
  files.add("budgets.yml", before);
  files.add("s.json", kSamples);
  files.add("base.json", base);
  options.check.base = base.empty() ? "none" : "base.json";
  options.check.today = "2026-11-30";
  Tried out;
  out.plan = plan_update(files, options);
  out.text = out.plan.text.empty() ? "unchanged" : out.plan.text.substr(before.size() - budgets.size());
  return out;
}

UpdateOptions raise(std::vector<std::string> ids) {
  UpdateOptions options;
  options.ids = std::move(ids);
  options.reason = "PERF-1";
  options.owner = "web";
  return options;
}

UpdateOptions to(const std::string& value, const std::string& reason = "") {
  UpdateOptions options;
  options.ids = {"a"};
  options.to = value;
  options.reason = reason;
  options.owner = reason;
  return options;
}

constexpr const char* kMain = "- { id: a, metric: bundle.gzip, where: { entry: main }, max: 24 kB }\n";

TEST(Update, RaisesALimitToWhatWasMeasured) {
  const Tried tried = update(kMain, raise({"a"}));
  EXPECT_EQ(tried.plan.code, 0) << tried.plan.err;
  EXPECT_EQ(tried.text,
            "- { id: a, metric: bundle.gzip, where: { entry: main }, max: 26 kB, raised: { reason: PERF-1, owner: web, "
            "expires: 2027-02-28 } }\n");
  EXPECT_EQ(tried.plan.out,
            "a: max 24 kB -> 26 kB (25.9 kB measured)\n"
            "raised by web until 2027-02-28: PERF-1\n"
            "wrote budgets.yml; next: budgetcheck check, then commit it with the change that needs it\n");
}

TEST(Update, ABudgetThatPassesStaysAsItIs) {
  // At its limit to the byte.
  const Tried tried = update("- { id: a, metric: bundle.gzip, where: { entry: admin }, max: 24 kB }\n", raise({"a"}));
  EXPECT_EQ(tried.plan.code, 0);
  EXPECT_EQ(tried.text, "unchanged");
  EXPECT_THAT(tried.plan.out, HasSubstr("a: passes already, so nothing is changed"));
  // One byte below it.
  EXPECT_THAT(update("- { id: a, metric: bundle.gzip, where: { entry: admin }, max: 23999 B }\n", raise({"a"})).text,
              HasSubstr("max: 24000 B, raised:"));
}

TEST(Update, PassesAtEveryPlace) {
  EXPECT_THAT(update("- { id: a, metric: bundle.gzip, where: { entry: '*' }, max: 20 kB }\n", raise({"a"})).text,
              HasSubstr("max: 26 kB"));
  const Tried both =
      update("- { id: a, metric: bundle.gzip, where: { entry: '*' }, max: 25 kB, min: 25 kB }\n", raise({"a"}));
  EXPECT_THAT(both.text,
              HasSubstr("max: 26 kB, min: 24 kB, raised: { reason: PERF-1, owner: web, expires: 2027-02-28 } }"))
      << both.plan.err;
}

TEST(Update, AWarningIsRaisedToo) {
  EXPECT_THAT(
      update("- { id: a, metric: bundle.gzip, where: { entry: main }, max: 24 kB, level: warning }\n", raise({"a"}))
          .text,
      HasSubstr("max: 26 kB"));
  EXPECT_THAT(update("- { id: a, metric: bundle.gzip, where: { entry: main }, max: 24 kB, enforce_from: 2027-01-01 }\n",
                     raise({"a"}))
                  .text,
              HasSubstr("max: 26 kB"));
}

TEST(Update, AllOrNothing) {
  const Tried tried = update(
      std::string(kMain) + "- { id: b, metric: bundle.gzip, where: { entry: shop }, max: 1 kB }\n", raise({"a", "b"}));
  EXPECT_EQ(tried.plan.code, 3);
  EXPECT_EQ(tried.text, "unchanged");
  EXPECT_THAT(tried.plan.err, HasSubstr("budgets.yml:5:3: 'b' cannot be measured: "));
  EXPECT_THAT(tried.plan.out, IsEmpty());
}

TEST(Update, ABudgetThatJudgesNothing) {
  const Tried tried = update(
      std::string(kMain) + "- { id: b, metric: bundle.gzip, where: { entry: 'ma*' }, max: 1 kB }\n", raise({"b"}));
  EXPECT_EQ(tried.plan.code, 2);
  EXPECT_THAT(tried.plan.err, HasSubstr("'b' judges nothing: more specific budgets judge all that it selects"));
}

TEST(Update, AnIdThatIsNotThere) {
  const Tried tried =
      update("- { id: main-js, metric: bundle.gzip, max: 1 kB }\n", raise({"main-jss", "other", "Main-js"}));
  EXPECT_EQ(tried.plan.code, 2);
  EXPECT_THAT(tried.plan.err, HasSubstr("there is no budget 'main-jss' (did you mean 'main-js'?)"));
  EXPECT_THAT(tried.plan.err,
              HasSubstr("there is no budget 'other' (an id is what check and explain call the budget)"));
  EXPECT_THAT(tried.plan.err, HasSubstr("there is no budget 'Main-js' (did you mean 'main-js'? (capital and small"));
}

TEST(Update, ADerivedIdIsAName) {
  EXPECT_THAT(
      update("- { metric: bundle.gzip, where: { entry: main }, max: 24 kB }\n", raise({"bundle.gzip{entry=main}"}))
          .text,
      HasSubstr("max: 26 kB"));
}

TEST(Update, ToSetsALimitThatPasses) {
  EXPECT_THAT(update(kMain, to("30 KiB", "x")).text, HasSubstr("max: 30 KiB, raised: { reason: x"));
  const Tried fails = update(kMain, to("25 kB", "x"));
  EXPECT_EQ(fails.plan.code, 2);
  EXPECT_THAT(fails.plan.err,
              HasSubstr("'a' would not pass with max 25 kB: 25.9 kB is 930 B (3.7%) over the limit of 25 kB"));
  EXPECT_THAT(fails.plan.err, HasSubstr("(--to '26 kB' passes, or leave --to out)"));
  EXPECT_THAT(update(kMain, to("30", "x")).plan.err, HasSubstr("--to: '30' needs a unit"));
  EXPECT_THAT(update(kMain, to("30 kB")).plan.err,
              HasSubstr("'a' gets a looser limit, which needs --reason and --owner"));
}

TEST(Update, ATighterLimitNeedsNoReason) {
  const std::string loose = "- { id: a, metric: bundle.gzip, where: { entry: main }, max: 40 kB }\n";
  const Tried tried = update(loose, to("28 kB"));
  EXPECT_EQ(tried.text, "- { id: a, metric: bundle.gzip, where: { entry: main }, max: 28 kB }\n") << tried.plan.err;
  EXPECT_THAT(tried.plan.out, testing::Not(HasSubstr("raised by")));
  EXPECT_THAT(update(loose, to("40 kB")).plan.out, HasSubstr("a: max is 40 kB already"));
}

TEST(Update, ToOfTwoLimitsSetsTheBrokenOne) {
  const std::string start = "- { id: a, metric: bundle.gzip, where: { entry: main }, ";
  EXPECT_THAT(update(start + "min: 1 kB, max: 24 kB }\n", to("27 kB", "x")).text, HasSubstr("min: 1 kB, max: 27 kB"));
  EXPECT_THAT(update(start + "min: 1 kB, max: 27 kB }\n", to("26 kB")).plan.err,
              HasSubstr("has a min and a max and keeps both"));
}

std::string base_of(int bytes) {
  return R"({"version": 1, "samples": [{"metric": "bundle.gzip", "where": {"entry": "main", "type": "js"}, "unit": "B", "value": )" +
         std::to_string(bytes) + "}]}";
}

TEST(Update, AGrowthThatIsTooMuchGetsALargerMaxIncrease) {
  const std::string start = "- { id: a, metric: bundle.gzip, where: { entry: main }, ";
  // 25,930 of 20,000 bytes: 29.65 %.
  EXPECT_THAT(update(start + "max: 40 kB, max_increase: 5% }\n", raise({"a"}), base_of(20'000)).text,
              HasSubstr("max: 40 kB, max_increase: 30%, raised: {"));
  EXPECT_THAT(update(start + "max_increase: 2 kB }\n", raise({"a"}), base_of(20'000)).text,
              HasSubstr("max_increase: 6 kB, raised: {"));
  // Both must be exceeded, so one is enough: the one that has to move less.
  EXPECT_THAT(update(start + "max_increase: { percent: 20, absolute: 1 kB } }\n", raise({"a"}), base_of(20'000)).text,
              HasSubstr("max_increase: { percent: 30, absolute: 1 kB }, raised: {"));
  const Tried told = update(start + "max_increase: 5% }\n", raise({"a"}), base_of(20'000));
  EXPECT_THAT(told.plan.out, HasSubstr("a: max_increase 5% -> 30% (+5.9 kB since the base)"));
  EXPECT_THAT(told.plan.out, HasSubstr("take it back once this one is on the main branch"));
}

TEST(Update, AGrowthThatNoLimitOfTheFileForbids) {
  const Tried tried =
      update("- { id: a, metric: bundle.gzip, where: { entry: main }, max: 40 kB }\n", raise({"a"}), base_of(20'000));
  EXPECT_EQ(tried.plan.code, 2);
  EXPECT_THAT(tried.plan.err, HasSubstr("'a' keeps its limit and fails for its growth"));
  EXPECT_THAT(
      tried.plan.err,
      HasSubstr("under waivers: - { budget: a, owner: web, reason: PERF-1, expires: YYYY-MM-DD, ceiling: 40 kB }"));
}

TEST(Update, AGrowthWithoutABaseIsNotJudged) {
  const Tried tried =
      update("- { id: a, metric: bundle.gzip, where: { entry: main }, max_increase: 5% }\n", raise({"a"}));
  EXPECT_EQ(tried.plan.code, 3);
  EXPECT_THAT(tried.plan.err, HasSubstr("'a' cannot be judged yet"));
}

TEST(Update, ADayThatIsOverExcusesNothing) {
  UpdateOptions options = raise({"a"});
  options.expires = "2026-11-29";
  EXPECT_THAT(update(kMain, options).plan.err, HasSubstr("--expires 2026-11-29 is over"));
  options.expires = "2026-11-30";
  EXPECT_THAT(update(kMain, options).text, HasSubstr("expires: 2026-11-30"));
}

TEST(Update, ADryRunShowsTheLines) {
  UpdateOptions options = raise({"a"});
  options.dry_run = true;
  const Tried tried = update("# c\n- id: a\n  metric: bundle.gzip\n  where: { entry: main }\n  max: 24 kB\n", options);
  EXPECT_EQ(tried.text, "unchanged");
  EXPECT_THAT(tried.plan.out, HasSubstr("would change budgets.yml:\n"
                                        "@@ -8 +8,2 @@\n"
                                        "-  max: 24 kB\n"
                                        "+  max: 26 kB\n"
                                        "+  raised: { reason: PERF-1, owner: web, expires: 2027-02-28 }\n"));
}

TEST(Update, WithoutStoredResultsNothingCanBeTightened) {
  UpdateOptions options;
  options.tighten = true;
  const Tried tried = update(kMain, options);
  EXPECT_EQ(tried.plan.code, 0);
  EXPECT_THAT(tried.plan.out, HasSubstr("no limit can be tightened: that takes ten stored results"));
  MemoryFileSystem files;  // a file of rules alone
  files.add("budgets.yml", "version: 1\ninputs: [ s.json ]\n");
  files.add("s.json", kSamples);
  options.check.base = "none";
  EXPECT_THAT(plan_update(files, options).out, HasSubstr("no limit can be tightened"));
}

TEST(Update, RefusesInCi) {
  const auto in_ci = [](const char* name) { return std::string_view(name) == "CI" ? "true" : nullptr; };
  testing::internal::CaptureStderr();
  EXPECT_EQ(run_update(MemoryFileSystem(), in_ci, raise({"a"})), 2);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("update does not run in CI"));
}

TEST(UpdateCommand, SaysWhatIsMissing) {
  EXPECT_THAT(errors_of({"update"}), HasSubstr("'update' takes the id of at least one budget"));
  EXPECT_THAT(errors_of({"update", "a"}), HasSubstr("raising a limit needs --reason and --owner"));
  EXPECT_THAT(errors_of({"update", "a", "--owner", "x"}), HasSubstr("raising a limit needs --reason ("));
  EXPECT_THAT(errors_of({"update", "a", "b", "--to", "3"}), HasSubstr("--to sets the limit of one budget"));
  EXPECT_THAT(errors_of({"update", "a", "--to", "3", "--tighten"}), HasSubstr("--to and --tighten exclude each other"));
  EXPECT_THAT(errors_of({"update", "a", "--owner", "x", "--reason", "a\nb"}),
              HasSubstr("--reason takes one line of text"));
  EXPECT_THAT(errors_of({"update", "a", "--to", "3"}), IsEmpty());
  EXPECT_THAT(errors_of({"update", "--tighten"}), IsEmpty());
}

}  // namespace
}  // namespace budgetcheck
