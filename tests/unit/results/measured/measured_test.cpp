#include "results/measured/measured.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

/// What version of the program it is: that of an empty file that this program would read.
std::string program() {
  const auto content = content_from_string(R"({"measured": {"program": "?"}})");
  const std::string message = read_measured("x.json", *content).error().message;
  const std::size_t begin = message.rfind(' ') + 1;
  return message.substr(begin);
}

Measured with(MeasuredInput one) {
  Measured measured;
  measured.program = program();
  measured.settings = "key";
  measured.inputs.push_back(std::move(one));
  return measured;
}

Expected<Measured> read_back(const Measured& measured) {
  const auto content = content_from_string(write_measured(measured, {}));
  return read_measured("all.json", *content);
}

MeasuredInput everything() {
  MeasuredInput one;
  one.schema = "schema.prisma";
  one.is_run = true;
  one.content = 0xFFFFFFFFFFFFFFFF;
  one.checksum = 7;
  Input input;
  input.path = "app.log";
  input.format = "query-log";
  input.bytes = 12;
  input.state = InputState::kIncomplete;
  input.message = "a message";
  input.families = {"queries."};
  input.feeds = {FactKind::kStatements, FactKind::kAccessPaths};
  one.facts.inputs.push_back(input);
  Sample sample;
  sample.metric = "queries.count";
  sample.where = {{"route", "GET /a"}};
  sample.unit = Unit::kCount;
  sample.source = "an origin";
  sample.value = Rate{3, 4};
  one.facts.samples.push_back(sample);
  sample.value = Runs{1, 2.5};
  one.facts.samples.push_back(sample);
  Distribution few;
  few.add(3);
  few.add(1);
  sample.value = few;
  one.facts.samples.push_back(sample);
  Distribution many;
  for (int i = 0; i < 1000; ++i) {
    many.add(i * 1.7);
  }
  sample.value = many;
  one.facts.samples.push_back(sample);
  Unmeasured gap;
  gap.metric = "queries.";
  gap.input_at_fault = false;
  one.facts.unmeasured.push_back(gap);
  one.facts.env.parts["gzip"] = "zlib 9";
  Exchange exchange;
  exchange.status = -1;
  exchange.request_key = 0xABCDEF0123456789;
  exchange.headers_known = false;
  one.facts.capture.exchanges.push_back(exchange);
  QueryLog log;
  log.input = "app.log";
  log.span = {1'795'416'840'000, 1'795'416'850'000.5};
  log.open_requests = {{42, {1, 2}, true}};
  log.past_requests = {{43, {-1, -1}, false}, {42, {1, 2}, false}};
  log.shapes.resize(2);
  log.shapes[1].verb = Verb::kDelete;
  Repeat repeat;
  repeat.shape = 1;
  repeat.before = {0};
  repeat.evidence.turns = 5;
  repeat.evidence.claims = true;
  log.repeats.push_back(repeat);
  CapturedPlan plan;
  plan.accesses.resize(1);
  plan.accesses[0].way = PlanAccess::Way::kFullIndex;
  log.plans.push_back(plan);
  log.schema = 0;
  one.facts.queries.logs.push_back(log);
  one.facts.queries.table_sizes.push_back({"public", "users", 1e6});
  one.facts.personal.values.push_back({PersonalKind::kSecretField, "user.pw", {"app.log", 7, 0, {}}, 3, "***"});
  one.facts.personal.searched.push_back("app.log");
  return one;
}

TEST(Measured, WhatIsWrittenIsReadToTheBit) {
  Measured measured = with(everything());
  MeasuredSchema schema;
  schema.input.path = "schema.prisma";
  schema.remarks = {"a remark"};
  schema.schema.kind = DatabaseKind::kSqlite;
  schema.schema.tables.resize(1);
  schema.schema.tables[0].columns.resize(1);
  schema.schema.tables[0].columns[0].type = ColumnType::kEnum;
  schema.schema.tables[0].indexes.resize(1);
  schema.schema.tables[0].indexes[0].method = TableIndex::Method::kGin;
  measured.schemas.push_back(schema);
  const Expected<Measured> read = read_back(measured);
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(write_measured(*read, {}), write_measured(measured, {}));
  const Facts& facts = read->inputs.at(0).facts;
  EXPECT_EQ(read->inputs[0].content, 0xFFFFFFFFFFFFFFFFU);
  EXPECT_EQ(std::get<Rate>(facts.samples.at(0).value).n, 4U);
  EXPECT_EQ(std::get<Distribution>(facts.samples.at(2).value).values(), (std::vector<double>{3, 1}));
  EXPECT_EQ(std::get<Distribution>(facts.samples.at(3).value).bins(),
            std::get<Distribution>(measured.inputs[0].facts.samples[3].value).bins());
  EXPECT_EQ(facts.capture.exchanges.at(0).request_key, 0xABCDEF0123456789U);
  EXPECT_FALSE(facts.capture.exchanges.at(0).headers_known);
  ASSERT_EQ(facts.personal.values.size(), 1U);
  EXPECT_EQ(facts.personal.values[0].kind, PersonalKind::kSecretField);
  EXPECT_EQ(facts.personal.values[0].field, "user.pw");
  EXPECT_EQ(facts.personal.values[0].location.line, 7U);
  EXPECT_EQ(facts.personal.values[0].count, 3U);
  EXPECT_EQ(facts.personal.values[0].sample, "***");
  EXPECT_EQ(facts.personal.searched, std::vector<std::string>{"app.log"});
  const QueryLog& log = facts.queries.logs.at(0);
  EXPECT_EQ(log.span.last_ms, 1'795'416'850'000.5);
  EXPECT_EQ(log.past_requests.size(), 2U);
  EXPECT_TRUE(log.open_requests.at(0).ended);
  EXPECT_TRUE(log.repeats.at(0).evidence.claims);
  EXPECT_EQ(log.repeats.at(0).parent, Repeat::kNoShape);
  EXPECT_EQ(log.plans.at(0).accesses.at(0).way, PlanAccess::Way::kFullIndex);
}

TEST(Measured, APieceComesBackWithItsBytes) {
  MeasuredInput one;
  one.piece.emplace();
  one.piece->of = "app.log";
  one.piece->number = 2;
  one.piece->count = 8;
  one.piece->queries = std::string("\0\x01\xFF", 3);
  const Expected<Measured> read = read_back(with(one));
  ASSERT_TRUE(read.has_value()) << read.error().message;
  ASSERT_TRUE(read->inputs.at(0).piece.has_value());
  EXPECT_EQ(read->inputs[0].piece->queries, one.piece->queries);
  EXPECT_EQ(read->inputs[0].piece->number, 2U);
}

std::string problem_of(const std::string& json) {
  const auto content = content_from_string(json);
  const Expected<Measured> read = read_measured("x.json", *content);
  return read ? "" : read.error().message;
}

TEST(Measured, WhatWasNotWrittenByMeasureIsRefused) {
  EXPECT_THAT(problem_of("{"), HasSubstr("ends"));
  EXPECT_THAT(problem_of(R"({"version": 1, "samples": []})"), HasSubstr("nothing that budgetcheck measure wrote"));
  EXPECT_THAT(problem_of(R"({"measured": {"program": "99.0"}})"), HasSubstr("measured by version 99.0"));
  const std::string good = write_measured(with(everything()), {});
  EXPECT_EQ(problem_of(good), "");
  // What rules would follow into nowhere.
  for (const auto& [from, to] :
       std::vector<std::pair<std::string, std::string>>{{R"("repeats":[{"shape":1)", R"("repeats":[{"shape":2)"},
                                                        {R"("before":[0])", R"("before":[0,7])"},
                                                        {R"("verb":3)", R"("verb":77)"},
                                                        {R"("state":1)", R"("state":9)"},
                                                        {R"("events":3)", R"("events":5)"},
                                                        {R"("bins":")", R"("bins":"!)"},
                                                        {R"("status":-1)", R"("status":"x")"}}) {
    ASSERT_THAT(good, HasSubstr(from));
    EXPECT_THAT(problem_of(replace_all(good, from, to)), HasSubstr("damaged")) << to;
  }
}

TEST(Measured, WhatIsCutOffOrNoneOfItsFilesIsToBeMeasured) {
  for (const char* const text : {"", "{\"version\": 1, \"measured\": {", "{\"a\":1}\n{\"a\":2}\n", "a line of a log"}) {
    const auto content = content_from_string(text);
    const Expected<Measured> read = read_measured("part-1.json", *content);
    ASSERT_FALSE(read.has_value()) << text;
    EXPECT_THAT(read.error().hint, HasSubstr("budgetcheck measure INPUT... --output FILE")) << text;
  }
}

}  // namespace
}  // namespace budgetcheck
