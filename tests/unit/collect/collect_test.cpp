#include "collect/collect.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

InputSpec spec(std::string path, bool optional = false) {
  InputSpec out;
  out.path = std::move(path);
  out.optional = optional;
  return out;
}

Facts collect_one(const std::string& name, const std::string& content) {
  MemoryFileSystem files;
  files.add(name, content);
  return collect(files, {spec(name)}, {});
}

TEST(Collect, AMissingFileIsAnUnreadableInput) {
  const Facts facts = collect(MemoryFileSystem(), {spec("reports/*.json"), spec("x.har")}, {});
  ASSERT_EQ(facts.inputs.size(), 2U);
  EXPECT_EQ(facts.inputs[0].state, InputState::kUnreadable);
  EXPECT_NE(facts.inputs[0].message.find("no file matches this pattern"), std::string::npos);
  EXPECT_NE(facts.inputs[1].message.find("no such file"), std::string::npos);
}

TEST(Collect, AnOptionalFileThatIsMissingIsANoteOnly) {
  const Facts facts = collect(MemoryFileSystem(), {spec("x.har", true)}, {});
  EXPECT_TRUE(facts.inputs.empty());
  ASSERT_EQ(facts.notes.size(), 1U);
  EXPECT_NE(facts.notes[0].find("x.har"), std::string::npos);
}

std::string lighthouse_result(const std::string& device, const std::string& index) {
  return R"({"lighthouseVersion": "12.8.2", "requestedUrl": "https://shop.example/", "gatherMode": "navigation",
  "environment": {"benchmarkIndex": )" +
         index + R"(, "hostUserAgent": "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/131.0.0.0 Safari/537.36"},
  "configSettings": {"formFactor": ")" +
         device + R"(", "throttlingMethod": "simulate", "throttling": {"cpuSlowdownMultiplier": 4}},
  "audits": {"first-contentful-paint": {"id": "first-contentful-paint", "score": 1, "numericValue": 800}},
  "categories": {}})";
}

TEST(Collect, ADocumentWithAnObjectOnALineIsNoLog) {
  const Facts facts = collect_one("r.json", R"({
"version": 1,
"samples": [
  {"metric": "a.b", "where": {}, "unit": "1", "value": 1},
  {"metric": "a.c", "where": {}, "unit": "1", "value": 2}
]
})");
  EXPECT_EQ(facts.inputs.at(0).format, "samples");
  EXPECT_EQ(facts.samples.size(), 2U);
}

TEST(Collect, JoinsWhatTheInputsSayOfTheirMachine) {
  MemoryFileSystem files;
  files.add("a.json", lighthouse_result("mobile", "1760"));
  files.add("b.json", lighthouse_result("desktop", "1800.5"));
  const Environment env = collect(files, {spec("a.json"), spec("b.json")}, {}).env;
  EXPECT_EQ(env.benchmark_index, (std::vector<double>{1760, 1800.5}));
  EXPECT_EQ(env.parts, (std::map<std::string, std::string>{{"lighthouse", "12"},
                                                           {"browser", "Chrome 131"},
                                                           {"throttling mobile", "simulate, CPU 4x"},
                                                           {"throttling desktop", "simulate, CPU 4x"}}));
}

TEST(Collect, BytesThatAreNoJsonAreDescribed) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "the file is empty"},
      {" \n ", "the file is empty"},
      {std::string("\xFF\xFE{\0", 4), "UTF-16"},
      {"\x1F\x8B\x08", "gzip"},
      {std::string("a\0b", 3), "binary"},
      {"<html></html>", "text that is not JSON"},
      {"prisma query SELECT 1", "no line near its beginning is a query that Prisma logged"},
      {"2026-11-23 10:00:00 LOG: duration", "text that is not JSON"},
      {"{\"a\": [1, 2", "cut off"},
      {"{\"a\": 1} x", "text after the end"},
  };
  for (const auto& [content, expected] : cases) {
    const Facts facts = collect_one("f.json", content);
    ASSERT_EQ(facts.inputs.size(), 1U);
    EXPECT_EQ(facts.inputs[0].state, InputState::kUnreadable);
    EXPECT_NE(facts.inputs[0].message.find(expected), std::string::npos) << facts.inputs[0].message;
  }
}

TEST(Collect, JsonOfNoKnownFormatShowsItsKeysAndTheFormats) {
  const Facts facts = collect_one("f.json", R"({"hello":1,"wor\u001bld":2})");
  EXPECT_NE(facts.inputs[0].message.find("'hello'"), std::string::npos);
  EXPECT_EQ(facts.inputs[0].message.find('\x1b'), std::string::npos);
  EXPECT_NE(facts.inputs[0].hint.find("give the JSON that one of these writes"), std::string::npos);
}

TEST(Collect, BracketsWithoutEndAreRefusedAtOnce) {
  const Facts facts = collect_one("f.json", std::string(5'000'000, '['));
  EXPECT_NE(facts.inputs[0].message.find("nested deeper"), std::string::npos);
}

TEST(Sniff, SeesKeysBehindABigValueOnlyInAWholeLook) {
  const std::string text = R"({"big":")" + std::string(100'000, 'x') + R"(","late":1})";
  const auto content = content_from_string(text);
  EXPECT_FALSE(sniff("f", *content, false).has("late"));
  EXPECT_TRUE(sniff("f", *content, true).has("late"));
}

TEST(Sniff, TellsLinesFromOneDocument) {
  const auto lines = content_from_string("starting\n{\"a\":1}\n{\"a\":2}\n");
  EXPECT_TRUE(sniff("f", *lines, false).is_lines);
  const auto document = content_from_string("{\n  \"a\": {\"b\": 1},\n  \"c\": 2\n}\n");
  EXPECT_FALSE(sniff("f", *document, false).is_lines);
}

Sample runs(double value, const std::string& file) {
  Sample sample;
  sample.metric = "lighthouse.lcp";
  sample.where = {{"page", "/"}};
  sample.value = Runs{value};
  sample.location.file = file;
  return sample;
}

TEST(MergeSamples, ConcatenatesRunsInOrder) {
  Facts facts;
  facts.samples = {runs(3, "a"), runs(1, "b"), runs(2, "c")};
  merge_samples(facts);
  ASSERT_EQ(facts.samples.size(), 1U);
  EXPECT_EQ(std::get<Runs>(facts.samples[0].value), (Runs{3, 1, 2}));
  EXPECT_EQ(facts.samples[0].location.file, "a");
}

TEST(MergeSamples, TwoValuesForOneThingMakeTheSecondInputIncomplete) {
  Facts facts;
  facts.inputs.resize(2);
  facts.inputs[0].path = "a";
  facts.inputs[1].path = "b";
  facts.samples = {runs(1, "a"), runs(2, "b")};
  facts.samples[0].value = 1.0;
  facts.samples[1].value = 2.0;
  merge_samples(facts);
  EXPECT_EQ(facts.inputs[0].state, InputState::kRead);
  EXPECT_EQ(facts.inputs[1].state, InputState::kIncomplete);
  EXPECT_NE(facts.inputs[1].message.find("another value"), std::string::npos);
}

TEST(MergeSamples, OnePageInTwoCapturesIsTwoVisits) {
  Facts facts;
  facts.inputs.resize(1);
  facts.inputs[0].path = "b";
  facts.samples = {runs(1, "a"), runs(2, "b")};
  for (Sample& sample : facts.samples) {
    sample.metric = "payload.transfer";
    const double value = std::get<Runs>(sample.value).front();
    sample.value = value;
  }
  merge_samples(facts);
  ASSERT_EQ(facts.samples.size(), 1U);
  EXPECT_EQ(std::get<Runs>(facts.samples[0].value), (Runs{1, 2}));
  EXPECT_EQ(facts.inputs[0].state, InputState::kRead);
}

TEST(MergeSamples, RunsOfAnotherOriginAreNotTheSamePage) {
  Facts facts;
  facts.inputs.resize(1);
  facts.inputs[0].path = "b";
  facts.samples = {runs(1, "a"), runs(2, "b")};
  facts.samples[1].source = "https://elsewhere.example";
  merge_samples(facts);
  EXPECT_EQ(std::get<Runs>(facts.samples[0].value).size(), 1U);
  EXPECT_EQ(facts.inputs[0].state, InputState::kIncomplete);
}

}  // namespace
}  // namespace budgetcheck
