#include "collect/samples_file.h"

#include <gtest/gtest.h>

#include "unit/collect/lighthouse/lighthouse_testing.h"

namespace budgetcheck {
namespace {

using testing::collect_text;
using testing::Collected;

TEST(SamplesFile, AppendsItsSamples) {
  const Collected got =
      collect_text(R"({"version":1,"samples":[{"metric":"api.time","where":{"route":"/a"},"unit":"ms","runs":[3,1,2]},)"
                   R"({"metric":"api.bytes","where":{},"unit":"B","value":170001}]})",
                   samples_format());
  ASSERT_TRUE(got.result) << got.result.error().message;
  ASSERT_EQ(got.facts.samples.size(), 2U);
  EXPECT_EQ(got.facts.samples[0].metric, "api.time");
  EXPECT_EQ(std::get<Runs>(got.facts.samples[0].value), (Runs{3, 1, 2}));
  EXPECT_EQ(got.facts.samples[1].unit, Unit::kBytes);
  EXPECT_EQ(got.facts.samples[1].location.file, "lhr.json");
  EXPECT_EQ(got.input.state, InputState::kRead);
  EXPECT_EQ(got.input.message, "");
}

TEST(SamplesFile, NoSamplesAreSaid) {
  const Collected got = collect_text(R"({"version":1,"samples":[]})", samples_format());
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.input.message, "it has no samples");
}

TEST(SamplesFile, ANewerVersionAndBrokenSamplesAreErrors) {
  EXPECT_FALSE(collect_text(R"({"version":2,"samples":[]})", samples_format()).result);
  EXPECT_FALSE(collect_text(R"({"version":1,"samples":[)", samples_format()).result);
  const Collected one = collect_text(
      R"({"version":1,"samples":[{"metric":"a.b","where":{},"unit":"parsec","value":1}]})", samples_format());
  ASSERT_FALSE(one.result);
  EXPECT_EQ(one.result.error().message.find("more error"), std::string::npos);
  const Collected two = collect_text(R"({"version":1,"samples":[{"metric":"a.b","where":{},"unit":"parsec","value":1},)"
                                     R"({"metric":"a.b","where":{},"unit":"parsec","value":1}]})",
                                     samples_format());
  ASSERT_FALSE(two.result);
  EXPECT_NE(two.result.error().message.find("(and 1 more error)"), std::string::npos);
}

TEST(SamplesFile, IsRecognisedByItsTwoKeys) {
  Sniff sniff;
  sniff.is_object = true;
  sniff.top_keys = {"version", "samples"};
  EXPECT_TRUE(samples_format().recognises(sniff));
  sniff.top_keys = {"version", "assets"};
  EXPECT_FALSE(samples_format().recognises(sniff));
  sniff.top_keys = {"samples"};
  EXPECT_FALSE(samples_format().recognises(sniff));
}

}  // namespace
}  // namespace budgetcheck
