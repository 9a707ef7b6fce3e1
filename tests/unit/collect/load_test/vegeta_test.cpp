#include "collect/load_test/vegeta.h"

#include "unit/collect/load_test/load_read.h"

namespace budgetcheck {
namespace {

using testing::format_of;
using testing::read_load;

std::string report(const std::string& codes, const std::string& requests = "360", const std::string& begin = "1") {
  return R"({"latencies":{"total":7713906758,"mean":21427519,"50th":20804822,"90th":33689099,"95th":35805804,)"
         R"("99th":45936819,"max":48005249,"min":481574},"bytes_in":{"total":1,"mean":1},"bytes_out":{"total":0,"mean":0},)"
         R"("earliest":"2026-11-29T00:32:2)" +
         begin + R"(Z","duration":6000000000,"wait":500000000,"requests":)" + requests +
         R"(,"rate":60,"throughput":51,"success":0.925,"status_codes":{)" + codes + R"(},"errors":[]})";
}

TEST(VegetaReport, NanosecondsAndCodes) {
  const std::string text = report(R"("200":325,"302":8,"503":16,"429":7,"0":4)");
  EXPECT_EQ(format_of(text), "vegeta");
  const auto got = read_load(vegeta_report_format(), text);
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.errors(), (Rate{27, 360}));
  EXPECT_DOUBLE_EQ(got.value("load.throughput"), 333 / 6.5);  // of the successes, until the last answer
  EXPECT_NEAR(*got.duration(0.95), 35.805804, 1e-9);
  EXPECT_EQ(got.duration(0.75), std::nullopt);
  EXPECT_EQ(*got.sample("load.duration")->failures_within, (Rate{27, 360}));
}

TEST(VegetaReport, LaterReportsOfARunStandForEarlierOnes) {
  const std::string more = report(R"("200":720)", "720");
  EXPECT_EQ(read_load(vegeta_report_format(), report(R"("200":360)") + "\n" + more + "\n").value("load.requests"), 720);
  const auto runs =
      read_load(vegeta_report_format(), report(R"("200":360)") + "\n" + report(R"("200":360)", "360", "2"));
  EXPECT_EQ(std::count_if(runs.facts.samples.begin(), runs.facts.samples.end(),
                          [](const Sample& sample) { return sample.metric == "load.duration"; }),
            2);
}

TEST(VegetaReport, AnEmptyAttackIsIncomplete) {
  const auto got = read_load(vegeta_report_format(), report("", "0"));
  EXPECT_EQ(got.input.state, InputState::kIncomplete);
  EXPECT_TRUE(got.facts.samples.empty());
}

std::string hit(int seq, int code, int ms, const std::string& path = "/events") {
  return R"({"attack":"","seq":)" + std::to_string(seq) + R"(,"code":)" + std::to_string(code) +
         R"(,"timestamp":"2026-11-29T00:32:2)" + std::to_string(seq) + R"(.000000000+01:00","latency":)" +
         std::to_string(ms) +
         R"(000000,"bytes_out":0,"bytes_in":889,"error":"","body":"eyJvayI6MX0=","method":"GET",)"
         R"("url":"http://127.0.0.1:9000)" +
         path + R"(","headers":{"A":["8"]}})" + "\n";
}

/// The time is that of the beginning.
TEST(VegetaResults, DurationsOfSuccessesOverTheSpan) {
  const std::string text = hit(0, 200, 10) + hit(1, 200, 30) + hit(3, 503, 1000) + hit(2, 0, 1, "/pay");
  EXPECT_EQ(format_of(text), "vegeta-results");
  const auto got = read_load(vegeta_results_format(), text);
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.input.state, InputState::kRead) << got.input.message;
  EXPECT_EQ(got.errors(), (Rate{2, 4}));
  EXPECT_DOUBLE_EQ(got.value("load.throughput"), 2 / 4.0);
  EXPECT_TRUE(got.of_successes());
  EXPECT_EQ(got.duration(0.5), 20);
  EXPECT_EQ(got.errors("GET /events"), (Rate{1, 3}));
  EXPECT_EQ(got.errors("GET /pay"), (Rate{1, 1}));
  EXPECT_EQ(got.sample("load.duration", "GET /pay"), nullptr);
}

TEST(VegetaResults, WhatBreaksOffIsSaid) {
  const std::string text = hit(0, 200, 10) + hit(1, 200, 30);
  const auto cut = read_load(vegeta_results_format(), text + hit(2, 200, 30).substr(0, 60));
  EXPECT_EQ(cut.input.state, InputState::kIncomplete);
  EXPECT_TRUE(cut.says("breaks off in line 3")) << cut.input.message;
  const auto garbled = read_load(vegeta_results_format(), hit(0, 200, 10) + "{\"code\":\"x\"}\n" + hit(1, 200, 30));
  EXPECT_TRUE(garbled.says("the first in line 2")) << garbled.input.message;
  EXPECT_EQ(garbled.value("load.requests"), 2);
}

}  // namespace
}  // namespace budgetcheck
