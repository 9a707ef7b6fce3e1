#pragma once

#include <string>
#include <utility>
#include <vector>

#include "collect/joint_reader.h"
#include "collect/trace/otlp.h"
#include "collect/trace/trace_inputs.h"

namespace budgetcheck::trace_testing {

/// One span; times in milliseconds from an hour in 2026 on.
struct SpanText {
  std::string id;
  std::string parent = {};
  std::string name = "work";
  double start = 0;
  double end = 1;
  int kind = 1;
  std::vector<std::pair<std::string, std::string>> attributes = {};
  std::string scope = "test";
  std::string service = "shop";
  std::string trace = "a1";
  int status = 0;
};

inline std::string attributes_text(const std::vector<std::pair<std::string, std::string>>& attributes) {
  std::string text;
  for (const auto& [key, value] : attributes) {
    text += (text.empty() ? "" : ",") + (R"({"key":")" + key) + R"(","value":{"stringValue":")" + value + R"("}})";
  }
  return "[" + text + "]";
}

inline std::string to_line(const SpanText& s) {
  constexpr double kBegin = 1'795'943'038'000;
  const auto time = [](double ms) { return std::to_string(static_cast<long long>((kBegin + ms) * 1000)) + "000"; };
  return R"({"resourceSpans":[{"resource":{"attributes":)" + attributes_text({{"service.name", s.service}}) +
         R"(},"scopeSpans":[{"scope":{"name":")" + s.scope + R"("},"spans":[{"traceId":")" + s.trace +
         R"(","spanId":")" + s.id + R"(","parentSpanId":")" + s.parent + R"(","name":")" + s.name + R"(","kind":)" +
         std::to_string(s.kind) + R"(,"startTimeUnixNano":")" + time(s.start) + R"(","endTimeUnixNano":")" +
         time(s.end) + R"(","attributes":)" + attributes_text(s.attributes) + R"(,"status":{"code":)" +
         std::to_string(s.status) + "}}]}]}]}\n";
}

inline SpanText server(const std::string& id, const std::string& route, double end = 100) {
  return {id, "", "GET " + route, 0, end, 2, {{"http.route", route}, {"http.request.method", "GET"}}};
}

inline SpanText call(const std::string& id, const std::string& parent, const std::string& url, double start,
                     double end) {
  return {id, parent, "GET", start, end, 3, {{"http.request.method", "GET"}, {"url.full", url}}};
}

struct TraceRead {
  bool ok = true;
  std::vector<Input> inputs;
  Facts facts;

  const Sample* sample(std::string_view metric, const std::string& route, const std::string& service = "shop") const {
    for (const Sample& s : facts.samples) {
      if (s.metric == metric && s.where == Labels{{"route", route}, {"service", service}}) {
        return &s;
      }
    }
    return nullptr;
  }
  double of(std::string_view metric, const std::string& route, Stat stat = Stat::kMax) const {
    const Sample* s = sample(metric, route);
    return s == nullptr ? -1 : aggregate(*s, stat);
  }
};

/// The texts are files a.jsonl, b.jsonl, …
inline TraceRead read_files(const std::vector<std::string>& texts, const Telemetry* telemetry = nullptr) {
  TraceRead result;
  CollectContext context;
  context.telemetry = telemetry;
  const std::unique_ptr<JointReader> reader = make_trace_inputs(context);
  result.inputs.reserve(texts.size());
  std::vector<Input*> read;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto content = content_from_string(texts[i]);
    Source source;
    source.path = std::string(1, static_cast<char>('a' + i)) + ".jsonl";
    source.content = content.get();
    result.inputs.emplace_back();
    result.inputs.back().path = source.path;
    if (reader->read(source, result.inputs.back())) {
      read.push_back(&result.inputs.back());
    } else {
      result.ok = false;
    }
  }
  for (JointReader::Result& one : reader->finish(read)) {
    result.facts.append(std::move(one.facts));
  }
  return result;
}

inline TraceRead read_spans(const std::vector<SpanText>& spans, const Telemetry* telemetry = nullptr) {
  std::string text;
  for (const SpanText& span : spans) {
    text += to_line(span);
  }
  return read_files({text}, telemetry);
}

}  // namespace budgetcheck::trace_testing
