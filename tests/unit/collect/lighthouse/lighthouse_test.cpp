#include "collect/lighthouse/lighthouse.h"

#include <gtest/gtest.h>

#include "unit/collect/lighthouse/lighthouse_testing.h"

namespace budgetcheck {
namespace {

using testing::collect_fixture;
using testing::collect_text;
using testing::Collected;
using testing::kHomeMobile;
using testing::lhr;
using testing::numeric;

struct Expectation {
  std::string fixture, page, device;
  double lcp, fcp, tbt, cls, si, score, script_bytes, requests;
};

/// What Lighthouse itself wrote into the files that the fixtures were cut from (numericValue of the audits, which
/// agrees with its own `metrics` audit; categories.performance.score; resource-summary).
class LighthouseFixtures : public ::testing::TestWithParam<Expectation> {};

TEST_P(LighthouseFixtures, GiveTheNumbersThatLighthouseStates) {
  const Expectation& want = GetParam();
  const Collected got = collect_fixture(want.fixture);
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.input.state, InputState::kRead);
  const Labels where{{"page", want.page}, {"device", want.device}};
  EXPECT_EQ(got.value("lighthouse.lcp", where), want.lcp);
  EXPECT_EQ(got.value("lighthouse.fcp", where), want.fcp);
  EXPECT_EQ(got.value("lighthouse.tbt", where), want.tbt);
  EXPECT_EQ(got.value("lighthouse.cls", where), want.cls);
  EXPECT_EQ(got.value("lighthouse.si", where), want.si);
  EXPECT_EQ(got.value("lighthouse.score.performance", where), want.score);
  EXPECT_EQ(got.value("lighthouse.resource.script.bytes", where), want.script_bytes);
  EXPECT_EQ(got.value("lighthouse.resource.total.requests", where), want.requests);
  for (const Sample& sample : got.facts.samples) {
    EXPECT_EQ(sample.where, where) << sample.metric;
    EXPECT_EQ(sample.location.file, "lhr.json");
    EXPECT_FALSE(sample.location.pointer.empty());
  }
}

INSTANTIATE_TEST_SUITE_P(Real, LighthouseFixtures,
                         ::testing::Values(Expectation{"lh11-report-failed-audits", "/report", "mobile", 2000.6821,
                                                       1607.58135, 32.5, 0, 1607.58135, 99, 119593, 6},
                                           Expectation{"lh12-home-only-performance", "/", "mobile", 2064.894, 1489.447,
                                                       42, 0, 1489.447, 99, 90050, 7},
                                           Expectation{"lh13-home-mobile-1", "/", "mobile", 1975.7746000000002,
                                                       1564.609125, 4.5, 0, 1564.609125, 99, 90050, 7},
                                           Expectation{"lh13-home-mobile-2", "/", "mobile", 2050.7952,
                                                       1618.6219999999998, 31.5, 0, 1618.6219999999998, 98, 90050, 7},
                                           Expectation{"lh13-home-desktop", "/", "desktop", 457.63325, 411.694375, 0, 0,
                                                       493.05252408324145, 100, 90050, 7},
                                           Expectation{"lh13-dashboard-mobile", "/dashboard", "mobile",
                                                       822.5889999999999, 822.5889999999999, 310, 0, 1784.9285192444204,
                                                       93, 259419, 9}),
                         [](const auto& param) {
                           std::string name = param.param.fixture;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(Lighthouse, NamesUnitsAndShortNames) {
  const Collected got = collect_fixture("lh13-home-mobile-1");
  EXPECT_EQ(got.find("lighthouse.lcp", kHomeMobile)->unit, Unit::kMilliseconds);
  EXPECT_EQ(got.find("lighthouse.cls", kHomeMobile)->unit, Unit::kNone);
  EXPECT_EQ(got.find("lighthouse.total-byte-weight", kHomeMobile)->unit, Unit::kBytes);
  EXPECT_EQ(got.value("lighthouse.total-byte-weight", kHomeMobile), 285311);
  EXPECT_EQ(got.find("lighthouse.dom-size-insight", kHomeMobile)->unit, Unit::kCount);
  EXPECT_EQ(got.value("lighthouse.dom-size-insight", kHomeMobile), 221);
  EXPECT_EQ(got.find("lighthouse.score.performance", kHomeMobile)->unit, Unit::kPoints);
  EXPECT_EQ(got.find("lighthouse.resource.image.bytes", kHomeMobile)->unit, Unit::kBytes);
  EXPECT_EQ(got.find("lighthouse.resource.image.requests", kHomeMobile)->unit, Unit::kCount);
  EXPECT_EQ(got.value("lighthouse.ttfb", kHomeMobile), 4);
  EXPECT_EQ(got.value("lighthouse.tti", kHomeMobile), 1990.7746000000002);
  EXPECT_EQ(got.first("lighthouse.largest-contentful-paint"), nullptr);
}

TEST(Lighthouse, ALongNameIsExplainedNotMeasuredTwice) {
  const Collected got = collect_fixture("lh13-home-mobile-1");
  EXPECT_EQ(got.answer("lighthouse.largest-contentful-paint"),
            "'lighthouse.largest-contentful-paint' is called 'lighthouse.lcp' here | write 'lighthouse.lcp' in the "
            "budget | budget");
  EXPECT_NE(got.answer("lighthouse.interaction-to-next-paint").find("'lighthouse.inp'"), std::string::npos);
  EXPECT_NE(got.answer("lighthouse.experimental-interaction-to-next-paint").find("'lighthouse.inp'"),
            std::string::npos);
}

TEST(Lighthouse, ExperimentalInpOfVersion10IsInp) {
  const Collected got =
      collect_text(lhr(numeric("experimental-interaction-to-next-paint", "120"), R"("unused":1,)", "10.4.0"));
  EXPECT_EQ(got.value("lighthouse.inp", kHomeMobile), 120);
  EXPECT_EQ(got.input.state, InputState::kRead);
}

// Mobile and desktop runs of one page have the same URL: they must never be one group, or the fast desktop hides the
// slow mobile.
TEST(Lighthouse, MobileAndDesktopOfOnePageStayApart) {
  const Collected mobile = collect_fixture("lh13-home-mobile-1");
  const Collected desktop = collect_fixture("lh13-home-desktop");
  EXPECT_NE(mobile.first("lighthouse.lcp")->where, desktop.first("lighthouse.lcp")->where);
}

TEST(Lighthouse, RunsOfOnePageHaveEqualLabelsAndSource) {
  const Collected one = collect_fixture("lh13-home-mobile-1");
  const Collected two = collect_fixture("lh13-home-mobile-2");
  EXPECT_EQ(one.first("lighthouse.lcp")->where, two.first("lighthouse.lcp")->where);
  EXPECT_EQ(one.first("lighthouse.lcp")->source, two.first("lighthouse.lcp")->source);
}

TEST(Lighthouse, RunsThatAreNotComparableAreToldApart) {
  const auto source = [](const std::string& text) { return collect_text(text).first("lighthouse.lcp")->source; };
  const std::string audits = numeric("largest-contentful-paint", "100");
  const std::string base = lhr(audits, R"("x":0,)");
  EXPECT_EQ(source(base), source(base));
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = base;
    return text.replace(text.find(from), from.size(), to);
  };
  EXPECT_NE(source(base), source(with("https://shop.example/", "https://staging.example/")));
  EXPECT_NE(source(base), source(with("13.5.0", "12.8.2")));
  EXPECT_EQ(source(base), source(with("13.5.0", "13.1.0")));
  EXPECT_NE(source(base), source(with(R"("formFactor")", R"("throttling":{"cpuSlowdownMultiplier":4},"formFactor")")));
  const Collected devtools = collect_text(with("simulate", "devtools"));
  EXPECT_EQ(devtools.first("lighthouse.lcp")->where,
            (Labels{{"page", "/"}, {"device", "mobile"}, {"throttling", "devtools"}}));
}

// A run that failed still writes a whole result, with finalUrl chrome-error://; other tools make it a page of its own.
TEST(Lighthouse, ARunThatFailedMeasuresNothingAndKeepsItsPage) {
  const Collected got = collect_fixture("lh13-runtime-error");
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.input.state, InputState::kIncomplete);
  EXPECT_NE(got.input.message.find("CHROME_INTERSTITIAL_ERROR"), std::string::npos);
  EXPECT_FALSE(got.input.hint.empty());
  EXPECT_TRUE(got.facts.samples.empty());
  ASSERT_EQ(got.facts.unmeasured.size(), 1U);
  EXPECT_EQ(got.facts.unmeasured[0].metric, "lighthouse.");
  EXPECT_EQ(got.facts.unmeasured[0].where, kHomeMobile);
  EXPECT_TRUE(got.facts.unmeasured[0].input_at_fault);
}

TEST(Lighthouse, ANumberInAFailedRunIsNotUsed) {
  const std::string error = R"("runtimeError":{"code":"NO_FCP","message":"see https://a.example/?token=secret#x."},)";
  const Collected got = collect_text(lhr(numeric("largest-contentful-paint", "1"), error));
  EXPECT_TRUE(got.facts.samples.empty());
  EXPECT_EQ(got.input.message.find("secret"), std::string::npos);
  EXPECT_EQ(got.facts.unmeasured.at(0).reason.find("secret"), std::string::npos);
  const std::string none = R"("runtimeError":{"code":"NO_ERROR","message":""},)";
  EXPECT_EQ(collect_text(lhr(numeric("largest-contentful-paint", "1"), none)).value("lighthouse.lcp", kHomeMobile), 1);
}

// Lighthouse 11 on a newer Chrome: six audits failed, the score stands.
TEST(Lighthouse, SingleFailedAuditsAreOpenTheOthersMeasured) {
  const Collected got = collect_fixture("lh11-report-failed-audits");
  EXPECT_EQ(got.input.state, InputState::kRead);
  EXPECT_NE(got.input.message.find("6 of "), std::string::npos);
  const Unmeasured* gap = got.gap("lighthouse.largest-contentful-paint-element");
  ASSERT_NE(gap, nullptr);
  EXPECT_TRUE(gap->input_at_fault);
  EXPECT_NE(gap->reason.find("failed in Lighthouse: 'Required TraceElements gatherer"), std::string::npos);
  EXPECT_NE(got.first("lighthouse.score.performance"), nullptr);
  EXPECT_EQ(got.answer("lighthouse.dom-size"), "measured");
}

TEST(Lighthouse, AFailedMetricIsNeverZeroAndItsScoreIsNone) {
  const Collected got = collect_text(lhr(
      R"("largest-contentful-paint":{"scoreDisplayMode":"error","errorMessage":"NO_LCP","numericValue":0},)" +
          numeric("speed-index", "5"),
      R"("categories":{"performance":{"score":null,"auditRefs":[{"id":"largest-contentful-paint","weight":25}]}},)"));
  EXPECT_EQ(got.first("lighthouse.lcp"), nullptr);
  EXPECT_TRUE(got.answer("lighthouse.lcp")
                  .starts_with("the audit 'largest-contentful-paint' failed in Lighthouse: 'NO_LCP' | "));
  EXPECT_EQ(got.first("lighthouse.score.performance"), nullptr);
  EXPECT_EQ(got.answer("lighthouse.score.performance"),
            "the category 'performance' has no score, because 'largest-contentful-paint' failed in Lighthouse | run "
            "Lighthouse again | input");
}

TEST(Lighthouse, ValuesThatAreNoNumbersAreOpen) {
  for (const char* value : {"null", "\"NaN\"", "-1", "[]", "true"}) {
    const Collected got =
        collect_text(lhr(numeric("largest-contentful-paint", value) + "," + numeric("redirects", "0")));
    EXPECT_EQ(got.first("lighthouse.lcp"), nullptr) << value;
    ASSERT_NE(got.gap("lighthouse.lcp"), nullptr) << value;
    EXPECT_TRUE(got.answer("lighthouse.lcp").ends_with(" | input")) << value;
    EXPECT_EQ(got.value("lighthouse.redirects", kHomeMobile), 0);
  }
}

TEST(Lighthouse, AnAuditThatDidNotApplyIsNotMeasured) {
  const Collected got = collect_text(
      lhr(numeric("interaction-to-next-paint", "0", "millisecond", "notApplicable") + "," + numeric("redirects", "1")));
  EXPECT_EQ(got.first("lighthouse.inp"), nullptr);
  EXPECT_TRUE(got.answer("lighthouse.inp").ends_with(" | budget"));
}

TEST(Lighthouse, ATimespanInWhichNobodyActedSaysSo) {
  const Collected got = collect_text(
      R"({"lighthouseVersion":"13.0.0","gatherMode":"timespan","configSettings":{"formFactor":"mobile"},"audits":{)" +
      numeric("interaction-to-next-paint", "0", "millisecond", "notApplicable") + "," + numeric("redirects", "1") +
      "}}");
  EXPECT_EQ(
      got.answer("lighthouse.inp"),
      "the audit 'interaction-to-next-paint' did not apply: nobody clicked, tapped or typed in this timespan | let "
      "the user flow do so within the timespan | input");
}

TEST(Lighthouse, ATextInThePlaceOfANumberIsNamed) {
  const Collected got =
      collect_text(lhr(numeric("largest-contentful-paint", "\"2.100,5\"") + "," + numeric("redirects", "1")));
  EXPECT_TRUE(got.answer("lighthouse.lcp").find("has a text in place of a number") != std::string::npos);
}

TEST(Lighthouse, ScoresAreWholePoints) {
  const std::string refs = R"(,"auditRefs":[{"id":"a","weight":1}]})";
  for (const auto& [score, points] : std::vector<std::pair<std::string, double>>{
           {"0.57", 57}, {"0.29", 29}, {"0.58", 58}, {"1", 100}, {"0", 0}, {"0.07", 7}}) {
    const Collected got =
        collect_text(lhr(numeric("a", "1"), R"("categories":{"seo":{"score":)" + score + refs + "},"));
    EXPECT_EQ(got.value("lighthouse.score.seo", kHomeMobile), points) << score;
  }
  for (const char* score : {"1.01", "-0.5", "null", "\"1\""}) {
    const Collected got =
        collect_text(lhr(numeric("a", "1"), R"("categories":{"seo":{"score":)" + std::string(score) + refs + "},"));
    EXPECT_EQ(got.first("lighthouse.score.seo"), nullptr) << score;
    EXPECT_TRUE(got.answer("lighthouse.score.seo").ends_with(" | input")) << score;
  }
}

// `--only-categories` takes audits out without a trace other than configSettings.
TEST(Lighthouse, SettingsThatLeaveThingsOutAreNamed) {
  const Collected only_performance = collect_fixture("lh12-home-only-performance");
  EXPECT_EQ(only_performance.answer("lighthouse.score.accessibility"),
            "'onlyCategories' of the Lighthouse settings leaves out the category 'accessibility' | run Lighthouse with "
            "it, or narrow the budget's 'where' to the runs that have it | input");
  EXPECT_EQ(only_performance.answer("lighthouse.score.performance"), "measured");

  const Collected only_audits = collect_fixture("lh13-legacy-only-audits");
  EXPECT_NE(only_audits.answer("lighthouse.tbt").find("'onlyAudits' of the Lighthouse settings leaves out"),
            std::string::npos);
  EXPECT_NE(only_audits.answer("lighthouse.resource.").find("'onlyAudits'"), std::string::npos);
  EXPECT_NE(only_audits.answer("lighthouse.user-timing.").find("'onlyAudits'"), std::string::npos);
  EXPECT_EQ(only_audits.answer("lighthouse.lcp"), "measured");

  const Collected skipped = collect_text(
      R"({"lighthouseVersion":"12.0.0","requestedUrl":"https://a.example/","configSettings":{"skipAudits":["redirects"]},)"
      R"("audits":{"dom-size":{"scoreDisplayMode":"numeric","numericValue":3,"numericUnit":"element"}}})");
  EXPECT_NE(skipped.answer("lighthouse.redirects").find("'skipAudits'"), std::string::npos);
  EXPECT_TRUE(skipped.answer("lighthouse.redirects").ends_with(" | input"));
  EXPECT_NE(skipped.answer("lighthouse.bootup-time").find("the result does not have"), std::string::npos);
}

// With --only-audits=largest-contentful-paint Lighthouse writes performance: 1, which is the score of that one audit.
TEST(Lighthouse, AScoreOfSomeOfTheAuditsIsNotThePerformanceScore) {
  const Collected got = collect_fixture("lh13-legacy-only-audits");
  EXPECT_EQ(got.first("lighthouse.score.performance"), nullptr);
  ASSERT_NE(got.gap("lighthouse.score.performance"), nullptr);
  EXPECT_TRUE(got.answer("lighthouse.score.performance").ends_with(" | input"));

  const Collected skipped = collect_text(
      lhr(numeric("largest-contentful-paint", "1"),
          R"("categories":{"performance":{"score":1,"auditRefs":[{"id":"largest-contentful-paint","weight":25}]}},)"));
  EXPECT_EQ(skipped.first("lighthouse.score.performance"), nullptr);
  EXPECT_NE(skipped.answer("lighthouse.score.performance").find("without 'first-contentful-paint'"), std::string::npos);
}

TEST(Lighthouse, ReadsTheSizesOfOlderVersionsAndNoMadeUpOnes) {
  const Collected got = collect_text(lhr(R"("resource-summary":{"scoreDisplayMode":"informative","details":{"items":[)"
                                         R"({"resourceType":"script","requestCount":2,"size":1000},)"
                                         R"({"resourceType":"font","requestCount":1,"transferSize":null},)"
                                         R"({"resourceType":"image","requestCount":0,"transferSize":0}]}})"));
  EXPECT_EQ(got.value("lighthouse.resource.script.bytes", kHomeMobile), 1000);
  EXPECT_EQ(got.value("lighthouse.resource.script.requests", kHomeMobile), 2);
  EXPECT_EQ(got.value("lighthouse.resource.image.bytes", kHomeMobile), 0);
  EXPECT_EQ(got.first("lighthouse.resource.font.bytes"), nullptr);
  EXPECT_TRUE(got.answer("lighthouse.resource.font.bytes").ends_with(" | input"));
}

TEST(Lighthouse, UserTimingsAreDurationsOfMeasuresAndStartsOfMarks) {
  const Collected got = collect_text(lhr(R"("user-timings":{"scoreDisplayMode":"informative","details":{"items":[)"
                                         R"({"name":"hydrate","timingType":"Measure","startTime":5,"duration":80},)"
                                         R"({"name":"hydrate","timingType":"Measure","startTime":9,"duration":120},)"
                                         R"({"name":"ready","timingType":"Mark","startTime":900},)"
                                         R"({"name":"both","timingType":"Mark","startTime":700},)"
                                         R"({"name":"both","timingType":"Measure","startTime":1,"duration":30},)"
                                         R"({"name":"get /a?token=secret","timingType":"Mark","startTime":3},)"
                                         R"({"name":"broken","timingType":"Measure","startTime":3},17]}})"));
  EXPECT_EQ(got.value("lighthouse.user-timing.hydrate", kHomeMobile), 120);  // the longer of two, not two runs
  EXPECT_EQ(got.value("lighthouse.user-timing.ready", kHomeMobile), 900);
  EXPECT_EQ(got.value("lighthouse.user-timing.both", kHomeMobile), 30);
  EXPECT_EQ(got.first("lighthouse.user-timing.broken"), nullptr);
  EXPECT_EQ(got.facts.samples.size(), 4U);
  for (const Sample& sample : got.facts.samples) {
    EXPECT_EQ(sample.metric.find("secret"), std::string::npos);
  }
  EXPECT_EQ(got.gap("lighthouse.user-timing."), nullptr);
}

TEST(Lighthouse, ManyUserTimingsAreBoundedAndSaid) {
  std::string items;
  for (int i = 0; i < 1500; ++i) {
    items += (i == 0 ? "" : ",") + (R"({"name":"m)" + std::to_string(i)) + R"(","timingType":"Mark","startTime":1})";
  }
  const Collected got =
      collect_text(lhr(R"("user-timings":{"scoreDisplayMode":"informative","details":{"items":[)" + items + "]}}"));
  EXPECT_EQ(got.facts.samples.size(), 1000U);
  EXPECT_NE(got.input.message.find("500 user timings left out"), std::string::npos);
}

TEST(Lighthouse, ThePageIsTheRequestedOneNotWhereItLanded) {
  const std::string text =
      R"({"lighthouseVersion":"13.0.0","requestedUrl":"https://a.example/cart?id=7","finalDisplayedUrl":)"
      R"("https://b.example/cart/","finalUrl":"https://b.example/cart/","audits":{)" +
      numeric("redirects", "1") + "}}";
  const Collected got = collect_text(text);
  const std::string* page = got.first("lighthouse.redirects")->where.find("page");
  ASSERT_NE(page, nullptr);
  EXPECT_TRUE(page->starts_with("/cart?~")) << *page;
}

TEST(Lighthouse, WarningsAreSaidWithoutWhatTheirUrlsCarry) {
  const Collected got = collect_text(lhr(
      numeric("redirects", "1"),
      R"("runWarnings":["your test URL (https://a.example/?token=secret) was redirected to /login?next=secret.","two"],)"));
  EXPECT_EQ(got.input.state, InputState::kRead);
  EXPECT_EQ(got.input.message,
            "Lighthouse gave 2 warnings, first: 'your test URL (https://a.example/?…) was redirected to /login?….'");
}

TEST(Lighthouse, ASlowMachineIsNoted) {
  const auto notes = [](const std::string& index) {
    return collect_text(lhr(numeric("redirects", "1"), R"("environment":{"benchmarkIndex":)" + index + "},"))
        .facts.notes;
  };
  ASSERT_EQ(notes("1000").size(), 1U);
  EXPECT_NE(notes("540.4")[0].find("benchmark index 540)"), std::string::npos);
  EXPECT_TRUE(notes("1000.5").empty());
}

TEST(Lighthouse, VersionsOutsideTheSupportedAreSaid) {
  const auto at = [](const std::string& version) {
    return collect_text(lhr(numeric("redirects", "1"), R"("x":1,)", version));
  };
  for (const char* version : {"9.6.8", "6.0.0", "", "beta"}) {
    const Collected old = at(version);
    EXPECT_EQ(old.input.state, InputState::kIncomplete) << version;
    EXPECT_TRUE(old.facts.samples.empty()) << version;
    EXPECT_EQ(old.facts.unmeasured.at(0).metric, "lighthouse.") << version;
  }
  EXPECT_NE(at("9.6.8").input.message.find("older than the oldest supported, 10"), std::string::npos);
  for (const char* version : {"10.0.0", "13.99.1", "12.0.0-dev.20240101"}) {
    EXPECT_EQ(at(version).input.state, InputState::kRead) << version;
    EXPECT_EQ(at(version).input.message, "") << version;
  }
  const Collected newer = at("14.0.0");
  EXPECT_EQ(newer.input.state, InputState::kRead);
  EXPECT_NE(newer.input.message.find("newer than this program knows (10 to 13)"), std::string::npos);
  EXPECT_EQ(newer.value("lighthouse.redirects", kHomeMobile), 1);
}

TEST(Lighthouse, AResultWithoutNumbersIsIncomplete) {
  for (const std::string& audits : {std::string(), std::string(R"("a":{"scoreDisplayMode":"binary","score":1})")}) {
    const Collected got = collect_text(lhr(audits));
    ASSERT_TRUE(got.result);
    EXPECT_EQ(got.input.state, InputState::kIncomplete);
    EXPECT_FALSE(got.input.message.empty());
  }
}

TEST(Lighthouse, BrokenFilesAreErrors) {
  EXPECT_FALSE(collect_text(R"({"lighthouseVersion":"13.0.0","requestedUrl":"x"})").result);
  EXPECT_FALSE(collect_text(R"({"lighthouseVersion":"13.0.0","audits":[]})").result);
  EXPECT_FALSE(collect_text(R"({"lighthouseVersion":"13.0.0","audits":"none"})").result);
  EXPECT_FALSE(collect_text("[]").result);
  EXPECT_FALSE(collect_text("").result);
  const std::string whole = testing::fixture("lh13-home-mobile-1");
  const Collected cut = collect_text(whole.substr(0, whole.size() / 2));
  ASSERT_FALSE(cut.result);
  EXPECT_NE(cut.result.error().message.find("cut off"), std::string::npos);
}

TEST(Lighthouse, MembersOfOtherTypesDoNotCrash) {
  for (const char* key : {"configSettings", "categories", "environment", "runWarnings", "runtimeError", "gatherMode",
                          "lighthouseVersion", "requestedUrl"}) {
    for (const char* value : {"null", "[]", "{}", "7", "\"x\"", "[{\"a\":[null]}]"}) {
      const Collected got = collect_text(R"({"lighthouseVersion":"13.0.0",")" + std::string(key) + "\":" + value +
                                         R"(,"audits":{"a":null,"b":[],"c":{"scoreDisplayMode":{},"details":7},)" +
                                         R"("resource-summary":{"details":{"items":[null,1,{}]}},"user-timings":[],)" +
                                         numeric("redirects", "1") + "}}");
      EXPECT_TRUE(got.result) << key << value;
    }
  }
}

TEST(Lighthouse, NamesFromTheFileAreSafeToShow) {
  const Collected got =
      collect_text(lhr(R"("a\u001b[31m\n":{"scoreDisplayMode":"numeric","numericValue":1,"numericUnit":"millisecond"},)"
                       R"("b":{"scoreDisplayMode":"error","errorMessage":"\u001b]0;x\u0007 line\nbreak"})",
                       R"("categories":{"\u202ex":{"score":1}},)"));
  for (const Sample& sample : got.facts.samples) {
    EXPECT_EQ(sample.metric.find_first_of("\x1b\n"), std::string::npos);
    EXPECT_EQ(sample.metric.find("\xE2\x80\xAE"), std::string::npos);
  }
  EXPECT_EQ(got.answer("lighthouse.b").find_first_of("\x1b\x07\n"), std::string::npos);
}

TEST(Lighthouse, AKeyThatComesTwiceIsNotTwoRuns) {
  const Collected got = collect_text(lhr(numeric("redirects", "1") + "," + numeric("redirects", "2")));
  EXPECT_EQ(got.value("lighthouse.redirects", kHomeMobile), 2);
  EXPECT_EQ(got.facts.samples.size(), 1U);
}

Sniff sniffed(std::vector<std::string> keys, std::string_view head = "{") {
  Sniff sniff;
  sniff.is_object = true;
  sniff.top_keys = std::move(keys);
  sniff.head = head;
  return sniff;
}

TEST(Lighthouse, RecognisesResultsAndFlowsOnly) {
  EXPECT_TRUE(lighthouse_format().recognises(sniffed({"lighthouseVersion", "requestedUrl", "audits"})));
  EXPECT_FALSE(lighthouse_format().recognises(sniffed({"audits", "requestedUrl"})));
  EXPECT_FALSE(lighthouse_format().recognises(sniffed({"url", "isRepresentativeRun", "jsonPath"})));
  Sniff manifest;
  manifest.is_array = true;  // lhci's manifest.json and assertion-results.json
  EXPECT_FALSE(lighthouse_format().recognises(manifest));
  EXPECT_FALSE(lighthouse_flow_format().recognises(manifest));
  EXPECT_TRUE(lighthouse_flow_format().recognises(sniffed({"steps", "name"}, R"({"steps":[{"lhr":{)")));
  EXPECT_FALSE(lighthouse_flow_format().recognises(sniffed({"steps", "name"}, R"({"steps":[{"run":"npm test"}]})")));
}

}  // namespace
}  // namespace budgetcheck
