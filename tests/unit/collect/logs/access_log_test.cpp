#include "collect/logs/access_log.h"

#include "unit/collect/logs/access_log_testing.h"

namespace budgetcheck {
namespace {

using namespace access_log_testing;

TEST(AccessLog, ThousandsOfSlugsBecomeOneRoute) {
  std::string text;
  for (int i = 0; i < 30'000; ++i) {
    text += R"(h - - [d] "GET /products/red-shoe-)" + std::to_string(i) + "x HTTP/1.1\" 200 10\n";
  }
  const Read read = access(text);
  EXPECT_EQ(read.requests("GET /products/:slug"), 30'000);
  EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
  const Read given = access(text, {"/products/:name"});
  EXPECT_EQ(given.requests("GET /products/:name"), 30'000);
  EXPECT_TRUE(given.facts.notes.empty());
}

TEST(AccessLog, TooManyRoutesAreSaid) {
  std::string text;
  for (int i = 0; i < 10'500; ++i) {
    const std::string n = std::to_string(i);
    text += "h - - [d] \"GET /a" + n + "/b" + n + " HTTP/1.1\" 200 10\n";
  }
  const Read read = access(text);
  EXPECT_EQ(read.input.state, InputState::kIncomplete);
  EXPECT_THAT(read.input.message, HasSubstr("500 requests not measured one by one"));
}

TEST(AccessLog, HostileNamesStaySafe) {
  const Read read = access(begin("a", "/\\u001b[31m\\u202e\\nx" + std::string(5000, 'y')) + end("a", 200, "1") +
                           "h - - [d] \"G\x1b /\x07 HTTP/1.1\" 200 1\n");
  ASSERT_FALSE(read.facts.samples.empty());
  for (const Sample& sample : read.facts.samples) {
    const std::string labels = to_string(sample.where);
    EXPECT_EQ(labels.find_first_of("\x1b\n\x07"), std::string::npos);
    EXPECT_LT(labels.size(), 700U);
  }
}

TEST(AccessLog, IsRecognisedAndQueriesGoFirst) {
  EXPECT_EQ(format_of(kStart + begin("a", "/x") + end("a", 200, "1")), "access-log");
  EXPECT_EQ(format_of(kCommon + "\n" + kCommon + "\n"), "access-log");
  EXPECT_EQ(format_of(kCommon), "access-log");
  EXPECT_EQ(format_of("text\nmore\n" + kCommon + "\n"), "");
  EXPECT_EQ(format_of(kStart + kStart), "structured-log");
  EXPECT_EQ(format_of(R"({"msg":"request completed","reqId":"a"})"
                      "\n{}\n"),
            "")
      << "no status";
  EXPECT_EQ(format_of(R"({"url":"/x","status":200,"name":"y"})"
                      "\n{}\n"),
            "")
      << "neither time nor size";
  const std::string query = R"({"level":30,"reqId":"a","query":"SELECT 1 FROM t","duration":1})"
                            "\n";
  EXPECT_EQ(format_of(begin("a", "/x") + query + end("a", 200, "1")), "query-log");
}

TEST(AccessLog, ThatItHoldsNoQueriesIsSaidUnlessAnotherLogDoes) {
  const std::string requests = begin("a", "/x") + end("a", 200, "1");
  const std::string query =
      R"({"level":30,"reqId":"a","route":"/x","query":"SELECT a FROM t WHERE b = $1","params":"[1]","duration":1})"
      "\n";
  EXPECT_NE(access(requests).gap("queries."), nullptr);
  EXPECT_EQ(access(kCommon + "\n").gap("queries."), nullptr) << "nginx has none";
  MemoryFileSystem files;
  files.add("requests.log", requests);
  files.add("queries.log", query);
  InputSpec first;
  first.path = "requests.log";
  InputSpec second;
  second.path = "queries.log";
  const auto says_so = [](const Facts& facts) {
    return std::any_of(facts.unmeasured.begin(), facts.unmeasured.end(),
                       [](const Unmeasured& gap) { return gap.metric == "queries."; });
  };
  EXPECT_TRUE(says_so(collect(files, {first}, {})));
  EXPECT_FALSE(says_so(collect(files, {first, second}, {})));
}

TEST(AccessLog, AmongQueriesYieldsBoth) {
  const std::string query =
      R"({"level":30,"pid":7,"hostname":"vm","reqId":"a","route":"/x","query":"SELECT a FROM t WHERE b = $1","params":"[1]","duration":1})"
      "\n";
  const Read read = read_as("query-log", begin("a", "/x") + query + end("a", 200, "4"));
  EXPECT_NE(read.route("queries.count", "/x"), nullptr);
  EXPECT_THAT(read.values("payload.time", "GET /x"), ElementsAre(4));
  EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
  const Read none = read_as("query-log", query);
  EXPECT_EQ(none.gap("payload."), nullptr);
  for (const Sample& sample : none.facts.samples) {
    EXPECT_FALSE(sample.metric.starts_with("payload."));
  }
}

}  // namespace
}  // namespace budgetcheck
