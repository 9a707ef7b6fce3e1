// The captures of fixtures/har against the table that fixtures/har/expected.py computed from them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "base/number.h"
#include "base/text.h"
#include "collect/capture/har.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

const std::string kFolder = std::string(BUDGETCHECK_SOURCE_DIR) + "/fixtures/har/";

/// One sample as a line of text; a distribution as its values.
std::string describe(const std::string& metric, const Labels& where, const std::vector<double>& values, bool bound) {
  std::string text = metric + "{" + to_string(where) + "}" + (bound ? " at least" : "");
  for (const double value : values) {
    text += " " + format_number(value);
  }
  return text;
}

std::vector<double> values_of(const Sample& sample) {
  if (const auto* single = std::get_if<Single>(&sample.value)) {
    return {*single};
  }
  if (const auto* runs = std::get_if<Runs>(&sample.value)) {
    return *runs;
  }
  return std::get<Distribution>(sample.value).values();
}

std::vector<std::string> measured(const std::string& name) {
  const DiskFileSystem files;
  const auto content = files.open(kFolder + name);
  EXPECT_TRUE(content);
  const RouteTable routes;
  Facts facts;
  Input input;
  EXPECT_TRUE(har_format().collect({name, name, content->get()}, {&files, &routes}, input, facts));
  EXPECT_EQ(input.state, InputState::kRead) << input.message;
  std::vector<std::string> lines;
  for (const Sample& sample : facts.samples) {
    lines.push_back(describe(sample.metric, sample.where, values_of(sample), sample.lower_bound));
  }
  for (const Unmeasured& gap : facts.unmeasured) {
    lines.push_back(gap.metric + "{" + to_string(gap.where) + "} unmeasured");
  }
  return lines;
}

std::map<std::string, std::vector<std::string>> expected_table() {
  const DiskFileSystem files;
  const auto content = files.open(kFolder + "expected.json");
  json::Selector everything;
  everything.keep("");
  const auto document = json::select("expected.json", **content, everything);
  std::map<std::string, std::vector<std::string>> table;
  for (const json::Member& capture : *document->object()) {
    for (const json::Value& row : *capture.value.array()) {
      Labels where;
      for (const json::Member& label : *row.find("where")->object()) {
        where.set(label.key, *label.value.string());
      }
      const std::string metric = *row.find("metric")->string();
      if (row.find("unmeasured") != nullptr) {
        table[capture.key].push_back(metric + "{" + to_string(where) + "} unmeasured");
        continue;
      }
      std::vector<double> values;
      for (const json::Value& value : *row.find("values")->array()) {
        values.push_back(*value.number());
      }
      table[capture.key].push_back(describe(metric, where, values, *row.find("lower_bound")->boolean()));
    }
  }
  return table;
}

TEST(HarFixtures, EveryNumberIsThatOfTheIndependentTable) {
  const auto table = expected_table();
  ASSERT_EQ(table.size(), 5U);
  for (const auto& [name, lines] : table) {
    EXPECT_THAT(measured(name), testing::UnorderedElementsAreArray(lines)) << name;
  }
}

TEST(HarFixtures, AreRecognised) {
  const DiskFileSystem files;
  for (const auto& [name, lines] : expected_table()) {
    const auto content = files.open(kFolder + name);
    Sniff sniff;
    sniff.head = (*content)->bytes();
    sniff.is_object = true;
    sniff.top_keys = {"log"};
    EXPECT_TRUE(har_format().recognises(sniff)) << name;
  }
}

}  // namespace
}  // namespace budgetcheck
