#include "collect/logs/records/structured_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/collect.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr const char* kTrace = "\"trace_id\":\"9b98a696cac0f3ea6682ee6f4ef761c5\",\"span_id\":\"74f1f11aa40981ce\"";

struct Read {
  Input input;
  Facts facts;

  /// "service/logger 1/2" of each sample: with a trace, and all.
  std::vector<std::string> shares() const {
    std::vector<std::string> out;
    for (const Sample& sample : facts.samples) {
      const auto* rate = std::get_if<Rate>(&sample.value);
      if (sample.metric == "logs.correlated" && rate != nullptr) {
        const std::string* service = sample.where.find("service");
        const std::string* logger = sample.where.find("logger");
        out.push_back((service == nullptr ? "" : *service) + "/" + (logger == nullptr ? "" : *logger) + " " +
                      std::to_string(rate->events) + "/" + std::to_string(rate->n));
      }
    }
    return out;
  }
};

Read read(const std::string& text, const Telemetry* telemetry = nullptr) {
  MemoryFileSystem files;
  files.add("app.log", text);
  InputSpec spec;
  spec.path = "app.log";
  CollectOptions options;
  options.wishes = {false, {"logs.correlated"}};
  options.telemetry = telemetry;
  Read out;
  out.facts = collect(files, {spec}, {}, options);
  out.input = out.facts.inputs.front();
  return out;
}

/// What one line with `ids` becomes.
std::vector<std::string> share(const std::string& line) { return read(line + "\n").shares(); }

TEST(StructuredLog, EachLibraryNamesItsLoggerAndService) {
  const std::string ids = kTrace;
  EXPECT_THAT(share(R"({"level":30,"time":1,"service":"a","logger":"b",)" + ids + R"(,"msg":"m"})"),
              ElementsAre("a/b 1/1"));  // pino
  EXPECT_THAT(share(R"({"level":30,"time":1,"name":"a","module":"b","traceId":"0af7","spanId":"b7ad","msg":"m"})"),
              ElementsAre("a/b 1/1"));
  EXPECT_THAT(share(R"({"level":30,"time":1,"name":"b","msg":"m"})"), ElementsAre("/b 0/1"));
  EXPECT_THAT(share(R"({"name":"a","hostname":"h","pid":1,"component":"b","level":30,"msg":"m","time":"t","v":0})"),
              ElementsAre("a/b 0/1"));  // bunyan
  EXPECT_THAT(share(R"({"log.level":"info","@timestamp":"t","message":"m","service":{"name":"a"},"log":{"logger":"b"},)"
                    R"("trace":{"id":"0af7651916cd43dd8448eb211c80319c"}})"),
              ElementsAre("a/b 1/1"));  // ECS
  EXPECT_THAT(share(R"({"log.level":"info","@timestamp":"t","message":"m","service.name":"a","log.logger":"b",)"
                    R"("trace.id":"0af7651916cd43dd8448eb211c80319c"})"),
              ElementsAre("a/b 1/1"));
  EXPECT_THAT(share(R"({"event":"e","level":"info","logger":"b","timestamp":"t","trace_id":null})"),
              ElementsAre("/b 0/1"));  // structlog
  EXPECT_THAT(share(R"({"text":"x\n","record":{"name":"b","message":"x","extra":{"trace_id":"0af7","service":"a"}}})"),
              ElementsAre("a/b 1/1"));  // loguru
  EXPECT_THAT(share(R"({"0":"m","_logMeta":{"name":"b","logLevelName":"INFO","date":"d"},"traceId":"0af7"})"),
              ElementsAre("/b 1/1"));  // tslog
  EXPECT_THAT(share(R"({"level":"log","pid":1,"timestamp":1764411112345,"message":{"a":1},"context":"b"})"),
              ElementsAre("/b 0/1"));  // Nest
  EXPECT_THAT(share(R"({"levelname":"INFO","name":"b","module":"file","message":"m","asctime":"t"})"),
              ElementsAre("/b 0/1"));  // Python
  EXPECT_THAT(share(R"({"level":"info","ts":1.5,"logger":"b","caller":"a.go:1","msg":"m"})"), ElementsAre("/b 0/1"));
  EXPECT_THAT(share(R"({"level":"info","msg":"m","time":"t","dd.trace_id":"1443523698414679220","app":"a"})"),
              ElementsAre("a/ 1/1"));  // logrus
}

TEST(StructuredLog, IdsThatAreNone) {
  for (const std::string id :
       {R"("trace_id":"")", R"("trace_id":"00000000000000000000000000000000")", R"("trace_id":"0")", R"("trace_id":0)",
        R"("trace_id":null)", R"("dd":{"trace_id":"0"})", R"("reqId":"r1")",
        R"("traceparent":"00-00000000000000000000000000000000-58348bf1661f3209-01")",
        R"("req":{"traceparent":"00-456bb0f68292f143c294d20ab19c55e3-58348bf1661f3209-01"})",
        R"("req":{"headers":{"traceparent":"00-456bb0f68292f143c294d20ab19c55e3-58348bf1661f3209-01"}})"}) {
    EXPECT_THAT(share(R"({"level":30,"logger":"b",)" + id + R"(,"msg":"m"})"), ElementsAre("/b 0/1")) << id;
  }
  EXPECT_THAT(
      share(R"({"level":30,"traceparent":"00-456bb0f68292f143c294d20ab19c55e3-58348bf1661f3209-01","msg":"m"})"),
      ElementsAre("/ 1/1"));
}

TEST(StructuredLog, LinesThatAreNoRecordAreSaidAndInNoNumber) {
  const Read log = read(R"(listening on 3000
{"level":30,"logger":"a","msg":"m"}
{"shutdown":true}
Error: no
    at f (a.js:1:1)
{"level":30,"logger":"a","msg":"m"}
{"level":30,"logger":"a","msg":"m"}
{"level":30,"logger":"a","msg":"m"}
{"level":30,"logger":"a","msg":"m"}
{"level":30,"logger":"a","msg":"m"}
{"level":30,"logger":"a","ms)");
  EXPECT_EQ(log.input.format, "structured-log");
  EXPECT_EQ(log.input.state, InputState::kRead);
  EXPECT_THAT(log.shares(), ElementsAre("/a 0/6"));
  EXPECT_THAT(log.input.message, HasSubstr("5 of 11 lines are no record"));
  EXPECT_THAT(log.input.message, HasSubstr("the first in line 1"));
}

TEST(StructuredLog, MostlyTextIsIncomplete) {
  const Read log = read("a\nb\n{\"level\":30,\"msg\":\"m\"}\n");
  EXPECT_EQ(log.input.state, InputState::kIncomplete);
}

TEST(StructuredLog, QueriesAndRequestsAreCountedToo) {
  const Read queries = read(R"({"level":30,"logger":"db","query":"SELECT 1 FROM t","duration":3,"msg":"q"})"
                            "\n");
  EXPECT_EQ(queries.input.format, "query-log");
  EXPECT_THAT(queries.shares(), ElementsAre("/db 0/1"));
  EXPECT_THAT(read(R"({"timestamp":"t","query":"SELECT 1 FROM t","params":"[]","duration":3,"target":"x"})"
                   "\n")
                  .shares(),
              IsEmpty())
      << "Prisma's event is no record of a logger";
}

TEST(StructuredLog, RequirementsAreHeldAgainstEachLogger) {
  Telemetry telemetry;
  telemetry.required.push_back({TelemetryRequirement::On::kLog, {"trace_id", "span_id"}, {}, 99, {}, {}});
  telemetry.required.push_back({TelemetryRequirement::On::kLog, {"tenant.id"}, {}, 100, {}, {}});
  const Read log =
      read(std::string("{\"level\":30,\"logger\":\"a\",") + kTrace + ",\"tenant.id\":\"t\",\"msg\":\"m\"}\n" +
               "{\"level\":30,\"logger\":\"a\",\"trace_id\":\"0af7\",\"ctx\":{\"tenant\":{\"id\":\"t\"}}}\n" +
               "{\"level\":30,\"logger\":\"a\"," + kTrace + ",\"tenant\":{\"id\":\"t\"},\"msg\":\"m\"}\n",
           &telemetry);
  ASSERT_EQ(log.facts.logs.loggers.size(), 1U);
  const LoggerRecords& logger = log.facts.logs.loggers[0];
  EXPECT_EQ(logger.correlated, 3U);
  EXPECT_EQ(logger.library, "pino");
  ASSERT_EQ(logger.lacking.size(), 2U);
  EXPECT_EQ(logger.lacking[0].count, 1U) << "no span";
  EXPECT_EQ(logger.lacking[0].first.line, 2U);
  EXPECT_EQ(logger.lacking[1].count, 1U) << "another path";
}

TEST(StructuredLog, LogfmtIsPairs) {
  const Read log = read(
      "time=2026-01-01T00:00:00Z level=info service=a logger=b msg=\"a \\\"b\\\" = c\" trace_id=0af7 span_id=b7\n"
      "time=2026-01-01T00:00:00Z level=info service=a logger=b msg=plain ids=map[a:1 b:2] trace_id=\n"
      "panic: no\n");
  EXPECT_EQ(log.input.format, "logfmt");
  EXPECT_THAT(log.shares(), ElementsAre("a/b 1/2"));
  EXPECT_THAT(log.input.message, HasSubstr("1 of 3 lines is no record"));
}

TEST(StructuredLog, TextIsNone) {
  EXPECT_EQ(read("a line\nanother line\n").input.format, "");
  EXPECT_NE(read("{\"metric\":\"x\",\"value\":1}\n{\"metric\":\"y\",\"value\":1}\n").input.format, "structured-log");
}

TEST(OtlpLogs, NamesMayStandBehindTheRecords) {
  const std::string record = R"({"body":{"stringValue":"x"},"traceId":")";
  const std::string resource = R"({"scopeLogs":[{"logRecords":[)" + record + R"(0af7651916cd43dd8448eb211c80319c"},)" +
                               record + R"("},)" + record + R"(00000000000000000000000000000000"},)" + record +
                               R"(AAAAAAAAAAAAAAAAAAAAAA=="},)" + record +
                               R"(CvdlGRbNQ92ESOshHIAxnA=="}],)"
                               R"("scope":{"name":"b"}}],"resource":{"attributes":[{"key":"service.name",)"
                               R"("value":{"stringValue":"a"}}]}})";
  const std::string one = R"({"resourceLogs":[)" + resource + "]}";
  for (const std::string& text : {one + "\n", one + "\n", "[\n" + one + "\n]", one}) {
    const Read log = read(text);
    EXPECT_EQ(log.input.format, "otlp-logs");
    EXPECT_THAT(log.shares(), ElementsAre("a/b 2/5")) << text;
  }
  EXPECT_THAT(read(one + "\n" + one + "\n").shares(), ElementsAre("a/b 4/10"));
  const Read cut = read(one + "\n" + one.substr(0, 100));
  EXPECT_THAT(cut.shares(), ElementsAre("a/b 2/5"));
  EXPECT_EQ(cut.input.state, InputState::kIncomplete);
}

TEST(OtlpLogs, BridgesOfNodesLoggersSayWhoLoggedInAnAttribute) {
  const auto scope = [](const std::string& name) {
    const auto record = [](const std::string& logger) {
      return R"({"body":{"stringValue":"x"},"attributes":[{"key":"id","value":{"stringValue":"7"}},)"
             R"({"key":"name","value":{"stringValue":")" +
             logger + R"("}}]})";
    };
    return R"({"scope":{"name":")" + name + R"("},"logRecords":[)" + record("shop") + "," + record("stock-sync") + "," +
           record("shop") + R"(,{"body":{"stringValue":"x"}}]})";
  };
  const auto shares = [&](const std::string& name) {
    return read(R"({"resourceLogs":[{"resource":{"attributes":[]},"scopeLogs":[)" + scope(name) + "]}]}\n").shares();
  };
  EXPECT_THAT(shares("@opentelemetry/instrumentation-pino"),
              UnorderedElementsAre("/shop 0/2", "/stock-sync 0/1", "/@opentelemetry/instrumentation-pino 0/1"));
  // Elsewhere the scope is the logger, and an attribute is one of the record's own.
  EXPECT_THAT(shares("router"), ElementsAre("/router 0/4"));
}

TEST(OtlpLogs, RequiredAttributesMayStandAtTheResource) {
  Telemetry telemetry;
  telemetry.required.push_back({TelemetryRequirement::On::kLog, {"tenant", "region"}, {}, 100, {}, {}});
  const auto log = read(
      R"({"resourceLogs":[{"resource":{"attributes":[{"key":"region","value":{"stringValue":"eu"}}]},"scopeLogs":[{)"
      R"("scope":{"name":"b"},"logRecords":[{"attributes":[{"key":"tenant","value":{"stringValue":"t"}}]},{}]}]}]})"
      "\n",
      &telemetry);
  ASSERT_EQ(log.facts.logs.loggers.size(), 1U);
  EXPECT_EQ(log.facts.logs.loggers[0].lacking.at(0).count, 1U);
  EXPECT_EQ(log.facts.logs.loggers[0].lacking.at(0).first.line, 1U);
}

/// In the pass that counts its records; of a line that Docker has wrapped, in what the program wrote.
TEST(StructuredLog, IsSearchedForPersonalDataWhileItIsRead) {
  Telemetry telemetry;
  telemetry.personal_data.emplace();
  const std::string line = R"({"level":30,"time":1,"pid":1,"hostname":"h","user":{"mail":"ann@firma.de"},"msg":"m"})";
  for (const std::string& text :
       {line, std::string(R"({"log":"{\"level\":30,\"time\":1,\"pid\":1,\"hostname\":\"h\",\"user\":{\"mail\":\"ann@)"
                          R"(firma.de\"},\"msg\":\"m\"}\n","stream":"stdout","time":"2026-11-29T08:20:00.000Z"})")}) {
    const Read one = read(text + "\n" + text + "\n", &telemetry);
    EXPECT_THAT(one.facts.personal.searched, ElementsAre("app.log"));
    ASSERT_EQ(one.facts.personal.values.size(), 1U) << text;
    EXPECT_EQ(one.facts.personal.values[0].field, "user.mail");
    EXPECT_EQ(one.facts.personal.values[0].count, 2U);
    EXPECT_EQ(one.facts.personal.values[0].location.line, 1U);
  }
}

}  // namespace
}  // namespace budgetcheck
