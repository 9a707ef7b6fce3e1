#include "collect/logs/wrapped_line.h"

#include "base/file_system.h"
#include "base/text.h"
#include "unit/collect/logs/access_log_testing.h"

namespace budgetcheck {
namespace {

using namespace access_log_testing;

std::string unwrapped(std::string line) {
  const std::size_t size = line.size();
  line.append(FileContent::kGuard, '\0');
  std::string buffer;
  return std::string(unwrapped_line(std::string_view(line).substr(0, size), buffer));
}

TEST(WrappedLine, WhatStandsBeforeAnObjectIsTakenOff) {
  const std::string object = R"({"a":"{ | }"})";
  for (const char* prefix :
       {"web-1  | ", "\x1b[36mweb-1  |\x1b[0m ", "0|app  | ", "web-1 | 2026-11-23T06:45:42.871234567Z ", "[api] ",
        "[pod/web-5d/app] ", "2026-11-23T06:45:42.871Z ", "2026-11-23T06:45:42.871Z stdout F ",
        "Nov 23 06:45:42 host node[4711]: ", "2026-11-23T06:45:42+00:00 app[web.1]: ", "06:45:42 web.1  | ",
        "web:dev: "}) {
    EXPECT_EQ(unwrapped(prefix + object), object) << prefix;
  }
  for (const std::string& line : {"error: " + object, "called the service " + object, object, object + " text",
                                  "web-1  | " + object + " text", std::string("web-1  | text"), std::string()}) {
    EXPECT_EQ(unwrapped(line), line);
  }
}

TEST(WrappedLine, DockersJsonFileHoldsTheLineAsText) {
  EXPECT_EQ(unwrapped(R"({"log":"{\"a\":1}\n","stream":"stdout","time":"2026-11-23T06:45:42Z"})"), R"({"a":1})");
  EXPECT_EQ(unwrapped(R"({"log": "text\r\n", "stream": "stderr"})"), "text");
  EXPECT_EQ(unwrapped(R"({"log":"\n","stream":"stdout"})"), "");
  for (const std::string& line : {std::string(R"({"log":"x","level":30})"), std::string(R"({"log":{"stream":1}})"),
                                  std::string(R"({"log":"\q","stream":"stdout"})"), std::string(R"({"log":"x)")}) {
    EXPECT_EQ(unwrapped(line), line);
  }
}

TEST(WrappedLine, WhatOnlyBeginsAsDockersStaysAsItIs) {
  for (const std::string line :
       {R"({"log":{}})", R"({"log":[]} )", R"({"log":{"a":1}})", R"({"log":"x"})", R"({"log":1)"}) {
    EXPECT_EQ(unwrapped(line), line);
  }
}

TEST(WrappedLine, RequestsAndQueriesAreReadBehindIt) {
  const std::string request =
      R"({"level":30,"pid":1,"req":{"id":1,"method":"GET","url":"/a"},"res":{"statusCode":200},"responseTime":12,"msg":"request completed"})";
  const auto docker = [](const std::string& line) {
    return R"({"log":")" + replace_all(line, "\"", "\\\"") + R"(\n","stream":"stdout","time":"2026-11-23T06:45:42Z"})" +
           "\n";
  };
  const std::string query =
      R"({"reqId":"r","route":"/x","query":"SELECT a FROM t WHERE b = $1","params":"[1]","duration":1})";
  std::string requests;
  std::string queries;
  for (int i = 0; i < 3; ++i) {
    requests += docker(request);
    queries += docker(query);
  }
  for (const std::string& text :
       {requests, "web-1  | " + request + "\nweb-1  | " + request + "\nweb-1  | " + request + "\n"}) {
    const Read read = access(text);
    EXPECT_EQ(read.requests("GET /a"), 3);
    EXPECT_THAT(read.values("payload.time", "GET /a"), ElementsAre(12, 12, 12));
    EXPECT_EQ(format_of(text), "access-log");
  }
  EXPECT_EQ(format_of(queries), "query-log");
  EXPECT_NE(read_as("query-log", queries).route("queries.count", "/x"), nullptr);
}

/// A line of `size` letters and more as docker's json-file driver writes it: 16 KB in each object.
std::string cut_by_docker(std::string line, const std::string& stream = "stdout") {
  constexpr std::size_t kOfPart = std::size_t{16} << 10;
  line += "\n";
  std::string all;
  for (std::size_t at = 0; at < line.size(); at += kOfPart) {
    std::string part = replace_all(line.substr(at, kOfPart), "\\", "\\\\");
    part = replace_all(replace_all(part, "\"", "\\\""), "\n", "\\n");
    all += R"({"log":")" + part + R"(","stream":")" + stream + R"(","time":"2026-11-23T06:45:42.)" +
           std::to_string(100 + at / kOfPart) + "Z\"}\n";
  }
  return all;
}

TEST(WrappedLine, PartsOfALongLineAreJoined) {
  const std::string list = std::string(40'000, '1');
  const std::string query =
      R"({"reqId":"r","route":"/x","query":"SELECT a FROM t WHERE b = $1","params":"[)" + list + R"(]","duration":1})";
  const std::string whole = cut_by_docker(R"({"level":30})");
  const Read read = read_as("query-log", cut_by_docker(query) + cut_by_docker(query, "stderr") + whole);
  ASSERT_NE(read.route("queries.count", "/x"), nullptr);
  EXPECT_THAT(read.values("queries.count", "/x"), ElementsAre(2));
  EXPECT_TRUE(read.input.message.empty()) << read.input.message;
  // So does containerd, which marks its parts.
  const std::string runtime = "2026-11-23T06:45:42.871Z stdout ";
  const std::string cri = runtime + "F {\"level\":30}\n" + runtime + "P " + query.substr(0, 20'000) + "\n" + runtime +
                          "F " + query.substr(20'000) + "\n";
  EXPECT_THAT(read_as("query-log", cri).values("queries.count", "/x"), ElementsAre(1));
}

TEST(WrappedLine, ALongLineWhoseEndIsMissingIsIncomplete) {
  const std::string query =
      R"({"reqId":"r","route":"/x","query":"SELECT a FROM t WHERE b = $1","params":"[)" + std::string(40'000, '1');
  const std::string cut = cut_by_docker(query).substr(0, cut_by_docker(query).rfind("{\"log\""));
  const std::string whole =
      R"({"log":"{\"reqId\":\"r\",\"route\":\"/x\",\"query\":\"SELECT 1 FROM t\"}\n","stream":"stderr"})";
  const Read read = read_as("query-log", whole + "\n" + cut);
  EXPECT_THAT(read.values("queries.count", "/x"), ElementsAre(1));
  EXPECT_THAT(read.input.message, testing::HasSubstr("line 3"));
}

TEST(WrappedLine, AShortLineWithoutAnEndIsWhole) {
  UnwrappedLines lines;
  for (const char* text : {"a", "b"}) {
    const auto line = content_from_string(R"({"log":")" + std::string(text) + R"(","stream":"stdout"})");
    EXPECT_EQ(lines.next(line->bytes()), text);
  }
}

TEST(WrappedLine, ALineThatIsSaidToBeUnwrappedStaysAsItIs) {
  for (const char* line : {R"({"a":1})", R"({"log":1})", R"({"log":"{\"a\":1}\n","stream":"stdout"})",
                           R"({ "log":"x","stream":"y"})", R"( {"a":1})", R"(app-1 | {"a":1})", "{", "text", ""}) {
    const auto content = content_from_string(line);
    std::string buffer;
    if (is_unwrapped(content->bytes())) {
      EXPECT_EQ(unwrapped_line(content->bytes(), buffer), line);
    }
  }
  EXPECT_TRUE(is_unwrapped(R"({"a":1})"));
}

}  // namespace
}  // namespace budgetcheck
