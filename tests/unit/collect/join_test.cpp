#include "collect/join.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.h"
#include "collect/measure.h"
#include "results/measured/measured.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

/// Statements of interleaved requests; without ids their order alone tells what is a loop.
std::string query_log(bool with_ids) {
  std::string log;
  for (int i = 0; i < 200; ++i) {
    const std::string id = with_ids ? fmt::format(R"("reqId":"r{}","route":"/users/:id",)", i / 8 * 2 + i % 2) : "";
    log += fmt::format(
               R"({{"level":30,"time":{},{}"query":"SELECT a FROM {} WHERE id = $1","params":"[{}]","duration":{}}})",
               1'795'416'840'000 + i * 2, id,
               i > 150     ? "late"
               : i % 8 < 2 ? "users"
                           : "posts",
               i, i % 7 * 0.3) +
           "\n";
  }
  return log;
}

std::string access_log() {
  std::string log = "server starts\n";
  for (int i = 0; i < 100; ++i) {
    log += fmt::format(
        "10.0.0.1 - - [29/Nov/2026:10:00:{:02} +0000] \"GET /users/{} HTTP/1.1\" 200 {} \"-\" \"-\" {:.3f}\n", i % 60,
        i, i * 10, i * 0.002);
  }
  return log;
}

/// Lines of a container, some of them cut where its runtime cuts.
std::string container_log() {
  std::string log;
  for (int i = 0; i < 12; ++i) {
    const std::string line = fmt::format(
        R"({{"time":{},"reqId":"r{}","route":"/users/:id","query":"SELECT a FROM users WHERE id = $1","params":"[{}]"}})",
        1'795'416'840'000 + i, i / 4, std::string(i % 5 == 2 ? 30'000 : 10, '1'));
    for (std::size_t at = 0; at < line.size(); at += 16'384) {
      log += fmt::format("2026-11-23T06:45:42.871Z stdout {} {}\n", at + 16'384 < line.size() ? 'P' : 'F',
                         line.substr(at, 16'384));
    }
  }
  return log;
}

Measured measured(const FileSystem& files, const std::vector<std::string>& paths, PieceChoice piece = {}) {
  std::vector<InputSpec> specs(paths.size());
  for (std::size_t i = 0; i < paths.size(); ++i) {
    specs[i].path = paths[i];
    if (paths[i].ends_with("ndjson")) {
      specs[i].settings.set("schema", "schema.prisma");
    }
  }
  MeasureOptions options;
  options.checksums = true;
  options.piece = std::move(piece);
  Expected<Measured> result = measure_inputs(files, specs, {"/users/:id"}, options);
  EXPECT_TRUE(result.has_value()) << result.error().message;
  if (result && options.piece.number > 0) {
    result->routes = {"/users/:id"};
  }
  return result ? std::move(*result) : Measured();
}

PieceChoice piece(std::uint32_t number, std::uint32_t count, std::string of = "") {
  PieceChoice choice;
  choice.number = number;
  choice.count = count;
  choice.is_file = !of.empty();
  choice.of = std::move(of);
  return choice;
}

std::string written(const Measured& all) { return write_measured(all, combine(all)); }

const MemoryFileSystem& files() {
  static MemoryFileSystem files;
  static const bool is_filled = [] {
    files.add("schema.prisma", "model User {\n  id Int @id\n  a Int\n  @@map(\"users\")\n}\n");
    files.add("ids.ndjson", query_log(true));
    files.add("loose.ndjson", query_log(false));
    files.add("access.log", access_log());
    files.add("container.ndjson", container_log());
    return true;
  }();
  (void)is_filled;
  return files;
}

/// The version of this program, as it says when it is given what another one measured.
std::string program() {
  const auto content = content_from_string(R"({"measured": {"program": "?"}})");
  const std::string message = read_measured("x.json", *content).error().message;
  return message.substr(message.rfind(' ') + 1);
}

std::string joined(const std::string& path, std::uint32_t count) {
  std::vector<MeasuredPart> parts;
  for (std::uint32_t number = count; number >= 1; --number) {
    parts.push_back({fmt::format("part-{}.json", number), measured(files(), {path}, piece(number, count))});
  }
  const ExpectedAll<Measured> all = join_measured(parts);
  return all ? written(*all) : all.error().front().message;
}

TEST(Join, PartsOfALogAreTheLog) {
  for (const std::string path : {"ids.ndjson", "loose.ndjson", "access.log"}) {
    const std::string whole = written(measured(files(), {path}));
    for (const std::uint32_t count : {1U, 2U, 7U, 20U}) {
      EXPECT_TRUE(joined(path, count) == whole) << path << " in " << count << " parts\n" << joined(path, count);
    }
  }
}

TEST(Join, ALineIsNeverLostWhereItIsCutBetweenParts) {
  const std::string whole = written(measured(files(), {"container.ndjson"}));
  std::size_t refused = 0;
  for (std::uint32_t count = 1; count <= 12; ++count) {
    const std::string all = joined("container.ndjson", count);
    refused += all.starts_with("part ") ? 1U : 0U;
    EXPECT_TRUE(all == whole || all.ends_with("ends within a long line that a container's runtime has cut")) << all;
  }
  EXPECT_GT(refused, 0U);
  EXPECT_LT(refused, 11U);
}

TEST(Join, LinesInPartsCannotBePutInOrderOneByOne) {
  const std::string log = container_log();
  std::vector<MeasuredPart> parts;
  for (std::uint32_t number = 1; number <= 2; ++number) {
    std::string dealt;
    std::uint32_t line = 0;
    for (const std::string_view text : split(log, '\n')) {
      dealt += ++line % 2 == number % 2 && !text.empty() ? fmt::format("{}\t{}\n", line, text) : "";
    }
    MemoryFileSystem shards;
    shards.add("schema.prisma", "model User {\n  id Int @id\n  a Int\n  @@map(\"users\")\n}\n");
    shards.add("shard.ndjson", dealt);
    PieceChoice choice = piece(number, 2, "container.ndjson");
    choice.order = LogPiece::Order::kNumber;
    parts.push_back({fmt::format("{}.json", number), measured(shards, {"shard.ndjson"}, choice)});
  }
  const ExpectedAll<Measured> all = join_measured(parts);
  ASSERT_FALSE(all.has_value());
  EXPECT_THAT(all.error().front().message, HasSubstr("a container's runtime has cut long ones"));
}

TEST(Join, WhatAStatementMeansIsNotLostInParts) {
  MemoryFileSystem own;
  const auto add = [&](const std::string& name, const std::string& sql, const std::string& params) {
    std::string log;
    for (int i = 0; i < 12; ++i) {
      log += fmt::format(R"({{"time":{},"reqId":"r1","query":"{}","params":"[{}]","duration":5}})",
                         1'795'416'840'000 + i, sql, replace_all(params, "%", std::to_string(i))) +
             "\n";
    }
    own.add(name, log);
  };
  add("calls.log", "SELECT set_config('a', 'b', true)", "");
  add("swaps.log", "UPDATE stock SET n = $1, version = $2 WHERE id = $3 AND version = $4", "7,%,1,%");
  add("claims.log", "SELECT id FROM jobs WHERE state = $1 LIMIT 1 FOR UPDATE SKIP LOCKED", "%");
  add("walks.log", "SELECT id FROM jobs WHERE id > $1 ORDER BY id LIMIT $2", "%,10");
  add("joins.log", "SELECT a.id FROM a JOIN b ON b.id = a.b_id WHERE a.id = $1", "%");
  add("probe.log", "SELECT id FROM a WHERE id = $1", "%");
  for (const std::string name : {"calls.log", "swaps.log", "claims.log", "walks.log", "joins.log", "probe.log"}) {
    std::vector<MeasuredPart> parts;
    for (std::uint32_t number = 1; number <= 3; ++number) {
      parts.push_back({std::to_string(number), measured(own, {name}, piece(number, 3))});
    }
    const ExpectedAll<Measured> all = join_measured(parts);
    ASSERT_TRUE(all.has_value());
    EXPECT_EQ(written(*all), written(measured(own, {name})));
  }
}

TEST(Join, WholeFilesAreThoseOfOneRun) {
  const std::string all = written(measured(files(), {"ids.ndjson", "access.log", "loose.ndjson", "ids.ndjson"}));
  const ExpectedAll<Measured> together = join_measured(
      {{"a.json", measured(files(), {"ids.ndjson", "access.log"})}, {"b.json", measured(files(), {"loose.ndjson"})}});
  ASSERT_TRUE(together.has_value());
  EXPECT_EQ(written(*together), all);
}

std::string problem(const std::vector<MeasuredPart>& parts) {
  const ExpectedAll<Measured> all = join_measured(parts);
  return all ? "" : all.error().front().message;
}

TEST(Join, WhatDoesNotFitTogetherIsRefused) {
  const MeasuredPart one{"1.json", measured(files(), {"ids.ndjson"}, piece(1, 3))};
  const MeasuredPart two{"2.json", measured(files(), {"ids.ndjson"}, piece(2, 3))};
  EXPECT_EQ(problem({one, two, {"again.json", two.measured}}),
            "part 2 of 3 of 'ids.ndjson' is in '2.json' and in 'again.json'");
  const MeasuredPart other{"other.json", measured(files(), {"ids.ndjson"}, piece(2, 4))};
  EXPECT_THAT(problem({one, other}), HasSubstr("'other.json' is part 2 of 4 of 'ids.ndjson'"));
  MeasuredPart moved = two;
  moved.measured.inputs[0].piece->begin += 1;
  EXPECT_EQ(problem({one, moved}), "parts 1 and 2 of 'ids.ndjson' do not lie side by side");
  MeasuredPart settings = two;
  settings.measured.settings = "others";
  EXPECT_THAT(problem({one, settings}), HasSubstr("'1.json' and '2.json' were measured with different budgets"));
  MeasuredPart schema = two;
  schema.measured.schemas[0].schema.tables.clear();
  EXPECT_EQ(problem({one, schema}), "the schema 'schema.prisma' differs between '1.json' and '2.json'");
  MeasuredPart damaged = two;
  damaged.measured.inputs[0].piece->queries.resize(damaged.measured.inputs[0].piece->queries.size() / 2);
  EXPECT_EQ(problem({one, damaged}), "part 2 of 'ids.ndjson' is damaged");
  const MeasuredPart whole{"whole.json", measured(files(), {"access.log"})};
  EXPECT_EQ(problem({whole, {"copy.json", whole.measured}}), "'access.log' is in 'whole.json' and in 'copy.json'");
}

TEST(Join, ALogInPartsIsNotWholeInAnotherPart) {
  const MeasuredPart one{"1.json", measured(files(), {"ids.ndjson"}, piece(1, 2))};
  const MeasuredPart two{"2.json", measured(files(), {"ids.ndjson"}, piece(2, 2))};
  const MeasuredPart whole{"whole.json", measured(files(), {"ids.ndjson"})};
  EXPECT_EQ(problem({one, two, whole}), "'ids.ndjson' is in 'whole.json' and in '1.json'");
  const ExpectedAll<Measured> all = join_measured({one, two});
  ASSERT_TRUE(all.has_value());
  EXPECT_EQ(problem({{"all.json", *all}, one, two}), "'ids.ndjson' is in 'all.json' and in '1.json'");
  EXPECT_EQ(problem({one, two, {"other.json", measured(files(), {"loose.ndjson"})}}), "");
}

TEST(Join, APieceUnderTwoNumbersIsRefused) {
  const MeasuredPart one{"1.json", measured(files(), {"ids.ndjson"}, piece(1, 2, "app.log"))};
  const MeasuredPart again{"2.json", measured(files(), {"ids.ndjson"}, piece(2, 2, "app.log"))};
  EXPECT_EQ(problem({one, again}), "parts 1 and 2 of 'app.log' read the same lines, see '1.json' and '2.json'");
  MemoryFileSystem timeless;  // such lines may well be repeated
  timeless.add("piece", R"({"query":"SELECT a FROM users WHERE id = $1","params":"[1]","duration":1})"
                        "\n");
  const ExpectedAll<Measured> all = join_measured({{"1.json", measured(timeless, {"piece"}, piece(1, 2, "app.log"))},
                                                   {"2.json", measured(timeless, {"piece"}, piece(2, 2, "app.log"))}});
  ASSERT_TRUE(all.has_value());
  ASSERT_EQ(all->doubts.size(), 1U);
  EXPECT_THAT(all->doubts[0], HasSubstr("read the same lines, see '1.json' and '2.json': if one piece was measured"));
}

TEST(Join, NamesInAPieceAreMadePrintableWhoeverWroteIt) {
  for (const std::string path : {"access.log", "ids.ndjson"}) {
    Measured one = measured(files(), {path}, piece(1, 1));
    for (std::string* bytes : {&one.inputs.front().piece->requests, &one.inputs.front().piece->queries}) {
      for (std::size_t at = bytes->find("/users/:id"); at != std::string::npos; at = bytes->find("/users/:id", at)) {
        (*bytes)[at + 1] = '\x1b';
      }
    }
    const ExpectedAll<Measured> all = join_measured({{"1.json", one}});
    ASSERT_TRUE(all.has_value());
    const Facts facts = combine(*all);
    bool seen = false;
    for (const Sample& sample : facts.samples) {
      const std::string* route = sample.where.find("route");
      seen = seen || (route != nullptr && route->find("sers/:id") != std::string::npos);
      EXPECT_TRUE(route == nullptr || *route == printable(*route)) << path;
    }
    EXPECT_TRUE(seen) << path;
  }
}

TEST(Join, ALogBesideWhatWasMeasuredOfItIsOneLog) {
  MemoryFileSystem own;
  own.add("access.log", access_log());
  Measured all_of_it = measured(own, {"access.log"});
  all_of_it.program = program();
  own.add("all.json", written(all_of_it));
  own.add("again.json", written(all_of_it));
  const auto requests = [&](const std::vector<std::string>& paths) {
    std::vector<InputSpec> specs(paths.size());
    for (std::size_t i = 0; i < paths.size(); ++i) {
      specs[i].path = paths[i];
    }
    const Expected<Measured> all = measure_inputs(own, specs, {"/users/:id"}, {});
    EXPECT_TRUE(all.has_value());
    const Facts facts = combine(*all);
    std::size_t noted = 0;
    for (const Input& input : facts.inputs) {
      noted += input.message.find("'access.log' in it is among the other inputs too") != std::string::npos ? 1U : 0U;
    }
    EXPECT_EQ(noted, paths.size() - 1) << paths.back();
    return std::count_if(facts.inputs.begin(), facts.inputs.end(),
                         [](const Input& input) { return input.path == "access.log"; });
  };
  EXPECT_EQ(requests({"all.json"}), 1);
  EXPECT_EQ(requests({"all.json", "access.log"}), 1);
  EXPECT_EQ(requests({"access.log", "all.json"}), 1);
  EXPECT_EQ(requests({"all.json", "again.json"}), 1);
}

TEST(Join, AMissingPartLeavesTheLogIncomplete) {
  const MeasuredPart one{"1.json", measured(files(), {"ids.ndjson"}, piece(1, 4))};
  const MeasuredPart three{"3.json", measured(files(), {"ids.ndjson"}, piece(3, 4))};
  const ExpectedAll<Measured> torn = join_measured({one, three});
  ASSERT_TRUE(torn.has_value());
  const Facts facts = combine(*torn);
  ASSERT_EQ(facts.inputs.size(), 2U);
  EXPECT_EQ(facts.inputs[1].state, InputState::kIncomplete);
  EXPECT_THAT(facts.inputs[1].message, HasSubstr("parts 2 and 4 of 4 of 'ids.ndjson' are missing"));
  const ExpectedAll<Measured> headless = join_measured({three});
  ASSERT_TRUE(headless.has_value());
  EXPECT_EQ(combine(*headless).inputs[0].state, InputState::kUnreadable);
}

TEST(Join, PiecesOfOneTimeAreDoubted) {
  const std::string line = R"({"level":30,"time":%,"reqId":"r1","query":"SELECT a FROM users WHERE id = 1"})"
                           "\n";
  MemoryFileSystem own;
  for (const auto& [name, from, step] :
       {std::tuple("1", 1'795'416'840'000, 2000), std::tuple("2", 1'795'416'841'000, 2000),
        std::tuple("3", 1'795'416'862'000, 1000)}) {
    std::string text;
    for (int i = 0; i < 10; ++i) {
      text += replace_all(line, "%", std::to_string(from + std::int64_t{i} * step));
    }
    own.add(name, text);
  }
  const auto doubts = [&](const std::string& a, const std::string& b) {
    const ExpectedAll<Measured> all = join_measured(
        {{a, measured(own, {a}, piece(1, 2, "app.log"))}, {b, measured(own, {b}, piece(2, 2, "app.log"))}});
    return all ? all->doubts.size() : 99;
  };
  EXPECT_EQ(doubts("1", "2"), 1U);
  EXPECT_EQ(doubts("1", "3"), 0U);
}

TEST(Join, StatementsInTextsAreNotCutApart) {
  const std::string text = R"({"level":30,"msg":"prisma:query SELECT a FROM users WHERE id = $1"})"
                           "\n";
  const std::string params = R"({"level":30,"msg":"Params: [7]"})"
                             "\n";
  MemoryFileSystem own;
  own.add("1", text + text);
  own.add("2", params + text);
  const auto part = [&](std::uint32_t number) {
    return MeasuredPart{fmt::format("{}.json", number),
                        measured(own, {std::to_string(number)}, piece(number, 2, "app.log"))};
  };
  EXPECT_EQ(problem({part(1), part(2)}), "part 2 of 'app.log' begins within statements that are logged as text");
}

TEST(Join, WhatNoPieceAloneTellsIsRefusedWhenItIsMeasured) {
  MemoryFileSystem own;
  own.add("iis.log",
          "#Fields: date time cs-method cs-uri-stem sc-status\n2026-11-29 10:00:00 GET /a 200\n2026-11-29 10:00:01 GET "
          "/b 200\n");
  own.add("spans.json", R"({"resourceSpans":[]})");
  for (const std::string path : {"iis.log", "spans.json", "missing.log"}) {
    std::vector<InputSpec> specs(1);
    specs[0].path = path;
    MeasureOptions options;
    options.piece = piece(1, 2);
    const Expected<Measured> refused = measure_inputs(own, specs, {}, options);
    ASSERT_FALSE(refused.has_value()) << path;
    const bool is_there = path != "missing.log";
    EXPECT_THAT(refused.error().message, HasSubstr(is_there ? "cannot be read in parts" : "no such file")) << path;
    EXPECT_EQ(refused.error().kind, is_there ? ErrorKind::kUsage : ErrorKind::kInput) << path;
  }
}

}  // namespace
}  // namespace budgetcheck
