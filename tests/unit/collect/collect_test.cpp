#include "collect/collect.h"

#include <gtest/gtest.h>

#include "collect/account.h"

namespace budgetcheck {
namespace {

InputSpec spec(std::string path) {
  InputSpec out;
  out.path = std::move(path);
  return out;
}

Facts collect_one(const std::string& name, const std::string& content) {
  MemoryFileSystem files;
  files.add(name, content);
  return collect(files, {spec(name)}, {});
}

/// A format of a test alone: everything that the program knows of it is this row.
Format toy_format() {
  Format toy{"toy", {"toy."}};
  toy.is_given_as = "a toy (toy --write)";
  toy.looks_like = {"[3]"};
  toy.recognises = [](const Sniff& seen) { return seen.head.starts_with("toy "); };
  toy.collect = [](const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
    Sample sample;
    sample.metric = "toy." + source.settings.text("colour");
    sample.value = static_cast<double>(source.content->bytes().size());
    sample.location.file = source.path;
    facts.samples.push_back(std::move(sample));
    Account(input).note("a toy");
    return Expected<void>();
  };
  toy.expand = [](const FileSystem& files, const std::string& folder) {
    const std::string inside = join_path(folder, "toy.txt");
    return files.kind(inside) == FileKind::kRegular ? std::vector<std::string>{inside} : std::vector<std::string>();
  };
  toy.named_by = "colour";
  toy.copy_is_same_run = true;
  toy.finish = [](Facts& facts) { facts.notes.emplace_back("the toys are counted"); };
  return toy;
}

TEST(Collect, SpansKeepTheirSchemaWhenLaterInputsNameOthers) {
  MemoryFileSystem files;
  const auto span = [](int i) {
    return R"({"traceId":"0af7651916cd43dd8448eb211c8031)" + std::to_string(10 + i) +
           R"(","spanId":"b7ad6b7169203331","name":"GET /a","kind":2,"startTimeUnixNano":"1","endTimeUnixNano":"9",)"
           R"("attributes":[{"key":"http.route","value":{"stringValue":"/a"}},)"
           R"({"key":"db.query.text","value":{"stringValue":"SELECT id FROM users"}}]})";
  };
  std::vector<InputSpec> inputs;
  for (int i = 0; i < 40; ++i) {
    const std::string name = std::to_string(i);
    files.add(name + ".prisma", "model User" + name + " {\n  id Int @id\n  @@map(\"users\")\n}\n");
    files.add(name + ".jsonl", R"({"resourceSpans":[{"scopeSpans":[{"spans":[)" + span(i) + "]}]}]}\n");
    inputs.push_back(spec(name + ".jsonl"));
    inputs.back().settings.set("schema", name + ".prisma");
  }
  const Facts facts = collect(files, inputs, {});
  EXPECT_EQ(facts.queries.schemas.size(), 40U);
  std::size_t named = 0;
  for (const Sample& sample : facts.samples) {
    const std::string* model = sample.where.find("model");
    named += sample.metric == "queries.count" && model != nullptr && model->starts_with("User") ? 1U : 0U;
  }
  EXPECT_EQ(named, 40U);
}

TEST(Collect, AFormatIsOneRow) {
  std::vector<Format> table = formats();
  table.push_back(toy_format());
  MemoryFileSystem files;
  files.add("box/toy.txt", "toy 1");
  files.add("copy.txt", "toy 1");
  files.add("blue.txt", "unlike any toy");
  files.add("strange.txt", "[3]");
  InputSpec blue = spec("blue.txt");
  blue.settings.set("colour", "blue");
  const Facts facts =
      collect(files, {spec("box"), spec("copy.txt"), blue, spec("strange.txt")}, {}, CollectOptions(), table);
  ASSERT_EQ(facts.inputs.size(), 4U);
  EXPECT_EQ(facts.inputs[0].path, "box/toy.txt");
  EXPECT_EQ(facts.inputs[0].format, "toy");
  EXPECT_EQ(facts.inputs[0].message, "a toy");
  EXPECT_EQ(facts.inputs[1].message, "the same as 'box/toy.txt', so it is not another run");
  EXPECT_EQ(facts.inputs[2].format, "toy");
  ASSERT_EQ(facts.samples.size(), 2U);
  EXPECT_EQ(facts.samples[1].metric, "toy.blue");
  EXPECT_EQ(std::get<Single>(facts.samples[1].value), 14);
  EXPECT_EQ(
      facts.inputs[3].hint,
      "what is read and looks most like it: a toy (toy --write). 'budgetcheck explain inputs' lists what is read");
  EXPECT_EQ(facts.notes, (std::vector<std::string>{"the toys are counted"}));
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

}  // namespace
}  // namespace budgetcheck
