#include "detect/unfed_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "budget/catalogue.h"
#include "collect/format.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

Rule rule_of(const std::string& id, Level level, bool asked) {
  Rule rule = *shipped_rules().find(id);
  rule.level = level;
  rule.asked = asked;
  return rule;
}

/// An input as its format declares it.
Input input_of(const std::string& format, const std::string& path) {
  Input input;
  input.path = path;
  input.format = format;
  const auto found =
      std::find_if(formats().begin(), formats().end(), [&](const Format& one) { return one.name == format; });
  EXPECT_NE(found, formats().end()) << format;
  input.feeds = found->feeds;
  return input;
}

/// Webpack's stats that list their modules only in part.
Facts hidden_modules() {
  Facts facts;
  facts.inputs = {input_of("webpack", "stats.json")};
  facts.samples = {
      {"bundle.duplicates", {}, Unit::kCount, 0.0, true, "the stats leave out modules", Location::of("stats.json")}};
  return facts;
}

Exchange answer(const std::string& file) {
  Exchange exchange;
  exchange.method = "GET";
  exchange.status = 200;
  exchange.type = "fetch";
  exchange.location.file = file;
  return exchange;
}

Findings said(const Facts& facts, const Rule& rule) { return detect(facts, RuleSet({rule})); }

TEST(UnfedRules, ARuleThatWasAskedForAndCannotLookLeavesTheRunUndecided) {
  Facts facts;
  facts.inputs = {input_of("access-log", "access.log")};
  const Findings findings = said(facts, rule_of("n-plus-one-api", Level::kError, true));
  ASSERT_THAT(findings.unanswered, SizeIs(1));
  EXPECT_EQ(findings.unanswered[0].kind, ErrorKind::kInput);
  EXPECT_EQ(findings.unanswered[0].message,
            "the rule 'n-plus-one-api' could not look: no capture says when each request was sent");
  EXPECT_THAT(findings.unanswered[0].hint, HasSubstr("HAR"));
  EXPECT_THAT(findings.notes, IsEmpty());
}

TEST(UnfedRules, BelowAnErrorItIsANote) {
  Facts facts;
  facts.inputs = {input_of("access-log", "access.log")};
  const Findings findings = said(facts, rule_of("n-plus-one-api", Level::kWarning, true));
  EXPECT_THAT(findings.unanswered, IsEmpty());
  EXPECT_THAT(findings.notes,
              ElementsAre(HasSubstr("could not look: no capture says when each request was sent (pass ")));
}

TEST(UnfedRules, NobodyAskedForARuleOnInputsOfOtherKinds) {
  Facts facts;
  for (const char* format : {"access-log", "curl", "files", "lighthouse", "vite", "pg_stat_statements"}) {
    facts.inputs = {input_of(format, "a")};
    for (const Rule& rule : shipped_rules().all()) {
      const Findings findings = said(facts, rule);
      EXPECT_THAT(findings.unanswered, IsEmpty()) << format << ' ' << rule.id;
      EXPECT_THAT(findings.notes, IsEmpty()) << format << ' ' << rule.id;
    }
  }
}

TEST(UnfedRules, AnInputThatHidesWhatItCouldTellIsSaidEvenIfNobodyAsked) {
  EXPECT_THAT(said(hidden_modules(), rule_of("duplicate-package", Level::kWarning, false)).notes,
              ElementsAre(HasSubstr("'duplicate-package' could not look everywhere: 'stats.json': the stats leave out "
                                    "modules (")));
  EXPECT_THAT(said(hidden_modules(), rule_of("duplicate-package", Level::kError, false)).unanswered, IsEmpty());
  EXPECT_THAT(said(hidden_modules(), rule_of("duplicate-package", Level::kError, true)).unanswered, SizeIs(1));
  Facts none = hidden_modules();
  none.samples.clear();
  none.unmeasured = {
      {"bundle.duplicates", {}, "the stats list no modules", "write them", Location::of("stats.json"), true}};
  const Findings findings = said(none, rule_of("duplicate-package", Level::kError, true));
  ASSERT_THAT(findings.unanswered, SizeIs(1));
  EXPECT_EQ(findings.unanswered[0].hint, "write them");
}

TEST(UnfedRules, AnotherInputThatTellsDoesNotExcuseOneThatHides) {
  Facts facts = hidden_modules();
  facts.inputs.push_back(input_of("esbuild", "meta.json"));
  EXPECT_THAT(said(facts, rule_of("duplicate-package", Level::kError, true)).unanswered, SizeIs(1));
  facts.inputs = {input_of("esbuild", "meta.json"), input_of("files", "dist")};
  EXPECT_THAT(said(facts, rule_of("duplicate-package", Level::kError, true)).unanswered, IsEmpty());
}

TEST(UnfedRules, AnInputThatCannotBeReadSaysSoItself) {
  Facts facts;
  facts.inputs = {input_of("webpack", "stats.json")};
  facts.inputs[0].state = InputState::kUnreadable;
  EXPECT_THAT(said(facts, rule_of("duplicate-package", Level::kError, true)).unanswered, IsEmpty());
}

TEST(UnfedRules, CapturesWithoutSizesOrPages) {
  Facts facts;
  facts.inputs = {input_of("har", "shop.har")};
  facts.capture.exchanges = {answer("shop.har")};
  EXPECT_THAT(said(facts, rule_of("uncompressed-response", Level::kError, true)).unanswered, SizeIs(1));
  EXPECT_THAT(said(facts, rule_of("duplicate-request", Level::kWarning, false)).notes, SizeIs(1)) << "no times";
  facts.capture.exchanges[0].decoded_bytes = 9;
  facts.capture.exchanges[0].transfer_bytes = 9;
  facts.capture.exchanges[0].start_ms = 0;
  EXPECT_THAT(said(facts, rule_of("uncompressed-response", Level::kError, true)).unanswered, IsEmpty());
  EXPECT_THAT(said(facts, rule_of("duplicate-request", Level::kWarning, false)).notes, IsEmpty())
      << "a client of an API has no pages";
  EXPECT_THAT(said(facts, rule_of("duplicate-request", Level::kError, true)).unanswered, SizeIs(1));
  facts.capture.exchanges[0].type = "document";
  EXPECT_THAT(said(facts, rule_of("duplicate-request", Level::kWarning, false)).notes, SizeIs(1)) << "a browser has";
  facts.capture.exchanges[0].visit = 1;
  facts.capture.exchanges[0].page = "/";
  EXPECT_THAT(said(facts, rule_of("duplicate-request", Level::kError, true)).unanswered, IsEmpty());
}

TEST(UnfedRules, StatementsNeedASchemaOrPlans) {
  Facts facts;
  facts.inputs = {input_of("postgres-log", "pg.log")};
  QueryLog log;
  log.input = "pg.log";
  log.statements = 1;
  facts.queries.logs = {log};
  EXPECT_THAT(said(facts, rule_of("full-scan", Level::kError, true)).unanswered, SizeIs(1));
  EXPECT_THAT(said(facts, rule_of("n-plus-one", Level::kError, true)).unanswered, IsEmpty());
  EXPECT_THAT(said(facts, rule_of("duplicate-query", Level::kError, true)).unanswered, SizeIs(1)) << "no ids";
  Input schema;
  schema.path = "schema.prisma";
  schema.format = "prisma-schema";
  schema.feeds = {FactKind::kAccessPaths};
  facts.inputs.push_back(schema);
  EXPECT_THAT(said(facts, rule_of("full-scan", Level::kError, true)).unanswered, IsEmpty());
}

TEST(UnfedRules, ARuleOfTheTeamsOwnIsMeantToLook) {
  Rule rule;
  rule.id = "slow-page";
  rule.kind = RuleKind::kThreshold;
  rule.metric = "lighthouse.lcp";
  rule.limit = 1;
  rule.level = Level::kError;
  rule.asked = true;
  Facts facts;
  facts.inputs = {input_of("har", "shop.har")};
  EXPECT_THAT(said(facts, rule).unanswered, SizeIs(1));
  facts.inputs.push_back(input_of("lighthouse", "lhr.json"));
  facts.inputs.back().families = {"lighthouse."};
  EXPECT_THAT(said(facts, rule).unanswered, IsEmpty()) << "the note on rules that match nothing says more";
}

TEST(UnfedRules, EveryRuleNeedsWhatSomeFormatFeeds) {
  for (const Detector& detector : detectors()) {
    // What looks at inputs of every kind has no need, and says itself when it looked at none.
    const bool says_itself = detector.detect == nullptr || detector.note_gaps != nullptr;
    EXPECT_TRUE(!detector.needs.empty() || says_itself) << detector.rule;
    for (const FactKind kind : detector.needs) {
      EXPECT_TRUE(std::any_of(formats().begin(), formats().end(), [&](const Format& format) {
        return std::find(format.feeds.begin(), format.feeds.end(), kind) != format.feeds.end();
      })) << detector.rule;
    }
  }
}

}  // namespace
}  // namespace budgetcheck
