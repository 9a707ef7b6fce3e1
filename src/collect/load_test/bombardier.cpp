#include "collect/load_test/bombardier.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "collect/load_test/load_result.h"
#include "collect/load_test/told_percentiles.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

constexpr double kMicrosecondsInMs = 1e-3;

Expected<void> collect(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  json::Selector wanted;
  wanted.keep("spec/numberOfConnections").keep("spec/rate").keep("result");
  const Expected<json::Value> document = json::select(source.path, *source.content, wanted);
  if (!document) {
    return tl::unexpected(document.error());
  }
  ResultNumbers numbers(source, "bombardier");
  const json::Value* result = document->find("result");
  const auto count = [&](std::string_view key) { return numbers.count(result, key, "/result").value_or(0); };
  const std::uint64_t unanswered = count("others");  // 'errors' are the same ones by their reasons
  const std::uint64_t failed = saturating_add(saturating_add(count("req4xx"), count("req5xx")), unanswered);
  const std::uint64_t others = saturating_add(saturating_add(count("req1xx"), count("req2xx")), count("req3xx"));
  LoadPart part;
  part.requests = saturating_add(failed, others);
  part.failed = failed;
  part.seconds = numbers.number(result, "timeTakenSeconds", "/result");
  const json::Value* latency = result == nullptr ? nullptr : result->find("latency");
  if (latency != nullptr && *part.requests > unanswered) {
    KnownQuantiles told;
    add_told(latency->find("percentiles"), "/result/latency/percentiles", kMicrosecondsInMs, quantile_of_percent,
             numbers, told);
    told.mean = scaled(numbers.number(latency, "mean", "/result/latency"), kMicrosecondsInMs);
    told.max = scaled(numbers.number(latency, "max", "/result/latency"), kMicrosecondsInMs);
    told.n = *part.requests;
    part.durations = std::move(told);
  }
  const std::uint64_t connections = numbers.count(document->find("spec"), "numberOfConnections", "/spec").value_or(0);
  if (numbers.error()) {
    return tl::unexpected(*numbers.error());
  }
  std::string shape = connections > 0 ? counted(connections, "connection") : std::string();
  add_load_result(source, {"bombardier", std::move(shape), {std::move(part)}, {}}, input, facts);
  return {};
}

bool recognises(const Sniff& sniff) {
  return sniff.is_object && sniff.has("spec") && sniff.has("result") &&
         sniff.head.find("\"req2xx\"") != std::string_view::npos;
}

}  // namespace

Format bombardier_format() {
  Format format{"bombardier", {"load."}, recognises, collect};
  format.is_given_as = "bombardier (--format json)";
  format.looks_like = {"\"req2xx\"", "\"timeTakenSeconds\"", "\"numberOfConnections\""};
  format.page =
      "`bombardier --latencies --print result --format json URL > bombardier.json`: p50, p75, p90 and p99 (p95 too "
      "since "
      "1.2.6) of all answers, errors among them.";
  return format;
}

}  // namespace budgetcheck
