#include "collect/query_log/fields/query_fields.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "base/file_system.h"

namespace budgetcheck {
namespace {

std::string described(const LogRecord& record) {
  std::string out;
  for (const std::string_view part : {record.query, record.params, record.trace, record.traceparent, record.request,
                                      record.process, record.host, record.service, record.route, record.url}) {
    out += std::string(part) + "|";
  }
  return out + std::to_string(record.duration_ms) + (record.params_are_list ? "L" : "") +
         (record.level_is_number ? "N" : "") + (record.level_is_word ? "W" : "");
}

TEST(RecordReaderProperty, ReadsEachLineAsIfItStoodAlone) {
  // Keys that compete for one slot, nested and not, with types and emptiness that decide which of them wins.
  const std::string names[] = {"query",   "sql",   "params", "bindings", "duration", "took",
                               "traceId", "reqId", "route",  "url",      "level",    "req",
                               "pid",     "id",    "trace",  "name",     "service"};
  std::mt19937 random(31);
  const auto value = [&]() -> std::string {
    const std::string values[] = {"1", "\"\"", "\"x\"", "null", "[1]", "\"12ms\"", "\"000-0\"", "\"SELECT 1\""};
    return values[random() % std::size(values)];
  };
  std::size_t queries = 0;
  for (int round = 0; round < 300; ++round) {
    json::LineReader lines;
    RecordReader records;
    std::vector<std::string> keys;
    for (std::size_t n = 2 + random() % 6; n > 0; --n) {
      keys.push_back(names[random() % std::size(names)]);
    }
    std::vector<std::string> values(keys.size());
    for (int i = 0; i < 30; ++i) {
      std::string text = "{\"query\":\"SELECT " + std::to_string(random() % 100) + "\"";
      for (std::size_t k = 0; k < keys.size(); ++k) {
        values[k] = values[k].empty() || random() % 10 == 0 ? value() : values[k];
        const bool nested = keys[k] == "req" || keys[k] == "trace";
        text += ",\"" + keys[k] + "\":" + (nested ? "{\"id\":" + values[k] + ",\"sql\":\"y\"}" : values[k]);
      }
      text += "}";
      const auto content = content_from_string(text);
      std::vector<json::LineField> fields;
      ASSERT_TRUE(json::read_line_fields(content->bytes(), fields));
      ASSERT_TRUE(lines.read(content->bytes()));
      const LogRecord record = records.read(lines);
      ASSERT_EQ(described(record), described(read_record(fields))) << text;
      queries += record.query.empty() ? 0U : 1U;
    }
  }
  EXPECT_GT(queries, 1000U);
}

}  // namespace
}  // namespace budgetcheck
